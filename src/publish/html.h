/* A writer of HTML and Atom: libxml2 escapes, this keeps out what no document may hold.
 *
 * What is written is well-formed XML and HTML 5 alike: elements close in full, void ones
 * by html_void. Nothing fails: libxml2 wants for memory only, as GLib does.
 */
#ifndef BAROMETRE_HTML_H
#define BAROMETRE_HTML_H

#include <glib.h>
#include <libxml/xmlwriter.h>

/* Attributes of an element: names and values, NULL at the end. */
#define HTML(...) ((const char *const[]){__VA_ARGS__, NULL})

struct html {
    xmlBuffer *buffer;
    xmlTextWriter *xml;
};

void html_begin(struct html *html);

/* The document, with a final newline; `html` is used up. The caller unrefs. */
GBytes *html_finish(struct html *html);

void html_doctype(const struct html *html);

/* `attributes` may be NULL. */
void html_open(const struct html *html, const char *name, const char *const *attributes);
void html_close(const struct html *html);
void html_text(const struct html *html, const char *content);

/* Opens, writes and closes. */
void html_element(const struct html *html, const char *name,
                  const char *const *attributes, const char *content);

/* An element that HTML never closes: meta, link, img, source. */
void html_void(const struct html *html, const char *name, const char *const *attributes);

/* Markup of the program's own, as it is. */
void html_raw(const struct html *html, GBytes *markup);

/* The text without control and bidirectional characters, as valid UTF-8; line breaks and
 * tabs stay. The caller frees. */
char *html_clean(const char *content);

#endif
