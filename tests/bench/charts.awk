# Samples of charts.sh ("name wall cpu MiB") to a table of medians; as table.awk does.
BEGIN {
    split("matplotlib_png gnuplot_png matplotlib_svg gnuplot_svg", peers)
    title["matplotlib_png"] = "20 PNG of 2400 × 1350: matplotlib"
    title["gnuplot_png"] = "20 PNG of 2400 × 1350: gnuplot"
    title["matplotlib_svg"] = "20 SVG: matplotlib"
    title["gnuplot_svg"] = "20 SVG: gnuplot"
    mark["matplotlib_png"] = 0.07
    mark["gnuplot_png"] = 0.35
    mark["matplotlib_svg"] = 0.03
    mark["gnuplot_svg"] = 1.0
    most_seconds = 10
}
{
    n = ++count[$1]
    wall[$1, n] = $2
    cpu[$1, n] = $3
    mib[$1, n] = $4
}
function ratio(of, name,    i) {
    for (i = 1; i <= count[name]; i++)
        pair[name, i] = of["ours:" name, i] / of[name, i]
    return median(pair, name)
}
END {
    printf "%-40s %8s %8s %8s %8s  %6s %6s\n", "", "wall s", "ours", "CPU s", "peak MiB",
        "wall", "CPU"
    for (i = 1; i in peers; i++) {
        name = peers[i]
        value = ratio(wall, name)
        # A column counts bytes where awk does: × is two.
        printf "%s%*s %8.2f %8.2f %8.2f %8.0f  %6.3f %6.3f  mark %.2f %s\n", title[name],
            40 - length(title[name]), "", median(wall, name), median(wall, "ours:" name),
            median(cpu, name), median(mib, name), value, ratio(cpu, name), mark[name],
            value <= mark[name] ? "met" : "MISSED"
    }
    printf "%-40s %8.2f %8s %8.2f %8.0f  mark %d s %s\n", "the whole site of 12 marketplaces",
        median(wall, "site"), "", median(cpu, "site"), median(mib, "site"), most_seconds,
        median(wall, "site") <= most_seconds ? "met" : "MISSED"
}
