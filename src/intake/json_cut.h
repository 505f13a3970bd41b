/* Cuts JSON into records, as record.h does CSV: an array of objects, objects one after
 * the other (one a line), or an envelope that holds them at a known place (pages of an
 * API).
 *
 * Objects are cut by the grammar of RFC 8259, strings and nesting included; their values
 * are for the parser to judge. A fault costs its record alone: one that stands on lines
 * of its own ends with its line; one in an array ends where the next begins, which is the
 * next object after a comma that opens with the same key.
 */
#ifndef BAROMETRE_JSON_CUT_H
#define BAROMETRE_JSON_CUT_H

#include "record.h"

#include <glib.h>

enum { JSON_CUT_MOST_LEVELS = 16 };

struct json_cut {
    const GPtrArray *paths; /* of records in envelopes: "data.dossier"; not owned */
    GString *path;          /* of the value at hand, its keys joined by points */
    GString *key;           /* the last one read */
    struct json_level {
        bool array;
        size_t path_length;         /* of what holds it */
    } levels[JSON_CUT_MOST_LEVELS]; /* open on the way to records */
    int depth;
    int skipped; /* containers open that hold no record */
    bool key_next, in_string, in_key, escaped;
};

void json_cut_init(struct json_cut *cut, const GPtrArray *paths);
void json_cut_clear(struct json_cut *cut);

/* Cuts the next stretch, as record_cut: RECORD_WHOLE is one object; RECORD_BLANK spaces
 * and commas, RECORD_HEADER what is around the records, RECORD_MALFORMED a fault. */
bool json_cut_next(struct json_cut *cut, const char *bytes, size_t length, bool at_end,
                   struct record *record);

#endif
