#include "message.h"

#include <string.h>
#include <unicode/umsg.h>

/* ICU's C interface takes numbered arguments only and reads each from a va_list by its
 * type. So a pattern is rewritten once: {name} becomes {0}, a plural becomes a select
 * over the keyword of its count, and every argument is a string. */

void message_free(void *data) {
    struct message *message = data;
    if (message == NULL)
        return;
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
    if (message->slot_count == MESSAGE_MOST_SLOTS)
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

/* Whether a message has an argument of this name; as a plural, where that is asked. */
static bool has_argument(const struct message *message, const struct slot *wanted,
                         bool plural) {
    for (int i = 0; i < message->slot_count; i++) {
        const struct slot *slot = &message->slots[i];
        if (strcmp(slot->name, wanted->name) == 0 && (!plural || slot->plural))
            return true;
    }
    return false;
}

char *message_difference(const struct message *shipped, const struct message *own) {
    for (int i = 0; i < own->slot_count; i++) {
        const struct slot *slot = &own->slots[i];
        if (!has_argument(shipped, slot, false))
            return g_strdup_printf("{%s} is not given to this message", slot->name);
        if (slot->plural && !has_argument(shipped, slot, true))
            return g_strdup_printf("{%s} is a text, not a count", slot->name);
    }
    for (int i = 0; i < shipped->slot_count; i++)
        if (!has_argument(own, &shipped->slots[i], false))
            return g_strdup_printf("{%s} is missing", shipped->slots[i].name);
    return NULL;
}

char *message_format(const struct message *message, enum words_language language,
                     const gunichar2 *const *values) {
    UErrorCode status = U_ZERO_ERROR;
    g_autofree UChar *text = NULL;
    int32_t capacity = 0;
    for (int attempt = 0; attempt < 2; attempt++) {
        status = U_ZERO_ERROR;
        capacity = u_formatMessage(words_code(language), message->pattern, -1, text,
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

struct message *message_parse(const char *pattern, enum words_language language,
                              const char **wrong) {
    struct message *message = g_new0(struct message, 1);
    message->text = g_string_new(NULL);
    rewrite_text(message, pattern, -1, 0, wrong);
    if (*wrong == NULL) {
        message->pattern = g_utf8_to_utf16(message->text->str, -1, NULL, NULL, NULL);
        const gunichar2 other[] = {'o', 't', 'h', 'e', 'r', 0};
        const gunichar2 *values[MESSAGE_MOST_SLOTS];
        for (int i = 0; i < MESSAGE_MOST_SLOTS; i++)
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
