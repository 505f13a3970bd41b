#!/usr/bin/python3
"""Suspicious nights: an export that cannot be right stops the publication, says why, and
keeps nobody else's export out."""

import json
import os
import pathlib
import shutil
import tempfile

import observatory
import program
from program import NO_INPUT, OK, REFUSED, Case, call, copy, tree

HEADER = ",".join(observatory.COLUMNS) + "\n"


def mostly_refused():
    rows = [observatory.complaint(n) for n in range(300, 400)]
    for row in rows[:30]:
        row["siret"] = "12345678901234"
    return observatory.export(rows)


def make_directory(path):
    path.mkdir()


def make_fifo(path):
    os.mkfifo(path)


def make_loop(path):
    path.symlink_to(path.name)


NIGHTS = {
    # what is in the inbox: (how it comes there, words of the reason)
    "empty": (b"", "empty"),
    "header_only": (HEADER.encode(), "no record"),
    "unknown_columns": (b"name,colour\nx,blue\n", "profile"),
    "not_csv": (bytes(range(256)) * 40, "bad.csv"),
    "one_endless_line": (b"a" * 3_000_000, "bad.csv"),
    "too_many_rejects": (mostly_refused().encode(), "limit"),
    "a_directory": (make_directory, "regular file"),
    "a_fifo": (make_fifo, "regular file"),
    "a_link_to_itself": (make_loop, "opened"),
    "a_dead_link": (lambda path: path.symlink_to("nowhere"), "opened"),
}


class Suspicious(Case):
    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="barometre-test-"))
        cls.addClassCleanup(shutil.rmtree, folder)
        cls.published = observatory.make(folder / "o", places=["Halle Une", "Quai Deux"],
                                         exports=[("a.csv", observatory.complaints(1, 60))])
        assert call("-C", cls.published, "run", "--as-of", "2026-09").returncode == OK

    def stored(self, folder):
        return json.loads(self.succeed("-C", folder, "status", "--json").stdout)["complaints"]

    def spend(self, bad, reason):
        own = copy(self.published, self.folder / "own")
        path = own / "inbox/bad.csv"
        bad(path) if callable(bad) else path.write_bytes(bad)
        observatory.drop(own, "c.csv", observatory.complaints(100, 20))
        site, before = tree(own / "site"), self.stored(own)
        result = self.fail_with(REFUSED, "-C", own, "run", "--as-of", "2026-10",
                                says=("bad.csv", reason, "inbox/"))
        self.assertEqual(tree(own / "site"), site)
        self.assertEqual(self.stored(own), before + 20, "another export was kept out")
        report = observatory.last_report(own)
        self.assertEqual((report["verdict"], report["exit"]), ("refused", REFUSED))
        self.assertTrue(any("bad.csv" in p and reason in p for p in report["problems"]),
                        report["problems"])
        self.assertNotIn("generation", report)
        summary = next((own / "runs").glob("*/summary.txt")).parent.parent
        self.assertTrue(any(p.read_text("utf-8").startswith("refused (65)")
                            for p in summary.glob("*/summary.txt")))
        self.assertNotIn("Traceback", result.stderr)
        return own, path

    def test_a_night_stays_suspicious_until_its_export_goes(self):
        own, path = self.spend(NIGHTS["too_many_rejects"][0], "limit")
        self.fail_with(REFUSED, "-C", own, "run", "--as-of", "2026-10", says=("bad.csv",))
        path.unlink()
        self.succeed("-C", own, "run", "--as-of", "2026-10")

    def test_of_an_export_with_too_many_rejects_nothing_is_stored_but_why(self):
        own, _ = self.spend(NIGHTS["too_many_rejects"][0], "limit")
        rejects = self.succeed("-C", own, "rejects").stdout
        self.assertIn("30 ×", rejects)
        score = json.loads(self.succeed("-C", own, "score", "--as-of", "2026-10").stdout)
        self.assertEqual([s["rejected"] for s in score["sources"]], [0, 0])

    def test_a_few_rejects_are_no_reason_to_stop(self):
        rows = [observatory.complaint(n) for n in range(300, 320)]
        for row in rows[:9]:
            row["siret"] = "1"
        own = copy(self.published, self.folder / "own")
        observatory.drop(own, "few.csv", observatory.export(rows))
        result = self.succeed("-C", own, "run", "--as-of", "2026-10")
        self.assertIn("9 refused", result.stdout)

    def test_a_dry_run_tells_the_same(self):
        own = copy(self.published, self.folder / "own")
        observatory.drop(own, "bad.csv", b"")
        before = tree(own)
        self.fail_with(REFUSED, "-C", own, "run", "--dry-run", says=("bad.csv", "empty"))
        self.assertEqual(tree(own), before)

    def test_an_inbox_that_vanished_is_not_an_empty_one(self):
        own = copy(self.published, self.folder / "own")
        shutil.rmtree(own / "inbox")
        site = tree(own / "site")
        self.refuse_in_one_line(NO_INPUT, "-C", own, "run", "--as-of", "2026-10",
                                says=("inbox",))
        self.assertEqual(tree(own / "site"), site)
        self.assertEqual(observatory.last_report(own)["exit"], NO_INPUT)
        self.refuse_in_one_line(NO_INPUT, "-C", own, "status", says=("inbox",))

    def test_an_export_cut_in_the_middle_of_a_record_loses_that_record_alone(self):
        own = copy(self.published, self.folder / "own")
        text = observatory.complaints(300, 30)
        observatory.drop(own, "cut.csv", text[:-40])
        self.assertIn("30 records read, 29 stored, 0 updated, 0 already known, 1 refused",
                      self.succeed("-C", own, "run", "--as-of", "2026-10").stdout)

    def test_a_file_still_on_its_way_is_not_there_yet(self):
        own = copy(self.published, self.folder / "own")
        observatory.drop(own, ".bad.csv.part", b"")
        self.succeed("-C", own, "run", "--as-of", "2026-10")


def add_night(name, bad, reason):
    def test(self):
        own, path = self.spend(bad, reason)
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        before = observatory.current(own).name
        self.succeed("-C", own, "run", "--as-of", "2026-10")
        self.assertNotEqual(observatory.current(own).name, before)

    setattr(Suspicious, f"test_{name}_publishes_nothing_until_it_goes", test)


for night_name, (night_bad, night_reason) in NIGHTS.items():
    add_night(night_name, night_bad, night_reason)


if __name__ == "__main__":
    program.main()
