#!/usr/bin/python3
"""Typing wrong things: every mistake has its exit status and one line that tells what is
wrong and what to do, and leaves the observatory as it was."""

import json
import shutil
import subprocess
import tempfile

import observatory
import program
from program import (CONFIG, CREATE, IO, NO_INPUT, REFUSED, UNSAFE, USAGE, Case, call, copy,
                     tree)


class Usage(Case):
    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.mkdtemp(prefix="barometre-test-")
        cls.addClassCleanup(shutil.rmtree, cls.made)
        cls.site = observatory.make_published(cls.made + "/observatory", count=60)

    def setUp(self):
        super().setUp()
        self.before = tree(self.site)

    def tearDown(self):
        self.assertEqual(tree(self.site), self.before, "the observatory was touched")

    def wrong(self, status, *arguments, says=()):
        return self.refuse_in_one_line(status, *arguments, says=says)

    def own(self):
        return copy(self.site, self.folder / "own")

    def test_no_command_shows_the_commands(self):
        result = self.fail_with(USAGE, says=("Usage:", "status"))
        self.assertEqual(result.stdout, "")

    def test_an_unknown_command_is_named(self):
        self.fail_with(USAGE, "frobnicate", says=("frobnicate", "Usage:"))

    def test_an_unknown_option_is_named_and_help_pointed_to(self):
        for command in ("init", "run", "ingest", "score", "draw", "status", "explain",
                        "profile", "rejects"):
            self.wrong(USAGE, command, "--frob", says=("--frob", f"{command} --help"))

    def test_a_missing_argument_shows_the_usage(self):
        for command in ("init", "ingest", "draw", "explain", "profile"):
            self.wrong(USAGE, "-C", self.site, command, says=("usage: barometre " + command,))

    def test_an_argument_too_many_shows_the_usage(self):
        for command in ("run", "score", "status", "rejects"):
            self.wrong(USAGE, "-C", self.site, command, "more",
                       says=("usage: barometre " + command,))

    def test_an_option_without_its_value_is_named(self):
        self.wrong(USAGE, "run", "--as-of", says=("--as-of",))

    def test_every_command_has_a_help(self):
        for command in ("init", "run", "ingest", "score", "draw", "status", "explain",
                        "profile", "rejects"):
            self.assertIn("Usage:", self.succeed(command, "--help").stdout)

    def test_standard_input_needs_a_profile(self):
        self.wrong(USAGE, "-C", self.site, "ingest", "-", says=("--profile",))

    def test_an_unknown_profile_is_named(self):
        own = self.own()
        export = observatory.drop(own, "new.csv", observatory.complaints(500, 2))
        self.wrong(USAGE, "-C", own, "ingest", "--profile", "nope", export, says=("nope",))

    def test_a_bad_month_is_refused(self):
        for month in ("2026-13", "2026-00", "2026", "october", "2026-10-01", "", "-1"):
            for command in ("run", "score"):
                self.wrong(USAGE, "-C", self.site, command, f"--as-of={month}",
                           says=("--as-of", "2026-10"))

    def test_messages_come_in_french_and_english_only(self):
        self.wrong(USAGE, "-C", self.site, "status", "--lang", "de", says=("--lang", "fr"))

    def test_an_option_of_all_may_stand_before_the_command(self):
        before = self.succeed("-C", self.site, "--lang", "fr", "status")
        after = self.succeed("status", "--lang", "fr", "-C", self.site)
        self.assertEqual(before.stdout, after.stdout)
        self.assertIn("Signalements", before.stdout)

    def test_the_locale_chooses_the_language_and_nothing_else(self):
        french = self.succeed("-C", self.site, "status",
                              env=program.environment(LC_ALL="fr_FR.UTF-8"))
        self.assertEqual(french.stdout, self.succeed("-C", self.site, "status", "--lang",
                                                     "fr").stdout)
        self.assertEqual(call("-C", self.site, "status", "--json").stdout,
                         call("-C", self.site, "status", "--json", "--lang", "fr").stdout)

    def test_draw_needs_a_place_for_the_pictures(self):
        self.wrong(USAGE, "draw", self.site / "site/current/edition.json", says=("-o",))

    def test_draw_names_the_charts_that_there_are(self):
        edition = self.site / "site/current/edition.json"
        self.wrong(USAGE, "draw", edition, "-o", self.folder / "d", "--chart", "nope",
                   says=("nope", "ranking", "place-halle-une"))
        for option, known in (("--lang", "fr"), ("--layout", "wide"), ("--format", "svg")):
            self.wrong(USAGE, "draw", edition, "-o", self.folder / "d", option, "nope",
                       says=(option, "nope", known))

    def test_a_chart_id_is_no_path(self):
        self.wrong(USAGE, "draw", self.site / "site/current/edition.json", "-o",
                   self.folder / "d", "--chart", "../../escaped")
        self.assertEqual([p for p in self.folder.rglob("*escaped*")], [])

    def test_an_absent_edition_is_no_input(self):
        self.wrong(NO_INPUT, "draw", self.folder / "none.json", "-o", self.folder / "d",
                   says=("none.json",))

    def test_a_hostile_edition_is_refused_and_draws_nothing(self):
        good = (self.site / "site/current/edition.json").read_text("utf-8")
        evil = json.loads(good)
        evil["marketplaces"][0]["id"] = "../../../escaped"
        huge = json.loads(good)
        huge["marketplaces"][0]["overall"]["score"] = 1e308
        missing = json.loads(good)
        del missing["marketplaces"][0]["pillars"]
        hostile = {
            "empty": "", "cut": good[:len(good) // 2], "no object": "[]", "text": "hello",
            "deep": "[" * 100000, "nul": good.replace("Halle", "Ha\\u0000le"),
            "path": json.dumps(evil), "huge": json.dumps(huge),
            "missing": json.dumps(missing), "other schema": good.replace("edition/1", "x/9"),
            "repeated": good.replace('"as_of"', '"as_of": "2026-01", "as_of"', 1),
            "bytes": b"\xff\xfe{}", "not a number": good.replace("80.0", "NaN", 1),
        }
        for name, document in hostile.items():
            with self.subTest(name):
                file = self.folder / "hostile.json"
                file.write_bytes(document if isinstance(document, bytes)
                                 else document.encode("utf-8"))
                refused = self.fail_with(REFUSED, "draw", file, "-o", self.folder / "d",
                                         says=("hostile.json",))
                for line in refused.stderr.splitlines():  # every problem, each with its place
                    self.assertTrue(line.startswith("hostile.json:"), line)
                self.assertFalse((self.folder / "d").exists())

    def test_a_folder_without_observatory_says_how_to_make_one(self):
        for command in ("run", "status", "score", "rejects"):
            self.wrong(CONFIG, "-C", self.folder, command,
                       says=(str(self.folder), "barometre init"))
        self.assertEqual(tree(self.folder), {})

    def test_init_takes_no_folder_that_holds_anything(self):
        full = self.folder / "full"
        full.mkdir()
        (full / "mine").write_text("kept")
        self.wrong(CREATE, "init", full, says=(str(full), "new directory"))
        self.assertEqual(list(tree(full)), ["mine"])

    def test_init_leaves_a_file_of_that_name_alone(self):
        file = self.folder / "file"
        file.write_text("kept")
        file.chmod(0o640)
        self.wrong(CREATE, "init", file, says=(str(file),))
        self.assertEqual(file.stat().st_mode & 0o777, 0o640)
        self.assertEqual(file.read_text(), "kept")

    def test_init_takes_an_empty_folder(self):
        empty = self.folder / "empty"
        empty.mkdir()
        self.succeed("init", empty)
        self.succeed("-C", empty, "status")

    def test_init_makes_no_parents(self):
        self.wrong(CREATE, "init", self.folder / "no/such", says=("no/such",))

    def test_two_observatories_have_two_keys(self):
        self.succeed("init", self.folder / "a")
        self.succeed("init", self.folder / "b")
        self.assertNotEqual((self.folder / "a/key").read_bytes(),
                            (self.folder / "b/key").read_bytes())

    def test_an_unknown_setting_is_named_with_its_file(self):
        for name in ("observatory.json", "marketplaces.json", "method.json"):
            own = copy(self.site, self.folder / name)
            observatory.edit_json(own / name, lambda d: d.update(colour="blue"))
            self.wrong(CONFIG, "-C", own, "run", says=(name, "colour"))

    def test_an_unknown_key_of_a_marketplace_is_named(self):
        own = self.own()
        observatory.edit_json(own / "marketplaces.json",
                              lambda d: d["marketplaces"][0].update(nickname="x"))
        self.wrong(CONFIG, "-C", own, "run", says=("marketplaces.json", "nickname"))

    def test_broken_json_is_told_with_its_line(self):
        for name in ("observatory.json", "marketplaces.json", "method.json",
                     "profiles/canonical.json"):
            own = copy(self.site, self.folder / name.replace("/", "-"))
            file = own / name
            lines = file.read_text("utf-8")
            file.write_text(lines[:-3], "utf-8")
            result = self.wrong(CONFIG, "-C", own, "run", says=(name.split("/")[-1],))
            self.assertRegex(result.stderr, r"\.json:\d+")

    def test_missing_configuration_is_told(self):
        for name in ("marketplaces.json", "method.json"):
            own = copy(self.site, self.folder / name)
            (own / name).unlink()
            self.wrong(CONFIG, "-C", own, "run", says=(name,))

    def test_missing_profiles_are_told(self):
        own = self.own()
        (own / "profiles").rename(self.folder / "elsewhere")
        self.wrong(CONFIG, "-C", own, "run", says=("profiles",))

    def test_a_key_that_others_can_read_is_refused(self):
        for mode in (0o644, 0o640, 0o604, 0o660):
            own = copy(self.site, self.folder / oct(mode))
            (own / "key").chmod(mode)
            self.wrong(UNSAFE, "-C", own, "run", says=("key", "chmod 600"))

    def test_a_key_of_another_length_is_refused(self):
        for length in (0, 5, 31, 33):
            own = copy(self.site, self.folder / str(length))
            (own / "key").write_bytes(b"k" * length)
            self.wrong(UNSAFE, "-C", own, "run", says=("key", "32 bytes"))

    def test_a_missing_key_is_not_made_anew(self):
        own = self.own()
        (own / "key").unlink()
        self.wrong(UNSAFE, "-C", own, "run", says=("key", "backup"))
        self.assertFalse((own / "key").exists())

    def test_an_absent_export_is_no_input(self):
        self.wrong(NO_INPUT, "-C", self.site, "ingest", "none.csv", says=("none.csv",))

    def test_a_directory_is_no_export(self):
        self.wrong(REFUSED, "-C", self.site, "ingest", self.folder,
                   says=(self.folder.name, "regular file"))

    def test_an_unknown_figure_names_the_pillars(self):
        for path in ("", "nowhere", "halle-une.nope", "halle-une.support.nope",
                     "halle-une.support.human_reply.x", "."):
            self.wrong(USAGE, "-C", self.site, "explain", path, says=("support", "explain"))

    def test_an_output_that_cannot_be_made_is_told(self):
        self.wrong(CREATE, "-C", self.site, "score", "-o", self.folder / "no/such.json",
                   says=("no/such.json",))
        (self.folder / "file").write_text("")
        self.wrong(CREATE, "draw", self.site / "site/current/edition.json", "-o",
                   self.folder / "file", says=("file",))

    def test_a_full_standard_output_is_told(self):
        edition = self.site / "site/current/edition.json"
        for command in (["score"], ["status"], ["status", "--json"], ["explain", "halle-une"],
                        ["rejects", "--csv"], ["ingest", "--dry-run", "--json", edition]):
            with open("/dev/full", "w", encoding="utf-8") as full:
                result = call("-C", self.site, *command, stdout=full,
                              stderr=subprocess.PIPE)
            if command[0] != "ingest":
                self.assertEqual(result.returncode, IO, (command, result.stderr))
                self.assertIn("standard output", result.stderr)
            self.assertGreater(result.returncode, 0)


if __name__ == "__main__":
    program.main()
