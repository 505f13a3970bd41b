#!/usr/bin/python3
"""Killed at any moment, or read at any moment, the site is one whole generation; the next
run ends as if nothing had happened."""

import shutil
import threading
import unittest

import observatory
import program
from interruption import FULL, MONTH, Interruption, can_trace, faults_of_site
from program import OK, copy


class Kill(Interruption):
    @unittest.skipUnless(can_trace(), "strace is not here, or ptrace is not allowed")
    def test_killed_at_any_moment_the_site_is_whole_and_the_next_run_mends_all(self):
        killed = []

        def attempt(command, name, when, _):
            own = copy(self.before, self.folder / f"{name}-{when}")
            result = self.traced(own, command, "-e",
                                 f"inject={name}:signal=SIGKILL:when={when}")
            if result.returncode not in (-9, 137, OK):
                return f"{name} {when}: exit {result.returncode}: {result.stderr}"
            if result.returncode != OK:
                killed.append((name, when))
            return self.recover(own, command, f"killed at {name} {when}")

        self.try_all(self.moments(MONTH, ["write", "pwrite64", "fsync", "fdatasync",
                                          "openat", "unlink", "link", "symlink", "mkdir"]) +
                     self.moments(FULL, ["rename"]), attempt)
        self.assertGreater(len(killed), 10, "the kills do not kill")

    def test_a_reader_sees_whole_generations_only(self):
        own = copy(self.before, self.folder / "read")
        shutil.rmtree(own / "site")
        self.succeed("-C", own, "run", "--as-of", "2025-02")
        stop, faults, looks = threading.Event(), [], [0]

        def read():
            while not stop.is_set():
                fault = faults_of_site(own)
                looks[0] += 1
                if fault:
                    faults.append(fault)

        reader = threading.Thread(target=read)
        reader.start()
        try:
            for n in range(20):
                month = f"{2025 + (n + 2) // 12}-{(n + 2) % 12 + 1:02d}"
                self.succeed("-C", own, "run", "--as-of", month)
                self.assertTrue(observatory.current(own).name.startswith(month))
        finally:
            stop.set()
            reader.join()
        self.assertEqual(faults, [])
        self.assertGreater(looks[0], 20)


if __name__ == "__main__":
    program.main()
