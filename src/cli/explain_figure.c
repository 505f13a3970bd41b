#include "explain.h"

#include "barometre/legal.h"
#include "barometre/month.h"

/* Digits enough that a pocket calculator finds the score to 4 decimals. */
enum { RATE_DECIMALS = 8, SCORE_DECIMALS = 4 };

/* One indicator of the place. */
struct figure {
    const struct question *question;
    const struct method_indicator *described;
    const struct score_indicator *scored;
    const struct edition_indicator *published;
    int pillar, index;
};

static const char *label_of(const struct figure *figure) {
    return figure->described->label[words_language(figure->question->cli->words)];
}

/* share: (yes + phantom) / (answered + both phantoms). */
static void print_share(const struct figure *figure) {
    const struct words *words = figure->question->cli->words;
    const double phantom = figure->question->observatory->method->phantom_weight;
    g_autofree char *score = words_number(words, figure->scored->score, SCORE_DECIMALS);
    g_autofree char *one = words_number(words, phantom, 2);
    g_autofree char *both = words_number(words, 2 * phantom, 2);
    explain_line(
        figure->question, 2, "cli.explain.share",
        (struct words_argument[]){
            {"label", label_of(figure), 0},
            {"score", score, 0},
            {"answers", NULL, figure->scored->answers},
            {"unfavourable", NULL, figure->scored->answers - figure->scored->favourable},
            {"favourable", NULL, figure->scored->favourable},
            {"phantom", one, 0},
            {"phantoms", both, 0},
            {NULL}});
}

/* Firms that leave the risk on a day, and of them those answered. */
struct day {
    int answered, leaving;
};

static struct day *count_days(const struct figure *figure, int horizon) {
    struct day *days = g_new0(struct day, (gsize)horizon + 1);
    const struct tally_cell *cell =
        tally_cell(figure->question->tally, 0, figure->question->place, figure->pillar);
    for (guint i = 0; i < cell->patterns->len; i++) {
        const struct tally_pattern *pattern =
            &g_array_index(cell->patterns, struct tally_pattern, i);
        const int answer = pattern->answer[figure->index];
        if (answer < 0 || answer / 2 > horizon)
            continue;
        days[answer / 2].leaving += pattern->firms;
        days[answer / 2].answered += answer % 2 == 1 ? pattern->firms : 0;
    }
    return days;
}

/* delay: 1 − S, S the product over the days of 1 − answered / at risk; the phantom yes is
 * answered before day 0, the phantom no never. */
static char *say_chain(const struct figure *figure, int horizon) {
    const struct words *words = figure->question->cli->words;
    const double phantom = figure->question->observatory->method->phantom_weight;
    g_autofree struct day *days = count_days(figure, horizon);
    double at_risk = figure->scored->answers + phantom;
    g_autofree char *open = words_number(words, at_risk, 2);
    g_autofree char *all = words_number(words, at_risk + phantom, 2);
    GString *chain = g_string_new(NULL);
    g_string_append_printf(chain, "%s / %s", open, all);
    for (int day = 0; day <= horizon; day++) {
        g_autofree char *risk = words_number(words, at_risk, 2);
        if (days[day].answered > 0)
            g_string_append_printf(chain, " × (1 − %d / %s)", days[day].answered, risk);
        at_risk -= days[day].leaving;
    }
    return g_string_free(chain, FALSE);
}

static void print_delay(const struct figure *figure) {
    const struct words *words = figure->question->cli->words;
    const int horizon = figure->described->rule.days;
    g_autofree char *chain = say_chain(figure, horizon);
    g_autofree char *score = words_number(words, figure->scored->score, SCORE_DECIMALS);
    explain_line(
        figure->question, 2, "cli.explain.delay",
        (struct words_argument[]){{"label", label_of(figure), 0},
                                  {"score", score, 0},
                                  {"answers", NULL, figure->scored->answers},
                                  {"favourable", NULL, figure->scored->favourable},
                                  {"days", NULL, horizon},
                                  {"chain", chain, 0},
                                  {NULL}});
}

/* incidence: (prior + reports) / (prior / pooled + exposure), then its place between the
 * goalposts on the logarithmic scale. */
static void print_incidence(const struct figure *figure) {
    const struct words *words = figure->question->cli->words;
    const struct method_incidence *method =
        &figure->question->observatory->method->incidence;
    const struct score_place *place =
        &figure->question->window->places[figure->question->place];
    const double market = figure->question->window->market[figure->pillar].pooled_rate;
    g_autofree char *score = words_number(words, figure->scored->score, SCORE_DECIMALS);
    g_autofree char *prior = words_number(words, method->prior_reports, 2);
    g_autofree char *pooled = words_number(words, market, RATE_DECIMALS);
    g_autofree char *rate = words_number(words, figure->scored->rate, RATE_DECIMALS);
    g_autofree char *exposure = words_number(words, place->exposure, RATE_DECIMALS);
    g_autofree char *best = words_number(words, method->best_rate, 2);
    g_autofree char *worst = words_number(words, method->worst_rate, 2);
    explain_line(figure->question, 2,
                 place->exposed ? "cli.explain.incidence" : "cli.explain.unexposed",
                 (struct words_argument[]){{"label", label_of(figure), 0},
                                           {"score", score, 0},
                                           {"answers", NULL, figure->scored->answers},
                                           {"prior", prior, 0},
                                           {"pooled", pooled, 0},
                                           {"exposure", exposure, 0},
                                           {"rate", rate, 0},
                                           {"best", best, 0},
                                           {"worst", worst, 0},
                                           {NULL}});
}

/* Each basis as it stands on the window's first day: its sentence, text and mark. */
static void print_bases(const struct figure *figure) {
    const struct question *question = figure->question;
    const struct legal *legal = question->observatory->legal;
    const enum words_language language = words_language(question->cli->words);
    for (char **id = figure->described->basis; *id != NULL; id++) {
        const struct legal_wording wording =
            legal_at(legal, *id, month_first_day(question->edition->window_from));
        g_autofree char *name = legal_name(legal, wording, language);
        explain_line(
            question, 4, "cli.explain.basis",
            (struct words_argument[]){{"id", *id, 0},
                                      {"basis", name, 0},
                                      {"sentence", wording.basis->sentence[language], 0},
                                      {"mark", wording.basis->mark, 0},
                                      {NULL}});
    }
}

static void print_indicator(const struct figure *figure) {
    static void (*const prints[])(const struct figure *) = {
        [INDICATOR_SHARE] = print_share,
        [INDICATOR_DELAY] = print_delay,
        [INDICATOR_INCIDENCE] = print_incidence,
    };
    if (!figure->scored->known) {
        explain_line(figure->question, 2, "cli.explain.no_market",
                     (struct words_argument[]){{"label", label_of(figure), 0}, {NULL}});
        return;
    }
    prints[figure->described->kind](figure);
    explain_published(figure->question, 4, &figure->published->score);
    explain_sentence(figure->question, 4, figure->published->sentence);
    print_bases(figure);
}

/* "(1 × 85.3 + 1 × 92.9) / 2", of the known indicators. */
static char *say_mean(const struct words *words, const struct method_pillar *described,
                      const struct score_pillar *scored) {
    g_autoptr(GString) sum = g_string_new(NULL);
    double weights = 0;
    for (int i = 0; i < described->indicator_count; i++) {
        if (!scored->indicators[i].known)
            continue;
        const double weight = described->indicators[i].weight;
        g_autofree char *times = words_number(words, weight, 2);
        g_autofree char *score =
            words_number(words, scored->indicators[i].score, SCORE_DECIMALS);
        g_string_append_printf(sum, "%s%s × %s", sum->len > 0 ? " + " : "", times, score);
        weights += weight;
    }
    g_autofree char *all = words_number(words, weights, 2);
    return g_strdup_printf("(%s) / %s", sum->str, all);
}

void explain_pillar(const struct question *question, int pillar) {
    const struct words *words = question->cli->words;
    const struct method_pillar *described =
        &question->observatory->method->pillars[pillar];
    const struct score_pillar *scored =
        &question->window->places[question->place].pillars[pillar];
    const struct edition_marketplace *place =
        g_ptr_array_index(question->edition->marketplaces, (guint)question->place);
    const struct edition_pillar *published =
        g_ptr_array_index(place->pillars, (guint)pillar);
    g_autofree char *value = words_number(words, scored->score, SCORE_DECIMALS);
    g_autofree char *mean = say_mean(words, described, scored);
    explain_line(
        question, 0,
        described->clustered ? "cli.explain.pillar.clustered" : "cli.explain.pillar",
        (struct words_argument[]){{"label", described->label[words_language(words)], 0},
                                  {"score", value, 0},
                                  {"mean", mean, 0},
                                  {"firms", NULL, scored->firms},
                                  {"units", NULL, scored->units},
                                  {NULL}});
    explain_published(question, 2, &published->score);
    explain_trend(question, pillar);
    explain_sentence(question, 2, published->sentence);
    for (int i = 0; i < described->indicator_count; i++) {
        const struct figure figure = {question,
                                      &described->indicators[i],
                                      &scored->indicators[i],
                                      g_ptr_array_index(published->indicators, (guint)i),
                                      pillar,
                                      i};
        if (question->indicator < 0 || question->indicator == i)
            print_indicator(&figure);
    }
}
