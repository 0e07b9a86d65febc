// Why this exists: if other software reads a unit differently, a factor of a thousand may be lost unnoticed.
import { describe, expect, it } from 'vitest'
import { run } from '../oracles/units.ts'
import { vectorFile } from '../support/vectors.ts'

describe('functional tests of UCUM, both editions', () => {
  it('agree with ours on every code whose atoms are legal units', () => {
    const { lines, cases, leftOut } = run(vectorFile('ucum'))
    expect(lines).toEqual([])
    expect(cases).toBeGreaterThan(800)
    expect([...leftOut.keys()].every((reason) => / is no legal unit$|^display names|later edition/.test(reason))).toBe(true)
  })
})
