#include "palette.h"

#include <string.h>

#include <glib.h>
#include <stdbool.h>

/* Shapes have a few tokens, so edges have at most (pairs of tokens) × 255 colours. */
#define MOST_COLOURS (1U << 16)
#define SLOTS (MOST_COLOURS << 1)

/* A colour with this many pixels that equal both the one above and the one before is that
 * of an area, and not of an edge. */
#define LEAST_FLAT 12

/* Entries that areas may take; the rest is for edges. */
#define MOST_FLAT 160

/* Shades of edges this near to each other (its root in the cube of red, green and blue)
 * are one entry: 9 of 255 levels of grey, which leaves some 14 between ink and paper. */
#define FIRST_RADIUS 250

struct tint {
    uint32_t colour;
    uint32_t pixels;
    uint32_t flat;  /* of them, inside an area; counted up to LEAST_FLAT */
    uint32_t entry; /* of the palette */
};

/* The distinct colours of a picture, found by a hash of the colour. */
struct histogram {
    uint32_t *slots; /* 1 + the number of a tint; 0: free */
    GArray *tints;   /* struct tint */
};

static uint32_t histogram_find(struct histogram *histogram, uint32_t colour) {
    uint32_t slot = (colour * 2654435761U) >> 15;
    for (;; slot = (slot + 1) % SLOTS) {
        const uint32_t found = histogram->slots[slot];
        if (found == 0)
            break;
        if (g_array_index(histogram->tints, struct tint, found - 1).colour == colour)
            return found - 1;
    }
    g_assert(histogram->tints->len < MOST_COLOURS);
    const struct tint tint = {.colour = colour};
    g_array_append_val(histogram->tints, tint);
    histogram->slots[slot] = histogram->tints->len;
    return histogram->tints->len - 1;
}

/* The length of the run of one colour at the head of `pixels`. */
static int run_length(const uint32_t *pixels, int most) {
    int length = 1;
    while (length < most && ((pixels[length] ^ pixels[0]) & 0xFFFFFF) == 0)
        length++;
    return length;
}

/* Counts the pixels of a run that continue the run above, while it matters. */
static void count_flat(struct tint *tint, const uint32_t *run, int length, int stride) {
    for (int i = 1; i < length && tint->flat < LEAST_FLAT; i++)
        tint->flat += ((run[i - stride] ^ run[i]) & 0xFFFFFF) == 0;
}

/* Counts the pixels of each tint; a run of one colour costs one look-up. */
static void histogram_count(struct histogram *histogram, const uint32_t *pixels,
                            int width, int height, int stride) {
    for (int y = 0; y < height; y++) {
        const uint32_t *row = pixels + (size_t)y * (size_t)stride;
        for (int x = 0, length; x < width; x += length) {
            const uint32_t number = histogram_find(histogram, row[x] & 0xFFFFFF);
            struct tint *tint = &g_array_index(histogram->tints, struct tint, number);
            length = run_length(row + x, width - x);
            tint->pixels += (uint32_t)length;
            if (y > 0)
                count_flat(tint, row + x, length, stride);
        }
    }
}

/* The palette's entry of every pixel. */
static uint8_t *index_pixels(struct histogram *histogram, const uint32_t *pixels,
                             int width, int height, int stride) {
    uint8_t *indices = g_new(uint8_t, (size_t)width * (size_t)height);
    uint8_t *to = indices;
    for (int y = 0; y < height; y++) {
        const uint32_t *row = pixels + (size_t)y * (size_t)stride;
        for (int x = 0, length; x < width; x += length, to += length) {
            const uint32_t tint = histogram_find(histogram, row[x] & 0xFFFFFF);
            length = run_length(row + x, width - x);
            memset(to, (int)g_array_index(histogram->tints, struct tint, tint).entry,
                   (size_t)length);
        }
    }
    return indices;
}

/* Most frequent first; ties by colour, so that the order does not depend on the hash. */
static int compare_tints(const void *a, const void *b) {
    const struct tint *left = *(struct tint *const *)a, *right = *(struct tint *const *)b;
    if (left->pixels != right->pixels)
        return left->pixels > right->pixels ? -1 : 1;
    return left->colour < right->colour ? -1 : left->colour > right->colour;
}

static uint32_t distance(uint32_t a, uint32_t b) {
    uint32_t sum = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        const int difference = (int)(a >> shift & 0xFF) - (int)(b >> shift & 0xFF);
        sum += (uint32_t)(difference * difference);
    }
    return sum;
}

static uint32_t nearest(const struct palette *palette, uint32_t colour, uint32_t *error) {
    uint32_t best = 0;
    *error = UINT32_MAX;
    for (int i = 0; i<palette->count && * error> 0; i++) {
        const uint32_t here = distance(palette->colours[i], colour);
        if (here < *error) {
            *error = here;
            best = (uint32_t)i;
        }
    }
    return best;
}

/* Adds the colours of areas, then those farther than `radius` from all that are in, most
 * frequent first; says whether all found room. */
static bool cover(struct palette *palette, const GPtrArray *sorted, uint32_t radius) {
    palette->count = 0;
    for (guint i = 0; i < sorted->len && palette->count < MOST_FLAT; i++) {
        const struct tint *tint = sorted->pdata[i];
        if (tint->flat == LEAST_FLAT)
            palette->colours[palette->count++] = tint->colour;
    }
    for (guint i = 0; i < sorted->len; i++) {
        const struct tint *tint = sorted->pdata[i];
        uint32_t error;
        nearest(palette, tint->colour, &error);
        if (error <= radius)
            continue;
        if (palette->count == PALETTE_MOST)
            return false;
        palette->colours[palette->count++] = tint->colour;
    }
    return true;
}

static void choose(struct palette *palette, const GPtrArray *sorted) {
    for (uint32_t radius = FIRST_RADIUS; !cover(palette, sorted, radius);)
        radius += radius / 2;
}

struct palette *palette_of(const uint32_t *pixels, int width, int height, int stride) {
    struct palette *palette = g_new0(struct palette, 1);
    struct histogram histogram = {
        .slots = g_new0(uint32_t, SLOTS),
        .tints = g_array_new(FALSE, FALSE, sizeof(struct tint)),
    };
    histogram_count(&histogram, pixels, width, height, stride);

    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (guint i = 0; i < histogram.tints->len; i++)
        g_ptr_array_add(sorted, &g_array_index(histogram.tints, struct tint, i));
    g_ptr_array_sort(sorted, compare_tints);
    choose(palette, sorted);
    for (guint i = 0; i < sorted->len; i++) {
        struct tint *tint = sorted->pdata[i];
        uint32_t error;
        tint->entry = nearest(palette, tint->colour, &error);
    }
    palette->indices = index_pixels(&histogram, pixels, width, height, stride);
    g_array_unref(histogram.tints);
    g_free(histogram.slots);
    return palette;
}

void palette_free(struct palette *palette) {
    if (palette == NULL)
        return;
    g_free(palette->indices);
    g_free(palette);
}
