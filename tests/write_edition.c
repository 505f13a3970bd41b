/* Prints an edition, for validate_edition.py: "scored", the example of the methodology,
 * or "full", one that uses every field. */
#include "barometre/score.h"

#include "full_edition.h"
#include "golden_example.h"

#include <stdio.h>

static struct edition *scored_edition(void) {
    scoped(method) *method = example_method();
    scoped(registry) *registry = example_registry(false);
    scoped(tally) *tally = example_tally(method, registry, 3, 0);
    const struct score_inputs inputs = {method, registry, tally, .threads = 1};
    return score_edition(&inputs);
}

int main(int argc, char **argv) {
    const bool full = argc == 2 && strcmp(argv[1], "full") == 0;
    scoped(edition) *edition = full ? full_edition() : scored_edition();
    g_autofree char *json = edition_write(edition);
    return fputs(json, stdout) == EOF;
}
