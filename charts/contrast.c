#include "contrast.h"

#include <math.h>

/* Relative luminance and contrast of the Web Content Accessibility Guidelines 2.1. */
static double luminance(uint32_t colour) {
    static const double weights[] = {0.0722, 0.7152, 0.2126};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        const double share = (colour >> (8 * i) & 0xFF) / 255.0;
        sum += weights[i] *
               (share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double contrast_of(uint32_t one, uint32_t other) {
    const double a = luminance(one), b = luminance(other);
    return (MAX(a, b) + 0.05) / (MIN(a, b) + 0.05);
}

/* Told at the token that the file itself gives a colour. */
static void check_pair(const struct json_node *tone, const uint32_t *colours,
                       enum token token, enum token ground, double least) {
    const double found = contrast_of(colours[token], colours[ground]);
    if (found >= least)
        return;
    const char *changed =
        theme_token_name(json_node_has(tone, theme_token_name(token)) ? token : ground);
    json_node_problem(tone, changed,
                      "%s (#%06x) on %s (#%06x) has a contrast of %.2f, at least %.1f is "
                      "needed; take one of them lighter or darker",
                      theme_token_name(token), colours[token], theme_token_name(ground),
                      colours[ground], found, least);
}

void contrast_check(const struct json_node *tone, const uint32_t *colours) {
    enum { MOST_GROUNDS = 9 };
    static const struct {
        enum token token;
        double least;
        enum token grounds[MOST_GROUNDS];
    } rules[] = {
#define GROUNDS                                                                          \
    TOKEN_PAPER, TOKEN_VOID, TOKEN_BAND_A, TOKEN_BAND_B, TOKEN_BAND_C, TOKEN_BAND_D,     \
        TOKEN_BAND_E
        {TOKEN_INK, 4.5, {GROUNDS, TOKEN_TINT, TOKEN_RIBBON}},
        {TOKEN_TEXT, 4.5, {GROUNDS, TOKEN_TINT}},
        {TOKEN_MENTION, 4.5, {GROUNDS, TOKEN_TINT}},
        {TOKEN_POINT, 4.5, {GROUNDS}},
        {TOKEN_ALERT, 4.5, {GROUNDS}},
        {TOKEN_LINK, 4.5, {TOKEN_PAPER, TOKEN_TINT, TOKEN_BAND_B}},
        {TOKEN_INTERVAL, 3, {GROUNDS}},
#undef GROUNDS
        {TOKEN_LINE, 3, {TOKEN_PAPER}},
        {TOKEN_BRAND, 3, {TOKEN_PAPER}},
        {TOKEN_FOCUS, 3, {TOKEN_PAPER, TOKEN_TINT}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
        for (int k = 0; k < MOST_GROUNDS && rules[i].grounds[k] != TOKEN_NONE; k++)
            check_pair(tone, colours, rules[i].token, rules[i].grounds[k],
                       rules[i].least);
}
