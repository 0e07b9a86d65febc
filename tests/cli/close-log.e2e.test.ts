// Why this exists: at the turn of the year an authority closes its log and begins another, by the command line alone, while a node of another
// province follows. No entry may be lost on the way, and what was published must still be proved by its files.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSqliteStore } from 'tongheng/stores/sqlite'
import { createFakeAuthorities, type FakeAuthorities, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../support/free-port.js'
import { nextList } from '../support/nodes/pair.js'
import { statementIdOf, taximeter } from '../support/nodes/world.js'
import { asChengdu, json, type NodeFiles, writeChengdu, writeNode } from './node-files.js'
import { type Cli, openCli } from './run.js'
import { type RunningNode, serveNode } from './serve-node.js'

const en = ['--lang', 'en']
const NEXT = 'tongheng-51/2027'
let cli: Cli
let world: FakeAuthorities
let old: NodeFiles
let young: NodeFiles
let chongqing: NodeFiles
const statements: string[] = []
const running: RunningNode[] = []

const serve = async (files: NodeFiles): Promise<RunningNode> => {
  const node = await serveNode(cli, files)
  running.push(node)
  return node
}
const submit = async (n: number, to: NodeFiles) => cli.run(['submit', `${n}.jws`, ...asChengdu(to), '--format', 'json', ...en])

/** Publishes a newer list of Sichuan with both logs. */
async function listBoth(): Promise<readonly string[]> {
  const list = world.trust.lists.find(({ payload }) => payload.iss === organisation('SC-AMR').uscc)
  if (list === undefined) throw new Error('no list')
  const { payload, signed } = list
  const prior = { payload, statementId: statementIdOf(signed[0] as string, 'metrology-trust-list+jwt') }
  const next = await nextList(prior, world.rootSigners('SC-AMR'), ['/logs', [...payload.logs, { ...payload.logs[0], origin: NEXT }]])
  return next.signed
}

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  await writeChengdu(cli, world)
  old = await writeNode(cli, world, 'SC-AMR')
  const port = await freePort()
  const [url, id, file] = [`http://127.0.0.1:${port}`, 'tongheng-51-2027', 'node-51-2027.json']
  const log = { ...(old.config.log as object), origin: NEXT }
  young = { url, port, id, file, config: { ...old.config, id, url, listen: { host: '127.0.0.1', port }, database: '51-2027.db', log } }
  await cli.write(file, young.config)
  const peers = [{ url: old.url, id: old.id, authority: organisation('SC-AMR').uscc, intervalSeconds: 1 }]
  chongqing = await writeNode(cli, world, 'CQ-AMR', { peers })
  const { anchors, trustLists, signedAgreement } = world
  await cli.write('trust.json', { anchors, trustLists: [...trustLists, await listBoth()], agreements: [signedAgreement] })
  for (let n = 0; n < 3; n++) {
    statements.push(await world.sign('CD', taximeter(`川检-${n}`)))
    await cli.write(`${n}.jws`, `${statements[n]}\n`)
  }
})
afterAll(async () => {
  for (const node of running) await node.stop('SIGKILL')
  await cli.close()
})

describe('a log that is closed by the command line', () => {
  it('accepts no more entries, names its successor, and a follower continues with that automatically', async () => {
    await serve(old)
    const follower = await serve(chongqing)
    expect((await submit(0, old)).code).toBe(0)
    const close = ['log', 'close', '--config', old.file, '--successor', NEXT, '--url', young.url, '--id', young.id, '--yes', ...en]
    expect(await cli.run(close)).toMatchObject({ code: 0, err: '' })
    const refused = await submit(1, old)
    // The problem tells a program where to submit.
    const message = { zh: expect.stringContaining(young.url) }
    expect([refused.code, json(refused.out)[0]]).toMatchObject([1, { decision: 'refused', code: 'log.closed', message }])
    const said = await cli.run(['submit', '1.jws', ...asChengdu(old), ...en])
    expect(`${said.out}${said.err}`).toContain(young.url)
    // A statement with a receipt gets the same receipt again.
    expect((await submit(0, old)).code).toBe(0)
    await serve(young)
    expect((await submit(1, young)).code).toBe(0)
    await expect.poll(follower.err).toContain(`"kind":"succeeded"`)
    expect((await submit(2, young)).code).toBe(0)
    await expect.poll(follower.err).toContain('"kind":"progress","cursor":2,"size":2')
    for (const node of running.splice(0)) expect(await node.stop()).toBe(0)
    const store = await createSqliteStore({ file: join(cli.folder, '50.db') })
    const { items } = await store.listEntries({}, { from: 0, limit: 9 })
    expect(items.map(({ statement }) => statement).toSorted()).toEqual([...statements].toSorted())
    await store.close()
  })

  it('is proved by its database and by its files, and so is its successor', async () => {
    for (const [files, size] of [
      [old, 1],
      [young, 2],
    ] as const) {
      const folder = `public-${size}`
      expect((await cli.run(['log', 'publish', '--config', files.file, '--out', folder, ...en])).code).toBe(0)
      for (const where of [
        ['--files', folder, '--trust', 'trust.json'],
        ['--config', files.file],
      ])
        expect(await cli.run(['log', 'audit', ...where, ...en])).toMatchObject({
          code: 0,
          out: expect.stringContaining(`${size} entries proved again: everything agrees\n`),
        })
    }
    const checkpoint = await readFile(join(cli.folder, 'public-1', 'v1', 'log', 'checkpoint'), 'utf8')
    expect(checkpoint).toContain(`tongheng.log-closed/v1 ${NEXT} ${young.url} ${young.id}`)
    expect((await cli.run(['log', 'show', '--config', old.file, ...en])).out).toContain('tongheng.log-closed/v1')
  })

  it('is not closed twice, nor by another successor', async () => {
    const close = (successor: string, url: string) =>
      cli.run(['log', 'close', '--config', old.file, '--successor', successor, '--url', url, '--yes', ...en])
    expect((await close(world.log('SC-AMR').origin, young.url)).code).toBe(2)
    expect((await close(NEXT, 'https://elsewhere.example')).code).toBe(2)
    const checkpoint = (await cli.run(['log', 'show', '--config', old.file, ...en])).out
    expect(checkpoint).toContain(young.url)
    expect(checkpoint).not.toContain('elsewhere')
  })
})
