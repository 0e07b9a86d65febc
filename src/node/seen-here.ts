/**
 * What a node itself has seen: the moment at which a statement came into its log is its own evidence that the statement was there.
 * For a statement of another node's log that moment is when this node had proved its place, or what that node's receipt proves.
 */
import { type Instant, parseInstant } from '../base/date.js'
import { isTonghengError } from '../base/error.js'
import { otherWork } from '../base/other-work.js'
import { entryTypeOf } from '../contract/index.js'
import { parseStatement } from '../envelope/index.js'
import type { Trust } from '../trust/index.js'
import type { LogEvidence, Seen, Verdict } from '../verify/index.js'
import type { Store } from './store.js'

/** Statements parsed before other work goes on. */
const TOGETHER = 32
const NOTHING: LogEvidence = { seen: () => [] }

/** Evidence for those of the statements whose key was revoked; the others need none. */
export async function seenHere(store: Pick<Store, 'getEntry'>, trust: Trust, statements: readonly string[]): Promise<LogEvidence> {
  if (!hasRevokedKeys(trust)) return NOTHING
  const seen = new Map<string, readonly Seen[]>()
  for (const [at, text] of statements.entries()) {
    if (at % TOGETHER === TOGETHER - 1) await otherWork()
    const id = idUnderRevokedKey(text, trust)
    if (id === undefined || seen.has(id)) continue
    const entry = await store.getEntry(id)
    // What was rejected may have been under another signature then: the id is of the content alone.
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

/** Undefined for a text whose key was not revoked. */
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
 * Whether the key might sign this, then, and by an algorithm that is demanded. The id of a statement says nothing of who signed
 * it: what another key signed first must take neither the name of the genuine one nor its receipt.
 */
export const isByItsKey = ({ checks }: Verdict): boolean =>
  !checks.some(
    ({ id, status, code }) => status === 'fail' && (id === 'key.use' || id === 'key.interval' || code === 'signature.algorithm-missing'),
  )

/** Whether a signature waits for evidence of its time, because its key was revoked. */
export const isUnproven = ({ checks }: Verdict): boolean =>
  checks.some(({ code, evidence }) => code === 'key.revoked-unproven' || evidence?.code === 'key.revoked-unproven')

/** The moment that proved a statement older than the revocation of its key. */
export function seenIn({ checks }: Verdict): Instant | undefined {
  const seen = checks.find(({ id }) => id === 'key.interval')?.evidence?.seen
  return typeof seen === 'string' ? parseInstant(seen) : undefined
}
