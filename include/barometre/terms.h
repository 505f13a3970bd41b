/* Terms: the documents that a marketplace binds its users with, as an archive recorded
 * them, version by version, and which of the versions are changes.
 *
 * A recorded version is not a change. An archive fetches pages, and a page that is served
 * in two variants, or that carries a counter, makes a new version at every fetch. What
 * counts is told by rules of the method alone; they are applied to the versions anew for
 * every edition, so a change of the method changes nothing that is stored. An archive
 * knows when a text was published, never when it was announced.
 */
#ifndef BAROMETRE_TERMS_H
#define BAROMETRE_TERMS_H

#include "barometre/method.h"
#include "barometre/scope.h"

#define TERMS_SHA256_SIZE 65

struct edition;

/* One recorded version. */
struct terms_version {
    int64_t seen;                   /* seconds since 1970-01-01, UTC */
    char sha256[TERMS_SHA256_SIZE]; /* of its content, hexadecimal */
    /* Words that the version before it does not have, and the reverse (difference of
     * multisets); 0 of the first version. Read where the content is new only. */
    int64_t words_added, words_removed;
};

/* One document: a type of terms of a service. */
struct terms_document {
    int place; /* index in the registry */
    char *service, *type;
    GArray *versions; /* struct terms_version, by time, then hash */
};

/* What a version is to its document. */
enum terms_verdict {
    TERMS_FIRST,  /* the tracking begins */
    TERMS_RETURN, /* its content was seen before */
    TERMS_SMALL,  /* a new content, but fewer words differ than count */
    TERMS_CHANGE, /* a change; the first one of those that are told as one */
    TERMS_JOINED, /* a change that is told with the last TERMS_CHANGE */
};

enum terms_pattern {
    TERMS_STEADY,
    TERMS_FLIP_FLOP, /* contents that were seen come back: the page has variants */
    TERMS_DYNAMIC,   /* new contents all the time: the page holds more than the terms, and
                        nothing of it is a change */
    TERMS_PATTERNS
};

/* "steady", "flip_flop", "dynamic". */
const char *terms_pattern_code(enum terms_pattern pattern);

/* What the versions of a document come to. */
struct terms_judgement {
    int versions, contents, returns;
    enum terms_pattern pattern;
    GArray *verdicts; /* enum terms_verdict, by version; g_array_unref */
};

/* Judges the versions seen before `end` (seconds), which come by time, then hash. The
 * same whatever they were imported with. */
struct terms_judgement terms_judge(const struct terms_document *document,
                                   const struct method_terms *method, int64_t end);

/* A document without versions; names are copied. Free with terms_document_free. */
struct terms_document *terms_document_new(int place, const char *service,
                                          const char *type);
void terms_document_free(struct terms_document *document);
SCOPE_DEFINE(terms_document)

/* Fills the observed terms of every marketplace of an edition from all documents
 * (struct terms_document), in their order. Versions seen after its window do not count. A
 * method without terms leaves them empty. Public acts: nothing is hidden. */
void terms_fill(struct edition *edition, const struct method *method,
                const GPtrArray *documents);

#endif
