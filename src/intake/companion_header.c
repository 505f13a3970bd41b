#include "barometre/error.h"
#include "barometre/text.h"
#include "companion_private.h"

#include <string.h>

char *companion_text(struct field field, enum dialect_encoding encoding) {
    if (memchr(field.text, '\0', field.length) != NULL)
        return NULL;
    const bool utf8 = g_utf8_validate_len(field.text, field.length, NULL);
    if (utf8 && (encoding != ENCODING_WINDOWS_1252 || g_str_is_ascii(field.text)))
        return g_strstrip(g_strdup(field.text));
    /* UTF-8 amid Windows-1252 shows that two encodings are mixed: refused, not guessed.
     */
    if (utf8 || encoding != ENCODING_WINDOWS_1252)
        return NULL;
    char *text = g_convert(field.text, (gssize)field.length, "UTF-8", "WINDOWS-1252",
                           NULL, NULL, NULL);
    return text == NULL ? NULL : g_strstrip(text);
}

static bool read_labels(struct companion_header *header, const char *bytes) {
    scoped(csv_record) *fields = csv_record_new(header->dialect.delimiter, NULL, 0);
    if (header->record.kind != RECORD_WHOLE ||
        !csv_record_read(fields, bytes, header->record.length))
        return false;
    for (size_t i = 0; i < csv_record_row(fields)->count; i++) {
        g_autofree char *text = companion_text(row_field(csv_record_row(fields), i),
                                               header->dialect.encoding);
        g_ptr_array_add(header->labels, text_clamp(text == NULL ? "" : text));
        g_ptr_array_add(header->folds, text_fold(text == NULL ? "" : text));
    }
    return true;
}

struct companion_header *companion_header_read(const char *bytes, size_t length,
                                               bool at_end, const char *name,
                                               GError **error) {
    scoped(companion_header) *header = g_new0(struct companion_header, 1);
    header->labels = g_ptr_array_new_with_free_func(g_free);
    header->folds = g_ptr_array_new_with_free_func(g_free);
    dialect_detect(&header->dialect, bytes, length);
    struct record_rules rules;
    record_rules_init(&rules, header->dialect.delimiter);
    const char *first = bytes + header->dialect.mark_bytes;
    const size_t rest = length - header->dialect.mark_bytes;
    const bool cut = rest > 0 && record_cut(&rules, first, rest, at_end, &header->record);
    if (cut)
        dialect_observe(&header->dialect, first, header->record.length);
    if (!cut || !read_labels(header, first)) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "%s:1: the first line is not a header of columns; write one", name);
        return NULL;
    }
    return g_steal_pointer(&header);
}

void companion_header_free(struct companion_header *header) {
    if (header == NULL)
        return;
    g_ptr_array_unref(header->labels);
    g_ptr_array_unref(header->folds);
    g_free(header);
}

const char *companion_header_bind(struct companion_header *header,
                                  const struct companion_kind *kind) {
    for (int c = 0; c < kind->column_count; c++) {
        g_autofree char *fold = text_fold(kind->columns[c].name);
        guint found = 0;
        const bool there =
            g_ptr_array_find_with_equal_func(header->folds, fold, g_str_equal, &found);
        header->columns[c] = there ? (int)found : -1;
        if (!there && !kind->columns[c].optional)
            return kind->columns[c].name;
    }
    return NULL;
}
