#!/usr/bin/python3
"""What observatory.json says of the site, what is not drawn twice, and the page of a
night."""

import re
import xml.etree.ElementTree

import observatory
import program
from interruption import faults_of_site
from program import Case, tree


class Address(Case):
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

    def test_a_picture_of_the_same_figures_is_not_drawn_again(self):
        self.run_month("2026-10")
        charts = sorted((self.current / "charts").iterdir())
        before = {c.name: c.stat().st_ino for c in charts}
        self.assertGreater(len(before), 20)
        observatory.edit_json(self.made / "observatory.json",
                              lambda d: d.update(base_url="https://www.example.org/b"))
        self.run_month("2026-10")
        self.assertEqual(observatory.last_report(self.made)["verdict"], "published")
        self.assertIn('href="https://www.example.org/b/editions/2026-10/"',
                      (self.current / "index.html").read_text("utf-8"))
        self.assertEqual({c.name: c.stat().st_ino
                          for c in (self.current / "charts").iterdir()}, before)

    def test_a_second_night_draws_nothing(self):
        self.run_month("2026-10")
        before = tree(self.made / "site")
        self.run_month("2026-10")
        self.assertEqual(observatory.last_report(self.made)["verdict"], "unchanged")
        self.assertEqual(tree(self.made / "site"), before)

    def test_without_an_address_every_link_is_relative(self):
        self.run_month("2026-10")
        self.assertFalse((self.current / "sitemap.xml").exists())
        for name in ("index.html", "en/index.html", "alertes.atom", "fragment.fr.html"):
            text = (self.current / name).read_text("utf-8")
            self.assertNotRegex(text, r'(?:href|src|srcset)="(?:\w+:|/)', name)
            self.assertNotIn('rel="canonical"', text)
            self.assertNotIn("og:url", text)

    def test_an_address_is_checked(self):
        for url in ("example.org", "ftp://example.org/", "https://", "https://a b/",
                    "https://example.org/?q", "https://example.org/#a",
                    'https://example.org/"><script>', "javascript:alert(1)", ""):
            observatory.edit_json(self.made / "observatory.json",
                                  lambda d: d.update(base_url=url))
            self.fail_with(program.CONFIG, "-C", self.made, "run", "--as-of", "2026-10",
                           says=["base_url"])

    def test_the_fragment_takes_the_heading_level_of_its_host(self):
        observatory.edit_json(self.made / "observatory.json",
                              lambda d: d.update(fragment={"heading_level": 4}))
        self.run_month("2026-10")
        for code in ("fr", "en"):
            text = (self.current / f"fragment.{code}.html").read_text("utf-8")
            self.assertEqual(re.findall("<h([1-6])", text), ["4"])

    def test_a_night_has_a_page_for_analysts_alone(self):
        observatory.drop(self.made, "bad.csv", observatory.complaints(900, 40)
                         + observatory.export([observatory.complaint(
                             990, received_on="2026-13-40")]).split("\n", 1)[1])
        self.succeed("-C", self.made, "--lang", "en", "run",
                     env=program.environment(SOURCE_DATE_EPOCH=program.epoch(2026, 11, 15)))
        pages = [*self.made.glob("runs/*/summary.html"), self.made / "preview/summary.html"]
        self.assertEqual(len(pages), 2)
        for page in pages:
            self.assertEqual(page.stat().st_mode & 0o777, 0o600)
            text = page.read_text("utf-8")
            xml.etree.ElementTree.fromstring(text)
            self.assertIn("Published (code 0).", text)
            self.assertIn("noindex", text)
            self.assertIn("bad.csv:", text)
            self.assertNotIn("2026-13-40", text)
        self.assertEqual((self.made / "preview").stat().st_mode & 0o777, 0o700)
        self.assertNotIn("og:", (self.made / "preview/index.html").read_text("utf-8"))
        self.assertFalse(list((self.made / "site").rglob("summary.html")))


if __name__ == "__main__":
    program.main()
