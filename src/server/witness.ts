/** This node as a witness of other logs (C2SP tlog-witness): cosigns append-only growth, and stores evidence of forks. */

import { ProblemError } from '../contract/index.js'
import { cosignCheckpoint, judgeCheckpoint, judgeClosing, readAddCheckpoint } from '../log/index.js'
import type { Node, PeerLog } from '../node/index.js'
import { keepFork } from '../node/inside.js'
import { openListedCheckpoint } from '../verify/index.js'
import type { Answer } from './handlers/context.js'

/**
 * Answers `add-checkpoint`.
 * @throws ProblemError 400 `witness.form`, 403 if the log did not sign, or it is the node's own log, 503 `witness.no-key`, 404 if
 * no trust list has the log, 422 if the proof does not verify, or the log was closed
 */
export async function witnessCheckpoint(node: Node, body: Uint8Array): Promise<Answer> {
  const { identity } = node
  if (identity === undefined) throw new ProblemError('log.no-checkpoint')
  const request = readAddCheckpoint(new TextDecoder().decode(body))
  const given = await openListedCheckpoint(request.checkpoint, node.trust)
  // A node is not an independent witness of its own log.
  if (given.authority === node.options.authority) throw new ProblemError('witness.own-log', { origin: given.origin })
  const witness = await identity.witnessBy(node.trust)
  if (witness === undefined) throw new ProblemError('witness.no-key', { origin: identity.signer.name })
  const { store, now } = node.options
  const peer = await store.getPeer(given.origin)
  const seen = peer && (await openListedCheckpoint(peer.checkpoint, node.trust))
  const judgement = judgeCheckpoint(seen, { ...request, size: given.size, root: given.root })
  if (judgement.kind === 'malformed') throw new ProblemError('witness.form')
  if (judgement.kind === 'unprocessable') throw new ProblemError('witness.proof', { origin: given.origin, size: given.size })
  if (judgement.kind === 'fork') await keepFork(node, given, peer as PeerLog, request.checkpoint)
  const conflict = (size: number): Answer => ({ status: 409, body: `${size}\n` })
  if (judgement.kind !== 'accept') return conflict(judgement.size)
  const closing = peer === undefined ? 'open' : judgeClosing(peer.checkpoint, request.checkpoint)
  if (closing === 'reopened') throw new ProblemError('witness.closed', { origin: given.origin, size: given.size, seen: seen?.size ?? 0 })
  // Consistent, but it must not displace the checkpoint that closed the log.
  if (closing === 'stale') return ok(await cosignCheckpoint(request.checkpoint, witness, now()))
  // Compare-and-swap: of two concurrent requests only one finds the state it was decided on.
  const isTaken = await store.advancePeer({ origin: given.origin, checkpoint: request.checkpoint, size: given.size }, peer?.size ?? -1)
  if (!isTaken) return conflict((await store.getPeer(given.origin))?.size ?? 0)
  return ok(await cosignCheckpoint(request.checkpoint, witness, now()))
}

const ok = (body: string): Answer => ({ status: 200, body })
