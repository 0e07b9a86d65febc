"""Writes decisions.tsv.gz: 12,000 rows of result tables, judged by exact fractions of Python, apart from the arithmetic of the product.

    python3 tests/conformance/vectors/decisions.py | gzip -9n > tests/conformance/vectors/decisions.tsv.gz

A line: unit and cell of reference, indication, error, lower and upper limit; form, unit, cell and k of the uncertainty; rule;
then the answers: within limits under the rule (1, 0, or ? where the row does not say), U at most a third of the MPE (the same).
"""
import random
from fractions import Fraction as F

random.seed(20261128)
FACTOR = {'L': F(1), 'mL': F(1, 1000), 'dL': F(1, 10), '%': F(1, 100), '[ppth]': F(1, 1000)}
ABSOLUTE = ['L', 'mL', 'dL']
RATIO = ['%', '[ppth]']


def decimal(low, high, places):
    return f'{random.uniform(low, high):.{places}f}'


def is_ratio(unit):
    return unit in RATIO


def readings(cell, unit, to, bases):
    """A difference in the unit `to`, once for each value it may be a ratio of."""
    value = F(cell) * FACTOR[unit]
    if is_ratio(unit) == is_ratio(to):
        return [value / FACTOR[to]]
    sizes = [abs(F(c) * FACTOR[u]) for u, c in bases if c is not None and F(c) != 0]
    if is_ratio(unit):
        return [value * size / FACTOR[to] for size in sizes]
    return [value / size / FACTOR[to] for size in sizes]


def agreed(answers):
    answers = set(answers)
    return ('1' if True in answers else '0') if len(answers) == 1 else '?'


def row():
    reference = decimal(1, 40, random.choice([1, 2, 3]))
    indication = f'{float(reference) + random.uniform(-1, 1):.3f}' if random.random() < 0.6 else None
    bases = [('L', reference)] + ([('L', indication)] if indication is not None else [])
    error_unit = random.choice(ABSOLUTE + RATIO)
    limit_unit = random.choice(ABSOLUTE + RATIO)
    # Sizes that make both answers likely: an error of up to 1.5 times the limit, U of up to two thirds of it.
    limit = random.uniform(0.05, 2) * (100 if error_unit == 'mL' else 1)
    error = decimal(-1.5 * limit, 1.5 * limit, random.choice([1, 2, 3]))
    def as_limit(value):
        base = float(reference)
        coherent = value * float(FACTOR[error_unit]) * (base if is_ratio(error_unit) else 1)
        return f'{coherent / (float(FACTOR[limit_unit]) * (base if is_ratio(limit_unit) else 1)):.3f}'
    lower = as_limit(-limit) if random.random() < 0.85 else None
    upper = as_limit(limit * random.choice([1, 1, 0.25])) if lower is None or random.random() < 0.85 else None
    if lower is not None and upper is not None and F(lower) > F(upper):
        lower, upper = upper, lower
    form = random.choice(['none', 'uncertainty', 'uncertainty', 'relative-uncertainty', 'standard-uncertainty', 'standard-uncertainty-no-k'])
    u_unit = random.choice(RATIO if form == 'relative-uncertainty' else ABSOLUTE + RATIO)
    k = random.choice(['2', '2.00', '3', '1.96'])
    size = random.uniform(0.01, 0.66) * limit * float(FACTOR[error_unit]) * (float(reference) if is_ratio(error_unit) else 1)
    cell = f'{size / (float(FACTOR[u_unit]) * (float(reference) if is_ratio(u_unit) else 1)):.4f}'
    rule = random.choice(['simple-acceptance', 'guarded-acceptance'])

    pairs = []
    direct = is_ratio(limit_unit) == is_ratio(error_unit)
    low = readings(lower, limit_unit, error_unit, bases) if lower is not None else None
    high = readings(upper, limit_unit, error_unit, bases) if upper is not None else None
    for at in range(1 if direct else len(bases)):
        pairs.append((None if low is None else low[at], None if high is None else high[at]))
    uncertainties = []
    if form in ('uncertainty', 'relative-uncertainty'):
        uncertainties = [abs(one) for one in readings(cell, u_unit, error_unit, bases)]
    if form == 'standard-uncertainty':
        uncertainties = [abs(one) * F(k) for one in readings(cell, u_unit, error_unit, bases)]

    def inside(pair, band):
        value = F(error)
        return (pair[0] is None or value >= pair[0] + band) and (pair[1] is None or value <= pair[1] - band)

    plain = agreed(inside(pair, 0) for pair in pairs)
    within = plain
    if rule == 'guarded-acceptance' and plain != '0':
        within = agreed(inside(pair, band) for pair in pairs for band in uncertainties) if uncertainties else '?'
    widths = [(h - l) / 2 if l is not None and h is not None else abs(h if h is not None else l) for l, h in pairs]
    third = '?'
    if uncertainties and all(width > 0 for width in widths):
        third = agreed(3 * band <= width for width in widths for band in uncertainties)
    text = lambda value: '' if value is None else value
    return [reference, text(indication), error_unit, error, limit_unit, text(lower), text(upper), form, u_unit, cell, k, rule, within, third]


if __name__ == '__main__':
    for _ in range(12000):
        print('\t'.join(row()))
