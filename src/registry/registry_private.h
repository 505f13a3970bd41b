/* How names of places are made comparable. */
#ifndef BAROMETRE_REGISTRY_PRIVATE_H
#define BAROMETRE_REGISTRY_PRIVATE_H

#include "barometre/registry.h"

/* The fold without its last word where people add that to a name ("cdiscount com"); NULL
 * where it ends otherwise. The caller frees. */
char *registry_strip_suffix(const char *fold);

/* Spaces carry no meaning in a name: "mano mano" and "manomano" are one. */
void registry_drop_spaces(char *fold);

#endif
