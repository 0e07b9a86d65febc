// Why this exists: what is printed must be read by a real decoder, from the very path that is printed, and its lines must fit on the sticker.
import { labelCode, labelUrl, signLabel, verifyLabel, writeLabelSheet, writeLabelSvg } from 'tongheng/label'
import { change, createFakeAuthorities, type FakeAuthorities, fixtures } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { faultOf } from '../base/fault.js'
import { randomOf } from '../fuzz/random.js'
import { decodePicture } from '../support/decoder.ts'
import { modulesOf, photograph } from '../support/label-picture.ts'
import { NODE } from './labels.ts'

const AT = '2025-03-12T17:00:00+08:00'
const { F01, F02 } = fixtures
let world: FakeAuthorities
let one: Uint8Array
let two: Uint8Array
let failed: Uint8Array

beforeAll(async () => {
  world = await createFakeAuthorities({ algorithms: ['ES256', 'SGD_SM3_SM2'] })
  const status = { uri: 'https://node-51.example/v1/status-lists/CD-1', idx: 417 }
  const statement = await world.sign('CD', F01.record, { status })
  one = (await signLabel(statement, { signers: [world.signer('CD')], at: AT })).octets
  two = (await signLabel(statement, { signers: [world.signer('CD'), world.signer('CD', 'SGD_SM3_SM2')], at: AT })).octets
  failed = (await signLabel(await world.sign('YB', F02.record), { signers: [world.signer('YB')], at: '2025-04-02T17:00:00+08:00' })).octets
})

const random = (): (() => number) => {
  const numbers = randomOf('label')
  return () => numbers.below(1_000_000) / 1_000_000
}

describe('the code', () => {
  it('is version 11 with ES256 and version 13 with an SM2 signature too', () => {
    expect([labelCode(one, NODE).size, labelCode(two, NODE).size].map((size) => (size - 17) / 4)).toEqual([11, 13])
  })

  it('is decoded from the printed path by a third-party decoder, and judged from that text', async () => {
    for (const octets of [one, two, failed]) {
      const { path, size, text } = labelCode(octets, NODE)
      const read = await decodePicture(photograph(modulesOf(path, size), { pixels: 4, random: random() }))
      expect(read).toEqual([text])
      expect(text).toBe(labelUrl(octets, NODE))
    }
    const { path, size } = labelCode(one, NODE)
    const [text = ''] = await decodePicture(
      photograph(modulesOf(path, size), { pixels: 4, turned: 7, noise: 12, blurred: 0.7, random: random() }),
    )
    const options = { at: '2025-06-16T09:00:00+08:00', trust: world.trust, agreements: [world.agreement], policy: { region: '50' } }
    expect((await verifyLabel(text, options)).label?.plate).toBe('川A·T0001')
  })
})

const textsIn = (svg: string): string[] => [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text as string)

describe('the sticker', () => {
  it('has a quiet zone of four modules and, under it, the values that are compared by eye', () => {
    const svg = writeLabelSvg(one, { node: NODE })
    const { size } = labelCode(one, NODE)
    const [, x, y, module] = /translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+)\)/.exec(svg) ?? []
    expect([Number(y), Number(module)]).toEqual([1.6, 0.4])
    expect(Number(x)).toBeCloseTo((40 - (size + 8) * 0.4) / 2 + 1.6, 3)
    expect(textsIn(svg)).toEqual([
      '检定合格',
      '川A·T0001',
      '有效期至 2026-03-11',
      '出厂编号 TX9A2303117',
      '特征系数 K 1024',
      '封印 CDF-889201 CDF-889202',
      '证书编号 川计检字20250312-00417',
    ])
    expect(textsIn(writeLabelSvg(failed, { node: NODE, language: 'en' }))).toEqual([
      'Failed, not to be used',
      '渝B·T0002',
      'Verified on 2025-04-02',
      'Serial 230900777',
      'Certificate 渝检通2025-0098',
    ])
    expect(svg).toContain('<title>检定标签 川计检字20250312-00417</title>')
  })

  it('has every line within its width and its height', () => {
    for (const octets of [one, two, failed]) {
      const svg = writeLabelSvg(octets, { node: NODE })
      for (const [, y = '', font = '', text = ''] of svg.matchAll(/ y="([\d.]+)" font-size="([\d.]+)"[^>]*>([^<]*)</g)) {
        const ems = [...text].reduce((sum, character) => sum + (character >= '\u1100' ? 1 : 0.62), 0)
        expect(ems * Number(font), text).toBeLessThanOrEqual(37.01)
        expect(Number(font), text).toBeGreaterThanOrEqual(1.8)
        expect(Number(y), text).toBeLessThanOrEqual(60)
      }
    }
  })

  it('breaks a long line, and escapes markup', async () => {
    const record = change(F01.record, ['/certificateNo', `<script>&"'${'川计检字'.repeat(8)}`])
    const { octets } = await signLabel(await world.sign('CD', record), { signers: [world.signer('CD')], at: AT })
    const svg = writeLabelSvg(octets, { node: NODE, height: 80 })
    expect(svg).not.toContain('<script>')
    expect(textsIn(svg).length).toBeGreaterThan(7)
    expect(textsIn(svg).slice(6).join('')).toContain('&lt;script&gt;&amp;&quot;&#39;')
  })

  it('is refused where it is too small, or has modules that phones cannot read', () => {
    expect(faultOf(() => writeLabelSvg(one, { node: NODE, width: 25 })).code).toBe('label.sticker-small')
    expect(faultOf(() => writeLabelSvg(one, { node: NODE, height: 40 })).details).toMatchObject({ given: '40 × 40' })
    expect(faultOf(() => writeLabelSvg(one, { node: NODE, module: 0.39 })).code).toBe('verify.options')
    expect(faultOf(() => writeLabelSvg(one.subarray(0, 50), { node: NODE })).code).toBe('label.damaged')
    expect(faultOf(() => writeLabelSvg(one, { node: 'nowhere' })).code).toBe('label.node-address')
    expect(writeLabelSvg(one, { node: NODE, width: 60, height: 80, module: 0.6 })).toContain('scale(0.6)')
  })
})

describe('a sheet', () => {
  it('of A4 has sixteen stickers of 40 × 60 mm a page, in the given order', () => {
    const html = writeLabelSheet([...Array.from({ length: 17 }, () => one), failed], { node: NODE })
    expect(html).toContain('@page{size:210mm 297mm;margin:0}')
    const pages = html.split('<svg ').slice(1)
    expect(pages.map((page) => page.split('<g transform').length - 1)).toEqual([16, 2])
    expect(pages[1]).toContain('检定不合格')
    expect(pages[0]).not.toContain('检定不合格')
    const places = [...(pages[0] as string).matchAll(/<g transform="translate\((\d+) (\d+)\)">/g)].map(([, x, y]) => [Number(x), Number(y)])
    expect(new Set(places.map(String)).size).toBe(16)
    expect(places.every(([x, y]) => (x as number) + 40 <= 200 && (y as number) + 60 <= 287)).toBe(true)
  })

  it('of a roll has one sticker a page, and in SVG its pages are one below the other', () => {
    const html = writeLabelSheet([one, two, failed], { node: NODE, paper: 'roll' })
    expect(html).toContain('@page{size:40mm 60mm;margin:0}')
    expect(html.split('<svg ')).toHaveLength(4)
    const svg = writeLabelSheet([one, two, failed], { node: NODE, paper: 'roll', format: 'svg' })
    expect(svg).toMatch(/^<svg [^>]*width="40mm" height="180mm"/)
    expect(svg.split('<path ')).toHaveLength(4)
    expect(writeLabelSheet([], { node: NODE })).not.toContain('<svg')
  })

  it('refers to nothing outside, and refuses a sticker larger than its page', () => {
    const html = writeLabelSheet([one], { node: NODE })
    expect(html).not.toMatch(/<script|<link|src=|url\(|@import/)
    expect(faultOf(() => writeLabelSheet([one], { node: NODE, width: 200 })).code).toBe('label.sticker-large')
  })
})
