// Why this exists: what an institute prints must be read by phones. Every label of a PDF is read back from its pages, by a renderer and a decoder of others.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLabelPdf } from 'tongheng/certificate'
import { labelUrl, signLabel } from 'tongheng/label'
import type { AnyRecord } from 'tongheng/records'
import { change, createFakeAuthorities, fixtures } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { NODE } from '../label/labels.ts'
import { decodePicture } from '../support/decoder.ts'
import type { Picture } from '../support/label-picture.ts'
import { font } from './records.ts'

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const { F01, F02 } = fixtures

let one: Uint8Array
let two: Uint8Array
let failed: Uint8Array
let ofRecord: (record: AnyRecord) => Promise<Uint8Array>
beforeAll(async () => {
  const world = await createFakeAuthorities({ algorithms: ['ES256', 'SGD_SM3_SM2'] })
  const at = '2025-03-12T17:00:00+08:00'
  ofRecord = async (record) => (await signLabel(await world.sign('CD', record), { signers: [world.signer('CD')], at })).octets
  one = await ofRecord(F01.record)
  const statement = await world.sign('CD', F01.record)
  two = (await signLabel(statement, { signers: [world.signer('CD'), world.signer('CD', 'SGD_SM3_SM2')], at })).octets
  failed = (await signLabel(await world.sign('YB', F02.record), { signers: [world.signer('YB')], at: '2025-04-02T17:00:00+08:00' })).octets
})

const hasRenderer = spawnSync('pdftoppm', ['-v']).error === undefined
const RENDERER = 'pdftoppm (skipped: not installed)'

/** Pages as grey pictures, at so many dots an inch. */
function render(pdf: Uint8Array, dpi: number): Picture[] {
  const folder = mkdtempSync(join(tmpdir(), 'tongheng-labels-'))
  try {
    writeFileSync(join(folder, 'labels.pdf'), pdf)
    execFileSync('pdftoppm', ['-gray', '-r', String(dpi), join(folder, 'labels.pdf'), join(folder, 'page')])
    const pages = readdirSync(folder).filter((name) => name.endsWith('.pgm'))
    return pages.sort().map((name) => pictureOf(readFileSync(join(folder, name))))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function pictureOf(pgm: Buffer): Picture {
  const [head = '', width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 40).toString('latin1')) ?? []
  const data = new Uint8ClampedArray(Number(width) * Number(height) * 4).fill(255)
  pgm.subarray(head.length).forEach((grey, at) => {
    data.fill(grey, at * 4, at * 4 + 3)
  })
  return { width: Number(width), height: Number(height), data }
}

const isDark = ({ width, data }: Picture, x: number, y: number): boolean => (data[(y * width + x) * 4] as number) < 128

describe(`labels in PDF, rendered by ${RENDERER}`, () => {
  it.skipIf(!hasRenderer)('of A4 are each read back by a decoder, sixteen a page, in any language', async () => {
    const labels = [...Array.from({ length: 13 }, (_, n) => n), 'two', 'failed', 'one', 'last'] as const
    const octets = await Promise.all(
      labels.map((which) => {
        if (which === 'two' || which === 'failed' || which === 'one') return { two, failed, one }[which]
        return ofRecord(change(F01.record, ['/certificateNo', `川计检字20250312-${which}`]))
      }),
    )
    for (const language of ['zh', 'en'] as const) {
      const pages = render(await writeLabelPdf(octets, { node: NODE, font, language }), 300)
      // A4 at 300 dots an inch; the renderer rounds up.
      for (const { width, height } of pages) expect([2480, 2481].includes(width) && height === 3508, `${width} × ${height}`).toBe(true)
      const read = await Promise.all(pages.map(decodePicture))
      expect(read.map(({ length }) => length)).toEqual([16, 1])
      expect(read.flat().sort()).toEqual(octets.map((one) => labelUrl(one, NODE)).sort())
    }
  })

  it.skipIf(!hasRenderer)(
    'of a roll have a page each; modules have the requested size, and four of them are clear around the code',
    async () => {
      for (const module of [0.4, 0.5]) {
        // Twenty pixels a millimetre.
        const [page, ...others] = render(await writeLabelPdf([one, failed], { node: NODE, font, paper: 'roll', height: 70, module }), 508)
        expect(others).toHaveLength(1)
        const { width, height } = page as Picture
        expect([800, 801].includes(width) && [1400, 1401].includes(height), `${width} × ${height}`).toBe(true)
        const columns = Array.from({ length: width }, (_, x) => x)
        const top = Array.from({ length: height }, (_, y) => y).find((y) => columns.some((x) => isDark(page as Picture, x, y))) as number
        expect(Math.abs(top - 4 * module * 20)).toBeLessThanOrEqual(1)
        // The first dark row is the upper side of a finder pattern: seven modules, then a light one.
        const left = columns.find((x) => isDark(page as Picture, x, top + 2)) as number
        expect(left).toBeGreaterThanOrEqual(4 * module * 20)
        const finder = columns.slice(left).findIndex((x) => !isDark(page as Picture, x, top + 2))
        expect(Math.abs(finder - 7 * module * 20)).toBeLessThanOrEqual(1)
        expect(await decodePicture(page as Picture)).toEqual([labelUrl(one, NODE)])
      }
    },
  )

  it.skipIf(!hasRenderer)('print a long number inside the sticker', async () => {
    const wide = await ofRecord(change(F01.record, ['/certificateNo', `WMWMWM-${'川计检字'.repeat(8)}`]))
    const [page] = render(await writeLabelPdf([wide], { node: NODE, font, paper: 'roll', height: 80 }), 254)
    const { width, height } = page as Picture
    const inMargin = Array.from({ length: height }, (_, y) => y).filter((y) =>
      [2, 8, width - 9, width - 3].some((x) => isDark(page as Picture, x, y)),
    )
    expect(inMargin).toEqual([])
  })
})

describe('labels in PDF', () => {
  it('are the same file each time, of PDF/A-3a by structure, with vectors only, and request printing at their own size', async () => {
    const pdf = await writeLabelPdf([one, two], { node: NODE, font })
    expect(Buffer.compare(pdf, await writeLabelPdf([one, two], { node: NODE, font: new Uint8Array(font) }))).toBe(0)
    const text = latin1(pdf)
    expect(text).toMatch(/<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>A<\/pdfaid:conformance>/)
    for (const part of ['/OutputIntents', '/StructTreeRoot', '/Marked true', '/Lang (zh-CN)', '/FontFile', '/PrintScaling /None'])
      expect(text, part).toContain(part)
    expect(text).not.toMatch(/\/JavaScript|\/Launch|\/URI|\/Encrypt|\/Subtype \/Image/)
    expect(text.match(/\/S \/Figure\n/g)).toHaveLength(2)
  })

  it('report a character that the font lacks, and a sticker that does not fit', async () => {
    const rare = await ofRecord(change(F01.record, ['/certificateNo', '川计检字𪚥']))
    await expect(writeLabelPdf([rare], { node: NODE, font })).rejects.toMatchObject({
      code: 'certificate.glyph',
      message: expect.stringContaining('U+2A6A5'),
    })
    for (const [options, code] of [
      [{ width: 25 }, 'label.sticker-small'],
      [{ width: 200 }, 'label.sticker-large'],
      [{ module: 0.39 }, 'verify.options'],
      [{ font: 'x' }, 'verify.options'],
      [{ font: new Uint8Array(50) }, 'certificate.font'],
      [{ node: 'nowhere' }, 'label.node-address'],
    ] as const)
      await expect(writeLabelPdf([one], { node: NODE, font, ...(options as object) }), code).rejects.toMatchObject({ code })
    await expect(writeLabelPdf([one.subarray(0, 40)], { node: NODE, font })).rejects.toMatchObject({ code: 'label.damaged' })
  })
})
