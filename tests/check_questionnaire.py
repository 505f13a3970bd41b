#!/usr/bin/python3
"""Checks that the questionnaire, the profile that reads it and the sample agree.

    check_questionnaire.py SOURCE_FOLDER

Says every difference; exits with 1 where there is one.
"""

import csv
import json
import re
import sys
from pathlib import Path


def read_tables(text):
    """The questions as (label, options), and the fixed columns, as the document has them."""
    questions, fixed = [], set()
    for line in text.splitlines():
        if not line.startswith("| `"):
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        labels = re.findall("`([^`]+)`", cells[0])
        if len(cells) == 3:
            fixed.update(labels)
        else:
            questions.append((labels[0], cells[2].split(" · ") if " · " in cells[2] else []))
    return questions, fixed


def check_labels(questions):
    labels = [label for label, _ in questions]
    for label, options in questions:
        if labels.count(label) > 1:
            yield f"'{label}' is asked twice"
        if len(label) > 80:
            yield f"'{label}' is longer than 80 characters"
        for option in options:
            if "," in option:
                yield f"'{option}' has a comma"


def check_profile(profile, questions, fixed):
    read = set()
    for name, field in profile["fields"].items():
        firsts = field.get("siret", field.get("columns", [])[:1])
        firsts = firsts + field.get("never_if", {}).get("columns", [])
        read.update(firsts)
        for column in firsts:
            if column not in questions and column not in fixed:
                yield f"{name}: '{column}' is not in the questionnaire"
            options = questions.get(column, [])
            if "values" in field and options and set(field["values"]) != set(options):
                yield f"{name}: other values than the options of '{column}'"
            for phrase in field.get("contains", {}):
                if sum(phrase in option.lower() for option in options) != 1:
                    yield f"{name}: '{phrase}' is not in just one option"
        read.update(field.get("columns", []))
    for column in sorted(fixed - read):
        yield f"'{column}' is said to be read and is not"


def check_sample(export, questions):
    with open(export, newline="", encoding="utf-8") as stream:
        header = next(csv.reader(stream))
    for label, _ in questions:
        if label not in header:
            yield f"{export.name}: no column '{label}'"


def main():
    source = Path(sys.argv[1])
    text = (source / "doc/questionnaire.md").read_text(encoding="utf-8")
    profile = json.loads((source / "data/profiles/demarches-simplifiees.json")
                         .read_text(encoding="utf-8"))
    questions, fixed = read_tables(text)
    problems = [*check_labels(questions), *check_profile(profile, dict(questions), fixed)]
    newest = max((source / "data/sample/inbox").glob("dossiers_*.csv"))
    problems += check_sample(newest, questions)
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
