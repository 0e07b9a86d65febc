// Why this exists: a genuine record may have members that this version does not know. Pages that omit them silently do not show what was
// signed.
import { readCertificatePdf, writeCertificateHtml, writeCertificatePdf } from 'tongheng/certificate'
import { parsePayload, parseStatement, signStatement } from 'tongheng/envelope'
import { decodeRecord } from 'tongheng/records'
import { createFakeAuthorities, type FakeAuthorities, fixtures } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { font } from './records.ts'

const TYPE = 'metrology-record+jwt'
const { F01, F10, F12 } = fixtures
let world: FakeAuthorities
beforeAll(async () => {
  world = await createFakeAuthorities()
})

type Members = { readonly instrument: object; readonly points: readonly object[] }

/** A record of a later version of the kind: with members that this version does not know. */
async function later(by: 'CD' | 'SC-AMR', record: object, change: (record: Members) => void): Promise<string> {
  const claims = parsePayload(parseStatement(await world.sign(by, record as never), TYPE)) as unknown as { record: Members }
  change(claims.record)
  return signStatement(claims, { typ: TYPE, signer: world.signer(by) })
}

describe('a record with unknown members', () => {
  it('is printed with a notice on the first page, and with each of them as signed, in every language', async () => {
    const statement = await later('CD', F01.record, (record) => {
      Object.assign(record, { climate: { class: 'T<2>', since: '2025-01-01' } })
      Object.assign(record.instrument, { firmware: 'V7.31' })
    })
    expect(decodeRecord(statement)?.newer).toEqual(expect.arrayContaining(['/climate', '/instrument/firmware']))
    for (const [language, notice] of [
      ['zh', /注意：签名记录中有本版本不认识的内容 2 处/],
      ['en', /Note: the signed record holds 2 part\(s\) that this version does not know/],
      ['both', /注意：[\s\S]*Note: the signed record/],
    ] as const) {
      const html = writeCertificateHtml(statement, { language })
      const [cover = '', inner = ''] = html.split('<section class="inner"')
      expect(cover).toMatch(notice)
      for (const part of ['/climate', '/instrument/firmware']) expect(cover).toContain(part)
      expect(inner).toContain('{&quot;class&quot;:&quot;T&lt;2&gt;&quot;,')
      expect(inner).toContain('&quot;V7.31&quot;')
      const pdf = await writeCertificatePdf(statement, { font, language })
      expect(await readCertificatePdf(pdf, { font })).toEqual({ statement, pages: 'same' })
    }
  })

  it('prints a value that a later version added to a list, in a table, in a record of any kind', async () => {
    const purpose = await later('CD', F01.record, (record) => Object.assign(record, { purpose: 'space-travel' }))
    expect(writeCertificateHtml(purpose)).toMatch(/本版本不认识的内容 1 处（\/purpose）/)
    const point = await later('SC-AMR', F12.record, (record) => Object.assign(record.points[0] as object, { weight: '0.5' }))
    expect(writeCertificateHtml(point)).toContain('/points/0/weight')
    const specification = await later('SC-AMR', F10.record, (record) => Object.assign(record, { stage: 'draft' }))
    expect(writeCertificateHtml(specification)).toContain('/stage')
  })

  it('prints the beginning of a long value, and its length', async () => {
    const statement = await later('CD', F01.record, (record) => Object.assign(record, { trace: 'x'.repeat(5000) }))
    const html = writeCertificateHtml(statement)
    expect(html).toMatch(/x{1999} … \(5002\)/)
    expect((await writeCertificatePdf(statement, { font })).length).toBeGreaterThan(10_000)
  })

  it('has no such part where every member is known; in a draft they are errors', async () => {
    expect(writeCertificateHtml(await world.sign('CD', F01.record))).not.toContain('不认识')
    expect(() => writeCertificateHtml({ ...F01.record, climate: 1 } as never)).toThrow(
      expect.objectContaining({ code: 'certificate.record' }),
    )
  })
})
