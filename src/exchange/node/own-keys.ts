/** Keys of a node itself: the trust list of its authority must have them, or nobody could check what it signs. */
import { TonghengError } from '../../base/error.js'
import { createNoteSigner } from '../../log/index.js'
import type { Trust } from '../../trust/index.js'
import { logKeyOf } from '../../verify/index.js'
import type { NodeOptions } from '../node.js'
import { RECEIPT } from '../receipt.js'
import type { LogIdentity } from './log-writer.js'

/** @throws `node.key-not-listed` */
export function mustBeListed({ authority, signer: { kid } }: NodeOptions, trust: Trust): void {
  const isListed = trust.holders(kid).some(({ entity, key }) => entity.uscc === authority && key.typ.includes(RECEIPT))
  if (!isListed) throw new TonghengError('node.key-not-listed', { authority, kid })
}

/** @throws `log.not-listed`, `note.key` */
export async function identityOf({ authority, log }: NodeOptions, trust: Trust): Promise<LogIdentity | undefined> {
  if (log === undefined) return undefined
  const { origin, signer } = log
  const key = await logKeyOf(trust, authority, origin)
  // Receipts would name a log that nobody can check.
  if (key?.key.kid !== signer.kid) throw new TonghengError('log.not-listed', { origin, authority, kid: signer.kid })
  const of = { name: origin, signer, jwk: key.key.jwk }
  return { key, signer: await createNoteSigner({ ...of, role: 'log' }), witness: await createNoteSigner({ ...of, role: 'witness' }) }
}
