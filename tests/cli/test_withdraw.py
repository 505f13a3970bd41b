#!/usr/bin/python3
"""An import is taken back whole or not at all, by name or hash, and what it changed is as
before; its refused records go with it."""

import json
import os
import sqlite3
import subprocess
import unittest

import observatory
import program
from interruption import can_trace, strace
from program import NO_INPUT, OK, USAGE, Case, call, copy, environment, sha256


def content(folder):
    """What the complaints and tables say, whichever import brought them."""
    store = sqlite3.connect(f"file:{folder}/store.db?mode=ro", uri=True)
    try:
        columns = [c[1] for c in store.execute("PRAGMA table_info(complaint)")
                   if c[1] not in ("import", "key")]
        rows = store.execute(f"SELECT {', '.join(columns)} FROM complaint ORDER BY 1, 2")
        changes = store.execute(
            "SELECT change_id, effective_on FROM companion_change WHERE import ="
            " (SELECT max(id) FROM source WHERE profile = 'changes') ORDER BY 1")
        return rows.fetchall(), changes.fetchall()
    finally:
        store.close()


def books(folder):
    return sorted(p.name for p in (folder / "rejects").glob("*")) if (
        folder / "rejects").exists() else []


def changes(*rows):
    return "change_id,marketplace,kind,notified_on,effective_on,url,hash\n" + "".join(
        f"{name},halle-une,fees,,{day},,\n" for name, day in rows)


class Withdraw(Case):
    def setUp(self):
        super().setUp()
        self.made = observatory.make(self.folder / "o")
        self.files = {}
        self.give("first.csv", observatory.complaints(1, 30))
        spoiled = [observatory.complaint(n, heard="yes" if n % 2 else "no",
                                         last_status_on="2026-11-01")
                   for n in range(21, 41)]
        spoiled[3]["siret"] = "1"
        self.give("second.csv", observatory.export(spoiled))

    def give(self, name, text):
        path = observatory.drop(self.made, name, text)
        self.files[name] = path
        self.succeed("-C", self.made, "ingest", path)

    def withdraw(self, what, *arguments, status=OK, **settings):
        run = self.succeed if status == OK else self.refuse_in_one_line
        front = () if status == OK else (status,)
        return run(*front, "-C", self.made, "withdraw", what, "--reason", "a mistake",
                   *arguments, **settings)

    def status(self):
        return json.loads(self.succeed("-C", self.made, "status", "--json").stdout)

    def test_what_it_did_is_undone_and_told(self):
        whole = content(self.made)
        only = observatory.make(self.folder / "only")
        (only / "key").write_bytes((self.made / "key").read_bytes())
        self.succeed("-C", only, "ingest", self.files["first.csv"])
        self.assertEqual(len(books(self.made)), 1)
        told = json.loads(self.withdraw("second.csv", "--dry-run", "--json").stdout)
        self.assertEqual((content(self.made), len(books(self.made))), (whole, 1))
        done = json.loads(self.withdraw("second.csv", "--json").stdout)
        self.assertEqual(told | {"dry_run": False}, done)
        self.assertEqual((done["removed"], done["restored"], done["kept"]), (10, 9, 0))
        self.assertEqual(content(self.made), content(only))
        self.assertEqual(books(self.made), [])
        status = self.status()
        self.assertEqual([s["name"] for s in status["sources"]], ["first.csv"])
        (gone,) = status["withdrawals"]
        self.assertEqual((gone["name"], gone["reason"], gone["day"], gone["removed"]),
                         ("second.csv", "a mistake", "2026-11-15", 10))
        self.assertEqual(status["waiting"], 1)  # its bytes are unknown again
        self.succeed("-C", self.made, "ingest", self.files["second.csv"])
        self.assertEqual(content(self.made), whole)

    def test_a_hash_or_its_beginning_does_as_well(self):
        digest = sha256(self.files["second.csv"])
        self.withdraw(digest[:5], status=NO_INPUT, says=(digest[:5], "6 digits"))
        self.withdraw(digest[:6].upper(), "--dry-run")
        self.withdraw(digest)
        self.withdraw(digest, status=NO_INPUT, says=("already",))

    def test_a_name_of_two_exports_is_refused_with_their_hashes(self):
        other = self.folder / "second.csv"
        other.write_text(observatory.complaints(60, 5), "utf-8")
        self.succeed("-C", self.made, "ingest", other)
        hashes = [sha256(p)[:12] for p in (other, self.files["second.csv"])]
        self.withdraw("second.csv", status=USAGE, says=hashes)
        self.withdraw(hashes[0])
        self.withdraw("second.csv")

    def test_a_reason_is_needed_in_one_line(self):
        for reason in ((), ("--reason", ""), ("--reason", "a\nb"), ("--reason", "x" * 501)):
            self.refuse_in_one_line(USAGE, "-C", self.made, "withdraw", "second.csv", *reason,
                                    says=("--reason",))
        self.assertEqual(len(self.status()["sources"]), 2)

    def test_the_table_before_counts_again(self):
        self.give("old.csv", changes(("a", "2026-01-01"), ("b", "2026-01-02")))
        before = content(self.made)
        self.give("new.csv", changes(("b", "2026-02-02"), ("c", "2026-02-03")))
        self.assertNotEqual(content(self.made), before)
        done = json.loads(self.withdraw("new.csv", "--json").stdout)
        self.assertEqual((done["removed"], done["restored"]), (2, 2))
        self.assertEqual(content(self.made), before)

    def test_an_older_table_leaves_the_newer_one(self):
        self.give("old.csv", changes(("a", "2026-01-01")))
        self.give("new.csv", changes(("b", "2026-02-02")))
        before = content(self.made)
        self.withdraw("old.csv")
        self.assertEqual(content(self.made), before)
        self.withdraw("new.csv")
        self.assertEqual(content(self.made)[1], [])

    def test_the_file_in_the_inbox_is_pointed_out(self):
        self.assertIn("inbox/", self.withdraw("second.csv", "--dry-run").stdout)
        self.files["second.csv"].unlink()
        self.assertNotIn("inbox/", self.withdraw("second.csv").stdout)

    def traced(self, folder, *settings):
        sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        return subprocess.run(
            strace(*settings) + ["-C", str(folder), "withdraw", "second.csv", "--reason", "x"],
            env=environment(ASAN_OPTIONS=sanitizer.strip(":")), capture_output=True, text=True,
            check=False, timeout=60)

    @unittest.skipUnless(can_trace(), "strace is not here, or ptrace is not allowed")
    def test_killed_at_any_moment_it_is_whole_or_not_at_all(self):
        gone = copy(self.made, self.folder / "gone")
        self.assertEqual(call("-C", gone, "withdraw", "second.csv", "--reason", "x").returncode,
                         OK)
        ends = {False: content(self.made), True: content(gone)}
        met = set()
        for name in ("pwrite64", "fdatasync", "ftruncate", "unlink"):
            for when in range(1, 40):
                own = copy(self.made, self.folder / f"{name}-{when}")
                result = self.traced(own, "-e", f"inject={name}:signal=SIGKILL:when={when}")
                rest = call("-C", own, "ingest", self.files["first.csv"])  # takes the lock
                self.assertEqual(rest.returncode, OK, rest.stderr)
                status = json.loads(call("-C", own, "status", "--json").stdout)
                done = len(status["withdrawals"]) == 1
                met.add(done)
                self.assertEqual(len(status["sources"]), 1 if done else 2)
                self.assertEqual(content(own), ends[done], f"{name} {when}")
                self.assertEqual(len(books(own)), 0 if done else 1, f"{name} {when}")
                if result.returncode == OK:
                    break  # it makes no more such calls
        self.assertEqual(met, {False, True})


if __name__ == "__main__":
    program.main()
