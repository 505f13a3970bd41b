/* A desk with a store on it, and complaints to put in. */
#ifndef STORE_DESK_H
#define STORE_DESK_H

#include "barometre/error.h"
#include "barometre/store.h"
#include "scratch.h"
#include "store_file.h"

/* A store in a directory of its own, with the places a, b, c and the shipped profiles. */
struct desk {
    struct scratch *directory;
    char *file;
    struct registry *registry;
    struct profiles *profiles;
    struct store *store;
    int imports;
};

static inline struct registry *registry_of(const char *directory, const char *ids) {
    g_autoptr(GString) json = g_string_new("{\"registry\":\"1\",\"marketplaces\":[");
    for (const char *id = ids; *id != '\0'; id++)
        g_string_append_printf(json, "%s{\"id\":\"%c\",\"name\":\"%c\"}",
                               id == ids ? "" : ",", *id, *id);
    g_string_append(json, "]}");
    g_autofree char *file = scratch_write(directory, "marketplaces.json", json->str, -1);
    g_autoptr(GError) error = NULL;
    struct registry *registry = registry_load(file, &error);
    g_assert_no_error(error);
    return registry;
}

static inline void open_store(struct desk *desk, const char *ids) {
    g_autoptr(GError) error = NULL;
    store_free(desk->store);
    registry_free(desk->registry);
    desk->registry = registry_of(desk->directory->path, ids);
    desk->store = store_open(desk->file, desk->registry, &error);
    g_assert_no_error(error);
}

static inline struct desk *desk_new(void) {
    g_autofree char *folder = shipped("profiles");
    g_autoptr(GError) error = NULL;
    struct desk *desk = g_new0(struct desk, 1);
    desk->directory = scratch_new();
    desk->file = g_build_filename(desk->directory->path, "store.db", NULL);
    desk->profiles = profiles_load(folder, &error);
    g_assert_no_error(error);
    open_store(desk, "abc");
    return desk;
}

static inline void desk_free(struct desk *desk) {
    store_free(desk->store);
    registry_free(desk->registry);
    profiles_free(desk->profiles);
    scratch_free(desk->directory);
    g_free(desk->file);
    g_free(desk);
}
SCOPE_DEFINE(desk)

static inline struct complaint complaint_of(const char *id, int32_t status,
                                            int32_t heard) {
    struct complaint complaint;
    complaint_clear(&complaint);
    g_strlcpy(complaint.report_id, id, sizeof complaint.report_id);
    complaint.firm = INT64_MIN + 17;
    complaint.marketplace = 1;
    complaint.value[FIELD_RECEIVED_ON] = 20000;
    complaint.value[FIELD_LAST_STATUS_ON] = status;
    complaint.value[FIELD_HEARD] = heard;
    return complaint;
}

static inline void begin(struct desk *desk) {
    g_autoptr(GError) error = NULL;
    store_begin(desk->store, &error);
    g_assert_no_error(error);
}

static inline enum account_kind put(struct desk *desk, const char *profile,
                                    const struct complaint *complaint) {
    enum account_kind where = ACCOUNT_KINDS;
    g_autoptr(GError) error = NULL;
    store_put(desk->store, profiles_find(desk->profiles, profile), complaint, &where,
              &error);
    g_assert_no_error(error);
    return where;
}

static inline void end(struct desk *desk) {
    struct export export = {.name = (char *)"x.csv",
                            .profile = profiles_find(desk->profiles, "canonical")};
    g_snprintf(export.sha256, sizeof export.sha256, "%064d", ++desk->imports);
    const struct account account = {.records[ACCOUNT_STORED] = 3,
                                    .bytes[ACCOUNT_STORED] = 90,
                                    .bytes_total = 100 + desk->imports};
    g_autoptr(GError) error = NULL;
    store_end(desk->store, &export, &account, &error);
    g_assert_no_error(error);
}

static inline char *ask(const struct desk *desk, const char *sql) {
    return store_file_ask(desk->file, sql);
}

#endif
