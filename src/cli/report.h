/* The report of a night: what the analyst reads, and run.json for machines, in
 * runs/<UTC>-<n>/. No names of people, no row content. */
#ifndef BAROMETRE_REPORT_H
#define BAROMETRE_REPORT_H

#include "cli.h"

#include "barometre/edition.h"

struct report {
    const char *verdict; /* publication_verdict, "previewed", "refused" or "failed" */
    int exit_status;
    int32_t as_of;
    char *generation;            /* NULL where nothing was published */
    json_t *sources;             /* rows of the exports met this night */
    json_t *problems;            /* sentences */
    struct edition *provisional; /* of the month in progress, or NULL */
    GString *summary;            /* lines, the verdict first */
};

void report_init(struct report *report, int32_t as_of);
void report_clear(struct report *report);

/* Adds a line to the summary. */
void report_line(struct report *report, const char *line);

/* Writes the report below the observatory; fails with ERROR_CREATE or ERROR_IO. */
bool report_write(const struct report *report, const struct cli *cli,
                  const struct observatory *observatory, GError **error);

#endif
