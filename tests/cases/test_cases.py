"""Reads every case folder with the program read_export and compares with what is expected."""

import json
import pathlib
import subprocess
import sys
import tempfile

from cases import walk


def read(program, case, folder):
    path = folder / case.input
    path.write_bytes(case.bytes())
    done = subprocess.run([program, path], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, f"{done.returncode}: {done.stderr.decode()[-600:]}"
    return json.loads(done.stdout), path.stat().st_size


def check(case, exports, size):
    expected = case.expected
    refused = [export["refused"] for export in exports if "refused" in export]
    if "refused" in expected:
        assert refused and expected["refused"] in refused[0], f"refused: {refused}"
        return
    assert not refused, refused
    assert len(exports) == 1, f"{len(exports)} exports"
    told = exports[0]
    assert told["complaints"] == expected["complaints"], f"complaints {told['complaints']}"
    rejects = told["rejects"]
    if "reject_count" in expected:
        assert told["reject_count"] == expected["reject_count"], told["reject_count"]
        rejects = rejects[:len(expected["rejects"])]
    assert rejects == expected["rejects"], f"rejects {rejects}"
    for key in ("format", "encoding", "delimiter"):
        assert told[key] == expected.get(key, told[key]), f"{key} {told[key]!r}"
    for key in ("account", "bytes"):
        for kind, count in expected.get(key, {}).items():
            assert told[key][kind] == count, f"{key} {kind} {told[key][kind]}"
    assert sum(told["bytes"].values()) == told["size"]
    if told["format"] in ("CSV", "JSON") and case.input.endswith((".csv", ".json")):
        assert told["size"] == size, f"{told['size']} of {size} bytes"
    assert told["account"]["stored"] == len(expected["complaints"])
    assert told["account"]["rejected"] == told["reject_count"]


def main():
    program = sys.argv[1]
    cases = walk("valid") + walk("invalid")
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            assert (case.kind == "valid") == ("refused" not in case.expected
                                              and not case.expected["rejects"]), case.name
            try:
                check(case, *read(program, case, pathlib.Path(folder)))
            except AssertionError as fault:
                faults.append(f"{case.kind}/{case.name}: {fault}")
    print("\n".join(faults), file=sys.stderr)
    print(f"{len(cases) - len(faults)} of {len(cases)} cases", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
