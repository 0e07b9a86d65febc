// The checks of one rule for a record, each as one text.
import { checkRecord } from 'tongheng/conformance'
import type { AnyRecord } from 'tongheng/records'
import { type FixtureId, fixtures } from 'tongheng/testing'
import { type Change, change } from '../records/change.ts'

/** `status code path`, then the missing fact or the row that it depends on. */
export const rowsOf = (record: unknown, rule: string): string[] =>
  checkRecord(record)
    .checks.filter(({ id }) => id === rule)
    .map(({ status, code, path, blockedBy }) => [status, code, path, blockedBy].filter((part) => part !== undefined).join(' '))

/** The rows of a rule for a fixture with changes. */
export const rowsOn = (rule: string, of: FixtureId, ...changes: readonly Change[]): string[] =>
  rowsOf(change(fixtures[of].record, ...changes), rule)

export const messageIn = (record: AnyRecord, code: string): string | undefined =>
  checkRecord(record).checks.find((check) => check.code === code)?.message.en
