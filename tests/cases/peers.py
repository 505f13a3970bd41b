"""What other programs make of the faulty CSV of the case folders; writes the tables of
doc/reading.md.

    peers.py READ_EXPORT            prints the table
    peers.py READ_EXPORT --write    puts it into doc/reading.md
    peers.py READ_EXPORT --check    fails where doc/reading.md does not have it

A row is right where it is one of the sound records, field by field; wrong where it is none;
a sound record that is not among the rows and that no message speaks of is swallowed.
"""

import csv
import io
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from cases import ROOT, walk
from test_cases import read

PAGE = ROOT.parent.parent / "doc" / "reading.md"
MARK = re.compile(r"(<!-- peers: .*? -->\n).*?(<!-- peers end -->)", re.S)
SOUND = ("732829320", "2026-01-15", "d")


class Verdict:
    """What a program stored, and whether it said that anything was amiss."""

    def __init__(self, rows, said):
        self.rows, self.said = rows, said


def is_right(row, header, sound):
    """Whether a row is a sound record: the columns that all cases share, and no more."""
    cells = dict(zip(header, row))
    return (len(row) == len(header) and cells.get("report_id") in sound
            and (cells.get("siret"), cells.get("received_on"), cells.get("pillars")) == SOUND
            and cells.get("marketplace") in ("Bazarette", "Déballage")
            and cells.get("heard") in ("yes", "no", ""))


def by_sqlite(path, _encoding, folder):
    """`.import --csv` into a new table; it reads UTF-8 only."""
    database = folder / "peer.db"
    database.unlink(missing_ok=True)
    done = subprocess.run(["sqlite3", database, f".import --csv {path} t"],
                          capture_output=True, timeout=120, check=False)
    rows = []
    with sqlite3.connect(database) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            rows = [tuple("" if cell is None else cell for cell in row)
                    for row in connection.execute("SELECT * FROM t")]
    return Verdict(rows, bool(done.stderr) or done.returncode != 0)


def by_python(path, encoding, _folder):
    """csv.reader as its page has it, told the encoding."""
    rows = []
    try:
        with open(path, newline="", encoding=encoding) as file:
            rows = [tuple(row) for row in csv.reader(file) if row][1:]
    except (csv.Error, UnicodeError) as fault:
        return Verdict([], bool(fault))
    return Verdict(rows, False)


PEERS = {"sqlite3 `.import`": by_sqlite, "Python `csv`": by_python}


def describe(verdict, header, sound):
    right = [row for row in verdict.rows if is_right(row, header, sound)]
    found = {row[header.index("report_id")] for row in right}
    wrong = len(verdict.rows) - len(right)
    lost = len(sound) - len(found)
    words = [f"{len(found)} right"]
    if wrong:
        words.append(f"**{wrong} wrong**")
    if lost:
        words.append(f"{lost} missing, said" if verdict.said else f"**{lost} swallowed**")
    elif verdict.said:
        words.append("warns")
    return ", ".join(words)


def ours(told):
    if "refused" in told[0]:
        return "file refused, says why"
    return f"{len(told[0]['complaints'])} right, {told[0]['reject_count']:,} refused"


def header_of(data, encoding):
    return next(csv.reader(io.StringIO(data.decode(encoding, "replace"))), [])


ENCODINGS = {"Windows-1252": "cp1252"}


def is_compared(case):
    """CSV whose fault is one of its bytes: neither of a value nor of our own limits. UTF-16 is
    left out, which sqlite3 does not read at all."""
    values = ("date", "siret", "unknown_marketplace", "too_long")
    return (case.input.endswith(".csv") and "refused" not in case.expected
            and case.expected.get("encoding") != "UTF-16LE"
            and not any(rule.startswith(values) for rule in case.expected["rejects"]))


def table(program):
    lines = ["| fault | sound | barometre | " + " | ".join(PEERS) + " |",
             "|---|---|---|" + "---|" * len(PEERS)]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for case in filter(is_compared, walk("invalid")):
            told, _ = read(program, case, folder)
            sound = case.expected["complaints"]
            encoding = ENCODINGS.get(case.expected.get("encoding"), "utf-8")
            header = header_of(case.bytes()[:100000], encoding)
            verdicts = [describe(peer(folder / case.input, encoding, folder), header, sound)
                        for peer in PEERS.values()]
            says = case.expected["says"].rstrip(".")
            lines.append(f"| {says} | {len(sound)} | {ours(told)} | "
                         + " | ".join(verdicts) + " |")
    return "\n".join(lines) + "\n"


def main():
    if shutil.which("sqlite3") is None:
        print("sqlite3 is not installed: nothing is compared", file=sys.stderr)
        return 77
    made = table(sys.argv[1])
    if sys.argv[2:] == []:
        print(made, end="")
        return 0
    page = PAGE.read_text("utf-8")
    fresh = MARK.sub(lambda match: match[1] + made + match[2], page)
    if sys.argv[2:] == ["--write"]:
        PAGE.write_text(fresh, "utf-8")
    elif fresh != page:
        print("doc/reading.md: the table is not what tests/cases/peers.py makes; "
              "run it with --write", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
