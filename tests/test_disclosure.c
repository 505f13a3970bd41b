#include "barometre/disclosure.h"

#include <string.h>

enum { T = 5, MOST_SIDE = 6, MOST_CELLS = MOST_SIDE * MOST_SIDE };

/* Names "a", "b" … and the total. The caller frees. */
static char **names(int count) {
    char **made = g_new0(char *, count + 1);
    for (int i = 0; i < count; i++)
        made[i] = g_strdup_printf("%c", 'a' + i);
    return made;
}

/* A table of `rows` × `columns` with its totals, from inner counts. */
static struct edition_table *table_of(struct edition *edition, int rows, int columns,
                                      const int64_t *inner, int64_t *counts) {
    g_auto(GStrv) row_names = names(rows + 1), column_names = names(columns + 1);
    struct edition_table *table =
        edition_add_table(edition, "t-2026-09", (const char *const *)row_names,
                          (const char *const *)column_names);
    memset(counts, 0, (size_t)((rows + 1) * (columns + 1)) * sizeof *counts);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            for (int down = 0; down < 2; down++)
                for (int right = 0; right < 2; right++)
                    counts[(down ? rows : i) * (columns + 1) + (right ? columns : j)] +=
                        inner[i * columns + j];
    for (guint i = 0; i < table->cells->len; i++)
        g_array_index(table->cells, struct edition_number, i).value = (double)counts[i];
    return table;
}

static bool is_hidden(const struct edition_table *table, int cell) {
    return !g_array_index(table->cells, struct edition_number, (guint)cell).known;
}

static void the_golden_table_is_hidden_as_in_the_method(void) {
    static const int64_t inner[] = {42, 38, 30, 14, 18, 12, 11, 13, 10, 3, 6, 0};
    static const char *const shown = "...."
                                     "...."
                                     "##.."
                                     "##.."
                                     "....";
    scoped(edition) *edition = edition_new();
    int64_t counts[MOST_CELLS];
    struct edition_table *table = table_of(edition, 4, 3, inner, counts);
    disclosure_hide(table, T, NULL);
    for (int i = 0; i < 20; i++)
        g_assert_cmpint(is_hidden(table, i), ==, shown[i] == '#');
    const struct disclosure_range range = disclosure_range(table, counts, 3, 0, NULL);
    g_assert_cmpint(range.least, ==, 0);
    g_assert_cmpint(range.most, ==, 9);
}

/* --- an attacker who narrows ranges line by line, on what is shown alone --- */

enum { UNBOUNDED = 1000000 };

struct attack {
    int rows, columns; /* with totals */
    int64_t low[MOST_CELLS], high[MOST_CELLS];
    bool changed;
};

static void narrow(struct attack *attack, int cell, int64_t low, int64_t high) {
    if (low > attack->low[cell]) {
        attack->low[cell] = low;
        attack->changed = true;
    }
    if (high < attack->high[cell]) {
        attack->high[cell] = high;
        attack->changed = true;
    }
}

/* The last of a line is the sum of the others. */
static void narrow_line(struct attack *attack, int first, int step, int length) {
    const int total = first + (length - 1) * step;
    int64_t low = 0, high = 0;
    for (int i = first; i != total; i += step) {
        low += attack->low[i];
        high += attack->high[i];
    }
    narrow(attack, total, low, high);
    for (int i = first; i != total; i += step)
        narrow(attack, i, attack->low[total] - (high - attack->high[i]),
               attack->high[total] - (low - attack->low[i]));
}

static struct attack shuttle(const struct edition_table *table, int rows, int columns) {
    struct attack attack = {.rows = rows + 1, .columns = columns + 1, .changed = true};
    for (int i = 0; i < attack.rows * attack.columns; i++) {
        const struct edition_number cell =
            g_array_index(table->cells, struct edition_number, (guint)i);
        attack.low[i] = cell.known ? (int64_t)cell.value : 0;
        attack.high[i] = cell.known ? (int64_t)cell.value : UNBOUNDED;
    }
    for (int turns = 0; attack.changed && turns < 1000; turns++) {
        attack.changed = false;
        for (int i = 0; i < attack.rows; i++)
            narrow_line(&attack, i * attack.columns, 1, attack.columns);
        for (int j = 0; j < attack.columns; j++)
            narrow_line(&attack, j, attack.columns, attack.rows);
    }
    return attack;
}

static void assert_only_hidden(const struct edition_table *table, const int64_t *counts) {
    for (guint i = 0; i < table->cells->len; i++) {
        const struct edition_number cell =
            g_array_index(table->cells, struct edition_number, i);
        if (cell.known)
            g_assert_cmpint((int64_t)cell.value, ==, counts[i]);
        else
            g_assert_cmpint(counts[i], !=, 0);
        g_assert_true(!cell.known || counts[i] == 0 || counts[i] >= T);
    }
}

static void fill_random(int64_t *inner, int cells, int most) {
    for (int i = 0; i < cells; i++)
        inner[i] =
            g_test_rand_int_range(0, 3) == 0 ? 0 : g_test_rand_int_range(0, most + 1);
}

static void no_secret_count_yields_to_the_shuttle(void) {
    int secrets = 0;
    for (int turn = 0; turn < 5000; turn++) {
        const int rows = g_test_rand_int_range(1, MOST_SIDE);
        const int columns = g_test_rand_int_range(1, MOST_SIDE);
        int64_t inner[MOST_CELLS], counts[MOST_CELLS];
        fill_random(inner, rows * columns, turn % 3 == 0 ? 60 : 9);
        scoped(edition) *edition = edition_new();
        struct edition_table *table = table_of(edition, rows, columns, inner, counts);
        disclosure_hide(table, T, NULL);
        assert_only_hidden(table, counts);
        const struct attack attack = shuttle(table, rows, columns);
        for (int i = 0; i < attack.rows * attack.columns; i++) {
            g_assert_cmpint(attack.low[i], <=, counts[i]);
            g_assert_cmpint(attack.high[i], >=, counts[i]);
            if (counts[i] == 0 || counts[i] >= T)
                continue;
            g_assert_cmpint(attack.high[i] - attack.low[i], >=, T);
            secrets++;
        }
    }
    g_assert_cmpint(secrets, >, 5000);
}

/* --- an attacker who tries every table --- */

enum { CAP = 20 }; /* counts tried; more are not: well beyond all ranges that matter */

struct trial {
    const struct edition_table *table;
    const struct disclosure_range *known;
    int rows, columns; /* without totals */
    int64_t tried[MOST_CELLS];
    int64_t low[MOST_CELLS], high[MOST_CELLS]; /* of the tables that fit */
    int fitting;
};

static bool fits(const struct trial *trial, int cell) {
    const struct edition_number shown =
        g_array_index(trial->table->cells, struct edition_number, (guint)cell);
    if (shown.known)
        return trial->tried[cell] == (int64_t)shown.value;
    return trial->known == NULL || (trial->tried[cell] >= trial->known[cell].least &&
                                    trial->tried[cell] <= trial->known[cell].most);
}

static void sum_line(struct trial *trial, int first, int step, int length) {
    int64_t sum = 0;
    for (int i = 0; i < length; i++)
        sum += trial->tried[first + i * step];
    trial->tried[first + length * step] = sum;
}

static void see_table(struct trial *trial) {
    const int width = trial->columns + 1;
    for (int j = 0; j < width; j++) {
        sum_line(trial, j, width, trial->rows);
        if (!fits(trial, trial->rows * width + j))
            return;
    }
    for (int i = 0; i < (trial->rows + 1) * width; i++) {
        trial->low[i] =
            trial->fitting > 0 ? MIN(trial->low[i], trial->tried[i]) : trial->tried[i];
        trial->high[i] =
            trial->fitting > 0 ? MAX(trial->high[i], trial->tried[i]) : trial->tried[i];
    }
    trial->fitting++;
}

static void try_from(struct trial *trial, int row, int column) {
    const int width = trial->columns + 1;
    if (row == trial->rows) {
        see_table(trial);
        return;
    }
    if (column == trial->columns) {
        sum_line(trial, row * width, 1, trial->columns);
        if (fits(trial, row * width + column))
            try_from(trial, row + 1, 0);
        return;
    }
    const int cell = row * width + column;
    const struct edition_number shown =
        g_array_index(trial->table->cells, struct edition_number, (guint)cell);
    const int64_t least = shown.known ? (int64_t)shown.value : 0;
    const int64_t most = shown.known ? (int64_t)shown.value : CAP;
    for (trial->tried[cell] = least; trial->tried[cell] <= most; trial->tried[cell]++)
        if (fits(trial, cell))
            try_from(trial, row, column + 1);
}

static void assert_ranges(struct trial *trial, const int64_t *counts) {
    const int width = trial->columns + 1;
    try_from(trial, 0, 0);
    g_assert_cmpint(trial->fitting, >, 0);
    for (int i = 0; i < (trial->rows + 1) * width; i++) {
        const struct disclosure_range range = disclosure_range(
            trial->table, counts, (guint)(i / width), (guint)(i % width), trial->known);
        if (counts[i] > 0 && counts[i] < T) /* the cap only takes from the range */
            g_assert_cmpint(trial->high[i] - trial->low[i], >=, T);
        g_assert_cmpint(range.least, <=, trial->low[i]);
        g_assert_cmpint(range.most, >=, trial->high[i]);
    }
}

static void every_table_that_fits_leaves_a_secret_count_its_range(void) {
    for (int turn = 0; turn < 200; turn++) {
        const int rows = g_test_rand_int_range(1, 3);
        const int columns = g_test_rand_int_range(1, 3);
        int64_t inner[MOST_CELLS], counts[MOST_CELLS];
        fill_random(inner, rows * columns, 7);
        scoped(edition) *edition = edition_new();
        struct edition_table *table = table_of(edition, rows, columns, inner, counts);
        disclosure_hide(table, T, NULL);
        struct trial trial = {.table = table, .rows = rows, .columns = columns};
        assert_ranges(&trial, counts);
    }
}

/* Totals stay: no cell is then beyond the cap, and what is tried is all there is. */
static void the_range_is_exact(void) {
    for (int turn = 0; turn < 400; turn++) {
        const int rows = 3, columns = 3, width = columns + 1;
        int64_t inner[MOST_CELLS], counts[MOST_CELLS];
        fill_random(inner, rows * columns, 3);
        scoped(edition) *edition = edition_new();
        struct edition_table *table = table_of(edition, rows, columns, inner, counts);
        for (int i = 0; i < rows * columns; i++)
            if (g_test_rand_bit())
                *edition_table_cell(table, (guint)(i / columns), (guint)(i % columns)) =
                    edition_unknown();
        struct trial trial = {.table = table, .rows = rows, .columns = columns};
        try_from(&trial, 0, 0);
        for (int i = 0; i < (rows + 1) * width; i++) {
            const struct disclosure_range range = disclosure_range(
                table, counts, (guint)(i / width), (guint)(i % width), NULL);
            g_assert_cmpint(range.least, ==, trial.low[i]);
            g_assert_cmpint(range.most, ==, trial.high[i]);
        }
    }
}

/* What pillars tell of firms: each firm is in one of them at least. */
static void other_tables_do_not_give_a_secret_count_away(void) {
    for (int turn = 0; turn < 300; turn++) {
        const int rows = g_test_rand_int_range(2, 4), columns = rows == 3 ? 1 : 2;
        const int width = columns + 1;
        int64_t inner[MOST_CELLS], counts[MOST_CELLS];
        fill_random(inner, rows * columns, 7);
        scoped(edition) *edition = edition_new();
        struct edition_table *table = table_of(edition, rows, columns, inner, counts);
        struct disclosure_range known[MOST_CELLS];
        bool shown = true;
        for (int i = 0; i < (rows + 1) * width; i++)
            known[i] = (struct disclosure_range){0, INT64_MAX};
        for (int j = 0; j < columns; j++) {
            int64_t least = 0, most = counts[rows * width + j];
            for (int i = 0; i < rows; i++)
                least = MAX(least, counts[i * width + j]);
            const int64_t firms = least + (most - least) / 2;
            shown = shown && (firms == 0 || firms >= T);
            for (int i = 0; i < rows; i++)
                known[i * width + j].most = firms;
            known[rows * width + j].least = firms;
        }
        if (!shown) /* the marketplace would not be in the table */
            continue;
        disclosure_hide(table, T, known);
        assert_only_hidden(table, counts);
        struct trial trial = {
            .table = table, .known = known, .rows = rows, .columns = columns};
        assert_ranges(&trial, counts);
    }
}

static void a_table_of_zeros_is_shown(void) {
    const int64_t inner[4] = {0};
    scoped(edition) *edition = edition_new();
    int64_t counts[MOST_CELLS];
    struct edition_table *table = table_of(edition, 2, 2, inner, counts);
    disclosure_hide(table, T, NULL);
    for (int i = 0; i < 9; i++)
        g_assert_false(is_hidden(table, i));
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define FACT(name) g_test_add_func("/disclosure/" #name, name)
    FACT(the_golden_table_is_hidden_as_in_the_method);
    FACT(no_secret_count_yields_to_the_shuttle);
    FACT(every_table_that_fits_leaves_a_secret_count_its_range);
    FACT(the_range_is_exact);
    FACT(other_tables_do_not_give_a_secret_count_away);
    FACT(a_table_of_zeros_is_shown);
    return g_test_run();
}
