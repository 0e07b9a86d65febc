// Why this exists: an agreement binds two provinces; what is signed must be what was read, tested, and what the other side signed.
import { readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { agreementPayload, createFakeAuthorities, type FakeAuthorities, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

let cli: Cli
let world: FakeAuthorities
const agreement = (action: string, ...args: string[]) =>
  cli.run(['agreement', action, '--draft', 'draft.json', '--trust', 'trust.json', '--lang', 'en', ...args])
const read = async (name: string) => JSON.parse(await readFile(join(cli.folder, name), 'utf8'))
const edit = async (change: (payload: ReturnType<typeof agreementPayload>) => void) => {
  const draft = await read('draft.json')
  change(draft.payload)
  await cli.write('draft.json', draft)
}

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  const { anchors, trustLists, keys } = world
  await cli.write('trust.json', { anchors, trustLists })
  for (const key of ['SC-AMR', 'CQ-AMR', 'CD'] as const) await cli.write(`${key}.json`, keys.get(key)?.privateJwk as object)
  await cli.write('content.json', agreementPayload())
  await cli.write('f01.jws', await world.sign('CD', fixtures.F01.record))
})

afterAll(() => cli.close())

describe('agreement', () => {
  it('drafts from content, and never over another draft', async () => {
    expect(await agreement('draft', '--from', 'content.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.confirm-needed'),
    })
    const drafted = await agreement('draft', '--from', 'content.json', '--yes')
    expect(drafted).toMatchObject({ code: 0, out: expect.stringContaining('first signing of') })
    expect(await agreement('draft', '--from', 'content.json')).toMatchObject({ code: 2, err: expect.stringContaining('EEXIST') })
    expect(await agreement('burn')).toMatchObject({ code: 2, err: expect.stringContaining('cli.action-unknown') })
  })

  it('runs the tests of the draft, and signs only where all pass', async () => {
    const passed = await agreement('test')
    expect(passed).toMatchObject({ code: 0 })
    expect(passed.out.match(/✓/g)).toHaveLength(5)
    await edit((payload) => payload.clauses.shift())
    const failed = await agreement('test')
    expect(failed).toMatchObject({ code: 1, out: expect.stringContaining('✗') })
    expect(await agreement('sign', '--key', 'SC-AMR.json', '--yes')).toMatchObject({ code: 1 })
    expect((await read('draft.json')).signed).toEqual([])
    expect(await agreement('publish', '--yes')).toMatchObject({ code: 2, err: expect.stringContaining('agreement.test-failed') })
    await edit((payload) => payload.clauses.unshift(agreementPayload().clauses[0] as never))
  })

  it.each<[string, object, string]>([
    ['a kind that does not exist', { id: 'slip', kinds: ['verification-recrod'] }, 'cli.agreement-kind'],
    ['an id that another has', { id: 'mobile-verification' }, 'cli.agreement-clause-twice'],
    ['an end before its beginning', { id: 'slip', from: '2025-01-01', to: '2024-12-31' }, 'cli.agreement-dates'],
  ])('refuses a clause with %s, though every test passes', async (_, more, code) => {
    await edit((payload) => payload.clauses.push({ ...(payload.clauses[0] as (typeof payload.clauses)[number]), ...more }))
    const [tested, signed] = [await agreement('test'), await agreement('sign', '--key', 'SC-AMR.json', '--yes')]
    for (const { code: exit, err } of [tested, signed])
      expect([exit, err]).toEqual([2, expect.stringMatching(`/clauses/\\d/.*\\[${code}\\]`)])
    await edit((payload) => payload.clauses.pop())
  })

  it('points out a condition and a category that it does not know: the other side may', async () => {
    const more = { id: 'slip', categories: ['taxi-meter'], conditions: [{ name: 'mobil-only' }] }
    await edit((payload) => payload.clauses.push({ ...(payload.clauses[0] as (typeof payload.clauses)[number]), ...more } as never))
    const { code, err } = await agreement('test')
    expect([code, err.match(/\[\/clauses\/\d\/\w+\/0\]/g)?.length]).toEqual([0, 2])
    expect(err).toContain('does not know the condition mobil-only')
    await edit((payload) => payload.clauses.pop())
  })

  it.each<[string, object, string]>([
    ['wrong parameters', { kinds: ['supervision-task'], conditions: [{ name: 'task-of-both-bureaus', most: 2 }] }, 'agreement.condition'],
    ['records in the same clause', { kinds: ['comparison-result'], conditions: [{ name: 'pilots-of-both-sides' }] }, 'joint.clause-mixed'],
  ])('refuses a condition on joint work with %s', async (_, more, code) => {
    await edit((payload) => payload.clauses.push({ ...(payload.clauses[0] as (typeof payload.clauses)[number]), id: 'joint', ...more }))
    for (const asked of [['test'], ['sign', '--key', 'SC-AMR.json', '--yes'], ['publish', '--yes']])
      expect(await agreement(asked[0] as string, ...asked.slice(1))).toMatchObject({ code: 2, err: expect.stringContaining(code) })
    await cli.write('payload.json', (await read('draft.json')).payload)
    expect(await cli.run(['check', 'payload.json'])).toMatchObject({ code: 1, out: expect.stringContaining(code) })
    await edit((payload) => payload.clauses.pop())
    expect(await agreement('test')).toMatchObject({ code: 0 })
  })

  it('is signed by one party, passed on, unchangeable from then on, and published when both have signed', async () => {
    expect(await agreement('sign', '--key', 'SC-AMR.json')).toMatchObject({ code: 2, err: expect.stringContaining('cli.confirm-needed') })
    const first = await agreement('sign', '--key', 'SC-AMR.json', '--yes')
    expect(first.out).toContain('1 signature(s) for 2 parties')
    expect(first.out).toContain('clause mobile-verification added')
    expect(await agreement('sign', '--key', 'SC-AMR.json', '--yes')).toMatchObject({
      out: expect.stringContaining('1 signature(s) for 2 parties'),
    })
    expect(await agreement('publish', '--yes')).toMatchObject({ code: 2, err: expect.stringContaining('agreement.not-signed') })
    const draft = await read('draft.json')
    await edit((payload) => payload.clauses.pop())
    expect(await agreement('sign', '--key', 'CQ-AMR.json', '--yes')).toMatchObject({
      code: 2,
      err: expect.stringContaining('agreement.payload-differs'),
    })
    await cli.write('draft.json', draft)
    expect((await agreement('sign', '--key', 'CQ-AMR.json', '--yes')).out).toContain('2 signature(s)')
    expect(await agreement('publish', '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('version 1, is published') })
    await expect(read('draft.json')).rejects.toThrow('ENOENT')
    const verdict = await cli.run(['verify', 'f01.jws', '--trust', 'trust.json', '--region', '50', '--lang', 'en'])
    expect(verdict).toMatchObject({ code: 0 })
  })

  it('neither signs nor publishes for a body that is no party', async () => {
    expect(await agreement('draft', '--id', 'chuan-yu-metrology', '--yes')).toMatchObject({ code: 0 })
    expect(await agreement('sign', '--key', 'SC-AMR.json', '--yes')).toMatchObject({ code: 0 })
    const before = await read('draft.json')
    expect(await agreement('sign', '--key', 'CD.json', '--yes')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.agreement-not-party'),
    })
    expect(await read('draft.json')).toEqual(before)
    expect(await agreement('publish', '--yes')).toMatchObject({ code: 2, err: expect.stringContaining('agreement.not-signed') })
    await unlink(join(cli.folder, 'draft.json'))
    expect(await agreement('draft', '--id', 'nothing')).toMatchObject({ code: 2, err: expect.stringContaining('cli.agreement-none') })
  })

  it('describes what the next version changes, and judges each fact by the version of its day', async () => {
    await agreement('draft', '--id', 'chuan-yu-metrology', '--yes')
    expect((await agreement('diff')).out).toContain('nothing but the dates changes')
    await edit((payload) => {
      payload.from = '2025-06-01'
      const [mobile, work] = payload.clauses as [(typeof payload.clauses)[0], (typeof payload.clauses)[0]]
      mobile.categories = ['road-tanker', 'water-meter']
      mobile.conditions = [{ name: 'mobile-only' }, { name: 'validity-remaining', min: 'P7D' }]
      mobile.directions = [{ from: '51', to: '50' }]
      work.effect = { zh: '采信' }
      payload.clauses = [work, mobile, ...payload.clauses.slice(3)]
      payload.tests = payload.tests.slice(4)
    })
    const { out } = await agreement('diff')
    const told = out
      .split('\n')
      .slice(1)
      .map((line) => line.trim())
    for (const line of [
      'in force from 2025-06-01 to —',
      'clause work-results-calibration removed: “Metrology work results: calibration”',
      'clause work-results-verification, effect: 采信',
      expect.stringMatching(/^clause mobile-verification, categories: added water-meter; removed taximeter, /),
      'clause mobile-verification, directions: added —; removed 50→51',
      expect.stringMatching(
        /conditions: added validity-remaining\(min P7D\); removed specification-in-force, issuer-authorised, validity-remaining\(min P0D\)/,
      ),
      expect.stringMatching(/^order of clauses/),
    ])
      expect(told).toContainEqual(line)
    for (const key of ['SC-AMR', 'CQ-AMR']) expect(await agreement('sign', '--key', `${key}.json`, '--yes')).toMatchObject({ code: 0 })
    expect(await agreement('publish', '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('version 2, is published') })
    // The taxi was verified in March 2025, under the first version.
    const verdict = await cli.run(['verify', 'f01.jws', '--trust', 'trust.json', '--region', '50'])
    expect(verdict).toMatchObject({ code: 0 })
  })
})
