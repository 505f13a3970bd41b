#include "place.h"

#include "barometre/text.h"

#include "frame.h"
#include "mark.h"
#include "rows.h"

#include <string.h>

enum {
    BADGE_X = 68,
    BADGE_SIDE = 54,
    TITLE_X = 112,
    BAROMETER_Y = 128,
    BAROMETER_HEIGHT = 74,
    PILLARS_Y = 244,
    BAR_Y = 293,
    BAR_HEIGHT = 26,
    INDICATOR_PITCH = 42,
    VALUE_ROOM = 58,
    GUTTER = 34,
};

static const struct type label = {15, 400, TOKEN_TEXT, ANCHOR_START};
static const struct type grey = {15, 400, TOKEN_MENTION, ANCHOR_START};
static const struct type grey_end = {15, 400, TOKEN_MENTION, ANCHOR_END};
static const struct type bold = {15, 700, TOKEN_INK, ANCHOR_START};

struct card card_lay_out(const struct subject *subject) {
    const GPtrArray *pillars = subject->place->pillars;
    struct card card = {
        .barometer = {0, 100, FRAME_MARGIN, 620},
        .history = panel_of(subject->edition),
        .pillar_count = (int)pillars->len,
        .indicators_y = BAR_Y + BAR_HEIGHT + 62,
    };
    card.history.x = 710;
    card.history.y = BAROMETER_Y + 4;
    card.history.width = 380;
    card.history.height = BAROMETER_HEIGHT - 6;
    const int count = MAX(card.pillar_count, 1);
    card.column_pitch = (FRAME_RIGHT - FRAME_MARGIN + GUTTER) / count;
    card.column_width = card.column_pitch - GUTTER;
    guint most = 1;
    for (guint i = 0; i < pillars->len; i++)
        most = MAX(most,
                   ((const struct edition_pillar *)pillars->pdata[i])->indicators->len);
    card.rule_y = card.indicators_y + INDICATOR_PITCH * (most - 1.0) + 18;
    card.reply_y = card.rule_y + 24;
    card.height = MAX(FRAME_HEIGHT, card.reply_y + 12 + FRAME_FOOT);
    return card;
}

struct scale card_scale(const struct card *card, int pillar) {
    const double left = FRAME_MARGIN + card->column_pitch * pillar;
    return (struct scale){0, 100, left, left + card->column_width - VALUE_ROOM};
}

char *place_title(const struct subject *subject) {
    const struct edition_overall *overall = &subject->place->overall;
    g_autofree char *name = subject_name(subject->place);
    if (!overall->score.score.known)
        return subject_say(subject, "place.title.insufficient", "place", name);
    g_autofree char *score = subject_score(subject, overall->score.score.value);
    const struct words_argument arguments[] = {
        {"place", name, 0},
        {"score", score, 0},
        {"band", overall->band == NULL ? "" : overall->band, 0},
        {NULL, NULL, 0}};
    static const char *const keys[CLAIM_COUNT] = {
        [CLAIM_UNKNOWN] = "place.title.rated",
        [CLAIM_NONE] = "place.title.rated",
        [CLAIM_IMPROVING] = "place.title.improving",
        [CLAIM_WORSENING] = "place.title.worsening",
    };
    char *const candidates[] = {
        words_say(subject->words, keys[overall->trend.claim], arguments),
        words_say(subject->words, "place.title.rated", arguments), NULL};
    return subject_title(g_memdup2(candidates, sizeof candidates));
}

static char *subtitle_of(const struct subject *subject) {
    const struct edition_marketplace *place = subject->place;
    GString *text = g_string_new(NULL);
    if (place->overall.rank_low > 0) {
        g_autofree char *rank = rows_rank(subject, place);
        g_autofree char *rated =
            words_number(subject->words, subject_rated_count(subject->edition), 0);
        const struct words_argument arguments[] = {
            {"rank", rank, 0}, {"rated", rated, 0}, {NULL, NULL, 0}};
        g_autofree char *said = words_say(subject->words, "place.rank", arguments);
        g_string_append_printf(text, "%s ", said);
    }
    if (place->sellers.known) {
        const struct words_argument arguments[] = {
            {"count", NULL, (int64_t)place->sellers.value}, {NULL, NULL, 0}};
        g_autofree char *said = words_say(subject->words, "place.sellers", arguments);
        g_string_append_printf(text, "%s ", said);
    }
    g_autofree char *scale = words_say(subject->words, "place.scale", NULL);
    g_autofree char *period = subject_period(subject);
    g_string_append_printf(text, "%s %s", scale, period);
    return g_string_free(text, FALSE);
}

/* The short tick of a median, longer than any dot's ring. */
static void paint_median(struct canvas *canvas, const struct scale *scale,
                         struct edition_number median, double y, double half) {
    const struct pen tick = {.token = TOKEN_INK, .width = 1.75};
    if (!median.known)
        return;
    const double x = scale_px(scale, median.value);
    canvas_line(canvas, (struct point){x, y - half}, (struct point){x, y + half}, tick);
}

/* The score over its mark, the interval beside it, both kept inside the barometer. */
static void paint_big_score(const struct subject *subject, struct canvas *canvas,
                            const struct scale *scale) {
    const struct edition_score *score = &subject->place->overall.score;
    const struct type big = {30, 700, TOKEN_POINT, ANCHOR_START};
    g_autofree char *value = subject_score(subject, score->score.value);
    g_autofree char *range = NULL;
    if (score->low.known && score->high.known) {
        g_autofree char *low = subject_score(subject, score->low.value);
        g_autofree char *high = subject_score(subject, score->high.value);
        range = g_strjoin("–", low, high, NULL);
    }
    const double advance = typeface_extent(canvas->typeface, value, 30, 700).advance;
    const double beside =
        range == NULL ? 0
                      : 10 + typeface_extent(canvas->typeface, range, 15, 400).advance;
    const double centre = scale_px(scale, score->score.value) - advance / 2;
    const double x =
        CLAMP(centre, scale->from_px + 6, scale->to_px - 6 - advance - beside);
    canvas_text(canvas, x, BAROMETER_Y + 36, big, value);
    if (range != NULL)
        canvas_text(canvas, x + advance + 10, BAROMETER_Y + 36, label, range);
}

static void paint_barometer(const struct subject *subject, struct canvas *canvas,
                            const struct card *card) {
    const struct edition *edition = subject->edition;
    const struct scale *scale = &card->barometer;
    const struct edition_overall *overall = &subject->place->overall;
    const double width = scale->to_px - scale->from_px;
    const double y = BAROMETER_Y + BAROMETER_HEIGHT - 18;
    if (!overall->score.score.known) {
        g_autofree char *reason = subject_place_reason(subject, subject->place);
        g_autofree char *text =
            subject_say(subject, "chart.insufficient", "reason", reason);
        mark_insufficient(canvas, scale->from_px, BAROMETER_Y, width, BAROMETER_HEIGHT,
                          text);
    } else {
        mark_bands(canvas, edition, scale, BAROMETER_Y, BAROMETER_HEIGHT);
        paint_median(canvas, scale, subject_median(edition, -1), y, 13);
        mark_score(canvas, scale, y, &overall->score, 10);
        paint_big_score(subject, canvas, scale);
    }
    mark_band_letters(canvas, edition, scale, BAROMETER_Y - 10,
                      overall->band == NULL ? "" : overall->band);
    mark_band_limits(canvas, edition, scale, BAROMETER_Y + BAROMETER_HEIGHT + 19);
}

static int shown_alerts(const struct edition_marketplace *place,
                        const struct panel *panel) {
    int shown = 0;
    for (guint i = 0; i < place->alerts->len; i++) {
        const struct edition_alert *alert = place->alerts->pdata[i];
        shown += alert->month >= panel->from && alert->month <= panel->to;
    }
    return shown;
}

static void paint_alerts(struct canvas *canvas, const struct edition_marketplace *place,
                         const struct panel *panel) {
    const struct scale months = panel_months(panel);
    for (guint i = 0; i < place->alerts->len; i++) {
        const struct edition_alert *alert = place->alerts->pdata[i];
        if (alert->month >= panel->from && alert->month <= panel->to)
            canvas_triangle(canvas, scale_px(&months, alert->month),
                            panel->y + panel->height, 9, true, TOKEN_ALERT);
    }
}

static void paint_history(const struct subject *subject, struct canvas *canvas,
                          const struct card *card) {
    const struct edition_marketplace *place = subject->place;
    const struct panel *panel = &card->history;
    const struct words_argument arguments[] = {
        {"months", NULL, panel->to - panel->from + 1}, {NULL, NULL, 0}};
    const struct scale scores = panel_scores(panel);
    g_autofree char *head = words_say(subject->words, "place.history", arguments);
    g_autofree char *change = subject_change(subject, &place->overall.trend);
    const double x =
        panel->x + canvas_text(canvas, panel->x, BAROMETER_Y - 10, bold, head) + 16;
    const enum edition_claim claim = place->overall.trend.claim;
    if (change != NULL && claim == CLAIM_NONE)
        canvas_text(canvas, x, BAROMETER_Y - 10, grey, change);
    else if (change != NULL)
        mark_change(canvas, x, BAROMETER_Y - 10, claim == CLAIM_IMPROVING, change);
    panel_paint_grid(canvas, subject->edition, panel, true);
    series_paint(subject, canvas, place, panel);
    paint_alerts(canvas, place, panel);
    panel_paint_months(subject, canvas, panel, BAROMETER_Y + BAROMETER_HEIGHT + 19);
    if (!place->overall.score.score.known)
        return;
    const struct type value = {17, 700, TOKEN_POINT, ANCHOR_START};
    g_autofree char *score = subject_score(subject, place->overall.score.score.value);
    canvas_text(canvas, panel->x + panel->width + 12,
                scale_px(&scores, place->overall.score.score.value) + 6, value, score);
}

/* The median of one indicator over the places; unknown below three. */
static struct edition_number indicator_median(const struct edition *edition, guint pillar,
                                              const char *id) {
    g_autoptr(GArray) scores = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        if (pillar >= place->pillars->len)
            continue;
        const struct edition_pillar *own = place->pillars->pdata[pillar];
        for (guint k = 0; k < own->indicators->len; k++) {
            const struct edition_indicator *indicator = own->indicators->pdata[k];
            if (strcmp(indicator->id, id) == 0 && indicator->score.score.known)
                g_array_append_val(scores, indicator->score.score.value);
        }
    }
    return subject_median_of(scores);
}

/* The reason stands where the figure would, unless the whole pillar says it already. */
static void paint_unknown_indicator(const struct subject *subject, struct canvas *canvas,
                                    const struct scale *scale, double y, guint pillar,
                                    const struct edition_indicator *indicator) {
    const double right = scale->to_px + VALUE_ROOM;
    const struct edition_pillar *own = subject->place->pillars->pdata[pillar];
    g_autofree char *text = own->score.score.known
                                ? subject_reason(subject, indicator->score.reason)
                                : words_say(subject->words, "unknown.short", NULL);
    const double advance = typeface_extent(canvas->typeface, text, 15, 400).advance;
    const double end = MIN(scale->to_px, right - advance - 12);
    mark_insufficient(canvas, scale->from_px, y - 5, end - scale->from_px, 10, "");
    canvas_text(canvas, right, y + 5.4, grey_end, text);
}

static void paint_indicator(const struct subject *subject, struct canvas *canvas,
                            const struct scale *scale, double y, guint pillar,
                            const struct edition_indicator *indicator) {
    const struct pen axis = {.token = TOKEN_GRID, .width = 1};
    const struct type value = {15, 700, TOKEN_POINT, ANCHOR_END};
    const double right = scale->to_px + VALUE_ROOM;
    const bool known = indicator->score.score.known;
    g_autofree char *name = text_clamp(indicator->label[words_language(subject->words)]);
    g_autofree char *fitted =
        typeface_fit(canvas->typeface, name, 15, 400, right - scale->from_px);
    canvas_text(canvas, scale->from_px, y - 12, known ? label : grey, fitted);
    if (!known) {
        paint_unknown_indicator(subject, canvas, scale, y, pillar, indicator);
        return;
    }
    canvas_line(canvas, (struct point){scale->from_px, y},
                (struct point){scale->to_px, y}, axis);
    paint_median(canvas, scale, indicator_median(subject->edition, pillar, indicator->id),
                 y, 7);
    mark_score(canvas, scale, y, &indicator->score, 6);
    g_autofree char *text = subject_score(subject, indicator->score.score.value);
    canvas_text(canvas, right, y + 5.4, value, text);
}

/* "30–99 entreprises, provisoire" */
static char *evidence(const struct subject *subject,
                      const struct edition_pillar *pillar) {
    g_autofree char *key =
        g_strconcat("status.", edition_status_code(pillar->status), NULL);
    g_autofree char *status = words_say(subject->words, key, NULL);
    if (pillar->firms_class == NULL)
        return subject_sentence(g_steal_pointer(&status));
    g_auto(GStrv) ends = g_strsplit(pillar->firms_class, "-", 2);
    g_autofree char *class = g_strjoinv("–", ends);
    g_autofree char *firms = subject_say(subject, "place.firms", "class", class);
    return g_strjoin(", ", firms, status, NULL);
}

static void paint_pillar(const struct subject *subject, struct canvas *canvas,
                         const struct card *card, guint number) {
    const struct edition_pillar *pillar = subject->place->pillars->pdata[number];
    const struct scale scale = card_scale(card, (int)number);
    const struct type value = {20, 700, TOKEN_POINT, ANCHOR_END};
    const double right = scale.to_px + VALUE_ROOM, y = BAR_Y + BAR_HEIGHT / 2.0;
    g_autofree char *name = text_clamp(pillar->label[words_language(subject->words)]);
    g_autofree char *fitted =
        typeface_fit(canvas->typeface, name, 15, 700, card->column_width);
    canvas_text(canvas, scale.from_px, PILLARS_Y + 19, bold, fitted);
    g_autofree char *said = evidence(subject, pillar);
    canvas_text(canvas, scale.from_px, PILLARS_Y + 39, grey, said);
    if (pillar->score.score.known) {
        mark_bands(canvas, subject->edition, &scale, BAR_Y, BAR_HEIGHT);
        paint_median(canvas, &scale, subject_median(subject->edition, (int)number), y,
                     15);
        mark_score(canvas, &scale, y, &pillar->score, 8.5);
        g_autofree char *text = subject_score(subject, pillar->score.score.value);
        canvas_text(canvas, right, y + 7, value, text);
    } else {
        g_autofree char *text = subject_pillar_reason(subject, pillar);
        g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
        mark_insufficient(canvas, scale.from_px, BAR_Y, scale.to_px - scale.from_px,
                          BAR_HEIGHT, text);
        canvas_text(canvas, right, y + 5.4, grey_end, unknown);
    }
    mark_band_limits(canvas, subject->edition, &scale, BAR_Y + BAR_HEIGHT + 18);
    for (guint i = 0; i < pillar->indicators->len; i++)
        paint_indicator(subject, canvas, &scale,
                        card->indicators_y + (double)INDICATOR_PITCH * i, number,
                        pillar->indicators->pdata[i]);
}

static void paint_reply(const struct subject *subject, struct canvas *canvas,
                        const struct card *card) {
    const char *reply = subject->place->reply[words_language(subject->words)];
    g_autofree char *head = words_say(subject->words, "place.reply", NULL);
    const double x =
        FRAME_MARGIN + canvas_text(canvas, FRAME_MARGIN, card->reply_y, bold, head) + 14;
    if (reply == NULL) {
        g_autofree char *none = words_say(subject->words, "place.reply.none", NULL);
        canvas_text(canvas, x, card->reply_y, grey, none);
        return;
    }
    /* Cut to the line, so that the quotation marks always close. */
    g_autofree char *said =
        typeface_fit(canvas->typeface, reply, 15, 400, frame_room(x) - 24);
    g_autofree char *quoted = subject_say(subject, "place.reply.text", "reply", said);
    canvas_text(canvas, x, card->reply_y, label, quoted);
}

static void paint_key(const struct subject *subject, struct canvas *canvas,
                      const struct panel *panel) {
    const bool interval = subject_has_intervals(subject->edition);
    const struct pen tick = {.token = TOKEN_INK, .width = 1.75};
    const double y = frame_key_y(canvas);
    if (!subject->place->overall.score.score.known) {
        g_autofree char *hatch = words_say(subject->words, "chart.key.hatch", NULL);
        frame_key_text(canvas, frame_key_hatch(canvas, FRAME_MARGIN), hatch);
        return;
    }
    g_autofree char *score = words_say(
        subject->words, interval ? "chart.key.interval" : "chart.key.no_interval", NULL);
    g_autofree char *median = words_say(subject->words, "place.key.median", NULL);
    const double end = frame_key_text(canvas, frame_key_score(canvas, interval), score);
    canvas_line(canvas, (struct point){end + 28, y - 8}, (struct point){end + 28, y + 8},
                tick);
    const double alert_x = frame_key_text(canvas, end + 38, median) + 34;
    if (shown_alerts(subject->place, panel) == 0)
        return;
    g_autofree char *alert = words_say(subject->words, "place.key.alert", NULL);
    canvas_triangle(canvas, alert_x, y + 5, 10, true, TOKEN_ALERT);
    frame_key_text(canvas, alert_x + 12, alert);
}

void place_draw(const struct subject *subject, struct canvas *canvas) {
    const struct card card = card_lay_out(subject);
    const struct pen rule = {.token = TOKEN_GRID, .width = 1};
    canvas->height = card.height;
    g_autofree char *subtitle = subtitle_of(subject);
    g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
    frame_paint(canvas, TITLE_X, subtitle);
    mark_grade(canvas, subject->edition, BADGE_X, 60, BADGE_SIDE,
               subject->place->overall.band, unknown);
    paint_barometer(subject, canvas, &card);
    paint_history(subject, canvas, &card);
    canvas_line(canvas, (struct point){FRAME_MARGIN, PILLARS_Y},
                (struct point){FRAME_RIGHT, PILLARS_Y}, rule);
    for (guint i = 0; i < subject->place->pillars->len; i++)
        paint_pillar(subject, canvas, &card, i);
    canvas_line(canvas, (struct point){FRAME_MARGIN, card.rule_y},
                (struct point){FRAME_RIGHT, card.rule_y}, rule);
    paint_reply(subject, canvas, &card);
    paint_key(subject, canvas, &card.history);
}
