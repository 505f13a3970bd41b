#include "frame.h"
#include "mark.h"
#include "notice.h"

/* The name, and for each kind of decision what the share is, then its lane. */
enum {
    LEFT = 24,
    NONE_LEFT = 24,
    PLOT_LEFT = 96,
    PLOT_RIGHT = 444,
    LANE = 44,
};

static const struct type grey = {24, 400, TOKEN_MENTION, ANCHOR_START};

static void narrow_plot(struct notice_plot *plot) {
    *plot = (struct notice_plot){.days = {0, NOTICE_MOST_DAYS, PLOT_LEFT, PLOT_RIGHT},
                                 .none_left = NONE_LEFT,
                                 .none_right = PLOT_LEFT - 8,
                                 .edge_right = FRAME_NARROW_RIGHT,
                                 .words_left = NONE_LEFT + 8,
                                 .radius = 6.5,
                                 .stack = 9,
                                 .half = LANE / 2.0 - 2};
}

/* "25,0 % hors délai (7,1–59,1)", or that it is unknown; then `more`, or NULL. */
static double paint_share(const struct subject *subject, struct canvas *canvas, double y,
                          const char *kind, const struct edition_score *late,
                          const char *more) {
    const bool known = late->score.known && late->low.known && late->high.known;
    const struct type type = {24, known ? 500 : 400, known ? TOKEN_INK : TOKEN_MENTION,
                              ANCHOR_START};
    g_autofree char *key =
        g_strconcat("notice.narrow.", kind, known ? NULL : ".unknown", NULL);
    g_autofree char *share = subject_score(subject, late->score.value);
    g_autofree char *low = subject_score(subject, late->low.value);
    g_autofree char *high = subject_score(subject, late->high.value);
    const struct words_argument arguments[] = {
        {"share", share, 0}, {"low", low, 0}, {"high", high, 0}, {NULL, NULL, 0}};
    g_autofree char *said = words_say(subject->words, key, known ? arguments : NULL);
    g_autofree char *text =
        more == NULL ? g_strdup(said) : g_strjoin(", ", said, more, NULL);
    return frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, type, text, 3);
}

/* "4 sans date d’annonce", or NULL. */
static char *say_undated(const struct subject *subject,
                         const struct edition_marketplace *place) {
    const int undated = notice_undated(place);
    const struct words_argument count[] = {{"count", NULL, undated}, {NULL, NULL, 0}};
    return undated == 0 ? NULL
                        : words_say(subject->words, "notice.narrow.undated", count);
}

/* "10–29 entreprises", or NULL. */
static char *say_firms(const struct subject *subject,
                       const struct edition_marketplace *place) {
    const struct edition_indicator *indicator =
        edition_terminations_indicator(subject->edition, place);
    if (indicator == NULL || indicator->answers_class == NULL)
        return NULL;
    g_autofree char *firms = notice_say_terminations(subject, place);
    return subject_say(subject, "notice.narrow.firms", "firms", firms);
}

/* The lane's own limit, under its marks. */
static void paint_limit(struct canvas *canvas, const struct notice *notice, int days,
                        double y) {
    const struct pen dash = {TOKEN_INK, 1.75, 5, 4, false};
    const double x = scale_px(&notice->plot.days, days);
    canvas_line(canvas, (struct point){x, y - LANE / 2.0 - 2},
                (struct point){x, y + LANE / 2.0 + 2}, dash);
}

static double paint_place(const struct subject *subject, struct canvas *canvas,
                          const struct notice *notice,
                          const struct edition_marketplace *place, double y) {
    const struct edition_notice *law = &subject->edition->notice;
    const struct pen sep = {.token = TOKEN_SEP, .width = 1};
    const struct type bold = {26, 700, TOKEN_INK, ANCHOR_START};
    const struct edition_score changes = notice_late_changes(place);
    const struct edition_score ended = edition_late_terminations(subject->edition, place);
    g_autofree char *name = subject_name(place);
    g_autofree char *fitted = typeface_fit(canvas->typeface, name, bold.size, bold.weight,
                                           (FRAME_NARROW_RIGHT - LEFT) / FRAME_SPARE);
    g_autofree char *undated = say_undated(subject, place);
    g_autofree char *firms = say_firms(subject, place);
    canvas_line(canvas, (struct point){LEFT, y}, (struct point){FRAME_NARROW_RIGHT, y},
                sep);
    canvas_text(canvas, LEFT, y + 35, bold, fitted);
    y = paint_share(subject, canvas, y + 42, "changes", &changes, undated);
    y += 10 + LANE / 2.0;
    notice_paint_ground(subject, canvas, notice, y, true);
    if (law->known && place->changes.short_notice.share.known)
        paint_limit(canvas, notice, law->changes.days, y);
    notice_paint_changes(subject, canvas, notice, place, y);
    y = paint_share(subject, canvas, y + LANE / 2.0 + 4, "terminations", &ended, firms);
    y += 10 + LANE / 2.0;
    notice_paint_ground(subject, canvas, notice, y, false);
    if (law->known && !notice_has_none(&place->terminations))
        paint_limit(canvas, notice, law->terminations.days, y);
    notice_paint_terminations(subject, canvas, notice, place, y);
    return y + LANE / 2.0 + 14;
}

static double paint_axis(const struct subject *subject, struct canvas *canvas,
                         const struct notice *notice, double y) {
    const struct type middle = {24, 400, TOKEN_MENTION, ANCHOR_MIDDLE};
    const struct notice_plot *plot = &notice->plot;
    g_autofree char *none = words_say(subject->words, "notice.axis.none", NULL);
    canvas_text(canvas, NONE_LEFT, y + 26, grey, none);
    for (int days = 15; days <= NOTICE_MOST_DAYS; days += 15) {
        const struct words_argument arguments[] = {{"days", NULL, days}, {NULL, NULL, 0}};
        g_autofree char *text = words_say(subject->words, "notice.axis.days", arguments);
        canvas_text(canvas, scale_px(&plot->days, days), y + 26, middle, text);
    }
    return y + 40;
}

void notice_draw_narrow(const struct subject *subject, struct canvas *canvas) {
    struct notice notice = notice_lay_out(subject);
    narrow_plot(&notice.plot);
    g_autofree char *period = subject_period(subject);
    g_autofree char *subtitle = subject_say(subject, "notice.subtitle", "period", period);
    double y = frame_open(canvas, subtitle) + 14;
    for (guint i = 0; i < notice.places->len; i++)
        y = paint_place(subject, canvas, &notice, notice.places->pdata[i], y);
    if (notice.places->len > 0) {
        struct key key = notice_key(subject, true);
        y = paint_axis(subject, canvas, &notice, y - 8);
        y = key_paint_below(&key, canvas, y + 8);
    }
    frame_close(canvas, y);
    notice_clear(&notice);
}
