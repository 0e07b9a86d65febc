// Why this exists: third-party programs read what a node signs, and it is permanent. A signature by the wrong key, over the wrong
// text or in place of another would make the log unusable.
import { createSigner, generateKey, type PublicJwk } from 'tongheng/envelope'
import {
  addSignatures,
  cosignCheckpoint,
  createNoteSigner,
  emptyRoot,
  type NoteRole,
  noteKeyOf,
  openCheckpoint,
  readCheckpoint,
  readNoteKey,
  signaturesBy,
  signCheckpoint,
  writeNoteKey,
} from 'tongheng/log'
import { describe, expect, it } from 'vitest'
import { faultOf, faultOfAsync } from '../base/fault.js'
import { holderOf } from './signers.js'
import { hex, leavesOf, naive } from './trees.js'

const ORIGIN = 'tongheng-51/log'
const log = await holderOf(ORIGIN, 'log')
const witness = await holderOf('tongheng-50/witness', 'witness')
const other = await holderOf('tongheng-53/witness', 'witness')
const root = naive(leavesOf(7))
const head = { origin: ORIGIN, size: 7, root }
const note = await signCheckpoint(head, log.signer)

describe('a signed checkpoint', () => {
  it('is read back unchanged', async () => {
    expect(note).toMatch(new RegExp(`^${ORIGIN}\n7\n[A-Za-z0-9+/]{43}=\n\n— ${ORIGIN} [A-Za-z0-9+/]{91}=\n$`))
    const opened = await openCheckpoint(note, log.key)
    expect({ ...opened, root: hex(opened.root) }).toEqual({
      ...head,
      root: hex(root),
      text: note.slice(0, note.indexOf('\n\n') + 1),
      cosignatures: [],
    })
    expect({ ...readCheckpoint(note), root: hex(readCheckpoint(note).root) }).toEqual({ ...head, root: hex(root) })
    expect((await openCheckpoint(await signCheckpoint({ ...head, size: 2 ** 53 - 1 }, log.signer), log.key)).size).toBe(2 ** 53 - 1)
    expect((await openCheckpoint(await signCheckpoint({ ...head, size: 0, root: emptyRoot() }, log.signer), log.key)).size).toBe(0)
  })

  it('has one cosignature per witness, of which the latest counts', async () => {
    const keys = [witness.key, other.key]
    const [a, b, later] = [
      await cosignCheckpoint(note, witness.signer, 1_750_000_000),
      await cosignCheckpoint(note, other.signer, 1_750_000_001),
      await cosignCheckpoint(note, witness.signer, 1_750_000_002),
    ]
    expect(a).toMatch(/^— tongheng-50\/witness [A-Za-z0-9+/]{102}==\n$/)
    const both = addSignatures(addSignatures(note, a), b)
    expect(both).toBe(note + a + b)
    expect((await openCheckpoint(both, log.key, keys)).cosignatures).toEqual([
      { name: 'tongheng-50/witness', at: 1_750_000_000 },
      { name: 'tongheng-53/witness', at: 1_750_000_001 },
    ])
    // It replaces the earlier line; a note with both counts the witness once.
    expect(addSignatures(both, later)).toBe(note + later + b)
    expect((await openCheckpoint(note + later + a, log.key, keys)).cosignatures).toEqual([
      { name: 'tongheng-50/witness', at: 1_750_000_002 },
    ])
    expect(addSignatures(note, '')).toBe(note)
    expect(addSignatures(note, b + b)).toBe(note + b)
  })

  it('is invalid with a cosignature over another text, or with another time', async () => {
    const elsewhere = await cosignCheckpoint(await signCheckpoint({ ...head, size: 8 }, log.signer), witness.signer, 1_750_000_000)
    const line = await cosignCheckpoint(note, witness.signer, 1_750_000_000)
    const bytes = Buffer.from(line.slice(line.lastIndexOf(' ') + 1), 'base64')
    for (const at of [4, 11, 12, 75]) {
      const bent = Buffer.from(bytes)
      bent[at] = (bent[at] as number) ^ 1
      const wrong = `— tongheng-50/witness ${bent.toString('base64')}\n`
      expect((await faultOfAsync(() => openCheckpoint(note + wrong, log.key, [witness.key]))).code).toBe('note.signature')
    }
    expect((await faultOfAsync(() => openCheckpoint(note + elsewhere, log.key, [witness.key]))).code).toBe('note.signature')
    expect((await openCheckpoint(note + elsewhere, log.key, [other.key])).cosignatures).toEqual([])
  })

  it('is not signed by a witness, not cosigned by a log, and neither for another log', async () => {
    const asWitness = await createNoteSigner({ name: ORIGIN, role: 'witness', signer: log.port, jwk: log.jwk })
    expect((await faultOfAsync(() => signCheckpoint(head, asWitness))).code).toBe('note.role')
    expect((await faultOfAsync(() => cosignCheckpoint(note, log.signer, 1))).code).toBe('note.role')
    const fault = await faultOfAsync(() => signCheckpoint({ ...head, origin: 'tongheng-50/log' }, log.signer))
    expect(fault).toEqual({ code: 'checkpoint.origin', details: { origin: 'tongheng-50/log', expected: ORIGIN } })
    // If a log used one key for both roles, its cosignature would still not count as its signature.
    const line = await cosignCheckpoint(note, asWitness, 1_750_000_000)
    const unsigned = note.slice(0, note.indexOf('—')) + line
    expect((await faultOfAsync(() => openCheckpoint(unsigned, log.key))).code).toBe('note.unsigned')
    const witnessKey = await noteKeyOf(ORIGIN, log.jwk, 'witness')
    expect((await faultOfAsync(() => openCheckpoint(unsigned, witnessKey))).code).toBe('note.unsigned')
  })

  it.each([
    ['a size below none', { size: -1 }],
    ['half a leaf', { size: 0.5 }],
    ['a size beyond counting', { size: 2 ** 53 }],
    ['a short root', { root: new Uint8Array(31) }],
    ['no leaves and the root of some', { size: 0 }],
  ])('is rejected with %s', async (_title, wrong) => {
    expect((await faultOfAsync(() => signCheckpoint({ ...head, ...wrong }, log.signer))).code).toBe('checkpoint.form')
  })

  it.each([0, -1, 0.5, Number.NaN, 2 ** 53])('is not cosigned at %d', async (at) => {
    expect((await faultOfAsync(() => cosignCheckpoint(note, witness.signer, at))).code).toBe('note.time')
  })

  it('is not cosigned if it is not a checkpoint', async () => {
    expect((await faultOfAsync(() => cosignCheckpoint('nothing', witness.signer, 1))).code).toBe('note.form')
    expect((await faultOfAsync(() => cosignCheckpoint(note.replace('\n7\n', '\nseven\n'), witness.signer, 1))).code).toBe('checkpoint.form')
    expect(faultOf(() => readCheckpoint('nothing')).code).toBe('note.form')
    expect(faultOf(() => readCheckpoint(note.replace(ORIGIN, ''))).code).toBe('checkpoint.form')
  })

  it('is not returned if its signature does not verify', async () => {
    const device = {
      ...log.port,
      sign: async (bytes: Uint8Array) => (await log.port.sign(bytes)).map((octet, at) => (at === 5 ? octet ^ 1 : octet)),
    }
    const long = { ...log.port, sign: async () => new Uint8Array(65) }
    for (const signer of [device, long]) {
      const broken = await createNoteSigner({ name: ORIGIN, role: 'log', signer, jwk: log.jwk })
      expect(await faultOfAsync(() => signCheckpoint(head, broken))).toEqual({ code: 'note.signature', details: { name: ORIGIN } })
    }
  })
})

describe('untrusted signature lines', () => {
  it('are filtered by the given keys, so that they cannot replace the line of the log', async () => {
    const mine = await cosignCheckpoint(note, witness.signer, 1)
    const line = note.slice(note.indexOf('—'))
    const forged = `${line.slice(0, -20)}${line.at(-20) === 'A' ? 'B' : 'A'}${line.slice(-19)}`
    const stranger = await cosignCheckpoint(note, other.signer, 1)
    expect(signaturesBy(stranger + forged + mine, [witness.key])).toBe(mine)
    expect(signaturesBy(stranger, [witness.key])).toBe('')
    expect(signaturesBy('', [witness.key])).toBe('')
    // Without the filter, the line of the log would be lost.
    expect((await faultOfAsync(() => openCheckpoint(addSignatures(note, forged), log.key))).code).toBe('note.signature')
  })

  it.each([
    ['a text before', 'x\n'],
    ['an empty line', '\n'],
    ['no line break', '— a AAAAAAAA'],
    ['a key id alone', '— a AAAAAA==\n'],
    ['a name with a plus', '— a+b AAAAAAAA\n'],
    ['a name with a space', '— a b AAAAAAAA\n'],
    ['a name with a wide space', '— a\u3000b AAAAAAAA\n'],
    ['a name with a next line', '— a\u0085b AAAAAAAA\n'],
    ['half a character', '— a\ud800 AAAAAAAA\n'],
    ['a tabulator', '— a\tb AAAAAAAA\n'],
    ['another spelling of base64', '— a AAAAAAB=\n'],
    ['base64 without its padding', '— a AAAAAAA\n'],
    ['101 lines', Array.from({ length: 101 }, (_, at) => `— a${at} AAAAAAAA\n`).join('')],
    ['too many octets', `— a ${'AAAA'.repeat(40_000)}\n`],
  ])('are rejected with %s', (_title, lines) => {
    expect(faultOf(() => signaturesBy(lines, [witness.key])).code).toBe('note.form')
    expect(faultOf(() => addSignatures(note, lines)).code).toBe('note.form')
    expect(faultOf(() => addSignatures(note + lines, '')).code).toBe('note.form')
  })

  it('are limited to a hundred per note', () => {
    const lines = (count: number): string => Array.from({ length: count }, (_, at) => `— a${at} AAAAAAAA\n`).join('')
    expect(addSignatures(note, lines(99))).toBe(note + lines(99))
    expect(faultOf(() => addSignatures(note, lines(100))).code).toBe('note.form')
    // Each part is short enough, but the result is too long.
    const long = (name: string): string => `— ${name} ${'AAAA'.repeat(20_000)}\n`
    expect(faultOf(() => addSignatures(addSignatures(note, long('a')), long('b'))).code).toBe('note.form')
  })
})

describe('a note key', () => {
  // Published third-party keys: of Go's note package, of a witness, and one whose base64 contains a plus.
  it.each([
    'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop',
    'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2',
    'TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6',
  ])('%s is written as it was read, and read from no other spelling', async (text) => {
    const key = await readNoteKey(text)
    expect(writeNoteKey(key)).toBe(text)
    expect(writeNoteKey(await noteKeyOf(key.name, key.key.jwk, key.role))).toBe(text)
    for (let at = 0; at < text.length; at++) {
      const next = String.fromCharCode(text.charCodeAt(at) + 1)
      for (const wrong of [text.slice(0, at), text.slice(0, at) + next + text.slice(at + 1), text.slice(at + 1)])
        expect([wrong, (await faultOfAsync(() => readNoteKey(wrong))).code]).toEqual([wrong, 'note.key'])
    }
  })

  it.each<NoteRole>(['log', 'witness'])('matches its signer (%s)', async (role) => {
    const { key, signer } = await holderOf('同衡/51', role)
    expect({ name: signer.name, id: signer.id, role: signer.role }).toEqual({ name: key.name, id: key.id, role })
    expect((await readNoteKey(writeNoteKey(key))).key.kid).toBe(key.key.kid)
  })

  it.each([
    ['nothing', ''],
    ['a space', 'a b'],
    ['a wide space', 'a\u3000b'],
    ['a next line', 'a\u0085b'],
    ['a line break', 'a\nb'],
    ['a plus', 'a+b'],
    ['a control character', 'a\u0001'],
    ['half a character', 'a\udc00'],
    ['256 octets', 'x'.repeat(256)],
    ['86 Chinese characters', '衡'.repeat(86)],
  ])('cannot have a name of %s', async (_title, name) => {
    expect((await faultOfAsync(() => noteKeyOf(name, log.jwk, 'log'))).code).toBe('note.key')
    expect((await faultOfAsync(() => createNoteSigner({ name, role: 'log', signer: log.port, jwk: log.jwk }))).code).toBe('note.key')
  })

  it('can have a name of 255 octets', async () => {
    for (const name of ['x'.repeat(255), '衡'.repeat(85)])
      expect((await readNoteKey(writeNoteKey(await noteKeyOf(name, log.jwk, 'log')))).name).toBe(name)
  })

  it('must be Ed25519, a valid point, and the signer’s own', async () => {
    const { privateJwk, publicJwk } = await generateKey('ES256')
    const es256 = await createSigner(privateJwk)
    const small: PublicJwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from([1, ...new Uint8Array(31)]).toString('base64url') }
    for (const jwk of [publicJwk, small]) expect((await faultOfAsync(() => noteKeyOf(ORIGIN, jwk, 'log'))).code).toBe('note.key')
    for (const [signer, jwk] of [
      [es256, publicJwk],
      [es256, log.jwk],
      [other.port, log.jwk],
    ] as const)
      expect((await faultOfAsync(() => createNoteSigner({ name: ORIGIN, role: 'log', signer, jwk }))).code).toBe('note.key')
  })
})
