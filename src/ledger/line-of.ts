/** Makes a line of the texts of a row. Whatever is read beside a text is a function of that text and its unit, and of nothing else. */
import { foldWidth } from '../base/fold.js'
import type { Text } from '../base/message.js'
import { categoryName, categoryOf } from '../catalogue/index.js'
import { type LedgerField, ledgerFields } from './fields.js'
import type { Note, Spot } from './finding.js'
import type { LedgerLine } from './line.js'
import { readDate } from './read-date.js'
import { readInterval } from './read-interval.js'
import { readLimits, readRange, readValues } from './read-range.js'
import { CERTIFICATE_TYPES, MANDATORY, meaningsOf, PURPOSES, RESULTS, STATES } from './words.js'

/** A text of a row. */
export interface Taken {
  readonly text: string
  /** Unit of the header, or of a column of its own. */
  readonly unit?: string | undefined
  /** Where it stands. */
  readonly spot: Spot
  readonly date?: string | undefined
  readonly format?: string | undefined
}
export type Draft = { [F in LedgerField]?: Taken }

/** Meanings of words that a mapping adds, by field and word. */
export type GivenMeanings = Readonly<Partial<Record<LedgerField, Readonly<Record<string, string>>>>>
export type Report = (field: LedgerField, note: Note) => void

/** A member only where it is defined: a line has no empty members. */
type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
export function defined<T extends object>(members: T): Defined<T> {
  const out: Record<string, unknown> = {}
  for (const name in members) if (members[name] !== undefined) out[name] = members[name]
  return out as Defined<T>
}

const plain = (text: string): string => foldWidth(text).replace(/\s+/g, ' ').trim()

/** Reads a text once: ledgers repeat the same dates, ranges and intervals. */
function remembered<T>(read: (text: string, more: string | undefined) => T): (text: string, more?: string) => T {
  const known = new Map<string, T>()
  return (text, more) => {
    const key = more === undefined ? text : `${text}\0${more}`
    let value = known.get(key)
    if (value === undefined) {
      if (known.size >= 20_000) known.clear()
      value = read(text, more)
      known.set(key, value)
    }
    return value
  }
}

const dateIn = remembered((text) => readDate(plain(text)))
const intervalIn = remembered((text, more) => readInterval(plain(text), more === undefined ? undefined : plain(more)))
const rangeIn = remembered(readRange)
const limitsIn = remembered(readLimits)
const valuesIn = remembered(readValues)

function ranged(field: LedgerField, { text, unit }: Pick<Taken, 'text' | 'unit'>, report: Report): NonNullable<LedgerLine['range']> {
  const { ranges, notes } = rangeIn(text, unit)
  for (const note of notes) report(field, note)
  return { text, ...(unit !== undefined && { unit }), ...(ranges && { ranges: ranges.map((one) => ({ ...one })) }) }
}

function limited(field: LedgerField, taken: Taken, report: Report): NonNullable<LedgerLine['maximumPermissibleError']> {
  const { text, unit } = taken
  const { limits, accuracyClass, notes } = limitsIn(text, unit)
  for (const note of notes) report(field, note)
  return { text, ...(unit !== undefined && { unit }), ...(limits && { limits: { ...limits } }), ...(accuracyClass && { accuracyClass }) }
}

function valued(field: LedgerField, { text, unit }: Taken, report: Report): NonNullable<LedgerLine['scaleInterval']> {
  const { values, notes } = valuesIn(text, unit)
  for (const note of notes) report(field, note)
  return { text, ...(unit !== undefined && { unit }), ...(values && { values: values.map((one) => ({ ...one })) }) }
}

type Dated = NonNullable<LedgerLine['nextDue']>
function dated(field: LedgerField, taken: Taken, report: Report): Dated {
  const { text, date: ofCell, format } = taken
  const read = dateIn(text)
  if (ofCell !== undefined && read.date !== ofCell) {
    // The displayed text has no day, or is not a date by itself. If the cell's format has no day, its author did not enter one.
    const month = ofCell.slice(0, 7)
    const isMonth = read.month === month || (format !== undefined && !/d/i.test(format.replace(/\[[^\]]*\]|"[^"]*"/g, '')))
    if (isMonth) {
      report(field, { code: 'ledger.date-month', params: { text, month } })
      return read.month === month ? { text, month } : { text: month, month }
    }
    report(field, { code: 'ledger.date-as-shown', params: { shown: text, date: ofCell } })
    return { text: ofCell, date: ofCell }
  }
  for (const note of read.notes) report(field, note)
  return { text, ...(read.date !== undefined && { date: read.date }), ...(read.month !== undefined && { month: read.month }) }
}

const wordKey = (text: string): string => foldWidth(text).replace(/\s/g, '').toUpperCase()
const MEANINGS = {
  mandatory: keyed(MANDATORY),
  state: keyed(STATES),
  purpose: keyed(PURPOSES),
  certificateType: keyed(CERTIFICATE_TYPES),
  result: keyed(RESULTS),
} as const
type WordField = keyof typeof MEANINGS
function keyed<T extends Readonly<Record<string, string>>>(table: T): ReadonlyMap<string, keyof T & string> {
  return new Map([...meaningsOf(table)].map(([word, meaning]) => [wordKey(word), meaning]))
}
type MeaningIn<F extends WordField> = (typeof MEANINGS)[F] extends ReadonlyMap<string, infer M> ? M : never

function worded<F extends WordField>(
  field: F,
  { text }: Taken,
  given: GivenMeanings,
  report: Report,
): { text: string; value?: MeaningIn<F> } {
  const own = given[field]
  const stated = own !== undefined && Object.hasOwn(own, text) ? own[text] : undefined
  const known = MEANINGS[field] as ReadonlyMap<string, string>
  const value = stated !== undefined && [...known.values()].includes(stated) ? stated : known.get(wordKey(text))
  if (value !== undefined) return { text, value: value as MeaningIn<F> }
  const code = /^\d+$/.test(text) ? 'ledger.word-number' : 'ledger.word-unknown'
  report(field, { code, params: { field: ledgerFields.get(field), text } })
  return { text }
}

function classed({ text }: Taken, report: Report): NonNullable<LedgerLine['class']> {
  const [, value] = /^([ABC])(?:类|级)?$/.exec(wordKey(text)) ?? []
  if (value !== undefined) return { text, value: value as 'A' | 'B' | 'C' }
  report('class', { code: 'ledger.word-unknown', params: { field: ledgerFields.get('class'), text } })
  return { text }
}

function counted({ text }: Taken, report: Report): NonNullable<LedgerLine['quantity']> {
  const [, count] = /^(\d{1,6})(?:\.0+)?(?:台|件|只|块|个|支|套|组|具|台套|把|盘|根)?$/.exec(plain(text)) ?? []
  if (count === undefined) {
    report('quantity', { code: 'ledger.quantity-unreadable', params: { text } })
    return { text }
  }
  const value = Number(count)
  if (value > 1) report('quantity', { code: 'ledger.quantity-many', params: { count: value } })
  return { text, value }
}

interface Named {
  readonly slug?: string
  readonly candidates?: readonly string[]
}
const BRACKETS = /\([^()]*\)|（[^（）]*）/g
const categories = new Map<string, Named>()

/**
 * The category that a name means: by itself, or without what stands in brackets. A longer name that ends in one (不锈钢压力表) gives
 * candidates: the head of a Chinese noun is its last word, yet a person confirms.
 */
function categoryIn(name: string): Named {
  const known = categories.get(name)
  if (known !== undefined) return known
  if (categories.size > 5000) categories.clear()
  const found = findCategory(name)
  categories.set(name, found)
  return found
}

function findCategory(name: string): Named {
  const bare = name.replace(BRACKETS, '').trim()
  for (const text of new Set([name, bare])) {
    const { category } = categoryOf(text)
    if (category !== undefined) return { slug: category.slug }
  }
  const slugs = new Set<string>()
  const whole = categoryOf(bare)
  for (const { slug } of 'suggestions' in whole ? whole.suggestions : []) slugs.add(slug)
  // At least two characters are a name; the longest end that is one counts.
  for (let from = 1; from <= bare.length - 2 && slugs.size === 0; from++) {
    const end = bare.slice(from)
    const { category } = categoryOf(end)
    if (category !== undefined) slugs.add(category.slug)
  }
  return slugs.size === 0 ? {} : { candidates: [...slugs].slice(0, 8) }
}

const list = (slugs: readonly string[]): Text => {
  const names = slugs.map(categoryName)
  return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') }
}

function categorised(draft: Draft, report: Report): NonNullable<LedgerLine['category']> | undefined {
  const { name, categoryText, item, itemKind } = draft
  const named: Named = categoryText === undefined ? {} : categoryIn(categoryText.text)
  const found = named.slug !== undefined || name === undefined ? named : withSlugFirst(categoryIn(name.text), named)
  if (found.slug === undefined && name !== undefined) {
    const { candidates } = found
    if (candidates === undefined) report('name', { code: 'ledger.category-unknown', params: { text: name.text } })
    else report('name', { code: 'ledger.category-ambiguous', params: { text: name.text, candidates: list(candidates) } })
  }
  const category = defined({
    text: categoryText?.text,
    item: item?.text,
    itemKind: itemKind?.text,
    slug: found.slug,
    candidates: found.slug === undefined && found.candidates ? [...found.candidates] : undefined,
  })
  return Object.keys(category).length === 0 ? undefined : category
}
const withSlugFirst = (ofName: Named, ofCategory: Named): Named =>
  ofName.slug !== undefined || ofName.candidates !== undefined ? ofName : ofCategory

/** The range of one column, or of two: lower and upper end. */
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
  const { certificateType, certificateNo, body, verifiedOn, validUntil, result, basis } = draft
  const last = defined({
    type: certificateType && worded('certificateType', certificateType, given, report),
    number: certificateNo?.text,
    body: body?.text,
    date: verifiedOn && dated('verifiedOn', verifiedOn, report),
    validUntil: validUntil && dated('validUntil', validUntil, report),
    result: result && worded('result', result, given, report),
    basis: basis?.text,
  })
  return Object.keys(last).length === 0 ? undefined : last
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

function intervalOf({ interval, intervalUnit }: Draft, report: Report): LedgerLine['interval'] {
  if (interval === undefined) return undefined
  const { text } = interval
  const unit = interval.unit ?? intervalUnit?.text
  const { period, none, notes } = intervalIn(text, unit)
  for (const note of notes) report('interval', note)
  return { text, ...defined({ unit, period, none }) }
}

/** The line of a row. */
export function lineOf(draft: Draft, given: GivenMeanings, report: Report): LedgerLine {
  const { scaleInterval, scaleIntervalUnit, maximumPermissibleError, maximumPermissibleErrorUnit } = draft
  const text = (field: LedgerField): string | undefined => draft[field]?.text
  return {
    kind: 'ledger-entry',
    version: 1,
    ...defined({
      name: text('name'),
      holder: text('holder'),
      department: text('department'),
      place: text('installedAt'),
      division: text('division'),
      assetNumber: text('assetNumber'),
      category: categorised(draft, report),
      model: text('model'),
      serialNumber: text('serialNumber'),
      plate: text('plate'),
      manufacturer: text('manufacturer'),
      origin: text('origin'),
      range: rangeOf(draft, report),
      accuracyClass: text('accuracyClass'),
      maximumPermissibleError:
        maximumPermissibleError &&
        limited(
          'maximumPermissibleError',
          { ...maximumPermissibleError, unit: maximumPermissibleError.unit ?? maximumPermissibleErrorUnit?.text },
          report,
        ),
      scaleInterval:
        scaleInterval && valued('scaleInterval', { ...scaleInterval, unit: scaleInterval.unit ?? scaleIntervalUnit?.text }, report),
      interval: intervalOf(draft, report),
      mandatory: draft.mandatory && worded('mandatory', draft.mandatory, given, report),
      state: draft.state && worded('state', draft.state, given, report),
      class: draft.class && classed(draft.class, report),
      quantity: draft.quantity && counted(draft.quantity, report),
      purpose: draft.purpose && worded('purpose', draft.purpose, given, report),
      method: text('method'),
      last: lastOf(draft, given, report),
      nextDue: draft.nextDue && dated('nextDue', draft.nextDue, report),
      designatedBody: text('designatedBody'),
      requirement: requirementOf(draft, report),
      manufacturedOn: draft.manufacturedOn && dated('manufacturedOn', draft.manufacturedOn, report),
      inUseSince: draft.inUseSince && dated('inUseSince', draft.inUseSince, report),
      remarks: text('remarks'),
    }),
  }
}
