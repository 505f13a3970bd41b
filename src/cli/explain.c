#include "explain.h"
#include "commands.h"

#include "barometre/assess.h"

#include <string.h>

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

static int find_watch(const char *id) {
    for (int d = 0; d < WATCH_DIMENSIONS; d++)
        if (strcmp(watch_dimension_id((enum watch_dimension)d), id) == 0)
            return d;
    return -1;
}

/* Reads PLACE[.PILLAR[.INDICATOR]] or PLACE.watch.DIMENSION. */
static bool parse(const char *path, const struct observatory *observatory,
                  struct question *question, GError **error) {
    g_auto(GStrv) parts = g_strsplit(path, ".", 3);
    const guint count = g_strv_length(parts);
    const struct method *method = observatory->method;
    const bool watched = count == 3 && strcmp(parts[1], "watch") == 0;
    question->place = count > 0 ? registry_find(observatory->registry, parts[0]) : -1;
    question->pillar = count > 1 ? find_pillar(method, parts[1]) : -1;
    question->watch = watched ? find_watch(parts[2]) : -1;
    question->indicator =
        count > 2 && question->pillar >= 0
            ? find_indicator(&method->pillars[question->pillar], parts[2])
            : -1;
    const bool found = count < 2 || question->watch >= 0 ||
                       (question->pillar >= 0 && (count < 3 || question->indicator >= 0));
    if (question->place >= 0 && found)
        return true;
    g_autoptr(GString) known = g_string_new(NULL);
    for (int p = 0; p < method->pillar_count; p++)
        g_string_append_printf(known, "%s%s", p > 0 ? ", " : "", method->pillars[p].id);
    g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                "explain: there is no '%s'; give a place of marketplaces.json, then a "
                "pillar (%s) or 'watch', then an indicator of method.json or a watch "
                "dimension, with dots between",
                path, known->str);
    return false;
}

void explain_line(const struct question *question, int indent, const char *key,
                  const struct words_argument *arguments) {
    g_autofree char *line = words_say(question->cli->words, key, arguments);
    printf("%*s%s\n", indent, "", line);
}

void explain_sentence(const struct question *question, int indent,
                      char *const sentence[static WORDS_LANGUAGES]) {
    const char *said = sentence[words_language(question->cli->words)];
    if (said != NULL)
        printf("%*s%s\n", indent, "", said);
}

void explain_published(const struct question *question, int indent,
                       const struct edition_score *score) {
    const struct words *words = question->cli->words;
    g_autofree char *value = NULL;
    if (!score->score.known) {
        g_autofree char *key =
            g_strconcat("reason.", edition_reason_code(score->reason), NULL);
        value = words_say(words, key, NULL);
    } else {
        value = words_number(words, score->score.value, 1);
    }
    g_autofree char *low = words_number(words, score->low.value, 1);
    g_autofree char *high = words_number(words, score->high.value, 1);
    const double interval = 100 * question->observatory->method->interval;
    g_autofree char *probability = words_number(words, interval, 0);
    const char *key = !score->score.known ? "cli.explain.withheld"
                      : score->low.known  ? "cli.explain.published.interval"
                                          : "cli.explain.published";
    explain_line(question, indent, key,
                 (struct words_argument[]){{"value", value, 0},
                                           {"low", low, 0},
                                           {"high", high, 0},
                                           {"probability", probability, 0},
                                           {NULL}});
}

static const struct edition_marketplace *place_of(const struct question *question) {
    return g_ptr_array_index(question->edition->marketplaces, (guint)question->place);
}

/* The published score a window ago; unknown where the history does not reach so far. */
static struct edition_number score_before(const struct question *question, int pillar) {
    const int32_t month =
        question->edition->as_of - question->observatory->method->window_months;
    const GPtrArray *months = place_of(question)->history;
    for (guint i = 0; i < months->len; i++) {
        const struct edition_history *history = g_ptr_array_index(months, i);
        if (history->as_of == month)
            return pillar < 0
                       ? history->overall.score
                       : g_array_index(history->pillars, struct edition_score, pillar)
                             .score;
    }
    return edition_unknown();
}

void explain_trend(const struct question *question, int pillar) {
    const struct words *words = question->cli->words;
    const struct edition_marketplace *place = place_of(question);
    const struct edition_pillar *described =
        pillar < 0 ? NULL : g_ptr_array_index(place->pillars, (guint)pillar);
    const struct edition_trend *trend =
        pillar < 0 ? &place->overall.trend : &described->trend;
    const struct edition_number now =
        pillar < 0 ? place->overall.score.score : described->score.score;
    const struct edition_number before = score_before(question, pillar);
    if (!trend->points.known || !now.known || !before.known)
        return;
    g_autofree char *now_text = words_number(words, now.value, 1);
    g_autofree char *before_text = words_number(words, before.value, 1);
    g_autofree char *points = words_signed(words, trend->points.value, 1);
    g_autofree char *p = words_number(words, trend->p_improved.value, 2);
    explain_line(question, 2, "cli.explain.trend",
                 (struct words_argument[]){{"now", now_text, 0},
                                           {"before", before_text, 0},
                                           {"points", points, 0},
                                           {"p", p, 0},
                                           {NULL}});
}

/* Each pillar with its share of the weight as exponent: the weighted geometric mean. */
static void print_overall(const struct question *question) {
    const struct words *words = question->cli->words;
    const struct method *method = question->observatory->method;
    const struct score_place *place = &question->window->places[question->place];
    g_autoptr(GString) product = g_string_new(NULL);
    double weights = 0;
    for (int p = 0; p < method->pillar_count; p++)
        weights += method->pillars[p].weight;
    g_autofree char *sum = words_number(words, weights, 4);
    for (int p = 0; p < method->pillar_count; p++) {
        g_autofree char *score =
            words_number(words, MAX(place->pillars[p].score, method->overall_floor), 4);
        g_autofree char *weight = words_number(words, method->pillars[p].weight, 4);
        g_string_append_printf(product, "%s%s^(%s / %s)", p > 0 ? " × " : "", score,
                               weight, sum);
    }
    g_autofree char *overall = words_number(words, place->overall, 4);
    explain_line(question, 0, "cli.explain.overall",
                 (struct words_argument[]){
                     {"product", product->str, 0}, {"score", overall, 0}, {NULL}});
    const struct edition_overall *published = &place_of(question)->overall;
    explain_published(question, 2, &published->score);
    explain_trend(question, -1);
    explain_sentence(question, 2, published->sentence);
}

/* The rank is a count of draws: where it stands in them, and against whom. */
static void print_rank(const struct question *question) {
    const struct words *words = question->cli->words;
    const struct edition_overall *overall = &place_of(question)->overall;
    if (overall->rank_low <= 0)
        return;
    g_autofree char *first = words_number(words, overall->p_first.value, 2);
    g_autofree char *last = words_number(words, overall->p_last.value, 2);
    explain_line(question, 2, "cli.explain.rank",
                 (struct words_argument[]){{"draws", NULL, question->edition->draws},
                                           {"low", NULL, overall->rank_low},
                                           {"high", NULL, overall->rank_high},
                                           {"first", first, 0},
                                           {"last", last, 0},
                                           {NULL}});
}

static bool add_complaint(void *counter, const struct complaint *complaint) {
    watch_counter_add(counter, complaint);
    return true;
}

static bool print_watch(const struct question *question, GError **error) {
    const struct method *method = question->observatory->method;
    const struct words *words = question->cli->words;
    scoped(watch) *watch = watch_new(method, question->edition->as_of,
                                     (int)question->observatory->registry->places->len);
    scoped(watch_counter) *counter = watch_counter_new(method, watch);
    bool wanted[FIELD_COUNT];
    int32_t first_day, last_day;
    watch_wanted(method, wanted);
    watch_days(watch, &first_day, &last_day);
    if (!store_each_complaint(question->store, first_day, last_day, wanted, add_complaint,
                              counter, error))
        return false;
    watch_counter_finish(counter);
    const struct watch_counts *counts = &watch->places[question->place].windows[0];
    const char *id = watch_dimension_id((enum watch_dimension)question->watch);
    const int yes = counts->yes[question->watch];
    const double share = counts->firms > 0 ? 100.0 * yes / counts->firms : 0;
    double low = 0, high = 1;
    if (counts->firms > 0)
        watch_wilson(yes, counts->firms, &low, &high);
    g_autofree char *key = g_strconcat("watch.", id, NULL);
    g_autofree char *label = words_say(words, key, NULL);
    g_autofree char *share_text = words_number(words, share, 4);
    g_autofree char *low_text = words_number(words, 100 * low, 1);
    g_autofree char *high_text = words_number(words, 100 * high, 1);
    explain_line(question, 0, "cli.explain.watch",
                 (struct words_argument[]){{"label", label, 0},
                                           {"yes", NULL, yes},
                                           {"firms", NULL, counts->firms},
                                           {"share", share_text, 0},
                                           {"low", low_text, 0},
                                           {"high", high_text, 0},
                                           {NULL}});
    const GPtrArray *published = place_of(question)->watch;
    for (guint i = 0; i < published->len; i++) {
        const struct edition_watch *one = g_ptr_array_index(published, i);
        if (strcmp(one->id, id) == 0)
            explain_sentence(question, 2, one->sentence);
    }
    return true;
}

static void print_heading(const struct question *question) {
    const struct words *words = question->cli->words;
    g_autofree char *from = words_month(words, question->edition->window_from);
    g_autofree char *to = words_month(words, question->edition->window_to);
    explain_line(question, 0, "cli.explain.heading",
                 (struct words_argument[]){{"place", place_of(question)->name, 0},
                                           {"from", from, 0},
                                           {"to", to, 0},
                                           {NULL}});
}

static bool answer(const struct question *question, GError **error) {
    print_heading(question);
    if (question->watch >= 0)
        return print_watch(question, error) && explain_reports(question, error);
    for (int p = 0; p < question->observatory->method->pillar_count; p++)
        if (question->pillar < 0 || question->pillar == p)
            explain_pillar(question, p);
    if (question->pillar < 0) {
        print_overall(question);
        print_rank(question);
    }
    return explain_reports(question, error);
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
    scoped(edition) *edition =
        assess_edition(observatory, store, as_of, cli_is_closed(as_of), error);
    scoped(tally) *tally =
        edition != NULL ? assess_tally(observatory, store, as_of, error) : NULL;
    if (tally == NULL)
        return false;
    scoped(score_window) *window =
        score_window_new(observatory->method, observatory->registry, tally, 0);
    question.cli = cli;
    question.observatory = observatory;
    question.store = store;
    question.tally = tally;
    question.window = window;
    question.edition = edition;
    return answer(&question, error);
}
