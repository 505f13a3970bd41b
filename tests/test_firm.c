#include "barometre/firm.h"

#include "barometre/error.h"
#include "scratch.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/stat.h>
#include <unistd.h>

static int64_t oracle(const unsigned char *key, const char *text) {
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), key, FIRM_KEY_BYTES, (const unsigned char *)text, strlen(text),
         mac, &size);
    g_assert_cmpuint(size, ==, 32);
    uint64_t first = 0;
    for (int i = 0; i < 8; i++)
        first = first << 8 | mac[i];
    return (int64_t)first;
}

static void a_firm_is_the_first_64_bits_of_openssl_s_hmac(void) {
    GRand *random = g_rand_new_with_seed(1);
    for (int k = 0; k < 50; k++) {
        unsigned char key[FIRM_KEY_BYTES];
        for (int i = 0; i < FIRM_KEY_BYTES; i++)
            key[i] = (unsigned char)g_rand_int_range(random, 0, 256);
        scoped(firm_hash) *hash = firm_hash_new(key);
        for (int n = 0; n < 50; n++) {
            g_autofree char *siren = g_strdup_printf(
                "%09u", (unsigned)g_rand_int_range(random, 0, 1000000000));
            g_autofree char *prefixed = g_strconcat("id:", siren, NULL);
            g_assert_cmpint(firm_of_siren(hash, siren), ==, oracle(key, siren));
            g_assert_cmpint(firm_of_id(hash, siren), ==, oracle(key, prefixed));
        }
    }
    g_rand_free(random);
}

/* RFC 4231 §4.2 with its 20-byte key: HMAC pads keys with zeros, so 32 bytes of it and
 * zeros are the same key. */
static void rfc_4231_case_1_holds(void) {
    unsigned char key[FIRM_KEY_BYTES] = {0};
    memset(key, 0x0b, 20);
    scoped(firm_hash) *hash = firm_hash_new(key);
    g_assert_cmpint(firm_of_siren(hash, "Hi There"), ==,
                    (int64_t)UINT64_C(0xb0344c61d8db3853));
}

static void a_siren_and_an_id_that_look_alike_are_two_firms(void) {
    const unsigned char key[FIRM_KEY_BYTES] = {1};
    scoped(firm_hash) *hash = firm_hash_new(key);
    g_assert_cmpint(firm_of_siren(hash, "732829320"), !=, firm_of_id(hash, "732829320"));
}

static void establishments_of_a_firm_are_one(void) {
    static const struct {
        const char *text, *siren;
    } cases[] = {
        {"732829320", "732829320"},
        {"73282932000074", "732829320"},
        {"732 829 320 00074", "732829320"},
        {"732\u00A0829\u00A0320", "732829320"},
        {"732\u202F829\u202F320\u202F00074", "732829320"},
        {"35600000000048", "356000000"}, /* La Poste, head office: passes Luhn */
        {"35600000049837", "356000000"}, /* one of its offices: sum 45 */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char siren[10] = "";
        if (!firm_siren_parse(cases[i].text, siren))
            g_error("%s is refused", cases[i].text);
        g_assert_cmpstr(siren, ==, cases[i].siren);
    }
}

static void a_wrong_number_is_refused(void) {
    static const char *const wrong[] = {
        "",
        "732829321",
        "73282932000075",
        "7328293200007",
        "732829320000740",
        "73282932O",
        "FR73282932000074",
        "732-829-320",
        "35600000049838",
        "35600000149838",
        "0",
        "        ",
        "732829320\t",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        char siren[10];
        if (firm_siren_parse(wrong[i], siren))
            g_error("'%s' passes", wrong[i]);
    }
}

/* ISO/IEC 7812-1 annex B: the check digit catches every single wrong digit. */
static void one_wrong_digit_never_passes(void) {
    char siret[] = "73282932000074";
    for (int i = 0; i < 14; i++) {
        const char right = siret[i];
        for (char digit = '0'; digit <= '9'; digit++) {
            char siren[10];
            siret[i] = digit;
            g_assert_true(firm_siren_parse(siret, siren) == (digit == right));
        }
        siret[i] = right;
    }
}

static char *write_key(const char *directory, size_t bytes, mode_t mode) {
    char key[64];
    for (size_t i = 0; i < sizeof key; i++)
        key[i] = (char)(i * 7);
    char *file = scratch_write(directory, "key", key, (gssize)bytes);
    g_assert_cmpint(g_chmod(file, (int)mode), ==, 0);
    return file;
}

static void a_private_key_is_read(void) {
    static const mode_t modes[] = {0600, 0400};
    scoped(scratch) *directory = scratch_new();
    for (size_t m = 0; m < G_N_ELEMENTS(modes); m++) {
        g_autofree char *file = write_key(directory->path, FIRM_KEY_BYTES, modes[m]);
        g_autoptr(GError) error = NULL;
        unsigned char key[FIRM_KEY_BYTES];
        g_assert_true(firm_key_read(file, key, &error));
        for (int i = 0; i < FIRM_KEY_BYTES; i++)
            g_assert_cmpint(key[i], ==, (i * 7) & 0xFF);
    }
}

static void expect_unsafe(const char *file, const char *part) {
    unsigned char key[FIRM_KEY_BYTES];
    g_autoptr(GError) error = NULL;
    g_assert_false(firm_key_read(file, key, &error));
    assert_error_says(error, ERROR_UNSAFE, part);
    g_assert_cmpint(error_exit_status(error), ==, 77);
}

static void a_key_that_others_can_read_or_write_is_unsafe(void) {
    static const mode_t modes[] = {0644, 0640, 0604, 0620, 0610, 0601, 0777};
    scoped(scratch) *directory = scratch_new();
    for (size_t m = 0; m < G_N_ELEMENTS(modes); m++) {
        g_autofree char *file = write_key(directory->path, FIRM_KEY_BYTES, modes[m]);
        expect_unsafe(file, "chmod 600");
    }
}

static void a_key_of_another_length_is_unsafe(void) {
    static const size_t lengths[] = {0, 1, 31, 33, 64};
    scoped(scratch) *directory = scratch_new();
    for (size_t l = 0; l < G_N_ELEMENTS(lengths); l++) {
        g_autofree char *file = write_key(directory->path, lengths[l], 0600);
        expect_unsafe(file, "not 32 bytes");
    }
}

static void a_key_that_is_no_file_of_ours_is_unsafe(void) {
    scoped(scratch) *directory = scratch_new();
    g_autofree char *key = write_key(directory->path, FIRM_KEY_BYTES, 0600);
    g_autofree char *absent = g_build_filename(directory->path, "absent", NULL);
    g_autofree char *link = g_build_filename(directory->path, "link", NULL);
    g_autofree char *fifo = g_build_filename(directory->path, "fifo", NULL);
    g_assert_cmpint(symlink(key, link), ==, 0);
    g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
    expect_unsafe(absent, "there is no key");
    expect_unsafe(link, "cannot be opened");
    expect_unsafe(fifo, "not a regular file"); /* and nobody waits for a writer */
    expect_unsafe(directory->path, "not a regular file");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/firm/" #name, name)
    TEST(a_firm_is_the_first_64_bits_of_openssl_s_hmac);
    TEST(rfc_4231_case_1_holds);
    TEST(a_siren_and_an_id_that_look_alike_are_two_firms);
    TEST(establishments_of_a_firm_are_one);
    TEST(a_wrong_number_is_refused);
    TEST(one_wrong_digit_never_passes);
    TEST(a_private_key_is_read);
    TEST(a_key_that_others_can_read_or_write_is_unsafe);
    TEST(a_key_of_another_length_is_unsafe);
    TEST(a_key_that_is_no_file_of_ours_is_unsafe);
    return g_test_run();
}
