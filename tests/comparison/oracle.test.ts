// Why this exists: all these published results contain the same fault, and each must be reported.
import { describe, expect, it } from 'vitest'
import { run } from '../oracles/comparisons.ts'
import { vectorFile } from '../support/vectors.ts'

describe('key comparisons of the BIPM, CCRI(II)', () => {
  it('show percent instead of absolute values in every result with a budget, and |En| that matches their degrees of equivalence', () => {
    const { lines, cases, leftOut } = run(vectorFile('bipm-ccri-ii'))
    expect(lines).toEqual([])
    expect(cases).toBe(627)
    expect([...leftOut]).toEqual([['activity result without a budget', 11]])
  })
})
