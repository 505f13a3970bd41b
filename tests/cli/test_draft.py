#!/usr/bin/python3
"""`profile FILE`: a draft that loads, reads what the shipped profile reads, says what it is
unsure of, and shows nothing of what people wrote."""

import csv
import io
import json
import os
import pathlib
import random
import shutil
import unittest

import observatory
import program
from program import CREATE, OK, REFUSED, USAGE, Case, call

SAMPLES = sorted((program.ROOT / "data/sample/inbox").glob("[dm]*.csv"))
REAL = pathlib.Path(os.environ.get("SHARED", "/nonexistent")) / "real-data"
ACCOUNTS = ("records", "stored", "updated", "duplicates", "rejected")


class Drafts(Case):
    def setUp(self):
        super().setUp()
        self.made = self.folder / "o"
        self.succeed("init", "--sample", self.made)

    def forget(self, *profiles):
        for name in profiles:
            (self.made / f"profiles/{name}.json").unlink()

    def draft(self, path, **settings):
        """The draft, put where the observatory reads it, and what was said of it."""
        kept = self.made / "profiles/mine.json"
        kept.unlink(missing_ok=True)
        result = self.succeed("-C", self.made, "profile", path, "-o", kept, **settings)
        self.assertEqual(result.stdout, "")
        return json.loads(kept.read_text("utf-8")), result.stderr

    def account(self, path, made=None):
        rows = json.loads(self.succeed("-C", made or self.made, "ingest", "--dry-run", "--json",
                                       path).stdout)
        return rows[0]

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def test_a_draft_reads_the_samples_as_their_own_profile_does(self):
        whole = self.folder / "whole"
        self.succeed("init", "--sample", whole)
        self.forget("demarches-simplifiees", "demarches-simplifiees-2018",
                    "demarches-simplifiees-json", "canonical")
        for path in SAMPLES:
            with self.subTest(path.name):
                self.draft(path)
                found, wanted = self.account(path), self.account(path, whole)
                self.assertEqual(found["profile"], "mine")
                for key in (*ACCOUNTS, "dates", "bytes"):
                    self.assertEqual(found[key], wanted[key])
                shown = [self.succeed("-C", made, "ingest", "--dry-run", path).stdout
                         .split("\n", 1)[1] for made in (self.made, whole)]
                hide = [[line for line in text.splitlines() if "firm:" not in line]
                        for text in shown]  # each observatory has its own key
                self.assertEqual(*hide)

    def test_an_export_that_is_read_already_is_said_to_be(self):
        draft, said = self.draft(SAMPLES[0])
        self.assertIn("reads this export already", said)
        self.assertEqual(self.account(SAMPLES[0])["profile"], "mine")
        self.assertGreater(len(draft["recognise"]), 4)

    ASSOCIATION = (
        "Dossier;SIRET;Plateforme;Reçu le;Fermeture ?;Date d'effet;Récit\n"
        "A-17;99910017500010;Bazarette;12/05/2026;oui;02/05/2026;Secret de Mme Untel\n"
        "A-18;99910018300014;bazarette;14/05/2026;oui;09/05/2026;untel@example.org\n"
        "A-19;99910019100017;Bazarete;19/05/2026;non;11/05/2026;06 12 34 56 78\n")

    def test_columns_are_known_by_what_stands_in_them(self):
        path = self.write("association.csv", self.ASSOCIATION)
        draft, said = self.draft(path)
        fields = draft["fields"]
        self.assertEqual(draft["dates"], ["DD/MM/YYYY"])
        self.assertEqual(fields["report_id"], {"columns": ["Dossier"]})
        self.assertEqual(fields["firm"], {"siret": ["SIRET"]})
        self.assertEqual(fields["marketplace"], {"columns": ["Plateforme"]})
        self.assertEqual(fields["received_on"], {"columns": ["Reçu le"]})
        self.assertEqual(fields["effective_on"], {"columns": ["Date d'effet"]})
        self.assertIn("pillars: no column was found", said)
        self.assertIn("delimiter ;", said)
        self.assertIn("only near a known one", said)
        for secret in ("Untel", "untel", "06 12", "99910017500010", "A-17", "Bazarete"):
            self.assertNotIn(secret, said + json.dumps(draft, ensure_ascii=False))

    def test_a_filled_in_draft_reads_its_export(self):
        path = self.write("association.csv", self.ASSOCIATION)
        self.draft(path)
        observatory.edit_json(self.made / "profiles/mine.json", lambda profile: profile[
            "fields"].update(pillars={"constant": "d"}))
        row = self.account(path)
        self.assertEqual((row["stored"], row["rejected"]), (2, 1))  # Bazarete is no place

    def test_what_cannot_be_told_is_said(self):
        rows = self.ASSOCIATION.replace("12/05", "05/05").replace("14/05", "06/05").replace(
            "19/05", "07/05")
        _, said = self.draft(self.write("a.csv", rows))
        self.assertIn("tells the day from the month; DD/MM/YYYY is taken", said)
        american = rows.replace("05/05/2026", "05/25/2026").replace("02/05", "05/02")
        draft, said = self.draft(self.write("b.csv", american))
        self.assertEqual(draft["dates"], ["MM/DD/YYYY"])
        self.assertNotIn("tells the day from the month", said)
        odd = self.ASSOCIATION.replace("12/05/2026", "12-05-26").replace(
            "14/05/2026", "14-May-26").replace("19/05/2026", "19.05.2026")
        _, said = self.draft(self.write("c.csv", odd))
        self.assertIn("“Reçu le” looks like dates in a shape that cannot be read", said)

    def test_words_of_a_short_list_wait_for_a_meaning(self):
        text = observatory.export(
            observatory.complaint(n, marketplace="Bazarette",
                                  action=("Compte fermé", "Offre retirée")[n % 2],
                                  heard=("oui", "non", "N/A")[n % 3])
            for n in range(12))
        self.forget("canonical")
        draft, said = self.draft(self.write("list.csv", text))
        self.assertEqual(draft["fields"]["action"]["values"],
                         {"Compte fermé": None, "Offre retirée": None})
        self.assertEqual(draft["missing"], ["N/A"])
        self.assertIn("Compte fermé, Offre retirée", said)
        self.assertEqual(self.account(self.folder / "list.csv")["stored"], 12)

    def test_words_that_people_wrote_are_never_shown(self):
        text = observatory.export(
            observatory.complaint(n, marketplace="Bazarette", action=f"agent{n % 2}@example.org")
            for n in range(12))
        self.forget("canonical")
        draft, said = self.draft(self.write("list.csv", text))
        self.assertNotIn("agent", said + json.dumps(draft))
        self.assertIn("action: “action” has its label, but most of its values do not read", said)

    def test_a_linked_list_is_read_by_the_part_that_holds_places(self):
        rows = [f"{n},Generalistes;Bazarette,{observatory.siret(n)},2026-05-{n + 10},d"
                for n in range(1, 9)]
        draft, _ = self.draft(self.write(
            "linked.csv", "\n".join(["No,Ou,Siret,Recu,pillars", *rows]) + "\n"))
        self.assertEqual(draft["fields"]["marketplace"],
                         {"columns": ["Ou"], "linked": "secondary"})
        self.assertEqual(self.account(self.folder / "linked.csv")["stored"], 8)

    def test_json_and_packed_exports_are_drafted_too(self):
        records = [{"no": f"T-{n}", "shop": {"siret": observatory.siret(n)},
                    "where": "Bazarette", "created": f"2026-05-{n + 10}T08:00:00Z",
                    "pillars": "d", "text": "untel@example.org"} for n in range(1, 9)]
        path = self.write("x.json", json.dumps(records))
        draft, said = self.draft(path)
        self.assertEqual(draft["fields"]["firm"], {"siret": ["shop.siret"]})
        self.assertEqual(self.account(path)["stored"], 8)
        self.assertNotIn("untel", said)
        import gzip
        packed = self.folder / "y.csv.gz"
        packed.write_bytes(gzip.compress(self.ASSOCIATION.encode("utf-8")))
        self.assertEqual(self.draft(packed)[0]["fields"]["firm"], {"siret": ["SIRET"]})

    def test_answers_of_an_api_are_drafted_by_their_labels(self):
        records = [{"number": n, "dateDepot": f"2026-05-{n + 10}T08:00:00+02:00",
                    "demandeur": {"siret": observatory.siret(n)}, "state": "accepte",
                    "champs": [{"label": "Où vendez-vous ?", "stringValue": "Bazarette"},
                               {"label": "Objet du signalement",
                                "stringValue": "Déréférencement"}]} for n in range(1, 9)]
        path = self.write("api.json", json.dumps(records))
        draft, _ = self.draft(path)
        self.assertEqual(draft["fields"]["marketplace"], {"columns": ["Où vendez-vous ?"]})
        self.assertEqual(self.account(path)["stored"], 8)

    def test_anything_gives_a_draft_that_loads_or_a_refusal(self):
        words = ["", "-", "ID", "id", "SIRET", "État du dossier", "a;b", "12/05/2026", "Bazarette",
                 "99910017500010", "oui", "N/A", "\u0301", "=1+1", "2026-05-12", "x" * 300, '"q"']
        chance = random.Random(5)
        loaded = 0
        for _ in range(25):
            width = chance.randrange(1, 9)
            text = io.StringIO()
            csv.writer(text, delimiter=chance.choice(",;\t"), lineterminator="\n").writerows(
                [chance.choice(words) for _ in range(width)]
                for _ in range(chance.randrange(1, 9)))
            path = self.write("any.csv", text.getvalue())
            kept = self.made / "profiles/mine.json"
            kept.unlink(missing_ok=True)
            result = call("-C", self.made, "profile", path, "-o", kept)
            self.assertIn(result.returncode, (OK, REFUSED), result.stderr)
            if result.returncode == OK:
                loaded += 1
                self.succeed("-C", self.made, "status")  # reads all profiles first
        self.assertGreater(loaded, 3)

    def test_what_is_no_export_of_complaints_is_refused(self):
        path = self.write("shopping.csv", "What,Price\nbread,two\nmilk,one\n")
        self.refuse_in_one_line(REFUSED, "-C", self.made, "profile", path,
                                says=("this is not an export of complaints",))
        self.refuse_in_one_line(REFUSED, "-C", self.made, "profile",
                                self.write("e.csv", "ID,SIRET\n"), says=("no record",))

    def test_no_file_is_overwritten_and_a_name_must_be_a_profiles(self):
        path = self.write("association.csv", self.ASSOCIATION)
        there = self.made / "profiles/canonical.json"
        before = there.read_bytes()
        self.fail_with(CREATE, "-C", self.made, "profile", path, "-o", there,
                       says=("is there already",))
        self.assertEqual(there.read_bytes(), before)
        self.refuse_in_one_line(USAGE, "-C", self.made, "profile", path, "-o",
                                self.folder / "My Profile.json", says=("a–z, 0–9",))

    @unittest.skipUnless(REAL.is_dir(), "SHARED holds no real-data")
    def test_real_exports_give_a_draft_that_says_what_is_not_there(self):
        self.forget("cfpb")
        whole = self.folder / "whole"
        self.succeed("init", whole)
        for made in (self.made, whole):
            for name in ("marketplaces.json", "method.json", "observatory.json"):
                shutil.copy(program.ROOT / "data/examples/cfpb" / name, made)
        for path in sorted(REAL.glob("cfpb/*.csv")):
            with self.subTest(path.name):
                draft, said = self.draft(path)
                self.assertEqual(draft["fields"]["pillars"], {"constant": "s"})
                self.assertEqual(draft["fields"]["marketplace"]["columns"], ["Company"])
                found, wanted = self.account(path), self.account(path, whole)
                self.assertEqual(found["profile"], "mine")
                for key in (*ACCOUNTS, "dates"):
                    self.assertEqual(found[key], wanted[key])
                self.assertIn("taken over from the profile cfpb", said)
        for path in (*REAL.glob("signalconso/*1in10.csv"), *REAL.glob("comcast/*.csv")):
            self.refuse_in_one_line(REFUSED, "-C", self.made, "profile", path,
                                    says=("must be written by hand",))
        for path in REAL.glob("signalconso/*truncated.csv"):
            with self.subTest(path.name):
                _, said = self.draft(path)
                self.assertIn("firm: no column was found", said)
                self.assertIn("marketplace: no column was found", said)
                self.refuse_in_one_line(REFUSED, "-C", self.made, "ingest", "--dry-run",
                                        "--profile", "mine", path, says=("to fill in",))


if __name__ == "__main__":
    program.main()
