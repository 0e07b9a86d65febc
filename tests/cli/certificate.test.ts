// Why this exists: an institute writes the certificate with one command, and its customer verifies it with one command.
import { readFileSync, writeFileSync } from 'node:fs'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fontFile } from '../certificate/records.ts'
import { PAGE, RECORD, rewriteStream } from '../certificate/rewrite-pdf.ts'
import { type Cli, openCli } from './run.ts'

let cli: Cli
const run = (args: readonly string[]) => cli.run(args)
const JUDGE = ['--trust', 'trust.json', '--region', '50', '--at', DEMONSTRATION_TIME]

beforeAll(async () => {
  cli = await openCli()
  const world = await createFakeAuthorities()
  await cli.write('r.jws', `${await world.sign('CD', fixtures.F01.record)}\n`)
  await cli.write('notice.jws', `${await world.sign('YB', fixtures.F02.record)}\n`)
  await cli.write('draft.json', fixtures.F07.record)
  await cli.write('trust.json', { anchors: world.anchors, trustLists: world.trustLists, agreements: [world.signedAgreement] })
})
afterAll(() => cli.close())

describe('tongheng certificate', () => {
  it('writes HTML and PDF of a signed record, and HTML of a draft', async () => {
    expect(await run(['certificate', 'r.jws', '--out', 'r.html'])).toMatchObject({ code: 0, out: 'r.html\n' })
    expect(readFileSync('r.html', 'utf8')).toContain('<h1>检定证书</h1>')
    expect(await run(['certificate', 'r.jws', '--out', 'r.pdf', '--font', fontFile])).toMatchObject({ code: 0 })
    expect(await run(['certificate', 'draft.json', '--out', 'd.html', '--language', 'both'])).toMatchObject({ code: 0 })
    expect(readFileSync('d.html', 'utf8')).toContain('草稿')
  })

  it.each([
    ['no font', ['--out', 'x.pdf'], 'cli.option-missing'],
    ['another format', ['--out', 'x.docx'], 'cli.option-value'],
    ['no output', [], 'cli.option-missing'],
    ['a font that is none', ['--out', 'x.pdf', '--font', 'r.jws'], 'certificate.font'],
  ])('refuses with a code: %s', async (_, options, code) => {
    const { code: exit, err } = await run(['certificate', 'r.jws', ...options])
    expect([exit, err]).toEqual([2, expect.stringContaining(`[${code}]`)])
  })
})

describe('tongheng verify of a certificate in PDF', () => {
  it('returns the verdict of the embedded record, and compares the pages', async () => {
    const plain = await run(['verify', 'r.jws', ...JUDGE])
    const pdf = await run(['verify', 'r.pdf', ...JUDGE, '--font', fontFile])
    expect([pdf.code, pdf.out]).toEqual([0, `${plain.out}页面与签名记录一致（重新排版后比对）\n`])
    expect((await run(['verify', 'r.pdf', ...JUDGE])).out).toContain('页面未比对：请用 --font')
    const json = JSON.parse((await run(['verify', 'r.pdf', 'r.jws', ...JUDGE, '--format', 'json'])).out) as {
      file: string
      pages?: string
    }[]
    expect(json.map(({ file, pages }) => [file, pages])).toEqual([
      ['r.pdf', 'no-font'],
      ['r.jws', undefined],
    ])
  })

  it('exits with 1 where the pages do not show what was signed', async () => {
    writeFileSync(
      'forged.pdf',
      rewriteStream(readFileSync('r.pdf'), PAGE, (content) => content.replace(/<[0-9a-f]{4}/, '<0041')),
    )
    const { code, out } = await run(['verify', 'forged.pdf', ...JUDGE, '--font', fontFile])
    expect([code, out]).toEqual([1, expect.stringContaining('页面与签名记录不一致')])
    // A list reports it too: a reader of the row alone must not rely on the pages.
    const list = await run(['verify', 'forged.pdf', ...JUDGE, '--font', fontFile, '--format', 'csv'])
    expect([list.code, list.out]).toEqual([1, expect.stringContaining('页面与签名记录不一致')])
  })

  it('judges the embedded record, whatever the pages show: a record by another signer is refused', async () => {
    const notice = readFileSync('notice.jws', 'utf8').trim()
    writeFileSync(
      'swapped.pdf',
      rewriteStream(readFileSync('r.pdf'), RECORD, () => `${notice.slice(0, -4)}AAAA`),
    )
    const { code, out } = await run(['verify', 'swapped.pdf', ...JUDGE])
    expect([code, out]).toEqual([1, expect.stringContaining('不予互认')])
  })

  it('refuses a PDF without a record, with a code', async () => {
    writeFileSync('other.pdf', '%PDF-1.4\n%%EOF\n')
    expect(await run(['verify', 'other.pdf', ...JUDGE])).toMatchObject({ code: 2, err: expect.stringContaining('[certificate.pdf]') })
  })
})
