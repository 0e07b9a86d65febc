// Why this exists: a pilot laboratory must get the figures of JJF 1117 and ISO 13528 from its data, exactly, and be told what is wrong with it.
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

/** The worked comparison of alcoholometers: two pilots form the reference value. */
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
  const { reference, laboratories, consistency } = evaluated({
    results: alcohol,
    reference: { method: 'weighted-mean', contributors: ['LAB-01', 'LAB-02'] },
    drift: U('0.010'),
  })

  it('forms the reference value from the pilots', () => {
    expect(reference).toEqual({
      value: '0.01800',
      standardUncertainty: '0.01061',
      expandedUncertainty: '0.02121',
      k: '2',
      contributors: ['LAB-01', 'LAB-02'],
    })
  })

  it('gives the stated En, with the correlation of the pilots', () => {
    expect(laboratories.map(({ code, en, outcome, contributes }) => [code, en, outcome, contributes])).toEqual([
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
    expect(consistency).toEqual({ observed: '0.080000', degreesOfFreedom: 1, critical: '3.8415', birgeRatio: '0.283', isConsistent: true })
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

  it('cannot score a sole pilot against its own value, and says nothing rather than something', () => {
    const [first] = evaluated({ results: three, reference: { method: 'pilot', contributors: ['A'] } }).laboratories
    expect(first).toEqual({ code: 'A', difference: '0', contributes: true, outcomes: {} })
  })

  it('does not score it against itself for a drift or a σpt either, whatever the method', () => {
    for (const method of ['pilot', 'weighted-mean', 'mean', 'median'] as const) {
      const input: ComparisonInput = { results: three, reference: { method, contributors: ['A'] }, drift: U('0.1'), sigma: '1' }
      const [first, second] = evaluated(input).laboratories
      expect(first).toEqual({ code: 'A', difference: '0', contributes: true, outcomes: {} })
      expect(second?.en).toBeDefined()
    }
  })

  it('has the drift in ζ as in En: the stability of the assigned value is a part of u(xpt) (ISO 13528:2022 7.1)', () => {
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

  it('judges ζ and z by limits of their own', () => {
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

describe('faults of the input', () => {
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
    [{ k: '0' }, ['comparison.not-positive /k']],
    [{ sigma: '0' }, ['comparison.not-positive /sigma']],
    [{ drift: { standard: 'much' } }, ['comparison.not-decimal /drift/standard']],
  ])('%#', (input, expected) => {
    expect(faultsOf(input)).toEqual(expected)
  })

  it('are all named, not the first alone', () => {
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

  it('keeps the reference value among its contributors', () => {
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

  it('turns every score round when every value is', () => {
    fc.assert(
      fc.property(laboratories, method, (results, by) => {
        const turned = results.map((one) => ({ ...one, value: one.value.startsWith('-') ? one.value.slice(1) : `-${one.value}` }))
        const plain = evaluated({ results, reference: { method: by } }).laboratories
        const opposite = evaluated({ results: turned, reference: { method: by } }).laboratories
        expect(opposite.map(({ en }) => en && -number(en) + 0)).toEqual(plain.map(({ en }) => en && number(en) + 0))
      }),
    )
  })

  it('takes U with its k for what it is: u', () => {
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
  it('is that of the whole evaluation', () => {
    for (const by of ['weighted-mean', 'mean', 'median'] as const)
      expect(referenceValue({ results: alcohol, reference: { method: by } })).toBe(
        evaluated({ results: alcohol, reference: { method: by } }).reference.value,
      )
    expect(referenceValue({ results: [], reference: { method: 'mean' } })).toBeUndefined()
  })

  it('of numbers with all the digits there may be is right to the last one shown', () => {
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

  it('refuses what is no uncertainty', () => {
    for (const U of ['0', '0.0', '-0.1'])
      expect(() => scoreDifference('1', U)).toThrow(expect.objectContaining({ code: 'comparison.not-positive' }))
    expect(() => scoreDifference('1e3', '1')).toThrow(expect.objectContaining({ code: 'decimal.syntax' }))
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
