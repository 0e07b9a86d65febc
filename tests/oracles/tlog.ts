// A log by another implementation (tessera): every checkpoint must have a valid signature, every root must match its leaves and
// tiles, and every tile and bundle must be reproduced octet for octet.
//   npx tsx --tsconfig tests/tsconfig.json tests/oracles/tlog.ts [file]
import {
  createTree,
  emptyRange,
  growRange,
  leafHash,
  openCheckpoint,
  proveConsistency,
  proveConsistencyFrom,
  readEntryBundle,
  readHashTile,
  readNoteKey,
  readTilePath,
  rootFrom,
  rootOf,
  rootOfRange,
  type TileReader,
  tileWidth,
  verifyConsistency,
  writeEntryBundle,
  writeHashTile,
  writeNoteKey,
  writeTilePath,
} from 'tongheng/log'
import { type OracleResult, runAsScript } from '../support/oracle.ts'
import { readJson } from '../support/vectors.ts'

interface Log {
  readonly origin: string
  readonly vkey: string
  readonly leaves: readonly string[]
  readonly files_b64: Readonly<Record<string, string>>
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

export async function run(path: string): Promise<OracleResult> {
  const { origin, vkey, leaves, files_b64 } = readJson<Log>(path)
  const files = new Map(Object.entries(files_b64).map(([name, content]) => [name, Buffer.from(content, 'base64')]))
  const key = await readNoteKey(vkey)
  const tree = createTree()
  for (const leaf of leaves) tree.append(leafHash(Buffer.from(leaf)))
  const lines: string[] = []
  let cases = 0
  const same = (name: string, ours: unknown, expected: unknown): void => {
    cases++
    if (ours !== expected) lines.push(`${name}: ${String(ours)}, expected ${String(expected)}`)
  }
  /** Their tiles, as a follower fetches them. */
  const tiles: TileReader = async (level, index, width) => readHashTile(files.get(writeTilePath({ level, index, width })) as Buffer)
  const whole = rootOf(leaves.length, tree.nodeAt)
  same('key', writeNoteKey(key), vkey)
  for (const [name, content] of files) {
    if (/^checkpoint(?:\.\d+)?$/.test(name)) {
      const { origin: named, size, root } = await openCheckpoint(content.toString(), key)
      same(`${name}: origin`, named, origin)
      same(`${name}: root of the leaves`, hex(rootOf(size, tree.nodeAt)), hex(root))
      same(`${name}: root of the tiles`, hex(await rootFrom(tiles, size)), hex(root))
      if (size === 0) continue
      const proof = proveConsistency(size, leaves.length, tree.nodeAt)
      same(`${name}: consistent`, verifyConsistency(size, leaves.length, root, whole, proof), true)
      same(`${name}: proof from the tiles`, (await proveConsistencyFrom(tiles, size, leaves.length)).map(hex).join(), proof.map(hex).join())
      continue
    }
    const tile = readTilePath(name)
    if (tile === undefined) {
      lines.push(`${name}: not known`)
      continue
    }
    same(`${name}: path`, writeTilePath(tile), name)
    const start = tile.index * 256
    if (tile.level === 'entries') {
      const entries = readEntryBundle(content)
      same(`${name}: entries`, entries.map((entry) => Buffer.from(entry).toString()).join(), leaves.slice(start, start + tile.width).join())
      same(`${name}: written again`, hex(writeEntryBundle(entries)), hex(content))
      const range = growRange(emptyRange, entries.map(leafHash))
      same(`${name}: root`, hex(rootOfRange(range)), hex(rootOf(start + tile.width, tree.nodeAt)))
    } else {
      const hashes = readHashTile(content)
      same(`${name}: width`, hashes.length, tileWidth(tile.level, tile.index, start + tile.width))
      for (const [at, hash] of hashes.entries()) same(`${name}: ${at}`, hex(hash), hex(tree.nodeAt(tile.level * 8, start + at)))
      same(`${name}: written again`, hex(writeHashTile(hashes)), hex(content))
    }
  }
  return { lines, cases, leftOut: new Map(), of: `${leaves.length} leaves, ${files.size} files` }
}

await runAsScript(import.meta.url, 'c2sp-tlog/tessera-log.json.gz', run)
