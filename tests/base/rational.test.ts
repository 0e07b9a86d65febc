// Why this exists: unit factors and ratios of uncertainty to limit are fractions; a rounded one would decide a borderline case by chance.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecimal, parseDecimal } from '../../src/base/decimal.js'
import {
  absoluteRational,
  addRational,
  compareRational,
  divideRational,
  fromDecimal,
  multiplyRational,
  type Rational,
  rational,
  reduced,
  squareRational,
  subtractRational,
  toDecimal,
  toExactDecimal,
  unreduced,
} from '../../src/base/rational.js'

const integer = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
const small = fc.bigInt({ min: -60n, max: 60n })
const fraction = fc
  .tuple(
    fc.oneof(integer, small),
    fc.oneof(integer, small).filter((denominator) => denominator !== 0n),
  )
  .map(([numerator, denominator]) => rational(numerator, denominator))
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))
/** a/b = c/d, by cross multiplication. */
const equals = (value: Rational, numerator: bigint, denominator: bigint): boolean =>
  value.numerator * denominator === numerator * value.denominator

describe('rational', () => {
  it('is in lowest terms with a positive denominator, whatever the signs', () => {
    fc.assert(
      fc.property(fc.oneof(integer, small), fc.oneof(integer, small), (numerator, denominator) => {
        fc.pre(denominator !== 0n)
        const value = rational(numerator, denominator)
        expect(value.denominator > 0n).toBe(true)
        expect(gcd(value.numerator, value.denominator)).toBe(1n)
        expect(equals(value, numerator, denominator)).toBe(true)
      }),
    )
  })

  it('has one zero, and rejects a zero denominator', () => {
    expect(rational(0n, -7n)).toEqual({ numerator: 0n, denominator: 1n })
    expect(() => rational(1n, 0n)).toThrow(RangeError)
    expect(() => divideRational(rational(1n), rational(0n, 5n))).toThrow(RangeError)
  })

  it('adds, subtracts, multiplies and divides exactly', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        const [an, ad, bn, bd] = [a.numerator, a.denominator, b.numerator, b.denominator]
        expect(equals(addRational(a, b), an * bd + bn * ad, ad * bd)).toBe(true)
        expect(equals(subtractRational(a, b), an * bd - bn * ad, ad * bd)).toBe(true)
        expect(equals(multiplyRational(a, b), an * bn, ad * bd)).toBe(true)
        if (bn !== 0n) expect(equals(divideRational(a, b), an * bd, ad * bn)).toBe(true)
      }),
    )
  })

  it('is a field: addition and multiplication can be reversed', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(subtractRational(addRational(a, b), b)).toEqual(a)
        if (b.numerator !== 0n) expect(divideRational(multiplyRational(a, b), b)).toEqual(a)
        expect(multiplyRational(a, addRational(b, c))).toEqual(addRational(multiplyRational(a, b), multiplyRational(a, c)))
      }),
    )
  })

  it('is ordered by differences, and has a magnitude', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        const difference = subtractRational(a, b).numerator
        expect(compareRational(a, b)).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0)
        expect(compareRational(absoluteRational(a), rational(0n))).toBe(a.numerator === 0n ? 0 : 1)
        expect([a, multiplyRational(a, rational(-1n))]).toContainEqual(absoluteRational(a))
      }),
    )
  })
})

describe('unreduced arithmetic', () => {
  it('has the same results', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        const steps: [Rational, Rational][] = [
          [unreduced.add(a, b), addRational(a, b)],
          [unreduced.subtract(a, b), subtractRational(a, b)],
          [unreduced.multiply(a, b), multiplyRational(a, b)],
          [squareRational(a), multiplyRational(a, a)],
          ...(b.numerator === 0n ? [] : [[unreduced.divide(a, b), divideRational(a, b)] as [Rational, Rational]]),
        ]
        for (const [got, expected] of steps) {
          expect(got.denominator > 0n).toBe(true)
          expect(compareRational(got, expected)).toBe(0)
          expect(reduced(got)).toEqual(expected)
        }
      }),
    )
  })

  it('rejects a zero divisor', () => {
    expect(() => unreduced.divide(rational(1n), rational(0n))).toThrow(RangeError)
    expect(reduced(unreduced.fromDecimal(parseDecimal('0.250')))).toEqual(rational(1n, 4n))
  })
})

describe('decimals and fractions', () => {
  it('reads a decimal as its fraction', () => {
    expect(fromDecimal(parseDecimal('-0.250'))).toEqual({ numerator: -1n, denominator: 4n })
    expect(fromDecimal(parseDecimal('3600'))).toEqual({ numerator: 3600n, denominator: 1n })
  })

  it('rounds half to even to a scale', () => {
    expect(formatDecimal(toDecimal(rational(1n, 3n), 4))).toBe('0.3333')
    expect(formatDecimal(toDecimal(rational(2n, 3n), 4))).toBe('0.6667')
    expect(formatDecimal(toDecimal(rational(1n, 8n), 2))).toBe('0.12')
    expect(formatDecimal(toDecimal(rational(-3n, 8n), 2))).toBe('-0.38')
    expect(formatDecimal(toDecimal(rational(5n), 2))).toBe('5.00')
  })

  it('is never further from the fraction than half a unit of the last place', () => {
    fc.assert(
      fc.property(fraction, fc.integer({ min: 0, max: 12 }), (value, scale) => {
        const error = absoluteRational(subtractRational(fromDecimal(toDecimal(value, scale)), value))
        expect(compareRational(error, rational(1n, 2n * 10n ** BigInt(scale)))).toBeLessThanOrEqual(0)
      }),
    )
  })

  it.each([
    [1n, 2n, '0.5'],
    [-5n, 18n, undefined],
    [1n, 3n, undefined],
    [1n, 7n, undefined],
    [1n, 6n, undefined],
    [463n, 900n, undefined],
    [1n, 3600n, undefined],
    [9n, 3n, '3'],
    [0n, 9n, '0'],
    [-7n, 1250n, '-0.0056'],
    [1n, 1024n, '0.0009765625'],
    [1n, 3125n, '0.00032'],
  ])('writes %s/%s as a decimal only if one equals it', (numerator, denominator, text) => {
    const exact = toExactDecimal(rational(numerator, denominator))
    expect(exact === undefined ? undefined : formatDecimal(exact)).toBe(text)
  })

  it('finds the shortest decimal of every fraction that has one, with the same value', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 20 }), (coefficient, scale) => {
        const value = fromDecimal({ coefficient, scale })
        const exact = toExactDecimal(value)
        expect(exact).toBeDefined()
        if (exact === undefined) return
        expect(fromDecimal(exact)).toEqual(value)
        if (exact.scale > 0) expect(exact.coefficient % 10n).not.toBe(0n)
      }),
    )
  })

  it('returns no decimal with more digits than allowed', () => {
    for (const most of [0, 1, 2, 5, 40]) {
      const finest = rational(1n, 10n ** BigInt(most))
      expect(toExactDecimal(finest, most)).toEqual({ coefficient: 1n, scale: most })
      expect(toExactDecimal(divideRational(finest, rational(10n)), most)).toBeUndefined()
      expect(toExactDecimal(divideRational(finest, rational(2n)), most)).toBeUndefined()
    }
    expect(toExactDecimal(rational(1n, 2n ** 41n))).toBeUndefined()
  })
})
