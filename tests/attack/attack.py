#!/usr/bin/python3
"""Attacks published editions as a reader would, with nothing but their JSON.

usage: attack.py [--threshold T] EDITION.json ...   consecutive months, any order

Lists each count of 1 to T - 1 firms that it can narrow to less than T, and exits with 1
where there is one; 0 where secrecy holds; 2 where the editions cannot be read.

  margins       hidden cells from the totals of their table, and from what tables of the
                same quarter tell of each other (a firm is in one sector, in at least one
                month and pillar)
  editions      what one edition shows and another hides; tables that grew by a few firms
  coverage      the month that the counts of two consecutive editions differ by
  incidence     reports of the marketplaces that are not shown, from the scores of those
                that are: the scores know the pooled rate of all
  curves        answers between two points of a curve of a delay, cases given up there,
                cases never answered, and what two consecutive curves differ by: every
                history of every number of cases of the class is tried
  notices       bins of terminations: from the others, from the numbers of firms that the
                score of those in time can stand for, and from one month to the next
  funnel        the year's firms of a marketplace less its quarters and months; the median
                rate, if a marketplace that is not shown sets it; ratios of exact counts
  plain counts  counts shown outside the tables
"""

import argparse
import json
import math
import sys
from collections import defaultdict

import curves

TOTAL = "_total"
MANY = 10**9
# The public method: prior in reports, pooled prior, goalposts, gate of an indicator.
PRIOR, POOLED, BEST, WORST, GATE = 2, 0.5, 0.5, 5.5, 10
MOST_FIRMS = 20000  # tried


class Table:
    """Ranges of the cells of a table, as all editions together leave them."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.low = {(r, c): 0 for r in rows for c in columns}
        self.high = {cell: MANY for cell in self.low}

    def narrow(self, cell, low, high):
        low, high = max(low, self.low[cell]), min(high, self.high[cell])
        changed = (low, high) != (self.low[cell], self.high[cell])
        self.low[cell], self.high[cell] = low, high
        return changed

    def lines(self):
        for r in self.rows:
            yield [(r, c) for c in self.columns]
        for c in self.columns:
            yield [(r, c) for r in self.rows]

    def shuttle(self):
        """One round over all lines; whether anything became narrower."""
        changed = False
        for line in self.lines():
            inner, total = line[:-1], line[-1]
            low, high = sum(self.low[x] for x in inner), sum(self.high[x] for x in inner)
            changed |= self.narrow(total, low, high)
            for x in inner:
                changed |= self.narrow(
                    x,
                    self.low[total] - (high - self.high[x]),
                    self.high[total] - (low - self.low[x]),
                )
        return changed


def merge_tables(editions, found):
    """All tables by id; a cell that one edition shows is shown."""
    tables, shown = {}, defaultdict(dict)
    for edition in editions:
        for table in edition["tables"]:
            rows, columns = table["rows"], table["columns"]
            known = tables.setdefault(table["id"], Table(rows, columns))
            if (rows, columns) != (known.rows, known.columns):
                found.append(f"{table['id']}: its rows or columns changed")
                continue
            for cell in known.low:
                count = table["cells"][cell[0]][cell[1]]
                if count is None:
                    continue
                before = shown[table["id"]].setdefault(cell, count)
                if before != count:
                    found.append(f"{table['id']} {cell}: told as {before} and {count}")
                known.narrow(cell, count, count)
    return tables, shown


def link(tables):
    """What sectors, months and pillars of a quarter tell of each other."""
    changed = False
    for name, sectors in tables.items():
        kind, _, quarter = name.partition("-")
        if kind != "sector":
            continue
        for other in (tables.get(f"month-{quarter}"), tables.get(f"pillar-{quarter}")):
            if other is None:
                continue
            for c in set(sectors.columns) & set(other.columns):
                firms = (TOTAL, c)
                for r in other.rows[:-1]:
                    changed |= other.narrow((r, c), 0, sectors.high[firms])
                    changed |= sectors.narrow(firms, other.low[r, c], MANY)
                changed |= other.narrow((TOTAL, c), sectors.low[firms], MANY)
                changed |= sectors.narrow(firms, 0, other.high[TOTAL, c])
    return changed


def attack_margins(tables, threshold, found):
    for _ in range(1000):
        changed = [table.shuttle() for table in tables.values()]
        if not link(tables) and not any(changed):
            break
    for name, table in sorted(tables.items()):
        for cell, low in table.low.items():
            high = table.high[cell]
            if low > high:
                found.append(f"{name} {cell}: contradictory")
            elif 0 < high < threshold:
                found.append(f"{name} {cell}: between {low} and {high}")


def attack_rolling(shown, threshold, found):
    """Tables of periods that overlap differ by what a few firms did."""
    by_kind = defaultdict(dict)
    for name, cells in shown.items():
        kind, _, month = name.partition("-")
        for (row, column), count in cells.items():
            by_kind[kind, row, column].setdefault(month, count)
    for (kind, row, column), counts in sorted(by_kind.items()):
        months = sorted(counts)
        for a, b in zip(months, months[1:]):
            if month_number(b) - month_number(a) >= 3:
                continue  # calendar quarters do not overlap
            if 0 < abs(counts[b] - counts[a]) < threshold:
                found.append(f"{kind} {row} {column}: {b} less {a}: "
                             f"{counts[b] - counts[a]}")


def month_number(text):
    return int(text[:4]) * 12 + int(text[5:7])


def coverage_range(count, threshold):
    """Counts are told to the nearest multiple of 2 T."""
    if count is None:
        return 0, MANY
    if count % (2 * threshold):
        return count, count
    return max(0, count - threshold), count + threshold - 1


def attack_coverage(editions, threshold, found):
    for what in ("firms", "complaints"):
        for a, b in zip(editions, editions[1:]):
            before = coverage_range(a["coverage"][what], threshold)
            after = coverage_range(b["coverage"][what], threshold)
            low, high = after[0] - before[1], after[1] - before[0]
            if high - low < threshold and 0 < max(abs(low), abs(high)) < threshold:
                found.append(f"coverage {what}: {b['as_of']} less {a['as_of']}: "
                             f"{low} to {high}")


def rate_of(score):
    return WORST / math.exp(score / 100 * math.log(WORST / BEST))


def firms_range(score, pooled, exposure):
    """Reports that give a score of one decimal."""
    slow, fast = rate_of(min(100, score + 0.05)), rate_of(max(0, score - 0.05))
    if score <= 0.05:
        fast = MANY
    if score >= 99.95:
        slow = 0
    pull = PRIOR / pooled + exposure
    low, high = slow * pull - PRIOR, fast * pull - PRIOR
    return max(0, math.ceil(low - 1e-9)), math.floor(high + 1e-9)


def class_range(text):
    if text is None:
        return 0, GATE - 1
    least, _, most = text.rstrip("+").partition("-")
    return int(least), int(most) if most else MANY


def mean_exposure(history, place):
    sellers = [e["marketplaces"][place]["sellers"]["value"] for e in history]
    sellers = [s for s in sellers if s is not None]
    return sum(sellers) / len(sellers) / 1000 if sellers else None


def places_of(history, pillar):
    """(id, exposure, score, least, most firms) of the places whose sellers are known."""
    places = []
    for place in sorted(history[-1]["marketplaces"]):
        indicator = history[-1]["marketplaces"][place]["pillars"][pillar]
        indicator = indicator["indicators"].get("incidence")
        exposure = mean_exposure(history, place)
        if indicator is None or exposure is None:
            continue
        if indicator["reason"] == "unknown_sellers":
            continue
        least, most = class_range(indicator["answers_class"])
        if indicator["score"] is None:
            least = max(least, 1)
        elif indicator["answers_class"] is None:
            most = 0
        places.append((place, exposure, indicator["score"], least, most))
    return places


def sums_of_hidden(places, pooled_ids):
    """What the firms of the pooled places without a score can add up to, if the rate was
    pooled over these places; an empty set where it was not."""
    exposure = sum(p[1] for p in places if p[0] in pooled_ids)
    hidden = [p for p in places if p[2] is None and p[0] in pooled_ids]
    sums = set()
    for all_firms in range(0, MOST_FIRMS):
        pooled = (all_firms + POOLED) / exposure
        low = high = 0
        for _, own, score, least, most in places:
            if score is None:
                continue
            fewest, greatest = firms_range(score, pooled, own)
            fewest, greatest = max(fewest, least), min(greatest, most)
            if fewest > greatest:
                break
            low, high = low + fewest, high + greatest
        else:
            for rest in range(max(0, all_firms - high), all_firms - low + 1):
                if sum(p[3] for p in hidden) <= rest <= sum(p[4] for p in hidden):
                    sums.add(rest)
    return sums


def hidden_sums(places):
    """What the firms of all places without a score can add up to; None: they leave no
    trace in the scores of the others, or there are none."""
    shown = {p[0] for p in places if p[2] is not None}
    if not shown or len(shown) == len(places) or sums_of_hidden(places, shown):
        return None
    sums = sums_of_hidden(places, {p[0] for p in places})
    return (min(sums), max(sums)) if sums else None


def by_id(edition):
    """Marketplaces, pillars and indicators as mappings, whichever way they are listed."""
    def keyed(value):
        return value if isinstance(value, dict) else {x["id"]: x for x in value}

    edition["marketplaces"] = keyed(edition["marketplaces"])
    for place in edition["marketplaces"].values():
        place["pillars"] = keyed(place["pillars"])
        for pillar in place["pillars"].values():
            pillar["indicators"] = keyed(pillar["indicators"])
    return edition


def attack_incidence(editions, threshold, found):
    for i, edition in enumerate(editions):
        history = editions[max(0, i - 11): i + 1]
        if len(history) < 12 or not edition["marketplaces"]:
            continue  # exposure is a mean over the window
        for pillar in sorted(next(iter(edition["marketplaces"].values()))["pillars"]):
            places = places_of(history, pillar)
            hidden = [p[0] for p in places if p[2] is None]
            sums = hidden_sums(places)
            if sums and sums[1] - sums[0] < threshold and 0 < sums[1] < threshold * len(
                hidden
            ):
                found.append(f"{edition['as_of']} {pillar}: firms of "
                             f"{', '.join(hidden)} together {sums[0]} to {sums[1]}")


def told_range(count, threshold):
    """Firms of a bin: told to the nearest multiple of T, and of T at least."""
    if count is None:
        return 0, MANY
    if count == 0 or count % threshold:
        return count, count
    low = count - threshold // 2
    return max(threshold, low), low + threshold - 1


def answers_of(indicator):
    """Every (in time, all firms) that the score and its class can stand for; None where
    there are too many to tell."""
    least, most = class_range(indicator["answers_class"])
    if indicator["score"] is None:
        return [(kept, n) for n in range(least, most + 1) for kept in range(n + 1)]
    if most == MANY:
        return None
    return [(kept, n) for n in range(least, most + 1) for kept in range(n + 1)
            if abs(100 * (kept + 0.5) / (n + 1) - indicator["score"]) <= 0.05 + 1e-9]


def bins_of(edition, name):
    """(bins, how many of them are out of time, what the score can stand for)."""
    place, notice = edition["marketplaces"][name], edition["notice"]
    split = 1 + notice["bins"].index(notice["terminations"]["days"])
    for pillar in place["pillars"].values():
        if notice["terminations"]["indicator"] in pillar["indicators"]:
            indicator = pillar["indicators"][notice["terminations"]["indicator"]]
            return place["terminations"]["firms"], split, answers_of(indicator)
    return place["terminations"]["firms"], split, None


def attack_bins(edition, name, threshold, found):
    """A firm may be in no bin, where it told no dates: sums are only bounds from above."""
    bins, split, answers = bins_of(edition, name)
    least = [told_range(count, threshold)[0] for count in bins]
    kept = [a for a in answers or []
            if a[1] - a[0] >= sum(least[:split]) and a[0] >= sum(least[split:])]
    if not kept:
        return
    for i, count in enumerate(bins):
        if count is not None:
            continue
        line = range(split) if i < split else range(split, len(bins))
        beside = sum(least[k] for k in line if k != i)
        own = [n - x if i < split else x for x, n in kept]
        most = max(own) - beside
        alone = [n - x if i < split else x for x, n in answers]
        if 0 < most < threshold and most < max(alone):
            found.append(f"{edition['as_of']} {name} bin {i}: at most {most}")


def attack_notices(editions, threshold, found):
    for edition in editions:
        for name, place in sorted(edition["marketplaces"].items()):
            if edition.get("notice") and place["terminations"]["firms"]:
                attack_bins(edition, name, threshold, found)
    for a, b in zip(editions, editions[1:]):
        for name in sorted(set(a["marketplaces"]) & set(b["marketplaces"])):
            both = [e["marketplaces"][name].get("terminations", {}).get("firms", [])
                    for e in (a, b)]
            for i, (one, other) in enumerate(zip(*both)):
                before, after = (told_range(x, threshold) for x in (one, other))
                low, high = after[0] - before[1], after[1] - before[0]
                if high - low < threshold - 1 and 0 < max(abs(low), abs(high)) < threshold:
                    found.append(f"{name} bin {i}: {b['as_of']} less {a['as_of']}: "
                                 f"{low} to {high}")
def month_name(number):
    return f"{(number - 1) // 12:04d}-{(number - 1) % 12 + 1:02d}"


def part_range(tables, month, length, place, threshold):
    """Firms of a quarter (3) or a month (1), as the tables leave them."""
    quarter = month_name(month + 2 - (month - 1) % 3)
    if length == 3:
        table, row = tables.get(f"sector-{quarter}"), TOTAL
    else:
        table, row = tables.get(f"month-{quarter}"), month_name(month)
    if table is None:
        return 0, MANY
    if place not in table.columns:  # left out: 1 to T - 1 in the quarter
        return (1 if length == 3 else 0), threshold - 1
    return table.low[row, place], table.high[row, place]


def year_parts(edition):
    month, last = (month_number(edition["window"][end]) for end in ("from", "to"))
    while month <= last:
        length = 3 if month % 3 == 1 and month + 2 <= last else 1
        yield month, length
        month += length


def attack_year(editions, tables, threshold, found):
    """A part of the year is at least the year less the most of the others."""
    for edition in editions:
        for name, place in sorted(edition["marketplaces"].items()):
            own = place.get("expectation")
            if own is None or not own["firms"]:
                continue
            least = math.ceil(max(own["firms"] - threshold // 2,
                                  (own["low"] - 0.005) * (own["expected"] - 0.05)))
            parts = {part: part_range(tables, *part, name, threshold)
                     for part in year_parts(edition)}
            most = sum(high for _, high in parts.values())
            for (month, length), (low, high) in parts.items():
                bound = least - (most - high)
                if max(low, 1) < bound < threshold and high - bound < threshold:
                    found.append(f"{edition['as_of']} {name}: {length} months from "
                                 f"{month_name(month)}: {bound} to {high}")


def attack_ratio(editions, threshold, found):
    """A ratio that is not that of the rounded number tells a closer one."""
    for edition in editions:
        for name, place in sorted(edition["marketplaces"].items()):
            own = place.get("expectation")
            if own is None or own["firms"] is None:
                continue
            if own["firms"] % threshold or 0 < own["firms"] < threshold:
                found.append(f"{edition['as_of']} {name}: {own['firms']} firms")
            elif abs(own["ratio"] - own["firms"] / own["expected"]) > 0.0051:
                found.append(f"{edition['as_of']} {name}: the ratio is of about "
                             f"{own['ratio'] * own['expected']:.1f} firms")


def middle(rates):
    rates = sorted(rates)
    return (rates[len(rates) // 2] + rates[(len(rates) - 1) // 2]) / 2


def attack_rate(editions, threshold, found):
    """Firms of a place not shown that make the median rate what it is."""
    for i, edition in enumerate(editions):
        history, rate = editions[max(0, i - 11): i + 1], edition.get("funnel", {}).get("rate")
        if rate is None or len(history) < 12:
            continue  # exposure is a mean over the window
        exposed = {name: mean_exposure(history, name) for name in edition["marketplaces"]}
        own = {name: edition["marketplaces"][name]["expectation"]["firms"]
               for name, exposure in exposed.items() if exposure}
        shown = [firms / exposed[name] for name, firms in own.items() if firms is not None]

        def explains(rates):
            return rates and abs(middle(rates) - rate) < 1e-3 * max(rate, 1)

        for name in sorted(own):
            firms = [n for n in range(1, GATE) if explains([*shown, n / exposed[name]])]
            if own[name] is None and not explains(shown) and firms and (
                    firms[-1] - firms[0] < threshold):
                found.append(f"{edition['as_of']} {name}: {firms[0]} to {firms[-1]} firms "
                             "make the rate")


def attack_plain(editions, threshold, found):
    for edition in editions:
        for name, place in sorted(edition["marketplaces"].items()):
            referred = place["mediation"]["referred"]
            if referred is not None and 0 < referred < threshold:
                found.append(f"{edition['as_of']} {name}: {referred} to mediation")
            for count in place.get("terminations", {}).get("firms", []):
                if count is not None and 0 < count < threshold:
                    found.append(f"{edition['as_of']} {name}: a bin of {count}")
        for what in ("firms", "complaints"):
            count = edition["coverage"][what]
            if count is not None and 0 < count < threshold:
                found.append(f"{edition['as_of']} coverage {what}: {count}")
        for table in edition["tables"]:
            for row, cells in table["cells"].items():
                for column, count in cells.items():
                    if count is not None and 0 < count < threshold:
                        found.append(f"{table['id']} {row} {column}: {count}")


def attack(editions, threshold):
    """Everything found, by name of the attack."""
    editions = sorted((by_id(e) for e in editions), key=lambda e: e["as_of"])
    found = {name: [] for name in
             ("margins", "editions", "coverage", "incidence", "curves", "notices",
              "funnel", "plain counts")}
    tables, shown = merge_tables(editions, found["editions"])
    attack_margins(tables, threshold, found["margins"])
    attack_rolling(shown, threshold, found["editions"])
    attack_coverage(editions, threshold, found["coverage"])
    attack_incidence(editions, threshold, found["incidence"])
    curves.attack(editions, threshold, found["curves"])
    attack_notices(editions, threshold, found["notices"])
    attack_year(editions, tables, threshold, found["funnel"])
    attack_ratio(editions, threshold, found["funnel"])
    attack_rate(editions, threshold, found["funnel"])
    attack_plain(editions, threshold, found["plain counts"])
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threshold", type=int, default=5)
    parser.add_argument("editions", nargs="+")
    arguments = parser.parse_args()
    try:
        editions = [json.load(open(name, encoding="utf-8")) for name in arguments.editions]
    except (OSError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 2
    found = attack(editions, arguments.threshold)
    for name, leaks in found.items():
        print(f"{name}: {len(leaks) or 'nothing'} recovered")
        for leak in leaks:
            print(f"  {leak}")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
