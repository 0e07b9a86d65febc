/** The state of a comparison round, derived from its statements alone. */
import { type Instant, parseInstant } from '../../base/date.js'
import { identifierKey } from '../../base/identifier.js'
import { aMoment, aText, checkArgument, checkOptions, type Expectation, isObject, type OptionTable } from '../../base/options.js'
import { someJoint } from '../arguments.js'
import type { JointFinding } from '../finding.js'
import type { RoundProtocol } from '../kinds/round-protocol.js'
import type { RoundReport } from '../kinds/round-report.js'
import type { Joint, JointStatement } from '../open-joint.js'
import { endOfDay } from '../words.js'
import { canonicalJson } from './canonical.js'
import { note, type RoundContext, signerOf } from './context.js'
import { applyWithdrawals, bindCommitments, type Entry, entriesOf, type LaboratoryState, noteMissing } from './entries.js'
import { roundFault } from './error-messages.js'
import { openResults } from './openings.js'
import type { OpenedResult } from './seal.js'

/** A laboratory of a round. */
export interface RoundLaboratory {
  readonly uscc: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly isPilot: boolean
  /** Whether it consents to be named in the report; always true for a pilot. */
  readonly isNamed: boolean
  /** Code from the protocol or the enrolment; if absent, the report assigns one. */
  readonly code?: string
  readonly state: LaboratoryState
  /** Statement ids of the commitments to the one result that counts. */
  readonly commitments: readonly string[]
  /** Moment at which the first of them was logged. */
  readonly committedAt?: Instant
  /** Its result and salt, once opened. */
  readonly opened?: OpenedResult
}

/** Phase of a round, by its deadlines. */
export type RoundPhase = 'enrolling' | 'measuring' | 'opening' | 'closed'

export interface Round {
  /** Statement id of the protocol. */
  readonly id: string
  readonly protocol: RoundProtocol
  readonly at: Instant
  readonly phase: RoundPhase
  /** Pilots in the order of the protocol, then the others by USCC. */
  readonly laboratories: readonly RoundLaboratory[]
  /** Findings, in an order that does not depend on the order of the statements. */
  readonly findings: readonly JointFinding[]
  /** Ids of all statements on which the state is based, including the protocol, sorted. */
  readonly statements: readonly string[]
  /** Reports that pilots or other bodies signed. */
  readonly reports: readonly JointStatement<RoundReport>[]
}

export interface RoundOptions {
  /** Statement id of the protocol. */
  readonly round: string
  /** The round is derived as of this moment: RFC 3339 with an offset, a Date, or seconds. */
  readonly at: string | Date | Instant
}

/** A result of `roundOf`. */
export const A_ROUND: Expectation = {
  is: (value) => isObject(value) && isObject(value.protocol) && Array.isArray(value.laboratories) && Array.isArray(value.reports),
  expected: { zh: ' roundOf 的结果', en: 'what roundOf gives' },
}

const OPTIONS: OptionTable = { round: aText, at: aMoment }

/**
 * Derives which laboratories enrolled, committed in time and withdrew, which results were opened, and what is wrong. Only a log proves when
 * something happened (`loggedAt` of `openJoint`); a statement without log evidence is undecided and never in time. The order of the
 * statements has no effect.
 * @throws `round.none` if no protocol that counts has this id
 * @example
 * ```ts
 * import { createFakeAuthorities, DEMONSTRATION_TIME, jointFixtures, organisation } from 'tongheng/testing'
 * import { openJoint, roundOf, signJoint } from 'tongheng/joint'
 *
 * const world = await createFakeAuthorities()
 * const { uscc: iss } = organisation('SC-AMR')
 * const signed = await signJoint(jointFixtures.protocol, { iss, signer: world.signer('SC-AMR'), at: '2025-03-01T10:00:00+08:00' })
 * const joint = await openJoint([signed], { trust: world.trust, at: DEMONSTRATION_TIME })
 * const [{ statementId: round }] = joint.of('round-protocol')
 * roundOf(joint, { round, at: '2025-03-02T09:00:00+08:00' }).phase // => 'enrolling'
 * ```
 */
export function roundOf(joint: Joint, options: RoundOptions): Round {
  checkArgument('roundOf', 'joint', joint, someJoint)
  checkOptions('roundOf', options, OPTIONS)
  const at = parseInstant(options.at)
  const protocols = joint.of('round-protocol')
  const statement = protocols.find(({ statementId, counts }) => counts && statementId === options.round)
  if (statement === undefined) throw roundFault('round.none', { round: options.round })
  const protocol = statement.document
  const context: RoundContext = {
    id: options.round,
    protocol,
    at,
    joint,
    pilots: new Set(protocol.pilots.map(({ party }) => party.uscc)),
    findings: [],
    used: new Set([options.round]),
    undecided: new Map(),
  }
  noteProtocol(context, statement, protocols)
  const entries = entriesOf(context)
  bindCommitments(context, entries)
  applyWithdrawals(context, entries)
  noteMissing(context, entries)
  const opened = openResults(context, entries)
  const reports = joint
    .of('round-report')
    .filter(({ document, counts, loggedAt, claims }) => counts && document.round === options.round && (loggedAt ?? claims.iat) <= at)
  return {
    id: options.round,
    protocol,
    at,
    phase: phaseOf(protocol, at),
    laboratories: sorted(protocol, entries).map((entry) => laboratory(entry, opened.get(entry.uscc))),
    findings: context.findings
      .map((finding) => [finding, keyOf(finding)] as const)
      .sort(([, a], [, b]) => (a < b ? -1 : 1))
      .map(([finding]) => finding),
    statements: [...context.used].sort(),
    reports,
  }
}

/** Sort key of a finding: its code, then its statement and text. */
const keyOf = ({ code, statementId = '', message }: JointFinding): string => canonicalJson([code, statementId, message.zh, message.en])

function noteProtocol(
  context: RoundContext,
  statement: JointStatement<RoundProtocol>,
  protocols: readonly JointStatement<RoundProtocol>[],
): void {
  const { protocol, id, pilots } = context
  const { uscc: iss } = signerOf(statement)
  if (!pilots.has(iss) && !protocol.organisers.some(({ uscc }) => uscc === iss)) note(context, 'round.protocol-signer', { params: { iss } })
  const number = identifierKey(protocol.number)
  for (const { statementId, document, counts } of protocols) {
    if (counts && statementId !== id && identifierKey(document.number) === number)
      note(context, 'round.protocol-twice', {
        status: 'warn',
        statementId,
        params: { number: protocol.number, other: statementId, round: id },
      })
  }
}

function phaseOf({ deadlines: { enrol, commit, open } }: RoundProtocol, at: Instant): RoundPhase {
  if (at < endOfDay(enrol)) return 'enrolling'
  if (at < endOfDay(commit)) return 'measuring'
  return at < endOfDay(open) ? 'opening' : 'closed'
}

function sorted({ pilots }: RoundProtocol, entries: ReadonlyMap<string, Entry>): readonly Entry[] {
  const leading = pilots.map(({ party }) => entries.get(party.uscc) as Entry)
  return [...leading, ...[...entries.values()].filter(({ isPilot }) => !isPilot).sort((a, b) => (a.uscc < b.uscc ? -1 : 1))]
}

const laboratory = (
  { uscc, name, isPilot, isNamed, code, state, commitments, committedAt }: Entry,
  opened: OpenedResult | undefined,
): RoundLaboratory => ({
  uscc,
  name,
  isPilot,
  isNamed,
  ...(code !== undefined && { code }),
  state,
  commitments: commitments.map(({ statementId }) => statementId).sort(),
  ...(committedAt !== undefined && { committedAt }),
  ...(state === 'opened' && opened !== undefined && { opened: { salt: opened.salt, result: opened.result } }),
})
