#!/usr/bin/python3
"""Counts what an ingest of CFPB exports must find, without the program's own code.

    cfpb_count.py REGISTRY FILE...

Reads the files in the order given and prints, as JSON, how many records each holds and
how many of them are stored, updated, duplicates or rejected. A record is rejected where
it has another number of fields than the header, a company that the registry does not
know, no number, or no date of reception. A number seen before is a duplicate where what
is read of it (company, date, timely, kind of response) is the same, or where its date is
older; else it is an update.
"""

import csv
import json
import re
import sys
import unicodedata
from datetime import date

csv.field_size_limit(1 << 30)

RESPONSES = {
    "closed with explanation": "yes",
    "closed with monetary relief": "yes",
    "closed with non monetary relief": "yes",
    "closed with relief": "yes",
    "closed": "no",
    "untimely response": "no",
    "closed without relief": None,
    "in progress": None,
}
MISSING = ("", "n a", "none")
ACCOUNTS = ("records", "stored", "updated", "duplicates", "rejected")


def fold(text):
    """Letters and digits alone, without accents or case, words one space apart."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text).casefold()
                    if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def load_companies(file):
    with open(file, encoding="utf-8") as stream:
        places = json.load(stream)["marketplaces"]
    companies = {}
    for place in places:
        for name in [place["id"], place["name"], *place["aliases"]]:
            known = companies.setdefault(fold(name).replace(" ", ""), place["id"])
            if known != place["id"]:
                sys.exit(f"{file}: '{name}' means {known} and {place['id']}")
    return companies


def read_date(text):
    """YYYY-MM-DD or M/D/YYYY, with or without a time after it; None for anything else."""
    day = re.split("[ T]", text.strip(), maxsplit=1)[0]
    iso = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", day)
    american = re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", day)
    try:
        if iso:
            return date(*map(int, iso.groups()))
        if american:
            month, day_of_month, year = map(int, american.groups())
            return date(year, month, day_of_month)
    except ValueError:
        pass
    return None


def read_answer(text, words):
    """A word's meaning; KeyError for a word without one."""
    folded = fold(text)
    return None if folded in MISSING else words[folded]


def read_record(row, columns, companies):
    """The number and the content that counts; KeyError or ValueError where refused."""
    if len(row) != len(columns):
        raise ValueError("fields")
    number = row[columns["complaint id"]].strip()
    received = read_date(row[columns["date received"]])
    if not re.fullmatch("[A-Za-z0-9._:/-]{1,64}", number) or received is None:
        raise ValueError("number or date")
    response = columns.get("company response to consumer", columns.get("company response"))
    return number, (received,
                    companies[fold(row[columns["company"]]).replace(" ", "")],
                    read_answer(row[columns["timely response"]], {"yes": "yes", "no": "no"}),
                    read_answer(row[response], RESPONSES))


def records(reader):
    """Records as lists; None for one that breaks the rules of quoting."""
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = None
        if row != []:
            yield row


def account(known, row, columns, companies):
    """Takes one record in; the account that it goes to."""
    try:
        if row is None:
            raise ValueError("quoting")
        number, content = read_record(row, columns, companies)
    except (KeyError, ValueError):
        return "rejected"
    before = known.get(number)
    if before == content or (before is not None and content[0] < before[0]):
        return "duplicates"
    known[number] = content
    return "stored" if before is None else "updated"


def count(file, known, companies):
    accounts = dict.fromkeys(ACCOUNTS, 0)
    with open(file, newline="", encoding="utf-8-sig") as stream:
        reader = csv.reader(stream, strict=True)
        columns = {fold(name): i for i, name in enumerate(next(reader))}
        for row in records(reader):
            accounts["records"] += 1
            accounts[account(known, row, columns, companies)] += 1
    return accounts


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    companies = load_companies(sys.argv[1])
    known = {}
    print(json.dumps({file: count(file, known, companies) for file in sys.argv[2:]},
                     indent=2))


if __name__ == "__main__":
    main()
