#include "barometre/month.h"
#include "store_private.h"

/* Statements are rows, so that one counts once whatever exports hold it; ordered by day,
 * so that those of an export lie together. Reports are counts by month and import, of
 * which the latest speaks; the others are what a withdrawal goes back to. The place 0 is
 * the whole country. */
char *context_schema_text(void) {
    return g_strdup(
        "CREATE TABLE statement (day INTEGER NOT NULL, key INTEGER NOT NULL,"
        " marketplace INTEGER NOT NULL REFERENCES marketplace (id),"
        " facts INTEGER NOT NULL, import INTEGER NOT NULL, PRIMARY KEY (day, key))"
        " STRICT, WITHOUT ROWID;"
        "CREATE TABLE consumer (marketplace INTEGER NOT NULL, month INTEGER NOT NULL,"
        " import INTEGER NOT NULL, reports INTEGER NOT NULL,"
        " transmitted INTEGER NOT NULL, read INTEGER NOT NULL,"
        " answered INTEGER NOT NULL, PRIMARY KEY (marketplace, month, import))"
        " STRICT, WITHOUT ROWID;"
        "CREATE VIEW consumer_now AS SELECT * FROM consumer c WHERE import ="
        " (SELECT max(import) FROM consumer n WHERE n.marketplace = c.marketplace"
        " AND n.month = c.month);");
}

static int64_t place_number(const struct store *store, int place) {
    return place < 0 ? 0 : g_array_index(store->place_numbers, int64_t, (guint)place);
}

static int has(const struct context_item *item, enum context_fact fact) {
    return (item->facts >> fact & 1) != 0;
}

static bool put_statement(struct store *store, const struct context_item *item,
                          enum account_kind *where, GError **error) {
    sqlite3_stmt *add = store->statements[STATEMENT_REASONS_ADD];
    sqlite3_bind_int(add, 1, item->day);
    sqlite3_bind_int64(add, 2, item->key);
    sqlite3_bind_int64(add, 3, place_number(store, item->place));
    sqlite3_bind_int64(add, 4, item->facts);
    sqlite3_bind_int64(add, 5, store->source);
    const bool good = store_step_done(store, STATEMENT_REASONS_ADD, error);
    *where = sqlite3_changes(store->database) == 1 ? ACCOUNT_STORED : ACCOUNT_DUPLICATE;
    return good;
}

static bool put_report(struct store *store, const struct context_item *item,
                       enum account_kind *where, GError **error) {
    sqlite3_stmt *add = store->statements[STATEMENT_CONSUMER_ADD];
    sqlite3_bind_int64(add, 1, place_number(store, item->place));
    sqlite3_bind_int(add, 2, month_of_day(item->day));
    sqlite3_bind_int64(add, 3, store->source);
    sqlite3_bind_int(add, 4, has(item, CONTEXT_TRANSMITTED));
    sqlite3_bind_int(add, 5, has(item, CONTEXT_READ));
    sqlite3_bind_int(add, 6, has(item, CONTEXT_ANSWERED));
    *where = ACCOUNT_STORED;
    return store_step_done(store, STATEMENT_CONSUMER_ADD, error);
}

bool store_put_context(struct store *store, const struct context_item *item,
                       enum account_kind *where, GError **error) {
    *where = ACCOUNT_BLANK;
    if (!item->concerned)
        return true;
    return item->kind == CONTEXT_STATEMENTS ? put_statement(store, item, where, error)
                                            : put_report(store, item, where, error);
}

/* What a query of each_ yields, row by row. */
struct rows {
    struct store *store;
    bool (*call)(void *data, const struct context_count *count);
    void *data;
    struct context_count count; /* not yet told; 0 records: none */
};

static bool tell(struct rows *rows) {
    const bool goes_on = rows->count.records == 0 || rows->call(rows->data, &rows->count);
    rows->count.records = 0;
    return goes_on;
}

/* Runs a query of the months between two; each row goes to `add`, the last count is told
 * at the end. False: it failed; *goes_on: the caller wants more. */
static bool each_row(struct rows *rows, const char *sql, int32_t from, int32_t to,
                     bool (*add)(struct rows *rows, sqlite3_stmt *row), bool *goes_on,
                     GError **error) {
    sqlite3_stmt *row = NULL;
    if (sqlite3_prepare_v2(rows->store->database, sql, -1, &row, NULL) != SQLITE_OK)
        return store_fail(rows->store, error);
    sqlite3_bind_int(row, 1, from);
    sqlite3_bind_int(row, 2, to);
    int step = SQLITE_DONE;
    while (*goes_on && (step = sqlite3_step(row)) == SQLITE_ROW)
        *goes_on = add(rows, row);
    *goes_on = *goes_on && tell(rows);
    const bool good =
        step == SQLITE_DONE || step == SQLITE_ROW || store_fail(rows->store, error);
    sqlite3_finalize(row);
    return good;
}

/* A place and a day, then how many statements, then how many with each fact. */
static bool add_day(struct rows *rows, sqlite3_stmt *row) {
    const int place = store_place_of_number(rows->store, sqlite3_column_int64(row, 0));
    const int32_t month = month_of_day(sqlite3_column_int(row, 1));
    struct context_count *count = &rows->count;
    if (count->records > 0 && (count->place != place || count->month != month) &&
        !tell(rows))
        return false;
    if (count->records == 0)
        *count = (struct context_count){CONTEXT_STATEMENTS, place, month};
    count->days++;
    count->records += sqlite3_column_int64(row, 2);
    for (int f = 0; f <= CONTEXT_DETECTED; f++)
        count->facts[f] += sqlite3_column_int64(row, 3 + f);
    return true;
}

static char *statements_text(void) {
    GString *sql = g_string_new("SELECT s.marketplace, s.day, count(*)");
    for (int f = 0; f <= CONTEXT_DETECTED; f++)
        g_string_append_printf(sql, ", sum(s.facts >> %d & 1)", f);
    g_string_append(sql, " FROM statement s JOIN marketplace m ON m.id = s.marketplace"
                         " WHERE s.day BETWEEN ?1 AND ?2"
                         " GROUP BY m.name, s.day ORDER BY m.name, s.day");
    return g_string_free(sql, FALSE);
}

static bool add_month(struct rows *rows, sqlite3_stmt *row) {
    if (!tell(rows))
        return false;
    const int64_t number = sqlite3_column_int64(row, 0);
    rows->count = (struct context_count){
        .kind = number == 0 ? CONTEXT_CONSUMERS : CONTEXT_SELLERS,
        .place = number == 0 ? -1 : store_place_of_number(rows->store, number),
        .month = sqlite3_column_int(row, 1),
        .records = sqlite3_column_int64(row, 2),
        .facts = {[CONTEXT_TRANSMITTED] = sqlite3_column_int64(row, 3),
                  [CONTEXT_READ] = sqlite3_column_int64(row, 4),
                  [CONTEXT_ANSWERED] = sqlite3_column_int64(row, 5)},
    };
    return true;
}

bool store_each_context(struct store *store, int32_t from_month, int32_t to_month,
                        bool (*call)(void *data, const struct context_count *count),
                        void *data, GError **error) {
    static const char reports[] =
        "SELECT c.marketplace, c.month, c.reports, c.transmitted, c.read, c.answered"
        " FROM consumer_now c LEFT JOIN marketplace m ON m.id = c.marketplace"
        " WHERE c.month BETWEEN ?1 AND ?2 ORDER BY m.name NULLS FIRST, c.month";
    struct rows rows = {.store = store, .call = call, .data = data};
    bool goes_on = true;
    g_autofree char *statements = statements_text();
    return each_row(&rows, statements, month_first_day(from_month),
                    month_last_day(to_month), add_day, &goes_on, error) &&
           each_row(&rows, reports, from_month, to_month, add_month, &goes_on, error);
}

bool store_context_extent(struct store *store, int64_t records[static CONTEXT_KINDS],
                          GError **error) {
    sqlite3_stmt *row = store->statements[STATEMENT_CONTEXT_EXTENT];
    const bool good = sqlite3_step(row) == SQLITE_ROW || store_fail(store, error);
    for (int k = 0; good && k < CONTEXT_KINDS; k++)
        records[k] = sqlite3_column_int64(row, k);
    sqlite3_reset(row);
    return good;
}
