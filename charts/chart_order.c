#include "chart_paint.h"

#include "canvas.h"

/* What the threads share: each takes the next order until none is left or one failed. */
struct queue {
    const struct edition *edition;
    struct chart_order *orders;
    GError **failures; /* by order */
    int count;
    int next;   /* atomic */
    int failed; /* atomic */
};

static void *work(void *data) {
    struct queue *queue = data;
    while (g_atomic_int_get(&queue->failed) == 0) {
        const int i = g_atomic_int_add(&queue->next, 1);
        if (i >= queue->count)
            break;
        if (!chart_fill_order(queue->edition, &queue->orders[i], &queue->failures[i]))
            g_atomic_int_set(&queue->failed, 1);
    }
    return NULL;
}

/* The caller's thread is one of them. */
static void work_together(struct queue *queue, int threads) {
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    for (int i = 1; i < MIN(threads, queue->count); i++)
        g_ptr_array_add(others, g_thread_new("charts", work, queue));
    work(queue);
    for (guint i = 0; i < others->len; i++)
        g_thread_join(others->pdata[i]);
}

bool chart_draw_orders(const struct edition *edition, struct chart_order *orders,
                       int count, int threads, GError **error) {
    g_autofree GError **failures = g_new0(GError *, (gsize)count);
    struct queue queue = {
        .edition = edition, .orders = orders, .failures = failures, .count = count};
    canvas_svg_begin();
    work_together(&queue, threads);
    if (queue.failed == 0)
        return true;
    bool told = false;
    for (int i = 0; i < count; i++) {
        if (failures[i] != NULL && !told) {
            g_propagate_error(error, g_steal_pointer(&failures[i]));
            told = true;
        }
        g_clear_error(&failures[i]);
        g_clear_pointer(&orders[i].picture, g_bytes_unref);
    }
    return false;
}
