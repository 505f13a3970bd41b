#include "export_desk.h"

#define ROW(id, heard)                                                                   \
    "{\"report_id\": \"" id                                                              \
    "\", \"siret\": \"732829320\", \"marketplace\": \"Bazarette\", "                     \
    "\"received_on\": \"2026-01-15\", \"pillars\": \"d\", \"heard\": " heard "}"

/* Reads text and gives the log without the places of rejects. */
static void expect(struct desk *desk, const char *text, const char *log) {
    g_autoptr(GError) error = NULL;
    read_bytes(desk, text, -1, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(desk->log->str, ==, log);
}

static struct desk *sample_desk(void) {
    return desk_new("sample/marketplaces.json");
}

/* "yes", "no" and null in every place where records may lie. */
static void records_may_be_an_array_or_one_a_line(void) {
    static const char *const texts[] = {
        "[" ROW("1", "true") "," ROW("2", "\"no\"") "," ROW("3", "null") "]",
        "[\n  " ROW("1", "\"oui\"") ",\n  " ROW("2", "false") ",\n  " ROW("3",
                                                                          "\"\"") "\n]\n",
        ROW("1", "true") "\n" ROW("2", "false") "\n" ROW("3", "null") "\n",
        "\xEF\xBB\xBF" ROW("1", "true") "\r\n\r\n" ROW("2", "false") "\r\n" ROW("3",
                                                                                "null"),
    };
    scoped(desk) *desk = sample_desk();
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_true(read_bytes(desk, texts[i], -1, &error));
        g_auto(GStrv) lines = g_strsplit(desk->log->str, "\n", -1);
        g_assert_cmpstr(lines[0], ==, "1 2 1");
        g_assert_cmpstr(lines[1], ==, "2 2 0");
        g_assert_true(g_str_has_prefix(lines[2], "3 2 -2147483648"));
        g_assert_cmpint(desk->account.records[ACCOUNT_REJECTED], ==, 0);
    }
}

/* One faulty record between two sound ones, in an array and on lines. */
static void a_bad_record_costs_itself_alone(void) {
    static const char *const faults[] = {
        "{\"report_id\": \"2\", \"siret\" \"732829320\"}",  /* no colon */
        "{\"report_id\": \"2\", \"siret\": \"732829320}",   /* an open string */
        "{\"report_id\": \"2\", \"siret\": [\"732829320\"", /* an open array and object */
        "{\"report_id\": \"2\", \"siret\": \"73\\x\"}",     /* no such escape */
        "{\"report_id\": \"2\", \"report_id\": \"2\"}",     /* a name twice */
        "{\"report_id\": \"2\", \"siret\": 99999999999999999999}",
        "{\"report_id\": \"2\", \"siret\": \"\xFF\"}",
        "{\"report_id\": \"2\", \"siret\": 1}}", /* a brace too many */
        "{\"report_id\": \"2\", \"a\": {\"b\": 1]}",
        "\"2\"",
        "2",
    };
    scoped(desk) *desk = sample_desk();
    for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
        const char *const shapes[][3] = {
            {"[", ",", "]"}, {"[\n ", ",\n ", "\n]\n"}, {"", "\n", "\n"}};
        for (size_t s = 0; s < G_N_ELEMENTS(shapes); s++) {
            g_autofree char *text =
                g_strconcat(shapes[s][0], ROW("1", "true"), shapes[s][1], faults[i],
                            shapes[s][1], ROW("3", "false"), shapes[s][2], NULL);
            g_autoptr(GError) error = NULL;
            g_test_message("%s", text);
            g_assert_true(read_bytes(desk, text, -1, &error));
            g_assert_cmpint(desk->account.records[ACCOUNT_STORED], ==, 2);
            g_assert_cmpint(desk->account.records[ACCOUNT_REJECTED], ==, 1);
            g_assert_true(g_str_has_prefix(desk->log->str, "1 2 1\nmalformed "));
            g_assert_true(g_str_has_suffix(desk->log->str, "\n3 2 0\n"));
        }
    }
}

static void a_reject_says_where_it_lies(void) {
    scoped(desk) *desk = sample_desk();
    expect(desk,
           "[\n" ROW("1", "true") ",\n{\"report_id\": \"2\"},\n" ROW("3", "9") "\n]",
           "1 2 1\n"
           "no_firm line 3 offset 132 length 18 column 0 siret\n"
           "value line 4 offset 152 length 125 column 0 heard\n");
}

static void a_cut_document_ends_with_a_reject(void) {
    scoped(desk) *desk = sample_desk();
    static const char whole[] = "[" ROW("1", "true") ",\n" ROW("2", "false") "]";
    const size_t first = strlen("[" ROW("1", "true"));
    for (size_t length = first + 1; length < strlen(whole) - 1; length++) {
        g_autoptr(GError) error = NULL;
        g_assert_true(read_bytes(desk, whole, (gssize)length, &error));
        g_assert_true(g_str_has_prefix(desk->log->str, "1 2 1\nmalformed "));
        g_assert_cmpint(desk->account.records[ACCOUNT_REJECTED], ==, 1);
    }
}

/* Whatever the bytes, they are all accounted for. */
static void every_byte_has_its_account(void) {
    static const char alphabet[] = "{}[],:\"\\ \na1-";
    scoped(desk) *desk = sample_desk();
    desk->threads = 1;
    for (guint32 seed = 0; seed < 400; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        g_autoptr(GString) text = g_string_new("[" ROW("1", "true") ",");
        for (int i = g_rand_int_range(random, 0, 60); i > 0; i--) {
            if (g_rand_int_range(random, 0, 12) == 0)
                g_string_append(text, ROW("2", "true"));
            g_string_append_c(text, alphabet[g_rand_int_range(random, 0, 13)]);
        }
        g_rand_free(random);
        g_autoptr(GError) error = NULL;
        g_assert_true(read_bytes(desk, text->str, (gssize)text->len, &error));
        g_assert_true(g_str_has_prefix(desk->log->str, "1 2 1\n"));
    }
}

#define DOSSIER(number, rest)                                                            \
    "{\"__typename\": \"Dossier\", \"id\": \"RG9z\", \"number\": " number                \
    ", \"state\": \"en_instruction\", \"dateDepot\": \"2026-01-15T09:30:00+01:00\","     \
    "\"dateDerniereModification\": \"2026-01-20T10:00:00+01:00\"," rest "}"

#define FIRM                                                                             \
    "\"demandeur\": {\"__typename\": \"PersonneMorale\", \"siret\": \"73282932000074\"," \
    "\"entreprise\": {\"siren\": \"732829320\", \"codeEffectifEntreprise\": \"02\"}},"

#define PLACE                                                                            \
    "{\"id\": \"Q1\", \"__typename\": \"TextChamp\", \"label\": \"Place de marché "     \
    "concernée\", \"stringValue\": \"Bazarette\"},"                                     \
    "{\"id\": \"Q2\", \"__typename\": \"MultipleDropDownListChamp\", \"label\": "        \
    "\"Objet du "                                                                        \
    "signalement\", \"stringValue\": \"Déréférencement\", \"values\": "               \
    "[\"Déréférencement\"]}"

#define HEARD(value)                                                                     \
    ",{\"id\": \"Q3\", \"__typename\": \"YesNoChamp\", \"label\": \"Avez-vous pu vous "  \
    "expliquer sur les faits ?\", \"stringValue\": \"" value "\", \"selected\": " value  \
    "}"

#define EFFECTIVE                                                                         \
    ",{\"id\": \"Q4\", \"__typename\": \"DateChamp\", \"label\": \"Date d’effet de la " \
    "mesure\", \"stringValue\": \"12 mai 2023\", \"date\": \"2023-05-12\"}"

#define PAGE(nodes)                                                                      \
    "{\"data\": {\"demarche\": {\"title\": \"x {\\\"\", \"dossiers\": {\"pageInfo\": "   \
    "{\"hasNextPage\": true}, \"nodes\": [" nodes "]}}}}"

static void pages_of_the_api_are_read_in_any_wrapping(void) {
    static const char one[] = DOSSIER("1", FIRM "\"champs\": [" PLACE HEARD("true") "]");
    static const char two[] =
        DOSSIER("2", FIRM "\"champs\": [" PLACE HEARD("false") EFFECTIVE "]");
    g_autofree char *texts[] = {
        g_strdup_printf(PAGE("%s,%s"), one, two),
        g_strdup_printf(PAGE("%s") "\n" PAGE("%s") "\n", one, two),
        g_strdup_printf("[" PAGE("%s") ",\n" PAGE("%s") "]", one, two),
        g_strdup_printf("{\"data\": {\"dossier\": %s}}\n{\"data\": {\"dossier\": %s}}",
                        one, two),
        g_strdup_printf("[%s,\n%s]", one, two),
        g_strdup_printf("%s\n%s\n", one, two),
    };
    scoped(desk) *desk = sample_desk();
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        expect(desk, texts[i], "1 2 1\n2 2 0\n");
        g_assert_cmpstr(desk->profile, ==, "demarches-simplifiees-json");
        g_free(g_steal_pointer(&texts[i]));
    }
}

static void a_hidden_question_is_absent_and_a_firm_may_be_incomplete(void) {
    static const char person[] =
        DOSSIER("8", "\"demandeur\": {\"__typename\": \"PersonnePhysique\", \"nom\": "
                     "\"x\"}, \"champs\": [" PLACE "]");
    static const char text[] = PAGE(DOSSIER(
        "7",
        "\"demandeur\": {\"__typename\": \"PersonneMoraleIncomplete\", "
        "\"siret\": \"73282932000074\"}, \"champs\": [" PLACE
        "]") "," DOSSIER("8", "\"demandeur\": {\"__typename\": \"PersonnePhysique\", "
                              "\"nom\": \"x\"}, \"champs\": [" PLACE "]"));
    g_autofree char *log =
        g_strdup_printf("7 2 -2147483648\n"
                        "no_firm line 1 offset %ld length %zu column 0 demandeur siret\n",
                        (long)(strstr(text, person) - text), strlen(person));
    scoped(desk) *desk = sample_desk();
    expect(desk, text, log);
}

static void what_holds_no_record_is_refused(void) {
    static const char *const texts[] = {"{}",     "[]",
                                        "[1, 2]", "{\"data\": null}",
                                        PAGE(""), "{\"errors\": [{\"message\": \"x\"}]}"};
    scoped(desk) *desk = sample_desk();
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(read_bytes(desk, texts[i], -1, &error));
        g_assert_error(error, BAROMETRE_ERROR, ERROR_REFUSED);
    }
}

/* Members are stepped over where that is sure, else built by jansson: a key with an
 * escape sends a record there. Both come to the same, whatever the record. */
static void a_record_reads_the_same_in_any_spelling(void) {
    static const char *const pieces[] = {
        "\"heard\": true",
        "\"heard\": \"oui\"",
        "\"heard\": null",
        "\"heard\": 1",
        "\"heard\": \"\\u006fui\"",
        "\"heard\": [\"no\"]",
        "\"HEARD\": \"no\"",
        "\"x\": 1e400",
        "\"x\": -0",
        "\"x\": 01",
        "\"x\": 1.5e3",
        "\"x\": [1, {\"y\": [[]]}]",
        "\"x\": \"\\ud800\"",
        "\"x\": \"\\x\"",
        "\"x\": \"\xC3\xA9\"",
        "\"x\": \"\xC3\"",
        "\"x\": \"\xED\xA0\x80\"",
        "\"x\": {\"y\": 1, \"y\": 2}",
        "\"x\": 12345678901234567890",
        "\"x\": tru",
        "\"x\": \"\\u0000\"",
        "\"phone_reached\": 0",
        "\"turnover_loss_pct\": 12.0",
        "\"turnover_loss_pct\": 12",
        "\"sector\": {\"heard\": \"no\"}",
    };
    scoped(desk) *desk = sample_desk();
    desk->threads = 1;
    int sound = 0;
    for (guint32 seed = 0; seed < 200; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        g_autoptr(GString) members = g_string_new(NULL);
        for (int i = g_rand_int_range(random, 1, 4); i > 0; i--)
            g_string_append_printf(
                members, ", %s",
                pieces[g_rand_int_range(random, 0, (gint32)G_N_ELEMENTS(pieces))]);
        g_rand_free(random);
        char *outcome[2] = {NULL, NULL};
        for (int escaped = 0; escaped < 2; escaped++) {
            g_autofree char *text = g_strdup_printf(
                "{\"report_id\": \"2\", \"siret\": \"732829320\", \"marketplace\": "
                "\"Bazarette\", \"received_on\": \"2026-01-15\", \"pillars\": "
                "\"d\"%s%s}\n" ROW("3", "false"),
                members->str, escaped ? ", \"\\u007a\": 1" : ", \"zzzzz\": 1");
            g_autoptr(GError) error = NULL;
            g_assert_true(read_bytes(desk, text, -1, &error));
            outcome[escaped] = g_strndup(desk->log->str, strcspn(desk->log->str, "\n"));
        }
        sound += g_str_has_prefix(outcome[0], "2 ");
        /* Length and escapes apart, records are equal. */
        g_auto(GStrv) plain = g_strsplit(outcome[0], " length ", 2);
        g_auto(GStrv) built = g_strsplit(outcome[1], " length ", 2);
        g_assert_cmpstr(plain[0], ==, built[0]);
        g_free(outcome[0]);
        g_free(outcome[1]);
    }
    g_assert_cmpint(sound, >, 20);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/format_json/" #name, name)
    TEST(records_may_be_an_array_or_one_a_line);
    TEST(a_bad_record_costs_itself_alone);
    TEST(a_reject_says_where_it_lies);
    TEST(a_cut_document_ends_with_a_reject);
    TEST(every_byte_has_its_account);
    TEST(pages_of_the_api_are_read_in_any_wrapping);
    TEST(a_hidden_question_is_absent_and_a_firm_may_be_incomplete);
    TEST(what_holds_no_record_is_refused);
    TEST(a_record_reads_the_same_in_any_spelling);
    return g_test_run();
}
