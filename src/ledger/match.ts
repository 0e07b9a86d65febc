/** Matches the lines of a ledger with signed records: finds the certificate of each instrument and decides whether the instrument may be used. */

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

/** A signed record to match. */
export interface LedgerStatement {
  /** File it was read from. */
  readonly file: string
  readonly signed: SignedText
}

/** A label with its verdict, by `verifyLabel` of `tongheng/label`. */
export interface LedgerLabel {
  readonly file: string
  /** `label` is the content of the label; present only if its signature is valid. */
  readonly verdict: Verdict & { readonly label?: StatedByLabel }
}

/** Content of a label. */
export interface StatedByLabel {
  /** Statement id of the record that the label was made from. */
  readonly record: string
  readonly number: string
  readonly category: string
  readonly outcome: VerificationRecord['outcome']
  readonly serial?: string | undefined
  readonly plate?: string | undefined
  readonly verifiedOn: string
  readonly validUntil?: string | undefined
}

/** A label whose record was not given. */
export interface FoundLabel {
  readonly file: string
  readonly number: string
  readonly verdict: Verdict
  readonly label: StatedByLabel
}

/** A record with its verdict. */
export interface FoundCertificate {
  readonly file: string
  readonly number: string
  readonly verdict: Verdict
  readonly record: AnyRecord
  /** Standing of its instrument, by all verification records given. */
  readonly standing?: Standing
}

export interface MatchedLine {
  readonly line: LedgerLine
  /** The newest certificate of the instrument; absent if none is certain. */
  readonly certificate?: FoundCertificate
  /** The label that decides; present only if its record was not given. */
  readonly label?: FoundLabel
  readonly outcome?: Outcome
  /** Fields by which the certificate or label was found. */
  readonly by?: readonly ('certificateNo' | 'serialNumber' | 'assetNumber' | 'plate')[]
  readonly use: Use
  readonly reason: UseReason
  /** Statute, standard or clause of the reason. */
  readonly basis: string
  /** The comparison with the requirement of the line, if it states one. */
  readonly confirmation?: Confirmation
  /** Values of the line that differ from its certificate. */
  readonly differences: readonly UseReason[]
  /** Possible certificates, if none is certain. */
  readonly candidates?: readonly FoundCertificate[]
}

export interface MatchList {
  readonly at: number
  readonly lines: readonly MatchedLine[]
  /** Certificates that match no line. */
  readonly unmatched: readonly FoundCertificate[]
  /** Labels that match no line and whose record was not given. */
  readonly unmatchedLabels: readonly FoundLabel[]
  /** Statements and labels that are not genuine or could not be read; they are not matched. */
  readonly unread: readonly { readonly file: string; readonly verdict: Verdict }[]
  readonly counts: Readonly<Record<Use, number>>
}

/**
 * Judges the statements and finds the certificate of each line by certificate number, by serial number with model, maker or category, by
 * asset number, or by plate. An uncertain match is reported, never guessed.
 * @param labels labels judged at the same moment; a label decides if its record was not given
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
  const matched = lines.map((line): MatchedLine => {
    const byRecord = concludeRecord(line, certificateOf.conclude(line), at)
    return withLabel(byRecord, labelOf.conclude(line), at) ?? byRecord
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

/** Labels whose records were not given, without duplicates; and labels that are not genuine. */
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
  // `standings` also gets statements that could not be read: one may be a failure, so its possible instrument is undecided.
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

/** Maximum number of lines listed if several match one certificate. */
const MAX_PLACES = 5
const placeOf = ({ at }: LedgerLine): string => `${at?.sheet ?? ''}:${at?.row ?? ''}`
const places = (lines: readonly LedgerLine[]): Text => {
  const { zh, en } = listed(lines.slice(0, MAX_PLACES).map(placeOf))
  const rest = lines.length - MAX_PLACES
  return rest <= 0 ? { zh, en } : { zh: `${zh} 等 ${lines.length} 行`, en: `${en} and ${rest} more` }
}

/** The certificate or label of a line, or the reason why there is none. */
type Tie<F extends Found> =
  | { readonly found: F; readonly by: readonly By[]; readonly reason?: undefined }
  | { readonly reason: UseReason; readonly candidates: readonly F[]; readonly differences?: readonly UseReason[] }
type By = NonNullable<MatchedLine['by']>[number]

/** Searches for all lines first, because a certificate that matches two lines is certain for neither. */
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
    // Filtering very many owners for each of their lines would take quadratic time.
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

/** Decides by the label if the line has no record, or only an older one; undefined if the record decides. */
function withLabel({ line, certificate, candidates }: MatchedLine, tie: Tie<FoundLabel>, at: number): MatchedLine | undefined {
  if (tie.reason !== undefined || candidates !== undefined) return undefined
  const { found: label, by } = tie
  // If both have the same date, the record decides, because it has the results.
  if (certificate !== undefined && dayOf(label) <= dayOf(certificate)) return undefined
  return { line, label, outcome: label.verdict.outcome, by, ...decideByLabel(line, label, at), differences: [] }
}

/** Compares the last verification that the line states with the certificate. */
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
