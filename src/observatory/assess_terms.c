#include "barometre/assess.h"
#include "barometre/dataset.h"
#include "barometre/terms.h"

#include <string.h>

/* Documents of services that are marketplaces today: a name that left the registry
 * since is passed over, one that means another marketplace goes there. */
struct collection {
    const struct registry *registry;
    GPtrArray *documents;
};

static struct terms_document *last_document(const GPtrArray *documents) {
    return documents->len > 0 ? g_ptr_array_index(documents, documents->len - 1) : NULL;
}

static bool add_version(void *data, const char *service, const char *type,
                        const struct terms_version *version) {
    const struct collection *collection = data;
    struct terms_document *document = last_document(collection->documents);
    if (document == NULL || strcmp(document->service, service) != 0 ||
        strcmp(document->type, type) != 0) {
        document = terms_document_new(registry_find(collection->registry, service),
                                      service, type);
        g_ptr_array_add(collection->documents, document);
    }
    g_array_append_val(document->versions, *version);
    return true;
}

bool assess_terms(const struct observatory *observatory, struct store *store,
                  struct edition *edition, GError **error) {
    g_autoptr(GPtrArray) documents =
        g_ptr_array_new_with_free_func((GDestroyNotify)terms_document_free);
    struct collection collection = {observatory->registry, documents};
    if (!store_each_version(store, add_version, &collection, error))
        return false;
    terms_fill(edition, observatory->method, documents);
    return true;
}
