"""Observed terms of an edition, recomputed from the files of datasets: which recorded
versions are changes. No store is read."""

import collections
import datetime
import hashlib
import pathlib
import re
import statistics
import unicodedata

from evidence import EPOCH, first_day

NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)\.md")
SUFFIXES = (" marketplace", " fr", " com", " eu", " france")
DECIMAL = 0.05 + 1e-6


def fold(name):
    plain = "".join(c for c in unicodedata.normalize("NFKD", name).casefold()
                    if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain))


def resolver(registry):
    """name → id of the marketplace that it means, or None."""
    known = {}
    for place in registry["marketplaces"]:
        for name in (place["id"], place["name"], *place.get("aliases", ())):
            known[fold(name).replace(" ", "")] = place["id"]

    def find(name):
        name = fold(name)
        while True:
            if name.replace(" ", "") in known:
                return known[name.replace(" ", "")]
            suffix = next((s for s in SUFFIXES if name.endswith(s)), None)
            if suffix is None:
                return None
            name = name[:-len(suffix)]
    return find


def versions_of(folders):
    """(service, type) → sorted list of (instant, hash); hash → words."""
    documents, words = collections.defaultdict(set), {}
    for folder in folders:
        for path in pathlib.Path(folder).rglob("*.md"):
            found = NAME.fullmatch(path.name)
            if not found:
                continue
            instant = datetime.datetime.strptime(found.group(1), "%Y-%m-%dT%H-%M-%SZ")
            content = path.read_bytes()
            if not content.split():
                continue
            sha256 = hashlib.sha256(content).hexdigest()
            words[sha256] = collections.Counter(content.split())
            documents[path.parent.parent.name, path.parent.name].add((instant, sha256))
    return {key: sorted(versions) for key, versions in documents.items()}, words


def ordinal(instant):
    return instant.toordinal() - EPOCH


def named(day):
    return datetime.date.fromordinal(day + EPOCH).isoformat()


class Document:
    def __init__(self, rules, versions, words):
        self.versions, seen, fresh, opened = versions, set(), [], None
        self.changes, before = [], None  # each change: its dict, with the day it began
        for instant, sha256 in versions:
            if sha256 not in seen and before is not None:
                added = sum((words[sha256] - words[before[1]]).values())
                removed = sum((words[before[1]] - words[sha256]).values())
                day = ordinal(instant)
                if added + removed >= rules["least_words"]:
                    if opened is None or day - opened > rules["collapse_days"]:
                        opened = day
                        self.changes.append((day, {
                            "before_on": named(ordinal(before[0])),
                            "before_sha256": before[1], "seen_on": named(day),
                            "contents": 0, "words_added": 0, "words_removed": 0}))
                    change = self.changes[-1][1]
                    change["contents"] += 1
                    change["words_added"] += added
                    change["words_removed"] += removed
                    change["last_on"], change["sha256"] = named(day), sha256
            if sha256 not in seen:
                fresh.append(instant)
            seen.add(sha256)
            before = instant, sha256
        self.contents, self.returns = len(seen), len(versions) - len(seen)
        apart = [(b - a) / datetime.timedelta(days=1) for a, b in zip(fresh, fresh[1:])]
        self.dynamic = (len(seen) >= rules["dynamic_contents"]
                        and len(seen) >= rules["dynamic_share"] * len(versions)
                        and statistics.median(apart) < rules["dynamic_days"])
        self.pattern = ("dynamic" if self.dynamic else "flip_flop"
                        if self.returns >= rules["flip_flop_returns"] else "steady")

    def shown(self, service, kind, begin):
        changes = [] if self.dynamic else [c for day, c in self.changes if day >= begin]
        return {"service": service, "type": kind, "pattern": self.pattern,
                "versions": len(self.versions), "contents": self.contents,
                "returns": self.returns, "changes": changes,
                "first_on": named(ordinal(self.versions[0][0])),
                "last_on": named(ordinal(self.versions[-1][0]))}

    def intervals(self):
        days = [] if self.dynamic else [day for day, _ in self.changes]
        return [b - a for a, b in zip(days, days[1:])]


def compare(notes, edition, method, registry, folders, last_month):
    if "terms" not in method:
        return
    rules, find = method["terms"], resolver(registry)
    begin, end = first_day(last_month - method["window_months"] + 1), first_day(last_month + 1)
    documents, words = versions_of(folders)
    for marketplace in edition["marketplaces"]:
        mine = {}
        for (service, kind), versions in sorted(documents.items()):
            versions = [v for v in versions if ordinal(v[0]) < end]
            if versions and find(service) == marketplace["id"]:
                mine[service, kind] = Document(rules, versions, words)
        path, shown = marketplace["id"] + ".observed_terms", marketplace["observed_terms"]
        expected = [document.shown(*key, begin) for key, document in mine.items()]
        notes.same(path + ".documents", shown["documents"], expected)
        followed = any(not document.dynamic for document in mine.values())
        notes.same(path + ".changes", shown["changes"],
                   sum(len(d["changes"]) for d in expected) if followed else None)
        intervals = [days for document in mine.values() for days in document.intervals()]
        known = len(intervals) >= rules["median_intervals"]
        notes.same(path + ".reason", shown["reason"], None if known else
                   "few_changes" if followed else "not_followed")
        if known:
            notes.near(path + ".median_interval_days", shown["median_interval_days"],
                       statistics.median(intervals), DECIMAL)
        else:
            notes.same(path + ".median_interval_days", shown["median_interval_days"], None)
