/** Stores evidence that a log signed two trees. */
import { type Checkpoint, type ForkEvidence, type NoteKey, proveFork, type TileReader, writeForkEvidence } from '../log/index.js'
import { logKeyOf } from '../verify/index.js'
import type { Node } from './shapes.js'
import type { PeerLog } from './store.js'

/** Proves a fork from two checkpoints and stores the evidence. If the sizes differ, the tiles of the larger tree are required. */
export async function keepFork(
  node: Node,
  { authority, origin, size }: Checkpoint & { readonly authority: string },
  seen: Pick<PeerLog, 'checkpoint'>,
  checkpoint: string,
  tiles?: TileReader,
): Promise<ForkEvidence> {
  const key = (await logKeyOf(node.trust, authority, origin)) as NoteKey
  const evidence = await proveFork(key, seen.checkpoint, checkpoint, tiles)
  await node.options.store.putDocument({ collection: 'fork', name: origin, version: size, signed: [writeForkEvidence(evidence)] })
  return evidence
}
