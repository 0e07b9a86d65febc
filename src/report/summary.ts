/** Summarises a folder of statements: counts, and duplicates. */
import { identifierKey, isNoSerial, plateKey } from '../base/identifier.js'
import { type Expectation, isObject } from '../base/options.js'
import { createDuplicateFinder, type SearchedRow } from './duplicate-rows.js'
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
  /** At most a thousand, each with at most twenty places. */
  readonly duplicates: readonly SummaryDuplicate[]
  /** Number of duplicates beyond those. */
  readonly unlisted?: number
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

/** Maximum rows among which duplicates are looked for; of each about 100 octets are remembered. */
const MAX_SEARCHED = 2_000_000

/** Counts rows one by one. To find duplicates it remembers digests of the identifiers of the first 2,000,000 rows; all else needs no memory. */
export function createTally(): Tally {
  let total = 0
  const outcomes = new Map<string, number>()
  const kinds = new Map<string, number>()
  const issuers = new Map<string, number>()
  const reasons = new Map<string, number>()
  const examples = new Map<string, string>()
  const finder = createDuplicateFinder()
  let issuer = { name: '', uscc: '', text: '' }
  const issuerOf = ({ issuer: name, uscc }: TableRow): string => {
    // Most rows are of the issuer of the row before.
    if (issuer.name !== name || issuer.uscc !== uscc) issuer = { name, uscc, text: name === '' ? '' : `${name} ${uscc}` }
    return issuer.text
  }
  const count = (of: Map<string, number>, name: string): void => void (name !== '' && of.set(name, (of.get(name) ?? 0) + 1))
  return {
    add(row) {
      total++
      count(outcomes, row.word)
      count(kinds, row.kind)
      count(issuers, issuerOf(row))
      if (row.outcome !== 'recognised') {
        // Every record has its own sentence for a code; the first represents them all.
        if (!examples.has(row.code)) examples.set(row.code, row.reason)
        count(reasons, row.code)
      }
      if (total > MAX_SEARCHED) return
      // Two lines of one certificate are not the same.
      const statementId = row.certificateLine === '' ? row.statementId : `${row.statementId} ${row.certificateLine}`
      finder.add({ file: row.file, line: Number(row.line), statementId, keys: keysOf(row) })
    },
    summary() {
      const { duplicates, unlisted } = finder.found()
      return {
        total,
        searched: Math.min(total, MAX_SEARCHED),
        outcomes: sorted(outcomes),
        kinds: sorted(kinds),
        issuers: sorted(issuers),
        reasons: sorted(reasons).map(({ name, count }) => ({ name: `${examples.get(name)} [${name}]`, count })),
        duplicates,
        ...(unlisted > 0 && { unlisted }),
      }
    },
  }
}

/**
 * Keys by which rows are the same. Of a statement that is not genuine the issuer is empty, and it is no second copy. A label shares number and
 * instrument with its record, which is no second record.
 */
function keysOf({ uscc, statementId, number, certificateLine, plate, serial, model, scope }: TableRow): SearchedRow['keys'] {
  const isNumbered = serial !== '' && !isNoSerial(serial)
  const instrument = plate !== '' ? plateKey(plate) : isNumbered ? `${model} ${identifierKey(serial)}` : ''
  const keys: [SummaryDuplicate['what'], string, string][] = []
  if (uscc !== '' && statementId !== '') keys.push(['statement', statementId, number || statementId])
  if (scope === 'label') return keys
  if (uscc !== '' && number !== '') keys.push(['number', `${uscc} ${identifierKey(number)} ${certificateLine}`, number])
  if (instrument !== '') keys.push(['instrument', instrument, plate || serial])
  return keys
}

const sorted = (counts: ReadonlyMap<string, number>): SummaryCount[] =>
  [...counts].map(([name, count]) => ({ name, count })).sort((one, other) => other.count - one.count)
