/* What a draft is made with. */
#ifndef BAROMETRE_DRAFT_PRIVATE_H
#define BAROMETRE_DRAFT_PRIVATE_H

#include "barometre/draft.h"
#include "draft_catalogue.h"
#include "draft_sample.h"

enum use { USE_NONE, USE_TAKEN, USE_NEEDED /* by a field that every complaint has */ };

struct drafting {
    const struct draft_settings *settings;
    const struct catalogue *catalogue;
    const struct sample *sample;
    const json_t *closest; /* profile like it, or NULL */
    const char *closest_id;
    bool bound;        /* its records were read as that profile says they lie */
    guint own_columns; /* of the sample, by which a profile can be recognised */
    struct draft *draft;
    json_t *fields, *missing;                  /* of the profile in the making */
    enum use *uses;                            /* by column */
    int64_t shapes[3], day_first, month_first; /* of the dates taken */
};

static inline const struct sample_column *drafting_column(const struct drafting *drafting,
                                                          guint column) {
    return g_ptr_array_index(drafting->sample->columns, column);
}

/* Adds a note; texts are copied, the words clamped. */
void draft_note(struct draft *draft, enum draft_doubt doubt, const char *field,
                const char *column, const char *words, int64_t count);

/* Finds the columns of the fields: by the labels of the catalogue, then by labels near
 * them, then by their values. */
void draft_match(struct drafting *drafting);

/* Defines a field from a column (draft_field.c). `label` says how it is known to be read;
 * its definition may be NULL. A second column of a field is added to the first. */
void draft_take(struct drafting *drafting, const struct known_label *label, guint column);

/* The shapes of the dates taken, as an array of the profile. */
json_t *draft_dates(struct drafting *drafting);

#endif
