/* How the exports of context are read: columns bound to a header, and one reading a
 * source. */
#ifndef BAROMETRE_CONTEXT_PRIVATE_H
#define BAROMETRE_CONTEXT_PRIVATE_H

#include "barometre/context.h"
#include "export_source.h"

#define CONTEXT_MOST_COLUMNS 11 /* with the end */

struct context_reader;

struct context_column {
    const char *names[2]; /* headers, folded; the second may be NULL */
    bool needed;          /* an export of the kind has it */
};

struct context_class {
    enum context_kind kind;
    struct context_column columns[CONTEXT_MOST_COLUMNS]; /* ends with no name */
    /* Reads one record; see struct reading. `item` comes in with its kind alone. */
    bool (*read)(struct context_reader *reader, const struct row *row,
                 struct context_item *item, struct reject *reject);
};

/* What their records are called in accounts, by kind. */
extern const struct profile context_profiles[CONTEXT_KINDS];

extern const struct context_class statement_class, consumer_class, seller_class;

/* A class bound to the header of one export; read-only, shared by threads. */
struct context_form {
    const struct context_class *class;
    const struct registry *registry;
    int32_t earliest, today;
    size_t column_count;
    bool *wanted;
    GPtrArray *labels; /* of the columns, safe to show */
    int columns[CONTEXT_MOST_COLUMNS];
};

/* What one thread reads with. */
struct context_reader {
    const struct context_form *form;
    enum dialect_encoding encoding;             /* of the record at hand */
    GHashTable *meanings[CONTEXT_MOST_COLUMNS]; /* cell → meaning + 1; 0: none */
};

/* The kind that an export is of: the one named, else the one that its headers fit; NULL
 * where it is none. */
const struct context_class *context_recognise(const struct format *format,
                                              const char *profile_id);

/* Whether headers are those of a kind, of the one named where a name is given. */
bool context_fits(const GPtrArray *headers, const char *profile_id);

/* Reads an open source into sink->context; as export_read. */
bool context_read(struct export_source *source, const struct context_class *class,
                  const struct export_settings *settings, const struct export_sink *sink,
                  struct account *account, GError **error);

/* For the readings. All that take a column take one of the class. */

/* Fills `reject` and returns false; −1: the whole record. */
bool context_refuse(const struct context_reader *reader, struct reject *reject,
                    enum reject_rule rule, int column);

/* A cell as it stands; "" where the column is absent. */
const char *context_cell(const struct context_reader *reader, const struct row *row,
                         int column);

/* A date between 1990 and the day of the run. */
bool context_day(const struct context_reader *reader, const struct row *row, int column,
                 int32_t *day, struct reject *reject);

/* The marketplace that a cell names, −1 for none of the registry. False where it is no
 * text. `clean` turns a cell's text into a name; may be NULL. */
bool context_place(struct context_reader *reader, const struct row *row, int column,
                   char *(*clean)(const char *text), int *place, struct reject *reject);

/* What a word means, without spaces after folding; refused where none of `words` (NULL at
 * the end) is it. */
struct context_word {
    const char *word;
    unsigned value;
};
bool context_word(struct context_reader *reader, const struct row *row, int column,
                  const struct context_word *words, unsigned *value,
                  struct reject *reject);

#endif
