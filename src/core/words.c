#include "barometre/words.h"

#include "barometre/error.h"
#include "barometre/month.h"

#include <gio/gio.h>
#include <jansson.h>
#include <math.h>
#include <string.h>
#include <unicode/umsg.h>
#include <unicode/upluralrules.h>

/* ICU's C interface takes numbered arguments only and reads each from a va_list by its
 * type. So a pattern is rewritten once: {name} becomes {0}, a plural becomes a select
 * over the keyword of its count, and every argument is a string. */
#define MOST_SLOTS 12

/* One numbered argument of a rewritten pattern. */
struct slot {
    char *name;
    bool plural;    /* the keyword of the count, else the text of the argument */
    uint32_t exact; /* plural: bit n where the pattern has a branch "=n", n ≤ 9 */
};

struct message {
    GString *text; /* while it is rewritten; UTF-8 */
    gunichar2 *pattern;
    int slot_count;
    struct slot slots[MOST_SLOTS];
};

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

static void message_free(void *data) {
    struct message *message = data;
    if (message->text != NULL)
        g_string_free(message->text, TRUE);
    g_free(message->pattern);
    for (int i = 0; i < message->slot_count; i++)
        g_free(message->slots[i].name);
    g_free(message);
}

static int message_slot(struct message *message, const char *name, size_t length,
                        bool plural) {
    for (int i = 0; i < message->slot_count; i++) {
        const struct slot *slot = &message->slots[i];
        if (slot->plural == plural && strlen(slot->name) == length &&
            strncmp(slot->name, name, length) == 0)
            return i;
    }
    if (message->slot_count == MOST_SLOTS)
        return -1;
    message->slots[message->slot_count] =
        (struct slot){.name = g_strndup(name, length), .plural = plural};
    return message->slot_count++;
}

static const char *skip_space(const char *p) {
    return p + strspn(p, " \t\n");
}

static const char *rewrite_text(struct message *message, const char *p, int counted,
                                int depth, const char **wrong);

/* branches = { keyword "{" text "}" } "}" ; keyword = word | "=" digit */
static const char *rewrite_branches(struct message *message, const char *p, int slot,
                                    int counted, int depth, const char **wrong) {
    for (p = skip_space(p); *p != '}'; p = skip_space(p)) {
        const bool exact =
            message->slots[slot].plural && p[0] == '=' && g_ascii_isdigit(p[1]);
        if (exact) {
            message->slots[slot].exact |= 1U << (p[1] - '0');
            g_string_append_printf(message->text, "n%c", p[1]);
            p += 2;
        }
        const size_t length = exact ? 0 : strspn(p, "abcdefghijklmnopqrstuvwxyz_");
        g_string_append_len(message->text, p, (gssize)length);
        p = skip_space(p + length);
        if ((length == 0 && !exact) || *p != '{') {
            *wrong = "a branch is written keyword {text}";
            return p;
        }
        g_string_append_c(message->text, '{');
        p = rewrite_text(message, p + 1, counted, depth + 1, wrong);
        if (*wrong != NULL)
            return p;
        g_string_append_c(message->text, '}');
        p++;
    }
    return p;
}

/* argument = "{" name [ "," ("plural" | "select") "," branches ] "}" */
static const char *rewrite_argument(struct message *message, const char *p, int counted,
                                    int depth, const char **wrong) {
    const char *name = skip_space(p);
    const size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz_");
    p = skip_space(name + length);
    const bool plural = g_str_has_prefix(p, ", plural,");
    const bool branched = plural || g_str_has_prefix(p, ", select,");
    if (length == 0 || (*p != '}' && !branched)) {
        *wrong = "an argument is {name}, {name, plural, …} or {name, select, …}";
        return p;
    }
    const int slot = message_slot(message, name, length, plural);
    const int shown = plural ? message_slot(message, name, length, false) : counted;
    if (slot < 0 || (plural && shown < 0)) {
        *wrong = "too many arguments";
        return p;
    }
    g_string_append_printf(message->text, branched ? "{%d,select," : "{%d", slot);
    if (branched)
        p = rewrite_branches(message, p + strlen(", plural,"), slot, shown, depth, wrong);
    g_string_append_c(message->text, '}');
    return *wrong == NULL ? p + 1 : p;
}

/* text = { character | "#" inside a plural | argument } */
static const char *rewrite_text(struct message *message, const char *p, int counted,
                                int depth, const char **wrong) {
    while (*wrong == NULL && *p != '\0' && *p != '}') {
        if (*p == '\'')
            *wrong = "write ’ instead of '";
        else if (*p == '{')
            p = rewrite_argument(message, p + 1, counted, depth, wrong);
        else if (*p == '#' && counted >= 0)
            g_string_append_printf(message->text, "{%d}", (p++, counted));
        else
            g_string_append_c(message->text, *p++);
    }
    if (*wrong == NULL && (*p == '\0') != (depth == 0))
        *wrong = "the braces do not match";
    return p;
}

static char *message_format(const struct message *message, enum words_language language,
                            const gunichar2 *const *values) {
    UErrorCode status = U_ZERO_ERROR;
    g_autofree UChar *text = NULL;
    int32_t capacity = 0;
    for (int attempt = 0; attempt < 2; attempt++) {
        status = U_ZERO_ERROR;
        capacity = u_formatMessage(writing[language].code, message->pattern, -1, text,
                                   capacity, &status, values[0], values[1], values[2],
                                   values[3], values[4], values[5], values[6], values[7],
                                   values[8], values[9], values[10], values[11]);
        if (status != U_BUFFER_OVERFLOW_ERROR)
            break;
        text = g_new0(UChar, (gsize)++capacity);
    }
    if (U_FAILURE(status))
        return NULL;
    return text == NULL ? g_strdup("") : g_utf16_to_utf8(text, -1, NULL, NULL, NULL);
}

static struct message *message_parse(const char *pattern, enum words_language language,
                                     const char **wrong) {
    struct message *message = g_new0(struct message, 1);
    message->text = g_string_new(NULL);
    rewrite_text(message, pattern, -1, 0, wrong);
    if (*wrong == NULL) {
        message->pattern = g_utf8_to_utf16(message->text->str, -1, NULL, NULL, NULL);
        const gunichar2 other[] = {'o', 't', 'h', 'e', 'r', 0};
        const gunichar2 *values[MOST_SLOTS];
        for (int i = 0; i < MOST_SLOTS; i++)
            values[i] = other;
        g_autofree char *trial = message_format(message, language, values);
        if (trial == NULL)
            *wrong = "a branch \"other\" is missing";
    }
    if (*wrong == NULL)
        return message;
    message_free(message);
    return NULL;
}

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
        if (known_only && !words_has(words, key))
            wrong = "no message has this key";
        else if (!json_is_string(value))
            wrong = "the message is not a text";
        struct message *message = wrong != NULL ? NULL
                                                : message_parse(json_string_value(value),
                                                                words->language, &wrong);
        if (message == NULL) {
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
    gunichar2 *values[MOST_SLOTS] = {NULL};
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
