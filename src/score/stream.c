#include "stream.h"

#include "barometre/hash.h"

#include <glib.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

/* Else GSL ends the program by itself; what can fail here is asserted. */
static void silence_gsl(void) {
    static gsize silent = 0;
    if (g_once_init_enter(&silent)) {
        gsl_set_error_handler_off();
        g_once_init_leave(&silent, 1);
    }
}

gsl_rng *stream_new(const char *seed, int32_t month, const char *marketplace,
                    const char *pillar, const char *purpose) {
    silence_gsl();
    char text[MONTH_TEXT_SIZE];
    month_format(month, text);
    uint64_t hash = HASH_START;
    const char *const parts[] = {seed, text, marketplace, pillar, purpose};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        hash = hash_add(hash, parts[i]);
        hash = hash_add(hash, "|");
    }
    gsl_rng *stream = gsl_rng_alloc(gsl_rng_mt19937);
    g_assert(stream != NULL);
    gsl_rng_set(stream, (unsigned long)((hash ^ hash >> 32) & 0xffffffff));
    return stream;
}

double stream_gamma(gsl_rng *stream, double shape) {
    if (shape >= 1)
        return gsl_ran_gamma(stream, shape, 1);
    g_assert(shape == 0.5);
    const double normal = gsl_ran_gaussian_ziggurat(stream, 1);
    return normal * normal / 2;
}
