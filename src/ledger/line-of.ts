/** Builds a line from the texts of a row. Each parsed value depends only on its text and unit. */
import { freezeDeep } from '../base/fixed-map.js'
import { foldWidth } from '../base/fold.js'
import type { Text } from '../base/message.js'
import { categoryName, categoryOf } from '../catalogue/index.js'
import { type LedgerField, ledgerFields } from './fields.js'
import type { Note, Spot } from './finding.js'
import type { LedgerLine } from './line.js'
import { readDate } from './read-date.js'
import { readInterval } from './read-interval.js'
import { readLimits, readRange, readValues } from './read-range.js'
import { CERTIFICATE_TYPES, MANDATORY, meaningsOf, PURPOSES, RESULT_MARKS, RESULTS, STATES } from './words.js'

/** A text of a row. */
export interface Taken {
  readonly text: string
  /** Unit from the header or from a unit column. */
  readonly unit?: string | undefined
  /** Its cell. */
  readonly spot: Spot
  readonly date?: string | undefined
  readonly format?: string | undefined
}
export type Draft = { [F in LedgerField]?: Taken }

/** Meanings of words that a mapping adds, by field and word. */
export type GivenMeanings = Readonly<Partial<Record<LedgerField, Readonly<Record<string, string>>>>>
export type Report = (field: LedgerField, note: Note) => void

/** Omits undefined members: a line has none. */
type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
function defined<T extends object>(members: T): Defined<T> {
  const out: Record<string, unknown> = {}
  for (const name in members) if (members[name] !== undefined) out[name] = members[name]
  return out as Defined<T>
}

const plain = (text: string): string => foldWidth(text).replace(/\s+/g, ' ').trim()

/** A parsed value, and notes on it. */
interface Reading<T> {
  readonly value: T
  readonly notes: readonly Note[]
}
type Given = string | undefined

/**
 * Caches a parser, because ledgers repeat the same dates, ranges and intervals. Lines share the cached values, so that 200,000 lines fit
 * into memory; the values are frozen, because a change in one line would change the others.
 */
function remembered<A extends readonly Given[], T>(read: (...texts: A) => T): (...texts: A) => T {
  const known = new Map<string, T>()
  return (...texts) => {
    // Absent differs from empty. The separators are unambiguous, because cleaned texts have no control characters.
    const key = texts.length === 1 ? (texts[0] as string) : texts.map((text) => text ?? '\x01').join('\0')
    let value = known.get(key)
    if (value === undefined) {
      if (known.size >= MAX_REMEMBERED) known.clear()
      value = freezeDeep(read(...texts))
      known.set(key, value)
    }
    return value
  }
}
const MAX_REMEMBERED = 20_000

function reported<T>({ value, notes }: Reading<T>, field: LedgerField, report: Report): T {
  for (const note of notes) report(field, note)
  return value
}

const rangeIn = remembered((text: string, unit: Given): Reading<NonNullable<LedgerLine['range']>> => {
  const { ranges, notes } = readRange(text, unit)
  return { value: { text, ...defined({ unit, ranges: ranges && [...ranges] }) }, notes }
})
const limitsIn = remembered((text: string, unit: Given): Reading<NonNullable<LedgerLine['maximumPermissibleError']>> => {
  const { limits, accuracyClass, notes } = readLimits(text, unit)
  return { value: { text, ...defined({ unit, limits, accuracyClass }) }, notes }
})
const valuesIn = remembered((text: string, unit: Given): Reading<NonNullable<LedgerLine['scaleInterval']>> => {
  const { values, notes } = readValues(text, unit)
  return { value: { text, ...defined({ unit, values: values && [...values] }) }, notes }
})
const intervalIn = remembered((text: string, unit: Given): Reading<NonNullable<LedgerLine['interval']>> => {
  const { period, none, notes } = readInterval(plain(text), unit === undefined ? undefined : plain(unit))
  return { value: { text, ...defined({ unit, period, none }) }, notes }
})

type Dated = NonNullable<LedgerLine['nextDue']>
const dateIn = remembered((text: string, ofCell: Given, format: Given): Reading<Dated> => {
  const read = readDate(plain(text))
  if (ofCell !== undefined && read.date !== ofCell) {
    // The displayed text has no day, or is not a date by itself. If the cell's format has no day, its author did not enter one.
    const month = ofCell.slice(0, 7)
    const isMonth = read.month === month || (format !== undefined && !/d/i.test(format.replace(/\[[^\]]*\]|"[^"]*"/g, '')))
    if (isMonth)
      return {
        value: { text: read.month === month ? text : month, month },
        notes: [{ code: 'ledger.date-month', params: { text, month } }],
      }
    return { value: { text: ofCell, date: ofCell }, notes: [{ code: 'ledger.date-as-shown', params: { shown: text, date: ofCell } }] }
  }
  return { value: { text, ...defined({ date: read.date, month: read.month }) }, notes: read.notes }
})
const dated = (field: LedgerField, { text, date, format }: Taken, report: Report): Dated =>
  reported(dateIn(text, date, format), field, report)

type Measured = Pick<Taken, 'text' | 'unit'>
const ranged = (field: LedgerField, { text, unit }: Measured, report: Report): NonNullable<LedgerLine['range']> =>
  reported(rangeIn(text, unit), field, report)
const limited = (field: LedgerField, { text, unit }: Measured, report: Report): NonNullable<LedgerLine['maximumPermissibleError']> =>
  reported(limitsIn(text, unit), field, report)
const valued = (field: LedgerField, { text, unit }: Measured, report: Report): NonNullable<LedgerLine['scaleInterval']> =>
  reported(valuesIn(text, unit), field, report)

const wordKey = (text: string): string => foldWidth(text).replace(/\s/g, '').toUpperCase()
const MEANINGS = {
  mandatory: keyed(MANDATORY),
  state: keyed(STATES),
  purpose: keyed(PURPOSES),
  certificateType: keyed(CERTIFICATE_TYPES),
  result: keyed(RESULTS),
} as const
type WordField = keyof typeof MEANINGS
const MARKS = keyed(RESULT_MARKS)
const MARK_CODES = { pass: 'ledger.mark-pass', fail: 'ledger.mark-fail' } as const
function keyed<T extends Readonly<Record<string, string>>>(table: T): ReadonlyMap<string, keyof T & string> {
  return new Map([...meaningsOf(table)].map(([word, meaning]) => [wordKey(word), meaning]))
}
type MeaningIn<F extends WordField> = (typeof MEANINGS)[F] extends ReadonlyMap<string, infer M> ? M : never

const wordIn = remembered((field: string, text: string): { readonly text: string; readonly value?: string } => {
  const value = (MEANINGS[field as WordField] as ReadonlyMap<string, string>).get(wordKey(text))
  return value === undefined ? { text } : { text, value }
})

function worded<F extends WordField>(
  field: F,
  { text }: Taken,
  given: GivenMeanings,
  report: Report,
): { text: string; value?: MeaningIn<F> } {
  const own = given[field]
  const stated = own !== undefined && Object.hasOwn(own, text) ? own[text] : undefined
  if (stated !== undefined && [...MEANINGS[field].values()].includes(stated as never)) return { text, value: stated as MeaningIn<F> }
  const mark = field === 'result' ? MARKS.get(text) : undefined
  if (mark !== undefined) {
    report(field, { code: MARK_CODES[mark], params: { field: ledgerFields.get(field), text } })
    return { text, value: mark as MeaningIn<F> }
  }
  const word = wordIn(field, text) as { text: string; value?: MeaningIn<F> }
  if (word.value === undefined)
    report(field, {
      code: /^\d+$/.test(text) ? 'ledger.word-number' : 'ledger.word-unknown',
      params: { field: ledgerFields.get(field), text },
    })
  return word
}

const classIn = remembered((text: string): NonNullable<LedgerLine['class']> => {
  const [, value] = /^([ABC])(?:类|级)?$/.exec(wordKey(text)) ?? []
  return value === undefined ? { text } : { text, value: value as 'A' | 'B' | 'C' }
})

function classed({ text }: Taken, report: Report): NonNullable<LedgerLine['class']> {
  const one = classIn(text)
  if (one.value === undefined) report('class', { code: 'ledger.word-unknown', params: { field: ledgerFields.get('class'), text } })
  return one
}

const countIn = remembered((text: string): Reading<NonNullable<LedgerLine['quantity']>> => {
  const [, count] = /^(\d{1,6})(?:\.0+)?(?:台|件|只|块|个|支|套|组|具|台套|把|盘|根)?$/.exec(plain(text)) ?? []
  if (count === undefined) return { value: { text }, notes: [{ code: 'ledger.quantity-unreadable', params: { text } }] }
  const value = Number(count)
  return { value: { text, value }, notes: value > 1 ? [{ code: 'ledger.quantity-many', params: { count: value } }] : [] }
})

interface Named {
  readonly slug?: string
  readonly candidates?: readonly string[]
}
const BRACKETS = /\([^()]*\)|（[^（）]*）/g
/**
 * The category of a name, with or without its brackets. A name that ends in a category (不锈钢压力表) only has candidates: the head of a
 * Chinese noun is its last word, but a person must confirm.
 */
const categoryIn = remembered((name: string): Named => {
  const bare = name.replace(BRACKETS, '').trim()
  for (const text of new Set([name, bare])) {
    const { category } = categoryOf(text)
    if (category !== undefined) return { slug: category.slug }
  }
  const slugs = new Set<string>()
  const whole = categoryOf(bare)
  for (const { slug } of 'suggestions' in whole ? whole.suggestions : []) slugs.add(slug)
  // The longest ending that is a category, of at least two characters.
  for (let from = 1; from <= bare.length - 2 && slugs.size === 0; from++) {
    const end = bare.slice(from)
    const { category } = categoryOf(end)
    if (category !== undefined) slugs.add(category.slug)
  }
  return slugs.size === 0 ? {} : { candidates: [...slugs].slice(0, 8) }
})

const list = (slugs: readonly string[]): Text => {
  const names = slugs.map(categoryName)
  return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') }
}

type Category = NonNullable<LedgerLine['category']>
const categorised = remembered((name: Given, text: Given, item: Given, itemKind: Given): Reading<Category | undefined> => {
  const named: Named = text === undefined ? {} : categoryIn(text)
  const found = named.slug !== undefined || name === undefined ? named : withSlugFirst(categoryIn(name), named)
  const { slug } = found
  const candidates = slug === undefined ? found.candidates : undefined
  const value = defined({ text, item, itemKind, slug, candidates: candidates && [...candidates] })
  const notes = slug !== undefined || name === undefined ? [] : [noteOfName(name, candidates)]
  return { value: Object.keys(value).length === 0 ? undefined : value, notes }
})
const noteOfName = (text: string, candidates: Named['candidates']): Note =>
  candidates === undefined
    ? { code: 'ledger.category-unknown', params: { text } }
    : { code: 'ledger.category-ambiguous', params: { text, candidates: list(candidates) } }
const categoryOfLine = ({ name, categoryText, item, itemKind }: Draft, report: Report): Category | undefined =>
  reported(categorised(name?.text, categoryText?.text, item?.text, itemKind?.text), 'name', report)
const withSlugFirst = (ofName: Named, ofCategory: Named): Named =>
  ofName.slug !== undefined || ofName.candidates !== undefined ? ofName : ofCategory

/** The range from one column, or from two with its lower and upper end. */
function rangeOf(draft: Draft, report: Report): LedgerLine['range'] {
  const { range, rangeLower, rangeUpper, rangeUnit } = draft
  const apart = (taken: Taken): string | undefined => taken.unit ?? rangeUnit?.text
  if (range !== undefined) return ranged('range', { ...range, unit: apart(range) }, report)
  if (rangeUpper === undefined && rangeLower === undefined) return undefined
  const unit = (rangeUpper && apart(rangeUpper)) ?? (rangeLower && apart(rangeLower))
  if (rangeUpper === undefined || rangeLower === undefined) {
    const only = (rangeUpper ?? rangeLower) as Taken
    return ranged(rangeUpper ? 'rangeUpper' : 'rangeLower', { text: `${rangeUpper ? '≤' : '≥'}${only.text}`, unit }, report)
  }
  return ranged('rangeUpper', { text: `${rangeLower.text}～${rangeUpper.text}`, unit }, report)
}

function lastOf(draft: Draft, given: GivenMeanings, report: Report): LedgerLine['last'] {
  const last: NonNullable<LedgerLine['last']> = {}
  if (draft.certificateType) last.type = worded('certificateType', draft.certificateType, given, report)
  if (draft.certificateNo) last.number = draft.certificateNo.text
  if (draft.body) last.body = draft.body.text
  if (draft.verifiedOn) last.date = dated('verifiedOn', draft.verifiedOn, report)
  if (draft.validUntil) last.validUntil = dated('validUntil', draft.validUntil, report)
  if (draft.result) last.result = worded('result', draft.result, given, report)
  if (draft.basis) last.basis = draft.basis.text
  for (const _ in last) return last
  return undefined
}

function requirementOf(draft: Draft, report: Report): LedgerLine['requirement'] {
  const { requiredPoint, requiredRange, requiredAccuracy, requiredUnit } = draft
  const apart = (taken: Taken): Taken => ({ ...taken, unit: taken.unit ?? requiredUnit?.text })
  const requirement = defined({
    points: requiredPoint && valued('requiredPoint', apart(requiredPoint), report),
    range: requiredRange && ranged('requiredRange', apart(requiredRange), report),
    accuracy: requiredAccuracy && limited('requiredAccuracy', apart(requiredAccuracy), report),
  })
  return Object.keys(requirement).length === 0 ? undefined : requirement
}

const intervalOf = ({ interval, intervalUnit }: Draft, report: Report): LedgerLine['interval'] =>
  interval && reported(intervalIn(interval.text, interval.unit ?? intervalUnit?.text), 'interval', report)

type Writable = { -readonly [K in keyof LedgerLine]: LedgerLine[K] }

/**
 * Builds the line of a row. Members are set by name, not in a loop: V8 turns an object with so many computed members into a hash table,
 * which is three times as large and slower to build.
 */
export function lineOf(draft: Draft, given: GivenMeanings, report: Report): LedgerLine {
  const line: Writable = { kind: 'ledger-entry', version: 1 }
  if (draft.name) line.name = draft.name.text
  if (draft.holder) line.holder = draft.holder.text
  if (draft.department) line.department = draft.department.text
  if (draft.installedAt) line.place = draft.installedAt.text
  if (draft.division) line.division = draft.division.text
  if (draft.assetNumber) line.assetNumber = draft.assetNumber.text
  const category = categoryOfLine(draft, report)
  if (category) line.category = category
  if (draft.model) line.model = draft.model.text
  if (draft.serialNumber) line.serialNumber = draft.serialNumber.text
  if (draft.plate) line.plate = draft.plate.text
  if (draft.manufacturer) line.manufacturer = draft.manufacturer.text
  if (draft.origin) line.origin = draft.origin.text
  setMeasures(line, draft, report)
  const interval = intervalOf(draft, report)
  if (interval) line.interval = interval
  setWords(line, draft, given, report)
  if (draft.method) line.method = draft.method.text
  const last = lastOf(draft, given, report)
  if (last) line.last = last
  if (draft.nextDue) line.nextDue = dated('nextDue', draft.nextDue, report)
  if (draft.designatedBody) line.designatedBody = draft.designatedBody.text
  const requirement = requirementOf(draft, report)
  if (requirement) line.requirement = requirement
  if (draft.manufacturedOn) line.manufacturedOn = dated('manufacturedOn', draft.manufacturedOn, report)
  if (draft.inUseSince) line.inUseSince = dated('inUseSince', draft.inUseSince, report)
  if (draft.remarks) line.remarks = draft.remarks.text
  return line
}

function setMeasures(line: Writable, draft: Draft, report: Report): void {
  const { maximumPermissibleError: error, maximumPermissibleErrorUnit, scaleInterval, scaleIntervalUnit } = draft
  const range = rangeOf(draft, report)
  if (range) line.range = range
  if (draft.accuracyClass) line.accuracyClass = draft.accuracyClass.text
  const errorUnit = error?.unit ?? maximumPermissibleErrorUnit?.text
  if (error) line.maximumPermissibleError = limited('maximumPermissibleError', { text: error.text, unit: errorUnit }, report)
  const intervalUnit = scaleInterval?.unit ?? scaleIntervalUnit?.text
  if (scaleInterval) line.scaleInterval = valued('scaleInterval', { text: scaleInterval.text, unit: intervalUnit }, report)
}

function setWords(line: Writable, draft: Draft, given: GivenMeanings, report: Report): void {
  if (draft.mandatory) line.mandatory = worded('mandatory', draft.mandatory, given, report)
  if (draft.state) line.state = worded('state', draft.state, given, report)
  if (draft.class) line.class = classed(draft.class, report)
  if (draft.quantity) line.quantity = reported(countIn(draft.quantity.text), 'quantity', report)
  if (draft.purpose) line.purpose = worded('purpose', draft.purpose, given, report)
}
