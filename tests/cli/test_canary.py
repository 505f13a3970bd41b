#!/usr/bin/python3
"""Nothing that says who complained leaves an export: tokens planted in every personal column
are found nowhere, in no encoding, but in the book of rejects, where they must be."""

import base64
import csv
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

import observatory
import program
from program import OK, Case, call, environment

ROWS = 300
SAMPLE = program.ROOT / ("data/sample/inbox/"
                         "dossiers_signalement-places-de-marche_2026-11-02_07-15.csv")
PERSONAL = ("Email", "Établissement Adresse", "Établissement numero voie",
            "Établissement nom voie", "Établissement complément adresse",
            "Établissement code postal", "Établissement localité",
            "Entreprise nom commercial", "Entreprise raison sociale", "Entreprise nom",
            "Entreprise prénom", "Entreprise numero TVA intracommunautaire",
            "Association RNA", "Association titre", "Association objet",
            "Motivation de la décision", "Instructeurs", "Votre téléphone",
            "Racontez les faits")
MARK = "zqKanari"  # every token begins so; it is searched in every encoding


def token(row, column):
    return f"{MARK}{row:03d}x{PERSONAL.index(column):02d}"


def plant():
    """The sample's newest export with tokens for people, and firms of its own."""
    with open(SAMPLE, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, strict=False))
    rows = [row for row in rows if None not in row and None not in row.values()
            and row["Place de marché concernée"] != "" and row["ID"].isdigit()][:ROWS]
    sirens = []
    for n, row in enumerate(rows):
        row.update({column: token(n, column) for column in PERSONAL})
        row["Email"] = token(n, "Email") + "@exemple.fr"
        row["Racontez les faits"] = f'« {token(n, "Racontez les faits")} »,\n"né" le 1er'
        row["Établissement SIRET"] = observatory.siret(4_000_000 + n)
        row["Entreprise SIREN"] = observatory.siren(4_000_000 + n)
        row["Entreprise SIRET siège social"] = row["Établissement SIRET"]
        sirens.append(row["Entreprise SIREN"])
    rows[7]["Établissement SIRET"] = "12345678900000"  # the control: refused
    rows[7]["Entreprise SIREN"] = ""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue(), sirens


def encodings(text):
    """The bytes by which a text could be met, with their names."""
    for name, written in (("raw", text), ("lower", text.lower()), ("upper", text.upper())):
        data = written.encode()
        yield name, data
        yield name + " utf-16-le", written.encode("utf-16-le")
        yield name + " utf-16-be", written.encode("utf-16-be")
        yield name + " hex", data.hex().encode()
        yield name + " HEX", data.hex().upper().encode()
        yield name + " percent", "".join(f"%{b:02X}" for b in data).encode()
        yield name + " entities", "".join(f"&#{b};" for b in data).encode()
        yield name + " hex entities", "".join(f"&#x{b:x};" for b in data).encode()
        for shift in range(3):  # of what stands before it in a base64 text
            whole = base64.b64encode(b"\0" * shift + data)
            yield f"{name} base64+{shift}", whole[(shift * 8 + 5) // 6:
                                                  (shift + len(data)) * 8 // 6]


def hashes(text):
    for algorithm in ("md5", "sha1", "sha256"):
        digest = hashlib.new(algorithm, text.encode()).digest()
        yield algorithm, digest


class Canary(Case):
    @classmethod
    def setUpClass(cls):
        cls.base = pathlib.Path(tempfile.mkdtemp(prefix="barometre-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.base)
        cls.text, cls.sirens = plant()
        cls.made = cls.base / "o"
        assert call("init", "--sample", cls.made).returncode == OK
        for path in (cls.made / "inbox").iterdir():
            path.unlink()
        observatory.edit_json(cls.made / "method.json", lambda method: method.update(
            draws=400, history_draws=200, history_months=2))
        observatory.edit_json(cls.made / "observatory.json",
                              lambda d: d["limits"].update(rejects=100))
        observatory.drop(cls.made, "dossiers.csv", cls.text)
        cls.told = []
        for command in (["run", "--verbose"], ["run", "--verbose"], ["status"],
                        ["status", "--json"], ["rejects"], ["score"],
                        ["explain", "halle-dix"],
                        ["ingest", "--json", cls.made / "inbox/dossiers.csv"]):
            result = call("-C", cls.made, *command)
            assert result.returncode == OK, result.stderr
            cls.told += [result.stdout.encode(), result.stderr.encode()]

    def outputs(self, folder):
        """Name → bytes of all that is kept or told, but the exports and their rejects."""
        found = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*")
                 if p.is_file() and not p.is_symlink()
                 and p.relative_to(folder).parts[0] not in ("inbox", "rejects", "key")}
        self.assertIn("store.db", found)
        return found

    def found(self, outputs, needles):
        return [(what, name) for what, needle in needles for name, data in outputs.items()
                if needle in data]

    def test_tokens_are_stored_as_the_export_says(self):
        """Else nothing would be proved by their absence."""
        status = json.loads(self.succeed("-C", self.made, "status", "--json").stdout)
        self.assertGreater(status["complaints"], ROWS * 9 // 10)
        for column in PERSONAL:
            self.assertEqual(self.text.count(token(5, column)), 1)

    def test_no_token_is_found_in_anything_kept_or_told(self):
        outputs = self.outputs(self.made)
        for i, told in enumerate(self.told):
            outputs[f"told {i}"] = told
        self.assertIn("preview/index.html", outputs)
        self.assertTrue(any(name.startswith("runs/") for name in outputs))
        self.assertTrue(any(name.startswith("site/") for name in outputs))
        self.assertEqual(self.found(outputs, encodings(MARK)), [])

    def test_a_planted_control_is_found(self):
        books = {p.name: p.read_bytes() for p in (self.made / "rejects").iterdir()}
        self.assertTrue(any(token(7, "Racontez les faits").encode() in b
                            for b in books.values()))
        control = {"raw": MARK.encode(), "hex": b"x" + MARK.encode().hex().encode(),
                   "base64": base64.b64encode(b"ab" + MARK.encode() + b"cd"),
                   "utf-16": MARK.encode("utf-16-le")}
        for name in control:
            self.assertTrue(self.found({name: control[name]}, encodings(MARK)), name)

    def test_no_siren_is_found_plain_or_hashed(self):
        outputs = {name: data for name, data in self.outputs(self.made).items()
                   if not name.endswith(".png")}
        whole = {"all": b"\n".join([*outputs.values(), *self.told])}
        digits = {run for run in re.findall(rb"\d{9,}", whole["all"])}
        windows = {run[i:i + 9].decode() for run in digits for i in range(len(run) - 8)}
        self.assertEqual(windows & set(self.sirens), set())
        hexed = set(re.findall(rb"[0-9a-f]{32,}", whole["all"].lower()))
        for siren in self.sirens:
            for algorithm, digest in hashes(siren):
                for part in (digest.hex(), digest.hex()[:16]):
                    self.assertFalse(any(part.encode() in h for h in hexed), algorithm)
                self.assertNotIn(digest[:8], whole["all"], algorithm)
                self.assertNotIn(base64.b64encode(digest)[:20], whole["all"], algorithm)
        for name in ("utf-16-le", "utf-16-be"):
            for siren in self.sirens[:40]:
                self.assertNotIn(siren.encode(name), whole["all"])

    def test_no_number_in_the_store_is_a_siren_or_a_bare_hash_of_one(self):
        forbidden = set()
        for siren in self.sirens:
            forbidden |= {int(siren), int(observatory.siret(4_000_000))}
            for _, digest in hashes(siren):
                for order in ("big", "little"):
                    for part in (digest[:8], digest[-8:]):
                        forbidden |= {int.from_bytes(part, order, signed=signed)
                                      for signed in (True, False)}
        store = sqlite3.connect(f"file:{self.made}/store.db?mode=ro", uri=True)
        try:
            tables = [row[0] for row in store.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'")]
            numbers = {value for table in tables
                       for row in store.execute(f'SELECT * FROM "{table}"')
                       for value in row if isinstance(value, int)}
        finally:
            store.close()
        self.assertGreater(len(numbers), ROWS / 2)
        self.assertEqual(numbers & forbidden, set())

    def test_two_keys_share_no_firm(self):
        stores = []
        for key in (b"a" * 32, b"b" * 32):
            own = observatory.make(self.folder / key[:1].decode())
            (own / "key").write_bytes(key)
            self.succeed("-C", own, "ingest", observatory.drop(
                own, "a.csv", observatory.complaints(1, 20)))
            store = sqlite3.connect(own / "store.db")
            stores.append({row[0] for row in store.execute("SELECT firm FROM complaint")})
            store.close()
        self.assertEqual([len(s) for s in stores], [20, 20])
        self.assertEqual(stores[0] & stores[1], set())

    def test_a_killed_import_leaves_no_token(self):
        own = program.copy(self.made, self.folder / "own")
        for name in ("store.db", "site", "preview", "runs", "rejects"):
            path = own / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        process = subprocess.Popen(
            [program.PROGRAM, "-C", str(own), "ingest", "--profile",
             "demarches-simplifiees", "-"], stdin=subprocess.PIPE, env=environment(),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        body = self.text.encode()
        try:
            for _ in range(40):  # the same rows again and again: the journal grows
                process.stdin.write(body)
            process.stdin.flush()
            until = time.monotonic() + 20
            while not (own / "rejects/.part").exists() and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(0.2)
            self.assertIsNone(process.poll())
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
            for stream in (process.stdin, process.stdout, process.stderr):
                stream.close()
        outputs = self.outputs(own)
        self.assertEqual(self.found(outputs, encodings(MARK)), [])
        self.assertEqual((own / "rejects").stat().st_mode & 0o777, 0o700)
        self.succeed("-C", own, "run", "--as-of", "2026-09")
        self.assertEqual(len(os.listdir(own / "rejects")), 1)


if __name__ == "__main__":
    program.main()
