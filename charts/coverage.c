#include "coverage.h"

#include "barometre/text.h"

#include "frame.h"
#include "mark.h"

#include <string.h>

enum {
    TILE_PITCH = 286,
    NAME_X = 40,
    BAR_LEFT = 290,
    BAR_RIGHT = 590,
    HEAD_Y = 236,
    TOP = 252,
    BAR_HALF = 10,
    OUTCOMES = COVERAGE_OUTCOMES,
};

#define MOST_PITCH 56.0
#define LEAST_PITCH 40.0
#define LEAST_PART 3.0 /* px: one refused record in a thousand is still seen */
#define BELOW_ROWS 60.0

static const struct pen no_pen = {.token = TOKEN_NONE};

/* What becomes of a record: its column and its part of the bar. */
static const struct outcome {
    const char *key;
    double right;
    enum token token;
} outcomes[OUTCOMES] = {{"coverage.stored", 806, TOKEN_POINT},
                        {"coverage.updated", 930, TOKEN_INTERVAL},
                        {"coverage.known", 1058, TOKEN_RIBBON},
                        {"coverage.refused", FRAME_RIGHT, TOKEN_ALERT}};

int64_t coverage_outcome(const struct edition_account *account, int outcome) {
    const int64_t counts[OUTCOMES] = {account->stored, account->updated,
                                      account->duplicates, account->rejected};
    return counts[outcome];
}

const char *coverage_outcome_key(int outcome) {
    return outcomes[outcome].key;
}

enum token coverage_outcome_token(int outcome) {
    return outcomes[outcome].token;
}

int64_t coverage_records(const struct edition_account *account) {
    int64_t sum = 0;
    for (int i = 0; i < OUTCOMES; i++)
        sum += coverage_outcome(account, i);
    return sum;
}

struct edition_account coverage_sum(const struct edition *edition, const char *profile) {
    struct edition_account sum = {0};
    for (guint i = 0; i < edition->sources->len; i++) {
        const struct edition_source *source = edition->sources->pdata[i];
        if (profile != NULL && strcmp(profile, source->profile) != 0)
            continue;
        sum.stored += source->records.stored;
        sum.updated += source->records.updated;
        sum.duplicates += source->records.duplicates;
        sum.rejected += source->records.rejected;
    }
    return sum;
}

static bool every_byte_is_told(const struct edition *edition) {
    for (guint i = 0; i < edition->sources->len; i++) {
        const struct edition_source *source = edition->sources->pdata[i];
        const struct edition_account *bytes = &source->bytes;
        if (bytes->mark + bytes->header + bytes->blank + coverage_records(bytes) !=
            source->bytes_total)
            return false;
    }
    return true;
}

char *coverage_title(const struct subject *subject) {
    const struct edition *edition = subject->edition;
    if (edition->sources->len == 0)
        return words_say(subject->words, "coverage.title.none", NULL);
    const struct edition_account all = coverage_sum(edition, NULL);
    const int64_t records = coverage_records(&all);
    g_autofree char *read = words_number(subject->words, (double)records, 0);
    g_autofree char *refused = subject_count(subject, all.rejected);
    const struct words_argument arguments[] = {
        {"records", read, records}, {"refused", refused, all.rejected}, {NULL, NULL, 0}};
    return subject_sentence(
        words_say(subject->words,
                  every_byte_is_told(edition) ? "coverage.title" : "coverage.title.part",
                  arguments));
}

/* A figure and what it counts, or why there is none. */
static void paint_tile(const struct subject *subject, struct canvas *canvas, int tile,
                       const char *figure, const char *key) {
    const double x = FRAME_MARGIN + TILE_PITCH * tile;
    const struct type large = {34, 700, figure != NULL ? TOKEN_POINT : TOKEN_MENTION,
                               ANCHOR_START};
    const struct type small = {15, 400, TOKEN_TEXT, ANCHOR_START};
    g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
    g_autofree char *label = words_say(subject->words, key, NULL);
    g_autofree char *fitted = typeface_fit(canvas->typeface, label, small.size,
                                           small.weight, (TILE_PITCH - 10) / FRAME_SPARE);
    canvas_text(canvas, x, 144, large, figure != NULL ? figure : unknown);
    canvas_text(canvas, x, 170, small, fitted);
}

static char *number_text(const struct subject *subject, struct edition_number number,
                         int decimals) {
    return number.known ? words_number(subject->words, number.value, decimals) : NULL;
}

char *coverage_tile(const struct subject *subject, int tile) {
    const struct edition_coverage *coverage = &subject->edition->coverage;
    const int months = coverage->months_of_history;
    g_assert(tile >= 0 && tile < COVERAGE_TILES);
    if (tile == 0)
        return number_text(subject, coverage->firms, 0);
    if (tile == 1)
        return number_text(subject, coverage->complaints, 0);
    if (tile == 3)
        return months < 0 ? NULL : words_number(subject->words, months, 0);
    g_autofree char *share = number_text(subject, coverage->response, 1);
    return share == NULL ? NULL
                         : subject_say(subject, "coverage.percent", "share", share);
}

const char *coverage_tile_key(int tile) {
    static const char *const keys[COVERAGE_TILES] = {
        "coverage.firms", "coverage.complaints", "coverage.response", "coverage.months"};
    return keys[tile];
}

static void paint_tiles(const struct subject *subject, struct canvas *canvas) {
    for (int tile = 0; tile < COVERAGE_TILES; tile++) {
        g_autofree char *figure = coverage_tile(subject, tile);
        paint_tile(subject, canvas, tile, figure, coverage_tile_key(tile));
    }
}

static void paint_heads(const struct subject *subject, struct canvas *canvas) {
    const struct type left = {15, 400, TOKEN_MENTION, ANCHOR_START};
    const struct type right = {15, 400, TOKEN_MENTION, ANCHOR_END};
    g_autofree char *source = words_say(subject->words, "coverage.source", NULL);
    g_autofree char *read = words_say(subject->words, "coverage.read", NULL);
    canvas_text(canvas, NAME_X, HEAD_Y, left, source);
    canvas_text(canvas, BAR_RIGHT + 90, HEAD_Y, right, read);
    for (int i = 0; i < OUTCOMES; i++) {
        const double swatch = 12;
        g_autofree char *text = words_say(subject->words, outcomes[i].key, NULL);
        const double advance =
            canvas_text(canvas, outcomes[i].right, HEAD_Y, right, text);
        canvas_rectangle(canvas, outcomes[i].right - advance - swatch - 10,
                         HEAD_Y - swatch + 1, swatch, swatch, 2, outcomes[i].token,
                         no_pen);
    }
}

char *coverage_source_name(const struct subject *subject, const char *profile) {
    g_autofree char *key = g_strconcat("coverage.source.", profile, NULL);
    return words_has(subject->words, key) ? words_say(subject->words, key, NULL)
                                          : text_clamp(profile);
}

void coverage_paint_bar(struct canvas *canvas, const struct edition_account *account,
                        double x, double y, double width, int64_t most) {
    const double room = width - LEAST_PART * OUTCOMES;
    for (int i = 0; i < OUTCOMES; i++) {
        const int64_t count = coverage_outcome(account, i);
        if (count == 0)
            continue;
        const double part = LEAST_PART + room * (double)count / (double)MAX(most, 1);
        canvas_rectangle(canvas, x, y - BAR_HALF, part - 1, 2 * BAR_HALF, 0,
                         outcomes[i].token, no_pen);
        x += part;
    }
}

static void paint_row(const struct subject *subject, struct canvas *canvas,
                      const char *name, const struct edition_account *account, double y,
                      int weight) {
    const struct type label = {16, weight, TOKEN_INK, ANCHOR_START};
    struct type figure = {16, weight, TOKEN_INK, ANCHOR_END};
    g_autofree char *fitted = typeface_fit(canvas->typeface, name, label.size, weight,
                                           (BAR_LEFT - NAME_X - 12) / FRAME_SPARE);
    g_autofree char *records =
        words_number(subject->words, (double)coverage_records(account), 0);
    canvas_text(canvas, NAME_X, y + 6, label, fitted);
    canvas_text(canvas, BAR_RIGHT + 90, y + 6, figure, records);
    for (int i = 0; i < OUTCOMES; i++) {
        const int64_t count = coverage_outcome(account, i);
        g_autofree char *text = words_number(subject->words, (double)count, 0);
        figure.token = count == 0 ? TOKEN_MENTION : TOKEN_INK;
        canvas_text(canvas, outcomes[i].right, y + 6, figure, text);
    }
}

GPtrArray *coverage_profiles(const struct edition *edition) {
    GPtrArray *profiles = g_ptr_array_new();
    for (guint i = 0; i < edition->sources->len; i++) {
        const struct edition_source *source = edition->sources->pdata[i];
        if (!g_ptr_array_find_with_equal_func(profiles, source->profile, g_str_equal,
                                              NULL))
            g_ptr_array_add(profiles, source->profile);
    }
    return profiles;
}

static void paint_sources(const struct subject *subject, struct canvas *canvas,
                          const GPtrArray *profiles, double pitch) {
    const struct edition *edition = subject->edition;
    const struct pen sep = {.token = TOKEN_SEP, .width = 1};
    int64_t most = 0;
    for (guint i = 0; i < profiles->len; i++) {
        const struct edition_account own = coverage_sum(edition, profiles->pdata[i]);
        most = MAX(most, coverage_records(&own));
    }
    paint_heads(subject, canvas);
    double y = TOP + pitch / 2;
    for (guint i = 0; i < profiles->len; i++, y += pitch) {
        const struct edition_account own = coverage_sum(edition, profiles->pdata[i]);
        g_autofree char *name = coverage_source_name(subject, profiles->pdata[i]);
        paint_row(subject, canvas, name, &own, y, 400);
        coverage_paint_bar(canvas, &own, BAR_LEFT, y, BAR_RIGHT - BAR_LEFT, most);
        canvas_line(canvas, (struct point){FRAME_MARGIN, y + pitch / 2},
                    (struct point){FRAME_RIGHT, y + pitch / 2}, sep);
    }
    const struct edition_account all = coverage_sum(edition, NULL);
    g_autofree char *total = words_say(subject->words, "coverage.total", NULL);
    paint_row(subject, canvas, total, &all, y, 700);
}

void coverage_draw(const struct subject *subject, struct canvas *canvas) {
    g_autoptr(GPtrArray) profiles = coverage_profiles(subject->edition);
    const double room = FRAME_HEIGHT - BELOW_ROWS - TOP;
    const double pitch = CLAMP(room / (profiles->len + 1), LEAST_PITCH, MOST_PITCH);
    canvas->height = MAX(FRAME_HEIGHT, TOP + pitch * (profiles->len + 1) + BELOW_ROWS);
    g_autofree char *period = subject_period(subject);
    g_autofree char *subtitle =
        subject_say(subject, "coverage.subtitle", "period", period);
    frame_paint(canvas, FRAME_MARGIN, subtitle);
    paint_tiles(subject, canvas);
    if (profiles->len > 0) {
        paint_sources(subject, canvas, profiles, pitch);
        return;
    }
    g_autofree char *why = words_say(subject->words, "coverage.title.none", NULL);
    mark_insufficient(canvas, FRAME_MARGIN, TOP, FRAME_RIGHT - FRAME_MARGIN, room, why);
}
