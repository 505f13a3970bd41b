"""Observatories to judge: the sample that comes with the program, and the example of the
methodology written as an export."""

import csv
import io
import json
import pathlib
import sys
from datetime import date, datetime, timedelta, timezone

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "cli"))

from program import NOW, call  # noqa: E402

GOLDEN = TESTS / "golden"
GOLDEN_MONTH = "2019-12"
GOLDEN_DAY = date(2019, 6, 15)
SAMPLE_DAY = datetime.fromtimestamp(int(NOW), timezone.utc).date()  # the program's today
PLACES = {"alpha": (None, 10000), "beta": ("2018-01-01", 12000),
          "gamma": ("2018-01-01", 4000), "delta": ("2018-01-01", None)}
QUESTIONS = {"D": ("reasons_given", "notice_30d", "heard", None),
             "S": (None, "phone_reached", "reply_individual", "recourse_told"),
             "C": ("notified", "notice_15d", "not_retroactive", "free_exit")}
DELAYS = {"D": ("appeal_on", "appeal_decided_on"), "S": ("contact_on", "human_reply_on")}


def must(*arguments):
    result = call(*arguments)
    if result.returncode != 0:
        raise AssertionError(result.stderr)
    return result.stdout


def golden_row(row):
    """A line of the example as a complaint of the canonical export."""
    pillar, told = row["pillar"], {"y": "yes", "n": "no", "": ""}
    out = {"report_id": row["firm"], "firm_id": row["firm"],
           "marketplace": row["marketplace"], "pillars": pillar.lower(),
           "received_on": GOLDEN_DAY.isoformat(), "change_id": row["change_id"],
           "last_status_on": GOLDEN_DAY.isoformat()}
    for i, question in enumerate(QUESTIONS[pillar]):
        if question is not None:
            out[question] = told[row[f"i{i + 1}"]]
    if pillar == "D":  # notice is due for closed accounts only
        out["action"] = "account_termination" if row["i2"] else "listing_removal"
    if row["days"]:
        begin, end = DELAYS[pillar]
        day = (GOLDEN_DAY + timedelta(days=int(row["days"]))).isoformat()
        out[begin], out["last_status_on"] = GOLDEN_DAY.isoformat(), day
        out[end] = day if row["event"] == "1" else ""
    return out


def golden_export():
    with open(GOLDEN / "method_example.csv", encoding="utf-8", newline="") as example:
        rows = [golden_row(row) for row in csv.DictReader(example)]
    columns = sorted({column for row in rows for column in row})
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def golden_registry():
    def sellers(count):
        return [] if count is None else [{"from": "2010-01", "to": None, "count": count,
                                          "low": count, "high": count, "source": "example"}]

    return {"registry": "1", "fictitious": True, "marketplaces": [
        {"id": name, "name": name, "charter": {"from": signed, "source": "example"},
         "sellers": sellers(count)} for name, (signed, count) in PLACES.items()]}


def scored(folder, month):
    """The edition that the program makes of an observatory with exports."""
    exports = sorted((folder / "inbox").iterdir())
    must("-C", folder, "ingest", *exports)
    return json.loads(must("-C", folder, "score", "--as-of", month))


def make_golden(folder):
    folder = pathlib.Path(folder) / "golden"
    must("init", folder)
    (folder / "marketplaces.json").write_text(json.dumps(golden_registry()), "utf-8")
    (folder / "inbox/example.csv").write_text(golden_export(), "utf-8")
    return folder, scored(folder, GOLDEN_MONTH)


def make_sample(folder, month="2026-10"):
    folder = pathlib.Path(folder) / "sample"
    must("init", "--sample", folder)
    return folder, scored(folder, month)
