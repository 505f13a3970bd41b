#include "response.h"

#include "frame.h"

#include <string.h>

enum {
    FIRST_X = 92,
    BETWEEN = 44,
    HEAD = 30, /* above the plot: the name and the median */
    FOOT = 16, /* below it */
    DAYS = 26,
    KEY_SPARE = 26, /* the key takes two lines */
};

#define LEAST_PITCH 152.0
#define MOST_PITCH 260.0

const struct edition_indicator *response_of(const struct edition_marketplace *place) {
    const struct edition_indicator *first = NULL;
    for (guint p = 0; p < place->pillars->len; p++) {
        const struct edition_pillar *pillar = place->pillars->pdata[p];
        for (guint i = 0; i < pillar->indicators->len; i++) {
            const struct edition_indicator *indicator = pillar->indicators->pdata[i];
            if (!edition_is_delay(indicator))
                continue;
            if (strcmp(indicator->id, "human_reply") == 0)
                return indicator;
            first = first == NULL ? indicator : first;
        }
    }
    return first;
}

bool response_is_known(const struct edition_indicator *indicator) {
    return indicator != NULL &&
           (indicator->score.score.known || indicator->curve.points->len > 0);
}

static int columns_for(int places) {
    return places <= 1 ? 1 : places <= 4 ? 2 : 3;
}

struct response response_lay_out(const struct subject *subject) {
    struct response response = {.places = edition_ranked(subject->edition)};
    const int count = (int)response.places->len;
    for (int i = 0; i < count; i++) {
        const struct edition_indicator *indicator =
            response_of(response.places->pdata[i]);
        if (indicator == NULL)
            continue;
        response.horizon_days = MAX(response.horizon_days, indicator->curve.horizon_days);
        response.most_days = MAX(response.most_days, indicator->curve.most_days);
    }
    response.columns = columns_for(count);
    response.rows = (count + response.columns - 1) / response.columns;
    response.pitch_x = (FRAME_RIGHT - FIRST_X + BETWEEN) / response.columns;
    const double below = DAYS + FRAME_FOOT + KEY_SPARE;
    const double room = FRAME_HEIGHT - FRAME_TOP - below;
    response.pitch_y = CLAMP(room / MAX(response.rows, 1), LEAST_PITCH, MOST_PITCH);
    response.height =
        MAX(FRAME_HEIGHT, FRAME_TOP + response.pitch_y * response.rows + below);
    return response;
}

void response_clear(struct response *response) {
    g_ptr_array_unref(response->places);
}

struct response_panel response_panel(const struct response *response, int number) {
    const double x = FIRST_X + response->pitch_x * (number % response->columns);
    const double y = FRAME_TOP + response->pitch_y * (number / response->columns);
    return (struct response_panel){
        .days = {0, response->most_days, x, x + response->pitch_x - BETWEEN},
        .shares = {0, 100, y + response->pitch_y - FOOT, y + HEAD},
    };
}

/* More than a half waits, or is answered, in time: surely. */
static bool claims(const struct edition_indicator *indicator, bool waiting) {
    const struct edition_number p = indicator->curve.p_half;
    const struct edition_number claimed = {p.known, waiting ? 1 - p.value : p.value};
    return subject_sure(claimed, SUBJECT_SURE + 1e-9);
}

static GPtrArray *claimants(const struct subject *subject, bool waiting) {
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) ranked = edition_ranked(subject->edition);
    for (guint i = 0; i < ranked->len; i++) {
        const struct edition_indicator *indicator = response_of(ranked->pdata[i]);
        if (indicator != NULL && claims(indicator, waiting))
            g_ptr_array_add(names, subject_name(ranked->pdata[i]));
    }
    return names;
}

static char *claimed_title(const struct subject *subject, GPtrArray *names, int days,
                           const char *key, bool named) {
    const int count = (int)names->len;
    g_autofree char *number = words_number(subject->words, days, 0);
    g_autofree char *who = NULL;
    if (named) {
        g_ptr_array_add(names, NULL);
        who = words_list(subject->words, (const char *const *)names->pdata);
        g_ptr_array_set_size(names, count);
    } else {
        g_autofree char *word = subject_count(subject, count);
        const struct words_argument arguments[] = {{"count", word, count},
                                                   {NULL, NULL, 0}};
        who = words_say(subject->words, "trend.count", arguments);
    }
    const struct words_argument arguments[] = {
        {"who", who, 0}, {"days", number, days}, {NULL, NULL, 0}};
    return words_say(subject->words, key, arguments);
}

static char *unclaimed_title(const struct subject *subject, int days, bool known) {
    g_autofree char *number = words_number(subject->words, days, 0);
    return subject_say(subject, known ? "response.title.unsure" : "response.title.none",
                       "days", number);
}

char *response_title(const struct subject *subject) {
    if (subject->edition->marketplaces->len == 0)
        return words_say(subject->words, "chart.empty", NULL);
    struct response response = response_lay_out(subject);
    const int days = response.horizon_days;
    bool known = false;
    for (guint i = 0; i < response.places->len; i++)
        known |= response_is_known(response_of(response.places->pdata[i]));
    response_clear(&response);
    for (int waiting = 1; waiting >= 0; waiting--) {
        g_autoptr(GPtrArray) names = claimants(subject, waiting == 1);
        const char *key = waiting == 1 ? "response.title.waiting" : "response.title.soon";
        if (names->len == 0)
            continue;
        char *const candidates[] = {claimed_title(subject, names, days, key, true),
                                    claimed_title(subject, names, days, key, false),
                                    NULL};
        return frame_title(g_memdup2(candidates, sizeof candidates), FRAME_MARGIN);
    }
    return unclaimed_title(subject, days, known);
}

char *response_subtitle(const struct subject *subject) {
    const struct edition_indicator *indicator = NULL;
    for (guint i = 0; i < subject->edition->marketplaces->len && indicator == NULL; i++)
        indicator = response_of(subject->edition->marketplaces->pdata[i]);
    g_autofree char *period = subject_period(subject);
    return subject_say(subject,
                       indicator != NULL && strcmp(indicator->id, "human_reply") == 0
                           ? "response.subtitle"
                           : "response.subtitle.other",
                       "period", period);
}

static char *bound(const struct subject *subject, struct edition_number days) {
    return days.known ? words_number(subject->words, days.value, 0) : g_strdup("…");
}

char *response_median(const struct subject *subject,
                      const struct edition_indicator *indicator) {
    if (!response_is_known(indicator))
        return words_say(subject->words, "unknown.short", NULL);
    const struct edition_median *median = &indicator->median;
    if (!median->days.known)
        return words_say(subject->words,
                         median->reason == REASON_NOT_REACHED ? "response.median.beyond"
                                                              : "response.median.unknown",
                         NULL);
    g_autofree char *days = bound(subject, median->days);
    g_autofree char *low = bound(subject, median->low);
    g_autofree char *high = bound(subject, median->high);
    const struct words_argument arguments[] = {
        {"days", days, 0}, {"low", low, 0}, {"high", high, 0}, {NULL, NULL, 0}};
    return words_say(subject->words, "response.median", arguments);
}

struct key response_key(const struct subject *subject, const struct response *response) {
    bool curves = false, scores = false, medians = false, gaps = false;
    struct key key = {.count = 0};
    for (guint i = 0; i < response->places->len; i++) {
        const struct edition_indicator *indicator =
            response_of(response->places->pdata[i]);
        gaps |= !response_is_known(indicator);
        if (!response_is_known(indicator))
            continue;
        curves |= indicator->curve.points->len > 0;
        scores |= indicator->score.score.known;
        medians |= indicator->median.days.known &&
                   indicator->median.days.value <= response->most_days;
    }
    if (curves)
        key_add(&key, subject, KEY_SERIES, "response.key.curve");
    if (scores)
        key_add(&key, subject, KEY_SCORE_UPRIGHT, "response.key.score");
    if (medians)
        key_add(&key, subject, KEY_RING, "response.key.median");
    if (gaps)
        key_add(&key, subject, KEY_HATCH, "chart.key.hatch.short");
    return key;
}

/* The name, and the median at the right. */
static void paint_head(const struct subject *subject, struct canvas *canvas,
                       const struct edition_marketplace *place,
                       const struct response_panel *panel) {
    const struct edition_indicator *indicator = response_of(place);
    const bool known = response_is_known(indicator);
    const struct type bold = {17, 700, known ? TOKEN_INK : TOKEN_MENTION, ANCHOR_START};
    const struct type grey = {15, 400, known ? TOKEN_TEXT : TOKEN_MENTION, ANCHOR_END};
    const double baseline = panel->shares.to_px - 10;
    const double width = panel->days.to_px - panel->days.from_px;
    g_autofree char *name = subject_name(place);
    g_autofree char *median = response_median(subject, indicator);
    const double taken = typeface_extent(canvas->typeface, median, 15, 400).advance;
    g_autofree char *fitted =
        typeface_fit(canvas->typeface, name, 17, 700, width / FRAME_SPARE - taken - 14);
    canvas_text(canvas, panel->days.from_px, baseline, bold, fitted);
    canvas_text(canvas, panel->days.to_px, baseline, grey, median);
}

void response_draw(const struct subject *subject, struct canvas *canvas) {
    struct response response = response_lay_out(subject);
    const int count = (int)response.places->len;
    canvas->height = response.height;
    g_autofree char *subtitle = response_subtitle(subject);
    frame_paint(canvas, FRAME_MARGIN, subtitle);
    for (int i = 0; i < count; i++) {
        const struct edition_marketplace *place = response.places->pdata[i];
        const struct response_panel panel = response_panel(&response, i);
        paint_head(subject, canvas, place, &panel);
        response_paint(subject, canvas, response_of(place), &response, &panel,
                       i % response.columns == 0);
        if (i + response.columns >= count)
            response_paint_days(subject, canvas, &response, &panel,
                                panel.shares.from_px + 21);
    }
    if (count > 0) {
        struct key key = response_key(subject, &response);
        key_paint(&key, canvas);
    }
    response_clear(&response);
}
