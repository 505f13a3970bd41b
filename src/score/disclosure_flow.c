#include "disclosure_flow.h"

/* The counts are a circulation: what row i gives to column j is their cell, what the
 * source gives to row i its total, what column j gives to the sink its total, and the
 * grand total goes back from sink to source. Each node keeps what it gets: that is what
 * "adds up" means. Hidden cells can change, along cycles. */
struct network {
    const struct disclosure_grid *grid;
    int64_t *flow; /* by cell */
    int barred;    /* the cell that is being moved */
    int *arrived;  /* by node: the cell it was reached by, −1: not reached */
    int *from;     /* by node: the node before it */
    int *queue;
};

enum { START = -2 };

/* Nodes: rows, then columns; the source stands at the column of totals, the sink at the
 * row of totals. An inner cell goes from its row to its column, as the grand total does;
 * a total goes against that: from the source to its row, from its column to the sink. */
static void ends_of(const struct disclosure_grid *grid, int cell, int *tail, int *head) {
    const int row = cell / grid->columns, column = cell % grid->columns;
    const bool reversed = (row == grid->rows - 1) != (column == grid->columns - 1);
    *tail = reversed ? grid->rows + column : row;
    *head = reversed ? row : grid->rows + column;
}

static int node_count(const struct disclosure_grid *grid) {
    return grid->rows + grid->columns;
}

/* What the cell can still rise, resp. fall. */
static int64_t room(const struct network *network, int cell, bool rise) {
    const struct disclosure_grid *grid = network->grid;
    if (!grid->hidden[cell] || cell == network->barred)
        return 0;
    const int64_t least = grid->known != NULL ? grid->known[cell].least : 0;
    const int64_t most = grid->known != NULL ? grid->known[cell].most : INT64_MAX;
    return rise ? most - network->flow[cell] : network->flow[cell] - least;
}

static void begin_search(struct network *network, int start) {
    for (int i = 0; i < node_count(network->grid); i++)
        network->arrived[i] = -1;
    network->arrived[start] = START;
    network->queue[0] = start;
}

/* The cells at a node are its row, resp. its column. */
static void visit(struct network *network, int node, int *queued) {
    const struct disclosure_grid *grid = network->grid;
    const bool is_row = node < grid->rows;
    const int length = is_row ? grid->columns : grid->rows;
    for (int i = 0; i < length; i++) {
        const int cell =
            is_row ? node * grid->columns + i : i * grid->columns + (node - grid->rows);
        int tail, head;
        ends_of(grid, cell, &tail, &head);
        const int next = tail == node ? head : tail;
        if (network->arrived[next] != -1 || room(network, cell, tail == node) <= 0)
            continue;
        network->arrived[next] = cell;
        network->from[next] = node;
        network->queue[(*queued)++] = next;
    }
}

/* A shortest path (Edmonds and Karp 1972). */
static bool search(struct network *network, int start, int goal) {
    begin_search(network, start);
    int queued = 1;
    for (int i = 0; i < queued && network->arrived[goal] == -1; i++)
        visit(network, network->queue[i], &queued);
    return network->arrived[goal] != -1;
}

static bool rises(const struct network *network, int node) {
    int tail, head;
    ends_of(network->grid, network->arrived[node], &tail, &head);
    return head == node;
}

/* Moves as much as the path found can take, `most` at the most. */
static int64_t move_along(struct network *network, int goal, int64_t most) {
    int64_t amount = most;
    for (int node = goal; network->arrived[node] != START; node = network->from[node])
        amount = MIN(amount, room(network, network->arrived[node], rises(network, node)));
    for (int node = goal; network->arrived[node] != START; node = network->from[node])
        network->flow[network->arrived[node]] += rises(network, node) ? amount : -amount;
    return amount;
}

/* How much a cell can rise, resp. fall, `enough` at the most. */
static int64_t reach(const struct disclosure_grid *grid, int cell, bool rise,
                     int64_t enough) {
    const guint cells = (guint)(grid->rows * grid->columns);
    const guint nodes = (guint)node_count(grid);
    g_autofree int64_t *flow = g_memdup2(grid->counts, cells * sizeof *flow);
    g_autofree int *arrived = g_new(int, nodes);
    g_autofree int *from = g_new(int, nodes);
    g_autofree int *queue = g_new(int, nodes);
    struct network network = {grid, flow, -1, arrived, from, queue};
    const int64_t limit = MIN(enough, room(&network, cell, rise));
    network.barred = cell;
    int tail, head;
    ends_of(grid, cell, &tail, &head);
    /* More through the cell comes back from its head to its tail. */
    const int start = rise ? head : tail, goal = rise ? tail : head;
    int64_t moved = 0;
    while (moved < limit && search(&network, start, goal))
        moved += move_along(&network, goal, limit - moved);
    return moved;
}

int64_t disclosure_flow_slack(const struct disclosure_grid *grid, int cell,
                              int64_t enough) {
    const int64_t up = reach(grid, cell, true, enough);
    return up >= enough ? enough : up + reach(grid, cell, false, enough - up);
}

struct disclosure_range disclosure_flow_range(const struct disclosure_grid *grid,
                                              int cell) {
    const int64_t count = grid->counts[cell];
    const int64_t limit = INT64_MAX / 4;
    const int64_t up = reach(grid, cell, true, limit);
    return (struct disclosure_range){count - reach(grid, cell, false, limit),
                                     up == limit ? INT64_MAX : count + up};
}
