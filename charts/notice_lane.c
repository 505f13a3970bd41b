#include "frame.h"
#include "mark.h"
#include "notice.h"

#include <math.h>

static const struct pen no_pen = {.token = TOKEN_NONE};

static int compare_days(const void *left, const void *right) {
    const int a = *(const int *)left, b = *(const int *)right;
    return (a > b) - (a < b);
}

/* Days of the changes whose notice is known, in order. */
static GArray *known_days(const struct edition_marketplace *place) {
    GArray *days = g_array_new(FALSE, FALSE, sizeof(int));
    for (guint i = 0; i < place->changes.acts->len; i++) {
        const struct edition_change *change = place->changes.acts->pdata[i];
        const int own = (int)change->notice_days.value;
        if (change->notice_days.known)
            g_array_append_val(days, own);
    }
    g_array_sort(days, compare_days);
    return days;
}

static int drawn_day(int days) {
    return CLAMP(days, -1, NOTICE_MOST_DAYS + 1);
}

/* Those of one day each. */
static GArray *stacks_of(const GArray *days, int limit) {
    GArray *marks = g_array_new(FALSE, TRUE, sizeof(struct notice_mark));
    for (guint i = 0; i < days->len; i++) {
        const int own = g_array_index(days, int, i), day = drawn_day(own);
        struct notice_mark *last =
            marks->len > 0 ? &g_array_index(marks, struct notice_mark, marks->len - 1)
                           : NULL;
        if (last != NULL && last->to == day) {
            last->count++;
            last->most = own;
            continue;
        }
        const struct notice_mark mark = {day, day, own, own, 1, own < limit, false};
        g_array_append_val(marks, mark);
    }
    for (guint i = 0; i < marks->len; i++) {
        struct notice_mark *mark = &g_array_index(marks, struct notice_mark, i);
        mark->pooled = mark->count > NOTICE_MOST_STACKED;
    }
    return marks;
}

static bool is_on_axis(const struct notice_mark *mark) {
    return mark->from >= 0 && mark->to <= NOTICE_MOST_DAYS;
}

static bool may_pool(const struct notice_mark *a, const struct notice_mark *b,
                     int reach) {
    return (a->pooled || b->pooled) && a->late == b->late && is_on_axis(a) &&
           is_on_axis(b) && b->from - a->to <= reach;
}

GArray *notice_marks(const struct edition_marketplace *place, int limit, int reach) {
    g_autoptr(GArray) days = known_days(place);
    GArray *marks = stacks_of(days, limit);
    for (guint i = 1; i < marks->len;) {
        struct notice_mark *mark = &g_array_index(marks, struct notice_mark, i);
        struct notice_mark *before = mark - 1;
        if (!may_pool(before, mark, reach)) {
            i++;
            continue;
        }
        before->to = mark->to;
        before->most = mark->most;
        before->count += mark->count;
        before->pooled = true;
        g_array_remove_index(marks, i);
        i = MAX(i - 1, 1); /* what came before may now be a neighbour */
    }
    return marks;
}

void notice_paint_ground(const struct subject *subject, struct canvas *canvas,
                         const struct notice *notice, double y, bool changes) {
    const struct edition_notice *law = &subject->edition->notice;
    const struct notice_plot *plot = &notice->plot;
    if (!law->known)
        return;
    const double right =
        scale_px(&plot->days, changes ? law->changes.days : law->terminations.days);
    canvas_rectangle(canvas, plot->none_left, y - plot->half, right - plot->none_left,
                     2 * plot->half, 0, TOKEN_BAND_D, no_pen);
}

static void paint_dots(struct canvas *canvas, const struct notice_plot *plot, double x,
                       double y, const struct notice_mark *mark) {
    const struct pen ring = {.token = TOKEN_PAPER, .width = 1};
    const struct pen outline = {.token = TOKEN_POINT, .width = plot->radius * 0.42};
    for (int i = 0; i < mark->count; i++)
        canvas_circle(canvas, x, y + plot->stack * (i - (mark->count - 1) / 2.0),
                      mark->late ? plot->radius + 0.6 : plot->radius,
                      mark->late ? TOKEN_ALERT : TOKEN_PAPER,
                      mark->late ? ring : outline);
}

static double pill_width(const struct canvas *canvas, const char *text) {
    const double size = frame_size(canvas);
    return typeface_extent(canvas->typeface, text, size, 700).advance * FRAME_SPARE +
           size * 0.6;
}

/* "×7": full where too late, hollow where in time, like the dots. */
static void paint_pill(struct canvas *canvas, double x, double y,
                       const struct notice_mark *mark, const char *text) {
    const double size = frame_size(canvas), width = pill_width(canvas, text);
    const struct type type = {size, 700, mark->late ? TOKEN_PAPER : TOKEN_POINT,
                              ANCHOR_MIDDLE};
    const struct pen outline = {.token = TOKEN_POINT, .width = 2};
    const struct pen ring = {.token = TOKEN_PAPER, .width = 1};
    const double tall = size * 1.3;
    canvas_rectangle(canvas, x - width / 2, y - tall / 2, width, tall, tall / 2,
                     mark->late ? TOKEN_ALERT : TOKEN_PAPER, mark->late ? ring : outline);
    canvas_text(canvas, x, y + size * 0.36, type, text);
}

static char *say_times(const struct subject *subject, int count) {
    g_autofree char *number = words_number(subject->words, count, 0);
    return g_strconcat("×", number, NULL);
}

/* Where a mark lies: a pill stays on its side of the limit. */
static double mark_x(const struct notice_plot *plot, const struct notice_mark *mark,
                     int limit, double width) {
    const double line = scale_px(&plot->days, limit);
    if (mark->to < 0)
        return (plot->none_left + plot->none_right) / 2;
    if (mark->from > NOTICE_MOST_DAYS)
        return plot->days.to_px + plot->radius + 5;
    const double x =
        (scale_px(&plot->days, mark->from) + scale_px(&plot->days, mark->to)) / 2;
    if (!mark->pooled)
        return x;
    return mark->late ? MIN(x, line - 6 - width / 2) : MAX(x, line - 3 + width / 2);
}

/* "61–900": the days of those beyond the axis, or "×7" where they are many. */
static char *say_beyond(const struct subject *subject, const struct notice_mark *mark) {
    if (mark->pooled)
        return say_times(subject, mark->count);
    g_autofree char *least = words_number(subject->words, mark->least, 0);
    g_autofree char *most = words_number(subject->words, mark->most, 0);
    return mark->least == mark->most ? g_steal_pointer(&least)
                                     : g_strjoin("–", least, most, NULL);
}

static void paint_beyond(const struct subject *subject, struct canvas *canvas,
                         const struct notice_plot *plot, double y,
                         const struct notice_mark *mark) {
    const struct type type = {frame_size(canvas), 500, TOKEN_POINT, ANCHOR_START};
    struct notice_mark dots = *mark;
    dots.count = mark->pooled ? 1 : mark->count;
    const double x = mark_x(plot, mark, 0, 0), left = x + plot->radius + 5;
    const double room = (plot->edge_right - left) / FRAME_SPARE;
    g_autofree char *text = say_beyond(subject, mark);
    if (typeface_extent(canvas->typeface, text, type.size, type.weight).advance > room) {
        g_autofree char *least = words_number(subject->words, mark->least, 0);
        g_free(text);
        text = g_strconcat(least, "+", NULL);
    }
    paint_dots(canvas, plot, x, y, &dots);
    canvas_text(canvas, left, y + type.size * 0.36, type, text);
}

static void paint_marks(const struct subject *subject, struct canvas *canvas,
                        const struct notice_plot *plot,
                        const struct edition_marketplace *place, int limit, double y) {
    const double day_px = (plot->days.to_px - plot->days.from_px) / NOTICE_MOST_DAYS;
    const int reach = (int)ceil(pill_width(canvas, "×88") / day_px);
    g_autoptr(GArray) marks = notice_marks(place, limit, reach);
    for (guint i = 0; i < marks->len; i++) {
        const struct notice_mark *mark = &g_array_index(marks, struct notice_mark, i);
        g_autofree char *times = say_times(subject, mark->count);
        const double x = mark_x(plot, mark, limit, pill_width(canvas, times));
        if (mark->from > NOTICE_MOST_DAYS)
            paint_beyond(subject, canvas, plot, y, mark);
        else if (mark->pooled)
            paint_pill(canvas, x, y, mark, times);
        else
            paint_dots(canvas, plot, x, y, mark);
    }
}

static void paint_words(const struct subject *subject, struct canvas *canvas,
                        const struct notice_plot *plot, double y, const char *key) {
    const struct type grey = {frame_size(canvas), 400, TOKEN_MENTION, ANCHOR_START};
    g_autofree char *text = words_say(subject->words, key, NULL);
    g_autofree char *fitted =
        typeface_fit(canvas->typeface, text, grey.size, grey.weight,
                     (plot->edge_right - plot->words_left) / FRAME_SPARE);
    canvas_text(canvas, plot->words_left, y + grey.size * 0.36, grey, fitted);
}

static void paint_unknown(struct canvas *canvas, const struct notice_plot *plot, double y,
                          double left, double right, const char *text) {
    const double inset = 3;
    mark_insufficient(canvas, left, y - plot->half + inset, right - left,
                      2 * (plot->half - inset), text);
}

void notice_paint_changes(const struct subject *subject, struct canvas *canvas,
                          const struct notice *notice,
                          const struct edition_marketplace *place, double y) {
    const struct edition_changes *changes = &place->changes;
    const struct notice_plot *plot = &notice->plot;
    const int limit = subject->edition->notice.changes.days;
    if (changes->count < 0 || !subject->edition->notice.known) {
        g_autofree char *text = words_say(subject->words, "notice.register.none", NULL);
        paint_unknown(canvas, plot, y, plot->none_left, plot->days.to_px, text);
        return;
    }
    if (changes->count == 0)
        paint_words(subject, canvas, plot, y, "notice.changes.none");
    else if (!changes->short_notice.share.known)
        paint_words(subject, canvas, plot, y, "notice.changes.undated");
    else
        paint_marks(subject, canvas, plot, place, limit, y);
}

struct bin {
    double left, right;
    struct edition_number firms;
    bool late;
};

/* A bin of terminations where its days lie. */
static struct bin bin_at(const struct subject *subject, const struct notice_plot *plot,
                         const struct edition_marketplace *place, guint index) {
    const struct edition_notice *law = &subject->edition->notice;
    const int least = index == 0 ? -1 : g_array_index(law->bins, int, index - 1);
    const bool last = index == law->bins->len;
    return (struct bin){
        .left = index == 0 ? plot->none_left : scale_px(&plot->days, least),
        .right = index == 0 ? plot->none_right
                 : last     ? plot->days.to_px
                            : scale_px(&plot->days, g_array_index(law->bins, int, index)),
        .firms = g_array_index(place->terminations.firms, struct edition_number, index),
        .late = least < law->terminations.days,
    };
}

/* The longest bar: what every bin has room for beside the greatest number, so that a
 * firm is as long in one bin as in another. */
static double longest_bar(const struct subject *subject, const struct canvas *canvas,
                          const struct notice *notice,
                          const struct edition_marketplace *place) {
    const double size = frame_size(canvas);
    g_autofree char *number = words_number(subject->words, notice->most, 0);
    const double taken =
        typeface_extent(canvas->typeface, number, size, 700).advance * FRAME_SPARE;
    double longest = 3 * size;
    for (guint i = 0; i < place->terminations.firms->len; i++) {
        const struct bin bin = bin_at(subject, &notice->plot, place, i);
        longest = MIN(longest, bin.right - bin.left - 1.2 * size - taken);
    }
    return MAX(longest, 0);
}

/* A bar from the bin's left end, its length the firms', with their number. */
static void paint_bin(const struct subject *subject, struct canvas *canvas,
                      const struct notice *notice, const struct bin *bin, double longest,
                      double y) {
    const double size = frame_size(canvas), inset = size * 0.4, tall = size * 0.66;
    const struct pen outline = {.token = TOKEN_POINT, .width = 2};
    const enum token token = bin->firms.value == 0 ? TOKEN_MENTION
                             : bin->late           ? TOKEN_ALERT
                                                   : TOKEN_POINT;
    struct type type = {size, bin->firms.value == 0 ? 400 : 700, token, ANCHOR_START};
    g_autofree char *number = words_number(subject->words, bin->firms.value, 0);
    const double least = 4; /* a bar that there is can be seen */
    const double width =
        bin->firms.value == 0 ? 0 : MAX(longest * bin->firms.value / notice->most, least);
    if (width > 0)
        canvas_rectangle(canvas, bin->left + inset, y - tall / 2, width, tall, 2,
                         bin->late ? TOKEN_ALERT : TOKEN_PAPER,
                         bin->late ? no_pen : outline);
    canvas_text(canvas, bin->left + (width > 0 ? width + 2 * inset : inset),
                y + size * 0.36, type, number);
}

/* Hidden bins side by side are one hatch, with the reason where there is room. */
static guint paint_hidden(const struct subject *subject, struct canvas *canvas,
                          const struct notice_plot *plot,
                          const struct edition_marketplace *place, guint first,
                          double y) {
    const struct bin from = bin_at(subject, plot, place, first);
    guint end = first + 1;
    double right = from.right;
    for (; end < place->terminations.firms->len; end++) {
        const struct bin next = bin_at(subject, plot, place, end);
        if (next.firms.known)
            break;
        right = next.right;
    }
    g_autofree char *full = subject_reason(subject, REASON_SUPPRESSED);
    g_autofree char *less = words_say(subject->words, "notice.hidden", NULL);
    const char *const texts[] = {full, less, ""};
    int chosen = 0;
    while (*texts[chosen] != '\0' &&
           typeface_extent(canvas->typeface, texts[chosen], frame_size(canvas), 400)
                       .advance *
                   FRAME_SPARE >
               right - from.left - 64)
        chosen++;
    paint_unknown(canvas, plot, y, from.left + 3, right - 3, texts[chosen]);
    return end;
}

bool notice_has_none(const struct edition_terminations *terminations) {
    for (guint i = 0; i < terminations->firms->len; i++) {
        const struct edition_number firms =
            g_array_index(terminations->firms, struct edition_number, i);
        if (!firms.known || firms.value > 0)
            return false;
    }
    return true;
}

void notice_paint_terminations(const struct subject *subject, struct canvas *canvas,
                               const struct notice *notice,
                               const struct edition_marketplace *place, double y) {
    const struct edition_terminations *terminations = &place->terminations;
    const struct notice_plot *plot = &notice->plot;
    if (terminations->firms->len != subject->edition->notice.bins->len + 1 ||
        !subject->edition->notice.known) {
        g_autofree char *text = subject_reason(subject, REASON_NOT_COMPUTED);
        paint_unknown(canvas, plot, y, plot->none_left, plot->days.to_px, text);
        return;
    }
    if (notice_has_none(terminations)) {
        paint_words(subject, canvas, plot, y, "notice.terminations.none");
        return;
    }
    const double longest = longest_bar(subject, canvas, notice, place);
    for (guint i = 0; i < terminations->firms->len;) {
        const struct bin bin = bin_at(subject, plot, place, i);
        if (!bin.firms.known) {
            i = paint_hidden(subject, canvas, plot, place, i, y);
            continue;
        }
        paint_bin(subject, canvas, notice, &bin, longest, y);
        i++;
    }
}
