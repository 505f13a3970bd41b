/* A profile: refused with its reasons, or headers that are folded as those of exports. */
#include "barometre/profile.h"
#include "barometre/error.h"
#include "barometre/text.h"
#include "scratch.h"
#include "target.h"

static struct scratch *folder;

static void forget_folder(void) {
    scratch_free(folder);
}

static void check_header(void *data, const char *header) {
    g_autofree char *fold = text_fold(header);
    g_assert_cmpstr(fold, ==, header);
    ++*(size_t *)data;
}

static void load(const char *bytes, size_t length) {
    g_free(scratch_write(folder->path, "fuzz.json", bytes, (gssize)length));
    g_autoptr(GError) error = NULL;
    scoped(profile) *profile = profile_load(folder->path, "fuzz.json", &error);
    if (profile == NULL) {
        g_assert_error(error, BAROMETRE_ERROR, ERROR_CONFIG);
        g_assert_true(g_utf8_validate(error->message, -1, NULL));
        return;
    }
    size_t headers = 0;
    profile_each_header(profile, check_header, &headers);
    g_assert_cmpuint(headers, >, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (folder == NULL) {
        folder = scratch_new();
        atexit(forget_folder);
    }
    fuzz_bounded(load, bytes, length);
    return 0;
}
