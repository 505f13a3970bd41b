"""The invented story of the sample: places, firms and complaints, and what of them was
known on a day. Integer arithmetic and a generator of our own: the same story each time."""

from datetime import date, timedelta

FIRST_MONTH = (2023, 11)
MONTHS = 36


class Dice:
    """splitmix64: the same throws on every machine and version of Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return ((z ^ (z >> 31)) >> 11) % n

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, items):
        return items[self.below(len(items))]


# A place: complaints a year, pillars in which they fall (in tenths), and the percentage of
# kept rules: reasons, notice, heard, appeal in time; human reply in time, phone, individual
# reply, recourse told; notified, notice of 15 days, not retroactive, free exit.
PLACES = {
    "grand-foirail": dict(name="Grand Foirail", code="GF", yearly=54, mix="DDDSSSSCCC",
                          d=(90, 82, 86, 84), s=(82, 70, 84, 76), c=(93, 88, 96, 84)),
    "comptoir-alize": dict(name="Comptoir Alizé", code="CA", yearly=104, mix="DDDSSSSCCC",
                           d=(78, 64, 66, 70), s=(36, 22, 44, 46), c=(84, 76, 90, 60)),
    "bazarette": dict(name="Bazarette", code="BZ", yearly=58, mix="DDDSSSSCCC",
                      d=(44, 36, 38, 40), s=(22, 14, 30, 24), c=(58, 50, 74, 44),
                      later=dict(start=6, end=24, yearly=50, d=(80, 68, 76, 74),
                                 s=(68, 52, 70, 66), c=(84, 78, 90, 70))),
    "halle-dix": dict(name="Halle Dix", code="HD", yearly=46, mix="DDDSSSSCCC",
                      d=(74, 62, 68, 68), s=(62, 50, 64, 60), c=(80, 74, 86, 62),
                      later=dict(start=29, end=30, yearly=118, d=(46, 34, 38, 40),
                                 s=(26, 16, 34, 28), c=(52, 40, 72, 36))),
    "etal-et-cie": dict(name="Étal & Cie", code="EC", yearly=44, mix="DDDSSSSCCC",
                        d=(70, 58, 76, 62), s=(74, 66, 80, 58), c=(62, 52, 84, 66)),
    "le-deballage": dict(name="Le Déballage", code="LD", yearly=76, mix="DDDDSSSCCC",
                         d=(24, 18, 16, 22), s=(16, 8, 24, 14), c=(36, 26, 62, 24)),
    "place-marine": dict(name="Place Marine", code="PM", yearly=46, mix="DDDSSSSCCC",
                         d=(66, 54, 60, 62), s=(50, 40, 56, 52), c=(76, 70, 88, 58),
                         quiet_c=(9, 20), burst=(28, 30, 13)),
    "mille-rayons": dict(name="Mille Rayons", code="MR", yearly=52, mix="DDDSSSSCCC",
                         d=(66, 52, 58, 56), s=(52, 40, 58, 50), c=(44, 34, 70, 40)),
    "carre-vendeurs": dict(name="Carré Vendeurs", code="CV", yearly=48, mix="DDDSSSSCCC",
                           d=(72, 60, 62, 66), s=(34, 26, 40, 36), c=(70, 62, 84, 52)),
    "quai-des-ventes": dict(name="Quai des Ventes", code="QV", yearly=3, mix="DSSSCC",
                            d=(60, 50, 60, 60), s=(50, 50, 50, 50), c=(60, 60, 60, 60)),
}
KINDS = ("fees", "fees", "ranking", "payment", "liability", "data", "termination", "other")


def month_start(index):
    month = FIRST_MONTH[1] - 1 + index
    return date(FIRST_MONTH[0] + month // 12, month % 12 + 1, 1)


def days(n):
    return timedelta(days=n)


def rates_at(place, month):
    """The place's habits in a month: those it had, on the way to those it takes up."""
    later = place.get("later")
    now = {key: place[key] for key in ("d", "s", "c", "yearly")}
    if later is None or month < later["start"]:
        return now
    done = min(month - later["start"] + 1, later["end"] - later["start"])
    whole = later["end"] - later["start"]

    def blend(a, b):
        return a + (b - a) * done // whole

    for key in ("d", "s", "c"):
        now[key] = tuple(blend(a, b) for a, b in zip(place[key], later[key]))
    now["yearly"] = blend(place["yearly"], later["yearly"])
    return now


# ---------------------------------------------------------------- firms


def luhn_digit(digits):
    total = 0
    for i, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if i % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def make_firms(dice):
    """Pools of firms by place. Their numbers pass the check and belong to nobody: SIREN
    9990… are not given out."""
    sizes = (("NN", 14), ("01", 26), ("02", 22), ("03", 16), ("11", 12), ("12", 6),
             ("21", 3), ("41", 1))
    trades = (("4791B", "Vente à distance sur catalogue spécialisé"),
              ("4791A", "Vente à distance sur catalogue général"),
              ("4778C", "Autres commerces de détail spécialisés divers"),
              ("4759B", "Commerce de détail d'autres équipements du foyer"),
              ("3212Z", "Fabrication d’articles de joaillerie et bijouterie"),
              ("1413Z", "Fabrication de vêtements de dessus"))
    scale = [code for code, share in sizes for _ in range(share)]
    pools, number = {}, 0
    for slug, place in PLACES.items():
        later = place.get("later", place)
        count = max(6, (place["yearly"] + later["yearly"]) * MONTHS * 62 // 2400)
        pools[slug] = []
        for _ in range(count):
            number += 1
            siren = "9990%04d" % number
            siren += luhn_digit(siren)
            siret = siren + "0001"
            siret += luhn_digit(siret)
            trade = dice.pick(trades)
            pools[slug].append(dict(number=number, siren=siren, siret=siret, trade=trade,
                                    size=dice.pick(scale)))
    return pools


def make_changes(dice):
    """The changes of terms of each place: one every month or two."""
    changes = {}
    for slug, place in PLACES.items():
        changes[slug] = []
        day = month_start(0) - days(60)
        while day < month_start(MONTHS):
            month = max(0, (day - month_start(0)).days * 12 // 365)
            rates = rates_at(place, min(month, MONTHS - 1))["c"]
            notified = dice.chance(rates[0])
            in_time = dice.chance(min(99, rates[1] * 100 // rates[0]))
            lead = dice.between(15, 60) if in_time else dice.between(0, 12)
            changes[slug].append(dict(
                id="%s-%s" % (place["code"], day.isoformat()), kind=dice.pick(KINDS),
                effective=day, notified=notified, lead=lead, adaptation=dice.chance(25),
                retroactive=not dice.chance(rates[2]), exit=dice.chance(rates[3])))
            day += days(dice.between(22, 40) if place["yearly"] > 70 else dice.between(34, 70))
    return changes


def describe_delisting(dice, complaint, rates):
    received = complaint["received"]
    effective = received - days(dice.between(12, 62))
    action = dice.pick(("account_termination",) * 4 + ("account_suspension",) * 3 +
                       ("listing_removal",) * 4 + ("ranking_demotion",))
    complaint.update(action=action, effective=effective, heard=dice.chance(rates[2]),
                     loss=dice.pick((0, 0, 5, 10, 10, 15, 20, 20, 30, 40, 60, 80)))
    if dice.chance(rates[0]):
        complaint["reasons"] = effective - days(dice.pick((0, 0, 0, 1, 2, 7, 31)))
    else:
        complaint["reasons"] = (effective + days(dice.between(2, 20))
                                if dice.chance(30) else None)
    if action == "account_termination":
        if dice.chance(rates[1]):
            complaint["notice"] = effective - days(dice.between(30, 62))
        else:
            complaint["notice"] = (effective - days(dice.between(1, 21))
                                   if dice.chance(50) else None)
    complaint["exception"] = dice.pick(("none",) * 12 + ("legal_duty", "repeated_infringement",
                                                         "imperative_reason", "unknown"))
    if dice.chance(72):
        appeal = effective + days(dice.between(0, 9))
        complaint["appeal"] = appeal
        if dice.chance(rates[3]):
            complaint["decided"] = appeal + days(dice.between(4, 28))
        elif dice.chance(55):
            complaint["decided"] = appeal + days(dice.between(32, 90))


def describe_support(dice, complaint, rates):
    contact = complaint["received"] - days(dice.between(8, 55))
    complaint["contact"] = contact
    if dice.chance(rates[0]):
        complaint["reply"] = contact + days(dice.between(0, 14))
    elif dice.chance(60):
        complaint["reply"] = contact + days(dice.between(16, 70))
    complaint["phone"] = "untried" if dice.chance(24) else dice.chance(rates[1])
    complaint["individual"] = dice.chance(rates[2])
    complaint["told"] = dice.chance(rates[3])


def describe_change(dice, complaint, changes, rates):
    received = complaint["received"]
    near = [c for c in changes if received - days(100) <= c["effective"] <= received]
    if near and dice.chance(88):
        change = dice.pick(near)
        complaint["change"] = change["id"] if dice.chance(86) else ""
    else:
        notified = dice.chance(rates[0])
        change = dict(kind=dice.pick(KINDS), effective=received - days(dice.between(3, 60)),
                      notified=notified, lead=dice.pick((0, 7, 15, 30)),
                      adaptation=dice.chance(25), retroactive=not dice.chance(rates[2]),
                      exit=dice.chance(rates[3]))
        complaint["change"] = ""

    def seen(key):  # firms do not all see one change alike
        return change[key] if dice.chance(86) else not change[key]

    complaint.update(kind=change["kind"], change_effective=change["effective"],
                     adaptation=change["adaptation"], retroactive=seen("retroactive"),
                     exit=seen("exit"))
    complaint["notified"] = (change["effective"] - days(change["lead"])
                             if seen("notified") else None)


def describe_watch(dice, complaint):
    pillars = complaint["pillars"]
    complaint["watch"] = dict(
        fees=complaint.get("kind") == "fees" or dice.chance(12), counterfeit=dice.chance(7),
        withheld="D" in pillars and dice.chance(38), accounts=dice.chance(6),
        selfpref=dice.chance(11), parity=dice.chance(5), buybox=dice.chance(9))
    complaint["withheld_eur"] = (dice.between(2, 160) * 50
                                 if complaint["watch"]["withheld"] else 0)


def make_complaint(dice, slug, month, pillars, pools, changes):
    place, rates = PLACES[slug], rates_at(PLACES[slug], month)
    start = month_start(month)
    length = (month_start(month + 1) - start).days
    pool = pools[slug]
    if dice.chance(6) and slug != "quai-des-ventes":  # some sell on two places
        pool = pools[dice.pick([s for s in PLACES if s != slug])]
    complaint = dict(place=slug, firm=dice.pick(pool), pillars=pillars,
                     received=start + days(dice.below(length)), clock=dice.below(36000),
                     state=dice.below(100), contested=dice.chance(7), partial=dice.below(100))
    complaint["updated"] = (complaint["received"] + days(dice.between(12, 75))
                            if dice.chance(60) else complaint["received"])
    complaint["processed"] = complaint["received"] + days(dice.between(5, 60))
    complaint["mediation"] = dice.pick(("none",) * 6 + ("referred", "settled", "settled",
                                                        "failed"))
    complaint["mediator"] = dice.chance(12) and slug != "quai-des-ventes"
    if "D" in pillars:
        describe_delisting(dice, complaint, rates["d"])
    if "S" in pillars:
        describe_support(dice, complaint, rates["s"])
    if "C" in pillars:
        describe_change(dice, complaint, changes[slug], rates["c"])
    describe_watch(dice, complaint)
    return complaint


def choose_pillars(dice, place, month, turn):
    """The main pillar comes round in turn, so that none stays empty for a year."""
    first = place["mix"][turn % len(place["mix"])]
    pillars = {first}
    if dice.chance(44):
        pillars.add(dice.pick("DSC"))
    quiet = place.get("quiet_c")
    if quiet is not None and quiet[0] <= month <= quiet[1]:
        pillars = pillars - {"C"} or {"S"}
    return "".join(p for p in "DSC" if p in pillars)


def make_complaints():
    pools = make_firms(Dice(1))
    changes = make_changes(Dice(2))
    complaints = []
    for order, (slug, place) in enumerate(PLACES.items()):
        dice = Dice(100 + order)
        turn = order
        for month in range(MONTHS):
            count = (rates_at(place, month)["yearly"] + dice.below(12)) // 12
            if place["yearly"] >= 40:
                count += dice.pick((-1, 0, 0, 0, 1))
            for _ in range(count):
                turn += 3 if len(place["mix"]) == 10 else 1
                pillars = choose_pillars(dice, place, month, turn)
                complaints.append(make_complaint(dice, slug, month, pillars, pools, changes))
            burst = place.get("burst")
            if burst is not None and burst[0] <= month <= burst[1]:
                for _ in range(burst[2]):
                    complaints.append(make_complaint(dice, slug, month, "D", pools, changes))
    complaints.sort(key=lambda c: (c["received"], c["clock"], c["firm"]["number"]))
    for number, complaint in enumerate(complaints):
        complaint["number"] = 18240117 + number * 37
    return complaints


def seen_on(complaint, day):
    """The complaint as an export of that day holds it: what came later is not there."""
    last = complaint["updated"] if complaint["updated"] <= day else complaint["received"]
    view = dict(complaint, last=last)
    for key in ("reasons", "decided", "reply"):
        if view.get(key) is not None and view[key] > last:
            view[key] = None
    view["closed"] = complaint["processed"] <= day
    if not view["closed"]:
        view["mediation"], view["contested"] = "", False
        view["change"] = ""
    return view


def state_of(view):
    if not view["closed"]:
        return "instruction" if view["state"] % 3 else "construction"
    return ("refused" if view["state"] < 4 else
            "dropped" if view["state"] < 16 else
            "accepted" if view["state"] < 78 else "instruction")
