#include "barometre/disclosure.h"

#include "disclosure_flow.h"

#include <string.h>

bool disclosure_is_secret(const struct method *method, int64_t firms) {
    return firms > 0 && firms < method->disclosure_threshold;
}

/* A table while its cells are being chosen. */
struct hiding {
    struct disclosure_grid grid; /* the true counts and what is hidden */
    bool *secret;                /* counts of 1 … T − 1 */
    int threshold;
};

struct line {
    int first, step, length; /* of cells */
};

static struct line row_line(const struct disclosure_grid *grid, int row) {
    return (struct line){row * grid->columns, 1, grid->columns};
}

static struct line column_line(const struct disclosure_grid *grid, int column) {
    return (struct line){column, grid->columns, grid->rows};
}

static bool is_total(const struct disclosure_grid *grid, int cell) {
    return cell % grid->columns == grid->columns - 1 ||
           cell / grid->columns == grid->rows - 1;
}

/* Smaller inner cells first, then smaller totals; the earlier cell of equals. */
static bool serves_better(const struct disclosure_grid *grid, int cell, int than) {
    if (than < 0)
        return true;
    if (is_total(grid, cell) != is_total(grid, than))
        return is_total(grid, than);
    return grid->counts[cell] < grid->counts[than];
}

/* Hides one more non-zero cell of a line; false where none is left. */
static bool hide_one(struct hiding *hiding, struct line line) {
    struct disclosure_grid *grid = &hiding->grid;
    int best = -1;
    for (int i = 0; i < line.length; i++) {
        const int cell = line.first + i * line.step;
        if (!grid->hidden[cell] && grid->counts[cell] > 0 &&
            serves_better(grid, cell, best))
            best = cell;
    }
    if (best >= 0)
        grid->hidden[best] = true;
    return best >= 0;
}

static bool hides_one_only(const struct disclosure_grid *grid, struct line line) {
    int hidden = 0;
    for (int i = 0; i < line.length; i++)
        hidden += grid->hidden[line.first + i * line.step];
    return hidden == 1;
}

/* A single hidden cell of a line is the difference of the others. */
static void complete_lines(struct hiding *hiding) {
    const struct disclosure_grid *grid = &hiding->grid;
    for (bool changed = true; changed;) {
        changed = false;
        for (int i = 0; i < grid->rows + grid->columns; i++) {
            const struct line line =
                i < grid->rows ? row_line(grid, i) : column_line(grid, i - grid->rows);
            if (hides_one_only(grid, line) && hide_one(hiding, line))
                changed = true;
        }
    }
}

/* The first secret count that could be told within less than the threshold; −1: none. */
static int find_exposed(const struct hiding *hiding) {
    const struct disclosure_grid *grid = &hiding->grid;
    for (int cell = 0; cell < grid->rows * grid->columns; cell++)
        if (hiding->secret[cell] &&
            disclosure_flow_slack(grid, cell, hiding->threshold) < hiding->threshold)
            return cell;
    return -1;
}

/* Ends: with every count but the zeros hidden, only other tables bound a cell, and those
 * leave it T at least, since no marketplace of fewer firms is in a table. */
static void protect(struct hiding *hiding) {
    const struct disclosure_grid *grid = &hiding->grid;
    const struct line everywhere = {0, 1, grid->rows * grid->columns};
    for (;;) {
        complete_lines(hiding);
        const int exposed = find_exposed(hiding);
        if (exposed < 0 ||
            (!hide_one(hiding, row_line(grid, exposed / grid->columns)) &&
             !hide_one(hiding, column_line(grid, exposed % grid->columns)) &&
             !hide_one(hiding, everywhere)))
            return;
    }
}

void disclosure_hide(struct edition_table *table, int threshold,
                     const struct disclosure_range *known) {
    const guint cells = table->cells->len;
    g_autofree int64_t *counts = g_new(int64_t, cells);
    g_autofree bool *hidden = g_new0(bool, cells);
    g_autofree bool *secret = g_new0(bool, cells);
    struct hiding hiding = {
        .grid = {(int)g_strv_length(table->rows), (int)g_strv_length(table->columns),
                 counts, hidden, known},
        .secret = secret,
        .threshold = threshold,
    };
    for (guint i = 0; i < cells; i++) {
        const struct edition_number cell =
            g_array_index(table->cells, struct edition_number, i);
        g_assert(cell.known);
        counts[i] = (int64_t)cell.value;
        hidden[i] = secret[i] = counts[i] > 0 && counts[i] < threshold;
    }
    protect(&hiding);
    for (guint i = 0; i < cells; i++)
        if (hidden[i])
            g_array_index(table->cells, struct edition_number, i) = edition_unknown();
}

struct disclosure_range disclosure_range(const struct edition_table *table,
                                         const int64_t *counts, guint row, guint column,
                                         const struct disclosure_range *known) {
    const guint columns = g_strv_length(table->columns);
    g_autofree bool *hidden = g_new0(bool, table->cells->len);
    for (guint i = 0; i < table->cells->len; i++)
        hidden[i] = !g_array_index(table->cells, struct edition_number, i).known;
    const struct disclosure_grid grid = {(int)g_strv_length(table->rows), (int)columns,
                                         counts, hidden, known};
    return disclosure_flow_range(&grid, (int)(row * columns + column));
}

/* The table of a kind of the same quarter as another one, or NULL. */
static struct edition_table *find_table(const struct edition *edition, const char *kind,
                                        const struct edition_table *like) {
    g_autofree char *id = g_strconcat(kind, strchr(like->id, '-'), NULL);
    for (guint i = 0; i < edition->tables->len; i++) {
        struct edition_table *table = g_ptr_array_index(edition->tables, i);
        if (strcmp(table->id, id) == 0)
            return table;
    }
    return NULL;
}

static int64_t count_at(const struct edition_table *table, guint row, guint column) {
    return (int64_t)edition_table_cell(table, row, column)->value;
}

/* A firm may be in several months and several pillars but in one sector: the firms of a
 * marketplace are at least those of each of its cells and at most their sum. */
static void bound_by_firms(struct disclosure_range *known,
                           const struct edition_table *table,
                           const struct edition_table *sectors) {
    const guint columns = g_strv_length(table->columns);
    const guint total = g_strv_length(table->rows) - 1;
    const guint all_sectors = g_strv_length(sectors->rows) - 1;
    for (guint j = 0; j < columns; j++) {
        const int64_t firms = count_at(sectors, all_sectors, j);
        for (guint i = 0; i < total; i++)
            known[i * columns + j].most = firms;
        known[total * columns + j].least = firms;
    }
}

static void bound_firms(struct disclosure_range *known,
                        const struct edition_table *sectors,
                        const struct edition_table *table) {
    const guint columns = g_strv_length(table->columns);
    const guint total = g_strv_length(table->rows) - 1;
    const guint all_sectors = g_strv_length(sectors->rows) - 1;
    for (guint j = 0; j < columns; j++) {
        struct disclosure_range *firms = &known[all_sectors * columns + j];
        for (guint i = 0; i < total; i++)
            firms->least = MAX(firms->least, count_at(table, i, j));
        firms->most = MIN(firms->most, count_at(table, total, j));
    }
}

/* What the other tables of the quarter tell, taken as if they hid nothing; NULL without
 * them. */
static struct disclosure_range *known_elsewhere(const struct edition *edition,
                                                const struct edition_table *table) {
    const struct edition_table *sectors = find_table(edition, "sector", table);
    const struct edition_table *others[] = {find_table(edition, "month", table),
                                            find_table(edition, "pillar", table)};
    struct disclosure_range *known = g_new(struct disclosure_range, table->cells->len);
    for (guint i = 0; i < table->cells->len; i++)
        known[i] = (struct disclosure_range){0, INT64_MAX};
    if (sectors != NULL && sectors != table)
        bound_by_firms(known, table, sectors);
    for (guint i = 0; i < G_N_ELEMENTS(others) && sectors == table; i++)
        if (others[i] != NULL)
            bound_firms(known, sectors, others[i]);
    return known;
}

static void hide_tables(struct edition *edition, const struct method *method) {
    const guint count = edition->tables->len;
    g_autoptr(GPtrArray) known = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < count; i++)
        g_ptr_array_add(known,
                        known_elsewhere(edition, g_ptr_array_index(edition->tables, i)));
    for (guint i = 0; i < count; i++)
        disclosure_hide(g_ptr_array_index(edition->tables, i),
                        method->disclosure_threshold, g_ptr_array_index(known, i));
}

/* To the nearest multiple of 2 T: what one month adds is not the difference of two
 * editions, and a hidden total keeps its range. */
static struct edition_number blunt(const struct method *method,
                                   struct edition_number count) {
    const int64_t step = 2 * (int64_t)method->disclosure_threshold;
    if (!count.known || disclosure_is_secret(method, (int64_t)count.value))
        return edition_unknown();
    return edition_known((double)(((int64_t)count.value + step / 2) / step * step));
}

static void hide_coverage(struct edition_coverage *coverage,
                          const struct method *method) {
    coverage->firms = blunt(method, coverage->firms);
    coverage->complaints = blunt(method, coverage->complaints);
    if (coverage->firms.known && coverage->complaints.known)
        return;
    /* Of so few, a share tells their number. */
    coverage->firms = coverage->complaints = coverage->response = edition_unknown();
    coverage->reason = REASON_SUPPRESSED;
}

void disclosure_apply(struct edition *edition, const struct method *method) {
    hide_tables(edition, method);
    hide_coverage(&edition->coverage, method);
}
