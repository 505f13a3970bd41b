#include "table_columns.h"

#define SCORE(name)                                                                      \
    {name, TABLE_SCORE, 1, NULL}, {"low", TABLE_FILE_NUMBER, 1, NULL}, {                 \
        "high", TABLE_FILE_NUMBER, 1, NULL                                               \
    }

const struct table_column table_columns_scores[] = {
    {"place", TABLE_PLACE, 0, NULL},
    {"name", TABLE_FILE_TEXT, 0, NULL},
    {"grade", TABLE_TEXT, 0, NULL},
    SCORE("score"),
    {"reason", TABLE_REASON, 0, NULL},
    {"rank_low", TABLE_NUMBER, 0, NULL},
    {"rank_high", TABLE_NUMBER, 0, NULL},
    {"change", TABLE_CODE, 0, "claim."},
    {"points", TABLE_NUMBER, 1, NULL},
    {"p_above_median", TABLE_FILE_NUMBER, 2, NULL},
    {"p_below_median", TABLE_FILE_NUMBER, 2, NULL},
    {"sellers", TABLE_NUMBER, 0, NULL},
    {"status", TABLE_CODE, 0, "status."},
    {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_pillars[] = {
    {"place", TABLE_PLACE, 0, NULL},
    {"pillar", TABLE_PILLAR, 0, NULL},
    SCORE("score"),
    {"reason", TABLE_REASON, 0, NULL},
    {"change", TABLE_CODE, 0, "claim."},
    {"points", TABLE_NUMBER, 1, NULL},
    {"firms", TABLE_TEXT, 0, NULL},
    {"status", TABLE_CODE, 0, "status."},
    {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_indicators[] = {
    {"place", TABLE_PLACE, 0, NULL},
    {"pillar", TABLE_PILLAR, 0, NULL},
    {"indicator", TABLE_INDICATOR, 0, NULL},
    {"kind", TABLE_FILE_TEXT, 0, NULL},
    SCORE("score"),
    {"reason", TABLE_REASON, 0, NULL},
    {"answers", TABLE_TEXT, 0, NULL},
    {"median_days", TABLE_NUMBER, 0, NULL},
    {"median_low", TABLE_FILE_NUMBER, 0, NULL},
    {"median_high", TABLE_FILE_NUMBER, 0, NULL},
    {"p_half", TABLE_FILE_NUMBER, 2, NULL},
    {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_curves[] = {
    {"place", TABLE_PLACE, 0, NULL},
    {"pillar", TABLE_PILLAR, 0, NULL},
    {"indicator", TABLE_INDICATOR, 0, NULL},
    {"day", TABLE_NUMBER, 0, NULL},
    {"answered", TABLE_SCORE, 0, NULL},
    {"low", TABLE_FILE_NUMBER, 0, NULL},
    {"high", TABLE_FILE_NUMBER, 0, NULL},
    {"reason", TABLE_REASON, 0, NULL},
    {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_history[] = {
    {"place", TABLE_PLACE, 0, NULL},   {"month", TABLE_MONTH, 0, NULL},
    {"pillar", TABLE_PILLAR, 0, NULL}, SCORE("score"),
    {"reason", TABLE_REASON, 0, NULL}, {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_alerts[] = {
    {"place", TABLE_PLACE, 0, NULL},   {"month", TABLE_MONTH, 0, NULL},
    {"pillar", TABLE_PILLAR, 0, NULL}, {"extent", TABLE_CODE, 0, "site.alert."},
    {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_pairs[] = {
    {"place", TABLE_PLACE, 0, NULL},
    {"other", TABLE_PLACE, 0, NULL},
    {"p", TABLE_NUMBER, 2, NULL},
    {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_groups[] = {
    {"group", TABLE_CODE, 0, "site.group."},
    SCORE("difference"),
    {"reason", TABLE_REASON, 0, NULL},
    {"p", TABLE_NUMBER, 2, NULL},
    {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_watch[] = {
    {"place", TABLE_PLACE, 0, NULL},
    {"dimension", TABLE_CODE, 0, "watch."},
    SCORE("share"),
    {"reason", TABLE_REASON, 0, NULL},
    {"change", TABLE_FILE_TEXT, 0, NULL},
    {"amount", TABLE_NUMBER, 0, NULL},
    {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_declared[] = {
    {"place", TABLE_PLACE, 0, NULL},       {"from", TABLE_MONTH, 0, NULL},
    {"to", TABLE_MONTH, 0, NULL},          {"complaints", TABLE_NUMBER, 0, NULL},
    {"reversed", TABLE_NUMBER, 0, NULL},   {"mean_days", TABLE_NUMBER, 1, NULL},
    {"lived_days", TABLE_NUMBER, 0, NULL}, {"source", TABLE_TEXT, 0, NULL},
    {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_funnel[] = {
    {"place", TABLE_PLACE, 0, NULL},     {"expected", TABLE_NUMBER, 1, NULL},
    {"firms", TABLE_NUMBER, 0, NULL},    {"ratio", TABLE_SCORE, 2, NULL},
    {"low", TABLE_FILE_NUMBER, 2, NULL}, {"high", TABLE_FILE_NUMBER, 2, NULL},
    {"reason", TABLE_REASON, 0, NULL},   {"position", TABLE_CODE, 0, "site.position."},
    {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_limits[] = {
    {"expected", TABLE_NUMBER, 2, NULL},   {"outer_low", TABLE_NUMBER, 3, NULL},
    {"inner_low", TABLE_NUMBER, 3, NULL},  {"inner_high", TABLE_NUMBER, 3, NULL},
    {"outer_high", TABLE_NUMBER, 3, NULL}, {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_notice[] = {
    {"place", TABLE_PLACE, 0, NULL},
    {"act", TABLE_CODE, 0, "notice.act."},
    SCORE("late_share"),
    {"reason", TABLE_REASON, 0, NULL},
    {"one_in", TABLE_NUMBER, 0, NULL},
    {"p", TABLE_FILE_NUMBER, 2, NULL},
    {"notices", TABLE_TEXT, 0, NULL},
    {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_notice_changes[] = {
    {"place", TABLE_PLACE, 0, NULL},
    {"act_id", TABLE_TEXT, 0, NULL},
    {"act_kind", TABLE_CODE, 0, "notice.kind."},
    {"effective_on", TABLE_TEXT, 0, NULL},
    {"notice_days", TABLE_NUMBER, 0, NULL},
    {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_robustness[] = {
    {"place", TABLE_PLACE, 0, NULL},      {"least", TABLE_NUMBER, 1, NULL},
    {"most", TABLE_NUMBER, 1, NULL},      {"rank_low", TABLE_NUMBER, 0, NULL},
    {"rank_high", TABLE_NUMBER, 0, NULL}, {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_sources[] = {
    {"profile", TABLE_TEXT, 0, NULL},    {"stored", TABLE_NUMBER, 0, NULL},
    {"updated", TABLE_NUMBER, 0, NULL},  {"duplicates", TABLE_NUMBER, 0, NULL},
    {"rejected", TABLE_NUMBER, 0, NULL}, {"sha256", TABLE_FILE_TEXT, 0, NULL},
    {NULL, TABLE_TEXT, 0, NULL},
};

const struct table_column table_columns_counts[] = {
    {"table", TABLE_TEXT, 0, NULL},  {"row", TABLE_TEXT, 0, NULL},
    {"place", TABLE_PLACE, 0, NULL}, {"firms_count", TABLE_NUMBER, 0, NULL},
    {NULL, TABLE_TEXT, 0, NULL},
};
