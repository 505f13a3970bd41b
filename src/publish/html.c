#include "html.h"

#include "barometre/text.h"

#include <stdbool.h>

void html_begin(struct html *html) {
    html->buffer = xmlBufferCreate();
    html->xml = xmlNewTextWriterMemory(html->buffer, 0);
}

GBytes *html_finish(struct html *html) {
    xmlTextWriterFlush(html->xml);
    xmlFreeTextWriter(html->xml);
    GString *document = g_string_new_len((const char *)xmlBufferContent(html->buffer),
                                         xmlBufferLength(html->buffer));
    g_string_append_c(document, '\n');
    xmlBufferFree(html->buffer);
    *html = (struct html){NULL, NULL};
    return g_string_free_to_bytes(document);
}

void html_doctype(const struct html *html) {
    xmlTextWriterWriteDTD(html->xml, (const xmlChar *)"html", NULL, NULL, NULL);
}

static bool is_kept(gunichar c) {
    if (c == '\n' || c == '\t')
        return true;
    return c >= 0x20 && !(c >= 0x7f && c <= 0x9f) && !text_turns(c) &&
           (c & 0xfffe) != 0xfffe;
}

char *html_clean(const char *content) {
    g_autofree char *valid = g_utf8_make_valid(content, -1);
    GString *clean = g_string_new(NULL);
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p))
        if (is_kept(g_utf8_get_char(p)))
            g_string_append_unichar(clean, g_utf8_get_char(p));
    return g_string_free(clean, FALSE);
}

static void write_attributes(const struct html *html, const char *const *attributes) {
    for (; attributes != NULL && *attributes != NULL; attributes += 2) {
        g_autofree char *value = html_clean(attributes[1]);
        xmlTextWriterWriteAttribute(html->xml, (const xmlChar *)attributes[0],
                                    (const xmlChar *)value);
    }
}

void html_open(const struct html *html, const char *name, const char *const *attributes) {
    xmlTextWriterStartElement(html->xml, (const xmlChar *)name);
    write_attributes(html, attributes);
}

void html_close(const struct html *html) {
    xmlTextWriterFullEndElement(html->xml); /* never <td/> */
}

void html_text(const struct html *html, const char *content) {
    g_autofree char *clean = html_clean(content);
    xmlTextWriterWriteString(html->xml, (const xmlChar *)clean);
}

void html_element(const struct html *html, const char *name,
                  const char *const *attributes, const char *content) {
    html_open(html, name, attributes);
    html_text(html, content);
    html_close(html);
}

void html_void(const struct html *html, const char *name, const char *const *attributes) {
    html_open(html, name, attributes);
    xmlTextWriterEndElement(html->xml);
}

void html_raw(const struct html *html, GBytes *markup) {
    gsize length;
    const char *bytes = g_bytes_get_data(markup, &length);
    xmlTextWriterWriteRawLen(html->xml, (const xmlChar *)bytes, (int)length);
}
