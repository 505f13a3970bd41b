/* What no input may exceed, all in one place (doc/architecture.md, "Limits"). */
#ifndef BAROMETRE_LIMIT_H
#define BAROMETRE_LIMIT_H

#include <stdint.h>

enum {
    LIMIT_RECORD_BYTES = 1 << 20, /* a longer record, or a longer line, is a fault */
    LIMIT_FIELD_BYTES = 256 << 10,
    LIMIT_COLUMNS = 4096,
    LIMIT_TERMS_BYTES = 4 << 20,   /* of one version of a document */
    LIMIT_DATASET_FILES = 1000000, /* of a dataset that is a folder */
    LIMIT_PACKED_MEMBERS = 100000, /* of an archive, those of archives in it included */
    LIMIT_PACKED_DEPTH = 3,        /* archives in archives */
    LIMIT_PACKED_RATIO = 100,      /* bytes that one packed byte may become */
    LIMIT_PACKED_SLACK_BYTES = 1 << 20, /* for small files, which pack better */
};

/* That all members of an archive may become together. */
#define LIMIT_UNPACKED_BYTES (INT64_C(32) << 30)

#endif
