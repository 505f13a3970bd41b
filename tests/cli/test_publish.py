#!/usr/bin/python3
"""A month is published once: its edition keeps its address and its bytes, and is corrected
beside, never in place."""

import json
import os
import re

import observatory
import program
from interruption import faults_of_site
from program import REFUSED, USAGE, Case, sha256, tree


class Publish(Case):
    def setUp(self):
        super().setUp()
        self.made = observatory.make(self.folder / "o", exports=[
            ("first.csv", observatory.complaints(1, 60))])
        self.current = self.made / "site/current"

    def tearDown(self):
        if self.current.exists():
            self.assertIsNone(faults_of_site(self.made))

    def run_month(self, month, **settings):
        return self.succeed("-C", self.made, "run", "--as-of", month, **settings)

    def publish(self, *arguments, **settings):
        return self.succeed("-C", self.made, "publish", *arguments, **settings)

    def take_in_more(self):
        """Complaints that change the figures of months already published."""
        rows = observatory.complaints(200, 40, reasons_given="no", heard="no",
                                      received_on="2026-08-15")
        self.succeed("-C", self.made, "ingest", observatory.drop(self.made, "late.csv", rows))

    def edition(self, folder=""):
        return json.loads((self.current / folder / "edition.json").read_text("utf-8"))

    def list(self, name):
        return json.loads((self.current / f"{name}.json").read_text("utf-8"))[name]

    def frozen(self, month):
        return tree(self.current / "editions" / month)

    def revise(self, month, reason="One source had sent its rows twice."):
        return self.publish("--revise", month, "--reason", reason)

    def test_an_edition_stays_byte_for_byte_through_later_months(self):
        self.run_month("2026-08")
        frozen = self.frozen("2026-08")
        for name in ("index.html", "en/index.html", "edition.json", "manifest.json",
                     "charts/ranking.wide.fr.svg", "charts/heatmap.narrow.en.svg",
                     "share.fr.png", "share.en.png"):
            self.assertIn(name, frozen)
        self.take_in_more()
        for month in ("2026-09", "2026-10"):
            self.run_month(month)
            self.assertEqual(self.frozen("2026-08"), frozen)
        self.assertEqual(self.edition()["as_of"], "2026-10")
        self.assertEqual([e["path"] for e in self.list("editions")],
                         [f"editions/2026-{m}/" for m in ("10", "09", "08")])
        self.assertEqual(self.list("errata"), [])

    def test_a_frozen_edition_is_whole_by_itself(self):
        self.run_month("2026-10")
        folder = self.current / "editions/2026-10"
        files = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
        self.assertEqual({"manifest.json", *files},
                         {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()})
        for name, file in files.items():
            self.assertEqual(sha256(folder / name), file["sha256"])
            if "corrections/" not in name: # the site has its own, of all editions
                self.assertEqual(sha256(self.current / name), file["sha256"],
                                 "the front page")

    def test_a_frozen_file_takes_its_room_once(self):
        self.run_month("2026-09")
        file = "editions/2026-09/charts/ranking.wide.fr.png"
        self.assertEqual(os.stat(self.current / file).st_ino,
                         os.stat(self.current / "charts/ranking.wide.fr.png").st_ino)
        before = os.stat(self.current / file).st_ino
        self.run_month("2026-10")
        self.assertEqual(os.stat(self.current / file).st_ino, before)
        self.assertEqual(os.stat(self.current / file).st_mode & 0o777, 0o644)

    def test_a_generation_removed_takes_no_edition_along(self):
        observatory.edit_json(self.made / "observatory.json",
                              lambda d: d.update(generations_kept=1))
        months = [f"2026-{m:02d}" for m in range(6, 11)]
        for month in months:
            self.run_month(month)
        self.assertEqual(len(os.listdir(self.made / "site/generations")), 1)
        self.assertEqual(sorted(os.listdir(self.current / "editions")), months)

    def test_other_figures_leave_a_published_month_alone_and_are_said(self):
        self.run_month("2026-10")
        before = tree(self.made / "site")
        self.take_in_more()
        said = self.run_month("2026-10").stdout
        self.assertIn("stays as it is", said)
        self.assertIn("--revise 2026-10", said)
        self.assertEqual(tree(self.made / "site"), before)
        report = observatory.last_report(self.made)
        self.assertEqual((report["verdict"], report["exit"]), ("kept", 0))

    def test_an_export_that_changes_no_figure_is_no_other_figure(self):
        self.run_month("2026-09")
        observatory.drop(self.made, "november.csv", observatory.complaints(
            300, 5, received_on="2026-11-10", last_status_on="2026-11-11"))
        self.run_month("2026-09")
        self.assertEqual(observatory.last_report(self.made)["verdict"], "unchanged")

    def test_a_correction_stands_beside_what_it_corrects(self):
        self.run_month("2026-10")
        first = self.frozen("2026-10")
        wrong = self.edition()
        self.take_in_more()
        self.revise("2026-10", "Late complaints “<b>” & co.")
        both = self.frozen("2026-10")
        self.assertEqual({n: both[n] for n in first}, first)
        right = self.edition("editions/2026-10/r2")
        self.assertNotEqual(right["marketplaces"], wrong["marketplaces"])
        self.assertEqual(right, self.edition(), "the newest month shows its correction")
        self.assertEqual(self.list("errata"), [{
            "month": "2026-10", "revision": 2, "path": "editions/2026-10/r2/",
            "revises": "editions/2026-10/", "revised_by": None,
            "reason": "Late complaints “<b>” & co.", "corrected_on": "2026-11-15"}])
        self.assertEqual([(e["path"], e["revises"], e["revised_by"])
                          for e in self.list("editions")],
                         [("editions/2026-10/r2/", "editions/2026-10/", None),
                          ("editions/2026-10/", None, "editions/2026-10/r2/")])
        for entry in self.list("editions"):
            self.assertTrue((self.current / entry["path"] / "index.html").is_file())

    def links(self, page):
        """Targets of the links of a page, below the site."""
        path = self.current / page
        found = re.findall(r'<a href="([^"#]+)', path.read_text("utf-8"))
        return {os.path.relpath((path.parent / link).resolve(), self.current.resolve())
                for link in found}

    def test_readers_find_a_correction_from_both_editions(self):
        self.run_month("2026-10")
        self.take_in_more()
        self.revise("2026-10", "Late complaints “<b>” & co.")
        first, second = "editions/2026-10/", "editions/2026-10/r2/"
        for lead in ("", "en/"):
            every = lead + "corrections/index.html"
            self.assertIn(every, self.links(first + every), "the corrected edition")
            self.assertIn(every, self.links(second + every))
            self.assertIn(first + "index.html", self.links(second + every))
            self.assertLessEqual({first + lead + "index.html", second + lead + "index.html"},
                                 self.links(every))
            for page in (every, second + every, second + lead + "index.html",
                         lead + "index.html"):
                self.assertIn("Late complaints “&lt;b&gt;” &amp; co.",
                              (self.current / page).read_text("utf-8"))
            self.assertNotIn("Late complaints",
                             (self.current / first / lead / "index.html").read_text("utf-8"))

    def test_a_correction_of_an_older_month_is_listed_in_front(self):
        self.run_month("2026-09")
        self.run_month("2026-10")
        front = sha256(self.current / "index.html")
        self.take_in_more()
        self.revise("2026-09", "Rows sent twice.")
        self.assertIn("Rows sent twice.",
                      (self.current / "corrections/index.html").read_text("utf-8"))
        self.assertEqual(sha256(self.current / "index.html"), front)

    def test_a_correction_is_corrected_in_turn(self):
        self.run_month("2026-10")
        self.take_in_more()
        self.revise("2026-10")
        second = self.frozen("2026-10/r2")
        observatory.drop(self.made, "more.csv", observatory.complaints(
            400, 30, heard="yes", received_on="2026-09-15"))
        self.run_month("2026-10")
        self.assertEqual(observatory.last_report(self.made)["verdict"], "kept")
        self.revise("2026-10", "And more.")
        self.assertEqual(self.frozen("2026-10/r2"), second)
        self.assertEqual([(e["revision"], e["revises"]) for e in self.list("errata")],
                         [(3, "editions/2026-10/r2/"), (2, "editions/2026-10/")])
        self.run_month("2026-10")
        self.assertEqual(observatory.last_report(self.made)["verdict"], "unchanged")

    def test_a_correction_without_another_figure_changes_nothing(self):
        self.run_month("2026-10")
        before = tree(self.made / "site")
        self.assertIn("nothing new", self.revise("2026-10").stdout)
        self.assertEqual(tree(self.made / "site"), before)

    def test_an_older_month_never_stands_in_front_of_a_newer_one(self):
        self.run_month("2026-10")
        front = {n: h for n, h in tree(self.current.resolve()).items()
                 if n.split("/")[0] not in ("editions", "editions.json", "manifest.json")
                 and "corrections/" not in n}
        self.assertIn("2026-10", self.list("editions")[0]["month"])
        said = self.publish("--as-of", "2026-08").stdout
        self.assertIn("October 2026", said)
        self.take_in_more()
        self.revise("2026-08")
        after = tree(self.current.resolve())
        self.assertEqual({n: after[n] for n in front if n != "errata.json"},
                         {n: h for n, h in front.items() if n != "errata.json"})
        self.assertEqual(self.edition()["as_of"], "2026-10")
        self.assertTrue(self.current.resolve().name.startswith("2026-10-"))
        self.assertEqual(self.edition("editions/2026-08/r2")["as_of"], "2026-08")

    def test_another_title_redraws_the_front_page_alone(self):
        self.run_month("2026-09")
        self.run_month("2026-10")
        frozen = tree(self.current / "editions")
        figures = sha256(self.current / "edition.json")
        observatory.edit_json(self.made / "observatory.json",
                              lambda d: d["title"].update(fr="Un autre titre"))
        self.take_in_more()
        self.run_month("2026-10")
        self.assertIn("Un autre titre", (self.current / "index.html").read_text("utf-8"))
        self.assertEqual(sha256(self.current / "edition.json"), figures)
        self.assertEqual(tree(self.current / "editions"), frozen)
        self.run_month("2026-10")
        self.assertEqual(observatory.last_report(self.made)["verdict"], "kept")

    def test_publish_does_what_the_night_does(self):
        twin = program.copy(self.made, self.folder / "twin")
        self.run_month("2026-10")
        self.succeed("-C", twin, "ingest", twin / "inbox/first.csv")
        self.succeed("-C", twin, "publish", "--as-of", "2026-10")
        self.assertEqual(tree(twin / "site"), tree(self.made / "site"))
        before = tree(twin / "site")
        self.succeed("-C", twin, "publish")
        self.assertEqual(tree(twin / "site"), before)

    def test_a_dry_run_tells_and_publishes_nothing(self):
        self.run_month("2026-09")
        self.take_in_more()
        before = tree(self.made)
        self.assertIn("would be published", self.publish("--dry-run").stdout)
        self.assertIn("would be corrected", self.publish(
            "--dry-run", "--revise", "2026-09", "--reason", "Late.").stdout)
        self.assertEqual(tree(self.made), before)

    def test_only_a_closed_month_is_published(self):
        self.refuse_in_one_line(USAGE, "-C", self.made, "publish", "--as-of", "2026-11",
                                says=("over", "preview"))
        self.assertFalse((self.made / "site").exists())

    def test_a_correction_needs_a_month_a_reason_and_something_to_correct(self):
        self.run_month("2026-10")
        for arguments, word in ((("--revise", "2026-10"), "--reason"),
                                (("--reason", "x"), "--revise"),
                                (("--revise", "2026-10", "--reason", " "), "--reason"),
                                (("--revise", "2026-10", "--reason", "a\nb"), "--reason"),
                                (("--revise", "2026-10", "--reason", "x" * 501), "500"),
                                (("--revise", "2026-13", "--reason", "x"), "2026-10"),
                                (("--revise", "2026-09", "--reason", "x"), "2026-09"),
                                (("--revise", "2026-10", "--as-of", "2026-10", "--reason",
                                  "x"), "both")):
            self.refuse_in_one_line(USAGE, "-C", self.made, "publish", *arguments,
                                    says=(word,))

    def refuse_next_month(self, word):
        name = self.current.resolve().name
        self.fail_with(REFUSED, "-C", self.made, "run", "--as-of", "2026-10", says=(word,))
        self.assertEqual(self.current.resolve().name, name)

    def test_a_published_file_that_was_changed_is_not_carried_on(self):
        self.run_month("2026-09")
        file = self.current / "editions/2026-09/index.html"
        whole = file.read_bytes()
        file.write_bytes(whole + b"<!-- forged -->")
        self.refuse_next_month("editions/2026-09/index.html")
        file.unlink()
        self.refuse_next_month("editions/2026-09/index.html")
        file.write_bytes(whole)
        (self.current / "index.html").write_bytes(whole)
        self.run_month("2026-10")

    def test_a_list_that_is_lost_or_broken_loses_no_edition(self):
        self.run_month("2026-09")
        file = self.current / "editions.json"
        whole = file.read_text("utf-8")
        for broken in ("", "{}", whole.replace("2026-09", "2026-19"),
                       whole.replace('"revision": 1', '"revision": 2')):
            file.write_text(broken, "utf-8")
            self.refuse_next_month("editions.json")
        file.unlink()
        self.refuse_next_month("editions.json")
        file.write_text(whole, "utf-8")
        self.run_month("2026-10")


if __name__ == "__main__":
    program.main()
