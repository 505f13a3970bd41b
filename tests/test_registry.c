#include "barometre/error.h"
#include "barometre/month.h"
#include "barometre/registry.h"
#include "scratch.h"

#include <math.h>

static struct registry *load_shipped(const char *name) {
    g_autofree char *file = shipped(name);
    g_autoptr(GError) error = NULL;
    struct registry *registry = registry_load(file, &error);
    g_assert_no_error(error);
    return registry;
}

static const char *find(const struct registry *registry, const char *name) {
    const int index = registry_find(registry, name);
    return index < 0 ? "none" : registry_place(registry, index)->id;
}

static void a_place_is_found_however_it_is_written(void) {
    scoped(registry) *registry = load_shipped("marketplaces.json");
    static const struct {
        const char *name, *id;
    } cases[] = {
        {"amazon", "amazon"},
        {"Amazon", "amazon"},
        {"amazon.fr", "amazon"},
        {"AMAZON  Marketplace", "amazon"},
        {"  Amazon.fr ", "amazon"},
        {"amazon marketplace france", "amazon"},
        {"AMAZON_FR", "amazon"},
        {"C-discount", "cdiscount"},
        {"C Discount", "cdiscount"},
        {"CDISCOUNT.COM", "cdiscount"},
        {"Mano Mano", "manomano"},
        {"mano-mano.fr", "manomano"},
        {"PriceMinister", "rakuten"},
        {"Rakuten France", "rakuten"},
        {"\uFF21mazon", "amazon"}, /* full-width A */
        {"Le\u00A0Bon\u00A0Coin", "leboncoin"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpstr(find(registry, cases[i].name), ==, cases[i].id);
}

static void an_accent_does_not_count(void) {
    scoped(registry) *registry = load_shipped("sample/marketplaces.json");
    g_assert_cmpstr(find(registry, "comptoir alize"), ==, "comptoir-alize");
    g_assert_cmpstr(find(registry, "COMPTOIR ALIZE\u0301"), ==, "comptoir-alize");
    g_assert_cmpstr(find(registry, "Etal & Cie"), ==, "etal-et-cie");
    g_assert_true(registry->fictitious);
}

static void an_unknown_name_is_no_place(void) {
    scoped(registry) *registry = load_shipped("marketplaces.json");
    static const char *const names[] = {"",         " ",           "?",
                                        "Amazonie", "amaz",        "fr",
                                        ".com",     "marketplace", "Amazon ou Cdiscount",
                                        "\xFF\xFE", "amazon\xE9",  "france"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        g_assert_cmpstr(find(registry, names[i]), ==, "none");
}

static void every_name_of_a_shipped_place_means_it(void) {
    static const char *const files[] = {"marketplaces.json", "sample/marketplaces.json",
                                        "examples/cfpb/marketplaces.json"};
    for (size_t f = 0; f < G_N_ELEMENTS(files); f++) {
        scoped(registry) *registry = load_shipped(files[f]);
        for (guint i = 0; i < registry->places->len; i++) {
            const struct registry_place *place = registry_place(registry, (int)i);
            g_assert_cmpint(registry_find(registry, place->id), ==, i);
            g_assert_cmpint(registry_find(registry, place->name), ==, i);
        }
    }
}

#define PLACE_A "{'id':'a','name':'Alpha','aliases':['Al pha'],'sellers':[%s]}"
static const char two[] = "{'registry':'1','sources':{},'marketplaces':[%s,%s]}";

static struct registry *load_two(const char *first, const char *second, GError **error) {
    scoped(scratch) *directory = scratch_new();
    g_autofree char *json = g_strdup_printf(two, first, second);
    g_autofree char *file = scratch_write(directory->path, "marketplaces.json",
                                          g_strdelimit(json, "'", '"'), -1);
    return registry_load(file, error);
}

static void every_fault_is_said_with_its_place(void) {
    static const struct {
        const char *second, *place, *says;
    } cases[] = {
        {"{'id':'a','name':'Beta'}", "marketplaces[1].id:", "also the id"},
        {"{'id':'b','name':'ALPHA'}", "marketplaces[1]", "already means 'a'"},
        {"{'id':'b','name':'Beta','aliases':['al-pha']}",
         "marketplaces[1].aliases:", "'al-pha' already means 'a'"},
        {"{'id':'b','name':'Beta','aliases':['?']}", "marketplaces[1]:", "letter"},
        {"{'id':'B b','name':'Beta'}", "marketplaces[1].id:", "1 to 64"},
        {"{'id':'b'}", "marketplaces[1].name:", "missing"},
        {"{'name':'Beta'}", "marketplaces[1].id:", "missing"},
        {"{'id':'b','name':'Beta','alias':[]}", "marketplaces[1].alias:", "unknown"},
        {"{'id':'b','name':'Beta','charter':{'from':'2019-02-30'}}",
         "marketplaces[1].charter.from:", "not a date"},
        {"{'id':'b','name':'Beta','charter':{'from':' 019-02-03'}}",
         "marketplaces[1].charter.from:", "not a date"},
        {"{'id':'b','name':'Beta','sellers':[{'from':'2020-13','to':null,'count':5,"
         "'source':'s'}]}",
         "marketplaces[1].sellers[0].from:", "not a month"},
        {"{'id':'b','name':'Beta','sellers':[{'from':'2020-03','to':'2020-02','count':5,"
         "'source':'s'}]}",
         "marketplaces[1].sellers[0].to:", "before"},
        {"{'id':'b','name':'Beta','sellers':[{'from':'2020-03','to':null,'count':5,"
         "'low':6,'high':9,'source':'s'}]}",
         "marketplaces[1].sellers[0].count:", "between low and high"},
        {"{'id':'b','name':'Beta','sellers':[{'from':'2020-03','to':'2020-05','count':5,"
         "'source':'s'},{'from':'2020-05','to':null,'count':5,'source':'s'}]}",
         "marketplaces[1].sellers[1].from:", "overlaps"},
        {"{'id':'b','name':'Beta','sellers':[{'from':'2020-03','to':null,'source':'s'}]}",
         "marketplaces[1].sellers[0].count:", "missing"},
        {"7", "marketplaces[1]:", "object"},
    };
    g_autofree char *first = g_strdup_printf(PLACE_A, "");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        scoped(registry) *registry = load_two(first, cases[i].second, &error);
        if (registry != NULL)
            g_error("%s passes", cases[i].second);
        assert_error_says(error, ERROR_CONFIG, cases[i].place);
        assert_error_says(error, ERROR_CONFIG, cases[i].says);
    }
}

static void names_of_one_place_may_fold_alike(void) {
    g_autofree char *first = g_strdup_printf(PLACE_A, "");
    g_autoptr(GError) error = NULL;
    scoped(registry) *registry =
        load_two(first, "{'id':'b','name':'B','aliases':['b.','B!']}", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(find(registry, "b"), ==, "b");
}

static int32_t month(const char *text) {
    int32_t month;
    g_assert_true(month_parse(text, &month));
    return month;
}

static void exposure_is_the_mean_over_the_months_with_a_ranged_figure(void) {
    g_autofree char *first = g_strdup_printf(
        PLACE_A,
        "{'from':'2024-01','to':'2024-03','count':100,'low':90,'high':110,'source':'x'},"
        "{'from':'2024-04','to':'2024-06','count':500,'source':'bare'},"
        "{'from':'2024-07','to':null,'count':400,'low':300,'high':500,'source':'y'}");
    g_autoptr(GError) error = NULL;
    scoped(registry) *registry = load_two(first, "{'id':'b','name':'B'}", &error);
    g_assert_no_error(error);
    static const struct {
        const char *last;
        int months;
        double wanted; /* NaN: unknown */
        const char *source;
    } cases[] = {
        {"2024-12", 12, (3 * 100 + 6 * 400) / 9.0, "y"},
        {"2024-03", 12, 100, "x"},
        {"2024-06", 3, NAN, NULL},
        {"2024-07", 4, 400, "y"},
        {"2023-12", 12, NAN, NULL},
        {"2024-01", 1, 100, "x"},
        {"2030-01", 12, 400, "y"},
        {"2024-07", 7, (3 * 100 + 400) / 4.0, "y"},
    };
    const struct registry_place *place = registry_place(registry, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double sellers = -1;
        const char *source = NULL;
        const bool known = registry_exposure(place, month(cases[i].last), cases[i].months,
                                             &sellers, &source);
        g_assert_true(known == !isnan(cases[i].wanted));
        if (known) {
            g_assert_cmpfloat_with_epsilon(sellers, cases[i].wanted, 1e-9);
            g_assert_cmpstr(source, ==, cases[i].source);
        }
    }
}

static void a_mistaken_name_suggests_the_place_it_nearly_means(void) {
    scoped(scratch) *scratch = scratch_new();
    g_autofree char *file = scratch_write(
        scratch->path, "marketplaces.json",
        "{\"marketplaces\":[{\"id\":\"cdiscount\",\"name\":\"Cdiscount\"},"
        "{\"id\":\"mano-mano\",\"name\":\"ManoMano\",\"aliases\":[\"Mano\"]},"
        "{\"id\":\"amazon\",\"name\":\"Amazon\"},"
        "{\"id\":\"fnac\",\"name\":\"Fnac\"},{\"id\":\"darty\",\"name\":\"Darty\"},"
        "{\"id\":\"dirty\",\"name\":\"Dirty\"},"
        "{\"id\":\"leroy\",\"name\":\"Leroy Merlin\"}]}",
        -1);
    g_autoptr(GError) error = NULL;
    scoped(registry) *registry = registry_load(file, &error);
    g_assert_no_error(error);
    static const struct {
        const char *name, *id; /* NULL: nothing is near, or two are */
    } cases[] = {
        {"Cdiscuont", "cdiscount"},
        {"cdiscont.com", "cdiscount"},
        {"CDISCOUNT PRO", "cdiscount"},
        {"Amazon Services Europe", "amazon"},
        {"Amazno", "amazon"},
        {"merlin", "leroy"},
        {"Fnca", "fnac"},
        {"Fncx", NULL},
        {"Dorty", NULL},
        {"Fnac Darty", NULL},
        {"", NULL},
        {"?", NULL},
        {"Cdisxxxnt", NULL},
        {"la", NULL},
        {"jean.dupont@example.org", NULL},
        {"Mnaomano", "mano-mano"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const int index = registry_suggest(registry, cases[i].name);
        g_test_message("%s", cases[i].name);
        g_assert_cmpstr(index < 0 ? NULL : registry_place(registry, index)->id, ==,
                        cases[i].id);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/registry/" #name, name)
    TEST(a_place_is_found_however_it_is_written);
    TEST(an_accent_does_not_count);
    TEST(an_unknown_name_is_no_place);
    TEST(every_name_of_a_shipped_place_means_it);
    TEST(every_fault_is_said_with_its_place);
    TEST(names_of_one_place_may_fold_alike);
    TEST(a_mistaken_name_suggests_the_place_it_nearly_means);
    TEST(exposure_is_the_mean_over_the_months_with_a_ranged_figure);
    return g_test_run();
}
