/** Puts signed records beside the lines of a ledger: which certificate is of which instrument, and whether that may be used. */

import { parseInstant } from '../base/date.js'
import { identifierKey, isNoSerial, nameKey, plateKey } from '../base/identifier.js'
import { listed, type Text } from '../base/message.js'
import { anArray, anObject, checkArgument } from '../base/options.js'
import { categoryName, isAmongCategories } from '../catalogue/index.js'
import type { SignedText } from '../envelope/index.js'
import { type AnyRecord, kindOf } from '../records/index.js'
import { examine, type Outcome, type Standing, standings, type Verdict, type VerifyOptions } from '../verify/index.js'
import type { Confirmation } from './confirm.js'
import { ledgerFields } from './fields.js'
import type { LedgerLine } from './line.js'
import { decideUse } from './use.js'
import { because, type UseReason } from './use-messages.js'

/** 能用, 不能用, 无法判定. */
export type Use = 'usable' | 'not-usable' | 'undecided'

/** A signed record at hand. */
export interface LedgerStatement {
  /** Where it was found. */
  readonly file: string
  readonly signed: SignedText
}

/** A record that was judged. */
export interface FoundCertificate {
  readonly file: string
  readonly number: string
  readonly verdict: Verdict
  readonly record: AnyRecord
  /** Of its instrument by all verification records at hand. */
  readonly standing?: Standing
}

export interface MatchedLine {
  readonly line: LedgerLine
  /** The newest certificate of the instrument; absent if none is certain. */
  readonly certificate?: FoundCertificate
  readonly outcome?: Outcome
  /** By what it was found. */
  readonly by?: readonly ('certificateNo' | 'serialNumber' | 'assetNumber' | 'plate')[]
  readonly use: Use
  readonly reason: UseReason
  /** Statute, standard or clause of the reason. */
  readonly basis: string
  /** The comparison with the requirement of the line, if it states one. */
  readonly confirmation?: Confirmation
  /** What the line states otherwise than its certificate. */
  readonly differences: readonly UseReason[]
  /** Certificates that it may be, where that is uncertain. */
  readonly candidates?: readonly FoundCertificate[]
}

export interface MatchList {
  readonly at: number
  readonly lines: readonly MatchedLine[]
  /** Certificates of no line. */
  readonly unmatched: readonly FoundCertificate[]
  /** Statements that are not genuine or could not be read: they are of no line. */
  readonly unread: readonly { readonly file: string; readonly verdict: Verdict }[]
  readonly counts: Readonly<Record<Use, number>>
}

/**
 * Judges the statements and finds the certificate of each line, by certificate number, serial number with model, maker or category, own
 * number, plate. What is uncertain is named and never guessed.
 * @throws `verify.options`
 */
export async function match(
  lines: readonly LedgerLine[],
  statements: readonly LedgerStatement[],
  options: VerifyOptions,
): Promise<MatchList> {
  checkArgument('match', 'lines', lines, anArray)
  checkArgument('match', 'statements', statements, anArray)
  checkArgument('match', 'options', options, anObject)
  const { found, unread } = await judgeAll(statements, options)
  const at = parseInstant(options.at)
  const index = indexOf(found)
  const tied = lines.map((line) => ({ line, ...candidatesOf(line, index) }))
  const owners = ownersOf(tied)
  const matched = tied.map((one) => conclude(one, owners, at))
  const used = new Set(tied.flatMap(({ candidates }) => candidates.map(({ certificate }) => certificate)))
  const counts: Record<Use, number> = { usable: 0, 'not-usable': 0, undecided: 0 }
  for (const { use } of matched) counts[use]++
  return { at, lines: matched, unmatched: found.filter((one) => !used.has(one)), unread, counts }
}

async function judgeAll(statements: readonly LedgerStatement[], options: VerifyOptions) {
  const found: FoundCertificate[] = []
  const unread: { file: string; verdict: Verdict }[] = []
  // What could not be judged goes along: it may be a failure, and an instrument it may be of is then undecided.
  const all: SignedText[] = []
  const seen = new Set<string>()
  for (const { file, signed } of statements) {
    const { verdict, record } = await examine(signed, options)
    all.push(signed)
    const kind = record && kindOf(record)
    if (record === undefined || kind === undefined) {
      unread.push({ file, verdict })
      continue
    }
    // One statement in two files is one certificate.
    if (verdict.statementId !== undefined && seen.has(verdict.statementId)) continue
    if (verdict.statementId !== undefined) seen.add(verdict.statementId)
    found.push({ file, number: kind.number(record), verdict, record })
  }
  const byStatement = new Map<string, Standing>()
  for (const standing of await standings(all, options))
    for (const { statementId } of standing.entries) byStatement.set(statementId, standing)
  const withStanding = found.map((one): FoundCertificate => {
    const standing = byStatement.get(one.verdict.statementId ?? '')
    return standing === undefined ? one : { ...one, standing }
  })
  return { found: withStanding, unread }
}

type By = NonNullable<MatchedLine['by']>[number]
type Index = ReadonlyMap<string, readonly FoundCertificate[]>
const instrumentOf = ({ record }: FoundCertificate) => kindOf(record)?.instrument(record)

const keysOf = (one: FoundCertificate): readonly string[] => {
  const instrument = instrumentOf(one)
  const serial = instrument?.serialNumber
  const asset = instrument?.assetNumber
  return [
    `certificateNo:${identifierKey(one.number)}`,
    ...(serial === undefined || isNoSerial(serial) ? [] : [`serialNumber:${identifierKey(serial)}`]),
    ...(asset === undefined || isNoSerial(asset) ? [] : [`assetNumber:${identifierKey(asset)}`]),
    ...(instrument?.mobile?.plate === undefined ? [] : [`plate:${plateKey(instrument.mobile.plate)}`]),
  ]
}

function indexOf(found: readonly FoundCertificate[]): Index {
  const index = new Map<string, FoundCertificate[]>()
  for (const one of found) for (const key of keysOf(one)) index.set(key, [...(index.get(key) ?? []), one])
  return index
}

interface Candidate {
  readonly certificate: FoundCertificate
  readonly by: readonly By[]
  /** Marks that agree, and that contradict. */
  readonly agrees: readonly string[]
  readonly differs: readonly UseReason[]
}
interface Tied {
  readonly line: LedgerLine
  readonly candidates: readonly Candidate[]
}

function candidatesOf(line: LedgerLine, index: Index): { readonly candidates: readonly Candidate[] } {
  const by = new Map<FoundCertificate, By[]>()
  const look = (how: By, key: string | undefined): void => {
    for (const one of key === undefined ? [] : (index.get(`${how}:${key}`) ?? [])) by.set(one, [...(by.get(one) ?? []), how])
  }
  const numberKey = (text: string | undefined): string | undefined =>
    text === undefined || isNoSerial(text) ? undefined : identifierKey(text)
  look('certificateNo', numberKey(line.last?.number))
  look('serialNumber', numberKey(line.serialNumber))
  look('assetNumber', numberKey(line.assetNumber))
  look('plate', line.plate === undefined ? undefined : plateKey(line.plate))
  const candidates = [...by].map(([certificate, how]): Candidate => ({ certificate, by: how, ...compareMarks(line, certificate, how) }))
  // By a serial number alone, an instrument that differs in what both state is another one.
  return { candidates: candidates.filter(({ by: how, differs }) => differs.length === 0 || how.includes('certificateNo')) }
}

/** What line and certificate both state of the instrument. */
function compareMarks(line: LedgerLine, certificate: FoundCertificate, by: readonly By[]): Pick<Candidate, 'agrees' | 'differs'> {
  const instrument = instrumentOf(certificate)
  if (instrument === undefined) return { agrees: [], differs: [] }
  const agrees: string[] = []
  const differs: UseReason[] = []
  const compare = (
    field: 'serialNumber' | 'model' | 'manufacturer' | 'plate',
    ours: string | undefined,
    theirs: string | undefined,
    key: (text: string) => string,
  ): void => {
    if (ours === undefined || theirs === undefined || isNoSerial(ours) || isNoSerial(theirs)) return
    const [a, b] = [key(ours), key(theirs)]
    // 成都红旗仪表有限公司 and 红旗仪表 are one maker; Y-100 and Y-100 (0~4) one model.
    if (a === b || (field !== 'serialNumber' && field !== 'plate' && (a.includes(b) || b.includes(a)))) agrees.push(field)
    else
      differs.push(
        because('ledger.differs', { field: ledgerFields.get(field), line: ours, certificate: theirs, number: certificate.number }),
      )
  }
  compare('serialNumber', line.serialNumber, instrument.serialNumber, identifierKey)
  compare('model', line.model, instrument.model, identifierKey)
  compare('manufacturer', line.manufacturer, instrument.manufacturer, nameKey)
  compare('plate', line.plate, instrument.mobile?.plate, plateKey)
  // The category of a line is read from a name: it contradicts only where nothing else of the instrument agrees.
  const { slug, candidates = [] } = line.category ?? {}
  const ours = slug === undefined ? candidates : [slug]
  const isSame = ours.some((one) => isAmongCategories([one], instrument.category) || isAmongCategories([instrument.category], one))
  if (isSame) agrees.push('category')
  else if (slug !== undefined && !agrees.some((mark) => mark !== 'serialNumber') && !(by.includes('certificateNo') && agrees.length > 0)) {
    const params = { line: categoryName(slug), certificate: categoryName(instrument.category), number: certificate.number }
    differs.push(because('ledger.differs', { field: ledgerFields.get('categoryText'), ...params }))
  }
  if (line.name !== undefined && nameKey(line.name) === nameKey(instrument.name)) agrees.push('name')
  return { agrees, differs }
}

/** Lines by certificate: one certificate of one instrument is of one line. */
function ownersOf(tied: readonly Tied[]): ReadonlyMap<FoundCertificate, readonly LedgerLine[]> {
  const owners = new Map<FoundCertificate, LedgerLine[]>()
  for (const { line, candidates } of tied)
    for (const { certificate, differs } of candidates)
      if (differs.length === 0) owners.set(certificate, [...(owners.get(certificate) ?? []), line])
  return owners
}

const instrumentKey = (one: FoundCertificate): string => {
  const { category = '', serialNumber = '', mobile } = instrumentOf(one) ?? {}
  return isNoSerial(serialNumber) || serialNumber === ''
    ? `${category}:${mobile?.plate ?? one.verdict.statementId}`
    : `${category}:${identifierKey(serialNumber)}`
}
const dayOf = ({ record }: FoundCertificate): string => kindOf(record)?.factDate(record) ?? ''
const places = (lines: readonly LedgerLine[]): Text => listed(lines.map(({ at }) => `${at?.sheet ?? ''}:${at?.row ?? ''}`))

function conclude({ line, candidates }: Tied, owners: ReadonlyMap<FoundCertificate, readonly LedgerLine[]>, at: number): MatchedLine {
  const undecided = (reason: UseReason, more: Partial<MatchedLine> = {}): MatchedLine => ({
    line,
    use: 'undecided',
    reason,
    basis: '',
    differences: [],
    ...more,
  })
  const all = candidates.map(({ certificate }) => certificate)
  if (line.quantity?.value !== undefined && line.quantity.value > 1)
    return undecided(because('ledger.use-many', { count: line.quantity.value }), { candidates: all })
  const same = candidates.filter(({ differs }) => differs.length === 0)
  const [other] = candidates
  if (same.length === 0 && other !== undefined) {
    const [first] = other.differs
    return undecided(because('ledger.use-other-instrument', { number: other.certificate.number, differs: first }), {
      candidates: all,
      differences: other.differs,
    })
  }
  if (same.length === 0) {
    const hasNumber = [line.serialNumber, line.assetNumber, line.plate, line.last?.number].some((text) => text !== undefined)
    return undecided(because(hasNumber ? 'ledger.use-none' : 'ledger.use-no-number'))
  }
  const instruments = new Map(same.map((one) => [instrumentKey(one.certificate), one.certificate]))
  if (instruments.size > 1) {
    const names = listed(
      [...instruments.values()].map((one) => `${one.number} ${instrumentOf(one)?.name ?? ''} ${instrumentOf(one)?.serialNumber ?? ''}`),
    )
    return undecided(because('ledger.use-ambiguous', { count: instruments.size, names }), { candidates: all })
  }
  const newest = same.reduce((a, b) => (dayOf(b.certificate) > dayOf(a.certificate) ? b : a))
  const { certificate } = newest
  const others = (owners.get(certificate) ?? []).filter((one) => one !== line)
  if (others.length > 0)
    return undecided(because('ledger.use-line-twice', { number: certificate.number, others: places(others) }), { candidates: all })
  const isCertain = same.some(
    ({ by, agrees }) => by.length > 1 || !by.includes('serialNumber') || agrees.some((mark) => mark !== 'serialNumber'),
  )
  if (!isCertain) return undecided(because('ledger.use-serial-only', { number: line.serialNumber }), { candidates: all })
  const by = [...new Set(same.flatMap((one) => one.by))]
  return {
    line,
    certificate,
    outcome: certificate.verdict.outcome,
    by,
    ...decideUse(line, certificate, at),
    differences: differencesOf(line, certificate),
  }
}

/** What the line says of its last verification, against the certificate. */
function differencesOf(line: LedgerLine, certificate: FoundCertificate): readonly UseReason[] {
  const { record, number } = certificate
  const { last } = line
  const kind = kindOf(record)
  const date = kind?.factDate(record)
  if (last?.number !== undefined && identifierKey(last.number) !== identifierKey(number))
    return [because('ledger.newer-certificate', { line: last.number, number, date })]
  const differs = (field: 'verifiedOn' | 'validUntil' | 'result', ours: string | undefined, theirs: string | undefined): UseReason[] =>
    ours === undefined || theirs === undefined || ours === theirs
      ? []
      : [because('ledger.differs', { field: ledgerFields.get(field), line: ours, certificate: theirs, number })]
  const outcome = record.kind === 'verification-record' ? record.outcome : undefined
  const result = last?.result?.value === 'limited' ? undefined : last?.result?.value
  const words = { pass: '合格', fail: '不合格' } as const
  return [
    ...differs('verifiedOn', last?.date?.date, date),
    ...differs('validUntil', last?.validUntil?.date, kind?.validUntil(record)),
    ...differs('result', result && words[result], outcome && words[outcome]),
  ]
}
