#!/usr/bin/python3
"""Writes the companion tables of the sample observatory (data/sample/*.csv).

The changes are those that the sample's complaints report; the sellers are those of its
registry, month by month. Everything is invented. The same bytes come out each time.

    companions.py [FOLDER]      default: data/sample beside this checkout
"""

import csv
import hashlib
import io
import json
import sys
from datetime import date
from pathlib import Path

from story import PLACES, Dice, days, make_changes

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
LAST = date(2026, 10, 31)
DECLARED = (  # yearly reports of those that publish one: complaints, mean days, reversed
    ("grand-foirail", ((412, "2.4", 61), (455, "2.1", 70))),
    ("comptoir-alize", ((1530, "1.6", ""), (1718, "1.5", ""))),
    ("bazarette", ((228, "4.2", 12), (301, "3.9", 19))),
    ("halle-dix", ((96, "0.5", 3), (104, "0.6", 2))),
    ("place-marine", ((17, "", ""),)),
)


def exposure():
    yield "marketplace month sellers source low high".split()
    places = json.loads((SAMPLE / "marketplaces.json").read_text())["marketplaces"]
    for place in places:
        for month in ["2025-11", "2025-12"] + ["2026-%02d" % m for m in range(1, 11)]:
            for entry in place["sellers"]:
                if entry["from"] <= month <= (entry["to"] or "9999-12"):
                    yield [place["id"], month, entry["count"],
                           "exemple fictif, relevé mensuel", entry["low"], entry["high"]]


def changes():
    yield "change_id marketplace kind notified_on effective_on url hash".split()
    for slug, own in make_changes(Dice(2)).items():
        for change in own:
            if change["effective"] > LAST:
                continue
            told = change["effective"] - days(change["lead"]) if change["notified"] else ""
            yield [change["id"], slug, change["kind"], told, change["effective"],
                   "https://%s.example/conditions/%s" % (slug, change["effective"]),
                   hashlib.sha256(change["id"].encode()).hexdigest()]


def declared():
    yield "marketplace from to complaints mean_days reversed source".split()
    for slug, years in DECLARED:
        assert slug in PLACES
        for year, (complaints, mean_days, reversed_) in enumerate(years, 2026 - len(years)):
            yield [slug, "%d-01" % year, "%d-12" % year, complaints, mean_days, reversed_,
                   "exemple fictif, rapport %d" % year]


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    for table in (exposure, changes, declared):
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(table())
        (folder / (table.__name__ + ".csv")).write_text(buffer.getvalue())


if __name__ == "__main__":
    main()
