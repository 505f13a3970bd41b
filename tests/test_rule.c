#include "barometre/month.h"
#include "barometre/rule.h"

#include <string.h>

/* Reads a rule; the problems found come back where there are any. */
static char *load(struct rule *rule, const char *json) {
    scoped(json_reader) *reader = json_reader_parse(json, strlen(json), "rule", NULL);
    g_assert_nonnull(reader);
    const struct json_node root = json_reader_root(reader, NULL);
    rule_load(rule, &root);
    return reader->problem_count == 0 ? NULL : g_strdup(reader->problems->str);
}

static struct rule loaded(const char *json) {
    struct rule rule;
    g_autofree char *problems = load(&rule, json);
    g_assert_cmpstr(problems, ==, NULL);
    return rule;
}

static int32_t day(int year, int month, int of_month) {
    int32_t found;
    g_assert_true(day_from_date(year, month, of_month, &found));
    return found;
}

static struct complaint blank(void) {
    struct complaint complaint;
    complaint_clear(&complaint);
    return complaint;
}

static const char lead_json[] =
    "{\"kind\":\"lead\",\"from\":\"notice_on\",\"to\":\"effective_on\",\"days\":30,"
    "\"direct\":\"notice_30d\",\"only_if\":{\"action\":[\"account_termination\"]},"
    "\"except_if\":[{\"exception\":[\"legal_duty\"],"
    "\"verification\":[\"documented\",\"confirmed\"]}]}";
static const char delay_json[] =
    "{\"kind\":\"delay\",\"from\":\"contact_on\",\"to\":\"human_reply_on\","
    "\"until\":\"last_status_on\",\"days\":15,\"direct\":\"human_reply\"}";
static const char given_json[] =
    "{\"kind\":\"given\",\"field\":\"notified_on\",\"direct\":\"notified\"}";
static const char turned_json[] =
    "{\"kind\":\"answer\",\"field\":\"retroactive\",\"favourable\":\"no\","
    "\"direct\":\"not_retroactive\"}";

static struct complaint termination(int notice_days) {
    struct complaint complaint = blank();
    complaint.value[FIELD_ACTION] =
        complaint_value_find(FIELD_ACTION, "account_termination");
    complaint.value[FIELD_EFFECTIVE_ON] = day(2026, 3, 31);
    complaint.value[FIELD_NOTICE_ON] = day(2026, 3, 31) - notice_days;
    return complaint;
}

static void thirty_days_are_enough_and_29_are_not(void) {
    const struct rule rule = loaded(lead_json);
    struct complaint complaint = termination(30);
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_YES);
    complaint = termination(29);
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_NO);
}

static void a_notice_after_the_effect_is_a_no(void) {
    const struct rule rule = loaded(lead_json);
    const struct complaint complaint = termination(-5);
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_NO);
    g_assert_false(rule_runs_backwards(&rule, &complaint));
}

static void a_notice_never_given_is_a_no_without_any_other_date(void) {
    const struct rule rule = loaded(lead_json);
    struct complaint complaint = termination(30);
    complaint.value[FIELD_NOTICE_ON] = COMPLAINT_NEVER;
    complaint.value[FIELD_EFFECTIVE_ON] = COMPLAINT_UNKNOWN;
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_NO);
}

static void a_missing_date_is_no_answer(void) {
    const struct rule rule = loaded(lead_json);
    struct complaint complaint = termination(30);
    complaint.value[FIELD_EFFECTIVE_ON] = COMPLAINT_UNKNOWN;
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_NONE);
    complaint.value[FIELD_NOTICE_30D] = COMPLAINT_YES;
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_YES);
}

static void a_condition_not_met_takes_the_complaint_out(void) {
    const struct rule rule = loaded(lead_json);
    struct complaint complaint = termination(30);
    complaint.value[FIELD_ACTION] = complaint_value_find(FIELD_ACTION, "listing_removal");
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_NONE);
    complaint.value[FIELD_ACTION] = COMPLAINT_UNKNOWN;
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_NONE);
}

static void an_exception_counts_only_when_documented(void) {
    const struct rule rule = loaded(lead_json);
    struct complaint complaint = termination(2);
    complaint.value[FIELD_EXCEPTION] =
        complaint_value_find(FIELD_EXCEPTION, "legal_duty");
    complaint.value[FIELD_VERIFICATION] =
        complaint_value_find(FIELD_VERIFICATION, "declared");
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_NO);
    complaint.value[FIELD_VERIFICATION] =
        complaint_value_find(FIELD_VERIFICATION, "documented");
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_NONE);
}

static void dates_win_over_a_direct_answer_and_a_contradiction_is_told(void) {
    const struct rule rule = loaded(lead_json);
    struct complaint complaint = termination(30);
    complaint.value[FIELD_NOTICE_30D] = COMPLAINT_NO;
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_YES);
    g_assert_true(rule_contradicts(&rule, &complaint));
    complaint.value[FIELD_NOTICE_30D] = COMPLAINT_YES;
    g_assert_false(rule_contradicts(&rule, &complaint));
}

static struct complaint contact(int until_days) {
    struct complaint complaint = blank();
    complaint.value[FIELD_CONTACT_ON] = day(2026, 2, 20);
    complaint.value[FIELD_LAST_STATUS_ON] = day(2026, 2, 20) + until_days;
    return complaint;
}

static void a_delay_is_an_event_or_still_open(void) {
    const struct rule rule = loaded(delay_json);
    struct complaint complaint = contact(40);
    struct rule_answer answer = rule_answer(&rule, &complaint);
    g_assert_cmpint(answer.what, ==, ANSWER_OPEN);
    g_assert_cmpint(answer.days, ==, 40);
    complaint.value[FIELD_HUMAN_REPLY_ON] = day(2026, 3, 1);
    answer = rule_answer(&rule, &complaint);
    g_assert_cmpint(answer.what, ==, ANSWER_EVENT);
    g_assert_cmpint(answer.days, ==, 9);
    g_assert_false(answer.direct);
}

static void a_reply_before_the_question_is_no_answer_and_told(void) {
    const struct rule rule = loaded(delay_json);
    struct complaint complaint = contact(40);
    complaint.value[FIELD_HUMAN_REPLY_ON] = day(2026, 2, 19);
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_NONE);
    g_assert_true(rule_runs_backwards(&rule, &complaint));
}

static void a_direct_answer_to_a_delay_stands_at_its_horizon(void) {
    const struct rule rule = loaded(delay_json);
    struct complaint complaint = blank();
    complaint.value[FIELD_HUMAN_REPLY] = COMPLAINT_YES;
    struct rule_answer answer = rule_answer(&rule, &complaint);
    g_assert_cmpint(answer.what, ==, ANSWER_EVENT);
    g_assert_cmpint(answer.days, ==, 15);
    g_assert_true(answer.direct);
    complaint.value[FIELD_HUMAN_REPLY] = COMPLAINT_NO;
    answer = rule_answer(&rule, &complaint);
    g_assert_cmpint(answer.what, ==, ANSWER_OPEN);
    g_assert_cmpint(answer.days, >, 15);
}

static void a_late_reply_contradicts_a_direct_yes(void) {
    const struct rule rule = loaded(delay_json);
    struct complaint complaint = contact(40);
    complaint.value[FIELD_HUMAN_REPLY] = COMPLAINT_YES;
    g_assert_false(rule_contradicts(&rule, &complaint));
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_EVENT);
    complaint.value[FIELD_HUMAN_REPLY_ON] = day(2026, 2, 20) + 15;
    g_assert_false(rule_contradicts(&rule, &complaint));
    complaint.value[FIELD_HUMAN_REPLY_ON] = day(2026, 2, 20) + 16;
    g_assert_true(rule_contradicts(&rule, &complaint));
}

static void the_longer_of_two_open_cases_counts(void) {
    const struct rule rule = loaded(delay_json);
    struct complaint complaint = contact(40);
    complaint.value[FIELD_HUMAN_REPLY] = COMPLAINT_NO;
    struct rule_answer answer = rule_answer(&rule, &complaint);
    g_assert_cmpint(answer.days, ==, 40);
    g_assert_false(answer.direct);
    complaint = contact(4);
    complaint.value[FIELD_HUMAN_REPLY] = COMPLAINT_NO;
    answer = rule_answer(&rule, &complaint);
    g_assert_cmpint(answer.days, ==, 16);
    g_assert_true(answer.direct);
}

static void a_reply_on_the_same_day_took_no_day(void) {
    const struct rule rule = loaded(delay_json);
    struct complaint complaint = contact(0);
    complaint.value[FIELD_HUMAN_REPLY_ON] = complaint.value[FIELD_CONTACT_ON];
    g_assert_false(rule_runs_backwards(&rule, &complaint));
    const struct rule_answer answer = rule_answer(&rule, &complaint);
    g_assert_cmpint(answer.what, ==, ANSWER_EVENT);
    g_assert_cmpint(answer.days, ==, 0);
}

static void given_is_a_date_or_never(void) {
    const struct rule rule = loaded(given_json);
    struct complaint complaint = blank();
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_NONE);
    complaint.value[FIELD_NOTIFIED_ON] = COMPLAINT_NEVER;
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_NO);
    complaint.value[FIELD_NOTIFIED_ON] = 0;
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_YES);
}

static void a_no_can_be_the_good_answer(void) {
    const struct rule rule = loaded(turned_json);
    struct complaint complaint = blank();
    complaint.value[FIELD_RETROACTIVE] = COMPLAINT_NO;
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_YES);
    complaint.value[FIELD_NOT_RETROACTIVE] = COMPLAINT_NO;
    g_assert_true(rule_contradicts(&rule, &complaint));
    complaint.value[FIELD_RETROACTIVE] = COMPLAINT_YES;
    g_assert_cmpint(rule_answer(&rule, &complaint).what, ==, ANSWER_NO);
    g_assert_false(rule_contradicts(&rule, &complaint));
}

static void every_mistake_of_a_rule_is_named(void) {
    static const struct {
        const char *json, *problem;
    } cases[] = {
        {"{\"kind\":\"hope\"}", "rule:kind: this word is unknown"},
        {"{}", "rule:kind: this key is missing"},
        {"{\"kind\":\"answer\",\"field\":\"nose\"}", "rule:field: this is no field"},
        {"{\"kind\":\"answer\",\"field\":\"contact_on\"}",
         "rule:field: this field is of"},
        {"{\"kind\":\"answer\",\"field\":\"heard\",\"days\":3}",
         "rule:days: this key is unknown"},
        {"{\"kind\":\"answer\",\"field\":\"heard\",\"favourable\":\"maybe\"}",
         "rule:favourable: this word"},
        {"{\"kind\":\"lead\",\"from\":\"notice_on\",\"to\":\"effective_on\"}",
         "rule:days: this key is missing"},
        {"{\"kind\":\"delay\",\"from\":\"contact_on\",\"to\":\"human_reply_on\","
         "\"until\":\"last_status_on\",\"days\":0}",
         "rule:days: this number is not between 1"},
        {"{\"kind\":\"answer\",\"field\":\"heard\",\"only_if\":{}}",
         "rule:only_if: a clause has"},
        {"{\"kind\":\"answer\",\"field\":\"heard\",\"only_if\":{\"action\":[\"x\"]}}",
         "rule:only_if.action: value 0 is none"},
        {"{\"kind\":\"answer\",\"field\":\"heard\",\"only_if\":{\"contact_on\":[\"x\"]}}",
         "rule:only_if.contact_on: no field"},
        {"{\"kind\":\"answer\",\"field\":\"heard\",\"except_if\":[{\"heard\":[1]}]}",
         "rule:except_if[0].heard[0]: this is not a text"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct rule rule;
        g_autofree char *problems = load(&rule, cases[i].json);
        g_assert_nonnull(problems);
        g_assert_nonnull(strstr(problems, cases[i].problem));
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/rule/" #name, name)
    TEST(thirty_days_are_enough_and_29_are_not);
    TEST(a_notice_after_the_effect_is_a_no);
    TEST(a_notice_never_given_is_a_no_without_any_other_date);
    TEST(a_missing_date_is_no_answer);
    TEST(a_condition_not_met_takes_the_complaint_out);
    TEST(an_exception_counts_only_when_documented);
    TEST(dates_win_over_a_direct_answer_and_a_contradiction_is_told);
    TEST(a_delay_is_an_event_or_still_open);
    TEST(a_reply_before_the_question_is_no_answer_and_told);
    TEST(a_direct_answer_to_a_delay_stands_at_its_horizon);
    TEST(a_late_reply_contradicts_a_direct_yes);
    TEST(the_longer_of_two_open_cases_counts);
    TEST(a_reply_on_the_same_day_took_no_day);
    TEST(given_is_a_date_or_never);
    TEST(a_no_can_be_the_good_answer);
    TEST(every_mistake_of_a_rule_is_named);
    return g_test_run();
}
