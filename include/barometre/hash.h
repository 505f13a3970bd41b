/* FNV-1a, 64 bits (Fowler, Noll, Vo): a number for a name that depends on nothing else.
 * Not a secret and not a proof of identity. */
#ifndef BAROMETRE_HASH_H
#define BAROMETRE_HASH_H

#include <stdint.h>

#define HASH_START UINT64_C(0xcbf29ce484222325)

static inline uint64_t hash_add(uint64_t hash, const char *text) {
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return hash;
}

#endif
