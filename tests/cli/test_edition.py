#!/usr/bin/python3
"""The edition is the hinge: what is published, printed and drawn is one document, and what
explains it adds up to it."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import observatory
import program
from program import Case, sha256, tree



class Edition(Case):
    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="barometre-test-"))
        cls.addClassCleanup(shutil.rmtree, folder)
        cls.made = observatory.make_published(folder / "o", count=120)
        cls.site = observatory.current(cls.made)
        cls.edition = json.loads((cls.site / "edition.json").read_text("utf-8"))
        cls.method = json.loads((cls.made / "method.json").read_text("utf-8"))

    def test_score_prints_what_is_published(self):
        published = (self.site / "edition.json").read_text("utf-8")
        for asked in ([], ["--as-of", "2026-10"]):
            self.assertEqual(self.succeed("-C", self.made, "score", *asked).stdout, published)
        self.succeed("-C", self.made, "score", "-o", self.folder / "e.json")
        self.assertEqual((self.folder / "e.json").read_text("utf-8"), published)

    def test_the_edition_validates_against_its_schema(self):
        result = subprocess.run(
            [sys.executable, program.ROOT / "tests/validate_edition.py",
             program.ROOT / "data/schema/edition-1.json", self.site / "edition.json"],
            capture_output=True, text=True, check=False)
        if result.returncode == 77:
            self.skipTest("python3-jsonschema is not installed")
        self.assertEqual(result.returncode, 0, result.stdout)

    def test_charts_are_drawn_from_the_edition_alone(self):
        alone = self.folder / "alone.json"
        shutil.copy(self.site / "edition.json", alone)
        empty = self.folder / "empty"
        empty.mkdir()
        self.succeed("draw", alone, "-o", self.folder / "drawn", cwd=empty)
        published = tree(self.site / "charts")
        self.assertEqual(tree(self.folder / "drawn"), published)
        self.assertIn("ranking.wide.fr.svg", published)
        self.assertEqual(os.listdir(empty), [])

    def test_draw_draws_what_is_asked_and_no_more(self):
        out = self.folder / "drawn"
        self.succeed("draw", self.site / "edition.json", "-o", out, "--chart", "ranking",
                     "--chart", "place-halle-une", "--lang", "en", "--format", "svg",
                     "--layout", "wide")
        self.assertEqual(sorted(os.listdir(out)),
                         ["place-halle-une.wide.en.svg", "ranking.wide.en.svg"])

    def test_the_manifest_holds_every_file_with_its_hash(self):
        manifest = json.loads((self.site / "manifest.json").read_text("utf-8"))
        found = {str(p.relative_to(self.site)) for p in self.site.rglob("*") if p.is_file()}
        self.assertEqual(found, {"manifest.json", *manifest["files"]})
        for name, file in manifest["files"].items():
            self.assertEqual(sha256(self.site / name), file["sha256"], name)
            self.assertEqual((self.site / name).stat().st_size, file["bytes"])

    def test_pages_and_charts_are_well_formed_and_load_nothing_from_elsewhere(self):
        evil = "<script>alert(1)</script> & “x” 'y'"
        own = observatory.make(self.folder / "o", exports=[
            ("first.csv", observatory.complaints(1, 60))])
        observatory.edit_json(own / "marketplaces.json",
                              lambda d: d["marketplaces"][0].update(name=evil,
                                                                    aliases=["Halle Une"]))
        observatory.edit_json(own / "observatory.json", lambda d: d["title"].update(fr=evil))
        self.succeed("-C", own, "run", "--as-of", "2026-10")
        site = observatory.current(own)
        self.assertIn("&lt;script&gt;", (site / "index.html").read_text("utf-8"))
        for path in [*site.rglob("*.svg"), *site.rglob("*.html")]:
            text = path.read_text("utf-8")
            self.assertNotIn("<script", text, path)
            loaded = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(?:\w+:)?//""", text)
            self.assertEqual(loaded, [], path)
            if path.suffix == ".svg":
                xml.etree.ElementTree.fromstring(text)

    def test_every_link_of_the_pages_leads_somewhere(self):
        for page in self.site.rglob("*.html"):
            for link in re.findall(r'(?:src|href)="([^"#]+)"', page.read_text("utf-8")):
                if not re.match(r"\w+:", link):
                    self.assertTrue((page.parent / link).exists(), f"{page.name}: {link}")

    def test_sources_add_up(self):
        for source in self.edition["sources"]:
            self.assertEqual(source["records"], source["stored"] + source["updated"] +
                             source["duplicates"] + source["rejected"])
            sizes = dict(source["bytes"])
            self.assertEqual(sizes.pop("total"), sum(sizes.values()))
            self.assertEqual(source["bytes"]["total"],
                             (self.made / "inbox/first.csv").stat().st_size)


if __name__ == "__main__":
    program.main()
