#include "context_private.h"

#include <openssl/sha.h>
#include <string.h>

/* Statements of reasons, Regulation (EU) 2022/2065, articles 17 and 24(5), as the dumps
 * of the DSA Transparency Database hold them: 38 columns since July 2025, 37 before, 34
 * in the light version. Only what platforms decide against business accounts and products
 * counts. */

enum {
    STATEMENT_UUID,
    STATEMENT_VISIBILITY,
    STATEMENT_PROVISION,
    STATEMENT_ACCOUNT,
    STATEMENT_ACCOUNT_TYPE,
    STATEMENT_CONTENT,
    STATEMENT_DETECTION,
    STATEMENT_DECISION,
    STATEMENT_PLATFORM,
    STATEMENT_CREATED_AT
};

#define BIT(fact) (1u << (fact))

/* What a cell may hold, and the facts that follow; "" where it may be empty. */
static const struct context_word account_types[] = {
    {"ACCOUNT_TYPE_BUSINESS", 1}, {"ACCOUNT_TYPE_PRIVATE", 0}, {"", 0}, {NULL, 0}};
static const struct context_word accounts[] = {
    {"DECISION_ACCOUNT_SUSPENDED", BIT(CONTEXT_SUSPENSION)},
    {"DECISION_ACCOUNT_TERMINATED", BIT(CONTEXT_TERMINATION)},
    {"", 0},
    {NULL, 0}};
static const struct context_word provisions[] = {
    {"DECISION_PROVISION_PARTIAL_SUSPENSION", BIT(CONTEXT_SERVICE)},
    {"DECISION_PROVISION_TOTAL_SUSPENSION", BIT(CONTEXT_SERVICE)},
    {"DECISION_PROVISION_PARTIAL_TERMINATION", BIT(CONTEXT_SERVICE)},
    {"DECISION_PROVISION_TOTAL_TERMINATION", BIT(CONTEXT_SERVICE)},
    {"", 0},
    {NULL, 0}};
static const struct context_word decisions[] = {
    {"AUTOMATED_DECISION_FULLY", BIT(CONTEXT_DECIDED)},
    {"AUTOMATED_DECISION_PARTIALLY", 0},
    {"AUTOMATED_DECISION_NOT_AUTOMATED", 0},
    {NULL, 0}};
static const struct context_word detections[] = {
    {"Yes", BIT(CONTEXT_DETECTED)}, {"No", 0}, {NULL, 0}};

static bool read_code(const struct context_reader *reader, const struct row *row,
                      int column, const struct context_word *codes, unsigned *value,
                      struct reject *reject) {
    const char *cell = context_cell(reader, row, column);
    for (; codes->word != NULL; codes++)
        if (strcmp(cell, codes->word) == 0) {
            *value = codes->value;
            return true;
        }
    return context_refuse(reader, reject, REJECT_VALUE, column);
}

/* Whether a cell holds one of two codes: alone, or in a JSON array of codes. */
static bool holds_code(const struct context_reader *reader, const struct row *row,
                       int column, const char *code, const char *other, bool *holds,
                       struct reject *reject) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    const char *p = context_cell(reader, row, column);
    *holds = strcmp(p, code) == 0 || strcmp(p, other) == 0;
    if (*holds || p[strspn(p, letters)] == '\0')
        return true;
    bool sound = *p++ == '[';
    while (sound && *p != ']') {
        const size_t length = *p == '"' ? strspn(p + 1, letters) : 0;
        sound = length > 0 && p[length + 1] == '"';
        if (!sound)
            break;
        *holds |= (strlen(code) == length && memcmp(p + 1, code, length) == 0) ||
                  (strlen(other) == length && memcmp(p + 1, other, length) == 0);
        p += length + 2;
        sound = *p == ']' || (*p == ',' && p[1] == '"');
        p += *p == ',';
    }
    return (sound && p[1] == '\0') ||
           context_refuse(reader, reject, REJECT_VALUE, column);
}

/* Business accounts first: what befalls one comes with no visibility decision. */
static bool read_facts(const struct context_reader *reader, const struct row *row,
                       unsigned *facts, struct reject *reject) {
    unsigned business, account, provision;
    bool product, gone;
    if (!read_code(reader, row, STATEMENT_ACCOUNT_TYPE, account_types, &business,
                   reject) ||
        !read_code(reader, row, STATEMENT_ACCOUNT, accounts, &account, reject) ||
        !read_code(reader, row, STATEMENT_PROVISION, provisions, &provision, reject) ||
        !holds_code(reader, row, STATEMENT_CONTENT, "CONTENT_TYPE_PRODUCT",
                    "CONTENT_TYPE_PRODUCT", &product, reject) ||
        !holds_code(reader, row, STATEMENT_VISIBILITY,
                    "DECISION_VISIBILITY_CONTENT_REMOVED",
                    "DECISION_VISIBILITY_CONTENT_DISABLED", &gone, reject))
        return false;
    *facts = (business != 0 ? account | provision : 0) |
             (product && gone ? BIT(CONTEXT_PRODUCT) : 0);
    return true;
}

/* 64 bits of the SHA-256 of the uuid's 16 bytes: among ten million statements of one day
 * two share them with probability 3 in a million. */
static bool read_uuid(const struct context_reader *reader, const struct row *row,
                      int64_t *key, struct reject *reject) {
    static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    const char *uuid = context_cell(reader, row, STATEMENT_UUID);
    unsigned char bytes[16] = {0}, digest[SHA256_DIGEST_LENGTH];
    size_t digits = 0, i = 0;
    if (*uuid == '\0')
        return context_refuse(reader, reject, REJECT_NO_ID, STATEMENT_UUID);
    for (; shape[i] != '\0'; i++) {
        const int digit = g_ascii_xdigit_value(uuid[i]);
        if (shape[i] == '-' ? uuid[i] != '-' : digit < 0)
            return context_refuse(reader, reject, REJECT_BAD_ID, STATEMENT_UUID);
        if (digit >= 0 && shape[i] == 'x') {
            bytes[digits / 2] = (unsigned char)(bytes[digits / 2] << 4 | digit);
            digits++;
        }
    }
    if (uuid[i] != '\0')
        return context_refuse(reader, reject, REJECT_BAD_ID, STATEMENT_UUID);
    SHA256(bytes, sizeof bytes, digest);
    memcpy(key, digest, sizeof *key);
    *key = GINT64_FROM_BE(*key);
    return true;
}

/* Most statements are of platforms that are no marketplace: the name is read first, and
 * of those nothing else. */
static bool read_statement(struct context_reader *reader, const struct row *row,
                           struct context_item *item, struct reject *reject) {
    unsigned decided, detected;
    if (*context_cell(reader, row, STATEMENT_PLATFORM) == '\0')
        return context_refuse(reader, reject, REJECT_NO_MARKETPLACE, STATEMENT_PLATFORM);
    if (!context_place(reader, row, STATEMENT_PLATFORM, NULL, &item->place, reject))
        return false;
    if (item->place < 0)
        return true;
    if (!read_facts(reader, row, &item->facts, reject))
        return false;
    item->concerned = item->facts != 0;
    if (!item->concerned)
        return true;
    if (!read_code(reader, row, STATEMENT_DECISION, decisions, &decided, reject) ||
        !read_code(reader, row, STATEMENT_DETECTION, detections, &detected, reject) ||
        !context_day(reader, row, STATEMENT_CREATED_AT, &item->day, reject) ||
        !read_uuid(reader, row, &item->key, reject))
        return false;
    item->facts |= decided | detected;
    return true;
}

const struct context_class statement_class = {
    .kind = CONTEXT_STATEMENTS,
    .columns =
        {
            [STATEMENT_UUID] = {{"uuid"}, true},
            [STATEMENT_VISIBILITY] = {{"decision visibility"}, true},
            [STATEMENT_PROVISION] = {{"decision provision"}, true},
            [STATEMENT_ACCOUNT] = {{"decision account"}, true},
            [STATEMENT_ACCOUNT_TYPE] = {{"account type"}, true},
            [STATEMENT_CONTENT] = {{"content type"}, true},
            [STATEMENT_DETECTION] = {{"automated detection"}, true},
            [STATEMENT_DECISION] = {{"automated decision"}, true},
            [STATEMENT_PLATFORM] = {{"platform name"}, true},
            [STATEMENT_CREATED_AT] = {{"created at"}, true},
        },
    .read = read_statement,
};
