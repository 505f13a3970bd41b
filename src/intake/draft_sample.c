#include "draft_sample.h"

#include "barometre/firm.h"
#include "barometre/text.h"
#include "cell.h"

#include <string.h>

enum { MOST_RECORDS = 2000, CLOSED_MOST_WORDS = 24, CLOSED_REPEATS = 2 };

static void column_free(struct sample_column *column) {
    g_free(column->label);
    g_free(column->header);
    g_free(column->fold);
    g_hash_table_unref(column->words);
    g_ptr_array_unref(column->spelling);
    g_free(column);
}

static void add_column(struct sample *sample, const char *header) {
    struct sample_column *column = g_new0(struct sample_column, 1);
    column->label = g_strdup(header);
    column->header = text_clamp(header);
    column->fold = text_fold(header);
    column->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    column->spelling = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(sample->columns, column);
}

void sample_free(struct sample *sample) {
    if (sample == NULL)
        return;
    g_ptr_array_unref(sample->columns);
    g_free(sample);
}

/* The labels of a record's answers, which are columns once a profile says so. */
static void add_labels(const struct profile_json *layout, const json_t *record,
                       GPtrArray *headers) {
    for (char **name = layout->labelled; *name != NULL; name++) {
        size_t i;
        json_t *answer;
        json_array_foreach(json_object_get(record, *name), i, answer) {
            const char *label = json_string_value(json_object_get(answer, layout->label));
            if (label != NULL && headers->len < LIMIT_COLUMNS &&
                !g_ptr_array_find_with_equal_func(headers, label, g_str_equal, NULL))
                g_ptr_array_add(headers, g_strdup(label));
        }
    }
}

struct span {
    size_t start, length;
};

/* The whole records at the source's head, cut once: a format knows where it stands. */
static GArray *cut_records(struct export_source *source) {
    struct format *format = source->format;
    const bool whole = export_stream_done(&source->stream);
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(struct span));
    struct record record;
    for (size_t at = format->head_bytes; at < source->length && spans->len < MOST_RECORDS;
         at += record.length) {
        const char *bytes = source->head + at;
        if (!format->class->cut(format, bytes, source->length - at, whole, &record))
            break;
        dialect_observe(&format->dialect, bytes, record.length);
        const struct span span = {at, record.length};
        if (record.kind == RECORD_WHOLE)
            g_array_append_val(spans, span);
    }
    return spans;
}

static void each_record(const struct export_source *source, const GArray *spans,
                        void (*call)(void *data, const char *bytes, size_t length),
                        void *data) {
    for (guint i = 0; i < spans->len; i++) {
        const struct span span = g_array_index(spans, struct span, i);
        call(data, source->head + span.start, span.length);
    }
}

struct labels {
    const struct profile_json *layout;
    GPtrArray *headers;
};

static void collect_labels(void *data, const char *bytes, size_t length) {
    const struct labels *labels = data;
    json_auto_t *record = json_loadb(bytes, length, 0, NULL);
    add_labels(labels->layout, record, labels->headers);
}

/* Makes the columns those of the export and not of the profile that is like it. */
static void find_columns(struct export_source *source, const struct profile *known,
                         const GArray *spans) {
    struct format *format = source->format;
    if (known == NULL || format->class->bind == NULL)
        return;
    if (!format->class->by_name) {
        format->class->bind(format, known);
        return;
    }
    g_autoptr(GPtrArray) headers = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < format->headers->len; i++)
        g_ptr_array_add(headers, g_strdup(g_ptr_array_index(format->headers, i)));
    const struct labels labels = {known->json, headers};
    if (known->json != NULL)
        each_record(source, spans, collect_labels, (void *)&labels);
    format->class->bind(format, known);
    g_ptr_array_set_size(format->headers, 0);
    for (guint i = 0; i < headers->len; i++)
        g_ptr_array_add(format->headers, g_strdup(g_ptr_array_index(headers, i)));
}

static bool is_other_date(const char *text) {
    static const char separators[] = "-.";
    char *end;
    if (!g_ascii_isdigit(*text))
        return false;
    const guint64 day = g_ascii_strtoull(text, &end, 10);
    if (day < 1 || day > 31 || *end == '\0' || strchr(separators, *end) == NULL)
        return false;
    const char *month = end + 1;
    const size_t letters = strcspn(month, separators);
    const char *year = month + letters;
    return letters >= 1 && letters <= 4 && *year != '\0' &&
           g_ascii_strtoull(year + 1, &end, 10) > 0 && end - year >= 3;
}

static void count_dates(struct sample_column *column, const char *text) {
    bool reads[3];
    for (int shape = 0; shape < 3; shape++) {
        const bool shapes[3] = {shape == DATE_YMD, shape == DATE_DMY, shape == DATE_MDY};
        int32_t day;
        reads[shape] = cell_date(text, strlen(text), shapes, &day);
        column->dates[shape] += reads[shape];
    }
    column->day_first += reads[DATE_DMY] && !reads[DATE_MDY];
    column->month_first += reads[DATE_MDY] && !reads[DATE_DMY];
    if (!reads[DATE_YMD] && !reads[DATE_DMY] && !reads[DATE_MDY])
        column->other_dates += is_other_date(text);
}

static void count_names(struct sample_column *column, const char *text,
                        const struct registry *registry) {
    column->names += registry_find(registry, text) >= 0;
    g_auto(GStrv) parts = g_strsplit(text, ";", 2);
    if (parts[0] == NULL || parts[1] == NULL)
        return;
    column->primary_names += registry_find(registry, parts[0]) >= 0;
    column->secondary_names += registry_find(registry, parts[1]) >= 0;
}

static void count_value(struct sample_column *column, const char *text,
                        const struct registry *registry) {
    enum { MOST_WORD_BYTES = 256 };
    char siren[10];
    column->filled++;
    column->sirets += firm_siren_parse(text, siren);
    column->ids += complaint_is_id(text);
    count_dates(column, text);
    if (strlen(text) > MOST_WORD_BYTES)
        return;
    g_autofree char *fold = text_fold(text);
    const int64_t count = sample_count(column, fold);
    count_names(column, text, registry);
    if (count == 0 && g_hash_table_size(column->words) < SAMPLE_MOST_WORDS) {
        g_ptr_array_add(column->spelling, g_strdup(fold));
        g_ptr_array_add(column->spelling, g_strdup(text));
    }
    if (count > 0 || g_hash_table_size(column->words) < SAMPLE_MOST_WORDS)
        g_hash_table_insert(column->words, g_steal_pointer(&fold),
                            GINT_TO_POINTER((int)count + 1));
}

struct sampling {
    struct sample *sample;
    struct format *format;
    struct taker *taker;
    const struct registry *registry;
};

static char *cell_text(const struct format *format, struct field field) {
    char *text = NULL;
    if (format->dialect.encoding == ENCODING_WINDOWS_1252)
        text = g_convert(field.text, (gssize)field.length, "UTF-8", "WINDOWS-1252", NULL,
                         NULL, NULL);
    return g_strstrip(text != NULL ? text
                                   : g_utf8_make_valid(field.text, (gssize)field.length));
}

static void count_record(void *data, const char *bytes, size_t length) {
    const struct sampling *sampling = data;
    struct reject reject = {.label = ""};
    const struct row *row =
        sampling->format->class->take(sampling->taker, bytes, length, &reject);
    if (row == NULL || row->count == 0)
        return;
    sampling->sample->records++;
    for (guint c = 0; c < sampling->sample->columns->len; c++) {
        g_autofree char *text = cell_text(sampling->format, row_field(row, c));
        if (*text != '\0')
            count_value(g_ptr_array_index(sampling->sample->columns, c), text,
                        sampling->registry);
    }
}

struct sample *sample_new(struct export_source *source, const struct profile *known,
                          const struct registry *registry) {
    struct format *format = source->format;
    struct sample *sample = g_new0(struct sample, 1);
    sample->columns = g_ptr_array_new_with_free_func((GDestroyNotify)column_free);
    g_autoptr(GArray) spans = cut_records(source);
    find_columns(source, known, spans);
    for (guint i = 0; i < format->headers->len; i++)
        add_column(sample, g_ptr_array_index(format->headers, i));
    g_autofree bool *wanted = g_new(bool, format->headers->len + 1);
    memset(wanted, true, format->headers->len + 1);
    struct taker *taker = format->class->taker_new(format, wanted, format->headers->len);
    struct sampling sampling = {sample, format, taker, registry};
    each_record(source, spans, count_record, &sampling);
    format->class->taker_free(taker);
    return sample;
}

int64_t sample_count(const struct sample_column *column, const char *fold) {
    return GPOINTER_TO_INT(g_hash_table_lookup(column->words, fold));
}

/* Whether a text may be an option of a list: people's addresses and numbers are none. */
static bool is_option(const char *text) {
    enum { MOST_DIGITS = 5, MOST_BYTES = 80 };
    int digits = 0;
    for (const char *c = text; *c != '\0'; c++)
        digits += g_ascii_isdigit(*c);
    return digits <= MOST_DIGITS && strlen(text) <= MOST_BYTES &&
           strchr(text, '@') == NULL && strchr(text, '\n') == NULL;
}

bool sample_is_closed(const struct sample_column *column) {
    const guint words = g_hash_table_size(column->words);
    int64_t counted = 0;
    if (words == 0 || words > CLOSED_MOST_WORDS)
        return false;
    for (guint i = 0; i + 1 < column->spelling->len; i += 2) {
        const int64_t count =
            sample_count(column, g_ptr_array_index(column->spelling, i));
        counted += count;
        if (count < CLOSED_REPEATS ||
            !is_option(g_ptr_array_index(column->spelling, i + 1)))
            return false;
    }
    return counted == column->filled;
}
