/**
 * Identity of the instrument of a record: its identifiers as comparison keys, and whether two records can be about one instrument.
 */
import { identifierKey, isNoSerial, plateKey } from '../base/identifier.js'
import { type AnyRecord, kindOf } from './kinds/index.js'

export interface InstrumentIdentity {
  readonly category: string
  /** Absent if none is stated, or the text is a placeholder. */
  readonly serial?: string
  readonly plate?: string
  readonly vin?: string
  readonly maker?: string
  readonly model?: string
  /** Parts with certificates of their own (nozzles, compartments), by key, as printed. Empty for the whole instrument. */
  readonly parts: ReadonlyMap<string, string>
}

type Loose = Readonly<Record<string, unknown>>

const objectIn = (value: unknown): Loose | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Loose) : undefined

/** Comparison key of an identifier; undefined for a placeholder. */
const keyOf = (value: unknown): string | undefined => (typeof value === 'string' && !isNoSerial(value) ? identifierKey(value) : undefined)

/** Reads available members of any value: a record with other faults still identifies its instrument. */
export function identityOf(instrument: unknown): InstrumentIdentity | undefined {
  const { category, serialNumber, manufacturer, model, mobile, components } = objectIn(instrument) ?? {}
  if (typeof category !== 'string') return undefined
  const { plate, vin } = objectIn(mobile) ?? {}
  const [serial, maker, modelKey, vinKey] = [serialNumber, manufacturer, model, vin].map(keyOf)
  return {
    category,
    ...(serial !== undefined && { serial }),
    ...(typeof plate === 'string' && { plate: plateKey(plate) }),
    ...(vinKey !== undefined && { vin: vinKey }),
    ...(maker !== undefined && { maker }),
    ...(modelKey !== undefined && { model: modelKey }),
    parts: partsOf(components),
  }
}

/** Instruments verified part by part, with separate certificates: nozzles and charging connectors, compartments, channels. */
const PARTS: readonly (readonly [string, RegExp])[] = [
  ['nozzle', /加?[油气]?枪|NOZZLE|HOSE|CONNECTOR/g],
  ['compartment', /油?仓|隔?舱|COMPARTMENT/g],
  ['channel', /通道|CHANNEL/g],
]
const NUMERALS = '〇一二三四五六七八九'
/** “十二” as “12”: tens up to 99, and digits one by one. */
const arabic = (text: string): string =>
  text
    .replace(/([一二三四五六七八九]?)十([一二三四五六七八九]?)/g, (_, tens: string, ones: string) => `${tens || '一'}${ones || '〇'}`)
    .replace(/[〇一二三四五六七八九]/g, (numeral) => String(NUMERALS.indexOf(numeral)))

function partsOf(components: unknown): ReadonlyMap<string, string> {
  const parts = new Map<string, string>()
  for (const component of Array.isArray(components) ? components.slice(0, 50) : []) {
    const { name, serialNumber } = objectIn(component) ?? {}
    if (typeof name !== 'string') continue
    const printed = identifierKey(name)
    const [kind, noun] = PARTS.find(([, pattern]) => printed.search(pattern) >= 0) ?? []
    if (kind === undefined || noun === undefined) continue
    // “2号枪”, “枪2”, “第二枪” and “Nozzle 2” are equal: the key is the number without the noun.
    const number = arabic(printed.replace(noun, '').replace(/[第号#()./-]|NO/g, '')).replace(/^0+(?=.)/, '')
    const own = number === '' ? keyOf(serialNumber) : number
    if (own !== undefined) parts.set(`${kind} ${own}`, name)
  }
  return parts
}

const MARKS = ['maker', 'model', 'plate'] as const

/** True if both state maker, model and plate, and all differ: two instruments that happen to share a serial number. */
export const isAnother = (a: InstrumentIdentity, b: InstrumentIdentity): boolean =>
  MARKS.every((mark) => a[mark] !== undefined && b[mark] !== undefined && a[mark] !== b[mark])

/** True if both are on one vehicle, by plate or by vehicle identification number. */
export const isOnOneVehicle = (a: InstrumentIdentity, b: InstrumentIdentity): boolean =>
  (a.plate !== undefined && a.plate === b.plate) || (a.vin !== undefined && a.vin === b.vin)

/** True if two records can be about one instrument, such as a certificate and its replacement. */
export function canBeOne(a: InstrumentIdentity, b: InstrumentIdentity): boolean {
  if (a.category !== b.category) return false
  if (isOnOneVehicle(a, b)) return true
  if (a.serial === undefined || b.serial === undefined) return a.plate === undefined || b.plate === undefined
  return a.serial === b.serial && !isAnother(a, b)
}

/**
 * True if two records with one number of one issuer cannot be one certificate (ISO/IEC 17025:2017 7.8.2.1 d: unique): they are
 * about another instrument, or have another content. A certificate of another nozzle, and the same content signed again, are not.
 */
export function isSecondUse(a: AnyRecord, b: AnyRecord): boolean {
  if (a === b || a.kind !== b.kind || canonical(a) === canonical(b)) return false
  const [one, other] = [a, b].map((record) => identityOf(kindOf(record).instrument(record)))
  return one === undefined || other === undefined || !areParts(one, other)
}

/** True for certificates of different parts of one instrument. */
const areParts = (one: InstrumentIdentity, other: InstrumentIdentity): boolean =>
  canBeOne(one, other) && one.parts.size > 0 && other.parts.size > 0 && [...one.parts.keys()].every((part) => !other.parts.has(part))

/** Records, all of one kind and one number, that are a second use of the number beside another. Each record is serialised once. */
export function secondUses<T extends AnyRecord>(records: readonly T[]): readonly T[] {
  const contents = new Map<string, T[]>()
  for (const record of records) {
    const content = canonical(record)
    const same = contents.get(content)
    if (same === undefined) contents.set(content, [record])
    else same.push(record)
  }
  if (contents.size < 2) return []
  // Different contents with the same identifiers of the instrument and its parts are second uses of each other.
  const written = new Map<string, { readonly identity: InstrumentIdentity | undefined; readonly of: T[][] }>()
  for (const same of contents.values()) {
    const identity = identityOf(kindOf(same[0] as T).instrument(same[0] as T))
    const key = JSON.stringify(identity && { ...identity, parts: [...identity.parts.keys()].sort() })
    const group = written.get(key) ?? { identity, of: [] }
    group.of.push(same)
    written.set(key, group)
  }
  const all = [...written.values()]
  const isUsedTwice = (one: (typeof all)[number]): boolean =>
    one.of.length > 1 ||
    all.some(
      (other) => other !== one && (one.identity === undefined || other.identity === undefined || !areParts(one.identity, other.identity)),
    )
  const twice = new Set(all.filter(isUsedTwice).flatMap(({ of }) => of.flat()))
  return records.filter((record) => twice.has(record))
}

/** Canonical text: the same for the same content, whatever the order of its members. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )

/** An item, its instrument, and its own id if the instrument has no identifier. */
export interface Identified<T> {
  readonly item: T
  readonly identity: InstrumentIdentity
  readonly own: string
}

/**
 * Groups items by instrument, in order of first occurrence; the order of items has no other effect. An item that may belong to
 * several instruments, for example if only the plate is stated and the vehicle had two, is in each of their groups.
 */
export function byInstrument<T>(items: readonly Identified<T>[]): { readonly item: T; readonly isAmbiguous: boolean }[][] {
  const groups = joinedBy(
    items.filter(({ identity: { serial } }) => serial !== undefined),
    ({ identity: { category, serial } }) => [JSON.stringify([category, serial])],
  ).flatMap(byMarks)
  const onVehicle = new Map<string, Set<Identified<T>[]>>()
  for (const group of groups)
    for (const one of group)
      for (const token of vehicleTokens(one.identity)) onVehicle.set(token, (onVehicle.get(token) ?? new Set()).add(group))
  const rest = items.filter(({ identity: { serial } }) => serial === undefined)
  for (const bucket of joinedBy(rest, ({ own, identity }) => [own, ...vehicleTokens(identity)])) {
    const mounted = new Set(bucket.flatMap(({ identity }) => vehicleTokens(identity)).flatMap((token) => [...(onVehicle.get(token) ?? [])]))
    if (mounted.size === 0) groups.push(bucket)
    for (const group of mounted) group.push(...bucket)
  }
  const positions = new Map(items.map((one, at) => [one, at]))
  const counts = new Map<Identified<T>, number>()
  for (const group of groups) for (const one of group) counts.set(one, (counts.get(one) ?? 0) + 1)
  const firstOf = (group: readonly Identified<T>[]): number =>
    group.reduce((first, one) => Math.min(first, positions.get(one) as number), Number.POSITIVE_INFINITY)
  return groups
    .map((group) => ({ group, first: firstOf(group) }))
    .sort((a, b) => a.first - b.first)
    .map(({ group }) => group.map((one) => ({ item: one.item, isAmbiguous: (counts.get(one) as number) > 1 })))
}

const vehicleTokens = ({ category, plate, vin }: InstrumentIdentity): string[] => [
  ...(plate === undefined ? [] : [JSON.stringify([category, 'plate', plate])]),
  ...(vin === undefined ? [] : [JSON.stringify([category, 'vin', vin])]),
]

const marksOf = (identity: InstrumentIdentity): string[] =>
  MARKS.flatMap((mark) => (identity[mark] === undefined ? [] : [`${mark} ${identity[mark]}`]))

/** One serial number is one instrument, unless maker, model and plate are stated and all differ. */
function byMarks<T>(bucket: Identified<T>[]): Identified<T>[][] {
  const isComplete = ({ identity }: Identified<T>): boolean => marksOf(identity).length === MARKS.length
  const clusters = joinedBy(bucket.filter(isComplete), ({ identity }) => marksOf(identity))
  if (clusters.length <= 1) return [bucket]
  const known = clusters.map((cluster) => new Set(cluster.flatMap(({ identity }) => marksOf(identity))))
  for (const one of bucket.filter((item) => !isComplete(item))) {
    const marks = marksOf(one.identity)
    const near = clusters.filter((_, at) => marks.some((mark) => known[at]?.has(mark)))
    for (const cluster of near.length > 0 ? near : clusters) cluster.push(one)
  }
  return clusters
}

/** Groups items that share a key, directly or through others. */
function joinedBy<T>(items: readonly T[], tokensOf: (item: T) => readonly string[]): T[][] {
  const groups = new Map<string, { items: T[]; tokens: string[] }>()
  const all = new Set<{ items: T[]; tokens: string[] }>()
  for (const item of items) {
    const tokens = tokensOf(item)
    const [into = { items: [], tokens: [] }, ...others] = new Set(tokens.flatMap((token) => groups.get(token) ?? []))
    all.add(into)
    into.items.push(item)
    for (const other of others) {
      into.items.push(...other.items)
      for (const token of other.tokens) groups.set(token, into)
      into.tokens.push(...other.tokens)
      all.delete(other)
    }
    for (const token of tokens) groups.set(token, into)
    into.tokens.push(...tokens)
  }
  return [...all].map((group) => group.items)
}
