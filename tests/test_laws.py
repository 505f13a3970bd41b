#!/usr/bin/python3
"""The two laws of the architecture, and the one home of each library.

Law 1: the score never sees a complaint; before it, nothing knows a weight.
Law 2: views are drawn from an edition alone.

Includes are read in the sources; symbols by nm in the static libraries of the build folder
that BUILD names (skipped without).
"""

import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = os.environ.get("BUILD")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)
INTAKE = {"cell", "dialect", "export", "export_csv", "export_pipe", "export_stream", "firm",
          "form", "form_private", "profile", "record", "reject"}
STORE = {"store", "store_private"}


def sources(*folders):
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.[ch]"))]


def includes(path):
    return INCLUDE.findall(path.read_text("utf-8"))


def nouns(path):
    """The project's own headers that a file includes, by their nouns."""
    return {pathlib.PurePath(name).stem for name in includes(path)
            if (ROOT / "include" / name).exists() or (path.parent / name).exists()
            or (ROOT / name).exists()}


def users(*headers):
    """Files that include a header whose path begins so."""
    return {str(path.relative_to(ROOT)) for path in sources("src", "charts", "include")
            if any(name.startswith(header) for name in includes(path) for header in headers)}


def symbols(library, kind):
    (path,) = pathlib.Path(BUILD).rglob(f"lib{library}.a")
    output = subprocess.run(["nm", "--no-sort", kind, path], capture_output=True, text=True,
                            check=True).stdout
    return {line.split()[-1] for line in output.splitlines() if len(line.split()) >= 2}


class Laws(unittest.TestCase):
    def assert_none(self, folders, forbidden):
        files = sources(*folders)
        self.assertGreater(len(files), 2)
        for path in files:
            self.assertEqual(nouns(path) & forbidden, set(), path.relative_to(ROOT))

    def test_the_score_includes_no_complaint_store_or_intake(self):
        self.assert_none(["src/score"], {"complaint", "counter", "import", "observatory"} |
                         INTAKE | STORE)

    def test_nothing_before_the_score_includes_a_weight(self):
        self.assert_none(["src/intake", "src/store", "src/complaint"],
                         {"method", "score", "indicator", "edition", "tally"})

    def test_charts_and_pages_include_only_core_edition_and_charts(self):
        known = {path.stem for path in sources("charts", "src/publish")} | {
            "edition", "error", "hash", "month", "text", "words", "scope", "json_reader",
            "site", "chart", "version"}
        for path in sources("charts", "src/publish"):
            self.assertEqual(nouns(path) - known, set(), path.relative_to(ROOT))

    def test_no_view_can_reach_a_store_or_a_complaint(self):
        self.assert_none(["charts", "src/publish"], {"complaint", "tally", "score", "method",
                                                     "observatory"} | INTAKE | STORE)

    def test_charts_know_no_pages(self):
        self.assert_none(["charts"], {"site", "page", "manifest"})

    def test_only_the_command_line_includes_its_own(self):
        self.assert_none(["charts", "src/core", "src/score", "src/store", "src/intake",
                          "src/publish", "src/observatory", "src/edition"],
                         {"cli", "commands", "report"})

    def test_each_library_has_one_home(self):
        homes = {
            ("cairo", "pango/", "png.h", "fontconfig/"): ("charts/", {"src/cli/main.c"}),
            ("csv.h",): ("src/intake/export_csv.c", set()),
            ("sqlite3.h",): ("src/store/", {"src/cli/main.c"}),
            ("libxml/",): ("src/publish/", {"charts/canvas_svg.c"}),
            ("unicode/",): ("src/core/", set()),
        }
        for headers, (home, allowed) in homes.items():
            found = users(*headers)
            self.assertTrue(any(name.startswith(home) for name in found), headers)
            strangers = {name for name in found if not name.startswith(home)} - allowed
            self.assertEqual(strangers, set(), headers)

    def test_only_the_command_line_prints_reads_the_clock_or_exits(self):
        calls = re.compile(r"(?<![\w.>])(printf|puts|putchar|exit|abort|time|"
                           r"g_get_real_time|g_date_time_new_now\w*|gettimeofday|"
                           r"clock_gettime|g_print\w*|perror)\s*\(")
        for path in sources("src", "charts"):
            if path.is_relative_to(ROOT / "src/cli"):
                continue
            code = re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\])*"', "",
                          path.read_text("utf-8"), flags=re.S)
            self.assertEqual(calls.findall(code), [], path.relative_to(ROOT))

    @unittest.skipUnless(BUILD, "BUILD names no build folder")
    def test_the_score_links_without_store_intake_or_complaints(self):
        wanted = symbols("score", "--undefined-only")
        self.assertIn("tally_cell", wanted)
        for library in ("store", "intake", "observatory", "publish", "charts"):
            self.assertEqual(wanted & symbols(library, "--defined-only"), set(), library)
        self.assertEqual({s for s in wanted if s.startswith(("complaint_", "sqlite3_",
                                                            "csv_", "cairo_"))}, set())

    @unittest.skipUnless(BUILD, "BUILD names no build folder")
    def test_views_link_without_store_score_or_complaints(self):
        for view in ("charts", "publish"):
            wanted = symbols(view, "--undefined-only")
            for library in ("store", "intake", "observatory", "score", "tally", "method",
                            "registry", "complaint"):
                self.assertEqual(wanted & symbols(library, "--defined-only"), set(),
                                 (view, library))

    @unittest.skipUnless(BUILD, "BUILD names no build folder")
    def test_no_two_stages_export_one_name(self):
        defined = {}
        for library in ("core", "complaint", "method", "registry", "tally", "edition",
                        "score", "charts", "intake", "store", "observatory", "publish"):
            for symbol in symbols(library, "--defined-only"):
                if not symbol.startswith("barometre_") and is_global(library, symbol):
                    self.assertNotIn(symbol, defined, library)
                    defined[symbol] = library


def is_global(library, symbol, known={}):
    if library not in known:
        known[library] = symbols(library, "--extern-only")
    return symbol in known[library]


class Repository(unittest.TestCase):
    def files(self):
        try:
            listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others",
                                     "--exclude-standard"], cwd=ROOT, capture_output=True,
                                    check=True).stdout.decode().split("\0")
        except (OSError, subprocess.CalledProcessError):
            self.skipTest("this is no git checkout")
        return [ROOT / name for name in listed if name and (ROOT / name).is_file()]

    def test_no_file_names_the_machine_it_was_written_on(self):
        places = {str(ROOT), os.path.expanduser("~")}
        if len(ROOT.parent.parts) > 1:
            places.add(str(ROOT.parent) + "/")
        places = {place for place in places if len(pathlib.PurePath(place).parts) > 1}
        pattern = re.compile("|".join(
            [rf"(?<![\w.}})\]*$]){re.escape(place)}(?:\b|(?<=/))" for place in sorted(places)]
            + [r"(?<![\w.])/(?:home|Users)/[a-z]\w*/"]).encode())
        files = self.files()
        self.assertGreater(len(files), 50)
        for path in files:
            found = pattern.search(path.read_bytes())
            self.assertIsNone(found, f"{path.relative_to(ROOT)}: {found and found[0]!r}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
