/** Summarises a folder of statements: counts, and duplicates. */
import { identifierKey, isNoSerial, plateKey } from '../base/identifier.js'
import { type Expectation, isObject } from '../base/options.js'
import type { TableRow } from './table.js'

/** A count under a heading. */
export interface SummaryCount {
  readonly name: string
  readonly count: number
}

/** Rows that should not occur twice in one folder. */
export interface SummaryDuplicate {
  /** One statement several times; one number of an issuer on different statements; one instrument in several statements. */
  readonly what: 'statement' | 'number' | 'instrument'
  readonly name: string
  readonly places: readonly string[]
}

export interface Summary {
  readonly total: number
  readonly outcomes: readonly SummaryCount[]
  readonly kinds: readonly SummaryCount[]
  readonly issuers: readonly SummaryCount[]
  readonly reasons: readonly SummaryCount[]
  readonly duplicates: readonly SummaryDuplicate[]
  /** Rows among which duplicates were looked for: of more rows, the first ones. */
  readonly searched: number
}

const PARTS = ['outcomes', 'kinds', 'issuers', 'reasons', 'duplicates'] as const

/** The shape of a summary as an argument. */
export const SUMMARY: Expectation = {
  is: (value) =>
    isObject(value) && [value.total, value.searched].every(Number.isSafeInteger) && PARTS.every((name) => Array.isArray(value[name])),
  expected: { zh: 'createTally 给出的汇总', en: 'the summary of a createTally' },
}

export interface Tally {
  add(row: TableRow): void
  summary(): Summary
}

/** Maximum locations per duplicate, and maximum duplicates; beyond them only the counts grow. */
const MAX_PLACES = 20
const MAX_DUPLICATES = 1000
/** Maximum rows that are remembered to find duplicates, about 1 kB each. */
const MAX_SEARCHED = 200_000

interface Seen {
  readonly name: string
  readonly first: string
  readonly id: string
  places?: string[]
}

const placeOf = ({ file, line }: TableRow): string => (line === '' ? file : `${file}:${line}`)

/** Counts rows one by one. To find duplicates it remembers the identifiers of the first 200,000 rows; all else needs no memory. */
export function createTally(): Tally {
  let total = 0
  const outcomes = new Map<string, number>()
  const kinds = new Map<string, number>()
  const issuers = new Map<string, number>()
  const reasons = new Map<string, number>()
  const examples = new Map<string, string>()
  const seen = { statement: new Map<string, Seen>(), number: new Map<string, Seen>(), instrument: new Map<string, Seen>() }
  const count = (of: Map<string, number>, name: string): void => void (name !== '' && of.set(name, (of.get(name) ?? 0) + 1))
  const note = (what: keyof typeof seen, key: string, name: string, row: TableRow): void => {
    const before = seen[what].get(key)
    if (before === undefined) {
      seen[what].set(key, { name, first: placeOf(row), id: row.statementId })
      return
    }
    // The same statement again is one duplicate, and is reported once.
    if (what !== 'statement' && before.id === row.statementId) return
    before.places ??= [before.first]
    if (before.places.length < MAX_PLACES) before.places.push(placeOf(row))
  }
  return {
    add(row) {
      total++
      count(outcomes, row.word)
      count(kinds, row.kind)
      count(issuers, row.issuer === '' ? '' : `${row.issuer} ${row.uscc}`)
      if (row.outcome !== 'recognised') {
        // Every record has its own sentence for a code; the first represents them all.
        if (!examples.has(row.code)) examples.set(row.code, row.reason)
        count(reasons, row.code)
      }
      if (total > MAX_SEARCHED) return
      // Of a statement that is not genuine the issuer is empty, and it is no second copy.
      if (row.uscc !== '' && row.statementId !== '') note('statement', row.statementId, row.number || row.statementId, row)
      if (row.uscc !== '' && row.number !== '') note('number', `${row.uscc} ${identifierKey(row.number)}`, row.number, row)
      const instrument =
        row.plate !== ''
          ? plateKey(row.plate)
          : row.serial !== '' && !isNoSerial(row.serial)
            ? `${row.model} ${identifierKey(row.serial)}`
            : ''
      if (instrument !== '') note('instrument', instrument, row.plate || row.serial, row)
    },
    summary() {
      const duplicates = (Object.keys(seen) as (keyof typeof seen)[]).flatMap((what) =>
        [...seen[what].values()].flatMap(({ name, places }) => (places === undefined ? [] : [{ what, name, places }])),
      )
      return {
        total,
        searched: Math.min(total, MAX_SEARCHED),
        outcomes: sorted(outcomes),
        kinds: sorted(kinds),
        issuers: sorted(issuers),
        reasons: sorted(reasons).map(({ name, count }) => ({ name: `${examples.get(name)} [${name}]`, count })),
        duplicates: duplicates.slice(0, MAX_DUPLICATES),
      }
    },
  }
}

const sorted = (counts: ReadonlyMap<string, number>): SummaryCount[] =>
  [...counts].map(([name, count]) => ({ name, count })).sort((one, other) => other.count - one.count)
