// Why this exists: what a metrologist objects to on a page is seen by eye once, and must not return: orphans, split tables, codes instead of names, limits drawn where none was stated.
import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeCertificateHtml, writeCertificatePdf, writeErrorPlot } from 'tongheng/certificate'
import type { AnyRecord, ResultTable, VerificationRecord } from 'tongheng/records'
import { change, createFakeAuthorities, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { font, records } from './records.ts'

const { F01, F03, F05, F14 } = fixtures
const recordOf = (name: string): AnyRecord => (records.find(([one]) => one === name) as (typeof records)[number])[1]

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongheng-looks-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Lines of each page, without the foot. */
function pagesOf(pdf: Uint8Array): string[][] {
  const file = join(folder, 'one.pdf')
  writeFileSync(file, pdf)
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  const pages = text.split('\f').slice(0, -1)
  return pages.map((page) => page.split('\n').filter((line) => line.trim() !== '' && !/第\s*\d+\s*页\s*共|Page \d+ of/.test(line)))
}

const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined

describe('the pages of a PDF, read by pdftotext (skipped: not installed)', () => {
  it.skipIf(!hasPoppler)('have no page with the end mark alone', async () => {
    const bare: string[] = []
    for (const [name, record] of records)
      for (const page of pagesOf(await writeCertificatePdf(record, { font })))
        if (page.every((line) => line.includes('以下空白'))) bare.push(name)
    expect(bare).toEqual([])
  })

  it.skipIf(!hasPoppler)('end with the end mark, and with nothing behind it', async () => {
    const signed = await (await createFakeAuthorities()).sign('CD', F01.record)
    const last = pagesOf(await writeCertificatePdf(signed, { font })).at(-1) ?? []
    expect(last.slice(-2).map((line) => line.trim())).toEqual([expect.stringMatching(/^签名记录标识：\S{43}$/), '（以下空白）'])
    expect(writeCertificateHtml(signed)).toMatch(/class="id"[\s\S]*class="end"[^<]*<\/p>\s*<\/footer>|class="id"[\s\S]*class="end"/)
  })

  it.skipIf(!hasPoppler)('do not break a short table, nor a heading from its content', async () => {
    const [table] = (F01.record as VerificationRecord).results as [ResultTable]
    // Each remark moves the following content by a line, so that the page break falls at every position.
    for (let lines = 0; lines < 40; lines += 3) {
      const tables = [
        { ...table, note: { zh: Array.from({ length: lines + 1 }, (_, n) => `行${n}`).join('\n') } },
        { ...table, id: 'second', name: { zh: '第二张表' } },
      ]
      const pages = pagesOf(await writeCertificatePdf({ ...F01.record, results: tables } as never, { font }))
      const page = pages.find((one) => one.some((line) => line.includes('第二张表'))) as string[]
      const from = page.findIndex((line) => line.includes('第二张表'))
      expect(page.slice(from, from + 5).filter((line) => /合格/.test(line))).toHaveLength(3)
      for (const one of pages) expect(one.at(-1)).not.toMatch(/^\s*(封印|检定结果|环境条件和地点|所用计量标准)\s*$/)
    }
  })

  it.skipIf(!hasPoppler)('show every row of 400 under a head', async () => {
    const [table] = (F01.record as VerificationRecord).results as [ResultTable]
    const rows = Array.from({ length: 400 }, (_, n) => [`R${n + 1}`, '-1.57', '-4.0', '1.0', 'pass'])
    const pages = pagesOf(await writeCertificatePdf({ ...F01.record, results: [{ ...table, rows }] } as never, { font }))
    const withRows = pages.filter((page) => page.some((line) => /\bR\d+\b/.test(line)))
    expect(withRows.flatMap((page) => page.flatMap((line) => /\bR(\d+)\b/.exec(line)?.[1] ?? []))).toEqual(
      rows.map((_, n) => String(n + 1)),
    )
    for (const page of withRows) expect(page.filter((line) => line.includes('允许误差下限'))).toHaveLength(1)
  })

  it.skipIf(!hasPoppler)('show a rare character of the font, beyond the first plane too; one that it lacks is named', async () => {
    const of = (character: string) => writeCertificatePdf({ ...F01.record, applicant: { name: `示例${character}业` } } as never, { font })
    for (const character of ['𬭚', '𬬻', '鿏'])
      expect(
        pagesOf(await of(character))
          .flat()
          .join(''),
        character,
      ).toContain(`示例${character}业`)
    for (const character of ['𫟷', '𠮷'])
      await expect(of(character)).rejects.toMatchObject({ code: 'certificate.glyph', message: expect.stringContaining(character) })
  })
})

describe('the content of the pages', () => {
  it('names places and kinds, and prints the code of a value without a name', () => {
    expect(writeCertificateHtml(F01.record)).toContain('本机构，四川（行政区划代码 510100）')
    expect(writeCertificateHtml(F01.record, { language: 'en' })).toContain('premises of the issuer, Sichuan (division 510100)')
    expect(writeCertificateHtml(F01.record)).toMatch(/器具类别<\/dt><dd>出租汽车计价器/)
    expect(writeCertificateHtml(recordOf('balance'))).toContain('balance（类别代码）')
    expect(writeCertificateHtml(change(F01.record, ['/place/division', '999999']))).toContain('行政区划代码 999999')
  })

  it('writes a period in words, and a model that looks like one as it is', () => {
    expect(writeCertificateHtml(recordOf('water-meter'), { language: 'en' })).toMatch(/interval 1 year(?!s)/)
    expect(writeCertificateHtml(change(F14.record, ['/instrument/model', 'P12M']))).toContain('P12M')
  })

  it('has a quotient of units in brackets, and a note once for the columns that share it', () => {
    expect(writeCertificateHtml(F05.record)).toContain('误差 / (km/h)')
    const gauge = writeCertificateHtml(recordOf('pressure-gauge'))
    expect(gauge.match(/引用误差，引用值/g)).toHaveLength(1)
    // The column is named 回程误差允许值: a note that it limits 回程误差 would repeat the name.
    expect(gauge).not.toContain('所限的是回程误差')
    expect(writeCertificateHtml(recordOf('energy-meter'))).toContain('判定前修约，修约间隔 0.1 %')
  })

  it('names the measures and the bodies of a finding, and prints its number once', () => {
    const html = writeCertificateHtml(F14.record)
    expect(html).toContain('<th scope="col">措施</th>')
    expect(html).toContain('<dt>出具机构：统一社会信用代码</dt>')
    expect(html.match(/CY-LJ-2025-007-01/g)).toHaveLength(2) // title of the document and head of the page
    expect(writeCertificateHtml(F14.record, { language: 'en' })).toMatch(/<h1>Supervision finding<\/h1>[\s\S]*<dt>Finding<\/dt>/)
  })

  it('in both languages prints once what is the same in each', () => {
    const html = writeCertificateHtml(F01.record, { language: 'both' })
    expect(html.match(/李某/g)).toHaveLength(1)
    expect(writeCertificateHtml(F03.record, { language: 'both' })).toContain('<small lang="en" class="en">Attachments</small>')
  })
})

describe('limits on a plot', () => {
  const [table] = (F01.record as VerificationRecord).results as [ResultTable]

  it('are a line where they are the same everywhere, and bars at the points where they are not', () => {
    expect(writeErrorPlot(table)?.match(/stroke-dasharray/g)).toHaveLength(2)
    const [first, second, third] = table.rows as [string[], string[], string[]]
    const stepped = { ...table, rows: [first, second, ['3', '-1.67', '-6.0', '2.0', 'pass']] as string[][] }
    expect(third).toHaveLength(5)
    const svg = writeErrorPlot(stepped) as string
    expect(svg).not.toContain('stroke-dasharray')
    expect(svg.match(/stroke-width="1.2"/g)).toHaveLength(6)
  })

  it('have the condition as name of a point where points share a reference value', () => {
    const [water] = (recordOf('water-meter') as VerificationRecord).results as [ResultTable]
    const svg = writeErrorPlot(water) as string
    for (const name of ['Q1', 'Q2', 'Q3']) expect(svg).toContain(`>${name}</text>`)
    const eccentric = (recordOf('balance') as { results: ResultTable[] }).results.find(({ name }) => name.zh === '偏载') as ResultTable
    expect(writeErrorPlot(eccentric)).toContain('>左</text>')
  })
})
