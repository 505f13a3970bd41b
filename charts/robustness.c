#include "robustness.h"

#include "frame.h"
#include "key.h"
#include "mark.h"
#include "rows.h"

#include <math.h>
#include <string.h>

enum {
    RANK_X = 40,
    NAME_X = 92,
    PLOT_LEFT = 290,
    PLOT_RIGHT = 1010,
    RANGE_X = 1155,
    TOP = 160,
    MOST_PITCH = 80,
    NARROW_PITCH = 56, /* below: without the sign % */
    MUTE_PITCH = 36,   /* below: without figures */
};

static const struct pen no_pen = {.token = TOKEN_NONE};

const struct edition_robust *robustness_find(const struct edition *edition,
                                             const struct edition_marketplace *place) {
    for (guint i = 0; i < edition->robustness.places->len; i++) {
        const struct edition_robust *robust = edition->robustness.places->pdata[i];
        if (strcmp(robust->id, place->id) == 0)
            return robust;
    }
    return NULL;
}

static double share_at(const struct edition_robust *robust, guint rank) {
    return rank <= robust->rank_shares->len
               ? g_array_index(robust->rank_shares, double, rank - 1)
               : 0;
}

static void widen(struct robustness_range *range, int rank) {
    if (rank == 0)
        return;
    range->low = range->low == 0 ? rank : MIN(range->low, rank);
    range->high = MAX(range->high, rank);
}

struct robustness_range robustness_range(const struct edition_robust *robust) {
    struct robustness_range range = {0, 0};
    for (guint rank = 1; rank <= robust->rank_shares->len; rank++)
        if (share_at(robust, rank) > 0)
            widen(&range, (int)rank);
    for (guint i = 0; i < robust->variant_ranks->len; i++)
        widen(&range, g_array_index(robust->variant_ranks, int, i));
    return range;
}

static bool is_above(const struct edition_marketplace *place,
                     const struct edition_marketplace *other) {
    for (guint i = 0; i < place->pillars->len; i++) {
        const struct edition_pillar *own = place->pillars->pdata[i];
        const struct edition_pillar *its = other->pillars->pdata[i];
        if (!own->score.score.known || !its->score.score.known ||
            own->score.score.value <= its->score.score.value)
            return false;
    }
    return true;
}

static bool dominates(const struct edition *edition,
                      const struct edition_marketplace *place) {
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *other = edition->marketplaces->pdata[i];
        if (other != place && other->overall.score.score.known && !is_above(place, other))
            return false;
    }
    return true;
}

const struct edition_marketplace *robustness_leader(const struct edition *edition) {
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        const struct edition_robust *robust = robustness_find(edition, place);
        if (robust == NULL || !place->overall.score.score.known)
            continue;
        const struct robustness_range range = robustness_range(robust);
        if (range.low == 1 && range.high == 1 && dominates(edition, place))
            return place;
    }
    return NULL;
}

/* Rated places with a robustness, and those of them that keep their rank to one. */
static int count_places(const struct edition *edition, bool steady) {
    int count = 0;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        const struct edition_robust *robust = robustness_find(edition, place);
        if (robust == NULL || !place->overall.score.score.known)
            continue;
        const struct robustness_range range = robustness_range(robust);
        count += !steady || (range.low > 0 && range.high - range.low <= 1);
    }
    return count;
}

char *robustness_title(const struct subject *subject) {
    const struct edition *edition = subject->edition;
    if (edition->marketplaces->len == 0)
        return words_say(subject->words, "chart.empty", NULL);
    const int places = count_places(edition, false);
    if (places < 2)
        return words_say(subject->words, "robustness.title.none", NULL);
    const int steady = count_places(edition, true);
    const struct edition_marketplace *leader = robustness_leader(edition);
    g_autofree char *count = subject_count(subject, steady);
    g_autofree char *all = subject_count(subject, places);
    const struct words_argument arguments[] = {
        {"count", count, steady}, {"places", all, places}, {NULL, NULL, 0}};
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    if (leader != NULL) {
        g_autofree char *name = subject_name(leader);
        g_ptr_array_add(titles,
                        subject_say(subject, "robustness.title.first", "place", name));
    }
    g_ptr_array_add(titles, words_say(subject->words, "robustness.title", arguments));
    g_ptr_array_add(titles, NULL);
    return frame_title((char **)g_ptr_array_steal(titles, NULL), FRAME_MARGIN);
}

int robustness_ranks(const struct edition *edition) {
    guint ranks = (guint)MAX(subject_rated_count(edition), 1);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_robust *robust =
            robustness_find(edition, edition->marketplaces->pdata[i]);
        if (robust != NULL)
            ranks = MAX(ranks, robust->rank_shares->len);
    }
    return (int)ranks;
}

int robustness_mode(const struct edition_robust *robust, double *share) {
    int mode = 0;
    *share = 0;
    for (guint rank = 1; rank <= robust->rank_shares->len; rank++) {
        if (share_at(robust, rank) <= *share)
            continue;
        *share = share_at(robust, rank);
        mode = (int)rank;
    }
    return mode;
}

static struct scale ranks_scale(const struct edition *edition) {
    const int ranks = robustness_ranks(edition);
    const double pitch = MIN((double)(PLOT_RIGHT - PLOT_LEFT) / ranks, MOST_PITCH);
    return (struct scale){0.5, ranks + 0.5, PLOT_LEFT, PLOT_LEFT + pitch * ranks};
}

static double pitch_of(const struct scale *scale) {
    return (scale->to_px - scale->from_px) / (scale->to - scale->from);
}

static void paint_heads(const struct subject *subject, struct canvas *canvas,
                        const struct scale *scale, double bottom) {
    const struct type start = {15, 400, TOKEN_MENTION, ANCHOR_START};
    const struct type end = {15, 400, TOKEN_MENTION, ANCHOR_END};
    const struct type bold = {15, 700, TOKEN_INK, ANCHOR_START};
    const struct type figure = {15, 700, TOKEN_TEXT, ANCHOR_MIDDLE};
    const struct pen line = {.token = TOKEN_SEP, .width = 1};
    g_autofree char *rank = words_say(subject->words, "column.rank", NULL);
    g_autofree char *place = words_say(subject->words, "column.place", NULL);
    g_autofree char *obtained = words_say(subject->words, "robustness.obtained", NULL);
    g_autofree char *range = words_say(subject->words, "robustness.range", NULL);
    canvas_text(canvas, RANK_X, TOP - 12, start, rank);
    canvas_text(canvas, NAME_X, TOP - 12, start, place);
    canvas_text(canvas, PLOT_LEFT, TOP - 36, bold, obtained);
    canvas_text(canvas, RANGE_X, TOP - 12, end, range);
    for (int i = 1; i < scale->to; i++) {
        g_autofree char *text = words_number(subject->words, i, 0);
        canvas_text(canvas, scale_px(scale, i), TOP - 12, figure, text);
    }
    for (int i = 0; i < scale->to; i++)
        canvas_line(canvas, (struct point){scale_px(scale, i + 0.5), TOP},
                    (struct point){scale_px(scale, i + 0.5), bottom}, line);
}

/* By the figure that is read in the cell. */
static enum token cell_token(double share) {
    share = round(share);
    return share >= 50 ? TOKEN_RIBBON : share >= 20 ? TOKEN_BAND_A : TOKEN_BAND_B;
}

char *robustness_share(const struct subject *subject, double share, bool sign) {
    const bool little = share < 1;
    g_autofree char *number = words_number(subject->words, little ? 1 : share, 0);
    if (!sign)
        return little ? g_strconcat("<", number, NULL) : g_steal_pointer(&number);
    return subject_say(subject, little ? "robustness.share.little" : "robustness.share",
                       "share", number);
}

static void paint_cell(const struct subject *subject, struct canvas *canvas,
                       const struct scale *scale, double y, int rank, double share) {
    const double pitch = pitch_of(scale), x = scale_px(scale, rank), half = 10.5;
    const struct type type = {15, share >= 50 ? 700 : 400, TOKEN_INK, ANCHOR_MIDDLE};
    const double width = pitch - MIN(14, pitch / 4);
    if (share <= 0)
        return;
    canvas_rectangle(canvas, x - width / 2, y - 16, width, 2 * half, 3, cell_token(share),
                     no_pen);
    if (pitch < MUTE_PITCH)
        return;
    g_autofree char *text = robustness_share(subject, share, pitch >= NARROW_PITCH);
    canvas_text(canvas, x, y - 0.1, type, text);
}

/* One tick for each variant that gives the rank. */
static void paint_variants(struct canvas *canvas, const struct scale *scale, double y,
                           int rank, const struct edition_robust *robust) {
    int count = 0;
    for (guint i = 0; i < robust->variant_ranks->len; i++)
        count += g_array_index(robust->variant_ranks, int, i) == rank;
    const double step =
        MIN(5, (pitch_of(scale) - 10) / MAX(robust->variant_ranks->len, 1));
    const struct pen tick = {.token = TOKEN_POINT, .width = MIN(3, step * 0.6)};
    for (int own = 0; own < count; own++) {
        const double x = scale_px(scale, rank) + step * (own - (count - 1) / 2.0);
        canvas_line(canvas, (struct point){x, y + 8}, (struct point){x, y + 16}, tick);
    }
}

static void paint_frame(struct canvas *canvas, const struct scale *scale, double y,
                        const struct edition_overall *overall) {
    const struct pen line = {.token = TOKEN_LINE, .width = 1.25};
    if (overall->rank_low == 0)
        return;
    const double left = scale_px(scale, overall->rank_low - 0.5) + 2;
    const double right = scale_px(scale, overall->rank_high + 0.5) - 2;
    canvas_rectangle(canvas, left, y - 19.5, right - left, 39, 3, TOKEN_NONE, line);
}

char *robustness_range_text(const struct subject *subject,
                            const struct edition_robust *robust) {
    const struct robustness_range range = robustness_range(robust);
    g_autofree char *low = words_number(subject->words, range.low, 0);
    g_autofree char *high = words_number(subject->words, range.high, 0);
    if (range.low == 0)
        return g_strdup("—");
    return range.low == range.high ? g_steal_pointer(&low)
                                   : g_strjoin("–", low, high, NULL);
}

char *robustness_missing(const struct subject *subject,
                         const struct edition_marketplace *place) {
    const enum edition_reason reason = subject->edition->robustness.reason;
    if (!place->overall.score.score.known)
        return subject_place_reason(subject, place);
    return subject_reason(subject, reason == REASON_NONE ? REASON_NOT_COMPUTED : reason);
}

static void paint_row(const struct subject *subject, struct canvas *canvas,
                      const struct scale *scale, const struct rows *rows, int row) {
    const struct edition_marketplace *place = rows_place(rows, row);
    const bool rated = place->overall.score.score.known;
    const struct type head = {15, 400, TOKEN_MENTION, ANCHOR_START};
    const struct edition_robust *robust =
        rated ? robustness_find(subject->edition, place) : NULL;
    const double y = rows_y(rows, row);
    g_autofree char *rank = rows_rank(subject, place);
    canvas_text(canvas, RANK_X, y + 5.4, head, rank);
    rows_paint_name(canvas, place, NAME_X, PLOT_LEFT - 14, y);
    if (robust == NULL) {
        g_autofree char *why = robustness_missing(subject, place);
        mark_insufficient(canvas, PLOT_LEFT, y - 15, PLOT_RIGHT - PLOT_LEFT, 30, why);
        return;
    }
    paint_frame(canvas, scale, y, &place->overall);
    for (int i = 1; i < scale->to; i++) {
        paint_cell(subject, canvas, scale, y, i, share_at(robust, (guint)i));
        paint_variants(canvas, scale, y, i, robust);
    }
    const struct type figure = {16, 500, TOKEN_INK, ANCHOR_END};
    g_autofree char *range = robustness_range_text(subject, robust);
    canvas_text(canvas, RANGE_X, y + 5.6, figure, range);
}

void robustness_draw(const struct subject *subject, struct canvas *canvas) {
    struct rows rows = rows_lay_out(subject, canvas->typeface, TOP);
    const struct scale scale = ranks_scale(subject->edition);
    canvas->height = rows.height;
    g_autofree char *period = subject_period(subject);
    g_autofree char *subtitle =
        subject_say(subject, "robustness.subtitle", "period", period);
    frame_paint(canvas, FRAME_MARGIN, subtitle);
    if (rows.count > 0)
        paint_heads(subject, canvas, &scale, rows.rated_bottom);
    rows_paint(canvas, subject, &rows);
    for (int i = 0; i < rows.count; i++)
        paint_row(subject, canvas, &scale, &rows, i);
    if (count_places(subject->edition, false) > 0) {
        struct key key = {.count = 0};
        key_add(&key, subject, KEY_TEXT, "robustness.key.share");
        key_add(&key, subject, KEY_TEXT, "robustness.key.variant");
        key_add(&key, subject, KEY_TEXT, "robustness.key.frame");
        key_paint(&key, canvas);
    }
    rows_clear(&rows);
}
