"""Writes the seeds of each fuzz target: the case folders, the sample and the profiles."""

import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent.parent / "data"
sys.path.insert(0, str(HERE.parent / "cases"))

from cases import walk  # noqa: E402

MOST_BYTES = 1 << 16
NAMES = ("Déballage", "A" * 300, "é̂̃̄" * 40, "\u202eabc\u2066x\u0000", "<b>&amp;\"'", "\ufeff", "𝔘𝔫𝔦",
         "الحي", "\x1b[31mred\x07", "a\u00adb\u200bc", "%s%n{0}", "👩‍👩‍👧‍👦" * 30, "'\uffff")


def write(folder, name, data):
    if len(data) <= MOST_BYTES:
        (folder / name).write_bytes(data)


def sheets(case):
    """The XML of the sheets of a workbook of the case folders."""
    members = case.recipe.get("zip", {}) if case.recipe else {}
    for name, pieces in members.items():
        if name == "content.xml" or name.startswith("xl/worksheets/"):
            yield "".join(text * times for text, times in pieces).encode()


def main():
    out, edition = pathlib.Path(sys.argv[1]), sys.argv[2:]
    for target in ("record", "export", "json", "sheet", "parcel", "profile", "edition", "name"):
        (out / target).mkdir(parents=True, exist_ok=True)
    for case in walk("valid") + walk("invalid"):
        data = case.bytes() if case.recipe is None or case.recipe["name"].endswith(
            (".xlsx", ".ods", ".zip", ".gz")) else b""
        if not data or len(data) > MOST_BYTES:
            continue
        name = f"{case.kind}-{case.name}"
        write(out / "parcel", name, data)
        if not case.input.endswith((".gz", ".zip")):
            write(out / "export", name, data)
        if case.input.endswith(".csv"):
            write(out / "record", name, b"\x00" + data)
        elif case.input.endswith(".json"):
            write(out / "json", name, data)
        elif case.input.endswith((".xlsx", ".ods")):
            write(out / "sheet", name, data)
            for number, xml in enumerate(sheets(case)):
                write(out / "sheet", f"{name}-{number}", xml)
    for path in (DATA / "profiles").glob("*.json"):
        write(out / "profile", path.name, path.read_bytes())
    for path in (DATA / "sample" / "inbox").rglob("*.csv"):
        head = b"".join(path.read_bytes().splitlines(keepends=True)[:20])
        write(out / "export", f"sample-{path.name}", head)
    for number, name in enumerate(NAMES):
        write(out / "name", f"name-{number}", name.encode())
    for kind in ("scored", "full") if edition else ():
        told = subprocess.run([*edition, kind], capture_output=True, check=True).stdout
        (out / "edition" / kind).write_bytes(told)


if __name__ == "__main__":
    main()
