#include "place_pillar.h"

#include "barometre/text.h"

#include "mark.h"

#include <string.h>

#define LABEL_RISE 16 /* of an indicator's name, over its axis */

static const struct type label = {15, 400, TOKEN_TEXT, ANCHOR_START};
static const struct type grey = {15, 400, TOKEN_MENTION, ANCHOR_START};
static const struct type grey_end = {15, 400, TOKEN_MENTION, ANCHOR_END};
static const struct type bold = {15, 700, TOKEN_INK, ANCHOR_START};

struct edition_number place_indicator_median(const struct edition *edition, guint pillar,
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

/* Nobody reported: a full score of the incidence would read like a good mark. */
static bool is_silence(const struct edition_pillar *pillar,
                       const struct edition_indicator *indicator) {
    return pillar->score.reason == REASON_NO_REPORTS && !pillar->score.score.known &&
           strcmp(indicator->kind, "incidence") == 0;
}

/* The reason stands where the figure would, unless the whole pillar says it already. */
char *place_indicator_unknown(const struct subject *subject, guint pillar,
                              const struct edition_indicator *indicator) {
    const struct edition_pillar *own = subject->place->pillars->pdata[pillar];
    if (is_silence(own, indicator))
        return subject_reason(subject, REASON_NO_REPORTS);
    if (indicator->score.score.known)
        return NULL;
    return own->score.score.known ? subject_reason(subject, indicator->score.reason)
                                  : words_say(subject->words, "unknown.short", NULL);
}

static void paint_unknown_indicator(struct canvas *canvas, const struct scale *scale,
                                    double y, const char *text) {
    const double right = scale->to_px + PLACE_VALUE_ROOM;
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
    const double right = scale->to_px + PLACE_VALUE_ROOM;
    g_autofree char *unknown = place_indicator_unknown(subject, pillar, indicator);
    g_autofree char *name = text_clamp(indicator->label[words_language(subject->words)]);
    g_autofree char *fitted =
        typeface_fit(canvas->typeface, name, 15, 400, right - scale->from_px);
    canvas_text(canvas, scale->from_px, y - LABEL_RISE, unknown == NULL ? label : grey,
                fitted);
    if (unknown != NULL) {
        paint_unknown_indicator(canvas, scale, y, unknown);
        return;
    }
    canvas_line(canvas, (struct point){scale->from_px, y},
                (struct point){scale->to_px, y}, axis);
    mark_median_tick(canvas, scale,
                     place_indicator_median(subject->edition, pillar, indicator->id), y,
                     11);
    mark_score(canvas, scale, y, &indicator->score, 6);
    g_autofree char *text = subject_score(subject, indicator->score.score.value);
    canvas_text(canvas, right, y + 5.4, value, text);
}

char *place_pillar_evidence(const struct subject *subject,
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

void place_pillar_paint(const struct subject *subject, struct canvas *canvas,
                        const struct card *card, guint number) {
    const struct edition_pillar *pillar = subject->place->pillars->pdata[number];
    const struct scale scale = card_scale(card, (int)number);
    const struct type value = {20, 700, TOKEN_POINT, ANCHOR_END};
    const double right = scale.to_px + PLACE_VALUE_ROOM,
                 y = PLACE_BAR_Y + PLACE_BAR_HEIGHT / 2.0;
    g_autofree char *name = text_clamp(pillar->label[words_language(subject->words)]);
    g_autofree char *fitted =
        typeface_fit(canvas->typeface, name, 15, 700, card->column_width);
    canvas_text(canvas, scale.from_px, PLACE_PILLARS_Y + 19, bold, fitted);
    g_autofree char *said = place_pillar_evidence(subject, pillar);
    canvas_text(canvas, scale.from_px, PLACE_PILLARS_Y + 39, grey, said);
    if (pillar->score.score.known) {
        mark_bands(canvas, subject->edition, &scale, PLACE_BAR_Y, PLACE_BAR_HEIGHT);
        mark_median_tick(canvas, &scale, subject_median(subject->edition, (int)number), y,
                         15);
        mark_score(canvas, &scale, y, &pillar->score, 8.5);
        g_autofree char *text = subject_score(subject, pillar->score.score.value);
        canvas_text(canvas, right, y + 7, value, text);
    } else {
        g_autofree char *text = subject_pillar_reason(subject, pillar);
        g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
        mark_insufficient(canvas, scale.from_px, PLACE_BAR_Y, scale.to_px - scale.from_px,
                          PLACE_BAR_HEIGHT, text);
        canvas_text(canvas, right, y + 5.4, grey_end, unknown);
    }
    mark_band_limits(canvas, subject->edition, &scale,
                     PLACE_BAR_Y + PLACE_BAR_HEIGHT + 18);
    for (guint i = 0; i < pillar->indicators->len; i++)
        paint_indicator(subject, canvas, &scale,
                        card->indicators_y + (double)PLACE_INDICATOR_PITCH * i, number,
                        pillar->indicators->pdata[i]);
}
