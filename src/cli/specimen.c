#include "specimen.h"

#include "barometre/month.h"

enum { MOST_SPECIMENS = 5, HASH_DIGITS = 8 };

void specimens_init(struct specimens *specimens, const struct cli *cli,
                    const struct registry *registry) {
    *specimens =
        (struct specimens){cli, registry, g_ptr_array_new_with_free_func(g_free)};
}

void specimens_clear(struct specimens *specimens) {
    g_ptr_array_unref(specimens->texts);
}

/* A value in the words of the canonical export. */
static void append_value(GString *text, enum complaint_field field, int32_t value) {
    char day[DAY_TEXT_SIZE];
    const struct complaint_field_description *description = &complaint_fields[field];
    g_string_append_printf(text, "    %s: ", description->name);
    switch (description->type) {
    case TYPE_DATE:
    case TYPE_DATE_OR_NEVER:
        if (value == COMPLAINT_NEVER) {
            g_string_append(text, "never\n");
            return;
        }
        day_format(value, day);
        g_string_append_printf(text, "%s\n", day);
        return;
    case TYPE_ANSWER:
        g_string_append(text, value == COMPLAINT_YES ? "yes\n" : "no\n");
        return;
    case TYPE_ENUM:
        g_string_append_printf(text, "%s\n", description->values[value]);
        return;
    case TYPE_NUMBER:
        g_string_append_printf(text, "%" G_GINT32_FORMAT "\n", value);
        return;
    }
    g_assert_not_reached();
}

void specimens_add(void *data, const struct complaint *complaint) {
    struct specimens *specimens = data;
    if (specimens->texts->len >= MOST_SPECIMENS)
        return;
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "  report_id: %s\n", complaint->report_id);
    g_autofree char *hash =
        g_strdup_printf("%016" G_GINT64_MODIFIER "x", (guint64)complaint->firm);
    g_autofree char *firm = words_say(
        specimens->cli->words, "cli.specimen.firm",
        (struct words_argument[]){{"hash", hash + 16 - HASH_DIGITS, 0}, {NULL}});
    g_string_append_printf(text, "    firm: %s\n", firm);
    g_string_append_printf(
        text, "    marketplace: %s\n",
        registry_place(specimens->registry, complaint->marketplace)->id);
    if (complaint->change_id[0] != '\0')
        g_string_append_printf(text, "    change_id: %s\n", complaint->change_id);
    for (int f = 0; f < FIELD_COUNT; f++)
        if (complaint->value[f] != COMPLAINT_UNKNOWN)
            append_value(text, (enum complaint_field)f, complaint->value[f]);
    g_ptr_array_add(specimens->texts, g_string_free(text, FALSE));
}

void specimens_print(struct specimens *specimens) {
    if (specimens->texts->len > 0) {
        g_autofree char *heading = words_say(
            specimens->cli->words, "cli.specimen",
            (struct words_argument[]){{"count", NULL, specimens->texts->len}, {NULL}});
        cli_print(specimens->cli, heading);
    }
    for (guint i = 0; i < specimens->texts->len && !specimens->cli->quiet; i++)
        fputs(g_ptr_array_index(specimens->texts, i), stdout);
    g_ptr_array_set_size(specimens->texts, 0);
}
