/* A desk on which tests read exports: what they are read with, and a log of what came of
 * each record. */
#ifndef EXPORT_DESK_H
#define EXPORT_DESK_H

#include "barometre/error.h"
#include "barometre/export.h"
#include "barometre/firm.h"
#include "barometre/month.h"
#include "scratch.h"

static const unsigned char desk_key[FIRM_KEY_BYTES] = {7};

/* What exports are read with, and what came of the last one. */
struct desk {
    struct profiles *profiles;
    struct registry *registry;
    struct scratch *directory;
    int threads;
    GString *log;      /* one line a record */
    int fails_at;      /* complaint at which the sink fails, −1 for none */
    const char *grows; /* file that the sink appends to, or NULL */
    const char *file;  /* whose bytes rejects are compared with, or NULL */
    int complaints;
    struct account account;
    char *profile, *encoding;
    char delimiter;
    char sha256[EXPORT_SHA256_SIZE];
};

static inline struct desk *desk_new(const char *registry) {
    g_autofree char *profiles_folder = shipped("profiles");
    g_autofree char *registry_file = shipped(registry);
    g_autoptr(GError) error = NULL;
    struct desk *desk = g_new0(struct desk, 1);
    desk->profiles = profiles_load(profiles_folder, &error);
    g_assert_no_error(error);
    desk->registry = registry_load(registry_file, &error);
    g_assert_no_error(error);
    desk->directory = scratch_new();
    desk->log = g_string_new(NULL);
    desk->fails_at = -1;
    desk->threads = 2;
    return desk;
}

static inline void desk_free(struct desk *desk) {
    profiles_free(desk->profiles);
    registry_free(desk->registry);
    scratch_free(desk->directory);
    g_string_free(desk->log, TRUE);
    g_free(desk->profile);
    g_free(desk->encoding);
    g_free(desk);
}
SCOPE_DEFINE(desk)

static inline bool take_complaint(void *data, const struct complaint *complaint,
                                  enum account_kind *where, GError **error) {
    struct desk *desk = data;
    if (desk->complaints++ == desk->fails_at) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_IO, "the sink is full");
        return false;
    }
    if (desk->grows != NULL) {
        FILE *file = fopen(desk->grows, "a");
        g_assert_nonnull(file);
        fputs("\n", file);
        fclose(file);
        desk->grows = NULL;
    }
    g_string_append_printf(desk->log, "%s %d %d\n", complaint->report_id,
                           complaint->marketplace, complaint->value[FIELD_HEARD]);
    *where = ACCOUNT_STORED;
    return true;
}

static inline bool take_reject(void *data, const struct reject *reject, const char *bytes,
                               GError **error) {
    struct desk *desk = data;
    (void)error;
    g_string_append_printf(desk->log,
                           "%s line %" G_GINT64_FORMAT " offset %" G_GINT64_FORMAT
                           " length %" G_GINT64_FORMAT " column %d %s\n",
                           reject_rule_code(reject->rule), reject->line, reject->offset,
                           reject->length, reject->column, reject->label);
    if (desk->file != NULL)
        g_assert_cmpint(
            memcmp(desk->file + reject->offset, bytes, (size_t)reject->length), ==, 0);
    return true;
}

static inline bool read_path(struct desk *desk, const char *path, const char *profile,
                             GError **error) {
    scoped(export) *export = export_open(path, error);
    if (export == NULL)
        return false;
    int32_t today;
    g_assert_true(day_from_date(2026, 11, 22, &today));
    const struct export_settings settings = {
        .profiles = desk->profiles,
        .registry = desk->registry,
        .key = desk_key,
        .today = today,
        .threads = desk->threads,
        .folder = desk->directory->path,
    };
    const struct export_sink sink = {desk, take_complaint, take_reject, NULL};
    g_string_truncate(desk->log, 0);
    desk->complaints = 0;
    if (!export_read(export, &settings, profile, &sink, &desk->account, error))
        return false;
    g_free(desk->profile);
    g_free(desk->encoding);
    desk->profile = g_strdup(export->profile->id);
    desk->encoding = g_strdup(export->encoding);
    desk->delimiter = export->delimiter;
    memcpy(desk->sha256, export->sha256, sizeof desk->sha256);
    return true;
}

static inline void check_account(const struct account *account, gsize size) {
    int64_t bytes = 0;
    for (int k = 0; k < ACCOUNT_KINDS; k++)
        bytes += account->bytes[k];
    g_assert_cmpint(bytes, ==, size);
    g_assert_cmpint(account->bytes_total, ==, size);
}

static inline bool read_bytes(struct desk *desk, const char *bytes, gssize length,
                              GError **error) {
    g_autofree char *path = scratch_write(desk->directory->path, "x.csv", bytes, length);
    desk->file = bytes;
    const bool good = read_path(desk, path, NULL, error);
    desk->file = NULL;
    if (good)
        check_account(&desk->account, length < 0 ? strlen(bytes) : (gsize)length);
    return good;
}

#endif
