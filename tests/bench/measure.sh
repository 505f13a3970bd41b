# What the benchmarks share; sourced. Wants $scratch and $samples.

need() {
    command -v "$1" >/dev/null || { echo "bench: $1 is missing; $2" >&2; exit 69; }
}

# measure NAME COMMAND...: one sample, "NAME wall cpu MiB".
measure() {
    name=$1
    shift
    sync
    if ! LC_ALL=C /usr/bin/time -q -o "$scratch/time" -f '%e %U %S %M' "$@" \
        >"$scratch/output" 2>&1; then
        echo "bench: $name failed:" >&2
        tail -n 5 "$scratch/output" >&2
        exit 70
    fi
    tail -n 1 "$scratch/time" |
        awk -v name="$name" '{ print name, $1, $2 + $3, $4 / 1024 }' >>"$samples"
}
