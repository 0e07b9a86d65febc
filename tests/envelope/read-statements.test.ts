// Why this exists: files of statements pass through editors, mail, shells and spreadsheets. Characters that such a tool adds must
// not affect the verdict on a certificate, and a file of another kind must be reported as such. All commands and calls use this
// reader.
import {
  coSign,
  createSigner,
  generateKey,
  parseStatement,
  readStatement,
  readStatements,
  signStatement,
  streamStatements,
} from 'tongheng/envelope'
import { isTonghengError } from 'tongheng/errors'
import { beforeAll, describe, expect, it } from 'vitest'

const typ = 'metrology-record+jwt'
let a: string
let a2: string
let b: string
let receipt: string

beforeAll(async () => {
  const [one, two] = await Promise.all([generateKey(), generateKey('Ed25519')])
  const [signer, other] = [await createSigner(one.privateJwk), await createSigner(two.privateJwk)]
  a = await signStatement({ n: 1 }, { typ, signer })
  a2 = await coSign(a, { typ, signer: other })
  b = await signStatement({ n: 2 }, { typ, signer })
  receipt = await signStatement({ n: 3 }, { typ: 'metrology-receipt+jwt', signer })
})

const codeOf = (content: Uint8Array | string): string | undefined => {
  try {
    readStatements(content)
    return undefined
  } catch (error) {
    return isTonghengError(error) ? error.code : String(error)
  }
}
const utf16 = (text: string, mark: boolean): Uint8Array => Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le')

const utf32 = (text: string): Buffer => Buffer.from(Uint32Array.from(text, (character) => character.codePointAt(0) as number).buffer)

describe('a text of statements', () => {
  it('yields the same statements with any blanks, blank lines and line breaks', () => {
    for (const text of [a, `\ufeff${a}`, `\ufeff\r\n${a}`, `${a}\n`, `${a}\r\n`, `\n\n ${a}\t \n\n`, `${a} \r\n\r\n`])
      expect(readStatements(text).map(({ signed }) => signed)).toEqual([a])
    expect(readStatements(`\n${a}\n\n${b}\r\n`)).toEqual([
      { line: 2, signed: a },
      { line: 4, signed: b },
    ])
  })

  // This took half a minute of processor time before; a public call of a node reads its body by this reader.
  it('with a long run of blanks within a line is read in linear time', () => {
    const blanks = ' \t'.repeat(130_000)
    expect(codeOf(`x${blanks}x`)).toBe('content.unknown')
    expect(readStatements(`${blanks}${a}${blanks}\n`).map(({ signed }) => signed)).toEqual([a])
  })

  it('yields one record for consecutive signatures of the same content, and one for a repeated line', () => {
    expect(readStatements(`${a}\n${a2}\n${b}\n${b}\n${a}`)).toEqual([
      { line: 1, signed: [a, a2] },
      { line: 3, signed: b },
      { line: 5, signed: a },
    ])
    expect(readStatement(`${a}\n\n${a2}\n`)).toEqual([a, a2])
    expect(() => readStatement(`${a}\n${b}`)).toThrow('[content.several]')
  })

  it('yields the same statements for chunks of any size', async () => {
    const bytes = Buffer.from(`\ufeff${a}\r\n${a2}\n\n${b}`)
    for (const size of [1, 7, 4096]) {
      async function* pieces() {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
      }
      const read = []
      for await (const one of streamStatements(pieces())) read.push(one)
      expect(read).toEqual(readStatements(bytes))
    }
  })

  it('yields a damaged statement unchanged, so that it is judged', () => {
    for (const text of [a.slice(0, 60), `${a}=`, `${a}.`, `${a.slice(0, 30)}+${a.slice(31)}`])
      expect(readStatements(text)).toEqual([{ line: 1, signed: text }])
    const long = `${a}${'A'.repeat(300_000)}`
    const [cut] = readStatements(long)
    expect(() => parseStatement(cut?.signed as string, typ)).toThrow('[format.too-large]')
  })
})

describe('a text without statements', () => {
  it.each([
    ['content.empty', ''],
    ['content.empty', ' \r\n\n'],
    ['content.empty', '\ufeff'],
    // The first byte order mark belongs to the file; further ones result from joining files.
    ['content.byte-order-mark', () => `\ufeff\ufeff${a}`],
    ['content.byte-order-mark', () => `${a}\n\ufeff${b}`],
    ['content.byte-order-mark', () => `\n\ufeff${a}`],
    ['content.utf-16', () => utf16(a, true)],
    ['content.utf-16', () => utf16(a, false)],
    ['content.utf-16', () => Buffer.from(utf16(a, true)).swap16()],
    ['content.utf-16', () => Buffer.from(utf16(a, false)).swap16()],
    ['content.utf-16', () => utf32(`\ufeff${a}`)],
    ['content.utf-16', () => utf32(a)],
    ['content.utf-16', () => utf32(`\ufeff${a}`).swap32()],
    ['content.utf-16', () => utf32(a).swap32()],
    ['content.record', '\ufeff{"kind":"verification-record"}'],
    ['content.pdf', '%PDF-1.7\n%âãÏÓ\n1 0 obj'],
    ['content.archive', 'PK\x03\x04\x14\x00'],
    ['content.image', () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ['content.image', () => Buffer.from('RIFF\x24\0\0\0WEBPVP8 ', 'latin1')],
    ['content.image', () => Buffer.from('\0\0\0\x24ftypheic\0\0\0\0mif1', 'latin1')],
    ['content.xml', '<?xml version="1.0"?>\n<dcc/>'],
    ['content.xml', '\n<!doctype html>'],
    ['content.pem', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
    ['content.evidence', '{"format":"tongheng-evidence","anchors":[],"verdict":{"outcome":"recognised"}}'],
    ['content.trust-draft', '{\n  "format": "tongheng-trust-draft"\n}'],
    ['content.agreement-draft', '{"format":"tongheng-agreement-draft"}'],
    ['content.trust-file', '{"anchors":[{"authority":"x"}],"trustLists":[]}'],
    ['content.verdict', '[{"file":"a.jws","outcome":"not-recognised","kind":"verification-record"}]'],
    ['content.node-answer', () => `{"statementId":"x","statement":"${a}"}`],
    ['content.jws-json', '{"payload":"eyJ","signatures":[{"signature":"x"}]}'],
    ['content.key', '{"kty":"EC","crv":"P-256"}'],
    ['content.record', '{\n  "kind": "verification-record",\n  "version": 1\n}'],
    ['content.quoted', () => `"${a}"\n`],
    ['content.json', '{"a":1}'],
    ['content.unknown', '您好'],
    ['content.receipt', () => receipt],
    ['content.receipt', () => `${a}\n${receipt}`],
    ['content.line', () => `${a}\n-- \nsent by mail\n`],
    ['content.line', () => `${a}\n{"kind":"verification-record"}\n`],
    ['content.broken-lines', () => a.replace(/.{60}/g, '$&\n')],
  ] as const)('is refused as %s', (code, content) => {
    expect(codeOf(typeof content === 'function' ? content() : content)).toBe(code)
  })

  it('is reported with the name of its file, in both languages', () => {
    expect(() => readStatements('%PDF-1.7', { name: '证书.pdf' })).toThrow(/证书\.pdf 是 PDF 文件.*证书\.pdf is a PDF file/)
    expect(() => readStatements('', {})).toThrow(/输入 是空的.*The input is empty/)
  })
})
