/**
 * Evidence of signing time from the node's own log: a statement existed when it was stored. For a statement copied from a peer, this is the
 * time at which this node verified its inclusion, or the time that the peer's receipt proves.
 */
import { type Instant, parseInstant } from '../base/date.js'
import { isTonghengError } from '../base/error.js'
import { otherWork } from '../base/other-work.js'
import { entryTypeOf } from '../contract/index.js'
import { parseStatement } from '../envelope/index.js'
import type { Trust } from '../trust/index.js'
import type { LogEvidence, Seen, Verdict } from '../verify/index.js'
import type { Store } from './store.js'

/** Number of statements parsed before the event loop runs other work. */
const BATCH = 32
const NOTHING: LogEvidence = { seen: () => [] }

/** Reads evidence for the statements whose key was revoked. The others need no evidence. */
export async function seenHere(store: Pick<Store, 'getEntry'>, trust: Trust, statements: readonly string[]): Promise<LogEvidence> {
  if (!hasRevokedKeys(trust)) return NOTHING
  const seen = new Map<string, readonly Seen[]>()
  for (const [at, text] of statements.entries()) {
    if (at % BATCH === BATCH - 1) await otherWork()
    const id = idUnderRevokedKey(text, trust)
    if (id === undefined || seen.has(id)) continue
    const entry = await store.getEntry(id)
    // A rejected entry is no evidence: the id covers only the content, so another key may have signed it then.
    seen.set(id, entry === undefined || entry.decision === 'rejected' ? [] : [{ at: entry.receivedAt }])
  }
  return { seen: (statementId) => seen.get(statementId) ?? [] }
}

const revoking = new WeakMap<Trust, boolean>()

function hasRevokedKeys(trust: Trust): boolean {
  const known =
    revoking.get(trust) ??
    trust.lists.some(({ payload }) => payload.entities.some(({ keys }) => keys.some(({ revoked }) => revoked !== undefined)))
  revoking.set(trust, known)
  return known
}

export const isRevoked = (kid: string, trust: Trust): boolean => trust.holders(kid).some(({ key }) => key.revoked !== undefined)

/** Returns the id of a statement whose key was revoked; otherwise undefined. */
function idUnderRevokedKey(text: string, trust: Trust): string | undefined {
  const typ = entryTypeOf(text)
  if (typ === undefined) return undefined
  try {
    const { id, kid } = parseStatement(text, typ)
    return isRevoked(kid, trust) ? id : undefined
  } catch (error) {
    if (isTonghengError(error)) return undefined
    throw error
  }
}

/**
 * Whether the key was allowed to sign this statement at that time, and with every required algorithm. The id of a statement does not
 * cover its signer: a copy that another key signed first must not occupy the name or the receipt of the genuine statement.
 */
export const isByItsKey = ({ checks }: Verdict): boolean =>
  !checks.some(
    ({ id, status, code }) => status === 'fail' && (id === 'key.use' || id === 'key.interval' || code === 'signature.algorithm-missing'),
  )

/** Whether the verdict lacks evidence of the signing time of a key that was revoked. */
export const isUnproven = ({ checks }: Verdict): boolean =>
  checks.some(({ code, evidence }) => code === 'key.revoked-unproven' || evidence?.code === 'key.revoked-unproven')

/** Returns the time by which the statement is proved older than the revocation of its key; undefined if no evidence was used. */
export function seenIn({ checks }: Verdict): Instant | undefined {
  const seen = checks.find(({ id }) => id === 'key.interval')?.evidence?.seen
  return typeof seen === 'string' ? parseInstant(seen) : undefined
}
