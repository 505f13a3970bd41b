#include "barometre/legal.h"

#include "barometre/error.h"
#include "barometre/json_reader.h"
#include "barometre/month.h"

#include <stdio.h>
#include <string.h>

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})

enum { MOST_BASES = 10000 };

static void free_words(char *text[static WORDS_LANGUAGES]) {
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        g_free(text[l]);
}

static void drop_basis(void *owned) {
    struct legal_basis *basis = owned;
    g_free(basis->id);
    free_words(basis->text);
    g_free(basis->article);
    free_words(basis->sentence);
    g_free(basis->mark);
    g_free(basis);
}

/* A day, or `unknown` where the member is null. */
static int32_t load_day(const struct json_node *node, const char *key, int32_t unknown) {
    if (!json_node_has(node, key))
        return unknown;
    int year, month, day_of_month, end = 0;
    int32_t day = unknown;
    const char *text = json_node_string(node, key);
    if (*text != '\0' &&
        (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day_of_month, &end) != 3 ||
         end != 10 || text[10] != '\0' ||
         !day_from_date(year, month, day_of_month, &day)))
        json_node_problem(node, key, "this is not a date YYYY-MM-DD; correct it");
    return day;
}

static void check_mark(const struct legal_basis *basis, const struct json_node *node,
                       const struct json_node *marks) {
    if (*basis->mark != '\0' && marks->value != NULL &&
        !json_node_has(marks, basis->mark))
        json_node_problem(node, "mark", "\"marks\" has no '%s'; correct one of them",
                          basis->mark);
}

/* Two wordings of one id may not be in force on the same day. */
static void check_overlap(const struct legal *legal, const struct legal_basis *basis,
                          const struct json_node *node) {
    if (basis->valid_from > basis->valid_to)
        json_node_problem(node, "valid_to", "this is before \"valid_from\"; correct it");
    for (guint i = 0; i < legal->bases->len; i++) {
        const struct legal_basis *other = g_ptr_array_index(legal->bases, i);
        if (*basis->id != '\0' && strcmp(other->id, basis->id) == 0 &&
            basis->valid_from <= other->valid_to && other->valid_from <= basis->valid_to)
            json_node_problem(node, "id",
                              "'%s' is given above for some of the same days; end one "
                              "before the other begins",
                              basis->id);
    }
}

static void load_basis(struct legal *legal, const struct json_node *node,
                       const struct json_node *marks, char *const *verified) {
    struct legal_basis *basis = g_new0(struct legal_basis, 1);
    basis->id = g_strdup(json_node_string(node, "id"));
    json_node_bilingual(node, "text", basis->text);
    if (json_node_has(node, "article"))
        basis->article = g_strdup(json_node_string(node, "article"));
    json_node_bilingual(node, "sentence", basis->sentence);
    basis->valid_from = load_day(node, "valid_from", INT32_MIN);
    basis->valid_to = load_day(node, "valid_to", INT32_MAX);
    basis->mark = g_strdup(json_node_string(node, "mark"));
    basis->verified = g_strv_contains((const char *const *)verified, basis->mark);
    if (json_node_has(node, "number"))
        json_node_int(node, "number", 1, 3650);
    if (json_node_has(node, "note"))
        json_node_string(node, "note");
    check_mark(basis, node, marks);
    check_overlap(legal, basis, node);
    g_ptr_array_add(legal->bases, basis);
}

static struct legal *read_document(struct json_reader *reader, GError **error) {
    scoped(legal) *legal = g_new0(struct legal, 1);
    legal->bases = g_ptr_array_new_with_free_func(drop_basis);
    const struct json_node root =
        json_reader_root(reader, KEYS("legal", "before_valid_from", "unverified",
                                      "verified_marks", "marks", "bases"));
    json_node_string(&root, "legal");
    json_node_bilingual(&root, "before_valid_from", legal->good_practice);
    json_node_bilingual(&root, "unverified", legal->unverified);
    const struct json_node marks = json_node_object(&root, "marks", NULL);
    g_auto(GStrv) verified = json_node_strings(&root, "verified_marks", 0, 16);
    const struct json_node bases = json_node_array(&root, "bases", 0, MOST_BASES);
    for (size_t i = 0; i < json_node_length(&bases); i++) {
        const struct json_node node =
            json_node_object_at(&bases, i,
                                KEYS("id", "text", "article", "number", "sentence",
                                     "valid_from", "valid_to", "mark", "note"));
        load_basis(legal, &node, &marks, verified);
    }
    return json_reader_finish(reader, error) ? g_steal_pointer(&legal) : NULL;
}

struct legal *legal_load(const char *file, GError **error) {
    scoped(json_reader) *reader = json_reader_open(file, error);
    return reader == NULL ? NULL : read_document(reader, error);
}

struct legal *legal_parse(const char *json, size_t length, const char *name,
                          GError **error) {
    scoped(json_reader) *reader = json_reader_parse(json, length, name, error);
    return reader == NULL ? NULL : read_document(reader, error);
}

void legal_free(struct legal *legal) {
    if (legal == NULL)
        return;
    g_ptr_array_unref(legal->bases);
    free_words(legal->good_practice);
    free_words(legal->unverified);
    g_free(legal);
}

/* Whether `basis` tells more of a day than `other` (may be NULL): past before to come,
 * nearer before farther. */
static bool is_nearer(const struct legal_basis *basis, const struct legal_basis *other,
                      int32_t day) {
    if (other == NULL)
        return true;
    const bool past = basis->valid_to < day, other_past = other->valid_to < day;
    if (past != other_past)
        return past;
    return past ? basis->valid_to > other->valid_to
                : basis->valid_from < other->valid_from;
}

struct legal_wording legal_at(const struct legal *legal, const char *id, int32_t day) {
    struct legal_wording nearest = {NULL, false};
    for (guint i = 0; i < legal->bases->len; i++) {
        const struct legal_basis *basis = g_ptr_array_index(legal->bases, i);
        if (strcmp(basis->id, id) != 0)
            continue;
        if (basis->valid_from <= day && day <= basis->valid_to)
            return (struct legal_wording){basis, true};
        if (is_nearer(basis, nearest.basis, day))
            nearest.basis = basis;
    }
    return nearest;
}

static void note_unknown(GString *problems, const struct legal *legal,
                         const struct method *method, int pillar, int indicator,
                         const char *name) {
    char *const *basis = method->pillars[pillar].indicators[indicator].basis;
    for (int b = 0; basis[b] != NULL; b++)
        if (legal_at(legal, basis[b], 0).basis == NULL)
            g_string_append_printf(problems,
                                   "%s%s:pillars[%d].indicators[%d].basis[%d]: there is "
                                   "no '%s' in legal.json; add it there or correct it",
                                   problems->len > 0 ? "\n" : "", name, pillar, indicator,
                                   b, basis[b]);
}

bool legal_check_method(const struct legal *legal, const struct method *method,
                        const char *name, GError **error) {
    g_autoptr(GString) problems = g_string_new(NULL);
    for (int p = 0; p < method->pillar_count; p++)
        for (int i = 0; i < method->pillars[p].indicator_count; i++)
            note_unknown(problems, legal, method, p, i, name);
    if (problems->len == 0)
        return true;
    g_set_error_literal(error, BAROMETRE_ERROR, ERROR_CONFIG, problems->str);
    return false;
}

static void append_name(GString *name, const struct legal_basis *basis,
                        enum words_language language) {
    g_string_append(name, basis->text[language]);
    if (basis->article != NULL)
        g_string_append_printf(name, ", %s", basis->article);
}

/* " (reference good practice, to be verified)", or nothing. */
static void append_reserve(GString *name, const struct legal *legal,
                           struct legal_wording wording, enum words_language language) {
    char *reserves[3] = {NULL};
    int count = 0;
    if (!wording.in_force)
        reserves[count++] = legal->good_practice[language];
    if (!wording.basis->verified)
        reserves[count++] = legal->unverified[language];
    g_autofree char *joined = g_strjoinv(", ", reserves);
    if (count > 0)
        g_string_append_printf(name, " (%s)", joined);
}

char *legal_name(const struct legal *legal, struct legal_wording wording,
                 enum words_language language) {
    GString *name = g_string_new(NULL);
    append_name(name, wording.basis, language);
    append_reserve(name, legal, wording, language);
    return g_string_free(name, FALSE);
}

/* Whether two wordings may share the name of their text. */
static bool stand_alike(struct legal_wording a, struct legal_wording b,
                        enum words_language language) {
    return a.in_force == b.in_force && a.basis->verified == b.basis->verified &&
           a.basis->article != NULL && b.basis->article != NULL &&
           strcmp(a.basis->text[language], b.basis->text[language]) == 0;
}

char *legal_names(const struct legal *legal, char *const *ids, int32_t day,
                  enum words_language language) {
    GString *names = g_string_new(NULL);
    struct legal_wording last = {NULL, false};
    for (; *ids != NULL; ids++) {
        const struct legal_wording wording = legal_at(legal, *ids, day);
        if (wording.basis == NULL)
            continue;
        if (last.basis != NULL && stand_alike(last, wording, language)) {
            g_string_append_printf(names, ", %s", wording.basis->article);
            last = wording;
            continue;
        }
        if (last.basis != NULL) {
            append_reserve(names, legal, last, language);
            g_string_append(names, language == WORDS_FR ? "\u202f; " : "; ");
        }
        append_name(names, wording.basis, language);
        last = wording;
    }
    if (last.basis != NULL)
        append_reserve(names, legal, last, language);
    return g_string_free(names, FALSE);
}
