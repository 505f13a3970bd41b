/* The sections of an edition document: what writes each and what reads it, side by side.
 * A reader notes problems at the nodes it is given; a writer asserts. */
#ifndef BAROMETRE_EDITION_JSON_H
#define BAROMETRE_EDITION_JSON_H

#include "barometre/edition.h"
#include "barometre/json_reader.h"

#define EDITION_SCHEMA "barometre/edition/1"

/* pillar_json.c: what all marketplaces share of a pillar ("method.pillars", in the order
 * of the method, which the sorted keys of the figures lose), and the figures. */
json_t *pillar_json_describe(const struct edition_pillar *pillar);
json_t *pillar_json_write(const struct edition_pillar *pillar);
void pillar_json_read(struct edition_pillar *pillar, const struct json_node *description,
                      const struct json_node *pillars);

/* curve_json.c: the member "curve" of a delay. */
json_t *curve_json_write(const struct edition_curve *curve);
void curve_json_read(struct edition_curve *curve, const struct json_node *indicator);

/* overall_json.c */
json_t *overall_json_write(const struct edition_overall *overall);
void overall_json_read(struct edition_overall *overall, const struct json_node *place);

/* history_json.c: the members "history" and "alerts" of a marketplace; `pillars` are ids,
 * NULL at the end. */
json_t *history_json_write(const struct edition_marketplace *marketplace);
void history_json_read(struct edition_marketplace *marketplace,
                       const struct json_node *place, const char *const *pillars);
json_t *history_json_write_alerts(const struct edition_marketplace *marketplace);
void history_json_read_alerts(struct edition_marketplace *marketplace,
                              const struct json_node *place);

/* notice_json.c: the root's "notice"; members of "changes"; "terminations", whose bins
 * are as many as `bins` or none. */
json_t *notice_json_write(const struct edition_notice *notice);
void notice_json_read(struct edition_notice *notice, const struct json_node *root);
void notice_json_write_excess(json_t *object, const struct edition_excess *excess);
struct edition_excess notice_json_read_excess(const struct json_node *node);
json_t *notice_json_write_acts(const GPtrArray *acts);
void notice_json_read_acts(struct edition_marketplace *marketplace,
                           const struct json_node *node);
json_t *notice_json_write_terminations(const struct edition_terminations *terminations);
void notice_json_read_terminations(struct edition_marketplace *marketplace,
                                   const struct json_node *place, guint bins);

/* watch_json.c: adds and reads the members WATCH_JSON_KEYS of a marketplace; `dimensions`
 * are those of "method.watch". */
#define WATCH_JSON_KEYS "watch", "mediation", "declared", "changes"
json_t *watch_json_describe(const struct edition_marketplace *marketplace);
void watch_json_write(json_t *place, const struct edition_marketplace *marketplace);
void watch_json_read(struct edition_marketplace *marketplace,
                     const struct json_node *place, const char *const *dimensions);

/* context_json.c: the members CONTEXT_JSON_KEYS of a marketplace, and "context" of the
 * root. */
#define CONTEXT_JSON_KEYS "statements", "consumers"
void context_json_write(json_t *place, const struct edition_marketplace *marketplace);
void context_json_read(struct edition_marketplace *marketplace,
                       const struct json_node *place);
json_t *context_json_write_national(const struct edition *edition);
void context_json_read_national(struct edition *edition, const struct json_node *root);

/* terms_json.c: the member "observed_terms" of a marketplace. */
json_t *terms_json_write(const struct edition_terms *terms);
void terms_json_read(struct edition_terms *terms, const struct json_node *place);

/* place_json.c: a marketplace. */
json_t *place_json_write(const struct edition_marketplace *marketplace);
void place_json_read(struct edition *edition, const struct json_node *places,
                     size_t index, const struct json_node *pillars,
                     const char *const *dimensions);

/* The index of the marketplace whose id is the member `key` (an object's), with a problem
 * noted where none has it: then -1. */
int place_json_find(const struct edition *edition, const struct json_node *node,
                    const char *key);

/* source_json.c */
json_t *source_json_write(const struct edition *edition);
void source_json_read(struct edition *edition, const struct json_node *root);

/* compare_json.c, robustness_json.c, table_json.c: members of the root, read after the
 * marketplaces that they name. */
json_t *compare_json_write_pairs(const struct edition *edition);
json_t *compare_json_write_groups(const struct edition *edition);
void compare_json_read(struct edition *edition, const struct json_node *root);
json_t *robustness_json_write(const struct edition *edition);
void robustness_json_read(struct edition *edition, const struct json_node *root);
json_t *table_json_write(const struct edition *edition);
void table_json_read(struct edition *edition, const struct json_node *root);
json_t *table_json_write_coverage(const struct edition *edition);
void table_json_read_coverage(struct edition *edition, const struct json_node *root);

/* funnel_json.c: the member "funnel" of the root, and "expectation" of a marketplace. */
json_t *funnel_json_write(const struct edition *edition);
void funnel_json_read(struct edition *edition, const struct json_node *root);
json_t *funnel_json_write_place(const struct edition_marketplace *marketplace);
void funnel_json_read_place(struct edition_marketplace *marketplace,
                            const struct json_node *place);

#endif
