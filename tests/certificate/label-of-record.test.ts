// Why this exists: a certificate with the label of another record on it sends the person who scans it to another instrument.
import { readCertificatePdf, writeCertificateHtml, writeCertificatePdf } from 'tongheng/certificate'
import { labelDifferences, labelUrl, packLabel, signLabel } from 'tongheng/label'
import { change, createFakeAuthorities, type FakeAuthorities, fixtures } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { labelFor, NODE } from '../label/labels.ts'
import { font } from './records.ts'
import { RENDERING, rewriteStream } from './rewrite-pdf.ts'

const AT = '2025-03-12T17:00:00+08:00'
const { F01, F02, F07 } = fixtures
let world: FakeAuthorities
let record: string
let own: string
let other: string
beforeAll(async () => {
  world = await createFakeAuthorities({ algorithms: ['ES256', 'SGD_SM3_SM2'] })
  const label = async (statement: string, by: 'CD' | 'YB', at: string): Promise<string> =>
    labelUrl((await signLabel(statement, { signers: [world.signer(by)], at })).octets, NODE)
  record = await world.sign('CD', F01.record, { status: { uri: 'https://node-51.example/v1/status-lists/CD-1', idx: 417 } })
  own = await label(record, 'CD', AT)
  other = await label(await world.sign('YB', F02.record), 'YB', '2025-04-02T17:00:00+08:00')
})

describe('a certificate that is given a label', () => {
  it('prints the label of its record, whichever of its signers signed it', async () => {
    expect(writeCertificateHtml(record, { label: own })).toContain('标签：扫码核验')
    const { octets } = await signLabel(record, { signers: [world.signer('CD', 'SGD_SM3_SM2')], at: AT })
    expect(writeCertificateHtml(record, { label: labelUrl(octets, NODE) })).toContain('标签：扫码核验')
    expect(labelDifferences(own, record)).toEqual([])
  })

  it('refuses the label of another record, and names the difference', async () => {
    for (const write of [() => writeCertificateHtml(record, { label: other }), () => writeCertificatePdf(record, { font, label: other })])
      await expect((async () => write())()).rejects.toMatchObject({
        code: 'certificate.label-other',
        message: expect.stringMatching(/证书编号.*机动车号牌.*Certificate number/s),
      })
    expect(labelDifferences(other, record)).toEqual(expect.arrayContaining(['iss', 'record', 'number', 'plate', 'outcome']))
  })

  it('refuses a label that names the record with other facts, and one of the same facts from another statement', async () => {
    for (const [changes, member] of [
      [{ plate: '渝A·T0001' }, 'plate'],
      [{ outcome: 'fail' }, 'outcome'],
      [{ validUntil: '2027-03-11' }, 'validUntil'],
      [{ seals: ['CDF-889201'] }, 'seals'],
      [{ status: { list: 'AAAAAA', index: 1 } }, 'status'],
      [{ serial: undefined }, 'serial'],
    ] as const) {
      const label = labelUrl(packLabel(await labelFor(world, 'CD', record, changes as object)), NODE)
      expect(labelDifferences(label, record)).toEqual([member])
      expect(() => writeCertificateHtml(record, { label })).toThrow(expect.objectContaining({ code: 'certificate.label-other' }))
    }
    const again = await world.sign('CD', change(F01.record, ['/remarks', { zh: '换发' }]))
    expect(labelDifferences(own, again)).toContain('record')
    expect(() => writeCertificateHtml(again, { label: own })).toThrow(expect.objectContaining({ code: 'certificate.label-other' }))
  })

  it('reports where it cannot be compared: of a later version, or on a draft', () => {
    for (const [source, label, reason] of [
      [record, laterVersion(own), /第 9 版.*version 9/s],
      [F01.record, own, /未签名.*not signed/s],
    ] as const)
      expect(() => writeCertificateHtml(source, { label })).toThrow(
        expect.objectContaining({ code: 'certificate.label-uncompared', message: expect.stringMatching(reason) }),
      )
  })

  it('refuses a label where records of the kind have none', async () => {
    const calibration = await world.sign('SC-INST', F07.record)
    expect(() => writeCertificateHtml(calibration, { label: own })).toThrow(expect.objectContaining({ code: 'label.kind' }))
  })

  it('in PDF does not show what was signed where its file has the label of another record', async () => {
    const pdf = await writeCertificatePdf(record, { font, label: own })
    const forged = rewriteStream(pdf, RENDERING, (text) => text.replace(own, other))
    expect(await readCertificatePdf(forged, { font })).toEqual({ statement: record, pages: 'differ' })
  })
})

/** The same octets with another version: valid CBOR, so a label of later software. */
function laterVersion(label: string): string {
  const [address, digits] = label.split('#') as [string, string]
  const hex = BigInt(digits).toString(16).padStart(2, '0')
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  return `${address}#${BigInt(`0x09${even.slice(2)}`)}`
}
