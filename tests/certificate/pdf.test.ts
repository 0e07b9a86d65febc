// Why this exists: a customer holds the PDF for years. It must hold the signed record, be the same each time, and not show anything else
// than was signed.
import { readCertificatePdf, writeCertificateHtml, writeCertificatePdf } from 'tongheng/certificate'
import { labelCode, labelUrl, signLabel } from 'tongheng/label'
import type { AnyRecord, VerificationRecord } from 'tongheng/records'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { font, records } from './records.ts'
import { PAGE, RECORD, rewriteStream } from './rewrite-pdf.ts'

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const { F01, F12 } = fixtures

let world: FakeAuthorities
let signed: string
let pdf: Uint8Array
beforeAll(async () => {
  world = await createFakeAuthorities()
  signed = await world.sign('CD', F01.record)
  pdf = await writeCertificatePdf(signed, { font })
})

describe('a certificate in PDF', () => {
  it('is the same each time, octet for octet', async () => {
    expect(Buffer.compare(await writeCertificatePdf(signed, { font }), pdf)).toBe(0)
    expect(Buffer.compare(await writeCertificatePdf(signed, { font: new Uint8Array(font) }), pdf)).toBe(0)
  })

  it('meets the visible requirements of PDF/A-3a: XMP, output intent, tags, language, embedded font, associated file', () => {
    const text = latin1(pdf)
    expect(text).toMatch(/^%PDF-1\.7\n/)
    expect(text).toMatch(/<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>A<\/pdfaid:conformance>/)
    for (const part of [
      '/OutputIntents',
      '/S /GTS_PDFA1',
      '/StructTreeRoot',
      '/Marked true',
      '/Lang (zh-CN)',
      '/FontFile',
      '/AFRelationship /Source',
      '/AF [',
    ])
      expect(text, part).toContain(part)
    expect(text).not.toMatch(/\/JavaScript|\/Launch|\/URI|\/Encrypt/)
  })

  it('is written for every record, in every language', async () => {
    for (const [name, record] of records)
      expect(latin1((await writeCertificatePdf(record, { font })).subarray(0, 8)), name).toBe('%PDF-1.7')
    for (const language of ['en', 'both'] as const)
      expect((await writeCertificatePdf(F12.record, { font, language })).length).toBeGreaterThan(10_000)
  })

  it('repeats the head of a table on each page, and loses no row', async () => {
    const [table] = (F01.record as VerificationRecord).results
    const rows = Array.from({ length: 400 }, (_, n) => [String(n + 1), '-1.57', '-4.0', '1.0', 'pass'])
    const long = { ...F01.record, results: [{ ...table, rows }] } as unknown as AnyRecord
    const text = latin1(await writeCertificatePdf(long, { font }))
    const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0
    expect(count(/\/S \/TR\n/g) - count(/\/S \/Table\n/g)).toBe(400 + 2 + 1)
    expect(count(/\/S \/Table\n/g)).toBeGreaterThan(8)
  })

  it('prints a very wide table with long cells, and omits none', async () => {
    const cell = '很长的单元格'.repeat(33)
    const columns = Array.from({ length: 30 }, (_, n) => ({ role: 'condition', name: { zh: `条件${n}` } }))
    const wide = {
      ...F01.record,
      results: [{ id: 'wide', name: { zh: '宽表' }, columns, rows: [columns.map(() => cell)] }],
    } as unknown as AnyRecord
    const text = latin1(await writeCertificatePdf(wide, { font }))
    expect((text.match(/\/S \/TD\n/g) ?? []).length).toBeGreaterThanOrEqual(30)
  })

  it('reports a character that the font lacks, and leaves none blank', async () => {
    const record = { ...F01.record, applicant: { name: '示例𪚥业有限公司' } } as AnyRecord
    await expect(writeCertificatePdf(record, { font })).rejects.toMatchObject({
      code: 'certificate.glyph',
      message: expect.stringContaining('U+2A6A5'),
    })
  })

  it('reports an unreadable font', async () => {
    await expect(writeCertificatePdf(signed, { font: new Uint8Array(100) })).rejects.toMatchObject({ code: 'certificate.font' })
  })

  it('writes no markup of a record into its metadata', async () => {
    const record = { ...F01.record, certificateNo: '<x>&"</rdf:li>' } as AnyRecord
    const text = latin1(await writeCertificatePdf(record, { font }))
    expect(text.slice(text.indexOf('<x:xmpmeta'), text.indexOf('</x:xmpmeta>'))).not.toContain('<x>')
  })
})

describe('a certificate that is read back', () => {
  it('returns the signed record, and confirms that the pages show it', async () => {
    expect(await readCertificatePdf(pdf, { font })).toEqual({ statement: signed, pages: 'same' })
    const both = await writeCertificatePdf(signed, { font, language: 'both' })
    expect(await readCertificatePdf(both, { font })).toEqual({ statement: signed, pages: 'same' })
  })

  it('has the code of the label on it, and is compared with it', async () => {
    const { octets } = await signLabel(signed, { signers: [world.signer('CD')], at: DEMONSTRATION_TIME })
    const label = labelUrl(octets, 'https://jl.example.cn')
    expect(await readCertificatePdf(await writeCertificatePdf(signed, { font, label }), { font })).toEqual({
      statement: signed,
      pages: 'same',
    })
    expect(writeCertificateHtml(signed, { label })).toContain(labelCode(octets, 'https://jl.example.cn').path)
    for (const wrong of ['https://jl.example.cn/', 'hello', ''])
      expect(() => writeCertificateHtml(signed, { label: wrong })).toThrow(expect.objectContaining({ code: 'certificate.label' }))
  })

  it('reports a difference where the pages were changed and all else is intact', async () => {
    const forged = rewriteStream(pdf, PAGE, (content) => content.replace(/<[0-9a-f]{4}/, '<0041'))
    expect(await readCertificatePdf(forged, { font })).toEqual({ statement: signed, pages: 'differ' })
  })

  it('reports a difference where the pages are those of another record', async () => {
    const other = await world.sign('YB', fixtures.F02.record)
    const pages = await writeCertificatePdf(other, { font })
    const forged = rewriteStream(pages, RECORD, () => signed)
    expect(await readCertificatePdf(forged, { font })).toEqual({ statement: signed, pages: 'differ' })
  })

  it('is not compared without the font, with another font, or after another program', async () => {
    expect((await readCertificatePdf(pdf)).pages).toBe('no-font')
    const otherFont = new Uint8Array([...font, 0])
    expect((await readCertificatePdf(pdf, { font: otherFont })).pages).toBe('other-font')
    expect((await readCertificatePdf(Buffer.concat([pdf, Buffer.from('\n% a comment\n')]), { font })).pages).toBe('saved-again')
  })

  it.each([
    ['no PDF at all', () => Buffer.from('hello')],
    ['an empty file', () => new Uint8Array(0)],
    ['the beginning of one', () => pdf.subarray(0, 3000)],
    ['a draft, which has no signed record', () => writeCertificatePdf(F01.record, { font })],
    ['one with two records', () => Buffer.concat([pdf, pdf])],
    ['two million objects that never end', () => Buffer.from(`%PDF-1.7\n${'1 0 obj\n'.repeat(2_000_000)}`)],
    ['two million objects with one end', () => Buffer.from(`%PDF-1.7\n${'1 0 obj\n'.repeat(2_000_000)}endobj\n`)],
  ])('is refused with a code: %s', async (_, file) => {
    await expect(readCertificatePdf(await file(), { font })).rejects.toMatchObject({ code: 'certificate.pdf' })
  })

  it('with any damage gives a result or a coded error', async () => {
    let seed = 7
    const next = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed % below
    }
    for (let n = 0; n < 40; n++) {
      const damaged = Buffer.from(pdf)
      for (let at = 0; at < 8; at++) damaged[next(damaged.length)] = next(256)
      const answer = await readCertificatePdf(damaged, { font: new Uint8Array(1) }).catch((error: { code?: string }) => error.code)
      expect(['certificate.pdf', 'certificate.font', undefined]).toContain(typeof answer === 'string' ? answer : undefined)
    }
  })
})
