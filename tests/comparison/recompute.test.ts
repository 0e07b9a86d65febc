// Why this exists: a stated score is correct if some values within the rounding of the printed numbers yield it; each common
// mistake has its own code.
import { type PrintedScore, type PrintedUncertainty, recomputeScore, type ScoreAgreement, scoreAgreement } from 'tongheng/comparison'
import { describe, expect, it } from 'vitest'

const decimal = (text: string) => ({
  coefficient: BigInt(text.replace('.', '')),
  scale: text.includes('.') ? text.length - text.indexOf('.') - 1 : 0,
})
const U = (value: string, k = '2'): PrintedUncertainty => ({ value: decimal(value), k: decimal(k) })

interface Told extends Omit<Partial<PrintedScore>, 'stated' | 'result' | 'reference' | 'k' | 'sigma'> {
  readonly result?: string
  readonly reference?: string
  readonly k?: string
  readonly sigma?: string
}
const printed = (score: PrintedScore['score'], stated: string, told: Told = {}): PrintedScore => ({
  uncertainty: U('0.30'),
  referenceUncertainty: U('0.40'),
  correlation: 'none',
  contributors: 0,
  ...told,
  score,
  stated: decimal(stated),
  result: decimal(told.result ?? '10.50'),
  reference: decimal(told.reference ?? '10.00'),
  k: decimal(told.k ?? '2'),
  sigma: told.sigma === undefined ? undefined : decimal(told.sigma),
})
const judged = (score: PrintedScore['score'], stated: string, told: Told = {}): ScoreAgreement =>
  scoreAgreement(printed(score, stated, told))
const expectedOf = (score: PrintedScore['score'], stated: string, told: Told = {}) => recomputeScore(printed(score, stated, told))

describe('z of printed numbers', () => {
  // The reference value 10 lies in [9.5, 10.5] and σpt 1 in [0.5, 1.5].
  it.each<[string, string, string, ScoreAgreement]>([
    // (13.025 − 9.5)/0.5 = 7.05, where the readings of 7.1 begin.
    ['13.025', '10', '7.1', 'agrees'],
    ['13.024', '10', '7.1', 'differs'],
    // (12.975 − 10.5)/1.5 = 1.65, where the readings of 1.6 end.
    ['12.975', '10', '1.6', 'agrees'],
    ['12.976', '10', '1.6', 'differs'],
    ['6.975', '10', '-7.1', 'agrees'],
    ['6.976', '10', '-7.1', 'differs'],
    ['7.025', '10', '-1.6', 'agrees'],
    ['7.024', '10', '-1.6', 'differs'],
    // From (9.8 − 10.5)/0.5 = −1.4 to (9.8 − 9.5)/0.5 = 0.6.
    ['9.8', '10', '0.6', 'agrees'],
    ['9.8', '10', '0.7', 'sign'],
    ['9.8', '10', '-1.4', 'agrees'],
    ['9.8', '10', '-1.5', 'differs'],
    ['10.5', '10', '0.0', 'agrees'],
    ['9.5', '10', '0.0', 'agrees'],
  ])('of %s against %s: %s %s', (result, reference, stated, agreement) => {
    expect(judged('z', stated, { result, reference, sigma: '1' })).toBe(agreement)
  })

  it('with the sign of reference minus result is reported as such', () => {
    expect(judged('z', '-2.50', { sigma: '0.200' })).toBe('sign')
    expect(judged('z', '2.50', { sigma: '0.200', result: '9.50' })).toBe('sign')
    expect(judged('z', '-2.60', { sigma: '0.200' })).toBe('differs')
  })

  it('cannot be computed without σpt, or with one that is not positive', () => {
    for (const sigma of [undefined, '0', '0.0', '-1']) {
      const told = sigma === undefined ? {} : { sigma }
      expect(expectedOf('z', '2.50', told)).toEqual({ agreement: 'not-computable' })
    }
  })

  it('is expected from the printed numbers as they are, to the places of the stated one', () => {
    // The middle of σpt² is 0.2² + 0.0005²: 0.5/0.2000006.
    expect(expectedOf('z', '1.00', { sigma: '0.200' })).toEqual({ agreement: 'differs', expected: '2.50' })
    expect(expectedOf('z', '2.5', { sigma: '0.200' })).toEqual({ agreement: 'agrees', expected: '2.5' })
    expect(expectedOf('z', '1.00', { sigma: '0.200', result: '9.50' })).toEqual({ agreement: 'differs', expected: '-2.50' })
    // σpt of 1 without decimals is 0.5 to 1.5: the middle of its squares is 1.25.
    expect(expectedOf('z', '99.0', { sigma: '1', result: '12.5' })).toEqual({ agreement: 'differs', expected: '2.2' })
  })

  it('has no correlation, because z uses no uncertainty', () => {
    const told: Told = { sigma: '0.200', correlation: 'weighted-mean', contributors: 2 }
    expect(judged('z', '1.00', told)).toBe('differs')
    expect(judged('z', '1.00', { ...told, correlation: 'none' })).toBe('differs')
  })
})

describe('En and ζ of a contributor', () => {
  // u = 0.15, ur = 0.05; difference 0.50.
  const told: Told = { uncertainty: U('0.30'), referenceUncertainty: U('0.10'), contributors: 2 }

  it('use u² − ur² for a weighted mean (Cox 2002, eq. 5)', () => {
    // En: 0.5/√(0.09 − 0.01) = 1.77; ζ twice that.
    expect(judged('en', '1.77', { ...told, correlation: 'weighted-mean' })).toBe('agrees')
    expect(judged('zeta', '3.54', { ...told, correlation: 'weighted-mean' })).toBe('agrees')
    // √(0.09 + 0.01): 1.58.
    expect(expectedOf('en', '1.58', { ...told, correlation: 'weighted-mean' })).toEqual({
      agreement: 'correlation-ignored',
      expected: '1.77',
    })
    expect(judged('zeta', '3.16', { ...told, correlation: 'weighted-mean' })).toBe('correlation-ignored')
  })

  it('use u²(1 − 2/n) + ur² for a mean of n', () => {
    // n = 4: 0.09/2 + 0.01 = 0.055; 0.5/√0.055 = 2.13.
    const mean: Told = { ...told, correlation: 'mean', contributors: 4 }
    expect(judged('en', '2.13', mean)).toBe('agrees')
    expect(judged('en', '1.58', mean)).toBe('correlation-ignored')
    expect(judged('en', '1.77', mean)).toBe('differs')
  })

  it('are treated as a contributor’s only if there are contributors', () => {
    expect(judged('en', '1.77', told)).toBe('correlation-assumed')
    expect(judged('zeta', '3.54', told)).toBe('correlation-assumed')
    expect(judged('en', '1.77', { ...told, contributors: 0 })).toBe('differs')
    expect(judged('en', '1.77', { ...told, contributors: 1 })).toBe('correlation-assumed')
  })

  it('cannot be computed if the reference value is less certain than the result', () => {
    // ur 0.15 may be 0.145 to 0.155; u of 0.145 gives zero at most, u of 0.146 slightly more.
    const less = (own: string): Told => ({
      uncertainty: U(own, '1'),
      referenceUncertainty: U('0.15', '1'),
      correlation: 'weighted-mean',
      contributors: 2,
      k: '1',
    })
    expect(judged('en', '1.00', less('0.145'))).toBe('not-computable')
    expect(expectedOf('en', '1.00', less('0.145'))).toEqual({ agreement: 'not-computable' })
    expect(judged('en', '99.00', less('0.146'))).toBe('agrees')
    // The minimum is 0.495/√(0.146² − 0.145²) = 29.02; there is no maximum.
    expect(judged('en', '29.02', less('0.146'))).toBe('agrees')
    expect(judged('en', '29.01', less('0.146'))).toBe('differs')
    expect(judged('en', '-29.01', { ...less('0.146'), result: '9.50' })).toBe('differs')
    expect(judged('en', '-99.00', { ...less('0.146'), result: '9.50' })).toBe('agrees')
    // A difference of 0 to 0.010 has a non-negative score for any denominator.
    expect(judged('en', '-0.50', { ...less('0.146'), result: '10.005' })).toBe('sign')
    expect(judged('en', '0.50', { ...less('0.146'), result: '9.995' })).toBe('sign')
  })
})

describe('the uncertainties of En', () => {
  it('are exact for the laboratory, and as printed for the reference value', () => {
    // ur of 0 may be up to 0.5: 0.5/√(0.3² + 0.5²) = 0.857 to 0.5/0.3 = 1.667, and the reference value may be off by 0.005.
    const told: Told = { referenceUncertainty: U('0', '1'), uncertainty: U('0.30', '1'), k: '1', reference: '10.0000', result: '10.5000' }
    expect(judged('en', '1.67', told)).toBe('agrees')
    expect(judged('en', '1.68', told)).toBe('differs')
    expect(judged('en', '0.86', told)).toBe('agrees')
    expect(judged('en', '0.85', told)).toBe('differs')
  })

  it('are k·u with one k (JJF 1117—2010), or U as reported (ISO 13528:2022 9.7)', () => {
    // u = 0.1 by k = 3, ur = 0.2 by k = 2, both with k = 2: √(0.04 + 0.16); as reported √(0.09 + 0.16) = 0.5.
    const told: Told = { uncertainty: U('0.30', '3') }
    expect([judged('en', '1.12', told), judged('en', '1.00', told), judged('en', '0.90', told)]).toEqual(['agrees', 'agrees', 'differs'])
    // With the drift also as reported: √(0.09 + 0.16 + 0.75) = 1 if its k is 3.
    const drift: Told = { drift: U('0.866', '3') }
    expect(judged('en', '0.50', drift)).toBe('agrees')
    // And with one k: √(0.25 + (2·0.2887)²) = 0.7638.
    expect(judged('en', '0.65', drift)).toBe('agrees')
    // For an uncertainty stated as u, U follows only from the k of the comparison.
    expect(judged('en', '1.49', { uncertainty: U('0.15', '1'), referenceUncertainty: U('0.15', '1'), k: '2' })).toBe('differs')
    expect(judged('en', '1.18', { uncertainty: U('0.15', '1'), referenceUncertainty: U('0.15', '1'), k: '2' })).toBe('agrees')
    expect(judged('en', '2.36', { uncertainty: U('0.15', '1'), referenceUncertainty: U('0.15', '1'), k: '2' })).toBe('differs')
    // ζ has one formula.
    expect(judged('zeta', '2.24', told)).toBe('agrees')
    expect(judged('zeta', '2.00', told)).toBe('differs')
  })

  it('are in the unit of the value if relative', () => {
    // 3 % of 10 is 0.3, and 4 % of 10 is 0.4.
    const percent = (value: string): PrintedUncertainty => ({ ...U(value), by: { numerator: 1n, denominator: 10n } })
    expect(judged('en', '1.00', { uncertainty: percent('3.00'), referenceUncertainty: percent('4.00') })).toBe('agrees')
    expect(judged('en', '0.10', { uncertainty: percent('3.00'), referenceUncertainty: percent('4.00') })).toBe('differs')
  })
})

describe('the drift of the travelling standard', () => {
  // u² = 0.15² + 0.20² + 0.60² = 0.65².
  const told: Told = { drift: U('1.20') }

  it('is part of ζ and of En; omitting it from ζ is reported (ISO 13528:2022 7.1)', () => {
    expect([judged('zeta', '0.77', told), judged('en', '0.38', told)]).toEqual(['agrees', 'agrees'])
    expect(expectedOf('zeta', '2.00', told)).toEqual({ agreement: 'drift-ignored', expected: '0.77' })
    expect([judged('en', '1.00', told), judged('zeta', '1.50', told)]).toEqual(['differs', 'differs'])
  })
})

describe('a score of a result against itself', () => {
  it('is zero, or none', () => {
    const own = (stated: string): ScoreAgreement => judged('en', stated, { isOwnValue: true })
    expect(['0.00', '0', '-0.00', '0.01', '-0.01', '1.00'].map(own)).toEqual([
      'own-value',
      'own-value',
      'own-value',
      'not-computable',
      'not-computable',
      'not-computable',
    ])
    expect(expectedOf('en', '1.00', { isOwnValue: true })).toEqual({ agreement: 'not-computable' })
  })
})
