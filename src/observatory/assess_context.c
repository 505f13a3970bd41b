#include "barometre/assess.h"

#include "barometre/edition.h"

/* Where counts go. */
struct telling {
    struct edition *edition;
    const struct method *method;
};

static bool tell(void *data, const struct context_count *count) {
    const struct telling *telling = data;
    context_fill(telling->edition, telling->method, count);
    return true;
}

bool assess_context(const struct observatory *observatory, struct store *store,
                    struct edition *edition, GError **error) {
    struct telling telling = {edition, observatory->method};
    return store_each_context(store, edition->window_from, edition->window_to, tell,
                              &telling, error);
}
