// Two bureaus draw with files and a terminal alone: neither reveals before both have committed, and both compute the same parties.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { signStatement, statementId } from 'tongheng/envelope'
import { createFakeAuthorities, examplePopulation, type FakeAuthorities, fixtures, jointFixtures, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jointClause, signedWith } from '../support/joint-agreement.js'
import { type Cli, openCli } from './run.js'

type Key = 'SC-AMR' | 'CQ-AMR' | 'GA-AMR'
const uscc = (key: Key): string => organisation(key).uscc
const on = (day: string): string => `2025-04-${day}T12:00:00+08:00`

let cli: Cli
let world: FakeAuthorities
const supervise = (...args: string[]) => cli.run(['supervise', ...args, '--lang', 'en'])
const as = (key: Key): string[] => ['--iss', uscc(key), '--key', `${key}.key`]
const read = async (file: string): Promise<string> => (await readFile(join(cli.folder, file), 'utf8')).trim()

/** The receipt of an authority for a statement. */
const receipt = (signed: string, by: 'SC-AMR' | 'CQ-AMR', at: string) => {
  const sub = statementId('metrology-joint+jwt', signed.split('.')[1] as string)
  const claims = {
    iss: uscc(by),
    aud: uscc(by),
    sub,
    iat: Date.parse(at) / 1000,
    req: 'r',
    decision: 'accepted',
    reasons: [],
    reliedOn: {},
  }
  return signStatement(claims, { typ: 'metrology-receipt+jwt', signer: world.signer(by) })
}

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  await cli.write('trust.json', { anchors: world.anchors, trustLists: world.trustLists })
  for (const key of ['SC-AMR', 'CQ-AMR', 'GA-AMR'] as const) await cli.write(`${key}.key`, world.keys.get(key)?.privateJwk as object)
  await cli.write('task.json', jointFixtures.task)
  await cli.write('list.txt', examplePopulation(40).join('\n'))
  await cli.write('list-cq.txt', `${[...examplePopulation(40)].reverse().join('\r\n')}\r\n\r\n`)
  expect(await supervise('task', 'task.json', ...as('SC-AMR'), '--at', on('01'), '--out', 'task.jws')).toMatchObject({ code: 0, out: '' })
})
afterAll(() => cli.close())

describe('supervise draw', () => {
  it('goes from the task to the same parties on both sides', async () => {
    const commit = (key: Key, list: string, day: string) =>
      supervise(
        'draw',
        'commit',
        'task.jws',
        ...as(key),
        '--trust',
        'trust.json',
        '--population',
        list,
        '--nonce',
        `${key}.nonce`,
        '--at',
        on(day),
        '--out',
        `${key}.commit.jws`,
      )
    expect(await commit('SC-AMR', 'list.txt', '08')).toMatchObject({ code: 0, err: expect.stringContaining('SC-AMR.nonce') })
    expect(await commit('CQ-AMR', 'list-cq.txt', '09')).toMatchObject({ code: 0 })
    expect((await stat(join(cli.folder, 'SC-AMR.nonce'))).mode & 0o777).toBe(0o600)

    const files = ['task.jws', 'SC-AMR.commit.jws', 'CQ-AMR.commit.jws']
    const reveal = (key: Key, day: string, ...more: string[]) =>
      supervise(
        'draw',
        'reveal',
        ...files,
        ...as(key),
        '--trust',
        'trust.json',
        '--nonce',
        `${key}.nonce`,
        '--at',
        on(day),
        '--out',
        `${key}.nonce.jws`,
        ...more,
      )
    // Nothing is revealed without evidence of both commitments.
    expect(await reveal('SC-AMR', '12')).toMatchObject({ code: 2, err: expect.stringContaining('cli.draw-too-early') })
    const receipts = [
      await receipt(await read('SC-AMR.commit.jws'), 'CQ-AMR', on('08')),
      await receipt(await read('CQ-AMR.commit.jws'), 'SC-AMR', on('09')),
    ]
    // A receipt from the bureau itself proves nothing.
    await cli.write('own.txt', [receipts[0], await receipt(await read('CQ-AMR.commit.jws'), 'CQ-AMR', on('09'))].join('\n'))
    expect(await reveal('SC-AMR', '12', 'own.txt')).toMatchObject({ code: 2, err: expect.stringContaining('cli.draw-too-early') })
    await cli.write('receipts.txt', receipts.join('\n'))
    expect(await reveal('SC-AMR', '12', 'receipts.txt')).toMatchObject({ code: 0, out: '' })
    expect(await reveal('CQ-AMR', '13', 'receipts.txt')).toMatchObject({ code: 0, out: '' })

    const all = [
      ...receipts,
      await receipt(await read('SC-AMR.nonce.jws'), 'CQ-AMR', on('12')),
      await receipt(await read('CQ-AMR.nonce.jws'), 'SC-AMR', on('13')),
    ]
    await cli.write('receipts.txt', all.join('\n'))
    const show = (list: string, ...more: string[]) =>
      supervise(
        'draw',
        'show',
        ...files,
        'SC-AMR.nonce.jws',
        'CQ-AMR.nonce.jws',
        '--trust',
        'trust.json',
        'receipts.txt',
        '--population',
        list,
        ...more,
      )
    const [here, there, data] = await Promise.all([show('list.txt'), show('list-cq.txt'), show('list.txt', '--format', 'json')])
    expect(here).toMatchObject({ code: 0, err: '' })
    expect(here.out).toBe(there.out)
    expect(here.out.split('\n').slice(1, 2)).toEqual(['drawn'])
    const { parties, state } = JSON.parse(data.out)
    expect([state, parties.length]).toEqual(['drawn', 5])
    const lines = here.out.trimEnd().split('\n').slice(2)
    const next = lines.filter((line) => line.startsWith('Next: '))
    expect(lines.filter((line) => !next.includes(line))).toEqual(parties)
    expect(next[0]).toMatch(/^Next: Compute the parties drawn, from the list, by 四川示例市场监督管理局, 重庆示例市场监督管理局/)
    // Another list, and no log: exit code 1, and no party is drawn.
    await cli.write('list-other.txt', examplePopulation(41).join('\n'))
    expect(await show('list-other.txt')).toMatchObject({ code: 1, out: expect.stringContaining('draw.population-other') })
  })

  it('commits once for a task, for its bureaus only, and to a list of USCCs', async () => {
    const commit = (key: Key, list: string, ...files: string[]) =>
      supervise(
        'draw',
        'commit',
        'task.jws',
        ...files,
        ...as(key),
        '--trust',
        'trust.json',
        '--population',
        list,
        '--nonce',
        'new.nonce',
        '--at',
        on('09'),
      )
    await cli.write('list-bad.txt', '91511600000000010M\n915116000000\n')
    expect(await commit('SC-AMR', 'list.txt', 'SC-AMR.commit.jws')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.draw-committed'),
    })
    expect(await commit('GA-AMR', 'list.txt')).toMatchObject({ code: 2, err: expect.stringContaining('cli.draw-not-bureau') })
    expect(await commit('SC-AMR', 'list-bad.txt')).toMatchObject({ code: 2, err: expect.stringContaining('draw.party') })
    await expect(stat(join(cli.folder, 'new.nonce'))).rejects.toThrow('ENOENT')
  })
})

describe('supervise list', () => {
  it('states each case and counts by county and category', async () => {
    const finding = await world.sign('GA-AMR', fixtures.F14.record)
    const other = await world.sign('CQ-AMR', fixtures.F14b.record)
    await cli.write('findings.jws', `${finding}\n${other}\n`)
    const id = statementId('metrology-record+jwt', finding.split('.')[1] as string)
    const { rectification, recheck, closure } = jointFixtures
    for (const [name, action, document] of [
      ['rectification', 'measure', { ...rectification, finding: id }],
      ['recheck', 'measure', { ...recheck, finding: id }],
      ['closure', 'close', { ...closure, finding: id }],
    ] as const) {
      await cli.write(`${name}.json`, document)
      const signed = await supervise(action, `${name}.json`, ...as('GA-AMR'), '--at', '2025-06-05T12:00:00+08:00', '--out', `${name}.jws`)
      expect(signed).toMatchObject({ code: 0, out: '' })
    }
    const files = ['findings.jws', 'rectification.jws', 'recheck.jws', 'closure.jws']
    const list = (...more: string[]) => supervise('list', ...files, '--trust', 'trust.json', ...more)
    const { code, out, err } = await list()
    expect([code, err]).toEqual([1, ''])
    expect(out).toMatchInlineSnapshot(`
      "CY-LJ-2025-007-01  closed  示例燃油（泸州）有限公司  Guang’an  fuel dispenser
      CY-LJ-2025-007-02  overdue  19 day(s) overdue  示例油品运输（重庆）有限公司  Yubei, Chongqing  fuel dispenser
      "
    `)
    expect((await list('--overdue')).out).toMatch(/^CY-LJ-2025-007-02 .*19 day\(s\) overdue/)
    await list('--format', 'csv', '--out', 'table.csv')
    expect(await read('table.csv')).toContain('"511600","Guang’an","fuel-dispenser","fuel dispenser","1","0","0","0","0","0","0","1"')
    const { cases } = JSON.parse((await list('--format', 'json')).out)
    expect(cases.map(({ state }: { state: string }) => state)).toEqual(['closed', 'overdue'])
  })

  it('says of the task of a draw by which clause it counts in the other province, or what is missing', async () => {
    const condition = { name: 'task-of-both-bureaus', commitmentSuffices: true }
    const agreements = [await signedWith(world, jointClause(['supervision-task'], { conditions: [condition] }))]
    await cli.write('trust-clauses.json', { anchors: world.anchors, trustLists: world.trustLists, agreements })
    const ask = (...files: string[]) => supervise('draw', 'show', ...files, '--trust', 'trust-clauses.json', '--at', on('16'))
    const both = await ask('task.jws', 'SC-AMR.commit.jws', 'CQ-AMR.commit.jws', 'SC-AMR.nonce.jws', 'CQ-AMR.nonce.jws', 'receipts.txt')
    expect(both).toMatchObject({ code: 0, out: expect.stringContaining('task of joint supervision: counts in Chongqing by') })
    const { out } = await ask('task.jws', 'SC-AMR.commit.jws')
    expect(out).toMatch(/\nNext: Issue the task again under another number, by .*\n/)
    expect(out).toMatch(/whether it counts in Chongqing is undecided\n {2}joint-clause\.task-not-signed .*Chongqing Example AMR/)
  })

  it('compares parties inspected with those that were drawn, where the list is at hand', async () => {
    const drawn = ['task.jws', 'SC-AMR.commit.jws', 'CQ-AMR.commit.jws', 'SC-AMR.nonce.jws', 'CQ-AMR.nonce.jws', 'receipts.txt']
    const list = (...more: string[]) => supervise('list', 'findings.jws', ...drawn, '--trust', 'trust.json', ...more)
    const codesIn = (out: string) => new Set(out.match(/case\.(?:party|draw)[a-z-]+/g))
    expect(codesIn((await list()).out)).toEqual(new Set(['case.draw-not-compared']))
    await cli.write('list-other.txt', examplePopulation(41).join('\n'))
    expect(codesIn((await list('--population', 'list-other.txt')).out)).toEqual(new Set(['case.draw-not-compared']))
    const { out } = await list('--population', 'list-other.txt', '--population', 'list.txt')
    expect(codesIn(out)).toEqual(new Set(['case.party-not-drawn']))
    expect(out).toContain('is not among those drawn for the task CY-LJ-2025-007')
    // A draw has one list.
    const two = ['--population', 'list.txt', '--population', 'list-cq.txt']
    expect(await supervise('draw', 'show', ...drawn, '--trust', 'trust.json', ...two)).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.option-value'),
    })
    expect(await supervise('draw', 'commit', 'task.jws', ...as('SC-AMR'), '--trust', 'trust.json', '--nonce', 'new.nonce')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--population'),
    })
  })

  it('leaves out what is not genuine or no finding, and says so', async () => {
    const stranger = await createFakeAuthorities()
    await cli.write('strange.jws', await stranger.sign('GA-AMR', fixtures.F14.record))
    await cli.write('taximeter.jws', await world.sign('CD', fixtures.F01.record))
    const { code, err, out } = await supervise('list', 'strange.jws', 'taximeter.jws', '--trust', 'trust.json')
    expect([code, out.trim()]).toEqual([0, ''])
    expect(err).toContain('A finding in strange.jws is left out')
    expect(err).toContain('taximeter.jws holds a verification record')
  })
})

describe('supervise', () => {
  it('names a wrong action and a document of another kind', async () => {
    expect(await supervise('lst')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/“lst” \[cli\.action-unknown\]\s+Nearest: “list”/),
    })
    expect(await supervise('draw', 'x')).toMatchObject({ code: 2, err: expect.stringContaining('The actions are: commit, reveal, show') })
    expect(await supervise('close', 'task.json', ...as('SC-AMR'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.supervise-kind'),
    })
  })
})
