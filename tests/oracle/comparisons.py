"""Ranks, pairs, weakest pillars, trends and groups: draw by draw."""

from evidence import first_day, month_named, name_of
from estimates import quantile
from scores import Spread

CHANCE = 0.02  # two samples of 10,000 draws, and two roundings


def probability(notes, path, published, held):
    """A probability as published: 2 decimals, 0.01 to 0.99."""
    share = sum(held) / len(held)
    notes.within(path, published, (min(0.99, max(0.01, share)),) * 2, CHANCE + 1e-9)


def rank_end(notes, path, rank, at_most, edge):
    """The smallest rank with P(rank ≤ r) ≥ edge, as far as draws can tell."""
    fits = (1 <= rank <= len(at_most) and at_most[rank - 1] >= edge - CHANCE
            and (rank == 1 or at_most[rank - 2] < edge + CHANCE))
    notes.truth(path, fits, f"{rank}, here P(rank ≤ r) is {at_most}")


def ranks(notes, edition, window):
    published = {m["id"]: m["overall"] for m in edition["marketplaces"]}
    rated = [name for name in window.names if published[name]["score"] is not None]
    for name, overall in published.items():
        reason = overall["reason"] if name not in rated else (
            None if len(rated) > 1 else "few_marketplaces")
        notes.same(f"{name}.overall.rank_reason", overall["rank_reason"], reason)
    if len(rated) < 2:
        notes.same("pairs", edition["pairs"], [])
        return rated
    draws = {name: window.places[name].drawn for name in rated}
    count = len(draws[rated[0]])
    rows = list(zip(*(draws[name] for name in rated)))
    ordered = [sorted(row, reverse=True) for row in rows]
    middles = [quantile(row[::-1], 0.5) for row in ordered]
    tail = (1 - window.method["interval"]) / 2
    for i, name in enumerate(rated):
        overall, path = published[name], f"{name}.overall"
        own = [order.index(row[i]) + 1 for row, order in zip(rows, ordered)]
        at_most = [sum(rank <= r for rank in own) / count
                   for r in range(1, len(rated) + 1)]
        rank_end(notes, path + ".rank_low", overall["rank_low"], at_most, tail)
        rank_end(notes, path + ".rank_high", overall["rank_high"], at_most, 1 - tail)
        probability(notes, path + ".p_first", overall["p_first"], [r == 1 for r in own])
        probability(notes, path + ".p_last", overall["p_last"],
                    [r == len(rated) for r in own])
        probability(notes, path + ".p_above_median", overall["p_above_median"],
                    [row[i] > middle for row, middle in zip(rows, middles)])
        probability(notes, path + ".p_below_median", overall["p_below_median"],
                    [row[i] < middle for row, middle in zip(rows, middles)])
    pairs(notes, edition["pairs"], rated, draws)
    return rated


def pairs(notes, published, rated, draws):
    expected = [(a, b) for i, a in enumerate(rated) for b in rated[i + 1:]]
    notes.same("pairs", [(pair["a"], pair["b"]) for pair in published], expected)
    for pair in published:
        if (pair["a"], pair["b"]) in expected:
            probability(notes, f"pairs.{pair['a']}.{pair['b']}", pair["p"],
                        [x > y for x, y in zip(draws[pair["a"]], draws[pair["b"]])])


def weakest(notes, marketplace, window):
    method, name = window.method, marketplace["id"]
    drawn = window.places[name].drawn_pillars
    known = sum(p["score"] is not None for p in marketplace["pillars"].values())
    for key, pillar in marketplace["pillars"].items():
        path = f"{name}.{key}.p_weakest"
        if pillar["score"] is None or known < max(2, len(method["pillars"])):
            reason = pillar["reason"] if pillar["score"] is None else "pillar_missing"
            notes.same(path, (pillar["p_weakest"], pillar["p_weakest_reason"]),
                       (None, reason))
            continue
        others = [drawn[other] for other in drawn if other != key]
        probability(notes, path, pillar["p_weakest"],
                    [own < min(rest) for own, rest in zip(drawn[key], zip(*others))])


def claim_of(claims, p, points):
    if p > claims["trend"] and points >= claims["trend_points"]:
        return "improving"
    if p < 1 - claims["trend"] and points <= -claims["trend_points"]:
        return "worsening"
    return "none"


def trend(notes, path, published, method, now, before):
    """now, before: (published score, its draws); before[0] None where there is none."""
    if now[0]["score"] is None:
        reason = now[0]["reason"]
    elif before[0] is None or before[0]["reason"] == "no_reports":
        reason = "few_months"
    else:
        reason = before[0]["reason"]
    notes.same(path + ".reason", published["reason"], reason)
    if reason is not None:
        notes.same(path, (published["claim"], published["points"],
                          published["p_improved"]), ("unknown", None, None))
        return
    points = round(now[0]["score"] - before[0]["score"], 1)
    notes.near(path + ".points", published["points"], points, 1e-9)
    probability(notes, path + ".p_improved", published["p_improved"],
                [x > y for x, y in zip(now[1], before[1])])
    notes.same(path + ".claim", published["claim"],
               claim_of(method["claims"], published["p_improved"], published["points"]))


def trends(notes, marketplace, now, before):
    """before: the window that shares no month with this one, or None."""
    name, method = marketplace["id"], now.method
    past = {}
    if before is not None:
        past = next(entry for entry in marketplace["history"]
                    if entry["as_of"] == name_of(before.last_month))
    earlier = before.places[name] if before is not None else None
    trend(notes, f"{name}.overall.trend", marketplace["overall"]["trend"], method,
          (marketplace["overall"], now.places[name].drawn),
          (past.get("overall"), earlier and earlier.drawn))
    for key, pillar in marketplace["pillars"].items():
        trend(notes, f"{name}.{key}.trend", pillar["trend"], method,
              (pillar, now.places[name].drawn_pillars[key]),
              (past.get("pillars", {}).get(key), earlier and earlier.drawn_pillars[key]))


def means(window, names):
    return [sum(row) / len(row)
            for row in zip(*(window.places[name].drawn for name in names))]


def group(notes, path, published, method, differences):
    spread = Spread(differences, method["interval"], method["draws"])
    notes.same(path + ".reason", published["reason"], None)
    notes.within(path + ".difference", published["difference"], spread.range_at(0.5))
    low, high = spread.ends()
    notes.within(path + ".low", published["low"], low)
    notes.within(path + ".high", published["high"], high)
    probability(notes, path + ".p", published["p"], [x > 0 for x in differences])


def no_group(notes, path, published, reason):
    notes.same(path, (published["difference"], published["reason"]), (None, reason))


def signatories(notes, edition, window, signed, rated):
    """signed: marketplace → day; absent where it never signed."""
    method, path = window.method, "groups.signatories"
    start = first_day(window.last_month - method["window_months"] + 1)
    inside = [name for name in rated if name in signed and signed[name] <= start]
    others = [name for name in rated if name not in inside]
    if min(len(inside), len(others)) < method["claims"]["group_places"]:
        no_group(notes, path, edition["groups"]["signatories"], "few_marketplaces")
        return
    group(notes, path, edition["groups"]["signatories"], method,
          [a - b for a, b in zip(means(window, inside), means(window, others))])


def groups_between(method, signed, names, now, before):
    """Those that signed between two windows, those that have not signed at all."""
    start, end = first_day(now - method["window_months"] + 1), first_day(now + 1) - 1
    between = [name for name in names if name in signed
               and first_day(before + 1) - 1 < signed[name] <= start]
    return between, [n for n in names if n not in signed or signed[n] > end]


def month_before_charter(method, signed, names, now):
    """The nearest window before the charter, whole windows back; None without one."""
    step, least = method["window_months"], method["claims"]["group_places"]
    for back in range(step, method["history_months"] + 1, step):
        if min(map(len, groups_between(method, signed, names, now, now - back))) >= least:
            return now - back
    return None


def before_after(notes, edition, now, before, signed):
    method, path = now.method, "groups.before_after"
    published = edition["groups"]["before_after"]
    if before is None:
        far = method["history_months"] >= method["window_months"]
        no_group(notes, path, published, "few_marketplaces" if far else "few_months")
        return

    def rated(marketplace):
        past = next(entry for entry in marketplace["history"]
                    if month_named(entry["as_of"]) == before.last_month)
        return None not in (marketplace["overall"]["score"], past["overall"]["score"])

    both = {m["id"] for m in edition["marketplaces"] if rated(m)}
    between, others = (
        [name for name in names if name in both] for names in groups_between(
            method, signed, now.names, now.last_month, before.last_month))
    if min(len(between), len(others)) < method["claims"]["group_places"]:
        no_group(notes, path, published, "few_marketplaces")
        return
    group(notes, path, published, method,
          [(a - b) - (c - d) for a, b, c, d in zip(
              means(now, between), means(now, others),
              means(before, between), means(before, others))])
