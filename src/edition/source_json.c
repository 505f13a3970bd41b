#include "edition_json.h"

#include "member.h"

#define ACCOUNT_KEYS "header", "stored", "updated", "duplicates", "rejected", "blank"

static void write_account(json_t *object, const struct edition_account *account) {
    member_set(object, "header", json_integer(account->header));
    member_set(object, "stored", json_integer(account->stored));
    member_set(object, "updated", json_integer(account->updated));
    member_set(object, "duplicates", json_integer(account->duplicates));
    member_set(object, "rejected", json_integer(account->rejected));
    member_set(object, "blank", json_integer(account->blank));
}

static struct edition_account read_account(const struct json_node *node) {
    return (struct edition_account){
        .header = json_node_count(node, "header"),
        .stored = json_node_count(node, "stored"),
        .updated = json_node_count(node, "updated"),
        .duplicates = json_node_count(node, "duplicates"),
        .rejected = json_node_count(node, "rejected"),
        .blank = json_node_count(node, "blank"),
    };
}

static json_t *write_source(const struct edition_source *source) {
    const struct edition_account *records = &source->records;
    json_t *object = json_object();
    member_set(object, "profile", json_string(source->profile));
    member_set(object, "sha256", json_string(source->sha256));
    member_set(object, "records",
               json_integer(records->stored + records->updated + records->duplicates +
                            records->rejected));
    write_account(object, records);
    json_t *bytes = json_object();
    member_set(object, "bytes", bytes);
    member_set(bytes, "total", json_integer(source->bytes_total));
    member_set(bytes, "mark", json_integer(source->bytes.mark));
    write_account(bytes, &source->bytes);
    return object;
}

json_t *source_json_write(const struct edition *edition) {
    json_t *array = json_array();
    for (guint i = 0; i < edition->sources->len; i++)
        member_append(array, write_source(g_ptr_array_index(edition->sources, i)));
    return array;
}

/* In doubles: the sum of a hostile document's counts may pass 64 bits. */
static double sum_account(const struct edition_account *account) {
    return (double)account->stored + (double)account->updated +
           (double)account->duplicates + (double)account->rejected;
}

static void read_source(struct edition_source *source, const struct json_node *node) {
    source->profile = g_strdup(json_node_string(node, "profile"));
    source->sha256 = member_read_sha256(node, "sha256");
    source->records = read_account(node);
    if ((double)json_node_count(node, "records") != sum_account(&source->records))
        json_node_problem(node, "records",
                          "this is not the sum of its parts; correct it");
    const struct json_node bytes =
        json_node_object(node, "bytes", KEYS("total", "mark", ACCOUNT_KEYS));
    source->bytes = read_account(&bytes);
    source->bytes.mark = json_node_count(&bytes, "mark");
    source->bytes_total = json_node_count(&bytes, "total");
    if ((double)source->bytes_total !=
        sum_account(&source->bytes) + (double)source->bytes.mark +
            (double)source->bytes.header + (double)source->bytes.blank)
        json_node_problem(&bytes, "total",
                          "this is not the sum of its parts; correct it");
}

void source_json_read(struct edition *edition, const struct json_node *root) {
    const struct json_node sources = json_node_array(root, "sources", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&sources); i++) {
        const struct json_node node = json_node_object_at(
            &sources, i, KEYS("profile", "sha256", "records", "bytes", ACCOUNT_KEYS));
        read_source(edition_add_source(edition), &node);
    }
}
