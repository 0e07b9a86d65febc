// Why this exists: a pilot laboratory must get the exact figures of JJF 1117 and ISO 13528 from its data, and all faults of its
// input.
import fc from 'fast-check'
import {
  type ComparisonInput,
  chiSquaredCritical,
  chiSquaredTail,
  evaluateComparison,
  type LaboratoryInput,
  referenceValue,
  scoreDifference,
} from 'tongheng/comparison'
import { describe, expect, it } from 'vitest'

const U = (expanded: string) => ({ expanded, k: '2' })
const lab = (code: string, value: string, expanded: string): LaboratoryInput => ({ code, value, uncertainty: U(expanded) })

/** Worked example: a comparison of alcoholometers in which two pilots form the reference value. */
const alcohol: readonly LaboratoryInput[] = [
  lab('LAB-01', '0.021', '0.030'),
  lab('LAB-02', '0.015', '0.030'),
  lab('LAB-03', '0.034', '0.040'),
  lab('LAB-04', '-0.012', '0.050'),
  lab('LAB-05', '0.058', '0.045'),
  lab('LAB-06', '0.092', '0.050'),
]

function evaluated(input: ComparisonInput) {
  const answer = evaluateComparison(input)
  if ('faults' in answer) throw new Error(JSON.stringify(answer.faults))
  return answer.evaluation
}

describe('the worked comparison', () => {
  const evaluation = () =>
    evaluated({ results: alcohol, reference: { method: 'weighted-mean', contributors: ['LAB-01', 'LAB-02'] }, drift: U('0.010') })

  it('forms the reference value from the pilots', () => {
    expect(evaluation().reference).toEqual({
      value: '0.01800',
      standardUncertainty: '0.01061',
      expandedUncertainty: '0.02121',
      k: '2',
      contributors: ['LAB-01', 'LAB-02'],
    })
  })

  it('yields the stated En, with the correlation of the pilots', () => {
    expect(evaluation().laboratories.map(({ code, en, outcome, contributes }) => [code, en, outcome, contributes])).toEqual([
      ['LAB-01', '0.13', 'satisfactory', true],
      ['LAB-02', '-0.13', 'satisfactory', true],
      ['LAB-03', '0.35', 'satisfactory', false],
      ['LAB-04', '-0.54', 'satisfactory', false],
      ['LAB-05', '0.79', 'satisfactory', false],
      ['LAB-06', '1.34', 'unsatisfactory', false],
    ])
  })

  it('finds the pilots consistent', () => {
    // (0.003² + 0.003²) / 0.015² = 0.08; one degree of freedom.
    expect(evaluation().consistency).toEqual({
      observed: '0.080000',
      degreesOfFreedom: 1,
      critical: '3.8415',
      birgeRatio: '0.283',
      isConsistent: true,
    })
  })
})

describe('methods of forming the reference value', () => {
  const three = [lab('A', '1.0', '0.2'), lab('B', '1.2', '0.2'), lab('C', '2.0', '0.4')]
  const by = (reference: ComparisonInput['reference']) => evaluated({ results: three, reference }).reference

  it.each<[ComparisonInput['reference'], string, string]>([
    // Weights 100, 100, 25: (100 + 120 + 50) / 225 = 1.2; u = 1/15.
    [{ method: 'weighted-mean' }, '1.200', '0.067'],
    // (1 + 1.2 + 2)/3 = 1.4; u = √(0.01 + 0.01 + 0.04)/3.
    [{ method: 'mean' }, '1.400', '0.082'],
    // MAD of 0.2, 0, 0.8 is 0.2: 1.25·1.483·0.2/√3.
    [{ method: 'median' }, '1.200', '0.214'],
    [{ method: 'pilot', contributors: ['B'] }, '1.200', '0.100'],
    [{ method: 'given', value: '1.1', uncertainty: { standard: '0.05' } }, '1.100', '0.050'],
  ])('%o', (rule, value, standardUncertainty) => {
    expect(by(rule)).toMatchObject({ value, standardUncertainty })
  })

  it('returns no score for a sole pilot against its own value', () => {
    const [first] = evaluated({ results: three, reference: { method: 'pilot', contributors: ['A'] } }).laboratories
    expect(first).toEqual({ code: 'A', difference: '0', contributes: true, outcomes: {} })
  })

  it('returns none for a drift or a σpt either, whatever the method', () => {
    for (const method of ['pilot', 'weighted-mean', 'mean', 'median'] as const) {
      const input: ComparisonInput = { results: three, reference: { method, contributors: ['A'] }, drift: U('0.1'), sigma: '1' }
      const [first, second] = evaluated(input).laboratories
      expect(first).toEqual({ code: 'A', difference: '0', contributes: true, outcomes: {} })
      expect(second?.en).toBeDefined()
    }
  })

  it('includes the drift in ζ as in En: the stability of the assigned value is part of u(xpt) (ISO 13528:2022 7.1)', () => {
    const [only] = evaluated({
      results: [lab('A', '0.5', '0.3')],
      reference: { method: 'given', value: '0', uncertainty: U('0.4') },
      drift: U('1.2'),
    }).laboratories
    expect(only).toMatchObject({ en: '0.38', zeta: '0.77' })
  })

  it('scales the median absolute deviation by 1.483, not by 1.482 (ISO 13528:2022 C.2)', () => {
    // MAD 1000, n = 4: 1.25·1483/2 = 926.875.
    const results = ['-1000', '1000', '-1000', '1000'].map((value, at) => lab(String(at), value, '1'))
    expect(evaluated({ results, reference: { method: 'median' } }).reference.standardUncertainty).toBe('926.88')
  })

  it('compares ζ and z with separate limits', () => {
    const scored = evaluated({
      results: [lab('A', '0', '2'), lab('B', '2.5', '2'), lab('C', '3', '2'), lab('D', '-2', '2')],
      reference: { method: 'given', value: '0', uncertainty: { standard: '0.000000001' } },
      sigma: '1',
    }).laboratories
    expect(scored.map(({ z, outcomes }) => [z, outcomes.z])).toEqual([
      ['0.00', 'satisfactory'],
      ['2.50', 'questionable'],
      ['3.00', 'unsatisfactory'],
      ['-2.00', 'satisfactory'],
    ])
    expect(scored.map(({ outcomes }) => outcomes.en)).toEqual(['satisfactory', 'unsatisfactory', 'unsatisfactory', 'satisfactory'])
    expect(scored.map(({ outcomes }) => outcomes.zeta)).toEqual(['satisfactory', 'questionable', 'questionable', 'satisfactory'])
  })

  it('decides at the limit before rounding', () => {
    // En is 1 exactly, and 1 and a billionth.
    const at = (value: string) =>
      evaluated({ results: [lab('A', value, '3')], reference: { method: 'given', value: '0', uncertainty: U('4') } }).laboratories[0]
    expect(at('5')).toMatchObject({ en: '1.00', outcome: 'satisfactory' })
    expect(at('5.000000005')).toMatchObject({ en: '1.00', outcome: 'unsatisfactory' })
  })
})

describe('the output of an evaluation', () => {
  const three = [lab('A', '1.0', '0.2'), lab('B', '1.2', '0.2'), lab('C', '2.0', '0.4')]

  it('reports inconsistent contributors by χ² over degrees of freedom, with the Birge ratio (Cox 2002 §5.2)', () => {
    // (0.2/0.1)² + 0 + (0.8/0.2)² = 20; √(20/2).
    expect(evaluated({ results: three, reference: { method: 'weighted-mean' } }).consistency).toEqual({
      observed: '20.000000',
      degreesOfFreedom: 2,
      critical: '5.9915',
      birgeRatio: '3.162',
      isConsistent: false,
    })
    // Of A and B about 1.1: 1 + 1.
    expect(evaluated({ results: three, reference: { method: 'mean', contributors: ['A', 'B'] } }).consistency).toMatchObject({
      observed: '2.000000',
      degreesOfFreedom: 1,
      isConsistent: true,
    })
  })

  it('has no consistency for one contributor, or none', () => {
    expect(evaluated({ results: three, reference: { method: 'pilot', contributors: ['A'] } })).not.toHaveProperty('consistency')
    const given: ComparisonInput['reference'] = { method: 'given', value: '1', uncertainty: U('0.1') }
    expect(evaluated({ results: three, reference: given })).not.toHaveProperty('consistency')
  })

  it('has scores to two digits, or as many as requested, with a default k of 2', () => {
    const given: ComparisonInput['reference'] = { method: 'given', value: '0', uncertainty: { standard: '0.3' } }
    const [A] = evaluated({ results: [lab('A', '1.0', '0.8')], reference: given, sigma: '0.3' }).laboratories
    // u = √(0.4² + 0.3²) = 0.5.
    expect(A).toEqual({
      code: 'A',
      difference: '1',
      contributes: false,
      en: '1.00',
      zeta: '2.00',
      z: '3.33',
      outcome: 'satisfactory',
      outcomes: { en: 'satisfactory', zeta: 'satisfactory', z: 'unsatisfactory' },
    })
    const [finer] = evaluated({ results: [lab('A', '1.0', '0.8')], reference: given, sigma: '0.3', k: '3', scoreScale: 4 }).laboratories
    expect(finer).toMatchObject({ en: '0.6667', zeta: '2.0000', z: '3.3333' })
    expect(evaluated({ results: [lab('A', '1.0', '0.8')], reference: given, k: '3' }).reference).toEqual({
      value: '0.000',
      standardUncertainty: '0.300',
      expandedUncertainty: '0.900',
      k: '3',
      contributors: [],
    })
  })

  it('has no score by σpt without one, and no score that cannot be computed', () => {
    // u² − ur² of the better of two contributors is 1/(1/u² + 1/u₂²) less than u²; z requires σpt.
    const [A] = evaluated({ results: three, reference: { method: 'weighted-mean' } }).laboratories
    expect(Object.keys(A ?? {})).toEqual(['code', 'difference', 'contributes', 'en', 'zeta', 'outcome', 'outcomes'])
    expect(Object.keys(A?.outcomes ?? {})).toEqual(['en', 'zeta'])
  })

  it('has a reference value two digits finer than the finest result', () => {
    const results = [lab('A', '1', '1'), lab('B', '1.25', '1'), lab('C', '1.5', '1')]
    expect(evaluated({ results, reference: { method: 'mean' } }).reference.value).toBe('1.2500')
  })

  it('has differences without trailing zeros, exact if a decimal can be, otherwise to twelve digits', () => {
    const differences = (...values: string[]) =>
      evaluated({ results: values.map((value, at) => lab(String(at), value, '1')), reference: { method: 'mean' } }).laboratories.map(
        ({ difference }) => difference,
      )
    expect(differences('10', '30')).toEqual(['-10', '10'])
    expect(differences('1.50', '1.00')).toEqual(['0.25', '-0.25'])
    expect(differences('0', '0', '1')).toEqual(['-0.333333333333', '-0.333333333333', '0.666666666667'])
  })

  it('weights a contributor to a mean by its share: u²(1 − 2/n) + ur²', () => {
    // u = 0.5, n = 2: ur² = 0.125, and the variance of the difference is 0.125 too: 0.5/(2·0.35355).
    const [A] = evaluated({ results: [lab('A', '2', '1'), lab('B', '1', '1')], reference: { method: 'mean' } }).laboratories
    expect(A).toMatchObject({ difference: '0.5', en: '0.71', zeta: '1.41' })
    // n = 4: 0.25/2 + 0.0625 = 0.1875; 0.75/(2·0.43301).
    const four = [lab('A', '2', '1'), lab('B', '1', '1'), lab('C', '1', '1'), lab('D', '1', '1')]
    expect(evaluated({ results: four, reference: { method: 'mean' } }).laboratories[0]).toMatchObject({ difference: '0.75', en: '0.87' })
  })

  it('uses the mean variance for a median if more than half of the results are equal', () => {
    // MAD 0: u = 1.25·√(mean u²)/√n = 1.25·0.5/√3.
    const results = [lab('A', '1', '1'), lab('B', '1', '1'), lab('C', '5', '1')]
    expect(evaluated({ results, reference: { method: 'median' } }).reference).toMatchObject({ value: '1.00', standardUncertainty: '0.36' })
  })

  it('has the median of an even number midway between the middle two, whatever their order', () => {
    const results = [lab('A', '4', '1'), lab('B', '1', '1'), lab('C', '9', '1'), lab('D', '3', '1')]
    // 3.5; deviations 0.5, 2.5, 5.5, 0.5: MAD 1.5; 1.25·1.483·1.5/2.
    expect(evaluated({ results, reference: { method: 'median' } }).reference).toMatchObject({ value: '3.50', standardUncertainty: '1.39' })
  })
})

describe('input of another type', () => {
  const input = { results: alcohol, reference: { method: 'weighted-mean' } }
  const A = alcohol[0] as LaboratoryInput
  it.each<[string, unknown]>([
    ['input', undefined],
    ['input', 'text'],
    ['results', { ...input, results: 'A' }],
    ['results', { ...input, results: undefined }],
    ['results', { ...input, results: [undefined] }],
    ['results', { ...input, results: [{ ...A, code: 1 }] }],
    ['results', { ...input, results: [{ ...A, value: 1 }] }],
    ['results', { ...input, results: [{ ...A, uncertainty: undefined }] }],
    ['results', { ...input, results: [{ ...A, uncertainty: { standard: 1 } }] }],
    ['results', { ...input, results: [{ ...A, uncertainty: { expanded: '1' } }] }],
    ['results', { ...input, results: [{ ...A, uncertainty: { expanded: 1, k: '2' } }] }],
    ['reference', { ...input, reference: undefined }],
    ['reference', { ...input, reference: 'mean' }],
    ['drift', { ...input, drift: '0.1' }],
    ['k', { ...input, k: 2 }],
    ['sigma', { ...input, sigma: 1 }],
    ['scoreScale', { ...input, scoreScale: '2' }],
    ['scoreScale', { ...input, scoreScale: 1.5 }],
  ])('is rejected with the name of the member: %s', (member, wrong) => {
    expect(() => evaluateComparison(wrong as ComparisonInput)).toThrow(
      expect.objectContaining({ code: 'verify.options', details: expect.objectContaining({ call: 'evaluateComparison', member }) }),
    )
  })
})

describe('faults of the input', () => {
  it('are reported, at no cost', () => {
    const long = 'x'.repeat(100)
    const A = alcohol[0] as LaboratoryInput
    const answer = evaluateComparison({
      results: [{ ...A, value: long, uncertainty: { standard: long } }, A],
      reference: { method: 'given', value: long, uncertainty: { expanded: '-1', k: '2' } },
    })
    const text = 'x'.repeat(60)
    expect('faults' in answer && answer.faults.map(({ params }) => params)).toEqual([
      { text },
      { text },
      { code: 'LAB-01' },
      { text: '-1' },
      { text },
    ])
    const none = evaluateComparison({ results: [], reference: { method: 'mean' } })
    expect('faults' in none && none.faults[0]?.params).toEqual({ count: 0, most: 500 })
    const nobody = evaluateComparison({ results: [A], reference: { method: 'mean', contributors: [] } })
    expect('faults' in nobody && nobody.faults[0]?.params).toEqual({ count: 0, most: 500 })
    const unknown = evaluateComparison({ results: [A], reference: { method: 'mean', contributors: ['LAB-01', 'LAB-02'] } })
    expect('faults' in unknown && unknown.faults[0]?.params).toEqual({ code: 'LAB-02' })
  })

  const faultsOf = (input: Partial<ComparisonInput>): string[] => {
    const answer = evaluateComparison({ results: alcohol, reference: { method: 'weighted-mean' }, ...input })
    return 'faults' in answer ? answer.faults.map(({ code, path }) => `${code} ${path}`) : []
  }
  const A = alcohol[0] as LaboratoryInput

  it.each<[Partial<ComparisonInput>, string[]]>([
    [{ results: [] }, ['comparison.laboratories /results']],
    [{ results: Array.from({ length: 501 }, (_, at) => ({ ...A, code: String(at) })) }, ['comparison.laboratories /results']],
    [{ results: [A, A] }, ['laboratory.code-twice /results/1/code']],
    [{ results: [{ ...A, value: '1e3' }] }, ['comparison.not-decimal /results/0/value']],
    [{ results: [{ ...A, uncertainty: U('0') }] }, ['comparison.not-positive /results/0/uncertainty/expanded']],
    [{ results: [{ ...A, uncertainty: { expanded: '1', k: '0' } }] }, ['comparison.not-positive /results/0/uncertainty/k']],
    [{ results: [{ ...A, uncertainty: { standard: '-1' } }] }, ['comparison.not-positive /results/0/uncertainty/standard']],
    [{ reference: { method: 'pilot', contributors: ['nobody'] } }, ['laboratory.code-unknown /reference/contributors']],
    [{ reference: { method: 'pilot', contributors: [] } }, ['comparison.laboratories /reference/contributors']],
    [{ reference: { method: 'given', value: 'x', uncertainty: U('1') } }, ['comparison.not-decimal /reference/value']],
    [
      { reference: { method: 'given', value: '1', uncertainty: { standard: '0' } } },
      ['comparison.not-positive /reference/uncertainty/standard'],
    ],
    [{ k: '0' }, ['comparison.not-positive /k']],
    [{ sigma: '0' }, ['comparison.not-positive /sigma']],
    [{ drift: { standard: 'much' } }, ['comparison.not-decimal /drift/standard']],
  ])('%#', (input, expected) => {
    expect(faultsOf(input)).toEqual(expected)
  })

  it('are all reported, not only the first', () => {
    expect(faultsOf({ results: [{ ...A, value: 'x', uncertainty: U('y') }, A], k: '-1' })).toHaveLength(4)
  })
})

describe('the algebra', () => {
  const decimal = (min: number, max: number, scale: number) =>
    fc.integer({ min, max }).map((units) => {
      const digits = Math.abs(units)
        .toString()
        .padStart(scale + 1, '0')
      return `${units < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
    })
  const laboratory = fc.record({
    value: decimal(-99_999, 99_999, 3),
    expanded: decimal(1, 999, 3),
    k: fc.constantFrom('1', '2', '2.5', '3'),
  })
  const laboratories = fc
    .array(laboratory, { minLength: 2, maxLength: 12 })
    .map((all) => all.map(({ value, expanded, k }, at): LaboratoryInput => ({ code: `L${at}`, value, uncertainty: { expanded, k } })))
  const method = fc.constantFrom('weighted-mean', 'mean', 'median') as fc.Arbitrary<'weighted-mean' | 'mean' | 'median'>
  const number = (text: string): number => Number(text)

  it('has the reference value within the range of its contributors', () => {
    fc.assert(
      fc.property(laboratories, method, (results, by) => {
        const { reference } = evaluated({ results, reference: { method: by } })
        const values = results.map(({ value }) => number(value))
        expect(number(reference.value)).toBeGreaterThanOrEqual(Math.min(...values) - 1e-5)
        expect(number(reference.value)).toBeLessThanOrEqual(Math.max(...values) + 1e-5)
      }),
    )
  })

  it('does not depend on the order of the laboratories', () => {
    fc.assert(
      fc.property(laboratories, method, (results, by) => {
        const byCode = (input: readonly LaboratoryInput[]) =>
          [...evaluated({ results: input, reference: { method: by } }).laboratories].sort((a, b) => (a.code < b.code ? -1 : 1))
        expect(byCode([...results].reverse())).toEqual(byCode(results))
      }),
    )
  })

  it('negates every score if every value is negated', () => {
    fc.assert(
      fc.property(laboratories, method, (results, by) => {
        const turned = results.map((one) => ({ ...one, value: one.value.startsWith('-') ? one.value.slice(1) : `-${one.value}` }))
        const plain = evaluated({ results, reference: { method: by } }).laboratories
        const opposite = evaluated({ results: turned, reference: { method: by } }).laboratories
        expect(opposite.map(({ en }) => en && -number(en) + 0)).toEqual(plain.map(({ en }) => en && number(en) + 0))
      }),
    )
  })

  it('treats U with its k as u', () => {
    fc.assert(
      fc.property(laboratories, method, (results, by) => {
        const asStandard = results.map((one) => ({
          ...one,
          uncertainty: { expanded: (one.uncertainty as { expanded: string }).expanded, k: '1' },
        }))
        const asTwice = results.map((one) => {
          const units = BigInt((one.uncertainty as { expanded: string }).expanded.replace('.', '')) * 2n
          const digits = units.toString().padStart(4, '0')
          return { ...one, uncertainty: { expanded: `${digits.slice(0, -3)}.${digits.slice(-3)}`, k: '2' } }
        })
        expect(evaluated({ results: asTwice, reference: { method: by } })).toEqual(
          evaluated({ results: asStandard, reference: { method: by } }),
        )
      }),
    )
  })

  it('agrees with floating point to its last digits', () => {
    fc.assert(
      fc.property(laboratories, (results) => {
        const u = results.map(
          ({ uncertainty }) => number((uncertainty as { expanded: string }).expanded) / number((uncertainty as { k: string }).k),
        )
        const weights = u.map((one) => 1 / one ** 2)
        const total = weights.reduce((a, b) => a + b, 0)
        const mean = results.reduce((sum, { value }, at) => sum + number(value) * (weights[at] as number), 0) / total
        const { reference, consistency } = evaluated({ results, reference: { method: 'weighted-mean' } })
        expect(number(reference.value)).toBeCloseTo(mean, 4)
        const observed = results.reduce((sum, { value }, at) => sum + ((number(value) - mean) / (u[at] as number)) ** 2, 0)
        expect(number(consistency?.observed ?? '') / (1 + observed)).toBeCloseTo(observed / (1 + observed), 4)
      }),
    )
  })
})

describe('a reference value alone', () => {
  it('equals that of the whole evaluation', () => {
    for (const by of ['weighted-mean', 'mean', 'median'] as const)
      expect(referenceValue({ results: alcohol, reference: { method: by } })).toBe(
        evaluated({ results: alcohol, reference: { method: by } }).reference.value,
      )
    expect(referenceValue({ results: [], reference: { method: 'mean' } })).toBeUndefined()
  })

  it('is correct to the last digit for numbers with the maximum digits', () => {
    const digits = fc.bigInt({ min: 10n ** 38n, max: 10n ** 39n - 1n }).map((value) => `${value}`)
    fc.assert(
      fc.property(fc.array(fc.tuple(digits, digits), { minLength: 2, maxLength: 12 }), (pairs) => {
        const results = pairs.map(([value, u], at) => ({ code: `${at}`, value: shifted(value), uncertainty: { standard: shifted(u) } }))
        // Σ(xᵢ/uᵢ²)/Σ(1/uᵢ²) over the product of the squares: integers only.
        const squares = pairs.map(([, u]) => BigInt(u) ** 2n)
        const others = squares.map((_, at) => squares.reduce((product, one, index) => (index === at ? product : product * one), 1n))
        const [weighted, weight] = [
          pairs.reduce((sum, [value], at) => sum + BigInt(value) * (others[at] as bigint), 0n),
          others.reduce((sum, one) => sum + one, 0n),
        ]
        // Twenty digits after the point, and the two that are shown beyond: rounded half to even, of which no such number is a case.
        const expected = (2n * weighted * 100n + weight) / (2n * weight)
        expect(referenceValue({ results, reference: { method: 'weighted-mean' } })?.replace('.', '')).toBe(`${expected}`)
      }),
      { numRuns: 50 },
    )
  })
})

/** Nineteen digits before the point and twenty after it. */
const shifted = (text: string): string => `${text.slice(0, -20)}.${text.slice(-20)}`

describe('χ²', () => {
  it.each([
    [1, 3.841459],
    [2, 5.991465],
    [5, 11.070498],
    [10, 18.307038],
    [30, 43.772972],
    [100, 124.342113],
    [499, 552.074743],
  ])('is exceeded once in twenty at the table value for %i degrees of freedom', (degrees, critical) => {
    expect(chiSquaredCritical(0.05, degrees)).toBeCloseTo(critical, 4)
    expect(chiSquaredTail(chiSquaredCritical(0.05, degrees), degrees)).toBeCloseTo(0.05, 9)
  })

  // Computed with the incomplete gamma function to forty digits: values for the series, for the continued fraction, and on both
  // sides of the switch.
  it.each([
    [0, 3, 1],
    [-1, 3, 1],
    [0.5, 1, 0.4795001221869535],
    [2.9, 1, 0.0885795525797768],
    [3.1, 1, 0.07829229414640987],
    [2000, 1, 0],
    [20, 1, 7.744216431044084e-6],
    [0.1, 3, 0.9918374237318764],
    [4.9, 3, 0.17926780368434947],
    [5.1, 3, 0.16461940408195316],
    [11.9, 10, 0.291804899212227],
    [12.1, 10, 0.27841963752277726],
    [400, 499, 0.9995921979630694],
    [500.9, 499, 0.4676551299565557],
    [501.1, 499, 0.4651454182317604],
    [650, 499, 5.698256009556657e-6],
    [0.01, 0.5, 0.7069191052789804],
  ])('exceeds %d with %d degrees of freedom with probability %d', (x, degrees, tail) => {
    expect(chiSquaredTail(x, degrees)).toBeCloseTo(tail, 12)
  })

  it.each([
    [1e-9, 1, 37.32489305136233],
    [0.001, 1, 10.827566170662733],
    [0.5, 1, 0.4549364231195728],
    [0.95, 1, 0.003932140000019522],
    [0.95, 10, 3.94029913611906],
    [0.99, 100, 70.0648949253998],
    [1e-6, 499, 663.8075548321622],
  ])('is exceeded with probability %d, with %d degrees of freedom, at %d', (tail, degrees, critical) => {
    expect(chiSquaredCritical(tail, degrees)).toBeCloseTo(critical, 5)
  })

  it('with two degrees of freedom is an exponential', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 60, noNaN: true }), (x) => {
        expect(chiSquaredTail(x, 2)).toBeCloseTo(Math.exp(-x / 2), 10)
      }),
    )
  })
})

describe('scoreDifference', () => {
  it('is the difference over its uncertainty', () => {
    expect(scoreDifference('-0.16', '0.15')).toEqual({ en: '-1.07', outcome: 'unsatisfactory' })
    expect(scoreDifference('0.15', '0.15')).toEqual({ en: '1.00', outcome: 'satisfactory' })
    expect(scoreDifference('0', '0.15', 3)).toEqual({ en: '0.000', outcome: 'satisfactory' })
  })

  it('rejects a non-positive uncertainty', () => {
    for (const U of ['0', '0.0', '-0.1'])
      expect(() => scoreDifference('1', U)).toThrow(expect.objectContaining({ code: 'comparison.not-positive', details: { text: U } }))
    expect(() => scoreDifference('1e3', '1')).toThrow(expect.objectContaining({ code: 'decimal.syntax' }))
  })
})

describe('sums of many unusual uncertainties', () => {
  /** Σ(xᵢ/uᵢ²)/Σ(1/uᵢ²) and 1/√Σ(1/uᵢ²) with eighty digits, from values and uncertainties in millionths. */
  const byDigits = (results: readonly (readonly [bigint, bigint])[]) => {
    const one = 10n ** 80n
    const weights = results.map(([, u]) => (one * 1_000_000n ** 2n) / (u * u))
    const total = weights.reduce((sum, weight) => sum + weight, 0n)
    const weighted = results.reduce((sum, [value], at) => sum + value * (weights[at] as bigint), 0n)
    return { value: Number((weighted * 10n ** 6n) / total) / 1e12, u: 1 / Math.sqrt(Number(total / 10n ** 60n) / 1e20) }
  }
  const odd = (count: number, digits: bigint) =>
    Array.from({ length: count }, (_, at): [bigint, bigint] => [
      10_000_000n + BigInt((at * 7_919_333) % 1_000_000),
      100_003n + ((BigInt(at) * 104_729n) % digits),
    ])
  const text = (millionths: bigint): string => `${millionths / 1_000_000n}.${`${millionths % 1_000_000n}`.padStart(6, '0')}`

  it.each([2, 10, 25, 60, 120])('of %i laboratories are correct, as fractions or in fixed point', (count) => {
    const numbers = odd(count, 800_000n)
    const results = numbers.map(([value, u], at) => ({ code: `${at}`, value: text(value), uncertainty: { standard: text(u) } }))
    const { reference, consistency } = evaluated({ results, reference: { method: 'weighted-mean' } })
    const { value, u } = byDigits(numbers)
    expect(Number(reference.value)).toBeCloseTo(value, 8)
    expect(Number(reference.standardUncertainty)).toBeCloseTo(u, 7)
    const observed = numbers.reduce((sum, [x, own]) => sum + ((Number(x) / 1e6 - value) / (Number(own) / 1e6)) ** 2, 0)
    expect(Number(consistency?.observed)).toBeCloseTo(observed, 4)
  })
})

describe('a tie', () => {
  it('is decided on the exact value, even for weights that no decimal represents', () => {
    // Weights 1/1.44 four times and 1/0.36, which is four of them: (1 + 1 + 1)/8 = 0.375, to the even digit.
    const results = [
      ['1', '1.2'],
      ['1', '1.2'],
      ['1', '1.2'],
      ['0', '1.2'],
      ['0', '0.6'],
    ] as const
    const named = results.map(([value, standard], at) => ({ code: `${at}`, value, uncertainty: { standard } }))
    expect(referenceValue({ results: named, reference: { method: 'weighted-mean' } })).toBe('0.38')
  })
})

describe('five hundred laboratories', () => {
  it('are evaluated', () => {
    const results = Array.from({ length: 500 }, (_, at) =>
      lab(`L${at}`, `10.${String((at * 7919) % 10_000).padStart(4, '0')}`, `0.${String(100 + ((at * 104_729) % 900))}`),
    )
    const { laboratories, consistency } = evaluated({ results, reference: { method: 'weighted-mean' } })
    expect(laboratories).toHaveLength(500)
    expect(consistency?.degreesOfFreedom).toBe(499)
  })
})
