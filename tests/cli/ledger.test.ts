// Why this exists: what a clerk reads of a ledger is the product: each answer, its exit code, and files that are safe to open.
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { signLabel } from 'tongheng/label'
import type { VerificationRecord } from 'tongheng/records'
import { createFakeAuthorities, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ledgerShapes } from '../support/ledgers.ts'
import { type Cli, openCli } from './run.js'

let cli: Cli

beforeAll(async () => {
  cli = await openCli()
  for (const [id, { bytes }] of Object.entries(ledgerShapes)) await cli.write(`${id}.xlsx`, bytes())
  await cli.write('good.csv', '器具名称,出厂编号,检定日期,检定周期\n压力表,A1,2026-11-20,6个月\n')
})
afterAll(() => cli.close())

const AT = ['--at', '2026-11-29']

describe('ledger check', () => {
  it('names what is wrong by its cell, with advice, and exits with 1', async () => {
    const { code, out } = await cli.run(['ledger', 'check', 'A5.xlsx', ...AT])
    expect(code).toBe(1)
    expect(out).toContain('xlsx，1 个工作表，读出 7 行器具')
    expect(out).toContain('✕ 设备台账!J6  “2027.2.30”不是存在的日期')
    expect(out).toContain('! 设备台账!P4  下次检定日期 2027-02-10')
    expect(out).toMatch(/不能用 5，请核对 6，已处理 \d+\n$/)
  })

  it('exits with 0 where nothing is unusable, and says so in English', async () => {
    const { code, out } = await cli.run(['ledger', 'check', 'good.csv', ...AT, '--lang', 'en'])
    expect([code, out]).toEqual([0, 'csv utf-8, 1 sheet(s), 1 line(s)\nunusable 0, check 0, handled 0\n'])
  })

  it('gives every finding as JSON and as CSV', async () => {
    const json = await cli.run(['ledger', 'check', 'A5.xlsx', ...AT, '--format', 'json'])
    const { findings } = JSON.parse(json.out) as { findings: { code: string }[] }
    const csv = await cli.run(['ledger', 'check', 'A5.xlsx', ...AT, '--format', 'csv'])
    expect(csv.out.trim().split('\r\n')).toHaveLength(findings.length + 1)
    expect(csv.err).toContain('不能用 5')
  })

  it('writes a mapping, and reads by it once it is corrected', async () => {
    await cli.run(['ledger', 'check', 'A4.xlsx', ...AT, '--write-mapping', 'map.json'])
    const mapping = JSON.parse(await readFile(join(cli.folder, 'map.json'), 'utf8')) as {
      sheets: { columns: { column: string; field?: string }[] }[]
    }
    for (const column of mapping.sheets[0]?.columns ?? []) if (column.column === 'O') column.field = 'installedAt'
    await cli.write('map.json', mapping)
    const { out } = await cli.run(['ledger', 'import', 'A4.xlsx', ...AT, '--mapping', 'map.json', '--format', 'json'])
    const { lines, findings } = JSON.parse(out) as { lines: { place?: string }[]; findings: { code: string }[] }
    expect(lines.map(({ place }) => place)).toEqual(['S1', 'S1'])
    // A column that a person confirmed is not doubtful.
    expect(findings.map(({ code }) => code)).not.toContain('ledger.column-doubtful')
  })
})

describe('ledger due', () => {
  it('lists what is overdue and what must be booked, and says how days are counted', async () => {
    const { code, out } = await cli.run(['ledger', 'due', 'A3.xlsx', ...AT])
    expect(code).toBe(0)
    expect(out).toContain('须立即预约  2026-12-01  2 ')
    expect(out).toContain('工作日只扣除周六、周日')
    const { out: later } = await cli.run(['ledger', 'due', 'A3.xlsx', '--at', '2026-12-02'])
    expect(later).toContain('已超期')
  })

  it('answers nothing about a file that has no instruments: nothing due is another answer', async () => {
    await cli.write('not-a-ledger.csv', 'a,b\n1,2\n')
    const { code, out, err } = await cli.run(['ledger', 'due', 'not-a-ledger.csv', ...AT])
    expect([code, out, err]).toEqual([2, '', expect.stringContaining('[cli.ledger-none]')])
    expect((await cli.run(['ledger', 'check', 'not-a-ledger.csv', ...AT])).code).toBe(1)
  })

  it('exits with 1 where something is overdue, also by a page', async () => {
    const { code, out } = await cli.run(['ledger', 'due', 'A3.xlsx', '--at', '2026-12-02', '--format', 'html'])
    expect(code).toBe(1)
    expect(out).toContain('<td>✕ 已超期</td>')
    expect(out).not.toMatch(/<script|https?:\/\//)
  })

  it('counts the holidays that are given', async () => {
    await cli.write('holidays.json', { off: ['2026-10-01'] })
    const { err, out } = await cli.run(['ledger', 'due', 'good.csv', ...AT, '--holidays', 'holidays.json', '--full'])
    expect([err, out.includes('按所给节假日文件')]).toEqual(['', true])
    await cli.write('wrong.json', { off: ['2026-02-30'] })
    expect((await cli.run(['ledger', 'due', 'good.csv', '--holidays', 'wrong.json'])).err).toContain('ledger.holidays-shape')
  })
})

describe('ledger match', () => {
  beforeAll(async () => {
    const world = await createFakeAuthorities()
    await mkdir(join(cli.folder, 'in'))
    for (const [id, key] of [
      ['F01', 'CD'],
      ['F02', 'YB'],
      ['F08', 'CQ-INST'],
    ] as const)
      await cli.write(join('in', `${id}.jws`), await world.sign(key, fixtures[id].record))
    await cli.write('trust.json', { anchors: world.anchors, trustLists: world.trustLists, agreements: [world.signedAgreement] })
    const rows = [
      '器具名称,型号规格,出厂编号,检定结果,计量点,准确度要求',
      '出租汽车计价器,TX-9A,TX9A2303117,合格,,',
      '计价器,CQ-TX2,230900777,合格,,',
      '精密压力表,YB-150,YB2209016,,4MPa,±0.04MPa',
      '游标卡尺,,K-1,,,',
    ]
    await cli.write('own.csv', rows.join('\n'))
  })
  const WITH = ['--certificates', 'in', '--trust', 'trust.json', '--region', '50', '--at', '2025-06-16']

  it('prints for each instrument whether it may be used, by which certificate, and why', async () => {
    const { code, out } = await cli.run(['ledger', 'match', 'own.csv', ...WITH])
    expect(code).toBe(1)
    expect(out).toContain('✓ 能用  出租汽车计价器  TX9A2303117  [川计检字20250312-00417]')
    expect(out).toContain('✕ 不能用  计价器  230900777  [渝检通2025-0098]')
    expect(out).toContain('! 检定结果：台账为 合格，证书 渝检通2025-0098 为 不合格')
    expect(out).toContain('✓ 能用  精密压力表  YB2209016  [CQJL-P2025-1188]')
    expect(out).toContain('4.000 MPa 处误差 0.010 MPa（U = 0.006 MPa），要求 ±0.04 MPa')
    expect(out).toContain('? 无法判定  游标卡尺  K-1')
    expect(out).toContain('能用 2，不能用 1，无法判定 1')
  })

  it('says that certificates could not be judged, and why, where a trust list has expired', async () => {
    const { code, out } = await cli.run(['ledger', 'match', 'own.csv', ...WITH.slice(0, -1), '2027-01-04'])
    expect(code).toBe(1)
    expect(out).toContain('手头有 3 份的真实性无法判定')
    expect(out).toMatch(/真实性不成立、无法判定或读不出的 3 份：.*\[.*信任列表（第 1 版）已于 .* 失效，无法判定\]/)
    expect(out).not.toContain('请向检定机构索取签名证书')
  })

  it('decides by a label if its certificate was not given', async () => {
    const world = await createFakeAuthorities()
    const signed = await world.sign('CD', fixtures.F01.record)
    const label = await signLabel(signed, { signers: [world.signer('CD')], at: '2025-03-12T17:00:00+08:00' })
    await mkdir(join(cli.folder, 'labels'))
    await cli.write(join('labels', 'F01.label.jws'), String(label.signed))
    await cli.write('labels.json', { anchors: world.anchors, trustLists: world.trustLists, agreements: [world.signedAgreement] })
    const with_ = ['--certificates', 'labels', '--trust', 'labels.json', '--region', '50', '--at', '2025-06-16']
    const { out } = await cli.run(['ledger', 'match', 'own.csv', ...with_])
    expect(out).toContain('✓ 能用  出租汽车计价器  TX9A2303117  [川计检字20250312-00417]\n    标签核验成立')
    expect(out).toContain('能用 1，不能用 0，无法判定 3')
  })

  it('accepts newer records, log evidence and the trust state as verify does', async () => {
    const world = await createFakeAuthorities()
    const record = fixtures.F01.record as VerificationRecord
    const amendment = { replaces: record.certificateNo, reason: { zh: '更正' } }
    const old = await world.sign('CD', record, { at: '2025-03-12T16:00:00+08:00' })
    const newer = await world.sign('CD', { ...record, certificateNo: 'F01-B', amendment }, { at: '2025-03-12T17:00:00+08:00' })
    await cli.write('old.jws', old)
    await cli.write('replacing.jws', newer)
    await cli.write('newer.json', { anchors: world.anchors, trustLists: world.trustLists, agreements: [world.signedAgreement] })
    const given = [
      'ledger',
      'match',
      'own.csv',
      '--certificates',
      'old.jws',
      '--trust',
      'newer.json',
      '--region',
      '50',
      '--at',
      '2025-06-16',
    ]
    expect((await cli.run(given)).out).toContain('✓ 能用  出租汽车计价器')
    expect((await cli.run([...given, '--newer', 'replacing.jws'])).out).toMatch(/[✕?] .*出租汽车计价器.*\n.*替代/)
    await cli.run([...given, '--state', 'match-state.json'])
    const state = JSON.parse(await readFile(join(cli.folder, 'match-state.json'), 'utf8')) as { trustLists: unknown[] }
    expect(state.trustLists.length).toBeGreaterThan(0)
    await cli.write('log.json', '{"origin":1}')
    expect((await cli.run([...given, '--log', 'log.json'])).err).toContain('[log-evidence.shape]')
  })

  it('writes the ledger back as a workbook with a column of outcomes, which is read again', async () => {
    expect((await cli.run(['ledger', 'export', 'own.csv', ...WITH, '--format', 'xlsx', '--out', 'back.xlsx'])).code).toBe(1)
    const { out } = await cli.run(['ledger', 'import', 'back.xlsx', '--format', 'json'])
    const { lines } = JSON.parse(out) as { lines: { name: string; serialNumber: string; other: { header: string; text: string }[] }[] }
    expect(
      lines.map(({ name, serialNumber, other }) => [name, serialNumber, other.find(({ header }) => header === '能不能用')?.text]),
    ).toEqual([
      ['出租汽车计价器', 'TX9A2303117', '能用'],
      ['计价器', '230900777', '不能用'],
      ['精密压力表', 'YB2209016', '能用'],
      ['游标卡尺', 'K-1', '无法判定'],
    ])
  })

  it('gives the same as JSON, without the records', async () => {
    const { out } = await cli.run(['ledger', 'match', 'own.csv', ...WITH, '--format', 'json'])
    const { counts, lines } = JSON.parse(out) as { counts: object; lines: { use: string; certificate?: object }[] }
    expect(counts).toEqual({ usable: 2, 'not-usable': 1, undecided: 1 })
    expect(lines[0]?.certificate).toEqual({
      number: '川计检字20250312-00417',
      file: expect.stringContaining('F01.jws'),
      statementId: expect.any(String),
    })
  })

  it('exits with 2 where a certificate could not be read, or none was named', async () => {
    await cli.write('broken.jws', 'not a statement')
    expect((await cli.run(['ledger', 'match', 'own.csv', ...WITH, '--certificates', 'broken.jws'])).code).toBe(2)
    expect(await cli.run(['ledger', 'match', 'own.csv', '--trust', 'trust.json', '--region', '50'])).toMatchObject({ code: 2 })
    expect(await cli.run(['ledger', 'match', 'own.csv', '--certificates', 'in', '--trust', 'trust.json'])).toMatchObject({ code: 2 })
  })
})

describe('ledger export', () => {
  it('writes the rows of the application, and names what it lacks', async () => {
    const { code, out } = await cli.run(['ledger', 'export', 'A1.xlsx', '--as', 'filing'])
    expect(code).toBe(1)
    expect(out).toContain('缺少“出厂编号”，表中必填')
    const { out: csv } = await cli.run(['ledger', 'export', 'A10.xlsx', '--as', 'application', '--format', 'csv'])
    expect(csv.split('\r\n')[0]).toBe(
      '\ufeff"序号","器具名称","规格型号","准确度等级","测量范围","出厂编号","生产厂家","安装地点","检定单位(推荐)","检定要求","备注"',
    )
    expect(csv).toContain('"1","电能表","DTZ341","0.5S","3×1.5(6)A","W-1","威胜","配电室"')
  })

  it('exits with 0 where the form lacks nothing', async () => {
    await cli.write('full.csv', '器具名称,型号规格,测量范围（MPa）,出厂编号,制造单位\n压力表,Y-100,0-4.0,00123,红旗\n')
    const { code, out } = await cli.run(['ledger', 'export', 'full.csv', '--as', 'application', '--format', 'json'])
    expect([code, (JSON.parse(out) as { rows: string[][] }).rows]).toEqual([
      0,
      [['1', '压力表', 'Y-100', '', '0-4.0 MPa', '00123', '红旗', '', '', '', '']],
    ])
  })
})

describe('ledger', () => {
  it('accepts exactly one action and one file', async () => {
    expect(await cli.run(['ledger', 'chek', 'good.csv'])).toMatchObject({ code: 2, err: expect.stringContaining('check') })
    expect(await cli.run(['ledger', 'check'])).toMatchObject({ code: 2, err: expect.stringContaining('cli.ledger-file') })
    expect(await cli.run(['ledger', 'check', 'good.csv', 'A5.xlsx'])).toMatchObject({ code: 2 })
    expect(await cli.run(['ledger', 'check', 'absent.xlsx'])).toMatchObject({ code: 2 })
  })

  it('writes no cell that a spreadsheet would run', async () => {
    await cli.write('evil.csv', '器具名称,出厂编号,备注\n"=HYPERLINK(""http://x"")",+1-1,@SUM(A1)\n')
    const { out } = await cli.run(['ledger', 'import', 'evil.csv', ...AT, '--format', 'csv'])
    expect(out).toContain(`"'=HYPERLINK(""http://x"")","'+1-1","'@SUM(A1)"`)
  })
})
