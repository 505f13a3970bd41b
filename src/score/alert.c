#include "barometre/alert.h"

#include "barometre/month.h"
#include "indicator.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { YEAR_MONTHS = 12 };

/* What the months of one tally are judged by. */
struct lookout {
    const struct method *method;
    const struct registry *registry;
    const struct tally *tally;
    int32_t first_month;        /* with a report anywhere; INT32_MAX without any */
    double season[YEAR_MONTHS]; /* factor of each calendar month, January first */
};

/* S ← max(0, S + n ln R − μ (R − 1)): the logarithm of the likelihood ratio of a Poisson
 * month with expectation Rμ against one with μ. */
double alert_step(const struct method_alert *alert, double before, int reports,
                  double expected) {
    return fmax(0, before + reports * log(alert->ratio) - expected * (alert->ratio - 1));
}

bool alert_is_due(const struct method_alert *alert, double sum) {
    return sum >= log(alert->likelihood);
}

bool alert_is_own(const struct method_alert *alert, int reports, int all_reports,
                  double usual_share) {
    if (reports <= 0)
        return false;
    const double p = gsl_cdf_binomial_Q((unsigned)reports - 1, CLAMP(usual_share, 0, 1),
                                        (unsigned)all_reports);
    return p < alert->share_probability;
}

/* Reports of the `months` ending with `last`, of one place or (place < 0) of all. */
static int reports_in(const struct tally *tally, int32_t last, int months, int place,
                      int pillar) {
    int reports = 0;
    const int begin = place < 0 ? 0 : place;
    const int end = place < 0 ? tally->marketplace_count : place + 1;
    for (int i = begin; i < end; i++)
        for (int32_t month = last - months + 1; month <= last; month++)
            reports += tally_month_firms(tally, month, i, pillar);
    return reports;
}

static int32_t first_month_of(const struct tally *tally) {
    const int32_t oldest = tally->last_month - tally->month_count + 1;
    for (int32_t month = oldest; month <= tally->last_month; month++)
        if (reports_in(tally, month, 1, -1, tally->pillar_count) > 0)
            return month;
    return INT32_MAX;
}

/* season: share of a calendar month in all reports of the newest whole years, times 12;
 * 1 while the months or the reports are too few to tell. */
static void find_seasons(struct lookout *lookout) {
    const struct method_alert *alert = &lookout->method->alert;
    const struct tally *tally = lookout->tally;
    for (int i = 0; i < YEAR_MONTHS; i++)
        lookout->season[i] = 1;
    if (lookout->first_month > tally->last_month)
        return;
    const int months = tally->last_month - lookout->first_month + 1;
    const int whole = months - months % YEAR_MONTHS;
    int of_month[YEAR_MONTHS] = {0}, all = 0;
    for (int back = 0; back < whole; back++) {
        const int32_t month = tally->last_month - back;
        for (int p = 0; p < tally->pillar_count; p++) {
            const int reports = reports_in(tally, month, 1, -1, p);
            of_month[month_number(month) - 1] += reports;
            all += reports;
        }
    }
    if (months < alert->seasonal_months || all < alert->seasonal_reports)
        return;
    for (int i = 0; i < YEAR_MONTHS; i++)
        lookout->season[i] = CLAMP((double)of_month[i] / all * YEAR_MONTHS,
                                   alert->seasonal_least, alert->seasonal_most);
}

/* Thousands of sellers × years of the `months` ending with `last`; 0 where unknown. */
static double exposure_of(const struct lookout *lookout, int place, int32_t last,
                          int months) {
    double sellers = 0;
    const char *source = NULL;
    if (!registry_exposure(registry_place(lookout->registry, place), last, months,
                           &sellers, &source))
        return 0;
    return fmax(0, sellers) / 1000 * months / YEAR_MONTHS;
}

/* (ΣN + ½) / ΣE over the places whose sellers are known; ½ is the method's. */
static double pooled_rate(const struct lookout *lookout, int32_t last, int pillar) {
    const int months = lookout->method->window_months;
    int reports = 0;
    double exposure = 0;
    for (int i = 0; i < lookout->tally->marketplace_count; i++) {
        const double of_place = exposure_of(lookout, i, last, months);
        exposure += of_place;
        if (of_place > 0)
            reports += reports_in(lookout->tally, last, months, i, pillar);
    }
    return (reports + lookout->method->incidence.pooled_prior) / exposure;
}

/* expected: exposure of the month × posterior rate of the window that ends one month
 * before; where sellers are unknown the mean month of that window; × season. */
static double expect(const struct lookout *lookout, int32_t month, int place,
                     int pillar) {
    const int months = lookout->method->window_months;
    const int before = reports_in(lookout->tally, month - 1, months, place, pillar);
    const double season = lookout->season[month_number(month) - 1];
    const double window = exposure_of(lookout, place, month - 1, months);
    const double now = exposure_of(lookout, place, month, 1);
    if (window <= 0 || now <= 0)
        return season * before / months;
    const double pooled = pooled_rate(lookout, month - 1, pillar);
    return season * now *
           indicator_rate(&lookout->method->incidence, pooled, before, window);
}

/* The newest months against the share of the window before them, so that a rise is not
 * compared with itself. */
static bool is_own(const struct lookout *lookout, int32_t month, int place, int pillar) {
    const struct tally *tally = lookout->tally;
    const struct method_alert *alert = &lookout->method->alert;
    const int newest = alert->share_months, months = lookout->method->window_months;
    const int usual = reports_in(tally, month - newest, months, place, pillar);
    const int usual_of_all = reports_in(tally, month - newest, months, -1, pillar);
    return alert_is_own(alert, reports_in(tally, month, newest, place, pillar),
                        reports_in(tally, month, newest, -1, pillar),
                        usual_of_all > 0 ? (double)usual / usual_of_all : 0);
}

static char *say_rise(const struct method_alert *alert, const struct words *words) {
    if (alert->ratio == 2)
        return words_say(words, "alert.doubled", NULL);
    g_autofree char *ratio = words_number(words, alert->ratio, 1);
    const struct words_argument arguments[] = {{.name = "ratio", .text = ratio}, {NULL}};
    return words_say(words, "alert.multiplied", arguments);
}

static char *say_alert(const struct lookout *lookout, const struct words *words,
                       const struct edition_alert *alert, int pillar) {
    const enum words_language language = words_language(words);
    g_autofree char *month = words_month(words, alert->month);
    g_autofree char *times = words_number(words, lookout->method->alert.likelihood, 0);
    g_autofree char *rise = say_rise(&lookout->method->alert, words);
    const struct words_argument arguments[] = {
        {.name = "pillar", .text = lookout->method->pillars[pillar].label[language]},
        {.name = "month", .text = month},
        {.name = "times", .text = times},
        {.name = "rise", .text = rise},
        {NULL},
    };
    return words_say(words, alert->own ? "alert.own" : "alert.general", arguments);
}

/* Whether enough firms stand behind a month's alert for it to be told. */
static bool may_tell(const struct lookout *lookout, int32_t month, int place,
                     int pillar) {
    const struct tally_cell *cell =
        tally_cell(lookout->tally, lookout->tally->last_month - month, place, pillar);
    return tally_firms(cell) >= lookout->method->disclosure_threshold;
}

static void add_alert(struct edition_marketplace *marketplace,
                      const struct lookout *lookout, int32_t month, int place, int pillar,
                      const struct words *const words[]) {
    struct edition_alert *alert = edition_add_alert(marketplace);
    alert->month = month;
    alert->pillar = g_strdup(lookout->method->pillars[pillar].id);
    alert->own = is_own(lookout, month, place, pillar);
    for (int i = 0; i < WORDS_LANGUAGES; i++)
        alert->sentence[i] = say_alert(lookout, words[i], alert, pillar);
}

static void watch_place(struct edition_marketplace *marketplace,
                        const struct lookout *lookout, int place, int32_t first_judged,
                        const struct words *const words[]) {
    const struct method_alert *method = &lookout->method->alert;
    double sums[METHOD_MOST_PILLARS] = {0};
    for (int32_t month = first_judged; month <= lookout->tally->last_month; month++)
        for (int p = 0; p < lookout->method->pillar_count; p++) {
            const double expected = expect(lookout, month, place, p);
            if (expected <= 0) /* nothing to compare with */
                continue;
            sums[p] =
                alert_step(method, sums[p],
                           tally_month_firms(lookout->tally, month, place, p), expected);
            if (!alert_is_due(method, sums[p]))
                continue;
            sums[p] = 0;
            if (may_tell(lookout, month, place, p))
                add_alert(marketplace, lookout, month, place, p, words);
        }
}

void alert_fill(struct edition *edition, const struct method *method,
                const struct registry *registry, const struct tally *tally,
                const struct words *const words[static WORDS_LANGUAGES]) {
    g_assert((int)edition->marketplaces->len == tally->marketplace_count);
    struct lookout lookout = {.method = method, .registry = registry, .tally = tally};
    lookout.first_month = first_month_of(tally);
    if (lookout.first_month > tally->last_month)
        return;
    find_seasons(&lookout);
    /* A beginning is not a rise: a month is judged after a whole window of reports. */
    const int32_t first_judged = MAX(lookout.first_month + method->window_months,
                                     tally->last_month - tally->window_count + 1);
    for (int i = 0; i < tally->marketplace_count; i++)
        watch_place(g_ptr_array_index(edition->marketplaces, (guint)i), &lookout, i,
                    first_judged, words);
}
