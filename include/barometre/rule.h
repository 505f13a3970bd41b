/* A rule: how the answer to one indicator is read from a complaint.
 *
 * Rules are data (the "answer" object of an indicator in method.json). They know days and
 * conditions, never a weight, so that counting and reading can share them.
 */
#ifndef BAROMETRE_RULE_H
#define BAROMETRE_RULE_H

#include "barometre/complaint.h"
#include "barometre/json_reader.h"

enum rule_kind {
    RULE_ANSWER, /* a yes/no field, taken as it is or turned round */
    RULE_GIVEN,  /* yes where a date is given, no where it is `never` */
    RULE_LEAD,   /* yes where `to` − `from` ≥ days; `from` never = no */
    RULE_DELAY,  /* days between `from` and `to`; open cases are censored at `until` */
};

/* One condition: the field has one of the values (bit n = n-th value of its list, or
 * COMPLAINT_NO/YES of an answer). */
struct rule_condition {
    enum complaint_field field;
    uint32_t values;
};

#define RULE_MOST_CONDITIONS 4

/* All conditions of a clause must hold. */
struct rule_clause {
    int condition_count;
    struct rule_condition conditions[RULE_MOST_CONDITIONS];
};

#define RULE_MOST_CLAUSES 4

struct rule {
    enum rule_kind kind;
    enum complaint_field from, to, until; /* FIELD_COUNT where the kind has none */
    enum complaint_field
        direct;         /* yes/no field for sources without dates, or FIELD_COUNT */
    bool favourable_no; /* RULE_ANSWER: "no" is the good answer */
    int days;           /* RULE_LEAD: least lead; RULE_DELAY: the horizon */
    struct rule_clause only_if; /* no condition: always */
    int except_count;           /* any clause that holds takes the complaint out */
    struct rule_clause except_if[RULE_MOST_CLAUSES];
};

/* The answer to an indicator. A share's answer is yes or no. A delay's answer is a number
 * of days with or without its event; days beyond the horizon only say "not within it". */
#define RULE_NEVER INT32_MIN

struct rule_answer {
    enum { ANSWER_NONE, ANSWER_NO, ANSWER_YES, ANSWER_EVENT, ANSWER_OPEN } what;
    /* ANSWER_EVENT, ANSWER_OPEN: ≥ 0. ANSWER_YES and ANSWER_NO of a RULE_LEAD by its
     * dates: days of notice, below 0 where it came after, RULE_NEVER where none came. */
    int days;
    bool direct; /* a yes/no told without dates: `days` is no duration to make a median of
                  */
};

/* Reads a clause from its JSON object, {"field": ["value", …], …}, noting the problems.
 */
void rule_clause_load(struct rule_clause *clause, const struct json_node *node);

/* Reads a rule from its JSON object, noting the problems (unknown key, field or value, a
 * field of another type than the kind wants, missing days). */
void rule_load(struct rule *rule, const struct json_node *node);

/* True where every condition holds; an unknown value meets none. */
bool rule_clause_holds(const struct rule_clause *clause,
                       const struct complaint *complaint);

/* The answer a complaint gives. Dates win over a direct answer. ANSWER_NONE where it
 * gives none, where a condition takes it out, or where a delay would be negative. A
 * direct yes/no to a delay is the answer at its horizon; it also stands in for a date of
 * the end that is missing, which would otherwise be a case still open. */
struct rule_answer rule_answer(const struct rule *rule,
                               const struct complaint *complaint);

/* True where a complaint answers the rule both by its dates and directly, and differently
 * at the rule's own days. */
bool rule_contradicts(const struct rule *rule, const struct complaint *complaint);

/* True where the dates of a delay run backwards (answered before asked). */
bool rule_runs_backwards(const struct rule *rule, const struct complaint *complaint);

#endif
