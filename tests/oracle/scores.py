"""Scores of a window: as points, and drawn anew firm by firm (Bayesian bootstrap)."""

import math
import random

from estimates import geometric_mean, median_days, quantile

ONE = (1.0,)


def added(vectors, zero):
    """Sums of equally long vectors, element by element."""
    return list(map(sum, zip(*vectors))) if vectors else list(zero)


def share_of(reports, indicator, weigh, yes, no):
    """(phantom yes + yes) ÷ (both phantoms + answered), draw by draw."""
    told = [(report.answers[indicator["id"]], report) for report in reports]
    favourable = added([yes] + [weigh(r) for answer, r in told if answer is True], yes)
    against = added([no] + [weigh(r) for answer, r in told if answer is False], no)
    return [f / (f + a) for f, a in zip(favourable, against)]


def delay_of(reports, indicator, weigh, yes, no):
    """Weighted Kaplan-Meier: the phantom yes comes before day 0, the phantom no never."""
    horizon = indicator["answer"]["days"]
    cases = [(report.answers[indicator["id"]], weigh(report)) for report in reports
             if report.answers[indicator["id"]] is not None]
    at_risk = added([no] + [w for _, w in cases], no)
    survival = [r / (r + y) for r, y in zip(at_risk, yes)]
    for day in sorted({case[0] for case, _ in cases if case[0] <= horizon}):
        events = [w for case, w in cases if case == (day, True)]
        leaving = [w for case, w in cases if case[0] == day]
        if events:
            survival = [s * (1 - e / r)
                        for s, e, r in zip(survival, added(events, no), at_risk)]
        at_risk = [r - gone for r, gone in zip(at_risk, added(leaving, no))]
    return [1 - s for s in survival]


def rate_score(method, rate, linear=False):
    best, worst = method["incidence"]["best_rate"], method["incidence"]["worst_rate"]
    if linear:
        share = (worst - rate) / (worst - best)
    else:
        share = math.log(worst / rate) / math.log(worst / best) if rate > 0 else 1
    return 100 * min(1, max(0, share))


def overall_of(method, pillars):
    floor = method["overall_floor"]
    return geometric_mean([max(floor, pillars[p["id"]]) for p in method["pillars"]],
                          [p["weight"] for p in method["pillars"]])


class Place:
    """The figures of one marketplace in one window."""

    def __init__(self, exposure):
        self.exposure = exposure
        self.firms, self.units, self.answers, self.medians = {}, {}, {}, {}
        self.cases = {}  # (days, answered) of a delay
        self.indicators, self.pillars = {}, {}  # point scores
        self.overall = None
        self.drawn_indicators, self.drawn_pillars, self.drawn = {}, {}, []


class Window:
    """All marketplaces in the window that ends with a month."""

    def __init__(self, method, evidence, exposure, places, last_month):
        self.method, self.last_month, self.names = method, last_month, places
        self.reports = {(name, pillar["id"]): evidence.reports(name, pillar, last_month)
                        for name in places for pillar in method["pillars"]}
        self.places = {name: Place(exposure.of_window(name, last_month,
                                                      method["window_months"]))
                       for name in places}
        self.pooled = {p["id"]: self.pool(p["id"]) for p in method["pillars"]}
        for name in places:
            self.score(name)

    def pool(self, pillar_id):
        """m₀; None in a market without any number of sellers. A place with a few reports
        is in no total, lest the others' scores tell how many it has."""
        shown = self.method["gates"]["indicator"]["answers"]
        known = [name for name in self.names if self.places[name].exposure is not None
                 and not 0 < len(self.reports[name, pillar_id]) < shown]
        if not known:
            return None
        reports = sum(len(self.reports[name, pillar_id]) for name in known)
        return ((reports + self.method["incidence"]["pooled_prior"])
                / sum(self.places[name].exposure for name in known))

    def posterior(self, name, pillar_id, strength=None):
        """Shape and rate of the Gamma of a rate."""
        prior = self.method["incidence"]["prior_reports"] if strength is None else strength
        shape, rate = prior, prior / self.pooled[pillar_id]
        if self.places[name].exposure is not None:
            shape += len(self.reports[name, pillar_id])
            rate += self.places[name].exposure
        return shape, rate

    def mean(self, pillar, values):
        known = [(i["weight"], values[i["id"]]) for i in pillar["indicators"]
                 if i["id"] in values]
        return sum(w * v for w, v in known) / sum(w for w, _ in known)

    def treatment(self, pillar, reports, weigh, yes, no):
        found = {}
        for indicator in pillar["indicators"]:
            if indicator["kind"] == "incidence":
                continue
            estimate = share_of if indicator["kind"] == "share" else delay_of
            found[indicator["id"]] = [
                100 * value for value in estimate(reports, indicator, weigh, yes, no)]
        return found

    def score(self, name):
        place = self.places[name]
        phantom = (self.method["phantom_weight"],)
        for pillar in self.method["pillars"]:
            key, reports = pillar["id"], self.reports[name, pillar["id"]]
            place.firms[key] = len(reports)
            place.units[key] = len({report.unit for report in reports})
            points = {i: values[0] for i, values in self.treatment(
                pillar, reports, lambda report: ONE, phantom, phantom).items()}
            for indicator in pillar["indicators"]:
                if indicator["kind"] == "incidence":
                    place.answers[key, indicator["id"]] = len(reports)
                    if self.pooled[key] is not None:
                        shape, rate = self.posterior(name, key)
                        points[indicator["id"]] = rate_score(self.method, shape / rate)
                    continue
                place.answers[key, indicator["id"]] = sum(
                    report.answers[indicator["id"]] is not None for report in reports)
                if indicator["kind"] == "delay":
                    cases = [report.durations[indicator["id"]] for report in reports
                             if indicator["id"] in report.durations]
                    place.medians[key] = len(cases), median_days(cases)
                    place.cases[key, indicator["id"]] = cases
            place.indicators[key] = points
            place.pillars[key] = self.mean(pillar, points)
        place.overall = overall_of(self.method, place.pillars)

    def draw(self, draws):
        """Fills the draws of every place; the stream is this oracle's own."""
        for name in self.names:
            place = self.places[name]
            for pillar in self.method["pillars"]:
                self.draw_pillar(place, name, pillar, draws)
            place.drawn = [
                overall_of(self.method, dict(zip(place.drawn_pillars, values)))
                for values in zip(*place.drawn_pillars.values())]
        return self

    def draw_pillar(self, place, name, pillar, draws):
        key = pillar["id"]
        stream = random.Random(f"oracle {name} {key} {self.last_month}")
        reports = self.reports[name, key]
        uniform, log = stream.random, math.log
        weights = {unit: [-log(1 - uniform()) for _ in range(draws)]
                   for unit in dict.fromkeys(report.unit for report in reports)}
        phantom = self.method["phantom_weight"]
        yes = [stream.gammavariate(phantom, 1) for _ in range(draws)]
        no = [stream.gammavariate(phantom, 1) for _ in range(draws)]
        drawn = self.treatment(pillar, reports, lambda report: weights[report.unit],
                               yes, no)
        for indicator in pillar["indicators"]:
            if indicator["kind"] == "incidence" and self.pooled[key] is not None:
                shape, rate = self.posterior(name, key)
                drawn[indicator["id"]] = [
                    rate_score(self.method, stream.gammavariate(shape, 1 / rate))
                    for _ in range(draws)]
        place.drawn_indicators[key] = {i: sorted(values) for i, values in drawn.items()}
        place.drawn_pillars[key] = [
            self.mean(pillar, dict(zip(drawn, values))) for values in zip(*drawn.values())]


class Spread:
    """Where draws lie, as far as so many of them can tell."""

    DEVIATIONS = 5

    def __init__(self, draws, interval, other_draws):
        self.ordered = sorted(draws)
        self.interval = interval
        self.noise = math.sqrt(1 / len(draws) + 1 / other_draws)

    def range_at(self, p):
        """Values that another sample's quantile may well have."""
        off = self.DEVIATIONS * math.sqrt(p * (1 - p)) * self.noise
        return (quantile(self.ordered, max(0.0, p - off)),
                quantile(self.ordered, min(1.0, p + off)))

    def ends(self):
        tail = (1 - self.interval) / 2
        return self.range_at(tail), self.range_at(1 - tail)

    def widths(self):
        """The least and the greatest width another sample may well have."""
        low, high = self.ends()
        return high[0] - low[1], high[1] - low[0]
