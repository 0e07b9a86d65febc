/** The χ² distribution, used only as a threshold of consistency. Floating point, accurate to nine digits. */

/** Lanczos coefficients, g = 7, n = 9 (Numerical Recipes 6.1); relative error below 1e-14. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

function logGamma(x: number): number {
  const t = x + 6.5
  let sum = LANCZOS[0] as number
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (x + i - 1)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

const MAX_TERMS = 10_000

/** Regularised lower incomplete gamma function P(a, x) (NIST DLMF 8.11.4, 8.9.2). */
function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < MAX_TERMS && term > sum * 1e-16; n++) {
      term *= x / (a + n)
      sum += term
    }
    return front * sum
  }
  // Lentz's method for the continued fraction of the upper function. For x > a + 1 each denominator is at least its index, so none
  // is zero.
  let b = x + 1 - a
  let c = Number.POSITIVE_INFINITY
  let d = 1 / b
  let h = d
  for (let n = 1; n < MAX_TERMS; n++) {
    const an = -n * (n - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    const delta = d * c
    h *= delta
    if (Math.abs(delta - 1) < 1e-16) break
  }
  return 1 - front * h
}

/** Probability that χ² with this many degrees of freedom exceeds `x`. */
export const chiSquaredTail = (x: number, degreesOfFreedom: number): number => 1 - lowerGamma(degreesOfFreedom / 2, x / 2)

/** After this many halvings, a bracket of about one thousand is below the last digit of its ends. */
const HALVINGS = 60

/** The value that χ² exceeds with probability `tail` (0.05 for a test at the 5 % level), by bisection. */
export function chiSquaredCritical(tail: number, degreesOfFreedom: number): number {
  let low = 0
  let high = degreesOfFreedom + 20 * Math.sqrt(2 * degreesOfFreedom) + 20
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2
    if (chiSquaredTail(middle, degreesOfFreedom) > tail) low = middle
    else high = middle
  }
  return (low + high) / 2
}
