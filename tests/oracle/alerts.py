"""Rises of the reports: a likelihood-ratio Poisson CUSUM a marketplace and pillar."""

import math

from estimates import binomial_at_least
from evidence import name_of


def cusum(counts, expected, ratio, likelihood):
    """(sum, alert) month by month; the sum begins anew after an alert."""
    total, path = 0.0, []
    for n, mean in zip(counts, expected):
        if mean <= 0:
            path.append((total, False))
            continue
        total = max(0.0, total + n * math.log(ratio) - mean * (ratio - 1))
        due = total >= math.log(likelihood)
        path.append((total, due))
        total = 0.0 if due else total
    return path


class Lookout:
    def __init__(self, method, evidence, exposure, names, last_month):
        self.method, self.evidence, self.exposure = method, evidence, exposure
        self.names, self.last = names, last_month
        self.pillars = [pillar["id"] for pillar in method["pillars"]]
        oldest = last_month - method["history_months"] - method["window_months"] + 1
        self.months = range(oldest, last_month + 1)
        self.counts = {(name, key, month): evidence.firms_in_month(name, key, month)
                       for name in names for key in self.pillars for month in self.months}
        reported = [month for (_, _, month), n in self.counts.items() if n > 0]
        self.first = min(reported, default=None)
        self.seasons = self.find_seasons() if reported else {}

    def sum(self, names, key, last, months):
        return sum(self.counts.get((name, key, month), 0) for name in names
                   for month in range(last - months + 1, last + 1))

    def find_seasons(self):
        """Share of a calendar month in the reports of whole years × 12, clipped."""
        alert, held = self.method["alert"], self.last - self.first + 1
        whole = range(self.last - held // 12 * 12 + 1, self.last + 1)
        by_month = {}
        for (_, _, month), n in self.counts.items():
            if month in whole:
                by_month[month % 12] = by_month.get(month % 12, 0) + n
        reports = sum(by_month.values())
        if held < alert["seasonal_months"] or reports < alert["seasonal_reports"]:
            return {}
        return {month: min(alert["seasonal_most"],
                           max(alert["seasonal_least"], n / reports * 12))
                for month, n in by_month.items()}

    def expected(self, name, key, month):
        """What the window that ends a month before lets expect of a month."""
        months, incidence = self.method["window_months"], self.method["incidence"]
        season = self.seasons.get(month % 12, 1)
        before = self.sum([name], key, month - 1, months)
        window = self.exposure.of_window(name, month - 1, months)
        now = self.exposure.of_window(name, month, 1)
        if window is None or now is None:
            return season * before / months
        known = {other: of for other in self.names
                 if (of := self.exposure.of_window(other, month - 1, months)) is not None}
        pooled = ((self.sum(known, key, month - 1, months) + incidence["pooled_prior"])
                  / sum(known.values()))
        strength = incidence["prior_reports"]
        return season * now * (strength + before) / (strength / pooled + window)

    def scope(self, name, key, month):
        alert, months = self.method["alert"], self.method["window_months"]
        newest = alert["share_months"]
        usual = self.sum([name], key, month - newest, months)
        usual_of_all = self.sum(self.names, key, month - newest, months)
        chance = binomial_at_least(self.sum([name], key, month, newest),
                                   self.sum(self.names, key, month, newest),
                                   usual / usual_of_all if usual_of_all else 0)
        return "own" if chance < alert["share_probability"] else "general"

    def alerts(self, name):
        """(month, pillar, scope), sorted."""
        alert = self.method["alert"]
        if self.first is None:
            return []
        months = range(max(self.first + self.method["window_months"],
                           self.last - self.method["history_months"]), self.last + 1)
        found = []
        for pillar in self.method["pillars"]:
            key = pillar["id"]
            path = cusum([self.counts[name, key, month] for month in months],
                         [self.expected(name, key, month) for month in months],
                         alert["ratio"], alert["likelihood"])
            found += [
                (name_of(month), key, self.scope(name, key, month))
                for month, (_, due) in zip(months, path)
                if due and len(self.evidence.reports(name, pillar, month))
                >= self.method["disclosure_threshold"]]
        return sorted(found)


def compare(notes, edition, lookout):
    for marketplace in edition["marketplaces"]:
        published = sorted((alert["month"], alert["pillar"], alert["scope"])
                           for alert in marketplace["alerts"])
        notes.same(marketplace["id"] + ".alerts", published,
                   lookout.alerts(marketplace["id"]))
