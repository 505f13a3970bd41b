"""The complaints as exports of démarches-simplifiées: the columns, the quoting and the
spellings of three generations of that service."""

import re
import unicodedata

from story import PLACES, days, state_of

NNBSP = "\u202f"


def clock(day, seconds, offset=True):
    zone = ""
    if offset:
        zone = " +0200" if 4 <= day.month <= 10 else " +0100"
    return "%s %02d:%02d:%02d%s" % (day.isoformat(), 8 + seconds // 3600, seconds // 60 % 60,
                                    seconds % 60, zone)


OBJECTS = {"D": "Déréférencement ou suspension", "S": "Support injoignable",
           "C": "Changement de clauses"}
ACTIONS = {"account_termination": "Fermeture du compte",
           "account_suspension": "Suspension du compte", "listing_removal": "Retrait d’offres",
           "ranking_demotion": "Baisse de classement"}
EXCEPTIONS = {"none": "Aucune", "legal_duty": "Obligation légale",
              "imperative_reason": "Motif impérieux de droit national",
              "repeated_infringement": "Manquements répétés", "unknown": "Je ne sais pas"}
CHANGES = {"fees": "Tarifs et commissions", "liability": "Responsabilité",
           "termination": "Résiliation", "ranking": "Classement des offres",
           "payment": "Paiement", "data": "Données", "other": "Autre changement"}
MEDIATIONS = {"": "", "none": "Pas de médiation", "referred": "Médiation en cours",
              "settled": "Accord trouvé", "failed": "Échec de la médiation"}


def answers(view, marketplace_label, object_label):
    """Label → answer, in the order of the form. None is a cell with nothing in it, "" a
    yes/no question left blank, 0 a blank number: the export tells them apart."""

    def asked(pillar, key, write):
        value = view.get(key)
        return write(value) if pillar in view["pillars"] and value is not None else None

    def day(value):
        return value.isoformat()

    def yes(value):
        return "Oui" if value else "Non"

    def told(pillar, key):
        return yes(view.get(key) is not None) if pillar in view["pillars"] else ""

    def yes_no(pillar, key, known=True):
        value = view.get(key)
        return yes(value) if pillar in view["pillars"] and value is not None and known else ""

    def ticked(key):
        return "on" if view["watch"][key] else "off"

    closing = "D" in view["pillars"] and view["action"] == "account_termination"
    q = NNBSP + "?"
    skip = view["partial"] < 9  # some people leave questions out
    answered = {
        marketplace_label: PLACES[view["place"]]["name"],
        object_label: ", ".join(OBJECTS[p] for p in view["pillars"]),
        "Mesure subie": asked("D", "action", ACTIONS.get),
        "Date d’effet de la mesure": asked("D", "effective", day),
        "Avez-vous reçu les motifs de la mesure" + q: told("D", "reasons"),
        "Date de réception des motifs": asked("D", "reasons", day),
        "Avez-vous été prévenu de la fermeture à l’avance" + q:
            told("D", "notice") if closing else "",
        "Date à laquelle la fermeture vous a été annoncée": asked("D", "notice", day),
        "Exception invoquée par la place de marché": asked("D", "exception", EXCEPTIONS.get),
        "Avez-vous pu vous expliquer sur les faits" + q: yes_no("D", "heard", not skip),
        "Avez-vous déposé une réclamation contre la mesure" + q: told("D", "appeal"),
        "Date de votre réclamation contre la mesure": asked("D", "appeal", day),
        "Date de la décision sur votre réclamation": asked("D", "decided", day),
        "Part du chiffre d’affaires perdue en pourcentage": view.get("loss", 0),
        "Date de votre première demande au support": asked("S", "contact", day),
        "Une personne vous a-t-elle répondu" + q: told("S", "reply"),
        "Date de la première réponse d’une personne": asked("S", "reply", day),
        "Avez-vous pu parler à une personne par téléphone" + q:
            asked("S", "phone", lambda v: "Pas essayé" if v == "untried" else yes(v)),
        "La réponse portait-elle sur votre cas précis" + q:
            yes_no("S", "individual", view.get("reply") is not None),
        "Vous a-t-on indiqué une voie de recours" + q: yes_no("S", "told", not skip),
        "Nature du changement": asked("C", "kind", CHANGES.get),
        "Avez-vous été prévenu individuellement du changement" + q: told("C", "notified"),
        "Date à laquelle le changement vous a été annoncé": asked("C", "notified", day),
        "Date d’application du changement": asked("C", "change_effective", day),
        "Le changement demandait-il une adaptation technique" + q: yes_no("C", "adaptation"),
        "Le changement s’applique-t-il à des faits passés" + q: yes_no("C", "retroactive"),
        "Pouviez-vous partir sans frais avant son application" + q:
            yes_no("C", "exit", not skip),
        "Hausse de tarifs ou de commissions": ticked("fees"),
        "Accusation de contrefaçon que vous contestez": ticked("counterfeit"),
        "Paiements retenus": ticked("withheld"),
        "Montant retenu en euros": view["withheld_eur"],
        "Accès refusé aux pièces comptables": ticked("accounts"),
        "Offres de la place de marché favorisées": ticked("selfpref"),
        "Interdiction de vendre ailleurs à d’autres conditions": ticked("parity"),
        "Perte de la mise en avant de vos offres": ticked("buybox"),
    }
    notes = {
        "Contestation par la place de marché":
            ("Contesté" if view["contested"] else "Non contesté") if view["closed"] else None,
        "Suite de la médiation": MEDIATIONS[view["mediation"]] or None,
        "Référence du changement": view.get("change") or None,
    }
    return answered, notes


STATES = {"construction": "En construction", "instruction": "En instruction",
          "accepted": "Accepté", "refused": "Refusé", "dropped": "Classé sans suite"}
STATES_2018 = {"construction": "initiated", "instruction": "received", "accepted": "closed",
               "refused": "refused", "dropped": "without_continuation"}
MOTIVES = {"accepted": "Pièces reçues : courriels et captures d’écran.\nSignalement documenté.",
           "refused": "Signalement retiré,\nà la demande de l’entreprise.",
           "dropped": "Sans nouvelles de l’entreprise après deux relances."}


def establishment(firm):
    """The state's own columns about the firm, in their order; obviously invented."""
    n = firm["number"]
    address = "ENTREPRISE FICTIVE %04d\n%d RUE DE L EXEMPLE\n00000 VILLE FICTIVE" % (n, n % 90 + 1)
    return {
        "Établissement SIRET": firm["siret"],
        "Établissement siège social": "true",
        "Établissement NAF": firm["trade"][0],
        "Établissement libellé NAF": firm["trade"][1],
        "Établissement Adresse": address,
        "Établissement numero voie": str(n % 90 + 1),
        "Établissement type voie": "RUE",
        "Établissement nom voie": "DE L EXEMPLE",
        "Établissement complément adresse": None,
        "Établissement code postal": "00000",
        "Établissement localité": "VILLE FICTIVE",
        "Établissement code INSEE localité": "00000",
        "Entreprise SIREN": firm["siren"],
        "Entreprise capital social": str(1000 * (n % 9)),
        "Entreprise numero TVA intracommunautaire": None,
        "Entreprise forme juridique": "SARL",
        "Entreprise forme juridique code": "5499",
        "Entreprise nom commercial": None,
        "Entreprise raison sociale": "ENTREPRISE FICTIVE %04d" % n,
        "Entreprise SIRET siège social": firm["siret"],
        "Entreprise code effectif entreprise": firm["size"],
        "Entreprise date de création": "20%02d-01-15" % (n % 23),
        "Entreprise état administratif": "actif",
        "Entreprise nom": None,
        "Entreprise prénom": None,
        "Association RNA": None,
        "Association titre": None,
        "Association objet": None,
        "Association date de création": None,
        "Association date de déclaration": None,
        "Association date de publication": None,
    }


def dossier_row(view, archived, marketplace_label, object_label):
    processed = view["closed"] and state_of(view) != "instruction"
    changed = max(view["last"], view["processed"]) if view["closed"] else view["last"]
    motive = MOTIVES.get(state_of(view)) if view["number"] % 4 == 0 else None
    answered, notes = answers(view, marketplace_label, object_label)
    row = {"ID": str(view["number"]),
           "Email": "gerance-%04d@example.org" % view["firm"]["number"],
           "FranceConnect ?": "false"}
    row.update(establishment(view["firm"]))
    row.update({
        archived: "false",
        "État du dossier": STATES[state_of(view)],
        "Dernière mise à jour le": clock(changed, view["clock"]),
        "Dernière mise à jour du dossier le": clock(view["last"], view["clock"]),
        "Déposé le": clock(view["received"], view["clock"]),
        "Passé en instruction le":
            clock(view["processed"], 600) if view["closed"] else None,
        "Traité le": clock(view["processed"], 900) if processed else None,
        "Motivation de la décision": motive,
        "Instructeurs": "instruction-%d@example.org" % (view["number"] % 3 + 1),
    })
    row.update(answered)
    row.update(notes)
    return row


def slug_of(label):
    """The header of a question in the first exports."""
    plain = unicodedata.normalize("NFD", label.lower())
    return "_".join(re.findall("[a-z0-9]+", "".join(
        c for c in plain if not unicodedata.combining(c))))


def dossier_row_2018(view):
    answered, notes = answers(view, "Quelle plateforme est concernée" + NNBSP + "?",
                              "Objet du signalement")
    changed = max(view["last"], view["processed"]) if view["closed"] else view["last"]
    state = state_of(view)
    row = {
        "id": str(view["number"]),
        "created_at": clock(view["received"] - days(view["clock"] % 3), 30, offset=False) + " UTC",
        "updated_at": clock(changed, view["clock"], offset=False) + " UTC",
        "archived": "false",
        "email": "gerance-%04d@example.org" % view["firm"]["number"],
        "state": STATES_2018[state],
        "initiated_at": clock(view["received"], view["clock"], offset=False) + " UTC",
        "received_at": clock(view["processed"], 600, offset=False) + " UTC"
                       if view["closed"] else None,
        "processed_at": clock(view["processed"], 900, offset=False) + " UTC"
                        if view["closed"] and state != "instruction" else None,
        "motivation": MOTIVES.get(state) if view["number"] % 4 == 0 else None,
        "emails_instructeurs": "instruction-%d@example.org" % (view["number"] % 3 + 1),
        "individual_gender": None, "individual_prenom": None, "individual_nom": None,
        "individual_birthdate": None,
    }
    for label, answer in {**answered, **notes}.items():
        row[slug_of(label)] = answer.lower() if answer in ("Oui", "Non") else answer
    for label, value in establishment(view["firm"]).items():
        if not label.startswith("Association") and label != "Entreprise état administratif":
            row[slug_of(label.replace("date de création", "date creation"))] = value
    return row


def cell(value):
    """As Ruby's CSV writes it: nothing for nil, "" for an empty text, quotes if needed."""
    if value is None:
        return ""
    text = str(value)
    if text == "" or text[0] in " \t" or text[-1] in " \t" or any(c in text for c in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def write_dossiers(rows):
    lines = [",".join(cell(label) for label in rows[0])]
    lines += [",".join(cell(value) for value in row.values()) for row in rows]
    return lines


def excel_cell(value):
    """What Excel in French makes of a cell when it saves the file again."""
    if value is None:
        return ""
    text = {"true": "VRAI", "false": "FAUX"}.get(str(value), str(value))
    if len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit():
        text = "%s/%s/%s" % (text[8:], text[5:7], text[:4])
    # windows-1252 has no narrow no-break space: a plain one takes its place.
    text = text.replace(NNBSP, " ")
    if any(c in text for c in ';"\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
