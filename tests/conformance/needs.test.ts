// Why this exists: a rule runs on a partly readable record if the members it declares are readable. One missing from the
// declaration causes a crash; a superfluous one skips a rule that could run.

import { builtIn } from 'tongheng/catalogue'
import { type Rule, type RuleContext, rules } from 'tongheng/conformance'
import { type AnyRecord, judgeRows, kindOf, type ReadTable, readTable } from 'tongheng/records'
import { faults, faultyRecord, faultyRecords, fixtures, negatives, publications } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'

/** The top-level members of a record that a rule reads. */
function readBy(rule: Rule, record: AnyRecord): ReadonlySet<string> {
  const read = new Set<string>()
  const watched = new Proxy(record, {
    get: (target, name) => {
      read.add(String(name))
      return Reflect.get(target, name)
    },
    has: (target, name) => {
      read.add(String(name))
      return Reflect.has(target, name)
    },
  })
  const tables =
    'results' in record
      ? (record.results ?? []).map(readTable).flatMap(({ read: one }): ReadTable[] => (one === undefined ? [] : [one]))
      : []
  const noting = <T>(member: string, value: T): T => {
    read.add(member)
    return value
  }
  const context: RuleContext = {
    record: watched,
    kind: kindOf(record),
    catalogue: builtIn,
    get factDate() {
      return noting(kindOf(record).factMember, kindOf(record).factDate(record))
    },
    get tables() {
      return noting('results', tables)
    },
    get tableFindings() {
      return noting('results', [])
    },
    get rows() {
      return noting('results', judgeRows(tables))
    },
  }
  rule.evaluate(context)
  read.delete('kind')
  // Not a member of a record: arguments are tested for being a promise.
  read.delete('then')
  return read
}

const records: readonly AnyRecord[] = [
  ...faults.map(faultyRecord),
  ...[...Object.values(fixtures), ...publications, ...negatives, ...faultyRecords].flatMap(({ record }) => [
    record,
    ...(record.kind === 'verification-record'
      ? [
          change(record, ['/verificationType', 'initial'], ['/instrument/typeApprovalNo', undefined]),
          change(record, ['/decisionRule', { rule: 'simple-acceptance' }]),
        ]
      : []),
    ...(record.kind === 'calibration-result'
      ? [change(record, ['/calibrationBegan', record.calibratedOn], ['/amendment', { replaces: 'another', reason: { zh: '更正' } }])]
      : []),
  ]),
]

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  const concerned = records.filter(({ kind }) => rule.needs[kind] !== undefined)

  it('reads only the members that it declares', () => {
    const undeclared = concerned.flatMap((record) => {
      const needs: readonly string[] = rule.needs[record.kind] ?? []
      return [...readBy(rule, record)].filter((member) => !needs.includes(member)).map((member) => `${record.kind} ${member}`)
    })
    expect(concerned.length).toBeGreaterThan(0)
    expect([...new Set(undeclared)]).toEqual([])
  })

  it('declares only members that it reads', () => {
    const idle = Object.entries(rule.needs).flatMap(([kind, needs]) => {
      const read = new Set(concerned.filter((record) => record.kind === kind).flatMap((record) => [...readBy(rule, record)]))
      return needs.filter((member) => !read.has(member)).map((member) => `${kind} ${member}`)
    })
    expect(idle).toEqual([])
  })
})
