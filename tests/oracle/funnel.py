"""Firms that reported beside those expected from the sellers, and what chance leaves.

The limits come from sums of Poisson's law: at whole numbers they are exact, and between two
of them a published limit must lie between theirs."""

import math
from statistics import median

from estimates import poisson_at_most
from evidence import month_named


def firms_in(evidence, place, pillars, first, last):
    return {complaint["firm"] for pillar in pillars
            for month, _, complaint in evidence.filed.get((place, pillar), [])
            if first <= month <= last}


class Place:
    """What one marketplace's firms are in a window, and why they are not told."""

    def __init__(self, method, evidence, exposure, name, last):
        pillars = [pillar["id"] for pillar in method["pillars"]]
        first = last - method["window_months"] + 1
        step = method["disclosure_threshold"]
        self.exposure = exposure.of_window(name, last, method["window_months"])
        self.firms = len(firms_in(evidence, name, pillars, first, last))
        self.rounded = math.floor(self.firms / step + 0.5) * step
        self.ends = ((self.rounded - step // 2, self.rounded + (step - 1) // 2)
                     if self.rounded else (0, 0))
        self.months = [len(firms_in(evidence, name, pillars, month, month))
                       for month in range(first, last + 1)]
        self.hidden = self.reason(method, self.parts(evidence, name, pillars, first, last))

    @staticmethod
    def parts(evidence, name, pillars, first, last):
        """Firms of the quarters that lie in the window, and of the months outside them."""
        found, month = [], first
        while month <= last:
            length = 3 if month % 3 == 0 and month + 2 <= last else 1
            found.append(len(firms_in(evidence, name, pillars, month, month + length - 1)))
            month += length
        return found

    def reason(self, method, parts):
        threshold = method["disclosure_threshold"]
        if self.exposure is None:
            return "unknown_sellers"
        if 0 < self.firms < method["gates"]["indicator"]["answers"]:
            return "few_firms"
        secret = any(0 < part < threshold for part in parts)
        if secret and sum(parts) - self.ends[0] < threshold - 1:
            return "suppressed"
        return None

    def unrest(self):
        """χ² of the months about their mean, and its degrees of freedom."""
        mean = sum(self.months) / len(self.months)
        if self.hidden is not None or self.firms == 0:
            return 0, 0
        return (sum((n - mean) ** 2 / mean for n in self.months) if mean else 0,
                len(self.months) - 1)


def agrees(limit, size, p):
    """Whether a ratio of 3 decimals may be x ÷ size with P(X ≤ x) = p."""
    low, high = (limit - 0.0006) * size, (limit + 0.0006) * size
    below, above = math.floor(low), math.ceil(high)
    if limit == 0:
        return poisson_at_most(0, size) >= p - 1e-6
    return ((below < 0 or poisson_at_most(below, size) <= p + 1e-9)
            and poisson_at_most(above, size) >= p - 1e-9)


def tails(method):
    inner, outer = method["funnel"]["inner"], method["funnel"]["outer"]
    return {"outer_low": (1 - outer) / 2, "inner_low": (1 - inner) / 2,
            "inner_high": (1 + inner) / 2, "outer_high": (1 + outer) / 2}


def beyond(ends, size, p, above):
    """Whether both ends of what the rounding leaves lie past a limit; None where the
    limit, which is smooth, passes too close to a whole number's for sums to tell."""
    value = ends[0] if above else ends[1]
    low, high = math.floor(value - 0.02), math.ceil(value + 0.02)
    at_low = poisson_at_most(low, size) if low >= 0 else 0
    at_high = poisson_at_most(high, size) if high >= 0 else 0
    if above:
        return True if at_low > p else False if at_high < p else None
    return True if at_high < p else False if at_low > p else None


def positions(method, published, dispersion):
    """The positions that a published ratio may have."""
    expected = published["expected"]
    size, p = expected / dispersion, tails(method)
    ends = [published[end] * expected / dispersion for end in ("low", "high")]
    found = set()
    for name, above in (("above", True), ("below", False)):
        side = "high" if above else "low"
        outer = beyond(ends, size, p["outer_" + side], above)
        inner = beyond(ends, size, p["inner_" + side], above)
        if outer is not False:
            found.add(name + "_outer")
        if inner is not False and outer is not True:
            found.add(name + "_inner")
        if outer is True or inner is True:
            return {f for f in found if f.startswith(name)}
    return found | {"inside"}


def rate(method, places):
    shown = [place.rounded / place.exposure for place in places.values()
             if place.hidden is None]
    return median(shown) if len(shown) >= method["funnel"]["places"] else None


def compare_place(notes, path, published, method, place, pooled, dispersion):
    reason = ("unknown_sellers" if place.exposure is None
              else "few_marketplaces" if pooled is None else None)
    notes.same(path + ".expected_reason", published["expected_reason"], reason)
    if reason is not None:
        notes.same(path, [published[key] for key in ("expected", "ratio", "firms")],
                   [None] * 3)
        notes.same(path + ".reason", published["reason"], reason)
        return
    expected = pooled * place.exposure
    notes.near(path + ".expected", published["expected"], expected,
               0.051 + 5e-5 * place.exposure)
    if published["expected"] < method["funnel"]["least_expected"]:
        reason = "few_expected"
    else:
        reason = place.hidden
    notes.same(path + ".reason", published["reason"], reason)
    notes.same(path + ".firms", published["firms"], None if reason else place.rounded)
    if reason is not None:
        notes.same(path, [published[key] for key in ("ratio", "low", "high", "position")],
                   [None] * 3 + ["unknown"])
        return
    for key, firms in (("ratio", place.rounded), ("low", place.ends[0]),
                       ("high", place.ends[1])):
        notes.near(f"{path}.{key}", published[key], firms / published["expected"], 0.0051)
    notes.truth(path + ".position", published["position"] in
                positions(method, published, dispersion), f"{published['position']!r}")


def compare(notes, edition, method, evidence, exposure, names):
    last = month_named(edition["as_of"])
    published = edition["funnel"]
    places = {name: Place(method, evidence, exposure, name, last) for name in names}
    pooled = rate(method, places)
    dispersion = None
    notes.same("funnel.reason", published["reason"],
               None if pooled is not None else "few_marketplaces")
    if pooled is not None:
        notes.near("funnel.rate", published["rate"], pooled, 5.1e-5)
        squares, freedom = map(sum, zip(*(place.unrest() for place in places.values())))
        step = method["funnel"]["dispersion_step"]
        dispersion = max(1, math.ceil(squares / freedom / step - 1e-9) * step)
        notes.near("funnel.dispersion", published["dispersion"], dispersion, 1e-6)
    else:
        notes.same("funnel.limits", published["limits"], [])
    for limit in published["limits"]:
        for name, p in tails(method).items():
            notes.truth(f"funnel.limits.{limit['expected']}.{name}",
                        agrees(limit[name], limit["expected"] / dispersion, p),
                        f"{limit[name]} is no limit")
    for shown in edition["marketplaces"]:
        compare_place(notes, shown["id"] + ".expectation", shown["expectation"], method,
                      places[shown["id"]], pooled, dispersion)
