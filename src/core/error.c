#include "barometre/error.h"

G_DEFINE_QUARK(barometre - error - quark, barometre_error)

int error_exit_status(const GError *error) {
    if (error == NULL)
        return 0;
    if (error->domain == BAROMETRE_ERROR)
        return error->code;
    if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return ERROR_NO_INPUT;
    if (error->domain == G_FILE_ERROR)
        return ERROR_IO;
    if (error->domain == G_OPTION_ERROR)
        return ERROR_USAGE;
    return ERROR_INTERNAL;
}
