/* Reads bytes as an export, twice, and checks its account. */
#ifndef FUZZ_DESK_H
#define FUZZ_DESK_H

#include "../export_desk.h"
#include "target.h"

/* Where the last reject lay, to check that they come in order and inside the file. */
struct fuzz_log {
    struct desk *desk;
    int64_t size, end;
};

static struct desk *fuzz_desk;

static inline void forget_desk(void) {
    desk_free(fuzz_desk);
}

static inline struct desk *open_desk(void) {
    if (fuzz_desk == NULL) {
        fuzz_desk = desk_new("sample/marketplaces.json");
        atexit(forget_desk);
    }
    return fuzz_desk;
}

static inline bool log_complaint(void *data, const struct complaint *complaint,
                                 enum account_kind *where, GError **error) {
    return take_complaint(((struct fuzz_log *)data)->desk, complaint, where, error);
}

static inline bool log_reject(void *data, const struct reject *reject, const char *bytes,
                              GError **error) {
    struct fuzz_log *log = data;
    if (log->size >= 0) {
        g_assert_cmpint(reject->offset, >=, log->end);
        g_assert_cmpint(reject->offset, <, log->size);
        log->end = reject->offset;
    }
    g_assert_cmpint(reject->length, >, 0);
    g_assert_cmpint(reject->line, >=, 1);
    g_assert_nonnull(reject->label);
    return take_reject(log->desk, reject, bytes, error);
}

/* Reads an export as it stands; what came of it is in the desk's log. */
static inline bool fuzz_read_export(struct export *export, int threads, int64_t size) {
    struct desk *desk = open_desk();
    struct fuzz_log log = {desk, size, 0};
    g_autoptr(GError) error = NULL;
    int32_t today;
    g_assert_true(day_from_date(2026, 11, 22, &today));
    const struct export_settings settings = {
        .profiles = desk->profiles,
        .registry = desk->registry,
        .key = desk_key,
        .today = today,
        .threads = threads,
        .folder = desk->directory->path,
    };
    const struct export_sink sink = {&log, log_complaint, log_reject, NULL};
    g_string_truncate(desk->log, 0);
    desk->complaints = 0;
    const bool good = export_read(export, &settings, NULL, &sink, &desk->account, &error);
    g_assert_true(good == (error == NULL));
    if (!good) {
        g_assert_true(error->domain == BAROMETRE_ERROR);
        g_assert_true(g_utf8_validate(error->message, -1, NULL));
        g_string_assign(desk->log, error->message);
        return false;
    }
    check_account(&desk->account, (gsize)desk->account.bytes_total);
    for (int k = 0; k < ACCOUNT_KINDS; k++)
        g_assert_cmpint(desk->account.bytes[k], >=, 0);
    g_assert_cmpint(account_records(&desk->account), >, 0);
    return true;
}

/* Reads bytes twice, on one thread and on two: the same comes of them. */
static inline void fuzz_read_twice(const char *bytes, size_t length) {
    g_autofree char *first = NULL;
    for (int threads = 1; threads <= 2; threads++) {
        struct export *export = g_new0(struct export, 1);
        export->name = g_strdup("fuzz");
        export->fd = fuzz_file(bytes, length);
        export->size = (int64_t)length;
        const bool sheet = export_is_workbook(export);
        const bool good = fuzz_read_export(export, threads, sheet ? -1 : export->size);
        if (good && !sheet)
            g_assert_cmpint(fuzz_desk->account.bytes_total, ==, (gint64)length);
        if (first != NULL)
            g_assert_cmpstr(first, ==, fuzz_desk->log->str);
        else
            first = g_strdup(fuzz_desk->log->str);
        export_free(export);
    }
}

#endif
