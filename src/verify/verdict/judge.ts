/**
 * From a genuine statement to its verdict: content, issuer, status, decision. A label is verified with the same steps as the record
 * that it represents.
 */

import type { Check, Row, Unfinished } from '../../base/check.js'
import { civilDateOf, formatInstant, type Instant } from '../../base/date.js'
import type { RowId, Text } from '../../base/message.js'
import { builtIn, CATALOGUE_SOURCE, type Catalogue, parseSpecificationNumber } from '../../catalogue/index.js'
import { blockedRows, checkRecord, type RecordCheck, rules, shapeRows } from '../../conformance/index.js'
import type { AlgorithmName, Statement } from '../../envelope/index.js'
import {
  type Agreement,
  type Catalogues,
  catalogueOnly,
  type Decision,
  decide,
  gatherSpecifications,
  type Lacks,
  recognitionRows,
  type Specifications,
} from '../../recognition/index.js'
import { type AnyRecord, type KindRow, linesOf, RecordClaims, recordsByLine } from '../../records/index.js'
import type { Status, StatusList, StatusQuestion } from '../../status/index.js'
import { checkStatus, status } from '../../status/inside.js'
import type { KeyHolder, Trust, TrustList } from '../../trust/index.js'
import type { LogEvidence } from '../../trust/inside.js'
import { type Authenticated, authenticityRows, checkClaims, type Form, type SignedClaims } from './authenticate.js'
import { batchLine, lineAsked } from './batch-line.js'
import { checkIssuer, issuerRows } from './check-issuer.js'
import { say } from './messages.js'
import { outcomeOf, type Verdict } from './verdict.js'

export interface VerifyOptions {
  /** Time of the verdict: RFC 3339 with an offset, a Date, or seconds. It may be in the past. */
  readonly at: string | Date | Instant
  readonly trust: Trust
  /** Versions of the agreement; the one in force on the day of the fact applies. */
  readonly agreements?: readonly Agreement[]
  /** Known specification editions. @default the catalogue of this package */
  readonly specifications?: Specifications
  /** Catalogues that authorities publish, from `openCatalogues`. Those of the province for which recognition is decided apply. */
  readonly catalogues?: Catalogues
  /** Status lists and notices, from `openStatus`. Without them a record that references a status list is never recognised. */
  readonly status?: Status
  /**
   * Evidence that statements existed before a given time, from `openLogEvidence`. Without it a statement by a key that was revoked
   * later is never recognised.
   */
  readonly log?: LogEvidence
  /** Line of a batch certificate, from 1: the verdict is then of that instrument. @default the whole certificate */
  readonly line?: number
  readonly policy: {
    /** Two-digit code of the province for which recognition is decided: 50 Chongqing, 51 Sichuan. */
    readonly region: string
    /** Maximum length of a statement in characters. @default 262144 */
    readonly maxLength?: number
    /**
     * Algorithms of which one signature each is required, such as `['SGD_SM3_SM2']` where national cryptography is mandatory.
     * @default none: any algorithm that a trust list permits
     */
    readonly algorithms?: readonly AlgorithmName[]
  }
}

const contentRows: readonly Row[] = [shapeRows.kind, shapeRows.schema, ...rules]

/** All rows of a verdict, in the order of the report. A row can occur several times, once per finding. */
export const verdictRows: readonly Row[] = /* @__PURE__ */ [
  authenticityRows,
  contentRows,
  batchLine,
  issuerRows,
  status,
  recognitionRows,
].flat()

/** A form of statement, and how its content is verified. */
export interface Subject<C extends SignedClaims = RecordClaims> extends Form<C> {
  /** Which part of a record it contains, if not the whole. */
  readonly scope?: 'label'
  /** The record in it with the checks of its content; `lacks` handles rows that need missing parts. */
  read(claims: C, catalogue: Catalogue): RecordCheck & { readonly lacks?: Lacks }
  /** Checks its status. */
  fate(question: Omit<StatusQuestion, 'claims'> & { readonly claims: C }, known: Status | undefined): ReturnType<typeof checkStatus>
}

export const FOREIGN = { foreign: true }

/** A record statement contains the whole record. */
export const aRecord: Subject = {
  typ: 'metrology-record+jwt',
  claims: RecordClaims as Form['claims'],
  read: ({ record }, catalogue) => checkRecord(record, '/record', { foreign: true, catalogue }),
  fate: checkStatus,
}

/** A verdict with the parsed statement. */
export interface Examined<C extends SignedClaims = RecordClaims> {
  readonly verdict: Verdict
  /** Present if the statement is genuine. */
  readonly claims?: C | undefined
  /** Claims with a valid signature, if the origin is in doubt for another reason. */
  readonly stated?: C | undefined
  /** Present if its record is also readable. */
  readonly record?: AnyRecord | undefined
  /** Verdict on a line, from 1; present for a batch. The signature and the content are not checked again. */
  readonly ofLine?: (line: number) => Verdict
}

export function judge<C extends SignedClaims>(
  signed: Authenticated<C>,
  at: Instant,
  options: VerifyOptions,
  subject: Subject<C>,
): Examined<C> {
  const { region } = options.policy
  const { scope } = subject
  const identity = checkClaims(signed, options.trust, at, subject, { log: options.log, region })
  const { claims, holder, stoppedBy } = identity
  if (stoppedBy !== undefined || claims === undefined || holder === undefined) {
    const rest = blockedRows([...contentRows, batchLine, ...issuerRows, status, ...recognitionRows], stoppedBy as RowId)
    return { verdict: conclude(at, identity, { scope }, [...identity.checks, ...rest], options), stated: claims }
  }
  const catalogue = options.catalogues?.catalogueFor(region, at) ?? builtIn
  const content = subject.read(claims, catalogue)
  const { kind, record } = content
  if (kind === undefined || record === undefined) {
    const by = kind === undefined ? shapeRows.kind.id : shapeRows.schema.id
    const rest = blockedRows([batchLine, ...issuerRows, status, ...recognitionRows], by)
    return { verdict: conclude(at, identity, { scope, kind }, [...identity.checks, ...content.checks, ...rest], options), claims }
  }
  const facts = checkIssuer(record, kind, claims, holder, { at, region, lacks: content.lacks })
  const recordOfLine = recordsByLine(record)
  const ofLine = (asked?: number): Verdict => {
    const { check, line, record: judged } = lineAsked(record, asked, recordOfLine)
    const question = { statementId: (identity.statement as Statement).id, claims, holder, region, at, record: judged, line }
    const fate = subject.fate(question, options.status)
    const decision = decide(
      {
        record: judged,
        kind,
        factDate: kind.factDate(record),
        today: civilDateOf(at),
        from: facts.list.payload.region,
        to: region,
        authorisations: facts.authorisations,
        specifications: including(specificationsBy(options, at), catalogue, record, holder, identity),
        catalogue,
        isPartlyRead: content.isPartlyRead,
        lacks: content.lacks,
      },
      options.agreements ?? [],
    )
    const checks = identity.checks.concat(content.checks, check, facts.checks, fate.checks, decision.checks)
    const about = { scope, kind, record: judged, line, decision, authorisedBy: facts.list, statusList: fate.list }
    return conclude(at, identity, about, checks, options)
  }
  return { verdict: ofLine(options.line), claims, record, ...(linesOf(record) !== undefined && { ofLine }) }
}

/** A specification being verified is itself a publication of its province. */
function including(
  specifications: Specifications,
  catalogue: Catalogue,
  record: AnyRecord,
  holder: KeyHolder,
  { statement }: Authenticated<SignedClaims>,
): Specifications {
  if (record.kind !== 'technical-specification' || statement === undefined) return specifications
  const statementId = statement.id
  if (specifications.published.some((publication) => publication.statementId === statementId)) return specifications
  return gatherSpecifications([...specifications.published, { record, region: holder.entity.region, statementId }], catalogue)
}

const byCatalogue = new WeakMap<Specifications, WeakMap<Catalogue, Specifications>>()

/** The given specifications, combined with the catalogue that applies. */
function specificationsBy({ specifications = catalogueOnly, catalogues, policy }: VerifyOptions, at: Instant): Specifications {
  const catalogue = catalogues?.catalogueFor(policy.region, at) ?? builtIn
  if (catalogue === builtIn) return specifications
  const made = byCatalogue.get(specifications) ?? new WeakMap<Catalogue, Specifications>()
  byCatalogue.set(specifications, made)
  const known = made.get(catalogue) ?? gatherSpecifications(specifications.published, catalogue)
  made.set(catalogue, known)
  return known
}

interface Judged {
  readonly scope?: 'label' | undefined
  readonly kind?: KindRow | undefined
  readonly record?: AnyRecord | undefined
  readonly line?: number | undefined
  readonly decision?: Decision | undefined
  /** The list that authorises the issuer: that of its owner, unless another authority authorises it for its own region. */
  readonly authorisedBy?: TrustList | undefined
  readonly statusList?: StatusList | undefined
}

function conclude(
  at: Instant,
  identity: Authenticated<SignedClaims>,
  subject: Judged,
  checks: readonly Check[],
  options: VerifyOptions,
): Verdict {
  const { statement, claims, holder } = identity
  const { kind, record, decision } = subject
  const { outcome, decidedBy, acceptedAs } = outcomeOf(checks)
  const effect = outcome === 'recognised' ? decision?.clause?.effect : acceptedAs && say('outcome.accepted-failure')
  const verdict: Unfinished<Verdict> = { outcome, at: formatInstant(at), decidedBy: decidedBy.id }
  if (subject.scope !== undefined) verdict.scope = subject.scope
  if (acceptedAs !== undefined) verdict.acceptedAs = acceptedAs
  if (statement !== undefined) verdict.statementId = statement.id
  if (claims !== undefined && holder !== undefined) {
    verdict.issuer = claims.iss
    verdict.issuerName = inBoth(holder.entity.name)
  }
  if (kind !== undefined) verdict.kind = kind.kind
  if (kind !== undefined && record !== undefined) verdict.number = kind.number(record)
  if (subject.line !== undefined) verdict.line = subject.line
  if (effect !== undefined) verdict.effect = inBoth(effect)
  verdict.checks = checks
  verdict.reliedOn = reliedOn(holder, subject, options, at)
  return verdict as Verdict
}

/** A text in both languages; a missing English text is replaced by the Chinese one. */
const inBoth = ({ zh, en = zh }: { readonly zh: string; readonly en?: string | undefined }): Text => ({ zh, en })

function reliedOn(
  holder: KeyHolder | undefined,
  { kind, record, decision, authorisedBy, statusList }: Judged,
  options: VerifyOptions,
  at: Instant,
): Verdict['reliedOn'] {
  const lists = holder === undefined ? [] : [holder.list]
  if (authorisedBy !== undefined && authorisedBy !== holder?.list) lists.push(authorisedBy)
  const agreement = decision?.agreement
  const documents: Unfinished<Verdict['reliedOn']> = {
    trustLists: lists.map(({ payload: { iss, version }, statementId }) => ({ id: iss, version, statementId })),
  }
  if (agreement !== undefined) {
    const { id, version } = agreement.payload
    documents.agreement = { id, version, statementId: agreement.statementId }
  }
  if (statusList !== undefined) {
    const { sub, iat } = statusList.claims
    documents.statusList = { id: sub, version: iat, statementId: statusList.statementId }
  }
  const isJudged = record !== undefined && kind !== undefined
  documents.specifications = isJudged ? reliedSpecifications(record, kind, specificationsBy(options, at), options.policy.region) : []
  const counting = options.catalogues?.countingFor(options.policy.region, at) ?? []
  if (isJudged && counting.length > 0)
    documents.catalogues = counting.map(({ payload: { iss, version }, statementId }) => ({ id: iss, version, statementId }))
  return documents as Verdict['reliedOn']
}

function reliedSpecifications(record: AnyRecord, kind: KindRow, specifications: Specifications, region: string) {
  const relied: { readonly number: string; readonly source: string }[] = []
  for (const { number } of kind.basis(record)) {
    const parsed = parseSpecificationNumber(number)
    const edition = parsed && specifications.edition(parsed.key, region)
    if (parsed === undefined || edition === undefined) continue
    relied.push({ number: parsed.key, source: edition.source === 'catalogue' ? CATALOGUE_SOURCE : edition.source })
  }
  return relied
}
