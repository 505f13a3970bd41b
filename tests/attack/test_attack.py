#!/usr/bin/python3
"""The attack recovers nothing from the sample's editions, and finds planted leaks.

usage: test_attack.py BAROMETRE
"""

import json
import math
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import attack  # noqa: E402

T = 5
LAST = 2026 * 12 + 9  # October
PROGRAM = ""


def month(number):
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def edition(as_of, places=None, tables=(), firms=None):
    return {
        "as_of": as_of,
        "marketplaces": places or {},
        "tables": list(tables),
        "coverage": {"firms": firms, "complaints": None},
    }


def table(name, counts):
    """Rows of lists, the last row and column totals; None is hidden."""
    rows = [f"r{i}" for i in range(len(counts) - 1)] + ["_total"]
    columns = [f"c{i}" for i in range(len(counts[0]) - 1)] + ["_total"]
    cells = {r: dict(zip(columns, line)) for r, line in zip(rows, counts)}
    return {"id": name, "rows": rows, "columns": columns, "cells": cells}


def place(sellers, reports, pooled):
    """Of one pillar; its incidence is shown where it had 10 reports."""
    rate = (2 + reports) / (2 / pooled + sellers / 1000)
    score = round(100 * math.log(5.5 / rate) / math.log(11), 1)
    shown = reports >= 10
    incidence = {
        "score": score if shown else None,
        "reason": None if shown else "few_firms",
        "answers_class": "10-29" if shown else None,
    }
    return {
        "sellers": {"value": sellers},
        "mediation": {"referred": None},
        "pillars": {"support": {"indicators": {"incidence": incidence}}},
    }


def with_curve(as_of, answers_class, *points):
    indicator = {
        "answers_class": answers_class,
        "curve": {"points": [{"day": day, "share": share} for day, share in points]},
    }
    support = {"indicators": {"human_reply": indicator}}
    return edition(as_of, {"alpha": {"mediation": {"referred": None},
                                     "pillars": {"support": support}}})


def year_of(pooled):
    places = {
        "alpha": place(3000, 14, pooled),
        "beta": place(5000, 10, pooled),
        "small": place(3000, 2, pooled),
    }
    return [edition(month(LAST - back), places) for back in range(12)]


def noticed(as_of, bins, score=None, answers=None):
    """One marketplace's terminations: never, 0-14, 15-29, 30 days and more."""
    one = place(3000, 0, 1)
    one["pillars"] = {"delisting": {"indicators": {
        "notice_30d": {"score": score, "answers_class": answers}}}}
    one["terminations"] = {"firms": bins}
    return {**edition(as_of, {"alpha": one}),
            "notice": {"bins": [0, 15, 30],
                       "terminations": {"days": 30, "indicator": "notice_30d"}}}


def score_of(kept, n):
    return round(100 * (kept + 0.5) / (n + 1), 1)


class Notices(unittest.TestCase):
    def found(self, *editions):
        return attack.attack(list(editions), T)["notices"]

    def test_a_single_hidden_bin_is_found_from_the_score(self):
        leaky = noticed("2026-09", [None, 10, 0, 10], score_of(12, 23), "10-29")
        self.assertTrue(self.found(leaky))

    def test_bins_hidden_with_another_are_not(self):
        safe = noticed("2026-09", [None, None, 0, 10], score_of(12, 23), "10-29")
        self.assertFalse(self.found(safe))

    def test_without_a_score_the_least_class_bounds_the_bins(self):
        self.assertTrue(self.found(noticed("2026-09", [None, 5, 0, 0])))
        self.assertFalse(self.found(noticed("2026-09", [None, None, None, None])))

    def test_what_the_score_tells_alone_is_not_held_against_the_bins(self):
        late = score_of(10, 13), "10-29"  # or 22 of 29
        self.assertFalse(self.found(noticed("2026-09", [None] * 3 + [10], *late)))
        self.assertTrue(self.found(noticed("2026-09", [None, 5, None, 20], *late)))

    def test_exact_counts_of_two_months_are_subtracted(self):
        months = noticed("2026-09", [0, 0, 0, 11]), noticed("2026-10", [0, 0, 0, 13])
        self.assertTrue(self.found(*months))
        months = noticed("2026-09", [0, 0, 0, 10]), noticed("2026-10", [0, 0, 0, 15])
        self.assertFalse(self.found(*months))

    def test_a_small_bin_is_found(self):
        small = noticed("2026-09", [0, 3, 0, 10])
        self.assertTrue(attack.attack([small], T)["plain counts"])
def expected(firms, per_thousand, sellers, exact=None):
    """An expectation; `exact` plants a ratio of the number that is not rounded."""
    own = per_thousand * sellers / 1000
    ratio = None if firms is None else round((exact or firms) / own, 2)
    low = None if firms is None else round(max(0, firms - 2) / own, 2)
    return {"expected": round(own, 1), "firms": firms, "ratio": ratio, "low": low}


def funnel_year(rate, figures, tables=()):
    """Twelve months whose places have (sellers, firms[, exact]) beside a median rate."""
    places = {}
    for name, (sellers, firms, *exact) in figures.items():
        places[name] = place(sellers, 14, 3)
        places[name]["expectation"] = expected(firms, rate, sellers, *exact)
    editions = [edition(month(LAST - 1 - back), places, tables if back == 0 else ())
                for back in range(12)]
    for back, one in enumerate(editions):
        one["window"] = {"from": month(LAST - 1 - back - 11), "to": one["as_of"]}
        one["funnel"] = {"rate": rate}
    return editions


class Planted(unittest.TestCase):
    def found(self, editions, name):
        return attack.attack(editions, T)[name]

    def test_a_single_hidden_cell_is_found(self):
        leaky = table("month-2026-09", [[None, 8, 11], [9, 6, 15], [12, 14, 26]])
        self.assertTrue(self.found([edition("2026-09", tables=[leaky])], "margins"))

    def test_four_hidden_cells_of_wide_range_are_not(self):
        safe = table("month-2026-09", [[None, None, 11], [None, None, 15], [12, 14, 26]])
        self.assertFalse(self.found([edition("2026-09", tables=[safe])], "margins"))

    def test_a_cell_that_a_later_edition_shows_is_used(self):
        one = table("month-2026-09", [[None, None, 11], [None, None, 15], [12, 14, 26]])
        other = table("month-2026-09", [[None, 8, 11], [None, None, 15], [12, 14, 26]])
        editions = [edition("2026-09", tables=[one]), edition("2026-10", tables=[other])]
        self.assertTrue(self.found(editions, "margins"))

    def test_tables_that_overlap_are_subtracted(self):
        before = table("sector-2026-08", [[20, 20], [20, 20]])
        after = table("sector-2026-09", [[22, 22], [22, 22]])
        editions = [edition("2026-08", tables=[before]), edition("2026-09", tables=[after])]
        self.assertTrue(self.found(editions, "editions"))

    def test_exact_coverage_is_subtracted(self):
        editions = [edition("2026-09", firms=41), edition("2026-10", firms=43)]
        self.assertTrue(self.found(editions, "coverage"))
        editions = [edition("2026-09", firms=40), edition("2026-10", firms=50)]
        self.assertFalse(self.found(editions, "coverage"))

    def test_a_hidden_place_in_the_pooled_rate_is_found(self):
        with_small = (14 + 10 + 2 + 0.5) / 11
        without = (14 + 10 + 0.5) / 8
        self.assertTrue(self.found(year_of(with_small), "incidence"))
        self.assertFalse(self.found(year_of(without), "incidence"))

    def test_a_step_of_a_few_cases_is_found(self):
        leaky = with_curve("2026-09", "10-29", (1, 10), (2, 20), (3, 40))
        self.assertTrue(self.found([leaky], "curves"))

    def test_the_cases_never_answered_are_found(self):
        leaky = with_curve("2026-09", "20-20", (3, 25), (5, 50), (9, 85))
        self.assertTrue(any("not answered" in leak
                            for leak in self.found([leaky], "curves")))

    def test_steps_of_many_cases_are_not(self):
        safe = with_curve("2026-09", "10-29", (3, 25), (8, 50), (14, 75))
        self.assertFalse(self.found([safe], "curves"))

    def test_curves_of_two_months_are_subtracted(self):
        editions = [with_curve("2026-09", "21-21", (3, 35)),
                    with_curve("2026-10", "22-22", (3, 45))]
        self.assertTrue(any("before" in leak for leak in self.found(editions, "curves")))
        editions = [with_curve("2026-09", "10-29", (3, 35)),
                    with_curve("2026-10", "10-29", (3, 45))]
        self.assertFalse(self.found(editions, "curves"))
    SHOWN = {"alpha": (10000, 30), "beta": (10000, 40), "gamma": (10000, 50)}

    def test_a_hidden_place_that_sets_the_median_rate_is_found(self):
        hidden = {**self.SHOWN, "small": (1000, None)}
        self.assertFalse(self.found(funnel_year(4, hidden), "funnel"))
        # Of 30, 50 and 4 for 1,000, the last one is in the middle.
        leaky = {"alpha": (10000, 30), "beta": (10000, 60), "small": (1000, None)}
        self.assertFalse(self.found(funnel_year(4.5, leaky), "funnel"))
        self.assertTrue(self.found(funnel_year(4, leaky), "funnel"))

    def test_a_ratio_of_the_exact_number_is_found(self):
        exact = {**self.SHOWN, "beta": (10000, 40, 42)}
        self.assertTrue(self.found(funnel_year(4, exact), "funnel"))

    def quarters(self, *columns):
        """Tables of four quarters in which each column had 10 firms, or was left out."""
        names = ["2025-12", "2026-03", "2026-06", "2026-09"]
        tables = []
        for name, shown in zip(names, columns):
            made = table(f"sector-{name}", [[10] * (len(shown) + 1)] * 2)
            made["columns"] = [*shown, "_total"]
            made["cells"] = {row: dict.fromkeys(made["columns"], 10)
                             for row in made["rows"]}
            tables.append(made)
        return tables

    def test_a_year_less_its_quarters_is_found(self):
        three = self.quarters(["beta"], ["beta"], ["beta"], [])
        self.assertFalse(self.found(funnel_year(
            4, {"beta": (10000, 30), "a": (10000, 40), "b": (10000, 50)}, three),
            "funnel"))
        self.assertTrue(self.found(funnel_year(
            4, {"beta": (10000, 35), "a": (10000, 40), "b": (10000, 50)}, three),
            "funnel"))

    def test_a_plain_count_is_found(self):
        self.assertTrue(self.found([edition("2026-09", firms=3)], "plain counts"))


class Sample(unittest.TestCase):
    def run_program(self, *arguments):
        subprocess.run([PROGRAM, *arguments], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def test_fourteen_months_give_nothing_away(self):
        with tempfile.TemporaryDirectory() as scratch:
            observatory = pathlib.Path(scratch) / "obs"
            self.run_program("init", "--sample", str(observatory))
            inbox = sorted(str(p) for p in (observatory / "inbox").iterdir())
            self.run_program("-C", str(observatory), "ingest", *inbox)
            editions = []
            for back in range(14):
                file = pathlib.Path(scratch) / f"{back}.json"
                self.run_program("-C", str(observatory), "score", "--as-of",
                                 month(LAST - back), "-o", str(file))
                editions.append(json.loads(file.read_text(encoding="utf-8")))
        self.assertEqual(len(editions[0]["tables"]), 12)
        self.assertTrue(any(e["tables"][0]["reason"] for e in editions))
        self.assertTrue(all(e["notice"] for e in editions))
        told = [count for e in editions for m in e["marketplaces"]
                for count in m["terminations"]["firms"]]
        self.assertIn(None, told)
        self.assertTrue(any(told))
        told = [points for e in editions for _, _, points in
                attack.curves.all_curves(attack.by_id(e))]
        self.assertGreater(sum(map(len, told)), 200)
        self.assertEqual({k: v for k, v in attack.attack(editions, T).items() if v}, {})


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
