// Why this exists: the same answer at a terminal: two certificates and a notice of failure in, one line out that an inspector can act on.
import type { VerificationRecord } from 'tongheng/records'
import { createFakeAuthorities, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

let cli: Cli
const F01 = fixtures.F01.record as VerificationRecord
const standing = (...args: string[]) => cli.run(['standing', ...args, '--trust', 'trust.json', '--region', '50'])

beforeAll(async () => {
  cli = await openCli()
  const world = await createFakeAuthorities({ witnessKeys: true })
  await cli.write('trust.json', { anchors: world.anchors, trustLists: world.trustLists, agreements: [world.signedAgreement] })
  await cli.write('f01.jws', await world.sign('CD', F01))
  await cli.write('f07.jws', await world.sign('SC-INST', fixtures.F07.record))
  const { validUntil: _, ...rest } = F01
  await cli.write(
    'fail.jws',
    await world.sign('CD', { ...rest, certificateNo: '川检通2025-1', verifiedOn: '2025-06-01', outcome: 'fail' } as VerificationRecord),
  )
})
afterAll(() => cli.close())

describe('standing', () => {
  it('prints the standing in both languages, and exits by it', async () => {
    const zh = await standing('f01.jws')
    expect(zh).toMatchObject({ code: 0, err: '' })
    expect(zh.out).toContain(`检定有效：${F01.certificateNo}，有效期至 ${F01.validUntil}`)
    expect((await standing('f01.jws', '--lang', 'en')).out).toContain(`In force: ${F01.certificateNo}, valid until ${F01.validUntil}`)
    const failed = await standing('f01.jws', 'fail.jws', '--lang', 'en')
    expect(failed).toMatchObject({ code: 1 })
    expect(failed.out.split('\n').slice(1, 5)).toEqual([
      'Failed: 川检通2025-1 (2025-06-01); not to be used',
      `! The notice of failure 川检通2025-1 prevails over ${F01.certificateNo}, whose validity has not ended`,
      '  2025-06-01  failed  川检通2025-1',
      `  2025-03-12  passed  ${F01.certificateNo}  valid until ${F01.validUntil}`,
    ])
  })

  it('reports what it left out, and does not exit as if all were well', async () => {
    expect(await standing('f01.jws', 'f07.jws')).toMatchObject({ code: 1, err: expect.stringContaining('有 1 份') })
    const asJson = await standing('f01.jws', '--format', 'json')
    expect(JSON.parse(asJson.out)).toMatchObject([{ code: 'standing.valid', decidedBy: expect.any(String) }])
    expect(await cli.run(['standing', 'f01.jws', '--trust', 'trust.json', '--region', '5'])).toMatchObject({ code: 2 })
  })
})
