#include "barometre/reject_export.h"

#include "barometre/error.h"
#include "barometre/reject_book.h"

#include <string.h>

#define MARK "\xEF\xBB\xBF"

/* An export being written. */
struct writing {
    const char *sha256;
    const struct words *words;
    const char *reasons[WORDS_LANGUAGES]; /* what the column is called */
    GString *text;
    guint columns;  /* of the header, without a reason */
    bool reasoned;  /* the rows end with an earlier reason */
    char delimiter; /* 0 until the header is written */
    const char *line_end;
    bool headless;
};

static bool ends_row(const char *text) {
    return *text == '\0' ||
           ((*text == '\n' || *text == '\r') && text[strspn(text, "\r\n")] == '\0');
}

/* A quoted field; NULL where its quotes are not sound. */
static const char *take_quoted(const char *text, char delimiter, GString *field) {
    for (text++; *text != '\0'; text++) {
        if (*text != '"') {
            g_string_append_c(field, *text);
        } else if (text[1] == '"') {
            g_string_append_c(field, *text++);
        } else {
            return text[1] == delimiter || ends_row(text + 1) ? text + 1 : NULL;
        }
    }
    return NULL;
}

/* A field as a person would see it: where its quotes are the fault, with them. */
static const char *take_field(const char *text, char delimiter, GString *field) {
    const char *end = *text == '"' ? take_quoted(text, delimiter, field) : NULL;
    if (end != NULL)
        return end;
    g_string_truncate(field, 0);
    for (; *text != delimiter && !ends_row(text); text++)
        g_string_append_c(field, *text);
    return text;
}

static GPtrArray *take_fields(const char *text, char delimiter) {
    GPtrArray *fields = g_ptr_array_new_with_free_func(g_free);
    for (bool more = true; more; text++) {
        GString *field = g_string_new(NULL);
        text = take_field(text, delimiter, field);
        g_ptr_array_add(fields, g_string_free(field, FALSE));
        more = *text == delimiter;
    }
    return fields;
}

static bool is_number(const char *text) {
    text += *text == '-' || *text == '+';
    return g_ascii_isdigit(*text) && text[strspn(text, "0123456789., ")] == '\0';
}

static void append_cell(const struct writing *writing, const char *cell) {
    const char stops[] = {writing->delimiter, '"', '\r', '\n', '\0'};
    const bool formula =
        *cell != '\0' && strchr("=+-@\t\r", *cell) != NULL && !is_number(cell);
    const bool quoted = strpbrk(cell, stops) != NULL;
    if (quoted)
        g_string_append_c(writing->text, '"');
    if (formula)
        g_string_append_c(writing->text, '\'');
    for (; *cell != '\0'; cell++) {
        if (*cell == '"')
            g_string_append_c(writing->text, '"');
        g_string_append_c(writing->text, *cell);
    }
    if (quoted)
        g_string_append_c(writing->text, '"');
}

/* The reason stands below its heading whatever the row has: a short one is filled up, and
 * what is too much comes after. */
static void append_row(const struct writing *writing, const GPtrArray *fields,
                       const char *reason) {
    for (guint i = 0; i < MAX(writing->columns, fields->len) + 1; i++) {
        const guint field = i > writing->columns ? i - 1 : i;
        const bool old = writing->reasoned && field == writing->columns;
        if (i != writing->columns && old)
            continue;
        if (i > 0)
            g_string_append_c(writing->text, writing->delimiter);
        append_cell(writing, i == writing->columns ? reason
                             : field < fields->len ? g_ptr_array_index(fields, field)
                                                   : "");
    }
    g_string_append(writing->text, writing->line_end);
}

static void append_header(struct writing *writing, const struct reject_cover *cover) {
    writing->delimiter = cover->delimiter;
    writing->line_end = strstr(cover->header, "\r\n") != NULL ? "\r\n" : "\n";
    g_autoptr(GPtrArray) fields = take_fields(cover->header, cover->delimiter);
    const char *last = g_ptr_array_index(fields, fields->len - 1);
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        writing->reasoned |= fields->len > 1 && strcmp(last, writing->reasons[l]) == 0;
    writing->columns = fields->len - writing->reasoned;
    g_string_append(writing->text, MARK);
    append_row(writing, fields, writing->reasons[words_language(writing->words)]);
}

static char *say_reason(const struct words *words, const struct reject_entry *entry) {
    g_autofree char *rule_key = g_strconcat("reject.", entry->rule, NULL);
    g_autofree char *remedy_key = g_strconcat("remedy.", entry->rule, NULL);
    g_autofree char *rule = words_say(words, rule_key, NULL);
    g_autofree char *remedy = words_say(words, remedy_key, NULL);
    return words_say(words,
                     *entry->label != '\0' ? "cli.rejects.why.column" : "cli.rejects.why",
                     (struct words_argument[]){{"rule", rule, 0},
                                               {"column", entry->label, 0},
                                               {"remedy", remedy, 0},
                                               {NULL}});
}

static bool append_entry(void *data, const struct reject_entry *entry) {
    struct writing *writing = data;
    if (strcmp(entry->cover->sha256, writing->sha256) != 0)
        return true;
    writing->headless = entry->cover->header == NULL;
    if (writing->headless)
        return false;
    if (writing->delimiter == '\0')
        append_header(writing, entry->cover);
    g_autoptr(GPtrArray) fields = take_fields(entry->raw, writing->delimiter);
    g_autofree char *reason = say_reason(writing->words, entry);
    append_row(writing, fields, reason);
    return true;
}

bool reject_export_write(const struct observatory *observatory, const char *sha256,
                         const struct words *words, GString *text, GError **error) {
    char *reasons[WORDS_LANGUAGES] = {NULL};
    bool good = true;
    for (int l = 0; good && l < WORDS_LANGUAGES; l++) {
        scoped(words) *own = words_load((enum words_language)l, NULL, error);
        good = own != NULL;
        reasons[l] = good ? words_say(own, "cli.rejects.reason", NULL) : NULL;
    }
    struct writing writing = {.sha256 = sha256, .words = words, .text = text};
    memcpy(writing.reasons, reasons, sizeof reasons);
    good = good && reject_book_each(observatory, append_entry, &writing, error);
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        g_free(reasons[l]);
    if (good && writing.headless)
        g_set_error(
            error, BAROMETRE_ERROR, ERROR_REFUSED,
            "rejects/%s.jsonl: does not hold a header of columns (the export was JSON, "
            "a workbook or standard input, or an older barometre wrote the book); "
            "mend the records at their source, `barometre rejects --csv` lists "
            "them",
            sha256);
    return good && !writing.headless;
}
