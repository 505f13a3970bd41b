"""Who said what in a window: the latest complaint of each firm, marketplace and pillar."""

from datetime import date

from answers import answer, holds

EPOCH = date(1970, 1, 1).toordinal()


def month_of(day):
    when = date.fromordinal(day + EPOCH)
    return when.year * 12 + when.month - 1


def month_named(text):
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def name_of(month):
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def first_day(month):
    return date(month // 12, month % 12 + 1, 1).toordinal() - EPOCH


class Report:
    """One firm's say in one pillar: its unit of evidence, its answers by indicator."""

    def __init__(self, pillar, complaint):
        change = complaint["change_id"] if pillar["unit"] == "change" else ""
        self.unit = ("change", change) if change else ("firm", complaint["firm"])
        self.answers, self.durations = {}, {}
        for indicator in pillar["indicators"]:
            if "answer" not in indicator:
                continue
            told, direct = answer(indicator["answer"], complaint)
            self.answers[indicator["id"]] = told
            if isinstance(told, tuple) and not direct:
                self.durations[indicator["id"]] = told


class Evidence:
    """Complaints in scope, to be looked at through windows."""

    def __init__(self, method, complaints):
        self.method = method
        self.filed = {}  # (marketplace, pillar) → (month, order, complaint)
        for complaint in complaints:
            if any(holds(clause, complaint) for clause in method["excluded"]):
                continue
            order = complaint["received_on"], complaint["report_id"].encode()
            for pillar in method["pillars"]:
                if complaint.get(pillar["reported_by"]) is True:
                    key = complaint["marketplace"], pillar["id"]
                    self.filed.setdefault(key, []).append(
                        (month_of(complaint["received_on"]), order, complaint))

    def reports(self, place, pillar, last_month):
        """One report a firm: that of its latest complaint in the window. In the order of
        the complaints, since the numbers of firms depend on an observatory's own key."""
        first = last_month - self.method["window_months"] + 1
        latest = {}
        for month, order, complaint in self.filed.get((place, pillar["id"]), []):
            if first <= month <= last_month:
                held = latest.get(complaint["firm"])
                if held is None or held[0] < order:
                    latest[complaint["firm"]] = order, complaint
        return [Report(pillar, complaint) for _, complaint in
                sorted(latest.values(), key=lambda held: held[0])]

    def firms_in_month(self, place, pillar_id, month):
        return len({complaint["firm"]
                    for when, _, complaint in self.filed.get((place, pillar_id), [])
                    if when == month})


class Exposure:
    """Sellers month by month: the table's figure, else the registry's."""

    def __init__(self, registry, table):
        self.table, self.spans = table, {}
        for place in registry["marketplaces"]:
            self.spans[place["id"]] = [
                (month_named(entry["from"]),
                 month_named(entry["to"]) if entry.get("to") else 10**6,
                 entry["count"], entry.get("low") is not None)
                for entry in place.get("sellers") or []]

    def figure(self, place, month):
        """(sellers, ranged) or None."""
        if (place, month) in self.table:
            return self.table[place, month]
        found = [(count, ranged) for begin, end, count, ranged in self.spans[place]
                 if begin <= month <= end]
        return found[-1] if found else None

    def of_window(self, place, last_month, months):
        """Thousands of sellers × years; None where no month has a range."""
        known = [figure[0] for figure in (self.figure(place, month) for month in
                                          range(last_month - months + 1, last_month + 1))
                 if figure is not None and figure[1]]
        if not known or sum(known) <= 0:
            return None
        return sum(known) / len(known) / 1000 * months / 12
