#!/bin/sh
# Compares the drawing of charts with matplotlib and gnuplot, and times a whole site. Prints
# a table; never fails because a machine is slow.
#
#     charts.sh [--build DIR] [--rounds N]
#
# Each program draws the ranking of the sample edition twenty times in one process: as PNG
# of the size that is published, 2400 × 1350, and as SVG. Programs are timed in pairs, ours
# first, and a ratio is the median over the pairs. DIR (build) is where meson built.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$here/../../build rounds=5
while [ $# -gt 0 ]; do
    case $1 in
    --build | --rounds)
        [ $# -gt 1 ] || { echo "bench: $1 needs a value" >&2; exit 64; }
        case $1 in
        --build) build=$2 ;;
        --rounds) rounds=$2 ;;
        esac
        shift
        ;;
    *)
        sed -n 's/^# \{0,1\}//; 2,9p' "$0" >&2
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
samples=$scratch/chart_samples
. "$here/measure.sh"
need "$barometre" "build it first"
need "$generator" "build it first"
need /usr/bin/time "install the package time"
need gnuplot "install the package gnuplot-nox"
python=/usr/bin/python3 # Debian's, which has its packages
need "$python" "install the package python3"
"$python" -c 'import matplotlib' 2>/dev/null || {
    echo "bench: matplotlib is missing; install the package python3-matplotlib" >&2
    exit 69
}
export SOURCE_DATE_EPOCH=1793836800 # 5 November 2026

# Pictures go into memory, so that no disk is timed: ours are synced, the peers' are not.
pictures=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$pictures"' EXIT

# An observatory with what the generator makes: 12 marketplaces, 36 months.
site_observatory() {
    rm -rf "$scratch/site"
    "$barometre" init "$scratch/site" >/dev/null
    "$generator" --registry >"$scratch/site/marketplaces.json"
    "$generator" 20000 >"$scratch/site.csv"
    "$barometre" --quiet -C "$scratch/site" ingest "$scratch/site.csv"
}

sample_edition() {
    rm -rf "$scratch/sample"
    "$barometre" init --sample "$scratch/sample" >/dev/null
    "$barometre" --quiet -C "$scratch/sample" run --as-of 2026-10
    cp "$scratch/sample/site/current/edition.json" "$scratch/sample.json"
    "$python" "$here/ranking_rows.py" "$scratch/sample.json" >"$scratch/ranking.tsv"
}

# Ten times in each language.
ours() { # SAMPLE FORMAT
    set -- "$1" "$barometre" draw "$scratch/sample.json" -o "$pictures" --layout wide \
        --format "$2"
    for _ in 1 2 3 4 5 6 7 8 9 10; do set -- "$@" --chart ranking; done
    measure "$@"
}

round() {
    for format in png svg; do
        ours "ours:matplotlib_$format" "$format"
        measure "matplotlib_$format" env MPLCONFIGDIR="$scratch/matplotlib" \
            "$python" "$here/charts_matplotlib.py" "$scratch/ranking.tsv" "$pictures" "$format"
        ours "ours:gnuplot_$format" "$format"
        measure "gnuplot_$format" gnuplot -e "rows='$scratch/ranking.tsv'" \
            -e "pictures='$pictures'" -e "format='$format'" "$here/charts.gnuplot"
    done
    rm -rf "$scratch/site/site"
    measure site "$barometre" --quiet -C "$scratch/site" publish --as-of 2026-10
}

echo "bench: drawing charts" >&2
sample_edition
site_observatory
: >"$samples"
i=0
while [ "$i" -lt "$rounds" ]; do
    i=$((i + 1))
    echo "bench: round $i of $rounds" >&2
    round
done
awk -f "$here/median.awk" -f "$here/charts.awk" "$samples"
