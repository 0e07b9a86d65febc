// Why this exists: evidence of a fork accuses an authority of lying. It must convict every log that signed two histories, and no
// combination of hashes may convict a log that signed only one.
import fc from 'fast-check'
import {
  type ForkEvidence,
  type Hash,
  nodeHash,
  proveConsistency,
  proveFork,
  readForkEvidence,
  rootOf,
  signCheckpoint,
  verifyFork,
  writeForkEvidence,
  writeNoteKey,
} from 'tongheng/log'
import { describe, expect, it } from 'vitest'
import { faultOf, faultOfAsync } from '../base/fault.js'
import { holderOf } from './signers.js'
import { hex, leavesOf, naive, nodesOver, sameLeaves, tilesOver } from './trees.js'

const ORIGIN = 'tongheng-51/log'
const log = await holderOf(ORIGIN, 'log')
const stranger = await holderOf(ORIGIN, 'log')
const MOST = 24
const leaves = leavesOf(MOST)

const signed = new Map<string, Promise<string>>()
/** Caches one checkpoint per size and root. */
function sign(size: number, root: Hash, by = log): Promise<string> {
  const name = `${size} ${hex(root)} ${by.key.id}`
  const note = signed.get(name) ?? signCheckpoint({ origin: ORIGIN, size, root }, by.signer)
  signed.set(name, note)
  return note
}
const checkpointOf = (of: readonly Hash[], size: number): Promise<string> => sign(size, naive(of.slice(0, size)))
/** The leaves with one of them replaced. */
const changedAt = (place: number): Hash[] => leaves.map((leaf, at) => (at === place ? nodeHash(leaf, leaf) : leaf))
const evidenceOf = (checkpoints: readonly [string, string], proof: readonly Hash[]): ForkEvidence => ({
  format: 'tongheng-fork',
  version: 1,
  origin: ORIGIN,
  key: writeNoteKey(log.key),
  checkpoints,
  proof: proof.map((hash) => Buffer.from(hash).toString('base64url')),
})
const whyNot = async (evidence: ForkEvidence, key = log.key): Promise<unknown> => {
  const { code, details } = await faultOfAsync(() => verifyFork(evidence, key))
  expect(code).toBe('fork.unproved')
  return details.why
}

describe('a fork', () => {
  it('is proved for all sizes and any replaced leaf below the first size', async () => {
    for (let second = 1; second <= MOST; second++) {
      for (let first = 1; first <= second; first++) {
        const others = changedAt((first * 7 + second) % first)
        const notes = [await checkpointOf(leaves, first), await checkpointOf(others, second)] as const
        const evidence = await proveFork(log.key, ...notes, tilesOver(others))
        expect(evidence.checkpoints).toEqual(notes)
        const proved = await verifyFork(readForkEvidence(writeForkEvidence(evidence)), log.key)
        expect([proved.origin, proved.first.size, hex(proved.first.root), proved.second.size, hex(proved.second.root)]).toEqual([
          ORIGIN,
          first,
          hex(naive(leaves.slice(0, first))),
          second,
          hex(naive(others.slice(0, second))),
        ])
        expect(evidence.proof.length === 0).toBe(first === second)
      }
    }
  })

  it('is proved from checkpoints in either order', async () => {
    const others = changedAt(3)
    const [small, large] = [await checkpointOf(leaves, 9), await checkpointOf(others, 20)]
    expect(await proveFork(log.key, large, small, tilesOver(others))).toEqual(await proveFork(log.key, small, large, tilesOver(others)))
    // The caller may hold the first tree instead of the second.
    const [smallOther, largeOwn] = [await checkpointOf(others, 9), await checkpointOf(leaves, 20)]
    expect((await verifyFork(await proveFork(log.key, smallOther, largeOwn, tilesOver(leaves)))).second.size).toBe(20)
  })

  it('at equal sizes needs no tiles', async () => {
    const evidence = await proveFork(log.key, await checkpointOf(leaves, 9), await checkpointOf(changedAt(8), 9))
    expect(evidence.proof).toEqual([])
    expect((await verifyFork(evidence)).first.size).toBe(9)
  })

  it('includes the node that a consistency proof omits if the first size is a power of two', async () => {
    const others = changedAt(2)
    const nodeAt = nodesOver(others)
    const evidence = await proveFork(log.key, await checkpointOf(leaves, 8), await checkpointOf(others, 13), tilesOver(others))
    const consistency = proveConsistency(8, 13, nodeAt)
    expect(evidence.proof).toEqual([nodeAt(3, 0), ...consistency].map((hash) => Buffer.from(hash).toString('base64url')))
    // The consistency proof alone, or with the first tree's root prepended, proves nothing.
    const notes = evidence.checkpoints
    expect(await whyNot(evidenceOf(notes, consistency))).toBe('path')
    expect(await whyNot(evidenceOf(notes, [naive(leaves.slice(0, 8)), ...consistency]))).toBe('path')
  })

  it('is proved beyond 2³², and hashes that yield the second root convict no honest log there', async () => {
    const [one, two] = [sameLeaves('one'), sameLeaves('two')]
    for (const [first, second] of [
      [1, 2 ** 53 - 1],
      [2 ** 32, 2 ** 33 + 1],
      [2 ** 32 + 5, 2 ** 40],
      [2 ** 52, 2 ** 53 - 1],
      [2 ** 53 - 2, 2 ** 53 - 1],
    ] as const) {
      const notes = [await sign(first, rootOf(first, one.nodeAt)), await sign(second, rootOf(second, two.nodeAt))] as const
      const evidence = await proveFork(log.key, ...notes, two.tiles)
      expect((await verifyFork(readForkEvidence(writeForkEvidence(evidence)))).second.size).toBe(second)
      const own = [await sign(first, rootOf(first, two.nodeAt)), notes[1]] as const
      expect(await whyNot({ ...evidence, checkpoints: own })).toBe('consistent')
    }
  })
})

describe('an honest log', () => {
  const nodeAt = nodesOver(leaves)
  const pathOf = (first: number, second: number): Hash[] => {
    const proof = proveConsistency(first, second, nodeAt)
    return Number.isInteger(Math.log2(first)) ? [nodeAt(Math.log2(first), 0), ...proof] : proof
  }
  /** Every node of the tree, complete or not, by definition. */
  const nodesOf = (of: readonly Hash[]): Hash[] => {
    if (of.length < 2) return [...of]
    let k = 1
    while (k * 2 < of.length) k *= 2
    return [naive(of), ...nodesOf(of.slice(0, k)), ...nodesOf(of.slice(k))]
  }

  it('is not convicted by its own proofs', async () => {
    for (let second = 1; second <= MOST; second++) {
      for (let first = 1; first <= second; first++) {
        const notes = [await checkpointOf(leaves, first), await checkpointOf(leaves, second)] as const
        const why = first === second ? 'same' : 'consistent'
        expect(await whyNot(evidenceOf(notes, first === second ? [] : pathOf(first, second)))).toBe(why)
        expect((await faultOfAsync(() => proveFork(log.key, ...notes, tilesOver(leaves)))).details.why).toBe(why)
      }
    }
  })

  it('is not convicted by any sequence of up to three nodes of a tree of up to four', async () => {
    const empty = await whyNot(evidenceOf([await checkpointOf(leaves, 1), await checkpointOf(leaves, 2)], []))
    expect(empty).toBe('path')
    for (let second = 2; second <= 4; second++) {
      const pool = [...nodesOf(leaves.slice(0, second)), leaves[5] as Hash]
      const sequences = pool.flatMap((a) => [[a], ...pool.flatMap((b) => [[a, b], ...pool.map((c) => [a, b, c])])])
      for (let first = 1; first < second; first++) {
        const notes = [await checkpointOf(leaves, first), await checkpointOf(leaves, second)] as const
        const consistent: string[] = []
        for (const proof of sequences) if ((await whyNot(evidenceOf(notes, proof))) === 'consistent') consistent.push(proof.map(hex).join())
        // Only one sequence yields the root at all, and it is the consistency proof.
        expect(consistent).toEqual([pathOf(first, second).map(hex).join()])
      }
    }
  })

  it('is not convicted by proofs that were altered, shortened, extended, reordered, or made of other nodes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: MOST }), fc.nat(), fc.infiniteStream(fc.nat()), async (second, some, numbers) => {
        const first = 1 + (some % (second - 1))
        const notes = [await checkpointOf(leaves, first), await checkpointOf(leaves, second)] as const
        const next = (below: number): number => (numbers.next().value as number) % below
        const path = pathOf(first, second)
        const pool = [...nodesOf(leaves.slice(0, second)), ...nodesOf(leaves.slice(0, first))]
        const pick = (): Hash => pool[next(pool.length)] as Hash
        const at = next(path.length)
        const wrong = [
          path.map((hash, i) => (i === at ? hash.map((octet, j) => (j === at ? octet ^ (1 << next(8)) : octet)) : hash)),
          path.map((hash, i) => (i === at ? pick() : hash)),
          path.filter((_, i) => i !== at),
          [...path.slice(0, at), pick(), ...path.slice(at)],
          [naive(leaves.slice(0, first)), ...path],
          path.toReversed(),
          path.toSorted(() => next(3) - 1),
          Array.from({ length: path.length }, pick),
        ]
        for (const proof of wrong) expect(['path', 'consistent']).toContain(await whyNot(evidenceOf(notes, proof)))
      }),
    )
  })

  it('is not convicted for growing from the empty tree, whatever it signed there', async () => {
    const notes = [await checkpointOf(leaves, 0), await checkpointOf(leaves, 5)] as const
    for (const proof of [[], pathOf(1, 5), [leaves[0] as Hash]]) expect(await whyNot(evidenceOf(notes, proof))).toBe('empty')
    expect((await faultOfAsync(() => proveFork(log.key, ...notes, tilesOver(leaves)))).details.why).toBe('empty')
  })
})

describe('fork evidence', () => {
  const others = changedAt(1)
  const good = async (): Promise<ForkEvidence> =>
    proveFork(log.key, await checkpointOf(leaves, 5), await checkpointOf(others, 9), tilesOver(others))

  it('proves nothing about another log, with another key, in another order, or with tiles of another tree', async () => {
    const evidence = await good()
    const [small, large] = evidence.checkpoints
    expect(await whyNot(evidence, stranger.key)).toBe('key')
    expect(await whyNot({ ...evidence, origin: 'tongheng-50/log' })).toBe('origin')
    expect(await whyNot({ ...evidence, checkpoints: [large, small] })).toBe('order')
    expect(await whyNot({ ...evidence, proof: [] })).toBe('path')
    expect(await whyNot({ ...evidence, checkpoints: [small, await sign(9, naive(others.slice(0, 9)), stranger)] })).toBe('checkpoint')
    expect(await whyNot({ ...evidence, checkpoints: [small, large.replace('\n9\n', '\n8\n')] })).toBe('checkpoint')
    expect(await whyNot({ ...evidence, checkpoints: [small, 'x'] })).toBe('checkpoint')
    // The evidence is valid for its own key; the caller must know whose key that is.
    const foreign = [await sign(5, naive(leaves.slice(0, 5)), stranger), await sign(5, naive(others.slice(0, 5)), stranger)] as const
    const theirs = { ...evidence, key: writeNoteKey(stranger.key), checkpoints: foreign, proof: [] }
    expect((await verifyFork(theirs)).origin).toBe(ORIGIN)
    expect(await whyNot(theirs)).toBe('key')
    const equal = [small, await checkpointOf(others, 5)] as const
    expect(await whyNot({ ...evidence, checkpoints: equal })).toBe('path')
    expect((await verifyFork({ ...evidence, checkpoints: equal, proof: [] })).first.size).toBe(5)

    const wrongTiles = await faultOfAsync(() => proveFork(log.key, small, large, tilesOver(leaves)))
    expect([wrongTiles.code, wrongTiles.details.why]).toEqual(['fork.unproved', 'path'])
    expect((await faultOfAsync(() => proveFork(log.key, small, large))).details.why).toBe('path')
    expect((await faultOfAsync(() => proveFork(stranger.key, small, large, tilesOver(others)))).code).toBe('note.unsigned')
  })

  it('states in both languages why it proves nothing', async () => {
    const evidence = await good()
    const error = await verifyFork({ ...evidence, proof: [] }).catch((cause: unknown) => cause)
    expect(error).toMatchObject({
      text: {
        zh: '不能证明日志分叉：所附散列值推不出后一检查点的树根',
        en: 'This does not prove a fork: its hashes do not lead to the root of the second checkpoint',
      },
    })
  })

  it('is JSON of a fixed shape', async () => {
    const evidence = await good()
    expect(readForkEvidence(writeForkEvidence(evidence))).toEqual(evidence)
    expect(readForkEvidence(JSON.stringify(evidence, null, 2))).toEqual(evidence)
  })

  it.each<[string, (evidence: ForkEvidence) => unknown, string]>([
    ['another format', (one) => ({ ...one, format: 'fork' }), '/format'],
    ['another version', (one) => ({ ...one, version: 2 }), '/version'],
    ['a member more', (one) => ({ ...one, note: '' }), '/note'],
    ['a member less', ({ proof: _, ...rest }) => rest, '/proof'],
    ['one checkpoint', (one) => ({ ...one, checkpoints: [one.checkpoints[0]] }), '/checkpoints'],
    ['three checkpoints', (one) => ({ ...one, checkpoints: [...one.checkpoints, 'x'] }), '/checkpoints'],
    ['a checkpoint too long', (one) => ({ ...one, checkpoints: [one.checkpoints[0], 'x'.repeat(131_073)] }), '/checkpoints/1'],
    ['an origin too long', (one) => ({ ...one, origin: 'x'.repeat(256) }), '/origin'],
    ['a hash that is none', (one) => ({ ...one, proof: ['AAAA'] }), '/proof/0'],
    ['another spelling of a hash', (one) => ({ ...one, proof: [`${'A'.repeat(42)}B`] }), '/proof/0'],
    ['55 hashes', (one) => ({ ...one, proof: Array.from({ length: 55 }, () => 'A'.repeat(43)) }), '/proof'],
    ['no object', () => [], ''],
  ])('is rejected with %s', async (_title, change, path) => {
    const wrong = change(await good()) as ForkEvidence
    for (const act of [() => readForkEvidence(JSON.stringify(wrong)), () => writeForkEvidence(wrong), () => verifyFork(wrong)]) {
      const { code, details } = await faultOfAsync(async () => act())
      expect([code, details.path]).toEqual(['fork.form', path])
    }
  })

  it('is rejected if its key is not a note key', async () => {
    const { code, details } = await faultOfAsync(async () => verifyFork({ ...(await good()), key: 'x' }))
    expect([code, details.path]).toEqual(['fork.form', '/key'])
  })

  it.each([
    ['no JSON', 'x'],
    ['a name twice', '{"format":"tongheng-fork","format":"tongheng-fork"}'],
    ['too deep', '[[[[[]]]]]'],
    ['too long', ' '.repeat(550_001)],
    ['too long in UTF-8', `"${'衡'.repeat(200_000)}"`],
  ])('is not read from a text that is %s', (_title, text) => {
    expect(faultOf(() => readForkEvidence(text)).code).toBe('fork.form')
  })

  it('can contain checkpoints of the maximum size', async () => {
    const evidence = await good()
    const long = {
      ...evidence,
      checkpoints: ['"'.repeat(131_072), '"'.repeat(131_072)] as const,
      proof: Array.from({ length: 54 }, () => 'A'.repeat(43)),
    }
    expect(readForkEvidence(writeForkEvidence(long))).toEqual(long)
  })
})
