#include "format.h"

void format_free(struct format *format) {
    if (format == NULL)
        return;
    g_ptr_array_unref(format->headers);
    format->class->free(format);
}
