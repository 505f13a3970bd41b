"""Draws the ranking twenty times: bands, intervals, points, names, scores, grades, title."""

import sys

import matplotlib

matplotlib.use("agg" if sys.argv[3] == "png" else "svg")
matplotlib.rcParams["svg.fonttype"] = "none"  # real text, as ours has
import matplotlib.pyplot as plt

BANDS = [(35, 50, "#f6f6f6", "D"), (65, 80, "#f5f5fe", "B"), (80, 100, "#ececfe", "A")]

rows, pictures, form = sys.argv[1:]
with open(rows, encoding="utf-8") as file:
    table = [line.rstrip("\n").split("\t") for line in file]
scores, lows, highs = ([float(row[i]) for row in table] for i in range(3))
places = range(len(table))

for number in range(20):
    figure, axes = plt.subplots(figsize=(12, 6.75), dpi=200)
    for low, high, colour, letter in BANDS:
        axes.axvspan(low, high, color=colour, zorder=0)
        axes.text((low + high) / 2, len(table) - 0.4, letter, ha="center", weight="bold")
    axes.hlines(places, lows, highs, color="#6a6af4", linewidth=6, capstyle="round")
    axes.plot(scores, places, "o", color="#000091", markersize=12, markeredgecolor="white")
    for place, row in enumerate(table):
        axes.text(highs[place] + 1, place, row[0], va="center", weight="bold", color="#000091")
        axes.text(103, place, row[3], va="center", weight="bold")
    axes.set_yticks(places, [row[4] for row in table])
    axes.set_xticks([0, 35, 50, 65, 80, 100])
    axes.set_xlim(0, 100)
    axes.grid(axis="y", color="#eeeeee")
    axes.set_title("Two marketplaces stand out above the median, two below", loc="left",
                   weight="bold", fontsize=18, pad=24)
    axes.set_xlabel("Score from 0 to 100 and 90% credible interval")
    figure.savefig(f"{pictures}/{number % 2}.{form}")
    plt.close(figure)
