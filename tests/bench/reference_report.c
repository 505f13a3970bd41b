#include "reference_report.h"

#include <glib.h>
#include <string.h>

const struct report_place report_places[REPORT_PLACES] = {
    {"grand-foirail",
     {"Grand Foirail", "grand foirail", "GRAND-FOIRAIL", "grand-foirail.example",
      "Foirail"},
     21,
     0.75,
     22400},
    {"comptoir-alize",
     {"Comptoir Alizé", "comptoir alize", "COMPTOIR-ALIZE", "comptoir-alize.example",
      "Alizé Pro"},
     17,
     0.6,
     30000},
    {"bazarette",
     {"Bazarette", "bazarette", "BAZARETTE", "bazarette.example", "La Bazarette"},
     13,
     0.5,
     15600},
    {"halle-dix",
     {"Halle Dix", "halle dix", "HALLE-DIX", "halle-dix.example", "Halle 10"},
     11,
     0.65,
     13100},
    {"etal-et-cie",
     {"Étal & Cie", "étal et cie", "ETAL ET CIE", "etal-et-cie.example", "Etal"},
     9,
     0.7,
     7300},
    {"le-deballage",
     {"Le Déballage", "le deballage", "LE DEBALLAGE", "le-deballage.example",
      "Déballage"},
     8,
     0.35,
     8600},
    {"place-marine",
     {"Place Marine", "place marine", "PLACE-MARINE", "place-marine.example",
      "Place Marine Marketplace"},
     6,
     0.55,
     10700},
    {"mille-rayons",
     {"Mille Rayons", "mille rayons", "MILLE-RAYONS", "mille-rayons.example",
      "1000 Rayons"},
     5,
     0.45,
     15500},
    {"quai-des-ventes",
     {"Quai des Ventes", "quai des ventes", "QUAI-DES-VENTES", "quai-des-ventes.example",
      "Le Quai des Ventes"},
     4,
     0.8,
     3200},
    {"carre-vendeurs",
     {"Carré Vendeurs", "carre vendeurs", "CARRE-VENDEURS", "carre-vendeurs.example",
      "Carré des Vendeurs"},
     3,
     0.4,
     2100},
    {"vitrine-basse",
     {"Vitrine Basse", "vitrine basse", "VITRINE-BASSE", "vitrine-basse.example",
      "La Vitrine Basse"},
     2,
     0.5,
     1900},
    {"souk-du-nord",
     {"Souk du Nord", "souk du nord", "SOUK-DU-NORD", "souk-du-nord.example",
      "Le Souk du Nord"},
     1,
     0.3,
     1500},
};

static uint64_t draw(struct report_random *random) {
    uint64_t z = random->state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

/* 0 to count − 1; the bias is below one in a million for the counts used here. */
static uint32_t draw_below(struct report_random *random, uint32_t count) {
    return (uint32_t)(((draw(random) >> 32) * count) >> 32);
}

static double draw_unit(struct report_random *random) {
    return (double)(draw(random) >> 11) * 0x1p-53;
}

static bool draw_with(struct report_random *random, double probability) {
    return draw_unit(random) < probability;
}

static int32_t draw_days(struct report_random *random, uint32_t most) {
    return (int32_t)draw_below(random, most + 1);
}

static enum report_answer draw_answer(struct report_random *random, double yes) {
    const bool answered = draw_with(random, 0.9);
    const bool agreed = draw_with(random, yes);
    return !answered ? REPORT_BLANK : agreed ? REPORT_YES : REPORT_NO;
}

/* Days to the civil calendar (Hinnant, chrono-compatible low-level date algorithms). */
struct report_date report_date(int32_t day) {
    const int32_t z = day + 719468, era = z / 146097, of_era = z - era * 146097;
    const int32_t year =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int32_t of_year = of_era - (365 * year + year / 4 - year / 100);
    const int32_t m = (5 * of_year + 2) / 153;
    const int32_t month = m < 10 ? m + 3 : m - 9;
    return (struct report_date){
        .year = year + era * 400 + (month <= 2),
        .month = month,
        .day = of_year - (153 * m + 2) / 5 + 1,
    };
}

/* The digit that makes `digits` and itself pass Luhn's check (ISO/IEC 7812-1). */
static char check_digit(const char *digits, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
        const int digit = digits[count - 1 - i] - '0';
        sum += i % 2 == 1 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

/* SIRET of a firm: SIREN 999 NNNNN and check, establishment 0001 and check. */
static void siret_of(int firm, char siret[static 15]) {
    memcpy(siret, "99900000x0001x", 15);
    for (int i = 7; i >= 3; i--, firm /= 10)
        siret[i] = (char)('0' + firm % 10);
    siret[8] = check_digit(siret, 8);
    siret[13] = check_digit(siret, 13);
}

static const struct report_place *draw_place(struct report_random *random) {
    int at = (int)draw_below(random, 100), p = 0;
    while (at >= report_places[p].weight)
        at -= report_places[p++].weight;
    return &report_places[p];
}

enum { FIRST_DAY = 19662, LAST_DAY = 20757 }; /* 2023-11-01, 2026-10-31 */

static int32_t received_on(const struct report_plan *plan, uint64_t ordinal) {
    const uint64_t place = ordinal - plan->first;
    const uint64_t first = plan->first == 0 ? FIRST_DAY : LAST_DAY - 9;
    return (int32_t)(first + place * (LAST_DAY + 1 - first) / plan->records);
}

static void draw_delisting(struct report_random *random, double care,
                           struct report *report) {
    static const char *const actions[] = {"Fermeture du compte", "Suspension du compte",
                                          "Retrait d’offres", "Baisse de classement"};
    const uint32_t action = draw_below(random, G_N_ELEMENTS(actions));
    report->action = actions[action];
    report->effective = report->received - draw_days(random, 30);
    report->reasons_told = draw_answer(random, care);
    if (report->reasons_told == REPORT_YES)
        report->reasons =
            report->effective -
            (draw_with(random, care) ? draw_days(random, 3) : -draw_days(random, 9));
    if (report->reasons > report->last)
        report->reasons = report->last;
    if (action == 0)
        report->notice_told = draw_answer(random, care);
    if (report->notice_told == REPORT_YES)
        report->notice = report->effective - draw_days(random, 60);
    report->heard = draw_answer(random, care);
}

static void draw_support(struct report_random *random, double care, bool changed,
                         struct report *report) {
    report->contact = report->received - draw_days(random, 20);
    const int32_t reply =
        report->contact + 1 + draw_days(random, (uint32_t)(40 - 30 * care));
    const bool replied = draw_with(random, 0.3 + care / 2);
    if ((replied || changed) && reply <= report->last)
        report->reply = reply;
    report->phone = draw_answer(random, care / 2);
    const enum report_answer individual = draw_answer(random, care);
    if (report->reply != REPORT_NO_DAY)
        report->individual = individual;
}

static void draw_clauses(struct report_random *random, double care,
                         struct report *report) {
    report->change_effective = report->received - 20 + draw_days(random, 60);
    report->notified_told = draw_answer(random, 0.3 + care / 2);
    if (report->notified_told == REPORT_YES)
        report->notified = MIN(report->change_effective, report->received) -
                           draw_days(random, (uint32_t)(10 + 30 * care));
    report->retroactive = draw_answer(random, 1 - care);
}

static void draw_pillars(struct report_random *random,
                         bool pillars[static REPORT_PILLARS]) {
    static const unsigned char masks[20] = {1, 1, 1, 1, 1, 2, 2, 2, 2, 2,
                                            4, 4, 4, 4, 3, 3, 5, 6, 6, 7};
    const unsigned char mask = masks[draw_below(random, sizeof masks)];
    for (int p = 0; p < REPORT_PILLARS; p++)
        pillars[p] = (mask >> p & 1) != 0;
}

static void draw_firm(struct report_random *random, struct report *report) {
    static const char *const sizes[] = {"00", "00", "01", "01", "02", "03", "11", "NN"};
    const double unit = draw_unit(random);
    report->firm = (int)(unit * unit * REPORT_FIRMS); /* some complain often */
    report->firm_size = sizes[report->firm % (int)G_N_ELEMENTS(sizes)];
    siret_of(report->firm, report->siret);
}

static void draw_text(struct report_random *random, struct report *report) {
    const double a = draw_unit(random), b = draw_unit(random);
    report->text_quoted = draw_below(random, 3) > 0;
    const double least = MIN(a, b); /* short texts are frequent, long ones rare */
    report->text_characters = 50 + (size_t)(1380 * least * (0.89 + 0.11 * least));
    report->text_random = *random;
}

static void spoil(struct report_random *random, struct report *report) {
    report->fault = (enum report_fault)(1 + draw_below(random, REPORT_FAULTS - 1));
    if (report->fault == REPORT_FAULT_SIRET)
        report->siret[8] = report->siret[8] == '0' ? '1' : '0';
}

struct report report_draw(const struct report_plan *plan, uint64_t ordinal) {
    static const char *const states[] = {"En construction", "En instruction", "Accepté",
                                         "Accepté", "Classé sans suite"};
    struct report_random random = {ordinal * 0xD1342543DE82EF95 + 2026};
    struct report_random fate = {random.state ^
                                 0x5DEECE66D}; /* leaves the rest as it is */
    struct report report = {
        .number = 10000000 + ordinal * 7 + draw_below(&random, 7),
        .action = "",
        .effective = REPORT_NO_DAY,
        .reasons = REPORT_NO_DAY,
        .notice = REPORT_NO_DAY,
        .contact = REPORT_NO_DAY,
        .reply = REPORT_NO_DAY,
        .notified = REPORT_NO_DAY,
        .change_effective = REPORT_NO_DAY,
    };
    const bool changed = draw_with(&fate, plan->changed_percent / 100);
    const struct report_place *place = draw_place(&random);
    report.place = place->spellings[draw_below(&random, REPORT_SPELLINGS)];
    draw_firm(&random, &report);
    draw_pillars(&random, report.pillars);
    report.received = received_on(plan, ordinal);
    const int32_t status = report.received + draw_days(&random, 30) + (changed ? 7 : 0);
    report.last = MIN(status, LAST_DAY);
    report.seconds = draw_below(&random, 30000);
    const char *state = states[draw_below(&random, G_N_ELEMENTS(states))];
    report.state = changed ? "Refusé" : state;
    if (report.pillars[0])
        draw_delisting(&random, place->care, &report);
    if (report.pillars[1])
        draw_support(&random, place->care, changed, &report);
    if (report.pillars[2])
        draw_clauses(&random, place->care, &report);
    draw_text(&random, &report);
    if (draw_with(&fate, plan->fault_percent / 100))
        spoil(&fate, &report);
    return report;
}

#define WORD(text, characters)                                                           \
    { text, sizeof text - 1, characters }

const struct report_word *report_word(struct report_random *random) {
    static const struct report_word words[64] = {
        WORD("notre", 5),
        WORD("compte", 6),
        WORD("a", 1),
        WORD("été", 3),
        WORD("fermé", 5),
        WORD("sans", 4),
        WORD("explication", 11),
        WORD("depuis", 6),
        WORD("trois", 5),
        WORD("semaines", 8),
        WORD("le", 2),
        WORD("support", 7),
        WORD("répond", 6),
        WORD("par", 3),
        WORD("des", 3),
        WORD("messages", 8),
        WORD("automatiques", 12),
        WORD("et", 2),
        WORD("nous", 4),
        WORD("avons", 5),
        WORD("perdu", 5),
        WORD("la", 2),
        WORD("moitié", 6),
        WORD("du", 2),
        WORD("chiffre", 7),
        WORD("d’affaires", 10),
        WORD("les", 3),
        WORD("offres", 6),
        WORD("sont", 4),
        WORD("retirées", 8),
        WORD("un", 2),
        WORD("par", 3),
        WORD("un", 2),
        WORD("malgré", 6),
        WORD("relances", 8),
        WORD("aucune", 6),
        WORD("personne", 8),
        WORD("au", 2),
        WORD("téléphone", 9),
        WORD("nouvelles", 9),
        WORD("conditions", 10),
        WORD("imposées", 8),
        WORD("du", 2),
        WORD("jour", 4),
        WORD("lendemain", 9),
        WORD("commission", 10),
        WORD("en", 2),
        WORD("hausse", 6),
        WORD("stock", 5),
        WORD("bloqué", 6),
        WORD("dans", 4),
        WORD("leur", 4),
        WORD("entrepôt", 8),
        WORD("paiement", 8),
        WORD("retenu", 6),
        WORD("que", 3),
        WORD("faire", 5),
        WORD("vendeur", 7),
        WORD("depuis", 6),
        WORD("dix", 3),
        WORD("ans", 3),
        WORD("salariés", 8),
        WORD("inquiets", 8),
        WORD("merci", 5),
    };
    return &words[draw(random) >> 58];
}
