#include "signatories.h"

#include "barometre/month.h"
#include "barometre/text.h"

#include "frame.h"
#include "key.h"
#include "mark.h"

#include <math.h>

enum {
    LABEL_X = 40,
    LANE_X = 290,
    PLOT_LEFT = 450,
    PLOT_RIGHT = 1130,
    DIFFERENCE_Y = 156,
    RULE_Y = 216,
    TOP = 262,
    BOTTOM = 582,
    DOT = 6,
    LEVELS = 3, /* dots that would hide each other lie at different heights */
};

#define LEAST_REACH 20.0      /* points on both sides of 0 */
#define LEVEL_STEP (11.0 / 6) /* of the dot's radius, as the tick */
#define TICK_STEP (16.0 / 6)

static const struct type strong = {15, 700, TOKEN_INK, ANCHOR_START};
static const struct type plain = {15, 400, TOKEN_TEXT, ANCHOR_START};

bool signatories_has(const struct edition *edition,
                     const struct edition_marketplace *place) {
    return place->signatory_from != INT32_MIN &&
           place->signatory_from <= month_first_day(edition->window_from);
}

char *signatories_reason(const struct subject *subject) {
    const enum edition_reason reason = subject->edition->signatories.reason;
    return subject_reason(subject,
                          reason == REASON_NONE ? REASON_FEW_MARKETPLACES : reason);
}

char *signatories_title(const struct subject *subject) {
    const struct edition_group *group = &subject->edition->signatories;
    if (subject->edition->marketplaces->len == 0)
        return words_say(subject->words, "chart.empty", NULL);
    if (!group->difference.known || !group->p.known) {
        g_autofree char *reason = signatories_reason(subject);
        return subject_say(subject, "signatories.title.unknown", "reason", reason);
    }
    g_autofree char *points =
        words_number(subject->words, fabs(group->difference.value), 1);
    const bool above = subject_sure(group->p, SUBJECT_SURE);
    const bool below = group->p.value < 1 - SUBJECT_SURE - 1e-9;
    return subject_say(subject,
                       above   ? "signatories.title.above"
                       : below ? "signatories.title.below"
                               : "signatories.title.undecided",
                       "points", points);
}

struct scale signatories_scale(const struct edition_group *group, double left,
                               double right) {
    double reach = LEAST_REACH;
    const struct edition_number ends[] = {group->difference, group->low, group->high};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (ends[i].known)
            reach = MAX(reach, ceil(fabs(ends[i].value) / 10 + 0.3) * 10);
    return (struct scale){-reach, reach, left, right};
}

static void paint_difference_axis(const struct subject *subject, struct canvas *canvas,
                                  const struct scale *scale) {
    const struct type middle = {15, 400, TOKEN_MENTION, ANCHOR_MIDDLE};
    const struct type start = {15, 400, TOKEN_TEXT, ANCHOR_START};
    const struct type end = {15, 400, TOKEN_TEXT, ANCHOR_END};
    const double marks[] = {scale->from, 0, scale->to};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        const bool zero = marks[i] > -0.5 && marks[i] < 0.5;
        const struct pen pen = {zero ? TOKEN_INK : TOKEN_GRID, zero ? 1.5 : 1, 0, 0,
                                false};
        const double x = scale_px(scale, marks[i]);
        g_autofree char *text = zero ? words_number(subject->words, 0, 0)
                                     : words_signed(subject->words, marks[i], 0);
        canvas_line(canvas, (struct point){x, DIFFERENCE_Y - 26},
                    (struct point){x, DIFFERENCE_Y + 26}, pen);
        canvas_text(canvas, x, DIFFERENCE_Y + 46, middle, text);
    }
    g_autofree char *others = words_say(subject->words, "signatories.others_ahead", NULL);
    g_autofree char *own = words_say(subject->words, "signatories.ahead", NULL);
    canvas_text(canvas, scale->from_px, DIFFERENCE_Y - 34, start, others);
    canvas_text(canvas, scale->to_px, DIFFERENCE_Y - 34, end, own);
}

char *signatories_interval(const struct subject *subject) {
    const struct edition_group *group = &subject->edition->signatories;
    if (!group->low.known || !group->high.known)
        return NULL;
    g_autofree char *low = words_signed(subject->words, group->low.value, 1);
    g_autofree char *high = words_signed(subject->words, group->high.value, 1);
    const struct words_argument arguments[] = {
        {"low", low, 0}, {"high", high, 0}, {NULL, NULL, 0}};
    return words_say(subject->words, "signatories.interval", arguments);
}

static void paint_difference(const struct subject *subject, struct canvas *canvas) {
    const struct edition_group *group = &subject->edition->signatories;
    const struct type figure = {18, 700, TOKEN_POINT, ANCHOR_START};
    g_autofree char *head = words_say(subject->words, "signatories.difference", NULL);
    g_autofree char *how = words_say(subject->words, "signatories.difference.how", NULL);
    canvas_text(canvas, LABEL_X, DIFFERENCE_Y - 20, strong, head);
    canvas_text(canvas, LABEL_X, DIFFERENCE_Y + 2, plain, how);
    if (!group->difference.known) {
        g_autofree char *reason = signatories_reason(subject);
        mark_insufficient(canvas, PLOT_LEFT, DIFFERENCE_Y - 26, PLOT_RIGHT - PLOT_LEFT,
                          52, reason);
        return;
    }
    const struct scale scale = signatories_scale(group, PLOT_LEFT, PLOT_RIGHT);
    const struct edition_score score = {
        .score = group->difference, .low = group->low, .high = group->high};
    double left, right;
    paint_difference_axis(subject, canvas, &scale);
    mark_score(canvas, &scale, DIFFERENCE_Y, &score, 9);
    g_autofree char *value = words_signed(subject->words, group->difference.value, 1);
    mark_score_text(canvas, &scale, DIFFERENCE_Y, &score, 9, PLOT_RIGHT, figure, value,
                    &left, &right);
    g_autofree char *interval = signatories_interval(subject);
    if (interval != NULL)
        canvas_text(canvas, LABEL_X, DIFFERENCE_Y + 24, plain, interval);
}

/* A place's overall score (row 0) or that of a pillar. */
static struct edition_number figure_of(const struct edition_marketplace *place, int row) {
    if (row == 0)
        return place->overall.score.score;
    if ((guint)row > place->pillars->len)
        return edition_unknown();
    return ((const struct edition_pillar *)place->pillars->pdata[row - 1])->score.score;
}

static int compare_doubles(const void *a, const void *b) {
    const double one = *(const double *)a, other = *(const double *)b;
    return one < other ? -1 : one > other;
}

GArray *signatories_scores(const struct edition *edition, bool signed_it, int row) {
    GArray *scores = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        const struct edition_number figure = figure_of(place, row);
        if (figure.known && signatories_has(edition, place) == signed_it)
            g_array_append_val(scores, figure.value);
    }
    g_array_sort(scores, compare_doubles);
    return scores;
}

static void paint_dots(struct canvas *canvas, const struct scale *scale, double y,
                       double dot, const GArray *scores, bool signed_it) {
    const double step = dot * LEVEL_STEP;
    const double heights[LEVELS] = {0, -step, step};
    const struct pen ring = {.token = TOKEN_PAPER, .width = 1.5};
    const struct pen outline = {.token = TOKEN_POINT, .width = dot / 3};
    double last[LEVELS] = {-1e4, -1e4, -1e4};
    for (guint i = 0; i < scores->len; i++) {
        const double x = scale_px(scale, g_array_index(scores, double, i));
        int level = 0;
        while (level < LEVELS - 1 && x - last[level] < 2 * dot + 2)
            level++;
        last[level] = x;
        canvas_circle(canvas, x, y + heights[level], signed_it ? dot + 0.75 : dot,
                      signed_it ? TOKEN_POINT : TOKEN_PAPER, signed_it ? ring : outline);
    }
}

void signatories_paint_group(struct canvas *canvas, const struct scale *scale, double y,
                             double dot, const GArray *scores, bool signed_it) {
    double sum = 0;
    for (guint i = 0; i < scores->len; i++)
        sum += g_array_index(scores, double, i);
    if (scores->len > 0)
        mark_median_tick(canvas, scale, edition_known(sum / scores->len), y,
                         dot * TICK_STEP);
    paint_dots(canvas, scale, y, dot, scores, signed_it);
}

char *signatories_group(const struct subject *subject, const GArray *scores,
                        bool signed_it) {
    const struct words_argument arguments[] = {{"count", NULL, scores->len},
                                               {NULL, NULL, 0}};
    return words_say(subject->words,
                     signed_it ? "signatories.group" : "signatories.group.others",
                     arguments);
}

static void paint_lane(const struct subject *subject, struct canvas *canvas,
                       const struct scale *scale, double y, int row, bool signed_it) {
    g_autoptr(GArray) scores = signatories_scores(subject->edition, signed_it, row);
    g_autofree char *name = signatories_group(subject, scores, signed_it);
    canvas_text(canvas, LANE_X, y + 5.4, plain, name);
    if (scores->len > 0) {
        signatories_paint_group(canvas, scale, y, DOT, scores, signed_it);
        return;
    }
    g_autofree char *none = words_say(subject->words, "signatories.none", NULL);
    mark_insufficient(canvas, PLOT_LEFT, y - 11, PLOT_RIGHT - PLOT_LEFT, 22, none);
}

char *signatories_label(const struct subject *subject, int row) {
    const struct edition_marketplace *any = subject->edition->marketplaces->pdata[0];
    if (row == 0)
        return words_say(subject->words, "signatories.overall", NULL);
    const struct edition_pillar *pillar = any->pillars->pdata[row - 1];
    return text_clamp(pillar->label[words_language(subject->words)]);
}

static void paint_label(const struct subject *subject, struct canvas *canvas, int row,
                        double y) {
    g_autofree char *label = signatories_label(subject, row);
    g_auto(GStrv) lines =
        typeface_wrap(canvas->typeface, label, strong.size, strong.weight,
                      (LANE_X - LABEL_X - 16) / FRAME_SPARE, 2);
    const double first = y + 5.4 - 10 * (g_strv_length(lines) - 1.0);
    for (int i = 0; lines[i] != NULL; i++)
        canvas_text(canvas, LABEL_X, first + 20 * i, strong, lines[i]);
}

static void paint_places(const struct subject *subject, struct canvas *canvas) {
    const struct edition_marketplace *any = subject->edition->marketplaces->pdata[0];
    const struct scale scale = {0, 100, PLOT_LEFT, PLOT_RIGHT};
    const struct pen sep = {.token = TOKEN_GRID, .width = 1};
    const int rows = 1 + (int)any->pillars->len;
    const double pitch = (double)(BOTTOM - TOP) / rows;
    mark_bands(canvas, subject->edition, &scale, TOP, BOTTOM - TOP);
    mark_band_letters(canvas, subject->edition, &scale, TOP - 10, NULL);
    mark_band_limits(canvas, subject->edition, &scale, BOTTOM + 20);
    for (int row = 0; row < rows; row++) {
        const double y = TOP + pitch * (row + 0.5);
        paint_label(subject, canvas, row, y);
        paint_lane(subject, canvas, &scale, y - pitch * 0.22, row, true);
        paint_lane(subject, canvas, &scale, y + pitch * 0.22, row, false);
        if (row > 0)
            canvas_line(canvas, (struct point){FRAME_MARGIN, y - pitch / 2},
                        (struct point){FRAME_RIGHT, y - pitch / 2}, sep);
    }
}

void signatories_draw(const struct subject *subject, struct canvas *canvas) {
    const struct pen rule = {.token = TOKEN_GRID, .width = 1};
    g_autofree char *period = subject_period(subject);
    g_autofree char *subtitle =
        subject_say(subject, "signatories.subtitle", "period", period);
    frame_paint(canvas, FRAME_MARGIN, subtitle);
    if (subject->edition->marketplaces->len == 0)
        return;
    paint_difference(subject, canvas);
    canvas_line(canvas, (struct point){FRAME_MARGIN, RULE_Y},
                (struct point){FRAME_RIGHT, RULE_Y}, rule);
    paint_places(subject, canvas);
    struct key key = {.count = 0};
    key_add(&key, subject, KEY_TEXT, "signatories.key");
    key_paint(&key, canvas);
}
