/* What is dropped, packed in whatever way: every export that comes out is read. */
#include "barometre/parcel.h"
#include "desk.h"

static void unpack(const char *bytes, size_t length) {
    struct desk *desk = open_desk();
    g_autofree char *path =
        scratch_write(desk->directory->path, "parcel", bytes, (gssize)length);
    g_autoptr(GError) error = NULL;
    scoped(parcel) *parcel = parcel_open(path, desk->directory->path, &error);
    g_assert_no_error(error);
    int64_t unpacked = 0;
    struct export *export = NULL;
    while (parcel_next(parcel, &export, &error) && export != NULL) {
        g_assert_true(g_utf8_validate(export->name, -1, NULL));
        g_assert_cmpint(strlen(export->name), <=, 256);
        const int64_t size = export->size;
        unpacked += size;
        fuzz_read_export(export, 1, export_is_workbook(export) ? -1 : size);
        g_clear_pointer(&export, export_free);
    }
    if (error != NULL)
        g_assert_true(error->domain == BAROMETRE_ERROR);
    /* Three archives in one another, each at most a hundred times what it came from. */
    g_assert_cmpint(unpacked, <=, INT64_C(32) << 30);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    fuzz_bounded(unpack, bytes, length);
    return 0;
}
