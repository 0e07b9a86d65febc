/** Keys of a node itself: the trust list of its authority must have them, or nobody could check what it signs. */

import { RECEIPT } from '../contract/index.js'
import { thumbprint } from '../envelope/index.js'
import { createNoteSigner, type NoteKey, type NoteSigner } from '../log/index.js'
import type { Trust } from '../trust/index.js'
import { logKeyOf } from '../verify/index.js'
import { fault } from './messages.js'
import type { NodeOptions } from './shapes.js'

/** Signs checkpoints, and knows its own. */
export interface LogIdentity {
  readonly signer: NoteSigner
  readonly key: NoteKey
  /** Cosigns other logs by the key that a trust list names for that; undefined where the node does not have that key. */
  witnessBy(trust: Trust): Promise<NoteSigner | undefined>
}

/** @throws `node.key-not-listed` */
export function mustBeListed({ authority, signer: { kid } }: NodeOptions, trust: Trust): void {
  const isListed = trust.holders(kid).some(({ entity, key }) => entity.uscc === authority && key.typ.includes(RECEIPT))
  if (!isListed) throw fault('node.key-not-listed', { authority, kid })
}

/** @throws `log.not-listed`, `log.witness-is-log`, `log.witness-not-listed`, `note.key` */
export async function identityOf({ authority, log }: NodeOptions, trust: Trust): Promise<LogIdentity | undefined> {
  if (log === undefined) return undefined
  const { origin, signer, witness } = log
  if (witness?.kid === signer.kid) throw fault('log.witness-is-log', { origin, kid: signer.kid })
  const key = await logKeyOf(trust, authority, origin)
  // Receipts would name a log that nobody can check.
  if (key?.key.kid !== signer.kid) throw fault('log.not-listed', { origin, authority, kid: signer.kid })
  async function witnessBy(held: Trust): Promise<NoteSigner | undefined> {
    const jwk = (await logKeyOf(held, authority, origin, 'witness'))?.key.jwk
    if (jwk === undefined) return undefined
    const kid = await thumbprint(jwk)
    const by = [witness, signer].find((one) => one?.kid === kid)
    return by && createNoteSigner({ name: origin, role: 'witness', signer: by, jwk })
  }
  const identity = { key, signer: await createNoteSigner({ name: origin, role: 'log', signer, jwk: key.key.jwk }), witnessBy }
  // The node may have its key before the list names it; never another one than the list names.
  const listed = trust.logs.find((one) => one.origin === origin && one.authority === authority)?.witness
  if (witness !== undefined && listed !== undefined && (await witnessBy(trust)) === undefined)
    throw fault('log.witness-not-listed', { origin, authority, kid: witness.kid })
  return identity
}
