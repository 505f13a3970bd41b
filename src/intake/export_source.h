/* The source of an export's records: its bytes, or those of a sheet in it, with the
 * format that cuts them. What the records mean is a reading's (export_pipe.h). */
#ifndef BAROMETRE_EXPORT_SOURCE_H
#define BAROMETRE_EXPORT_SOURCE_H

#include "export_pipe.h"

#include <sys/stat.h>

struct export_source {
    struct export *export;
    struct workbook *workbook; /* NULL: the export is its own table */
    struct export_stream stream;
    struct format *format;
    char *head; /* the first bytes of the stream, `length` of them */
    size_t length;
    struct stat before; /* the file, when it was opened */
};

/* Opens the source and finds its columns. Of a workbook it is the first sheet whose
 * headers `fits` accepts, else the first that has any. Fails as export_read does. Cleared
 * by the caller in any case. */
bool export_source_open(struct export_source *source, struct export *export,
                        const struct profiles *profiles, const char *folder,
                        bool (*fits)(const void *data, const GPtrArray *headers),
                        const void *data, GError **error);
void export_source_clear(struct export_source *source);

/* Reads all records. Fills the account and the export's hash, format, delimiter and
 * encoding. Fails as export_read does. */
bool export_source_run(struct export_source *source, const struct reading *reading,
                       int threads, const struct pipe_sink *sink, struct account *account,
                       GError **error);

#endif
