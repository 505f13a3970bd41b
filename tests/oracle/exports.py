"""Complaints as a reading of their own of the exports in an inbox, by the profiles and
doc/profiles.md: Python's csv module, one pass, a record read whole or refused whole."""

import csv
import io
import json
import pathlib
import re
import unicodedata
from datetime import date

from answers import dated
from complaints import NUMBERS, WORDS, is_day
from evidence import EPOCH, month_named

YES = {"yes", "y", "oui", "o", "true", "on", "1"}
NO = {"no", "n", "non", "false", "off", "0"}
NEVER_FIELDS = {"reasons_on", "notice_on", "notified_on"}
AHEAD_FIELDS = {"effective_on", "change_effective_on"}
BOUNDS = {"turnover_loss_pct": 100, "withheld_eur": 10**9}
SHAPES = {"YYYY-MM-DD": r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)",
          "DD/MM/YYYY": r"(?P<d>\d\d?)/(?P<m>\d\d?)/(?P<y>\d{4})",
          "MM/DD/YYYY": r"(?P<m>\d\d?)/(?P<d>\d\d?)/(?P<y>\d{4})"}
SUFFIXES = (" marketplace", " fr", " com", " eu", " france")
OWN_FIELDS = {"report_id", "firm", "marketplace", "pillars", "change_id"}
EXPOSURE = {"marketplace", "month", "sellers", "source"}


class Refused(Exception):
    """A record that is set aside."""


def fold(text):
    letters = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.split(r"[\W_]+", letters)).strip()


def decoded(content):
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def records(text):
    """Each record's cells; None where a quote stands astray."""
    lines = io.StringIO(text, newline="").readlines()
    delimiter = max(",;\t", key=lines[0].count)
    reader, begin = csv.reader(lines, delimiter=delimiter), 0
    for cells in reader:
        raw, begin = "".join(lines[begin:reader.line_num]), reader.line_num
        if cells:
            yield cells if raw.count('"') % 2 == 0 else None


def has_check_digit(digits):
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0


class Profiles:
    def __init__(self, folder):
        self.raw = {path.stem: json.loads(path.read_text("utf-8"))
                    for path in sorted(folder.glob("*.json"))}

    def whole(self, name):
        """A profile with what it takes over."""
        own = self.raw[name]
        base = self.whole(own["extends"]) if "extends" in own else {"fields": {}}
        return {**base, **own, "fields": {**base["fields"], **own.get("fields", {})},
                "family": base.get("family", name)}

    def fitting(self, headers):
        known = [profile for profile in map(self.whole, self.raw)
                 if {fold(h) for h in profile["recognise"]} <= headers]
        return max(known, key=lambda profile: len(profile["recognise"]), default=None)


class Record:
    """One record of an export, by the names of its columns."""

    def __init__(self, profile, registry, headers, cells, today):
        if cells is None or len(cells) != len(headers):
            raise Refused("field count")
        self.cells = {}
        for header, cell in zip(headers, cells):
            self.cells.setdefault(header, cell.strip(" \t\r\n\v\f"))
        self.profile, self.registry, self.today = profile, registry, today
        self.missing = {fold(word) for word in profile.get("missing", [])}

    def cell(self, columns):
        told = (self.cells.get(fold(column), "") for column in columns)
        return next((cell for cell in told if cell), "")

    def identity(self, columns):
        text = self.cell(columns)
        if text and not re.fullmatch(r"[A-Za-z0-9._:/-]{1,64}", text):
            raise Refused("id")
        return text

    def firm(self, entry):
        siret = self.cell(entry.get("siret", []))
        if siret:
            digits = re.sub(r"\s", "", siret)
            if not re.fullmatch(r"\d{9}|\d{14}", digits) or not has_check_digit(digits):
                raise Refused("siret")
            return digits[:9]
        told = self.cell(entry.get("id", []))
        if not told:
            raise Refused("no firm")
        return "id " + told

    def marketplace(self, entry):
        name = fold(self.cell(entry["columns"]))
        while name:
            place = self.registry.get(name.replace(" ", ""))
            if place:
                return place
            suffix = next((s for s in SUFFIXES if name.endswith(s)), None)
            name = name[:-len(suffix)] if suffix else ""
        raise Refused("marketplace")

    def pillars(self, entry):
        if "constant" in entry:
            letters = set(re.findall("[dsc]", entry["constant"]))
        else:
            told = fold(self.cell(entry["columns"]))
            if "contains" in entry:
                letters = {letter for phrase, letter in entry["contains"].items()
                           if fold(phrase) in told}
            else:
                letters = set(told.replace(" ", ""))
        if not letters or not letters <= set("dsc"):
            raise Refused("pillars")
        return {f"pillar_{letter}": True for letter in letters}

    def day(self, field, text):
        if text == "never" and field in NEVER_FIELDS:
            return "never"
        for shape in self.profile["dates"]:
            found = re.fullmatch(SHAPES[shape] + r"(?:[ T].*)?", text)
            if not found:
                continue
            try:
                when = date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                raise Refused("date") from None
            if when.year < 1990 or (when > self.today and field not in AHEAD_FIELDS):
                raise Refused("date range")
            return when.toordinal() - EPOCH
        if fold(text) in self.missing:
            return None
        raise Refused("date")

    def number(self, field, text, blank_zero):
        digits = re.fullmatch(r"(\d+)(?:[.,]\d*)?", re.sub(r"[ \u00a0\u202f]", "", text))
        if not digits and fold(text) in self.missing:
            return None
        if not digits or int(digits.group(1)) > BOUNDS[field]:
            raise Refused("number")
        return None if blank_zero and int(digits.group(1)) == 0 else int(digits.group(1))

    def word(self, field, text, entry):
        folded, values = fold(text), entry.get("values", {})
        for cell, word in values.items():
            if fold(cell) == folded:
                return word
        if not text:
            return entry.get("otherwise")
        own = {fold(word): word for word in WORDS.get(field, ())}
        if field not in WORDS:
            own = {**{w: "yes" for w in YES}, **{w: "no" for w in NO}}
        if folded in own:
            return own[folded]
        if "otherwise" in entry:
            return entry["otherwise"]
        if folded in self.missing:
            return None
        raise Refused("value")

    def value(self, field, entry):
        text = entry.get("constant") or self.cell(entry.get("columns", []))
        if is_day(field):
            told = self.day(field, text) if text else None
            never = entry.get("never_if")
            if never and fold(self.cell(never["columns"])) in map(fold, never["values"]):
                if told is not None:
                    raise Refused("contradiction")
                return "never"
            return told
        if field in NUMBERS:
            return self.number(field, text, entry.get("blank_zero")) if text else None
        if "constant" not in entry and not any(fold(c) in self.cells
                                               for c in entry["columns"]):
            return None
        word = self.word(field, text, entry)
        return word if field in WORDS or word is None else word == "yes"

    def complaint(self, rules):
        fields = self.profile["fields"]
        told = {"report_id": self.identity(fields["report_id"]["columns"]),
                "firm": self.firm(fields["firm"]),
                "marketplace": self.marketplace(fields["marketplace"]),
                "change_id": self.identity(fields.get("change_id", {}).get("columns", []))}
        for field, entry in fields.items():
            if field not in OWN_FIELDS and (value := self.value(field, entry)) is not None:
                told[field] = value
        told.update(self.pillars(fields["pillars"]))
        if not told["report_id"] or "received_on" not in told:
            raise Refused("no id or date")
        told.setdefault("last_status_on", told["received_on"])
        if told["last_status_on"] < told["received_on"]:
            raise Refused("date range")
        if any(contradicts(rule, told) for rule in rules):
            raise Refused("contradiction")
        return told


def contradicts(rule, complaint):
    """Whether the dates and the direct answer to a question disagree."""
    direct = complaint.get(rule["direct"]) if "direct" in rule else None
    by_date = dated(rule, complaint)
    if direct is None or by_date is None:
        return False
    if rule["kind"] != "delay":
        return by_date != direct
    return by_date[1] and (by_date[0] <= rule["days"]) != direct


def names_of(registry):
    return {fold(name).replace(" ", ""): place["id"] for place in registry["marketplaces"]
            for name in (place["id"], place["name"], *place.get("aliases", []))}


def read(folder, method, registry, today):
    """(complaints, exposure) of an inbox, files by name."""
    folder, places = pathlib.Path(folder), names_of(registry)
    profiles = Profiles(folder / "profiles")
    rules = [indicator["answer"] for pillar in method["pillars"]
             for indicator in pillar["indicators"] if "answer" in indicator]
    held, exposure = {}, {}
    for path in sorted((folder / "inbox").iterdir()):
        rows = records(decoded(path.read_bytes()))
        headers = [fold(header) for header in next(rows)]
        if EXPOSURE <= set(headers):
            for row in rows:
                line = dict(zip(headers, row))
                exposure[places[fold(line["marketplace"]).replace(" ", "")],
                         month_named(line["month"])] = (
                             int(line["sellers"]),
                             bool(line.get("low")) and bool(line.get("high")))
        profile = profiles.fitting(set(headers))
        for row in rows if profile else ():
            try:
                told = Record(profile, places, headers, row, today).complaint(rules)
            except Refused:
                continue
            key = profile["family"], told["report_id"]
            if key not in held or told["last_status_on"] >= held[key]["last_status_on"]:
                held[key] = told
    return list(held.values()), exposure
