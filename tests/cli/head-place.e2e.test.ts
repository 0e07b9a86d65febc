// Why this exists: a second place that lies, stalls or was set back is the difference between a node that halts and one that signs two
// histories. A real etcd shows that the calls are right, a hostile one that no answer is believed which it should not be.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryStore } from 'tongheng/stores/memory'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createHeadEtcd } from '../../src/cli/head-etcd.js'
import { createHeadFile } from '../../src/cli/head-file.js'
import { createReadersHead } from '../../src/cli/head-place.js'
import { nodeConfigOf } from '../../src/cli/node-config.js'
import { type EtcdServer, findEtcd, startEtcd } from '../support/etcd-server.js'
import { freePort } from '../support/free-port.js'
import { signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld, uscc, type World } from '../support/nodes/world.js'
import { headContract } from './head-contract.js'

const program = await findEtcd()
const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const isAbsent = typeof program === 'string'
const folder = await mkdtemp(join(tmpdir(), 'head-place-'))
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  if (typeof program !== 'string') await program.remove()
})

headContract('a file', (name) => createHeadFile(join(folder, name)))

describe.skipIf(isAbsent)(`an etcd${isAbsent ? ` (${program})` : ''}`, () => {
  let server: EtcdServer
  beforeAll(async () => {
    if (typeof program !== 'string') server = await startEtcd(program)
  })
  afterAll(async () => {
    await server?.remove()
  })

  headContract('etcd', (key) => createHeadEtcd({ etcd: server.url, key }))

  it('has the register of readers at a key beside that of the log', async () => {
    const readers = createReadersHead({ etcd: server.url, key: '/tongheng/51' })
    await readers?.swap(undefined, 'readers\n')
    expect(await createHeadEtcd({ etcd: server.url, key: '/tongheng/51.readers' }).read()).toBe('readers\n')
    expect(await createHeadEtcd({ etcd: server.url, key: '/tongheng/51' }).read()).toBeUndefined()
  })

  it('is called at the next address if the first does not answer', async () => {
    const etcd = [`http://127.0.0.1:${await freePort()}`, server.url]
    const head = createHeadEtcd({ etcd, key: 'members' })
    expect([await head.swap(undefined, 'head\n'), await head.read()]).toEqual([true, 'head\n'])
  })

  it('halts at once, without a witness, a node whose database has less than it signed', async () => {
    const head = () => createHeadEtcd({ etcd: server.url, key: 'halts' })
    const statements = await signMany(await fakeAuthorities(), 6)
    const submit = ({ node }: World, n: number) => node.submit({ statement: statements[n] as string, sender: uscc('CD'), requestId: 'r' })
    const world = await openWorld({ store: createMemoryStore(), node: { head: head() } })
    for (const n of [0, 1, 2]) await submit(world, n)
    const before = await head().read()
    const less = createMemoryStore()
    for (const n of [0, 1]) await submit(await openWorld({ store: less }), n)

    const promoted = await openWorld({ store: less, node: { head: head() } })
    expect(promoted.node.unready().map(({ en }) => en)).toEqual([expect.stringContaining('its head in the second place has 3')])
    await expect(submit(promoted, 4)).rejects.toMatchObject({ code: 'log.behind-head' })
    expect((await promoted.send({ path: '/v1/log/checkpoint', as: null })).status).toBe(404)
    expect(await head().read()).toBe(before)
  })

  it('stops submissions while it is unreachable, and the node recovers automatically', async () => {
    const statements = await signMany(await fakeAuthorities(), 2)
    const head = createHeadEtcd({ etcd: server.url, key: 'away' })
    const world = await openWorld({ store: createMemoryStore(), node: { head } })
    const submit = (n: number) => world.node.submit({ statement: statements[n] as string, sender: uscc('CD'), requestId: 'r' })
    await submit(0)
    await server.stop()
    await expect(submit(1)).rejects.toMatchObject({ code: 'log.head-lost' })
    await server.start()
    expect(await submit(1)).toMatchObject({ isNew: false, receipt: expect.any(String) })
  })

  it('accepts a user and password, and authenticates again after a token has expired', async () => {
    if (typeof program === 'string') return
    // This etcd has its tokens in memory only, so they end with its process.
    const guarded = await startEtcd(program)
    try {
      const call = (path: string, body: object) => guarded.call(`/v3/auth/${path}`, body)
      await call('user/add', { name: 'root', password: 'of the test' })
      await call('user/grant', { user: 'root', role: 'root' })
      await call('enable', {})
      const passwordFile = join(folder, 'password')
      await writeFile(passwordFile, 'of the test\n')
      await chmod(passwordFile, 0o600)
      const options = { etcd: guarded.url, key: 'guarded' }
      const head = createHeadEtcd({ ...options, user: 'root', passwordFile })
      expect(await head.swap(undefined, 'head\n')).toBe(true)
      await guarded.stop()
      await guarded.start()
      expect(await head.read()).toBe('head\n')
      await expect(createHeadEtcd(options).read()).rejects.toMatchObject({ code: 'cli.etcd-answer' })
      await writeFile(passwordFile, 'another')
      const wrong = createHeadEtcd({ ...options, user: 'root', passwordFile })
      await expect(wrong.read()).rejects.toMatchObject({ code: 'cli.etcd-answer', message: expect.not.stringContaining('another') })
    } finally {
      await guarded.remove()
    }
  })
})

describe.skipIf(isAbsent || !hasOpenssl)(`an etcd over TLS${isAbsent ? ` (${program})` : ''}${hasOpenssl ? '' : ' (no openssl)'}`, () => {
  it('is accepted with the certificate of the configured authority only, and sees that of the node', async () => {
    if (typeof program === 'string') return
    const file = (name: string): string => join(folder, name)
    const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' })
    for (const name of ['ca', 'other'])
      openssl(
        ...`req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=${name} -keyout ${file(`${name}.key`)} -out ${file(`${name}.pem`)}`.split(
          ' ',
        ),
      )
    await writeFile(file('san'), 'subjectAltName=IP:127.0.0.1')
    for (const name of ['server', 'client']) {
      openssl(
        ...`req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=${name} -keyout ${file(`${name}.key`)} -out ${file(`${name}.csr`)}`.split(
          ' ',
        ),
      )
      openssl(
        ...`x509 -req -days 2 -in ${file(`${name}.csr`)} -CA ${file('ca.pem')} -CAkey ${file('ca.key')} -CAcreateserial -extfile ${file('san')} -out ${file(`${name}.pem`)}`.split(
          ' ',
        ),
      )
    }
    const flags =
      `--cert-file ${file('server.pem')} --key-file ${file('server.key')} --trusted-ca-file ${file('ca.pem')} --client-cert-auth`.split(' ')
    const server = await startEtcd(program, flags, 'https')
    try {
      const own = { cert: file('client.pem'), key: file('client.key') }
      const open = (tls: object) => createHeadEtcd({ etcd: server.url, key: 'key', tls })
      expect(await open({ ca: file('ca.pem'), ...own }).swap(undefined, 'head\n')).toBe(true)
      await expect(open({ ca: file('other.pem'), ...own }).read()).rejects.toThrow(/certificate/)
      await expect(open(own).read()).rejects.toThrow(/certificate/)
      await expect(open({ ca: file('ca.pem') }).read()).rejects.toThrow()
      await expect(open({ ca: file('absent.pem'), ...own }).read()).rejects.toMatchObject({ code: 'cli.file' })
    } finally {
      await server.remove()
    }
  })
})

describe('head in the configuration of a node', () => {
  const config = (head: unknown) => ({
    name: '/etc/node/node.json',
    bytes: new TextEncoder().encode(
      JSON.stringify({
        id: 'n',
        url: 'https://node.example',
        listen: { host: '127.0.0.1', port: 1 },
        authority: '11510000008282510H',
        name: { zh: '名' },
        region: '51',
        key: 'node.key',
        trust: 'trust.json',
        database: 'node.db',
        head,
      }),
    ),
  })

  it('is a file, or a key in etcd, with paths beside the file of the configuration', () => {
    expect(nodeConfigOf(config('head')).head).toBe('/etc/node/head')
    const etcd = ['https://10.0.0.1:2379', 'https://10.0.0.2:2379/']
    const head = { etcd, key: '/tongheng/51', tls: { ca: 'ca.pem', key: '/k.pem' }, user: 'node', passwordFile: 'password' }
    expect(nodeConfigOf(config(head)).head).toEqual({
      ...head,
      tls: { ca: '/etc/node/ca.pem', key: '/k.pem' },
      passwordFile: '/etc/node/password',
    })
  })

  it.each<[string, unknown]>([
    ['without a key', { etcd: 'http://127.0.0.1:2379' }],
    ['without an address', { etcd: [], key: 'k' }],
    ['with a password in its address', { etcd: 'http://u:p@127.0.0.1:2379', key: 'k' }],
    ['with a path in its address', { etcd: 'http://127.0.0.1:2379/v3', key: 'k' }],
    ['with an unknown member', { etcd: 'http://127.0.0.1:2379', key: 'k', password: 'p' }],
  ])('is refused %s', (_, head) => {
    expect(() => nodeConfigOf(config(head))).toThrow(expect.objectContaining({ code: 'cli.config' }))
  })
})

describe('an etcd that answers wrongly', () => {
  let server: Server | undefined
  afterEach(() => {
    server?.closeAllConnections()
    server?.close()
  })
  const header = { cluster_id: '7', member_id: '1', revision: '20', raft_term: '2' }
  const key = Buffer.from('key').toString('base64')
  const value = Buffer.from('head\n').toString('base64')
  const kv = { key, value, create_revision: '3', mod_revision: '12', version: '4' }

  async function answering(answer: (request: IncomingMessage, response: ServerResponse, n: number) => void): Promise<string> {
    let n = 0
    server = createServer((request, response) => {
      request.resume()
      request.on('end', () => answer(request, response, n++))
    })
    await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const saying = (...bodies: readonly unknown[]) =>
    answering((_, response, n) => {
      const body = bodies[Math.min(n, bodies.length - 1)]
      response.writeHead(200, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  const open = (etcd: string) => createHeadEtcd({ etcd, key: 'key' })
  const refused = { code: 'cli.etcd-answer' }

  it.each<[string, unknown]>([
    ['no JSON', '<html>502 Bad Gateway</html>'],
    ['nothing', ''],
    ['an empty object', {}],
    ['null', 'null'],
    ['an error with status 200', { error: 'etcdserver: no leader', code: 14, message: 'etcdserver: no leader' }],
    ['no header', { kvs: [kv], count: '1' }],
    ['two values', { header, kvs: [kv, kv], count: '2' }],
    ['another key', { header, kvs: [{ ...kv, key: Buffer.from('other').toString('base64') }], count: '1' }],
    ['no value', { header, kvs: [{ key, mod_revision: '12' }], count: '1' }],
    ['a revision that is no number', { header: { ...header, revision: '-1' }, kvs: [kv] }],
  ])('is not believed if a read is answered with %s', async (_, body) => {
    await expect(open(await saying(body)).read()).rejects.toMatchObject(refused)
  })

  it.each<[string, unknown]>([
    ['success without a write', { header, succeeded: true, responses: [] }],
    ['success and the value of a read', { header, succeeded: true, responses: [{ response_range: { kvs: [kv] } }] }],
    ['success as text', { header, succeeded: 'true', responses: [{ response_put: {} }] }],
    ['success without a header', { succeeded: true, responses: [{ response_put: {} }] }],
    ['refusal without the value that is there', { header }],
    ['an error with status 200', { error: 'etcdserver: request timed out', code: 14 }],
  ])('is not believed if a write is answered with %s', async (_, body) => {
    await expect(open(await saying(body)).swap('head\n', 'next\n')).rejects.toMatchObject(refused)
  })

  it('is accepted if the answer is complete', async () => {
    expect(await open(await saying({ header, kvs: [kv], count: '1' })).read()).toBe('head\n')
    server?.close()
    expect(await open(await saying({ header })).read()).toBeUndefined()
    server?.close()
    expect(await open(await saying({ header, responses: [{ response_range: { kvs: [kv] } }] })).swap('old\n', 'next\n')).toBe(false)
    server?.close()
    // A write whose first answer was lost is found stored.
    expect(await open(await saying({ header, responses: [{ response_range: { kvs: [kv] } }] })).swap('old\n', 'head\n')).toBe(true)
  })

  it.each<[string, object]>([
    ['revision', { ...header, revision: '19' }],
    ['cluster', { ...header, cluster_id: '8', revision: '40' }],
  ])('is not believed if its %s is not the one of before: it was set back, or is another', async (_, after) => {
    const head = open(await saying({ header, kvs: [kv] }, { header: after, kvs: [kv] }))
    expect(await head.read()).toBe('head\n')
    await expect(head.read()).rejects.toMatchObject(refused)
  })

  it('is cut off after a limit of octets', async () => {
    const url = await answering((_, response) => {
      response.writeHead(200)
      const pour = (): void => {
        while (response.write(' '.repeat(16_384)));
        response.once('drain', pour)
      }
      pour()
    })
    await expect(open(url).read()).rejects.toMatchObject(refused)
  })

  it.each<[string, (response: ServerResponse) => void]>([
    ['a redirect', (response) => response.writeHead(307, { location: '/elsewhere' }).end()],
    ['status 503 and a whole answer', (response) => response.writeHead(503).end(JSON.stringify({ header, kvs: [kv] }))],
  ])('is not believed with %s', async (_, answer) => {
    await expect(open(await answering((_request, response) => answer(response))).read()).rejects.toMatchObject(refused)
  })

  it('is an error if it ends the connection in its answer', async () => {
    const url = await answering((_, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"header"')
      setImmediate(() => response.destroy())
    })
    await expect(open(url).read()).rejects.toThrow()
  })

  it('is abandoned after the timeout, even if it still sends slowly', async () => {
    const timers: NodeJS.Timeout[] = []
    const url = await answering((_, response) => {
      response.writeHead(200)
      timers.push(setInterval(() => response.write(' '), 20))
    })
    const head = createHeadEtcd({ etcd: url, key: 'key', answerMs: 200 })
    await expect(head.read()).rejects.toThrow(/timeout|abort/i)
    for (const timer of timers) clearInterval(timer)
  })

  it('does not get a password or token into a message', async () => {
    const passwordFile = join(folder, 'secret')
    await writeFile(passwordFile, 'hush-hush')
    const url = await answering((_, response) => response.writeHead(400).end(JSON.stringify({ error: 'bad hush-hush', token: 'token-1' })))
    const error: unknown = await createHeadEtcd({ etcd: url, key: 'key', user: 'u', passwordFile })
      .read()
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject(refused)
    expect(String(error)).not.toMatch(/hush|token-1/)
  })
})
