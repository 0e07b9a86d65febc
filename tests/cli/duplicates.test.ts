// Why this exists: a clerk of a bureau drops a folder on one command, and reads which instruments both sides verified, in time for the
// meeting of
// the two bureaus: a table, a list for Excel, and nothing about a person.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { VerificationRecord } from 'tongheng/records'
import { createFakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readWorkbook } from '../../src/spreadsheet/index.js'
import { type Cli, openCli } from './run.js'

let cli: Cli
const F01: VerificationRecord = { ...(fixtures.F01.record as VerificationRecord), cause: 'periodic' }
const duplicates = (...args: string[]) => cli.run(['duplicates', ...args, '--trust', 'trust.json'])
const LATER: VerificationRecord = {
  ...F01,
  certificateNo: '渝检-1',
  issuer: { uscc: organisation('YB').uscc, name: organisation('YB').name.zh, authorisationNo: '（渝）法计（2020）50041号' },
  verifiedOn: '2025-05-10',
  validUntil: '2026-05-09',
}

beforeAll(async () => {
  cli = await openCli()
  const world = await createFakeAuthorities({ witnessKeys: true })
  await cli.write('trust.json', { anchors: world.anchors, trustLists: world.trustLists, agreements: [world.signedAgreement] })
  const earlier = await world.sign('CD', F01)
  await cli.write('one.jws', earlier)
  const { cause: _, ...rest } = LATER
  const undecided = { ...rest, certificateNo: '渝检-2', verifiedOn: '2025-05-20', validUntil: '2026-05-19' } as VerificationRecord
  await cli.write('both.ndjson', [earlier, await world.sign('YB', LATER), await world.sign('YB', undecided)].join('\n'))
})
afterAll(() => cli.close())

describe('duplicates', () => {
  it('prints table, pairs and undecided pairs in both languages, with the matching exit code', async () => {
    const zh = await duplicates('both.ndjson', 'one.jws')
    expect([zh.code, zh.err]).toEqual([1, ''])
    expect(zh.out).toContain('签名记录 3 份，其中检定 3 台（件）次')
    expect(zh.out).toMatch(/出租汽车计价器\s+重庆渝北\s+2025-05\s+1\s+1/)
    expect(zh.out).toContain('2025-05-10  渝检-1  渝北示例计量所  合格  → 2026-05-09  剩余 305 天')
    expect(zh.out).toContain('后一次检定没有写检定原因')
    const en = await duplicates('both.ndjson', '--lang', 'en')
    expect(en.out).toMatch(/taximeter\s+Yubei, Chongqing\s+2025-05\s+1\s+1/)
    const none = await duplicates('one.jws')
    expect([none.code, none.out.includes('没有发现重复检定')]).toEqual([0, true])
    expect((await duplicates('both.ndjson', '--from', '2025-05-15', '--format', 'json')).code).toBe(1)
  })

  it('gives JSON, CSV and a workbook, without applicant and whole plate', async () => {
    const { out, code } = await duplicates('both.ndjson', '--format', 'json', '--to', '2025-05-15')
    const report = JSON.parse(out)
    expect([code, report.to, report.duplicates.length, report.undecided.length]).toEqual([1, '2025-05-15', 1, 0])
    const csv = await duplicates('both.ndjson', '--format', 'csv', '--out', 'list.csv', '--lang', 'en')
    expect(csv).toMatchObject({ code: 1, out: '', err: '1 duplicate(s), 1 undecided, 0 record(s) not compared\n' })
    const list = await readFile(join(cli.folder, 'list.csv'), 'utf8')
    expect(list.trim().split('\r\n')).toHaveLength(3)
    expect((await duplicates('both.ndjson', '--format', 'xlsx', '--out', 'list.xlsx')).code).toBe(1)
    const { sheets } = await readWorkbook(await readFile(join(cli.folder, 'list.xlsx')))
    expect(sheets.map(({ name }) => name)).toEqual(['统计', '重复检定', '未能比较'])
    for (const text of [out, list]) {
      expect(text).not.toContain(F01.applicant.name as string)
      expect(text).not.toContain('T0001')
    }
    expect(await duplicates('both.ndjson', '--format', 'xlsx')).toMatchObject({ code: 2, err: expect.stringContaining('--out') })
  })

  it('names a file that it cannot read, counts labels and what is not genuine, and exits with 2 where a file is left out', async () => {
    const stranger = await createFakeAuthorities()
    await cli.write('strange.jws', await stranger.sign('CD', F01))
    const strange = await duplicates('strange.jws', '--lang', 'en')
    expect([strange.code, strange.out.includes('Not compared 1')]).toEqual([0, true])
    expect(strange.out).toContain('[key.unknown]')
    await cli.write('broken.jws', 'no statement')
    const { code, err, out } = await duplicates('broken.jws', 'both.ndjson')
    expect([code, out.includes('重复检定 1')]).toEqual([2, true])
    expect(err).toContain('broken.jws')
    await cli.write('scanned.txt', 'https://jl.example.cn/l#AAAA\n')
    expect((await duplicates('scanned.txt', '--lang', 'en')).err).toContain('1 label(s)')
    expect(await duplicates('both.ndjson', '--from', '2025')).toMatchObject({ code: 2, err: expect.stringContaining('--from') })
    // Exchanged ends would find nothing, which reads like a clean result.
    const exchanged = await duplicates('both.ndjson', '--from', '2025-12-31', '--to', '2025-01-01')
    expect([exchanged.code, exchanged.err]).toEqual([2, expect.stringContaining('--to')])
    expect(await cli.run(['duplicates', 'both.ndjson'])).toMatchObject({ code: 2, err: expect.stringContaining('--trust') })
    expect(await duplicates('both.ndjson', '--out', 'both.ndjson')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.file-same'),
    })
  })
})
