/** The node's own keys. Its authority's trust list must contain them: otherwise nobody could verify the node's signatures. */

import { RECEIPT } from '../contract/index.js'
import { thumbprint } from '../envelope/index.js'
import { createNoteSigner, type NoteKey, type NoteSigner, type Successor } from '../log/index.js'
import type { Trust } from '../trust/index.js'
import { logKeyOf } from '../verify/index.js'
import { fault } from './messages.js'
import type { NodeOptions } from './shapes.js'

/** Signs checkpoints and verifies the node's own. */
export interface LogIdentity {
  readonly signer: NoteSigner
  readonly key: NoteKey
  /** Returns the cosigner with the witness key in the trust list; undefined if the node does not have that key. */
  witnessBy(trust: Trust): Promise<NoteSigner | undefined>
}

/** @throws `node.key-not-listed` */
export function mustBeListed({ authority, signer: { kid } }: Pick<NodeOptions, 'authority' | 'signer'>, trust: Trust): void {
  const isListed = trust.holders(kid).some(({ entity, key }) => entity.uscc === authority && key.typ.includes(RECEIPT))
  if (!isListed) throw fault('node.key-not-listed', { authority, kid })
}

/** With another province a node would judge by what is recognised there, and not at home. @throws `node.region-differs` */
export function mustBeOfRegion({ authority, region }: Pick<NodeOptions, 'authority' | 'region'>, trust: Trust): void {
  const listed = trust.lists.find(({ payload }) => payload.iss === authority)?.payload.region
  if (listed !== undefined && listed !== region) throw fault('node.region-differs', { authority, region, listed })
}

/** @throws `log.not-listed`, `log.witness-is-log`, `log.witness-not-listed`, `note.key` */
export async function identityOf(
  { authority, log }: Pick<NodeOptions, 'authority' | 'log'>,
  trust: Trust,
): Promise<LogIdentity | undefined> {
  if (log === undefined) return undefined
  const { origin, signer, witness } = log
  if (witness?.kid === signer.kid) throw fault('log.witness-is-log', { origin, kid: signer.kid })
  const key = await logKeyOf(trust, authority, origin)
  // Otherwise receipts would refer to a log whose checkpoints nobody can verify.
  if (key?.key.kid !== signer.kid) throw fault('log.not-listed', { origin, authority, kid: signer.kid })
  async function witnessBy(held: Trust): Promise<NoteSigner | undefined> {
    const jwk = (await logKeyOf(held, authority, origin, 'witness'))?.key.jwk
    if (jwk === undefined) return undefined
    const kid = await thumbprint(jwk)
    const by = [witness, signer].find((one) => one?.kid === kid)
    return by && createNoteSigner({ name: origin, role: 'witness', signer: by, jwk })
  }
  const identity = { key, signer: await createNoteSigner({ name: origin, role: 'log', signer, jwk: key.key.jwk }), witnessBy }
  // The node may be given its witness key before the list names one, but never a different key than the listed one.
  const listed = trust.logs.find((one) => one.origin === origin && one.authority === authority)?.witness
  if (witness !== undefined && listed !== undefined && (await witnessBy(trust)) === undefined)
    throw fault('log.witness-not-listed', { origin, authority, kid: witness.kid })
  return identity
}

/** A successor of the log must be in the authority's trust list, which its root keys sign. @throws `log.successor-unlisted` */
export function mustBeSuccessor({ origin }: Pick<Successor, 'origin'>, authority: string, trust: Trust): void {
  if (!trust.logs.some((log) => log.origin === origin && log.authority === authority))
    throw fault('log.successor-unlisted', { origin, authority })
}
