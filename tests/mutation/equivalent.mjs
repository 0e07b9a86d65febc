// Why this exists: some changes of the source change nothing that anyone can see, and no test can notice them. Each is listed with its
// reason, so that a score never hides one. `file` begins its path, `line` is a part of the line that it begins in,
// `original` all that is changed.

/** The compiler asks for a branch that the lines before it have closed. */
const TYPES = 'for the compiler alone: what it excludes cannot be here'
/** Rounded at the hundredth digit after the point, exact, or in lowest terms: what is shown has at most forty. */
const LENGTH = 'decides how long a fraction is carried, and so the time, not the value'
const NO_BRANCH = 'a name of “no correlation”: nothing asks for it, all else is compared with'
const OF_ZERO = 'the two sides are the same for zero, or for equal numbers'
const ITERATIONS = 'one step of the iteration more or less, beyond the last digit'

export const EQUIVALENT = [
  { file: 'comparison/chi-squared.ts', line: 'if (x <= 0) return 0', replacements: ['x < 0'], reason: OF_ZERO },
  { file: 'comparison/chi-squared.ts', line: 'if (x < a + 1) {', replacements: ['x <= a + 1'], reason: 'both expansions hold there' },
  {
    file: 'comparison/chi-squared.ts',
    line: 'n < MOST_TERMS && term > sum * 1e-16',
    replacements: ['true', 'n <= MOST_TERMS', 'term >= sum * 1e-16'],
    reason: ITERATIONS,
  },
  { file: 'comparison/chi-squared.ts', line: 'n < MOST_TERMS; n++', replacements: ['n <= MOST_TERMS'], reason: ITERATIONS },
  {
    file: 'comparison/chi-squared.ts',
    line: 'if (Math.abs(delta - 1) < 1e-16) break',
    replacements: ['Math.abs(delta - 1) <= 1e-16'],
    reason: ITERATIONS,
  },
  { file: 'comparison/chi-squared.ts', line: 'i < HALVINGS', replacements: ['i <= HALVINGS'], reason: ITERATIONS },
  {
    file: 'comparison/chi-squared.ts',
    line: '> tail) low = middle',
    replacements: ['chiSquaredTail(middle, degreesOfFreedom) >= tail'],
    reason: ITERATIONS,
  },
  { file: 'comparison/evaluate.ts', line: "reference.correlation : 'none'", replacements: ['""'], reason: NO_BRANCH },
  {
    file: 'comparison/evaluate.ts',
    line: 'isConsistent: Number(observed) <= critical',
    replacements: ['Number(observed) < critical'],
    reason: 'a table value of χ² is no number of six digits',
  },
  {
    file: 'comparison/evaluate.ts',
    line: 'return isDecimal(value) && u2 !== undefined',
    replacements: ['true', '["Stryker was here"]'],
    reason: `${TYPES}: a fault has been named, and ends the call`,
  },
  {
    file: 'comparison/evaluate.ts',
    line: 'if (faults.length > 0 || drift === undefined',
    replacements: ['false'],
    reason: `${TYPES}: whatever is missing has been named among the faults`,
  },
  {
    file: 'comparison/recompute.ts',
    line: 'const most =',
    replacements: ['compareRational(a, b) >= 0'],
    reason: OF_ZERO,
  },
  { file: 'comparison/recompute.ts', line: "agreesWith(printed, 'none')", replacements: ['""'], reason: NO_BRANCH },
  { file: 'comparison/recompute.ts', line: 'return squared === undefined ? {}', replacements: ['false'], reason: TYPES },
  { file: 'comparison/recompute.ts', line: 'const signed =', replacements: ['value.numerator <= 0n'], reason: OF_ZERO },
  {
    file: 'comparison/reference.ts',
    line: 'given.denominator < MOST ?',
    replacements: ['true', 'false', 'given.denominator <= MOST', 'given.denominator >= MOST'],
    reason: LENGTH,
  },
  {
    file: 'comparison/reference.ts',
    line: 'value.denominator < MOST ?',
    replacements: ['true', 'false', 'value.denominator <= MOST', 'value.denominator >= MOST'],
    reason: LENGTH,
  },
  {
    file: 'comparison/reference.ts',
    line: 'if (values.some(({ denominator }) => denominator >= ABSURD))',
    replacements: [
      'true',
      'false',
      '() => undefined',
      'denominator > ABSURD',
      'denominator < ABSURD',
      'values.every(({\n  denominator\n}) => denominator >= ABSURD)',
    ],
    reason: LENGTH,
  },
  {
    file: 'comparison/reference.ts',
    line: 'if (total.denominator < LONG) continue',
    replacements: ['true', 'false', 'total.denominator <= LONG', 'total.denominator >= LONG'],
    reason: LENGTH,
  },
  {
    file: 'comparison/reference.ts',
    line: 'if (total.denominator >= MOST) return',
    replacements: ['true', 'false', 'total.denominator > MOST', 'total.denominator < MOST'],
    reason: LENGTH,
  },
  {
    file: 'comparison/reference.ts',
    line: 'const within =',
    replacements: [
      'true',
      'false',
      'weight.denominator === ROUNDED && weighted.denominator === ROUNDED',
      'weight.denominator !== ROUNDED',
      'weighted.denominator !== ROUNDED',
    ],
    reason: LENGTH,
  },
  { file: 'comparison/reference.ts', line: "correlation: 'none' }", replacements: ['""'], reason: NO_BRANCH },
  {
    file: 'comparison/scores.ts',
    line: 'return difference.numerator < 0n ?',
    replacements: ['difference.numerator <= 0n'],
    reason: OF_ZERO,
  },
  { file: 'comparison/scores.ts', line: 'return squared.numerator < 0n ?', replacements: ['squared.numerator <= 0n'], reason: OF_ZERO },
]
