// Why this exists: the demonstration is the first thing anyone runs. It must finish, be true, and leave no files behind.
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { generateKey } from 'tongheng/envelope'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

let cli: Cli

beforeAll(async () => {
  cli = await openCli()
})

afterAll(() => cli.close())

const EXPECTED = [
  'F01 recognised agreement.clause',
  'F02 not-recognised outcome.failed-verification',
  'F03 recognised agreement.clause',
  'F04 recognised agreement.clause',
  'F05 recognised agreement.clause',
  'F06 recognised agreement.clause',
  'F07 recognised agreement.clause',
  'F08 recognised agreement.clause',
  'F09 recognised agreement.clause',
  'F10 recognised agreement.clause',
  'F11 recognised agreement.clause',
  'F12 recognised agreement.clause',
  'F13 recognised agreement.clause',
  'F14 recognised agreement.clause',
  'F14b recognised agreement.clause',
  'F15 recognised agreement.clause',
  'N01 not-recognised validity.expired',
  'N02 not-recognised specification.abolished',
  'N03 not-recognised specification.not-adopted-yet',
  'N04 not-recognised issuer.authorisation-ended',
  'N05 not-recognised issuer.scope-category',
  'N06 not-recognised issuer.key-mismatch',
  'N07 not-recognised signature.invalid',
  'N08 indeterminate specification.edition-unknown',
]

describe('the demonstration', () => {
  it('prints its twenty-four verdicts as JSON and nothing else, and exits', async () => {
    const { code, out, err } = await cli.run(['demo', '--format', 'json'])
    expect([code, err]).toEqual([0, ''])
    const rows = JSON.parse(out) as { id: string; outcome: string; code: string; from: string; to: string; statementId: string | null }[]
    expect(rows.map(({ id, outcome, code: decided }) => `${id} ${outcome} ${decided}`)).toEqual(EXPECTED)
    for (const { from, to, statementId } of rows) {
      expect([from, to].sort()).toEqual(['50', '51'])
      expect(statementId).toMatch(/^[\w-]{43}$/)
    }
  })

  it('is the same on any day, because it uses a date of its own', async () => {
    const { code, out } = await cli.runProcess(['demo', '--format', 'json'], { now: '2031-02-28T23:59:59Z' })
    expect(code).toBe(0)
    expect(
      (JSON.parse(out) as { id: string; outcome: string; code: string }[]).map((row) => `${row.id} ${row.outcome} ${row.code}`),
    ).toEqual(EXPECTED)
  })

  it('is readable in both languages', async () => {
    const [zh, en] = await Promise.all([cli.run(['demo']), cli.run(['demo', '--lang', 'en'])])
    for (const { code, out, err } of [zh, en]) {
      expect([code, err]).toEqual([0, ''])
      expect(out).not.toMatch(/undefined|\[object|\u001b|\{[a-z]+\}/)
      for (const row of EXPECTED) expect(out).toContain(`[${row.split(' ')[2]}]`)
    }
    expect(zh.out).toContain('予以互认（采用、采信、认可）15 份，采信不合格结论 1 份，不予互认 7 份，无法判定 1 份。')
    expect(en.out).toContain('15 recognised, 1 accepted as a failure, 7 not recognised, 1 indeterminate.')
    expect(en.out).toMatch(/^F01 +taximeter, installed +Sichuan→Chongqing +recognised/m)
    expect(zh.out).toMatch(/^N07 +途中篡改 +川→渝 +不予互认/m)
  })

  it('with --keep runs its nodes, prints commands that work, and removes everything at the end', async () => {
    const child = await cli.startProcess(['demo', '--keep', '--lang', 'en'])
    let out = ''
    child.stdout?.setEncoding('utf8')
    let refused = ''
    child.stderr?.setEncoding('utf8').on('data', (part: string) => {
      refused += part
    })
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on('data', (part: string) => {
        out += part
        if (/npx tongheng verify .*\n/.test(out)) resolve()
      })
      child.on('close', (code) => reject(new Error(`the demonstration ended with ${code}`)))
    })
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    const lineWith = (text: string): string => out.split('\n').find((line) => line.includes(text)) ?? ''
    const [, statementFile, judge] = /--data-binary @(\S+) .*'(http\S+)'/.exec(lineWith('--data-binary')) ?? []
    const verdict = await fetch(judge ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/jose' },
      body: (await readFile(statementFile ?? '', 'utf8')).trim(),
    })
    expect(await verdict.json()).toMatchObject({ outcome: 'recognised' })
    const [, authorization, list] = /authorization: ([^']+)' '(http[^']+)'/.exec(lineWith('authorization:')) ?? []
    const found = await fetch(list ?? '', { headers: { authorization: authorization ?? '' } })
    expect([found.status, ((await found.json()) as { items: unknown[] }).items.length]).toEqual([200, 3])
    const folder = dirname(statementFile ?? '')
    expect((await stat(`${folder}/chengdu.key.json`)).mode & 0o777).toBe(0o600)
    const [, trust] = /--trust (\S+)/.exec(lineWith('npx tongheng verify')) ?? []
    const offline = await cli.run([
      'verify',
      statementFile ?? '',
      '--trust',
      trust ?? '',
      '--region',
      '50',
      '--at',
      '2025-06-16T09:00:00+08:00',
    ])
    expect(offline.code).toBe(0)
    // A pasted key is admitted at both nodes. Text that is no key is refused, and the nodes continue to run.
    const reader = await generateKey('ES256')
    child.stdin?.write(`no key\n${JSON.stringify(reader.publicJwk)}\n`)
    await expect.poll(() => out.split('\n').filter((line) => line.startsWith(`${reader.kid}  admitted  inspector`)).length).toBe(2)
    for (const node of new Set(out.match(/http:\/\/127\.0\.0\.1:\d+/g))) {
      // A running node reads its register every few seconds.
      await expect
        .poll(async () => (await (await fetch(`${node}/v1/readers/${reader.kid}`)).json()) as object)
        .toMatchObject({ state: 'admitted' })
    }
    expect(refused).toContain('[cli.json]')
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(existsSync(folder)).toBe(false)
  })
})

describe('the demonstration of a round', () => {
  it('carries out a comparison over two nodes, confirms its report, and names the laboratory that commits twice', async () => {
    const { code, out, err } = await cli.run(['demo', 'round', '--format', 'json'])
    expect([code, err]).toEqual([0, ''])
    const shown = JSON.parse(out)
    expect(shown.laboratories.map(({ state }: { state: string }) => state)).toEqual(Array(5).fill('opened'))
    expect(shown.findings.map((one: { code: string }) => one.code)).toEqual(['round.committed-twice'])
    expect(shown.points[0].results.map(({ outcome }: { outcome: string }) => outcome).toSorted()).toEqual([
      ...Array(4).fill('satisfactory'),
      'unsatisfactory',
    ])
    expect([shown.isConfirmed, shown.signedBy.length]).toEqual([true, 2])
  })

  it('writes the files of a participant, which the commands confirm', async () => {
    const { code, out } = await cli.run(['demo', 'round', '--folder', 'kept', '--lang', 'en'])
    expect(code).toBe(0)
    const lines = out.split('\n').filter((line) => line.startsWith('tongheng '))
    const answers = []
    for (const line of lines) answers.push(await cli.run([...line.split(' ').slice(1), '--lang', 'en']))
    const [show, report, joint, verdict, check] = answers
    // One laboratory committed twice.
    expect(show).toMatchObject({ code: 1, out: expect.stringContaining('round.committed-twice') })
    expect(report).toMatchObject({ code: 0, out: expect.stringContaining('report of a comparison round: counts in Chongqing by') })
    expect(joint).toMatchObject({ code: 0, out: expect.stringContaining('protocol of a comparison round: counts in Chongqing by') })
    expect(joint?.out).toMatch(/opening of the result .* \(of 泸州示例计量所\)/)
    expect(verdict).toMatchObject({ code: 0, out: expect.stringMatching(/^Accepted: /) })
    expect(check).toMatchObject({ code: 0 })
    expect(await cli.run(['demo', 'round', '--folder', 'kept', '--lang', 'en'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('EEXIST'),
    })
  })

  it('prints each step with its date, and rejects an unknown demonstration', async () => {
    const { out } = await cli.run(['demo', 'round', '--lang', 'en'])
    expect(out).toMatch(/^2025-03-01 {2}The authority of Sichuan publishes the protocol/)
    expect(out).toContain('both pilots have signed it')
    expect(await cli.run(['demo', 'dance', '--lang', 'en'])).toMatchObject({ code: 2, err: expect.stringContaining('records, round') })
  })
})
