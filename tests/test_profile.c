#include "barometre/error.h"
#include "barometre/profile.h"
#include "scratch.h"

static void every_shipped_profile_loads(void) {
    g_autofree char *folder = shipped("profiles");
    g_autoptr(GError) error = NULL;
    scoped(profiles) *profiles = profiles_load(folder, &error);
    g_assert_no_error(error);
    static const char *const ids[] = {"canonical", "cfpb", "demarches-simplifiees-2018",
                                      "demarches-simplifiees-json",
                                      "demarches-simplifiees"};
    g_assert_cmpuint(profiles->list->len, ==, G_N_ELEMENTS(ids));
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        const struct profile *profile = profiles_find(profiles, ids[i]);
        g_assert_nonnull(profile);
        g_assert_cmpstr(profile->id, ==, ids[i]);
    }
    g_assert_null(profiles_find(profiles, "other"));
}

static void the_first_export_of_2018_is_of_the_family_of_its_successor(void) {
    g_autofree char *folder = shipped("profiles");
    g_autoptr(GError) error = NULL;
    scoped(profiles) *profiles = profiles_load(folder, &error);
    g_assert_no_error(error);
    const struct profile *now = profiles_find(profiles, "demarches-simplifiees");
    const struct profile *first = profiles_find(profiles, "demarches-simplifiees-2018");
    g_assert_cmpstr(first->family, ==, now->family);
    g_assert_cmpstr(now->family, ==, "demarches-simplifiees");
    g_assert_nonnull(first->fields[FIELD_APPEAL_ON]); /* taken over */
    g_assert_cmpstr(g_ptr_array_index(first->report_id, 0), ==, "id");
}

static const char whole[] =
    "{'profile':'mine','title':{'fr':'F','en':'E'},'recognise':['No','Place'],"
    "'dates':['YYYY-MM-DD'],'missing':['nsp'],'fields':{"
    "'report_id':{'columns':['No']},'firm':{'siret':['Siret']},"
    "'marketplace':{'columns':['Place']},'pillars':{'constant':'ds'},"
    "'received_on':{'columns':['Day']},"
    "'action':{'columns':['Measure'],'values':{'closed':'account_termination'},"
    "'otherwise':null},'heard':{'constant':'no'},"
    "'reasons_on':{'columns':['Why'],'never_if':{'columns':['Got'],'values':['no']}}}}";

/* The profile with one piece of it replaced; the caller frees. Quotes are single. */
static char *altered(const char *piece, const char *by) {
    g_autofree char *text = g_strdup(whole);
    if (piece != NULL) {
        char *at = strstr(text, piece);
        g_assert_nonnull(at);
        g_autofree char *head = g_strndup(text, (gsize)(at - text));
        char *joined = g_strconcat(head, by, at + strlen(piece), NULL);
        g_free(text);
        text = joined;
    }
    return g_strdelimit(g_steal_pointer(&text), "'", '"');
}

static void a_profile_says_how_to_read(void) {
    scoped(scratch) *directory = scratch_new();
    g_autofree char *json = altered(NULL, NULL);
    g_free(scratch_write(directory->path, "mine.json", json, -1));
    g_autoptr(GError) error = NULL;
    scoped(profile) *profile = profile_load(directory->path, "mine.json", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(profile->family, ==, "mine");
    g_assert_cmpstr(profile->title[WORDS_FR], ==, "F");
    g_assert_true(profile->shapes[DATE_YMD] && !profile->shapes[DATE_DMY]);
    g_assert_true(profile->pillars_constant[0] && profile->pillars_constant[1]);
    g_assert_false(profile->pillars_constant[2]);
    g_assert_true(g_hash_table_contains(profile->missing, "nsp"));
    const struct profile_field *action = profile->fields[FIELD_ACTION];
    g_assert_true(action->has_otherwise && action->otherwise == COMPLAINT_UNKNOWN);
    g_assert_cmpint(GPOINTER_TO_INT(g_hash_table_lookup(action->values, "closed")), ==,
                    0);
    g_assert_true(profile->fields[FIELD_HEARD]->has_constant);
    g_assert_cmpint(profile->fields[FIELD_HEARD]->constant, ==, COMPLAINT_NO);
    g_assert_null(profile->fields[FIELD_APPEAL_ON]);
}

/* What is wrong, and where in the file the message says so. */
static const struct {
    const char *piece, *by, *place, *says;
} faults[] = {
    {"'missing':", "'mising':", "mine.json:mising:", "unknown"},
    {"'heard'", "'herd'", "mine.json:fields.herd:", "not a field"},
    {"'otherwise':null", "'otherwyse':null",
     "mine.json:fields.action.otherwyse:", "unknown"},
    {"'account_termination'", "'account_closed'",
     "mine.json:fields.action.values.closed:", "not a value of the field 'action'"},
    {"'otherwise':null", "'otherwise':'closed'",
     "mine.json:fields.action.otherwise:", "not a value"},
    {"{'constant':'no'}", "{'constant':'maybe'}",
     "mine.json:fields.heard.constant:", "not a value of the field 'heard'"},
    {"{'constant':'no'}", "{'constant':'no','columns':['H']}",
     "mine.json:fields.heard:", "either 'columns' or 'constant'"},
    {"{'constant':'no'}", "{}",
     "mine.json:fields.heard:", "either 'columns' or 'constant'"},
    {"'heard':{'constant':'no'}",
     "'appeal_on':{'columns':['A'],'never_if':{'columns':['B'],'values':['no']}}",
     "mine.json:fields.appeal_on.never_if:", "cannot be 'never'"},
    {"['YYYY-MM-DD']", "['DD/MM/YYYY','MM/DD/YYYY']",
     "mine.json:dates:", "cannot be told apart"},
    {"['YYYY-MM-DD']", "['YYYY/MM/DD']", "mine.json:dates:", "only"},
    {"['YYYY-MM-DD']", "[]", "mine.json:dates:", "elements"},
    {"'dates':['YYYY-MM-DD'],", "", "mine.json:dates:", "missing"},
    {"'profile':'mine'", "'profile':'other'", "mine.json:profile:", "file's name"},
    {"'profile':'mine',", "", "mine.json:profile:", "missing"},
    {"'en':'E'", "'en':''", "mine.json:title.en:", "empty"},
    {"'recognise':['No','Place'],", "", "mine.json:recognise:", "missing"},
    {"['No','Place']", "['No','?']", "mine.json:recognise:", "letter or digit"},
    {"{'columns':['Measure']", "{'columns':['--']",
     "mine.json:fields.action.columns:", "letter or digit"},
    {"{'siret':['Siret']}", "{}", "mine.json:fields.firm:", "'siret' or 'id'"},
    {"'firm':{'siret':['Siret']},", "", "mine.json:fields.firm:", "missing"},
    {"'report_id':{'columns':['No']},", "", "mine.json:fields.report_id:", "missing"},
    {"'report_id':{'columns':['No']}", "'report_id':{}",
     "mine.json:fields.report_id.columns:", "missing"},
    {"'marketplace':{'columns':['Place']},", "",
     "mine.json:fields.marketplace:", "missing"},
    {"'received_on':{'columns':['Day']},", "",
     "mine.json:fields.received_on:", "missing"},
    {"'constant':'ds'", "'constant':'dx'",
     "mine.json:fields.pillars.constant:", "letters d, s and c"},
    {"'constant':'ds'", "'columns':['P'],'contains':{'support':'x'}",
     "mine.json:fields.pillars.contains.support:", "one of"},
    {"'constant':'ds'", "'columns':['P'],'contains':{'?':'s'}",
     "mine.json:fields.pillars.contains.?:", "letter or digit"},
    {"'profile':'mine'", "'profile':'mine','extends':'../mine'",
     "mine.json:extends:", "name of a profile"},
    {"'profile':'mine'", "'profile':'mine','extends':7", "mine.json:extends:", "text"},
    {"'profile':'mine'", "'profile':'mine','extends':'mine'",
     "mine.json:extends:", "circle"},
    {"'profile':'mine'", "'profile':'mine','extends':'absent'",
     "absent.json:", "no such file"},
    {"'fields':", "'fields':7,'title':", "mine.json:", "JSON"},
    {"'dates':['YYYY-MM-DD']", "'dates':'YYYY-MM-DD'", "mine.json:dates:", "array"},
};

static void every_fault_is_said_with_its_place(void) {
    scoped(scratch) *directory = scratch_new();
    for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
        g_autofree char *json = altered(faults[i].piece, faults[i].by);
        g_free(scratch_write(directory->path, "mine.json", json, -1));
        g_autoptr(GError) error = NULL;
        scoped(profile) *profile = profile_load(directory->path, "mine.json", &error);
        if (profile != NULL)
            g_error("'%s' passes", faults[i].by);
        assert_error_says(error, ERROR_CONFIG, faults[i].place);
        assert_error_says(error, ERROR_CONFIG, faults[i].says);
    }
}

static void all_faults_are_said_at_once(void) {
    scoped(scratch) *directory = scratch_new();
    g_autofree char *json =
        altered("'missing':['nsp'],'fields':{", "'mising':['nsp'],'fields':{'herd':{},");
    g_free(scratch_write(directory->path, "mine.json", json, -1));
    g_autoptr(GError) error = NULL;
    g_assert_null(profile_load(directory->path, "mine.json", &error));
    assert_error_says(error, ERROR_CONFIG, "mine.json:mising:");
    assert_error_says(error, ERROR_CONFIG, "mine.json:fields.herd:");
}

static void a_folder_that_is_absent_or_holds_a_wrong_profile_is_refused(void) {
    scoped(scratch) *directory = scratch_new();
    g_autofree char *absent = g_build_filename(directory->path, "absent", NULL);
    g_autoptr(GError) no_folder = NULL;
    g_assert_null(profiles_load(absent, &no_folder));
    assert_error_says(no_folder, ERROR_CONFIG, "there is no folder of profiles");
    g_free(scratch_write(directory->path, "mine.json", "[", -1));
    g_autoptr(GError) wrong = NULL;
    g_assert_null(profiles_load(directory->path, &wrong));
    assert_error_says(wrong, ERROR_CONFIG, "mine.json:1:");
}

static const char child[] = "{'profile':'%s','extends':'%s','recognise':['%s'],"
                            "'fields':{'heard':{'columns':['Heard']}}}";

static void write_child(const char *directory, const char *id, const char *parent) {
    g_autofree char *json = g_strdup_printf(child, id, parent, id);
    g_autofree char *name = g_strconcat(id, ".json", NULL);
    g_free(scratch_write(directory, name, g_strdelimit(json, "'", '"'), -1));
}

static void a_child_says_what_differs_and_a_chain_is_one_family(void) {
    scoped(scratch) *directory = scratch_new();
    g_autofree char *json = altered(NULL, NULL);
    g_free(scratch_write(directory->path, "mine.json", json, -1));
    write_child(directory->path, "child", "mine");
    write_child(directory->path, "grandchild", "child");
    static const char *const names[] = {"child.json", "grandchild.json"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        scoped(profile) *profile = profile_load(directory->path, names[i], &error);
        g_assert_no_error(error);
        g_assert_cmpstr(profile->family, ==, "mine");
        g_assert_false(profile->fields[FIELD_HEARD]->has_constant); /* replaced */
        g_assert_nonnull(profile->fields[FIELD_HEARD]->columns);
        g_assert_nonnull(profile->fields[FIELD_REASONS_ON]); /* taken over */
        g_assert_cmpstr(profile->title[WORDS_EN], ==, "E");
        g_assert_cmpuint(profile->recognise->len, ==, 1);
    }
}

static const struct profile *recognise(const struct profiles *profiles,
                                       const char *headers, GError **error) {
    g_auto(GStrv) names = g_strsplit(headers, ",", -1);
    g_autoptr(GPtrArray) folds = g_ptr_array_new();
    for (char **name = names; *name != NULL; name++)
        g_ptr_array_add(folds, *name);
    return profiles_recognise(profiles, folds, "x.csv", error);
}

static void the_profile_that_names_most_is_chosen(void) {
    scoped(scratch) *directory = scratch_new();
    static const struct {
        const char *id, *recognise;
    } made[] = {{"a", "['No']"}, {"b", "['No','Place']"}, {"c", "['No','Other']"}};
    for (size_t i = 0; i < G_N_ELEMENTS(made); i++) {
        g_autofree char *json = altered("['No','Place']", made[i].recognise);
        g_autofree char *named = g_strdup_printf("\"profile\":\"%s\"", made[i].id);
        g_auto(GStrv) parts = g_strsplit(json, "\"profile\":\"mine\"", 2);
        g_autofree char *own = g_strjoinv(named, parts);
        g_autofree char *name = g_strconcat(made[i].id, ".json", NULL);
        g_free(scratch_write(directory->path, name, own, -1));
    }
    g_autoptr(GError) error = NULL;
    scoped(profiles) *profiles = profiles_load(directory->path, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(recognise(profiles, "no,x", &error)->id, ==, "a");
    g_assert_cmpstr(recognise(profiles, "place,x,no", &error)->id, ==, "b");
    g_assert_cmpstr(recognise(profiles, "other,no", &error)->id, ==, "c");
    g_assert_null(recognise(profiles, "no,place,other", &error));
    assert_error_says(error, ERROR_REFUSED, "x.csv:1: the profiles 'b' and 'c' both fit");
    g_clear_error(&error);
    g_assert_null(recognise(profiles, "place,other", &error));
    assert_error_says(error, ERROR_REFUSED, "x.csv:1: no profile knows these columns");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/profile/" #name, name)
    TEST(every_shipped_profile_loads);
    TEST(the_first_export_of_2018_is_of_the_family_of_its_successor);
    TEST(a_profile_says_how_to_read);
    TEST(every_fault_is_said_with_its_place);
    TEST(all_faults_are_said_at_once);
    TEST(a_folder_that_is_absent_or_holds_a_wrong_profile_is_refused);
    TEST(a_child_says_what_differs_and_a_chain_is_one_family);
    TEST(the_profile_that_names_most_is_chosen);
    return g_test_run();
}
