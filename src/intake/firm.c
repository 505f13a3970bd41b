#include "barometre/firm.h"

#include "barometre/error.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool refuse_key(const char *file, const char *what, GError **error) {
    g_set_error(error, BAROMETRE_ERROR, ERROR_UNSAFE, "%s: %s", file, what);
    return false;
}

bool firm_key_read(const char *file, unsigned char key[static FIRM_KEY_BYTES],
                   GError **error) {
    /* Without waiting: a FIFO has no bytes until somebody writes. */
    const int fd = open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return refuse_key(
            file,
            errno == ENOENT ? "there is no key; restore it from your backup, since firms "
                              "already stored cannot be matched without it"
                            : "the key cannot be opened; it must be a file of yours",
            error);
    struct stat status;
    unsigned char bytes[FIRM_KEY_BYTES + 1];
    const bool regular = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    const ssize_t count = regular ? read(fd, bytes, sizeof bytes) : -1;
    close(fd);
    if (!regular)
        return refuse_key(
            file, "the key is not a regular file; restore it from your backup", error);
    if (count == FIRM_KEY_BYTES)
        memcpy(key, bytes, FIRM_KEY_BYTES);
    explicit_bzero(bytes, sizeof bytes);
    if ((status.st_mode & 077) != 0)
        return refuse_key(
            file, "others can read or write the key; take that away: chmod 600 key",
            error);
    return count == FIRM_KEY_BYTES ||
           refuse_key(file, "the key is not 32 bytes; restore it from your backup",
                      error);
}

/* The MAC is computed from two prepared states, the inner and the outer pad (RFC 2104
 * §4): the key is hashed once per thread, not once per firm. */
struct firm_hash {
    EVP_MD_CTX *inner, *outer, *work;
};

static EVP_MD_CTX *padded(const unsigned char *key, unsigned char pad) {
    unsigned char block[64];
    memset(block, pad, sizeof block);
    for (int i = 0; i < FIRM_KEY_BYTES; i++)
        block[i] ^= key[i];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context == NULL || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1 ||
        EVP_DigestUpdate(context, block, sizeof block) != 1)
        g_error("libcrypto has no SHA-256");
    explicit_bzero(block, sizeof block);
    return context;
}

struct firm_hash *firm_hash_new(const unsigned char key[static FIRM_KEY_BYTES]) {
    struct firm_hash *hash = g_new0(struct firm_hash, 1);
    hash->inner = padded(key, 0x36);
    hash->outer = padded(key, 0x5c);
    hash->work = EVP_MD_CTX_new();
    return hash;
}

void firm_hash_free(struct firm_hash *hash) {
    if (hash == NULL)
        return;
    EVP_MD_CTX_free(hash->inner);
    EVP_MD_CTX_free(hash->outer);
    EVP_MD_CTX_free(hash->work);
    g_free(hash);
}

static int64_t mac(struct firm_hash *hash, const char *prefix, const char *text) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = sizeof digest;
    const bool done = EVP_MD_CTX_copy_ex(hash->work, hash->inner) == 1 &&
                      EVP_DigestUpdate(hash->work, prefix, strlen(prefix)) == 1 &&
                      EVP_DigestUpdate(hash->work, text, strlen(text)) == 1 &&
                      EVP_DigestFinal_ex(hash->work, digest, &size) == 1 &&
                      EVP_MD_CTX_copy_ex(hash->work, hash->outer) == 1 &&
                      EVP_DigestUpdate(hash->work, digest, size) == 1 &&
                      EVP_DigestFinal_ex(hash->work, digest, &size) == 1;
    g_assert(done);
    uint64_t first = 0;
    for (int i = 0; i < 8; i++)
        first = first << 8 | digest[i];
    return (int64_t)first;
}

int64_t firm_of_siren(struct firm_hash *hash, const char *siren) {
    return mac(hash, "", siren);
}

int64_t firm_of_id(struct firm_hash *hash, const char *id) {
    return mac(hash, "id:", id); /* no id can pass for a SIREN */
}

static bool luhn(const char *digits, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
        const int digit = digits[count - 1 - i] - '0';
        sum += i % 2 == 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
    }
    return sum % 10 == 0;
}

static bool la_poste(const char *siret) {
    int sum = 0;
    for (int i = 0; i < 14; i++)
        sum += siret[i] - '0';
    return strncmp(siret, "356000000", 9) == 0 && sum % 5 == 0;
}

bool firm_siren_parse(const char *text, char siren[static 10]) {
    char digits[15];
    int count = 0;
    for (const char *p = text; *p != '\0'; p++) {
        if (g_ascii_isdigit(*p)) {
            if (count == 14)
                return false;
            digits[count++] = *p;
        } else if (g_str_has_prefix(p, "\u00A0") || g_str_has_prefix(p, "\u202F")) {
            p = g_utf8_next_char(p) - 1;
        } else if (*p != ' ') {
            return false;
        }
    }
    digits[count] = '\0';
    if (count != 9 && count != 14)
        return false;
    if (!luhn(digits, count) && !(count == 14 && la_poste(digits)))
        return false;
    memcpy(siren, digits, 9);
    siren[9] = '\0';
    return true;
}
