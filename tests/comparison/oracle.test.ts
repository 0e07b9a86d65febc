// Why this exists: the fault that every one of these published results has must be found in every one of them.
import { describe, expect, it } from 'vitest'
import { run } from '../oracles/comparisons.ts'
import { sharedData } from '../support/shared-data.ts'

const folder = sharedData('comparisons/bipm-ccri-ii')

describe.skipIf(folder === undefined)('key comparisons of the BIPM, CCRI(II)', () => {
  it('have the percent-for-absolute fault in every result with a budget, and |En| as their degrees of equivalence say', () => {
    const { lines, cases, leftOut } = run(folder as string)
    expect(lines).toEqual([])
    expect(cases).toBe(627)
    expect([...leftOut]).toEqual([['activity result without a budget', 11]])
  })
})
