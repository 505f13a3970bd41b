#!/usr/bin/python3
"""Exports of démarches-simplifiées in all the shapes they come in: what `ingest --dry-run`
shows is what is stored."""

import csv
import io
import json
import re

import observatory
import program
from program import Case

NUMBER = 7


class Templates(Case):
    def setUp(self):
        super().setUp()
        self.made = self.folder / "o"
        self.succeed("init", "--sample", self.made)

    def profile(self, name, **members):
        (self.made / f"profiles/{name}.json").write_text(
            json.dumps({"profile": name, "title": {"fr": name, "en": name}, **members}), "utf-8")

    def extend(self, **fields):
        """The observatory's own profile of an export template."""
        self.profile("modele", extends="demarches-simplifiees",
                     recognise=["Dossier n°", "Reçu le", "Place"],
                     fields={"report_id": {"columns": ["Dossier n°"]},
                             "firm": {"siret": ["SIRET"]},
                             "marketplace": {"columns": ["Place"]},
                             "received_on": {"columns": ["Reçu le"]}, **fields})

    def shown(self, columns, *options):
        """Field → value of the first record of an export with these cells."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([columns, columns.values()])
        return self.shown_text(text.getvalue(), *options)

    def shown_text(self, text, *options, name="dossiers.csv"):
        path = self.folder / name
        path.write_text(text, "utf-8")
        result = self.succeed("-C", self.made, "ingest", "--dry-run", *options, path)
        self.assertIn("1 stored", result.stdout)
        self.assertIn("The first record as it would be stored:", result.stdout)
        lines = result.stdout.split("stored:\n", 1)[1].splitlines()
        return dict(line.strip().split(": ", 1) for line in lines if line.startswith("  "))

    def template(self, **more):
        return {"Dossier n°": "12", "SIRET": observatory.siret(NUMBER), "Place": "Bazarette",
                "Objet du signalement": "Déréférencement", "Reçu le": "2026-05-12", **more}

    def today(self, **more):
        return {"ID": "12", "Email": "untel@example.org",
                "Établissement SIRET": observatory.siret(NUMBER), "État du dossier": "Accepté",
                "Déposé le": "2026-01-15 14:52:35 +0100",
                "Place de marché concernée": "Bazarette",
                "Objet du signalement": "Déréférencement", **more}

    def test_columns_of_a_template_are_named_by_the_observatorys_own_profile(self):
        self.extend(heard={"columns": ["Entendu"]}, appeal_on={"columns": ["Recours"]})
        found = self.shown(self.template(Entendu="true", Recours="2026-05-20"))
        self.assertEqual(found["heard"], "yes")
        self.assertEqual(found["appeal_on"], "2026-05-20")
        self.assertEqual(found["source"], "form")  # taken over

    def test_the_worked_examples_of_the_documentation_hold(self):
        page = (program.ROOT / "doc/profiles.md").read_text("utf-8")
        blocks = re.findall(r"^```(?:json)?\n(.*?)^```", page, re.S | re.M)
        exports = [b for b in blocks if b.startswith("Dossier")]
        profiles = [b for b in blocks if '"profile":' in b]
        self.assertEqual((len(exports), len(profiles)), (2, 2))
        for profile in profiles:
            name = json.loads(profile)["profile"]
            (self.made / f"profiles/{name}.json").write_text(profile, "utf-8")
        association, template = exports
        path = self.folder / "association.csv"
        path.write_text(association, "utf-8")
        said = self.succeed("-C", self.made, "ingest", "--dry-run", path).stdout
        self.assertIn("3 stored", said)
        self.assertEqual(said.count("action: account_termination"), 2)
        self.assertEqual(said.count("reasons_on: never"), 1)
        found = self.shown_text(template)
        self.assertEqual({key: found.get(key) for key in (
            "marketplace", "pillar_d", "pillar_s", "pillar_c", "action", "change_kind", "heard")},
            {"marketplace": "bazarette", "pillar_d": "yes", "pillar_s": "yes",
             "pillar_c": None, "action": "listing_removal", "change_kind": "fees",
             "heard": "yes"})
        (self.made / "profiles/association.json").unlink()
        draft = json.loads(self.succeed("-C", self.made, "profile", path).stdout)
        self.assertEqual({*draft["fields"]}, {"report_id", "firm", "marketplace", "received_on",
                                              "effective_on", "pillars", "source"})
        self.assertEqual(draft["dates"], ["DD/MM/YYYY"])

    def test_a_template_and_the_shipped_profile_share_their_numbers(self):
        self.extend()
        for name, cells in (("a.csv", self.today()), ("b.csv", self.template())):
            text = io.StringIO()
            csv.writer(text).writerows([cells, cells.values()])
            (self.folder / name).write_text(text.getvalue(), "utf-8")
        self.succeed("-C", self.made, "ingest", self.folder / "a.csv")
        result = self.succeed("-C", self.made, "ingest", "--json", self.folder / "b.csv")
        row = json.loads(result.stdout)[0]
        self.assertEqual((row["profile"], row["stored"], row["updated"]), ("modele", 0, 1))

    def test_every_way_to_write_yes_and_no_is_read(self):
        for cell, answer in (("Oui", "yes"), ("oui", "yes"), ("on", "yes"), ("true", "yes"),
                             ("1", "yes"), ("Non", "no"), ("non", "no"), ("off", "no"),
                             ("false", "no"), ("0", "no"), ("", None)):
            with self.subTest(cell):
                found = self.shown(self.today(**{"Paiements retenus": cell}))
                self.assertEqual(found.get("watch_withheld"), answer)

    def test_a_question_that_says_never_is_read_in_every_way_too(self):
        for cell in ("Non", "non", "false", "0"):
            found = self.shown(self.today(
                **{"Avez-vous reçu les motifs de la mesure ?": cell}))
            self.assertEqual(found["reasons_on"], "never")

    def test_a_number_left_blank_is_not_zero(self):
        found = self.shown(self.today(**{"Montant retenu en euros": "0"}))
        self.assertNotIn("withheld_eur", found)
        found = self.shown(self.today(**{"Montant retenu en euros": "12.5"}))
        self.assertEqual(found["withheld_eur"], "12")

    def test_old_and_new_timestamps_are_days(self):
        for cell in ("2026-01-15 14:52:35 +0100", "2026-01-15T14:52:35+01:00",
                     "2026-01-15T14:52:35.123+01:00", "2026-01-15T14:52:35.123Z",
                     "2026-01-15 14:52", "15/01/2026 14:52", "15/01/2026", "2026-01-15"):
            with self.subTest(cell):
                self.assertEqual(self.shown(self.today(**{"Déposé le": cell}))["received_on"],
                                 "2026-01-15")

    def test_every_state_of_a_file_is_known(self):
        for state, verification, adjudication in (
                ("Accepté", "documented", "none"), ("Refusé", "declared", "rejected"),
                ("En construction", "declared", "none"), ("En instruction", "declared", "none"),
                ("Classé sans suite", "declared", "none"), ("Sans suite", "declared", "none"),
                ("À corriger", "declared", "none")):
            with self.subTest(state):
                found = self.shown(self.today(**{"État du dossier": state}))
                self.assertEqual((found["verification"], found["adjudication"]),
                                 (verification, adjudication))

    def test_every_state_of_the_first_exports_is_known(self):
        for state, verification, adjudication in (
                ("closed", "documented", "none"), ("refused", "declared", "rejected"),
                ("initiated", "declared", "none"), ("received", "declared", "none"),
                ("without_continuation", "declared", "none")):
            with self.subTest(state):
                found = self.shown({
                    "id": "12", "created_at": "2018-11-05 10:00:00 +0100", "state": state,
                    "initiated_at": "2018-11-06 10:00:00 +0100",
                    "etablissement_siret": observatory.siret(NUMBER),
                    "quelle_plateforme_est_concernee": "Bazarette",
                    "objet_du_signalement": "Déréférencement", "paiements_retenus": "oui"})
                self.assertEqual((found["verification"], found["adjudication"]),
                                 (verification, adjudication))
                self.assertEqual(found["received_on"], "2018-11-06")
                self.assertEqual(found["watch_withheld"], "yes")

    def test_of_two_columns_of_one_name_the_first_filled_in_counts(self):
        cells = self.today()
        header = [*cells, "Paiements retenus", "Paiements retenus"]
        text = io.StringIO()
        csv.writer(text).writerows([header, [*cells.values(), "", "Oui"]])
        self.assertEqual(self.shown_text(text.getvalue())["watch_withheld"], "yes")

    def test_a_part_of_a_linked_list_is_read(self):
        self.extend(marketplace={"columns": ["Place"], "linked": "secondary"},
                    change_kind={"columns": ["Changement"], "linked": "primary",
                                 "values": {"Tarifs, commissions": "fees"}},
                    pillars={"columns": ["Sujet"], "linked": "secondary",
                             "contains": {"Support": "s", "Compte": "d"}})
        found = self.shown(self.template(**{
            "Place": "Généraliste;Bazarette", "Changement": "Tarifs, commissions;Hausse",
            "Sujet": "Compte;Support"}))
        self.assertEqual(found["marketplace"], "bazarette")
        self.assertEqual(found["change_kind"], "fees")
        self.assertEqual((found.get("pillar_s"), found.get("pillar_d")), ("yes", None))

    def test_a_list_without_its_second_part_gives_no_answer(self):
        self.extend(change_kind={"columns": ["Changement"], "linked": "secondary",
                                 "values": {"Tarifs": "fees"}})
        for cell in ("Tarifs", "Tarifs;", "Tarifs; "):
            found = self.shown(self.template(Changement=cell))
            self.assertNotIn("change_kind", found)

    def test_options_with_commas_are_known_whole(self):
        options = {"Retrait d’offres": "listing_removal",
                   "Fermeture, définitive ou non, du compte": "account_termination",
                   "Fermeture": "account_suspension"}
        self.extend(action={"columns": ["Mesures"], "contains": options},
                    watch_fees={"columns": ["Mesures"], "contains": {"Hausse de tarifs": "yes"},
                                "otherwise": None})
        for cell, action, fees in (
                ("Fermeture, définitive ou non, du compte", "account_termination", None),
                ("Fermeture, Hausse de tarifs", "account_suspension", "yes"),
                ("Hausse de tarifs, Fermeture, définitive ou non, du compte, Retrait d’offres",
                 "listing_removal", "yes")):  # of several, the one the profile names first
            with self.subTest(cell):
                found = self.shown(self.template(Mesures=cell))
                self.assertEqual((found["action"], found.get("watch_fees")), (action, fees))

    def test_a_linked_list_of_the_api_reads_as_in_the_table(self):
        self.profile("modele-json", extends="demarches-simplifiees-json",
                     recognise=["number", "dateDepot", "demandeur", "champs", "state"],
                     fields={"marketplace": {"columns": ["Place"], "linked": "secondary"}})
        record = {"number": 12, "dateDepot": "2026-01-15T10:00:00+01:00", "state": "accepte",
                  "demandeur": {"siret": observatory.siret(NUMBER)},
                  "champs": [
                      {"label": "Place", "stringValue": "Généraliste / Bazarette",
                       "primaryValue": "Généraliste", "secondaryValue": "Bazarette"},
                      {"label": "Objet du signalement", "stringValue": "Support"}]}
        found = self.shown_text(json.dumps([record]), name="dossiers.json")
        self.assertEqual(found["marketplace"], "bazarette")

    def test_what_is_shown_tells_of_no_person(self):
        siret = observatory.siret(NUMBER)
        path = self.folder / "a.csv"
        cells = self.today(Instructeurs="agent@example.org")
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([cells, cells.values()])
        result = self.succeed("-C", self.made, "ingest", "--dry-run", path)
        for secret in (siret, siret[:9], "untel", "agent@"):
            self.assertNotIn(secret, result.stdout + result.stderr)
        machine = self.succeed("-C", self.made, "ingest", "--dry-run", "--json", path)
        self.assertEqual(len(json.loads(machine.stdout)), 1)  # and nothing else
        self.assertNotIn("The first record", machine.stdout)

    def test_five_records_are_shown_at_most(self):
        path = self.folder / "many.csv"
        path.write_text(observatory.complaints(1, 9, marketplace="Bazarette"), "utf-8")
        shown = self.succeed("-C", self.made, "ingest", "--dry-run", path).stdout
        self.assertEqual(shown.count("report_id:"), 5)
        self.assertEqual([line.split(": ")[1] for line in shown.splitlines()
                          if "report_id" in line], [f"R-{n}" for n in range(1, 6)])
        self.assertNotIn("report_id:",
                         self.succeed("-C", self.made, "ingest", path).stdout)

    def test_a_part_that_no_list_has_is_an_error_of_the_profile(self):
        self.extend(heard={"columns": ["Entendu"], "linked": "third"})
        self.fail_with(program.CONFIG, "-C", self.made, "status", says=("modele.json", "linked"))


if __name__ == "__main__":
    program.main()
