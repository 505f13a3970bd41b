/* Ownership that ends with its block: scoped(edition) *edition = edition_new();
 *
 * GLib's g_autoptr wants a typedef, which this project does not use for structs. A scoped
 * pointer is freed when its block is left; g_steal_pointer hands it on.
 */
#ifndef BAROMETRE_SCOPE_H
#define BAROMETRE_SCOPE_H

/* Beside the declaration of <noun>_free, which accepts NULL. */
#define SCOPE_DEFINE(noun)                                                               \
    static inline void noun##_leave_scope(struct noun **owned) {                         \
        noun##_free(*owned);                                                             \
    }

#define scoped(noun) __attribute__((cleanup(noun##_leave_scope))) struct noun

#endif
