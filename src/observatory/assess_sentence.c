#include "barometre/assess.h"

#include "barometre/sentence.h"

void assess_sentences(const struct observatory *observatory, struct edition *edition) {
    const struct words *const words[WORDS_LANGUAGES] = {
        [WORDS_FR] = observatory->words[WORDS_FR],
        [WORDS_EN] = observatory->words[WORDS_EN]};
    sentence_fill(edition, observatory->method, observatory->legal, words);
}
