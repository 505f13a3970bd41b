#ifndef BAROMETRE_IMPORT_PRIVATE_H
#define BAROMETRE_IMPORT_PRIVATE_H

#include "barometre/import.h"

/* Whether so much was refused that nothing of it is to be stored. */
bool import_is_suspicious(const struct observatory *observatory,
                          const struct account *account);

#endif
