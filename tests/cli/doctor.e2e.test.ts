// Why this exists: a server dies slowly: a disk fills, a clock drifts, a list ends. The doctor finds it before others do, and says what to do.
import { spawnSync } from 'node:child_process'
import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import { join } from 'node:path'
import { createSqliteStore, openSqlite } from 'tongheng/stores/sqlite'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runtime, sizeText } from '../../src/cli/doctor/here.js'
import { freePort } from '../support/free-port.js'
import { nextList } from '../support/nodes/pair.js'
import { NOW, openWorld } from '../support/nodes/world.js'
import { json, type NodeFiles, writeNode } from './node-files.js'
import { type Cli, openCli } from './run.js'
import { serveNode } from './serve-node.js'

let cli: Cli
let world: FakeAuthorities
let node: NodeFiles
const SC = organisation('SC-AMR').uscc
const CQ = organisation('CQ-AMR').uscc

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
})
afterAll(() => cli.close())
let databases = 0
beforeEach(async () => {
  node = await writeNode(cli, world, 'SC-AMR', { database: `doctor-${++databases}.db` })
})

interface Line {
  readonly status: 'ok' | 'warn' | 'fail'
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly advice?: { readonly zh: string; readonly en: string }
}

async function examine(
  changes: Record<string, unknown> = {},
  now?: string,
  timeout = 120,
): Promise<{ code: number | null; lines: readonly Line[] }> {
  await cli.write(node.file, { ...node.config, ...changes })
  const { code, out } = await cli.run(
    ['doctor', '--config', node.file, '--timeout', `${timeout}`, '--format', 'json'],
    now === undefined ? {} : { now },
  )
  return { code, lines: json(out) as unknown as Line[] }
}
const codesOf = (lines: readonly Line[], status: Line['status']): string[] =>
  lines.filter((line) => line.status === status).map(({ code }) => code)

describe('the second place of the head in etcd', () => {
  const kept = (answer: unknown) =>
    new Promise<{ readonly url: string; close(): void }>((done) => {
      const server = createServer((request, response) => {
        request.resume()
        request.on('end', () => response.end(JSON.stringify(answer)))
      }).listen(0, '127.0.0.1', () =>
        done({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() }),
      )
    })

  it('is read, and a missing or wrong answer is reported', async () => {
    const away = { etcd: `http://127.0.0.1:${await freePort()}`, key: '/tongheng/51' }
    const closed = await examine({ head: away })
    expect([closed.code, codesOf(closed.lines, 'fail')]).toEqual([1, ['doctor.head-away']])
    expect(closed.lines.find(({ code }) => code === 'doctor.head-away')?.en).toMatch(/tongheng\/51.*ECONNREFUSED/)
    const wrong = await kept({ error: 'no leader' })
    expect(codesOf((await examine({ head: { ...away, etcd: wrong.url } })).lines, 'fail')).toEqual(['doctor.head-away'])
    wrong.close()
    const right = await kept({ header: { cluster_id: '1', revision: '1' } })
    const { code, lines } = await examine({ head: { ...away, etcd: right.url } })
    expect([code, codesOf(lines, 'ok')]).toEqual([0, expect.arrayContaining(['doctor.head-etcd'])])
    right.close()
  })
})

describe('doctor', () => {
  it('reports a correct setup, and what the first start will do', async () => {
    const { code, lines } = await examine()
    expect([code, codesOf(lines, 'fail')]).toEqual([0, []])
    expect(codesOf(lines, 'ok')).toEqual(
      expect.arrayContaining(['doctor.runtime', 'doctor.key', 'doctor.keys-listed', 'doctor.list', 'doctor.folder', 'doctor.port-free']),
    )
    expect(lines.find(({ code }) => code === 'doctor.list')?.en).not.toMatch(/[\u4e00-\u9fff]/)
    expect(codesOf(lines, 'warn')).toEqual(expect.arrayContaining(['doctor.head-none', 'doctor.database-none', 'doctor.clock-unknown']))
    for (const { status, zh, en, advice } of lines) {
      expect([zh, en]).not.toContain('')
      if (status !== 'ok') expect([advice?.zh.length, advice?.en.length]).toEqual([expect.any(Number), expect.any(Number)])
    }
    // The doctor creates no database.
    await expect(stat(join(cli.folder, `doctor-${databases}.db`))).rejects.toThrow(/ENOENT/)
  })

  it('prints both languages, advice below each line that needs it, and the totals', async () => {
    await cli.write(node.file, node.config)
    for (const [lang, advice, total] of [
      ['zh', /^ {6}请在配置中把 head 设为/m, /正常 \d+ 项，提示 3 项，有误 0 项/],
      ['en', /^ {6}Set head to a file on another disk/m, /\d+ in order, 3 to look at, 0 wrong/],
    ] as const) {
      const { out } = await cli.run(['doctor', '--config', node.file, '--lang', lang])
      expect(out).toMatch(/^ok {4}/)
      expect(out).toMatch(/^warn {2}.* \[doctor\.head-none\]$/m)
      expect(out).toMatch(advice)
      expect(out).toMatch(total)
    }
  })

  it('finds a runtime that is too old', () => {
    expect([runtime('18.20.0').status, runtime('20.18.3').status, runtime('20.19.0').status, runtime('24.1.0').status]).toEqual([
      ...['fail', 'fail', 'ok', 'ok'],
    ])
    expect([sizeText(300 * 1024 * 1024), sizeText(5.5 * 1024 ** 3)]).toEqual(['300 MiB', '5.5 GiB'])
  })

  it('finds keys that others can read, that are missing, and that the list does not have', async () => {
    await chmod(join(cli.folder, 'SC-AMR.key'), 0o644)
    expect(codesOf((await examine()).lines, 'warn')).toContain('doctor.key-open')
    await chmod(join(cli.folder, 'SC-AMR.key'), 0o600)
    const missing = await examine({ key: 'absent.key' })
    expect([missing.code, codesOf(missing.lines, 'fail')]).toEqual([1, ['cli.file']])
    await cli.write('other.key', world.keys.get('CQ-AMR')?.privateJwk ?? {})
    await chmod(join(cli.folder, 'other.key'), 0o600)
    const other = await examine({ key: 'other.key' })
    expect([other.code, codesOf(other.lines, 'fail')]).toEqual([1, ['node.key-not-listed']])
    expect(codesOf((await examine({ region: '50' })).lines, 'fail')).toEqual(['node.region-differs'])
    const log = { ...(node.config.log as object), key: 'other.key' }
    expect(codesOf((await examine({ log })).lines, 'fail')).toEqual(['log.not-listed'])
  })

  it('finds lists that run out, have ended, or are not there', async () => {
    const end = (world.trust.lists[0]?.payload.exp ?? 0) + 1
    const at = (seconds: number): string => new Date(seconds * 1000).toISOString()
    const due = world.trust.lists[0]?.payload.nextUpdate ?? 0
    expect(codesOf((await examine({}, at(due - 86_400))).lines, 'warn')).toContain('trust-list.update-soon')
    const ended = await examine({}, at(end))
    expect([ended.code, codesOf(ended.lines, 'fail')]).toEqual([1, ['trust-list.expired', 'trust-list.expired']])
    const { anchors, trustLists } = world
    await cli.write('half.json', { anchors: anchors.slice(0, 1), trustLists: trustLists.slice(0, 1) })
    const peers = [{ url: 'http://127.0.0.1:9', authority: CQ }]
    expect(codesOf((await examine({ trust: 'half.json', peers })).lines, 'fail')).toEqual(['doctor.list-none'])
  })

  it('finds a folder that cannot be written, a database that is none, and files that others read', async () => {
    const closed = await examine({ database: 'no/such/folder/node.db' })
    expect([closed.code, codesOf(closed.lines, 'fail')]).toEqual([1, ['doctor.folder-none']])
    await cli.write('text.db', 'this is no database, only a text that is long enough to be looked at'.repeat(30))
    const text = await examine({ database: 'text.db' })
    expect([text.code, codesOf(text.lines, 'fail'), codesOf(text.lines, 'warn').includes('doctor.secret-open')]).toEqual([
      1,
      ['doctor.database-bad'],
      true,
    ])
  })

  it('names the schema of the database, migrates none, and refuses a newer one', async () => {
    const file = join(cli.folder, 'schema.db')
    await (await createSqliteStore({ file })).close()
    const { lines } = await examine({ database: 'schema.db' })
    expect(lines.find(({ code }) => code === 'doctor.database')?.en).toMatch(/schema \d+, a log of 0 entries/)
    const set = async (version: number): Promise<void> => {
      const db = await openSqlite(file)
      db.exec(`PRAGMA user_version = ${version}`)
      db.close()
    }
    await set(1)
    const old = await examine({ database: 'schema.db' })
    expect([old.code, codesOf(old.lines, 'warn').includes('doctor.database-old')]).toEqual([0, true])
    const db = await openSqlite(file)
    expect(db.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 1 })
    db.close()
    await set(99)
    const newer = await examine({ database: 'schema.db' })
    expect([newer.code, newer.lines.find(({ status }) => status === 'fail')?.en]).toEqual([1, expect.stringContaining('version 99')])
  })

  it('recognises its own running node, and another program at its port', async () => {
    const running = await serveNode(cli, node)
    const { code, lines } = await examine()
    await running.stop()
    expect([code, codesOf(lines, 'ok')]).toEqual([0, expect.arrayContaining(['doctor.port-ours', 'doctor.ready', 'doctor.database'])])
    const stranger = createServer((_, response) => response.end('{"id":"other"}')).listen(node.port, '127.0.0.1')
    const other = await examine()
    await new Promise((resolve) => stranger.close(resolve))
    expect([other.code, codesOf(other.lines, 'fail')]).toEqual([1, ['doctor.port-taken']])
  })

  it('finds a certificate that has ended, ends soon, or is none', async () => {
    await cli.write('no.pem', 'no certificate')
    const { code, lines } = await examine({ tls: { cert: 'no.pem', key: 'no.pem' } })
    expect([code, codesOf(lines, 'fail')]).toEqual([1, ['doctor.tls-bad']])
  })
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
describe.skipIf(!hasOpenssl)('doctor with a certificate (skipped: openssl is not installed)', () => {
  it('says until when it is valid, that it ends soon, has ended, or belongs to another key', async () => {
    const make = (name: string): void => {
      const out = ['-keyout', join(cli.folder, `${name}.key.pem`), '-out', join(cli.folder, `${name}.pem`)]
      const key = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '100', '-subj', '/CN=x']
      expect(spawnSync('openssl', ['req', ...key, ...out]).status).toBe(0)
    }
    make('one')
    make('other')
    await chmod(join(cli.folder, 'one.key.pem'), 0o600)
    const on = async (days: number, key = 'one.key.pem') =>
      (await examine({ tls: { cert: 'one.pem', key } }, new Date(Date.now() + days * 86_400_000).toISOString())).lines
        .filter(({ code }) => code.startsWith('doctor.tls'))
        .map(({ status, code, en }) => [status, code, en])
    expect(await on(1)).toEqual([['ok', 'doctor.tls', expect.stringContaining('is valid until')]])
    expect(await on(90)).toEqual([['warn', 'doctor.tls-soon', expect.stringContaining('ends')]])
    expect(await on(101)).toEqual([['fail', 'doctor.tls-bad', expect.stringContaining('it ended')]])
    expect(await on(1, 'other.key.pem')).toEqual([
      ['fail', 'doctor.tls-bad', expect.stringContaining('does not belong to the private key')],
    ])
  })
})

describe('doctor with a peer', () => {
  let offset = 0
  let told: Record<string, unknown> = {}
  let url: string
  let close: () => Promise<void>
  let second: Awaited<ReturnType<typeof nextList>>

  beforeAll(async () => {
    const [, chongqing] = world.trust.lists as [unknown, (typeof world.trust.lists)[number]]
    second = await nextList(chongqing, world.rootSigners('CQ-AMR'), ['/iat', chongqing.payload.iat + 1])
    const { server } = await openWorld({
      authorities: world,
      node: {
        authority: CQ,
        region: '50',
        signer: world.signer('CQ-AMR'),
        log: world.log('CQ-AMR'),
        id: 'tongheng-50',
        trustLists: [...world.trustLists, second.signed],
      },
    })
    const peer = createServer((request, response) => {
      void server.fetch(new Request(`http://x${request.url}`)).then(async (answer) => {
        const body = Buffer.from(await answer.arrayBuffer())
        const isDiscovery = request.url === '/.well-known/tongheng'
        response.writeHead(answer.status, { 'content-type': 'application/json', date: new Date((NOW + offset) * 1000).toUTCString() })
        response.end(isDiscovery ? JSON.stringify({ ...(JSON.parse(body.toString()) as object), ...told }) : body)
      })
    })
    await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`
    close = () => new Promise((resolve) => peer.close(() => resolve()))
  })
  afterAll(() => close())
  beforeEach(() => {
    offset = 0
    told = {}
  })
  const withPeer = (peer: object = {}) => examine({ peers: [{ url, id: 'tongheng-50', authority: CQ, ...peer }] }, DEMONSTRATION_TIME)

  it('compares clocks, and names a list of this file that is old', async () => {
    const { lines } = await withPeer()
    expect(codesOf(lines, 'ok')).toContain('doctor.clock')
    const old = lines.find(({ code }) => code === 'doctor.list-old')
    expect([old?.en, old?.advice?.en]).toEqual([
      expect.stringMatching(/trust\.json has version 1 of the trust list of Chongqing \w+; the node .* has 2/),
      expect.stringContaining(`tongheng trust pull --node ${url}`),
    ])
  })

  it.each([
    [20, 'warn', 0],
    [-20, 'warn', 0],
    [3600, 'fail', 1],
    [-3600, 'fail', 1],
  ] as const)('finds a clock that is off by %i s', async (seconds, status, exit) => {
    offset = seconds
    const { code, lines } = await withPeer()
    expect([code, codesOf(lines, status)]).toEqual([exit, expect.arrayContaining(['doctor.clock-off'])])
    expect(lines.find((line) => line.code === 'doctor.clock-off')?.advice?.zh).toContain('NTP')
  })

  it('finds a peer of another authority, under another id, or away', async () => {
    told = { authority: SC }
    expect(codesOf((await withPeer()).lines, 'fail')).toEqual(['doctor.peer-other'])
    told = {}
    const other = await withPeer({ id: 'tongheng-xx' })
    expect([other.code, codesOf(other.lines, 'fail')]).toEqual([1, ['doctor.peer-id']])
    const away = await examine({ peers: [{ url: `http://127.0.0.1:${await freePort()}`, authority: CQ }] })
    expect([away.code, codesOf(away.lines, 'warn')]).toEqual([0, expect.arrayContaining(['doctor.peer-away', 'doctor.clock-unknown'])])
  })

  it('is not blocked by a peer that sends slowly', async () => {
    const drip = createTcp((socket) => {
      socket.on('error', () => undefined)
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
      const timer = setInterval(() => socket.write('1\r\n \r\n'), 50)
      socket.on('close', () => clearInterval(timer))
    })
    await new Promise<void>((resolve) => drip.listen(0, '127.0.0.1', resolve))
    const peers = [{ url: `http://127.0.0.1:${(drip.address() as AddressInfo).port}`, authority: CQ }]
    const { code, lines } = await examine({ peers }, undefined, 1)
    await new Promise((resolve) => drip.close(resolve))
    expect([code, codesOf(lines, 'warn')]).toEqual([0, expect.arrayContaining(['doctor.peer-away'])])
  })
})

it('changes nothing that it examines', async () => {
  await cli.write(node.file, node.config)
  await writeFile(join(cli.folder, 'before'), '')
  const trust = await readFile(join(cli.folder, 'trust.json'))
  await cli.run(['doctor', '--config', node.file])
  expect(await readFile(join(cli.folder, 'trust.json'))).toEqual(trust)
})
