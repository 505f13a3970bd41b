"""Complaints as dictionaries: field → day, word, "never", True, False; absent = no answer.
Read from the store of an observatory, without the program's own code."""

import sqlite3

# Words of the store's numbers, in the order in which doc/profiles.md tells them.
WORDS = {
    "source": "form mediator dgccrf observatory import",
    "verification": "declared documented confirmed",
    "contest": "none contested",
    "adjudication": "none upheld partly rejected",
    "firm_size": "tpe pme other",
    "sector": " ".join("ABCDEFGHIJKLMNOPQRSTU"),
    "action": "account_termination account_suspension listing_removal ranking_demotion",
    "exception": "none legal_duty imperative_reason repeated_infringement",
    "change_kind": "fees liability termination ranking payment data other",
    "mediation": "none referred settled failed",
}
WORDS = {field: words.split() for field, words in WORDS.items()}
NUMBERS = {"turnover_loss_pct", "withheld_eur"}
NEVER = 2**31 - 1
IDENTITY = {"key", "report_id", "import", "firm", "marketplace", "change_id"}


def is_day(field):
    return field.endswith("_on")


def meaning(field, stored):
    if field in WORDS:
        return WORDS[field][stored]
    if is_day(field):
        return "never" if stored == NEVER else stored
    return stored if field in NUMBERS else bool(stored)


def from_store(path):
    """Every complaint of a store."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    rows = database.execute("SELECT complaint.*, marketplace.name AS place FROM complaint"
                            " JOIN marketplace ON marketplace.id = marketplace").fetchall()
    complaints = []
    for row in rows:
        complaint = {"report_id": row["report_id"], "firm": row["firm"],
                     "marketplace": row["place"], "change_id": row["change_id"] or ""}
        for field in row.keys():
            if field not in IDENTITY and field != "place" and row[field] is not None:
                complaint[field] = meaning(field, row[field])
        complaints.append(complaint)
    database.close()
    return complaints


def exposure_from_store(path):
    """(marketplace, month) → (sellers, whether a range is given)."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rows = database.execute(
        "SELECT marketplace.name, month, sellers, low, high FROM companion_exposure"
        " JOIN marketplace ON marketplace.id = marketplace").fetchall()
    database.close()
    return {(place, month): (sellers, low is not None and high is not None)
            for place, month, sellers, low, high in rows}
