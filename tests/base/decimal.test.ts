// Why this exists: a measured value that gains, loses or rounds a digit makes a wrong certificate; the oracle is BigInt only.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  absolute,
  add,
  compare,
  type Decimal,
  divideHalfEven,
  formatDecimal,
  isDecimal,
  isZero,
  multiply,
  negate,
  parseDecimal,
  roundToInterval,
  roundToScale,
  significantDigits,
  subtract,
} from '../../src/base/decimal.js'
import { faultOf } from './fault.js'

const decimal = fc.record({
  coefficient: fc.oneof(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.bigInt({ min: -30n, max: 30n })),
  scale: fc.integer({ min: 0, max: 18 }),
})
/** Any decimal text of the profile, with its trailing zeros. */
const decimalText = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 20n - 1n }), fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 20 }))
  .map(([negative, whole, fraction]) => `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`)
/** Both values as integers over one denominator, for comparison as BigInts. */
const over = (value: Decimal, scale: number): bigint => value.coefficient * 10n ** BigInt(scale - value.scale)
const SCALE = 60
const exact = (value: Decimal): bigint => over(value, SCALE)

describe('parseDecimal and formatDecimal', () => {
  it('preserve every digit and every trailing zero', () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        const isNegativeZero = /^-[0.]*$/.test(text)
        expect(formatDecimal(parseDecimal(text))).toBe(isNegativeZero ? text.slice(1) : text)
        expect(isDecimal(text)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['0.10', 10n, 2],
    ['0.1', 1n, 1],
    ['-0.05', -5n, 2],
    ['40.02', 4002n, 2],
    ['100', 100n, 0],
    ['-12345678901234567890.00000000000000000001', -1234567890123456789000000000000000000001n, 20],
  ])('read %s as %s × 10^-%i', (text, coefficient, scale) => {
    expect(parseDecimal(text)).toEqual({ coefficient, scale })
  })

  it.each([
    ['-0', '0'],
    ['-0.00', '0.00'],
  ])('have one zero: %s is written %s', (text, written) => {
    expect(formatDecimal(parseDecimal(text))).toBe(written)
    expect(isZero(parseDecimal(text))).toBe(true)
    expect(compare(parseDecimal(text), parseDecimal('0'))).toBe(0)
  })

  it.each([
    '',
    '-',
    '+1',
    '1.',
    '.5',
    '-.5',
    '01',
    '-01',
    '00',
    '1e3',
    '1E3',
    '0x10',
    '1,5',
    '1 000',
    ' 1',
    '1 ',
    '1\n',
    '１',
    '一',
    '−1',
    '1.5.0',
    'NaN',
    'Infinity',
    '±1',
    '∞',
    `1${'0'.repeat(20)}`,
    `0.${'0'.repeat(51)}`,
  ])('reject %j', (text) => {
    expect(isDecimal(text)).toBe(false)
    expect(faultOf(() => parseDecimal(text))).toEqual({
      code: 'decimal.syntax',
      details: { text, reason: { zh: expect.any(String), en: expect.any(String) } },
    })
  })

  it.each(['1e3', '1.2E-3', '1.2×10^-3', '-1.2×10⁻³', '1.2*10^3'])('name the exponent in %s', (text) => {
    expect(faultOf(() => parseDecimal(text)).details).toMatchObject({ reason: { en: 'no exponent is used; write all digits' } })
  })

  it('quote at most sixty units of a text that is not a decimal, and never half a character', () => {
    const { details } = faultOf(() => parseDecimal(`${'1'.repeat(59)}😀`))
    expect(details.text).toBe('1'.repeat(59))
  })
})

describe('arithmetic', () => {
  it('equals that of the integers over one denominator', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(exact(add(a, b))).toBe(exact(a) + exact(b))
        expect(exact(subtract(a, b))).toBe(exact(a) - exact(b))
        expect(exact(multiply(a, b)) * 10n ** BigInt(SCALE)).toBe(exact(a) * exact(b))
        expect(exact(negate(a))).toBe(-exact(a))
        expect(exact(absolute(a))).toBe(exact(a) < 0n ? -exact(a) : exact(a))
        expect(Math.sign(compare(a, b))).toBe(exact(a) < exact(b) ? -1 : exact(a) > exact(b) ? 1 : 0)
        expect(isZero(a)).toBe(exact(a) === 0n)
      }),
      { numRuns: 500 },
    )
  })

  it('preserves the finer of two scales', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(add(a, b).scale).toBe(Math.max(a.scale, b.scale))
        expect(subtract(a, b).scale).toBe(Math.max(a.scale, b.scale))
        expect(multiply(a, b).scale).toBe(a.scale + b.scale)
        expect([negate(a).scale, absolute(a).scale]).toEqual([a.scale, a.scale])
      }),
    )
  })

  it.each([
    ['40.02', '40', '0.02'],
    ['0.3', '0.1', '0.2'],
    ['1.10', '1.1', '0.00'],
    ['-0.5', '0.25', '-0.75'],
    ['100', '0.001', '99.999'],
  ])('%s − %s is exactly %s', (a, b, difference) => {
    expect(formatDecimal(subtract(parseDecimal(a), parseDecimal(b)))).toBe(difference)
  })

  it('orders without regard to trailing zeros', () => {
    expect(compare(parseDecimal('1.50'), parseDecimal('1.5'))).toBe(0)
    expect(compare(parseDecimal('-1.51'), parseDecimal('-1.5'))).toBeLessThan(0)
  })
})

describe('significantDigits', () => {
  it.each([
    ['0.0120', 3],
    ['12', 2],
    ['12.0', 3],
    ['-0.5', 1],
    ['100', 3],
    ['0', 0],
    ['0.00', 0],
  ])('of %s are %i', (text, digits) => {
    expect(significantDigits(parseDecimal(text))).toBe(digits)
  })
})

describe('divideHalfEven', () => {
  it('is the nearest integer, with ties to even', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -1000n, max: 1000n }), fc.bigInt({ min: 1n, max: 30n }), (numerator, denominator) => {
        const quotient = divideHalfEven(numerator, denominator)
        const distance = (candidate: bigint): bigint => {
          const difference = candidate * denominator - numerator
          return difference < 0n ? -difference : difference
        }
        for (const other of [quotient - 1n, quotient + 1n]) {
          expect(distance(quotient) <= distance(other)).toBe(true)
          if (distance(quotient) === distance(other)) expect(quotient % 2n).toBe(0n)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('rounding (GB/T 8170—2008)', () => {
  /** GB/T 8170, rounding interval (修约间隔): the examples of clauses 3.2 and 3.3. */
  it.each([
    ['12.1498', '0.1', '12.1'],
    ['12.1498', '1', '12'],
    ['1268', '100', '1300'],
    ['10.5002', '1', '11'],
    ['1.050', '0.1', '1.0'],
    ['0.35', '0.1', '0.4'],
    ['2500', '1000', '2000'],
    ['3500', '1000', '4000'],
    ['11.5', '1', '12'],
    ['12.5', '1', '12'],
    ['-355', '10', '-360'],
    ['-325', '10', '-320'],
    ['-365', '10', '-360'],
    ['-0.0365', '0.001', '-0.036'],
    ['15.4546', '1', '15'],
    ['0.0325', '0.001', '0.032'],
    ['32500', '1000', '32000'],
  ])('%s to %s is %s', (value, interval, rounded) => {
    expect(formatDecimal(roundToInterval(parseDecimal(value), parseDecimal(interval)))).toBe(rounded)
  })

  it.each([
    ['60.25', '0.5', '60.0'],
    ['60.38', '0.5', '60.5'],
    ['60.28', '0.5', '60.5'],
    ['-60.75', '0.5', '-61.0'],
    ['830', '20', '840'],
    ['842', '20', '840'],
    ['832', '20', '840'],
    ['-930', '20', '-920'],
    ['0.05', '0.02', '0.04'],
    ['0.03', '0.02', '0.04'],
    ['7', '5', '5'],
    ['7.5', '5', '10'],
    ['12.5', '5', '10'],
  ])('by half and fifth units: %s to %s is %s', (value, interval, rounded) => {
    expect(formatDecimal(roundToInterval(parseDecimal(value), parseDecimal(interval)))).toBe(rounded)
  })

  it('is done once, from the value as measured (3.3): 15.4546 rounded twice would be 16', () => {
    const once = roundToInterval(parseDecimal('15.4546'), parseDecimal('1'))
    const twice = ['0.001', '0.01', '0.1', '1'].reduce(
      (value, interval) => roundToInterval(value, parseDecimal(interval)),
      parseDecimal('15.4546'),
    )
    expect([formatDecimal(once), formatDecimal(twice)]).toEqual(['15', '16'])
  })

  it('yields the nearest multiple of the interval, ties to even, with the scale of the interval', () => {
    const interval = fc.record({ coefficient: fc.bigInt({ min: 1n, max: 500n }), scale: fc.integer({ min: 0, max: 6 }) })
    fc.assert(
      fc.property(decimal, interval, (value, step) => {
        const rounded = roundToInterval(value, step)
        expect(rounded.scale).toBe(step.scale)
        expect(rounded.coefficient % step.coefficient).toBe(0n)
        const distance = exact(subtract(rounded, value))
        const twice = 2n * (distance < 0n ? -distance : distance)
        expect(twice <= exact(step)).toBe(true)
        if (twice === exact(step)) expect((rounded.coefficient / step.coefficient) % 2n).toBe(0n)
      }),
      { numRuns: 500 },
    )
  })

  it('is idempotent', () => {
    fc.assert(
      fc.property(decimal, fc.constantFrom('0.1', '0.2', '0.5', '1', '5', '20', '100', '0.025'), (value, step) => {
        const rounded = roundToInterval(value, parseDecimal(step))
        expect(roundToInterval(rounded, parseDecimal(step))).toEqual(rounded)
      }),
    )
  })

  it('is symmetric in sign, and writes zero without a sign', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: 0, max: 18 }), (value, scale) => {
        expect(roundToScale(negate(value), scale)).toEqual(negate(roundToScale(value, scale)))
      }),
    )
    expect(formatDecimal(roundToInterval(parseDecimal('-0.04'), parseDecimal('0.1')))).toBe('0.0')
    expect(formatDecimal(roundToScale(parseDecimal('-0.4'), 0))).toBe('0')
  })

  it('to a scale equals rounding to the interval 10^−scale', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: 0, max: 18 }), (value, scale) => {
        expect(roundToScale(value, scale)).toEqual(roundToInterval(value, { coefficient: 1n, scale }))
      }),
    )
  })

  it('preserves trailing zeros, and adds them for a finer place', () => {
    expect(formatDecimal(roundToScale(parseDecimal('1.5'), 3))).toBe('1.500')
    expect(formatDecimal(roundToScale(parseDecimal('1.999'), 2))).toBe('2.00')
    expect(formatDecimal(roundToInterval(parseDecimal('3'), parseDecimal('0.50')))).toBe('3.00')
  })

  it.each(['0', '0.00', '-0.1', '-5'])('rejects the interval %s, which is not positive', (interval) => {
    const parsed = parseDecimal(interval)
    expect(faultOf(() => roundToInterval(parseDecimal('1'), parsed))).toEqual({
      code: 'decimal.interval',
      details: { interval: formatDecimal(parsed) },
    })
  })
})
