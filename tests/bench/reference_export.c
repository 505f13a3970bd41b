/* Writes the reference export: complaints as démarches-simplifiées exports them,
 * invented, the same bytes for the same arguments on any machine.
 *
 *     reference_export [--changed PERCENT] [--faults PERCENT] RECORDS [FIRST]
 *     reference_export --registry
 *
 * RECORDS records from ordinal FIRST (0) on, over the 36 months that end with October
 * 2026; those from another FIRST than 0 are all of the last ten days. --changed gives
 * that share of the records a newer state, --faults spoils that share. --registry writes
 * the registry in which the names of the marketplaces resolve.
 */
#include "reference_report.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

enum { BUFFER_BYTES = 1 << 18, RECORD_MOST_BYTES = 1 << 14 };

/* What is being written. `used` leaves room for one more record. */
struct sheet {
    char bytes[BUFFER_BYTES];
    size_t used;
};

static void put_bytes(struct sheet *sheet, const char *bytes, size_t length) {
    memcpy(sheet->bytes + sheet->used, bytes, length);
    sheet->used += length;
}

static void put(struct sheet *sheet, const char *text) {
    put_bytes(sheet, text, strlen(text));
}

static void put_char(struct sheet *sheet, char character) {
    sheet->bytes[sheet->used++] = character;
}

static void put_digits(struct sheet *sheet, uint64_t number, int width) {
    char digits[20];
    int count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    for (int i = count; i < width; i++)
        put_char(sheet, '0');
    while (count > 0)
        put_char(sheet, digits[--count]);
}

static void put_day(struct sheet *sheet, int32_t day) {
    if (day == REPORT_NO_DAY)
        return;
    struct report_date date = report_date(day);
    put_digits(sheet, (uint64_t)date.year, 4);
    put_char(sheet, '-');
    put_digits(sheet, (uint64_t)date.month, 2);
    put_char(sheet, '-');
    put_digits(sheet, (uint64_t)date.day, 2);
}

/* A moment of a day, by the clock of France. */
static void put_moment(struct sheet *sheet, int32_t day, uint32_t seconds) {
    put_day(sheet, day);
    put_char(sheet, ' ');
    put_digits(sheet, 8 + seconds / 3600, 2);
    put_char(sheet, ':');
    put_digits(sheet, seconds / 60 % 60, 2);
    put_char(sheet, ':');
    put_digits(sheet, seconds % 60, 2);
    const int month = report_date(day).month;
    put(sheet, month >= 4 && month <= 10 ? " +0200" : " +0100");
}

/* A question left blank is "" and one never shown is nothing, as in the real exports. */
static void put_answer(struct sheet *sheet, enum report_answer answer) {
    static const char *const cells[] = {
        [REPORT_NOT_ASKED] = "",
        [REPORT_BLANK] = "\"\"",
        [REPORT_YES] = "Oui",
        [REPORT_NO] = "Non",
    };
    put(sheet, cells[answer]);
}

static void write_number(struct sheet *sheet, const struct report *report) {
    put_digits(sheet, report->number, 1);
}

static void write_email(struct sheet *sheet, const struct report *report) {
    put(sheet, "gerance-");
    put_digits(sheet, (uint64_t)report->firm, 5);
    put(sheet, "@example.org");
}

static void write_siret(struct sheet *sheet, const struct report *report) {
    put(sheet, report->siret);
}

static void write_firm_name(struct sheet *sheet, const struct report *report) {
    put(sheet, "ENTREPRISE FICTIVE ");
    put_digits(sheet, (uint64_t)report->firm, 5);
}

static void write_firm_size(struct sheet *sheet, const struct report *report) {
    put(sheet, report->firm_size);
}

static void write_state(struct sheet *sheet, const struct report *report) {
    put(sheet, report->state);
}

static void write_last(struct sheet *sheet, const struct report *report) {
    put_moment(sheet, report->last, report->seconds + 1800);
}

static void write_received(struct sheet *sheet, const struct report *report) {
    if (report->fault == REPORT_FAULT_DATE)
        put(sheet, "2026-02-30");
    else
        put_moment(sheet, report->received, report->seconds);
}

static void write_place(struct sheet *sheet, const struct report *report) {
    put(sheet, report->fault == REPORT_FAULT_PLACE ? "Halle inconnue" : report->place);
}

static void write_object(struct sheet *sheet, const struct report *report) {
    static const char *const objects[REPORT_PILLARS] = {
        "Déréférencement ou suspension", "Support injoignable", "Changement de clauses"};
    int count = 0;
    for (int p = 0; p < REPORT_PILLARS; p++)
        count += report->pillars[p];
    if (count > 1)
        put_char(sheet, '"');
    for (int p = 0, first = 1; p < REPORT_PILLARS; p++) {
        if (!report->pillars[p])
            continue;
        put(sheet, first ? "" : ", ");
        put(sheet, objects[p]);
        first = 0;
    }
    if (count > 1)
        put_char(sheet, '"');
}

static void write_action(struct sheet *sheet, const struct report *report) {
    put(sheet, report->action);
}

static void write_effective(struct sheet *sheet, const struct report *report) {
    put_day(sheet, report->effective);
}

static void write_reasons_told(struct sheet *sheet, const struct report *report) {
    put_answer(sheet, report->reasons_told);
}

static void write_reasons(struct sheet *sheet, const struct report *report) {
    put_day(sheet, report->reasons);
}

static void write_notice_told(struct sheet *sheet, const struct report *report) {
    put_answer(sheet, report->notice_told);
}

static void write_notice(struct sheet *sheet, const struct report *report) {
    put_day(sheet, report->notice);
}

static void write_heard(struct sheet *sheet, const struct report *report) {
    put_answer(sheet, report->heard);
}

static void write_contact(struct sheet *sheet, const struct report *report) {
    put_day(sheet, report->contact);
}

static void write_reply(struct sheet *sheet, const struct report *report) {
    put_day(sheet, report->reply);
}

static void write_phone(struct sheet *sheet, const struct report *report) {
    put_answer(sheet, report->phone);
}

static void write_individual(struct sheet *sheet, const struct report *report) {
    put_answer(sheet, report->individual);
}

static void write_notified_told(struct sheet *sheet, const struct report *report) {
    put_answer(sheet, report->notified_told);
}

static void write_notified(struct sheet *sheet, const struct report *report) {
    put_day(sheet, report->notified);
}

static void write_change_effective(struct sheet *sheet, const struct report *report) {
    put_day(sheet, report->change_effective);
}

static void write_retroactive(struct sheet *sheet, const struct report *report) {
    put_answer(sheet, report->retroactive);
}

/* Two of three texts are quoted, with quotes and line breaks inside. */
static void write_text(struct sheet *sheet, const struct report *report) {
    static const char *const plain[] = {" "};
    static const char *const quoted[] = {" ", " ",   " ",     " ", ", ",    " ",
                                         " ", ".\n", " ",     " ", " ",     "\n",
                                         " ", " ",   " \"\"", " ", "\"\" ", " "};
    const char *const *gaps = report->text_quoted ? quoted : plain;
    const uint64_t gap_count = report->text_quoted ? G_N_ELEMENTS(quoted) : 1;
    struct report_random random = report->text_random;
    size_t characters = 0, words = 0;
    if (report->text_quoted)
        put(sheet, "\"Bonjour, \"\"c’est urgent\"\" :\n");
    while (characters < report->text_characters) {
        const struct report_word *word = report_word(&random);
        const char *gap = gaps[words++ % gap_count];
        put_bytes(sheet, word->text, word->bytes);
        put(sheet, gap);
        characters += word->characters + 1;
    }
    put(sheet, "merci");
    if (report->fault == REPORT_FAULT_QUOTE)
        put(sheet, report->text_quoted ? "\" !" : " \"");
    if (report->text_quoted)
        put_char(sheet, '"');
}

static const struct column {
    const char *header;
    void (*write)(struct sheet *sheet, const struct report *report);
} columns[] = {
    {"ID", write_number},
    {"Email", write_email},
    {"Établissement SIRET", write_siret},
    {"Entreprise raison sociale", write_firm_name},
    {"Entreprise code effectif entreprise", write_firm_size},
    {"État du dossier", write_state},
    {"Dernière mise à jour du dossier le", write_last},
    {"Déposé le", write_received},
    {"Place de marché concernée", write_place},
    {"Objet du signalement", write_object},
    {"Mesure subie", write_action},
    {"Date d’effet de la mesure", write_effective},
    {"Avez-vous reçu les motifs de la mesure ?", write_reasons_told},
    {"Date de réception des motifs", write_reasons},
    {"Avez-vous été prévenu de la fermeture à l’avance ?", write_notice_told},
    {"Date à laquelle la fermeture vous a été annoncée", write_notice},
    {"Avez-vous pu vous expliquer sur les faits ?", write_heard},
    {"Date de votre première demande au support", write_contact},
    {"Date de la première réponse d’une personne", write_reply},
    {"Avez-vous pu parler à une personne par téléphone ?", write_phone},
    {"La réponse portait-elle sur votre cas précis ?", write_individual},
    {"Avez-vous été prévenu individuellement du changement ?", write_notified_told},
    {"Date à laquelle le changement vous a été annoncé", write_notified},
    {"Date d’application du changement", write_change_effective},
    {"Le changement s’applique-t-il à des faits passés ?", write_retroactive},
    {"Racontez ce qui s’est passé", write_text},
};

static void write_header(struct sheet *sheet) {
    for (size_t c = 0; c < G_N_ELEMENTS(columns); c++) {
        put(sheet, c == 0 ? "" : ",");
        put(sheet, columns[c].header);
    }
    put_char(sheet, '\n');
}

static void write_report(struct sheet *sheet, const struct report *report) {
    for (size_t c = 0; c < G_N_ELEMENTS(columns); c++) {
        if (c > 0)
            put_char(sheet, ',');
        columns[c].write(sheet, report);
    }
    put_char(sheet, '\n');
}

static bool write_out(struct sheet *sheet) {
    const bool good = fwrite(sheet->bytes, 1, sheet->used, stdout) == sheet->used;
    sheet->used = 0;
    return good;
}

static bool write_export(const struct report_plan *plan) {
    static struct sheet sheet;
    bool good = true;
    write_header(&sheet);
    for (uint64_t i = 0; good && i < plan->records; i++) {
        const struct report report = report_draw(plan, plan->first + i);
        write_report(&sheet, &report);
        if (sheet.used > BUFFER_BYTES - RECORD_MOST_BYTES)
            good = write_out(&sheet);
    }
    return write_out(&sheet) && fflush(stdout) == 0 && good;
}

static bool write_registry(void) {
    static const char format[] = "%s\n  {\"id\": \"%s\", \"name\": \"%s\", \"aliases\": "
                                 "[\"%s\", \"%s\", \"%s\"],\n"
                                 "   \"sellers\": [{\"from\": \"2023-11\", \"to\": null, "
                                 "\"count\": %d, \"low\": %d, "
                                 "\"high\": %d, \"source\": \"fictif\"}]}";
    fputs("{\"registry\": \"1\", \"fictitious\": true, \"marketplaces\": [", stdout);
    for (int p = 0; p < REPORT_PLACES; p++) {
        const struct report_place *place = &report_places[p];
        printf(format, p == 0 ? "" : ",", place->id, place->spellings[0],
               place->spellings[2], place->spellings[3], place->spellings[4],
               place->sellers, place->sellers * 9 / 10, place->sellers * 11 / 10);
    }
    fputs("\n]}\n", stdout);
    return fflush(stdout) == 0;
}

int main(int argc, char **argv) {
    enum { EXIT_USAGE = 64, EXIT_IO = 74 };
    struct report_plan plan = {0};
    gboolean registry = FALSE;
    const GOptionEntry options[] = {
        {"changed", 0, 0, G_OPTION_ARG_DOUBLE, &plan.changed_percent,
         "Records that have a newer state", "PERCENT"},
        {"faults", 0, 0, G_OPTION_ARG_DOUBLE, &plan.fault_percent, "Records to spoil",
         "PERCENT"},
        {"registry", 0, 0, G_OPTION_ARG_NONE, &registry, "Write the registry instead",
         NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new("RECORDS [FIRST]");
    g_option_context_add_main_entries(context, options, NULL);
    g_autoptr(GError) error = NULL;
    const bool parsed = g_option_context_parse(context, &argc, &argv, &error);
    if (parsed && registry)
        return write_registry() ? 0 : EXIT_IO;
    if (!parsed || argc < 2 || argc > 3 ||
        !g_ascii_string_to_unsigned(argv[1], 10, 1, 1000000000, &plan.records, &error) ||
        (argc > 2 &&
         !g_ascii_string_to_unsigned(argv[2], 10, 0, 1000000000, &plan.first, &error))) {
        fprintf(stderr, "reference_export: %s\n",
                error != NULL ? error->message : "say how many RECORDS; see --help");
        return EXIT_USAGE;
    }
    return write_export(&plan) ? 0 : EXIT_IO;
}
