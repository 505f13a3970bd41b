#include "barometre/assess.h"

#include "barometre/sentence.h"

bool assess_sentences(const struct observatory *observatory, struct edition *edition,
                      GError **error) {
    scoped(words) *french = words_load(WORDS_FR, NULL, error);
    scoped(words) *english = french != NULL ? words_load(WORDS_EN, NULL, error) : NULL;
    if (english == NULL)
        return false;
    const struct words *const words[WORDS_LANGUAGES] = {
        [WORDS_FR] = french, [WORDS_EN] = english};
    sentence_fill(edition, observatory->method, observatory->legal, words);
    return true;
}
