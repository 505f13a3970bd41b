#!/usr/bin/python3
"""Writes the exports of the sample observatory (data/sample/inbox).

Everything is invented: places, firms, people, complaints. The same bytes come out each
time. The exports have the columns, the quoting and the accidents of real ones.

    generate.py [FOLDER]      default: data/sample/inbox beside this checkout
"""

import csv
import io
import sys
from datetime import date
from pathlib import Path

from dossiers import dossier_row, dossier_row_2018, excel_cell, write_dossiers
from story import PLACES, days, make_complaints, seen_on

SPELLINGS = {  # how people write names when nobody gives them a list
    "comptoir-alize": ("Comptoir Alizé", "comptoir alize", "COMPTOIR-ALIZE",
                       "comptoir-alize.example"),
    "etal-et-cie": ("Étal & Cie", "Etal et Cie", "etal-et-cie"),
    "halle-dix": ("Halle Dix", "Halle 10", "HALLE DIX"),
    "le-deballage": ("Le Déballage", "le deballage", "Déballage"),
}
CANONICAL = """report_id siret marketplace received_on last_status_on source verification
contest adjudication firm_size pillars action effective_on reasons_on notice_on exception
heard appeal_on appeal_decided_on turnover_loss_pct contact_on human_reply_on phone_reached
reply_individual recourse_told change_id notified_on change_effective_on adaptation_needed
retroactive exit_possible change_kind watch_fees watch_counterfeit watch_withheld
watch_accounts watch_selfpref watch_parity watch_buybox withheld_eur mediation""".split()


def mediator_row(view):
    def day_of(key):
        return view[key].isoformat() if view.get(key) is not None else ""

    def yes(key):
        return {None: "", True: "yes", False: "no"}.get(view.get(key), "na")

    def date_or_never(pillar, key):
        if pillar not in view["pillars"]:
            return ""
        return day_of(key) or "never"

    number = view["number"]
    names = SPELLINGS.get(view["place"], (PLACES[view["place"]]["name"],))
    closing = view.get("action") == "account_termination"
    adjudication = ("rejected" if number % 23 == 0 else "upheld" if number % 4 == 0 else
                    "partly" if number % 7 == 0 else "none")
    exception = view.get("exception", "")
    row = dict(
        report_id="MED-%d" % number, siret=view["firm"]["siret"],
        marketplace=names[number % len(names)], received_on=day_of("received"),
        last_status_on=day_of("last"), source="mediator",
        verification="confirmed" if number % 2 else "documented",
        contest="contested" if view["contested"] else "none", adjudication=adjudication,
        firm_size="pme" if view["firm"]["size"] in ("11", "12", "21") else "tpe",
        pillars=",".join(view["pillars"].lower()), action=view.get("action", ""),
        effective_on=day_of("effective"), reasons_on=date_or_never("D", "reasons"),
        notice_on=date_or_never("D", "notice") if closing else "",
        exception="" if exception == "unknown" else exception, heard=yes("heard"),
        appeal_on=day_of("appeal"), appeal_decided_on=day_of("decided"),
        turnover_loss_pct=view.get("loss") or "", contact_on=day_of("contact"),
        human_reply_on=day_of("reply"), phone_reached=yes("phone"),
        reply_individual=yes("individual") if view.get("reply") else "",
        recourse_told=yes("told"), change_id=view.get("change", ""),
        notified_on=date_or_never("C", "notified"),
        change_effective_on=day_of("change_effective"), adaptation_needed=yes("adaptation"),
        retroactive=yes("retroactive"), exit_possible=yes("exit"),
        change_kind=view.get("kind", ""), withheld_eur=view["withheld_eur"] or "",
        mediation=view["mediation"] or "referred")
    for key, value in view["watch"].items():
        row["watch_" + key] = "yes" if value else "no"
    return [row[name] for name in CANONICAL]


def spoil(lines, at, old, new):
    """Replaces `old` in the first record from `at` on that holds it once."""
    while lines[at].count(old) != 1:
        at += 1
    lines[at] = lines[at].replace(old, new)


def cut_fields(lines, at, count):
    """Takes the last `count` fields off a record (those hold no quoted comma)."""
    lines[at] = lines[at].rsplit(",", count)[0]


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else
                  Path(__file__).resolve().parents[2] / "data" / "sample" / "inbox")
    folder.mkdir(parents=True, exist_ok=True)
    complaints = make_complaints()
    form = [c for c in complaints if not c["mediator"]]

    def dossiers(first, last, day, row, again=0):
        """Complaints received between two days as exported on a third one; of those of the
        60 days before, every `again`-th comes once more, as it is by now."""
        rows = []
        for i, complaint in enumerate(form):
            old = first - days(60) <= complaint["received"] < first
            if first <= complaint["received"] <= last or (again and old and i % again == 0):
                rows.append(row(seen_on(complaint, day)))
        return rows

    old = write_dossiers(dossiers(date(2023, 11, 1), date(2024, 1, 31), date(2024, 2, 1),
                                  dossier_row_2018))
    early = write_dossiers(dossiers(
        date(2024, 2, 1), date(2024, 12, 15), date(2024, 12, 16),
        lambda v: dossier_row(v, "Archivé", "Plateforme concernée", "Difficulté rencontrée")))
    resaved = dossiers(
        date(2024, 12, 16), date(2025, 12, 31), date(2026, 1, 5),
        lambda v: dossier_row(v, "À archiver", "Place de marché concernée",
                              "Objet du signalement"), again=3)
    late = write_dossiers(dossiers(
        date(2026, 1, 1), date(2026, 10, 31), date(2026, 11, 2),
        lambda v: dossier_row(v, "À archiver", "Place de marché concernée",
                              "Objet du signalement"), again=4))

    # The accidents: a firm without its number, an unknown place, a day that does not exist,
    # a stray quote, a record cut short, a number spoilt by a spreadsheet.
    firm = next(c["firm"] for c in form if c["received"] > date(2024, 6, 1))
    at = next(i for i, line in enumerate(early) if firm["siret"] in line)
    early[at] = early[at].replace(firm["siret"], "").replace(firm["siren"], "")
    spoil(early, 200, "Étal & Cie", "Marché Inconnu")
    spoil(late, 60, "Halle Dix", "Foire Imaginaire")
    spoil(late, 120, "DE L EXEMPLE,,", 'DE L "EXEMPLE,,')
    cut_fields(late, 300, 4)
    resaved[150]["Établissement SIRET"] = "9,99012E+13"
    resaved[150]["Entreprise SIREN"] = ""

    mediated = [seen_on(c, date(2026, 11, 2)) for c in complaints if c["mediator"]]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(CANONICAL)
    rows = [mediator_row(view) for view in mediated]
    bad = next(row for row in rows if row[3] >= "2026-02-20")
    bad[3] = "2026-02-30"
    writer.writerows(rows)

    excel = [";".join(excel_cell(label) for label in resaved[0])]
    excel += [";".join(excel_cell(value) for value in row.values()) for row in resaved]

    name = "dossiers_signalement-places-de-marche_%s.csv"
    files = {
        name % "2024-02-01_09-41": "\n".join(old) + "\n",
        name % "2024-12-16_08-30": "\n".join(early) + "\n",
        name % "2026-01-05_14-12": "\r\n".join(excel) + "\r\n",
        name % "2026-11-02_07-15": "\n".join(late) + "\n",
        "mediateur_2026-11-02.csv": buffer.getvalue(),
    }
    for file, text in files.items():
        encoding = "cp1252" if "2026-01-05" in file else "utf-8"
        (folder / file).write_bytes(text.encode(encoding))


if __name__ == "__main__":
    main()
