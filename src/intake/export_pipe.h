/* The pipe of an export: one thread cuts records, others read them, the caller's receives
 * them in order. */
#ifndef BAROMETRE_EXPORT_PIPE_H
#define BAROMETRE_EXPORT_PIPE_H

#include "dialect.h"
#include "export_stream.h"
#include "form.h"

struct export_pipe {
    struct export_stream *stream;
    const struct form *form;
    const struct export_settings *settings;
    struct dialect *dialect; /* its encoding may be decided on the way */
    int64_t offset;          /* bytes of the export before the stream's next */
    int64_t line;            /* physical line of the stream's next byte, from 1 */
    int64_t size;            /* of the export, −1 where unknown */
};

/* Runs the pipe to the end of the stream and fills the account of the records met. */
bool export_pipe_run(const struct export_pipe *pipe, const struct export_sink *sink,
                     struct account *account, GError **error);

#endif
