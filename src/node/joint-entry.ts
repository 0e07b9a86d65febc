/** Builds the entry of a joint statement (协同记录). */
import { decideReceipt, reasonsOf } from '../contract/index.js'
import { type JointKindRow, jointKinds, openJoint } from '../joint/index.js'
import { checkOf } from '../joint/inside.js'
import type { OtherEntry, Refusal } from './other-entry.js'
import type { NodeParts } from './parts.js'
import { missingAlgorithm } from './required-algorithms.js'
import { DIRECTORY, JOINT_STATEMENT, workKey } from './store.js'

const OUTCOMES = { accepted: 'recognised', rejected: 'not-recognised', pending: 'indeterminate' } as const

/**
 * Verifies a joint statement and builds its entry. A genuine statement is stored even if it has faults, as evidence that it was signed; the
 * receipt states the reasons. Whether it fits the other statements of its piece of work is not checked here: readers of all of them check
 * that.
 * @returns a refusal with `joint.*`, `format.*` or `signature.algorithm-missing` if it is not genuine, or its signer may not sign this kind
 */
export async function jointEntry({ options, facts }: NodeParts, statement: string): Promise<OtherEntry | Refusal> {
  const { trust, status } = await facts.current()
  const at = options.now()
  // Needs no evidence from this node's log: a statement that is stored already is answered with its stored entry.
  const { statements, refused } = await openJoint([statement], { trust, at, status })
  const [opened] = statements
  if (opened === undefined) return { refused: (refused[0] as (typeof refused)[number]).error }
  const missing = missingAlgorithm(statement, 'metrology-joint+jwt', options.policy?.algorithms)
  if (missing !== undefined) return { refused: missing }
  const { claims, document, issuer, statementId } = opened
  const checks = opened.findings.map((finding) => checkOf(finding))
  const decision = decideReceipt({ checks })
  const row = jointKinds.get(document.kind) as JointKindRow
  const entry = {
    statementId,
    statement,
    iss: claims.iss,
    jti: claims.jti,
    kind: row.isPublic ? DIRECTORY : JOINT_STATEMENT,
    decision,
    code: (checks.find(({ status: result }) => result !== 'warn') ?? { code: JOINT_STATEMENT }).code,
    outcome: OUTCOMES[decision],
    receivedAt: at,
    search: { number: workKey(row.subject(document)), region: issuer.region, factDate: row.on(document) },
  }
  return { entry, reasons: reasonsOf({ checks }) }
}
