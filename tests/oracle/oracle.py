#!/usr/bin/env python3
"""A second opinion on an edition: recomputes it from the method and the complaints.

Usage: oracle.py OBSERVATORY EDITION.json [--draws N] [--dataset FOLDER]...

Written from the methodology, not from the program: it weighs firms one by one where the
program weighs patterns, and has its own estimators, random numbers and readers. Standard
library only. Prints every difference; exit status 1 where there is any.

Points must agree but for their rounding. Ends of intervals must be values that another
sample of as many draws may well have (5 standard errors), probabilities agree within
0.02, gates and reasons exactly wherever chance has no say.
"""

import argparse
import hashlib
import json
import pathlib
import sys
from datetime import date

import alerts
import archived
import comparisons
import notices
import funnel
import secrecy
import variants
import verdicts
import watched
from complaints import exposure_from_store, from_store
from evidence import EPOCH, Evidence, Exposure, month_named, name_of
from scores import Window


def load(path):
    return json.loads(pathlib.Path(path).read_text("utf-8"))


class Oracle:
    def __init__(self, observatory, complaints=None, exposure_table=None, datasets=()):
        folder = pathlib.Path(observatory)
        self.method_bytes = (folder / "method.json").read_bytes()
        self.method = json.loads(self.method_bytes)
        self.registry = load(folder / "marketplaces.json")
        store = folder / "store.db"
        self.complaints = from_store(store) if complaints is None else complaints
        table = exposure_from_store(store) if exposure_table is None else exposure_table
        self.datasets = datasets
        self.changes = watched.changes_from_store(store)
        self.evidence = Evidence(self.method, self.complaints)
        self.exposure = Exposure(self.registry, table)
        self.names = [place["id"] for place in self.registry["marketplaces"]]
        self.signed = {
            place["id"]: date.fromisoformat(place["charter"]["from"]).toordinal() - EPOCH
            for place in self.registry["marketplaces"]
            if (place.get("charter") or {}).get("from")}

    def window(self, month):
        return Window(self.method, self.evidence, self.exposure, self.names, month)

    def compare(self, edition, draws=None):
        """The notes of all differences."""
        notes, method = verdicts.Notes(), self.method
        as_of = month_named(edition["as_of"])
        draws = draws or method["draws"]
        charter = comparisons.month_before_charter(method, self.signed, self.names, as_of)
        compared = {as_of, charter}
        if method["window_months"] <= method["history_months"]:
            compared.add(as_of - method["window_months"])
        windows = {month: self.window(month).draw(draws)
                   for month in sorted(compared - {None})}
        now = windows[as_of]
        self.head(notes, edition, as_of)
        for marketplace in edition["marketplaces"]:
            self.marketplace(notes, marketplace, now)
            comparisons.weakest(notes, marketplace, now)
            comparisons.trends(notes, marketplace, now,
                               windows.get(as_of - method["window_months"]))
        rated = comparisons.ranks(notes, edition, now)
        comparisons.signatories(notes, edition, now, self.signed, rated)
        comparisons.before_after(notes, edition, now, windows.get(charter), self.signed)
        self.history(notes, edition, windows, as_of)
        alerts.compare(notes, edition, alerts.Lookout(
            method, self.evidence, self.exposure, self.names, as_of))
        secrecy.compare(notes, edition, method, self.evidence, self.names)
        if "funnel" in method:
            funnel.compare(notes, edition, method, self.evidence, self.exposure, self.names)
        watched.compare(notes, edition, method, self.complaints, self.changes, as_of)
        notices.compare(notes, edition, method, self.evidence, as_of)
        archived.compare(notes, edition, method, self.registry, self.datasets, as_of)
        variants.compare(notes, edition, now, self.complaints, self.exposure, rated)
        return notes

    def head(self, notes, edition, as_of):
        notes.same("method.sha256", edition["method"]["sha256"],
                   hashlib.sha256(self.method_bytes).hexdigest())
        notes.same("window", edition["window"], {
            "from": name_of(as_of - self.method["window_months"] + 1),
            "to": edition["as_of"]})
        notes.same("marketplaces", [m["id"] for m in edition["marketplaces"]], self.names)
        weights = sum(pillar["weight"] for pillar in self.method["pillars"])
        for pillar, shown in zip(self.method["pillars"], edition["method"]["pillars"]):
            notes.near(f"method.{pillar['id']}.weight", shown["weight"],
                       pillar["weight"] / weights, 1e-6)

    def marketplace(self, notes, shown, window):
        name, draws = shown["id"], self.method["draws"]
        for pillar in self.method["pillars"]:
            self.pillar(notes, name, shown["pillars"][pillar["id"]], window, pillar)
        overall, path = shown["overall"], f"{name}.overall"
        verdicts.overall_score(notes, path, overall, list(shown["pillars"].values()),
                               window, name, draws)
        for band, value in (("band", "score"), ("band_low", "low"), ("band_high", "high")):
            known = overall[value]
            notes.same(f"{path}.{band}", overall[band],
                       None if known is None else verdicts.band(self.method, known))
        order = ("insufficient", "provisional", "established")
        least = min((p["status"] for p in shown["pillars"].values()), key=order.index)
        notes.same(name + ".status", shown["status"],
                   "insufficient" if overall["score"] is None else least)
        figure = self.exposure.figure(name, window.last_month)
        notes.same(name + ".sellers", shown["sellers"]["value"], figure and figure[0])

    def pillar(self, notes, name, shown, window, pillar):
        key, gates, place = pillar["id"], self.method["gates"], window.places[name]
        path = f"{name}.{key}"
        possible = verdicts.pillar_score(notes, path, shown, window, name, pillar,
                                         self.method["draws"])
        notes.truth(path + ".reasons", shown["reasons"] in possible,
                    f"{shown['reasons']}, here one of {possible}")
        status = "insufficient"
        if not shown["reasons"]:
            status = "provisional"
            if (place.firms[key] >= gates["established"]["firms"]
                    and place.units[key] >= gates["established"]["units"]
                    and verdicts.width_of(shown) <= gates["established"]["width"]):
                status = "established"
        notes.same(path + ".status", shown["status"], status)
        notes.same(path + ".firms_class", shown["firms_class"],
                   verdicts.firms_class(self.method, place.firms[key]))
        verdicts.indicators(notes, path, shown, window, name, pillar, self.method["draws"])

    def history(self, notes, edition, windows, as_of):
        """Every month of the trend; those not compared are drawn less often."""
        months = range(as_of - self.method["history_months"], as_of + 1)
        for marketplace in edition["marketplaces"]:
            notes.same(marketplace["id"] + ".history",
                       [entry["as_of"] for entry in marketplace["history"]],
                       [name_of(month) for month in months])
        for place, month in enumerate(months):
            full = month in windows
            draws = self.method["draws" if full else "history_draws"]
            window = windows[month] if full else self.window(month).draw(draws)
            for marketplace in edition["marketplaces"]:
                self.month(notes, marketplace, marketplace["history"][place], window,
                           draws)

    def month(self, notes, marketplace, entry, window, draws):
        name = marketplace["id"]
        path = f"{name}.history.{entry['as_of']}"
        for pillar in self.method["pillars"]:
            verdicts.pillar_score(notes, f"{path}.{pillar['id']}",
                                  entry["pillars"][pillar["id"]], window, name, pillar,
                                  draws)
        verdicts.overall_score(notes, path + ".overall", entry["overall"],
                               list(entry["pillars"].values()), window, name, draws)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("observatory")
    parser.add_argument("edition")
    parser.add_argument("--draws", type=int)
    parser.add_argument("--dataset", action="append", default=[],
                        help="folder of a dataset of terms that was ingested")
    given = parser.parse_args()
    notes = Oracle(given.observatory, datasets=given.dataset).compare(load(given.edition), given.draws)
    for line in notes.lines:
        print(line)
    print(f"{notes.compared} figures compared, {len(notes.lines)} differ")
    return 1 if notes.lines else 0


if __name__ == "__main__":
    sys.exit(main())
