#include "barometre/watch.h"

#include "barometre/edition.h"
#include "barometre/notice.h"
#include "barometre/score.h"

#include <math.h>
#include <string.h>

/* wilson: the shares p that a score test at 5 % does not reject,
 * (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n). */
void watch_wilson(int yes, int n, double *low, double *high) {
    static const double z = 1.959963984540054;
    const double share = (double)yes / n, z2 = z * z;
    const double centre = share + z2 / (2 * n);
    const double half = z * sqrt(share * (1 - share) / n + z2 / (4.0 * n * n));
    *low = yes == 0 ? 0 : (centre - half) / (1 + z2 / n);
    *high = yes == n ? 1 : (centre + half) / (1 + z2 / n);
}

/* Weights of 0 … trials successes, relative to the likeliest one; only + − × ÷, so that
 * every processor has the same bits. */
static GArray *binomial_weights(int trials, double odds) {
    GArray *weights = g_array_new(FALSE, TRUE, sizeof(double));
    g_array_set_size(weights, (guint)trials + 1);
    double *weight = &g_array_index(weights, double, 0);
    const int mode = MIN(trials, (int)((trials + 1) * (odds / (1 + odds))));
    weight[mode] = 1;
    for (int k = mode; k < trials; k++)
        weight[k + 1] = weight[k] * (trials - k) / (k + 1) * odds;
    for (int k = mode; k > 0; k--)
        weight[k - 1] = weight[k] * k / ((trials - k + 1) * odds);
    return weights;
}

double watch_change_p(int a, int n, int b, int m) {
    static const double rounding = 1e-7; /* outcomes as likely as this one, as R does */
    g_autoptr(GArray) weights = binomial_weights(a + b, (double)n / m);
    const double own = g_array_index(weights, double, (guint)a) * (1 + rounding);
    double all = 0, unlike = 0;
    for (guint k = 0; k < weights->len; k++) {
        const double weight = g_array_index(weights, double, k);
        all += weight;
        unlike += weight <= own ? weight : 0;
    }
    return unlike / all;
}

/* A count that secrecy hides: of somebody, but of fewer than the threshold. */
static bool is_secret(const struct method *method, int firms) {
    return firms > 0 && firms < method->disclosure_threshold;
}

/* A share with its interval tells both of its counts. */
static bool tells_secret(const struct method *method, int yes, int n) {
    return is_secret(method, n) || is_secret(method, yes) || is_secret(method, n - yes);
}

static struct edition_number percent(double share) {
    return edition_known(round(share * 1000) / 10);
}

/* Not judged by secrecy. n > 0. */
static struct edition_share open_share(int yes, int n) {
    double low, high;
    watch_wilson(yes, n, &low, &high);
    return (struct edition_share){percent((double)yes / n), percent(low), percent(high),
                                  REASON_NONE};
}

static struct edition_share missing_share(enum edition_reason reason) {
    return (struct edition_share){.reason = reason};
}

static struct edition_share firm_share(const struct method *method, int yes, int n) {
    if (n == 0)
        return missing_share(REASON_NO_REPORTS);
    return tells_secret(method, yes, n) ? missing_share(REASON_SUPPRESSED)
                                        : open_share(yes, n);
}

/* change: claimed only where equal shares would seldom differ as much. A claim against a
 * hidden share would tell of it. */
static void judge_change(struct edition_watch *watched, const struct method *method,
                         int now, int firms_now, int before, int firms_before) {
    watched->change = CLAIM_UNKNOWN;
    watched->change_reason = watched->firms.reason;
    if (!watched->firms.share.known)
        return;
    watched->change_reason = firms_before == 0 ? REASON_NO_REPORTS : REASON_SUPPRESSED;
    if (firms_before == 0 || tells_secret(method, before, firms_before))
        return;
    watched->change_reason = REASON_NONE;
    watched->change = CLAIM_NONE;
    if (watch_change_p(now, firms_now, before, firms_before) < method->watch.change_p)
        watched->change = (int64_t)now * firms_before < (int64_t)before * firms_now
                              ? CLAIM_IMPROVING
                              : CLAIM_WORSENING;
}

/* Two significant digits: the sums of two editions then do not tell what one firm added.
 */
static double blunt(int64_t sum) {
    int64_t unit = 1;
    while (sum / unit >= 100)
        unit *= 10;
    return (double)((sum + unit / 2) / unit * unit);
}

static void judge_withheld(struct edition_watch *watched, const struct method *method,
                           const struct watch_counts *counts) {
    const double most = method->watch.dominance * (double)counts->withheld_eur;
    watched->amount_reason = counts->withheld_firms == 0 ? REASON_FEW_ANSWERS
                             : is_secret(method, counts->withheld_firms) ||
                                     (double)counts->most_withheld_eur > most
                                 ? REASON_SUPPRESSED
                                 : REASON_NONE;
    if (watched->amount_reason == REASON_NONE)
        watched->amount = edition_known(blunt(counts->withheld_eur));
}

/* The loss that the k-th firm from below tells, k from 0. */
static int loss_of(const struct watch_counts *counts, int k) {
    int loss = 0;
    for (k -= counts->losses[0]; k >= 0; k -= counts->losses[loss])
        loss++;
    return loss;
}

static void judge_loss(struct edition_watch *watched, const struct method *method,
                       const struct watch_counts *counts) {
    int told = 0;
    for (int loss = 0; loss <= WATCH_MOST_LOSS; loss++)
        told += counts->losses[loss];
    watched->amount_reason =
        told < method->watch.median_firms ? REASON_FEW_ANSWERS : REASON_NONE;
    if (watched->amount_reason == REASON_NONE)
        watched->amount = edition_known(
            (loss_of(counts, (told - 1) / 2) + loss_of(counts, told / 2)) / 2.0);
}

static void fill_dimension(struct edition_watch *watched, const struct method *method,
                           const struct watch_place *place,
                           enum watch_dimension dimension) {
    const struct watch_counts *now = &place->windows[0], *before = &place->windows[1];
    watched->firms = firm_share(method, now->yes[dimension], now->firms);
    if (watched->firms.share.known)
        watched->firms_class = score_class(method, now->yes[dimension]);
    judge_change(watched, method, now->yes[dimension], now->firms, before->yes[dimension],
                 before->firms);
    watched->amount = edition_unknown();
    watched->amount_reason = REASON_NONE;
    if (dimension == WATCH_WITHHELD)
        judge_withheld(watched, method, now);
    else if (dimension == WATCH_TURNOVER_LOSS)
        judge_loss(watched, method, now);
}

/* Settled, failed and still open add up to referred: where the open ones alone would be
 * few, a second share is hidden with them. */
static void fill_mediation(struct edition_mediation *mediation,
                           const struct method *method,
                           const struct watch_counts *counts) {
    const int referred = counts->referred;
    const bool hidden = is_secret(method, referred);
    *mediation = (struct edition_mediation){
        .referred = hidden ? edition_unknown() : edition_known(referred),
        .reason = hidden ? REASON_SUPPRESSED : REASON_NONE,
        .settled = firm_share(method, counts->settled, referred),
        .failed = firm_share(method, counts->failed, referred),
    };
    const int open = referred - counts->settled - counts->failed;
    if (mediation->settled.share.known && mediation->failed.share.known &&
        is_secret(method, open))
        mediation->failed = missing_share(REASON_SUPPRESSED);
}

/* The published median of the delay that the support pillar measures. */
static struct edition_median lived_median(const struct edition_marketplace *marketplace,
                                          const struct method *method) {
    for (int p = 0; p < method->pillar_count; p++) {
        if (method->pillars[p].reported_by != FIELD_PILLAR_S)
            continue;
        const struct edition_pillar *pillar =
            g_ptr_array_index(marketplace->pillars, (guint)p);
        for (guint i = 0; i < pillar->indicators->len; i++)
            if (method->pillars[p].indicators[i].kind == INDICATOR_DELAY)
                return ((struct edition_indicator *)g_ptr_array_index(pillar->indicators,
                                                                      i))
                    ->median;
    }
    return (struct edition_median){.reason = REASON_NOT_COMPUTED};
}

static void fill_declared(struct edition_marketplace *marketplace,
                          const struct method *method, const struct watch_place *place) {
    for (guint i = 0; i < place->declared->len; i++) {
        const struct watch_declared *declared = g_ptr_array_index(place->declared, i);
        struct edition_declared *published = edition_add_declared(marketplace);
        published->from = declared->from;
        published->to = declared->to;
        published->complaints = edition_known((double)declared->complaints);
        if (declared->mean_known)
            published->mean_days = edition_known(round(declared->mean_days * 10) / 10);
        if (declared->reversed_known)
            published->reversed = edition_known((double)declared->reversed);
        published->source = g_strdup(declared->source);
        published->lived = lived_median(marketplace, method);
    }
}

static int compare_days(const void *left, const void *right) {
    const int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

static int compare_changes(const void *left, const void *right) {
    const struct watch_change *a = *(struct watch_change *const *)left;
    const struct watch_change *b = *(struct watch_change *const *)right;
    if (a->effective_on != b->effective_on)
        return a->effective_on < b->effective_on ? -1 : 1;
    return strcmp(a->id, b->id);
}

/* Tells the changes one by one; gives the known notices, in order. */
static GArray *fill_acts(struct edition_marketplace *marketplace,
                         const struct watch_place *place) {
    GArray *notices = g_array_new(FALSE, FALSE, sizeof(int32_t));
    g_ptr_array_sort(place->changes, compare_changes);
    for (guint i = 0; i < place->changes->len; i++) {
        const struct watch_change *change = g_ptr_array_index(place->changes, i);
        struct edition_change *told =
            edition_add_change(marketplace, change->id, change->kind);
        told->effective_on = change->effective_on;
        if (change->notified_on == COMPLAINT_UNKNOWN)
            continue;
        const int32_t days = change->effective_on - change->notified_on;
        told->notice_days = edition_known(days);
        g_array_append_val(notices, days);
    }
    g_array_sort(notices, compare_days);
    return notices;
}

/* The register is public: nothing of it is hidden. */
static void fill_changes(struct edition_marketplace *marketplace,
                         const struct method *method, const struct watch *watch,
                         const struct watch_place *place) {
    struct edition_changes *changes = &marketplace->changes;
    g_autoptr(GArray) notices = fill_acts(marketplace, place);
    changes->count = watch->registered ? (int)place->changes->len : -1;
    changes->reason = watch->registered ? REASON_FEW_CHANGES : REASON_NOT_COMPUTED;
    changes->short_notice = missing_share(changes->reason);
    if (notices->len == 0)
        return;
    const int32_t lower = g_array_index(notices, int32_t, (notices->len - 1) / 2);
    const int32_t upper = g_array_index(notices, int32_t, notices->len / 2);
    changes->reason = REASON_NONE;
    changes->median_notice_days = edition_known((lower + upper) / 2.0);
    int shorter = 0;
    for (guint i = 0; i < notices->len; i++)
        shorter += g_array_index(notices, int32_t, i) < method->watch.short_notice_days;
    changes->short_notice = open_share(shorter, (int)notices->len);
    /* Nothing is claimed of fewer than would make a score. */
    if (method->notice.known && (int)notices->len >= method->gates.pillar_changes)
        changes->excess = notice_excess(method, shorter, (int)notices->len);
}

void watch_fill(struct edition *edition, const struct method *method,
                const struct watch *watch) {
    g_assert(watch->place_count == (int)edition->marketplaces->len);
    g_assert(watch->last_month == edition->as_of);
    if (!method->watch.known)
        return;
    for (int i = 0; i < watch->place_count; i++) {
        struct edition_marketplace *marketplace =
            g_ptr_array_index(edition->marketplaces, (guint)i);
        const struct watch_place *place = &watch->places[i];
        for (int d = 0; d < WATCH_DIMENSIONS; d++)
            fill_dimension(edition_add_watch(marketplace,
                                             watch_dimension_id((enum watch_dimension)d)),
                           method, place, (enum watch_dimension)d);
        fill_mediation(&marketplace->mediation, method, &place->windows[0]);
        fill_declared(marketplace, method, place);
        fill_changes(marketplace, method, watch, place);
    }
}
