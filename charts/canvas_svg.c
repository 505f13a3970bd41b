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

/* One decimal, a fifth of a pixel at most, or none where it is 0. */
static void format_number(double value, char text[static G_ASCII_DTOSTR_BUF_SIZE]) {
    g_assert(isfinite(value) && fabs(value) < 1e6);
    g_ascii_formatd(text, G_ASCII_DTOSTR_BUF_SIZE, "%.1f", value);
    const size_t length = strlen(text);
    if (text[length - 1] == '0')
        text[length - 2] = '\0';
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
    char width[G_ASCII_DTOSTR_BUF_SIZE];
    attribute(writer, "stroke-width",
              g_ascii_formatd(width, sizeof width, "%.3g", shape->pen.width));
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

/* Lines along an axis, as most are, name one coordinate. */
static void append_points(GString *path, const struct shape *shape) {
    char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];
    char last_x[G_ASCII_DTOSTR_BUF_SIZE] = "", last_y[G_ASCII_DTOSTR_BUF_SIZE] = "";
    for (guint i = 0; i < shape->points->len; i++) {
        const struct point *point = &g_array_index(shape->points, struct point, i);
        format_number(point->x, x);
        format_number(point->y, y);
        if (i > 0 && strcmp(x, last_x) == 0)
            g_string_append_printf(path, "V%s", y);
        else if (i > 0 && strcmp(y, last_y) == 0)
            g_string_append_printf(path, "H%s", x);
        else
            g_string_append_printf(path, "%c%s %s", i == 0 ? 'M' : 'L', x, y);
        memcpy(last_x, x, sizeof x);
        memcpy(last_y, y, sizeof y);
    }
    if (shape->closed)
        g_string_append_c(path, 'Z');
}

static bool is_line(const struct shape *shape) {
    return shape->kind == SHAPE_PATH && shape->fill == TOKEN_NONE;
}

static bool same_pen(const struct pen *one, const struct pen *other) {
    return one->token == other->token && one->width == other->width &&
           one->dash == other->dash && one->gap == other->gap &&
           one->round == other->round;
}

/* Lines drawn one after the other with one pen are one path. Returns how many shapes it
 * holds. */
static guint write_path(xmlTextWriter *writer, const GPtrArray *shapes, guint first) {
    const struct shape *shape = shapes->pdata[first];
    GString *path = g_string_new(NULL);
    guint end = first;
    do {
        append_points(path, shapes->pdata[end++]);
    } while (is_line(shape) && end < shapes->len && is_line(shapes->pdata[end]) &&
             same_pen(&shape->pen, &((const struct shape *)shapes->pdata[end])->pen));
    xmlTextWriterStartElement(writer, BAD_CAST "path");
    attribute(writer, "d", path->str);
    paint(writer, shape);
    xmlTextWriterEndElement(writer);
    g_string_free(path, TRUE);
    return end - first;
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
    attribute(writer, "width", "10");
    attribute(writer, "height", "10");
    attribute(writer, "patternUnits", "userSpaceOnUse");
    xmlTextWriterStartElement(writer, BAD_CAST "path");
    attribute(writer, "class", "s-grid");
    attribute(writer, "d", "M-1 1L1 -1M-1 11L11 -1M9 11L11 9");
    colour(writer, "stroke", canvas->colours, TOKEN_GRID);
    attribute(writer, "stroke-width", "1");
    xmlTextWriterEndElement(writer);
    xmlTextWriterEndElement(writer);
    xmlTextWriterEndElement(writer);
}

/* Writes the shape, and those that share its element; returns how many. */
static guint write_shape(xmlTextWriter *writer, const GPtrArray *shapes, guint first,
                         const char *id) {
    const struct shape *shape = shapes->pdata[first];
    guint count = 1;
    switch (shape->kind) {
    case SHAPE_RECTANGLE:
        write_rectangle(writer, shape);
        break;
    case SHAPE_CIRCLE:
        write_circle(writer, shape);
        break;
    case SHAPE_PATH:
        count = write_path(writer, shapes, first);
        break;
    case SHAPE_TEXT:
        write_text(writer, shape);
        break;
    case SHAPE_HATCH:
        write_hatch(writer, shape, id);
        break;
    }
    xmlTextWriterWriteString(writer, BAD_CAST "\n");
    return count;
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
    for (guint i = 0; i < canvas->shapes->len;)
        i += write_shape(writer, canvas->shapes, i, prefix);
    xmlTextWriterFullEndElement(writer);
    xmlTextWriterWriteString(writer, BAD_CAST "\n");
    xmlFreeTextWriter(writer);
    GBytes *bytes = g_bytes_new(xmlBufferContent(buffer), (gsize)xmlBufferLength(buffer));
    xmlBufferFree(buffer);
    return bytes;
}
