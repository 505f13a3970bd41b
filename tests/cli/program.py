"""The program as a person meets it: run, then judged by its exit status, what it printed
and what it left on disk."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from datetime import datetime, timezone

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("BAROMETRE", str(ROOT / "build/src/cli/barometre"))

OK, USAGE, REFUSED, NO_INPUT, CREATE, IO, BUSY, UNSAFE, CONFIG = (
    0, 64, 65, 66, 73, 74, 75, 77, 78)


def epoch(year, month, day):
    return str(int(datetime(year, month, day, tzinfo=timezone.utc).timestamp()))


# The clock of the tests: after the newest sample export, so that tests do not age.
NOW = epoch(2026, 11, 15)


def environment(**changes):
    passed = ("PATH", "HOME", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "MALLOC_PERTURB_")
    kept = {name: os.environ[name] for name in passed if name in os.environ}
    if "LSAN_OPTIONS" in os.environ:  # its list of suppressions is no message of ours
        kept["LSAN_OPTIONS"] = os.environ["LSAN_OPTIONS"] + ":print_suppressions=0"
    return {**kept, "SOURCE_DATE_EPOCH": NOW, "LC_ALL": "C.UTF-8", "TZ": "UTC", **changes}


def call(*arguments, env=None, **settings):
    """Runs `barometre ARGUMENT...`; the result's texts are str."""
    settings.setdefault("timeout", 60)
    return subprocess.run([PROGRAM, *map(str, arguments)], env=env or environment(),
                          capture_output="stdout" not in settings, text=True,
                          encoding="utf-8", errors="replace", **settings)


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def tree(folder, skip=()):
    """Path → what it is: a hash for a file, the target for a link, None for a folder."""
    found = {}
    folder = pathlib.Path(folder)
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if name in skip or name.split("/")[0] in skip:
            continue
        found[name] = (os.readlink(path) if path.is_symlink()
                       else sha256(path) if path.is_file() else None)
    return found


def copy(observatory, to):
    shutil.copytree(observatory, to, symlinks=True)
    return pathlib.Path(to)


class Case(unittest.TestCase):
    """A test with a folder of its own, removed afterwards."""

    maxDiff = 4000

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="barometre-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def succeed(self, *arguments, **settings):
        result = call(*arguments, **settings)
        self.assertEqual(result.returncode, OK, result.stderr)
        return result

    def fail_with(self, status, *arguments, says=(), **settings):
        """Fails as it should: the status, and last on stderr one line with these words."""
        result = call(*arguments, **settings)
        self.assertEqual(result.returncode, status,
                         f"{arguments}: {result.stdout}{result.stderr}")
        self.assertTrue(result.stderr.endswith("\n"), "no message")
        for word in says:
            self.assertIn(word, result.stderr)
        return result

    def refuse_in_one_line(self, status, *arguments, says=(), **settings):
        result = self.fail_with(status, *arguments, says=says, **settings)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        self.assertNotIn(result.stderr.strip(), result.stdout)
        return result


def main():
    began = time.monotonic()
    program = unittest.main(module="__main__", exit=False, verbosity=2)
    print(f"{time.monotonic() - began:.1f} s", file=sys.stderr)
    sys.exit(0 if program.result.wasSuccessful() else 1)
