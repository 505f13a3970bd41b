"""Small observatories with exports made up on the spot, quick to score and to draw."""

import csv
import io
import json
import pathlib
from datetime import date, timedelta

from program import call

COLUMNS = ("report_id", "siret", "marketplace", "received_on", "last_status_on", "source",
           "verification", "contest", "adjudication", "firm_size", "pillars", "action",
           "reasons_given", "notice_30d", "heard", "appeal_decided", "human_reply",
           "phone_reached", "individual_reply", "recourse_told", "change_id", "notified",
           "notice_15d", "not_retroactive", "free_exit")
PLACES = ("Halle Une", "Quai Deux")


def luhn(digits):
    """The digit that, put after, makes a number valid."""
    doubled = (int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits)))
    return str(-sum(n // 10 + n % 10 for n in doubled) % 10)


def siren(number):
    base = f"{90000000 + number:08d}"
    return base + luhn(base)


def siret(number):
    base = siren(number) + "0001"
    return base + luhn(base)


def complaint(number, **changes):
    """A row whose answers depend on its number alone."""

    def answer(question):
        return "yes" if (number * 7 + question * 5) % 11 < 6 else "no"

    day = date(2025, 11, 1) + timedelta(days=number * 13 % 364)
    row = dict.fromkeys(COLUMNS, "")
    row.update({
        "report_id": f"R-{number}", "siret": siret(number),
        "marketplace": PLACES[number % len(PLACES)],
        "received_on": day.isoformat(), "last_status_on": "2026-10-31", "source": "form",
        "verification": "documented", "contest": "none", "adjudication": "none",
        "firm_size": "tpe", "pillars": "d,s,c", "action": "listing_removal",
        "change_id": f"CH-{number % 24}",
    })
    questions = ("reasons_given", "notice_30d", "heard", "appeal_decided", "human_reply",
                 "phone_reached", "individual_reply", "recourse_told", "notified",
                 "notice_15d", "not_retroactive", "free_exit")
    row.update({name: answer(i) for i, name in enumerate(questions)})
    row.update(changes)
    return row


def export(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def complaints(first, count, **changes):
    return export(complaint(n, **changes) for n in range(first, first + count))


def marketplace(name):
    return {"id": name.lower().replace(" ", "-"), "name": name, "aliases": [],
            "charter": {"from": None, "source": None},
            "sellers": [{"from": "2024-01", "to": None, "count": 20000, "low": 18000,
                         "high": 22000, "source": "made up"}],
            "sources": ["made-up"], "reply": None}


def edit_json(path, change):
    document = json.loads(path.read_text("utf-8"))
    change(document)
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")


def make(folder, places=PLACES, exports=()):
    """An observatory with these places and (name, text) exports in its inbox. Its method
    draws and looks back less than the shipped one, to be quick."""
    folder = pathlib.Path(folder)
    made = call("init", folder)
    if made.returncode != 0:
        raise AssertionError(made.stderr)
    registry = {"registry": "1", "fictitious": True,
                "sources": {"made-up": {"text": "made up", "mark": None}},
                "marketplaces": [marketplace(name) for name in places]}
    (folder / "marketplaces.json").write_text(json.dumps(registry), "utf-8")
    edit_json(folder / "method.json", lambda method: method.update(
        draws=400, history_draws=200, history_months=2))
    for name, text in exports:
        drop(folder, name, text)
    return folder


def drop(folder, name, text):
    """Puts an export into the inbox."""
    path = pathlib.Path(folder) / "inbox" / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def make_published(folder, count=160):
    """An observatory that has published October 2026."""
    make(folder, exports=[("first.csv", complaints(1, count))])
    result = call("-C", folder, "run", "--as-of", "2026-10")
    if result.returncode != 0:
        raise AssertionError(result.stderr)
    return pathlib.Path(folder)


def current(folder):
    return (pathlib.Path(folder) / "site/current").resolve(strict=True)


def last_report(folder):
    """The report of the newest night."""
    runs = pathlib.Path(folder) / "runs"
    newest = max(runs.iterdir(), key=lambda run: (run.name.rsplit("-", 1)[0],
                                                  int(run.name.rsplit("-", 1)[1])))
    return json.loads((newest / "run.json").read_text("utf-8"))
