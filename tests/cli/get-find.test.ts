// Why this exists: operators and clerks look up records from the command line; a record of a node must be the requested one.
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { createFakeAuthorities, type FakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Served, serve } from '../support/nodes/http.js'
import { openWorld, statementIdOf, taximeter } from '../support/nodes/world.js'
import { json, writeChengdu } from './node-files.js'
import { type Cli, openCli } from './run.js'

let cli: Cli
let world: FakeAuthorities
let node: Served
let statements: string[]
let lie: (path: string) => Response | undefined

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  await writeChengdu(cli, world)
  statements = [
    await world.sign('CD', fixtures.F01.record),
    await world.sign('CD', taximeter('川检-甲')),
    await world.sign('CD', taximeter('川检-乙')),
  ]
  node = await serve(async (url) => {
    const { server, node: inside } = await openWorld({ authorities: world, node: { url } })
    for (const statement of statements) await inside.submit({ statement, sender: organisation('CD').uscc, requestId: 'a' })
    return async (request) => lie(new URL(request.url).pathname) ?? server.fetch(request)
  })
  const { anchors, trustLists, signedAgreement } = world
  await cli.write('trust.json', { anchors, trustLists, agreements: [signedAgreement] })
})
afterAll(async () => {
  await node.close()
  await cli.close()
})
beforeEach(() => {
  lie = () => undefined
})

const as = (): string[] => ['--node', node.url, '--node-id', 'tongheng-51', '--iss', organisation('CD').uscc, '--key', 'CD.key']
const run = (...args: string[]) => cli.run([...args, ...as(), '--lang', 'en'])
const idOf = (at: number): string => statementIdOf(statements[at] as string)

describe('get', () => {
  it('prints a record by its id: as a line, as JSON, or as the statement alone, which verify judges', async () => {
    const text = await run('get', idOf(0))
    expect([text.code, text.err]).toEqual([0, ''])
    expect(text.out).toMatch(
      new RegExp(`^${idOf(0)}  accepted  verification-record  ${organisation('CD').uscc}  .*  nothing has befallen it\n$`),
    )
    const [entry] = json((await run('get', idOf(0), '--format', 'json')).out)
    expect(entry).toMatchObject({ statementId: idOf(0), statement: statements[0] })
    const both = await run('get', idOf(0), idOf(1), '--format', 'jws')
    expect(both.out).toBe(`${statements[0]}\n${statements[1]}\n`)
    const judged = await cli.run(['verify', '--trust', 'trust.json', '--region', '50'], {
      input: (await run('get', idOf(0), '--format', 'jws')).out,
    })
    expect(judged.code).toBe(0)
  })

  it('reports a missing record, a missing id, and an unreachable node', async () => {
    const none = await run('get', 'A'.repeat(43))
    expect([none.code, none.out, none.err]).toEqual([2, '', expect.stringContaining('[not-found]')])
    expect((await run('get')).err).toContain('[cli.get-none]')
    const { code, err } = await cli.run([
      'get',
      idOf(0),
      '--node',
      'http://127.0.0.1:9',
      '--iss',
      organisation('CD').uscc,
      '--key',
      'CD.key',
    ])
    expect([code, err]).toEqual([2, expect.stringContaining('[client.network]')])
  })

  it('refuses another statement under the id', async () => {
    lie = () =>
      new Response(
        JSON.stringify({
          ...{ statementId: idOf(0), statement: statements[1], iss: organisation('CD').uscc, jti: 'x', kind: 'verification-record' },
          ...{ number: '1', region: '51', decision: 'accepted', position: 0, receivedAt: 1_750_000_000 },
        }),
        { headers: { 'content-type': 'application/json' } },
      )
    const { code, out, err } = await run('get', idOf(0), '--format', 'jws')
    expect([code, out, err]).toEqual([2, '', expect.stringContaining('[cli.get-other]')])
  })

  it('names an outdated list if the node rejects the request', async () => {
    lie = (path) =>
      path.startsWith('/v1/trust-lists/')
        ? new Response(JSON.stringify({ version: 7, signed: [] }), { headers: { 'content-type': 'application/json' } })
        : undefined
    await cli.write('CQ.key', world.keys.get('CQ-AMR')?.privateJwk ?? {})
    await chmod(join(cli.folder, 'CQ.key'), 0o600)
    const { code, err } = await cli.run([
      ...['get', idOf(0), '--node', node.url, '--node-id', 'tongheng-51', '--iss', organisation('CD').uscc, '--key', 'CQ.key'],
      ...['--trust', 'trust.json', '--lang', 'en'],
    ])
    expect([code, err]).toEqual([2, expect.stringMatching(/has version 1 of the trust list of Sichuan[^\n]* has 7/)])
    expect(err).toContain('[request.key]')
  })
})

describe('find', () => {
  it('finds by number, serial number, plate, kind and issuer', async () => {
    const one = await run('find', '--number', '川检-甲')
    expect([one.code, one.out.split('  ')[0], one.err]).toEqual([0, idOf(1), ''])
    const found = async (...by: string[]) => json((await run('find', ...by, '--format', 'json')).out).map(({ statementId }) => statementId)
    expect((await found('--issuer', organisation('CD').uscc)).sort()).toEqual([0, 1, 2].map(idOf).sort())
    expect(await found('--kind', 'verification-record', '--number', '川检-乙')).toEqual([idOf(2)])
    const { serialNumber } = (fixtures.F01.record as { instrument: { serialNumber: string } }).instrument
    expect((await found('--serial', serialNumber)).length).toBe(3)
  })

  it('lists at most the requested number and says that there are more; exits with 1 if nothing is found', async () => {
    const cut = await run('find', '--issuer', organisation('CD').uscc, '--most', '2')
    expect([cut.code, cut.out.trim().split('\n').length, cut.err]).toEqual([0, 2, expect.stringContaining('Only the first 2')])
    const none = await run('find', '--number', '没有')
    expect([none.code, none.out, none.err]).toEqual([1, '', 'There is no such record that the caller may read\n'])
  })

  it('says how a day is written, before it asks the node', async () => {
    for (const day of ['2025年3月5日', '2025-02-30', '2025.3.5']) {
      const { code, err } = await run('find', '--valid-on', day)
      expect([code, err], day).toEqual([2, 'Error: The option --valid-on takes: YYYY-MM-DD [cli.option-value]\n'])
    }
  })

  it('needs a condition', async () => {
    const kind = await run('find', '--kind', 'verification')
    expect([kind.code, kind.err]).toEqual([2, expect.stringContaining('verification-record')])
    expect(kind.err).toContain('[cli.find-kind]')
    const { code, err } = await run('find')
    expect([code, err]).toEqual([2, expect.stringContaining('[cli.find-by]')])
  })
})
