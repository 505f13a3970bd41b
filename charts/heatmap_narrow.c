#include "frame.h"
#include "heatmap.h"
#include "key.h"
#include "mark.h"
#include "rows.h"

/* One table of the edition after the other, a quarter each: its months and its total are
 * read together, and four columns leave room for figures. */
enum {
    LEFT = 24,
    PLOT_LEFT = 240,
    MOST_COLUMNS = 4,
    ROW = 44,
};

#define INSET 2.0

/* Columns of one table, from `first` on. */
struct section {
    const GArray *columns;
    guint first, count;
};

static const struct heatmap_column *column_at(const struct section *section, guint i) {
    return &g_array_index(section->columns, struct heatmap_column, section->first + i);
}

static struct section section_from(const GArray *columns, guint first) {
    struct section section = {columns, first, 1};
    while (section.count < MOST_COLUMNS && first + section.count < columns->len &&
           column_at(&section, section.count)->table == column_at(&section, 0)->table)
        section.count++;
    return section;
}

static struct scale section_scale(const struct section *section) {
    return (struct scale){0, section->count, PLOT_LEFT, FRAME_NARROW_RIGHT};
}

/* "avril 2026 – juin 2026", then the months over their columns. */
static double paint_heads(const struct subject *subject, struct canvas *canvas,
                          const struct section *section, double y) {
    const struct type head = {26, 700, TOKEN_INK, ANCHOR_START};
    const struct scale scale = section_scale(section);
    const int32_t last = column_at(section, section->count - 1)->month;
    g_autofree char *from = words_month(subject->words, column_at(section, 0)->month);
    g_autofree char *to = words_month(subject->words, last);
    g_autofree char *period = g_strjoin(" – ", from, to, NULL);
    g_autofree char *total = words_say(subject->words, "heatmap.total", NULL);
    char *text = last == column_at(section, 0)->month ? from : period;
    g_autofree char *sentence = subject_sentence(g_strdup(text));
    y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, head, sentence, 2);
    for (guint i = 0; i < section->count; i++) {
        const struct heatmap_column *column = column_at(section, i);
        const struct type type = {24, column->total ? 700 : 400,
                                  column->total ? TOKEN_TEXT : TOKEN_MENTION,
                                  ANCHOR_MIDDLE};
        g_autofree char *month = heatmap_month(subject, column->month);
        canvas_text(canvas, scale_px(&scale, i + 0.5), y + 26, type,
                    column->total ? total : month);
    }
    return y + 38;
}

/* Counts, and one hatch over each run of hidden cells. */
static void paint_cells(const struct subject *subject, struct canvas *canvas,
                        const struct section *section,
                        const struct edition_marketplace *place, double y, double most) {
    const struct scale scale = section_scale(section);
    const double half = ROW / 2.0 - 4;
    guint hidden = 0;
    for (guint i = 0; i <= section->count; i++) {
        const bool last = i == section->count;
        const struct edition_number cell =
            last ? edition_known(0) : heatmap_cell(column_at(section, i), place->id);
        const double right = scale_px(&scale, i), left = scale_px(&scale, i - hidden);
        if (!cell.known) {
            hidden++;
            continue;
        }
        if (hidden > 0)
            canvas_hatch(canvas, left + INSET, y - half, right - left - 2 * INSET,
                         2 * half);
        hidden = 0;
        if (!last)
            heatmap_paint_count(subject, canvas, right, scale_px(&scale, i + 1), y, half,
                                column_at(section, i), cell.value, most);
    }
}

static double paint_place(const struct subject *subject, struct canvas *canvas,
                          const struct section *section,
                          const struct edition_marketplace *place, double y,
                          double most) {
    const bool rated = place->overall.score.score.known;
    const struct type bold = {24, 700, rated ? TOKEN_INK : TOKEN_MENTION, ANCHOR_START};
    const struct pen sep = {.token = TOKEN_SEP, .width = 1};
    g_autofree char *name = subject_name(place);
    g_autofree char *fitted = typeface_fit(canvas->typeface, name, bold.size, bold.weight,
                                           (PLOT_LEFT - LEFT - 8) / FRAME_SPARE);
    canvas_line(canvas, (struct point){LEFT, y}, (struct point){FRAME_NARROW_RIGHT, y},
                sep);
    canvas_text(canvas, LEFT, y + ROW / 2.0 + 8.6, bold, fitted);
    paint_cells(subject, canvas, section, place, y + ROW / 2.0, most);
    return y + ROW;
}

static double paint_totals(const struct subject *subject, struct canvas *canvas,
                           const struct section *section, double y) {
    const struct type label = {24, 700, TOKEN_TEXT, ANCHOR_START};
    const struct type figure = {24, 700, TOKEN_INK, ANCHOR_MIDDLE};
    const struct pen line = {.token = TOKEN_LINE, .width = 1};
    const struct scale scale = section_scale(section);
    g_autofree char *all = words_say(subject->words, "heatmap.all", NULL);
    g_autofree char *fitted = typeface_fit(canvas->typeface, all, label.size, 700,
                                           (PLOT_LEFT - LEFT - 8) / FRAME_SPARE);
    g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
    canvas_line(canvas, (struct point){LEFT, y}, (struct point){FRAME_NARROW_RIGHT, y},
                line);
    canvas_text(canvas, LEFT, y + 32, label, fitted);
    for (guint i = 0; i < section->count; i++) {
        const struct edition_number cell = heatmap_cell(column_at(section, i), NULL);
        g_autofree char *text =
            cell.known ? words_number(subject->words, cell.value, 0) : g_strdup(unknown);
        canvas_text(canvas, scale_px(&scale, i + 0.5), y + 32, figure, text);
    }
    return y + 46;
}

static double paint_sections(const struct subject *subject, struct canvas *canvas,
                             const GArray *columns, double y) {
    g_autoptr(GPtrArray) places = edition_ranked(subject->edition);
    const double most = heatmap_most(subject->edition, columns);
    struct section section;
    for (guint first = 0; first < columns->len; first += section.count) {
        section = section_from(columns, first);
        y = paint_heads(subject, canvas, &section, y + 16);
        for (guint i = 0; i < places->len; i++)
            y = paint_place(subject, canvas, &section, places->pdata[i], y, most);
        y = paint_totals(subject, canvas, &section, y) + 12;
    }
    struct key key = {.count = 0};
    key_add(&key, subject, KEY_HATCH, "heatmap.key.hidden");
    key_add(&key, subject, KEY_TEXT, "heatmap.key");
    return key_paint_below(&key, canvas, y + 8);
}

void heatmap_draw_narrow(const struct subject *subject, struct canvas *canvas) {
    g_autoptr(GArray) columns = heatmap_columns(subject->edition);
    g_autofree char *subtitle = words_say(subject->words, "heatmap.subtitle", NULL);
    double y = frame_open(canvas, subtitle);
    if (columns->len == 0 || subject->edition->marketplaces->len == 0) {
        const double height = 120;
        mark_insufficient(canvas, LEFT, y + 20, FRAME_NARROW_RIGHT - LEFT, height, "");
        y += 20 + height;
    } else {
        y = paint_sections(subject, canvas, columns, y);
    }
    frame_close(canvas, y);
}
