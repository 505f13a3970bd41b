#!/usr/bin/python3
"""What is refused is told by rule, and every refused byte can be had back, harmless."""

import csv
import io
import json
import unicodedata

import observatory
import program
from program import Case


def harmful(text):
    return [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n"]


class Rejects(Case):
    def ingest(self, text, name="export.csv"):
        self.made = observatory.make(self.folder / "o")
        observatory.edit_json(self.made / "observatory.json",
                              lambda d: d["limits"].update(reject_share=1))
        path = observatory.drop(self.made, name, text)
        row = json.loads(self.succeed("-C", self.made, "ingest", "--json", path).stdout)[0]
        return row

    def rejects(self):
        out = self.succeed("-C", self.made, "rejects", "--csv").stdout
        return list(csv.DictReader(io.StringIO(out, newline="")))

    def spoiled(self):
        rows = [observatory.complaint(n) for n in range(1, 41)]
        rows[0]["siret"] = "1"
        rows[1]["siret"] = "2"
        rows[2]["siret"] = "3"
        rows[3]["siret"] = "4"
        rows[4]["marketplace"] = "Nobody"
        rows[5]["received_on"] = "2026-02-30"
        rows[6]["heard"] = "perhaps"
        return rows

    def test_groups_say_how_many_where_and_what_to_do(self):
        row = self.ingest(observatory.export(self.spoiled()))
        self.assertEqual((row["records"], row["rejected"]), (40, 7))
        out = self.succeed("-C", self.made, "rejects").stdout
        counts = [int(line.split(" × ")[0]) for line in out.splitlines() if " × " in line]
        self.assertEqual(counts, [4, 1, 1, 1])
        self.assertEqual(out.count("    → "), 4)
        self.assertIn("export.csv:2 (siret)", out)
        self.assertIn("export.csv:6 (marketplace)", out)
        self.assertNotIn("Nobody", out)

    def test_none_is_told_too(self):
        self.ingest(observatory.complaints(1, 5))
        self.assertEqual(self.succeed("-C", self.made, "rejects").stdout.count("\n"), 1)
        self.assertEqual(self.rejects(), [])

    def test_every_refused_record_comes_back_as_it_was(self):
        text = observatory.export(self.spoiled())
        self.ingest(text)
        lines, data = text.splitlines(keepends=True), text.encode()
        found = self.rejects()
        self.assertEqual([int(r["line"]) for r in found], [2, 3, 4, 5, 6, 7, 8])
        for reject in found:
            offset, length = int(reject["offset"]), int(reject["length"])
            self.assertEqual(data[offset:offset + length].decode(), reject["raw"])
            self.assertEqual(reject["raw"].rstrip("\n"),
                             lines[int(reject["line"]) - 1].rstrip("\n"))
            self.assertEqual(reject["source"], "export.csv")

    def test_no_cell_is_a_formula(self):
        starts = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"x\")", "'=1", '"'
                  "=cmd|' /C calc'!A0"]
        rows = [observatory.complaint(n, report_id=start) for n, start in enumerate(starts)]
        rows += [observatory.complaint(n) for n in range(50, 60)]
        self.ingest(observatory.export(rows), name="=cmd.csv")
        found = self.rejects()
        self.assertEqual(len(found), len(starts))
        for reject in found:
            for column in ("line", "offset", "length", "column"):
                int(reject[column])
            for column in ("source", "label", "rule", "raw"):
                self.assertNotIn(reject[column][:1], tuple("=+-@\t\r"), reject)
        self.assertTrue(all(r["source"] == "'=cmd.csv" for r in found))

    def test_multi_line_records_and_quotes_stay_one_cell(self):
        rows = [observatory.complaint(1, report_id='a "b"\nc'),
                *(observatory.complaint(n) for n in range(2, 12))]
        text = observatory.export(rows)
        self.ingest(text)
        (reject,) = self.rejects()
        self.assertIn('"a ""b""\nc"', reject["raw"])

    def test_control_and_bidirectional_characters_never_reach_the_terminal(self):
        rows = observatory.export([observatory.complaint(1, siret="1"),
                                   *(observatory.complaint(n) for n in range(2, 12))])
        evil = "\x1b\u202e\x07"
        text = rows.replace("siret,", f"siret{evil},", 1)
        self.ingest(text, name=f"export{evil}.csv")
        out = self.succeed("-C", self.made, "rejects").stdout
        self.assertIn("export", out)
        self.assertEqual(harmful(out), [])

    def test_control_characters_of_a_name_never_reach_messages(self):
        evil = "ex\x1b[31m\u202eport.csv"
        self.made = observatory.make(self.folder / "o")
        observatory.drop(self.made, evil, b"")
        result = self.fail_with(program.REFUSED, "-C", self.made, "run", "--verbose")
        self.assertEqual(harmful(result.stdout + result.stderr), [])
        self.assertIn("port.csv", result.stderr)
        for path in (self.made / "runs").glob("*/*"):
            self.assertEqual(harmful(path.read_text("utf-8")), [], path)


if __name__ == "__main__":
    program.main()
