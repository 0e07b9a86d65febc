// Why this exists: a partner agency judges a folder of five hundred files and hands a list to Excel and one page to the boss. A file that is
// none must not affect the others, and no text of a record may be run by a spreadsheet or a browser.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { signStatement } from 'tongheng/envelope'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures, organisation, send } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readWorkbook } from '../../src/spreadsheet/index.js'
import { change } from '../records/change.js'
import { makeZip } from '../support/zip.ts'
import { type Cli, openCli } from './run.js'

let cli: Cli
let world: FakeAuthorities
let judge: string[]
const FORMULA = '=HYPERLINK("http://x.example","x")'

let count = 0
/** A record of CD with a number, and with a text in one member. */
const signed = (number: string, path = '/certificateNo', text = number): Promise<string> =>
  signStatement(
    {
      iss: organisation('CD').uscc,
      jti: `01JXP0000000000000000000${String(++count).padStart(2, '0')}`,
      iat: 1750000000,
      record: change(fixtures.F01.record, ['/certificateNo', number], [path, text]),
    },
    { typ: 'metrology-record+jwt', signer: world.signer('CD') },
  )

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  await cli.write('trust.json', { anchors: world.anchors, trustLists: world.trustLists, agreements: [world.signedAgreement] })
  judge = ['--trust', 'trust.json', '--region', '50', '--at', DEMONSTRATION_TIME]
  await mkdir(join(cli.folder, 'in/子目录'), { recursive: true })
  const good = await world.sign('CD', fixtures.F01.record)
  await cli.write('in/a.jws', good)
  await cli.write('in/b.ndjson', `${await signed('B-1')}\n${await signed('B-2', '/instrument/model', FORMULA)}\n`)
  await cli.write('in/c.jws', `${good.slice(0, -8)}AAAAAAAA`)
  await cli.write('in/d.jws', 'Dear colleague,\n')
  await cli.write('in/子目录/e.jws', await send(world, fixtures.F02))
  await cli.write('in/子目录/f.jws', good)
  await cli.write('in/notes.docx', 'not read')
  await cli.write('in/trust.json', '{}')
})
afterAll(() => cli.close())

const rowsOf = (csv: string): string[][] =>
  csv
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split('\r\n')
    .map((line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"')))

describe('verify of a folder', () => {
  it('writes a row for each statement as CSV; a file without one has its own row and code, and the exit code is 2', async () => {
    const { code, out, err } = await cli.run(['verify', 'in', ...judge, '--format', 'csv'])
    const [head, ...rows] = rowsOf(out)
    expect(head?.slice(0, 3)).toEqual(['文件', '行', '结论'])
    expect(rows.map(([file, line, word]) => [file, line, word])).toEqual([
      ['in/a.jws', '', '予以互认'],
      ['in/b.ndjson', '1', '予以互认'],
      ['in/b.ndjson', '2', '予以互认'],
      ['in/c.jws', '', '不予互认'],
      ['in/d.jws', '', '未判定'],
      ['in/子目录/e.jws', '', '采信（不合格）'],
      ['in/子目录/f.jws', '', '予以互认'],
    ])
    expect(rows[4]).toContain('content.unknown')
    expect([code, err.includes('[content.unknown]')]).toEqual([2, true])
    // The formula is written so that a spreadsheet reads it as text.
    expect(rows[2]).toContain(`'${FORMULA}`)
    expect(rows.flat().filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])
  })

  it('repeats outcome, code and reason of the verdict in every format', async () => {
    const files = ['in/a.jws', 'in/c.jws', 'in/子目录/e.jws']
    const [text, json, csv, html] = await Promise.all(
      ['text', 'json', 'csv', 'html'].map((format) => cli.run(['verify', ...files, ...judge, '--format', format])),
    )
    const verdicts = JSON.parse(json?.out ?? '') as {
      outcome: string
      decidedBy: string
      checks: { id: string; message: { zh: string } }[]
    }[]
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['recognised', 'not-recognised', 'not-recognised'])
    const reasons = verdicts.map(({ decidedBy, checks }) => checks.find(({ id }) => id === decidedBy)?.message.zh ?? '')
    for (const reason of reasons) {
      expect(reason.length).toBeGreaterThan(5)
      expect(
        [text?.out, html?.out].every((out) => out?.includes(reason)),
        reason,
      ).toBe(true)
      expect(rowsOf(csv?.out ?? '').flat()).toContain(reason)
    }
    expect([text, json, csv, html].map((run) => run?.code)).toEqual([1, 1, 1, 1])
  })

  it('names duplicates in the summary: a statement, a number, an instrument', async () => {
    const { code, out } = await cli.run(['verify', 'in', ...judge, '--format', 'csv', '--out', 'list.csv', '--summary'])
    expect(code).toBe(2)
    expect(out).toMatch(/^共 7 份$/m)
    expect(out).toMatch(/ 4 {2}予以互认/)
    expect(out).toMatch(/同一签名记录出现多次.*in\/a\.jws {2}in\/子目录\/f\.jws/)
    expect(out).toMatch(/同一器具有多份记录/)
    expect(rowsOf(await readFile(join(cli.folder, 'list.csv'), 'utf8'))).toHaveLength(8)
    const inJson = JSON.parse((await cli.run(['verify', 'in', ...judge, '--format', 'json', '--summary'])).out)
    expect([inJson.verdicts.length, inJson.summary.total]).toEqual([7, 7])
    expect(inJson.verdicts[4]).toMatchObject({ file: 'in/d.jws', error: { code: 'content.unknown' } })
    const asText = await cli.run(['verify', 'in/a.jws', 'in/c.jws', ...judge, '--summary', '--lang', 'en'])
    expect(asText.out).toMatch(/^2 in all$/m)
  })

  it('writes one HTML file without script or reference, every text escaped, and the summary before the rows', async () => {
    await cli.write('evil.jws', await signed('B-3', '/instrument/serialNumber', '<img src=x onerror="alert(1)">&'))
    const { code } = await cli.run(['verify', 'in', 'evil.jws', ...judge, '--format', 'html', '--out', 'list.html'])
    expect(code).toBe(2)
    const html = await readFile(join(cli.folder, 'list.html'), 'utf8')
    expect(html).toContain("default-src 'none'")
    expect(html).not.toMatch(/<script|<img|<[^>]* (?:src|href)=|\u202e/)
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;')
    expect(html.indexOf('按结论')).toBeLessThan(html.indexOf('<table>'))
    expect(html.match(/<tr class=/g)).toHaveLength(8)
  })

  it('does not overwrite its input, and names a folder without statements', async () => {
    await mkdir(join(cli.folder, 'empty'), { recursive: true })
    await writeFile(join(cli.folder, 'empty/readme.md'), 'x')
    const none = await cli.run(['verify', 'empty', ...judge])
    expect([none.code, none.err.includes('[cli.no-statements]')]).toEqual([2, true])
    const same = await cli.run(['verify', 'in/a.jws', ...judge, '--format', 'csv', '--out', 'in/a.jws'])
    expect([same.code, same.err.includes('[cli.file-same]')]).toEqual([2, true])
  })
})

describe('verify of a folder as a workbook', () => {
  const sheetsOf = async (file: string): Promise<ReadonlyMap<string, (string | undefined)[][]>> => {
    const { sheets } = await readWorkbook(await readFile(join(cli.folder, file)))
    return new Map(sheets.map(({ name, rows }) => [name, rows.map((row) => Array.from(row, (cell) => cell?.text))]))
  }

  it('has the rows of the CSV, the summary and what is there twice', async () => {
    const csv = await cli.run(['verify', 'in', ...judge, '--format', 'csv'])
    const { code, out } = await cli.run(['verify', 'in', ...judge, '--format', 'xlsx', '--out', '结果.xlsx', '--summary'])
    expect(code).toBe(2)
    expect(out).toMatch(/^共 7 份$/m)
    const sheets = await sheetsOf('结果.xlsx')
    expect([...sheets.keys()]).toEqual(['汇总', '重复', '逐份结论'])
    const plain = (rows: readonly (readonly (string | undefined)[])[]): string[][] =>
      rows.map((row) => Array.from({ length: 17 }, (_, at) => (row[at] ?? '').replace(/^[✓✕△?] /, '').replace(/^'/, '')))
    expect(plain(sheets.get('逐份结论') ?? [])).toEqual(plain(rowsOf(csv.out)))
    expect(sheets.get('重复')?.map(([what]) => what)).toContain('同一签名记录出现多次')
  })

  it('of statements, lines, an archive, a certificate, a bundle and other files has no verdict that is not true', async () => {
    await mkdir(join(cli.folder, 'mixed'), { recursive: true })
    const good = await world.sign('CD', fixtures.F01.record)
    const forged = `${good.slice(0, -8)}AAAAAAAA`
    await cli.write('mixed/a.ndjson', `${await signed('M-1')}\n${forged}\n\n${await signed('M-2')}\n`)
    await cli.write(
      'mixed/b.zip',
      makeZip([
        { name: 'x.jws', data: good },
        { name: 'y.jws', data: 'Dear colleague' },
        { name: 'z.zip', data: makeZip([]) },
      ]),
    )
    await cli.write('mixed/c.pdf', '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n')
    await cli.write('good.jws', good)
    expect((await cli.run(['verify', 'good.jws', ...judge, '--bundle', 'mixed/d.bundle.jsonl'])).code).toBe(0)
    await cli.write('mixed/e.jws', JSON.stringify(fixtures.F01.record))
    await cli.write('mixed/f.txt', '这不是签名记录\n')
    await cli.write('mixed/g.jws', '')
    const { code } = await cli.run(['verify', 'mixed', ...judge, '--format', 'xlsx', '--out', 'mixed.xlsx'])
    expect(code).toBe(2)
    const [, ...rows] = (await sheetsOf('mixed.xlsx')).get('逐份结论') ?? []
    expect(rows.map(([file, line, word]) => `${file}:${line ?? ''} ${word}`)).toEqual([
      'mixed/a.ndjson:1 ✓ 予以互认',
      'mixed/a.ndjson:2 ✕ 不予互认',
      'mixed/a.ndjson:4 ✓ 予以互认',
      'mixed/b.zip › x.jws: ✓ 予以互认',
      'mixed/b.zip › y.jws: ? 未判定',
      'mixed/b.zip › z.zip: ? 未判定',
      'mixed/c.pdf: ? 未判定',
      'mixed/d.bundle.jsonl: ? 未判定',
      'mixed/e.jws: ? 未判定',
      'mixed/f.txt: ? 未判定',
      'mixed/g.jws: ? 未判定',
    ])
  })

  it('needs a file, and leaves none where the input is missing', async () => {
    const none = await cli.run(['verify', 'in', ...judge, '--format', 'xlsx'])
    expect([none.code, none.out, none.err.includes('[cli.option-missing]')]).toEqual([2, '', true])
    const missing = await cli.run(['verify', 'nowhere.jws', ...judge, '--format', 'xlsx', '--out', 'x.xlsx'])
    expect([missing.code, missing.err.includes('[cli.file]')]).toEqual([2, true])
    await expect(readFile(join(cli.folder, 'x.xlsx'))).rejects.toThrow('ENOENT')
  })

  it('judges ten thousand lines with memory that does not grow with them', async () => {
    const some = await Promise.all(Array.from({ length: 20 }, (_, at) => signed(`L-${at}`)))
    await mkdir(join(cli.folder, 'lines'), { recursive: true })
    for (let file = 0; file < 10; file++) await cli.write(`lines/${file}.ndjson`, `${some.join('\n')}\n`.repeat(50))
    const args = ['verify', 'lines', ...judge, '--format', 'xlsx', '--out', 'lines.xlsx', '--summary']
    const { code, out, err } = await cli.runProcess(args, { node: ['--max-old-space-size=64'] })
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^共 10000 份$/m)
    expect((await sheetsOf('lines.xlsx')).get('逐份结论')).toHaveLength(10_001)
  })
})
