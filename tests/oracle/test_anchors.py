"""The oracle's own estimators against published numbers: who checks the checker."""

import itertools
import math
import random
import unittest

import estimates
from alerts import cusum
from secrecy import Table, exposed

SIX_MP = [(6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0),
          (13, 1), (16, 1), (17, 0), (19, 0), (20, 0), (22, 1), (23, 1), (25, 0), (32, 0),
          (32, 0), (34, 0), (35, 0)]


class Anchors(unittest.TestCase):
    def rows(self, rows, function, places):
        for arguments, expected in rows:
            found = function(*arguments)
            for own, other in zip(found if isinstance(found, tuple) else (found,),
                                  expected if isinstance(expected, tuple) else (expected,)):
                self.assertAlmostEqual(own, other, places, msg=str(arguments))

    def test_score_intervals(self):
        """R, binom.confint(methods = "wilson")."""
        self.rows([((0, 10), (0, 0.27753280)), ((1, 10), (0.01787621, 0.40415003)),
                   ((11, 38), (0.17003278, 0.44757138)),
                   ((81, 263), (0.25528852, 0.36620958))], estimates.wilson, 7)

    def test_exact_poisson_intervals(self):
        """Garwood 1936; R, poisson.test."""
        self.rows([((0,), (0, 3.68887945)), ((1,), (0.02531781, 5.57164339)),
                   ((3,), (0.61867212, 8.76727307)), ((5,), (1.62348639, 11.66833208)),
                   ((10,), (4.79538870, 18.39035604)), ((30,), (20.24087402, 42.82686539)),
                   ((100,), (81.36399125, 121.62679379))], estimates.garwood, 6)

    def test_funnel_limits(self):
        """Spiegelhalter 2005, interpolated, at 99.8 and 95 %."""
        limits = {2: (-0.496305, -0.407637, 2.383118, 3.556280),
                  5: (-0.170317, 0.108413, 1.875312, 2.554271),
                  10: (0.122053, 0.377519, 1.615995, 2.066200),
                  30: (0.469242, 0.641104, 1.357215, 1.593737)}
        for expected, row in limits.items():
            for p, limit in zip((0.001, 0.025, 0.975, 0.999), row):
                self.assertAlmostEqual(estimates.funnel_limit(expected, p), limit, 5)

    def test_normal_quantiles(self):
        self.rows([((0.95,), 1.644853626951), ((0.975,), 1.959963984540),
                   ((0.99,), 2.326347874041), ((0.999,), 3.090232306168)],
                  estimates.normal_quantile, 11)

    def test_beta_quantiles(self):
        """R, qbeta: what the draws of a share must follow."""
        self.rows([((0.05, 0.5, 0.5), 0.0061558297), ((0.95, 0.5, 10.5), 0.1707731082),
                   ((0.05, 3.5, 7.5), 0.1173293767), ((0.95, 50.5, 950.5), 0.0623111469),
                   ((0.05, 9.5, 29.5), 0.139820), ((0.95, 9.5, 29.5), 0.362479)],
                  estimates.beta_quantile, 6)

    def test_survival(self):
        """Freireich and Gehan's trial, by R's survival package."""
        curve = {day: survival for day, survival, _ in estimates.kaplan_meier(SIX_MP)}
        for day, survival in ((6, 0.8571429), (10, 0.7529412), (22, 0.5378151)):
            self.assertAlmostEqual(curve[day], survival, 7)
        self.assertEqual(estimates.median_days(SIX_MP), (23, 13, None))

    def test_binomial_tails(self):
        self.assertAlmostEqual(estimates.binomial_at_least(7, 10, 0.5), 176 / 1024, 12)
        self.assertAlmostEqual(estimates.binomial_at_least(1, 6, 1 / 6), 1 - (5 / 6)**6, 12)
        self.assertEqual(estimates.binomial_at_least(0, 6, 0), 1)

    def test_geometric_means(self):
        """COINr, a_gmean and a_amean."""
        self.assertAlmostEqual(estimates.geometric_mean((10, 20, 40), (1, 2, 1)), 20, 12)
        self.assertAlmostEqual(estimates.arithmetic_mean((10, 20, 40), (1, 2, 1)), 22.5, 12)

    def test_the_cusum_of_the_methodology(self):
        path = cusum([2, 4, 3, 5, 2, 3, 6, 7, 8, 5, 9, 4], [3.0] * 12, 2, 100)
        sums = [0, 0, 0, 0.4657, 0, 0, 1.1589, 3.0109, 5.5561, 0.4657, 3.7041, 3.4766]
        for (own, _), frozen in zip(path, sums):
            self.assertAlmostEqual(own, frozen, 4)
        self.assertEqual([i + 1 for i, (_, due) in enumerate(path) if due], [9])

    def test_quantiles(self):
        """R, quantile(type = 7)."""
        values = list(range(1, 11))
        self.assertAlmostEqual(estimates.quantile(values, 0.05), 1.45, 12)
        self.assertAlmostEqual(estimates.quantile(values, 0.95), 9.55, 12)
        self.assertTrue(math.isclose(estimates.quantile(values, 1), 10))


def with_totals(inner):
    rows = [[*row, sum(row)] for row in inner]
    return rows + [[sum(column) for column in zip(*rows)]]


def hide(counts, cells):
    return [[None if (i, j) in cells else count for j, count in enumerate(row)]
            for i, row in enumerate(counts)]


class Secrecy(unittest.TestCase):
    counts = with_totals([[42, 38, 30], [14, 18, 12], [11, 13, 10], [3, 6, 0]])
    hidden = {(2, 0), (2, 1), (3, 0), (3, 1)}

    def test_the_table_of_the_methodology_is_safe(self):
        table = Table(hide(self.counts, self.hidden), self.counts)
        self.assertEqual(table.range_of(3, 0), (0, 9))
        self.assertEqual(exposed(table, 5), [])

    def test_one_hidden_cell_less_is_not(self):
        for cell in self.hidden:
            table = Table(hide(self.counts, self.hidden - {cell}), self.counts)
            self.assertEqual(exposed(table, 5), [(3, 0)])

    def test_a_range_is_what_trying_all_tables_finds(self):
        stream = random.Random(5)
        for _ in range(60):
            counts = with_totals([[stream.randrange(4) for _ in range(2)]
                                  for _ in range(2)])
            cells = [(i, j) for i in range(3) for j in range(3)
                     if (i, j) != (2, 2) and stream.random() < 0.6]
            shown, total = hide(counts, set(cells)), counts[2][2]
            fits = [table for table in all_tables(total) if agrees(table, shown)]
            for i, j in cells:
                told = [table[i][j] for table in fits]
                self.assertEqual(Table(shown, counts).range_of(i, j),
                                 (min(told), max(told)))


def all_tables(total):
    """Every table of two rows and columns with this grand total."""
    for a, b, c in itertools.product(range(total + 1), repeat=3):
        if a + b + c <= total:
            yield with_totals([[a, b], [c, total - a - b - c]])


def agrees(table, shown):
    return all(cell is None or cell == own for row, own_row in zip(shown, table)
               for cell, own in zip(row, own_row))


if __name__ == "__main__":
    unittest.main()
