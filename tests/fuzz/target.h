/* What the fuzz targets share: bytes as a file, the desk that reads exports, and what no
 * input may cost (64 MiB, one second). */
#ifndef FUZZ_TARGET_H
#define FUZZ_TARGET_H

#include <glib.h>
#include <sanitizer/allocator_interface.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Sanitizers make a program some four times slower, and every input is read twice. */
enum { MOST_SECONDS = 4, MOST_MEMORY = 64 << 20 };

static atomic_llong live_bytes, peak_bytes;

static inline void count_malloc(const volatile void *memory, size_t size) {
    (void)memory;
    const long long live =
        atomic_fetch_add(&live_bytes, (long long)size) + (long long)size;
    if (live > atomic_load(&peak_bytes))
        atomic_store(&peak_bytes, live);
}

static inline void count_free(const volatile void *memory) {
    if (memory != NULL)
        atomic_fetch_sub(&live_bytes,
                         (long long)__sanitizer_get_allocated_size((const void *)memory));
}

/* Runs a body under the limits of time (of the processor: others may use the machine) and
 * of memory beyond what is held already. */
static inline void fuzz_bounded(void (*body)(const char *bytes, size_t length),
                                const uint8_t *bytes, size_t length) {
    static bool counted;
    if (!counted)
        __sanitizer_install_malloc_and_free_hooks(count_malloc, count_free);
    counted = true;
    const long long before = atomic_load(&live_bytes);
    atomic_store(&peak_bytes, before);
    const clock_t start = clock();
    body((const char *)bytes, length);
    const clock_t spent = clock() - start;
    g_assert_cmpint(spent, <=, MOST_SECONDS * CLOCKS_PER_SEC);
    g_assert_cmpint(atomic_load(&peak_bytes) - before, <=, MOST_MEMORY);
}

/* A file of the bytes, without a name on any disk. The caller closes. */
static inline int fuzz_file(const char *bytes, size_t length) {
    const int fd = memfd_create("fuzz", MFD_CLOEXEC);
    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpint(write(fd, bytes, length), ==, (gssize)length);
    g_assert_cmpint(lseek(fd, 0, SEEK_SET), ==, 0);
    return fd;
}

#endif
