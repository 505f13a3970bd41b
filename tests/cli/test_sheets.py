#!/usr/bin/python3
"""A workbook that another program wrote gives the complaints that the CSV gives."""

import csv
import datetime
import io
import json
import re
import unittest

import observatory
import program
from program import Case

try:
    import openpyxl
except ImportError:
    openpyxl = None
try:
    from odf import opendocument, table, text
except ImportError:
    opendocument = None

ROWS = 60


def cells():
    rows = list(csv.reader(io.StringIO(observatory.complaints(1, ROWS))))
    rows[7][rows[0].index("marketplace")] = "Nobody"
    return rows


def typed(cell):
    """As a spreadsheet holds it: dates are dates and numbers are numbers."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return datetime.date.fromisoformat(cell)
    return int(cell) if re.fullmatch(r"\d{1,15}", cell) else cell or None


def write_xlsx(path, rows):
    book = openpyxl.Workbook()
    book.active.title = "Complaints"
    for row in rows:
        book.active.append([typed(cell) for cell in row])
    book.save(path)


def write_ods(path, rows):
    book = opendocument.OpenDocumentSpreadsheet()
    sheet = table.Table(name="Complaints")
    for row in rows:
        line = table.TableRow()
        for cell in row:
            value = typed(cell)
            if isinstance(value, datetime.date):
                kind = {"valuetype": "date", "datevalue": value.isoformat()}
            elif isinstance(value, int):
                kind = {"valuetype": "float", "value": str(value)}
            else:
                kind = {"valuetype": "string"} if value else {}
            item = table.TableCell(**kind)
            if value is not None:
                item.addElement(text.P(text=str(value)))
            line.addElement(item)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(path)


class Sheets(Case):
    def account(self, made, path):
        row = json.loads(self.succeed("-C", made, "ingest", "--json", path).stdout)[0]
        self.assertEqual(sum(v for k, v in row["bytes"].items() if k != "total"),
                         row["bytes"]["total"])
        return {k: row[k] for k in ("records", "stored", "updated", "duplicates",
                                    "rejected")}

    def check(self, name, write):
        made = observatory.make(self.folder / "o")
        path = self.folder / name
        write(path, cells())
        plain = self.folder / "plain.csv"
        with plain.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(cells())
        first = self.account(made, path)
        self.assertEqual(first, {"records": ROWS, "stored": ROWS - 1, "updated": 0,
                                 "duplicates": 0, "rejected": 1})
        again = self.account(made, plain)
        self.assertEqual(again, {"records": ROWS, "stored": 0, "updated": 0,
                                 "duplicates": ROWS - 1, "rejected": 1})
        rejects = self.succeed("-C", made, "rejects").stdout
        self.assertIn(f"{name}:8 (marketplace)", rejects)

    @unittest.skipIf(openpyxl is None, "python3-openpyxl is not installed")
    def test_xlsx(self):
        self.check("complaints.xlsx", write_xlsx)

    @unittest.skipIf(opendocument is None, "python3-odf is not installed")
    def test_ods(self):
        self.check("complaints.ods", write_ods)


if __name__ == "__main__":
    program.main()
