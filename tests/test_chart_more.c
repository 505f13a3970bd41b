#include "coverage.h"
#include "funnel.h"
#include "heatmap.h"
#include "painted.h"
#include "robustness.h"
#include "share.h"
#include "signatories.h"

#include <string.h>

static const char *const ids[] = {"signatories", "robustness", "heatmap",
                                  "coverage",    "share",      "funnel"};

static struct canvas *paint(const struct edition *edition, const char *id,
                            enum words_language language) {
    return paint_chart(edition, id, language, CHART_WIDE);
}

static bool mentions(const struct canvas *canvas, const char *part) {
    for (guint i = 0; i < canvas->shapes->len; i++) {
        const struct shape *shape = canvas->shapes->pdata[i];
        if (shape->kind == SHAPE_TEXT && strstr(shape->text, part) != NULL)
            return true;
    }
    return false;
}

static int count_shapes(const struct canvas *canvas, enum shape_kind kind) {
    int count = 0;
    for (guint i = 0; i < canvas->shapes->len; i++)
        count += ((const struct shape *)canvas->shapes->pdata[i])->kind == kind;
    return count;
}

static void add_source(struct edition *edition, const char *profile, int64_t stored,
                       int64_t rejected) {
    struct edition_source *source = edition_add_source(edition);
    source->profile = g_strdup(profile);
    source->sha256 = g_strnfill(64, 'a');
    source->records = (struct edition_account){.header = 1,
                                               .stored = stored,
                                               .updated = 3,
                                               .duplicates = 2,
                                               .rejected = rejected};
    source->bytes = (struct edition_account){.header = 10,
                                             .stored = 10 * stored,
                                             .updated = 30,
                                             .duplicates = 20,
                                             .rejected = 10 * rejected};
    source->bytes_total = 60 + 10 * stored + 10 * rejected;
}

/* A quarter's table: the first place hidden in its first month, the second one 0. */
static void add_quarter(struct edition *edition, int year, int month) {
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    for (guint i = 0; i < edition->marketplaces->len; i++)
        g_ptr_array_add(
            columns, ((struct edition_marketplace *)edition->marketplaces->pdata[i])->id);
    g_ptr_array_add(columns, (char *)"_total");
    g_ptr_array_add(columns, NULL);
    g_autofree char *id = g_strdup_printf("month-%04d-%02d", year, month + 2);
    g_autofree char *first = g_strdup_printf("%04d-%02d", year, month);
    g_autofree char *second = g_strdup_printf("%04d-%02d", year, month + 1);
    g_autofree char *third = g_strdup_printf("%04d-%02d", year, month + 2);
    const char *const rows[] = {first, second, third, "_total", NULL};
    struct edition_table *table =
        edition_add_table(edition, id, rows, (const char *const *)columns->pdata);
    for (guint row = 0; row < 4; row++)
        for (guint i = 0; i < columns->len - 1; i++)
            edition_table_cell(table, row, i)->value =
                i == 1 ? 0 : 7 + month + row + 10 * (i + 2 == columns->len);
    *edition_table_cell(table, 0, 0) = edition_unknown();
}

/* An edition of `count` places with everything that these charts show. */
static struct edition *filled(int count, int gap) {
    struct edition *edition = crowd(count, gap, true);
    edition->robustness.reason = REASON_NONE;
    g_ptr_array_set_size(edition->robustness.places, 0);
    for (int i = 0; i < count; i++) {
        struct edition_marketplace *place = edition->marketplaces->pdata[i];
        if (i % 2 == 0)
            place->signatory_from = 0;
        if (!place->overall.score.score.known)
            continue;
        struct edition_robust *robust = edition_add_robust(edition, place->id);
        for (int rank = 0; rank < count; rank++) {
            const double share = rank == i ? 99.7 : rank == (i + 1) % count ? 0.3 : 0;
            g_array_append_val(robust->rank_shares, share);
        }
        for (int variant = 0; variant < 12; variant++) {
            const int rank = variant == 11 ? 0 : i + 1;
            g_array_append_val(robust->variant_ranks, rank);
        }
    }
    for (int quarter = 0; quarter < 4 && count > 1; quarter++)
        add_quarter(edition, 2026, 1 + 3 * quarter);
    sample_add_funnel(&edition->funnel, 200);
    edition->funnel.dispersion = edition_known(2.5);
    add_source(edition, "canonical", 181000, 0);
    add_source(edition, "changes", 9, 1);
    add_source(edition, "unheard-of-profile-with-a-long-name", 0, 12);
    edition->coverage.firms = edition_known(123450);
    edition->coverage.complaints = edition_known(234560);
    edition->coverage.response = edition_known(83.3);
    edition->coverage.months_of_history = 36;
    return edition;
}

/* The ink of a text, 8 % wider than measured: another font may take the place of ours. */
static void wide_ink(const struct shape *shape, double *x, double *y, double *width,
                     double *height) {
    struct shape wider = *shape;
    wider.extent.advance *= 1.08;
    wider.extent.ink_x *= 1.08;
    wider.extent.ink_width *= 1.08;
    shape_ink(&wider, x, y, width, height);
}

static void check_apart(const struct canvas *canvas) {
    for (guint i = 0; i < canvas->shapes->len; i++) {
        const struct shape *one = canvas->shapes->pdata[i];
        double x, y, width, height;
        if (one->kind != SHAPE_TEXT)
            continue;
        wide_ink(one, &x, &y, &width, &height);
        if (x < 20 || y < 4 || x + width > canvas->width - 20 ||
            y + height > canvas->height - 4)
            g_error("%s: \"%s\" leaves the picture", canvas->id, one->text);
        g_assert_cmpfloat(one->size, >=, canvas->width == 600 ? 23.5 : 15);
        for (guint k = 0; k < i; k++) {
            const struct shape *other = canvas->shapes->pdata[k];
            double x2, y2, width2, height2;
            if (other->kind != SHAPE_TEXT)
                continue;
            wide_ink(other, &x2, &y2, &width2, &height2);
            if (x < x2 + width2 && x2 < x + width && y < y2 + height2 && y2 < y + height)
                g_error("%s: \"%s\" lies on \"%s\"", canvas->id, one->text, other->text);
        }
    }
}

static void full_pictures_of_any_number_of_places_keep_texts_apart(void) {
    const int counts[] = {0, 1, 2, 5, 15, 30};
    for (size_t c = 0; c < G_N_ELEMENTS(counts); c++)
        for (int gap = 0; gap < 4; gap++) {
            scoped(edition) *edition = filled(counts[c], gap);
            for (size_t i = 0; i < G_N_ELEMENTS(ids) * WORDS_LANGUAGES; i++) {
                const char *id = ids[i / WORDS_LANGUAGES];
                const enum words_language language = i % WORDS_LANGUAGES;
                scoped(canvas) *wide = paint(edition, id, language);
                check_apart(wide);
                if (!chart_has_layout(id, CHART_NARROW))
                    continue;
                scoped(canvas) *narrow = paint_chart(edition, id, language, CHART_NARROW);
                check_apart(narrow);
            }
        }
}

static void the_charts_are_listed(void) {
    scoped(edition) *edition = sample_edition(true);
    g_auto(GStrv) listed = chart_ids(edition);
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++)
        g_assert_true(g_strv_contains((const char *const *)listed, ids[i]));
}

static void a_difference_of_groups_is_claimed_only_where_it_is_sure(void) {
    scoped(edition) *edition = sample_edition(true);
    edition->signatories.p.value = 0.9;
    check_title(edition, "signatories", WORDS_FR,
                "Signataires de la charte et autres places ne sont pas départagés");
    edition->signatories.p.value = 0.91;
    check_title(
        edition, "signatories", WORDS_FR,
        "Les signataires de la charte ont 4,2 points de plus que les autres places");
    edition->signatories.p.value = 0.1;
    check_title(edition, "signatories", WORDS_EN,
                "Signatories of the charter and the other marketplaces cannot be told "
                "apart");
    edition->signatories.p.value = 0.09;
    edition->signatories.difference.value = -4.2;
    check_title(edition, "signatories", WORDS_EN,
                "Signatories of the charter score 4.2 points less than the other "
                "marketplaces");
}

static void the_difference_never_goes_without_its_caveat(void) {
    const double probabilities[] = {0.02, 0.5, 0.98};
    for (size_t i = 0; i < G_N_ELEMENTS(probabilities); i++) {
        scoped(edition) *edition = sample_edition(true);
        edition->signatories.p.value = probabilities[i];
        scoped(canvas) *canvas = paint(edition, "signatories", WORDS_FR);
        g_assert_true(
            mentions(canvas, "Écart observé, non effet démontré de la charte."));
    }
}

static void groups_that_cannot_be_compared_are_hatched_with_the_reason(void) {
    scoped(edition) *edition = sample_edition(true);
    scoped(canvas) *known = paint(edition, "signatories", WORDS_FR);
    edition->signatories = (struct edition_group){.reason = REASON_FEW_MARKETPLACES};
    scoped(canvas) *unknown = paint(edition, "signatories", WORDS_FR);
    g_assert_true(mentions(known, "+4,2"));
    g_assert_false(mentions(unknown, "+4,2"));
    g_assert_cmpint(count_texts(unknown, "trop peu de places notées"), ==, 1);
    g_assert_cmpint(count_shapes(unknown, SHAPE_HATCH), ==,
                    count_shapes(known, SHAPE_HATCH) + 1);
}

static void every_rated_place_is_a_dot_of_its_group_in_every_row(void) {
    scoped(edition) *edition = sample_edition(true);
    struct edition_marketplace *early = edition->marketplaces->pdata[0];
    struct edition_marketplace *late = edition->marketplaces->pdata[1];
    early->signatory_from = 0;
    late->signatory_from = INT32_MAX; /* after the window began: not yet one */
    g_assert_true(signatories_has(edition, early));
    g_assert_false(signatories_has(edition, late));
    int expected = 0;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        expected += place->overall.score.score.known;
        for (guint k = 0; k < place->pillars->len; k++)
            expected += ((const struct edition_pillar *)place->pillars->pdata[k])
                            ->score.score.known;
    }
    scoped(canvas) *canvas = paint(edition, "signatories", WORDS_EN);
    g_assert_cmpint(count_shapes(canvas, SHAPE_CIRCLE), ==, expected + 1);
    g_assert_cmpint(count_texts(canvas, "Signatories (1)"), >=, 2);
}

static void the_narrow_groups_have_the_dots_of_the_wide_ones(void) {
    scoped(edition) *edition = filled(15, 4);
    scoped(canvas) *wide = paint(edition, "signatories", WORDS_EN);
    scoped(canvas) *narrow = paint_chart(edition, "signatories", WORDS_EN, CHART_NARROW);
    g_assert_cmpint(count_shapes(narrow, SHAPE_CIRCLE), ==,
                    count_shapes(wide, SHAPE_CIRCLE));
    g_assert_cmpint(count_shapes(narrow, SHAPE_CIRCLE), >, 30);
    edition->signatories = (struct edition_group){.reason = REASON_FEW_MARKETPLACES};
    scoped(canvas) *unknown = paint_chart(edition, "signatories", WORDS_FR, CHART_NARROW);
    g_assert_cmpint(count_texts(unknown, "Trop peu de places notées"), ==, 1);
    g_assert_cmpint(count_shapes(unknown, SHAPE_HATCH), ==,
                    count_shapes(narrow, SHAPE_HATCH) + 1);
}

static void a_leader_is_named_only_where_no_weight_can_overtake_it(void) {
    scoped(edition) *edition = sample_edition(true);
    struct edition_robust *first = edition->robustness.places->pdata[0];
    g_assert_null(robustness_leader(edition)); /* its rank varies */
    g_array_index(first->rank_shares, double, 0) = 100;
    g_array_index(first->rank_shares, double, 1) = 0;
    for (guint i = 0; i < first->variant_ranks->len; i++)
        g_array_index(first->variant_ranks, int, i) = 1;
    g_assert_true(robustness_leader(edition) == edition->marketplaces->pdata[0]);
    check_title(edition, "robustness", WORDS_EN,
                "Comptoir Alizé stays first, whatever the weights of the pillars");
    const struct edition_marketplace *other = edition->marketplaces->pdata[4];
    struct edition_pillar *pillar = other->pillars->pdata[2];
    pillar->score.score.value = 99; /* all the weight on this pillar puts it first */
    g_assert_null(robustness_leader(edition));
}

static void a_range_of_ranks_holds_weightings_and_variants(void) {
    scoped(edition) *edition = sample_edition(true);
    struct edition_robust *robust = edition->robustness.places->pdata[3];
    for (guint i = 0; i < robust->rank_shares->len; i++)
        g_array_index(robust->rank_shares, double, i) = i == 4 ? 100 : 0;
    g_array_index(robust->variant_ranks, int, 0) = 7;
    g_array_index(robust->variant_ranks, int, 1) = 0; /* not computed: no rank */
    g_array_index(robust->variant_ranks, int, 2) = 5;
    const struct robustness_range range = robustness_range(robust);
    g_assert_cmpint(range.low, ==, 5);
    g_assert_cmpint(range.high, ==, 7);
}

static void the_most_frequent_rank_is_the_best_of_equals(void) {
    scoped(edition) *edition = filled(3, 0);
    struct edition_robust *robust = edition->robustness.places->pdata[0];
    const double shares[] = {10, 45, 45};
    for (guint i = 0; i < G_N_ELEMENTS(shares); i++)
        g_array_index(robust->rank_shares, double, i) = shares[i];
    double share;
    g_assert_cmpint(robustness_mode(robust, &share), ==, 2);
    g_assert_cmpfloat(share, ==, 45);
    g_array_set_size(robust->rank_shares, 0);
    g_assert_cmpint(robustness_mode(robust, &share), ==, 0);
}

/* From the pixels of a track back to the ranks. */
static void the_narrow_bar_spans_every_rank_obtained(void) {
    enum { PLACES = 5 };
    scoped(edition) *edition = filled(PLACES, 0);
    scoped(canvas) *canvas = paint_chart(edition, "robustness", WORDS_FR, CHART_NARROW);
    g_autoptr(GPtrArray) ranked = edition_ranked(edition);
    guint row = 0;
    for (guint i = 0; i < canvas->shapes->len && row < PLACES; i++) {
        const struct shape *shape = canvas->shapes->pdata[i];
        const struct edition_robust *robust =
            robustness_find(edition, ranked->pdata[row]);
        const struct robustness_range range = robustness_range(robust);
        if (shape->kind != SHAPE_PATH || shape->pen.token != TOKEN_INTERVAL)
            continue;
        const double pitch = (600.0 - 2 * 24) / PLACES;
        const struct point *ends = (const struct point *)(void *)shape->points->data;
        g_assert_cmpfloat_with_epsilon((ends[0].x - 24) / pitch + 0.5, range.low, 1e-9);
        g_assert_cmpfloat_with_epsilon((ends[1].x - 24) / pitch + 0.5, range.high, 1e-9);
        row++;
    }
    g_assert_cmpuint(row, ==, PLACES);
    g_assert_cmpint(count_texts(canvas, "1–2"), ==, 1);
    g_assert_cmpint(count_texts(canvas, "1–5"), ==, 1);
    g_assert_true(mentions(canvas, "Rang 1 dans 100\u202f% des"));
}

static void rare_ranks_are_little_never_nothing(void) {
    scoped(edition) *edition = filled(5, 0);
    scoped(canvas) *canvas = paint(edition, "robustness", WORDS_FR);
    g_assert_cmpint(count_texts(canvas, "<\u202f1\u202f%"), ==, 5);
    g_assert_cmpint(count_texts(canvas, "100\u202f%"), ==, 5);
    g_assert_cmpint(count_texts(canvas, "0\u202f%"), ==, 0);
}

static void without_robustness_every_row_says_why(void) {
    scoped(edition) *edition = sample_edition(false);
    scoped(canvas) *canvas = paint(edition, "robustness", WORDS_FR);
    g_assert_cmpint(count_texts(canvas, "non calculé dans cette version"), ==, 9);
    g_assert_cmpint(count_shapes(canvas, SHAPE_HATCH), ==, 10);
    check_title(edition, "robustness", WORDS_FR,
                "Trop peu de places notées pour éprouver le rang");
}

static void check_hidden(enum chart_layout layout) {
    scoped(edition) *edition = filled(5, 0);
    scoped(canvas) *hidden = paint_chart(edition, "heatmap", WORDS_FR, layout);
    /* One month of each quarter, and the sample of the key. */
    g_assert_cmpint(count_shapes(hidden, SHAPE_HATCH), ==, 4 + 1);
    g_assert_cmpint(count_texts(hidden, "0"), ==, 16);
    for (guint i = 0; i < edition->tables->len; i++)
        *edition_table_cell(edition->tables->pdata[i], 0, 0) = edition_known(0);
    scoped(canvas) *open = paint_chart(edition, "heatmap", WORDS_FR, layout);
    g_assert_cmpint(count_shapes(open, SHAPE_HATCH), ==, 1);
    g_assert_cmpint(count_texts(open, "0"), ==, 20);
}

static void a_hidden_count_is_hatched_and_a_zero_is_written(void) {
    check_hidden(CHART_WIDE);
    check_hidden(CHART_NARROW);
}

/* Every figure of the wide table, month heads included. */
static void the_narrow_quarters_hold_every_count(void) {
    scoped(edition) *edition = filled(15, 4);
    scoped(canvas) *wide = paint(edition, "heatmap", WORDS_FR);
    scoped(canvas) *narrow = paint_chart(edition, "heatmap", WORDS_FR, CHART_NARROW);
    for (int count = 0; count < 100; count++) {
        g_autofree char *text = g_strdup_printf("%d", count);
        g_assert_cmpint(count_texts(narrow, text), ==, count_texts(wide, text));
    }
    g_assert_cmpint(count_texts(narrow, "Total"), ==, 4);
    g_assert_cmpint(count_texts(narrow, "Avril 2026 – juin 2026"), ==, 1);
}

static void a_place_outside_the_table_is_hidden_not_zero(void) {
    scoped(edition) *edition = filled(3, 0);
    g_autoptr(GArray) columns = heatmap_columns(edition);
    const struct heatmap_column *column =
        &g_array_index(columns, struct heatmap_column, 0);
    g_assert_cmpuint(columns->len, ==, 16);
    g_assert_false(heatmap_cell(column, "nobody").known);
    g_assert_true(heatmap_cell(column, "place-1").known);
    g_assert_true(heatmap_cell(column, NULL).known);
}

static void months_are_in_order_and_the_oldest_give_way(void) {
    scoped(edition) *edition = filled(3, 0);
    add_quarter(edition, 2025, 10);
    add_quarter(edition, 2027, 1);
    g_autoptr(GArray) columns = heatmap_columns(edition);
    g_assert_cmpuint(columns->len, ==, 16);
    for (guint i = 0; i < columns->len; i++) {
        const struct heatmap_column *column =
            &g_array_index(columns, struct heatmap_column, i);
        const struct heatmap_column *before = i == 0 ? column : column - 1;
        g_assert_cmpint(column->month, ==,
                        i == 0 ? 2026 * 12 + 3 : before->month + !column->total);
        g_assert_true(column->total == (i % 4 == 3));
    }
}

static void the_busiest_month_is_told_only_where_every_month_is_known(void) {
    scoped(edition) *edition = filled(3, 0);
    check_title(edition, "heatmap", WORDS_FR,
                "Toutes places réunies, de 18 à 29 signalements par mois, le plus en "
                "décembre 2026");
    *edition_table_cell(edition->tables->pdata[2], 1, 3) = edition_unknown();
    check_title(edition, "heatmap", WORDS_FR,
                "Signalements par place de marché et par mois");
    scoped(edition) *none = sample_edition(true);
    check_title(none, "heatmap", WORDS_EN, "No monthly table published in this edition");
}

static void the_outcomes_of_records_add_up(void) {
    scoped(edition) *edition = filled(2, 0);
    add_source(edition, "canonical", 20, 5);
    const struct edition_account own = coverage_sum(edition, "canonical");
    const struct edition_account all = coverage_sum(edition, NULL);
    g_assert_cmpint(own.stored, ==, 181020);
    g_assert_cmpint(coverage_records(&own), ==, 181000 + 20 + 5 + 2 * 5);
    g_assert_cmpint(coverage_records(&all), ==, 181029 + 18 + 4 * 5);
    scoped(canvas) *canvas = paint(edition, "coverage", WORDS_FR);
    g_assert_cmpint(count_texts(canvas, "Format du baromètre"), ==, 1);
    g_assert_cmpint(count_texts(canvas, "181\u202f067"), ==, 1);
    scoped(canvas) *narrow = paint_chart(edition, "coverage", WORDS_FR, CHART_NARROW);
    for (int i = 0; i < COVERAGE_OUTCOMES; i++) {
        scoped(words) *words = open_words(WORDS_FR);
        const int64_t count = coverage_outcome(&all, i);
        g_autofree char *text = words_number(words, (double)count, 0);
        g_autofree char *label = words_say(words, coverage_outcome_key(i), NULL);
        g_assert_cmpint(count_texts(narrow, text), ==, count_texts(canvas, text));
        g_assert_cmpint(count_texts(narrow, label), ==, 3 + 1); /* sources, and all */
    }
    g_assert_cmpint(count_texts(narrow, "181\u202f067"), ==, 1);
}

static void every_byte_is_claimed_only_where_it_is_so(void) {
    scoped(edition) *edition = filled(2, 0);
    check_title(edition, "coverage", WORDS_EN,
                "181,037 records received, 13 refused: every byte is accounted for");
    ((struct edition_source *)edition->sources->pdata[1])->bytes_total++;
    check_title(edition, "coverage", WORDS_EN, "181,037 records received, 13 refused");
}

static void hidden_coverage_is_not_determined(void) {
    scoped(edition) *edition = filled(2, 0);
    edition->coverage =
        (struct edition_coverage){.reason = REASON_SUPPRESSED, .months_of_history = -1};
    scoped(canvas) *canvas = paint(edition, "coverage", WORDS_FR);
    g_assert_cmpint(count_texts(canvas, "n.d."), ==, 4);
    g_assert_false(mentions(canvas, "123\u202f450"));
}

static void the_shared_picture_names_and_orders_nobody(void) {
    scoped(edition) *edition = sample_edition(true);
    scoped(canvas) *before = paint(edition, "share", WORDS_FR);
    g_assert_cmpfloat(before->width, ==, 1200);
    g_assert_cmpfloat(before->height, ==, 630);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        struct edition_marketplace *place = edition->marketplaces->pdata[i];
        g_assert_false(mentions(before, place->name));
        /* Another score in the same band draws the same picture. */
        if (place->overall.score.score.known)
            place->overall.score.score.value += 0.1;
    }
    scoped(canvas) *after = paint(edition, "share", WORDS_FR);
    g_autoptr(GBytes) one = canvas_svg(before), two = canvas_svg(after);
    g_assert_true(g_bytes_equal(one, two));
}

static void nothing_on_the_shared_picture_is_cut(void) {
    for (int count = 0; count <= 30; count += 3)
        for (int l = 0; l < WORDS_LANGUAGES; l++) {
            scoped(edition) *edition = crowd(count, 2 + count % 3, true);
            scoped(canvas) *canvas = paint(edition, "share", (enum words_language)l);
            g_assert_false(mentions(canvas, "…"));
        }
}

static void the_bands_hold_every_rated_place_once(void) {
    scoped(edition) *edition = crowd(30, 3, true);
    int rated = 0, dots = 0;
    for (guint band = 0; band < edition->bands->len; band++) {
        const struct share_count count = share_count(edition, band);
        rated += count.rated;
        dots += count.rated <= 12 ? count.rated : 0;
        g_assert_cmpint(count.sure, <=, count.rated);
        g_assert_cmpint(count.rated, <=, count.possible);
    }
    scoped(canvas) *canvas = paint(edition, "share", WORDS_FR);
    g_assert_cmpint(rated, ==, 20);
    g_assert_cmpint(count_shapes(canvas, SHAPE_CIRCLE), ==, dots);
}

static void a_grade_is_promised_at_the_end_of_the_interval(void) {
    scoped(edition) *edition = sample_edition(true);
    int good = 0;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        struct edition_marketplace *place = edition->marketplaces->pdata[i];
        if (!place->overall.score.score.known)
            continue;
        good += place->overall.score.low.value >= 65;
    }
    g_assert_cmpint(good, ==, 3);
    check_title(
        edition, "share", WORDS_FR,
        "Trois places de marché notées sur neuf gardent au moins la note B au bas "
        "de leur intervalle");
    scoped(edition) *bare = sample_edition(false);
    check_title(bare, "share", WORDS_EN, "Nine marketplaces rated this month");
    scoped(canvas) *canvas = paint(bare, "share", WORDS_EN);
    g_assert_false(mentions(canvas, "between"));
}

static void chance_names_nobody_inside_the_outer_limits(void) {
    scoped(edition) *edition = sample_edition(true);
    check_title(edition, "funnel", WORDS_FR,
                "Place Marine et Mille Rayons\u00a0: plus de signalements que n’en "
                "explique le hasard");
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        struct edition_expectation *own =
            &((struct edition_marketplace *)edition->marketplaces->pdata[i])->expectation;
        if (own->position == POSITION_ABOVE_OUTER)
            own->position = POSITION_ABOVE_INNER;
    }
    check_title(edition, "funnel", WORDS_EN,
                "Comptoir Alizé: fewer reports than chance explains");
    ((struct edition_marketplace *)edition->marketplaces->pdata[0])
        ->expectation.position = POSITION_BELOW_INNER;
    check_title(edition, "funnel", WORDS_EN, "No marketplace can be told from chance");
}

static void a_funnel_without_expectations_says_why(void) {
    scoped(edition) *edition = sample_edition(false);
    edition->funnel.reason = REASON_FEW_MARKETPLACES;
    scoped(canvas) *canvas = paint(edition, "funnel", WORDS_FR);
    g_assert_cmpint(count_shapes(canvas, SHAPE_CIRCLE), ==, 0);
    g_assert_cmpint(count_shapes(canvas, SHAPE_HATCH), ==, 1);
    g_assert_true(mentions(canvas, "trop peu de places notées"));
    check_title(edition, "funnel", WORDS_EN,
                "Too few data to relate reports to the number of sellers");
}

/* Each has its own reason, and none has a ratio of 0. */
static void every_place_is_marked_or_its_reason_told(void) {
    scoped(edition) *edition = filled(15, 0);
    scoped(canvas) *canvas = paint(edition, "funnel", WORDS_EN);
    int unknown = 0;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        if (place->expectation.ratio.known)
            continue;
        unknown++;
        if (g_utf8_strlen(place->name, -1) < 80)
            g_assert_true(mentions(canvas, place->name));
    }
    g_assert_cmpint(unknown, >, 2);
    g_assert_true(mentions(canvas, "number of sellers not published"));
    g_assert_true(mentions(canvas, "too few reports expected"));
    g_assert_true(mentions(canvas, "vary 2.5 times more than by chance"));
}

static void a_mark_lies_where_the_edition_says(void) {
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    const struct subject subject = {edition, NULL, words};
    struct funnel funnel =
        funnel_lay_out(&subject, (struct label_box){100, 50, 580, 450});
    g_assert_cmpuint(funnel.marks->len, ==, 9);
    g_assert_cmpuint(funnel.missing->len, ==, 1);
    g_assert_true(funnel.lane);
    g_assert_cmpfloat(funnel.ratio.to, ==, 2.5);
    for (guint i = 0; i < funnel.marks->len; i++) {
        const struct funnel_mark *mark =
            &g_array_index(funnel.marks, struct funnel_mark, i);
        const struct edition_expectation *own = &mark->place->expectation;
        g_assert_cmpfloat_with_epsilon(mark->x, 100 + 2 * own->expected.value, 1e-9);
        g_assert_cmpfloat_with_epsilon(mark->y, 450 - 160 * own->ratio.value, 1e-9);
        g_assert_cmpfloat(mark->high_y, <=, mark->y);
        g_assert_cmpfloat(mark->low_y, >=, mark->y);
    }
    funnel_clear(&funnel);
}

static bool boxes_meet(const struct label_box *a, const struct label_box *b) {
    return a->left < b->right && b->left < a->right && a->top < b->bottom &&
           b->top < a->bottom;
}

/* Forty marks on a few points: what finds room never lies on another label or mark. */
static void labels_keep_clear_of_each_other(void) {
    const struct label_box bounds = {0, 0, 800, 400};
    scoped(label_field) *field = label_field_new(bounds);
    struct label_spot spots[40];
    guint placed = 0;
    for (int i = 0; i < 40; i++)
        label_field_hold(field, (struct label_box){i % 8 * 100 + 40, i % 5 * 80 + 30,
                                                   i % 8 * 100 + 54, i % 5 * 80 + 44});
    for (int i = 0; i < 40; i++)
        placed += label_place(field, i % 8 * 100 + 47, i % 5 * 80 + 37, 7, 120, 20, 1000,
                              &spots[placed]);
    g_assert_cmpuint(placed, >, 8);
    for (guint i = 0; i < placed; i++) {
        g_assert_cmpfloat(spots[i].box.left, >=, bounds.left);
        g_assert_cmpfloat(spots[i].box.bottom, <=, bounds.bottom);
        for (guint k = 0; k < i; k++)
            g_assert_false(boxes_meet(&spots[i].box, &spots[k].box));
        for (guint k = 0; k < 40; k++)
            g_assert_false(boxes_meet(&spots[i].box,
                                      &g_array_index(field->hard, struct label_box, k)));
    }
}

int main(int argc, char **argv) {
    const struct {
        const char *fact;
        void (*test)(void);
    } tests[] = {
#define FACT(name) {"/chart_more/" #name, name}
        FACT(full_pictures_of_any_number_of_places_keep_texts_apart),
        FACT(the_charts_are_listed),
        FACT(a_difference_of_groups_is_claimed_only_where_it_is_sure),
        FACT(the_difference_never_goes_without_its_caveat),
        FACT(groups_that_cannot_be_compared_are_hatched_with_the_reason),
        FACT(every_rated_place_is_a_dot_of_its_group_in_every_row),
        FACT(the_narrow_groups_have_the_dots_of_the_wide_ones),
        FACT(a_leader_is_named_only_where_no_weight_can_overtake_it),
        FACT(a_range_of_ranks_holds_weightings_and_variants),
        FACT(the_most_frequent_rank_is_the_best_of_equals),
        FACT(the_narrow_bar_spans_every_rank_obtained),
        FACT(rare_ranks_are_little_never_nothing),
        FACT(without_robustness_every_row_says_why),
        FACT(a_hidden_count_is_hatched_and_a_zero_is_written),
        FACT(the_narrow_quarters_hold_every_count),
        FACT(a_place_outside_the_table_is_hidden_not_zero),
        FACT(months_are_in_order_and_the_oldest_give_way),
        FACT(the_busiest_month_is_told_only_where_every_month_is_known),
        FACT(the_outcomes_of_records_add_up),
        FACT(every_byte_is_claimed_only_where_it_is_so),
        FACT(hidden_coverage_is_not_determined),
        FACT(the_shared_picture_names_and_orders_nobody),
        FACT(nothing_on_the_shared_picture_is_cut),
        FACT(the_bands_hold_every_rated_place_once),
        FACT(a_grade_is_promised_at_the_end_of_the_interval),
        FACT(chance_names_nobody_inside_the_outer_limits),
        FACT(a_funnel_without_expectations_says_why),
        FACT(every_place_is_marked_or_its_reason_told),
        FACT(a_mark_lies_where_the_edition_says),
        FACT(labels_keep_clear_of_each_other),
    };
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add_func(tests[i].fact, tests[i].test);
    return g_test_run();
}
