#!/usr/bin/python3
"""Words, colours and outlines: what an analyst changes without a compiler."""

import json

import observatory
import program
from program import CONFIG, NO_INPUT, USAGE, Case

THEME = {"light": {"point": "#00614a", "brand": "#00614a"}}
SOURCE = "Relevé au "
WORDS = {"chart.source": SOURCE + "{date}, méthode {version}."}


class Look(Case):
    def make(self):
        made = observatory.make(self.folder / "o", exports=[
            ("first.csv", observatory.complaints(1, 60))])
        self.succeed("-C", made, "run", "--as-of", "2026-10")
        return made

    def dress(self, made):
        (made / "theme.json").write_text(json.dumps(THEME), "utf-8")
        (made / "locale").mkdir(exist_ok=True)
        (made / "locale/fr.json").write_text(json.dumps(WORDS), "utf-8")

    def shown(self, made, name):
        return (observatory.current(made) / name).read_text("utf-8")

    def test_the_site_takes_words_and_colours_and_keeps_its_figures(self):
        made = self.make()
        before = self.shown(made, "edition.json")
        self.assertNotIn("00614a", self.shown(made, "barometre.css"))
        self.dress(made)
        self.succeed("-C", made, "run", "--as-of", "2026-10")
        self.assertIn("--point: #00614a;", self.shown(made, "barometre.css"))
        self.assertIn("#00614a", self.shown(made, "charts/ranking.wide.fr.svg"))
        self.assertEqual(json.loads(self.shown(made, "edition.json"))["marketplaces"],
                         json.loads(before)["marketplaces"])
        self.assertIn(SOURCE, self.shown(made, "charts/ranking.wide.fr.svg"))
        self.assertIn(SOURCE, self.shown(made, "index.html"))
        shown = observatory.current(made)
        self.succeed("-C", made, "run", "--as-of", "2026-10")
        self.assertEqual(observatory.current(made), shown)

    def test_pictures_are_redrawn_in_the_words_and_colours_of_an_observatory(self):
        made = self.make()
        self.dress(made)
        edition = observatory.current(made) / "edition.json"
        plain, dressed = self.folder / "plain", self.folder / "dressed"
        asked = ("--chart", "ranking", "--layout", "wide", "--lang", "fr", "--format", "svg")
        self.succeed("draw", edition, "-o", plain, *asked)
        self.succeed("-C", made, "draw", edition, "-o", dressed, *asked)
        self.assertNotIn("00614a", (plain / "ranking.wide.fr.svg").read_text("utf-8"))
        self.assertIn("00614a", (dressed / "ranking.wide.fr.svg").read_text("utf-8"))
        told = program.call("-C", self.folder / "none", "draw", edition, "-o", plain)
        self.assertEqual(told.returncode, NO_INPUT)

    def test_what_is_wrong_is_told_by_file_and_path(self):
        made = self.make()
        cases = [
            ("theme.json", {"light": {"ink": "red"}}, "theme.json:light.ink: "),
            ("theme.json", {"light": {"inc": "#000000"}}, "theme.json:light.inc: "),
            ("theme.json", {"dark": {"mention": "#555555"}},
             "mention (#555555) on paper (#161616)"),
            ("locale/fr.json", {"ranking.kynd": "x"}, "locale/fr.json:ranking.kynd: "),
            ("locale/en.json", {"chart.source": "Source: {date}."},
             "locale/en.json:chart.source: {version} is missing"),
            ("locale/en.json", {"ranking.kind": "{who}"},
             "locale/en.json:ranking.kind: {who} is not given"),
        ]
        (made / "locale").mkdir()
        edition = observatory.current(made) / "edition.json"
        for name, content, message in cases:
            with self.subTest(name + " " + message):
                (made / name).write_text(json.dumps(content), "utf-8")
                for words in (("run",), ("publish",), ("status",),
                              ("draw", edition, "-o", self.folder / "p")):
                    told = program.call("-C", made, *words)
                    self.assertEqual((told.returncode, message in told.stderr),
                                     (CONFIG, True), told.stderr)
                (made / name).unlink()

    def test_outlines_pdf_and_the_dark_tone_have_names_of_their_own(self):
        made = self.make()
        edition = observatory.current(made) / "edition.json"
        chosen = ("--chart", "ranking", "--layout", "wide", "--lang", "en")

        def drawn(*options):
            folder = self.folder / ("-".join(options) or "plain")
            self.succeed("draw", edition, "-o", folder, *chosen, *options)
            return sorted(path.name for path in folder.iterdir())

        self.assertEqual(drawn(), ["ranking.wide.en.png", "ranking.wide.en.svg"])
        self.assertEqual(drawn("--outlines"),
                         ["ranking.wide.en.outlines.svg", "ranking.wide.en.pdf"])
        self.assertEqual(drawn("--format", "pdf"), ["ranking.wide.en.pdf"])
        self.assertEqual(drawn("--outlines", "--format", "svg"),
                         ["ranking.wide.en.outlines.svg"])
        self.assertEqual(drawn("--theme", "dark", "--format", "svg"),
                         ["ranking.wide.en.dark.svg"])
        told = program.call("draw", edition, "-o", self.folder / "x", "--theme", "blue")
        self.assertEqual(told.returncode, USAGE)


if __name__ == "__main__":
    program.main()
