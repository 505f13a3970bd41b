#include "barometre/month.h"
#include "tables_private.h"

#include <string.h>

const struct table_column tables_terms[] = {
    {"place", TABLE_PLACE, 0, NULL},
    {"service", TABLE_TEXT, 0, NULL},
    {"document", TABLE_TEXT, 0, NULL},
    {"changes", TABLE_NUMBER, 0, NULL},
    {"versions", TABLE_NUMBER, 0, NULL},
    {"returns", TABLE_NUMBER, 0, NULL},
    {"pattern", TABLE_CODE, 0, "site.terms.pattern."},
    {"first_on", TABLE_FILE_TEXT, 0, NULL},
    {"last_on", TABLE_DAY, 0, NULL},
    {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column tables_terms_changes[] = {
    {"place", TABLE_PLACE, 0, NULL},
    {"service", TABLE_TEXT, 0, NULL},
    {"document", TABLE_TEXT, 0, NULL},
    {"before_on", TABLE_DAY, 0, NULL},
    {"seen_on", TABLE_DAY, 0, NULL},
    {"words_added", TABLE_NUMBER, 0, NULL},
    {"words_removed", TABLE_NUMBER, 0, NULL},
    {"contents", TABLE_FILE_NUMBER, 0, NULL},
    {"before_sha256", TABLE_FILE_TEXT, 0, NULL},
    {"sha256", TABLE_FILE_TEXT, 0, NULL},
    {NULL, TABLE_TEXT, 0, NULL},
};

static void add_day(struct table *table, int32_t day) {
    char text[DAY_TEXT_SIZE];
    day_format(day, text);
    add_text(table, text);
}

void tables_add_terms(struct table *table, const struct edition_marketplace *place) {
    for (guint i = 0; i < place->terms.documents->len; i++) {
        const struct edition_terms_document *document =
            g_ptr_array_index(place->terms.documents, i);
        const bool followed = strcmp(document->pattern, "dynamic") != 0;
        add_text(table, place->id);
        add_text(table, document->service);
        add_text(table, document->type);
        add_number(table,
                   followed ? edition_known(document->changes->len) : edition_unknown());
        add_number(table, count(document->versions, 0));
        add_number(table, count(document->returns, 0));
        add_text(table, document->pattern);
        add_day(table, document->first_on);
        add_day(table, document->last_on);
    }
}

static void add_terms_change(struct table *table, const struct edition_marketplace *place,
                             const struct edition_terms_document *document,
                             const struct edition_terms_change *change) {
    add_text(table, place->id);
    add_text(table, document->service);
    add_text(table, document->type);
    add_day(table, change->before_on);
    add_day(table, change->seen_on);
    add_number(table, count(change->words_added, 0));
    add_number(table, count(change->words_removed, 0));
    add_number(table, count(change->contents, 0));
    add_text(table, change->before_sha256);
    add_text(table, change->sha256);
}

void tables_add_terms_changes(struct table *table,
                              const struct edition_marketplace *place) {
    for (guint d = 0; d < place->terms.documents->len; d++) {
        const struct edition_terms_document *document =
            g_ptr_array_index(place->terms.documents, d);
        for (guint c = 0; c < document->changes->len; c++)
            add_terms_change(table, place, document,
                             g_ptr_array_index(document->changes, c));
    }
}
