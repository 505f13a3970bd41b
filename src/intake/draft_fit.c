#include "draft_fit.h"

#include "barometre/text.h"
#include "cell.h"

#include <string.h>

bool draft_word_missing(const char *fold) {
    static const char *const words[] = {
        "n a",        "na", "none",          "null",           "nc",
        "nsp",        "nr", "inconnu",       "unknown",        "ne sait pas",
        "sans objet", "so", "non renseigne", "non communique", NULL};
    return g_strv_contains(words, fold);
}

/* Whether a folded word is a key of an object; with `within`, holds one. */
static bool names_word(const json_t *object, const char *fold, bool within) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value) {
        g_autofree char *known = text_fold(key);
        if (within ? strstr(fold, known) != NULL : strcmp(fold, known) == 0)
            return true;
    }
    return false;
}

static bool is_own_word(enum complaint_field field, const char *fold) {
    static const char *const answers[] = {"yes", "y", "oui", "o",     "true", "on", "1",
                                          "no",  "n", "non", "false", "off",  "0",  NULL};
    if (complaint_fields[field].type == TYPE_ANSWER)
        return g_strv_contains(answers, fold);
    for (const char *const *word = complaint_fields[field].values; *word != NULL;
         word++) {
        g_autofree char *own = text_fold(*word);
        if (strcmp(own, fold) == 0)
            return true;
    }
    return false;
}

bool draft_word_known(enum complaint_field field, const json_t *definition,
                      const char *fold) {
    return json_object_get(definition, "otherwise") != NULL ||
           names_word(json_object_get(definition, "values"), fold, false) ||
           names_word(json_object_get(definition, "contains"), fold, true) ||
           is_own_word(field, fold);
}

static bool reads_pillar(const json_t *definition, const char *fold) {
    return names_word(json_object_get(definition, "contains"), fold, true) ||
           fold[strspn(fold, "dsc ")] == '\0';
}

static bool reads_word(enum complaint_field field, const json_t *definition,
                       const char *fold, const char *text) {
    int32_t number;
    switch (complaint_fields[field].type) {
    case TYPE_DATE:
    case TYPE_DATE_OR_NEVER:
        return false; /* counted by the sample */
    case TYPE_NUMBER:
        return cell_number(text, strlen(text), &number);
    case TYPE_ANSWER:
    case TYPE_ENUM:
        return draft_word_known(field, definition, fold);
    }
    g_assert_not_reached();
}

static int64_t count_words(const struct sample_column *column, enum complaint_field field,
                           const json_t *definition) {
    int64_t reads = 0;
    for (guint i = 0; i + 1 < column->spelling->len; i += 2) {
        const char *fold = g_ptr_array_index(column->spelling, i);
        const char *text = g_ptr_array_index(column->spelling, i + 1);
        const bool fine =
            draft_word_missing(fold) ||
            (field == FIELD_COUNT ? reads_pillar(definition, fold)
                                  : reads_word(field, definition, fold, text));
        if (fine)
            reads += sample_count(column, fold);
    }
    return reads;
}

static int64_t count_dates(const struct sample_column *column) {
    return column->dates[DATE_YMD] +
           MAX(column->dates[DATE_DMY], column->dates[DATE_MDY]) +
           sample_count(column, "never");
}

double draft_fit(const struct sample_column *column, const char *field,
                 const char *member, const json_t *definition) {
    const enum complaint_field own = complaint_field_find(field);
    int64_t reads = column->filled;
    if (column->filled == 0)
        return 1;
    if (strcmp(field, "report_id") == 0 || strcmp(field, "change_id") == 0)
        reads = column->ids;
    else if (strcmp(member, "siret") == 0)
        reads = column->sirets;
    else if (strcmp(field, "marketplace") == 0)
        reads = MAX(column->names, MAX(column->primary_names, column->secondary_names));
    else if (strcmp(field, "pillars") == 0)
        reads = count_words(column, FIELD_COUNT, definition);
    else if (own != FIELD_COUNT)
        reads = count_words(column, own, definition) +
                (complaint_fields[own].type == TYPE_DATE ||
                         complaint_fields[own].type == TYPE_DATE_OR_NEVER
                     ? count_dates(column)
                     : 0);
    return (double)reads / (double)column->filled;
}

static bool is_heavy(const char *word) {
    return g_utf8_strlen(word, -1) > 2;
}

static glong weigh(char **words) {
    glong weight = 0;
    for (char **word = words; *word != NULL; word++)
        weight += is_heavy(*word) ? g_utf8_strlen(*word, -1) : 0;
    return weight;
}

static glong weigh_shared(char **words, char **others) {
    glong weight = 0;
    for (char **word = words; *word != NULL; word++)
        if (is_heavy(*word) && g_strv_contains((const char *const *)others, *word))
            weight += g_utf8_strlen(*word, -1);
    return weight;
}

double draft_nearness(const char *a, const char *b) {
    if (strcmp(a, b) == 0)
        return 1;
    g_auto(GStrv) left = g_strsplit(a, " ", -1);
    g_auto(GStrv) right = g_strsplit(b, " ", -1);
    const glong both = weigh(left) + weigh(right);
    const double shared =
        both == 0 ? 0
                  : (double)(weigh_shared(left, right) + weigh_shared(right, left)) /
                        (double)both;
    const glong length = MAX(g_utf8_strlen(a, -1), g_utf8_strlen(b, -1));
    const double letters =
        length == 0 ? 0 : 1 - (double)text_distance(a, b) / (double)MIN(length, 80);
    return MIN(0.99, MAX(shared, letters));
}
