#!/usr/bin/env python3
"""Writes the tables of doc/method.md from data/method.json and data/legal.json, between
its markers; with --check only says whether the page is current."""

import difflib
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "doc/method.md"
NARROW, WIDE = "\u202f", "\u00a0"
MARKER = re.compile(r"(<!-- table: (\w+) (fr|en) -->\n).*?(<!-- end -->)", re.DOTALL)

KINDS = {"share": ("part", "share"), "delay": ("délai", "delay"),
         "incidence": ("fréquence", "frequency")}


def load(name):
    return json.loads((ROOT / "data" / name).read_text("utf-8"))


def number(value, language):
    """A number as the language writes it: 1 840,5 or 1,840.5."""
    text = f"{value:,.10f}".rstrip("0").rstrip(".")
    if language == "en":
        return text
    return text.replace(",", NARROW).replace(".", ",")


def percent(share, language):
    return number(round(100 * share, 6), language) + (f"{NARROW}%" if language == "fr" else "%")


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |"
                     for line in lines) + "\n"


def pick(language, french, english):
    return french if language == "fr" else english


def indicators(method, legal, language):
    """One table over all pillars."""
    rows = []
    for pillar in method["pillars"]:
        for indicator in pillar["indicators"]:
            days = indicator.get("answer", {}).get("days", 0)
            rows.append([pillar["label"][language], indicator["label"][language],
                         KINDS[indicator["kind"]][language == "en"],
                         number(days, language) if days else "–",
                         number(indicator["weight"], language),
                         ", ".join(indicator["basis"]) or "–",
                         f"`{pillar['id']}.{indicator['id']}`"])
    return table(pick(language,
                      ["Pilier", "Indicateur", "Genre", "Jours", "Poids", "Références",
                       "Identifiant"],
                      ["Pillar", "Indicator", "Kind", "Days", "Weight", "Basis", "Id"]),
                 rows)


def bands(method, legal, language):
    return table(pick(language, ["Note", "À partir de"], ["Grade", "From"]),
                 [[band["letter"], number(band["least"], language)]
                  for band in method["bands"]])


def rows_of(method, language, entries):
    """(path, French, English) → rows; a path is dotted, a share ends with %."""
    rows = []
    for path, french, english in entries:
        value, keys = method, path.rstrip("%").split(".")
        for key in keys:
            value = value.get(key) if value is not None else None
        if value is None:
            continue
        shown = (percent(value, language) if path.endswith("%")
                 else ", ".join(number(v, language) for v in value)
                 if isinstance(value, list) else value if isinstance(value, str)
                 else number(value, language))
        rows.append([pick(language, french, english), shown, f"`{path.rstrip('%')}`"])
    return rows


GATES = [
    ("gates.pillar.firms", "Pilier noté : entreprises au moins", "Pillar rated: firms at least"),
    ("gates.pillar.changes", "Pilier des clauses : changements distincts au moins", "Pillar of clauses: distinct changes at least"),
    ("gates.pillar.indicators", "Pilier noté : indicateurs assez répondus au moins", "Pillar rated: indicators with enough answers at least"),
    ("gates.pillar.answers", "Assez répondu : réponses au moins", "Enough answers: at least"),
    ("gates.pillar.width", "Pilier noté : largeur de l’intervalle au plus (points)", "Pillar rated: width of the interval at most (points)"),
    ("gates.established.firms", "Statut « établi » : entreprises au moins", "Status “established”: firms at least"),
    ("gates.established.units", "Statut « établi » : unités de preuve au moins", "Status “established”: units of evidence at least"),
    ("gates.established.width", "Statut « établi » : largeur au plus (points)", "Status “established”: width at most (points)"),
    ("gates.overall.width", "Note d’ensemble : largeur au plus (points)", "Overall grade: width at most (points)"),
    ("gates.indicator.answers", "Indicateur montré seul : réponses au moins", "Indicator shown on its own: answers at least"),
    ("disclosure_threshold", "Secret : entreprises au moins derrière un nombre publié", "Secrecy: firms at least behind a published count"),
    ("firms_classes", "Classes d’effectifs publiées, bornes basses", "Published classes of firms, lower bounds"),
]
CONSTANTS = [
    ("window_months", "Fenêtre (mois)", "Window (months)"),
    ("history_months", "Historique (mois)", "History (months)"),
    ("draws", "Tirages de l’édition", "Draws of the edition"),
    ("history_draws", "Tirages d’un mois d’historique", "Draws of a month of history"),
    ("interval%", "Probabilité dans les intervalles", "Probability inside intervals"),
    ("phantom_weight", "Poids du oui et du non fictifs", "Weight of the fictitious yes and no"),
    ("overall_floor", "Plancher d’un pilier dans la note d’ensemble", "Floor of a pillar in the overall score"),
    ("incidence.prior_reports", "Fréquence : force de la moyenne du marché (signalements)", "Frequency: strength of the market average (reports)"),
    ("incidence.pooled_prior", "Fréquence : ajouté au total du marché", "Frequency: added to the market’s total"),
    ("incidence.best_rate", "Fréquence valant 100, pour 1 000 vendeurs et par an", "Frequency worth 100, per 1,000 sellers a year"),
    ("incidence.worst_rate", "Fréquence valant 0", "Frequency worth 0"),
    ("claims.ahead", "Une place devance une autre si P dépasse", "A place is ahead of another if P exceeds"),
    ("claims.median", "Au-dessus ou au-dessous de la médiane si P dépasse", "Above or below the median if P exceeds"),
    ("claims.trend", "Une évolution est dite si P dépasse", "A change is claimed if P exceeds"),
    ("claims.trend_points", "… et si elle vaut au moins (points)", "… and if it is at least (points)"),
    ("claims.group_places", "Places notées au moins dans chaque groupe comparé", "Rated places at least in each compared group"),
    ("curve.horizons", "Courbe d’un délai : suivie combien de fois l’horizon", "Curve of a delay: followed how many times the horizon"),
    ("curve.units", "Courbe d’un délai : unités des parts (%)", "Curve of a delay: units of the shares (%)"),
    ("alert.ratio", "Alerte : multiplication du rythme recherchée", "Alert: multiplication of the pace looked for"),
    ("alert.likelihood", "Alerte : rapport de vraisemblance", "Alert: likelihood ratio"),
    ("alert.share_months", "Alerte propre : mois comparés", "Own alert: months compared"),
    ("alert.share_probability", "Alerte propre : probabilité au-dessous de", "Own alert: probability below"),
    ("alert.seasonal_months", "Saisons : mois d’historique au moins", "Seasons: months of history at least"),
    ("alert.seasonal_reports", "Saisons : signalements au moins", "Seasons: reports at least"),
    ("alert.seasonal_least", "Facteur saisonnier au moins", "Seasonal factor at least"),
    ("alert.seasonal_most", "Facteur saisonnier au plus", "Seasonal factor at most"),
    ("funnel.inner%", "Entonnoir : hasard dans les premières limites", "Funnel: chance inside the inner limits"),
    ("funnel.outer%", "Entonnoir : hasard dans les secondes limites", "Funnel: chance inside the outer limits"),
    ("funnel.least_expected", "Entonnoir : entreprises attendues au moins", "Funnel: firms expected at least"),
    ("funnel.places", "Entonnoir : places au moins pour un taux médian", "Funnel: marketplaces at least for a median rate"),
    ("funnel.dispersion_step", "Entonnoir : pas d’arrondi de la dispersion", "Funnel: step to which the dispersion is rounded"),
    ("robustness.weightings", "Pondérations tirées au hasard", "Random weightings"),
    ("robustness.sobol_base", "Base de Sobol", "Sobol base"),
    ("watch.change_p", "Surveillance : un changement est dit si p est au-dessous de", "Watch: a change is claimed if p is below"),
    ("watch.median_firms", "Surveillance : entreprises au moins pour une médiane", "Watch: firms at least for a median"),
    ("watch.dominance%", "Part d’une somme détenue par une entreprise, au plus", "Share of a sum held by one firm, at most"),
    ("watch.short_notice_days", "Préavis court : moins de (jours)", "Short notice: less than (days)"),
    ("notice.bins", "Préavis des résiliations : tranches, à partir de (jours)", "Notice of terminations: bins, from (days)"),
    ("notice.one_in", "Hors délai : dit « plus d’une décision sur » si P dépasse claims.ahead", "Out of time: “more than one in” is said if P exceeds claims.ahead"),
    ("terms.least_words", "Conditions : mots ajoutés et retirés d’un changement, au moins", "Terms: words added and removed by a change, at least"),
    ("terms.collapse_days", "Conditions : changements dits en un seul, sur (jours)", "Terms: changes told as one within (days)"),
    ("terms.flip_flop_returns", "Page à variantes : retours à un texte déjà vu, au moins", "Page with variants: returns to an earlier text, at least"),
    ("terms.dynamic_contents", "Page non suivie : textes différents, au moins", "Page not followed: different texts, at least"),
    ("terms.dynamic_share%", "… qui font au moins cette part des versions", "… which are at least this share of the versions"),
    ("terms.dynamic_days", "… et se suivent à moins de (jours, médiane)", "… and are less than this apart (days, median)"),
    ("terms.median_intervals", "Délai médian entre changements : intervalles, au moins", "Median time between changes: intervals, at least"),
    ("seed", "Graine des tirages", "Seed of the draws"),
]


def typeset(text):
    """French spaces before high punctuation, as one types them plainly above."""
    text = re.sub(r" ([;!?%»])", NARROW + r"\1", text)
    text = re.sub(r"« ", "«" + NARROW, text)
    text = re.sub(r"(\d) (\d{3})", r"\1" + NARROW + r"\2", text)
    return re.sub(r" :", WIDE + ":", text)


def plain_rows(method, language, entries, head):
    entries = [(path, typeset(french), english) for path, french, english in entries]
    return table(head, rows_of(method, language, entries))


def gates(method, legal, language):
    return plain_rows(method, language, GATES,
                      pick(language, ["Règle", "Valeur", "Donnée"], ["Rule", "Value", "Datum"]))


def constants(method, legal, language):
    return plain_rows(method, language, CONSTANTS,
                      pick(language, ["Constante", "Valeur", "Donnée"],
                           ["Constant", "Value", "Datum"]))


def bases(method, legal, language):
    used = {basis for pillar in method["pillars"] for indicator in pillar["indicators"]
            for basis in indicator["basis"]}
    rows = []
    for basis in legal["bases"]:
        verified = basis["mark"] in legal["verified_marks"]
        article = f", {basis['article']}" if basis["article"] else ""
        dates = f"{basis['valid_from'] or '?'} –" + (f" {basis['valid_to']}"
                                                     if basis["valid_to"] else "")
        rows.append([basis["id"], basis["text"][language] + article,
                     basis["sentence"][language], dates,
                     pick(language, "oui" if basis["id"] in used else "non",
                          "yes" if basis["id"] in used else "no"),
                     basis["mark"] if verified else
                     f"{basis['mark']} ({legal['unverified'][language]})"])
    return table(pick(language,
                      ["Référence", "Texte", "Ce qu’il demande", "Applicable", "Notée",
                       "Vérification"],
                      ["Basis", "Text", "What it asks for", "Applies", "Scored",
                       "Checked"]), rows)


TABLES = {"indicators": indicators, "bands": bands, "gates": gates,
          "constants": constants, "bases": bases}


def render(page):
    method, legal = load("method.json"), load("legal.json")
    return MARKER.sub(lambda found: found[1] + TABLES[found[2]](method, legal, found[3])
                      + found[4], page)


def main():
    page = PAGE.read_text("utf-8")
    written = {(name, language) for _, name, language, _ in MARKER.findall(page)}
    missing = {(name, language) for name in TABLES for language in ("fr", "en")} - written
    if missing:
        sys.exit(f"doc/method.md: has no table {sorted(missing)}; put its markers back")
    version = load("method.json")["version"]
    if f"méthode {version}" not in page or f"method {version}" not in page:
        sys.exit(f"doc/method.md: quotes another method than {version}; read its text again")
    current = render(page)
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(current, "utf-8")
    elif current != page:
        sys.stdout.writelines(difflib.unified_diff(
            page.splitlines(True), current.splitlines(True), "doc/method.md", "data"))
        sys.exit("doc/method.md: is behind the data; run tests/doc/generate_method.py")


if __name__ == "__main__":
    main()
