#include "barometre/notice.h"

#include "barometre/month.h"

#include "indicator.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define MOST_BINS (METHOD_MOST_BINS + 1) /* with the one before the first */

/* Hides bins of a line until what is hidden leaves every bin a range of T. */
static void hide_line(const int *firms, bool *hidden, int from, int to, int threshold) {
    for (;;) {
        int sum = 0, count = 0, next = -1;
        for (int i = from; i < to; i++) {
            count += hidden[i];
            sum += hidden[i] ? firms[i] : 0;
            if (!hidden[i] && firms[i] > 0 && (next < 0 || firms[i] < firms[next]))
                next = i;
        }
        if (count == 0 || (count > 1 && sum >= threshold))
            return;
        if (next < 0)
            break;
        hidden[next] = true;
    }
    for (int i = from; i < to; i++)
        hidden[i] = true;
}

void notice_hide(const int *firms, bool *hidden, int count, int split, int threshold) {
    for (int i = 0; i < count; i++)
        hidden[i] = firms[i] > 0 && firms[i] < threshold;
    if (split == 0) {
        hide_line(firms, hidden, 0, count, threshold);
        return;
    }
    hide_line(firms, hidden, 0, split, threshold);
    hide_line(firms, hidden, split, count, threshold);
}

/* excess: P(share > 1/k) of the Jeffreys posterior Beta(late + φ, n − late + φ), φ the
 * phantom weight: that of the share's own draws. Judged as it is printed. */
struct edition_excess notice_excess(const struct method *method, int late, int n) {
    const double phantom = method->phantom_weight;
    for (const int *one_in = method->notice.one_in; *one_in > 0; one_in++) {
        const double p =
            gsl_cdf_beta_Q(1.0 / *one_in, late + phantom, n - late + phantom);
        const double told = round(p * 100) / 100;
        if (told > method->claims.ahead + 1e-9)
            return (struct edition_excess){*one_in, edition_known(told)};
    }
    return (struct edition_excess){0};
}

/* The bin of a notice; the first holds what is below them all, and none at all. */
static int bin_of(const struct method_notice *notice, int32_t days) {
    int bin = 0;
    while (bin < notice->bin_count && days >= notice->bins[bin])
        bin++;
    return bin;
}

static void count_bins(int firms[static MOST_BINS], const struct method_notice *notice,
                       const struct tally_cell *cell) {
    for (guint i = 0; i < cell->notices->len; i++) {
        const struct tally_notice *told =
            &g_array_index(cell->notices, struct tally_notice, i);
        if (told->indicator == notice->terminations[1])
            firms[bin_of(notice, told->days)] += told->firms;
    }
}

/* To the nearest multiple of T: what the bins of two months differ by is not what one
 * month added. A count of T and more stays one. */
static double blunt(int firms, int threshold) {
    return (double)((firms + threshold / 2) / threshold * threshold);
}

static void fill_terminations(struct edition_marketplace *marketplace,
                              const struct method *method, const struct tally_cell *cell,
                              bool scored) {
    const struct method_notice *notice = &method->notice;
    const struct method_indicator *indicator =
        &method->pillars[notice->terminations[0]].indicators[notice->terminations[1]];
    const int count = notice->bin_count + 1, threshold = method->disclosure_threshold;
    struct edition_terminations *terminations = &marketplace->terminations;
    int firms[MOST_BINS] = {0};
    bool hidden[MOST_BINS];
    count_bins(firms, notice, cell);
    notice_hide(firms, hidden, count, scored ? bin_of(notice, indicator->rule.days) : 0,
                threshold);
    terminations->reason = REASON_NONE;
    for (int i = 0; i < count; i++) {
        const struct edition_number told =
            hidden[i] ? edition_unknown() : edition_known(blunt(firms[i], threshold));
        g_array_append_val(terminations->firms, told);
        if (hidden[i])
            terminations->reason = REASON_SUPPRESSED;
    }
    const int n = indicator_answers(cell->patterns, notice->terminations[1]);
    const int kept =
        indicator_favourable(cell->patterns, notice->terminations[1], INDICATOR_SHARE);
    if (scored)
        terminations->excess = notice_excess(method, n - kept, n);
}

static void fill_limit(struct edition_legal_limit *limit, const struct edition *edition,
                       const struct method *method, const struct legal *legal,
                       const int place[static 2]) {
    const struct method_indicator *indicator =
        &method->pillars[place[0]].indicators[place[1]];
    limit->days = indicator->rule.days;
    for (int l = 0; l < WORDS_LANGUAGES; l++) {
        g_autofree char *law =
            legal_names(legal, indicator->basis, month_first_day(edition->window_from),
                        (enum words_language)l);
        limit->law[l] = *law == '\0' ? NULL : g_steal_pointer(&law);
    }
}

static void fill_notice(struct edition *edition, const struct method *method,
                        const struct legal *legal) {
    const struct method_notice *notice = &method->notice;
    const struct method_pillar *pillar = &method->pillars[notice->terminations[0]];
    edition->notice.known = true;
    edition->notice.step = method->disclosure_threshold;
    edition->notice.indicator = g_strdup(pillar->indicators[notice->terminations[1]].id);
    g_array_append_vals(edition->notice.bins, notice->bins, (guint)notice->bin_count);
    fill_limit(&edition->notice.changes, edition, method, legal, notice->changes);
    fill_limit(&edition->notice.terminations, edition, method, legal,
               notice->terminations);
}

void notice_fill(struct edition *edition, const struct method *method,
                 const struct legal *legal, const struct tally *tally) {
    g_assert(tally->marketplace_count == (int)edition->marketplaces->len);
    if (!method->notice.known)
        return;
    fill_notice(edition, method, legal);
    for (int i = 0; i < tally->marketplace_count; i++) {
        struct edition_marketplace *marketplace =
            g_ptr_array_index(edition->marketplaces, (guint)i);
        const struct edition_indicator *indicator =
            edition_terminations_indicator(edition, marketplace);
        fill_terminations(marketplace, method,
                          tally_cell(tally, 0, i, method->notice.terminations[0]),
                          indicator->score.score.known);
    }
}
