/** Finds the certificates and labels of a line: those that share a number with it and whose other marks do not contradict it. */
import { identifierKey, isNoSerial, nameKey, plateKey } from '../base/identifier.js'
import { categoryName, isAmongCategories } from '../catalogue/index.js'
import { kindOf } from '../records/index.js'
import { ledgerFields } from './fields.js'
import type { LedgerLine } from './line.js'
import type { FoundCertificate, FoundLabel, MatchedLine } from './match.js'
import { because, type UseReason } from './use-messages.js'

/** A certificate, or a label in place of one. */
export type Found = FoundCertificate | FoundLabel
type By = NonNullable<MatchedLine['by']>[number]

/** The instrument as a certificate or a label states it. */
interface Instrument {
  readonly category: string
  readonly name?: string
  readonly model?: string | undefined
  readonly serialNumber?: string | undefined
  readonly assetNumber?: string | undefined
  readonly manufacturer?: string | undefined
  readonly mobile?: { readonly plate?: string | undefined } | undefined
}

export function instrumentOf(one: Found): Instrument | undefined {
  if ('record' in one) return kindOf(one.record)?.instrument(one.record)
  const { category, serial, plate } = one.label
  return { category, serialNumber: serial, mobile: { plate } }
}

export interface Candidate<F extends Found> {
  readonly found: F
  readonly by: readonly By[]
  /** Marks that agree; `differs` has those that contradict. */
  readonly agrees: readonly string[]
  readonly differs: readonly UseReason[]
}

const keysOf = (one: Found): readonly string[] => {
  const { serialNumber: serial, assetNumber: asset, mobile } = instrumentOf(one) ?? {}
  const keys = [`certificateNo:${identifierKey(one.number)}`]
  if (serial !== undefined && !isNoSerial(serial)) keys.push(`serialNumber:${identifierKey(serial)}`)
  if (asset !== undefined && !isNoSerial(asset)) keys.push(`assetNumber:${identifierKey(asset)}`)
  if (mobile?.plate !== undefined) keys.push(`plate:${plateKey(mobile.plate)}`)
  return keys
}

const numberKey = (text: string | undefined): string | undefined =>
  text === undefined || isNoSerial(text) ? undefined : identifierKey(text)

/** The compared marks of a line, as a key: lines with equal marks have the same candidates. */
const marksOf = ({ last, serialNumber, assetNumber, plate, model, manufacturer, name, category }: LedgerLine): string =>
  JSON.stringify([last?.number, serialNumber, assetNumber, plate, model, manufacturer, name, category])

/**
 * Creates the search for the candidates of a line. The result is cached by marks, because all 200,000 lines of a ledger may share one
 * number.
 */
export function createSearch<F extends Found>(all: readonly F[]): (line: LedgerLine) => readonly Candidate<F>[] {
  const index = new Map<string, F[]>()
  for (const one of all)
    for (const key of keysOf(one)) {
      const some = index.get(key)
      if (some === undefined) index.set(key, [one])
      else some.push(one)
    }
  const known = new Map<string, readonly Candidate<F>[]>()
  return (line) => {
    const by = new Map<F, By[]>()
    const look = (how: By, key: string | undefined): void => {
      for (const one of key === undefined ? [] : (index.get(`${how}:${key}`) ?? [])) by.set(one, [...(by.get(one) ?? []), how])
    }
    const marks = marksOf(line)
    const before = known.get(marks)
    if (before !== undefined) return before
    look('certificateNo', numberKey(line.last?.number))
    look('serialNumber', numberKey(line.serialNumber))
    look('assetNumber', numberKey(line.assetNumber))
    look('plate', line.plate === undefined ? undefined : plateKey(line.plate))
    // A contradicting mark means another instrument; only a common certificate number keeps it as a candidate, to report the difference.
    const candidates = [...by]
      .map(([found, how]): Candidate<F> => ({ found, by: how, ...compareMarks(line, found, how) }))
      .filter((one) => one.differs.length === 0 || one.by.includes('certificateNo'))
    known.set(marks, candidates)
    return candidates
  }
}

type Likeness = 'same' | 'other' | 'unclear'
/** Legal forms, kinds of works and provinces, which many names of makers share. */
const COMMON =
  /有限责任公司|股份有限公司|有限公司|公司|集团|股份|工厂|总厂|厂|所|仪表|仪器|仪|科技|技术|电子|电气|设备|机械|制造|自动化|中国|北京|上海|天津|重庆|四川|成都|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|省|市|[()·]/g
const LEAST_NAME = 3
const LEAST_CORE = 2
const WORD = /[A-Za-z0-9]/

/** True if a text occurs in another as a whole word: ABB in ABB(中国), but not in CRABBE. */
function isInside(text: string, whole: string): boolean {
  const cuts = (inner: string | undefined, outer: string | undefined): boolean =>
    inner !== undefined && outer !== undefined && WORD.test(inner) && WORD.test(outer)
  for (let at = whole.indexOf(text); at !== -1; at = whole.indexOf(text, at + 1))
    if (!cuts(text[0], whole[at - 1]) && !cuts(text.at(-1), whole[at + text.length])) return true
  return false
}

/** 成都红旗仪表有限公司 and 红旗仪表 are one maker. 上 or 仪表厂 occur in many names, so they are unclear. */
function likenessOfMakers(a: string, b: string): Likeness {
  if (a === b) return 'same'
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (!isInside(short, long)) return long.includes(short) && short.length < LEAST_NAME ? 'unclear' : 'other'
  return short.length >= LEAST_NAME && short.replace(COMMON, '').length >= LEAST_CORE ? 'same' : 'unclear'
}

/** Y-100 and Y-100 (0~4) are one model; Y-10 is another; Y is unclear. */
function likenessOfModels(a: string, b: string): Likeness {
  if (a === b) return 'same'
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (!isInside(short, long)) return 'other'
  return short.length >= LEAST_NAME ? 'same' : 'unclear'
}
const likenessOfNumbers = (a: string, b: string): Likeness => (a === b ? 'same' : 'other')

/** Compares the marks that both the line and the certificate state. */
function compareMarks(line: LedgerLine, found: Found, by: readonly By[]): Pick<Candidate<Found>, 'agrees' | 'differs'> {
  const instrument = instrumentOf(found)
  if (instrument === undefined) return { agrees: [], differs: [] }
  const { number } = found
  const agrees: string[] = []
  const differs: UseReason[] = []
  const compare = (
    field: 'serialNumber' | 'model' | 'manufacturer' | 'plate',
    [ours, theirs]: readonly [string | undefined, string | undefined],
    key: (text: string) => string,
    likeness: (a: string, b: string) => Likeness = likenessOfNumbers,
  ): void => {
    if (ours === undefined || theirs === undefined || isNoSerial(ours) || isNoSerial(theirs)) return
    const like = likeness(key(ours), key(theirs))
    if (like === 'same') agrees.push(field)
    else if (like === 'other')
      differs.push(because('ledger.differs', { field: ledgerFields.get(field), line: ours, certificate: theirs, number }))
  }
  compare('serialNumber', [line.serialNumber, instrument.serialNumber], identifierKey)
  compare('model', [line.model, instrument.model], identifierKey, likenessOfModels)
  compare('manufacturer', [line.manufacturer, instrument.manufacturer], nameKey, likenessOfMakers)
  compare('plate', [line.plate, instrument.mobile?.plate], plateKey)
  // The category of a line is derived from a name, so it contradicts only if no other mark agrees.
  const { slug, candidates = [] } = line.category ?? {}
  const ours = slug === undefined ? candidates : [slug]
  const isSame = ours.some((one) => isAmongCategories([one], instrument.category) || isAmongCategories([instrument.category], one))
  if (isSame) agrees.push('category')
  else if (slug !== undefined && !agrees.some((mark) => mark !== 'serialNumber') && !(by.includes('certificateNo') && agrees.length > 0)) {
    const params = { line: categoryName(slug), certificate: categoryName(instrument.category), number }
    differs.push(because('ledger.differs', { field: ledgerFields.get('categoryText'), ...params }))
  }
  if (line.name !== undefined && instrument.name !== undefined && nameKey(line.name) === nameKey(instrument.name)) agrees.push('name')
  return { agrees, differs }
}

/** Key of the instrument of a certificate or label: equal serial number and category mean one instrument. */
export const instrumentKey = (one: Found): string => {
  const { category = '', serialNumber = '', mobile } = instrumentOf(one) ?? {}
  return isNoSerial(serialNumber) || serialNumber === ''
    ? `${category}:${mobile?.plate ?? one.verdict.statementId}`
    : `${category}:${identifierKey(serialNumber)}`
}
