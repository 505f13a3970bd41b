"""The observed terms that the program publishes are those of the files it was given.

Usage: test_archived.py [TEST]; the program is $BAROMETRE."""

import copy
import datetime
import json
import os
import pathlib
import random
import shutil
import tempfile
import unittest
import zipfile

import archived
from evidence import month_named
from observatories import must
from oracle import load
from verdicts import Notes

REAL = pathlib.Path(os.environ.get("SHARED", "/nonexistent")) / "real-data"
DATASETS = [REAL / name / "dataset" for name in ("ota-p2b", "ota-france")]
DOCUMENTS = {("Boulanger", "Marketplace Sellers Conditions"): "variants",
             ("Fnac", "Terms of Service"): "steady", ("Darty", "Terms of Service"): "burst",
             ("Amazon.fr", "Commercial Terms"): "page", ("Temu", "Terms"): "page",
             ("Cdiscount Marketplace", "Terms"): "steady", ("No such place", "T"): "steady"}
START = datetime.datetime(2023, 1, 1, 6)


def text(words):
    return " ".join(words)


def history(chance, kind):
    """(hours since the start, text) of each version of a document."""
    words, hours, told = [f"w{chance.randrange(400)}" for _ in range(200)], 0, []
    for i in range({"page": 60}.get(kind, 40)):
        if kind == "variants" and i % 9:
            told.append((hours, text(words + ["variant"] * 15 * (i % 2))))
        else:
            words = words[chance.randrange(12):] + [
                f"n{chance.randrange(10 ** 6)}" for _ in range(chance.randrange(16))]
            told.append((hours, text(words)))
        hours += {"page": 12, "burst": chance.choice((24, 24 * 7, 24 * 60))}.get(
            kind, chance.randrange(24, 24 * 50))
    return told


def write(folder, seed=5):
    """An archive of all kinds of documents; the paths of its versions."""
    chance, paths = random.Random(seed), []
    for (service, terms), kind in DOCUMENTS.items():
        for hours, content in history(chance, kind):
            name = (START + datetime.timedelta(hours=hours)).strftime(
                "%Y-%m-%dT%H-%M-%SZ.md")
            path = folder / service / terms / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
            paths.append(path)
    return paths


def score(observatory, month):
    return json.loads(must("-C", observatory, "score", "--as-of", month))


class Archived(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.place = pathlib.Path(place.name)
        self.observatory = self.place / "observatory"
        must("init", self.observatory)

    def notes(self, edition, folders):
        notes = Notes()
        archived.compare(notes, edition, load(self.observatory / "method.json"),
                         load(self.observatory / "marketplaces.json"), folders,
                         month_named(edition["as_of"]))
        return notes

    def documents(self, edition):
        return [d for m in edition["marketplaces"] for d in m["observed_terms"]["documents"]]

    def test_what_an_archive_tells_grows_to_the_same_in_any_order(self):
        paths, part = write(self.place / "whole"), self.place / "part"
        for path in random.Random(1).sample(paths, len(paths) // 3):
            to = part / path.relative_to(self.place / "whole")
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, to)
        must("-C", self.observatory, "ingest", part)
        early = score(self.observatory, "2024-06")
        self.assertEqual(self.notes(early, [part]).lines, [])
        with zipfile.ZipFile(self.place / "whole.zip", "w") as packed:
            for path in reversed(paths):
                packed.write(path, "archive" / path.relative_to(self.place / "whole"))
        must("-C", self.observatory, "ingest", self.place / "whole.zip")
        for month in ("2023-01", "2023-12", "2024-06", "2026-10"):
            edition = score(self.observatory, month)
            notes = self.notes(edition, [self.place / "whole"])
            self.assertEqual(notes.lines, [], month)
            self.assertGreater(notes.compared, 100)
        self.assertEqual({d["pattern"] for d in self.documents(edition)},
                         {"steady", "flip_flop", "dynamic"})
        fresh = self.place / "fresh"
        must("init", fresh)
        must("-C", fresh, "ingest", self.place / "whole")
        for published, alone in zip(edition["marketplaces"],
                                    score(fresh, "2026-10")["marketplaces"]):
            self.assertEqual(published["observed_terms"], alone["observed_terms"])

    def test_each_fault_is_told(self):
        write(self.place / "whole")
        must("-C", self.observatory, "ingest", self.place / "whole")
        edition = score(self.observatory, "2023-12")
        for index, place in enumerate(edition["marketplaces"]):
            for member in ("changes", "median_interval_days"):
                if place["observed_terms"][member] is not None:
                    wrong = copy.deepcopy(edition)
                    wrong["marketplaces"][index]["observed_terms"][member] += 1
                    self.assertEqual(len(self.notes(
                        wrong, [self.place / "whole"]).lines), 1)

    @unittest.skipUnless(all(map(pathlib.Path.is_dir, DATASETS)),
                         "SHARED holds no real-data/ota-*/dataset")
    def test_real_archives_tell_what_their_files_say(self):
        must("-C", self.observatory, "ingest", *DATASETS)
        for month in ("2022-10", "2023-09", "2025-12"):
            edition = score(self.observatory, month)
            self.assertEqual(self.notes(edition, DATASETS).lines, [], month)
        self.assertGreater(len(self.documents(edition)), 8)


if __name__ == "__main__":
    unittest.main()
