/* The columns of the published tables, the last one without a name. */
#ifndef BAROMETRE_TABLE_COLUMNS_H
#define BAROMETRE_TABLE_COLUMNS_H

#include "tables.h"

extern const struct table_column table_columns_scores[];
extern const struct table_column table_columns_pillars[];
extern const struct table_column table_columns_indicators[];
extern const struct table_column table_columns_curves[];
extern const struct table_column table_columns_history[];
extern const struct table_column table_columns_alerts[];
extern const struct table_column table_columns_pairs[];
extern const struct table_column table_columns_groups[];
extern const struct table_column table_columns_watch[];
extern const struct table_column table_columns_declared[];
extern const struct table_column table_columns_funnel[];
extern const struct table_column table_columns_limits[];
extern const struct table_column table_columns_notice[];
extern const struct table_column table_columns_notice_changes[];
extern const struct table_column table_columns_robustness[];
extern const struct table_column table_columns_sources[];
extern const struct table_column table_columns_counts[];

#endif
