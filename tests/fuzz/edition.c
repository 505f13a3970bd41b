/* An edition: refused with its reasons, or written as it was read. */
#include "barometre/edition.h"
#include "barometre/error.h"
#include "target.h"

#include <string.h>

static void read_back(const char *bytes, size_t length) {
    g_autoptr(GError) error = NULL;
    scoped(edition) *edition = edition_read(bytes, length, "fuzz", &error);
    if (edition == NULL) {
        g_assert_error(error, BAROMETRE_ERROR, ERROR_CONFIG);
        return;
    }
    g_autofree char *once = edition_write(edition);
    scoped(edition) *again = edition_read(once, strlen(once), "fuzz", &error);
    g_assert_no_error(error);
    g_autofree char *twice = edition_write(again);
    g_assert_cmpstr(once, ==, twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    fuzz_bounded(read_back, bytes, length);
    return 0;
}
