#include "barometre/reject.h"

#include "barometre/text.h"

#include <string.h>

const char *reject_rule_code(enum reject_rule rule) {
    static const char *const codes[REJECT_RULE_COUNT] = {
        [REJECT_STRAY_QUOTE] = "stray_quote",
        [REJECT_AFTER_QUOTE] = "after_quote",
        [REJECT_UNCLOSED] = "unclosed_quote",
        [REJECT_MALFORMED] = "malformed",
        [REJECT_TOO_LONG] = "too_long",
        [REJECT_FIELD_COUNT] = "field_count",
        [REJECT_ENCODING] = "encoding",
        [REJECT_NO_ID] = "no_id",
        [REJECT_BAD_ID] = "bad_id",
        [REJECT_NO_FIRM] = "no_firm",
        [REJECT_SIRET] = "siret",
        [REJECT_NO_MARKETPLACE] = "no_marketplace",
        [REJECT_UNKNOWN_MARKETPLACE] = "unknown_marketplace",
        [REJECT_NO_PILLAR] = "no_pillar",
        [REJECT_NO_DATE] = "no_date",
        [REJECT_DATE] = "date",
        [REJECT_DATE_RANGE] = "date_range",
        [REJECT_NUMBER] = "number",
        [REJECT_VALUE] = "value",
        [REJECT_CONTRADICTION] = "contradiction",
        [REJECT_OVERLAP] = "overlap",
        [REJECT_NO_VERSION] = "no_version",
    };
    return codes[rule];
}

void reject_keep_name(struct reject *reject, const char *name) {
    g_autofree char *clamped = text_clamp(name);
    g_strlcpy(reject->name, clamped, sizeof reject->name);
    char *end =
        (char *)g_utf8_find_prev_char(reject->name, reject->name + strlen(reject->name));
    if (end != NULL && !g_utf8_validate(end, -1, NULL))
        *end = '\0'; /* the cut went through a character */
}
