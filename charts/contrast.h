/* Contrast: whether the colours of a theme can be told from what they lie on. */
#ifndef CHARTS_CONTRAST_H
#define CHARTS_CONTRAST_H

#include "barometre/json_reader.h"

#include "theme.h"

/* 1 to 21, of two colours 0xRRGGBB: the contrast ratio of the Web Content Accessibility
 * Guidelines 2.1. */
double contrast_of(uint32_t one, uint32_t other);

/* Notes a problem for each pair of tokens that lie on each other in pictures or pages and
 * have too little contrast: texts need 4.5 (criterion 1.4.3), marks that say something 3
 * (1.4.11). The tokens grid, sep and ribbon are ornament: a mark says what they show.
 * `tone` is the object that some of the colours come from. */
void contrast_check(const struct json_node *tone, const uint32_t *colours);

#endif
