#include "barometre/words.h"

#include "barometre/error.h"
#include "barometre/hash.h"
#include "barometre/month.h"
#include "message.h"

#include <gio/gio.h>
#include <jansson.h>
#include <math.h>
#include <string.h>
#include <unicode/upluralrules.h>

struct words {
    enum words_language language;
    UPluralRules *plurals;
    GHashTable *messages; /* key → struct message */
};

/* How a language writes, fixed here so that no update of CLDR changes a figure. */
static const struct {
    const char *code, *thousands, *decimal, *last_joint, *first_of_month;
    const char *months[12], *short_months[12];
} writing[WORDS_LANGUAGES] = {
    [WORDS_FR] = {"fr",
                  "\u202f",
                  ",",
                  " et ",
                  "er",
                  {"janvier", "février", "mars", "avril", "mai", "juin", "juillet",
                   "août", "septembre", "octobre", "novembre", "décembre"},
                  {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août",
                   "sept.", "oct.", "nov.", "déc."}},
    [WORDS_EN] = {"en",
                  ",",
                  ".",
                  " and ",
                  "",
                  {"January", "February", "March", "April", "May", "June", "July",
                   "August", "September", "October", "November", "December"},
                  {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
                   "Nov", "Dec"}},
};

const char *words_code(enum words_language language) {
    return writing[language].code;
}

bool words_language_parse(const char *code, enum words_language *language) {
    for (int i = 0; i < WORDS_LANGUAGES; i++) {
        if (strcmp(code, writing[i].code) == 0) {
            *language = (enum words_language)i;
            return true;
        }
    }
    return false;
}

/* Adds the messages of a file; `known_only` refuses keys that are not there yet. */
static bool words_add(struct words *words, const char *source, const char *json,
                      size_t length, bool known_only, GError **error) {
    json_error_t fault;
    json_auto_t *root = json_loadb(json, length, JSON_REJECT_DUPLICATES, &fault);
    if (root == NULL || !json_is_object(root)) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_CONFIG,
                    "%s:%d: not an object of messages, fix it as {\"key\": \"text\"}",
                    source, root == NULL ? fault.line : 1);
        return false;
    }
    const char *key;
    json_t *value;
    json_object_foreach(root, key, value) {
        const char *wrong = NULL;
        const struct message *shipped =
            known_only ? g_hash_table_lookup(words->messages, key) : NULL;
        g_autofree char *difference = NULL;
        if (known_only && shipped == NULL)
            wrong = "no message has this key";
        else if (!json_is_string(value))
            wrong = "the message is not a text";
        struct message *message = wrong != NULL ? NULL
                                                : message_parse(json_string_value(value),
                                                                words->language, &wrong);
        if (message != NULL && shipped != NULL)
            wrong = difference = message_difference(shipped, message);
        if (wrong != NULL) {
            message_free(message);
            g_set_error(error, BAROMETRE_ERROR, ERROR_CONFIG,
                        "%s:%s: %s, correct the file", source, key, wrong);
            return false;
        }
        g_hash_table_replace(words->messages, g_strdup(key), message);
    }
    return true;
}

struct words *words_load(enum words_language language, const char *directory,
                         GError **error) {
    g_autoptr(GError) absent = NULL;
    UErrorCode status = U_ZERO_ERROR;
    scoped(words) *words = g_new0(struct words, 1);
    words->language = language;
    words->messages =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, message_free);
    words->plurals = uplrules_open(writing[language].code, &status);
    g_autofree char *name = g_strdup_printf("locale/%s.json", writing[language].code);
    g_autofree char *resource = g_strconcat("/barometre/data/", name, NULL);
    g_autoptr(GBytes) shipped =
        g_resources_lookup_data(resource, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
    if (shipped == NULL)
        return NULL;
    size_t length;
    const char *json = g_bytes_get_data(shipped, &length);
    if (U_FAILURE(status) || !words_add(words, name, json, length, false, error))
        return NULL;
    if (directory == NULL)
        return g_steal_pointer(&words);

    g_autofree char *file = g_build_filename(directory, name, NULL);
    g_autofree char *own = NULL;
    if (!g_file_get_contents(file, &own, &length, &absent)) {
        if (g_error_matches(absent, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            return g_steal_pointer(&words);
        g_propagate_error(error, g_steal_pointer(&absent));
        return NULL;
    }
    return words_add(words, file, own, length, true, error) ? g_steal_pointer(&words)
                                                            : NULL;
}

void words_free(struct words *words) {
    if (words == NULL)
        return;
    if (words->plurals != NULL)
        uplrules_close(words->plurals);
    g_hash_table_unref(words->messages);
    g_free(words);
}

enum words_language words_language(const struct words *words) {
    return words->language;
}

static gunichar2 *plural_keyword(const struct words *words, const struct slot *slot,
                                 int64_t count) {
    if (count >= 0 && count <= 9 && (slot->exact & 1U << count) != 0) {
        const char exact[] = {'n', (char)('0' + count), '\0'};
        return g_utf8_to_utf16(exact, -1, NULL, NULL, NULL);
    }
    UChar keyword[16];
    UErrorCode status = U_ZERO_ERROR;
    uplrules_select(words->plurals, (double)count, keyword, G_N_ELEMENTS(keyword),
                    &status);
    g_assert(U_SUCCESS(status));
    return g_memdup2(keyword, sizeof keyword);
}

static gunichar2 *slot_value(const struct words *words, const char *key,
                             const struct slot *slot,
                             const struct words_argument *arguments) {
    const struct words_argument *argument = arguments;
    while (argument != NULL && argument->name != NULL &&
           strcmp(argument->name, slot->name) != 0)
        argument++;
    if (argument == NULL || argument->name == NULL)
        g_error("message %s: argument %s is not given", key, slot->name);
    if (slot->plural)
        return plural_keyword(words, slot, argument->count);
    g_autofree char *number =
        argument->text == NULL ? words_number(words, (double)argument->count, 0) : NULL;
    g_autofree char *valid =
        g_utf8_make_valid(number == NULL ? argument->text : number, -1);
    return g_utf8_to_utf16(valid, -1, NULL, NULL, NULL);
}

char *words_say(const struct words *words, const char *key,
                const struct words_argument *arguments) {
    const struct message *message = g_hash_table_lookup(words->messages, key);
    if (message == NULL)
        g_error("no message %s", key);
    gunichar2 *values[MESSAGE_MOST_SLOTS] = {NULL};
    for (int i = 0; i < message->slot_count; i++)
        values[i] = slot_value(words, key, &message->slots[i], arguments);
    char *text =
        message_format(message, words->language, (const gunichar2 *const *)values);
    if (text == NULL)
        g_error("message %s does not format", key);
    for (int i = 0; i < message->slot_count; i++)
        g_free(values[i]);
    return text;
}

/* A sum, which does not depend on the order of the table. */
uint64_t words_hash(const struct words *words) {
    uint64_t sum = 0;
    GHashTableIter iterator;
    void *key, *value;
    g_hash_table_iter_init(&iterator, words->messages);
    while (g_hash_table_iter_next(&iterator, &key, &value)) {
        const struct message *message = value;
        sum += hash_add(hash_add(hash_add(HASH_START, key), "="), message->text->str);
    }
    return sum;
}

bool words_has(const struct words *words, const char *key) {
    return g_hash_table_contains(words->messages, key);
}

char *words_number(const struct words *words, double value, int decimals) {
    g_assert(isfinite(value) && decimals >= 0 && decimals <= 9);
    char format[] = {'%', '.', (char)('0' + decimals), 'f', '\0'};
    char digits[G_ASCII_DTOSTR_BUF_SIZE + 300];
    const double scale = pow(10, decimals); /* halves go up, as readers round */
    g_ascii_formatd(digits, sizeof digits, format, round(fabs(value) * scale) / scale);
    const bool zero = strspn(digits, "0.") == strlen(digits);
    const size_t whole = strcspn(digits, ".");
    GString *text = g_string_new(value < 0 && !zero ? "\u2212" : "");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            g_string_append(text, writing[words->language].thousands);
        g_string_append_c(text, digits[i]);
    }
    if (digits[whole] == '.')
        g_string_append_printf(text, "%s%s", writing[words->language].decimal,
                               digits + whole + 1);
    return g_string_free(text, FALSE);
}

char *words_signed(const struct words *words, double value, int decimals) {
    g_autofree char *number = words_number(words, value, decimals);
    const bool zero = strpbrk(number, "123456789") == NULL;
    return g_strconcat(value > 0 && !zero ? "+" : "", number, NULL);
}

char *words_month(const struct words *words, int32_t month) {
    return g_strdup_printf("%s %d",
                           writing[words->language].months[month_number(month) - 1],
                           month_year(month));
}

char *words_month_short(const struct words *words, int32_t month) {
    return g_strdup_printf("%s %d",
                           writing[words->language].short_months[month_number(month) - 1],
                           month_year(month));
}

char *words_day(const struct words *words, int32_t day) {
    const int32_t month = month_of_day(day);
    const int of_month = day - month_first_day(month) + 1;
    g_autofree char *name = words_month(words, month);
    return g_strdup_printf("%d%s %s", of_month,
                           of_month == 1 ? writing[words->language].first_of_month : "",
                           name);
}

char *words_list(const struct words *words, const char *const *names) {
    GString *list = g_string_new(NULL);
    for (int i = 0; names[i] != NULL; i++) {
        if (i > 0)
            g_string_append(
                list, names[i + 1] == NULL ? writing[words->language].last_joint : ", ");
        g_string_append(list, names[i]);
    }
    return g_string_free(list, FALSE);
}
