// Why this exists: only a witness can detect that a log shows two histories, so a checkpoint that it accepts goes unnoticed
// wrongly.
import fc from 'fast-check'
import {
  type AddCheckpoint,
  emptyRoot,
  type Hash,
  judgeCheckpoint,
  proveConsistency,
  readAddCheckpoint,
  type TreeState,
  writeAddCheckpoint,
} from 'tongheng/log'
import { describe, expect, it } from 'vitest'
import { faultOf } from '../base/fault.js'
import { hex, leavesOf, naive, nodesOver } from './trees.js'

const NOTE =
  'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n'
/** The example of the specification, with one signature. */
const EXAMPLE = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

${NOTE}`
const LINE = 'PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw='

describe('an add-checkpoint request', () => {
  it('is read and written as in the specification', () => {
    const request = readAddCheckpoint(EXAMPLE)
    expect({ ...request, proof: request.proof.map(hex) }).toEqual({
      oldSize: 20_852_014,
      proof: [...EXAMPLE.matchAll(/^[A-Za-z0-9+/]{43}=$/gm)].slice(0, 4).map(([line]) => Buffer.from(line, 'base64').toString('hex')),
      checkpoint: NOTE,
    })
    expect(writeAddCheckpoint(request)).toBe(EXAMPLE)
  })

  it('is unchanged after writing and reading', () => {
    const proof = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 63 })
    fc.assert(
      fc.property(fc.maxSafeNat(), proof, (oldSize, hashes) => {
        const read = readAddCheckpoint(writeAddCheckpoint({ oldSize, proof: hashes, checkpoint: NOTE }))
        expect([read.oldSize, read.proof.map(hex), read.checkpoint]).toEqual([oldSize, hashes.map(hex), NOTE])
      }),
    )
    expect(writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: NOTE })).toBe(`old 0\n\n${NOTE}`)
  })

  it.each([
    ['nothing', ''],
    ['no old size', `${LINE}\n\n${NOTE}`],
    ['an old size with a zero before it', `old 05\n\n${NOTE}`],
    ['a negative old size', `old -5\n\n${NOTE}`],
    ['an old size with a sign', `old +5\n\n${NOTE}`],
    ['an old size beyond counting', `old 9007199254740992\n\n${NOTE}`],
    ['two spaces', `old  5\n\n${NOTE}`],
    ['a capital', `Old 5\n\n${NOTE}`],
    ['carriage returns', `old 5\r\n\r\n${NOTE}`],
    ['a short hash', `old 5\nAAAA\n\n${NOTE}`],
    ['a hash in base64url', `old 5\n${LINE.replace('w', '_')}\n\n${NOTE}`],
    ['a hash without padding', `old 5\n${LINE.slice(0, -1)}\n\n${NOTE}`],
    ['another spelling of a hash', `old 5\n${LINE.replace('w=', 'x=')}\n\n${NOTE}`],
    ['a space after a hash', `old 5\n${LINE} \n\n${NOTE}`],
    ['64 hashes', `old 5\n${`${LINE}\n`.repeat(64)}\n${NOTE}`],
    ['no empty line', `old 5\n${LINE}\n`],
    ['no checkpoint', `old 5\n\n`],
    ['a checkpoint cut short', `old 5\n\n${NOTE.slice(0, -1)}`],
    ['more than 64 KiB', `old 5\n\n${NOTE.replace('\n\n', `\n${'x'.repeat(65_536)}\n\n`)}`],
    ['more than 64 KiB in UTF-8', `old 5\n\n${NOTE.replace('\n\n', `\n${'衡'.repeat(22_000)}\n\n`)}`],
  ])('is rejected with %s', (_title, text) => {
    expect(faultOf(() => readAddCheckpoint(text)).code).toBe('witness.form')
  })

  it.each<[string, Partial<AddCheckpoint>]>([
    ['64 hashes', { proof: leavesOf(64) }],
    ['a short hash', { proof: [new Uint8Array(31)] }],
    ['half a leaf', { oldSize: 0.5 }],
    ['a size beyond counting', { oldSize: 2 ** 53 }],
    ['no checkpoint', { checkpoint: '' }],
  ])('is not written with %s', (_title, wrong) => {
    expect(faultOf(() => writeAddCheckpoint({ oldSize: 5, proof: [], checkpoint: NOTE, ...wrong })).code).toBe('witness.form')
  })
})

const SIZE = 40
const leaves = leavesOf(SIZE)
const nodeAt = nodesOver(leaves)
const roots = Array.from({ length: SIZE + 1 }, (_, size) => naive(leaves.slice(0, size)))
const state = (size: number): TreeState => ({ size, root: roots[size] as Hash })
const proofOf = (first: number, second: number): Hash[] => (first === 0 ? [] : proveConsistency(first, second, nodeAt))
const other = leavesOf(1, 'other')[0] as Hash

describe('a witness', () => {
  it('accepts each growth of one log, also from the empty tree, and a repetition', () => {
    for (let first = 0; first <= SIZE; first++) {
      for (let second = first; second <= SIZE; second++) {
        const seen = first === 0 && second % 2 === 0 ? undefined : state(first)
        expect(judgeCheckpoint(seen, { oldSize: first, proof: proofOf(first, second), ...state(second) })).toEqual({ kind: 'accept' })
      }
    }
  })

  it('rejects every other tree, whatever the proof', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: SIZE }), fc.nat(), fc.nat(), (second, a, b) => {
        const first = 1 + (a % second)
        const changed = leaves.map((leaf, at) => (at === b % first ? other : leaf))
        const root = naive(changed.slice(0, second))
        for (const proof of [proofOf(first, second), proveConsistency(first, second, nodesOver(changed)), []]) {
          const { kind } = judgeCheckpoint(state(first), { oldSize: first, proof, size: second, root })
          expect(kind).toBe(first === second ? 'fork' : 'unprocessable')
        }
      }),
    )
  })

  it.each<[string, TreeState | undefined, TreeState & { oldSize: number; proof?: readonly Hash[] }, object]>([
    ['an old size beyond the checkpoint (400)', state(5), { oldSize: 6, ...state(5) }, { kind: 'malformed' }],
    ['an old size that it has grown past (409)', state(5), { oldSize: 3, ...state(8) }, { kind: 'conflict', size: 5 }],
    ['an old size it never saw (409)', undefined, { oldSize: 3, ...state(8) }, { kind: 'conflict', size: 0 }],
    ['a first request of a client that does not know (409)', state(5), { oldSize: 0, ...state(8) }, { kind: 'conflict', size: 5 }],
    ['a smaller tree (409)', state(5), { oldSize: 4, ...state(4) }, { kind: 'conflict', size: 5 }],
    ['the same size and another root (409)', state(5), { oldSize: 5, size: 5, root: other }, { kind: 'fork', size: 5 }],
    ['the same, behind a wrong old size (409)', state(5), { oldSize: 2, size: 5, root: other }, { kind: 'fork', size: 5 }],
    ['the same, behind a proof (409)', state(5), { oldSize: 5, size: 5, root: other, proof: [other] }, { kind: 'fork', size: 5 }],
    ['the same size and root with a proof (422)', state(5), { oldSize: 5, ...state(5), proof: [other] }, { kind: 'unprocessable' }],
    ['no proof (422)', state(5), { oldSize: 5, ...state(8) }, { kind: 'unprocessable' }],
    ['a proof from nothing (422)', undefined, { oldSize: 0, ...state(8), proof: [other] }, { kind: 'unprocessable' }],
    ['a proof from the empty tree (422)', state(0), { oldSize: 0, ...state(8), proof: [other] }, { kind: 'unprocessable' }],
    ['an empty tree with the root of another (422)', undefined, { oldSize: 0, size: 0, root: other }, { kind: 'unprocessable' }],
    ['an empty tree', undefined, { oldSize: 0, size: 0, root: emptyRoot() }, { kind: 'accept' }],
    ['growth from the empty tree', state(0), { oldSize: 0, ...state(8) }, { kind: 'accept' }],
  ])('answers to %s', (_title, seen, request, answer) => {
    expect(judgeCheckpoint(seen, { proof: [], ...request })).toEqual(answer)
  })
})
