#include "canvas_cairo.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <string.h>

#define POINTS_PER_UNIT (72.0 / 96)

static cairo_status_t append(void *bytes, const unsigned char *data,
                             unsigned int length) {
    g_byte_array_append(bytes, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static void finish(cairo_surface_t *surface) {
    cairo_surface_finish(surface);
    g_assert(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(surface);
}

/* Puts a text in the place of the first `found` from `at` on; returns where it ends. */
static gsize substitute(GString *text, gsize at, const char *found, gsize length,
                        const char *replacement) {
    const char *place = strstr(text->str + at, found);
    g_assert(place != NULL);
    const gsize offset = (gsize)(place - text->str);
    g_string_erase(text, (gssize)offset, (gssize)length);
    g_string_insert(text, (gssize)offset, replacement);
    return offset + strlen(replacement);
}

/* What cairo leaves out: words for those who do not see the picture, and an id that does
 * not count the surfaces that the program has made. */
static void complete(GString *svg, const struct canvas *canvas) {
    static const char root_end[] = " version=\"1.1\">\n", group[] = "<g id=\"surface";
    g_autofree char *words = g_markup_printf_escaped(
        " version=\"1.1\" role=\"img\" aria-labelledby=\"%s-t %s-d\" xml:lang=\"%s\">\n"
        "<title id=\"%s-t\">%s</title>\n<desc id=\"%s-d\">%s</desc>\n",
        canvas->id, canvas->id, words_code(canvas->language), canvas->id, canvas->title,
        canvas->id, canvas->description);
    const gsize at = substitute(svg, 0, root_end, strlen(root_end), words);
    const char *numbered = strstr(svg->str + at, group);
    g_assert(numbered != NULL);
    const gsize digits = strspn(numbered + strlen(group), "0123456789");
    g_autofree char *named = g_strconcat("<g id=\"", canvas->id, NULL);
    substitute(svg, at, group, strlen(group) + digits, named);
}

GBytes *canvas_outlines(const struct canvas *canvas) {
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    cairo_surface_t *surface =
        cairo_svg_surface_create_for_stream(append, bytes, canvas->width, canvas->height);
    cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX);
    canvas_paint(canvas, surface, 1, CANVAS_OUTLINES);
    finish(surface);
    GString *svg = g_string_new_len((const char *)bytes->data, bytes->len);
    complete(svg, canvas);
    return g_string_free_to_bytes(svg);
}

GBytes *canvas_pdf(const struct canvas *canvas) {
    GByteArray *bytes = g_byte_array_new();
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        append, bytes, canvas->width * POINTS_PER_UNIT, canvas->height * POINTS_PER_UNIT);
    g_autofree char *instant = g_strconcat(canvas->day, "T00:00:00Z", NULL);
    const struct {
        cairo_pdf_metadata_t kind;
        const char *text;
    } metadata[] = {
        {CAIRO_PDF_METADATA_TITLE, canvas->title},
        {CAIRO_PDF_METADATA_SUBJECT, canvas->description},
        {CAIRO_PDF_METADATA_AUTHOR, canvas->author},
        {CAIRO_PDF_METADATA_KEYWORDS, canvas->source},
        {CAIRO_PDF_METADATA_CREATOR, "barometre"},
        {CAIRO_PDF_METADATA_CREATE_DATE, instant}, /* else the clock's */
        {CAIRO_PDF_METADATA_MOD_DATE, instant},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(metadata); i++)
        cairo_pdf_surface_set_metadata(surface, metadata[i].kind, metadata[i].text);
    canvas_paint(canvas, surface, POINTS_PER_UNIT, CANVAS_OUTLINES);
    finish(surface);
    return g_byte_array_free_to_bytes(bytes);
}
