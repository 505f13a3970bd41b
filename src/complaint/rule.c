#include "barometre/rule.h"

#include <string.h>

static const char *const kind_words[] = {
    [RULE_ANSWER] = "answer",
    [RULE_GIVEN] = "given",
    [RULE_LEAD] = "lead",
    [RULE_DELAY] = "delay",
    NULL,
};

enum { MOST_DAYS = 3650 };

/* What a kind is made of. Names of the three fields, NULL where it has none. */
static const struct {
    const char *from, *to, *until;
    enum complaint_type from_types[2];
    bool has_days;
    const char *const keys[11];
} kinds[] = {
    [RULE_ANSWER] = {.from = "field",
                     .from_types = {TYPE_ANSWER, TYPE_ANSWER},
                     .keys = {"kind", "field", "favourable", "direct", "only_if",
                              "except_if", NULL}},
    [RULE_GIVEN] = {.from = "field",
                    .from_types = {TYPE_DATE_OR_NEVER, TYPE_DATE_OR_NEVER},
                    .keys = {"kind", "field", "direct", "only_if", "except_if", NULL}},
    [RULE_LEAD] = {.from = "from",
                   .to = "to",
                   .from_types = {TYPE_DATE, TYPE_DATE_OR_NEVER},
                   .has_days = true,
                   .keys = {"kind", "from", "to", "days", "direct", "only_if",
                            "except_if", NULL}},
    [RULE_DELAY] = {.from = "from",
                    .to = "to",
                    .until = "until",
                    .from_types = {TYPE_DATE, TYPE_DATE},
                    .has_days = true,
                    .keys = {"kind", "from", "to", "until", "days", "direct", "only_if",
                             "except_if", NULL}},
};

/* The field that a member names; FIELD_COUNT, noted, for an unknown one or one of another
 * type. */
static enum complaint_field load_field(const struct json_node *node, const char *key,
                                       enum complaint_type type,
                                       enum complaint_type other) {
    const char *name = json_node_string(node, key);
    if (name[0] == '\0')
        return FIELD_COUNT;
    const enum complaint_field field = complaint_field_find(name);
    if (field == FIELD_COUNT) {
        json_node_problem(node, key, "this is no field of a complaint; correct it");
        return FIELD_COUNT;
    }
    const enum complaint_type found = complaint_fields[field].type;
    if (found == type || found == other)
        return field;
    json_node_problem(node, key,
                      "this field is of a type that the rule cannot read; name another");
    return FIELD_COUNT;
}

static int find_value(enum complaint_field field, const char *word) {
    if (complaint_fields[field].type == TYPE_ENUM)
        return complaint_value_find(field, word);
    if (strcmp(word, "yes") == 0)
        return COMPLAINT_YES;
    return strcmp(word, "no") == 0 ? COMPLAINT_NO : -1;
}

static void load_condition(struct rule_condition *condition, const struct json_node *node,
                           const char *key) {
    condition->field = complaint_field_find(key);
    const enum complaint_type type = condition->field == FIELD_COUNT
                                         ? TYPE_DATE
                                         : complaint_fields[condition->field].type;
    if (type != TYPE_ENUM && type != TYPE_ANSWER) {
        json_node_problem(node, key,
                          "no field of a complaint with listed values; correct it");
        return;
    }
    const struct json_node values = json_node_array(node, key, 1, 32);
    for (size_t i = 0; i < json_node_length(&values); i++) {
        const int value = find_value(condition->field, json_node_string_at(&values, i));
        if (value < 0)
            json_node_problem(&values, NULL,
                              "value %zu is none of this field; correct it", i);
        else
            condition->values |= UINT32_C(1) << value;
    }
}

void rule_clause_load(struct rule_clause *clause, const struct json_node *node) {
    *clause = (struct rule_clause){0};
    const size_t count = json_object_size(node->value);
    if (node->value != NULL && (count == 0 || count > RULE_MOST_CONDITIONS)) {
        json_node_problem(node, NULL, "a clause has from 1 to %d conditions; correct it",
                          RULE_MOST_CONDITIONS);
        return;
    }
    const char *key;
    json_t *value;
    json_object_foreach(node->value, key, value)
        load_condition(&clause->conditions[clause->condition_count++], node, key);
}

static void load_conditions(struct rule *rule, const struct json_node *node) {
    if (json_node_has(node, "only_if")) {
        const struct json_node clause = json_node_object(node, "only_if", NULL);
        rule_clause_load(&rule->only_if, &clause);
    }
    if (!json_node_has(node, "except_if"))
        return;
    const struct json_node clauses =
        json_node_array(node, "except_if", 1, RULE_MOST_CLAUSES);
    for (size_t i = 0; i < json_node_length(&clauses); i++) {
        const struct json_node clause = json_node_object_at(&clauses, i, NULL);
        rule_clause_load(&rule->except_if[rule->except_count++], &clause);
    }
}

void rule_load(struct rule *rule, const struct json_node *node) {
    *rule = (struct rule){.from = FIELD_COUNT,
                          .to = FIELD_COUNT,
                          .until = FIELD_COUNT,
                          .direct = FIELD_COUNT};
    const int problems = node->reader->problem_count;
    rule->kind = (enum rule_kind)json_node_choice(node, "kind", kind_words);
    if (node->value == NULL || node->reader->problem_count > problems)
        return;
    const enum rule_kind kind = rule->kind;
    json_node_only(node, kinds[kind].keys);
    rule->from = load_field(node, kinds[kind].from, kinds[kind].from_types[0],
                            kinds[kind].from_types[1]);
    if (kinds[kind].to != NULL)
        rule->to = load_field(node, kinds[kind].to, TYPE_DATE, TYPE_DATE);
    if (kinds[kind].until != NULL)
        rule->until = load_field(node, kinds[kind].until, TYPE_DATE, TYPE_DATE);
    if (kinds[kind].has_days)
        rule->days = json_node_int(node, "days", kind == RULE_DELAY, MOST_DAYS);
    if (json_node_has(node, "direct"))
        rule->direct = load_field(node, "direct", TYPE_ANSWER, TYPE_ANSWER);
    static const char *const answers[] = {"yes", "no", NULL};
    rule->favourable_no = kind == RULE_ANSWER && json_node_has(node, "favourable") &&
                          json_node_choice(node, "favourable", answers) == 1;
    load_conditions(rule, node);
}

bool rule_clause_holds(const struct rule_clause *clause,
                       const struct complaint *complaint) {
    for (int i = 0; i < clause->condition_count; i++) {
        const struct rule_condition *condition = &clause->conditions[i];
        const int32_t value = complaint->value[condition->field];
        if (value < 0 || value > 31 || (condition->values >> value & 1) == 0)
            return false;
    }
    return true;
}

static bool is_taken_out(const struct rule *rule, const struct complaint *complaint) {
    if (!rule_clause_holds(&rule->only_if, complaint))
        return true;
    for (int i = 0; i < rule->except_count; i++)
        if (rule_clause_holds(&rule->except_if[i], complaint))
            return true;
    return false;
}

static int32_t value_of(const struct complaint *complaint, enum complaint_field field) {
    return field == FIELD_COUNT ? COMPLAINT_UNKNOWN : complaint->value[field];
}

static bool is_day(int32_t value) {
    return value != COMPLAINT_UNKNOWN && value != COMPLAINT_NEVER;
}

static const struct rule_answer no_answer = {.what = ANSWER_NONE};

static struct rule_answer yes_or_no(bool yes) {
    return (struct rule_answer){.what = yes ? ANSWER_YES : ANSWER_NO};
}

/* The days between two dates; no answer where they run backwards. */
static struct rule_answer elapsed(int32_t from, int32_t to, bool event) {
    const int64_t days = (int64_t)to - from;
    if (days < 0 || days > INT32_MAX)
        return no_answer;
    return (struct rule_answer){.what = event ? ANSWER_EVENT : ANSWER_OPEN,
                                .days = (int)days};
}

static struct rule_answer read_answer(const struct rule *rule,
                                      const struct complaint *complaint) {
    const int32_t value = value_of(complaint, rule->from);
    if (value == COMPLAINT_UNKNOWN)
        return no_answer;
    return yes_or_no((value == COMPLAINT_YES) != rule->favourable_no);
}

static struct rule_answer read_given(const struct rule *rule,
                                     const struct complaint *complaint) {
    const int32_t value = value_of(complaint, rule->from);
    return value == COMPLAINT_UNKNOWN ? no_answer : yes_or_no(value != COMPLAINT_NEVER);
}

static struct rule_answer read_lead(const struct rule *rule,
                                    const struct complaint *complaint) {
    const int32_t from = value_of(complaint, rule->from);
    const int32_t to = value_of(complaint, rule->to);
    struct rule_answer answer = {.what = ANSWER_NO, .days = RULE_NEVER};
    if (from == COMPLAINT_NEVER)
        return answer;
    if (!is_day(from) || !is_day(to))
        return no_answer;
    const int64_t notice = (int64_t)to - from;
    answer.what = notice >= rule->days ? ANSWER_YES : ANSWER_NO;
    answer.days = (int)CLAMP(notice, RULE_NEVER + 1, INT32_MAX);
    return answer;
}

static struct rule_answer read_delay(const struct rule *rule,
                                     const struct complaint *complaint) {
    const int32_t from = value_of(complaint, rule->from);
    const int32_t to = value_of(complaint, rule->to);
    const int32_t until = value_of(complaint, rule->until);
    if (!is_day(from))
        return no_answer;
    if (is_day(to))
        return elapsed(from, to, true);
    return is_day(until) ? elapsed(from, until, false) : no_answer;
}

static struct rule_answer (*const readers[])(const struct rule *,
                                             const struct complaint *) = {
    [RULE_ANSWER] = read_answer,
    [RULE_GIVEN] = read_given,
    [RULE_LEAD] = read_lead,
    [RULE_DELAY] = read_delay,
};

static struct rule_answer read_direct(const struct rule *rule,
                                      const struct complaint *complaint) {
    const int32_t value = value_of(complaint, rule->direct);
    if (value == COMPLAINT_UNKNOWN)
        return no_answer;
    struct rule_answer answer = yes_or_no(value == COMPLAINT_YES);
    answer.direct = true;
    if (rule->kind != RULE_DELAY)
        return answer;
    /* No answer within the horizon: open on the day after it. */
    const bool in_time = value == COMPLAINT_YES;
    answer.what = in_time ? ANSWER_EVENT : ANSWER_OPEN;
    answer.days = in_time ? rule->days : rule->days + 1;
    return answer;
}

struct rule_answer rule_answer(const struct rule *rule,
                               const struct complaint *complaint) {
    if (is_taken_out(rule, complaint) || rule_runs_backwards(rule, complaint))
        return no_answer;
    const struct rule_answer dated = readers[rule->kind](rule, complaint);
    if (dated.what != ANSWER_NONE && dated.what != ANSWER_OPEN)
        return dated;
    const struct rule_answer direct = read_direct(rule, complaint);
    const bool still_open = direct.what == ANSWER_OPEN && dated.what == ANSWER_OPEN;
    if (direct.what == ANSWER_NONE || (still_open && dated.days >= direct.days))
        return dated;
    return direct;
}

bool rule_contradicts(const struct rule *rule, const struct complaint *complaint) {
    const struct rule_answer dated = readers[rule->kind](rule, complaint);
    const struct rule_answer direct = read_direct(rule, complaint);
    if (dated.what == ANSWER_NONE || dated.what == ANSWER_OPEN ||
        direct.what == ANSWER_NONE)
        return false;
    if (rule->kind != RULE_DELAY)
        return dated.what != direct.what;
    return (dated.days <= rule->days) != (direct.what == ANSWER_EVENT);
}

bool rule_runs_backwards(const struct rule *rule, const struct complaint *complaint) {
    if (rule->kind != RULE_DELAY)
        return false;
    const int32_t from = value_of(complaint, rule->from);
    const int32_t to = value_of(complaint, rule->to);
    const int32_t end = is_day(to) ? to : value_of(complaint, rule->until);
    return is_day(from) && is_day(end) && end < from;
}
