// Why this exists: the fault that every one of these published results has must be found in every one of them.
import { describe, expect, it } from 'vitest'
import { run } from '../oracles/comparisons.ts'
import { vectorFile } from '../support/vectors.ts'

describe('key comparisons of the BIPM, CCRI(II)', () => {
  it('have the percent-for-absolute fault in every result with a budget, and |En| as their degrees of equivalence say', () => {
    const { lines, cases, leftOut } = run(vectorFile('bipm-ccri-ii'))
    expect(lines).toEqual([])
    expect(cases).toBe(627)
    expect([...leftOut]).toEqual([['activity result without a budget', 11]])
  })
})
