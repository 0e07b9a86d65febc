/** Opens joint statements: verifies signature, signer and key, parses the document, and determines whether each statement counts. */
import { civilDateOf, type Instant, parseInstant } from '../base/date.js'
import { isTonghengError, type TonghengError } from '../base/error.js'
import { identifierKey } from '../base/identifier.js'
import type { Code } from '../base/message.js'
import { aMoment, anObject, aTrust, checkMembers, checkOptions, type OptionTable, optional, texts } from '../base/options.js'
import { otherWork } from '../base/other-work.js'
import { newerParams } from '../base/shape.js'
import type { Status } from '../status/index.js'
import { checkStatusOfOther, openHeld } from '../status/inside.js'
import { checkScope, type KeyHolder, type Trust } from '../trust/index.js'
import type { LogEvidence } from '../trust/inside.js'
import { checkDocument } from './check-document.js'
import { found, type JointFinding } from './finding.js'
import { type AnyJointDocument, type JointDocumentOf, type JointKind, type JointKindRow, jointKinds } from './kinds/list.js'
import { fault } from './messages.js'
import { JOINT, type JointClaims, readForeignJoint } from './statement.js'

/** A genuine joint statement. */
export interface JointStatement<D extends AnyJointDocument = AnyJointDocument> {
  readonly statementId: string
  readonly signed: string
  readonly document: D
  readonly claims: Omit<JointClaims, 'document'>
  /** The body that signed, from its trust list. */
  readonly issuer: {
    readonly uscc: string
    readonly name: { readonly zh: string; readonly en?: string | undefined }
    readonly region: string
  }
  /** USCC of the authority whose trust list has the body. */
  readonly authority: string
  /** Earliest moment, in seconds, at which a log of another body is known to have contained the statement; absent without log evidence. */
  readonly loggedAt?: Instant
  /** Findings about this statement by itself. */
  readonly findings: readonly JointFinding[]
  /** Whether it counts: no finding has the status `fail` or `unknown`. */
  readonly counts: boolean
}

/** Opened joint statements; only `openJoint` creates them. */
export interface Joint {
  /** In the order of their signing. */
  readonly statements: readonly JointStatement[]
  /**
   * Returns the statements of one kind, in the order of signing.
   * @param subject number of the piece of work; without it, those of all pieces of work
   */
  of<K extends JointKind>(kind: K, subject?: string): readonly JointStatement<JointDocumentOf<K>>[]
  /** Texts that are not genuine joint statements, with the reason. */
  readonly refused: readonly { readonly signed: string; readonly code: Code; readonly error: TonghengError }[]
}

export interface OpenJointOptions {
  readonly trust: Trust
  /** Moment for which the status of each statement is determined: RFC 3339 with an offset, a Date, or seconds. */
  readonly at: string | Date | Instant
  /** Notices that revoke or supersede; without it, revocations are not checked. */
  readonly status?: Status | undefined
  /** Evidence that a log contained a statement: `openLogEvidence` of receipts. */
  readonly log?: LogEvidence | undefined
}

const OPTIONS: OptionTable = { trust: aTrust, at: aMoment, status: optional(anObject), log: optional(anObject) }

/** Maximum number of statements opened in one call. */
export const MAX_JOINT = 100_000
/** Number of statements opened before the event loop runs other work. */
const BATCH = 32

/**
 * Opens statements from a log, a folder or a message. Those that are not genuine are listed in `refused`, with the reason.
 * @throws `verify.options`, `joint.many`
 * @example
 * ```ts
 * import { createFakeAuthorities, DEMONSTRATION_TIME, jointFixtures, organisation } from 'tongheng/testing'
 * import { openJoint, signJoint } from 'tongheng/joint'
 *
 * const world = await createFakeAuthorities()
 * const { uscc: iss } = organisation('SC-AMR')
 * const signed = await signJoint(jointFixtures.assessment, { iss, signer: world.signer('SC-AMR'), at: '2025-03-12T17:00:00+08:00' })
 * const joint = await openJoint([signed], { trust: world.trust, at: DEMONSTRATION_TIME })
 * joint.of('standard-assessment')[0]?.counts // => true
 * ```
 */
export async function openJoint(signed: readonly string[], options: OpenJointOptions): Promise<Joint> {
  checkOptions('openJoint', options, OPTIONS)
  checkMembers('openJoint', { signed }, { signed: texts })
  const given = new Set(signed)
  if (given.size > MAX_JOINT) throw fault('joint.many', { count: given.size, most: MAX_JOINT })
  const statements = new Map<string, JointStatement>()
  const refused: Joint['refused'][number][] = []
  let count = 0
  for (const text of given) {
    try {
      const one = await openOne(text, options, parseInstant(options.at))
      // A second signature over the same content gives the same statement id; the first one counts.
      if (!statements.has(one.statementId)) statements.set(one.statementId, one)
    } catch (error) {
      if (!isTonghengError(error)) throw error
      refused.push({ signed: text, code: error.code, error })
    }
    if (++count % BATCH === 0) await otherWork()
  }
  const sorted = [...statements.values()].sort((a, b) => a.claims.iat - b.claims.iat || (a.statementId < b.statementId ? -1 : 1))
  return { statements: sorted, of: indexed(sorted), refused }
}

/** @throws errors of the envelope, `joint.*` */
async function openOne(signed: string, { trust, status, log }: OpenJointOptions, at: Instant): Promise<JointStatement> {
  const { opened, holder } = await openHeld(signed, {
    typ: JOINT,
    read: readForeignJoint,
    trust,
    log,
    refuse: (reason) => fault('joint.signer', { reason }),
  })
  const { claims, statementId, newer = [] } = opened
  const { document, ...rest } = claims
  const row = jointKinds.get(document.kind) as JointKindRow
  mustBePermitted(row, document, { holder, iat: claims.iat })
  // Evidence from the signer's own log does not count: it could date its own statements.
  const loggedAt = log
    ?.seen(statementId)
    .filter(({ by }) => by !== claims.iss)
    .reduce<Instant | undefined>((first, seen) => Math.min(first ?? seen.at, seen.at), undefined)
  const findings = [
    ...checkDocument(document, claims.iat),
    ...(newer.length > 0 ? [found('joint.newer-members', { status: 'unknown', params: newerParams(newer) })] : []),
    ...(opened.isUnproven ? [found('joint.unproven', { status: 'unknown' })] : []),
    ...fateOf({ statementId, claims: rest, holder, at }, status),
  ]
  return {
    statementId,
    signed,
    document,
    claims: rest,
    issuer: { uscc: holder.entity.uscc, name: holder.entity.name, region: holder.entity.region },
    authority: holder.list.payload.iss,
    ...(loggedAt !== undefined && { loggedAt }),
    findings,
    counts: findings.every(({ status: result }) => result === 'warn'),
  }
}

/** @throws `joint.not-authority` if the signer may not sign this kind */
function mustBePermitted(row: JointKindRow, document: AnyJointDocument, { holder, iat }: { holder: KeyHolder; iat: Instant }): void {
  if (row.signer === 'body') return
  const { entity, list } = holder
  if (entity.uscc === list.payload.iss) return
  const { check } = checkScope(entity, { kind: row.kind, category: undefined, factDate: row.on(document), iat })
  if (check.status !== 'pass') throw fault('joint.not-authority', { title: row.title, iss: entity.uscc, on: civilDateOf(iat) })
}

function fateOf(
  { statementId, claims, holder, at }: { statementId: string; claims: Omit<JointClaims, 'document'>; holder: KeyHolder; at: Instant },
  status: Status | undefined,
): readonly JointFinding[] {
  const { checks } = checkStatusOfOther({ statementId, claims: { ...claims, record: undefined }, holder, at }, status)
  return checks.flatMap((check) => {
    if (check.status === 'fail') return [found('joint.revoked', { params: { code: check.code } })]
    return check.blockedBy === undefined ? [] : [found('joint.status-undecided', { status: 'unknown', params: { code: check.code } })]
  })
}

function indexed(statements: readonly JointStatement[]): Joint['of'] {
  const byKind = new Map<string, JointStatement[]>()
  const bySubject = new Map<string, JointStatement[]>()
  const enter = (index: Map<string, JointStatement[]>, key: string, one: JointStatement): void => {
    const others = index.get(key)
    if (others === undefined) index.set(key, [one])
    else others.push(one)
  }
  for (const one of statements) {
    const { document } = one
    enter(byKind, document.kind, one)
    enter(bySubject, `${document.kind} ${subjectKey((jointKinds.get(document.kind) as JointKindRow).subject(document))}`, one)
  }
  return <K extends JointKind>(kind: K, subject?: string) =>
    // Safe cast: the index is by kind.
    ((subject === undefined ? byKind.get(kind) : bySubject.get(`${kind} ${subjectKey(subject)}`)) ?? []) as unknown as JointStatement<
      JointDocumentOf<K>
    >[]
}

/**
 * Key for the comparison of numbers of pieces of work: like certificate numbers, they are compared without regard to the forms of brackets
 * and width.
 */
export const subjectKey = (subject: string): string => identifierKey(subject)
