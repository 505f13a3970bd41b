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

/* A statement never changes what it says, so of a second telling the import is enough. */
char *context_witness_schema_text(void) {
    return g_strdup("CREATE TABLE statement_witness (day INTEGER NOT NULL,"
                    " key INTEGER NOT NULL, import INTEGER NOT NULL,"
                    " PRIMARY KEY (day, key, import)) STRICT, WITHOUT ROWID;");
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
    if (!store_step_done(store, STATEMENT_REASONS_ADD, error))
        return false;
    *where = sqlite3_changes(store->database) == 1 ? ACCOUNT_STORED : ACCOUNT_DUPLICATE;
    if (*where == ACCOUNT_STORED)
        return true;
    sqlite3_stmt *again = store->statements[STATEMENT_REASONS_AGAIN];
    sqlite3_bind_int(again, 1, item->day);
    sqlite3_bind_int64(again, 2, item->key);
    sqlite3_bind_int64(again, 3, store->source);
    return store_step_done(store, STATEMENT_REASONS_AGAIN, error);
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

/* What another import told as well becomes the first one's; the rest goes. */
static bool withdraw_statements(struct store *store, int64_t source,
                                struct store_withdrawal *withdrawal, GError **error) {
#define WITNESS                                                                          \
    "(SELECT min(w.import) FROM statement_witness w"                                     \
    " WHERE w.day = statement.day AND w.key = statement.key)"
    static const char forget[] = "DELETE FROM statement_witness WHERE import = ?1";
    static const char hand_over[] = "UPDATE statement SET import = " WITNESS
                                    " WHERE import = ?1 AND " WITNESS " IS NOT NULL";
    static const char settle[] =
        "DELETE FROM statement_witness WHERE ?1 AND EXISTS (SELECT 1 FROM statement s"
        " WHERE s.day = statement_witness.day AND s.key = statement_witness.key"
        " AND s.import = statement_witness.import)";
#undef WITNESS
    return store_run_with(store, forget, source, NULL, error) &&
           store_run_with(store, hand_over, source, &withdrawal->kept, error) &&
           store_run_with(store, settle, source, NULL, error) &&
           store_run_with(store, "DELETE FROM statement WHERE import = ?1", source,
                          &withdrawal->removed, error);
}

/* The months that it alone speaks of go; those that it took over are as before. */
static bool withdraw_reports(struct store *store, int64_t source,
                             struct store_withdrawal *withdrawal, GError **error) {
    static const char removed[] =
        "SELECT coalesce(sum(reports), 0) FROM consumer WHERE import = ?1";
    static const char restored[] =
        "SELECT coalesce(sum(c.reports), 0) FROM consumer c JOIN consumer_now n"
        " USING (marketplace, month) WHERE n.import = ?1 AND c.import ="
        " (SELECT max(b.import) FROM consumer b WHERE b.marketplace = c.marketplace"
        " AND b.month = c.month AND b.import < ?1)";
    int64_t reports;
    if (!store_ask_with(store, removed, source, &reports, error) ||
        !store_ask_with(store, restored, source, &withdrawal->restored, error))
        return false;
    withdrawal->removed += reports;
    return store_run_with(store, "DELETE FROM consumer WHERE import = ?1", source, NULL,
                          error);
}

bool context_withdraw(struct store *store, int64_t source,
                      struct store_withdrawal *withdrawal, GError **error) {
    return withdraw_statements(store, source, withdrawal, error) &&
           withdraw_reports(store, source, withdrawal, error);
}
