"""What firms report beside the pillars: shares with Wilson's interval, changes against
the window before, amounts, mediation and the public register of clause changes."""

import math
import sqlite3
import statistics

import notices as notices_of
from answers import holds
from complaints import WORDS
from estimates import wilson
from evidence import first_day, month_of
from verdicts import firms_class

SECOND_DECIMAL = 0.05 + 1e-6
DIMENSIONS = ("fees", "counterfeit", "withheld", "accounts", "selfpref", "parity", "buybox",
              "turnover_loss")


def changes_from_store(path):
    """marketplace → (id, kind, notified_on or None, effective_on) of each change."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rows = database.execute(
        "SELECT marketplace.name, change_id, kind, notified_on, effective_on"
        " FROM companion_change"
        " JOIN marketplace ON marketplace.id = marketplace").fetchall()
    database.close()
    changes = {}
    for place, name, kind, notified_on, effective_on in rows:
        changes.setdefault(place, []).append(
            (name, WORDS["change_kind"][kind], notified_on, effective_on))
    return changes


class Firms:
    """What each firm of one marketplace said in one window."""

    def __init__(self, method, complaints, place, last_month):
        first = last_month - method["window_months"] + 1
        heard = sorted((c for c in complaints if c["marketplace"] == place
                        and first <= month_of(c["received_on"]) <= last_month
                        and not any(holds(x, c) for x in method["excluded"])),
                       key=lambda c: (c["received_on"], c["report_id"].encode()))
        self.said = {}
        for complaint in heard:
            firm = self.said.setdefault(complaint["firm"], {"yes": set()})
            firm["yes"] |= {d for d in DIMENSIONS if complaint.get("watch_" + d) is True}
            if complaint.get("turnover_loss_pct", 0) > 0:
                firm["yes"].add("turnover_loss")
            for field in ("turnover_loss_pct", "withheld_eur", "mediation"):
                if complaint.get(field, "none") != "none":
                    firm[field] = complaint[field]
        self.count = len(self.said)

    def yes(self, dimension):
        return sum(dimension in firm["yes"] for firm in self.said.values())

    def told(self, field):
        return [firm[field] for firm in self.said.values() if field in firm]


def secret(method, count):
    return 0 < count < method["disclosure_threshold"]


def tells(method, yes, n):
    return any(secret(method, count) for count in (yes, n, n - yes))


def share(notes, path, published, yes, n):
    notes.same(path + ".reason", published["reason"], None)
    low, high = wilson(yes, n)
    for member, value in (("share", yes / n), ("low", low), ("high", high)):
        notes.near(f"{path}.{member}", published[member], 100 * value, SECOND_DECIMAL)


def firm_share(notes, path, published, method, yes, n, hidden=False):
    if n > 0 and not hidden and not tells(method, yes, n):
        share(notes, path, published, yes, n)
        return
    notes.same(path, (published["share"], published["reason"]),
               (None, "suppressed" if n > 0 else "no_reports"))


def binomial(k, n, p):
    return math.comb(n, k) * p**k * (1 - p)**(n - k)


def chance_of_change(a, n, b, m):
    """Two-sided exact test of a among a + b, as R's poisson.test has it."""
    ways = [binomial(k, a + b, n / (n + m)) for k in range(a + b + 1)]
    return math.fsum(way for way in ways if way <= ways[a] * (1 + 1e-7))


def change(method, now, before, dimension):
    """(claim, reason) of a dimension whose share is published."""
    a, n, b, m = now.yes(dimension), now.count, before.yes(dimension), before.count
    if m == 0:
        return "unknown", "no_reports"
    if tells(method, b, m):
        return "unknown", "suppressed"
    if chance_of_change(a, n, b, m) >= method["watch"]["change_p"]:
        return "none", None
    return ("improving" if a * m < b * n else "worsening"), None


def amount(method, firms, dimension):
    """(amount, reason): euros withheld, or the median loss."""
    if dimension == "withheld":
        sums = [told for told in firms.told("withheld_eur") if told > 0]
        if not sums:
            return None, "few_answers"
        if secret(method, len(sums)) or max(sums) > method["watch"]["dominance"] * sum(sums):
            return None, "suppressed"
        unit = 10 ** max(0, len(str(sum(sums))) - 2)
        return (sum(sums) + unit // 2) // unit * unit, None
    if dimension == "turnover_loss":
        losses = firms.told("turnover_loss_pct")
        few = len(losses) < method["watch"]["median_firms"]
        return (None, "few_answers") if few else (statistics.median(losses), None)
    return None, None


def dimensions(notes, marketplace, method, now, before):
    notes.same(f"{marketplace['id']}.watch", set(marketplace["watch"]), set(DIMENSIONS))
    for dimension, shown in marketplace["watch"].items():
        path, yes = f"{marketplace['id']}.watch.{dimension}", now.yes(dimension)
        firm_share(notes, path, shown["firms"], method, yes, now.count)
        known = shown["firms"]["share"] is not None
        notes.same(path + ".class", shown["firms_class"],
                   firms_class(method, yes) if known else None)
        notes.same(path + ".change", (shown["change"], shown["change_reason"]),
                   change(method, now, before, dimension) if known
                   else ("unknown", shown["firms"]["reason"]))
        notes.same(path + ".amount", (shown["amount"], shown["amount_reason"]),
                   amount(method, now, dimension))


def mediation(notes, marketplace, method, now):
    path, shown = marketplace["id"] + ".mediation", marketplace["mediation"]
    outcomes = now.told("mediation")
    referred = len(outcomes)
    settled, failed = outcomes.count("settled"), outcomes.count("failed")
    hidden = secret(method, referred)
    notes.same(path, (shown["referred"], shown["reason"]),
               (None, "suppressed") if hidden else (referred, None))
    firm_share(notes, path + ".settled", shown["settled"], method, settled, referred)
    both = not (referred == 0 or tells(method, settled, referred)
                or tells(method, failed, referred))
    firm_share(notes, path + ".failed", shown["failed"], method, failed, referred,
               both and secret(method, referred - settled - failed))


def register(notes, marketplace, method, changes, last_month):
    begin = first_day(last_month - method["window_months"] + 1)
    inside = [change for change in changes.get(marketplace["id"], [])
              if begin <= change[3] < first_day(last_month + 1)]
    notices = [day - told for _, _, told, day in inside if told is not None]
    notices_of.acts(notes, marketplace, method, inside)
    path, shown = marketplace["id"] + ".changes", marketplace["changes"]
    notes.same(path + ".count", shown["count"], len(inside))
    if not notices:
        notes.same(path, (shown["median_notice_days"], shown["reason"]),
                   (None, "few_changes"))
        return
    notes.same(path, (shown["median_notice_days"], shown["reason"]),
               (statistics.median(notices), None))
    short = sum(days < method["watch"]["short_notice_days"] for days in notices)
    share(notes, path + ".short_notice", shown["short_notice"], short, len(notices))


def compare(notes, edition, method, complaints, changes, last_month):
    if "watch" not in method:
        return
    for marketplace in edition["marketplaces"]:
        now, before = (Firms(method, complaints, marketplace["id"], month) for month in
                       (last_month, last_month - method["window_months"]))
        dimensions(notes, marketplace, method, now, before)
        mediation(notes, marketplace, method, now)
        if changes:  # else there is no register
            register(notes, marketplace, method, changes, last_month)
