#include "canvas.h"

#include <libxml/parser.h>
#include <libxml/xmlwriter.h>
#include <math.h>

/* Marianne is asked for, never shipped; Inter's layout fits all of these. */
#define FAMILIES "Marianne,Arial,'Liberation Sans',sans-serif"

static void attribute(xmlTextWriter *writer, const char *name, const char *value) {
    const int written =
        xmlTextWriterWriteAttribute(writer, BAD_CAST name, BAD_CAST value);
    g_assert(written >= 0);
}

/* At most two decimals, none of them a trailing zero. */
static void format_number(double value, char text[static G_ASCII_DTOSTR_BUF_SIZE]) {
    g_assert(isfinite(value) && fabs(value) < 1e6);
    g_ascii_formatd(text, G_ASCII_DTOSTR_BUF_SIZE, "%.2f", value);
    size_t length = strlen(text);
    while (text[length - 1] == '0')
        length--;
    if (text[length - 1] == '.')
        length--;
    text[length] = '\0';
    if (strcmp(text, "-0") == 0)
        memmove(text, "0", 2);
}

static void number(xmlTextWriter *writer, const char *name, double value) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    format_number(value, text);
    attribute(writer, name, text);
}

static void colour(xmlTextWriter *writer, const char *name, const uint32_t *colours,
                   enum token token) {
    char text[8];
    g_snprintf(text, sizeof text, "#%06x", colours[token]);
    attribute(writer, name, token == TOKEN_NONE ? "none" : text);
}

static void paint(xmlTextWriter *writer, const struct shape *shape) {
    const enum token fill = shape->fill, line = shape->pen.token;
    g_autofree char *fill_class =
        fill == TOKEN_NONE ? NULL : g_strconcat("f-", theme_token_name(fill), NULL);
    g_autofree char *line_class =
        line == TOKEN_NONE ? NULL : g_strconcat("s-", theme_token_name(line), NULL);
    g_autofree char *classes =
        fill_class != NULL && line_class != NULL
            ? g_strjoin(" ", fill_class, line_class, NULL)
            : g_strdup(fill_class != NULL ? fill_class : line_class);
    if (classes != NULL)
        attribute(writer, "class", classes);
    colour(writer, "fill", shape->colours, fill);
    if (line == TOKEN_NONE)
        return;
    colour(writer, "stroke", shape->colours, line);
    number(writer, "stroke-width", shape->pen.width);
    if (shape->pen.dash > 0) {
        g_autofree char *dashes =
            g_strdup_printf("%d %d", (int)shape->pen.dash, (int)shape->pen.gap);
        attribute(writer, "stroke-dasharray", dashes);
    }
    if (shape->pen.round) {
        attribute(writer, "stroke-linecap", "round");
        attribute(writer, "stroke-linejoin", "round");
    }
}

static void write_rectangle(xmlTextWriter *writer, const struct shape *shape) {
    xmlTextWriterStartElement(writer, BAD_CAST "rect");
    number(writer, "x", shape->x);
    number(writer, "y", shape->y);
    number(writer, "width", shape->width);
    number(writer, "height", shape->height);
    if (shape->radius > 0)
        number(writer, "rx", shape->radius);
    paint(writer, shape);
    xmlTextWriterEndElement(writer);
}

static void write_circle(xmlTextWriter *writer, const struct shape *shape) {
    xmlTextWriterStartElement(writer, BAD_CAST "circle");
    number(writer, "cx", shape->x);
    number(writer, "cy", shape->y);
    number(writer, "r", shape->radius);
    paint(writer, shape);
    xmlTextWriterEndElement(writer);
}

static void write_path(xmlTextWriter *writer, const struct shape *shape) {
    GString *path = g_string_new(NULL);
    for (guint i = 0; i < shape->points->len; i++) {
        const struct point *point = &g_array_index(shape->points, struct point, i);
        char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];
        format_number(point->x, x);
        format_number(point->y, y);
        g_string_append_printf(path, "%c%s %s", i == 0 ? 'M' : 'L', x, y);
    }
    if (shape->closed)
        g_string_append_c(path, 'Z');
    xmlTextWriterStartElement(writer, BAD_CAST "path");
    attribute(writer, "d", path->str);
    paint(writer, shape);
    xmlTextWriterEndElement(writer);
    g_string_free(path, TRUE);
}

static void write_text(xmlTextWriter *writer, const struct shape *shape) {
    static const char *const anchors[] = {
        [ANCHOR_START] = NULL, [ANCHOR_MIDDLE] = "middle", [ANCHOR_END] = "end"};
    xmlTextWriterStartElement(writer, BAD_CAST "text");
    number(writer, "x", shape->x);
    number(writer, "y", shape->y);
    number(writer, "font-size", shape->size);
    if (shape->weight != 400)
        number(writer, "font-weight", shape->weight);
    if (anchors[shape->anchor] != NULL)
        attribute(writer, "text-anchor", anchors[shape->anchor]);
    paint(writer, shape);
    xmlTextWriterWriteString(writer, BAD_CAST shape->text);
    xmlTextWriterFullEndElement(writer);
}

/* The ground here; the lines by the pattern that write_hatch_pattern defines. */
static void write_hatch(xmlTextWriter *writer, const struct shape *shape,
                        const char *id) {
    struct shape layer = *shape;
    layer.pen.token = TOKEN_NONE;
    write_rectangle(writer, &layer);
    g_autofree char *pattern = g_strdup_printf("url(#%s-hatch)", id);
    xmlTextWriterStartElement(writer, BAD_CAST "rect");
    number(writer, "x", shape->x);
    number(writer, "y", shape->y);
    number(writer, "width", shape->width);
    number(writer, "height", shape->height);
    attribute(writer, "fill", pattern);
    xmlTextWriterEndElement(writer);
}

static void write_hatch_pattern(xmlTextWriter *writer, const struct canvas *canvas,
                                const char *prefix) {
    bool any = false;
    for (guint i = 0; i < canvas->shapes->len && !any; i++) {
        const struct shape *shape = canvas->shapes->pdata[i];
        any = shape->kind == SHAPE_HATCH;
    }
    if (!any)
        return;
    g_autofree char *id = g_strconcat(prefix, "-hatch", NULL);
    xmlTextWriterStartElement(writer, BAD_CAST "defs");
    xmlTextWriterStartElement(writer, BAD_CAST "pattern");
    attribute(writer, "id", id);
    attribute(writer, "width", "7");
    attribute(writer, "height", "7");
    attribute(writer, "patternUnits", "userSpaceOnUse");
    attribute(writer, "patternTransform", "rotate(45)");
    xmlTextWriterStartElement(writer, BAD_CAST "path");
    attribute(writer, "class", "s-grid");
    attribute(writer, "d", "M3.5 0V7");
    colour(writer, "stroke", canvas->colours, TOKEN_GRID);
    attribute(writer, "stroke-width", "1");
    xmlTextWriterEndElement(writer);
    xmlTextWriterEndElement(writer);
    xmlTextWriterEndElement(writer);
}

static void write_shape(xmlTextWriter *writer, const struct shape *shape,
                        const char *id) {
    static void (*const writers[])(xmlTextWriter *, const struct shape *) = {
        [SHAPE_RECTANGLE] = write_rectangle,
        [SHAPE_CIRCLE] = write_circle,
        [SHAPE_PATH] = write_path,
        [SHAPE_TEXT] = write_text,
    };
    if (shape->kind == SHAPE_HATCH)
        write_hatch(writer, shape, id);
    else
        writers[shape->kind](writer, shape);
    xmlTextWriterWriteString(writer, BAD_CAST "\n");
}

static void write_named(xmlTextWriter *writer, const char *element, const char *id,
                        const char *suffix, const char *text) {
    g_autofree char *full = g_strconcat(id, suffix, NULL);
    xmlTextWriterStartElement(writer, BAD_CAST element);
    attribute(writer, "id", full);
    xmlTextWriterWriteString(writer, BAD_CAST text);
    xmlTextWriterFullEndElement(writer);
    xmlTextWriterWriteString(writer, BAD_CAST "\n");
}

static void write_root(xmlTextWriter *writer, const struct canvas *canvas,
                       const char *prefix) {
    char width[G_ASCII_DTOSTR_BUF_SIZE], height[G_ASCII_DTOSTR_BUF_SIZE];
    format_number(canvas->width, width);
    format_number(canvas->height, height);
    g_autofree char *box = g_strdup_printf("0 0 %s %s", width, height);
    g_autofree char *labels = g_strdup_printf("%s-t %s-d", prefix, prefix);
    xmlTextWriterStartElement(writer, BAD_CAST "svg");
    attribute(writer, "xmlns", "http://www.w3.org/2000/svg");
    attribute(writer, "viewBox", box);
    attribute(writer, "width", width);
    attribute(writer, "height", height);
    attribute(writer, "role", "img");
    attribute(writer, "aria-labelledby", labels);
    attribute(writer, "xml:lang", words_code(canvas->language));
    attribute(writer, "font-family", FAMILIES);
    xmlTextWriterWriteString(writer, BAD_CAST "\n");
    write_named(writer, "title", prefix, "-t", canvas->title);
    write_named(writer, "desc", prefix, "-d", canvas->description);
}

void canvas_svg_begin(void) {
    xmlInitParser(); /* not by two threads at once */
}

GBytes *canvas_svg(const struct canvas *canvas) {
    /* Both layouts of a chart may stand in one page. */
    g_autofree char *prefix =
        g_strconcat(canvas->id, canvas->width < 1200 ? "-n" : "-w", NULL);
    xmlBuffer *buffer = xmlBufferCreate();
    xmlTextWriter *writer = xmlNewTextWriterMemory(buffer, 0);
    g_assert(writer != NULL);
    write_root(writer, canvas, prefix);
    write_hatch_pattern(writer, canvas, prefix);
    for (guint i = 0; i < canvas->shapes->len; i++)
        write_shape(writer, canvas->shapes->pdata[i], prefix);
    xmlTextWriterFullEndElement(writer);
    xmlTextWriterWriteString(writer, BAD_CAST "\n");
    xmlFreeTextWriter(writer);
    GBytes *bytes = g_bytes_new(xmlBufferContent(buffer), (gsize)xmlBufferLength(buffer));
    xmlBufferFree(buffer);
    return bytes;
}
