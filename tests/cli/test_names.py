#!/usr/bin/python3
"""Names of marketplaces that are not in the registry: told by frequency, with the place
that each may mean, and without what people wrote into the cell instead."""

import json

import observatory
import program
from program import Case, call


class Names(Case):
    def setUp(self):
        super().setUp()
        self.made = observatory.make(self.folder / "o")
        self.number = 0

    def ingest(self, *names):
        rows = []
        for name in names:
            self.number += 1
            rows.append(observatory.complaint(self.number, marketplace=name))
        path = self.folder / f"export-{self.number}.csv"
        path.write_text(observatory.export(rows), "utf-8")
        call("-C", self.made, "ingest", path)  # refused as a whole where most are wrong

    def listed(self):
        return [tuple(row.values()) for row in (
            {k: row[k] for k in ("name", "count", "suggestion")} for row in
            json.loads(self.succeed("-C", self.made, "status", "--json").stdout)["unresolved"])]

    def test_names_are_listed_by_frequency_with_the_place_they_may_mean(self):
        self.ingest("Hale Une", "Foo Market", "foo market", "Foo-Market", "Halle Une Europe")
        self.assertEqual(self.listed(), [("Foo Market", 3, None), ("Hale Une", 1, "halle-une"),
                                         ("Halle Une Europe", 1, "halle-une")])
        said = self.succeed("-C", self.made, "status").stdout
        self.assertIn("3 × “Foo Market”\n", said)
        self.assertIn("1 × “Hale Une”: did you mean Halle Une?", said)
        self.assertIn("did you mean Halle Une?",
                      self.succeed("-C", self.made, "rejects").stdout)
        self.assertIn("vouliez-vous dire Halle Une",
                      self.succeed("-C", self.made, "--lang", "fr", "rejects").stdout)

    def test_what_occurs_once_and_resembles_no_place_is_not_shown(self):
        self.ingest("Mme Untel, 12 rue des Lilas", "Foo", "Foo")
        for command in (["status"], ["status", "--json"], ["rejects"]):
            said = self.succeed("-C", self.made, *command).stdout
            self.assertNotIn("Untel", said)
            self.assertIn("Foo", said)

    def test_a_suggestion_counts_for_nothing(self):
        self.ingest("Hale Une", "Halle Une")
        state = json.loads(self.succeed("-C", self.made, "status", "--json").stdout)
        self.assertEqual((state["complaints"], state["rejected"]), (1, 1))

    def test_a_name_that_became_an_alias_is_no_longer_listed(self):
        self.ingest("Foo", "Foo")
        self.assertEqual(len(self.listed()), 1)
        observatory.edit_json(self.made / "marketplaces.json", lambda registry: registry[
            "marketplaces"][0]["aliases"].append("Foo"))
        self.assertEqual(self.listed(), [])
        self.assertNotIn("Foo", self.succeed("-C", self.made, "status").stdout)

    def test_names_are_clamped_and_cleaned(self):
        name = "Foo\u202e\x1b[31m" + "é" * 300
        self.ingest(name, name)
        (shown, count, _), = self.listed()
        self.assertEqual(count, 2)
        self.assertLess(len(shown.encode("utf-8")), 97)
        self.assertTrue(shown.startswith("Foo[31mé"), shown)
        said = self.succeed("-C", self.made, "status").stdout
        self.assertNotIn("\x1b", said)
        self.assertNotIn("\u202e", said)
        self.assertNotIn("\ufffd", said)

    def test_ten_names_are_told(self):
        names = [f"Foo {chr(65 + n)}{chr(66 + n)}{chr(67 + n)}" for n in range(12)]
        self.ingest(*names, *names, names[3])
        self.assertEqual(len(self.listed()), 10)
        self.assertEqual(self.listed()[0][:2], (names[3], 3))
        self.assertIn("    …\n", self.succeed("-C", self.made, "status").stdout)


if __name__ == "__main__":
    program.main()
