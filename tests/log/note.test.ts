// Why this exists: a checkpoint commits a log; a reader must be sure which log signed it and what it states.
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { emptyRoot, type NoteKey, openCheckpoint, readNoteKey } from 'tongheng/log'
import { describe, expect, it } from 'vitest'
import { faultOfAsync } from '../base/fault.js'

const ORIGIN = 'tongheng-51/log'
interface Maker {
  readonly vkey: string
  line(text: string, at?: number): string
}
function makerOf(name: string, type: 1 | 4): Maker {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url')
  const key = Buffer.concat([Buffer.of(type), raw])
  const id = createHash('sha256').update(`${name}\n`).update(key).digest().subarray(0, 4)
  const signed = (text: string, by: KeyObject): Buffer => sign(null, Buffer.from(text), by)
  return {
    vkey: `${name}+${id.toString('hex')}+${key.toString('base64')}`,
    line(text, at = 1_750_000_000) {
      const time = Buffer.alloc(8)
      time.writeBigUInt64BE(BigInt(at))
      const signature =
        type === 1 ? signed(text, privateKey) : Buffer.concat([time, signed(`cosignature/v1\ntime ${at}\n${text}`, privateKey)])
      return `— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`
    },
  }
}
const log = makerOf(ORIGIN, 1)
const witness = makerOf('tongheng-50/witness', 4)
const root = Buffer.from(emptyRoot()).toString('base64')
const text = `${ORIGIN}\n7\n${root}\n`
const open = async (note: string, witnesses: readonly NoteKey[] = []) => openCheckpoint(note, await readNoteKey(log.vkey), witnesses)
const note = (body = text, lines = log.line(body)): string => `${body}\n${lines}`

/**
 * A published checkpoint of a Certificate Transparency log (staging), with cosignatures; its first signature is of an unsupported
 * type.
 */
const PUBLISHED = {
  note: `arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
`,
  keys: [
    'arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f',
    'transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM',
    'witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO',
    'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2',
    'witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv',
  ],
}

describe('a checkpoint', () => {
  it('is read from a note signed by its log, with any extensions and unknown signatures', async () => {
    expect(await open(note())).toMatchObject({ origin: ORIGIN, size: 7, cosignatures: [] })
    const extended = `${text}extension\n`
    expect(await open(note(extended, log.line(extended) + makerOf('stranger', 1).line('x')))).toMatchObject({ size: 7, text: extended })
  })

  it('can have post-quantum signatures, up to sixteen', async () => {
    const long = Array.from({ length: 16 }, (_, at) => `— w${at} ${Buffer.alloc(4 + 4_900, at + 1).toString('base64')}\n`).join('')
    expect((await open(note(text, log.line(text) + long))).size).toBe(7)
  })

  it('of a public log is opened with the published keys of the log and its witnesses', async () => {
    const [arche, ...witnesses] = await Promise.all(PUBLISHED.keys.map(readNoteKey))
    const { origin, size, cosignatures } = await openCheckpoint(PUBLISHED.note, arche as NoteKey, witnesses)
    expect([origin, size]).toEqual(['arche2025h1.staging.ct.transparency.dev', 1_432_088_532])
    expect(cosignatures).toEqual([
      { name: 'transparency.dev/DEV:witness-little-garden', at: 1_779_573_024 },
      { name: 'witness1.smartit.nu/witness1', at: 1_779_573_024 },
      { name: 'remora.n621.de', at: 1_779_573_024 },
      { name: 'witness.stagemole.eu', at: 1_779_573_024 },
    ])
    const bent = PUBLISHED.note.replace('1432088532', '1432088533')
    expect((await faultOfAsync(() => openCheckpoint(bent, arche as NoteKey))).code).toBe('note.signature')
  })

  it('is not accepted if only another log signed it', async () => {
    const other = makerOf('tongheng-50/log', 1)
    const fault = await faultOfAsync(async () => open(note(text, other.line(text)), [await readNoteKey(other.vkey)]))
    expect(fault).toEqual({ code: 'note.unsigned', details: { name: ORIGIN } })
  })

  it('lists the known witnesses that cosigned it, with the time', async () => {
    const known = [await readNoteKey(witness.vkey)]
    const cosigned = note(text, log.line(text) + witness.line(text, 1_750_000_123))
    expect((await open(cosigned, known)).cosignatures).toEqual([{ name: 'tongheng-50/witness', at: 1_750_000_123 }])
    expect((await open(cosigned)).cosignatures).toEqual([])
    for (const line of [witness.line(text, 0), witness.line(`${text}x`)])
      expect((await faultOfAsync(() => open(note(text, log.line(text) + line), known))).code).toBe('note.signature')
  })

  it.each<[string, () => string, string]>([
    ['signed by nobody known', () => note(text, makerOf('stranger', 1).line(text)), 'note.unsigned'],
    ['signed by a key of the same name', () => note(text, makerOf(ORIGIN, 1).line(text)), 'note.unsigned'],
    ['with one character changed', () => note(text).replace('\n7\n', '\n8\n'), 'note.signature'],
    ['of another log', () => note(`other\n7\n${root}\n`), 'checkpoint.origin'],
    ['whose size has a zero before it', () => note(`${ORIGIN}\n07\n${root}\n`), 'checkpoint.form'],
    ['whose size is negative', () => note(`${ORIGIN}\n-1\n${root}\n`), 'checkpoint.form'],
    ['whose size is beyond counting', () => note(`${ORIGIN}\n9999999999999999\n${root}\n`), 'checkpoint.form'],
    ['whose root is short', () => note(`${ORIGIN}\n7\n${root.slice(4)}\n`), 'checkpoint.form'],
    ['with an empty line among its extensions', () => note(`${text}a\n\nb\n`), 'checkpoint.form'],
    ['too long in UTF-8', () => note(`${text}${'衡'.repeat(44_000)}\n`), 'note.form'],
    ['without an origin', () => note(`\n7\n${root}\n`), 'checkpoint.form'],
    ['with half a character', () => note(`${text}\ud800\n`), 'note.form'],
    ['without a root', () => note(`${ORIGIN}\n7\n`), 'checkpoint.form'],
    ['without a signature', () => text, 'note.form'],
    ['without its last line break', () => note().slice(0, -1), 'note.form'],
    ['with a line that is no signature', () => `${note()}x\n`, 'note.form'],
    ['with a hyphen for the dash', () => note().replace('— ', '- '), 'note.form'],
    ['with carriage returns', () => note().replaceAll('\n', '\r\n'), 'note.form'],
    ['with a hundred and one signatures', () => note(text, log.line(text).repeat(101)), 'note.form'],
    ['too long', () => note(`${text}${'x'.repeat(140_000)}\n`), 'note.form'],
  ])('is rejected %s', async (_title, make, code) => {
    expect((await faultOfAsync(() => open(make()))).code).toBe(code)
  })

  it.each([
    ['no key', ''],
    ['another identifier', log.vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['another name', `x${log.vkey}`],
    ['a short key', log.vkey.slice(0, -4)],
    ['an unknown type', makerOf('x', 2 as 1).vkey],
  ])('rejects a key of %s', async (_title, vkey) => {
    expect((await faultOfAsync(() => readNoteKey(vkey))).code).toBe('note.key')
  })
})
