"""The variants of the method and random weightings of the pillars."""

import math
import random

from estimates import arithmetic_mean
from evidence import Evidence
from answers import holds
from scores import ONE, Spread, Window, overall_of, rate_score
from verdicts import pillar_reasons


def geometric(method, pillars):
    return overall_of(method, pillars)


def arithmetic(method, pillars):
    return arithmetic_mean([pillars[p["id"]] for p in method["pillars"]],
                           [p["weight"] for p in method["pillars"]])


def worst(_, pillars):
    return min(pillars.values())


class Marked:
    """A report whose missing shares are taken for yes or no."""

    def __init__(self, report, pillar, answer):
        shares = {i["id"] for i in pillar["indicators"] if i["kind"] == "share"}
        self.unit = report.unit
        self.answers = {key: answer if told is None and key in shares else told
                        for key, told in report.answers.items()}


def marshall(window, pillar_id):
    """Strength of the prior by moments (Marshall 1991): m² ÷ A."""
    places = [(len(window.reports[name, pillar_id]), place.exposure)
              for name, place in window.places.items() if place.exposure is not None]
    exposure = sum(e for _, e in places)
    if not exposure:
        return math.inf
    mean = sum(n for n, _ in places) / exposure
    spread = sum(e * (n / e - mean) ** 2 for n, e in places) / exposure
    beyond = spread - mean / (exposure / len(places))
    return mean * mean / beyond if beyond > 0 else math.inf


def incidence_of(window, name, pillar_id, rule):
    """The score of the rate under a rule: linear, raw or estimated."""
    place, method = window.places[name], window.method
    if rule == "raw" and place.exposure is not None:
        return rate_score(method, len(window.reports[name, pillar_id]) / place.exposure)
    if rule == "estimated":
        strength = min(1e9, marshall(window, pillar_id))
        shape, rate = window.posterior(name, pillar_id, strength)
        return rate_score(method, shape / rate)
    shape, rate = window.posterior(name, pillar_id)
    return rate_score(method, shape / rate, linear=rule == "linear")


def score(window, name, aggregate=geometric, incidence="log", missing=None):
    """The overall score of a place under a variant."""
    method, pillars = window.method, {}
    phantom = (1e-12,) if incidence == "raw" else (method["phantom_weight"],)
    for pillar in method["pillars"]:
        key = pillar["id"]
        reports = window.reports[name, key]
        if missing is not None:
            reports = [Marked(report, pillar, missing) for report in reports]
        points = {i: values[0] for i, values in window.treatment(
            pillar, reports, lambda report: ONE, phantom, phantom).items()}
        for indicator in pillar["indicators"]:
            if (indicator["kind"] == "incidence" and incidence != "out"
                    and window.pooled[key] is not None):
                points[indicator["id"]] = incidence_of(window, name, key, incidence)
        pillars[key] = window.mean(pillar, points)
    return aggregate(method, pillars)


VARIANTS = {
    "V0": {}, "V1": {"aggregate": arithmetic}, "V2": {"aggregate": worst},
    "V3": {"incidence": "out"}, "V4": {"incidence": "linear"}, "V5": {"incidence": "raw"},
    "V6": {"missing": True}, "V7": {"missing": False}, "V8": {}, "V9": {}, "V10": {},
    "V11": {"incidence": "estimated"},
}


def passes(window, name):
    return not any(pillar_reasons(window.method, pillar, window.places[name])
                   for pillar in window.method["pillars"])


def windows(base, complaints, exposure):
    """Variant → the window it is scored on."""
    rules = base.method["robustness"]
    kept = {"V9": [c for c in complaints if not holds(rules["contested"], c)],
            "V10": [c for c in complaints if holds(rules["documented"], c)]}
    return {name: Window(base.method, Evidence(base.method, kept[name]), exposure,
                         base.names, base.last_month) if name in kept else base
            for name in VARIANTS}


def rank(scores, name):
    return 1 + sum(other > scores[name] for other in scores.values())


def compare(notes, edition, base, complaints, exposure, rated):
    published = {place["id"]: place for place in edition["robustness"]["places"]}
    notes.same("robustness.places", list(published), rated)
    notes.same("robustness.variants", edition["robustness"]["variants"], list(VARIANTS))
    if not rated or list(published) != rated:
        return
    on = windows(base, complaints, exposure)
    for variant, rule in VARIANTS.items():
        scores = {name: score(on[variant], name, **rule) for name in rated
                  if passes(on[variant], name)}
        for name in rated:
            shown = published[name]["variants"][variant]
            path = f"robustness.{name}.{variant}"
            if name not in scores:
                notes.same(path, shown["score"], None)
                continue
            notes.near(path + ".score", shown["score"], scores[name])
            notes.same(path + ".rank", shown["rank"], rank(scores, name))
    weightings(notes, published, base, rated)


def weightings(notes, published, base, rated):
    """How often random weights, Dirichlet(1, …, 1), give each rank."""
    draws, stream = base.method["robustness"]["weightings"], random.Random("weightings")
    logs = {name: [math.log(max(base.method["overall_floor"], value))
                   for value in base.places[name].pillars.values()] for name in rated}
    counts = {name: [0] * len(rated) for name in rated}
    for _ in range(draws):
        weights = [stream.expovariate(1) for _ in base.method["pillars"]]
        scores = {name: sum(w * v for w, v in zip(weights, logs[name])) for name in rated}
        for place, name in enumerate(sorted(rated, key=lambda name: -scores[name])):
            counts[name][place] += 1
    for name in rated:
        for place, count in enumerate(counts[name]):
            share = count / draws
            error = math.sqrt(2 * max(share, 1e-4) * (1 - share) / draws)
            notes.near(f"robustness.{name}.weights[{place}]",
                       published[name]["weights"][place], 100 * share,
                       100 * Spread.DEVIATIONS * error + 0.1)
