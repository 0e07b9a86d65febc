// Why this exists: an institute makes labels with the record and prints them, and an inspector pastes what a scanner read, with files and a terminal only.
import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { labelOf } from 'tongheng/label'
import type { VerificationRecord } from 'tongheng/records'
import { certificates, change, createFakeAuthorities, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fontFile } from '../certificate/records.ts'
import { payloadOf } from '../label/labels.ts'
import { type Cli, openCli } from './run.js'

let cli: Cli
const text = (name: string): Promise<string> => readFile(join(cli.folder, name), 'utf8')
const NODE = ['--node', 'https://jl.example.cn']
const BATCH = certificates['energy-meters'].record as VerificationRecord
const SERIALS = (BATCH.instruments ?? []).map(({ serialNumber }) => serialNumber)
const JUDGE = ['--trust', 'trust.json', '--region', '50']

beforeAll(async () => {
  cli = await openCli()
  const world = await createFakeAuthorities({ witnessKeys: true, algorithms: ['ES256', 'SGD_SM3_SM2'] })
  const { anchors, trustLists, signedAgreement } = world
  await cli.write('trust.json', { anchors, trustLists, agreements: [signedAgreement] })
  await cli.write('cd.key', world.keys.get('CD')?.privateJwk ?? {})
  await chmod(join(cli.folder, 'cd.key'), 0o600)
  await cli.write('f01.json', fixtures.F01.record)
  await cli.write('f07.json', fixtures.F07.record)
  await cli.write('f01.jws', await world.sign('CD', fixtures.F01.record))
  await cli.write('inst.key', world.keys.get('SC-INST')?.privateJwk ?? {})
  await chmod(join(cli.folder, 'inst.key'), 0o600)
  await cli.write('batch.json', BATCH)
  await cli.write('batch.jws', await world.sign('SC-INST', BATCH))
})

afterAll(() => cli.close())

describe('sign --label', () => {
  it('writes the label beside the record, for the same record and by the same key', async () => {
    const { code, err } = await cli.run([
      'sign',
      'f01.json',
      '--key',
      'cd.key',
      '--at',
      '2025-03-12T17:00:00+08:00',
      '--label',
      '--out',
      'r.jws',
    ])
    expect(err).not.toMatch(/错误/)
    expect(code).toBe(0)
    const [record, label] = [(await text('r.jws')).trim(), (await text('r.label.jws')).trim()]
    expect(payloadOf(label)).toMatchObject({ record: labelOf(record).record, plate: '川A·T0001', iat: payloadOf(record).iat })
    const judged = await cli.run(['verify', 'r.jws', 'r.label.jws', ...JUDGE])
    expect(judged.out).toMatch(/r\.label\.jws\n标签核验\n予以互认/)
    expect(judged.out).not.toMatch(/证书核验/)
  })

  it('refuses a record that has no label before anything is written, and requires --out', async () => {
    const refused = await cli.run(['sign', 'f07.json', '--key', 'cd.key', '--label', '--out', 'none.jws'])
    expect([refused.code, /\[label\.kind\]/.test(refused.err)]).toEqual([2, true])
    await expect(text('none.jws')).rejects.toThrow(/ENOENT/)
    expect((await cli.run(['sign', 'f01.json', '--key', 'cd.key', '--label'])).err).toMatch(/--out/)
  })
})

describe('an amendment with a label', () => {
  it('is signed with its own label, and the earlier label says that it is superseded', async () => {
    await cli.run(['sign', 'f01.json', '--key', 'cd.key', '--at', '2025-03-12T17:00:00+08:00', '--label', '--out', 'first.jws'])
    const earlier = labelOf((await text('first.jws')).trim()).record
    await cli.write(
      'amended.json',
      change(fixtures.F01.record, ['/certificateNo', '川计检字20250312-00417G'], ['/seals/0/number', 'CDF-889299']),
    )
    const at = ['--key', 'cd.key', '--at', '2025-03-20T09:00:00+08:00']
    const signed = await cli.run(['sign', 'amended.json', ...at, '--supersedes', earlier, '--label', '--out', 'second.jws'])
    expect(signed.code).toBe(0)
    expect(payloadOf((await text('second.label.jws')).trim())).toMatchObject({
      number: '川计检字20250312-00417G',
      seals: ['CDF-889299', 'CDF-889202'],
    })
    const supersede = ['status', 'supersede', 'first.jws', '--replaced-by', 'second.jws', '--notice', 'notice.jws', '--key', 'cd.key']
    expect(
      (await cli.run([...supersede, '--iss', String(payloadOf(await text('first.jws')).iss), '--reason', '封印号有误', '--yes'])).code,
    ).toBe(0)
    const trust = JSON.parse(await text('trust.json')) as object
    await cli.write('noticed.json', { ...trust, notices: [(await text('notice.jws')).trim()] })
    const noticed = ['--trust', 'noticed.json', '--region', '50']
    const judge = async (file: string, ...more: string[]) => (await cli.run(['verify', file, ...more])).out
    expect(await judge('first.label.jws', ...noticed)).toMatch(/标签核验\n不予互认[\s\S]*替代/)
    expect(await judge('first.label.jws', ...JUDGE, '--newer', 'second.jws')).toMatch(/标签核验\n不予互认[\s\S]*替代/)
    expect(await judge('second.label.jws', ...noticed)).toMatch(/标签核验\n予以互认/)
  })
})

describe('label', () => {
  it('prints the texts of the codes, and signs labels of records with a key', async () => {
    const signed = await cli.run(['label', 'r.label.jws', ...NODE])
    expect([signed.code, signed.out]).toEqual([0, expect.stringMatching(/^https:\/\/jl\.example\.cn\/l#\d{400,}\n$/)])
    const made = await cli.run(['label', 'f01.jws', '--key', 'cd.key', '--at', '2025-03-12T17:00:00+08:00', ...NODE])
    expect(made.out).toMatch(/^https:\/\/jl\.example\.cn\/l#\d+\n$/)
  })

  it('writes sheets as HTML and SVG, in the requested size', async () => {
    for (const [out, more, expected] of [
      ['labels.html', [], /@page\{size:210mm 297mm/],
      ['labels.svg', ['--paper', 'roll'], /^<svg [^>]*width="40mm" height="60mm"/],
      ['large.html', ['--paper', 'roll', '--size', '50x70', '--module', '0.5'], /@page\{size:50mm 70mm[\s\S]*scale\(0\.5\)/],
    ] as const) {
      const { code, err } = await cli.run(['label', 'r.label.jws', ...NODE, '--out', out, ...more])
      expect([code, err.trim()], out).toEqual([0, `已写出 1 张标签：${out}`])
      expect(await text(out)).toMatch(expected)
    }
  })

  it('writes sheets as PDF, with the font that is given', async () => {
    for (const [out, more, expected] of [
      ['labels.pdf', [], /\/MediaBox \[0 0 595\.2\d* 841\.8\d*\]/],
      ['roll.PDF', ['--paper', 'roll', '--lang', 'en'], /\/MediaBox \[0 0 113\.3\d* 170\.0\d*\]/],
    ] as const) {
      const { code, err } = await cli.run(['label', 'r.label.jws', ...NODE, '--out', out, '--font', fontFile, ...more])
      expect([code, err.includes(out)], err).toEqual([0, true])
      expect(await readFile(join(cli.folder, out), 'latin1')).toMatch(expected)
    }
    // A PDF of labels has no embedded record, so it is not a certificate.
    expect((await cli.run(['verify', 'labels.pdf', ...JUDGE])).err).toContain('[certificate.pdf]')
  })

  it('refuses with a code: PDF without a font, other files, files without labels, wrong sizes', async () => {
    for (const [args, code] of [
      [['r.label.jws', '--out', 'labels.pdf'], 'cli.option-missing'],
      [['r.label.jws', '--out', 'labels.pdf', '--font', 'f01.json'], 'certificate.font'],
      [['r.label.jws', '--out', 'labels.png'], 'cli.label-format'],
      [['r.label.jws', '--out', 'labels'], 'cli.label-format'],
      [['f01.jws'], 'cli.no-labels'],
      [['r.label.jws', '--module', '0.3', '--out', 'x.html'], 'cli.option-value'],
      [['r.label.jws', '--size', 'large', '--out', 'x.html'], 'cli.option-value'],
      [['r.label.jws', '--size', '25x30', '--out', 'x.html'], 'label.sticker-small'],
    ] as const) {
      const ran = await cli.run(['label', ...args, ...NODE])
      expect([ran.code, ran.err.includes(`[${code}]`)], `${args.join(' ')}: ${ran.err}`).toEqual([2, true])
    }
    expect((await cli.run(['label', 'f01.jws', ...NODE])).err).toMatch(/f01\.jws：是记录/)
    expect((await cli.run(['label', 'r.label.jws', '--node', 'here'])).err).toMatch(/label\.node-address/)
  })
})

describe('the labels of a batch', () => {
  const serials = (file: string): unknown[] =>
    file
      .trim()
      .split('\n')
      .map((one) => payloadOf(one).serial)
  const made = (...more: string[]) => cli.run(['label', 'batch.jws', '--key', 'inst.key', ...NODE, ...more])

  it('are signed with it, one an instrument in one file, which prints as sheets', async () => {
    const signed = await cli.run(['sign', 'batch.json', '--key', 'inst.key', '--label', '--out', 'b.jws'])
    expect(signed.code).toBe(0)
    expect(serials(await text('b.label.jws'))).toEqual(SERIALS)
    const printed = await cli.run(['label', 'b.label.jws', ...NODE, '--out', 'b.html'])
    expect([printed.code, printed.err.trim()]).toEqual([0, `已写出 ${SERIALS.length} 张标签：b.html`])
    for (const serial of SERIALS) expect(await text('b.html')).toContain(serial)
  })

  it('are made from the signed record, for all or for selected lines, and are listed', async () => {
    const all = await made()
    expect([all.code, all.out.trim().split('\n').length]).toEqual([0, SERIALS.length])
    expect(all.err).toContain(`自第 1 (${SERIALS[0]}) 行至第 ${SERIALS.length} (${SERIALS.at(-1)}) 行`)
    const some = await made('--line', '2-3', '--line', '3,5', '--out', 'some.svg')
    expect([some.code, some.err]).toEqual([0, expect.stringContaining('已制作 3 张标签')])
    const sheet = await text('some.svg')
    expect(SERIALS.filter((serial) => sheet.includes(serial))).toEqual([SERIALS[1], SERIALS[2], SERIALS[4]])
  })

  it('are rejected for a line that does not exist, an invalid line, a record of one instrument, or without a key', async () => {
    for (const [args, code] of [
      [['batch.jws', '--key', 'inst.key', '--line', String(SERIALS.length + 1)], 'label.line'],
      [['batch.jws', '--key', 'inst.key', '--line', '0'], 'cli.option-value'],
      [['batch.jws', '--key', 'inst.key', '--line', '-1'], 'cli.option-value'],
      [['batch.jws', '--key', 'inst.key', '--line', '5-2'], 'cli.option-value'],
      [['batch.jws', '--key', 'inst.key', '--line', '1-9999'], 'cli.option-value'],
      [['batch.jws', '--key', 'inst.key', '--line', '1e3'], 'cli.option-value'],
      [['f01.jws', '--key', 'cd.key', '--line', '1'], 'label.line'],
      [['batch.jws', '--line', '1'], 'cli.option-missing'],
    ] as const) {
      const ran = await cli.run(['label', ...args, ...NODE])
      expect([ran.code, ran.err.includes(`[${code}]`)], `${args.join(' ')}: ${ran.err}`).toEqual([2, true])
    }
  })
})

describe('verify', () => {
  it('judges the text of a code, given as an option, in a file of scanned texts, and as JSON', async () => {
    const url = (await cli.run(['label', 'r.label.jws', ...NODE])).out.trim()
    const given = await cli.run(['verify', '--label', url, ...JUDGE])
    expect([given.code, /^标签核验\n予以互认/.test(given.out)]).toEqual([0, true])
    await cli.write('scanned.txt', `${url}\r\nhttps://example.cn/menu\n\n${url.slice(0, -1)}\n`)
    const scanned = await cli.run(['verify', 'scanned.txt', '--format', 'json', ...JUDGE])
    const verdicts = JSON.parse(scanned.out) as { file: string; outcome: string; scope: string; label?: object }[]
    expect(scanned.code).toBe(1)
    expect(verdicts.map(({ file, outcome, scope }) => [file, outcome, scope])).toEqual([
      ['scanned.txt:1', 'recognised', 'label'],
      ['scanned.txt:2', 'not-recognised', 'label'],
      ['scanned.txt:4', 'not-recognised', 'label'],
    ])
    expect(verdicts.map(({ label }) => label !== undefined)).toEqual([true, false, false])
    expect((await cli.run(['verify', '--label', 'hello', ...JUDGE])).out).toMatch(/不是计量标签/)
  })

  it('writes no evidence bundle of a label', async () => {
    const ran = await cli.run(['verify', 'r.label.jws', '--bundle', 'b.json', ...JUDGE])
    expect([ran.code, /\[cli\.label-bundle\]/.test(ran.err)]).toEqual([2, true])
  })
})
