#include "context_private.h"

#include <string.h>

/* Consumers' reports to SignalConso (DGCCRF). How far a report went is a ladder: it was
 * transmitted to the company, read by it, answered by it; each step has those before. */

#define SENT (1u << CONTEXT_TRANSMITTED)
#define SEEN (SENT | 1u << CONTEXT_READ)
#define TOLD (SEEN | 1u << CONTEXT_ANSWERED)

/* The status as code, as label of the extract, and as written in a copy of 2023. NA is a
 * status: the report went to no company. Of one that was erased the ladder is unknown, so
 * it takes no step. */
static const struct context_word statuses[] = {
    {"na", 0},
    {"nonrenseigne", 0},
    {"lanceuralerte", 0},
    {"lanceurdalerte", 0},
    {"informateurinterne", 0},
    {"suppressionrgpd", 0},
    {"traitementencours", SENT},
    {"nonconsulte", SENT},
    {"signalementnonconsulte", SENT},
    {"transmis", SEEN},
    {"signalementtransmis", SEEN},
    {"consulteignore", SEEN},
    {"signalementconsulteignore", SEEN},
    {"promesseaction", TOLD},
    {"promessedaction", TOLD},
    {"infonde", TOLD},
    {"signalementinfonde", TOLD},
    {"malattribue", TOLD},
    {"signalementmalattribue", TOLD},
    {NULL, 0},
};

enum {
    CONSUMER_CREATED_ON,
    CONSUMER_STATUS,
    CONSUMER_CATEGORY,
    CONSUMER_FORWARD,
    CONSUMER_TRANSMITTED,
    CONSUMER_READ,
    CONSUMER_ANSWERED
};

/* The three steps as the open data tell them. */
static bool read_steps(const struct context_reader *reader, const struct row *row,
                       unsigned *facts, struct reject *reject) {
    static const unsigned ladder[] = {0, SENT, SEEN, TOLD};
    int steps = 0;
    for (int c = CONSUMER_TRANSMITTED; c <= CONSUMER_ANSWERED; c++) {
        const char *cell = context_cell(reader, row, c);
        if (strcmp(cell, "0") != 0 && strcmp(cell, "1") != 0)
            return context_refuse(reader, reject, REJECT_VALUE, c);
        if (*cell == '1' && steps != c - CONSUMER_TRANSMITTED)
            return context_refuse(reader, reject, REJECT_CONTRADICTION, c);
        steps += *cell == '1';
    }
    *facts = ladder[steps];
    return true;
}

static bool read_consumer(struct context_reader *reader, const struct row *row,
                          struct context_item *item, struct reject *reject) {
    const int *columns = reader->form->columns;
    const bool stepped = columns[CONSUMER_TRANSMITTED] >= 0 &&
                         columns[CONSUMER_READ] >= 0 && columns[CONSUMER_ANSWERED] >= 0;
    item->concerned = true;
    item->place = -1;
    return context_day(reader, row, CONSUMER_CREATED_ON, &item->day, reject) &&
           (stepped ? read_steps(reader, row, &item->facts, reject)
                    : context_word(reader, row, CONSUMER_STATUS, statuses, &item->facts,
                                   reject));
}

const struct context_class consumer_class = {
    .kind = CONTEXT_CONSUMERS,
    .columns =
        {
            [CONSUMER_CREATED_ON] = {{"creationdate", "date"}, true},
            [CONSUMER_STATUS] = {{"status"}, true},
            [CONSUMER_CATEGORY] = {{"category"}, true},
            [CONSUMER_FORWARD] = {{"forwardtoreponseconso"}, true},
            [CONSUMER_TRANSMITTED] = {{"signalement transmis"}, false},
            [CONSUMER_READ] = {{"signalement lu", "signalement lu par l entreprise"},
                               false},
            [CONSUMER_ANSWERED] = {{"signalement reponse",
                                    "signalement ayant recu une reponse"},
                                   false},
        },
    .read = read_consumer,
};

enum { SELLER_CREATED_ON, SELLER_NAME, SELLER_COMPANY, SELLER_SITE, SELLER_STATUS };

/* "https://www.exemple.fr/vendeur/12" → "exemple.fr". */
static char *host_of(const char *text) {
    const char *scheme = strstr(text, "://");
    const char *host = scheme != NULL ? scheme + 3 : text;
    if (g_ascii_strncasecmp(host, "www.", 4) == 0)
        host += 4;
    return g_strndup(host, strcspn(host, "/?#:"));
}

/* The company is the marketplace where a seller is named beside it; by its name, else by
 * its site. */
static bool read_seller(struct context_reader *reader, const struct row *row,
                        struct context_item *item, struct reject *reject) {
    if (context_cell(reader, row, SELLER_NAME)[0] == '\0')
        return true;
    if (!context_place(reader, row, SELLER_COMPANY, NULL, &item->place, reject) ||
        (item->place < 0 &&
         !context_place(reader, row, SELLER_SITE, host_of, &item->place, reject)))
        return false;
    item->concerned = item->place >= 0;
    return !item->concerned ||
           (context_day(reader, row, SELLER_CREATED_ON, &item->day, reject) &&
            context_word(reader, row, SELLER_STATUS, statuses, &item->facts, reject));
}

const struct context_class seller_class = {
    .kind = CONTEXT_SELLERS,
    .columns =
        {
            [SELLER_CREATED_ON] = {{"date de creation"}, true},
            [SELLER_NAME] = {{"vendeur marketplace"}, true},
            [SELLER_COMPANY] = {{"nom de l entreprise"}, true},
            [SELLER_SITE] = {{"site web de l entreprise"}, false},
            [SELLER_STATUS] = {{"statut"}, true},
        },
    .read = read_seller,
};
