#!/usr/bin/python3
"""Counts what an ingest of public context exports must find, without the program's code.

    context_count.py REGISTRY FILE...

Reads each file alone and prints, as JSON by file: its account, and its figures by month.
Statements of reasons (DSA Transparency Database): by marketplace and month of
publication. Consumers' reports (SignalConso): by month; how far each went is told by
three columns where they are there, else by the column that a copy of 2023 has of it.
"""

import collections
import csv
import json
import re
import sys
import unicodedata

csv.field_size_limit(1 << 30)

REMOVED = {"DECISION_VISIBILITY_CONTENT_REMOVED", "DECISION_VISIBILITY_CONTENT_DISABLED"}
STEPS_OF_COPY = {"Non traité": 0, "Signalement tranmis": 1, "Signalement lu": 2,
                 "Signalement répondu": 3}


def fold(text):
    plain = "".join(c for c in unicodedata.normalize("NFKD", text).casefold()
                    if not unicodedata.combining(c))
    return "".join(c for c in plain if c.isalnum())


def load_names(file):
    with open(file, encoding="utf-8") as stream:
        places = json.load(stream)["marketplaces"]
    return {fold(name): place["id"] for place in places
            for name in (place["id"], place["name"], *place["aliases"])}


def count_statements(rows, names):
    account, months, seen = collections.Counter(), {}, set()
    for row in rows:
        place = names.get(fold(row["platform_name"]))
        business = row["account_type"] == "ACCOUNT_TYPE_BUSINESS"
        facts = {
            "suspensions": business and row["decision_account"].endswith("SUSPENDED"),
            "terminations": business and row["decision_account"].endswith("TERMINATED"),
            "services": business and row["decision_provision"] != "",
            "products": "CONTENT_TYPE_PRODUCT" in json.loads(row["content_type"] or "[]")
            and bool(REMOVED & set(json.loads(row["decision_visibility"] or "[]"))),
        }
        if place is None or not any(facts.values()):
            account["blank"] += 1
            continue
        account["duplicates" if row["uuid"] in seen else "stored"] += 1
        if row["uuid"] in seen:
            continue
        seen.add(row["uuid"])
        month = months.setdefault(f"{place} {row['created_at'][:7]}",
                                  collections.Counter())
        month["statements"] += 1
        month["decided"] += row["automated_decision"] == "AUTOMATED_DECISION_FULLY"
        month["detected"] += row["automated_detection"] == "Yes"
        for fact, holds in facts.items():
            month[fact] += holds
    return account, months


def steps_of(row):
    if "signalement_traitement" in row:
        return STEPS_OF_COPY[row["signalement_traitement"]]
    return sum(int(row[name]) for name in ("signalement_transmis", "signalement_lu",
                                           "signalement_reponse"))


def count_consumers(rows):
    account, months = collections.Counter(), {}
    for row in rows:
        if None in row or None in row.values():  # more or fewer fields than the header
            account["rejected"] += 1
            continue
        account["stored"] += 1
        month = months.setdefault(row["creationdate"][:7], collections.Counter())
        steps = steps_of(row)
        month["reports"] += 1
        month["transmitted"] += steps > 0
        month["read"] += steps > 1
        month["answered"] += steps > 2
    return account, months


def count(file, names):
    with open(file, newline="", encoding="utf-8-sig") as stream:
        first = stream.readline()
        stream.seek(0)
        delimiter = max(",;", key=first.count)
        rows = csv.DictReader(stream, delimiter=delimiter, strict=True)
        account, months = (count_statements(rows, names) if re.search(r"\buuid\b", first)
                           else count_consumers(rows))
    kinds = ("stored", "updated", "duplicates", "rejected", "blank")
    return {"account": {kind: account[kind] for kind in kinds}, "months": months}


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    names = load_names(sys.argv[1])
    print(json.dumps({file: count(file, names) for file in sys.argv[2:]}, indent=2))


if __name__ == "__main__":
    main()
