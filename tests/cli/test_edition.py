#!/usr/bin/python3
"""The edition is the hinge: what is published, printed and drawn is one document, and what
explains it adds up to it."""

import json
import math
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


def number(text):
    return float(text.replace("\u202f", "").replace("\u00a0", "").replace(",", ".").replace(
        "−", "-"))


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

    def explain(self, path, *more):
        return self.succeed("-C", self.made, "explain", path, "--as-of", "2026-10",
                            *more).stdout

    def published(self, text):
        """The figure that the explanation says is published; None where it says why not."""
        shown = re.search("^(?:Published|Publié)[ \u00a0]?: (.+)$", text, re.M)
        if shown:
            return number(shown[1])
        self.assertRegex(text, "(?m)^(Not published|Non publié)[ \u00a0]?: .")
        return None

    def figures(self):
        """Path → what the edition shows."""
        for place in self.edition["marketplaces"]:
            yield place["id"], place["overall"]["score"]
            for pillar, shown in place["pillars"].items():
                yield f"{place['id']}.{pillar}", shown["score"]
                for indicator, score in shown["indicators"].items():
                    yield f"{place['id']}.{pillar}.{indicator}", score["score"]

    def test_explain_says_of_every_figure_what_is_published(self):
        shown = 0
        for path, score in self.figures():
            with self.subTest(path):
                self.assertEqual(self.published(self.explain(path)), score)
                shown += score is not None
        self.assertGreater(shown, 20)

    def test_the_arithmetic_of_a_share_gives_the_published_score(self):
        formula = re.compile(r"\((\d+) \+ ([\d.,]+)\) / \((\d+) \+ (\d+)\) × 100 = ([\d.,]+)")
        checked = 0
        for path, score in self.figures():
            if path.count(".") != 2:
                continue
            for language in ("en", "fr"):
                found = formula.search(self.explain(path, "--lang", language))
                if not found:
                    continue
                yes, half, answers, one, result = map(number, found.groups())
                self.assertEqual((half, one), (0.5, 1))
                value = (yes + half) / (answers + one) * 100
                self.assertAlmostEqual(value, result, places=4)
                if score is not None:
                    self.assertAlmostEqual(value, score, delta=0.0501)
                    checked += 1
        self.assertGreater(checked, 20)

    def test_the_arithmetic_of_an_incidence_gives_its_score(self):
        formula = re.compile(
            r"\((\d+) \+ (\d+)\) / \((\d+) / ([\d.]+) \+ ([\d.]+)\) = ([\d.]+) .*"
            r"\(ln ([\d.]+) − ln ([\d.]+)\) / \(ln ([\d.]+) − ln ([\d.]+)\).* = ([\d.]+)\n")
        checked = 0
        for path, score in self.figures():
            if not path.endswith(".incidence"):
                continue
            found = formula.search(self.explain(path))
            self.assertIsNotNone(found, path)
            prior, reports, again, pooled, exposure, rate, worst, at, _, best, result = map(
                number, found.groups())
            self.assertEqual((prior, at), (again, rate))
            self.assertAlmostEqual((prior + reports) / (prior / pooled + exposure), rate,
                                   places=3)
            value = 100 * math.log(worst / rate) / math.log(worst / best)
            self.assertAlmostEqual(min(100, max(0, value)), result, places=2)
            if score is not None:
                self.assertAlmostEqual(result, score, delta=0.0501)
                checked += 1
        self.assertGreater(checked, 3)

    def test_pillars_are_means_and_the_whole_their_geometric_mean(self):
        for place in self.edition["marketplaces"]:
            text = self.explain(place["id"])
            pillars = re.split(r"(?m)^(?=\S.*= mean of its indicators$)", text)[1:]
            self.assertEqual(len(pillars), 3)
            scores = []
            for block in pillars:
                lines = block.splitlines()
                score = number(re.search(r"score ([\d.]+)", lines[0])[1])
                values = [number(line.rsplit(" = ", 1)[1]) for line in lines[1:]
                          if line.startswith("  ") and " = " in line]
                self.assertEqual(len(values), 5)
                self.assertAlmostEqual(sum(values) / 5, score, places=3)
                scores.append(score)
            found = re.search(r"\(([\d. ×]+)\)\^\(1/(\d)\) = ([\d.]+)", text)
            self.assertEqual([number(n) for n in found[1].split(" × ")], scores)
            overall = math.prod(scores) ** (1 / int(found[2]))
            self.assertAlmostEqual(overall, number(found[3]), places=3)
            self.assertEqual(place["overall"]["score"], round(overall, 1))


if __name__ == "__main__":
    program.main()
