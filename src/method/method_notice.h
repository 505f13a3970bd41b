/* The member "notice" of method.json. */
#ifndef METHOD_NOTICE_H
#define METHOD_NOTICE_H

#include "barometre/method.h"

/* Reads it once the pillars are read, noting the problems. A method without it has none.
 */
void method_notice_load(struct method *method, const struct json_node *root);

#endif
