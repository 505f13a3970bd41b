/* The files of a dataset, one after the other, from a folder or an archive. */
#ifndef BAROMETRE_DATASET_FILE_H
#define BAROMETRE_DATASET_FILE_H

#include "barometre/parcel.h"

struct dataset_file {
    char *path;    /* below the folder, or in the archive */
    GString *text; /* its first bytes, LIMIT_TERMS_BYTES of them at most */
    int64_t size;
    char sha256[EXPORT_SHA256_SIZE];
};

/* Where the reading of a dataset stands. */
struct dataset_files {
    char *folder;
    GPtrArray *paths; /* of a folder, sorted; else NULL */
    guint next;
    struct parcel *parcel;
    struct dataset_file file; /* the one at hand */
};

/* Calls for the path of every regular file below a folder, until it returns false: no
 * link is followed, hidden ones are passed over, in no order. False where a
 * folder could not be read or lies too deep. */
bool dataset_files_walk(const char *folder, bool (*call)(void *data, const char *path),
                        void *data);

/* Opens a folder or an archive; `room` is where nameless files live. */
bool dataset_files_open(struct dataset_files *files, const char *path, const char *room,
                        GError **error);
void dataset_files_clear(struct dataset_files *files);

/* The next file, whole; its path is NULL at the end. */
bool dataset_files_next(struct dataset_files *files, GError **error);

#endif
