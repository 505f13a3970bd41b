/* How fast CSV is read on one thread, beside bare libcsv on the same bytes:
 *
 *     reading EXPORT [ROUNDS]
 *
 * "libcsv" gives the whole file to csv_parse with callbacks that only count. "cut" cuts
 * it into records, checked; "cut and take" also takes the fields of a profile's six
 * columns, as an ingest does. Rounds alternate, so that a busy machine slows all alike;
 * seconds are those of the processor. */
#include "export_csv.h"
#include "record.h"

#include <csv.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

struct counts {
    size_t fields, records, bytes;
};

static void count_field(void *text, size_t length, void *data) {
    struct counts *counts = data;
    (void)text;
    counts->fields++;
    counts->bytes += length;
}

static void count_record(int end, void *data) {
    (void)end;
    ((struct counts *)data)->records++;
}

static struct counts parse(const char *bytes, size_t length) {
    enum { PIECE_BYTES = 1 << 20 };
    struct csv_parser parser;
    struct counts counts = {0, 0, 0};
    csv_init(&parser, 0);
    for (size_t at = 0; at < length; at += PIECE_BYTES)
        csv_parse(&parser, bytes + at, MIN(length - at, (size_t)PIECE_BYTES), count_field,
                  count_record, &counts);
    csv_fini(&parser, count_field, count_record, &counts);
    csv_free(&parser);
    return counts;
}

/* Cuts records; takes fields where a reader is given. */
static struct counts cut(const char *bytes, size_t length, struct csv_record *reader) {
    struct record_rules rules;
    struct counts counts = {0, 0, 0};
    struct record record;
    record_rules_init(&rules, ',');
    for (size_t at = 0; at < length; at += record.length) {
        if (!record_cut(&rules, bytes + at, length - at, true, &record))
            abort();
        counts.records += record.kind == RECORD_WHOLE;
        counts.bytes += record.length;
        if (reader != NULL && record.kind == RECORD_WHOLE &&
            csv_record_read(reader, bytes + at, record.length))
            counts.fields += csv_record_row(reader)->count;
    }
    return counts;
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, compare);
    return values[count / 2];
}

int main(int argc, char **argv) {
    enum { MOST_ROUNDS = 99, KINDS = 3 };
    static const char *const names[KINDS] = {"libcsv", "cut", "cut and take"};
    static const bool wanted[10] = {
        [0] = true, [2] = true, [6] = true, [7] = true, [8] = true, [9] = true};
    static double spent[KINDS][MOST_ROUNDS], ratios[KINDS][MOST_ROUNDS];
    const int rounds = argc > 2 ? CLAMP(atoi(argv[2]), 1, MOST_ROUNDS) : 5;
    const int fd = argc > 1 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        fputs("reading: say EXPORT [ROUNDS]\n", stderr);
        return 64;
    }
    const size_t length = (size_t)status.st_size;
    const char *bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    scoped(csv_record) *reader = csv_record_new(',', wanted, G_N_ELEMENTS(wanted));
    struct counts counts[KINDS];
    for (int r = 0; r < rounds; r++)
        for (int k = 0; k < KINDS; k++) {
            const double start = seconds();
            counts[k] = k == 0 ? parse(bytes, length)
                               : cut(bytes, length, k == 1 ? NULL : reader);
            spent[k][r] = seconds() - start;
            ratios[k][r] = spent[0][r] / spent[k][r];
        }
    printf("%-14s %10s %8s %8s %s\n", "", "records", "s", "MB/s", "of libcsv's speed");
    for (int k = 0; k < KINDS; k++) {
        const double typical = median(spent[k], rounds);
        printf("%-14s %10zu %8.2f %8.0f %.2f\n", names[k], counts[k].records, typical,
               (double)length / 1e6 / typical, median(ratios[k], rounds));
    }
    return counts[0].records == counts[1].records ? 0 : 1;
}
