#!/usr/bin/python3
"""Which month is published when: only closed months are public, the one in progress is for
the analyst alone."""

import json
import os

import observatory
import program
from program import Case, environment


class Months(Case):
    def test_a_run_publishes_the_last_closed_month_and_previews_the_one_in_progress(self):
        made = observatory.make(self.folder / "o", exports=[
            ("first.csv", observatory.complaints(1, 60)),
            ("new.csv", observatory.complaints(100, 30, received_on="2026-11-10",
                                               last_status_on="2026-11-11"))])
        self.succeed("-C", made, "run")
        public = json.loads((made / "site/current/edition.json").read_text("utf-8"))
        private = json.loads((made / "preview/edition.json").read_text("utf-8"))
        self.assertEqual((public["as_of"], public["closed"]), ("2026-10", True))
        self.assertEqual((private["as_of"], private["closed"]), ("2026-11", False))
        self.assertNotEqual(public["marketplaces"], private["marketplaces"])
        self.assertTrue((made / "preview/index.html").is_file())
        self.assertEqual((made / "preview").stat().st_mode & 0o777, 0o700)

    def test_the_site_follows_the_clock_from_month_to_month(self):
        made = observatory.make(self.folder / "o", exports=[
            ("first.csv", observatory.complaints(1, 60))])
        generations = []
        for year, month, expected in ((2026, 11, "2026-10"), (2026, 12, "2026-11"),
                                      (2027, 1, "2026-12")):
            self.succeed("-C", made, "run", env=environment(
                SOURCE_DATE_EPOCH=program.epoch(year, month, 1)))
            generations.append(observatory.current(made).name)
            self.assertTrue(generations[-1].startswith(expected + "-"), generations)
        self.assertEqual(sorted(os.listdir(made / "site/generations")), sorted(generations))

    def test_a_named_month_that_is_over_is_published_without_preview(self):
        made = observatory.make(self.folder / "o", exports=[
            ("first.csv", observatory.complaints(1, 60))])
        self.succeed("-C", made, "run", "--as-of", "2026-09")
        self.assertTrue(observatory.current(made).name.startswith("2026-09-"))
        self.assertFalse((made / "preview").exists())

    def test_a_month_that_is_not_over_is_never_published(self):
        made = observatory.make(self.folder / "o", exports=[
            ("first.csv", observatory.complaints(1, 60))])
        self.succeed("-C", made, "run", "--as-of", "2026-11")
        self.assertFalse((made / "site").exists())
        self.assertTrue((made / "preview/edition.json").is_file())
        report = observatory.last_report(made)
        self.assertEqual((report["verdict"], report["exit"]), ("previewed", 0))

    def test_the_site_keeps_as_many_generations_as_asked(self):
        made = observatory.make(self.folder / "o", exports=[
            ("first.csv", observatory.complaints(1, 60))])
        observatory.edit_json(made / "observatory.json",
                              lambda d: d.update(generations_kept=2))
        for month in ("2026-07", "2026-08", "2026-09", "2026-10"):
            self.succeed("-C", made, "run", "--as-of", month)
        kept = os.listdir(made / "site/generations")
        self.assertEqual(len(kept), 2)
        self.assertIn(observatory.current(made).name, kept)

    def test_a_dry_run_keeps_nothing(self):
        made = observatory.make(self.folder / "o", exports=[
            ("first.csv", observatory.complaints(1, 60))])
        result = self.succeed("-C", made, "run", "--dry-run")
        self.assertIn("60 records read", result.stdout)
        self.assertFalse((made / "site").exists())
        self.assertFalse((made / "preview").exists())
        self.assertFalse((made / "runs").exists())
        self.assertEqual(os.listdir(made / "rejects"), [])
        self.assertEqual(self.succeed("-C", made, "run").stdout.count("60 stored"), 1)


if __name__ == "__main__":
    program.main()
