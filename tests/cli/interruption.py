"""A run that takes a new export in and publishes a new generation, to be interrupted.

strace kills the program, or fails a call, at the Nth write, fsync, rename, … of that run.
KILLS sets how many moments of each call are tried (default 3; 0: all).
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile

import observatory
import program
from program import OK, Case, call, copy, environment, tree

KILLS = int(os.environ.get("KILLS", "3"))
FULL, MONTH = ("run",), ("run", "--as-of", "2026-10")
CALLS = "write,pwrite64,fsync,fdatasync,ftruncate,rename,openat,unlink,link,symlink,mkdir,close"


def strace(*settings):
    """Not with --seccomp-bpf: strace 6.1 then injects errors but no signals."""
    return ["strace", "-f", "-qq", "-o", os.devnull, "-e", "trace=" + CALLS, *settings,
            program.PROGRAM]


def can_trace():
    try:
        return subprocess.run(strace()[:-1] + ["true"], capture_output=True,
                              check=False).returncode == 0
    except FileNotFoundError:
        return False


def faults_of_site(folder):
    """Why site/current is not one whole generation; None where it is."""
    try:
        root = (folder / "site/current").resolve(strict=True)
        manifest = json.loads((root / "manifest.json").read_text("utf-8"))
        expected = {"manifest.json", *manifest["files"]}
        found = {str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()}
        if found != expected:
            return f"files {sorted(found ^ expected)}"
        for name, file in manifest["files"].items():
            content = (root / name).read_bytes()
            if len(content) != file["bytes"] or (
                    hashlib.sha256(content).hexdigest() != file["sha256"]):
                return f"{name} is not what the manifest says"
        return None
    except (OSError, ValueError, KeyError) as error:
        return str(error)


def content(folder):
    """What a finished run leaves: the site shown, the books of rejects, the store's rows.
    preview/summary.html tells of the night, as runs/ does."""
    with sqlite3.connect(f"file:{folder}/store.db?mode=ro", uri=True) as store:
        rows = list(store.iterdump())
    store.close()
    return {"site": tree(folder / "site/current/"), "rejects": tree(folder / "rejects"),
            "preview": tree(folder / "preview", skip=("summary.html",)), "store": rows,
            "loose": sorted(p.name for p in folder.iterdir()),
            "loose in site": sorted(p.name for p in (folder / "site").iterdir())}


def check_store(folder):
    store = sqlite3.connect(f"file:{folder}/store.db", uri=True)
    try:
        return store.execute("PRAGMA quick_check").fetchall()
    finally:
        store.close()


class Interruption(Case):
    """An observatory that has published September, with a new export in the inbox, when
    October is due."""

    @classmethod
    def setUpClass(cls):
        cls.base = pathlib.Path(tempfile.mkdtemp(prefix="barometre-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.base)
        cls.before = observatory.make(cls.base / "before", places=["Halle Une"], exports=[
            ("first.csv", observatory.complaints(1, 60, marketplace="Halle Une"))])
        assert call("-C", cls.before, "run", "--as-of", "2026-09").returncode == OK
        rows = [observatory.complaint(n, marketplace="Halle Une") for n in range(41, 100)]
        rows[30]["siret"] = "1"
        observatory.drop(cls.before, "new.csv", observatory.export(rows))
        cls.expected = {}
        for command in (FULL, MONTH):
            after = copy(cls.before, cls.base / f"after-{len(command)}")
            assert call("-C", after, *command).returncode == OK
            cls.expected[command] = content(after)

    def traced(self, folder, command, *settings):
        # A sanitizer looks for leaks by ptrace itself.
        sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        return subprocess.run(
            strace(*settings) + ["-C", str(folder), *command],
            env=environment(ASAN_OPTIONS=sanitizer.strip(":")),
            capture_output=True, text=True, check=False, timeout=60)

    def counts(self, run):
        """How often the main thread makes each call in an undisturbed run, and the first
        openat that belongs to the observatory."""
        own, log = copy(self.before, self.folder / "counted"), self.folder / "log"
        command = strace() + ["-C", str(own), *run]
        command[command.index(os.devnull)] = str(log)
        subprocess.run(command, env=environment(ASAN_OPTIONS="detect_leaks=0"),
                       capture_output=True, check=True)
        made = {}
        main, first = None, 1
        for line in log.read_text("utf-8", "replace").splitlines():
            found = re.match(r"(\d+) +(\w+)\(", line)
            if not found:
                continue
            main = main or found[1]
            if found[1] != main:
                continue
            made[found[2]] = made.get(found[2], 0) + 1
            if found[2] == "openat" and "/.lock" in line:
                first = made["openat"]
        shutil.rmtree(own)
        return made, first

    def moments(self, command, names):
        made, first = self.counts(command)
        chosen = []
        for name in names:
            last = made.get(name, 0)
            start = first if name == "openat" else 1
            every = list(range(start, last + 1))
            if KILLS and len(every) > KILLS:
                step = (len(every) - 1) / (KILLS - 1) if KILLS > 1 else 0
                every = sorted({every[round(i * step)] for i in range(KILLS)})
            chosen += [(command, name, when, when == last) for when in every]
        self.assertGreaterEqual(len(chosen), len(names))
        return chosen

    def try_all(self, moments, attempt):
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            wrong = [w for w in pool.map(lambda m: attempt(*m), moments) if w]
        self.assertEqual(wrong, [])

    def recover(self, own, command, what):
        """After the interruption: still whole, and the next run ends as undisturbed."""
        fault = faults_of_site(own)
        if fault:
            return f"{what}: {fault}"
        if check_store(own) != [("ok",)]:
            return f"{what}: the store is corrupt"
        again = call("-C", own, *command)
        if again.returncode != OK:
            return f"{what}: the next run: {again.stderr}"
        found = content(own)
        expected = self.expected[command]
        different = [part for part in found if found[part] != expected[part]]
        shutil.rmtree(own)
        return f"{what}: {different} differ after the next run" if different else None
