#!/usr/bin/python3
"""One run at a time: the second is told to come back, and a killed one is in nobody's way."""

import concurrent.futures
import fcntl
import subprocess
import time

import observatory
import program
from program import BUSY, OK, Case, call, environment, tree


class Lock(Case):
    def setUp(self):
        super().setUp()
        self.made = observatory.make(self.folder / "o", exports=[
            ("first.csv", observatory.complaints(1, 20))])

    def is_locked(self):
        try:
            with open(self.made / ".lock", "rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return False
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True

    @staticmethod
    def end(holder):
        holder.kill()
        holder.wait()
        for stream in (holder.stdin, holder.stdout, holder.stderr):
            stream.close()

    def hold(self):
        """A run that waits for an export that nobody sends."""
        holder = subprocess.Popen(
            [program.PROGRAM, "-C", str(self.made), "ingest", "--profile", "canonical", "-"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=environment())
        self.addCleanup(self.end, holder)
        until = time.monotonic() + 20
        while not self.is_locked() or not (self.made / "rejects/.part").exists():
            self.assertLess(time.monotonic(), until, "the lock was never taken")
            time.sleep(0.01)
        return holder

    def test_a_second_run_ends_with_75_within_a_second_and_changes_nothing(self):
        self.hold()
        before = tree(self.made)
        for command in (["run"], ["ingest", self.made / "inbox/first.csv"]):
            began = time.monotonic()
            self.refuse_in_one_line(BUSY, "-C", self.made, *command,
                                    says=(str(self.made), "try again"))
            self.assertLess(time.monotonic() - began, 1)
        self.assertEqual(tree(self.made), before)

    def test_a_killed_holder_leaves_no_lock(self):
        holder = self.hold()
        holder.kill()
        holder.wait()
        self.succeed("-C", self.made, "run", "--as-of", "2026-10")

    def test_a_holder_that_ends_lets_go(self):
        holder = self.hold()
        holder.stdin.write(observatory.complaints(50, 3).encode())
        holder.stdin.close()
        self.assertEqual(holder.wait(timeout=20), OK)
        self.succeed("-C", self.made, "ingest", self.made / "inbox/first.csv")

    def test_reading_while_a_run_works_succeeds_or_is_told_to_come_back(self):
        self.succeed("-C", self.made, "ingest", self.made / "inbox/first.csv")
        self.hold()
        self.succeed("-C", self.made, "rejects")
        for command in (["status"], ["score", "--as-of", "2026-10"],
                        ["explain", "halle-une", "--as-of", "2026-10"]):
            with self.subTest(command[0]):
                result = call("-C", self.made, *command)
                self.assertIn(result.returncode, (OK, BUSY), result.stderr)
                self.assertEqual(result.stderr == "", result.returncode == OK)

    def test_of_two_runs_at_once_one_works_and_one_is_sent_away(self):
        export = self.made / "inbox/first.csv"
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for n in range(15):
                export.write_text(observatory.complaints(n * 20, 20), "utf-8")
                pair = [pool.submit(call, "-C", self.made, "ingest", export)
                        for _ in range(2)]
                statuses = sorted(future.result().returncode for future in pair)
                self.assertIn(statuses, ([OK, OK], [OK, BUSY]))


if __name__ == "__main__":
    program.main()
