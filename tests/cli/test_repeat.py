#!/usr/bin/python3
"""The same exports make the same bytes: again, under another name, in another place,
locale, time zone, umask or order of files."""

import json
import os
import shutil

import observatory
import program
from program import Case, copy, environment, tree

SAMPLE = program.ROOT / "data/sample"

NIGHT = ("runs", "preview/summary.html")  # what tells of a night


def stored(folder):
    """Everything that exports, method and month decide; runs/ tells the nights."""
    return tree(folder, skip=(*NIGHT, "inbox"))


class Repeat(Case):
    def prepare(self, name="observatory"):
        return observatory.make(self.folder / name, exports=[
            ("first.csv", observatory.complaints(1, 80)),
            ("second.csv", observatory.complaints(60, 60, marketplace="Quai Deux"))])

    def run_in(self, folder, **settings):
        return self.succeed("-C", folder, "run", "--as-of", "2026-10", **settings)

    def test_a_second_run_changes_nothing_but_adds_its_report(self):
        made = self.prepare()
        self.succeed("-C", made, "run")
        before, night = tree(made, skip=NIGHT), len(os.listdir(made / "runs"))
        times = {p: p.stat().st_mtime_ns for p in (made / "site").rglob("*")}
        self.succeed("-C", made, "run")
        self.assertEqual(tree(made, skip=NIGHT), before)
        self.assertEqual(len(os.listdir(made / "runs")), night + 1)
        self.assertEqual(observatory.last_report(made)["verdict"], "unchanged")
        self.assertEqual({p: p.stat().st_mtime_ns for p in (made / "site").rglob("*")}, times,
                         "a file of the site was written again")

    def test_an_export_is_known_by_its_bytes_not_its_name(self):
        made = self.prepare()
        self.run_in(made)
        before = stored(made)
        (made / "inbox/first.csv").rename(made / "inbox/renamed.csv")
        self.run_in(made)
        self.assertEqual(stored(made), before)
        outcomes = {row["name"]: row["outcome"]
                    for row in observatory.last_report(made)["sources"]}
        self.assertEqual(outcomes, {"renamed.csv": "known", "second.csv": "known"})

    def test_an_emptied_inbox_changes_nothing(self):
        made = self.prepare()
        self.run_in(made)
        before = stored(made)
        for path in (made / "inbox").iterdir():
            path.unlink()
        self.run_in(made)
        self.assertEqual(stored(made), before)

    def test_an_export_in_parts_scores_as_in_one(self):
        whole = observatory.complaints(1, 90)
        header, *rows = whole.splitlines(keepends=True)
        made = observatory.make(self.folder / "whole", exports=[("whole.csv", whole)])
        parts = copy(made, self.folder / "parts")
        (parts / "inbox/whole.csv").unlink()
        for i in range(3):
            observatory.drop(parts, f"part-{i}.csv",
                             header + "".join(rows[i * 30:i * 30 + 30]))
        self.run_in(made)
        self.run_in(parts)
        editions = [self.edition(folder) for folder in (made, parts)]
        self.assertEqual(*[e["marketplaces"] for e in editions])

    def test_rows_in_another_order_score_the_same(self):
        whole = observatory.complaints(1, 90)
        header, *rows = whole.splitlines(keepends=True)
        made = observatory.make(self.folder / "whole", exports=[("whole.csv", whole)])
        turned = copy(made, self.folder / "turned")
        observatory.drop(turned, "whole.csv", header + "".join(reversed(rows)))
        self.run_in(made)
        self.run_in(turned)
        self.assertEqual(self.edition(made)["marketplaces"],
                         self.edition(turned)["marketplaces"])

    def edition(self, folder):
        return json.loads((observatory.current(folder) / "edition.json").read_text("utf-8"))

    def test_the_surroundings_change_no_byte(self):
        """Locale, time zone, umask, folder, and the order in which files were made."""
        made = self.prepare()
        surroundings = {
            "plain": ({}, 0o022),
            "open umask": ({}, 0o000),
            "closed umask": ({}, 0o077),
            "french": ({"LC_ALL": "fr_FR.UTF-8", "LANG": "fr_FR.UTF-8"}, 0o022),
            "posix": ({"LC_ALL": "POSIX"}, 0o022),
            "tokyo": ({"TZ": "Asia/Tokyo"}, 0o022),
            "another hour": ({"SOURCE_DATE_EPOCH": str(int(program.NOW) + 50000)}, 0o022),
        }
        trees = {}
        for name, (changes, umask) in surroundings.items():
            own = copy(made, self.folder / name)
            shutil.rmtree(own / "inbox")
            (own / "inbox").mkdir()
            files = sorted((made / "inbox").iterdir(), reverse=len(trees) % 2 == 1)
            for file in files:
                shutil.copy(file, own / "inbox")
            self.run_in(own, env=environment(**changes),
                        preexec_fn=lambda u=umask: os.umask(u))
            trees[name] = stored(own)
        for name, found in trees.items():
            self.assertEqual(found, trees["plain"], name)

    def test_another_key_changes_no_published_figure(self):
        made = self.prepare()
        other = copy(made, self.folder / "other")
        (other / "key").write_bytes(bytes(range(32)))
        self.run_in(made)
        self.run_in(other)
        self.assertEqual(tree(made / "site"), tree(other / "site"))
        self.assertNotEqual(program.sha256(made / "store.db"),
                            program.sha256(other / "store.db"))


class Sample(Case):
    def test_the_sample_publishes_and_repeats(self):
        made = self.folder / "sample"
        self.succeed("init", "--sample", made)
        for file in (SAMPLE / "inbox").iterdir():
            self.assertEqual(program.sha256(file), program.sha256(made / "inbox" / file.name))
        self.succeed("-C", made, "run", "--as-of", "2026-10")
        before = stored(made)
        self.succeed("-C", made, "run", "--as-of", "2026-10")
        self.assertEqual(stored(made), before)


if __name__ == "__main__":
    program.main()
