/**
 * Joins a register of several linked sheets: instruments in one, their verifications and certificates in others. Rows are joined by a
 * column of numbers if that is unambiguous; a row that is not joined is a finding.
 */

import { identifierKey } from '../base/identifier.js'
import { listed, type Text } from '../base/message.js'
import { type LedgerField, ledgerFields } from './fields.js'
import { findingOf, type LedgerFinding } from './finding.js'
import type { Draft } from './line-of.js'
import type { MappedSheet, ReadableSheet } from './mapping.js'
import { readDate } from './read-date.js'
import { draftsOf, type Join, type RowDraft } from './rows.js'

type Key = NonNullable<MappedSheet['joinBy']>
const KEYS: readonly Key[] = ['assetNumber', 'serialNumber', 'plate', 'certificateNo']
/** Fields of a sheet of verifications or certificates; a sheet with others describes instruments. */
const OF_EVENTS: ReadonlySet<LedgerField> = new Set<LedgerField>([
  ...KEYS,
  'certificateType',
  'verifiedOn',
  'validUntil',
  'nextDue',
  'body',
  'result',
  'basis',
  'interval',
  'intervalUnit',
  'method',
  'designatedBody',
  'remarks',
])

interface Link {
  readonly sheet: ReadableSheet
  readonly by: Key
  /** Joined to the rows of another linked sheet, not to instruments. */
  readonly toEvents: boolean
}

export interface Joined {
  /** Sheets of instruments. */
  readonly sheets: readonly ReadableSheet[]
  readonly linked: ReadonlyMap<ReadableSheet, Key>
  readonly join: Join
}

const fieldsOf = ({ columns }: ReadableSheet): ReadonlySet<LedgerField> =>
  new Set(columns.flatMap(({ field }) => (field === undefined || field === 'ignore' ? [] : [field])))

const holdsEvents = (fields: ReadonlySet<LedgerField>): boolean =>
  !fields.has('name') &&
  [...fields].every((field) => OF_EVENTS.has(field)) &&
  ['verifiedOn', 'validUntil', 'result', 'certificateNo'].some((field) => fields.has(field as LedgerField))

export function joinSheets(all: readonly ReadableSheet[], findings: LedgerFinding[]): Joined {
  const fields = new Map(all.map((sheet) => [sheet, fieldsOf(sheet)]))
  const of = (sheet: ReadableSheet): ReadonlySet<LedgerField> => fields.get(sheet) as ReadonlySet<LedgerField>
  const events = all.filter((sheet) => sheet.joinBy !== undefined || holdsEvents(of(sheet)))
  const mains = all.filter((sheet) => !events.includes(sheet))
  if (events.length === 0 || mains.length === 0) return { sheets: all, linked: new Map(), join: (row) => row }
  const shared = (sheet: ReadableSheet, others: readonly ReadableSheet[]): Key | undefined =>
    KEYS.find((key) => of(sheet).has(key) && others.some((other) => of(other).has(key)))
  const direct = events.flatMap((sheet): Link[] => {
    const by = sheet.joinBy ?? shared(sheet, mains)
    // `joinBy` of a mapping may also join certificates to verifications, by a field that no sheet of instruments has.
    return by === undefined || !mains.some((main) => of(main).has(by)) ? [] : [{ sheet, by, toEvents: false }]
  })
  const linkedSheets = direct.map(({ sheet }) => sheet)
  const chained = events
    .filter((sheet) => !linkedSheets.includes(sheet))
    .flatMap((sheet): Link[] =>
      of(sheet).has('certificateNo') && linkedSheets.some((other) => of(other).has('certificateNo'))
        ? [{ sheet, by: 'certificateNo', toEvents: true }]
        : [],
    )
  const links = [...direct, ...chained]
  for (const sheet of events)
    if (!links.some((link) => link.sheet === sheet))
      findings.push(findingOf({ code: 'ledger.join-none', params: { sheet: sheet.sheet.name } }, { sheet: sheet.sheet.name }))
  return { sheets: mains, linked: new Map(links.map(({ sheet, by }) => [sheet, by])), join: createJoin(mains, links, findings) }
}

const keyIn = (draft: Draft, key: Key): string | undefined => {
  const text = draft[key]?.text
  return text === undefined ? undefined : identifierKey(text)
}

function createJoin(mains: readonly ReadableSheet[], links: readonly Link[], findings: LedgerFinding[]): Join {
  const certificates = rowsByKey(
    links.filter(({ toEvents }) => toEvents),
    findings,
  )
  const known = numbersOf(mains, links)
  const events = new Map<string, RowDraft[]>()
  const into = listed(mains.map(({ sheet }) => sheet.name))
  for (const { sheet, by } of links.filter(({ toEvents }) => !toEvents)) {
    for (const row of draftsOf(sheet, findings)) {
      const number = keyIn(row.draft, by)
      const count = number === undefined ? 0 : (known.get(`${by}:${number}`) ?? 0)
      if (count === 1) add(events, `${by}:${number}`, withCertificate(row, certificates))
      else {
        const params = { field: ledgerFields.get(by), number: row.draft[by]?.text, into }
        findings.push(
          findingOf({ code: count === 0 ? 'ledger.join-unmatched' : 'ledger.join-ambiguous', params }, { ...row.spot, field: by }),
        )
      }
    }
  }
  const last = lastOfEach(events, into, findings)
  for (const { sheet, by } of links) {
    const { name } = sheet.sheet
    const used = [...last.values()].filter(({ sheets }) => sheets.has(name)).length
    const rows = [...events].flatMap(([key, some]) => (last.has(key) ? some : [])).filter((row) => sheetsOf(row).has(name)).length
    findings.push(
      findingOf(
        { code: 'ledger.joined', params: { sheet: name, field: ledgerFields.get(by), into, count: used, older: rows - used } },
        { sheet: name },
      ),
    )
  }
  return (row) => {
    let { draft } = row
    for (const by of KEYS) {
      const number = keyIn(draft, by)
      const found = number === undefined ? undefined : last.get(`${by}:${number}`)
      // Values of the sheet of instruments take precedence.
      if (found !== undefined) draft = { ...found.draft, ...draft }
    }
    return draft === row.draft ? row : { ...row, draft }
  }
}

function add(rows: Map<string, RowDraft[]>, key: string, row: RowDraft): void {
  const some = rows.get(key)
  if (some === undefined) rows.set(key, [row])
  else some.push(row)
}

/** Counts each number in the sheets of instruments. */
function numbersOf(mains: readonly ReadableSheet[], links: readonly Link[]): ReadonlyMap<string, number> {
  const keys = new Set(links.map(({ by }) => by))
  const known = new Map<string, number>()
  for (const main of mains)
    for (const { draft } of draftsOf(main, []))
      for (const by of keys) {
        const number = keyIn(draft, by)
        if (number !== undefined) known.set(`${by}:${number}`, (known.get(`${by}:${number}`) ?? 0) + 1)
      }
  return known
}

function rowsByKey(links: readonly Link[], findings: LedgerFinding[]): ReadonlyMap<string, readonly RowDraft[]> {
  const rows = new Map<string, RowDraft[]>()
  for (const { sheet, by } of links)
    for (const row of draftsOf(sheet, findings)) {
      const number = keyIn(row.draft, by)
      if (number !== undefined) add(rows, number, row)
    }
  return rows
}

/** Adds the certificate of its number to a verification, if there is exactly one. */
function withCertificate(row: RowDraft, certificates: ReadonlyMap<string, readonly RowDraft[]>): RowDraft {
  const number = keyIn(row.draft, 'certificateNo')
  const found = number === undefined ? [] : (certificates.get(number) ?? [])
  const [only, another] = found
  return only === undefined || another !== undefined ? row : { ...row, draft: { ...only.draft, ...row.draft } }
}

interface LastEvent {
  readonly draft: Draft
  readonly sheets: ReadonlySet<string>
}

/** The newest verification of each instrument by date, with the rows of its certificate; a finding if that is ambiguous. */
function lastOfEach(
  events: ReadonlyMap<string, readonly RowDraft[]>,
  into: Text,
  findings: LedgerFinding[],
): ReadonlyMap<string, LastEvent> {
  const last = new Map<string, LastEvent>()
  for (const [key, rows] of events) {
    const merged = mergedByCertificate(rows)
    const dates = merged.map(({ draft }) => dateOf(draft))
    const newest = dates.reduce<string | undefined>(
      (most, date) => (date !== undefined && (most === undefined || date > most) ? date : most),
      undefined,
    )
    const found = merged.filter((_, at) => dates[at] === newest)
    const [only, another] = merged.length === 1 ? merged : dates.includes(undefined) ? [] : found
    if (only !== undefined && another === undefined) last.set(key, only)
    else {
      const [by, number] = [key.slice(0, key.indexOf(':')) as Key, key.slice(key.indexOf(':') + 1)]
      const spot = (rows[0] as RowDraft).spot
      findings.push(findingOf({ code: 'ledger.join-tie', params: { field: ledgerFields.get(by), number, into } }, { ...spot, field: by }))
    }
  }
  return last
}

/** Sheets that the texts of a row were read from. */
const sheetsOf = ({ draft, spot }: RowDraft): ReadonlySet<string> =>
  new Set([spot.sheet, ...Object.values(draft).map((taken) => taken.spot.sheet)])

function mergedByCertificate(rows: readonly RowDraft[]): readonly LastEvent[] {
  const merged = new Map<string, LastEvent>()
  rows.forEach((row, at) => {
    const { draft } = row
    const key = keyIn(draft, 'certificateNo') ?? `#${at}`
    const before = merged.get(key)
    merged.set(key, { draft: { ...draft, ...before?.draft }, sheets: new Set([...(before?.sheets ?? []), ...sheetsOf(row)]) })
  })
  return [...merged.values()]
}

const dateOf = ({ verifiedOn }: Draft): string | undefined => verifiedOn && (verifiedOn.date ?? readDate(verifiedOn.text).date)
