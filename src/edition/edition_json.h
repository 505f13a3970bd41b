/* What the writer and the reader of edition.json share. */
#ifndef BAROMETRE_EDITION_JSON_H
#define BAROMETRE_EDITION_JSON_H

#define EDITION_SCHEMA "barometre/edition/1"

/* Decimals of published figures. */
enum edition_decimals {
    SCORE_DECIMALS = 1,
    PROBABILITY_DECIMALS = 2,
    WEIGHT_DECIMALS = 6,
};

/* The value rounded to decimals, never −0. */
double edition_round(double value, int decimals);

#endif
