#include "share.h"

#include "frame.h"
#include "mark.h"

#include <string.h>

enum {
    LEFT = 60,
    RIGHT = 1140,
    HEIGHT = 630,
    TOP = 262,
    BOTTOM = 448,
    TITLE_LINES = 2,
    GRADE_SIDE = 42,
    TICK_STEP = 5,
    MOST_DOTS = 12, /* of a band; beyond that the number alone */
};

/* The best bands, told together in the title. */
#define GOOD_BANDS 2U

static const struct pen no_pen = {.token = TOKEN_NONE};
static const struct scale scores = {0, 100, LEFT, RIGHT};

static const char *letter_of(const struct edition *edition, guint band) {
    return ((const struct edition_band *)edition->bands->pdata[band])->letter;
}

/* The number of a letter's band; of none, past the last one. */
static guint band_of(const struct edition *edition, const char *letter) {
    guint band = 0;
    while (letter != NULL && band < edition->bands->len &&
           strcmp(letter_of(edition, band), letter) != 0)
        band++;
    return letter == NULL ? edition->bands->len : band;
}

/* The best and the worst band that a place's interval touches; false where unrated. */
static bool reach(const struct edition *edition, const struct edition_marketplace *place,
                  guint *best, guint *worst) {
    const struct edition_overall *overall = &place->overall;
    if (!overall->score.score.known || overall->band == NULL)
        return false;
    const bool interval = overall->band_low != NULL && overall->band_high != NULL;
    *best = band_of(edition, interval ? overall->band_high : overall->band);
    *worst = band_of(edition, interval ? overall->band_low : overall->band);
    return true;
}

struct share_count share_count(const struct edition *edition, guint band) {
    struct share_count count = {0, 0, 0};
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        guint best, worst;
        if (!reach(edition, place, &best, &worst))
            continue;
        count.rated += band_of(edition, place->overall.band) == band;
        count.sure += best == band && worst == band;
        count.possible += best <= band && band <= worst;
    }
    return count;
}

/* Places that keep at least the second best grade at the low end of their interval, or
 * that keep at most the second worst at its high end. */
static int count_surely(const struct edition *edition, bool good) {
    int count = 0;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        guint best, worst;
        if (!reach(edition, edition->marketplaces->pdata[i], &best, &worst))
            continue;
        count += good ? worst < GOOD_BANDS : best + GOOD_BANDS >= edition->bands->len;
    }
    return count;
}

static char *certain_title(const struct subject *subject, bool good) {
    const struct edition *edition = subject->edition;
    const guint bands = edition->bands->len;
    const int count = count_surely(edition, good);
    if (count == 0 || bands < 2 * GOOD_BANDS || !subject_has_intervals(edition))
        return NULL;
    g_autofree char *word = subject_count(subject, count);
    g_autofree char *rated = subject_count(subject, subject_rated_count(edition));
    const struct words_argument arguments[] = {
        {"count", word, count},
        {"rated", rated, subject_rated_count(edition)},
        {"letter", letter_of(edition, good ? GOOD_BANDS - 1 : bands - GOOD_BANDS), 0},
        {NULL, NULL, 0}};
    return words_say(subject->words, good ? "share.title.good" : "share.title.poor",
                     arguments);
}

char *share_title(const struct subject *subject) {
    if (subject->edition->marketplaces->len == 0)
        return words_say(subject->words, "chart.empty", NULL);
    for (int poor = 0; poor < 2; poor++) {
        char *title = certain_title(subject, poor == 0);
        if (title != NULL)
            return subject_sentence(title);
    }
    const int rated = subject_rated_count(subject->edition);
    g_autofree char *word = subject_count(subject, rated);
    const struct words_argument arguments[] = {{"rated", word, rated}, {NULL, NULL, 0}};
    return subject_sentence(words_say(subject->words, "share.title", arguments));
}

static double band_end(const struct edition *edition, guint band) {
    if (band == 0)
        return 100;
    return ((const struct edition_band *)edition->bands->pdata[band - 1])->least;
}

/* In rows centred in the band: a dot's place says nothing but its band. */
static void paint_dots(struct canvas *canvas, double x, double width, int count) {
    const double large = 40, small = 28, room = width - 20;
    const double pitch = count * large <= room ? large : small;
    const int in_row = CLAMP((int)(room / pitch), 1, MAX(count, 1));
    const int rows = (count + in_row - 1) / in_row;
    for (int i = 0; i < count && count <= MOST_DOTS; i++) {
        const int row = i / in_row;
        const int own = row < rows - 1 ? in_row : count - row * in_row;
        const double left = x - pitch * (own - 1) / 2;
        canvas_circle(canvas, left + pitch * (i % in_row),
                      TOP + 66 + pitch * (row - (rows - 1) / 2.0), pitch * 0.375,
                      TOKEN_POINT, no_pen);
    }
}

static void paint_band(const struct subject *subject, struct canvas *canvas, guint band) {
    const struct edition *edition = subject->edition;
    const struct edition_band *own = edition->bands->pdata[band];
    const struct share_count count = share_count(edition, band);
    const double left = scale_px(&scores, own->least);
    const double right = scale_px(&scores, band_end(edition, band));
    const double x = (left + right) / 2;
    g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
    mark_grade(canvas, edition, x, TOP, GRADE_SIDE, own->letter, unknown);
    paint_dots(canvas, x, right - left, count.rated);
    const struct type bold = {24, 700, count.rated > 0 ? TOKEN_INK : TOKEN_MENTION,
                              ANCHOR_MIDDLE};
    const struct type plain = {18, 400, TOKEN_TEXT, ANCHOR_MIDDLE};
    const struct words_argument number[] = {{"count", NULL, count.rated},
                                            {NULL, NULL, 0}};
    g_autofree char *places = words_say(subject->words, "share.places", number);
    canvas_text(canvas, x, BOTTOM - 48, bold, places);
    if (count.sure == count.possible)
        return;
    const struct words_argument range[] = {
        {"low", NULL, count.sure}, {"high", NULL, count.possible}, {NULL, NULL, 0}};
    g_autofree char *between = words_say(subject->words, "share.between", range);
    canvas_text(canvas, x, BOTTOM - 18, plain, between);
}

static void paint_axis(const struct subject *subject, struct canvas *canvas) {
    const struct edition *edition = subject->edition;
    const struct pen line = {.token = TOKEN_INK, .width = 2};
    const struct pen fine = {.token = TOKEN_INK, .width = 1};
    const struct type type = {20, 400, TOKEN_TEXT, ANCHOR_MIDDLE};
    canvas_line(canvas, (struct point){LEFT, BOTTOM}, (struct point){RIGHT, BOTTOM},
                line);
    for (int value = 0; value <= 100; value += TICK_STEP) {
        const double x = scale_px(&scores, value);
        canvas_line(canvas, (struct point){x, BOTTOM}, (struct point){x, BOTTOM + 6},
                    fine);
    }
    for (guint i = 0; i <= edition->bands->len; i++) {
        const double value = i < edition->bands->len ? band_end(edition, i) : 0;
        const double x = scale_px(&scores, value);
        g_autofree char *text = words_number(subject->words, value, 0);
        canvas_line(canvas, (struct point){x, BOTTOM}, (struct point){x, BOTTOM + 10},
                    line);
        canvas_text(canvas, CLAMP(x, LEFT + 8, RIGHT - 16), BOTTOM + 34, type, text);
    }
}

static double paint_lines(struct canvas *canvas, double y, double pitch, struct type type,
                          const char *text, int most) {
    g_auto(GStrv) lines = typeface_wrap(canvas->typeface, text, type.size, type.weight,
                                        (RIGHT - LEFT) / FRAME_SPARE, most);
    for (int i = 0; lines[i] != NULL; i++, y += pitch)
        canvas_text(canvas, LEFT, y, type, lines[i]);
    return y;
}

/* Large enough to be read in a stream, whole before large. */
static void paint_title(struct canvas *canvas) {
    static const double sizes[] = {44, 41, 38, 35};
    struct type type = {sizes[0], 700, TOKEN_INK, ANCHOR_START};
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        type.size = sizes[i];
        g_auto(GStrv) lines =
            typeface_wrap(canvas->typeface, canvas->title, type.size, type.weight,
                          (RIGHT - LEFT) / FRAME_SPARE, TITLE_LINES);
        g_autofree char *whole = g_strjoinv(" ", lines);
        if (strcmp(whole, canvas->title) == 0)
            break;
    }
    paint_lines(canvas, 138, 54, type, canvas->title, TITLE_LINES);
}

/* What a dot and "between" mean, and how many places have no dot. */
static char *dots_meaning(const struct subject *subject) {
    const int missing =
        (int)subject->edition->marketplaces->len - subject_rated_count(subject->edition);
    g_autofree char *meaning = words_say(
        subject->words,
        subject_has_intervals(subject->edition) ? "share.meaning" : "share.meaning.bare",
        NULL);
    if (missing == 0)
        return g_steal_pointer(&meaning);
    g_autofree char *count = subject_count(subject, missing);
    const struct words_argument arguments[] = {{"count", count, missing},
                                               {NULL, NULL, 0}};
    g_autofree char *others =
        subject_sentence(words_say(subject->words, "share.missing", arguments));
    return g_strconcat(meaning, " ", others, NULL);
}

static void paint_words(const struct subject *subject, struct canvas *canvas) {
    const struct type brand = {22, 700, TOKEN_BRAND, ANCHOR_START};
    const struct type month_type = {22, 700, TOKEN_INK, ANCHOR_END};
    const struct type plain = {18, 400, TOKEN_TEXT, ANCHOR_START};
    const struct type small = {16, 400, TOKEN_MENTION, ANCHOR_START};
    g_autofree char *name = words_say(subject->words, "share.brand", NULL);
    g_autofree char *month =
        subject_sentence(words_month(subject->words, subject->edition->as_of));
    g_autofree char *scale = words_say(subject->words, "share.scale", NULL);
    g_autofree char *meaning = dots_meaning(subject);
    canvas_text(canvas, LEFT, 66, brand, name);
    canvas_text(canvas, RIGHT, 66, month_type, month);
    paint_title(canvas);
    paint_lines(canvas, 514, 26, plain, scale, 1);
    if (subject_rated_count(subject->edition) > 0)
        paint_lines(canvas, 540, 26, plain, meaning, 1);
    paint_lines(canvas, 580, 22, small, canvas->source, 2);
}

void share_draw(const struct subject *subject, struct canvas *canvas) {
    const struct edition *edition = subject->edition;
    canvas->height = HEIGHT;
    canvas_rectangle(canvas, 0, 0, canvas->width, canvas->height, 0, TOKEN_PAPER, no_pen);
    canvas_rectangle(canvas, 0, 0, canvas->width, 4, 0, TOKEN_BRAND, no_pen);
    paint_words(subject, canvas);
    if (subject_rated_count(edition) == 0) {
        g_autofree char *why = words_say(subject->words, "reason.few_marketplaces", NULL);
        mark_insufficient(canvas, LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP, why);
        return;
    }
    mark_bands(canvas, edition, &scores, TOP, BOTTOM - TOP);
    for (guint i = 0; i < edition->bands->len; i++)
        paint_band(subject, canvas, i);
    paint_axis(subject, canvas);
}
