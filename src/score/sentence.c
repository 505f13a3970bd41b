#include "barometre/sentence.h"

#include "barometre/month.h"

#include <math.h>
#include <string.h>

/* Who speaks of what, in one language. */
struct speaker {
    const struct edition *edition;
    const struct method *method;
    const struct legal *legal;
    const struct words *words;
    const struct edition_marketplace *place; /* NULL in pairs and groups */
};

static void say_into(char **sentence, char *text) {
    g_free(*sentence);
    *sentence = text;
}

static char *say_reason(const struct words *words, enum edition_reason reason) {
    const char *code = edition_reason_code(reason);
    g_autofree char *key =
        g_strconcat("reason.", code != NULL ? code : "not_computed", NULL);
    return words_say(words, key, NULL);
}

/* How figures of a unit are said. Points keep their decimal, so that nobody reads "80 out
 * of 100" beside a B. */
struct unit {
    const char *key; /* of the pattern without interval */
    int decimals;
};
static const struct unit percent = {"sentence.percent", 0};
static const struct unit points = {"sentence.points", 1};

/* "70 % (between 50 and 87 %)"; without an interval the value alone. */
static char *say_estimate(const struct words *words, const struct unit *unit,
                          struct edition_number value, struct edition_number low,
                          struct edition_number high) {
    const bool bounded = low.known && high.known;
    g_autofree char *key = g_strconcat(unit->key, bounded ? ".interval" : "", NULL);
    g_autofree char *value_text = words_number(words, value.value, unit->decimals);
    g_autofree char *low_text =
        bounded ? words_number(words, low.value, unit->decimals) : NULL;
    g_autofree char *high_text =
        bounded ? words_number(words, high.value, unit->decimals) : NULL;
    return words_say(words, key,
                     (struct words_argument[]){{"value", value_text, 0},
                                               {"low", low_text, 0},
                                               {"high", high_text, 0},
                                               {NULL}});
}

static char *say_score(const struct words *words, const struct unit *unit,
                       const struct edition_score *score) {
    return say_estimate(words, unit, score->score, score->low, score->high);
}

static char *say_median(const struct words *words, const struct edition_median *median) {
    if (!median->days.known)
        return g_strdup("");
    const char *key = !median->low.known   ? "sentence.median"
                      : median->high.known ? "sentence.median.interval"
                                           : "sentence.median.open";
    return words_say(
        words, key,
        (struct words_argument[]){{"days", NULL, (int64_t)median->days.value},
                                  {"low", NULL, (int64_t)median->low.value},
                                  {"high", NULL, (int64_t)median->high.value},
                                  {NULL}});
}

static char *say_trend(const struct words *words, const struct edition_trend *trend) {
    if (trend->claim == CLAIM_UNKNOWN)
        return g_strdup("");
    g_autofree char *key =
        g_strconcat("sentence.trend.", edition_claim_code(trend->claim), NULL);
    g_autofree char *change = words_signed(words, trend->points.value, 1);
    return words_say(words, key,
                     (struct words_argument[]){{"points", change, 0}, {NULL}});
}

static const struct method_indicator *find_indicator(const struct method *method,
                                                     const char *pillar, const char *id) {
    for (int p = 0; p < method->pillar_count; p++)
        for (int i = 0; strcmp(method->pillars[p].id, pillar) == 0 &&
                        i < method->pillars[p].indicator_count;
             i++)
            if (strcmp(method->pillars[p].indicators[i].id, id) == 0)
                return &method->pillars[p].indicators[i];
    return NULL;
}

static char *indicator_key(const struct words *words,
                           const struct edition_indicator *indicator) {
    char *key = g_strconcat("sentence.indicator.", indicator->id, NULL);
    if (words_has(words, key))
        return key;
    g_free(key);
    return g_strconcat("sentence.kind.", indicator->kind, NULL);
}

/* The sentence with the legal bases, where there are any, as a second one. */
static char *add_reference(const struct speaker *speaker, char *sentence,
                           char *const *basis) {
    if (basis == NULL || basis[0] == NULL)
        return sentence;
    g_autofree char *said = sentence;
    g_autofree char *names =
        legal_names(speaker->legal, basis, month_first_day(speaker->edition->window_from),
                    words_language(speaker->words));
    return words_say(
        speaker->words, "sentence.reference",
        (struct words_argument[]){{"sentence", said, 0}, {"basis", names, 0}, {NULL}});
}

static char *say_indicator(const struct speaker *speaker,
                           const struct edition_pillar *pillar,
                           const struct edition_indicator *indicator) {
    if (!indicator->score.score.known)
        return NULL;
    const struct words *words = speaker->words;
    const enum words_language language = words_language(words);
    const bool counted = strcmp(indicator->kind, "incidence") == 0;
    const struct method_indicator *described =
        find_indicator(speaker->method, pillar->id, indicator->id);
    g_autofree char *key = indicator_key(words, indicator);
    g_autofree char *estimate =
        say_score(words, counted ? &points : &percent, &indicator->score);
    g_autofree char *median = say_median(words, &indicator->median);
    g_autofree char *best = words_number(words, speaker->method->incidence.best_rate, 1);
    g_autofree char *worst =
        words_number(words, speaker->method->incidence.worst_rate, 1);
    char *sentence = words_say(
        words, key,
        (struct words_argument[]){{"place", speaker->place->name, 0},
                                  {"pillar", pillar->label[language], 0},
                                  {"label", indicator->label[language], 0},
                                  {"estimate", estimate, 0},
                                  {"median", median, 0},
                                  {"days", NULL, described ? described->rule.days : 0},
                                  {"best", best, 0},
                                  {"worst", worst, 0},
                                  {NULL}});
    return add_reference(speaker, sentence, indicator->basis);
}

static char *say_pillar(const struct speaker *speaker,
                        const struct edition_pillar *pillar) {
    const struct words *words = speaker->words;
    const struct edition_score *score = &pillar->score;
    const enum edition_status status =
        score->score.known ? pillar->status : STATUS_INSUFFICIENT;
    g_autofree char *key =
        g_strconcat("sentence.pillar.", edition_status_code(status), NULL);
    g_autofree char *estimate =
        score->score.known ? say_score(words, &points, score) : g_strdup("");
    g_autofree char *trend = say_trend(words, &pillar->trend);
    g_autofree char *reason = say_reason(words, score->reason);
    return words_say(
        words, key,
        (struct words_argument[]){{"pillar", pillar->label[words_language(words)], 0},
                                  {"place", speaker->place->name, 0},
                                  {"estimate", estimate, 0},
                                  {"trend", trend, 0},
                                  {"reason", reason, 0},
                                  {NULL}});
}

static int64_t count_rated(const struct edition *edition) {
    int64_t rated = 0;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place =
            g_ptr_array_index(edition->marketplaces, i);
        rated += place->overall.score.score.known;
    }
    return rated;
}

static char *say_rank(const struct speaker *speaker,
                      const struct edition_overall *overall) {
    if (overall->rank_low <= 0)
        return g_strdup("");
    return words_say(
        speaker->words,
        overall->rank_low == overall->rank_high ? "sentence.rank" : "sentence.rank.range",
        (struct words_argument[]){{"low", NULL, overall->rank_low},
                                  {"high", NULL, overall->rank_high},
                                  {"rated", NULL, count_rated(speaker->edition)},
                                  {NULL}});
}

static char *say_bands(const struct words *words, const struct edition_overall *overall) {
    const bool ranged = overall->band_low != NULL && overall->band_high != NULL &&
                        strcmp(overall->band_low, overall->band_high) != 0;
    return words_say(words, ranged ? "sentence.band.range" : "sentence.band",
                     (struct words_argument[]){{"band", overall->band, 0},
                                               {"low", overall->band_low, 0},
                                               {"high", overall->band_high, 0},
                                               {NULL}});
}

static char *say_above_median(const struct speaker *speaker,
                              const struct edition_overall *overall) {
    const double claimed = speaker->method->claims.median;
    const struct edition_number *above = &overall->p_above_median;
    const struct edition_number *below = &overall->p_below_median;
    if (above->known && above->value > claimed)
        return words_say(speaker->words, "sentence.median.above", NULL);
    if (below->known && below->value > claimed)
        return words_say(speaker->words, "sentence.median.below", NULL);
    return g_strdup("");
}

static char *say_overall(const struct speaker *speaker) {
    const struct words *words = speaker->words;
    const struct edition_overall *overall = &speaker->place->overall;
    if (!overall->score.score.known) {
        g_autofree char *reason = say_reason(words, overall->score.reason);
        return words_say(words, "sentence.overall.insufficient",
                         (struct words_argument[]){{"place", speaker->place->name, 0},
                                                   {"reason", reason, 0},
                                                   {NULL}});
    }
    g_autofree char *estimate = say_score(words, &points, &overall->score);
    g_autofree char *bands = say_bands(words, overall);
    g_autofree char *rank = say_rank(speaker, overall);
    g_autofree char *median = say_above_median(speaker, overall);
    g_autofree char *trend = say_trend(words, &overall->trend);
    return words_say(words, "sentence.overall",
                     (struct words_argument[]){{"place", speaker->place->name, 0},
                                               {"estimate", estimate, 0},
                                               {"bands", bands, 0},
                                               {"rank", rank, 0},
                                               {"median", median, 0},
                                               {"trend", trend, 0},
                                               {NULL}});
}

static char *say_watch(const struct speaker *speaker, const struct edition_watch *watch) {
    const struct words *words = speaker->words;
    g_autofree char *label_key = g_strconcat("watch.", watch->id, NULL);
    if (!watch->firms.share.known || !words_has(words, label_key))
        return NULL;
    g_autofree char *label = words_say(words, label_key, NULL);
    g_autofree char *estimate = say_estimate(words, &percent, watch->firms.share,
                                             watch->firms.low, watch->firms.high);
    g_autofree char *change_key =
        g_strconcat("sentence.watch.", edition_claim_code(watch->change), NULL);
    g_autofree char *change = watch->change == CLAIM_UNKNOWN
                                  ? g_strdup("")
                                  : words_say(words, change_key, NULL);
    return words_say(words, "sentence.watch",
                     (struct words_argument[]){{"place", speaker->place->name, 0},
                                               {"estimate", estimate, 0},
                                               {"label", label, 0},
                                               {"change", change, 0},
                                               {NULL}});
}

static void fill_place(const struct speaker *speaker, struct edition_marketplace *place) {
    const enum words_language language = words_language(speaker->words);
    say_into(&place->overall.sentence[language], say_overall(speaker));
    for (guint p = 0; p < place->pillars->len; p++) {
        struct edition_pillar *pillar = g_ptr_array_index(place->pillars, p);
        say_into(&pillar->sentence[language], say_pillar(speaker, pillar));
        for (guint i = 0; i < pillar->indicators->len; i++) {
            struct edition_indicator *indicator =
                g_ptr_array_index(pillar->indicators, i);
            say_into(&indicator->sentence[language],
                     say_indicator(speaker, pillar, indicator));
        }
    }
    for (guint w = 0; w < place->watch->len; w++) {
        struct edition_watch *watch = g_ptr_array_index(place->watch, w);
        say_into(&watch->sentence[language], say_watch(speaker, watch));
    }
}

static const char *name_of(const struct edition *edition, const char *id) {
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place =
            g_ptr_array_index(edition->marketplaces, i);
        if (strcmp(place->id, id) == 0)
            return place->name;
    }
    return id;
}

/* "> 0.99" where the probability is capped there. */
static char *say_probability(const struct words *words, double p) {
    static const double cap = 0.99;
    char *text = words_number(words, p, 2);
    if (p < cap)
        return text;
    g_autofree char *value = text;
    return words_say(words, "probability.above",
                     (struct words_argument[]){{"value", value, 0}, {NULL}});
}

/* 1 where the claim is that something is above, −1 below, 0 where nothing is claimed.
 * Published probabilities have two decimals, so that a tie with the bound is exact. */
static int claim_of(const struct method *method, double p) {
    const double said = round(100 * p), bound = round(100 * method->claims.ahead);
    return (said > bound) - (said < 100 - bound);
}

static char *say_pair(const struct speaker *speaker, const struct edition_pair *pair) {
    const int claim = claim_of(speaker->method, pair->p);
    const char *a = name_of(speaker->edition, pair->a);
    const char *b = name_of(speaker->edition, pair->b);
    g_autofree char *p =
        say_probability(speaker->words, claim < 0 ? 1 - pair->p : pair->p);
    return words_say(speaker->words,
                     claim == 0 ? "sentence.pair.undecided" : "sentence.pair.ahead",
                     (struct words_argument[]){{"ahead", claim < 0 ? b : a, 0},
                                               {"behind", claim < 0 ? a : b, 0},
                                               {"p", p, 0},
                                               {NULL}});
}

/* "3.2 points less (between 1.0 and 5.4)": below, the interval turns round too. */
static char *say_group(const struct speaker *speaker, const char *id,
                       const struct edition_group *group) {
    static const char *const claims[] = {"below", "undecided", "above"};
    if (!group->difference.known)
        return NULL;
    const struct words *words = speaker->words;
    const int claim = claim_of(speaker->method, group->p.value);
    const double sign = claim < 0 ? -1 : 1;
    g_autofree char *key = g_strdup_printf("sentence.group.%s.%s", id, claims[1 + claim]);
    g_autofree char *said = words_number(words, sign * group->difference.value, 1);
    g_autofree char *low =
        words_number(words, sign * (claim < 0 ? group->high : group->low).value, 1);
    g_autofree char *high =
        words_number(words, sign * (claim < 0 ? group->low : group->high).value, 1);
    return words_say(
        words, key,
        (struct words_argument[]){
            {"points", said, 0}, {"low", low, 0}, {"high", high, 0}, {NULL}});
}

void sentence_fill(struct edition *edition, const struct method *method,
                   const struct legal *legal,
                   const struct words *const words[static WORDS_LANGUAGES]) {
    for (int l = 0; l < WORDS_LANGUAGES; l++) {
        struct speaker speaker = {edition, method, legal, words[l], NULL};
        for (guint i = 0; i < edition->pairs->len; i++) {
            struct edition_pair *pair = g_ptr_array_index(edition->pairs, i);
            say_into(&pair->sentence[l], say_pair(&speaker, pair));
        }
        say_into(&edition->signatories.sentence[l],
                 say_group(&speaker, "signatories", &edition->signatories));
        say_into(&edition->before_after.sentence[l],
                 say_group(&speaker, "before_after", &edition->before_after));
        for (guint i = 0; i < edition->marketplaces->len; i++) {
            struct edition_marketplace *place =
                g_ptr_array_index(edition->marketplaces, i);
            speaker.place = place;
            fill_place(&speaker, place);
        }
    }
}
