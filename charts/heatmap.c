#include "heatmap.h"

#include "barometre/month.h"

#include "frame.h"
#include "key.h"
#include "mark.h"
#include "rows.h"

#include <string.h>

enum {
    NAME_X = 40,
    PLOT_LEFT = 250,
    TOP = 152,
    MOST_COLUMNS = 16,
};

#define TABLE_PREFIX "month"
#define TOTAL "_total"
#define INSET 2.0

static const struct pen no_pen = {.token = TOKEN_NONE};

static int compare_columns(const void *a, const void *b) {
    const struct heatmap_column *one = a, *other = b;
    if (one->month != other->month)
        return one->month < other->month ? -1 : 1;
    return (int)one->total - (int)other->total;
}

GArray *heatmap_columns(const struct edition *edition) {
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(struct heatmap_column));
    for (guint i = 0; i < edition->tables->len; i++) {
        const struct edition_table *table = edition->tables->pdata[i];
        int32_t month = 0;
        for (guint row = 0;
             g_str_has_prefix(table->id, TABLE_PREFIX) && table->rows[row] != NULL;
             row++) {
            const bool total = strcmp(table->rows[row], TOTAL) == 0;
            if (!total && !month_parse(table->rows[row], &month))
                break;
            const struct heatmap_column column = {table, row, month, total};
            g_array_append_val(columns, column);
        }
    }
    g_array_sort(columns, compare_columns);
    if (columns->len > MOST_COLUMNS)
        g_array_remove_range(columns, 0, columns->len - MOST_COLUMNS);
    return columns;
}

struct edition_number heatmap_cell(const struct heatmap_column *column,
                                   const char *place) {
    const char *id = place == NULL ? TOTAL : place;
    for (guint i = 0; column->table->columns[i] != NULL; i++)
        if (strcmp(column->table->columns[i], id) == 0)
            return *edition_table_cell(column->table, column->row, i);
    return edition_unknown();
}

static const struct heatmap_column *column_at(const GArray *columns, guint i) {
    return &g_array_index(columns, struct heatmap_column, i);
}

/* The months with fewest and most reports in all places; false where one is hidden. */
static bool find_ends(const GArray *columns, const struct heatmap_column **least,
                      const struct heatmap_column **most) {
    *least = *most = NULL;
    for (guint i = 0; i < columns->len; i++) {
        const struct heatmap_column *column = column_at(columns, i);
        const struct edition_number all = heatmap_cell(column, NULL);
        if (column->total)
            continue;
        if (!all.known)
            return false;
        if (*least == NULL || all.value < heatmap_cell(*least, NULL).value)
            *least = column;
        if (*most == NULL || all.value > heatmap_cell(*most, NULL).value)
            *most = column;
    }
    return *most != NULL;
}

char *heatmap_title(const struct subject *subject) {
    g_autoptr(GArray) columns = heatmap_columns(subject->edition);
    const struct heatmap_column *least, *most;
    if (subject->edition->marketplaces->len == 0)
        return words_say(subject->words, "chart.empty", NULL);
    if (columns->len == 0)
        return words_say(subject->words, "heatmap.title.none", NULL);
    if (!find_ends(columns, &least, &most))
        return words_say(subject->words, "heatmap.title", NULL);
    g_autofree char *month = words_month(subject->words, most->month);
    g_autofree char *low =
        words_number(subject->words, heatmap_cell(least, NULL).value, 0);
    g_autofree char *high =
        words_number(subject->words, heatmap_cell(most, NULL).value, 0);
    const struct words_argument arguments[] = {
        {"low", low, 0}, {"high", high, 0}, {"month", month, 0}, {NULL, NULL, 0}};
    return words_say(subject->words, "heatmap.title.most", arguments);
}

static struct scale columns_scale(const GArray *columns) {
    return (struct scale){0, columns->len, PLOT_LEFT, FRAME_RIGHT};
}

char *heatmap_month(const struct subject *subject, int32_t month) {
    g_autofree char *text = words_month_short(subject->words, month);
    char *year = g_utf8_strrchr(text, -1, ' ');
    if (year == NULL)
        year = g_utf8_strrchr(text, -1, 0xa0);
    return year == NULL ? g_strdup(text) : g_strndup(text, (gsize)(year - text));
}

static void paint_heads(const struct subject *subject, struct canvas *canvas,
                        const GArray *columns) {
    const struct type type = {15, 400, TOKEN_MENTION, ANCHOR_MIDDLE};
    const struct type bold = {15, 700, TOKEN_TEXT, ANCHOR_MIDDLE};
    const struct type year_type = {15, 700, TOKEN_TEXT, ANCHOR_START};
    const struct type start = {15, 400, TOKEN_MENTION, ANCHOR_START};
    const struct scale scale = columns_scale(columns);
    g_autofree char *place = words_say(subject->words, "column.place", NULL);
    g_autofree char *total = words_say(subject->words, "heatmap.total", NULL);
    canvas_text(canvas, NAME_X, TOP - 12, start, place);
    int year = 0;
    for (guint i = 0; i < columns->len; i++) {
        const struct heatmap_column *column = column_at(columns, i);
        g_autofree char *name =
            column->total ? g_strdup(total) : heatmap_month(subject, column->month);
        canvas_text(canvas, scale_px(&scale, i + 0.5), TOP - 12,
                    column->total ? bold : type, name);
        if (month_year(column->month) == year)
            continue;
        year = month_year(column->month);
        g_autofree char *text = g_strdup_printf("%d", year);
        canvas_text(canvas, scale_px(&scale, i) + INSET, TOP - 34, year_type, text);
    }
}

double heatmap_most(const struct edition *edition, const GArray *columns) {
    double most = 1;
    for (guint i = 0; i < columns->len; i++) {
        if (column_at(columns, i)->total)
            continue;
        for (guint k = 0; k < edition->marketplaces->len; k++) {
            const struct edition_marketplace *place = edition->marketplaces->pdata[k];
            const struct edition_number cell =
                heatmap_cell(column_at(columns, i), place->id);
            if (cell.known)
                most = MAX(most, cell.value);
        }
    }
    return most;
}

static enum token cell_token(double share) {
    static const enum token tokens[] = {TOKEN_BAND_B, TOKEN_BAND_A, TOKEN_RIBBON};
    return tokens[CLAMP((int)(share * 3), 0, 2)];
}

void heatmap_paint_count(const struct subject *subject, struct canvas *canvas,
                         double left, double right, double y, double half,
                         const struct heatmap_column *column, double count, double most) {
    const bool heavy = column->total || count > 2 * most / 3;
    const double size = MAX(16, frame_size(canvas));
    const struct type type = {size, heavy ? 700 : 400,
                              count > 0 ? TOKEN_INK : TOKEN_MENTION, ANCHOR_MIDDLE};
    if (!column->total && count > 0)
        canvas_rectangle(canvas, left + INSET, y - half, right - left - 2 * INSET,
                         2 * half, 3, cell_token(count / most), no_pen);
    g_autofree char *text = words_number(subject->words, count, 0);
    canvas_text(canvas, (left + right) / 2, y + size * 0.36, type, text);
}

/* Counts, and one hatch over each run of hidden cells. */
static void paint_row(const struct subject *subject, struct canvas *canvas,
                      const GArray *columns, const struct rows *rows, int row,
                      double most) {
    const struct edition_marketplace *place = rows_place(rows, row);
    const struct scale scale = columns_scale(columns);
    const double y = rows_y(rows, row), half = MIN(rows->pitch / 2 - 4, 19);
    guint hidden = 0;
    rows_paint_name(canvas, place, NAME_X, PLOT_LEFT - 14, y);
    for (guint i = 0; i <= columns->len; i++) {
        const bool last = i == columns->len;
        const struct edition_number cell =
            last ? edition_known(0) : heatmap_cell(column_at(columns, i), place->id);
        if (!cell.known) {
            hidden++;
            continue;
        }
        const double left = scale_px(&scale, i);
        if (hidden > 0)
            canvas_hatch(canvas, scale_px(&scale, i - hidden) + INSET, y - half,
                         left - scale_px(&scale, i - hidden) - 2 * INSET, 2 * half);
        hidden = 0;
        if (!last)
            heatmap_paint_count(subject, canvas, left, scale_px(&scale, i + 1), y, half,
                                column_at(columns, i), cell.value, most);
    }
}

static void paint_totals(const struct subject *subject, struct canvas *canvas,
                         const GArray *columns, double baseline) {
    const struct type label = {15, 700, TOKEN_TEXT, ANCHOR_START};
    const struct type figure = {16, 700, TOKEN_INK, ANCHOR_MIDDLE};
    const struct scale scale = columns_scale(columns);
    g_autofree char *all = words_say(subject->words, "heatmap.all", NULL);
    g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
    canvas_text(canvas, NAME_X, baseline, label, all);
    for (guint i = 0; i < columns->len; i++) {
        const struct edition_number cell = heatmap_cell(column_at(columns, i), NULL);
        g_autofree char *text =
            cell.known ? words_number(subject->words, cell.value, 0) : g_strdup(unknown);
        canvas_text(canvas, scale_px(&scale, i + 0.5), baseline, figure, text);
    }
}

static void paint_table(const struct subject *subject, struct canvas *canvas,
                        const GArray *columns, const struct rows *rows) {
    const double most = heatmap_most(subject->edition, columns);
    const struct pen line = {.token = TOKEN_LINE, .width = 1};
    paint_heads(subject, canvas, columns);
    for (int i = 0; i < rows->count; i++)
        paint_row(subject, canvas, columns, rows, i, most);
    canvas_line(canvas, (struct point){FRAME_MARGIN, rows->bottom},
                (struct point){FRAME_RIGHT, rows->bottom}, line);
    paint_totals(subject, canvas, columns, rows->bottom + 22);
    struct key key = {.count = 0};
    key_add(&key, subject, KEY_HATCH, "heatmap.key.hidden");
    key_add(&key, subject, KEY_TEXT, "heatmap.key");
    key_paint(&key, canvas);
}

void heatmap_draw(const struct subject *subject, struct canvas *canvas) {
    g_autoptr(GArray) columns = heatmap_columns(subject->edition);
    struct rows rows = rows_lay_out(subject, canvas->typeface, TOP);
    const bool empty = columns->len == 0 || rows.count == 0;
    canvas->height = empty ? FRAME_HEIGHT : rows.height;
    g_autofree char *subtitle = words_say(subject->words, "heatmap.subtitle", NULL);
    frame_paint(canvas, FRAME_MARGIN, subtitle);
    if (empty) {
        g_autofree char *why = words_say(subject->words, "heatmap.title.none", NULL);
        mark_insufficient(canvas, FRAME_MARGIN, TOP, FRAME_RIGHT - FRAME_MARGIN,
                          FRAME_HEIGHT - FRAME_FOOT - TOP, why);
    } else {
        rows_paint(canvas, subject, &rows);
        paint_table(subject, canvas, columns, &rows);
    }
    rows_clear(&rows);
}
