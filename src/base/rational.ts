/** Exact fractions, for unit factors and for ratios that no decimal represents (1/3). */
import { type Decimal, divideHalfEven } from './decimal.js'

/** numerator / denominator with denominator > 0, in lowest terms. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError('denominator is zero')
  const sign = denominator < 0n ? -1n : 1n
  const divisor = gcd(numerator < 0n ? -numerator : numerator, denominator * sign)
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor }
}

function gcd(a: bigint, b: bigint): bigint {
  let [divisor, rest] = [a, b]
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest]
  return divisor || 1n
}

/** Parses a constant: `5/18`, `0.001`, `-1/3`; any number of digits. */
export function fraction(text: string): Rational {
  const [over, under] = text.split('/').map((part) => {
    const point = part.indexOf('.')
    return point === -1 ? rational(BigInt(part)) : rational(BigInt(part.replace('.', '')), 10n ** BigInt(part.length - point - 1))
  })
  if (over === undefined) throw new RangeError('no fraction')
  return under === undefined ? over : divideRational(over, under)
}

/** In lowest terms if the argument is: squaring adds no common prime factor. */
export const squareRational = ({ numerator, denominator }: Rational): Rational => ({
  numerator: numerator * numerator,
  denominator: denominator * denominator,
})

/** An integer power, also a negative one. */
export function powerOf({ numerator, denominator }: Rational, exponent: number): Rational {
  const power = BigInt(Math.abs(exponent))
  return exponent < 0 ? rational(denominator ** power, numerator ** power) : rational(numerator ** power, denominator ** power)
}

export const fromDecimal = (value: Decimal): Rational => rational(value.coefficient, 10n ** BigInt(value.scale))
export const addRational = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
export const subtractRational = (a: Rational, b: Rational): Rational => addRational(a, { ...b, numerator: -b.numerator })
export const multiplyRational = (a: Rational, b: Rational): Rational => rational(a.numerator * b.numerator, a.denominator * b.denominator)
export const divideRational = (a: Rational, b: Rational): Rational => rational(a.numerator * b.denominator, a.denominator * b.numerator)

/** In lowest terms. */
export const reduced = ({ numerator, denominator }: Rational): Rational => rational(numerator, denominator)

/**
 * Arithmetic without reduction to lowest terms, which is by far the most expensive part: for a few steps whose result is only
 * compared or rounded. Terms grow with each step.
 */
export const unreduced = {
  fromDecimal: ({ coefficient, scale }: Decimal): Rational => ({ numerator: coefficient, denominator: 10n ** BigInt(scale) }),
  /** Over the longer denominator if the other divides it, as for decimals. */
  add(a: Rational, b: Rational): Rational {
    const [longer, other] = a.denominator >= b.denominator ? [a, b] : [b, a]
    if (longer.denominator % other.denominator === 0n) {
      const numerator = longer.numerator + other.numerator * (longer.denominator / other.denominator)
      return { numerator, denominator: longer.denominator }
    }
    return { numerator: a.numerator * b.denominator + b.numerator * a.denominator, denominator: a.denominator * b.denominator }
  },
  subtract: (a: Rational, b: Rational): Rational => unreduced.add(a, { numerator: -b.numerator, denominator: b.denominator }),
  multiply: (a: Rational, b: Rational): Rational => ({
    numerator: a.numerator * b.numerator,
    denominator: a.denominator * b.denominator,
  }),
  /** @throws RangeError if b is zero */
  divide: (a: Rational, b: Rational): Rational => {
    if (b.numerator === 0n) throw new RangeError('denominator is zero')
    const sign = b.numerator < 0n ? -1n : 1n
    return { numerator: sign * a.numerator * b.denominator, denominator: sign * a.denominator * b.numerator }
  },
} as const

export function compareRational(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export const absoluteRational = (a: Rational): Rational => (a.numerator < 0n ? { ...a, numerator: -a.numerator } : a)

/** Rounds half to even to `scale` decimal places. */
export function toDecimal(value: Rational, scale: number): Decimal {
  return { coefficient: divideHalfEven(value.numerator * 10n ** BigInt(scale), value.denominator), scale }
}

/** The decimal that equals the fraction; undefined if none with at most `maxScale` decimal places does. */
export function toExactDecimal(value: Rational, maxScale = 40): Decimal | undefined {
  let { denominator } = value
  let scale = 0
  while (denominator !== 1n && scale < maxScale) {
    const divisor = gcd(denominator, 10n)
    if (divisor === 1n) return undefined
    denominator /= divisor
    scale++
  }
  return denominator === 1n ? toDecimal(value, scale) : undefined
}

/** Square root of a fraction ≥ 0, rounded half to even to `scale` decimal places. */
export function sqrtRational({ numerator, denominator }: Rational, scale: number): Decimal {
  if (numerator < 0n) throw new RangeError('square root of a negative fraction')
  // Twice the root, truncated to an integer: if it is odd, the root is at or above a half.
  const square = (4n * numerator * 10n ** BigInt(2 * scale)) / denominator
  const twice = integerRoot(square)
  const isTie = (twice & 1n) === 1n && twice * twice * denominator === 4n * numerator * 10n ** BigInt(2 * scale)
  const up = (twice + 1n) / 2n
  return { coefficient: isTie && (up & 1n) === 1n ? up - 1n : up, scale }
}

/** Largest integer whose square is at most n (Newton's iteration from above). */
function integerRoot(n: bigint): bigint {
  if (n < 2n) return n
  let root = 1n << BigInt(Math.ceil(n.toString(2).length / 2))
  for (;;) {
    const next = (root + n / root) >> 1n
    if (next >= root) return root
    root = next
  }
}
