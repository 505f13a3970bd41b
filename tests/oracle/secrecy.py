"""Statistical secrecy: what a reader can work out of a published table, exactly, and
whether its counts are true.

A table with totals is a circulation: hidden cells are the arcs between its rows and
columns, so a cell can rise by as much as flows back from its column to its row."""

from evidence import month_named, name_of

TOTAL = "_total"


class Table:
    """Rows × columns with totals last, row by row; hidden cells are None where shown."""

    def __init__(self, shown, counts):
        self.shown, self.counts = shown, counts
        self.rows, self.columns = len(counts), len(counts[0])

    def arcs(self):
        """(row, column, (from, to)) of each hidden cell. Totals flow against their lines,
        so that what comes into a line leaves it."""
        for i, row in enumerate(self.shown):
            for j, cell in enumerate(row):
                if cell is None:
                    ends = ("row", i), ("column", j)
                    if (i == self.rows - 1) != (j == self.columns - 1):
                        ends = ends[::-1]
                    yield i, j, ends

    def flow(self, source, sink, without):
        """The most that flows from source to sink through the other hidden cells."""
        endless, room = 10**9, {}
        for i, j, (a, b) in self.arcs():
            if (i, j) != without:
                room[a, b] = room.get((a, b), 0) + endless
                room[b, a] = room.get((b, a), 0) + self.counts[i][j]
        found = 0
        while found < endless:
            path, seen = [source], {source: None}
            while path and sink not in seen:
                node = path.pop(0)
                for (a, b), left in room.items():
                    if a == node and left > 0 and b not in seen:
                        seen[b] = a
                        path.append(b)
            if sink not in seen:
                return found
            steps, node = [], sink
            while seen[node] is not None:
                steps.append((seen[node], node))
                node = seen[node]
            least = min(room[step] for step in steps)
            for a, b in steps:
                room[a, b] -= least
                room[b, a] = room.get((b, a), 0) + least
            found += least
        return found

    def range_of(self, i, j):
        """Least and greatest count that agrees with all that is shown."""
        a, b = next(ends for r, c, ends in self.arcs() if (r, c) == (i, j))
        own = self.counts[i][j]
        rise = self.flow(b, a, (i, j))
        fall = min(own, self.flow(a, b, (i, j)))
        return own - fall, own + rise


def exposed(table, threshold):
    """Secret counts that are shown, or that can be told to within less than T."""
    found = []
    for i, row in enumerate(table.counts):
        for j, count in enumerate(row):
            if not 0 < count < threshold:
                continue
            if table.shown[i][j] is not None:
                found.append((i, j))
                continue
            least, most = table.range_of(i, j)
            if most - least < threshold:
                found.append((i, j))
    return found


class Quarter:
    """What firms told of each marketplace in a calendar quarter."""

    def __init__(self, evidence, place, last_month, pillars):
        first = {}
        self.by_month, self.by_pillar = {}, {}
        for pillar in pillars:
            for month, order, complaint in evidence.filed.get((place, pillar), []):
                if last_month - 2 <= month <= last_month:
                    firm = complaint["firm"]
                    self.by_month.setdefault(name_of(month), set()).add(firm)
                    self.by_pillar.setdefault(pillar, set()).add(firm)
                    if firm not in first or order < first[firm][0]:
                        first[firm] = order, complaint.get("sector")
        self.firms = set(first)
        self.by_sector = {}  # of a firm's first complaint
        for firm, (_, sector) in first.items():
            self.by_sector.setdefault((sector or "untold").lower(), set()).add(firm)

    def count(self, kind, row):
        return len({"month": self.by_month, "pillar": self.by_pillar,
                    "sector": self.by_sector}[kind].get(row, ()))


def true_counts(published, evidence, names, pillars, threshold):
    """The counts of a published table, and the columns it should have."""
    kind, month = published["id"].split("-", 1)
    quarters = {name: Quarter(evidence, name, month_named(month), pillars)
                for name in names}
    columns = [name for name in names
               if not 0 < len(quarters[name].firms) < threshold]
    counts = [[quarters[name].count(kind, row) for name in columns]
              for row in published["rows"][:-1]]
    counts.append([sum(row[j] for row in counts) for j in range(len(columns))])
    return [row + [sum(row)] for row in counts], [*columns, TOTAL]


def compare(notes, edition, method, evidence, names):
    pillars = [pillar["id"] for pillar in method["pillars"]]
    threshold = method["disclosure_threshold"]
    for published in edition["tables"]:
        path = f"tables.{published['id']}"
        counts, columns = true_counts(published, evidence, names, pillars, threshold)
        notes.same(path + ".columns", published["columns"], columns)
        notes.same(path + ".rows", published["rows"][-1], TOTAL)
        if published["columns"] != columns:
            continue
        shown = [[published["cells"][row][column] for column in columns]
                 for row in published["rows"]]
        for i, row in enumerate(shown):
            for j, cell in enumerate(row):
                if cell is not None:
                    notes.same(f"{path}.{published['rows'][i]}.{columns[j]}", cell,
                               counts[i][j])
        notes.same(path + " (exposed)", exposed(Table(shown, counts), threshold), [])
