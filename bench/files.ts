/**
  * Publishes a log as files and audits them: entries per second, octets per entry, and the audit compared with the two SHA-256 per entry that
  * every audit needs, in one run: `npm run bench:files -- [entries]`.
 */
import { hash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, cpuUsage, stdout } from 'node:process'
import { createNoteSigner, emptyEdge, leafHash, noteKeyOf, openCheckpoint, rootOf, signCheckpoint } from '../src/log/index.js'
import { createNode, createPublisher, type StoredEntry } from '../src/node/index.js'
import { createFileTiles, readFileTiles } from '../src/stores/files/index.js'
import { createMemoryStore } from '../src/stores/memory/index.js'
import { auditFiles } from '../src/sync/index.js'
import { createFakeAuthorities, DEMONSTRATION_TIME, organisation } from '../src/testing/index.js'

const SIZE = Number(argv[2] ?? 100_000)
const world = await createFakeAuthorities({ witnessKeys: true })
const { uscc, name, region } = organisation('SC-AMR')
const store = createMemoryStore()
const { origin, signer } = world.log('SC-AMR')
const jwk = world.trust.logs.find((log) => log.origin === origin)?.key
if (jwk === undefined) throw new Error('no key of the log')
const note = await createNoteSigner({ name: origin, role: 'log', signer, jwk })
await fill()
const node = await createNode({
  ...{ id: 'x', url: 'https://x.example', authority: uscc, name, region, signer: world.signer('SC-AMR'), log: world.log('SC-AMR'), store },
  ...{ anchors: world.anchors, trustLists: world.trustLists, agreements: [world.signedAgreement] },
  now: () => Date.parse(DEMONSTRATION_TIME) / 1000,
})
const folder = await mkdtemp(join(tmpdir(), 'tongheng-bench-files-'))
try {
  const tiles = await createFileTiles({ folder })
  const publishing = await timed(async () => {
    for await (const _ of createPublisher({ node, tiles }).round());
  })
  const octets = { hashes: 0, bundles: 0, files: 0 }
  for await (const { path, octets: length } of tiles.list('v1/log')) {
    octets.files++
    if (path.includes('/tile/')) octets[path.includes('/entries/') ? 'bundles' : 'hashes'] += length
  }
  const raw = await timed(async () => {
    const [leaf, pair] = [Buffer.alloc(33), Buffer.alloc(65)]
    for (let at = 0; at < SIZE; at++) {
      leaf.writeUInt32BE(at, 1)
      hash('sha256', leaf, 'buffer').copy(pair, 1)
      hash('sha256', pair, 'buffer')
    }
  })
  const key = await noteKeyOf(origin, jwk, 'log')
  const found: unknown[] = []
  let checked = 0
  const audit = await timed(async () => {
    for await (const step of auditFiles({ files: readFileTiles({ folder }), open: (text) => openCheckpoint(text, key) })) {
      found.push(...step.findings)
      checked = step.checked
    }
  })
  if (found.length > 0 || checked !== SIZE) throw new Error(`the audit found ${JSON.stringify(found.slice(0, 3))} in ${checked} entries`)
  const rate = ({ wall, used }: Timed) => ({ perSecond: Math.round(SIZE / wall), perSecondOfProcessor: Math.round(SIZE / used) })
  const figures = {
    ...{ entries: SIZE, files: octets.files, publish: rate(publishing), audit: rate(audit), twoHashes: rate(raw) },
    auditToHashes: Number((audit.used / raw.used).toFixed(2)),
    octetsPerEntry: { hashes: Number((octets.hashes / SIZE).toFixed(2)), bundles: Number((octets.bundles / SIZE).toFixed(2)) },
  }
  stdout.write(`${JSON.stringify(figures, undefined, 2)}\n`)
} finally {
  await rm(folder, { recursive: true, force: true })
}

interface Timed {
  /** Seconds. */
  readonly wall: number
  /** Seconds of processor time, of all threads. */
  readonly used: number
}
async function timed(work: () => Promise<void>): Promise<Timed> {
  const [started, before] = [performance.now(), cpuUsage()]
  await work()
  const { user, system } = cpuUsage(before)
  return { wall: (performance.now() - started) / 1000, used: (user + system) / 1_000_000 }
}

/** Fills the log with entries; the published files depend only on their ids. */
async function fill(): Promise<void> {
  const edge = emptyEdge()
  for (let start = 0; start < SIZE; start += 4096) {
    const entries = Array.from({ length: Math.min(4096, SIZE - start) }, (_, at): StoredEntry => {
      const id = randomBytes(32)
      edge.append(leafHash(id))
      const search = { number: String(start + at), region, factDate: '2026-01-01' }
      const named = { statementId: id.toString('base64url'), iss: uscc, jti: String(start + at), kind: 'verification-certificate' }
      return { ...named, statement: '', decision: 'accepted', code: '', outcome: 'recognised', receivedAt: 0, search }
    })
    const checkpoint = await signCheckpoint({ origin, size: edge.size, root: rootOf(edge.size, edge.nodeAt) }, note)
    await store.sequence(({ append }) => append({ entries, tileRoots: edge.settle(), checkpoint }))
  }
}
