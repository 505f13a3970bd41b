"""Every published figure can be found again with a pocket calculator, and is said in
words that accuse nobody."""

import json
import math
import re
import tempfile

import observatory
import program

FORBIDDEN = re.compile(r"ill[ée]ga|illicit|unlawful|infraction|infring|offen[cs]e|fauti[fv]|"
                       r"coupable|guilty|violat|wrongdo|breach|délit", re.IGNORECASE)
CONDITION = re.compile(r"entreprises ayant signalé|firms that reported|reporting firms", re.IGNORECASE)
AS_OF = ("--as-of", "2026-10")


def compute(formula):
    """What a pocket calculator makes of a printed formula."""
    text = formula.replace(",", "").replace("×", "*").replace("−", "-")
    text = re.sub(r"\bln ([\d.]+)", r"log(\1)", text).replace("^", "**")
    if not re.fullmatch(r"[\d.()*/+\-\s]|(?:[\d.()*/+\-\s]|log)+", text):
        raise AssertionError(f"not a formula: {formula}")
    return eval(text, {"__builtins__": {}, "log": math.log})  # only digits and signs


def formulas(text):
    """(formula, value) for every "formula = value" that is printed."""
    found = []
    for line in text.splitlines():
        for part in line.split("; "):
            match = re.search(r"(?:^|: )([^:]*) = ([\d.,]+)(?: \(|$)", part)
            if match:
                found.append((match[1].strip(), float(match[2].replace(",", ""))))
    return found


def sentences(value):
    """Every {"fr": …, "en": …} under a key "sentence"."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "sentence" and inner is not None:
                yield from inner.values()
            else:
                yield from sentences(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from sentences(inner)


def export_watch():
    """Forty complaints, half of them of the first place, seven of which about fees."""
    columns, *rows = observatory.complaints(1, 40).splitlines()
    told = [row + ("," + ("yes" if number in range(2, 15, 2) else "no"))
            for number, row in enumerate(rows, 1)]
    return "\n".join([columns + ",watch_fees", *told]) + "\n"


class Published(program.Case):
    """An observatory that published October 2026, made once for all tests of a class."""

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="barometre-test-")
        cls.addClassCleanup(scratch.cleanup)
        cls.observatory = observatory.make_published(scratch.name + "/obs")


class Explain(Published):
    def explain(self, what, *more):
        return self.succeed("-C", self.observatory, "explain", what, *AS_OF, "--lang",
                            "en", *more).stdout

    def test_a_pocket_calculator_finds_every_score(self):
        found = formulas(self.explain("halle-une"))
        # 12 shares and delays, 3 rates and their scores, 3 pillars, the overall score
        self.assertEqual(len(found), 12 + 6 + 3 + 1)
        for formula, value in found:
            self.assertAlmostEqual(compute(formula), value, delta=1.01e-4, msg=formula)

    def test_a_calculator_finds_a_rate_of_an_unknown_number_of_sellers(self):
        there = program.copy(self.observatory, self.folder / "obs")
        observatory.edit_json(
            there / "marketplaces.json",
            lambda registry: registry["marketplaces"][0].update(sellers=[]))
        text = self.succeed("-C", there, "explain", "halle-une.support.incidence", *AS_OF,
                            "--lang", "en").stdout
        self.assertIn("number of sellers unknown", text)
        (score,) = [pair for pair in formulas(text) if "ln" in pair[0]]
        self.assertAlmostEqual(compute(score[0]), score[1], delta=1.01e-4)

    def test_what_is_explained_is_what_is_published(self):
        edition = json.loads(self.succeed("-C", self.observatory, "score", *AS_OF).stdout)
        (place,) = [p for p in edition["marketplaces"] if p["id"] == "halle-une"]
        for pillar, figures in place["pillars"].items():
            text = self.explain(f"halle-une.{pillar}")
            self.assertIn(f"Published: {figures['score']:.1f}", text)
            self.assertIn(f"interval: {figures['low']:.1f} to {figures['high']:.1f}", text)
            self.assertIn(figures["sentence"]["en"], text)

    def test_complaints_behind_a_figure_are_those_that_answer_it(self):
        explained = self.explain("halle-une.delisting.heard")
        yes, no = re.search(r"(\d+) yes, (\d+) no", explained).groups()
        answers, text = int(yes) + int(no), explained.splitlines()[-1]
        self.assertRegex(text, f"^{answers} complaints, among them R-")
        self.assertEqual(text.count("R-"), 20)
        self.assertRegex(text, f"and {answers - 20} others$")

    def test_each_basis_has_its_wording_and_mark(self):
        text = self.explain("halle-une.clauses.notified")
        self.assertIn("Regulation (EU) 2019/1150, 3(2): ", text)
        self.assertIn("[P2B-3.2, V-text]", text)
        self.assertRegex(text, r"\(to be verified\): .*\[TC-2019, V2\]")

    def test_a_watch_share_is_explained(self):
        text = self.explain("halle-une.watch.fees")
        ((formula, value),) = formulas(text)
        self.assertAlmostEqual(compute(formula), value, delta=1e-4)

    def test_complaints_behind_a_watch_share_are_those_that_say_yes(self):
        there = observatory.make(self.folder / "obs", exports=[("some.csv", export_watch())])
        self.succeed("-C", there, "run", *AS_OF)
        text = self.succeed("-C", there, "explain", "halle-une.watch.fees", *AS_OF,
                            "--lang", "en").stdout
        self.assertIn("7 yes of 20 firms: 100 × 7 / 20 = 35.0000", text)
        self.assertEqual(text.splitlines()[-1].count("R-"), 7)

    def test_an_unknown_figure_is_a_usage_error(self):
        for what in ("nowhere", "halle-une.nothing", "halle-une.support.nothing",
                     "halle-une.watch.nothing"):
            self.refuse_in_one_line(program.USAGE, "-C", self.observatory, "explain", what,
                                    *AS_OF, says=[what])

    def test_an_unknown_basis_stops_the_observatory(self):
        there = program.copy(self.observatory, self.folder / "obs")
        observatory.edit_json(there / "legal.json", lambda legal: legal.update(
            bases=[b for b in legal["bases"] if b["id"] != "P2B-8a"]))
        self.refuse_in_one_line(program.CONFIG, "-C", there, "status",
                                says=["pillars[2].indicators[2].basis[0]", "P2B-8a"])


class Preview(Published):
    def test_a_preview_tells_of_nobody_else(self):
        out = self.folder / "out"
        self.succeed("-C", self.observatory, "preview", "halle-une", *AS_OF, "-o", out)
        names = sorted(path.name for path in out.iterdir())
        self.assertEqual(names, ["edition.json", "explanation.en.txt", "explanation.fr.txt"]
                         + [f"place-halle-une.wide.{language}.{format}"
                            for language in ("en", "fr") for format in ("png", "svg")])
        for path in out.iterdir():
            self.assertNotIn(b"quai-deux", path.read_bytes().lower())
            self.assertNotIn(b"quai deux", path.read_bytes().lower())
        edition = json.loads((out / "edition.json").read_text("utf-8"))
        (place,) = edition["marketplaces"]
        self.assertIsNone(place["overall"]["rank_low"])
        self.assertIsNone(place["overall"]["p_above_median"])
        for key in ("pairs", "sources", "tables"):
            self.assertEqual(edition[key], [])
        text = (out / "explanation.fr.txt").read_text("utf-8")
        self.assertNotRegex(text, r"\brang sur|au-dessus de la médiane")
        self.assertIn(place["overall"]["sentence"]["fr"], text)

    def test_a_preview_can_be_drawn_again(self):
        out = self.folder / "out"
        self.succeed("-C", self.observatory, "preview", "halle-une", *AS_OF, "-o", out)
        self.succeed("draw", out / "edition.json", "-o", self.folder / "again", "--chart",
                     "place-halle-une")
        name = "place-halle-une.wide.fr.svg"
        self.assertEqual((out / name).read_bytes(),
                         (self.folder / "again" / name).read_bytes())


class Sample(program.Case):
    def test_no_sentence_of_the_sample_accuses(self):
        there = self.folder / "obs"
        self.succeed("init", "--sample", there)
        self.succeed("-C", there, "run", *AS_OF)
        edition = json.loads(self.succeed("-C", there, "score", *AS_OF).stdout)
        found = list(sentences(edition))
        self.assertGreater(len(found), 300)
        for sentence in found:
            self.assertNotRegex(sentence, FORBIDDEN)
            self.assertRegex(sentence, CONDITION)


if __name__ == "__main__":
    program.main()
