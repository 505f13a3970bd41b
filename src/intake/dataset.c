#include "barometre/dataset.h"

#include "barometre/error.h"
#include "barometre/month.h"
#include "barometre/text.h"
#include "dataset_file.h"
#include "limit.h"

#include <string.h>

enum { FIRST_YEAR = 1990, DAY_SECONDS = 86400, VERSION_PARTS = 3 };

static const struct profile profile = {.id = (char *)DATASET_PROFILE,
                                       .family = (char *)DATASET_PROFILE};

/* What the reading has besides the dataset. */
struct reading {
    const struct registry *registry;
    int32_t today;
    const struct dataset_sink *sink;
    struct dataset *dataset;
    GPtrArray *manifest;  /* "path NUL hash" of every file */
    GHashTable *services; /* apart */
};

void dataset_clear(struct dataset *dataset) {
    g_clear_pointer(&dataset->export, export_free);
}

static bool take_digits(const char **text, int count, char after, int *number) {
    *number = 0;
    for (int i = 0; i < count; i++, (*text)++) {
        if (!g_ascii_isdigit(**text))
            return false;
        *number = *number * 10 + g_ascii_digit_value(**text);
    }
    return *(*text)++ == after;
}

/* "2022-09-05T12-25-01Z.md" */
static bool parse_instant(const char *name, int64_t *seen) {
    int year, month, day_of_month, hour, minute, second;
    int32_t day;
    if (!take_digits(&name, 4, '-', &year) || !take_digits(&name, 2, '-', &month) ||
        !take_digits(&name, 2, 'T', &day_of_month) ||
        !take_digits(&name, 2, '-', &hour) || !take_digits(&name, 2, '-', &minute) ||
        !take_digits(&name, 2, 'Z', &second) || strcmp(name, ".md") != 0 ||
        !day_from_date(year, month, day_of_month, &day) || hour > 23 || minute > 59 ||
        second > 60)
        return false;
    *seen = (int64_t)day * DAY_SECONDS + hour * 3600 + minute * 60 + second;
    return true;
}

/* The last parts of a path, or all where it has fewer: what lies above them is the name
 * of the folder that the dataset is in. */
static const char *last_parts(const char *path, int count, int *found) {
    const char *from = path + strlen(path);
    for (*found = 0; *found < count && from > path; ++*found) {
        while (from > path && from[-1] == '/')
            from--;
        while (from > path && from[-1] != '/')
            from--;
    }
    return from;
}

static bool is_version_path(const char *path) {
    int parts;
    int64_t seen;
    const char *name = last_parts(path, 1, &parts);
    last_parts(path, VERSION_PARTS, &parts);
    return parts == VERSION_PARTS && parse_instant(name, &seen);
}

static bool look_on(void *found, const char *path) {
    *(bool *)found = is_version_path(path);
    return !*(bool *)found;
}

bool dataset_is(const char *path) {
    bool found = false;
    if (!g_file_test(path, G_FILE_TEST_IS_DIR))
        return parcel_has_member(path, is_version_path);
    dataset_files_walk(path, look_on, &found);
    return found;
}

/* What says what the dataset is: accounted as its header. */
static bool is_about(const char *path) {
    static const char *const names[] = {"README.md", "LICENSE", "LICENSE.md"};
    int parts;
    const char *name = last_parts(path, 1, &parts);
    last_parts(path, VERSION_PARTS, &parts);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (parts < VERSION_PARTS && strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static bool put_reject(const struct reading *reading, const struct dataset_file *file,
                       enum reject_rule rule, enum account_kind *where, GError **error) {
    g_autofree char *shown = g_utf8_make_valid(file->path, -1);
    const struct reject reject = {
        .rule = rule,
        .line = 1,
        .offset = reading->dataset->account.bytes_total,
        .length = (int64_t)strlen(shown),
        .label = shown,
    };
    *where = ACCOUNT_REJECTED;
    return reading->sink->reject(reading->sink->data, &reject, shown, error);
}

static bool put_apart(struct reading *reading, char *service, enum account_kind *where) {
    reading->dataset->versions_apart++;
    reading->dataset->services_apart +=
        g_hash_table_add(reading->services, g_strdup(service));
    *where = ACCOUNT_BLANK;
    return true;
}

static bool is_blank(const GString *text) {
    return text->len == strspn(text->str, " \t\n\v\f\r");
}

static bool read_version(struct reading *reading, const struct dataset_file *file,
                         enum account_kind *where, GError **error) {
    int parts;
    const char *path = last_parts(file->path, VERSION_PARTS, &parts);
    g_auto(GStrv) names = g_strsplit(path, "/", VERSION_PARTS);
    if (parts < VERSION_PARTS || !g_str_has_suffix(path, ".md"))
        return put_reject(reading, file, REJECT_NO_VERSION, where, error);
    g_autofree char *service = text_clamp(names[0]);
    g_autofree char *type = text_clamp(names[1]);
    struct dataset_version version = {.service = service,
                                      .type = type,
                                      .text = file->text->str,
                                      .length = file->text->len};
    if (registry_find(reading->registry, service) < 0)
        return put_apart(reading, service, where);
    if (!parse_instant(names[2], &version.seen))
        return put_reject(reading, file, REJECT_DATE, where, error);
    int32_t first_day = 0;
    day_from_date(FIRST_YEAR, 1, 1, &first_day);
    if (version.seen < (int64_t)first_day * DAY_SECONDS ||
        version.seen >= ((int64_t)reading->today + 1) * DAY_SECONDS)
        return put_reject(reading, file, REJECT_DATE_RANGE, where, error);
    if (file->size > LIMIT_TERMS_BYTES)
        return put_reject(reading, file, REJECT_TOO_LONG, where, error);
    if (!g_utf8_validate_len(version.text, version.length, NULL))
        return put_reject(reading, file, REJECT_ENCODING, where, error);
    if (is_blank(file->text)) { /* a fetch of nothing: no version of the terms */
        *where = ACCOUNT_BLANK;
        return true;
    }
    memcpy(version.sha256, file->sha256, sizeof version.sha256);
    return reading->sink->version(reading->sink->data, &version, where, error);
}

static bool read_file(struct reading *reading, const struct dataset_file *file,
                      GError **error) {
    struct account *account = &reading->dataset->account;
    enum account_kind where = ACCOUNT_HEADER;
    if (reading->sink != NULL && !is_about(file->path) &&
        !read_version(reading, file, &where, error))
        return false;
    account->records[where]++;
    account->bytes[where] += file->size;
    account->bytes_total += file->size;
    int parts;
    g_ptr_array_add(
        reading->manifest,
        g_strdup_printf(
            "%s\n%s\n",
            last_parts(file->path, is_about(file->path) ? 1 : VERSION_PARTS, &parts),
            file->sha256));
    return true;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The same for a folder and a zip of it: the hash of all paths with their hashes. */
static void identify(struct reading *reading) {
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_ptr_array_sort(reading->manifest, by_text);
    for (guint i = 0; i < reading->manifest->len; i++)
        g_checksum_update(checksum, g_ptr_array_index(reading->manifest, i), -1);
    g_strlcpy(reading->dataset->export->sha256, g_checksum_get_string(checksum),
              EXPORT_SHA256_SIZE);
}

static bool read_files(struct reading *reading, const char *path, const char *folder,
                       GError **error) {
    struct dataset_files files;
    bool good = dataset_files_open(&files, path, folder, error);
    while (good && (good = dataset_files_next(&files, error)) && files.file.path != NULL)
        good = read_file(reading, &files.file, error);
    dataset_files_clear(&files);
    return good;
}

static bool check_concerned(const struct dataset *dataset, GError **error) {
    if (account_records(&dataset->account) > 0)
        return true;
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                dataset->services_apart > 0
                    ? "%s: none of its services is a marketplace of marketplaces.json; "
                      "add the service to the aliases there"
                    : "%s: holds no file <service>/<terms type>/<date>.md; give the "
                      "folder or the zip of a dataset",
                dataset->export->name);
    return false;
}

bool dataset_read(const char *path, const char *folder, const struct registry *registry,
                  int32_t today, const struct dataset_sink *sink, struct dataset *dataset,
                  GError **error) {
    g_autofree char *base = g_path_get_basename(path);
    *dataset = (struct dataset){.export = g_new0(struct export, 1)};
    dataset->export->name = text_clamp(base);
    dataset->export->fd = -1;
    dataset->export->size = -1;
    dataset->export->profile = &profile;
    dataset->export->format = "Markdown";
    dataset->export->encoding = "UTF-8";
    g_autoptr(GPtrArray) manifest = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) services =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct reading reading = {registry, today, sink, dataset, manifest, services};
    if (!read_files(&reading, path, folder, error))
        return false;
    identify(&reading);
    return sink == NULL || check_concerned(dataset, error);
}
