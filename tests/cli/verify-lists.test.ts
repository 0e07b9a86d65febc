// Why this exists: a partner agency judges a folder of five hundred files and hands a list to Excel and one page to the boss. A file that is
// none must not affect the others, and no text of a record may be run by a spreadsheet or a browser.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { signStatement } from 'tongheng/envelope'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures, organisation, send } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.js'
import { type Cli, openCli } from './run.js'

let cli: Cli
let world: FakeAuthorities
let judge: string[]
const FORMULA = '=HYPERLINK("http://x.example","x")'

let count = 0
/** A record of CD by its number, with a text in it. */
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
    // What a spreadsheet would run is a text to it.
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
