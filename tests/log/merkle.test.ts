// Why this exists: receipts rely on inclusion proofs; an altered proof must not verify, and a tree must reproduce its earlier
// roots.
import fc from 'fast-check'
import {
  createTree,
  emptyRoot,
  type Hash,
  leafHash,
  nodeHash,
  proveConsistency,
  proveInclusion,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from 'tongheng/log'
import { describe, expect, it } from 'vitest'
import { run as runMerkle } from '../oracles/merkle.js'
import { run as runTlog } from '../oracles/tlog.js'
import { vectorFile } from '../support/vectors.js'
import { hex, naive } from './trees.js'

const leaves = Array.from({ length: 70 }, (_, at) => leafHash(Buffer.from(`leaf ${at}`)))
const tree = createTree()
for (const leaf of leaves) tree.append(leaf)

const roots = Array.from({ length: leaves.length + 1 }, (_, size) => naive(leaves.slice(0, size)))

describe('a Merkle tree', () => {
  it('has the root of the definition at every size', () => {
    for (let size = 0; size <= leaves.length; size++)
      expect([size, hex(rootOf(size, tree.nodeAt))]).toEqual([size, hex(roots[size] as Hash)])
    expect(tree.size).toBe(leaves.length)
  })

  it('proves each leaf at each size, and no other leaf with the same proof', () => {
    for (let size = 1; size <= leaves.length; size++) {
      for (let index = 0; index < size; index++) {
        const proof = proveInclusion(index, size, tree.nodeAt)
        const root = roots[size] as Hash
        expect(verifyInclusion(index, size, leaves[index] as Hash, proof, root)).toBe(true)
        expect(verifyInclusion(index, size, leaves[(index + 1) % 70] as Hash, proof, root)).toBe(false)
        if (size > 1) expect(verifyInclusion((index + 1) % size, size, leaves[index] as Hash, proof, root)).toBe(false)
      }
    }
  })

  it('proves each size from each smaller one', () => {
    for (let second = 1; second <= leaves.length; second++) {
      for (let first = 1; first <= second; first++) {
        const proof = proveConsistency(first, second, tree.nodeAt)
        expect(verifyConsistency(first, second, roots[first] as Hash, roots[second] as Hash, proof)).toBe(true)
        if (first < second) expect(verifyConsistency(first, second, roots[second] as Hash, roots[second] as Hash, proof)).toBe(false)
      }
    }
  })

  it('rejects a proof with one bit, one hash or one number changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 70 }), fc.nat(), fc.nat(), fc.nat(), (size, a, b, bit) => {
        const index = a % size
        const first = 1 + (b % (size - 1))
        const [inclusion, consistency] = [proveInclusion(index, size, tree.nodeAt), proveConsistency(first, size, tree.nodeAt)]
        const bend = (proof: readonly Hash[]): Hash[] =>
          proof.map((hash, at) =>
            at === bit % proof.length ? hash.map((octet, i) => (i === bit % 32 ? octet ^ (1 << (bit % 8)) : octet)) : hash,
          )
        const root = roots[size] as Hash
        const leaf = leaves[index] as Hash
        const old = roots[first] as Hash
        for (const wrong of [bend(inclusion), inclusion.slice(1), inclusion.slice(0, -1), [...inclusion, leaf]])
          expect(verifyInclusion(index, size, leaf, wrong, root)).toBe(false)
        for (const wrong of [bend(consistency), consistency.slice(1), consistency.slice(0, -1), [...consistency, leaf]])
          expect(verifyConsistency(first, size, old, root, wrong)).toBe(false)
      }),
    )
  })

  it('returns false for nonsense, and never throws', () => {
    const [leaf, root] = [leaves[0] as Hash, roots[1] as Hash]
    for (const n of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(verifyInclusion(n, 1, leaf, [], root)).toBe(false)
      expect(verifyInclusion(0, n, leaf, [], root)).toBe(false)
      expect(verifyConsistency(n, 1, root, root, [])).toBe(false)
      expect(verifyConsistency(1, n, root, root, [])).toBe(false)
      expect(() => proveInclusion(n, 1, tree.nodeAt)).toThrow(RangeError)
      expect(() => proveConsistency(1, n, tree.nodeAt)).toThrow(RangeError)
    }
    expect(verifyInclusion(0, 1, new Uint8Array(31), [], new Uint8Array(31))).toBe(false)
    expect(
      verifyInclusion(
        0,
        1,
        leaf,
        Array.from({ length: 200 }, () => leaf),
        root,
      ),
    ).toBe(false)
    expect(verifyConsistency(0, 1, emptyRoot(), root, [])).toBe(false)
  })

  it('supports sizes beyond 2³²', () => {
    const [size, index] = [2 ** 40, 2 ** 40 - 1]
    const proof = Array.from({ length: 40 }, (_, at) => leaves[at + 1] as Hash)
    const root = proof.reduce((hash, part) => nodeHash(part, hash), leaves[0] as Hash)
    expect(verifyInclusion(index, size, leaves[0] as Hash, proof, root)).toBe(true)
    expect(verifyInclusion(index - 1, size, leaves[0] as Hash, proof, root)).toBe(false)
  })
})

it('the tree agrees with transparency-dev and the reference tree', () => {
  const { lines, cases } = runMerkle(vectorFile('merkle'))
  expect(lines).toEqual([])
  expect(cases).toBeGreaterThan(250)
})

it('the tree verifies every checkpoint of a third-party log', async () => {
  const { lines, cases } = await runTlog(vectorFile('c2sp-tlog/tessera-log.json.gz'))
  expect(lines).toEqual([])
  expect(cases).toBeGreaterThan(300)
})
