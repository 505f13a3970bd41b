#include "barometre/companion.h"

#include "companion_private.h"
#include "wide.h"

#include <string.h>
#include <unistd.h>

#define PROFILE(name, french, english)                                                   \
    {                                                                                    \
        .id = (char *)(name), .family = (char *)(name), .title = {                       \
            (char *)(french),                                                            \
            (char *)(english)                                                            \
        }                                                                                \
    }

const struct companion_kind companion_kinds[COMPANION_KINDS] =
    {
        [COMPANION_EXPOSURE] =
            {
                .profile = PROFILE("exposure", "Vendeurs actifs", "Active sellers"),
                .table = "exposure",
                .column_count = 6,
                .columns =
                    {
                        [EXPOSURE_PLACE] = {"marketplace", COMPANION_PLACE},
                        [EXPOSURE_MONTH] = {"month", COMPANION_MONTH},
                        [EXPOSURE_SELLERS] = {"sellers", COMPANION_COUNT},
                        [EXPOSURE_SOURCE] = {"source", COMPANION_TEXT},
                        [EXPOSURE_LOW] = {"low", COMPANION_COUNT, .optional = true},
                        [EXPOSURE_HIGH] = {"high", COMPANION_COUNT, .optional = true},
                    },
                .from = EXPOSURE_MONTH,
                .to = EXPOSURE_MONTH,
            },
        [COMPANION_CHANGES] =
            {
                .profile = PROFILE("changes", "Registre des changements de clauses",
                                   "Register of clause changes"),
                .table = "change",
                .column_count = 7,
                .columns =
                    {
                        [CHANGE_ID] = {"change_id", COMPANION_ID},
                        [CHANGE_PLACE] = {"marketplace", COMPANION_PLACE},
                        [CHANGE_KIND] = {"kind", COMPANION_KIND},
                        [CHANGE_NOTIFIED_ON] = {"notified_on", COMPANION_DAY,
                                                .optional = true},
                        [CHANGE_EFFECTIVE_ON] = {"effective_on", COMPANION_DAY,
                                                 .ahead = true},
                        [CHANGE_URL] = {"url", COMPANION_TEXT, .optional = true},
                        [CHANGE_HASH] = {"hash", COMPANION_TEXT, .optional = true},
                    },
                .from = -1,
                .to = -1,
            },
        [COMPANION_DECLARED] =
            {
                .profile = PROFILE("declared", "Réclamations déclarées par les places",
                                   "Complaints declared by the marketplaces"),
                .table = "declared",
                .column_count = 7,
                .columns =
                    {
                        [DECLARED_PLACE] = {"marketplace", COMPANION_PLACE},
                        [DECLARED_FROM] = {"from", COMPANION_MONTH},
                        [DECLARED_TO] = {"to", COMPANION_MONTH},
                        [DECLARED_COMPLAINTS] = {"complaints", COMPANION_COUNT},
                        [DECLARED_MEAN_DAYS] = {"mean_days",
                                                COMPANION_DECIMAL, .optional = true},
                        [DECLARED_REVERSED] = {"reversed", COMPANION_COUNT,
                                               .optional = true},
                        [DECLARED_SOURCE] = {"source", COMPANION_TEXT},
                    },
                .from = DECLARED_FROM,
                .to = DECLARED_TO,
            },
};

const struct companion_kind *companion_recognise(const struct export *export,
                                                 const char *profile_id) {
    for (int k = 0; profile_id != NULL && k < COMPANION_KINDS; k++)
        if (strcmp(companion_kinds[k].profile.id, profile_id) == 0)
            return &companion_kinds[k];
    if (profile_id != NULL || export->size < 0)
        return NULL;
    enum { HEAD_BYTES = 1 << 16 }; /* more than a header of a companion needs */
    g_autofree char *head = g_malloc(HEAD_BYTES);
    const ssize_t length = pread(export->fd, head, HEAD_BYTES, 0);
    if (length <= 0)
        return NULL;
    g_autoptr(GString) text = g_string_new_len(head, length);
    struct wide wide;
    wide_init(&wide, head, (size_t)length);
    if (wide.order != WIDE_NONE) {
        g_string_truncate(text, 0);
        wide_append(&wide, head, (size_t)length, text);
    }
    scoped(companion_header) *header = companion_header_read(
        text->str, text->len, length < HEAD_BYTES, export->name, NULL);
    for (int k = 0; header != NULL && k < COMPANION_KINDS; k++)
        if (companion_header_bind(header, &companion_kinds[k]) == NULL)
            return &companion_kinds[k];
    return NULL;
}
