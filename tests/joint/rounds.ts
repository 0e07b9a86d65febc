// Builds a round for tests: statements signed by the keys of the laboratories, and receipts of a node that prove when they were logged.
import { signStatement, statementId } from '../../src/envelope/index.js'
import {
  type AnyJointDocument,
  JOINT,
  openJoint,
  type Round,
  type RoundProtocol,
  type RoundResult,
  roundOf,
  sealResult,
  signJoint,
} from '../../src/joint/index.js'
import { createFakeAuthorities, jointFixtures, type OrganisationKey, organisation } from '../../src/testing/index.js'
import { openLogEvidence } from '../../src/verify/index.js'

export const world = await createFakeAuthorities({ witnessKeys: true })
export const CLOSED = '2025-05-20T09:00:00+08:00'
export const noon = (date: string): string => `${date}T12:00:00+08:00`
const seconds = (moment: string): number => Date.parse(moment) / 1000
export const party = (key: OrganisationKey) => ({ uscc: organisation(key).uscc, name: organisation(key).name.zh })
/** Distinct salts that a test can name. */
export const saltOf = (key: string): string => Buffer.from(key.padEnd(32, '.')).toString('base64url')

/** A statement, with the receipt of an authority. */
export interface Sent {
  readonly signed: string
  readonly id: string
  readonly receipt?: string
}

/** Signs a document. It is logged at the same moment by default. */
export async function send(
  key: OrganisationKey,
  document: AnyJointDocument,
  at: string,
  loggedAt: string = at,
  jti?: string,
): Promise<Sent> {
  const signed = await signJoint(document, { iss: organisation(key).uscc, signer: world.signer(key), at, ...(jti && { jti }) })
  const id = statementId(JOINT, signed.split('.')[1] as string)
  if (loggedAt === '') return { signed, id }
  const claims = { iss: organisation('SC-AMR').uscc, aud: organisation(key).uscc, sub: id, iat: seconds(loggedAt), decision: 'accepted' }
  return { signed, id, receipt: await signStatement(claims, { typ: 'metrology-receipt+jwt', signer: world.signer('SC-AMR') }) }
}

const { protocol, roundResults } = jointFixtures
type Laboratory = keyof typeof roundResults

export const sendProtocol = (changed: Partial<RoundProtocol> = {}): Promise<Sent> =>
  send('SC-AMR', { ...protocol, ...changed }, noon('2025-03-01'))

/** Documents about one laboratory of a round. */
export function documentsOf(round: string, key: OrganisationKey, plan: RoundProtocol = protocol) {
  const common = { version: 1, number: plan.number, round, laboratory: party(key) } as const
  return {
    enrolment: (more: { code?: string; isNamed?: boolean } = {}) =>
      ({ kind: 'round-enrolment', ...common, on: '2025-03-05', ...more }) as const,
    commitment: async (result: RoundResult, salt = saltOf(key)) => {
      const { digest, sealed } = await sealResult({ round, protocol: plan, laboratory: organisation(key).uscc, result, salt })
      return { kind: 'round-commitment', ...common, on: '2025-04-20', digest, sealed } as const
    },
    opening: (commitment: string, result: RoundResult, salt = saltOf(key)) =>
      ({ kind: 'round-opening', ...common, on: '2025-04-20', commitment, salt, result }) as const,
    unreadable: (commitment: string) => ({ kind: 'round-opening', ...common, on: '2025-04-20', commitment, isUnreadable: true }) as const,
    withdrawal: () => ({ kind: 'round-withdrawal', ...common, on: '2025-03-20', reason: { zh: '设备故障（示例）' } }) as const,
  }
}

export interface WholeRound {
  readonly plan: Sent
  readonly sent: readonly Sent[]
  /** By laboratory, its enrolment, commitment and opening. */
  readonly by: Readonly<Record<Laboratory, { readonly enrolment?: Sent; readonly commitment: Sent; readonly opening: Sent }>>
}

/** Signs the enrolment, the commitment and the opening of a laboratory, all in time. */
export async function takePart(round: string, key: OrganisationKey, result: RoundResult, plan: RoundProtocol = protocol) {
  const documents = documentsOf(round, key, plan)
  const isPilot = plan.pilots.some(({ party: { uscc } }) => uscc === organisation(key).uscc)
  const enrolment = isPilot ? undefined : await send(key, documents.enrolment(), noon('2025-03-05'))
  const commitment = await send(key, await documents.commitment(result), noon('2025-04-20'))
  const opening = await send(key, documents.opening(commitment.id, result), noon('2025-04-28'))
  return { ...(enrolment && { enrolment }), commitment, opening }
}

/** The round of the fixtures, from protocol to openings. */
export async function wholeRound(changed: Partial<RoundProtocol> = {}): Promise<WholeRound> {
  const plan = await sendProtocol(changed)
  const entries = await Promise.all(
    (Object.keys(roundResults) as Laboratory[]).map(
      async (key) => [key, await takePart(plan.id, key, roundResults[key], { ...protocol, ...changed })] as const,
    ),
  )
  const by = Object.fromEntries(entries) as WholeRound['by']
  const sent = [
    plan,
    ...entries.flatMap(([, { enrolment, commitment, opening }]) => [...(enrolment ? [enrolment] : []), commitment, opening]),
  ]
  return { plan, sent, by }
}

export async function stateOf(sent: readonly Sent[], round: string, at: string = CLOSED): Promise<Round> {
  const log = await openLogEvidence(
    sent.flatMap(({ receipt }) => receipt ?? []),
    world.trust,
  )
  if (log.refused.length > 0) throw log.refused[0]?.error
  const joint = await openJoint(
    sent.map(({ signed }) => signed),
    { trust: world.trust, at, log },
  )
  if (joint.refused.length > 0) throw joint.refused[0]?.error
  return roundOf(joint, { round, at })
}

export const stateIn = (round: Round, key: OrganisationKey): string | undefined =>
  round.laboratories.find(({ uscc }) => uscc === organisation(key).uscc)?.state
export const codesIn = ({ findings }: Round): readonly string[] => findings.map(({ code }) => code)
