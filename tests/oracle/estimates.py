"""Textbook estimators, each from its definition."""

import math

Z95 = 1.959963984540054


def quantile(ordered, p):
    """Type 7 (Hyndman and Fan 1996) of sorted values."""
    at = (len(ordered) - 1) * p
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def wilson(yes, n, z=Z95):
    """Score interval of a share (Wilson 1927)."""
    share, z2 = yes / n, z * z
    centre = share + z2 / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return (centre - half) / (1 + z2 / n), (centre + half) / (1 + z2 / n)


def kaplan_meier(cases):
    """(day, survival, Greenwood's sum) at each day with an event, of (day, event)."""
    curve, survival, greenwood = [], 1.0, 0.0
    for day in sorted({day for day, event in cases if event}):
        at_risk = sum(1 for other, _ in cases if other >= day)
        events = sum(1 for other, event in cases if other == day and event)
        survival *= 1 - events / at_risk
        greenwood += (events / (at_risk * (at_risk - events)) if events < at_risk
                      else math.inf)
        curve.append((day, survival, greenwood))
    return curve


def log_log_band(survival, greenwood, z=Z95):
    if survival <= 0 or survival >= 1:
        return survival, survival
    middle = math.log(-math.log(survival))
    half = z * math.sqrt(greenwood) / abs(math.log(survival))
    return math.exp(-math.exp(middle + half)), math.exp(-math.exp(middle - half))


def median_days(cases):
    """Median and its 95 % bounds (Brookmeyer and Crowley 1982); None: not reached."""
    found = [None, None, None]
    for day, survival, greenwood in kaplan_meier(cases):
        low, high = log_log_band(survival, greenwood)
        for i, height in enumerate((survival, low, high)):
            if found[i] is None and height <= 0.5 + 1e-12:
                found[i] = day
    return tuple(found)


def binomial_at_least(x, n, p):
    """P(Bin(n, p) ≥ x)."""
    if p <= 0 or p >= 1:
        return float(x <= (0 if p <= 0 else n))
    logs = [math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
            + k * math.log(p) + (n - k) * math.log1p(-p) for k in range(max(0, x), n + 1)]
    return math.fsum(math.exp(term) for term in logs)


def poisson_at_most(x, mean):
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))
                     for k in range(x + 1))


def solve(function, low, high):
    """Where an increasing function is 0."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return (low + high) / 2


def garwood(x, level=0.95):
    """Exact interval of a Poisson mean (Garwood 1936)."""
    tail, most = (1 - level) / 2, 10.0 * x + 50
    low = 0.0 if x == 0 else solve(lambda m: 1 - poisson_at_most(x - 1, m) - tail,
                                   1e-9, most)
    return low, solve(lambda m: tail - poisson_at_most(x, m), 1e-9, most)


def funnel_limit(expected, p):
    """Prediction limit of observed ÷ expected (Spiegelhalter 2005), interpolated."""
    q = 0
    while poisson_at_most(q, expected) < p:
        q += 1
    up_to = poisson_at_most(q, expected)
    only = up_to - (poisson_at_most(q - 1, expected) if q > 0 else 0)
    return (q - (up_to - p) / only) / expected


def beta_at_most(x, a, b):
    """Regularised incomplete beta function, by its continued fraction (Lentz)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_at_most(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
                     + a * math.log(x) + b * math.log1p(-x)) / a
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, 500):
        for term in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / (1 + term * d)
            c = 1 + term / c
            fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * fraction


def beta_quantile(p, a, b):
    return solve(lambda x: beta_at_most(x, a, b) - p, 0.0, 1.0)


def normal_quantile(p):
    return solve(lambda x: math.erfc(-x / math.sqrt(2)) / 2 - p, -40.0, 40.0)


def geometric_mean(values, weights):
    return math.exp(sum(w * math.log(v) for v, w in zip(values, weights)) / sum(weights))


def arithmetic_mean(values, weights):
    return sum(w * v for v, w in zip(values, weights)) / sum(weights)
