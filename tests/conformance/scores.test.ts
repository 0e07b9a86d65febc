// Why this exists: a stated score must be compared with its data in every form of uncertainty, or reported as not compared.
import { checkRecord } from 'tongheng/conformance'
import type { ComparisonPoint, LaboratoryResult, Uncertainty } from 'tongheng/records'
import { change, fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'

const U = (value: string, k = '2', more: object = {}): Uncertainty => ({ form: 'expanded', value, k, ...more }) as Uncertainty
const u = (value: string): Uncertainty => ({ form: 'standard', value })
const interval: Uncertainty = { form: 'interval', lower: '-1', upper: '1', coverage: '0.95' }
const lab = (code: string, value: string, uncertainty: Uncertainty, more: Partial<LaboratoryResult> = {}): LaboratoryResult => ({
  code,
  value,
  uncertainty,
  ...more,
})
const given = (value: string, uncertainty: Uncertainty): ComparisonPoint['reference'] => ({ value, uncertainty, method: 'given' })

/** Findings about one point with laboratories A, B, C. */
function codes(point: Partial<ComparisonPoint>, more: readonly [string, unknown][] = []): string[] {
  const results = point.results ?? []
  const record = change(
    fixtures.F12.record,
    ['/participants', [...results.map(({ code }) => ({ code })), { code: 'Z' }].slice(0, Math.max(2, results.length))],
    ['/pilots', [results[0]?.code ?? 'A']],
    ['/route', undefined],
    ['/outcomes', [{ code: results.at(-1)?.code ?? 'A', outcome: 'satisfactory', note: { zh: '说明' } }]],
    ['/points', [{ id: 'p', quantity: { zh: '量' }, unit: 'mm', ...point }]],
    ...more,
  )
  return checkRecord(record)
    .checks.filter(
      ({ id, status }) => (id === 'comparison.scores' || id === 'comparison.outcomes') && (status === 'fail' || status === 'warn'),
    )
    .map(({ status, code, path }) => `${status} ${code} ${path}`)
}
const one = (stated: Partial<LaboratoryResult>, uncertainty = U('0.30'), point: Partial<ComparisonPoint> = {}): string[] =>
  codes({ reference: given('10.00', U('0.40')), results: [lab('A', '10.50', uncertainty, stated)], ...point })
const at = (score: string, code: string): string[] => [`${code} /points/0/results/0/${score}`]

describe('En', () => {
  it('uses U as stated: 0.5/√(0.3² + 0.4²) = 1', () => {
    expect([one({ en: '1.00' }), one({ en: '1.00' }, u('0.15'))]).toEqual([[], []])
    expect(one({ en: '0.80' })).toEqual(at('en', 'fail score.differs'))
  })

  it('converts a relative U to the unit of the value', () => {
    // 2.857143 % of 10.50 is 0.30.
    expect(one({ en: '1.00' }, U('2.857143', '2', { relativeTo: '%' }))).toEqual([])
    expect(one({ en: '0.17' }, U('2.857143', '2', { relativeTo: '%' }))).toEqual(at('en', 'fail score.differs'))
    const relative = { reference: given('10.00', U('4.0', '2', { relativeTo: '%' })) }
    expect([one({ en: '1.00' }, U('0.30'), relative), one({ en: '0.12' }, U('0.30'), relative)]).toEqual([
      [],
      at('en', 'fail score.differs'),
    ])
  })

  it('is not judged where U has no size: an interval, a ratio of zero or of ℃, a negative U', () => {
    const ratio = U('1.0', '2', { relativeTo: '%' })
    expect(one({ en: '1.00' }, interval)).toEqual(at('en', 'warn score.not-judged'))
    expect(one({ en: '1.00' }, U('0.30'), { reference: given('10.00', interval) })).toEqual(at('en', 'warn score.not-judged'))
    expect(one({ en: '1.00' }, U('0.30'), { reference: given('0.00', ratio) })).toEqual(at('en', 'warn score.not-judged'))
    expect(one({ en: '1.00' }, ratio, { unit: 'Cel' })).toEqual(at('en', 'warn score.not-judged'))
    expect(one({ en: '1.00' }, U('-0.30'))).toEqual(at('en', 'warn score.not-judged'))
    expect(one({ en: '1.00' }, U('0.30', '0'))).toEqual(at('en', 'warn score.not-judged'))
    expect(one({ en: '1.00' }, U('0.30'), { drift: interval })).toEqual(at('en', 'warn score.not-judged'))
  })

  it('may be by JJF 1117 with one k, or by ISO 13528 with each U as reported', () => {
    // u = 0.1, ur = 0.2: 0.5/(2√0.05) = 1.118; U = 0.3, Ur = 0.4: 1.000.
    const other = U('0.30', '3')
    expect([one({ en: '1.12' }, other), one({ en: '1.00' }, other)]).toEqual([[], []])
    expect(one({ en: '0.90' }, other)).toEqual(at('en', 'fail score.differs'))
  })

  it('uses the k of the laboratory where the reference value has none', () => {
    // u 0.1, ur 0.2; k = 3: 0.5/(3√0.05) = 0.745.
    expect(one({ en: '0.745' }, U('0.3', '3'), { reference: given('10.00', u('0.2000')) })).toEqual([])
  })
})

describe('ζ and z', () => {
  it('ζ uses standard uncertainties, that of the drift included (ISO 13528:2022 7.1)', () => {
    expect(one({ zeta: '2.00' })).toEqual([])
    // u² = 0.15² + 0.20² + 0.60².
    const drift = { drift: U('1.20') }
    expect(one({ zeta: '0.77' }, U('0.30'), drift)).toEqual([])
    expect(one({ zeta: '2.00' }, U('0.30'), drift)).toEqual(at('zeta', 'warn score.drift-ignored'))
    expect(one({ zeta: '1.50' }, U('0.30'), drift)).toEqual(at('zeta', 'fail score.differs'))
    expect(one({ en: '1.00' }, U('0.30'), drift)).toEqual(at('en', 'fail score.differs'))
    expect(one({ zeta: '2.00' }, interval)).toEqual(at('zeta', 'warn score.not-judged'))
  })

  it('z requires σpt, and no uncertainty', () => {
    expect(one({ z: '2.50' }, interval, { sigma: '0.200' })).toEqual([])
    expect(one({ z: '2.00' }, interval, { sigma: '0.200' })).toEqual(at('z', 'fail score.differs'))
    expect(one({ z: '2.00' })).toEqual(at('z', 'warn score.not-judged'))
    expect([one({ z: '2.00' }, U('0.30'), { sigma: '0' }), one({ z: '2.00' }, U('0.30'), { sigma: '-1' })]).toEqual([
      at('z', 'fail score.not-computable'),
      at('z', 'fail score.not-computable'),
    ])
  })
})

describe('a reference value from a single laboratory', () => {
  const own = (stated: Partial<LaboratoryResult>, method: 'pilot' | 'mean' | 'median' = 'pilot'): string[] =>
    codes({
      reference: { value: '10.00', uncertainty: U('0.40'), method, contributors: ['A'] },
      drift: U('0.10'),
      results: [lab('A', '10.00', U('0.40'), stated), lab('B', '10.10', U('0.40'), { en: '0.17' })],
    })

  it('gives that laboratory no score', () => {
    expect(own({})).toEqual([])
    for (const method of ['pilot', 'mean', 'median'] as const) {
      expect(own({ en: '0.00' }, method)).toEqual(at('en', 'warn score.own-value'))
      expect(own({ en: '0.30' }, method)).toEqual(at('en', 'fail score.not-computable'))
    }
    expect(own({ z: '0.0' })).toEqual(at('z', 'warn score.own-value'))
  })

  it('lets that laboratory have an outcome without a score', () => {
    expect(own({ outcome: 'satisfactory' })).toEqual([])
  })
})

describe('the reference value', () => {
  const formed = (value: string, method: 'mean' | 'weighted-mean', uncertainty = U('0.40'), contributors = ['A', 'B']): string[] =>
    codes({
      reference: { value, uncertainty: U('0.30'), method, contributors },
      results: [lab('A', '10.00', uncertainty), lab('B', '20.00', U('0.40'), { en: '1.00', outcome: 'satisfactory' })],
    }).filter((finding) => finding.includes('reference.'))
  const differs = ['fail reference.differs /points/0/reference/value']
  const notJudged = ['warn reference.not-judged /points/0/reference/value']

  it('may differ by what rounded weights can shift: a twentieth of the spread, and one and a half of the last digit', () => {
    // 15 ± (10/20 + 0.015).
    expect([formed('15.51', 'mean'), formed('15.515', 'mean'), formed('15.52', 'mean'), formed('14.49', 'mean')]).toEqual([
      [],
      [],
      differs,
      [],
    ])
    expect([formed('15.60', 'mean'), formed('14.40', 'mean')]).toEqual([differs, differs])
  })

  it('is formed from relative uncertainties', () => {
    // 4 % of 10.00 is 0.40: equal weights.
    expect(formed('15.00', 'weighted-mean', U('4.0', '2', { relativeTo: '%' }))).toEqual([])
    expect(formed('12.00', 'weighted-mean', U('4.0', '2', { relativeTo: '%' }))).toEqual(differs)
  })

  it('is not judged where a weight is missing; a mean needs no weights', () => {
    expect(formed('15.00', 'weighted-mean', interval)).toEqual(notJudged)
    expect(formed('15.00', 'mean', interval)).toEqual([])
    expect(formed('12.00', 'mean', interval)).toEqual(differs)
    expect(formed('15.00', 'mean', U('0.40'), ['A', 'C'])).toEqual(notJudged)
  })
})

describe('an outcome', () => {
  it('is not judged without any score', () => {
    expect(one({ outcome: 'satisfactory' })).toEqual(['warn laboratory.not-judged /points/0/results/0/outcome'])
    expect(one({})).toEqual(['warn laboratory.not-judged /outcomes/0/outcome'])
    expect(one({ en: '1.00' }, U('0.30'), {})).toEqual([])
  })

  it('of an excluded result needs no score', () => {
    expect(one({ en: '1.00', outcome: 'unsatisfactory', excluded: { zh: '损坏' } })).toEqual([
      'warn laboratory.not-judged /outcomes/0/outcome',
    ])
  })
})

describe('scores of contributors', () => {
  // A: 10.50, u 0.15; the reference value has ur 0.05.
  const contributing = (method: 'mean' | 'weighted-mean' | 'pilot' | 'median', en: string): string[] =>
    codes({
      reference: { value: '10.000', uncertainty: U('0.100'), method, contributors: ['A', 'B', 'C', 'D'] },
      results: [
        lab('A', '10.50', U('0.30'), { en }),
        lab('B', '10.00', U('0.30')),
        lab('C', '9.80', U('0.30')),
        lab('D', '9.70', U('0.30'), { outcome: 'satisfactory' }),
      ],
    }).filter((finding) => finding.includes('/en'))

  it('against a mean of four use u²(1 − 2/4) + ur²: 0.5/√(0.045 + 0.01) = 2.13', () => {
    expect(contributing('mean', '2.13')).toEqual([])
    expect(contributing('mean', '1.58')).toEqual(at('en', 'fail score.correlation-ignored'))
    expect(contributing('mean', '1.77')).toEqual(at('en', 'fail score.differs'))
  })

  it('against a weighted mean, or a mean of the pilots, use u² − ur²: 0.5/√(0.09 − 0.01) = 1.77', () => {
    for (const method of ['weighted-mean', 'pilot'] as const) {
      expect(contributing(method, '1.77')).toEqual([])
      expect(contributing(method, '1.58')).toEqual(at('en', 'fail score.correlation-ignored'))
    }
  })

  it('against a median use the sum of both: 0.5/√(0.09 + 0.01) = 1.58', () => {
    expect(contributing('median', '1.58')).toEqual([])
    expect(contributing('median', '1.77')).toEqual(at('en', 'fail score.correlation-assumed'))
  })
})

describe('the outcome of a round', () => {
  const found = (points: readonly Partial<LaboratoryResult>[], outcome: string, note?: object): string[] => {
    const record = change(
      fixtures.F12.record,
      ['/participants', [{ code: 'A' }, { code: 'Z' }]],
      ['/pilots', ['A']],
      ['/route', undefined],
      ['/outcomes', [{ code: 'A', outcome, ...(note && { note }) }]],
      [
        '/points',
        points.map((stated, point) => ({
          id: `p${point}`,
          quantity: { zh: '量' },
          unit: 'mm',
          reference: given('10.00', U('0.40')),
          results: [lab('A', '10.00', U('0.30'), stated)],
        })),
      ],
    )
    return checkRecord(record)
      .checks.filter(({ id, status }) => id === 'comparison.outcomes' && status !== 'pass')
      .map(({ status, code, path }) => `${status} ${code} ${path}`)
  }
  const better = ['warn outcome.better-than-points /outcomes/0/outcome']

  it('is that of the worst point, in any order, unless a note explains it', () => {
    const [good, middling, bad] = [{ zeta: '1.0' }, { zeta: '2.5' }, { zeta: '3.5' }]
    expect(found([good, bad], 'satisfactory')).toEqual(better)
    expect(found([bad, good], 'satisfactory')).toEqual(better)
    expect(found([bad, middling], 'questionable')).toEqual(better)
    expect(found([middling, bad], 'questionable')).toEqual(better)
    expect(found([good, middling], 'questionable')).toEqual([])
    expect(found([good, bad], 'unsatisfactory')).toEqual([])
    expect(found([good, good], 'unsatisfactory')).toEqual([])
    expect(found([good, bad], 'satisfactory', { zh: '说明' })).toEqual([])
  })

  it('of a point is by En where stated, else by ζ, else by z; a score printed at its limit allows both outcomes', () => {
    const of = (stated: Partial<LaboratoryResult>): string[] => found([stated], 'unsatisfactory')
    const wrong = ['fail outcome.not-from-score /points/0/results/0/outcome']
    expect(of({ en: '0.90', zeta: '3.5', z: '3.5', outcome: 'satisfactory' })).toEqual([])
    expect(of({ en: '1.10', zeta: '1.0', outcome: 'satisfactory' })).toEqual(wrong)
    expect(of({ zeta: '2.5', z: '1.0', outcome: 'questionable' })).toEqual([])
    expect(of({ z: '3.5', outcome: 'questionable' })).toEqual(wrong)
    for (const outcome of ['satisfactory', 'unsatisfactory'] as const) expect(of({ en: '1.00', outcome })).toEqual([])
    expect(of({ en: '-1.00', outcome: 'unsatisfactory' })).toEqual([])
    expect(of({ en: '-1.10', outcome: 'unsatisfactory' })).toEqual([])
    expect(of({ en: '1.01', outcome: 'satisfactory' })).toEqual(wrong)
    expect(of({ en: '0.99', outcome: 'unsatisfactory' })).toEqual(wrong)
    for (const outcome of ['satisfactory', 'questionable'] as const) expect(of({ zeta: '2.0', outcome })).toEqual([])
    expect(of({ zeta: '2.0', outcome: 'unsatisfactory' })).toEqual(wrong)
    for (const outcome of ['questionable', 'unsatisfactory'] as const) expect(of({ zeta: '3.0', outcome })).toEqual([])
  })
})

describe('comparison.scores', () => {
  const row = (point: Partial<ComparisonPoint>): string[] => {
    const record = change(fixtures.F12.record, [
      '/points',
      [{ id: 'p', quantity: { zh: '量' }, unit: '%{vol}', results: [lab('LAB-01', '10.00', U('0.30'))], ...point }],
    ])
    return checkRecord(record)
      .checks.filter(({ id }) => id === 'comparison.scores')
      .map(({ status, code }) => `${status} ${code}`)
  }

  it('does not apply where no score is stated and the reference value is given', () => {
    expect(row({ reference: given('10.00', U('0.40')) })).toEqual(['skip not-applicable'])
    expect(row({ reference: given('10.00', U('0.40')), results: [lab('LAB-01', '10.00', U('0.30'), { en: '0.00' })] })).toEqual([
      'pass comparison.scores',
    ])
    const formed: ComparisonPoint['reference'] = { value: '10.00', uncertainty: U('0.40'), method: 'mean', contributors: ['LAB-01'] }
    expect(row({ reference: formed })).toEqual(['pass comparison.scores'])
  })
})
