#!/usr/bin/python3
"""Datasets of published terms, from the inbox to the page: known, told once, attributed."""

import json
import os
import zipfile

import observatory
import program
from program import REFUSED, Case, call, environment, tree

SELLERS = "Halle Une/Marketplace Sellers Conditions"
VERSIONS = {f"{SELLERS}/2026-{month:02}-{day:02}T06-00-00Z.md": words
            for month, day, words in (
                (1, 5, "a " * 40), (1, 6, "b " * 40), (1, 7, "a " * 40), (1, 8, "b " * 40),
                (3, 2, "c " * 40), (5, 4, "d " * 40), (7, 6, "e " * 40))}
ABOUT = {"README.md": "# Terms", "LICENSE": "ODC-BY"}
APART = {"Elsewhere/Terms/2026-01-05T06-00-00Z.md": "x"}
SOURCE = "Open Terms Archive, ODC-BY 1.0"


class Terms(Case):
    def setUp(self):
        super().setUp()
        self.made = observatory.make(self.folder / "o")

    def drop(self, name, files):
        """A zip in the inbox."""
        path = self.made / "inbox" / name
        with zipfile.ZipFile(path, "w") as packed:
            for file, text in files.items():
                packed.writestr(file, text)
        return path

    def run_month(self, **settings):
        return call("-C", self.made, "run", "--as-of", "2026-10", **settings)

    def place(self):
        edition = json.loads((observatory.current(self.made) / "edition.json").read_text(
            "utf-8"))
        return next(m for m in edition["marketplaces"] if m["name"] == "Halle Une")

    def test_a_dataset_in_the_inbox_is_told_once(self):
        self.drop("terms.zip", {**ABOUT, **VERSIONS, **APART})
        self.assertEqual(json.loads(self.succeed(
            "-C", self.made, "status", "--json").stdout)["waiting"], 1)
        result = self.run_month(env=environment(LC_ALL="fr_FR.UTF-8"))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("7 versions lues, 5 textes nouveaux, 2 déjà connus, 0 refusées",
                      result.stdout)
        self.assertIn("1 version de 1 service hors du registre", result.stdout)
        self.assertIn(SOURCE, result.stdout)
        state = json.loads(self.succeed("-C", self.made, "status", "--json").stdout)
        self.assertEqual((state["waiting"], state["terms"]),
                         (0, {"documents": 1, "versions": 7}))
        before = tree(self.made / "site")
        self.run_month()
        self.assertEqual(tree(self.made / "site"), before)

    def test_its_page_names_its_source_and_says_no_notice(self):
        self.drop("terms.zip", VERSIONS)
        self.assertEqual(self.run_month().returncode, 0)
        terms = self.place()["observed_terms"]
        self.assertEqual((terms["changes"], terms["median_interval_days"]), (4, 63.0))
        self.assertEqual(self.place()["changes"]["count"], None)  # the register of notice
        for path, says in (("places/halle-une", "jamais celui de l’annonce"),
                           ("en/places/halle-une", "never that of the announcement")):
            page = (observatory.current(self.made) / path / "index.html").read_text("utf-8")
            self.assertIn(SOURCE, page)
            self.assertIn(says, page)
        other = next((observatory.current(self.made) / "places").iterdir())
        if other.name != "halle-une":
            self.assertNotIn(SOURCE, (other / "index.html").read_text("utf-8"))
        table = (observatory.current(self.made) / "data/terms-changes.csv").read_text("utf-8")
        self.assertEqual(table.count("Marketplace Sellers Conditions"), 4)

    def test_a_refused_file_is_told_by_its_path_alone(self):
        path = self.drop("terms.zip", {**VERSIONS, f"{SELLERS}/2026-02-30T06-00-00Z.md":
                                       "SECRETCLAUSE"})
        row = json.loads(self.succeed("-C", self.made, "ingest", "--json", path).stdout)[0]
        self.assertEqual((row["records"], row["rejected"], row["profile"]),
                         (8, 1, "open-terms-archive"))
        self.assertEqual(row["bytes"]["rejected"], len("SECRETCLAUSE"))
        told = self.succeed("-C", self.made, "rejects").stdout
        self.assertIn("2026-02-30T06-00-00Z.md", told)
        everything = self.succeed("-C", self.made, "rejects", "--csv").stdout
        self.assertNotIn("SECRETCLAUSE", everything)

    def test_a_dry_run_keeps_nothing(self):
        path = self.drop("terms.zip", VERSIONS)
        before = tree(self.made, skip=("rejects",))
        result = self.succeed("-C", self.made, "ingest", "--dry-run", path)
        self.assertIn("5", result.stdout)
        state = json.loads(self.succeed("-C", self.made, "status", "--json").stdout)
        self.assertEqual(state["terms"], {"documents": 0, "versions": 0})
        self.assertEqual({*before} - {*tree(self.made)}, set())

    def test_a_folder_without_a_known_service_is_refused(self):
        folder = self.folder / "elsewhere"
        for name, text in APART.items():
            (folder / name).parent.mkdir(parents=True)
            (folder / name).write_text(text, "utf-8")
        os.symlink(folder / "Elsewhere", folder / "Halle Une")
        result = call("-C", self.made, "ingest", folder)
        self.assertEqual(result.returncode, REFUSED)
        self.assertIn("add the service to the aliases", result.stderr)

    def test_a_damaged_zip_leaves_nothing(self):
        path = self.drop("terms.zip", VERSIONS)
        path.write_bytes(path.read_bytes()[:400])
        result = call("-C", self.made, "ingest", "--profile", "open-terms-archive", path)
        self.assertEqual(result.returncode, REFUSED)
        state = json.loads(self.succeed("-C", self.made, "status", "--json").stdout)
        self.assertEqual(state["terms"]["versions"], 0)


if __name__ == "__main__":
    program.main()
