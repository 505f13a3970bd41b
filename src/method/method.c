#include "barometre/method.h"

#include "method_notice.h"

#include <string.h>

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})

enum { MOST_LABEL_CHARACTERS = 34, MOST_ID_BYTES = 32, LEAST_THRESHOLD = 3 };

static const double least_positive = 1e-6, most_number = 1e6;

static const char *const kind_words[] = {
    [INDICATOR_SHARE] = "share",
    [INDICATOR_DELAY] = "delay",
    [INDICATOR_INCIDENCE] = "incidence",
    NULL,
};

const char *method_kind_word(enum indicator_kind kind) {
    return kind_words[kind];
}

/* An identifier of the method: [a-z][a-z0-9_]{0,31}. */
static char *load_id(const struct json_node *node) {
    const char *id = json_node_string(node, "id");
    const size_t length = strlen(id);
    if (length > MOST_ID_BYTES || (length > 0 && !g_ascii_islower(id[0])) ||
        strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_") != length)
        json_node_problem(node, "id", "an id is made of a-z, 0-9 and _, at most %d bytes",
                          MOST_ID_BYTES);
    return g_strdup(id);
}

static void load_label(const struct json_node *node, char *label[WORDS_LANGUAGES]) {
    json_node_bilingual(node, "label", label);
    for (int i = 0; i < WORDS_LANGUAGES; i++)
        if (g_utf8_strlen(label[i], -1) > MOST_LABEL_CHARACTERS)
            json_node_problem(node, "label",
                              "a label is longer than %d characters; "
                              "shorten it",
                              MOST_LABEL_CHARACTERS);
}

static double load_positive(const struct json_node *node, const char *key) {
    return json_node_number(node, key, least_positive, most_number);
}

static void load_rule(struct method_indicator *indicator, const struct json_node *node) {
    const struct json_node answer = json_node_object(node, "answer", NULL);
    const int problems = node->reader->problem_count;
    rule_load(&indicator->rule, &answer);
    const bool is_delay = indicator->rule.kind == RULE_DELAY;
    if (answer.value != NULL && node->reader->problem_count == problems &&
        is_delay != (indicator->kind == INDICATOR_DELAY))
        json_node_problem(&answer, "kind",
                          "a delay takes the answer \"delay\", a share any other");
}

static void load_indicator(struct method_indicator *indicator,
                           const struct json_node *node) {
    indicator->id = load_id(node);
    load_label(node, indicator->label);
    indicator->kind = (enum indicator_kind)json_node_choice(node, "kind", kind_words);
    indicator->weight = load_positive(node, "weight");
    indicator->basis = json_node_strings(node, "basis", 0, 16);
    const bool is_incidence = indicator->kind == INDICATOR_INCIDENCE;
    if (!is_incidence)
        load_rule(indicator, node);
    else if (json_node_has(node, "answer"))
        json_node_problem(node, "answer", "an incidence reads no answer; remove it");
}

static void check_indicators(const struct method_pillar *pillar,
                             const struct json_node *indicators) {
    int of_kind[] = {
        [INDICATOR_SHARE] = 0, [INDICATOR_DELAY] = 0, [INDICATOR_INCIDENCE] = 0};
    for (int i = 0; i < pillar->indicator_count; i++) {
        of_kind[pillar->indicators[i].kind]++;
        for (int j = 0; j < i; j++)
            if (strcmp(pillar->indicators[i].id, pillar->indicators[j].id) == 0)
                json_node_problem(indicators, NULL,
                                  "elements %d and %d have the same id; rename one", j,
                                  i);
    }
    if (of_kind[INDICATOR_INCIDENCE] > 1)
        json_node_problem(indicators, NULL,
                          "a pillar has at most one incidence; keep one");
    if (of_kind[INDICATOR_DELAY] > 1)
        json_node_problem(indicators, NULL,
                          "a pillar has at most one delay, whose median is the pillar's; "
                          "keep one");
    if (indicators->value != NULL &&
        of_kind[INDICATOR_SHARE] + of_kind[INDICATOR_DELAY] == 0)
        json_node_problem(indicators, NULL, "a pillar needs a share or a delay; add one");
}

static void load_pillar(struct method_pillar *pillar, const struct json_node *node) {
    static const char *const units[] = {"firm", "change", NULL};
    pillar->id = load_id(node);
    load_label(node, pillar->label);
    pillar->weight = load_positive(node, "weight");
    pillar->clustered = json_node_choice(node, "unit", units) == 1;
    const char *field = json_node_string(node, "reported_by");
    pillar->reported_by = complaint_field_find(field);
    if (field[0] != '\0' && (pillar->reported_by == FIELD_COUNT ||
                             complaint_fields[pillar->reported_by].type != TYPE_ANSWER))
        json_node_problem(node, "reported_by",
                          "this is no yes/no field of a complaint; correct it");
    const struct json_node indicators =
        json_node_array(node, "indicators", 1, METHOD_MOST_INDICATORS);
    for (size_t i = 0; i < json_node_length(&indicators); i++) {
        const struct json_node indicator = json_node_object_at(
            &indicators, i, KEYS("id", "label", "kind", "weight", "answer", "basis"));
        load_indicator(&pillar->indicators[pillar->indicator_count++], &indicator);
    }
    check_indicators(pillar, &indicators);
}

static void load_pillars(struct method *method, const struct json_node *root) {
    const struct json_node pillars =
        json_node_array(root, "pillars", 1, METHOD_MOST_PILLARS);
    for (size_t i = 0; i < json_node_length(&pillars); i++) {
        const struct json_node pillar = json_node_object_at(
            &pillars, i,
            KEYS("id", "label", "weight", "reported_by", "unit", "indicators"));
        load_pillar(&method->pillars[method->pillar_count++], &pillar);
        for (size_t j = 0; j < i; j++)
            if (strcmp(method->pillars[i].id, method->pillars[j].id) == 0)
                json_node_problem(&pillars, NULL,
                                  "elements %zu and %zu have the same id; rename one", j,
                                  i);
    }
}

static void load_bands(struct method *method, const struct json_node *root) {
    const struct json_node bands =
        json_node_array(root, "bands", 1, G_N_ELEMENTS(method->bands));
    const size_t count = json_node_length(&bands);
    for (size_t i = 0; i < count; i++) {
        const struct json_node node =
            json_node_object_at(&bands, i, KEYS("letter", "least"));
        struct method_band *band = &method->bands[method->band_count++];
        band->letter = g_strdup(json_node_string(&node, "letter"));
        band->least = json_node_number(&node, "least", 0, 100);
        if (i > 0 && node.value != NULL && band->least >= method->bands[i - 1].least)
            json_node_problem(&node, "least",
                              "bands go down; write less than in the band before");
    }
    if (count > 0 && method->bands[count - 1].least != 0)
        json_node_problem(&bands, NULL, "the last band must begin at 0; correct it");
}

static void load_classes(struct method *method, const struct json_node *root) {
    const struct json_node classes =
        json_node_array(root, "firms_classes", 1, G_N_ELEMENTS(method->firms_classes));
    int least = method->disclosure_threshold;
    for (size_t i = 0; i < json_node_length(&classes); i++) {
        /* A class that began below the threshold would tell of a hidden count. */
        const int bound = json_node_int_at(&classes, i, least, 1000000);
        method->firms_classes[method->firms_class_count++] = bound;
        least = bound + 1;
    }
}

static void load_gates(struct method *method, const struct json_node *root) {
    struct method_gates *gates = &method->gates;
    const int threshold = method->disclosure_threshold;
    const struct json_node node = json_node_object(
        root, "gates", KEYS("pillar", "established", "overall", "indicator"));
    const struct json_node pillar = json_node_object(
        &node, "pillar", KEYS("firms", "changes", "indicators", "answers", "width"));
    gates->pillar_firms = json_node_int(&pillar, "firms", threshold, 1000000);
    gates->pillar_changes = json_node_int(&pillar, "changes", 1, 1000000);
    gates->pillar_indicators =
        json_node_int(&pillar, "indicators", 0, METHOD_MOST_INDICATORS);
    gates->pillar_answers = json_node_int(&pillar, "answers", 1, 1000000);
    gates->pillar_width = json_node_number(&pillar, "width", 0, 100);
    const struct json_node established =
        json_node_object(&node, "established", KEYS("firms", "units", "width"));
    gates->established_firms =
        json_node_int(&established, "firms", gates->pillar_firms, 1000000);
    gates->established_units = json_node_int(&established, "units", 1, 1000000);
    gates->established_width =
        json_node_number(&established, "width", 0, gates->pillar_width);
    const struct json_node overall = json_node_object(&node, "overall", KEYS("width"));
    gates->overall_width = json_node_number(&overall, "width", 0, 100);
    const struct json_node indicator =
        json_node_object(&node, "indicator", KEYS("answers"));
    gates->indicator_answers = json_node_int(&indicator, "answers", threshold, 1000000);
}

/* A claim of a half or less would let both sides of a comparison be claimed at once. */
static double load_claim(const struct json_node *claims, const char *key) {
    return json_node_number(claims, key, 0.5, 1);
}

static void load_claims(struct method *method, const struct json_node *root) {
    struct method_claims *claims = &method->claims;
    const struct json_node node = json_node_object(
        root, "claims", KEYS("ahead", "median", "trend", "trend_points", "group_places"));
    claims->ahead = load_claim(&node, "ahead");
    claims->median = load_claim(&node, "median");
    claims->trend = load_claim(&node, "trend");
    claims->trend_points = json_node_number(&node, "trend_points", 0, 100);
    claims->group_places = json_node_int(&node, "group_places", 1, 1000);
}

static void load_incidence(struct method *method, const struct json_node *root) {
    struct method_incidence *incidence = &method->incidence;
    const struct json_node node = json_node_object(
        root, "incidence",
        KEYS("prior_reports", "pooled_prior", "best_rate", "worst_rate"));
    incidence->prior_reports = json_node_number(&node, "prior_reports", 1, most_number);
    incidence->pooled_prior = load_positive(&node, "pooled_prior");
    incidence->best_rate = load_positive(&node, "best_rate");
    incidence->worst_rate = load_positive(&node, "worst_rate");
    if (node.value != NULL && incidence->best_rate >= incidence->worst_rate)
        json_node_problem(&node, "worst_rate", "this must exceed best_rate; correct it");
}

/* A unit divides 100, so that a share of all is a multiple of it. */
static void load_curve(struct method *method, const struct json_node *root) {
    struct method_curve *curve = &method->curve;
    const struct json_node node =
        json_node_object(root, "curve", KEYS("horizons", "units"));
    curve->horizons = json_node_int(&node, "horizons", 1, 10);
    const struct json_node units =
        json_node_array(&node, "units", 1, G_N_ELEMENTS(curve->units));
    int least = 1;
    for (size_t i = 0; i < json_node_length(&units); i++) {
        const int unit = json_node_int_at(&units, i, least, 50);
        if (100 % unit != 0)
            json_node_problem(&units, NULL, "element %zu does not divide 100", i);
        curve->units[curve->unit_count++] = unit;
        least = unit + 1;
    }
}

static void load_alert(struct method *method, const struct json_node *root) {
    struct method_alert *alert = &method->alert;
    const struct json_node node = json_node_object(
        root, "alert",
        KEYS("ratio", "likelihood", "share_months", "share_probability",
             "seasonal_months", "seasonal_reports", "seasonal_least", "seasonal_most"));
    alert->ratio = json_node_number(&node, "ratio", 1.01, 100);
    alert->likelihood = json_node_number(&node, "likelihood", 1.01, most_number);
    alert->share_months = json_node_int(&node, "share_months", 1, 12);
    alert->share_probability =
        json_node_number(&node, "share_probability", least_positive, 1);
    alert->seasonal_months = json_node_int(&node, "seasonal_months", 12, 1200);
    alert->seasonal_reports = json_node_int(&node, "seasonal_reports", 1, 1000000);
    alert->seasonal_least = json_node_number(&node, "seasonal_least", least_positive, 1);
    alert->seasonal_most = json_node_number(&node, "seasonal_most", 1, 12);
}

static void load_funnel(struct method *method, const struct json_node *root) {
    struct method_funnel *funnel = &method->funnel;
    funnel->known = json_node_has(root, "funnel");
    if (!funnel->known)
        return;
    const struct json_node node = json_node_object(
        root, "funnel",
        KEYS("inner", "outer", "least_expected", "places", "dispersion_step"));
    funnel->inner = json_node_number(&node, "inner", 0.5, 0.9999);
    funnel->outer = json_node_number(&node, "outer", 0.5, 0.9999);
    funnel->least_expected = json_node_number(&node, "least_expected", 1, 1000000);
    funnel->places = json_node_int(&node, "places", 1, 1000);
    funnel->dispersion_step = json_node_number(&node, "dispersion_step", 0.1, 10);
    if (node.value != NULL && funnel->inner >= funnel->outer)
        json_node_problem(&node, "outer", "this must exceed inner; correct it");
}

static void load_robustness(struct method *method, const struct json_node *root) {
    struct method_robustness *robustness = &method->robustness;
    const struct json_node node = json_node_object(
        root, "robustness",
        KEYS("weightings", "sobol_base", "sobol_draws", "contested", "documented"));
    robustness->weightings = json_node_int(&node, "weightings", 100, 1000000);
    robustness->sobol_base = json_node_int(&node, "sobol_base", 64, 65536);
    robustness->sobol_draws = json_node_int(&node, "sobol_draws", 16, 65536);
    const struct json_node contested = json_node_object(&node, "contested", NULL);
    rule_clause_load(&robustness->contested, &contested);
    const struct json_node documented = json_node_object(&node, "documented", NULL);
    rule_clause_load(&robustness->documented, &documented);
}

static void load_watch(struct method *method, const struct json_node *root) {
    struct method_watch *watch = &method->watch;
    watch->known = json_node_has(root, "watch");
    if (!watch->known)
        return;
    const struct json_node node = json_node_object(
        root, "watch",
        KEYS("change_p", "median_firms", "dominance", "short_notice_days"));
    watch->change_p = json_node_number(&node, "change_p", 0, 1);
    watch->median_firms =
        json_node_int(&node, "median_firms", method->disclosure_threshold, 1000000);
    watch->dominance = json_node_number(&node, "dominance", 0, 1);
    watch->short_notice_days = json_node_int(&node, "short_notice_days", 0, 3650);
}

static void load_terms(struct method *method, const struct json_node *root) {
    struct method_terms *terms = &method->terms;
    terms->known = json_node_has(root, "terms");
    if (!terms->known)
        return;
    const struct json_node node = json_node_object(
        root, "terms",
        KEYS("least_words", "collapse_days", "flip_flop_returns", "dynamic_contents",
             "dynamic_share", "dynamic_days", "median_intervals"));
    terms->least_words = json_node_int(&node, "least_words", 1, 1000000);
    terms->collapse_days = json_node_int(&node, "collapse_days", 0, 3650);
    terms->flip_flop_returns = json_node_int(&node, "flip_flop_returns", 1, 1000000);
    terms->dynamic_contents = json_node_int(&node, "dynamic_contents", 2, 1000000);
    terms->dynamic_share = json_node_number(&node, "dynamic_share", 0, 1);
    terms->dynamic_days = json_node_number(&node, "dynamic_days", 0, 3650);
    terms->median_intervals = json_node_int(&node, "median_intervals", 1, 1000000);
}

static void load_excluded(struct method *method, const struct json_node *root) {
    const struct json_node clauses =
        json_node_array(root, "excluded", 0, RULE_MOST_CLAUSES);
    for (size_t i = 0; i < json_node_length(&clauses); i++) {
        const struct json_node clause = json_node_object_at(&clauses, i, NULL);
        rule_clause_load(&method->excluded[method->excluded_count++], &clause);
    }
}

/* A pillar that could never pass its own gate is a mistake of the file. */
static void check_gates(const struct method *method, const struct json_node *root) {
    for (int i = 0; i < method->pillar_count; i++) {
        const struct method_pillar *pillar = &method->pillars[i];
        int treatments = 0;
        for (int j = 0; j < pillar->indicator_count; j++)
            treatments += pillar->indicators[j].kind != INDICATOR_INCIDENCE;
        if (treatments < method->gates.pillar_indicators)
            json_node_problem(root, "gates.pillar.indicators",
                              "pillar %d has only %d indicators that are not an "
                              "incidence and could never pass; write fewer",
                              i, treatments);
    }
}

/* Weights between ½ and 1, and below ½, cannot be drawn alike on every processor. */
static void load_phantom(struct method *method, const struct json_node *root) {
    method->phantom_weight = json_node_number(root, "phantom_weight", 0.5, 100);
    if (method->phantom_weight > 0.5 && method->phantom_weight < 1)
        json_node_problem(root, "phantom_weight", "write 0.5, or 1 and more");
}

static void load_numbers(struct method *method, const struct json_node *root) {
    method->version = g_strdup(json_node_string(root, "version"));
    method->seed = g_strdup(json_node_string(root, "seed"));
    method->window_months = json_node_int(root, "window_months", 1, 120);
    method->history_months = json_node_int(root, "history_months", 0, 240);
    method->draws = json_node_int(root, "draws", 100, 1000000);
    method->history_draws = json_node_int(root, "history_draws", 100, 1000000);
    method->interval = json_node_number(root, "interval", 0.5, 0.999);
    load_phantom(method, root);
    method->overall_floor = json_node_number(root, "overall_floor", least_positive, 100);
    method->disclosure_threshold =
        json_node_int(root, "disclosure_threshold", LEAST_THRESHOLD, 1000);
}

static struct method *load(struct json_reader *reader, GError **error) {
    const struct json_node root = json_reader_root(
        reader, KEYS("version", "seed", "window_months", "history_months", "draws",
                     "history_draws", "interval", "phantom_weight", "overall_floor",
                     "disclosure_threshold", "firms_classes", "bands", "gates", "claims",
                     "incidence", "curve", "alert", "funnel", "robustness", "watch",
                     "notice", "terms", "excluded", "pillars"));
    scoped(method) *method = g_new0(struct method, 1);
    method->sha256 = g_strdup(reader->sha256);
    load_numbers(method, &root);
    load_classes(method, &root);
    load_bands(method, &root);
    load_gates(method, &root);
    load_claims(method, &root);
    load_incidence(method, &root);
    load_curve(method, &root);
    load_alert(method, &root);
    load_funnel(method, &root);
    load_robustness(method, &root);
    load_watch(method, &root);
    load_terms(method, &root);
    load_excluded(method, &root);
    load_pillars(method, &root);
    check_gates(method, &root);
    method_notice_load(method, &root);
    return json_reader_finish(reader, error) ? g_steal_pointer(&method) : NULL;
}

struct method *method_load(const char *file, GError **error) {
    scoped(json_reader) *reader = json_reader_open(file, error);
    return reader != NULL ? load(reader, error) : NULL;
}

struct method *method_parse(const char *json, size_t length, const char *name,
                            GError **error) {
    scoped(json_reader) *reader = json_reader_parse(json, length, name, error);
    return reader != NULL ? load(reader, error) : NULL;
}

static void clear_indicator(struct method_indicator *indicator) {
    g_free(indicator->id);
    for (int i = 0; i < WORDS_LANGUAGES; i++)
        g_free(indicator->label[i]);
    g_strfreev(indicator->basis);
}

static void clear_pillar(struct method_pillar *pillar) {
    g_free(pillar->id);
    for (int i = 0; i < WORDS_LANGUAGES; i++)
        g_free(pillar->label[i]);
    for (int i = 0; i < pillar->indicator_count; i++)
        clear_indicator(&pillar->indicators[i]);
}

void method_free(struct method *method) {
    if (method == NULL)
        return;
    g_free(method->version);
    g_free(method->sha256);
    g_free(method->seed);
    for (int i = 0; i < method->band_count; i++)
        g_free(method->bands[i].letter);
    for (int i = 0; i < method->pillar_count; i++)
        clear_pillar(&method->pillars[i]);
    g_free(method);
}

const char *method_band(const struct method *method, double score) {
    int band = 0;
    while (band < method->band_count - 1 && score < method->bands[band].least)
        band++;
    return method->bands[band].letter;
}

bool method_excludes(const struct method *method, const struct complaint *complaint) {
    for (int i = 0; i < method->excluded_count; i++)
        if (rule_clause_holds(&method->excluded[i], complaint))
            return true;
    return false;
}
