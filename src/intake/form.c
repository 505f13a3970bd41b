#include "form.h"

#include "barometre/error.h"
#include "barometre/text.h"

#include <string.h>

#include "form_private.h"

/* Appends the columns whose folded header is in `wanted`, in the order of `wanted`. */
static struct form_columns bind(const GPtrArray *wanted, const GPtrArray *folds) {
    struct form_columns columns = {0};
    for (guint w = 0; wanted != NULL && w < wanted->len; w++)
        for (guint h = 0; h < folds->len; h++)
            if (columns.count < FORM_MOST_COLUMNS &&
                strcmp(g_ptr_array_index(wanted, w), g_ptr_array_index(folds, h)) == 0)
                columns.index[columns.count++] = (int)h;
    return columns;
}

static void want(struct form *form, const struct form_columns *columns) {
    for (int i = 0; i < columns->count; i++)
        form->wanted[columns->index[i]] = true;
}

static bool need(const struct form_columns *columns, const GPtrArray *wanted,
                 const char *field, const char *name, GError **error) {
    if (columns->count > 0)
        return true;
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                "%s:1: no column holds '%s' (the profile expects '%s'); add the column's "
                "name to the profile",
                name, field, (char *)g_ptr_array_index(wanted, 0));
    return false;
}

static void bind_fields(struct form *form, const GPtrArray *folds) {
    for (int f = 0; f < FIELD_COUNT; f++) {
        const struct profile_field *field = form->profile->fields[f];
        if (field == NULL)
            continue;
        form->fields[f] = bind(field->columns, folds);
        form->never[f] = bind(field->never_columns, folds);
        want(form, &form->fields[f]);
        want(form, &form->never[f]);
        if (form->fields[f].count + form->never[f].count > 0 || field->has_constant ||
            field->has_otherwise)
            form->present[form->present_count++] = (enum complaint_field)f;
    }
}

struct form *form_bind(const struct profile *profile, const GPtrArray *headers,
                       const char *name, GError **error) {
    scoped(form) *form = g_new0(struct form, 1);
    form->profile = profile;
    form->column_count = headers->len;
    form->wanted = g_new0(bool, headers->len + 1);
    form->labels = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) folds = g_ptr_array_new_with_free_func(g_free);
    for (guint h = 0; h < headers->len; h++) {
        g_ptr_array_add(form->labels, text_clamp(g_ptr_array_index(headers, h)));
        g_ptr_array_add(folds, text_fold(g_ptr_array_index(headers, h)));
    }
    const struct {
        const GPtrArray *wanted;
        struct form_columns *columns;
    } plain[] = {
        {profile->report_id, &form->report_id},
        {profile->siret, &form->siret},
        {profile->firm_id, &form->firm_id},
        {profile->marketplace, &form->marketplace},
        {profile->change_id, &form->change_id},
        {profile->pillars, &form->pillars},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(plain); i++) {
        *plain[i].columns = bind(plain[i].wanted, folds);
        want(form, plain[i].columns);
    }
    bind_fields(form, folds);
    const GPtrArray *firm = profile->siret != NULL ? profile->siret : profile->firm_id;
    const struct form_columns *firm_columns =
        form->siret.count > 0 ? &form->siret : &form->firm_id;
    const struct profile_field *received = profile->fields[FIELD_RECEIVED_ON];
    if (!need(&form->report_id, profile->report_id, "report_id", name, error) ||
        !need(firm_columns, firm, "firm", name, error) ||
        !need(&form->marketplace, profile->marketplace, "marketplace", name, error) ||
        (!received->has_constant && !need(&form->fields[FIELD_RECEIVED_ON],
                                          received->columns, "received_on", name, error)))
        return NULL;
    return g_steal_pointer(&form);
}

void form_free(struct form *form) {
    if (form == NULL)
        return;
    g_free(form->wanted);
    g_ptr_array_unref(form->labels);
    g_free(form);
}

const bool *form_wanted(const struct form *form) {
    return form->wanted;
}

size_t form_columns(const struct form *form) {
    return form->column_count;
}
