// A log by another implementation (tessera): every checkpoint signed, every root that of its leaves.
//   npx tsx --tsconfig tests/tsconfig.json tests/oracles/tlog.ts [file]
import { readFileSync } from 'node:fs'
import { createTree, leafHash, openCheckpoint, proveConsistency, readNoteKey, rootOf, verifyConsistency } from 'tongheng/log'
import { type OracleResult, runAsScript } from '../support/oracle.ts'

interface Log {
  readonly origin: string
  readonly vkey: string
  readonly leaves: readonly string[]
  readonly files_b64: Readonly<Record<string, string>>
}

export async function run(path: string): Promise<OracleResult> {
  const { origin, vkey, leaves, files_b64 } = JSON.parse(readFileSync(path, 'utf8')) as Log
  const key = await readNoteKey(vkey)
  const tree = createTree()
  for (const leaf of leaves) tree.append(leafHash(Buffer.from(leaf)))
  const lines: string[] = []
  let cases = 0
  const same = (name: string, ours: unknown, expected: unknown): void => {
    cases++
    if (ours !== expected) lines.push(`${name}: ${String(ours)}, expected ${String(expected)}`)
  }
  const whole = rootOf(leaves.length, tree.nodeAt)
  for (const [name, content] of Object.entries(files_b64)) {
    if (/^checkpoint(?:\.\d+)?$/.test(name)) {
      const checkpoint = await openCheckpoint(Buffer.from(content, 'base64').toString(), key)
      same(`${name}: origin`, checkpoint.origin, origin)
      same(`${name}: root`, Buffer.from(checkpoint.root).toString('hex'), Buffer.from(rootOf(checkpoint.size, tree.nodeAt)).toString('hex'))
      if (checkpoint.size === 0) continue
      const proof = proveConsistency(checkpoint.size, leaves.length, tree.nodeAt)
      same(`${name}: consistent`, verifyConsistency(checkpoint.size, leaves.length, checkpoint.root, whole, proof), true)
    }
    // Partial tiles of level 0 hold the leaf hashes, one after the other.
    const partial = /^tile\/0\/000(?:\.p\/(\d+))?$/.exec(name)
    if (partial !== null) {
      const hashes = Buffer.from(content, 'base64')
      const expected = Buffer.concat(Array.from({ length: hashes.length / 32 }, (_, at) => tree.nodeAt(0, at)))
      same(name, hashes.equals(expected), true)
    }
  }
  return { lines, cases, leftOut: new Map(), of: `${leaves.length} leaves, ${Object.keys(files_b64).length} files` }
}

await runAsScript(import.meta.url, 'trust/c2sp-tlog/tessera-log.json', run)
