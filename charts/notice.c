#include "notice.h"

#include "frame.h"
#include "mark.h"

enum {
    NAME_X = 40,
    NONE_LEFT = 230,
    PLOT_LEFT = 314,
    PLOT_RIGHT = 752,
    EDGE_RIGHT = 862,
    SHARE_LEFT = 872,
    SHARE_RIGHT = 1002,
    VALUE_LIMIT = 1056,
    TOP = 166,
    LANE = 13, /* from a row's centre to that of a lane */
    LEAST_PITCH = 58,
    MOST_PITCH = 68,
    BELOW = 138, /* axis, key and source */
    DOT = 6,
};

static const struct type head = {15, 400, TOKEN_MENTION, ANCHOR_START};

static double greatest_bin(const struct edition *edition) {
    double most = 0;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        for (guint k = 0; k < place->terminations.firms->len; k++)
            most = MAX(
                most,
                g_array_index(place->terminations.firms, struct edition_number, k).value);
    }
    return most;
}

struct notice notice_lay_out(const struct subject *subject) {
    struct notice notice = {
        .places = edition_ranked(subject->edition),
        .plot = {.days = {0, NOTICE_MOST_DAYS, PLOT_LEFT, PLOT_RIGHT},
                 .none_left = NONE_LEFT,
                 .none_right = PLOT_LEFT - 8,
                 .edge_right = EDGE_RIGHT,
                 .radius = 4.6,
                 .stack = 6.4,
                 .half = 12},
        .share = {0, 100, SHARE_LEFT, SHARE_RIGHT},
        .top = TOP,
        .most = greatest_bin(subject->edition),
    };
    /* Right of both limits, so that no line crosses them. */
    const struct edition_notice *law = &subject->edition->notice;
    notice.plot.words_left =
        scale_px(&notice.plot.days, MAX(law->changes.days, law->terminations.days)) + 12;
    const double room = FRAME_HEIGHT - TOP - BELOW;
    notice.pitch =
        CLAMP(room / MAX(notice.places->len, 1), (double)LEAST_PITCH, (double)MOST_PITCH);
    notice.height = MAX(FRAME_HEIGHT, TOP + notice.pitch * notice.places->len + BELOW);
    return notice;
}

void notice_clear(struct notice *notice) {
    g_ptr_array_unref(notice->places);
}

static double bottom_of(const struct notice *notice) {
    return notice->top + notice->pitch * notice->places->len;
}

static void paint_limit(const struct subject *subject, struct canvas *canvas,
                        const struct notice *notice,
                        const struct edition_legal_limit *limit, const char *key,
                        double baseline) {
    const struct type bold = {15, 700, TOKEN_INK, ANCHOR_MIDDLE};
    const struct pen dash = {TOKEN_INK, 1.25, 4, 3, false};
    const double x = scale_px(&notice->plot.days, limit->days);
    const struct words_argument days[] = {{"days", NULL, limit->days}, {NULL, NULL, 0}};
    g_autofree char *text = words_say(subject->words, key, days);
    canvas_text(canvas, MAX(x, PLOT_LEFT + 100), baseline, bold, text);
    canvas_line(canvas, (struct point){x, baseline + 6},
                (struct point){x, bottom_of(notice)}, dash);
}

static void paint_heads(const struct subject *subject, struct canvas *canvas,
                        const struct notice *notice) {
    const struct type bold = {15, 700, TOKEN_INK, ANCHOR_START};
    const struct edition_notice *law = &subject->edition->notice;
    struct type end = head;
    end.anchor = ANCHOR_END;
    g_autofree char *place = words_say(subject->words, "column.place", NULL);
    g_autofree char *late = words_say(subject->words, "notice.column.late", NULL);
    g_autofree char *how = words_say(subject->words, "notice.column.late.how", NULL);
    g_autofree char *count = words_say(subject->words, "notice.column.count", NULL);
    canvas_text(canvas, NAME_X, TOP - 12, head, place);
    canvas_text(canvas, SHARE_LEFT, TOP - 34, bold, late);
    canvas_text(canvas, SHARE_LEFT, TOP - 12, head, how);
    canvas_text(canvas, FRAME_RIGHT, TOP - 12, end, count);
    if (!law->known)
        return;
    paint_limit(subject, canvas, notice, &law->changes, "notice.limit.changes", TOP - 34);
    paint_limit(subject, canvas, notice, &law->terminations, "notice.limit.terminations",
                TOP - 12);
}

static void paint_axis(const struct subject *subject, struct canvas *canvas,
                       const struct notice *notice) {
    const struct type middle = {15, 400, TOKEN_MENTION, ANCHOR_MIDDLE};
    const struct notice_plot *plot = &notice->plot;
    const double baseline = bottom_of(notice) + 22;
    g_autofree char *none = words_say(subject->words, "notice.axis.none", NULL);
    canvas_text(canvas, (plot->none_left + plot->none_right) / 2, baseline, middle, none);
    for (int days = 0; days <= NOTICE_MOST_DAYS; days += 15) {
        const struct words_argument arguments[] = {{"days", NULL, days}, {NULL, NULL, 0}};
        g_autofree char *text = words_say(subject->words, "notice.axis.days", arguments);
        canvas_text(canvas, scale_px(&plot->days, days), baseline, middle, text);
    }
    for (int share = 0; share <= 100; share += 50) {
        g_autofree char *number = words_number(subject->words, share, 0);
        g_autofree char *text =
            share == 100 ? subject_say(subject, "notice.percent", "share", number)
                         : g_strdup(number);
        canvas_text(canvas, scale_px(&notice->share, share), baseline, middle, text);
    }
}

/* Lines of the days and of the shares, under everything else. */
static void paint_grid(struct canvas *canvas, const struct notice *notice) {
    const struct pen sep = {.token = TOKEN_SEP, .width = 1};
    const struct pen grid = {.token = TOKEN_GRID, .width = 1};
    const double bottom = bottom_of(notice);
    for (int days = 0; days <= NOTICE_MOST_DAYS; days += 15) {
        const double x = scale_px(&notice->plot.days, days);
        canvas_line(canvas, (struct point){x, TOP}, (struct point){x, bottom},
                    days == 0 ? grid : sep);
    }
    for (int share = 0; share <= 100; share += 50) {
        const double x = scale_px(&notice->share, share);
        canvas_line(canvas, (struct point){x, TOP}, (struct point){x, bottom},
                    share == 0 ? grid : sep);
    }
    for (guint i = 1; i < notice->places->len; i++) {
        const double y = TOP + notice->pitch * i;
        canvas_line(canvas, (struct point){FRAME_MARGIN, y},
                    (struct point){FRAME_RIGHT, y}, sep);
    }
}

static void paint_share(const struct subject *subject, struct canvas *canvas,
                        const struct notice *notice, double y,
                        const struct edition_score *late, const char *count) {
    const struct type figure = {15, 700, TOKEN_POINT, ANCHOR_START};
    const struct type end = {15, 400, TOKEN_TEXT, ANCHOR_END};
    canvas_text(canvas, FRAME_RIGHT, y + 5.4, end, count);
    if (!late->score.known) {
        g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
        canvas_text(canvas, SHARE_LEFT + 8, y + 5.4, head, unknown);
        return;
    }
    double left, right;
    g_autofree char *number = subject_score(subject, late->score.value);
    g_autofree char *text = subject_say(subject, "notice.percent", "share", number);
    mark_score(canvas, &notice->share, y, late, DOT);
    mark_score_text(canvas, &notice->share, y, late, DOT, VALUE_LIMIT, figure, text,
                    &left, &right);
}

static void paint_row(const struct subject *subject, struct canvas *canvas,
                      const struct notice *notice, guint row) {
    const struct edition_marketplace *place = notice->places->pdata[row];
    const struct type bold = {17, 700, TOKEN_INK, ANCHOR_START};
    const double y = TOP + notice->pitch * (row + 0.5);
    const struct edition_score changes = notice_late_changes(place);
    const struct edition_score ended = edition_late_terminations(subject->edition, place);
    g_autofree char *name = subject_name(place);
    g_autofree char *fitted = typeface_fit(canvas->typeface, name, bold.size, bold.weight,
                                           (NONE_LEFT - 14 - NAME_X) / FRAME_SPARE);
    g_autofree char *changed = notice_say_changes(subject, place);
    g_autofree char *terminated = notice_say_terminations(subject, place);
    canvas_text(canvas, NAME_X, y + 6, bold, fitted);
    paint_share(subject, canvas, notice, y - LANE, &changes, changed);
    paint_share(subject, canvas, notice, y + LANE, &ended, terminated);
}

static void paint_grounds(const struct subject *subject, struct canvas *canvas,
                          const struct notice *notice, guint row) {
    const double y = TOP + notice->pitch * (row + 0.5);
    notice_paint_ground(subject, canvas, notice, y - LANE, true);
    notice_paint_ground(subject, canvas, notice, y + LANE, false);
}

/* The grounds first, then the lines of the limits, then what lies on both. */
void notice_draw(const struct subject *subject, struct canvas *canvas) {
    struct notice notice = notice_lay_out(subject);
    canvas->height = notice.height;
    g_autofree char *period = subject_period(subject);
    g_autofree char *subtitle = subject_say(subject, "notice.subtitle", "period", period);
    frame_paint(canvas, FRAME_MARGIN, subtitle);
    if (notice.places->len > 0) {
        struct key key = notice_key(subject, false);
        paint_grid(canvas, &notice);
        for (guint i = 0; i < notice.places->len; i++)
            paint_grounds(subject, canvas, &notice, i);
        paint_heads(subject, canvas, &notice);
        for (guint i = 0; i < notice.places->len; i++) {
            const double y = TOP + notice.pitch * (i + 0.5);
            notice_paint_changes(subject, canvas, &notice, notice.places->pdata[i],
                                 y - LANE);
            notice_paint_terminations(subject, canvas, &notice, notice.places->pdata[i],
                                      y + LANE);
            paint_row(subject, canvas, &notice, i);
        }
        paint_axis(subject, canvas, &notice);
        key_paint(&key, canvas);
    }
    notice_clear(&notice);
}
