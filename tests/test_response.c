/* The chart of the delays of reply: its numbers, its claims, its degenerate cases. */
#include "painted.h"
#include "response.h"

#include <string.h>

static struct edition_indicator *reply_of(const struct edition *edition, guint place) {
    return (struct edition_indicator *)response_of(edition->marketplaces->pdata[place]);
}

static struct canvas *paint(const struct edition *edition, enum words_language language,
                            enum chart_layout layout) {
    return paint_chart(edition, "response", language, layout);
}

static int count_hatches(const struct canvas *canvas) {
    int count = 0;
    for (guint i = 0; i < canvas->shapes->len; i++)
        count += ((const struct shape *)canvas->shapes->pdata[i])->kind == SHAPE_HATCH;
    return count;
}

static void clear_claims(struct edition *edition) {
    for (guint i = 0; i < edition->marketplaces->len; i++)
        reply_of(edition, i)->curve.p_half.value = 0.5;
}

static void the_reply_is_drawn_where_there_is_one_else_the_first_delay(void) {
    scoped(edition) *edition = sample_edition(true);
    g_assert_cmpstr(reply_of(edition, 0)->id, ==, "human_reply");
    struct edition_indicator *reply = reply_of(edition, 0);
    g_free(reply->kind);
    reply->kind = g_strdup("share");
    g_assert_null(response_of(edition->marketplaces->pdata[0]));
    const struct edition_marketplace *place = edition->marketplaces->pdata[0];
    struct edition_indicator *other =
        ((struct edition_pillar *)place->pillars->pdata[0])->indicators->pdata[3];
    g_free(other->kind);
    other->kind = g_strdup("delay");
    g_assert_true(response_of(place) == other);
}

static void waiting_is_claimed_only_where_it_is_sure(void) {
    scoped(edition) *edition = sample_edition(true);
    clear_claims(edition);
    check_title(edition, "response", WORDS_FR,
                "Plus ou moins d’une demande sur deux répondue en 15 jours\u00a0: rien "
                "n’est établi");
    reply_of(edition, 1)->curve.p_half.value = 0.1; /* P = 0.9 is not above 0.9 */
    reply_of(edition, 2)->curve.p_half.value = 0.9;
    check_title(edition, "response", WORDS_EN,
                "More or less than one request in two answered within 15 days: nothing "
                "is established");
    reply_of(edition, 2)->curve.p_half.value = 0.91;
    check_title(edition, "response", WORDS_EN,
                "At Grand Foirail, more than one request in two gets a reply within 15 "
                "days");
    reply_of(edition, 1)->curve.p_half.value = 0.09;
    check_title(edition, "response", WORDS_FR,
                "Chez Bazarette, plus d’une demande sur deux attend encore après "
                "15 jours");
    reply_of(edition, 1)->curve.p_half = edition_unknown();
    reply_of(edition, 2)->curve.p_half = edition_unknown();
    check_title(edition, "response", WORDS_EN,
                "More or less than one request in two answered within 15 days: nothing "
                "is established");
}

static void without_a_reply_nothing_is_claimed(void) {
    scoped(edition) *edition = crowd(5, 1, true);
    check_title(edition, "response", WORDS_EN,
                "Delays of reply: too few answers for a curve");
    scoped(edition) *none = crowd(0, 0, true);
    check_title(none, "response", WORDS_FR, "Aucune place de marché dans cette édition");
}

/* Each share at the horizon and each median is the edition's. */
static void figures_are_those_of_the_edition(void) {
    for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
        scoped(edition) *edition = sample_edition(true);
        scoped(words) *words = open_words(WORDS_FR);
        const struct subject subject = {edition, NULL, words};
        scoped(canvas) *canvas = paint(edition, WORDS_FR, (enum chart_layout)layout);
        int unknown = 0;
        for (guint i = 0; i < edition->marketplaces->len; i++) {
            const struct edition_indicator *reply = reply_of(edition, i);
            unknown += !response_is_known(reply);
            if (!response_is_known(reply))
                continue;
            g_autofree char *share =
                g_strdup_printf("%.0f\u202f%%", round(reply->score.score.value));
            g_autofree char *median = response_median(&subject, reply);
            g_assert_cmpint(count_texts(canvas, share), >=, 1);
            g_assert_cmpint(count_texts(canvas, median), >=, 1);
            g_autofree char *figure =
                g_strdup_printf("\u00a0: %.0f\u00a0j [", reply->median.days.value);
            g_assert_nonnull(strstr(median, figure));
        }
        g_assert_cmpint(unknown, ==, 1);
        g_assert_cmpint(count_hatches(canvas), ==, unknown + 1); /* and the key's */
        g_assert_cmpint(count_texts(canvas, "Trop peu de réponses"), ==, unknown);
    }
}

/* The line goes through every point of the edition, from nobody on day 0. */
static void the_line_goes_through_the_points(void) {
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    const struct subject subject = {edition, NULL, words};
    struct response response = response_lay_out(&subject);
    g_assert_cmpint(response.horizon_days, ==, 15);
    g_assert_cmpint(response.most_days, ==, 30);
    for (int n = 0; n < (int)response.places->len; n++) {
        const struct response_panel panel = response_panel(&response, n);
        const struct edition_indicator *reply = response_of(response.places->pdata[n]);
        scoped(canvas) *canvas = canvas_new(typeface_open(NULL), "response", WORDS_FR);
        response_paint(&subject, canvas, reply, &response, &panel, false);
        const GArray *line = NULL;
        for (guint i = 0; i < canvas->shapes->len; i++) {
            const struct shape *shape = canvas->shapes->pdata[i];
            if (shape->kind == SHAPE_PATH && shape->pen.token == TOKEN_POINT &&
                !shape->closed)
                line = shape->points;
        }
        g_assert_true((line != NULL) == (reply->curve.points->len > 0));
        for (guint i = 0; line != NULL && i <= reply->curve.points->len; i++) {
            const struct edition_curve_point nobody = {.day = 0, .share = 0};
            const struct edition_curve_point *point =
                i == 0 ? &nobody
                       : &g_array_index(reply->curve.points, struct edition_curve_point,
                                        i - 1);
            const struct point at = g_array_index(line, struct point, i);
            g_assert_cmpfloat_with_epsilon(at.x, scale_px(&panel.days, point->day), 1e-9);
            g_assert_cmpfloat_with_epsilon(at.y, scale_px(&panel.shares, point->share),
                                           1e-9);
        }
    }
    response_clear(&response);
}

static void panels_do_not_touch(void) {
    const int counts[] = {1, 2, 5, 15, 30};
    for (size_t c = 0; c < G_N_ELEMENTS(counts); c++) {
        scoped(edition) *edition = crowd(counts[c], 4, true);
        scoped(words) *words = open_words(WORDS_EN);
        const struct subject subject = {edition, NULL, words};
        struct response response = response_lay_out(&subject);
        for (int i = 0; i < counts[c]; i++) {
            const struct response_panel one = response_panel(&response, i);
            g_assert_cmpfloat(one.days.from_px, >=, 92);
            g_assert_cmpfloat(one.days.to_px, <=, 1160);
            g_assert_cmpfloat(one.shares.from_px, <, response.height - 62);
            for (int k = 0; k < i; k++) {
                const struct response_panel other = response_panel(&response, k);
                g_assert_true(other.days.to_px < one.days.from_px ||
                              one.days.to_px < other.days.from_px ||
                              other.shares.from_px + 36 < one.shares.to_px);
            }
        }
        response_clear(&response);
    }
}

/* All on day 0, nothing, and a score whose curve has no point. */
static void the_ends_are_drawn(void) {
    for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
        scoped(edition) *edition = sample_edition(true);
        const struct edition_curve_point all = {.day = 0, .share = 100};
        struct edition_indicator *first = reply_of(edition, 0);
        g_array_set_size(first->curve.points, 0);
        g_array_append_val(first->curve.points, all);
        first->median = (struct edition_median){.days = edition_known(0)};
        first->score = sample_score(98, 2, true);
        struct edition_indicator *second = reply_of(edition, 1);
        g_array_set_size(second->curve.points, 0);
        second->score = sample_score(0, 3, true);
        second->median = (struct edition_median){.reason = REASON_NOT_REACHED};
        scoped(canvas) *canvas = paint(edition, WORDS_EN, (enum chart_layout)layout);
        g_assert_cmpint(count_texts(canvas, "98%"), ==, 1);
        g_assert_cmpint(count_texts(canvas, "median: not reached"), ==, 1);
        g_assert_cmpint(count_texts(canvas, "median: 0\u00a0d […–…]"), ==, 1);
        g_assert_cmpint(count_hatches(canvas), ==, 2);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/response/" #name, name)
    TEST(the_reply_is_drawn_where_there_is_one_else_the_first_delay);
    TEST(waiting_is_claimed_only_where_it_is_sure);
    TEST(without_a_reply_nothing_is_claimed);
    TEST(figures_are_those_of_the_edition);
    TEST(the_line_goes_through_the_points);
    TEST(panels_do_not_touch);
    TEST(the_ends_are_drawn);
    return g_test_run();
}
