#include "barometre/bag.h"

#include <stdbool.h>
#include <string.h>

enum { COUNT_BITS = 16, MOST_COUNT = (1 << COUNT_BITS) - 1, ENTRY_BYTES = 8 };

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static uint64_t hash_word(const char *word, size_t length) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)word[i]) * UINT64_C(0x100000001B3);
    return (hash ^ hash >> 48) << COUNT_BITS;
}

static int compare_entries(const void *left, const void *right) {
    const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static GArray *hash_words(const char *text, size_t length) {
    GArray *hashes = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    for (size_t at = 0; at < length;) {
        size_t end = at;
        while (end < length && !is_space(text[end]))
            end++;
        const uint64_t hash = hash_word(text + at, end - at);
        if (end > at)
            g_array_append_val(hashes, hash);
        at = end + 1;
    }
    return hashes;
}

GBytes *bag_new(const char *text, size_t length, int64_t *words) {
    g_autoptr(GArray) hashes = hash_words(text, length);
    *words = hashes->len;
    g_array_sort(hashes, compare_entries);
    GByteArray *bytes = g_byte_array_new();
    for (guint i = 0, next; i < hashes->len; i = next) {
        const uint64_t hash = g_array_index(hashes, uint64_t, i);
        for (next = i;
             next < hashes->len && g_array_index(hashes, uint64_t, next) == hash;)
            next++;
        const uint64_t entry = GUINT64_TO_LE(hash | MIN(next - i, MOST_COUNT));
        g_byte_array_append(bytes, (const guint8 *)&entry, ENTRY_BYTES);
    }
    return g_byte_array_free_to_bytes(bytes);
}

static uint64_t entry_at(const char *bytes, size_t index) {
    uint64_t entry;
    memcpy(&entry, bytes + index * ENTRY_BYTES, ENTRY_BYTES);
    return GUINT64_FROM_LE(entry);
}

void bag_difference(GBytes *before, GBytes *after, int64_t *added, int64_t *removed) {
    gsize old_length, new_length;
    const char *old = g_bytes_get_data(before, &old_length);
    const char *new = g_bytes_get_data(after, &new_length);
    const size_t old_count = old_length / ENTRY_BYTES,
                 new_count = new_length / ENTRY_BYTES;
    *added = *removed = 0;
    for (size_t i = 0, j = 0; i < old_count || j < new_count;) {
        const uint64_t a = i < old_count ? entry_at(old, i) : UINT64_MAX;
        const uint64_t b = j < new_count ? entry_at(new, j) : UINT64_MAX;
        const uint64_t word_a = a >> COUNT_BITS, word_b = b >> COUNT_BITS;
        const bool in_old = i < old_count && (j == new_count || word_a <= word_b);
        const bool in_new = j < new_count && (i == old_count || word_b <= word_a);
        const int64_t change = (in_new ? (int64_t)(b & MOST_COUNT) : 0) -
                               (in_old ? (int64_t)(a & MOST_COUNT) : 0);
        *added += MAX(change, 0);
        *removed += MAX(-change, 0);
        i += in_old;
        j += in_new;
    }
}
