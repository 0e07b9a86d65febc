// Why this exists: a right record of an ordinary instrument must never fail. These are built from printed forms and raw records, not from the schema.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkRecord } from 'tongheng/conformance'
import { describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'

interface RealRecord {
  /** The printed form that the record was made from. */
  readonly form: string
  /** A slip of a clerk, and the code that must find it. */
  readonly mutation: { readonly pointer: string; readonly to: unknown; readonly code: string }
  readonly record: object
}

const folder = join(import.meta.dirname, 'real-records')
const records = readdirSync(folder).map(
  (file) => [file.replace('.json', ''), JSON.parse(readFileSync(join(folder, file), 'utf8')) as RealRecord] as const,
)
/** Findings about the coverage of our own tables, not about the record: editions and categories that they do not contain. */
const ABOUT_OUR_TABLES = new Set<string>(['specification.dates-unverified', 'specification.edition-unknown', 'category.unknown'])

describe.each(records)('%s', (_, { record, mutation }) => {
  it('has no finding', () => {
    const findings = checkRecord(record).checks.filter(({ status, code }) => status !== 'pass' && code !== 'not-applicable')
    expect(
      findings.filter(({ code }) => !ABOUT_OUR_TABLES.has(code)).map(({ code, path, message }) => `${code} ${path}: ${message.zh}`),
    ).toEqual([])
  })

  it('fails after a clerical error', () => {
    const { checks } = checkRecord(change(record, [mutation.pointer, mutation.to]))
    expect(checks.filter(({ status }) => status === 'fail').map(({ code }) => code)).toContain(mutation.code)
  })
})

describe('real records', () => {
  it('number at least twelve', () => {
    expect(records.length).toBeGreaterThanOrEqual(12)
  })
})
