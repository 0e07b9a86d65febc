"""Writes 2,000 uncertainty budgets with random correlation matrices, and what exact fractions say of each.

    python3 tests/oracles/budgets.py | gzip -9n > tests/oracles/budgets.json.gz

Independent of the product: fractions, and whole-number square roots. A row is [entries, pairs, k, stated, u, verdict]: signed
contributions as printed; [a, b, r]; U; the combined u to 12 digits after the point; 'pass', 'differs' or 'matrix'. How U comes
about: as computed from the printed numbers, rounded to the nearest or up ('pass'); half as much again or half of the widest or
narrowest that any reading gives ('differs'). Coefficients come from products of random vectors, so they are a correlation
matrix; every tenth budget has one replaced, so that its matrix has an eigenvalue below zero by more than rounding ('matrix').
"""
import json
import random
import sys
from fractions import Fraction
from math import isqrt

random.seed(17025)


def text(units, scale):
    sign, digits = ("-" if units < 0 else ""), str(abs(units)).rjust(scale + 1, "0")
    return sign + (digits if scale == 0 else digits[:-scale] + "." + digits[-scale:])


def root(square, scale, up=False):
    """The root of a fraction, in units of 10^-scale, rounded down or up."""
    low = isqrt(square.numerator * 10 ** (2 * scale) // square.denominator)
    exact = Fraction(low * low, 10 ** (2 * scale)) == square
    return low if exact or not up else low + 1


def nearest(square, scale):
    return (root(square, scale + 1) + 5) // 10


def lowest_pivot_negative(matrix, raised):
    """Whether the matrix, with its diagonal raised, has an eigenvalue below zero: exact elimination (Sylvester's law of inertia)."""
    rows = [[value + (raised if i == j else 0) for j, value in enumerate(row)] for i, row in enumerate(matrix)]
    for k in range(len(rows)):
        if rows[k][k] < 0:
            return True
        if rows[k][k] == 0:
            return any(rows[i][k] != 0 for i in range(k + 1, len(rows)))
        for i in range(k + 1, len(rows)):
            factor = rows[i][k] / rows[k][k]
            for j in range(k, len(rows)):
                rows[i][j] -= factor * rows[k][j]
    return False


def coefficients(n, places):
    vectors = [[random.gauss(0, 1) for _ in range(random.randint(2, n + 1))] for _ in range(n)]
    result = {}
    for a in range(n):
        for b in range(a + 1, n):
            dot = sum(x * y for x, y in zip(vectors[a], vectors[b]))
            size = (sum(x * x for x in vectors[a][: n + 1]) * sum(y * y for y in vectors[b])) ** 0.5
            result[a, b] = max(-(10**places), min(10**places, round(dot / size * 10**places)))
    return result


def combined(values, pairs):
    total = sum(value * value for value in values)
    return total + sum(2 * r * values[a] * values[b] for (a, b), r in pairs.items())


def budget(number):
    n, scale, places = random.randint(2, 8), random.randint(2, 5), random.randint(1, 3)
    units = [random.randint(20, 999) * random.choice((1, -1)) for _ in range(n)]
    all_pairs = coefficients(n, places)
    if number % 3 == 0:
        all_pairs = {key: r for key, r in all_pairs.items() if key == (0, 1)}
    values = [Fraction(u, 10**scale) for u in units]
    half = Fraction(1, 2 * 10**scale)
    half_r = Fraction(1, 2 * 10**places)
    wrong = number % 10 == 0
    if wrong:
        if n < 3:
            return None
        # Two that go with a third go with each other: not against.
        strong = 10**places * 9 // 10
        all_pairs = {(0, 1): strong, (0, 2): strong, (1, 2): -strong}
    pairs = {key: Fraction(r, 10**places) for key, r in all_pairs.items()}
    matrix = [[Fraction(1) if i == j else pairs.get((min(i, j), max(i, j)), Fraction(0)) for j in range(n)] for i in range(n)]
    rounding = max(sum(half_r for key in pairs if i in key) for i in range(n))
    invalid = lowest_pivot_negative(matrix, rounding + Fraction(1, 10**9))
    if invalid != wrong:
        return None
    square = combined(values, pairs)
    if square <= 0:
        return None
    k = random.choice(("1", "2", "2", "3", "2.52"))
    factor = Fraction(k)
    expected = square * factor * factor
    shown_scale = scale + random.choice((0, 0, -1))
    stated = nearest(expected, shown_scale)
    verdict = "matrix" if wrong else "pass"
    if not wrong and (stated < 10 or stated % 10 == 0):
        return None
    if not wrong:
        kind = random.choice(("nearest", "up", "more", "less"))
        if kind == "up":
            stated = root(expected, shown_scale, True)
        elif kind != "nearest":
            # No reading of the numbers gives more, or less: |√(cᵀRc)| moves by at most Σ|δ|, and by √(2Σ|δr||cᵢ||cⱼ|) with r.
            shift_c = sum(half for _ in values)
            shift_r = sum(2 * half_r * (abs(values[a]) + half) * (abs(values[b]) + half) for a, b in pairs)
            slack_k = Fraction(0) if "." not in k else Fraction(1, 200)
            second = sum(half * half for _ in values) * n
            highest = square + 2 * sum(half * (abs(v) + half) for v in values) * n + shift_r + second
            lowest = square - 2 * sum(half * (abs(v) + half) for v in values) * n - shift_r - second
            if kind == "less" and lowest <= 0:
                return None
            edge = highest * (factor + slack_k) ** 2 if kind == "more" else lowest * (factor - slack_k) ** 2
            stated = root(edge, shown_scale, True) * 3 // 2 + 2 if kind == "more" else root(edge, shown_scale) // 2 - 1
            verdict = "differs"
            if stated < 3 or stated % 10 == 0:
                return None
    u = text(nearest(square, 12), 12)
    listed = [[a, b, text(r, places)] for (a, b), r in all_pairs.items()]
    return [[text(value, scale) for value in units], listed, k, text(max(stated, 1), shown_scale), u, verdict]


rows, number = [], 0
while len(rows) < 2000:
    number += 1
    row = budget(number)
    if row is not None:
        rows.append(row)
json.dump(rows, sys.stdout, separators=(",", ":"))
