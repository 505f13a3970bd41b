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

    def as_export(self, what, *arguments):
        out = self.folder / "back.csv"
        out.unlink(missing_ok=True)
        self.succeed("-C", self.made, "rejects", "--as-export", what, "-o", out, *arguments)
        self.assertEqual(out.stat().st_mode & 0o777, 0o600)
        return out.read_bytes()

    def read(self, data, delimiter=","):
        self.assertTrue(data.startswith(b"\xef\xbb\xbf"))
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""),
                               delimiter=delimiter, strict=True))

    def test_a_sender_gets_header_and_rows_back_with_the_reason(self):
        text = observatory.export(self.spoiled())
        self.ingest(text)
        header, *rows = self.read(self.as_export("export.csv"))
        sent = list(csv.reader(io.StringIO(text)))
        self.assertEqual(header, sent[0] + ["Reason of the refusal"])
        self.assertEqual([row[:-1] for row in rows], sent[1:8])
        self.assertTrue(all(row[-1].startswith("a wrong SIRET or SIREN (column “siret”): ")
                            for row in rows[:4]))
        digest = program.sha256(self.made / "inbox/export.csv")
        self.assertEqual(self.as_export(digest[:8]), self.as_export("export.csv"))
        french = self.read(self.as_export("export.csv", "--lang", "fr"))
        self.assertEqual(french[0][-1], "Motif du refus")
        printed = self.succeed("-C", self.made, "rejects", "--as-export", digest).stdout
        self.assertEqual(printed.encode(), self.as_export("export.csv"))

    def test_what_is_mended_becomes_complaints_once_with_or_without_the_reason(self):
        for with_reason in (True, False):
            rows = self.spoiled()
            self.made = None
            self.folder = self.folder / f"reason-{with_reason}"
            self.folder.mkdir()
            self.ingest(observatory.export(rows))
            header, *back = self.read(self.as_export("export.csv"))
            for row, number in zip(back, range(1, 8)):
                whole = observatory.complaint(number)
                row[:-1] = [whole[name] for name in header[:-1]]
            lines = [header, *back] if with_reason else [r[:-1] for r in (header, *back)]
            text = io.StringIO()
            csv.writer(text).writerows(lines)
            mended = self.folder / "mended.csv"
            mended.write_text("\ufeff" + text.getvalue(), "utf-8")
            for stored, known in ((7, 0), (0, 0)):
                out = self.succeed("-C", self.made, "ingest", "--json", mended).stdout
                (row,) = json.loads(out)
                self.assertEqual((row["stored"], row["duplicates"], row["rejected"]),
                                 (stored, known, 0))
            status = json.loads(self.succeed("-C", self.made, "status", "--json").stdout)
            self.assertEqual(status["complaints"], 40)

    def test_the_file_as_it_came_back_is_refused_again_with_one_reason(self):
        self.ingest(observatory.export(self.spoiled()))
        back = self.folder / "again.csv"
        back.write_bytes(self.as_export("export.csv"))
        self.succeed("-C", self.made, "ingest", back)
        header, *rows = self.read(self.as_export("again.csv", "--lang", "fr"))
        self.assertEqual(header[-2:], ["free_exit", "Motif du refus"])
        self.assertEqual({len(row) for row in rows}, {len(header)})
        self.assertEqual(len(rows), 7)

    def test_dialect_and_faults_come_back_readable(self):
        header = "report_id;siret;marketplace;received_on;pillars;réponse"
        rows = ['1;1;Halle Une;2026-01-01;s;"é; ""à"""', '2;1;Halle "Une;2026-01-01;s;x',
                '3;1;Halle Une;2026-01-01', '4;1;Halle Une;2026-01-01;s;x;zu;viel',
                '=1+1;1;"a\r\nb";2026-01-01;s;-5,2']
        self.ingest(("\r\n".join([header, *rows]) + "\r\n").encode("cp1252"))
        data = self.as_export("export.csv")
        head, *back = self.read(data, ";")
        self.assertEqual(head[:-1], header.split(";"))
        self.assertEqual(back[0][:6], ["1", "1", "Halle Une", "2026-01-01", "s", 'é; "à"'])
        self.assertEqual(back[1][:6], ["2", "1", 'Halle "Une', "2026-01-01", "s", "x"])
        self.assertEqual(back[2][:6], ["3", "1", "Halle Une", "2026-01-01", "", ""])
        self.assertEqual(back[3][:6] + back[3][7:],
                         ["4", "1", "Halle Une", "2026-01-01", "s", "x", "zu", "viel"])
        self.assertEqual(back[4][:6], ["'=1+1", "1", "a\r\nb", "2026-01-01", "s", "-5,2"])
        self.assertTrue(all(": " in row[6] for row in back))
        self.assertEqual(data.count(b"\r\n"), 1 + len(rows) + 1)

    def test_an_export_is_chosen_by_name_or_hash(self):
        self.ingest(observatory.export(self.spoiled()))
        rejects = ("-C", self.made, "rejects")
        self.refuse_in_one_line(program.NO_INPUT, *rejects, "--as-export", "none.csv",
                                says=("none.csv",))
        other = self.folder / "export.csv"
        other.write_text(observatory.export(self.spoiled()[:9]), "utf-8")
        self.succeed("-C", self.made, "ingest", other)
        self.refuse_in_one_line(program.USAGE, *rejects, "--as-export", "export.csv",
                                says=(program.sha256(other)[:12],))
        self.refuse_in_one_line(program.USAGE, *rejects, "--as-export", "x", "--csv",
                                says=("--csv",))
        self.refuse_in_one_line(program.USAGE, *rejects, "-o", "x", says=("--as-export",))

    def test_utf16_comes_back_as_text(self):
        text = observatory.export(self.spoiled())
        self.ingest(text.encode("utf-16"))
        header, *rows = self.read(self.as_export("export.csv"))
        self.assertEqual(header[:2], ["report_id", "siret"])
        self.assertEqual(len(rows), 7)

    def test_json_is_told_to_be_mended_at_its_source(self):
        rows = [json.dumps(row) for row in self.spoiled()]
        self.ingest("\n".join(rows) + "\n", "export.jsonl")
        self.refuse_in_one_line(program.REFUSED, "-C", self.made, "rejects", "--as-export",
                                "export.jsonl", says=("source",))

    def test_a_book_without_header_is_told(self):
        self.ingest(observatory.export(self.spoiled()))
        (book,) = (self.made / "rejects").iterdir()
        book.write_text("".join(book.read_text("utf-8").splitlines(True)[1:]), "utf-8")
        self.assertEqual(len(self.rejects()), 7)
        self.refuse_in_one_line(program.REFUSED, "-C", self.made, "rejects", "--as-export",
                                "export.csv", says=("header", "--csv"))

    def test_every_reading_ends_with_how_many_were_refused_and_what_to_type(self):
        self.ingest(observatory.export(self.spoiled()))
        more = self.folder / "more.csv"
        more.write_text(observatory.export(self.spoiled()[4:9]), "utf-8")
        last = self.succeed("-C", self.made, "ingest", more).stdout.splitlines()[-1]
        self.assertEqual(last, f"3 records refused: see “barometre -C {self.made} rejects”.")
        clean = self.folder / "clean.csv"
        clean.write_text(observatory.complaints(50, 3), "utf-8")
        last = self.succeed("-C", self.made, "ingest", clean).stdout.splitlines()[-1]
        self.assertEqual(last, "No record refused.")
        observatory.drop(self.made, "late.csv", observatory.export(self.spoiled()[:9] + [
            observatory.complaint(n) for n in range(60, 70)]))
        out = self.succeed("-C", self.made, "run", "--as-of", "2026-10").stdout
        self.assertIn(f"7 records refused: see “barometre -C {self.made} rejects”.\n", out)
        self.assertIn("7 records refused", max(
            (self.made / "runs").glob("*/summary.txt")).read_text("utf-8"))

    def test_an_alias_added_later_lets_the_next_run_read_the_export_again(self):
        rows = [observatory.complaint(n) for n in range(1, 21)]
        rows[4]["marketplace"] = "Chez Zoe"
        self.ingest(observatory.export(rows))
        registry = self.made / "marketplaces.json"
        observatory.edit_json(registry, lambda d: d["marketplaces"][0]["aliases"].append(
            "Chez Zoe"))
        status = json.loads(self.succeed("-C", self.made, "status", "--json").stdout)
        self.assertEqual((status["waiting"], status["rejected"]), (1, 1))
        out = self.succeed("-C", self.made, "run", "--as-of", "2026-10").stdout
        self.assertIn("export.csv: read again, 20 records, 1 stored, 0 updated, 19 already "
                      "known, 0 refused", out)
        self.assertIn("No record refused.", out)
        status = json.loads(self.succeed("-C", self.made, "status", "--json").stdout)
        self.assertEqual((status["waiting"], status["rejected"], status["complaints"],
                          status["imports"]), (0, 0, 20, 1))
        self.assertEqual(self.rejects(), [])
        out = self.succeed("-C", self.made, "run", "--as-of", "2026-10").stdout
        self.assertNotIn("read again", out)

    def test_again_reads_a_known_export_again_and_counts_nothing_twice(self):
        rows = [observatory.complaint(n) for n in range(1, 11)]
        self.ingest(observatory.export(rows))
        path = self.made / "inbox/export.csv"
        plain = json.loads(self.succeed("-C", self.made, "ingest", "--json", path).stdout)
        again = json.loads(self.succeed("-C", self.made, "ingest", "--again", "--json",
                                        path).stdout)
        self.assertEqual((plain[0]["outcome"], again[0]["outcome"]), ("known", "again"))
        self.assertEqual((again[0]["stored"], again[0]["duplicates"]), (0, 10))

    def test_dry_and_real_print_the_same_rows(self):
        made = self.folder / "sample"
        self.succeed("init", "--sample", made)
        for path in sorted((made / "inbox").iterdir()):
            told = self.succeed("-C", made, "ingest", "--json", "--dry-run", path).stdout
            self.assertEqual(told, self.succeed("-C", made, "ingest", "--json", path).stdout)

    def dated(self, rows, *more):
        """An export with the day of the incident, and columns of the same text below."""
        text = io.StringIO()
        writer = csv.DictWriter(text, [*observatory.COLUMNS, "contact_on", *more],
                                restval="x", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue()

    def test_a_problem_told_through_two_sources_counts_once_and_is_named(self):
        rows = [observatory.complaint(n, marketplace="Halle Une", pillars="s",
                                      contact_on="2026-09-10", received_on="2026-09-20")
                for n in range(1, 15)]
        self.ingest(self.dated(rows))
        before = self.succeed("-C", self.made, "explain", "halle-une.support").stdout
        profile = json.loads((program.ROOT / "data/profiles/canonical.json").read_text("utf-8"))
        profile.update(profile="ombudsman", recognise=[*profile["recognise"], "case"])
        (self.made / "profiles/ombudsman.json").write_text(json.dumps(profile), "utf-8")
        path = self.folder / "case.csv"
        path.write_text(self.dated(
            [dict(rows[0], report_id="M-1"),
             dict(rows[1], report_id="M-2", contact_on="2026-09-11")], "case"), "utf-8")
        said = "2 complaints of the store are told through another source too"
        self.assertIn(said, self.succeed("-C", self.made, "ingest", path).stdout)
        self.assertIn(said, self.succeed("-C", self.made, "status").stdout)
        status = json.loads(self.succeed("-C", self.made, "status", "--json").stdout)
        self.assertEqual((status["twins"], status["complaints"]), (2, 16))
        after = self.succeed("-C", self.made, "explain", "halle-une.support").stdout
        self.assertIn("R-1 (canonical) = M-1 (ombudsman)", after)
        self.assertNotIn("M-2 (ombudsman)", after)
        self.assertIn("14 firms", before)
        self.assertIn("14 firms", after)

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
