#!/usr/bin/python3
"""A disk that is full or fails ends a run with 74, one line and the last good site; with the
disk mended, the next run ends as if nothing had happened."""

import os
import re
import resource
import subprocess
import unittest

import observatory
import program
from interruption import FULL, MONTH, Interruption, can_trace
from program import CREATE, IO, OK, copy, tree


class Disk(Interruption):
    @unittest.skipUnless(can_trace(), "strace is not here, or ptrace is not allowed")
    def test_a_failing_disk_ends_the_run_with_74_and_the_last_site(self):
        def attempt(command, name, when, is_last):
            own = copy(self.before, self.folder / f"{name}-{when}")
            fault = "EIO" if "sync" in name else "ENOSPC"
            result = self.traced(own, command, "-e",
                                 f"inject={name}:error={fault}:when={when}+")
            what = f"{fault} from {name} {when} on"
            if name == "fsync" and is_last and result.returncode == OK:
                return None  # GLib forgives the folder of the last report
            if result.returncode != IO:
                return f"{what}: exit {result.returncode}: {result.stderr}{result.stdout}"
            # A write that fails may be that of the message itself.
            if name != "write" and not re.search("^.+: .+\n", result.stderr):
                return f"{what}: says {result.stderr!r}"
            if tree(own / "site/current/") not in (tree(self.before / "site/current/"),
                                                   self.expected[command]["site"]):
                return f"{what}: another site"
            return self.recover(own, command, what)

        self.try_all(self.moments(MONTH, ["write", "pwrite64", "fsync", "fdatasync"]), attempt)

    def test_a_full_disk_ends_the_run_with_74_and_the_last_site(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))

        own = copy(self.before, self.folder / "limited")
        published = tree(own / "site")
        result = self.fail_with(IO, "-C", own, "run", preexec_fn=limit, says=(".",))
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        self.assertEqual(tree(own / "site"), published)
        self.assertIsNone(self.recover(own, FULL, "disk full"))

    def test_on_a_full_file_system_nothing_published_is_lost(self):
        mount = self.folder / "small"
        mount.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", "size=48m", "none", str(mount)]
        if os.geteuid() != 0 or subprocess.run(command, capture_output=True,
                                               check=False).returncode != 0:
            self.skipTest("a small file system cannot be mounted here")
        try:
            own = copy(self.before, mount / "own")
            free = os.statvfs(mount)
            (mount / "ballast").write_bytes(b"x" * (free.f_bavail * free.f_bsize - 400000))
            published = tree(own / "site")
            self.fail_with(IO, "-C", own, "run", says=("No space left",))
            self.assertEqual(tree(own / "site/current/"), tree(self.before / "site/current/"))
            self.assertLessEqual(published.items(), tree(own / "site").items())
            (mount / "ballast").unlink()
            self.assertIsNone(self.recover(own, FULL, "file system full"))
        finally:
            subprocess.run(["umount", str(mount)], check=True)

    def test_a_store_that_is_none_stops_the_night_and_stays_as_it_is(self):
        published = tree(self.before / "site")
        for name, spoil in (
                ("garbage", lambda data: b"garbage" * 2000),
                ("broken", lambda data: data[:4096] + b"\xa5" * 8192 + data[12288:])):
            with self.subTest(name):
                own = copy(self.before, self.folder / name)
                spoiled = spoil((own / "store.db").read_bytes())
                (own / "store.db").write_bytes(spoiled)
                result = self.fail_with(IO, "-C", own, "run", says=("store.db",))
                self.assertNotIn("Halle", result.stderr)
                self.assertEqual(tree(own / "site"), published)
                self.assertEqual((own / "store.db").read_bytes(), spoiled)

    def test_a_site_that_cannot_be_made_is_told_with_73(self):
        own = observatory.make(self.folder / "own", places=["Halle Une"], exports=[
            ("first.csv", observatory.complaints(1, 60, marketplace="Halle Une"))])
        (own / "site").write_text("a file")
        self.refuse_in_one_line(CREATE, "-C", own, "run", says=("site",))
        self.assertEqual((own / "site").read_text(), "a file")
        self.assertEqual(observatory.last_report(own)["exit"], CREATE)


if __name__ == "__main__":
    program.main()
