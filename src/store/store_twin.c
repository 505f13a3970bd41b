#include "store_private.h"

/* The day that a pillar's problem happened on. */
static const struct {
    char pillar;
    enum complaint_field reported, day;
} incidents[] = {
    {'d', FIELD_PILLAR_D, FIELD_EFFECTIVE_ON},
    {'s', FIELD_PILLAR_S, FIELD_CONTACT_ON},
    {'c', FIELD_PILLAR_C, FIELD_CHANGE_EFFECTIVE_ON},
};

/* Families number their complaints apart, so two of them tell of two sources. Of two that
 * tell the same one is not of the largest family: only what those tell is looked for, and
 * little is sorted. */
static char *twins_text(size_t incident) {
    const char *day = complaint_fields[incidents[incident].day].name;
    g_autofree char *told =
        g_strdup_printf("%s = 1 AND %s IS NOT NULL AND received_on BETWEEN ?1 AND ?2",
                        complaint_fields[incidents[incident].reported].name, day);
    return g_strdup_printf(
        "WITH largest AS (SELECT key >> 56 AS family FROM complaint GROUP BY 1"
        " ORDER BY count(*) DESC LIMIT 1)"
        " SELECT marketplace, day, report_id, family.name, firm FROM"
        " (SELECT marketplace, firm, %s AS day, report_id, key >> 56 AS family,"
        " min(key >> 56) OVER same AS first, max(key >> 56) OVER same AS last"
        " FROM complaint WHERE %s AND (marketplace, firm, %s) IN"
        " (SELECT marketplace, firm, %s FROM complaint WHERE %s"
        " AND key >> 56 <> (SELECT family FROM largest))"
        " WINDOW same AS (PARTITION BY marketplace, firm, %s))"
        " JOIN family ON family.id = family JOIN marketplace m ON m.id = marketplace"
        " WHERE first <> last ORDER BY m.name, day, firm, family.name, report_id",
        day, told, day, day, told, day);
}

static bool each_twin(struct store *store, sqlite3_stmt *row, char pillar,
                      bool (*call)(void *data, const struct store_twin *twin), void *data,
                      bool *goes_on, GError **error) {
    int64_t place = 0, firm = 0;
    int32_t day = COMPLAINT_UNKNOWN;
    int step;
    while (*goes_on && (step = sqlite3_step(row)) == SQLITE_ROW) {
        const bool same = sqlite3_column_int64(row, 0) == place &&
                          sqlite3_column_int64(row, 4) == firm &&
                          sqlite3_column_int(row, 1) == day;
        place = sqlite3_column_int64(row, 0);
        firm = sqlite3_column_int64(row, 4);
        day = sqlite3_column_int(row, 1);
        const struct store_twin twin = {
            .place = store_place_of_number(store, place),
            .pillar = pillar,
            .day = day,
            .report_id = (const char *)sqlite3_column_text(row, 2),
            .family = (const char *)sqlite3_column_text(row, 3),
            .first = !same,
        };
        *goes_on = call(data, &twin);
    }
    return !*goes_on || step == SQLITE_DONE || store_fail(store, error);
}

/* One family alone has no twins: the usual store is not passed over for nothing. */
static bool has_families(struct store *store, bool *several, GError **error) {
    sqlite3_stmt *row = store->statements[STATEMENT_FAMILIES];
    int step, count = 0;
    while ((step = sqlite3_step(row)) == SQLITE_ROW)
        count++;
    *several = count > 1;
    const bool good = step == SQLITE_DONE || store_fail(store, error);
    sqlite3_reset(row);
    return good;
}

bool store_each_twin(struct store *store, int32_t from_day, int32_t to_day,
                     bool (*call)(void *data, const struct store_twin *twin), void *data,
                     GError **error) {
    bool good, goes_on = false;
    good = has_families(store, &goes_on, error);
    for (size_t i = 0; good && goes_on && i < G_N_ELEMENTS(incidents); i++) {
        sqlite3_stmt *row = store_prepare(store, twins_text(i), error);
        if (row == NULL)
            return false;
        sqlite3_bind_int(row, 1, from_day);
        sqlite3_bind_int(row, 2, to_day);
        good = each_twin(store, row, incidents[i].pillar, call, data, &goes_on, error);
        sqlite3_finalize(row);
    }
    sqlite3_db_release_memory(store->database);
    return good;
}
