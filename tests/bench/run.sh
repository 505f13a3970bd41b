#!/bin/sh
# Compares barometre with other programs that do the same work on the same export, and with
# itself. Prints a table; never fails because a machine is slow.
#
#     run.sh [--build DIR] [--records N] [--rounds N] [--growth]
#
# DIR (build) is where meson built; exports and stores, some 3 GB, go to DIR/bench. N is
# 1000000 records and 3 rounds unless said otherwise; --growth adds an export of five times
# as many records. Programs are timed in pairs, ours first, and a ratio is the median over
# the pairs.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$here/../../build records=1000000 rounds=3 growth=
while [ $# -gt 0 ]; do
    case $1 in
    --growth) growth=yes ;;
    --build | --records | --rounds)
        [ $# -gt 1 ] || { echo "bench: $1 needs a value" >&2; exit 64; }
        case $1 in
        --build) build=$2 ;;
        --records) records=$2 ;;
        --rounds) rounds=$2 ;;
        esac
        shift
        ;;
    *)
        sed -n 's/^# \{0,1\}//; 2,10p' "$0" >&2
        exit 64
        ;;
    esac
    shift
done
build=$(cd "$build" && pwd)
barometre=$build/src/cli/barometre
generator=$build/tests/bench/reference_export
scratch=$build/bench
mkdir -p "$scratch"
samples=$scratch/samples

. "$here/measure.sh"
need "$barometre" "build it first"
need "$generator" "build it first"
need /usr/bin/time "install the package time"
need sqlite3 "install the package sqlite3"
if [ "$(date -u +%Y%m)" -le 202610 ]; then
    echo "bench: the clock stands before November 2026, so the export would be refused" >&2
    exit 69
fi

# export_to FILE ARGUMENTS...: makes an export once.
export_to() {
    target=$1
    shift
    [ -s "$target" ] && return
    "$generator" "$@" >"$target.part"
    mv "$target.part" "$target"
}

# An observatory with nothing in its store.
fresh() {
    rm -rf "$scratch/observatory"
    "$barometre" init "$scratch/observatory" >/dev/null
    "$generator" --registry >"$scratch/observatory/marketplaces.json"
}

# The monthly counts that the peers make too, from our store.
# shellcheck disable=SC2016
ours='"$1" --quiet -C "$2" ingest "$3" && sqlite3 "$2/store.db" \
    "SELECT marketplace, strftime('\''%Y-%m'\'', received_on * 86400, '\''unixepoch'\''), count(*)
       FROM complaint GROUP BY 1, 2 ORDER BY 1, 2"'

ours_then() {
    fresh
    measure "ours:$1" sh -c "$ours" ours "$barometre" "$scratch/observatory" \
        "$scratch/reference.csv"
}

ingest() {
    measure "$1" "$barometre" --quiet -C "$scratch/observatory" ingest "$2"
}

duckdb() {
    rm -f "$scratch"/duckdb.db*
    measure "duckdb_$1" node "$here/duckdb.mjs" "$scratch/peers" "$1" \
        "$scratch/reference.csv" "$scratch/duckdb.db"
}

sqlite_cli() {
    rm -f "$scratch"/sqlite.db*
    measure sqlite3 sqlite3 "$scratch/sqlite.db" \
        ".import --csv '$scratch/reference.csv' complaint" \
        'SELECT "Place de marché concernée", substr("Déposé le", 1, 7), count(*)
           FROM complaint GROUP BY 1, 2 ORDER BY 1, 2'
}

install_duckdb() {
    command -v npm >/dev/null && command -v node >/dev/null || return 1
    [ -d "$scratch/peers/node_modules/@duckdb/node-api" ] && return
    npm install --no-audit --no-fund --prefix "$scratch/peers" @duckdb/node-api \
        >"$scratch/npm.log" 2>&1
}

# Everything once, each beside a full ingest of ours.
round() {
    if [ "$with_duckdb" = yes ]; then
        ours_then duckdb_stored
        duckdb stored
        ours_then duckdb_query
        duckdb query
    fi
    ours_then sqlite3
    sqlite_cli
    fresh
    ingest full "$scratch/reference.csv"
    ingest again "$scratch/renamed.csv"
    ingest delta "$scratch/delta.csv"
    ingest reexport "$scratch/reexport.csv"
    measure score "$barometre" --quiet -C "$scratch/observatory" score --as-of 2026-10 \
        -o "$scratch/edition.json"
    fresh
    cp "$scratch/reference.csv" "$scratch/observatory/inbox/"
    measure run "$barometre" --quiet -C "$scratch/observatory" run --as-of 2026-10
    [ -z "$growth" ] || grow
}

grow() {
    fresh
    ingest grown "$scratch/grown.csv"
    measure score_grown "$barometre" --quiet -C "$scratch/observatory" score \
        --as-of 2026-10 -o "$scratch/edition.json"
}

made="$records $(cksum <"$generator")"
[ "$made" = "$(cat "$scratch/made" 2>/dev/null)" ] || rm -f "$scratch"/*.csv
echo "$made" >"$scratch/made"
echo "bench: making exports of $records records in $scratch" >&2
export_to "$scratch/reference.csv" "$records"
export_to "$scratch/delta.csv" $((records / 100)) "$records"
export_to "$scratch/reexport.csv" --changed 1 "$records"
[ -z "$growth" ] || export_to "$scratch/grown.csv" $((records * 5))
rm -f "$scratch/renamed.csv"
ln "$scratch/reference.csv" "$scratch/renamed.csv"
if install_duckdb; then
    with_duckdb=yes
else
    with_duckdb=no
    echo "bench: DuckDB left out: npm or its registry cannot be reached" >&2
fi
: >"$samples"
cat "$scratch/reference.csv" "$scratch/reexport.csv" >/dev/null # into the cache
i=0
while [ "$i" -lt "$rounds" ]; do
    i=$((i + 1))
    echo "bench: round $i of $rounds" >&2
    round
done
awk -f "$here/median.awk" -f "$here/table.awk" "$samples"
