# Samples ("name wall cpu MiB", in the order of the runs) to a table of medians. A ratio is
# the median over the rounds of ours ÷ the peer's, or of a case ÷ our own full ingest. Marks
# are for wall time; the ratio of CPU time beside it hardly feels what else a machine does.
BEGIN {
    title["duckdb_stored"] = "DuckDB, 2 threads, stored table"
    title["duckdb_query"] = "DuckDB, 2 threads, query that stores nothing"
    title["sqlite3"] = "sqlite3 .import and the same SQL"
    title["full"] = "barometre ingest"
    title["again"] = "barometre, the same export renamed"
    title["delta"] = "barometre, 1 % more in a new file"
    title["reexport"] = "barometre, re-export with 1 % changed"
    title["score"] = "barometre score, one month"
    title["run"] = "barometre run: all of a night, first time"
    title["grown"] = "barometre ingest, five times as much"
    title["score_grown"] = "barometre score, five times as much"
    split("duckdb_stored duckdb_query sqlite3", peers)
    split("full again delta reexport grown score score_grown run", own)
    mark["duckdb_stored"] = 0.45
    mark["duckdb_query"] = 2.0
    mark["sqlite3"] = 0.25
    mark["again"] = 0.10
    mark["delta"] = 0.03
    mark["reexport"] = 0.7
    mark["grown"] = 5.75
    most_mib = 64
}
{
    n = ++count[$1]
    wall[$1, n] = $2
    cpu[$1, n] = $3
    mib[$1, n] = $4
    if ($1 ~ /^ours:/) {
        n = ++count["ours"]
        wall["ours", n] = $2
        cpu["ours", n] = $3
        mib["ours", n] = $4
    }
}
function line(name, label, text) {
    printf "%-46s %8.2f %8.2f %8.0f  %s\n", label, median(wall, name), median(cpu, name),
        median(mib, name), text
}
function ratio(of, name, over, under,    i) {
    for (i = 1; i <= count[name]; i++)
        pair[name, i] = of[over, i] / of[under, i]
    return median(pair, name)
}
function verdict(name, over, under,    value, text) {
    value = ratio(wall, name, over, under)
    text = sprintf("%6.3f %6.3f", value, ratio(cpu, name, over, under))
    if (!(name in mark))
        return text
    return text sprintf("  %5.2f %s", mark[name], value <= mark[name] ? "met" : "MISSED")
}
END {
    printf "%-46s %8s %8s %8s  %6s %6s  %s\n", "", "wall s", "CPU s", "peak MiB", "wall", "CPU",
        " mark"
    line("ours", "barometre ingest and monthly counts",
         sprintf("memory: at most %d MiB %s", most_mib,
                 median(mib, "ours") <= most_mib ? "met" : "MISSED"))
    print "Ratio of ours to"
    for (i = 1; i in peers; i++)
        if (peers[i] in count)
            line(peers[i], title[peers[i]], verdict(peers[i], "ours:" peers[i], peers[i]))
    print "Ratio to barometre ingest"
    for (i = 1; i in own; i++)
        if (own[i] in count)
            line(own[i], title[own[i]], verdict(own[i], own[i], "full"))
    least = most = wall["ours", 1]
    for (i = 1; i <= count["ours"]; i++) {
        least = wall["ours", i] < least ? wall["ours", i] : least
        most = wall["ours", i] > most ? wall["ours", i] : most
    }
    spread = (most / least - 1) * 100
    printf "Our slowest ingest took %.0f %% longer than our fastest%s.\n", spread,
        (spread > 10 ? ": a busy machine, run it again" : "")
}
