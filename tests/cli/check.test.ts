// Why this exists: a CI job relies on the exit code and a clerk on the line number, over files in the state in which people have them.
import { readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { codes } from 'tongheng/errors'
import { SCHEMA_BASE } from 'tongheng/records'
import { createFakeAuthorities, faultyRecords, fixtures, send, sendOnTheWay } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOfJUnit } from '../support/junit.js'
import { elements, parseXml } from '../support/xml.js'
import { type Cli, openCli } from './run.js'

let cli: Cli
const named = (id: string) => faultyRecords.find((fixture) => fixture.id === id)?.record as object
const pretty = (record: unknown): string => `${JSON.stringify(record, null, 2)}\n`
const n22 = () => named('N22')

beforeAll(async () => {
  cli = await openCli()
  const authorities = await createFakeAuthorities({ witnessKeys: true })
  for (const folder of ['out/deep/deeper', 'out/.hidden', 'out/node_modules', 'empty', 'lines'])
    await mkdir(join(cli.folder, folder), { recursive: true })
  await cli.write('f01.json', pretty(fixtures.F01.record))
  await cli.write('n22.json', pretty(n22()))
  await cli.write('f01.jws', `${await send(authorities, fixtures.F01)}\n`)
  await cli.write(
    'changed.jws',
    await sendOnTheWay(authorities, { ...fixtures.F01, outcome: 'not-recognised', code: 'signature.invalid', onTheWay: 'payload-changed' }),
  )
  await cli.write('out/a.json', pretty(fixtures.F01.record))
  await cli.write('out/deep/deeper/b.json', pretty(n22()))
  await cli.write('out/deep/read-me.txt', 'not a record')
  await cli.write('out/.hidden/c.json', '{')
  await cli.write('out/node_modules/d.json', '{')
  await cli.write(
    'lines/many.ndjson',
    `${JSON.stringify(fixtures.F01.record)}\r\n\n${JSON.stringify(n22())}\n{"kind": oops}\n${JSON.stringify(fixtures.F08.record)}`,
  )
  // Its only findings are warnings.
  await cli.write('warned.json', pretty({ ...fixtures.F01.record, basis: [{ number: 'JJG 539-2016', name: '数字指示秤' }] }))
})

afterAll(() => cli.close())

interface Report {
  tool: { name: string; version: string }
  records: {
    file: string
    line?: number
    kind?: string
    failed: number
    findings: { code: string; line: number; column: number; pointer: string; level: string; source?: string }[]
    checks?: unknown[]
  }[]
  totals: Record<string, number>
}
const json = async (...args: string[]): Promise<{ code: number | null; err: string; report: Report }> => {
  const { code, out, err } = await cli.run(['check', '--format', 'json', ...args])
  return { code, err, report: JSON.parse(out) as Report }
}

describe('check', () => {
  it('passes a good record, as JSON and signed, and counts it; signatures are not verified', async () => {
    const [good, changed] = await Promise.all([
      cli.run(['check', 'f01.json', 'f01.jws', '--lang', 'en']),
      cli.run(['check', 'changed.jws']),
    ])
    expect(good).toEqual({ code: 0, out: '2 record(s) in 2 file(s): 2 passed, 0 did not; 0 failed, 0 warning(s)\n', err: '' })
    expect(changed.out).toContain('检查 1 个文件、1 份记录')
  })

  it('prints file and line, the line with a mark, the basis and the advice, in both languages', async () => {
    const [zh, en] = await Promise.all([cli.run(['check', 'n22.json']), cli.run(['check', 'n22.json', '--lang', 'en'])])
    expect([zh.code, en.code]).toEqual([1, 1])
    expect(zh.out).toMatch(
      /^n22\.json:\d+:\d+ {2}不合格 {2}.+ {2}\[verdict\.outside-limits\]\n {2}\d+ │ .+\n +│ +\^+\n {2}位置：\/results\/0\/rows\S+\n {2}依据：.+\n {2}建议：.+$/m,
    )
    expect(en.out).toMatch(/^n22\.json:\d+:\d+ {2}error {2}.+ {2}\[verdict\.outside-limits\]$/m)
    expect(en.out).not.toMatch(/^ {2}(?:at|basis|advice): .*[一-鿿]{4}.*[建依位]/m)
  })

  it('puts the mark under the value itself', async () => {
    const { report } = await json('n22.json')
    const lines = (await readFile(join(cli.folder, 'n22.json'), 'utf8')).split('\n')
    const finding = report.records[0]?.findings.find(({ code }) => code === 'verdict.outside-limits')
    const value = finding?.pointer
      .split('/')
      .slice(1)
      .reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], n22())
    const written = typeof value === 'object' ? '[' : JSON.stringify(value)
    expect(lines[(finding?.line ?? 0) - 1]?.slice((finding?.column ?? 0) - 1)).toMatch(new RegExp(`^${written.replace(/[[\].]/g, '\\$&')}`))
  })

  it('searches folders and patterns, and no hidden file', async () => {
    const found = await Promise.all([json('out'), json('out/**/*.json'), json('out/'), json('./out/**/*.json', 'out')])
    for (const { code, report } of found.slice(0, 3)) {
      expect(code).toBe(1)
      expect(report.records.map(({ file, failed }) => [file, failed > 0])).toEqual([
        ['out/a.json', false],
        ['out/deep/deeper/b.json', true],
      ])
    }
    expect(found[3]?.report.totals.records).toBeGreaterThanOrEqual(2)
  })

  it('refuses to check nothing, unless allowed', async () => {
    const [pattern, folder, allowed] = await Promise.all([
      cli.run(['check', 'f01.json', 'no/**/*.json']),
      cli.run(['check', 'empty']),
      cli.run(['check', 'empty', '--allow-empty']),
    ])
    for (const { code, out, err } of [pattern, folder]) {
      expect([code, out]).toEqual([2, ''])
      expect(err).toContain('[cli.no-match]')
    }
    expect([allowed.code, allowed.err]).toEqual([0, ''])
  })

  it('names the line in a file of many, and continues after a bad one', async () => {
    const { code, report } = await json('lines/many.ndjson')
    expect(code).toBe(1)
    expect(report.records.map(({ line, kind, failed }) => [line, kind, failed > 0])).toEqual([
      [1, 'verification-record', false],
      [3, expect.any(String), true],
      [4, undefined, true],
      [5, 'calibration-result', false],
    ])
    expect(report.records[2]?.findings).toMatchObject([
      { code: 'json.syntax', line: 4, column: 10, message: { zh: 'JSON 语法错误：第 4 行第 10 列，遇到 o' } },
    ])
  })

  it('continues after an unreadable file, and exits with 2', async () => {
    const { code, err, report } = await json('absent.json', 'n22.json')
    expect([code, report.totals.unread, report.totals.records]).toEqual([2, 1, 1])
    expect(err).toContain('absent.json')
    expect(report.records[0]?.findings[0]?.code).toBe('cli.file')
  })

  it('fails what is no record, and names what it found', async () => {
    await writeFile(
      join(cli.folder, 'binary'),
      Uint8Array.from({ length: 300 }, (_, n) => (n * 91) % 256),
    )
    await cli.write('syntax.json', '{\n"a": }')
    await cli.write('array.json', '[]')
    await cli.write('other-kind.json', '{"kind":"certificate","version":1}')
    await cli.write('receipt.jws', `${(await readFile(join(cli.folder, 'f01.jws'), 'utf8')).split('.').slice(0, 2).join('.')}x.AAAA`)
    const files = ['binary', 'syntax.json', 'array.json', 'other-kind.json', 'receipt.jws']
    const { code, err, report } = await json(...files)
    expect([code, err]).toEqual([1, ''])
    expect(report.records.map(({ file }) => file)).toEqual(files)
    for (const { file, failed } of report.records) expect(failed, file).toBeGreaterThan(0)
    expect(report.records.slice(0, 2).map(({ findings }) => findings[0]?.code)).toEqual(['json.utf8', 'json.syntax'])
  })

  it('names a PDF, a workbook and a key in PEM as what they are, and shows no line of them', async () => {
    const kinds = [
      ['certificate.pdf', '%PDF-1.7\n%\xe2\xe3', 'content.pdf'],
      ['ledger.xlsx', 'PK\x03\x04\x14\0\xff', 'content.archive'],
      ['key.pem', '-----BEGIN EC PRIVATE KEY-----\nAA==\n', 'content.pem'],
    ] as const
    for (const [name, text] of kinds) await writeFile(join(cli.folder, name), Buffer.from(text, 'latin1'))
    const { code, report } = await json(...kinds.map(([name]) => name))
    expect(code).toBe(1)
    expect(report.records.map(({ findings }) => findings.map((one) => [one.code, one.source, one.line]))).toEqual(
      kinds.map(([, , found]) => [[found, undefined, 1]]),
    )
  })

  it('reads standard input: one document, or one record a line', async () => {
    const good = JSON.stringify(fixtures.F01.record)
    const run = async (input: string) => {
      const { code, out } = await cli.run(['check', '--format', 'json'], { input })
      return { code, report: JSON.parse(out) as Report }
    }
    const [one, indented, many, broken, signed] = await Promise.all([
      run(good),
      run(pretty(fixtures.F01.record)),
      run(`${good}\n${JSON.stringify(n22())}\n`),
      run('{\n  "kind": "x",\n  oops\n}'),
      run(await readFile(join(cli.folder, 'f01.jws'), 'utf8')),
    ])
    expect([one.code, indented.code, many.code, broken.code, signed.code]).toEqual([0, 0, 1, 1, 0])
    expect(many.report.records.map(({ line }) => line)).toEqual([1, 2])
    expect(one.report.records.map(({ line }) => line)).toEqual([undefined])
    expect(broken.report.records[0]?.findings).toMatchObject([{ code: 'json.syntax', line: 3, column: 3 }])
  })

  it('counts as its options require', async () => {
    const [ignored, only, otherOnly, shape, quiet, few, none] = await Promise.all([
      json('n22.json', '--ignore', 'verdict.outside-limits'),
      json('n22.json', '--only', 'verdict.outside-limits'),
      json('n22.json', '--only', 'units.legal'),
      json('syntax.json', 'absent-kind.json', '--only', 'units.legal'),
      json('warned.json', '--quiet'),
      cli.run(['check', 'warned.json', '--max-warnings', '0', '--lang', 'en']),
      cli.run(['check', 'warned.json', '--max-warnings', '50']),
    ])
    const codes = ({ report }: { report: Report }) => report.records.flatMap(({ findings }) => findings.map(({ code }) => code))
    expect(codes(ignored)).not.toContain('verdict.outside-limits')
    expect(new Set(codes(only))).toEqual(new Set(['verdict.outside-limits']))
    expect([otherOnly.code, codes(otherOnly)]).toEqual([0, []])
    expect(shape.code).toBe(2)
    expect(codes(shape)).toContain('json.syntax')
    expect([quiet.report.totals.warned, codes(quiet)]).toEqual([few.out.match(/warning {2}/g)?.length, []])
    expect([few.code, none.code]).toEqual([1, 0])
    expect(few.err).toContain('more than --max-warnings 0')
  })

  it('lists every check with --full', async () => {
    const { report } = await json('f01.json', '--full')
    expect(report.records[0]?.checks?.length).toBeGreaterThan(25)
    expect((await cli.run(['check', 'f01.json', '--full'])).out.split('\n').length).toBeGreaterThan(25)
  })

  it('prints no control character of a record', async () => {
    await cli.write('forged.json', pretty({ ...fixtures.F01.record, ['x\u001b[2K\u0085::error::']: 'y' }).replaceAll('\\u001b', '\\u001b'))
    for (const format of ['pretty', 'junit', 'github']) {
      const { out, code } = await cli.run(['check', 'forged.json', '--format', format])
      expect(code).toBe(1)
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    }
  })
})

describe('a report for machines', () => {
  it('in json has tool, records and totals; a file and standard output get the same', async () => {
    const [{ report }, toFile] = await Promise.all([
      json('out'),
      cli.run(['check', 'out', '--format', 'json', '--out', 'report.json', '--lang', 'en']),
    ])
    expect(report.tool.name).toBe('tongheng')
    expect(report.totals).toMatchObject({ files: 2, records: 2, faulty: 1, unread: 0 })
    expect([toFile.code, toFile.out, toFile.err.includes('2 record(s)')]).toEqual([1, '', true])
    expect(JSON.parse(await readFile(join(cli.folder, 'report.json'), 'utf8'))).toEqual(report)
  })

  it('in junit is well formed, with a suite for each record and counted failures', async () => {
    const { out, code } = await cli.run(['check', 'out', 'lines', 'warned.json', '--format', 'junit', '--lang', 'en'])
    expect(code).toBe(1)
    const suites = [...elements(parseXml(out), 'testsuite')]
    expect(suites.length).toBe(7)
    for (const suite of suites) {
      expect(Number(suite.attributes.tests)).toBe([...elements(suite, 'testcase')].length)
      expect(Number(suite.attributes.failures)).toBe([...elements(suite, 'failure')].length)
    }
    expect(suites.map(({ attributes }) => Number(attributes.failures) > 0)).toEqual([false, true, false, true, true, false, false])
    const sum = (name: 'tests' | 'failures' | 'errors'): string =>
      String(suites.reduce((total, { attributes }) => total + Number(attributes[name]), 0))
    // The attributes that the common schema (jenkins junit) allows on the element around the suites.
    expect(parseXml(out).attributes).toEqual({
      name: 'tongheng check',
      tests: sum('tests'),
      failures: sum('failures'),
      errors: sum('errors'),
      time: '0',
    })
    expect(sum('failures')).not.toBe('0')
  })

  it('in sarif has results that point into files, and a rule for each', async () => {
    await cli.write('with blank#.json', pretty(n22()))
    const { out, code } = await cli.run(['check', 'n22.json', 'with blank#.json', '--format', 'sarif'])
    expect(code).toBe(1)
    const { version, runs } = JSON.parse(out) as {
      version: string
      runs: {
        columnKind: string
        tool: { driver: { name: string; version: string; rules: { id: string; shortDescription: { text: string } }[] } }
        results: {
          ruleId: string
          ruleIndex: number
          level: string
          message: { text: string }
          locations: { physicalLocation: { artifactLocation: { uri: string }; region: Record<string, number> } }[]
        }[]
      }[]
    }
    const [run] = runs
    expect([version, runs.length, run?.columnKind, run?.tool.driver.name]).toEqual(['2.1.0', 1, 'utf16CodeUnits', 'tongheng'])
    for (const { ruleId, ruleIndex, level, locations } of run?.results ?? []) {
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
      expect(['error', 'warning']).toContain(level)
      const { startLine = 0, startColumn = 0, endColumn = 0 } = locations[0]?.physicalLocation.region ?? {}
      expect(startLine).toBeGreaterThan(1)
      expect(endColumn).toBeGreaterThan(startColumn)
    }
    const uris = new Set(run?.results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri))
    expect(uris).toEqual(new Set(['n22.json', 'with%20blank%23.json']))
  })

  it('in github has an annotation for each finding, with escaped text', async () => {
    await cli.write('a,b:c%.json', pretty(n22()))
    const { out } = await cli.run(['check', 'a,b:c%.json', '--format', 'github', '--lang', 'en'])
    const notes = out.split('\n').filter((line) => line.startsWith('::'))
    expect(notes.length).toBeGreaterThan(0)
    for (const note of notes)
      expect(note).toMatch(/^::(?:error|warning) file=a%2Cb%3Ac%25\.json,line=\d+,col=\d+,endColumn=\d+,title=[^,:]+::.+$/)
  })

  it('in gitlab has an issue for each finding, with a fingerprint that does not depend on line numbers', async () => {
    await cli.write('moved.json', `\n\n${pretty(n22())}`)
    const issues = async (file: string) => JSON.parse((await cli.run(['check', file, '--format', 'gitlab', '--lang', 'en'])).out) as Issue[]
    interface Issue {
      readonly description: string
      readonly check_name: string
      readonly fingerprint: string
      readonly severity: string
      readonly location: { readonly path: string; readonly lines: { readonly begin: number } }
    }
    const found = await issues('./moved.json')
    expect(found.length).toBeGreaterThan(0)
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(found.length)
    for (const { severity, location, description, check_name } of found) {
      expect([['major', 'minor'].includes(severity), location.path, description !== '', check_name.includes('.')]).toEqual([
        true,
        'moved.json',
        true,
        true,
      ])
      expect(location.lines.begin).toBeGreaterThan(3)
    }
    await cli.write('moved.json', pretty(n22()))
    expect((await issues('moved.json')).map(({ fingerprint }) => fingerprint)).toEqual(found.map(({ fingerprint }) => fingerprint))
    expect(await issues('f01.json')).toEqual([])
  })

  it('in junit and sarif has what their readers require', async () => {
    const suites = [...elements(parseXml((await cli.run(['check', 'n22.json', '--format', 'junit'])).out), 'testsuite')]
    for (const { attributes } of suites)
      for (const name of ['name', 'tests', 'failures', 'errors', 'skipped', 'time']) expect(attributes).toHaveProperty(name)
    for (const suite of suites)
      for (const { attributes } of elements(suite, 'testcase'))
        for (const name of ['name', 'classname', 'time']) expect(attributes).toHaveProperty(name)
    const [run] = JSON.parse((await cli.run(['check', 'n22.json', '--format', 'sarif'])).out).runs
    expect(run.tool.driver.informationUri).toMatch(/^https:/)
    for (const rule of run.tool.driver.rules)
      expect(rule).toMatchObject({
        fullDescription: { text: expect.any(String) },
        help: { text: expect.stringMatching(/./) },
        helpUri: expect.stringMatching(/^https:/),
      })
    for (const result of run.results)
      expect(result.partialFingerprints).toEqual({ 'tonghengFinding/v1': expect.stringMatching(/^[\w-]{43}$/) })
  })

  it('in junit has only elements and attributes that the schemas of Jenkins allow, and every one they require', async () => {
    const { out } = await cli.run(['check', 'out', 'lines', 'warned.json', 'changed.jws', '--format', 'junit'])
    expect(faultsOfJUnit(parseXml(out))).toEqual([])
    for (const [damage, fault] of [
      ['<testcase ', 'testcase: line'],
      ['<testsuite ', 'testsuite: line'],
    ] as const)
      expect(faultsOfJUnit(parseXml(out.replace(damage, `${damage}line="1" `)))).toEqual([fault])
    // The location of a finding remains readable.
    expect([...elements(parseXml(out), 'failure')].every(({ text }) => /^\S+:\d+:\d+ /.test(text))).toBe(true)
  })

  it('in sarif links every rule to an anchor of the published page', async () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../schemas/rules.md'), 'utf8')
    const anchors = [...page.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id as string)
    expect(new Set(anchors).size).toBe(anchors.length)
    expect(Object.keys(codes).filter((code) => !anchors.includes(code))).toEqual([])
    await cli.write('not.json', '{"kind": oops}')
    await cli.write('broken.jws', 'a.b.c')
    const { out } = await cli.run(['check', 'out', 'lines', 'warned.json', 'not.json', 'broken.jws', '--format', 'sarif'])
    const [run] = JSON.parse(out).runs as [{ tool: { driver: { rules: { id: string; helpUri: string }[] } } }]
    const { rules } = run.tool.driver
    expect(rules.map(({ id }) => id)).toEqual(expect.arrayContaining(['json.syntax', 'verdict.outside-limits']))
    for (const { id, helpUri } of rules) {
      const [file, anchor] = helpUri.split('#') as [string, string]
      expect([file, anchor, anchors.includes(anchor)]).toEqual([`${SCHEMA_BASE}rules.md`, id, true])
    }
  })

  it.each(['pretty', 'json', 'junit', 'sarif', 'github', 'gitlab'])(
    'in %s includes every bad one of a thousand records',
    async (format) => {
      const [good, bad] = [JSON.stringify(fixtures.F01.record), JSON.stringify(n22())]
      const file = await cli.write(
        `many-${format}.ndjson`,
        Array.from({ length: 1000 }, (_, n) => `${n % 10 === 0 ? bad : good}\n`).join(''),
      )
      const { code, out } = await cli.run(['check', file, '--format', format, '--out', `many.${format}`, '--lang', 'en'])
      expect([code, out]).toEqual([1, ''])
      const report = await readFile(join(cli.folder, `many.${format}`), 'utf8')
      expect(report.split('verdict.outside-limits').length).toBeGreaterThan(100)
    },
  )
})

describe('the example workflow', () => {
  const workflow = readFileSync(resolve(import.meta.dirname, '../../examples/check-records.yml'), 'utf8')
  const commands = [...workflow.matchAll(/^\s*run: npx (?:--no )?tongheng (.+)$/gm)].map((match) => match[1] as string)

  it('runs as written: good records pass, a bad one stops it', async () => {
    expect(commands.length).toBeGreaterThanOrEqual(2)
    await mkdir(join(cli.folder, 'records'), { recursive: true })
    const args = commands.map((command) => [...command.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? (match[2] as string)))
    await cli.write('records/a.json', pretty(fixtures.F01.record))
    for (const one of args) expect((await cli.run(one)).code, one.join(' ')).toBe(0)
    await cli.write('records/b.json', pretty(n22()))
    for (const one of args) expect((await cli.run(one)).code, one.join(' ')).toBe(1)
  })
})
