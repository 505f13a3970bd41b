#include "label.h"

#include <math.h>

#define PAD 3.0
#define LINE_STEP 6.0
#define MOST_CROSSING 160.0
#define RING_COST 20.0

static const double rings[] = {5, 20, 44, 76, 116, 164};

static const struct direction {
    double x, y, cost;
} directions[] = {{1, 0, 0},       {-1, 0, 2},     {0, -1, 4},       {0, 1, 5},
                  {0.8, -0.8, 3},  {0.8, 0.8, 3},  {-0.8, -0.8, 5},  {-0.8, 0.8, 5},
                  {0.95, -0.4, 4}, {0.95, 0.4, 4}, {-0.95, -0.4, 6}, {-0.95, 0.4, 6}};

struct label_field *label_field_new(struct label_box bounds) {
    struct label_field *field = g_new0(struct label_field, 1);
    field->bounds = bounds;
    field->hard = g_array_new(FALSE, FALSE, sizeof(struct label_box));
    field->soft = g_array_new(FALSE, FALSE, sizeof(struct label_stretch));
    return field;
}

void label_field_free(struct label_field *field) {
    if (field == NULL)
        return;
    g_array_unref(field->hard);
    g_array_unref(field->soft);
    g_free(field);
}

void label_field_hold(struct label_field *field, struct label_box box) {
    g_array_append_val(field->hard, box);
}

void label_field_cross(struct label_field *field, double x, double y, double to_x,
                       double to_y, double cost) {
    const int steps = (int)ceil(fmax(hypot(to_x - x, to_y - y) / LINE_STEP, 1));
    for (int i = 0; i < steps; i++) {
        const double x1 = x + (to_x - x) * i / steps;
        const double y1 = y + (to_y - y) * i / steps;
        const double x2 = x + (to_x - x) * (i + 1) / steps;
        const double y2 = y + (to_y - y) * (i + 1) / steps;
        const struct label_stretch stretch = {
            {fmin(x1, x2), fmin(y1, y2), fmax(x1, x2), fmax(y1, y2)}, cost};
        g_array_append_val(field->soft, stretch);
    }
}

static bool overlap(const struct label_box *a, const struct label_box *b, double pad) {
    return a->left < b->right + pad && b->left < a->right + pad &&
           a->top < b->bottom + pad && b->top < a->bottom + pad;
}

static bool is_free(const struct label_field *field, const struct label_box *box,
                    double pad) {
    const struct label_box *bounds = &field->bounds;
    if (box->left < bounds->left || box->right > bounds->right ||
        box->top < bounds->top || box->bottom > bounds->bottom)
        return false;
    for (guint i = 0; i < field->hard->len; i++)
        if (overlap(box, &g_array_index(field->hard, struct label_box, i), pad))
            return false;
    return true;
}

static double crossing_cost(const struct label_field *field,
                            const struct label_box *box) {
    double cost = 0;
    for (guint i = 0; i < field->soft->len && cost < MOST_CROSSING; i++) {
        const struct label_stretch *line =
            &g_array_index(field->soft, struct label_stretch, i);
        if (overlap(box, &line->box, 1))
            cost += line->cost;
    }
    return cost;
}

static struct label_box box_at(double x, double y, const struct direction *direction,
                               double away, double width, double height) {
    const double at_x = x + direction->x * away, at_y = y + direction->y * away;
    const double left = direction->x > 0.1    ? at_x
                        : direction->x < -0.1 ? at_x - width
                                              : at_x - width / 2;
    const double top = direction->y > 0.5    ? at_y
                       : direction->y < -0.5 ? at_y - height
                                             : at_y - height / 2;
    return (struct label_box){left, top, left + width, top + height};
}

/* The line of a spot from the edge of the mark to the nearest point of its box. */
static void lead(struct label_spot *spot, double x, double y, double radius) {
    spot->to_x = CLAMP(x, spot->box.left, spot->box.right);
    spot->to_y = CLAMP(y, spot->box.top, spot->box.bottom);
    const double length = fmax(hypot(spot->to_x - x, spot->to_y - y), 1e-6);
    spot->from_x = x + (spot->to_x - x) * (radius + 2) / length;
    spot->from_y = y + (spot->to_y - y) * (radius + 2) / length;
}

/* Whether that line meets neither text nor another mark. */
static bool is_clear(const struct label_field *field, const struct label_spot *spot) {
    const int steps = 24;
    for (int i = 2; i <= steps; i++) {
        const double x = spot->from_x + (spot->to_x - spot->from_x) * i / steps;
        const double y = spot->from_y + (spot->to_y - spot->from_y) * i / steps;
        const struct label_box point = {x, y, x, y};
        if (!is_free(field, &point, 0.5))
            return false;
    }
    return true;
}

bool label_place(struct label_field *field, double x, double y, double radius,
                 double width, double height, double most_cost, struct label_spot *spot) {
    double least = INFINITY;
    for (gsize ring = 0; ring < G_N_ELEMENTS(rings); ring++)
        for (gsize d = 0; d < G_N_ELEMENTS(directions); d++) {
            struct label_spot tried = {.led = ring > 0};
            tried.box = box_at(x, y, &directions[d], radius + rings[ring], width, height);
            lead(&tried, x, y, radius);
            if (!is_free(field, &tried.box, PAD) ||
                (tried.led && !is_clear(field, &tried)))
                continue;
            const double cost = (double)ring * RING_COST + directions[d].cost +
                                crossing_cost(field, &tried.box);
            if (cost > most_cost || cost >= least)
                continue;
            least = cost;
            *spot = tried;
        }
    if (!isfinite(least))
        return false;
    label_field_hold(field, spot->box);
    if (spot->led)
        label_field_cross(field, spot->from_x, spot->from_y, spot->to_x, spot->to_y,
                          RING_COST);
    return true;
}
