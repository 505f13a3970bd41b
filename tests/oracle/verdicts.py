"""What may be published of a window, and how published figures agree with it.

A gate on a width is judged by the published ends where there are any, since those are
compared on their own; else by all the widths that other draws may well have had."""

import curves
from scores import Spread

POINT = 0.05 + 1e-4  # one rounding to a decimal


class Notes:
    """The differences found, each with its place in the edition."""

    def __init__(self):
        self.lines, self.compared = [], 0

    def same(self, path, published, own):
        self.compared += 1
        if published != own:
            self.lines.append(f"{path}: published {published!r}, here {own!r}")

    def near(self, path, published, own, off=POINT):
        self.within(path, published, (own, own), off)

    def within(self, path, published, bounds, off=POINT):
        self.compared += 1
        if published is None or not bounds[0] - off <= published <= bounds[1] + off:
            self.lines.append(f"{path}: published {published!r}, here "
                              f"{bounds[0]:.4f} to {bounds[1]:.4f}")

    def truth(self, path, holds, what):
        self.compared += 1
        if not holds:
            self.lines.append(f"{path}: {what}")


def firms_class(method, firms):
    classes = method["firms_classes"]
    least = [bound for bound in classes if bound <= firms]
    if not least:
        return None
    if least[-1] == classes[-1]:
        return f"{least[-1]}+"
    return f"{least[-1]}-{classes[classes.index(least[-1]) + 1] - 1}"


def band(method, score):
    return next(b["letter"] for b in method["bands"] if score >= b["least"])


def width_of(published):
    return round(published["high"] - published["low"], 1)


def pillar_reasons(method, pillar, place):
    """The gates that counts alone fail."""
    gates, key = method["gates"], pillar["id"]
    if place.firms[key] == 0:
        return ["no_reports"]
    enough = sum(place.answers[key, i["id"]] >= gates["pillar"]["answers"]
                 for i in pillar["indicators"] if i["kind"] != "incidence")
    failed = {
        "few_firms": place.firms[key] < gates["pillar"]["firms"],
        "few_changes": pillar["unit"] == "change"
        and place.units[key] < gates["pillar"]["changes"],
        "few_indicators": enough < gates["pillar"]["indicators"],
    }
    return [reason for reason, fails in failed.items() if fails]


def possible_reasons(method, pillar, place, spread):
    """Every list of failed gates that other draws may well have led to."""
    by_count = pillar_reasons(method, pillar, place)
    if by_count == ["no_reports"]:
        return [by_count]
    least, greatest = spread.widths()
    most = method["gates"]["pillar"]["width"]
    found = []
    if least - 0.1 <= most:
        found.append(by_count)
    if greatest + 0.1 > most:
        found.append(by_count + ["wide_interval"])
    return found


def interval(notes, path, published, spread):
    low, high = spread.ends()
    notes.within(path + ".low", published["low"], low)
    notes.within(path + ".high", published["high"], high)


def score(notes, path, published, own, spread):
    """A published score of a gate that was passed."""
    notes.near(path + ".score", published["score"], own)
    interval(notes, path, published, spread)
    notes.same(path + ".reason", published["reason"], None)
    notes.same(path + ".interval_reason", published["interval_reason"], None)


def missing(notes, path, published, reasons):
    """A score that is not published, for one of some reasons."""
    for member in ("score", "low", "high"):
        notes.same(f"{path}.{member}", published[member], None)
    for member in ("reason", "interval_reason"):
        notes.truth(f"{path}.{member}", published[member] in reasons,
                    f"{published[member]!r}, here one of {sorted(map(str, reasons))}")


def pillar_score(notes, path, published, window, name, pillar, draws):
    """The score of a pillar in any window; its reason is the first gate it fails."""
    place, key = window.places[name], pillar["id"]
    spread = Spread(place.drawn_pillars[key], window.method["interval"], draws)
    possible = possible_reasons(window.method, pillar, place, spread)
    if published["score"] is not None:
        notes.truth(path, [] in possible, f"published, here gated: {possible}")
        notes.truth(path, width_of(published) <= window.method["gates"]["pillar"]["width"],
                    "published in spite of its width")
        score(notes, path, published, place.pillars[key], spread)
    else:
        missing(notes, path, published, {reasons[0] for reasons in possible if reasons})
    return possible


def overall_score(notes, path, published, pillars, window, name, draws):
    """The overall score; `pillars` are the published ones of the same window."""
    place, method = window.places[name], window.method
    spread = Spread(place.drawn, method["interval"], draws)
    most = method["gates"]["overall"]["width"]
    if all(pillar["reason"] == "no_reports" for pillar in pillars):
        missing(notes, path, published, {"no_reports"})
    elif any(pillar["score"] is None for pillar in pillars):
        missing(notes, path, published, {"pillar_missing"})
    elif published["score"] is None:
        missing(notes, path, published, {"wide_interval"})
        notes.truth(path, spread.widths()[1] + 0.1 > most, "gated, here narrow enough")
    else:
        notes.truth(path, width_of(published) <= most, "published in spite of its width")
        score(notes, path, published, place.overall, spread)


def indicator_reason(method, indicator, answers, exposed):
    few = answers < method["gates"]["indicator"]["answers"]
    if indicator["kind"] != "incidence":
        return "few_answers" if few else None
    if not exposed:
        return "unknown_sellers"
    return "few_firms" if few and answers > 0 else None


def indicators(notes, path, published, window, name, pillar, draws):
    """Each indicator of a pillar, and the median of its delay."""
    place, method, key = window.places[name], window.method, pillar["id"]
    for indicator in pillar["indicators"]:
        own, at = indicator["id"], f"{path}.{indicator['id']}"
        shown = published["indicators"][own]
        answers = place.answers[key, own]
        if indicator["kind"] == "delay":
            curves.compare(notes, at + ".curve", shown, window, place, pillar, indicator)
        notes.same(at + ".answers_class", shown["answers_class"],
                   firms_class(method, answers))
        reason = indicator_reason(method, indicator, answers, place.exposure is not None)
        if reason is not None:
            missing(notes, at, shown, {reason})
            continue
        spread = Spread(place.drawn_indicators[key][own], method["interval"], draws)
        score(notes, at, shown, place.indicators[key][own], spread)
    if key in place.medians:
        median(notes, path + ".median_days", published["median_days"], method,
               *place.medians[key])


def median(notes, path, published, method, cases, found):
    if cases < method["gates"]["indicator"]["answers"]:
        notes.same(path, (published["value"], published["reason"]), (None, "few_answers"))
        return
    days, low, high = found
    notes.same(path + ".reason", published["reason"],
               "not_reached" if days is None else None)
    if days is not None:
        notes.same(path, (published["value"], published["low"], published["high"]),
                   (days, low, high))
