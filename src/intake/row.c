#include "row.h"

struct span {
    size_t offset, length;
};

void row_init(struct row *row) {
    *row = (struct row){
        .text = g_string_sized_new(4096),
        .spans = g_array_new(FALSE, TRUE, sizeof(struct span)),
    };
}

void row_clear(struct row *row) {
    g_string_free(row->text, TRUE);
    g_array_unref(row->spans);
}

void row_reset(struct row *row) {
    row->count = 0;
    g_string_truncate(row->text, 0);
    g_array_set_size(row->spans, 0);
}

void row_put(struct row *row, size_t column, const char *text, size_t length) {
    if (column >= row->spans->len)
        g_array_set_size(row->spans, (guint)column + 1); /* clears what it adds */
    g_array_index(row->spans, struct span, column) =
        (struct span){row->text->len, length};
    row->count = MAX(row->count, column + 1);
    row->last = column;
    g_string_append_len(row->text, text, (gssize)length);
    g_string_append_c(row->text, '\0');
}

void row_append(struct row *row, const char *text, size_t length) {
    g_assert(row->last < row->spans->len);
    struct span *last = &g_array_index(row->spans, struct span, row->last);
    g_string_truncate(row->text, row->text->len - 1);
    g_string_append_len(row->text, text, (gssize)length);
    g_string_append_c(row->text, '\0');
    last->length += length;
}

void row_end(struct row *row, size_t count) {
    row->count = count;
}

struct field row_field(const struct row *row, size_t column) {
    if (column >= MIN(row->count, row->spans->len))
        return (struct field){"", 0};
    const struct span *span = &g_array_index(row->spans, struct span, column);
    if (span->length == 0)
        return (struct field){"", 0};
    return (struct field){row->text->str + span->offset, span->length};
}
