# The median of values[name, 1..count[name]].
function median(values, name,    i, j, n, sorted, swap) {
    n = count[name]
    for (i = 1; i <= n; i++) {
        sorted[i] = values[name, i]
        for (j = i; j > 1 && sorted[j] < sorted[j - 1]; j--) {
            swap = sorted[j]
            sorted[j] = sorted[j - 1]
            sorted[j - 1] = swap
        }
    }
    return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}
