/** Contradictions among the records of an instrument, each with the statements that show it. */

import { messageOf, type Text } from '../../base/message.js'
import { secondUses } from '../../records/index.js'
import { coded } from './messages.js'
import type { StandingConflict } from './standing.js'
import { endOf, type StandingEntry } from './standing-entries.js'
import { type JudgedRecord, numberKey } from './standing-material.js'

type Entry = StandingEntry & Pick<JudgedRecord, 'identity'>

interface Subject {
  /** Certificates that count. */
  readonly certificates: readonly Entry[]
  readonly failure: Entry | undefined
  readonly today: string
  /** Names and certificate numbers used twice. */
  readonly twice: readonly StandingConflict[]
  readonly all: readonly Entry[]
}

export function conflictsOf({ certificates, failure, today, twice, all }: Subject): StandingConflict[] {
  const current = certificates.filter((one) => (endOf(one) ?? today) >= today)
  const conflicts: StandingConflict[] = []
  if (failure !== undefined && current.length > 0) {
    const params = { certificateNo: failure.certificateNo, others: numbersOf(current) }
    conflicts.push(conflict(coded('standing.fail-wins'), params, [failure, ...current]))
  }
  if (new Set(current.map(({ issuer }) => issuer)).size > 1)
    conflicts.push(conflict(coded('standing.duplicate'), { certificates: numbersOf(current) }, current))
  const other = all.find(describedOtherwise(all))
  if (other !== undefined) {
    const differing = all.filter((one) => one === other || isDescribedOtherwise(other.identity, one.identity))
    conflicts.push(conflict(coded('standing.identity-differs'), { certificates: numbersOf(differing) }, differing))
  }
  const own = new Set(all.map(({ statementId }) => statementId))
  return [...conflicts, ...twice.filter(({ statementIds }) => statementIds.some((id) => own.has(id)))]
}

const numbersOf = (entries: readonly Pick<StandingEntry, 'certificateNo'>[]): string =>
  entries.map(({ certificateNo }) => certificateNo).join(', ')

/** Both state maker and model, and both differ: possibly two instruments with one serial number. */
const isDescribedOtherwise = (a: Entry['identity'], b: Entry['identity']): boolean =>
  (['maker', 'model'] as const).every((mark) => a[mark] !== undefined && b[mark] !== undefined && a[mark] !== b[mark])

/**
 * Returns a predicate: true if any other entry states another maker and another model. It counts makers, models and pairs of both,
 * because comparing all pairs of a thousand entries would need a million comparisons.
 */
function describedOtherwise(all: readonly Entry[]): (one: Entry) => boolean {
  const described = all.filter(({ identity: { maker, model } }) => maker !== undefined && model !== undefined)
  const [byMaker, byModel, byBoth] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()]
  const count = (counts: Map<string, number>, key: string): number => counts.get(key) ?? 0
  const keysOf = ({ identity: { maker = '', model = '' } }: Entry) =>
    [
      [byMaker, maker],
      [byModel, model],
      [byBoth, JSON.stringify([maker, model])],
    ] as const
  for (const one of described) for (const [counts, key] of keysOf(one)) counts.set(key, count(counts, key) + 1)
  return (one) => {
    const [sameMaker = 0, sameModel = 0, same = 0] = keysOf(one).map(([counts, key]) => count(counts, key))
    const isDescribed = one.identity.maker !== undefined && one.identity.model !== undefined
    return isDescribed && described.length > sameMaker + sameModel - same
  }
}

/**
 * Finds one certificate number on two instruments, or with two contents (ISO/IEC 17025:2017 7.8.2.1 d: unique). A record that
 * replaces another, one for another nozzle of the instrument, and the same content signed again are not conflicts.
 */
export function numberConflicts(records: readonly JudgedRecord[]): readonly StandingConflict[] {
  const byNumber = new Map<string, JudgedRecord[]>()
  for (const one of statementsIn(records)) {
    // A superseded record has passed its number on to its successor.
    const isReplaced = one.verdict.checks.some(({ code }) => code === 'status.superseded')
    if (isReplaced || (one.proof !== 'genuine' && one.proof !== 'undecided')) continue
    const key = numberKey(one.issuer, one.record.certificateNo)
    byNumber.set(key, [...(byNumber.get(key) ?? []), one])
  }
  return [...byNumber.values()].flatMap((bucket) => {
    const [first] = bucket
    const twice = new Set(bucket.length > 1 ? secondUses(bucket.map(({ signed }) => signed)) : [])
    const differing = bucket.filter(({ signed }) => twice.has(signed))
    if (first === undefined || differing.length === 0) return []
    const statements = differing.map(({ statementId }) => ({ statementId })).sort((a, b) => (a.statementId < b.statementId ? -1 : 1))
    return [conflict(coded('standing.number-twice'), { certificateNo: first.record.certificateNo }, statements)]
  })
}

/** Each statement once: the lines of a batch have one number and one name. */
const statementsIn = (records: readonly JudgedRecord[]): Iterable<JudgedRecord> =>
  new Map(records.map((one) => [one.statementId, one])).values()

/**
 * Finds one name with two contents: its issuer may have submitted each to another node, so that one hides the other. Only genuine
 * records count; revoking one releases the name.
 */
export function nameConflicts(records: readonly JudgedRecord[]): readonly StandingConflict[] {
  const byName = new Map<string, JudgedRecord[]>()
  for (const one of statementsIn(records)) {
    if (one.proof !== 'genuine') continue
    const name = `${one.issuer} ${one.jti}`
    byName.set(name, [...(byName.get(name) ?? []), one])
  }
  return [...byName.values()].flatMap((bucket) => {
    const [first] = bucket
    if (first === undefined || bucket.length === 1) return []
    const statements = bucket.map(({ statementId }) => ({ statementId })).sort((a, b) => (a.statementId < b.statementId ? -1 : 1))
    return [conflict(coded('standing.name-twice'), { jti: first.jti }, statements)]
  })
}

function conflict(
  code: StandingConflict['code'],
  params: Readonly<Record<string, unknown>>,
  of: readonly Pick<StandingEntry, 'statementId'>[],
): StandingConflict {
  const { zh, en }: Text = messageOf(code, params)
  return { code, zh, en, statementIds: of.map(({ statementId }) => statementId) }
}
