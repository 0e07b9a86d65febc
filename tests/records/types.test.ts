// Why this exists: the types shown by an editor are written separately from the schemas, so the two may differ.
import { readFileSync } from 'node:fs'
import type * as records from 'tongheng/records'
import { describe, expect, it } from 'vitest'
import type * as z from 'zod/mini'
import { recordTypes, TYPES_FILE } from '../../.ci/generate/record-types.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Documents = {
  VerificationRecord: [z.infer<typeof records.VerificationRecord>, records.VerificationRecord]
  CalibrationResult: [z.infer<typeof records.CalibrationResult>, records.CalibrationResult]
  TechnicalSpecification: [z.infer<typeof records.TechnicalSpecification>, records.TechnicalSpecification]
  ComparisonResult: [z.infer<typeof records.ComparisonResult>, records.ComparisonResult]
  SupervisionFinding: [z.infer<typeof records.SupervisionFinding>, records.SupervisionFinding]
  TypeApproval: [z.infer<typeof records.TypeApproval>, records.TypeApproval]
}
/** Compiles only where every pair is the same type. */
const same: { [K in keyof Documents]: Same<Documents[K][0], Documents[K][1]> } = {
  VerificationRecord: true,
  CalibrationResult: true,
  TechnicalSpecification: true,
  ComparisonResult: true,
  SupervisionFinding: true,
  TypeApproval: true,
}

describe('types.ts', () => {
  it('contains exactly the types of the schemas: run npm run schemas after changing them', () => {
    expect(readFileSync(TYPES_FILE, 'utf8').trimEnd()).toBe(recordTypes().trimEnd())
  })

  it('equals the types that are inferred from the schemas', () => {
    expect(Object.values(same).every(Boolean)).toBe(true)
  })

  it('explains every member, in Chinese and English', () => {
    const lines = recordTypes().split('\n')
    const bare = lines.filter((line, at) => /^\s+['\w]+\??: /.test(line) && !/\*\/$/.test(lines[at - 1] ?? ''))
    expect(bare.filter((line) => !/: (?:LocalizedText|[A-Z]\w+)(?:\[\])?(?: \| undefined)?$/.test(line))).toEqual([])
  })
})
