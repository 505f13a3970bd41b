#include "place.h"

#include "frame.h"
#include "key.h"
#include "mark.h"
#include "place_pillar.h"
#include "rows.h"

enum {
    BADGE_X = 68,
    BADGE_SIDE = 54,
    TITLE_X = 112,
    BAROMETER_Y = 128,
    BAROMETER_HEIGHT = 74,
    GUTTER = 34,
    KEY_LINES = 22, /* below the reply: the key takes two lines */
};

static const struct type label = {15, 400, TOKEN_TEXT, ANCHOR_START};
static const struct type grey = {15, 400, TOKEN_MENTION, ANCHOR_START};
static const struct type bold = {15, 700, TOKEN_INK, ANCHOR_START};

struct card card_lay_out(const struct subject *subject) {
    const GPtrArray *pillars = subject->place->pillars;
    struct card card = {
        .barometer = {0, 100, FRAME_MARGIN, 620},
        .history = panel_of(subject->edition),
        .pillar_count = (int)pillars->len,
        .indicators_y = PLACE_BAR_Y + PLACE_BAR_HEIGHT + 62,
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
    card.rule_y = card.indicators_y + PLACE_INDICATOR_PITCH * (most - 1.0) + 18;
    card.reply_y = card.rule_y + 24;
    card.height = MAX(FRAME_HEIGHT, card.reply_y + KEY_LINES + FRAME_FOOT);
    return card;
}

struct scale card_scale(const struct card *card, int pillar) {
    const double left = FRAME_MARGIN + card->column_pitch * pillar;
    return (struct scale){0, 100, left, left + card->column_width - PLACE_VALUE_ROOM};
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
    return frame_title(g_memdup2(candidates, sizeof candidates), TITLE_X);
}

char *place_subtitle(const struct subject *subject) {
    const struct edition_marketplace *place = subject->place;
    GString *text = g_string_new(NULL);
    if (place->overall.rank_low > 0) {
        g_autofree char *rank = rows_rank(subject, place);
        g_autofree char *rated =
            words_number(subject->words, subject_rated_count(subject->edition), 0);
        g_autofree char *range = rows_grade_range(place);
        const struct words_argument arguments[] = {
            {"rank", rank, 0}, {"rated", rated, 0}, {"range", range, 0}, {NULL, NULL, 0}};
        g_autofree char *said = words_say(
            subject->words, range == NULL ? "place.rank" : "place.rank.range", arguments);
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
    /* Where the line is too long it loses the scale's end, never the period. */
    g_string_append_printf(text, "%s %s", period, scale);
    return g_string_free(text, FALSE);
}

char *place_interval(const struct subject *subject) {
    const struct edition_score *score = &subject->place->overall.score;
    if (!score->low.known || !score->high.known)
        return NULL;
    g_autofree char *low = subject_score(subject, score->low.value);
    g_autofree char *high = subject_score(subject, score->high.value);
    return g_strjoin("–", low, high, NULL);
}

/* The score over its mark, the interval beside it, both kept inside the barometer. */
static void paint_big_score(const struct subject *subject, struct canvas *canvas,
                            const struct scale *scale) {
    const struct edition_score *score = &subject->place->overall.score;
    const struct type big = {30, 700, TOKEN_POINT, ANCHOR_START};
    g_autofree char *value = subject_score(subject, score->score.value);
    g_autofree char *range = place_interval(subject);
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
        mark_median_tick(canvas, scale, subject_median(edition, -1), y, 15);
        mark_score(canvas, scale, y, &overall->score, 9);
        paint_big_score(subject, canvas, scale);
    }
    mark_band_letters(canvas, edition, scale, BAROMETER_Y - 10,
                      overall->band == NULL ? "" : overall->band);
    mark_band_limits(canvas, edition, scale, BAROMETER_Y + BAROMETER_HEIGHT + 19);
}

/* The alerts of the months shown; struct edition_alert, not owned. */
static GPtrArray *shown_alerts(const struct edition_marketplace *place,
                               const struct panel *panel) {
    GPtrArray *shown = g_ptr_array_new();
    for (guint i = 0; i < place->alerts->len; i++) {
        struct edition_alert *alert = place->alerts->pdata[i];
        if (alert->month >= panel->from && alert->month <= panel->to)
            g_ptr_array_add(shown, alert);
    }
    return shown;
}

void place_paint_alerts(struct canvas *canvas, const struct edition_marketplace *place,
                        const struct panel *panel) {
    const struct scale months = panel_months(panel);
    g_autoptr(GPtrArray) alerts = shown_alerts(place, panel);
    for (guint i = 0; i < alerts->len; i++) {
        const struct edition_alert *alert = alerts->pdata[i];
        mark_alert(canvas, scale_px(&months, alert->month), panel->y + panel->height,
                   alert->own);
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
    place_paint_alerts(canvas, place, panel);
    panel_paint_months(subject, canvas, panel, BAROMETER_Y + BAROMETER_HEIGHT + 19);
    if (!place->overall.score.score.known)
        return;
    const struct type value = {17, 700, TOKEN_POINT, ANCHOR_START};
    g_autofree char *score = subject_score(subject, place->overall.score.score.value);
    canvas_text(canvas, panel->x + panel->width + 12,
                scale_px(&scores, place->overall.score.score.value) + 6, value, score);
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

static bool has_insufficient(const struct subject *subject, const struct panel *panel) {
    const struct edition_marketplace *place = subject->place;
    g_autoptr(GArray) gaps = series_gaps(place, panel);
    bool any = gaps->len > 0 || !place->overall.score.score.known;
    for (guint i = 0; i < place->pillars->len; i++) {
        const struct edition_pillar *pillar = place->pillars->pdata[i];
        any |= !pillar->score.score.known;
        for (guint k = 0; k < pillar->indicators->len; k++) {
            const struct edition_indicator *own = pillar->indicators->pdata[k];
            any |= !own->score.score.known;
        }
    }
    return any;
}

static bool has_score(const struct edition_marketplace *place) {
    bool any = place->overall.score.score.known;
    for (guint i = 0; i < place->pillars->len; i++) {
        const struct edition_pillar *pillar = place->pillars->pdata[i];
        any |= pillar->score.score.known;
    }
    return any;
}

struct key place_key(const struct subject *subject, const struct panel *panel) {
    const struct edition_marketplace *place = subject->place;
    const bool scored = has_score(place),
               interval = subject_has_intervals(subject->edition);
    g_autoptr(GPtrArray) alerts = shown_alerts(place, panel);
    struct key key = {.count = 0};
    if (scored)
        key_add_score(&key, subject);
    if (scored && place->overall.score.score.known)
        key_add(&key, subject, interval ? KEY_SERIES : KEY_LINE,
                interval ? "place.key.series" : "place.key.line");
    if (subject_rated_count(subject->edition) >= SUBJECT_LEAST_FOR_MEDIAN)
        key_add(&key, subject, scored ? KEY_MEDIAN : KEY_MEDIAN_LINE, "chart.key.median");
    if (has_insufficient(subject, panel))
        key_add(&key, subject, KEY_HATCH,
                scored ? "chart.key.hatch.short" : "chart.key.hatch");
    key_add_alerts(&key, subject, alerts);
    return key;
}

static void paint_grade_range(const struct subject *subject, struct canvas *canvas) {
    struct type middle = grey;
    middle.anchor = ANCHOR_MIDDLE;
    g_autofree char *range = rows_grade_range(subject->place);
    if (range != NULL)
        canvas_text(canvas, BADGE_X, 107, middle, range);
}

void place_draw(const struct subject *subject, struct canvas *canvas) {
    const struct card card = card_lay_out(subject);
    const struct pen rule = {.token = TOKEN_GRID, .width = 1};
    canvas->height = card.height;
    g_autofree char *subtitle = place_subtitle(subject);
    g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
    frame_paint(canvas, TITLE_X, subtitle);
    mark_grade(canvas, subject->edition, BADGE_X, 60, BADGE_SIDE,
               subject->place->overall.band, unknown);
    paint_grade_range(subject, canvas);
    paint_barometer(subject, canvas, &card);
    paint_history(subject, canvas, &card);
    canvas_line(canvas, (struct point){FRAME_MARGIN, PLACE_PILLARS_Y},
                (struct point){FRAME_RIGHT, PLACE_PILLARS_Y}, rule);
    for (guint i = 0; i < subject->place->pillars->len; i++)
        place_pillar_paint(subject, canvas, &card, i);
    canvas_line(canvas, (struct point){FRAME_MARGIN, card.rule_y},
                (struct point){FRAME_RIGHT, card.rule_y}, rule);
    paint_reply(subject, canvas, &card);
    struct key key = place_key(subject, &card.history);
    key_paint(&key, canvas);
}
