#!/usr/bin/python3
"""The example on public data: real exports, counted again by a program that shares no line
with this one. Skipped where SHARED holds no real-data/cfpb."""

import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import observatory
import program
from program import OK, Case, call, environment, tree

EXAMPLE = program.ROOT / "data/examples/cfpb"
EXPORTS = sorted(pathlib.Path(os.environ.get("SHARED", "/nonexistent")).glob(
    "real-data/cfpb/*.csv"))
ACCOUNTS = ("records", "stored", "updated", "duplicates", "rejected")


@unittest.skipUnless(EXPORTS, "SHARED holds no real-data/cfpb/*.csv")
class Cfpb(Case):
    @classmethod
    def setUpClass(cls):
        base = pathlib.Path(tempfile.mkdtemp(prefix="barometre-test-"))
        cls.addClassCleanup(shutil.rmtree, base)
        cls.made = base / "cfpb"
        assert call("init", cls.made).returncode == OK
        for file in EXAMPLE.glob("*.json"):
            shutil.copy(file, cls.made)
        for file in EXPORTS:
            shutil.copy(file, cls.made / "inbox")
        cls.result = call("-C", cls.made, "run", "--as-of", "2014-12")
        cls.sources = observatory.last_report(cls.made)["sources"]

    def test_accounts_equal_those_of_another_program(self):
        self.assertEqual(self.result.returncode, OK, self.result.stderr)
        inbox = sorted((self.made / "inbox").iterdir())
        counted = subprocess.run(
            [sys.executable, program.ROOT / "tests/cfpb_count.py",
             EXAMPLE / "marketplaces.json", *inbox], capture_output=True, check=True)
        expected = {pathlib.Path(path).name: account
                    for path, account in json.loads(counted.stdout).items()}
        found = {row["name"]: {a: row[a] for a in ACCOUNTS}
                 for row in self.sources}
        self.assertEqual(found, expected)
        self.assertGreater(sum(a["stored"] for a in found.values()), 1000)

    def test_the_dates_of_each_export_are_stated(self):
        for row in self.sources:
            with (self.made / "inbox" / row["name"]).open(encoding="utf-8-sig",
                                                          newline="") as stream:
                days = [record["Date received"] or "" for record in csv.DictReader(stream)]
            expected = [shape for mark, shape in (("-", "YYYY-MM-DD"), ("/", "MM/DD/YYYY"))
                        if any(mark in day for day in days)]
            self.assertEqual(row["dates"], expected, row["name"])
        self.assertEqual({*sum((row["dates"] for row in self.sources), [])},
                         {"YYYY-MM-DD", "MM/DD/YYYY"})

    def test_the_site_is_published(self):
        edition = json.loads((observatory.current(self.made) / "edition.json").read_text(
            "utf-8"))
        self.assertEqual(edition["as_of"], "2014-12")
        scored = [p for p in edition["marketplaces"]
                  if p["pillars"]["support"]["score"] is not None]
        self.assertGreater(len(scored), 20)
        for row in edition["sources"]:
            sizes = dict(row["bytes"])
            self.assertEqual(sizes.pop("total"), sum(sizes.values()))

    def test_a_second_run_is_nothing_to_do(self):
        before = tree(self.made, skip=("runs",))
        self.succeed("-C", self.made, "run", "--as-of", "2014-12")
        self.assertEqual(tree(self.made, skip=("runs",)), before)
        self.assertEqual(observatory.last_report(self.made)["verdict"], "unchanged")

    def test_the_commands_of_its_readme_work_word_for_word(self):
        (self.folder / "bin").mkdir()
        (self.folder / "bin/barometre").symlink_to(program.PROGRAM)
        for name in ("data", "tests"):
            (self.folder / name).symlink_to(program.ROOT / name)
        shutil.copy(min(EXPORTS, key=lambda path: path.stat().st_size),
                    self.folder / "complaints.csv")
        blocks = re.findall("```sh\n(.*?)```", (EXAMPLE / "README.md").read_text("utf-8"),
                            re.S)
        self.assertEqual(len(blocks), 2)
        result = subprocess.run(
            ["sh", "-eu", "-c", "".join(blocks)], cwd=self.folder, text=True,
            capture_output=True, check=False,
            env=environment(PATH=f"{self.folder}/bin:{os.environ['PATH']}"))
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn('"schema": "barometre/edition/1"', result.stdout)
        self.assertIn('"rejected":', result.stdout)


class Forms(Case):
    """The three headers that the CFPB has had, in the three ways it has written dates."""

    ROW = {"Date received": "", "Product": "Mortgage", "Company": "Halle Une", "Tags": "None",
           "Submitted via": "Web", "Company response to consumer": "Closed with explanation",
           "Timely response?": "Yes", "Complaint ID": "12"}
    OLD = {"Complaint ID": "12", "Product": "Mortgage", "Date received": "",
           "Company": "Halle Une", "Company response": "Closed", "Timely response?": "No",
           "Consumer disputed?": "N/A"}

    def setUp(self):
        super().setUp()
        self.observatory = observatory.make(self.folder / "o")

    def ingest(self, row, *days, option="--json"):
        path = self.folder / "export.csv"
        path.write_text("\n".join([",".join(row)] + [
            ",".join({**row, "Date received": day, "Complaint ID": str(n)}.values())
            for n, day in enumerate(days, 12)]) + "\n", "utf-8")
        result = call("-C", self.observatory, "ingest", "--dry-run", option, path)
        return json.loads(result.stdout)[0] if option == "--json" else result.stdout

    def test_each_way_of_writing_dates_is_read_and_stated(self):
        newest = {k: v for k, v in self.ROW.items() if k != "Consumer disputed?"}
        for row, days, shapes in (
                (self.OLD, ("11/25/2014", "12/01/2014"), ["MM/DD/YYYY"]),
                (self.ROW, ("1/5/2018", "11/25/2018"), ["MM/DD/YYYY"]),  # saved again by Excel
                (self.ROW, ("2019-11-25",), ["YYYY-MM-DD"]),
                (newest, ("2024-01-01T08:15:30.000Z", "2024-01-02"), ["YYYY-MM-DD"]),
                (self.ROW, ("11/25/2018", "2019-01-01"), ["YYYY-MM-DD", "MM/DD/YYYY"])):
            with self.subTest(days):
                account = self.ingest(row, *days)
                self.assertEqual(account["stored"], len(days))
                self.assertEqual(account["dates"], shapes)
                self.assertIn("dates " + " and ".join(shapes),
                              self.ingest(row, *days, option="--lang=en"))

    def test_the_month_comes_first_in_every_line(self):
        shown = self.ingest(self.OLD, "03/04/2014", option="--lang=en")
        self.assertIn("received_on: 2014-03-04", shown)
        self.assertEqual(self.ingest(self.OLD, "25/11/2014")["rejected"], 1)

    def test_the_word_none_is_no_answer(self):
        row = {**self.ROW, "Timely response?": "None", "Company response to consumer": "None"}
        shown = self.ingest(row, "2024-01-01T08:15:30.000Z", option="--lang=en")
        self.assertIn("1 stored", shown)
        self.assertNotIn("human_reply", shown)
        self.assertNotIn("reply_individual", shown)


if __name__ == "__main__":
    program.main()
