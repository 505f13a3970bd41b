# Draws the ranking twenty times: bands, intervals, points, names, scores, grades, title.
if (format eq "png") {
    set terminal pngcairo size 2400,1350 font "Inter,24" linewidth 2
} else {
    set terminal svg size 1200,675 font "Inter,14"
}
set datafile separator "\t"
stats rows using 1 nooutput
count = STATS_records
set title "{/:Bold=28 Two marketplaces stand out above the median, two below}"
set xlabel "Score from 0 to 100 and 90% credible interval"
set xrange [0:112]
set yrange [-0.6:count - 0.4]
set xtics (0, 35, 50, 65, 80, 100)
set grid ytics linecolor "#eeeeee"
set border 1
unset key
set object 1 rectangle from 35, graph 0 to 50, graph 1 behind fillcolor "#f6f6f6" fillstyle solid noborder
set object 2 rectangle from 65, graph 0 to 80, graph 1 behind fillcolor "#f5f5fe" fillstyle solid noborder
set object 3 rectangle from 80, graph 0 to 100, graph 1 behind fillcolor "#ececfe" fillstyle solid noborder
set label 1 "D" at 42.5, count - 0.6 center
set label 2 "B" at 72.5, count - 0.6 center
set label 3 "A" at 90, count - 0.6 center
do for [i = 0:19] {
    set output sprintf("%s/%d.%s", pictures, i % 2, format)
    plot rows using 2:0:($3 - $2):(0) with vectors nohead linewidth 6 linecolor "#6a6af4", \
        rows using 1:0:ytic(5) with points pointtype 7 pointsize 2.5 linecolor "#000091", \
        rows using 3:0:(sprintf("%.1f", $1)) with labels offset 3,0 textcolor "#000091", \
        rows using (106):0:4 with labels
    unset output
}
