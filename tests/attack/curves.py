"""Attacks the curves of delays: which histories of cases give the shares shown?

Of n cases, e were answered and c given up between two points; the Kaplan-Meier curve fell
least if those were given up after the answers, most if before. All n of the published
class, e and c are tried against all the points together, and once more by one who knows
that no case was given up. Found is a count that is surely 1 to T - 1: "at most 4" may be
none. Of two consecutive curves the answers that came less those that left the window are
found where they surely are not 0."""

import math

UNITS = 1, 2, 5  # the public method's
TRIED = 60  # numbers of cases of an open class


def numbers_of(text):
    """The numbers of a class, ends first: what they leave open is soon seen."""
    least, _, most = text.rstrip("+").partition("-")
    low = int(least)
    high = int(most) if most else low + TRIED
    inner = sorted(range(low + 1, high), key=lambda n: (n * 7919) % 101)
    return list(dict.fromkeys([high, low, *inner]))


def unit_of(n, threshold):
    return next((unit for unit in UNITS if unit * n >= 100 * threshold), UNITS[-1])


def open_range(share, unit):
    """Shares still open, 0 to 1, that are told as this one answered."""
    if share == 100:
        return 0.0, 0.0
    low = 1e-6 if share == 100 - unit else 1 - (share + unit / 2) / 100 - 1e-9
    high = 1.0 if share == unit else 1 - (share - unit / 2) / 100 + 1e-9
    return low, high


def steps(n, state, survival, target, fewest, most_given_up):
    """(e, c, survival after) of one stretch that ends in the target."""
    answered, given_up = state
    at_risk = n - answered - given_up
    for c in range(0, min(at_risk, most_given_up) + 1):
        left = at_risk - c
        least = math.floor(left * (1 - target[1] / survival[0])) if survival[0] else 0
        most = math.ceil(at_risk * (1 - target[0] / survival[1])) if survival[1] else 0
        for e in range(max(fewest, least), min(left, most) + 1):
            low = survival[0] * (left - e) / left if left else 0.0
            high = survival[1] * (at_risk - e) / at_risk
            low, high = max(low, target[0]), min(high, target[1])
            if low <= high + 1e-12:
                yield e, c, (low, high)


def histories(n, points, threshold, by_rule, most_given_up):
    """The stretches [(e, c, answered so far)] that lie on a whole history, by point, and
    the cases not answered in the end; None: n cases cannot give the points."""
    unit, layers = unit_of(n, threshold), [{(0, 0): (1.0, 1.0)}]
    moves = []
    for point in points:
        target, reached, made = open_range(point["share"], unit), {}, []
        for state, survival in layers[-1].items():
            for e, c, after in steps(n, state, survival, target,
                                     threshold if by_rule else 1, most_given_up):
                rest = n - state[0] - e
                if by_rule and 0 < rest < threshold:
                    continue
                to = state[0] + e, state[1] + c
                old = reached.get(to, after)
                reached[to] = min(old[0], after[0]), max(old[1], after[1])
                made.append((state, to))
        if not reached:
            return None
        layers.append(reached)
        moves.append(made)
    alive, told = set(layers[-1]), []
    rests = {n - answered for answered, _ in alive}
    for made in reversed(moves):
        made = [(a, b) for a, b in made if b in alive]
        told.append([(b[0] - a[0], b[1] - a[1], b[0]) for a, b in made])
        alive = {a for a, _ in made}
    return told[::-1], rests


class Ranges:
    """What a reader is left with, by name of the count."""

    def __init__(self):
        self.known = {}

    def hold(self, name, values):
        low, high = self.known.get(name, (min(values), max(values)))
        self.known[name] = min(low, *values), max(high, *values)

    def is_open(self, threshold):
        return all(high - low >= threshold for low, high in self.known.values())


def ranges_of(text, points, threshold, most_given_up):
    """Counts of a curve; by the rule of the method, else by any."""
    for by_rule in (True, False):
        ranges = Ranges()
        for n in numbers_of(text):
            found = histories(n, points, threshold, by_rule, most_given_up)
            if found is None:
                continue
            for point, told in zip(points, found[0]):
                day = point["day"]
                for i, what in enumerate(("answered", "given up", "answered in all")):
                    if what != "given up" or most_given_up > 0:
                        ranges.hold((what, day), [move[i] for move in told])
            ranges.hold(("not answered", points[-1]["day"]), list(found[1]))
            if ranges.is_open(threshold):
                break
        if ranges.known:
            return ranges.known
    return {}


def is_close(low, high, threshold):
    """Surely some, surely fewer than the threshold."""
    return 0 < low and high < threshold


def all_curves(edition):
    for name, place in sorted(edition["marketplaces"].items()):
        for key, pillar in sorted(place["pillars"].items()):
            for own, indicator in sorted(pillar["indicators"].items()):
                curve = indicator.get("curve")
                if curve and curve["points"] and indicator["answers_class"]:
                    yield (name, key, own), indicator["answers_class"], curve["points"]


def attack(editions, threshold, found):
    for most_given_up in (2 * threshold, 0):
        attack_knowing(editions, threshold, most_given_up, found)


def attack_knowing(editions, threshold, most_given_up, found):
    before, seen = {}, {}
    for edition in editions:
        now = {}
        for path, text, points in all_curves(edition):
            told = text, tuple((p["day"], p["share"]) for p in points)
            if told not in seen:
                seen[told] = ranges_of(text, points, threshold, most_given_up)
            now[path] = seen[told]
            where = f"{edition['as_of']} {' '.join(path)}"
            for (what, day), (low, high) in now[path].items():
                if is_close(low, high, threshold):
                    found.append(f"{where}: {what} by day {day}: {low} to {high}")
                old = before.get(path, {}).get((what, day))
                if what != "answered in all" or old is None:
                    continue
                less, more = low - old[1], high - old[0]
                if is_close(less, more, threshold) or is_close(-more, -less, threshold):
                    found.append(f"{where}: more answered by day {day} than a month "
                                 f"before: {less} to {more}")
        before = now
