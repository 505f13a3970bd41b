/* Cutting JSON, against jansson: what jansson accepts as an array of objects is cut into
 * these objects and nothing else. */
#include "json_cut.h"
#include "json_scan.h"
#include "json_value.h"
#include "target.h"

#include <jansson.h>
#include <string.h>

enum { DEEPEST = 64 };

static int depth_of(const json_t *value) {
    int depth = 0;
    size_t i;
    const char *key;
    json_t *inner;
    json_array_foreach(value, i, inner) {
        depth = MAX(depth, depth_of(inner));
    }
    json_object_foreach((json_t *)value, key, inner) {
        depth = MAX(depth, depth_of(inner));
    }
    return depth + (json_is_array(value) || json_is_object(value));
}

static bool is_plain_array(const json_t *document) {
    size_t i;
    json_t *record;
    json_array_foreach(document, i, record) {
        if (!json_is_object(record) || depth_of(record) > DEEPEST)
            return false;
    }
    return json_is_array(document);
}

/* What is stepped over without a parser, the parser accepts. */
static void check_sure(const char *bytes, size_t length) {
    scoped(json_values) *values = json_values_new();
    struct json_value value;
    json_values_start(values, bytes, length);
    if (!json_values_take(values, &value) || !json_values_done(values))
        return;
    json_auto_t *built =
        json_loadb(bytes, length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    g_assert_nonnull(built);
}

/* A record cut as whole is one object to jansson, or none for what the grammar of values
 * forbids; it never ends before jansson's does. */
static void check_record(const char *bytes, size_t length) {
    size_t at;
    g_assert_true(json_scan_object(bytes, length, &at) == JSON_SCAN_WHOLE);
    g_assert_cmpuint(at, ==, length);
    json_error_t error;
    json_auto_t *value = json_loadb(bytes, length, JSON_ALLOW_NUL, &error);
    g_assert_true(value == NULL || json_is_object(value));
    check_sure(bytes, length);
    if (value == NULL)
        g_assert_true(json_error_code(&error) != json_error_premature_end_of_input);
}

static void cut_all(const char *bytes, size_t length) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_ptr_array_add(paths, "data.demarche.dossiers.nodes");
    g_ptr_array_add(paths, "data.dossier");
    struct json_cut cut;
    json_cut_init(&cut, paths);
    size_t whole = 0, faults = 0;
    struct record record;
    for (size_t start = 0; start < length; start += record.length) {
        g_assert_true(json_cut_next(&cut, bytes + start, length - start, true, &record));
        g_assert_cmpuint(record.length, >, 0);
        g_assert_cmpuint(record.length, <=, length - start);
        whole += record.kind == RECORD_WHOLE;
        faults += record.kind == RECORD_MALFORMED || record.kind == RECORD_TOO_LONG;
        if (record.kind == RECORD_WHOLE)
            check_record(bytes + start, record.length);
    }
    json_cut_clear(&cut);
    json_auto_t *document = json_loadb(bytes, length, JSON_ALLOW_NUL, NULL);
    if (!is_plain_array(document) || memmem(bytes, length, "data", 4) != NULL)
        return;
    g_assert_cmpuint(whole, ==, json_array_size(document));
    g_assert_cmpuint(faults, ==, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    fuzz_bounded(cut_all, bytes, length);
    return 0;
}
