/* Reads an export, packed or not, and prints its account as JSON, for tests/cases. */
#include "barometre/parcel.h"
#include "export_desk.h"

#include <jansson.h>
#include <stdio.h>

/* More rejects than these are only counted. */
enum { MOST_SHOWN = 20 };

struct report {
    json_t *complaints, *rejects;
    json_int_t reject_count;
};

static bool report_complaint(void *data, const struct complaint *complaint,
                             enum account_kind *where, GError **error) {
    const struct report *report = data;
    (void)error;
    json_array_append_new(report->complaints, json_string(complaint->report_id));
    *where = ACCOUNT_STORED;
    return true;
}

static bool report_reject(void *data, const struct reject *reject, const char *bytes,
                          GError **error) {
    struct report *report = data;
    g_autoptr(GString) text = g_string_new(reject_rule_code(reject->rule));
    (void)bytes, (void)error;
    g_string_append_printf(text, " line %" G_GINT64_FORMAT, reject->line);
    if (reject->column > 0)
        g_string_append_printf(text, " column %d", reject->column);
    if (report->reject_count++ < MOST_SHOWN)
        json_array_append_new(report->rejects, json_string(text->str));
    return true;
}

static json_t *by_kind(const int64_t *values) {
    json_t *object = json_object();
    for (int k = 0; k < ACCOUNT_KINDS; k++)
        json_object_set_new(object, account_kind_code((enum account_kind)k),
                            json_integer(values[k]));
    return object;
}

static json_t *read_one(struct desk *desk, struct export *export, GError **error) {
    int32_t today;
    g_assert_true(day_from_date(2026, 11, 22, &today));
    const struct export_settings settings = {
        .profiles = desk->profiles,
        .registry = desk->registry,
        .key = desk_key,
        .today = today,
        .threads = 2,
        .folder = desk->directory->path,
    };
    struct report report = {json_array(), json_array(), 0};
    const struct export_sink sink = {&report, report_complaint, report_reject, NULL};
    struct account account;
    if (!export_read(export, &settings, NULL, &sink, &account, error)) {
        json_decref(report.complaints);
        json_decref(report.rejects);
        return NULL;
    }
    check_account(&account, (gsize)account.bytes_total);
    const char delimiter[] = {export->delimiter, '\0'};
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:I, s:o, s:o, s:I}", "format",
                     export->format, "encoding", export->encoding, "delimiter", delimiter,
                     "complaints", report.complaints, "rejects", report.rejects,
                     "reject_count", report.reject_count, "account",
                     by_kind(account.records), "bytes", by_kind(account.bytes), "size",
                     (json_int_t)account.bytes_total);
}

int main(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    scoped(parcel) *parcel =
        argc == 2 ? parcel_open(argv[1], desk->directory->path, &error) : NULL;
    json_auto_t *all = json_array();
    struct export *export = NULL;
    while (parcel != NULL && error == NULL && parcel_next(parcel, &export, &error) &&
           export != NULL) {
        json_t *one = read_one(desk, export, &error);
        if (one != NULL)
            json_array_append_new(all, one);
        export_free(export);
    }
    if (error != NULL)
        json_array_append_new(all, json_pack("{s:s}", "refused", error->message));
    json_dumpf(all, stdout, JSON_INDENT(1));
    return 0;
}
