#!/usr/bin/python3
"""Public exports beside the complaints, real ones where SHARED holds them: accounts and
published figures equal those of a program that shares no line with this one."""

import csv
import hashlib
import io
import json
import os
import pathlib
import subprocess
import sys
import unittest
import zipfile

import observatory
import program
from program import Case, call

REAL = pathlib.Path(os.environ.get("SHARED", "/nonexistent")) / "real-data"
STATEMENTS = sorted(REAL.glob("dsa/*.csv"))
CONSUMERS = sorted(REAL.glob("signalconso/*.csv"))
KINDS = ("stored", "updated", "duplicates", "rejected", "blank")
PLACES = ("Wallapop", "Google Shopping", "Halle Une")


def percent(part, whole):
    return round(100 * part / whole, 1)


class Context(Case):
    def setUp(self):
        super().setUp()
        self.made = observatory.make(self.folder / "made", PLACES)

    def ingest(self, *files):
        rows = json.loads(self.succeed("-C", self.made, "ingest", "--json", *files).stdout)
        for row in rows:
            sizes = dict(row["bytes"])
            self.assertEqual(sizes.pop("total"), sum(sizes.values()))
            self.assertEqual(row["records"], sum(row[k] for k in KINDS[:4]))
        return rows

    def count(self, *files):
        counted = subprocess.run(
            [sys.executable, program.ROOT / "tests/context_count.py",
             self.made / "marketplaces.json", *files], capture_output=True, check=True)
        return list(json.loads(counted.stdout).values())

    def edition(self, month):
        return json.loads(self.succeed("-C", self.made, "score", "--as-of", month).stdout)

    def assert_consumers(self, edition, months):
        """The national figures are those of the window's months, and of no other."""
        window = edition["window"]
        expected = {m: c for m, c in months.items()
                    if window["from"] <= m <= window["to"]}
        told = {row["month"]: row for row in edition["context"]["consumers"]}
        self.assertEqual(list(told), sorted(expected))
        for month, counts in expected.items():
            row, sent = told[month], counts["transmitted"]
            self.assertEqual((row["reports"], row["transmitted"]),
                             (counts["reports"], sent))
            for step in ("read", "answered"):
                if sent == 0:
                    self.assertIsNone(row[step])
                else:
                    self.assertAlmostEqual(row[step], 100 * counts[step] / sent,
                                           delta=0.0500001)

    @unittest.skipUnless(CONSUMERS, "SHARED holds no real-data/signalconso/*.csv")
    def test_real_reports_of_consumers(self):
        for file, counted in zip(CONSUMERS, self.count(*CONSUMERS)):
            with self.subTest(file.name):
                row, = self.ingest(file)
                self.assertEqual(row["profile"], "signalconso")
                self.assertEqual({k: row[k] for k in KINDS}, counted["account"])
                newest = max(counted["months"])
                self.assertGreater(len(counted["months"]), 12)
                self.assert_consumers(self.edition(newest), counted["months"])
                self.assert_consumers(self.edition("2022-06"), counted["months"])

    @unittest.skipUnless(CONSUMERS, "SHARED holds no real-data/signalconso/*.csv")
    def test_a_real_record_that_is_cut_is_a_reject(self):
        cut = [file for file in CONSUMERS if "truncated" in file.name]
        row, = self.ingest(*cut)
        self.assertEqual((row["records"], row["stored"], row["rejected"]), (1246, 1245, 1))
        said = self.succeed("-C", self.made, "rejects", "--csv").stdout
        self.assertIn("field_count", said)

    @unittest.skipUnless(STATEMENTS, "SHARED holds no real-data/dsa/*.csv")
    def test_real_statements_of_reasons(self):
        counted = self.count(*STATEMENTS)
        rows = self.ingest(*STATEMENTS)
        self.assertEqual([{k: row[k] for k in KINDS} for row in rows],
                         [each["account"] for each in counted])
        self.assertEqual({row["profile"] for row in rows}, {"dsa"})
        source, = self.edition("2025-07")["sources"]
        hashes = "".join(sorted(row["sha256"] + "\n" for row in rows))
        self.assertEqual(source["sha256"], hashlib.sha256(hashes.encode()).hexdigest())
        self.assertEqual({k: source[k] for k in KINDS},
                         {k: sum(row[k] for row in rows) for k in KINDS})
        months = {key: value for each in counted for key, value in each["months"].items()}
        self.assertEqual(set(months), {"google-shopping 2024-03", "wallapop 2025-07"})
        for key, counts in months.items():
            place, month = key.split()
            edition = self.edition(month)
            told = {p["id"]: p["statements"] for p in edition["marketplaces"]}
            self.assertEqual(told.pop(place), [{
                "month": month, "days": 1, "statements": counts["statements"],
                "suspensions": counts["suspensions"],
                "terminations": counts["terminations"], "services": counts["services"],
                "products": counts["products"],
                "decided": percent(counts["decided"], counts["statements"]),
                "detected": percent(counts["detected"], counts["statements"])}])
            self.assertEqual([rows for rows in told.values() if rows], [])

    @unittest.skipUnless(STATEMENTS, "SHARED holds no real-data/dsa/*.csv")
    def test_a_zip_of_zips_counts_once_with_what_it_holds(self):
        outer = self.folder / "sor-global-full.zip"
        with zipfile.ZipFile(outer, "w") as day:
            for part, file in enumerate(STATEMENTS):
                inner = io.BytesIO()
                with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as packed:
                    packed.write(file, file.name)
                day.writestr(f"sor-global-full-{part:05d}.csv.zip", inner.getvalue())
                day.writestr(f"sor-global-full-{part:05d}.csv.zip.sha1", "0" * 40)
        self.assertEqual(sum(row["stored"] for row in self.ingest(outer)), 2)
        for file in STATEMENTS:
            self.assertEqual(self.ingest(file)[0]["outcome"], "known")
            again = self.folder / "renamed.csv"
            again.write_bytes(file.read_bytes() + b"\n")
            row, = self.ingest(again)
            self.assertEqual((row["outcome"], row["stored"], row["duplicates"]),
                             ("done", 0, 1))

    @unittest.skipUnless(CONSUMERS and STATEMENTS, "SHARED holds no real data")
    def test_pages_and_status_tell_of_them(self):
        self.ingest(*CONSUMERS, *STATEMENTS)
        self.succeed("-C", self.made, "publish", "--as-of", "2024-03")
        site = observatory.current(self.made)
        for page, words in (("index.html", "SignalConso"),
                            ("places/google-shopping/index.html", "2022/2065"),
                            ("en/index.html", "enter no score"),
                            ("en/places/google-shopping/index.html", "itself")):
            self.assertIn(words, (site / page).read_text("utf-8"), page)
        self.assertNotIn('id="motifs"', (site / "places/halle-une/index.html").read_text(
            "utf-8"))
        rows = list(csv.DictReader(io.StringIO((site / "data/statements.csv").read_text(
            "utf-8"))))
        self.assertEqual([(r["place"], r["month"], r["products"]) for r in rows],
                         [("google-shopping", "2024-03", "1")])
        held = json.loads(self.succeed("-C", self.made, "status", "--json").stdout)
        self.assertEqual(held["context"]["statements"], 2)
        self.assertGreater(held["context"]["consumers"], 1000)

    def test_a_named_profile_says_what_is_missing(self):
        path = self.folder / "a.csv"
        path.write_text("uuid,platform_name\n1,2\n", "utf-8")
        self.refuse_in_one_line(program.REFUSED, "-C", self.made, "ingest", "--profile",
                                "dsa", path, says=("decision visibility", "'dsa'"))

    def test_a_registry_that_loses_a_place_of_statements_is_told(self):
        if not STATEMENTS:
            self.skipTest("SHARED holds no real-data/dsa/*.csv")
        self.ingest(*STATEMENTS)
        observatory.edit_json(self.made / "marketplaces.json",
                              lambda registry: registry["marketplaces"].pop(0))
        result = call("-C", self.made, "status")
        self.assertEqual(result.returncode, program.CONFIG)
        self.assertIn("wallapop", result.stderr)


if __name__ == "__main__":
    program.main()
