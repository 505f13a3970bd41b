#!/bin/sh
# Runs every fuzz target for some seconds, two at a time; fails where one finds anything.
#
#     run.sh BUILD [SECONDS [TARGET...]]
#
# What is found stays in BUILD/fuzz/TARGET-found/, and what reached something new in
# BUILD/fuzz/TARGET/, where the next run begins.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
seconds=${2:-60}
[ $# -lt 2 ] || shift
shift
targets=${*:-record export json sheet parcel profile edition name}
work=$build/fuzz
mkdir -p "$work/seeds"

export BAROMETRE_DATA="$here/../../data" G_TEST_SRCDIR="$here/.." TZ=UTC
export G_SLICE=always-malloc UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export ASAN_OPTIONS=quarantine_size_mb=16:detect_leaks=1
export LSAN_OPTIONS="suppressions=$here/../lsan.supp:print_suppressions=0"
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
python3 "$here/seeds.py" "$work/seeds" "$build/tests/write_edition"

run_one() {
    target=$1
    mkdir -p "$work/$target" "$work/$target-found"
    # A run has limits of its own in target.h; these are for what never comes back.
    if "$build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -max_len=65536 \
        -timeout=25 -rss_limit_mb=1024 -malloc_limit_mb=64 -print_final_stats=1 \
        -artifact_prefix="$work/$target-found/" "$work/$target" "$work/seeds/$target" \
        >"$work/$target.log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$target.log")
        echo "fuzz: $target: $runs inputs, nothing found"
        return 0
    fi
    echo "fuzz: $target: see $work/$target.log and $work/$target-found/" >&2
    tail -n 25 "$work/$target.log" >&2
    return 1
}

failed=0
set -- $targets
while [ $# -gt 0 ]; do
    run_one "$1" & first=$!
    second=
    if [ $# -gt 1 ]; then run_one "$2" & second=$!; shift; fi
    shift
    wait "$first" || failed=1
    [ -z "$second" ] || wait "$second" || failed=1
done
exit $failed
