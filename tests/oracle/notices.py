"""Notices: terminations in bins as far as secrecy allows, what is claimed of them and of
the changes of clauses, and the changes one by one."""

from datetime import date

from answers import answer
from estimates import beta_at_most
from evidence import EPOCH


def describe(method):
    """The indicators that method.json names, or None."""
    if "notice" not in method:
        return None
    by_id = {indicator["id"]: (pillar, indicator) for pillar in method["pillars"]
             for indicator in pillar["indicators"] if indicator.get("answer", {}).get(
                 "kind") == "lead"}
    return {which: by_id[method["notice"][which]] for which in ("changes", "terminations")}


def claim(method, late, n):
    """(k, p) of the largest "more than one in k" that is surer than claims.ahead."""
    phantom = method["phantom_weight"]
    for one_in in sorted(method["notice"]["one_in"]):
        p = 1 - beta_at_most(1 / one_in, late + phantom, n - late + phantom)
        if round(p, 2) > method["claims"]["ahead"]:
            return one_in, round(p, 2)
    return None, None


def excess(notes, path, shown, own):
    notes.same(path + ".one_in", shown["one_in"], own[0])
    if own[1] is not None:
        notes.near(path + ".p", shown["p"], own[1], 0.0101)


class Told:
    """The firms of one marketplace whose account was ended, in the newest window: one
    answer each, from the latest complaint."""

    def __init__(self, method, evidence, place, last_month):
        pillar, indicator = describe(method)["terminations"]
        rule, first = indicator["answer"], last_month - method["window_months"] + 1
        latest = {}
        for month, order, complaint in evidence.filed.get((place, pillar["id"]), []):
            if first <= month <= last_month and order >= latest.get(
                    complaint["firm"], (order,))[0]:
                latest[complaint["firm"]] = order, complaint
        limits = method["notice"]["bins"]
        self.bins = [0] * (len(limits) + 1)
        self.kept = self.n = 0
        for _, complaint in latest.values():
            told, direct = answer(rule, complaint)
            self.n += told is not None
            self.kept += told is True
            if told is None or direct:
                continue
            begin = complaint[rule["from"]]
            notice = -1 if begin == "never" else complaint[rule["to"]] - begin
            self.bins[sum(notice >= limit for limit in limits)] += 1


def lines(method, scored):
    """Bins whose sum a reader may know: with a score those too late and those in time."""
    limits = method["notice"]["bins"]
    every = range(len(limits) + 1)
    if not scored:
        return [list(every)]
    split = 1 + limits.index(describe(method)["terminations"][1]["answer"]["days"])
    return [list(every[:split]), list(every[split:])]


def secrecy(notes, path, method, shown, true, scored):
    threshold = method["disclosure_threshold"]
    for told, count in zip(shown, true):
        if told is not None:
            notes.truth(path, count == 0 or count >= threshold, f"{count} firms are told")
            notes.same(path, told, (count + threshold // 2) // threshold * threshold)
    for line in lines(method, scored):
        hidden = [i for i in line if shown[i] is None]
        rest = sum(true[i] for i in hidden)
        small = any(0 < true[i] < threshold for i in line)
        notes.truth(path, bool(hidden) == small, "hidden for nothing, or not hidden")
        notes.truth(path, not hidden or rest >= threshold or hidden == line,
                    f"{hidden} hold {rest}, beside bins that are told")
        notes.truth(path, len(hidden) != 1 or len(line) == 1, "one bin alone is hidden")


def terminations(notes, marketplace, method, told):
    path, shown = marketplace["id"] + ".terminations", marketplace["terminations"]
    pillar, indicator = describe(method)["terminations"]
    scored = told.n >= method["gates"]["indicator"]["answers"]
    published = marketplace["pillars"][pillar["id"]]["indicators"][indicator["id"]]
    notes.same(path + ".scored", published["score"] is not None, scored)
    notes.same(path + ".bins", len(shown["firms"]), len(told.bins))
    notes.same(path + ".reason", shown["reason"],
               "suppressed" if None in shown["firms"] else None)
    secrecy(notes, path, method, shown["firms"], told.bins, scored)
    own = claim(method, told.n - told.kept, told.n) if scored else (None, None)
    excess(notes, path, shown, own)


def acts(notes, marketplace, method, inside):
    """The register's changes of the window, each as it is filed."""
    path, shown = marketplace["id"] + ".changes", marketplace["changes"]
    day = lambda number: date.fromordinal(EPOCH + number).isoformat()  # noqa: E731
    own = [{"id": name, "kind": kind, "effective_on": day(effect),
            "notice_days": None if told is None else effect - told}
           for name, kind, told, effect in sorted(inside, key=lambda c: (c[3],
                                                                         c[0].encode()))]
    notes.same(path + ".acts", shown["acts"], own)
    if "notice" not in method:
        return
    dated = [act["notice_days"] for act in own if act["notice_days"] is not None]
    late = sum(days < method["watch"]["short_notice_days"] for days in dated)
    few = len(dated) < method["gates"]["pillar"]["changes"]
    excess(notes, path, shown, (None, None) if few else claim(method, late, len(dated)))


def compare(notes, edition, method, evidence, last_month):
    if "notice" not in method:
        notes.same("notice", edition["notice"], None)
        return
    described = describe(method)
    notes.same("notice.step", edition["notice"]["step"], method["disclosure_threshold"])
    notes.same("notice.bins", edition["notice"]["bins"], method["notice"]["bins"])
    for which, (_, indicator) in described.items():
        notes.same(f"notice.{which}.days", edition["notice"][which]["days"],
                   indicator["answer"]["days"])
    for marketplace in edition["marketplaces"]:
        terminations(notes, marketplace, method,
                     Told(method, evidence, marketplace["id"], last_month))
