#!/bin/sh
# Measures what reading alone costs: CSV beside bare libcsv on one thread, JSON lines and
# workbooks through `ingest --dry-run`. Prints a table; never fails because a machine is slow.
#
#     reading.sh [--build DIR] [--records N] [--rounds N]
#
# DIR (build) is where meson built; N is 200000 records and 3 rounds unless said otherwise.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$here/../../build records=200000 rounds=3
while [ $# -gt 1 ]; do
    case $1 in
    --build) build=$2 ;;
    --records) records=$2 ;;
    --rounds) rounds=$2 ;;
    *) break ;;
    esac
    shift 2
done
[ $# -eq 0 ] || { sed -n 's/^# \{0,1\}//; 2,8p' "$0" >&2; exit 64; }
build=$(cd "$build" && pwd)
barometre=$build/src/cli/barometre
scratch=$build/bench
samples=$scratch/reading
mkdir -p "$scratch"

. "$here/measure.sh"
need "$barometre" "build it first"
need "$build/tests/bench/reading" "build it first"
need /usr/bin/time "install the package time"
need python3 "install the package python3"

export SOURCE_DATE_EPOCH=1793836800
csv=$scratch/reading-$records.csv
lines=$scratch/reading-$records.jsonl
[ -s "$csv" ] || "$build/tests/bench/reference_export" "$records" >"$csv"
[ -s "$lines" ] || python3 "$here/json_lines.py" "$csv" >"$lines"
for strings in shared inline; do
    book=$scratch/reading-$strings.xlsx
    [ -s "$book" ] ||
        "$build/tests/bench/reference_workbook" "$book" 100000 40 $strings
done
rm -rf "$scratch/reading-site" "$samples"
"$barometre" init --sample "$scratch/reading-site" >/dev/null
# The places of the workbook are the sample's, those of the export its own.
rm -rf "$scratch/reading-reference"
cp -a "$scratch/reading-site" "$scratch/reading-reference"
"$build/tests/bench/reference_export" --registry 1 \
    >"$scratch/reading-reference/marketplaces.json"

"$build/tests/bench/reading" "$csv" "$rounds"
echo
round=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    measure CSV "$barometre" -C "$scratch/reading-reference" ingest --dry-run "$csv"
    measure JSON "$barometre" -C "$scratch/reading-reference" ingest --dry-run "$lines"
    for strings in shared inline; do
        measure "XLSX-$strings" "$barometre" -C "$scratch/reading-site" ingest --dry-run \
            "$scratch/reading-$strings.xlsx"
    done
done
sizes="CSV $(wc -c <"$csv") JSON $(wc -c <"$lines")"
LC_ALL=C sort -k1,1 -k3,3n "$samples" | awk -v sizes="$sizes" '
    BEGIN { n = split(sizes, s, " "); for (i = 1; i < n; i += 2) size[s[i]] = s[i + 1]
            printf "%-14s %8s %8s %8s %12s\n", "ingest", "wall s", "CPU s", "MiB", "MB a CPU s" }
    { count[$1]++; wall[$1, count[$1]] = $2; cpu[$1, count[$1]] = $3
      if ($4 > most[$1]) most[$1] = $4 }
    END { for (name in count) { m = int((count[name] + 1) / 2)
            printf "%-14s %8.2f %8.2f %8.0f %12s\n", name, wall[name, m], cpu[name, m],
                   most[name], name in size ? sprintf("%.0f", size[name] / 1e6 / cpu[name, m]) : "" } }'
