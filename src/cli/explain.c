#include "commands.h"

#include "barometre/assess.h"
#include "barometre/score.h"

#include <string.h>

/* What is explained: a place, or one pillar or indicator of it. */
struct question {
    const struct method *method;
    const struct score_window *window;
    int place, pillar, indicator; /* −1: all */
};

static int find_pillar(const struct method *method, const char *id) {
    for (int p = 0; p < method->pillar_count; p++)
        if (strcmp(method->pillars[p].id, id) == 0)
            return p;
    return -1;
}

static int find_indicator(const struct method_pillar *pillar, const char *id) {
    for (int i = 0; i < pillar->indicator_count; i++)
        if (strcmp(pillar->indicators[i].id, id) == 0)
            return i;
    return -1;
}

/* Reads PLACE[.PILLAR[.INDICATOR]]. */
static bool parse(const char *path, const struct observatory *observatory,
                  struct question *question, GError **error) {
    g_auto(GStrv) parts = g_strsplit(path, ".", 3);
    const guint count = g_strv_length(parts);
    const struct method *method = observatory->method;
    question->place = count > 0 ? registry_find(observatory->registry, parts[0]) : -1;
    question->pillar = count > 1 ? find_pillar(method, parts[1]) : -1;
    question->indicator =
        count > 2 && question->pillar >= 0
            ? find_indicator(&method->pillars[question->pillar], parts[2])
            : -1;
    const bool found = question->place >= 0 && (count < 2 || question->pillar >= 0) &&
                       (count < 3 || question->indicator >= 0);
    if (found)
        return true;
    g_autoptr(GString) known = g_string_new(NULL);
    for (int p = 0; p < method->pillar_count; p++)
        g_string_append_printf(known, "%s%s", p > 0 ? ", " : "", method->pillars[p].id);
    g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                "explain: there is no '%s'; give a place of marketplaces.json, then a "
                "pillar (%s), then an indicator of method.json, with dots between",
                path, known->str);
    return false;
}

static const char *formula_key(const struct method_indicator *indicator,
                               const struct score_indicator *score, bool exposed) {
    static const char *const keys[] = {
        [INDICATOR_SHARE] = "cli.explain.share",
        [INDICATOR_DELAY] = "cli.explain.delay",
        [INDICATOR_INCIDENCE] = "cli.explain.incidence",
    };
    if (!score->known)
        return "cli.explain.no_market";
    if (indicator->kind == INDICATOR_INCIDENCE && !exposed)
        return "cli.explain.unexposed";
    return keys[indicator->kind];
}

static void print_indicator(const struct cli *cli, const struct question *question,
                            const struct method_indicator *indicator,
                            const struct score_indicator *score, int pillar) {
    const struct words *words = cli->words;
    const struct method *method = question->method;
    const struct score_place *place = &question->window->places[question->place];
    g_autofree char *value =
        score->known ? words_number(words, score->score, 4) : g_strdup("n.d.");
    g_autofree char *phantom = words_number(words, method->phantom_weight, 1);
    g_autofree char *phantoms = words_number(words, 2 * method->phantom_weight, 0);
    g_autofree char *prior = words_number(words, method->incidence.prior_reports, 0);
    g_autofree char *pooled =
        words_number(words, question->window->market[pillar].pooled_rate, 4);
    g_autofree char *rate = words_number(words, score->rate, 4);
    g_autofree char *exposure =
        place->exposed ? words_number(words, place->exposure, 3) : g_strdup("0");
    g_autofree char *best = words_number(words, method->incidence.best_rate, 1);
    g_autofree char *worst = words_number(words, method->incidence.worst_rate, 1);
    g_autofree char *basis = g_strjoinv(", ", indicator->basis);
    g_autofree char *line = words_say(
        words, formula_key(indicator, score, place->exposed),
        (struct words_argument[]){{"label", indicator->label[words_language(words)], 0},
                                  {"score", value, 0},
                                  {"answers", NULL, score->answers},
                                  {"favourable", NULL, score->favourable},
                                  {"days", NULL, indicator->rule.days},
                                  {"phantom", phantom, 0},
                                  {"phantoms", phantoms, 0},
                                  {"prior", prior, 0},
                                  {"pooled", pooled, 0},
                                  {"exposure", exposure, 0},
                                  {"rate", rate, 0},
                                  {"best", best, 0},
                                  {"worst", worst, 0},
                                  {NULL}});
    printf("  %s\n", line);
    if (*basis != '\0') {
        g_autofree char *based =
            words_say(words, "cli.explain.basis",
                      (struct words_argument[]){{"basis", basis, 0}, {NULL}});
        printf("    %s\n", based);
    }
}

static void print_pillar(const struct cli *cli, const struct question *question,
                         int pillar) {
    const struct words *words = cli->words;
    const struct method_pillar *described = &question->method->pillars[pillar];
    const struct score_pillar *score =
        &question->window->places[question->place].pillars[pillar];
    g_autofree char *value = words_number(words, score->score, 4);
    g_autofree char *line = words_say(
        words,
        described->clustered ? "cli.explain.pillar.clustered" : "cli.explain.pillar",
        (struct words_argument[]){{"label", described->label[words_language(words)], 0},
                                  {"score", value, 0},
                                  {"firms", NULL, score->firms},
                                  {"units", NULL, score->units},
                                  {NULL}});
    printf("%s\n", line);
    for (int i = 0; i < described->indicator_count; i++)
        if (question->indicator < 0 || question->indicator == i)
            print_indicator(cli, question, &described->indicators[i],
                            &score->indicators[i], pillar);
}

static void print_overall(const struct cli *cli, const struct question *question) {
    g_autoptr(GString) product = g_string_new(NULL);
    const struct score_place *place = &question->window->places[question->place];
    for (int p = 0; p < question->method->pillar_count; p++) {
        g_autofree char *score = words_number(cli->words, place->pillars[p].score, 4);
        g_string_append_printf(product, "%s%s", p > 0 ? " × " : "", score);
    }
    g_autofree char *overall = words_number(cli->words, place->overall, 4);
    g_autofree char *line = words_say(
        cli->words, "cli.explain.overall",
        (struct words_argument[]){{"product", product->str, 0},
                                  {"count", NULL, question->method->pillar_count},
                                  {"score", overall, 0},
                                  {NULL}});
    printf("%s\n", line);
}

/* Whether the edition shows the figure, and why not. */
static void print_published(const struct cli *cli, const struct question *question,
                            const struct edition *edition) {
    const struct edition_marketplace *place =
        g_ptr_array_index(edition->marketplaces, (guint)question->place);
    const struct edition_score *score = &place->overall.score;
    if (question->pillar >= 0) {
        const struct edition_pillar *pillar =
            g_ptr_array_index(place->pillars, (guint)question->pillar);
        score = &pillar->score;
        if (question->indicator >= 0) {
            const struct edition_indicator *indicator =
                g_ptr_array_index(pillar->indicators, (guint)question->indicator);
            score = &indicator->score;
        }
    }
    g_autofree char *value = NULL;
    if (score->score.known) {
        value = words_number(cli->words, score->score.value, 1);
    } else {
        g_autofree char *key =
            g_strconcat("reason.", edition_reason_code(score->reason), NULL);
        value = words_say(cli->words, key, NULL);
    }
    g_autofree char *line = words_say(
        cli->words, score->score.known ? "cli.explain.published" : "cli.explain.withheld",
        (struct words_argument[]){{"value", value, 0}, {NULL}});
    printf("%s\n", line);
}

static void print_heading(const struct cli *cli, const struct observatory *observatory,
                          const struct question *question,
                          const struct edition *edition) {
    g_autofree char *from = words_month(cli->words, edition->window_from);
    g_autofree char *to = words_month(cli->words, edition->window_to);
    g_autofree char *line = words_say(
        cli->words, "cli.explain.heading",
        (struct words_argument[]){
            {"place", registry_place(observatory->registry, question->place)->name, 0},
            {"from", from, 0},
            {"to", to, 0},
            {NULL}});
    printf("%s\n", line);
}

bool command_explain(struct cli *cli, const struct command *command, int argc,
                     char **argv, GError **error) {
    g_autofree char *as_of_text = NULL;
    const GOptionEntry own[] = {
        {"as-of", 0, 0, G_OPTION_ARG_STRING, &as_of_text,
         "The month (default: the last closed one)", "YYYY-MM"},
        {NULL},
    };
    scoped(observatory) *observatory = NULL;
    scoped(store) *store = NULL;
    int32_t as_of;
    struct question question = {0};
    if (!cli_parse(cli, command, own, &argc, &argv, 1, 1, error) ||
        !cli_month(as_of_text, &as_of, error) ||
        !cli_open(cli, false, &observatory, &store, error) ||
        !parse(argv[1], observatory, &question, error))
        return false;
    scoped(tally) *tally = assess_tally(observatory, store, as_of, error);
    if (tally == NULL)
        return false;
    scoped(score_window) *window =
        score_window_new(observatory->method, observatory->registry, tally, 0);
    scoped(edition) *edition =
        score_edition(observatory->method, observatory->registry, tally);
    question.method = observatory->method;
    question.window = window;
    print_heading(cli, observatory, &question, edition);
    for (int p = 0; p < observatory->method->pillar_count; p++)
        if (question.pillar < 0 || question.pillar == p)
            print_pillar(cli, &question, p);
    if (question.pillar < 0)
        print_overall(cli, &question);
    print_published(cli, &question, edition);
    return true;
}
