// Merkle proofs by others: inclusion and consistency of transparency-dev/merkle, and the reference tree of Certificate Transparency.
// Proofs of subtrees (a later draft) are not supported.
//   npx tsx --tsconfig tests/tsconfig.json tests/oracles/merkle.ts [folder]
import { join } from 'node:path'
import { createTree, leafHash, proveConsistency, proveInclusion, rootOf, verifyConsistency, verifyInclusion } from 'tongheng/log'
import { type OracleResult, runAsScript, tally } from '../support/oracle.ts'
import { readJson } from '../support/vectors.ts'

interface Vectors {
  readonly inclusion: readonly {
    leafIdx: number
    treeSize: number
    root: string
    leafHash: string
    proof: readonly string[] | null
    wantErr: boolean
    id: string
  }[]
  readonly consistency: readonly {
    size1: number
    size2: number
    root1: string
    root2: string
    proof: readonly string[] | null
    wantErr: boolean
    id: string
  }[]
  readonly subtreeinclusion?: readonly unknown[]
  readonly subtreeconsistency?: readonly unknown[]
}
interface Reference {
  readonly leaves_hex: readonly string[]
  readonly leaf_hashes: readonly string[]
  readonly roots: readonly string[]
  readonly inclusion: readonly { index: number; size: number; proof: readonly string[] }[]
  readonly consistency: readonly { size1: number; size2: number; proof: readonly string[] }[]
}

const base64 = (text: string): Uint8Array => Buffer.from(text, 'base64')
const bytes = (text: string): Uint8Array => Buffer.from(text, 'hex')
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex')

export function run(folder: string): OracleResult {
  const read = <T>(name: string): T => readJson<T>(join(folder, `${name}.gz`))
  const lines: string[] = []
  const left = tally()
  let cases = 0
  const compare = (name: string, ours: unknown, expected: unknown): void => {
    cases++
    if (JSON.stringify(ours) !== JSON.stringify(expected))
      lines.push(`${name}: ${JSON.stringify(ours)}, expected ${JSON.stringify(expected)}`)
  }

  const vectors = read<Vectors>('merkle-proof-vectors.json')
  for (const { id, leafIdx, treeSize, root, leafHash, proof, wantErr } of vectors.inclusion)
    compare(id, verifyInclusion(leafIdx, treeSize, base64(leafHash), (proof ?? []).map(base64), base64(root)), !wantErr)
  for (const { id, size1, size2, root1, root2, proof, wantErr } of vectors.consistency) {
    // RFC 9162 has hashes of 32 octets only; a case that accepts any text as a root does not belong to it.
    if (!wantErr && base64(root1).length !== 32) left.add('accepted with a root that is no SHA-256')
    else compare(id, verifyConsistency(size1, size2, base64(root1), base64(root2), (proof ?? []).map(base64)), !wantErr)
  }
  for (const _ of [...(vectors.subtreeinclusion ?? []), ...(vectors.subtreeconsistency ?? [])]) left.add('proof of a subtree')

  const reference = read<Reference>('rfc9162-ct-reference-tree.json')
  const tree = createTree()
  compare('root of 0', hex(rootOf(0, tree.nodeAt)), reference.roots[0])
  for (const [at, leaf] of reference.leaves_hex.entries()) {
    compare(`leaf ${at}`, hex(leafHash(bytes(leaf))), reference.leaf_hashes[at])
    tree.append(leafHash(bytes(leaf)))
    compare(`root of ${at + 1}`, hex(rootOf(at + 1, tree.nodeAt)), reference.roots[at + 1])
  }
  for (const { index, size, proof } of reference.inclusion)
    compare(`inclusion of ${index} in ${size}`, proveInclusion(index, size, tree.nodeAt).map(hex), proof)
  for (const { size1, size2, proof } of reference.consistency)
    compare(`consistency of ${size1} with ${size2}`, proveConsistency(size1, size2, tree.nodeAt).map(hex), proof)
  return { lines, cases, leftOut: left.counts, of: 'proofs checked, proofs made, roots' }
}

await runAsScript(import.meta.url, 'merkle', run)
