#!/usr/bin/python3
"""The example on public data: real exports, counted again by a program that shares no line
with this one. Skipped where SHARED holds no real-data/cfpb."""

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


if __name__ == "__main__":
    program.main()
