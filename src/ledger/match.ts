/** Puts signed records beside the lines of a ledger: which certificate is of which instrument, and whether that may be used. */

import { parseInstant } from '../base/date.js'
import { identifierKey } from '../base/identifier.js'
import { listed, type Text } from '../base/message.js'
import { anArray, anObject, checkArgument } from '../base/options.js'
import type { SignedText } from '../envelope/index.js'
import { type AnyRecord, kindOf, type VerificationRecord } from '../records/index.js'
import { examine, type Outcome, type Standing, standings, type Verdict, type VerifyOptions } from '../verify/index.js'
import type { Confirmation } from './confirm.js'
import { ledgerFields } from './fields.js'
import { type Candidate, createSearch, type Found, instrumentKey, instrumentOf } from './identify.js'
import type { LedgerLine } from './line.js'
import { decideByLabel, decideUse } from './use.js'
import { because, type UseReason } from './use-messages.js'

/** 能用, 不能用, 无法判定. */
export type Use = 'usable' | 'not-usable' | 'undecided'

/** A signed record at hand. */
export interface LedgerStatement {
  /** Where it was found. */
  readonly file: string
  readonly signed: SignedText
}

/** A label that was judged by `verifyLabel` of `tongheng/label`. */
export interface LedgerLabel {
  readonly file: string
  /** Its `label` is what the label states, present only where its signature is valid. */
  readonly verdict: Verdict & { readonly label?: StatedByLabel }
}

/** What a label states of its record. */
export interface StatedByLabel {
  /** Statement id of the record that it speaks for. */
  readonly record: string
  readonly number: string
  readonly category: string
  readonly outcome: VerificationRecord['outcome']
  readonly serial?: string | undefined
  readonly plate?: string | undefined
  readonly verifiedOn: string
  readonly validUntil?: string | undefined
}

/** A label whose record is not at hand. */
export interface FoundLabel {
  readonly file: string
  readonly number: string
  readonly verdict: Verdict
  readonly label: StatedByLabel
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
  /** The label that decides, where the record that it speaks for is not at hand. */
  readonly label?: FoundLabel
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
  /** Labels of no line, and not of a record at hand either. */
  readonly unmatchedLabels: readonly FoundLabel[]
  /** Statements and labels that are not genuine or could not be read: they are of no line. */
  readonly unread: readonly { readonly file: string; readonly verdict: Verdict }[]
  readonly counts: Readonly<Record<Use, number>>
}

/**
 * Judges the statements and finds the certificate of each line, by certificate number, serial number with model, maker or category, own
 * number, plate. What is uncertain is named and never guessed.
 * @param labels labels at hand, judged at the same moment: one answers where the record that it speaks for is not at hand
 * @throws `verify.options`
 */
export async function match(
  lines: readonly LedgerLine[],
  statements: readonly LedgerStatement[],
  options: VerifyOptions,
  labels: readonly LedgerLabel[] = [],
): Promise<MatchList> {
  checkArgument('match', 'lines', lines, anArray)
  checkArgument('match', 'statements', statements, anArray)
  checkArgument('match', 'options', options, anObject)
  checkArgument('match', 'labels', labels, anArray)
  const { found, unread } = await judgeAll(statements, options)
  const apart = labelsApart(labels, found)
  const at = parseInstant(options.at)
  const [certificateOf, labelOf] = [createTies(lines, found), createTies(lines, apart.found)]
  const unsure = [...unread, ...apart.unread].filter(({ verdict }) => verdict.outcome === 'indeterminate').length
  const matched = lines.map((line): MatchedLine => {
    const byRecord = concludeRecord(line, certificateOf.conclude(line), at)
    const one = withLabel(byRecord, labelOf.conclude(line), at) ?? byRecord
    const isAmongUnsure = unsure > 0 && one.reason.code === 'ledger.use-none'
    return isAmongUnsure ? { ...one, reason: because('ledger.use-unread', { count: unsure }) } : one
  })
  const counts: Record<Use, number> = { usable: 0, 'not-usable': 0, undecided: 0 }
  for (const { use } of matched) counts[use]++
  return {
    at,
    lines: matched,
    unmatched: found.filter((one) => !certificateOf.used.has(one)),
    unmatchedLabels: apart.found.filter((one) => !labelOf.used.has(one)),
    unread: [...unread, ...apart.unread],
    counts,
  }
}

/** Labels whose records are not at hand, each once; and those that are not genuine. */
function labelsApart(labels: readonly LedgerLabel[], certificates: readonly FoundCertificate[]) {
  const atHand = new Set(certificates.map(({ verdict }) => verdict.statementId))
  const found = new Map<string, FoundLabel>()
  const unread: { file: string; verdict: Verdict }[] = []
  for (const { file, verdict } of labels) {
    const { label } = verdict
    if (label === undefined) unread.push({ file, verdict })
    else if (!atHand.has(label.record)) {
      // A batch has a label for each of its instruments, under one record.
      const key = `${label.record} ${label.serial ?? ''} ${label.plate ?? ''}`
      if (!found.has(key)) found.set(key, { file, number: label.number, verdict, label })
    }
  }
  return { found: [...found.values()], unread }
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

const dayOf = (one: Found): string => ('record' in one ? (kindOf(one.record)?.factDate(one.record) ?? '') : one.label.verifiedOn)

/** Lines that are named where one certificate is of several. */
const MAX_PLACES = 5
const placeOf = ({ at }: LedgerLine): string => `${at?.sheet ?? ''}:${at?.row ?? ''}`
const places = (lines: readonly LedgerLine[]): Text => {
  const { zh, en } = listed(lines.slice(0, MAX_PLACES).map(placeOf))
  const rest = lines.length - MAX_PLACES
  return rest <= 0 ? { zh, en } : { zh: `${zh} 等 ${lines.length} 行`, en: `${en} and ${rest} more` }
}

/** What of a line was found, or why that is uncertain. */
type Tie<F extends Found> =
  | { readonly found: F; readonly by: readonly By[]; readonly reason?: undefined }
  | { readonly reason: UseReason; readonly candidates: readonly F[]; readonly differences?: readonly UseReason[] }
type By = NonNullable<MatchedLine['by']>[number]

/** Searches for all lines first: a certificate of one instrument is of one line. */
function createTies<F extends Found>(lines: readonly LedgerLine[], all: readonly F[]) {
  const search = createSearch(all)
  const used = new Set<F>()
  const owners = new Map<F, LedgerLine[]>()
  for (const line of lines)
    for (const { found, differs } of search(line)) {
      used.add(found)
      const some = owners.get(found)
      if (differs.length > 0) continue
      if (some === undefined) owners.set(found, [line])
      else some.push(line)
    }
  const conclude = (line: LedgerLine): Tie<F> => tieOf(line, search(line), (found) => owners.get(found) ?? [])
  return { used, conclude }
}

function tieOf<F extends Found>(
  line: LedgerLine,
  candidates: readonly Candidate<F>[],
  ownersOf: (found: F) => readonly LedgerLine[],
): Tie<F> {
  const all = candidates.map(({ found }) => found)
  if (line.quantity?.value !== undefined && line.quantity.value > 1)
    return { reason: because('ledger.use-many', { count: line.quantity.value }), candidates: all }
  const same = candidates.filter(({ differs }) => differs.length === 0)
  const [other] = candidates
  if (same.length === 0 && other !== undefined) {
    const { found, differs } = other
    const reason = because('ledger.use-other-instrument', { number: found.number, differs: differs[0] })
    return { reason, candidates: all, differences: differs }
  }
  if (same.length === 0) {
    const hasNumber = [line.serialNumber, line.assetNumber, line.plate, line.last?.number].some((text) => text !== undefined)
    return { reason: because(hasNumber ? 'ledger.use-none' : 'ledger.use-no-number'), candidates: [] }
  }
  const instruments = new Map(same.map((one) => [instrumentKey(one.found), one.found]))
  if (instruments.size > 1) {
    const names = listed(
      [...instruments.values()].map((one) => `${one.number} ${instrumentOf(one)?.name ?? ''} ${instrumentOf(one)?.serialNumber ?? ''}`),
    )
    return { reason: because('ledger.use-ambiguous', { count: instruments.size, names }), candidates: all }
  }
  const { found } = same.reduce((a, b) => (dayOf(b.found) > dayOf(a.found) ? b : a))
  const owners = ownersOf(found)
  if (owners.length > 1) {
    // Where there are very many, they are not searched for this one: that would be the square of their number.
    const others = owners.length > 2 * MAX_PLACES ? owners : owners.filter((one) => one !== line)
    return { reason: because('ledger.use-line-twice', { number: found.number, others: places(others) }), candidates: all }
  }
  const isCertain = same.some(
    ({ by, agrees }) => by.length > 1 || !by.includes('serialNumber') || agrees.some((mark) => mark !== 'serialNumber'),
  )
  if (!isCertain) return { reason: because('ledger.use-serial-only', { number: line.serialNumber }), candidates: all }
  return { found, by: [...new Set(same.flatMap((one) => one.by))] }
}

function concludeRecord(line: LedgerLine, tie: Tie<FoundCertificate>, at: number): MatchedLine {
  if (tie.reason !== undefined) {
    const { reason, candidates, differences = [] } = tie
    return { line, use: 'undecided', reason, basis: '', differences, ...(candidates.length > 0 && { candidates }) }
  }
  const { found: certificate, by } = tie
  const { outcome } = certificate.verdict
  return { line, certificate, outcome, by, ...decideUse(line, certificate, at), differences: differencesOf(line, certificate) }
}

/** The answer of a label: where there is no record of the line, or only an older one. Undefined where the record decides. */
function withLabel({ line, certificate, candidates }: MatchedLine, tie: Tie<FoundLabel>, at: number): MatchedLine | undefined {
  if (tie.reason !== undefined || candidates !== undefined) return undefined
  const { found: label, by } = tie
  // Of one day the record decides, which has the results.
  if (certificate !== undefined && dayOf(label) <= dayOf(certificate)) return undefined
  return { line, label, outcome: label.verdict.outcome, by, ...decideByLabel(line, label, at), differences: [] }
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
