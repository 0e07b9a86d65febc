/** Summarises a folder of statements: counts, and duplicates. */
import { identifierKey, isNoSerial, plateKey } from '../base/identifier.js'
import { type Expectation, isObject } from '../base/options.js'
import { createDuplicateFinder, type SearchedRow } from './duplicate-rows.js'
import type { TableRow } from './table.js'

/** A name and its count. */
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
  /** Duplicates: at most a thousand, each with at most twenty places. */
  readonly duplicates: readonly SummaryDuplicate[]
  /** Number of duplicates beyond the thousand. */
  readonly unlisted?: number
  /** Number of rows, from the first, that were searched for duplicates. */
  readonly searched: number
}

const PARTS = ['outcomes', 'kinds', 'issuers', 'reasons', 'duplicates'] as const

/** Expected shape of a summary as an argument. */
export const SUMMARY: Expectation = {
  is: (value) =>
    isObject(value) && [value.total, value.searched].every(Number.isSafeInteger) && PARTS.every((name) => Array.isArray(value[name])),
  expected: { zh: 'createTally 给出的汇总', en: 'the summary of a createTally' },
}

export interface Tally {
  add(row: TableRow): void
  summary(): Summary
}

/** Maximum number of rows searched for duplicates; each needs about 100 octets of memory. */
const MAX_SEARCHED = 2_000_000

/**
 * Creates a tally that counts rows one by one. For duplicates it stores digests of the identifiers of the first 2,000,000 rows; memory use
 * does not grow otherwise.
 */
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
    // Most rows have the issuer of the previous row.
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
        // Records have different sentences for the same code; the first represents them all.
        if (!examples.has(row.code)) examples.set(row.code, row.reason)
        count(reasons, row.code)
      }
      if (total > MAX_SEARCHED) return
      // Two lines of one certificate are different statements.
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
 * Returns the keys by which two rows are duplicates. A statement that is not genuine has an empty issuer, and is not a second copy. A label
 * has number and instrument of its record, and is not a second record.
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
