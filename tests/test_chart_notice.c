#include "notice.h"
#include "painted.h"

#include <string.h>

enum { LIMIT = 15, REACH = 5 };

static struct canvas *paint(const struct edition *edition, enum words_language language,
                            enum chart_layout layout) {
    return paint_chart(edition, "notice", language, layout);
}

static int count_shapes(const struct canvas *canvas, enum shape_kind kind,
                        enum token fill) {
    int count = 0;
    for (guint i = 0; i < canvas->shapes->len; i++) {
        const struct shape *shape = canvas->shapes->pdata[i];
        count += shape->kind == kind && shape->fill == fill;
    }
    return count;
}

static void check_no_cut(const struct canvas *canvas) {
    for (guint i = 0; i < canvas->shapes->len; i++) {
        const struct shape *shape = canvas->shapes->pdata[i];
        if (shape->kind == SHAPE_TEXT && strstr(shape->text, "…") != NULL)
            g_error("\"%s\" is cut", shape->text);
    }
}

/* One marketplace, without figures but the law. */
static struct edition *bare(void) {
    struct edition *edition = edition_new();
    edition->as_of = edition->window_to = SAMPLE_AS_OF;
    edition->window_from = SAMPLE_AS_OF - 11;
    edition->closed = true;
    edition->method_version = g_strdup("1.0");
    sample_set_notice(edition);
    struct edition_marketplace *place = edition_add_marketplace(edition);
    place->id = g_strdup("alpha");
    place->name = g_strdup("Alpha");
    place->changes.count = 0;
    return edition;
}

static struct edition_marketplace *first_of(const struct edition *edition) {
    return edition->marketplaces->pdata[0];
}

static void add_changes(struct edition *edition, const int *days, int count) {
    struct edition_changes *changes = &first_of(edition)->changes;
    for (int i = 0; i < count; i++)
        sample_add_change(first_of(edition), edition_known(days[i]));
    changes->count += count;
    changes->short_notice = (struct edition_share){edition_known(50), edition_known(40),
                                                   edition_known(60), REASON_NONE};
}

static void set_bins(struct edition *edition, const double firms[static 4]) {
    struct edition_terminations *terminations = &first_of(edition)->terminations;
    for (int i = 0; i < 4; i++) {
        const struct edition_number told =
            firms[i] < 0 ? edition_unknown() : edition_known(firms[i]);
        g_array_append_val(terminations->firms, told);
    }
}

/* Whatever the days, every change is in one mark, and no mark lies across the limit. */
static void every_change_is_in_one_mark(void) {
    GRand *random = g_rand_new_with_seed(7);
    for (int round = 0; round < 300; round++) {
        scoped(edition) *edition = bare();
        const int count = g_rand_int_range(random, 0, 60);
        const int most = g_rand_int_range(random, 1, 90);
        int *days = g_new(int, count + 1), late = 0, sum = 0, sum_late = 0;
        for (int i = 0; i < count; i++) {
            days[i] = g_rand_int_range(random, -5, most);
            late += days[i] < LIMIT;
        }
        add_changes(edition, days, count);
        g_autoptr(GArray) marks = notice_marks(first_of(edition), LIMIT, REACH);
        for (guint i = 0; i < marks->len; i++) {
            const struct notice_mark *mark = &g_array_index(marks, struct notice_mark, i);
            sum += mark->count;
            sum_late += mark->late ? mark->count : 0;
            g_assert_true(mark->late == (mark->most < LIMIT));
            g_assert_true(mark->late == (mark->least < LIMIT));
            g_assert_true(mark->pooled || mark->count <= NOTICE_MOST_STACKED);
            if (i == 0)
                continue;
            const struct notice_mark *before = mark - 1;
            g_assert_cmpint(before->to, <, mark->from);
            const bool apart = mark->from - before->to > REACH ||
                               mark->late != before->late || before->from < 0 ||
                               mark->to > NOTICE_MOST_DAYS;
            g_assert_true(apart || (!mark->pooled && !before->pooled));
        }
        g_assert_cmpint(sum, ==, count);
        g_assert_cmpint(sum_late, ==, late);
        g_free(days);
    }
    g_rand_free(random);
}

static void five_alike_are_one_mark_with_their_number(void) {
    static const int days[] = {20, 20, 20, 20, 20};
    scoped(edition) *four = bare();
    scoped(edition) *five = bare();
    add_changes(four, days, 4);
    add_changes(five, days, 5);
    for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
        scoped(canvas) *stacked = paint(four, WORDS_FR, (enum chart_layout)layout);
        scoped(canvas) *pooled = paint(five, WORDS_FR, (enum chart_layout)layout);
        g_assert_cmpint(count_texts(stacked, "×4"), ==, 0);
        g_assert_cmpint(count_texts(pooled, "×5"), ==, 1);
        g_assert_cmpint(count_shapes(stacked, SHAPE_CIRCLE, TOKEN_PAPER), ==,
                        count_shapes(pooled, SHAPE_CIRCLE, TOKEN_PAPER) + 4);
    }
}

static void a_notice_of_exactly_the_limit_is_in_time(void) {
    static const int days[] = {14, 15};
    scoped(edition) *edition = bare();
    add_changes(edition, days, 2);
    scoped(canvas) *canvas = paint(edition, WORDS_EN, CHART_WIDE);
    /* One of each, and the samples of the key. */
    g_assert_cmpint(count_shapes(canvas, SHAPE_CIRCLE, TOKEN_ALERT), ==, 2);
    g_assert_cmpint(count_shapes(canvas, SHAPE_CIRCLE, TOKEN_PAPER), ==, 2);
}

static void a_notice_beyond_the_axis_is_told_with_its_days(void) {
    static const int days[] = {61, 900, 123456};
    scoped(edition) *one = bare();
    scoped(edition) *two = bare();
    add_changes(one, days, 1);
    add_changes(two, days, 2);
    scoped(edition) *three = bare();
    add_changes(three, days, 3);
    for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
        scoped(canvas) *alone = paint(one, WORDS_EN, (enum chart_layout)layout);
        scoped(canvas) *far = paint(three, WORDS_EN, (enum chart_layout)layout);
        scoped(canvas) *both = paint(two, WORDS_EN, (enum chart_layout)layout);
        g_assert_cmpint(count_texts(alone, "61"), ==, 1);
        g_assert_cmpint(count_texts(both, "61–900"), ==, 1);
        check_no_cut(far);
        g_assert_cmpint(count_texts(far, layout == CHART_WIDE ? "61–123,456" : "61+"), ==,
                        1);
    }
}

static void no_change_is_neither_no_register_nor_no_date(void) {
    static const char *const said[] = {"aucun changement relevé",
                                       "pas de registre des changements",
                                       "date d’annonce non relevée"};
    for (size_t state = 0; state < G_N_ELEMENTS(said); state++)
        for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
            scoped(edition) *edition = bare();
            struct edition_marketplace *place = first_of(edition);
            place->changes.count = state == 1 ? -1 : 0;
            if (state == 2) {
                sample_add_change(place, edition_unknown());
                place->changes.count = 1;
            }
            scoped(canvas) *canvas = paint(edition, WORDS_FR, (enum chart_layout)layout);
            for (size_t i = 0; i < G_N_ELEMENTS(said); i++)
                g_assert_cmpint(count_texts(canvas, said[i]), ==, i == state);
        }
}

static void a_hidden_bin_is_hatched_and_a_zero_is_written(void) {
    scoped(edition) *open = bare();
    scoped(edition) *part = bare();
    scoped(edition) *none = bare();
    scoped(edition) *all = bare();
    set_bins(open, (const double[]){0, 5, 0, 25});
    set_bins(part, (const double[]){-1, 0, -1, 25});
    set_bins(none, (const double[]){0, 0, 0, 0});
    set_bins(all, (const double[]){-1, -1, -1, -1});
    for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
        scoped(canvas) *told = paint(open, WORDS_FR, (enum chart_layout)layout);
        scoped(canvas) *mixed = paint(part, WORDS_FR, (enum chart_layout)layout);
        scoped(canvas) *empty = paint(none, WORDS_FR, (enum chart_layout)layout);
        scoped(canvas) *secret = paint(all, WORDS_FR, (enum chart_layout)layout);
        g_assert_cmpint(count_shapes(told, SHAPE_HATCH, TOKEN_NONE) +
                            count_shapes(told, SHAPE_HATCH, TOKEN_VOID),
                        ==, 0);
        g_assert_cmpint(count_texts(told, "25"), ==, 1);
        g_assert_cmpint(count_texts(mixed, "25"), ==, 1);
        g_assert_cmpint(count_texts(empty, "aucune résiliation datée"), ==, 1);
        g_assert_cmpint(count_texts(secret, "masqué par le secret statistique") +
                            count_texts(secret, "masqué"),
                        ==, 1);
    }
}

static void a_claim_names_only_the_places_it_holds_of(void) {
    scoped(edition) *edition = sample_edition(true);
    struct edition_marketplace *one = edition->marketplaces->pdata[0];
    struct edition_marketplace *two = edition->marketplaces->pdata[1];
    for (guint i = 0; i < edition->marketplaces->len; i++)
        ((struct edition_marketplace *)edition->marketplaces->pdata[i])->changes.excess =
            (struct edition_excess){0};
    check_title(edition, "notice", WORDS_EN,
                "Notice of changes of terms and of terminations, marketplace by "
                "marketplace");
    two->terminations.excess = (struct edition_excess){3, edition_known(0.91)};
    check_title(edition, "notice", WORDS_FR,
                "Bazarette\u00a0: plus d’une résiliation sur trois hors délai, selon les "
                "déclarants");
    one->changes.excess = (struct edition_excess){4, edition_known(0.95)};
    check_title(edition, "notice", WORDS_EN,
                "Bazarette: more than one termination in three too late, as reported by "
                "firms");
    one->changes.excess.one_in = two->changes.excess.one_in = 3;
    check_title(edition, "notice", WORDS_EN,
                "Comptoir Alizé and Bazarette: more than one change in three "
                "announced too late");
    two->changes.excess.one_in = 2;
    check_title(edition, "notice", WORDS_FR,
                "Bazarette\u00a0: plus d’un changement sur deux annoncé hors "
                "délai");
}

static void names_that_do_not_fit_are_counted(void) {
    scoped(edition) *edition = crowd(12, 0, true);
    for (guint i = 0; i < edition->marketplaces->len; i++)
        ((struct edition_marketplace *)edition->marketplaces->pdata[i])->changes.excess =
            (struct edition_excess){2, edition_known(0.99)};
    check_title(edition, "notice", WORDS_EN,
                "12 marketplaces announce more than one change in two too late");
}

static void an_edition_without_notices_says_so(void) {
    scoped(edition) *edition = sample_edition(false);
    check_title(edition, "notice", WORDS_FR,
                "Aucune part de préavis hors délai n’est publiable ce mois-ci");
    scoped(canvas) *canvas = paint(edition, WORDS_FR, CHART_WIDE);
    g_assert_cmpint(count_texts(canvas, "non calculé dans cette version"), ==, 10);
}

static void nothing_but_names_is_cut(void) {
    for (int i = 0; i < 4; i++) {
        scoped(edition) *edition = sample_edition(true);
        scoped(canvas) *canvas =
            paint(edition, (enum words_language)(i % 2), (enum chart_layout)(i / 2));
        check_no_cut(canvas);
    }
}

/* A dot lies where its day says, and its lane above that of the terminations. */
static void the_axis_is_one_for_all_rows(void) {
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    const struct subject subject = {edition, NULL, words};
    struct notice notice = notice_lay_out(&subject);
    const struct scale *days = &notice.plot.days;
    g_assert_cmpuint(notice.places->len, ==, 10);
    g_assert_cmpfloat_with_epsilon(scale_px(days, 30), (days->from_px + days->to_px) / 2,
                                   1e-9);
    g_assert_cmpfloat(notice.most, ==, 1235);
    g_assert_cmpfloat(notice.height, >=, notice.top + notice.pitch * 10);
    notice_clear(&notice);
}

int main(int argc, char **argv) {
    const struct {
        const char *fact;
        void (*test)(void);
    } tests[] = {
#define FACT(name) {"/chart_notice/" #name, name}
        FACT(every_change_is_in_one_mark),
        FACT(five_alike_are_one_mark_with_their_number),
        FACT(a_notice_of_exactly_the_limit_is_in_time),
        FACT(a_notice_beyond_the_axis_is_told_with_its_days),
        FACT(no_change_is_neither_no_register_nor_no_date),
        FACT(a_hidden_bin_is_hatched_and_a_zero_is_written),
        FACT(a_claim_names_only_the_places_it_holds_of),
        FACT(names_that_do_not_fit_are_counted),
        FACT(an_edition_without_notices_says_so),
        FACT(nothing_but_names_is_cut),
        FACT(the_axis_is_one_for_all_rows),
    };
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add_func(tests[i].fact, tests[i].test);
    return g_test_run();
}
