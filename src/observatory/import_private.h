#ifndef BAROMETRE_IMPORT_PRIVATE_H
#define BAROMETRE_IMPORT_PRIVATE_H

#include "barometre/import.h"

/* Whether so much was refused that nothing of it is to be stored. Of an export
 * of context, what was passed over was sound. */
bool import_is_suspicious(const struct observatory *observatory,
                          const struct account *account, bool context);

#endif
