"""What the program publishes is what the oracle computes; and the oracle notices faults.

Usage: test_oracle.py [TEST]; the program is $BAROMETRE."""

import copy
import re
import tempfile
import unittest

import exports
from comparisons import CHANCE
from complaints import exposure_from_store, from_store
from evidence import month_named
from observatories import GOLDEN, GOLDEN_MONTH, SAMPLE_DAY, make_golden, make_sample
from oracle import Oracle, load
from verdicts import Notes

PILLARS = {"D": "delisting", "S": "support", "C": "clauses"}


def golden_points():
    """(marketplace, pillar or "overall", indicator's place or None) → score."""
    points, name, text = {}, None, (GOLDEN / "method_example.out").read_text("utf-8")
    for line in text.split("-- ranks")[0].splitlines():
        place = re.match(r"== (\w+)", line)
        name = place.group(1) if place else name
        found = re.search(r"(?:([DSC])(\d) |PILLAR ([DSC]) |(OVERALL) ).*?score=([\d.]+)",
                          line)
        if found:
            letter = found.group(1) or found.group(3)
            key = PILLARS[letter] if letter else "overall"
            order = int(found.group(2)) - 1 if found.group(2) else None
            points[name, key, order] = float(found.group(5))
    return points


class Golden(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.folder, cls.edition = make_golden(cls.place.name)
        cls.oracle = Oracle(cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def test_the_oracle_has_the_frozen_points_of_the_example(self):
        window, points = self.oracle.window(month_named(GOLDEN_MONTH)), golden_points()
        self.assertEqual(len(points), 4 * (3 * 6 + 1))
        for (name, key, order), score in points.items():
            place = window.places[name]
            own = place.overall if key == "overall" else place.pillars[key]
            if order is not None:
                pillar = next(p for p in self.oracle.method["pillars"] if p["id"] == key)
                own = place.indicators[key][pillar["indicators"][order]["id"]]
            self.assertAlmostEqual(own, score, delta=1e-4, msg=f"{name} {key} {order}")

    def test_the_program_agrees_with_the_oracle(self):
        notes = self.oracle.compare(self.edition)
        self.assertEqual(notes.lines, [])
        self.assertGreater(notes.compared, 1000)


class Sample(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.folder, cls.edition = make_sample(cls.place.name)
        cls.complaints, cls.exposure = exports.read(
            cls.folder, load(cls.folder / "method.json"),
            load(cls.folder / "marketplaces.json"), SAMPLE_DAY)

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def test_the_store_holds_what_the_exports_say(self):
        stored = {c["report_id"]: c for c in from_store(self.folder / "store.db")}
        told = {c["report_id"]: c for c in self.complaints}
        self.assertEqual(len(told), len(self.complaints))
        self.assertGreater(len(told), 1000)
        self.assertEqual(told.keys(), stored.keys())
        for report_id, complaint in told.items():
            self.assertEqual({**complaint, "firm": None},
                             {**stored[report_id], "firm": None})
        pairs = {(told[report_id]["firm"], stored[report_id]["firm"])
                 for report_id in told}
        for firms in zip(*pairs):  # firms are told apart, and only firms
            self.assertEqual(len(set(firms)), len(pairs))
        self.assertEqual(self.exposure, exposure_from_store(self.folder / "store.db"))

    def test_the_program_agrees_with_the_oracle(self):
        notes = Oracle(self.folder, self.complaints, self.exposure).compare(self.edition)
        self.assertEqual(notes.lines, [])
        self.assertGreater(notes.compared, 5000)


def shift(by):
    return lambda value: value + by


# Where in the golden edition a fault is put, and what it makes of the value there.
FAULTS = {
    "a point": (("pillars", "support", "score"), shift(0.2)),
    "an end of an interval": (("pillars", "delisting", "low"), shift(-2)),
    "an indicator": (("pillars", "clauses", "indicators", "notified", "score"),
                     shift(-0.2)),
    "a median": (("pillars", "support", "median_days", "value"), shift(1)),
    "a point of a curve": (("pillars", "support", "indicators", "human_reply", "curve",
                            "points", 0, "share"), shift(5)),
    "a day of a curve": (("pillars", "support", "indicators", "human_reply", "curve",
                          "points", -1, "day"), shift(1)),
    "a chance of a half": (("pillars", "support", "indicators", "human_reply", "curve",
                            "p_half"), lambda p: abs(p - 0.1)),
    "a class": (("pillars", "support", "firms_class"), lambda _: "100+"),
    "a status": (("pillars", "clauses", "status"), lambda _: "established"),
    "a reason": (("pillars", "clauses", "reasons"), lambda _: ["few_changes"]),
    "a band": (("overall", "band"), lambda _: "A"),
    "a rank": (("overall", "rank_low"), shift(-1)),
    "a probability": (("overall", "p_last"), shift(-0.1)),
    "a weakest pillar": (("pillars", "delisting", "p_weakest"), shift(-0.1)),
    "a trend": (("overall", "trend", "claim"), lambda _: "improving"),
    "a trend's reason": (("overall", "trend", "reason"), lambda _: None),
    "a month of the past": (("history", -1, "overall", "score"), shift(0.2)),
    "an alert": (("alerts",), lambda _: [{"month": "2019-12", "pillar": "support",
                                          "scope": "own"}]),
    "a watched share": (("watch", "fees", "firms", "high"), shift(1)),
    "a watched change": (("watch", "fees", "change"), lambda _: "worsening"),
    "a bin of notices": (("terminations", "firms", 1),
                         lambda told: 10 if told is None else None),
    "a claim of lateness": (("terminations", "one_in"), lambda told: 4),
    "a mediation": (("mediation", "referred"), shift(5)),
    "an expected number": (("expectation", "expected"), shift(1)),
    "a rounded number": (("expectation", "firms"), shift(5)),
    "a ratio": (("expectation", "ratio"), shift(0.02)),
    "a position": (("expectation", "position"), lambda _: "below_outer"),
    "a number of sellers": (("sellers", "value"), shift(1)),
}


class Faults(unittest.TestCase):
    """A comparison that finds nothing has looked: each fault alone is told."""

    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        folder, cls.edition = make_golden(cls.place.name)
        cls.oracle = Oracle(folder)
        cls.oracle.method["history_months"] = 0
        cls.edition["groups"]["before_after"]["reason"] = "few_months"
        for marketplace in cls.edition["marketplaces"]:
            del marketplace["history"][:-1]

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def lines(self, edition):
        return self.oracle.compare(edition, draws=2000).lines

    def faulty(self, path, change):
        edition = copy.deepcopy(self.edition)
        member = edition["marketplaces"][0]
        for step in path[:-1]:
            member = member[step]
        member[path[-1]] = change(member[path[-1]])
        return edition

    def test_each_is_told(self):
        self.assertEqual(self.lines(self.edition), [])
        for what, (path, change) in FAULTS.items():
            with self.subTest(what):
                self.assertNotEqual(self.lines(self.faulty(path, change)), [])

    def test_those_of_robustness_are_told(self):
        for change in ("score", "rank"):
            edition = copy.deepcopy(self.edition)
            edition["robustness"]["places"][1]["variants"]["V7"][change] += 1
            self.assertNotEqual(self.lines(edition), [])

    def test_those_of_tables_are_told(self):
        edition = copy.deepcopy(self.edition)
        table = next(t for t in edition["tables"] if t["id"] == "pillar-2019-06")
        table["cells"]["delisting"]["alpha"] += 1
        self.assertNotEqual(self.lines(edition), [])

    def test_those_of_the_funnel_are_told(self):
        for change in (lambda funnel: funnel.update(rate=funnel["rate"] + 0.001),
                       lambda funnel: funnel.update(dispersion=funnel["dispersion"] + 0.5),
                       lambda funnel: funnel["limits"][9].update(
                           outer_high=funnel["limits"][9]["outer_high"] + 0.2)):
            edition = copy.deepcopy(self.edition)
            change(edition["funnel"])
            self.assertNotEqual(self.lines(edition), [])

    def test_those_of_pairs_are_told(self):
        edition = copy.deepcopy(self.edition)
        edition["pairs"][0]["p"] += 5 * CHANCE
        self.assertNotEqual(self.lines(edition), [])
        del edition["pairs"][0]
        self.assertNotEqual(self.lines(edition), [])


class Agreement(unittest.TestCase):
    def test_a_figure_agrees_up_to_its_rounding(self):
        notes = Notes()
        notes.near("here", 54.1, 54.149)
        self.assertEqual(notes.lines, [])
        notes.near("here", 54.1, 54.16)
        self.assertEqual(len(notes.lines), 1)

    def test_a_missing_figure_never_agrees(self):
        notes = Notes()
        notes.near("here", None, 54.1)
        self.assertEqual(len(notes.lines), 1)


if __name__ == "__main__":
    unittest.main()
