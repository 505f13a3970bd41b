"""Curves of delays, as the method lets them be told."""

import math

from estimates import kaplan_meier, log_log_band, normal_quantile

CHANCE = 0.02


def unit_of(method, count):
    """The finest unit of which one is a threshold of cases, else the coarsest."""
    fine = [unit for unit in method["curve"]["units"]
            if unit * count >= 100 * method["disclosure_threshold"]]
    return fine[0] if fine else method["curve"]["units"][-1]


def rounded(value):
    return math.floor(value + 0.5)


def points(method, cases, most):
    """(day, share, low, high) of the points that are told of (days, answered)."""
    threshold, unit = method["disclosure_threshold"], unit_of(method, len(cases))
    z = normal_quantile((1 + method["interval"]) / 2)
    told, told_before = [], 0
    for day, survival, greenwood in kaplan_meier(cases):
        answered = sum(1 for other, event in cases if event and other <= day)
        at_risk = sum(1 for other, _ in cases if other >= day)
        if day > most or at_risk < threshold:
            break
        if answered - told_before < threshold:
            continue
        if 0 < len(cases) - answered < threshold:
            continue
        told_before = answered
        if survival <= 1e-12:
            told.append((day, 100, None, None))
            continue
        low, high = (100 * (1 - bound) / unit
                     for bound in reversed(log_log_band(survival, greenwood, z)))
        share = unit * rounded(100 * (1 - survival) / unit)
        told.append((day, min(100 - unit, max(unit, share)),
                     unit * math.floor(low), unit * math.ceil(high)))
    return told


def compare(notes, path, shown, window, place, pillar, indicator):
    method, key = window.method, (pillar["id"], indicator["id"])
    curve, cases = shown["curve"], place.cases[key]
    horizon = indicator["answer"]["days"]
    most = horizon * method["curve"]["horizons"]
    enough = len(cases) >= method["gates"]["indicator"]["answers"]
    notes.same(path + ".days", (curve["horizon_days"], curve["most_days"]),
               (horizon, most))
    notes.same(path + ".reason", curve["reason"], None if enough else "few_answers")
    notes.same(path + ".points",
               [(p["day"], p["share"], p["low"], p["high"]) for p in curve["points"]],
               points(method, cases, most) if enough else [])
    if shown["score"] is None:
        notes.same(path + ".p_half", (curve["p_half"], curve["p_half_reason"]),
                   (None, shown["reason"]))
        return
    draws = place.drawn_indicators[pillar["id"]][indicator["id"]]
    share = sum(score > 50 for score in draws) / len(draws)
    notes.within(path + ".p_half", curve["p_half"],
                 (min(0.99, max(0.01, share)),) * 2, CHANCE + 1e-9)
