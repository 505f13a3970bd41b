#include "context_bench.h"

#include "barometre/assess.h"
#include "workbook_file.h"

#define PORTAL                                                                           \
    "\xEF\xBB\xBFid;category;subcategories;creationdate;contactagreement;status;"        \
    "forwardtoreponseconso;tags;signalement_transmis;signalement_lu;"                    \
    "signalement_reponse;dep_name;dep_code;reg_code;reg_name\n"
#define LABELS                                                                           \
    "id;category;subcategories;Date;contactAgreement;status;forwardToReponseConso;tags;" \
    "Signalement Transmis;Signalement Lu par l'entreprise;Signalement ayant reçu une "  \
    "réponse;dep_name;dep_code;Code Officiel Région;Nom Officiel Région\n"
#define COPY                                                                             \
    "reg_code;dep_code;category;subcategories;creationdate;contactagreement;status;"     \
    "forwardtoreponseconso;tags;dep_name;reg_name;signalement_traitement;annee;hc-key\n"

/* A record below PORTAL or LABELS. */
static void add_report(GString *export, const char *date, const char *status,
                       const char *steps) {
    g_string_append_printf(export,
                           "350da985;AchatInternet;Le site, en lui-même,Autre;%s;0;%s;0;"
                           "Internet;%c;%c;%c;Corse-du-Sud;2A;94;Corse\n",
                           date, status, steps[0], steps[1], steps[2]);
}

static void both_families_of_headers_read_alike(void) {
    static const char *const headers[] = {PORTAL, LABELS};
    for (size_t h = 0; h < G_N_ELEMENTS(headers); h++) {
        scoped(bench) *bench = bench_new();
        g_autoptr(GString) export = g_string_new(headers[h]);
        add_report(export, "2026-08-31", "PromesseAction", "111");
        add_report(export, "2026-08-01", "NA", "000");
        add_report(export, "2026-09-01", "ConsulteIgnore", "110");
        add_report(export, "2026-09-02", "NonConsulte", "100");
        bench_take(bench, "signalconso.csv", export->str, "signalconso");
        assert_account(bench, 4, 0, 0, 0);
        assert_counts(bench, "1 -1 2026-08 0 2: 0 0 0 0 0 0 1 1 1\n"
                             "1 -1 2026-09 0 2: 0 0 0 0 0 0 2 1 0\n");
    }
}

/* How far a report went, by status alone. */
static const struct {
    const char *status;
    int steps;
} statuses[] = {
    {"NA", 0},
    {"Non renseigné", 0},
    {"LanceurAlerte", 0},
    {"InformateurInterne", 0},
    {"Lanceur d'alerte", 0},
    {"SuppressionRGPD", 0},
    {"TraitementEnCours", 1},
    {"Traitement en cours", 1},
    {"NonConsulte", 1},
    {"Non consulté", 1},
    {"Signalement non consulté", 1},
    {"Transmis", 2},
    {"Signalement transmis", 2},
    {"ConsulteIgnore", 2},
    {"Consulté/Ignoré", 2},
    {"Signalement consulté ignoré", 2},
    {"PromesseAction", 3},
    {"Promesse d'action", 3},
    {"Promesse action", 3},
    {"Infonde", 3},
    {"Signalement infondé", 3},
    {"Mal attribué", 3},
    {"Signalement mal attribué", 3},
};

static void a_status_is_a_step_of_the_ladder(void) {
    for (size_t s = 0; s < G_N_ELEMENTS(statuses); s++) {
        scoped(bench) *bench = bench_new();
        g_autofree char *export = g_strdup_printf(
            COPY "1;971;E-commerce;\"Le prix;Abonnement\";2023-05-03;1;%s;0;Internet;"
                 "Guadeloupe;Guadeloupe;Signalement lu;2023;fr-gua-gp\n",
            statuses[s].status);
        bench_take(bench, "signalconso.csv", export, "signalconso");
        g_autofree char *expected = g_strdup_printf(
            "1 -1 2023-05 0 1: 0 0 0 0 0 0 %d %d %d\n", statuses[s].steps > 0,
            statuses[s].steps > 1, statuses[s].steps > 2);
        assert_counts(bench, expected);
    }
}

static void steps_out_of_order_contradict_each_other(void) {
    static const char *const bad[] = {"010", "001", "011", "101", "2  ", "1 0", "11N"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        scoped(bench) *bench = bench_new();
        g_autoptr(GString) export = g_string_new(PORTAL);
        add_report(export, "2026-08-31", "NA", "100");
        add_report(export, "2026-08-31", "NA", bad[i]);
        bench_take(bench, "signalconso.csv", export->str, "signalconso");
        assert_account(bench, 1, 0, 1, 0);
    }
}

static void an_unknown_status_is_refused_where_it_alone_speaks(void) {
    scoped(bench) *bench = bench_new();
    static const char rest[] = ";0;Internet;G;G;Signalement lu;2023;fr-gua-gp\n";
    g_autofree char *export = g_strconcat(
        COPY, "1;971;E;L;2023-05-03;1;Classé", rest, "1;971;E;L;2023-05-03;1;", rest,
        "1;971;E;L;;1;NA", rest, "1;971;E;L;2023-05-03;1;NA", rest, NULL);
    bench_take(bench, "signalconso.csv", export, "signalconso");
    assert_account(bench, 1, 0, 3, 0);
}

/* A file is the whole truth of the months it has reports of, and of no other. */
static void a_later_file_replaces_the_months_it_tells_of(void) {
    scoped(bench) *bench = bench_new();
    g_autoptr(GString) first = g_string_new(PORTAL);
    g_autoptr(GString) second = g_string_new(LABELS);
    add_report(first, "2026-08-31", "TraitementEnCours", "100");
    add_report(first, "2026-09-30", "TraitementEnCours", "100");
    add_report(first, "2026-09-29", "TraitementEnCours", "100");
    add_report(second, "2026-09-30", "PromesseAction", "111");
    add_report(second, "2026-09-29", "NonConsulte", "100");
    add_report(second, "2026-10-01", "NA", "000");
    bench_take(bench, "1.csv", first->str, "signalconso");
    bench_take(bench, "2.csv", second->str, "signalconso");
    static const char expected[] = "1 -1 2026-08 0 1: 0 0 0 0 0 0 1 0 0\n"
                                   "1 -1 2026-09 0 2: 0 0 0 0 0 0 2 1 1\n"
                                   "1 -1 2026-10 0 1: 0 0 0 0 0 0 0 0 0\n";
    assert_counts(bench, expected);
    g_assert_cmpint(bench_take(bench, "3.csv", second->str, "signalconso"), ==,
                    IMPORT_KNOWN);
    assert_counts(bench, expected);
    int64_t records[CONTEXT_KINDS];
    g_assert_true(store_context_extent(bench->store, records, NULL));
    g_assert_cmpint(records[CONTEXT_CONSUMERS], ==, 4);
}

/* Months that a file took over are as before, and one that it alone told is gone. */
static void what_is_taken_back_leaves_the_months_before(void) {
    scoped(bench) *bench = bench_new();
    g_autoptr(GString) first = g_string_new(PORTAL);
    g_autoptr(GString) second = g_string_new(PORTAL);
    add_report(first, "2026-08-31", "TraitementEnCours", "100");
    add_report(first, "2026-09-30", "TraitementEnCours", "100");
    add_report(second, "2026-09-30", "TraitementEnCours", "100");
    add_report(second, "2026-09-29", "TraitementEnCours", "100");
    add_report(second, "2026-10-01", "NA", "000");
    bench_take(bench, "1.csv", first->str, "signalconso");
    g_autofree char *before = bench_counts(bench);
    bench_take(bench, "2.csv", second->str, "signalconso");
    bench_withdraw(bench, 2, 3, 1, 0);
    assert_counts(bench, before);
    bench_take(bench, "2.csv", second->str, "signalconso");
    bench_withdraw(bench, 1, 2, 0, 0);
    assert_counts(bench, "1 -1 2026-09 0 2: 0 0 0 0 0 0 2 0 0\n"
                         "1 -1 2026-10 0 1: 0 0 0 0 0 0 0 0 0\n");
}

static void a_file_read_again_counts_once(void) {
    scoped(bench) *bench = bench_new();
    g_autoptr(GString) export = g_string_new(PORTAL);
    add_report(export, "2026-09-30", "TraitementEnCours", "100");
    add_report(export, "2026-09-29", "TraitementEnCours", "100");
    bench_take(bench, "1.csv", export->str, "signalconso");
    g_autofree char *once = bench_counts(bench);
    bench->again = true;
    g_assert_cmpint(bench_take(bench, "1.csv", export->str, "signalconso"), ==,
                    IMPORT_DONE);
    assert_counts(bench, once);
}

/* The order of a file's records does not matter. */
static void a_shuffled_file_counts_the_same(void) {
    enum { REPORTS = 200 };
    static const char *const steps[] = {"000", "100", "110", "111"};
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    g_autofree char *counts = NULL;
    for (int round = 0; round < 3; round++) {
        scoped(bench) *bench = bench_new();
        g_autoptr(GString) export = g_string_new(PORTAL);
        int order[REPORTS];
        for (int i = 0; i < REPORTS; i++) {
            const int j = round == 0 ? i : g_rand_int_range(random, 0, i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        for (int i = 0; i < REPORTS; i++) {
            g_autofree char *date =
                g_strdup_printf("2026-%02d-11", 1 + order[i] * 3 % 10);
            add_report(export, date, "NA", steps[order[i] % 4]);
        }
        bench_take(bench, "signalconso.csv", export->str, "signalconso");
        if (counts == NULL)
            counts = bench_counts(bench);
        assert_counts(bench, counts);
    }
}

static void add_row(GString *sheet, int number, const char *const *cells) {
    g_string_append_printf(sheet, "<row r=\"%d\">", number);
    for (int c = 0; cells[c] != NULL; c++)
        g_string_append_printf(sheet,
                               "<c r=\"%c%d\" t=\"inlineStr\"><is><t>%s</t></is></c>",
                               'A' + c, number, cells[c]);
    g_string_append(sheet, "</row>");
}

/* An extract with sellers on marketplaces, and without. */
static char *extract_file(const struct bench *bench) {
    static const char *const rows[][9] = {
        {"Date de création", "Nom de l'entreprise", "Site web de l'entreprise",
         "Vendeur (marketplace)", "Catégorie", "Statut", "Prénom", "Email", NULL},
        {"31/08/2026", "Grand Foirail", "", "Zorglub SARL", "Achat", "Promesse action",
         "Gersende", "gersende@exemple.fr", NULL},
        {"01/09/2026", "FOIRAIL", "", "Zorglub SARL", "Achat", "NA", "Gersende", "",
         NULL},
        {"02/09/2026", "Une holding", "https://www.alize-pro.fr/vendeur?id=1", "Autre",
         "Achat", "Signalement non consulté", "Gersende", "", NULL},
        {"03/09/2026", "Grand Foirail", "", "", "Achat", "NA", "Gersende", "", NULL},
        {"04/09/2026", "Inconnue", "https://inconnue.fr", "Autre", "Achat", "NA",
         "Gersende", "", NULL},
        {"31/09/2026", "Grand Foirail", "", "Autre", "Achat", "NA", "Gersende", "", NULL},
        {"05/09/2026", "Grand Foirail", "", "Autre", "Achat", "?", "Gersende", "", NULL},
    };
    g_autoptr(GString) sheet = g_string_new("<worksheet><sheetData>");
    for (int r = 0; r < (int)G_N_ELEMENTS(rows); r++)
        add_row(sheet, r + 1, rows[r]);
    g_string_append(sheet, "</sheetData></worksheet>");
    static const char filters[] =
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Filtre"
        "</t></is></c></row></sheetData></worksheet>";
    return xlsx_file(bench->scratch->path, filters, sheet->str, "", "");
}

static void an_extract_counts_sellers_of_known_marketplaces(void) {
    scoped(bench) *bench = bench_new();
    g_autofree char *path = extract_file(bench);
    bench_import(bench, path, "signalconso-extract");
    assert_account(bench, 3, 0, 2, 2);
    assert_counts(bench, "2 1 2026-09 0 1: 0 0 0 0 0 0 1 0 0\n"
                         "2 0 2026-08 0 1: 0 0 0 0 0 0 1 1 1\n"
                         "2 0 2026-09 0 1: 0 0 0 0 0 0 0 0 0\n");
}

/* Neither who reported nor about whom. */
static void no_name_of_an_extract_is_kept(void) {
    static const char *const names[] = {"Gersende", "gersende@", "Zorglub", "holding"};
    scoped(bench) *bench = bench_new();
    g_autofree char *path = extract_file(bench);
    bench_import(bench, path, "signalconso-extract");
    g_autofree char *file = observatory_path(bench->observatory, "store.db");
    gsize length;
    g_autofree char *bytes = scratch_read(file, &length);
    for (size_t n = 0; n < G_N_ELEMENTS(names); n++)
        g_assert_null(memmem(bytes, length, names[n], strlen(names[n])));
    g_assert_nonnull(memmem(bytes, length, "signalconso-extract", 19));
}

/* Counts that follow from what is published: −1 where one does not. */
struct ladder {
    int64_t steps[4];
};

static struct ladder published(const struct edition_consumers *consumers) {
    struct ladder ladder = {{-1, -1, -1, -1}};
    const double transmitted = consumers->transmitted.value;
    if (consumers->reports.known)
        ladder.steps[0] = (int64_t)consumers->reports.value;
    if (consumers->transmitted.known)
        ladder.steps[1] = (int64_t)transmitted;
    if (consumers->read.known)
        ladder.steps[2] = (int64_t)(consumers->read.value / 100 * transmitted + 0.5);
    if (consumers->answered.known)
        ladder.steps[3] = (int64_t)(consumers->answered.value / 100 * transmitted + 0.5);
    return ladder;
}

/* Every ladder of up to 14 reports: no count and no difference of two is 1 to 4, and what
 * need not be hidden is told. */
static void counts_of_few_consumers_are_hidden(void) {
    enum { MOST = 14, THRESHOLD = 5 };
    scoped(bench) *bench = bench_new();
    g_assert_cmpint(bench->observatory->method->disclosure_threshold, ==, THRESHOLD);
    int told = 0, hidden = 0;
    for (int r = 1; r <= MOST; r++)
        for (int t = 0; t <= r; t++)
            for (int d = 0; d <= t; d++)
                for (int a = 0; a <= d; a++) {
                    scoped(edition) *edition = edition_new();
                    const struct edition_marketplace *place =
                        edition_add_marketplace(edition);
                    const struct context_count count = {
                        .kind = CONTEXT_SELLERS,
                        .records = r,
                        .facts = {[CONTEXT_TRANSMITTED] = t,
                                  [CONTEXT_READ] = d,
                                  [CONTEXT_ANSWERED] = a}};
                    context_fill(edition, bench->observatory->method, &count);
                    g_assert_cmpuint(place->consumers->len, ==, 1);
                    const struct edition_consumers *consumers =
                        &g_array_index(place->consumers, struct edition_consumers, 0);
                    const struct ladder ladder = published(consumers);
                    bool all = true;
                    for (int i = 0; i < 4; i++)
                        for (int j = i; j < 4; j++) {
                            const int64_t less = j > i ? ladder.steps[j] : 0;
                            all &= ladder.steps[i] >= 0;
                            if (ladder.steps[i] < 0 || less < 0)
                                continue;
                            const int64_t rest = ladder.steps[i] - less;
                            g_assert_true(rest == 0 || rest >= THRESHOLD);
                        }
                    g_assert_true(all || consumers->reason == REASON_SUPPRESSED ||
                                  t == 0);
                    told += all;
                    hidden += consumers->reason == REASON_SUPPRESSED;
                }
    g_assert_cmpint(told, >, 20);
    g_assert_cmpint(hidden, >, 1000);
}

static void the_country_and_acts_of_platforms_are_told_as_they_are(void) {
    scoped(bench) *bench = bench_new();
    scoped(edition) *edition = edition_new();
    const struct edition_marketplace *place = edition_add_marketplace(edition);
    const struct context_count national = {
        .kind = CONTEXT_CONSUMERS,
        .place = -1,
        .month = 24321,
        .records = 4,
        .facts = {[CONTEXT_TRANSMITTED] = 3, [CONTEXT_READ] = 2, [CONTEXT_ANSWERED] = 1}};
    const struct context_count acts = {.kind = CONTEXT_STATEMENTS,
                                       .month = 24321,
                                       .days = 2,
                                       .records = 3,
                                       .facts = {[CONTEXT_SUSPENSION] = 1,
                                                 [CONTEXT_PRODUCT] = 2,
                                                 [CONTEXT_DECIDED] = 1,
                                                 [CONTEXT_DETECTED] = 3}};
    context_fill(edition, bench->observatory->method, &national);
    context_fill(edition, bench->observatory->method, &acts);
    g_assert_cmpuint(edition->consumers->len + place->statements->len, ==, 2);
    const struct edition_consumers *consumers =
        &g_array_index(edition->consumers, struct edition_consumers, 0);
    g_assert_cmpfloat(consumers->read.value, ==, 66.7);
    g_assert_cmpfloat(consumers->answered.value, ==, 33.3);
    const struct edition_statements *statements =
        &g_array_index(place->statements, struct edition_statements, 0);
    g_assert_cmpint(statements->suspensions, ==, 1);
    g_assert_cmpfloat(statements->decided, ==, 33.3);
    g_assert_cmpfloat(statements->detected, ==, 100);
}

static void an_edition_tells_the_months_of_its_window(void) {
    scoped(bench) *bench = bench_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) reports = g_string_new(PORTAL);
    g_autoptr(GString) statements = statements_new(DSA_38);
    static const char *const days[] = {"2025-10-31", "2025-11-01", "2026-10-31",
                                       "2026-11-01"};
    for (int i = 0; i < (int)G_N_ELEMENTS(days); i++) {
        add_report(reports, days[i], "NonConsulte", "100");
        add_statement(statements, DSA_38, i, "created_at", days[i], NULL);
    }
    bench_take(bench, "a.csv", reports->str, "signalconso");
    bench_take(bench, "b.csv", statements->str, "dsa");
    scoped(edition) *edition =
        assess_edition(bench->observatory, bench->store, 2026 * 12 + 9, true, &error);
    g_assert_no_error(error);
    const struct edition_marketplace *place = g_ptr_array_index(edition->marketplaces, 0);
    g_assert_cmpuint(edition->consumers->len, ==, 2);
    g_assert_cmpuint(place->statements->len, ==, 2);
    g_assert_cmpint(g_array_index(edition->consumers, struct edition_consumers, 0).month,
                    ==, 2025 * 12 + 10);
    g_assert_cmpint(g_array_index(place->statements, struct edition_statements, 1).month,
                    ==, 2026 * 12 + 9);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/consumer/" #name, name)
    TEST(both_families_of_headers_read_alike);
    TEST(a_status_is_a_step_of_the_ladder);
    TEST(steps_out_of_order_contradict_each_other);
    TEST(an_unknown_status_is_refused_where_it_alone_speaks);
    TEST(a_later_file_replaces_the_months_it_tells_of);
    TEST(what_is_taken_back_leaves_the_months_before);
    TEST(a_file_read_again_counts_once);
    TEST(a_shuffled_file_counts_the_same);
    TEST(an_extract_counts_sellers_of_known_marketplaces);
    TEST(no_name_of_an_extract_is_kept);
    TEST(counts_of_few_consumers_are_hidden);
    TEST(the_country_and_acts_of_platforms_are_told_as_they_are);
    TEST(an_edition_tells_the_months_of_its_window);
#undef TEST
    return g_test_run();
}
