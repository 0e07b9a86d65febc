// Why this exists: an operator copies the files of examples/deploy; they must work as they are. What a machine lacks is skipped by name.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createPublisher } from 'tongheng/node'
import { createFileTiles } from 'tongheng/stores/files'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { fill, signMany } from '../support/nodes/pair.js'
import { openWorld } from '../support/nodes/world.js'

const DEPLOY = resolve(import.meta.dirname, '../../examples/deploy')
const has = (command: string, ...args: string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const hasSystemd = has('systemd-analyze', '--version')
const hasPromtool = has('promtool', '--version')
const hasNginx = has('nginx', '-v') && has('openssl', 'version')
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongheng-deploy-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.skipIf(!hasSystemd)('the unit (skipped: no systemd-analyze)', () => {
  it('is accepted by systemd-analyze verify', async () => {
    // Only what the unit names is put in its place: node, and the program.
    const unit = (await readFile(join(DEPLOY, 'tongheng.service'), 'utf8')).replace('/usr/bin/node', process.execPath)
    const file = join(folder, 'tongheng.service')
    await writeFile(file, unit)
    // A line that it does not know is a warning on standard error, and no failure.
    const verify = (): string => {
      const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' })
      return stdout + stderr
    }
    const faults = verify()
      .split('\n')
      .filter((line) => line.includes('tongheng.service'))
    expect(faults).toEqual([])
    await writeFile(file, unit.replace('Type=exec', 'Type=nonsense').replace('ProtectSystem', 'ProtectSystm'))
    expect(verify()).toMatch(/nonsense|ProtectSystm/)
  })
})

describe('the rules of Prometheus', () => {
  it('name metrics that the node has, and nothing else', async () => {
    const rules = await readFile(join(DEPLOY, 'prometheus-rules.yml'), 'utf8')
    const named = new Set(rules.match(/tongheng_[a-z_]+/g))
    const { send } = await openWorld()
    const metrics = await (await send({ path: '/metrics', as: null })).text()
    expect(named.size).toBeGreaterThan(7)
    expect([...named].filter((name) => !metrics.includes(`# TYPE ${name} `))).toEqual([])
    expect(rules.match(/- alert:/g)?.length).toBe(rules.match(/todo:/g)?.length)
  })

  it.skipIf(!hasPromtool)('are accepted by promtool (skipped: not installed)', () => {
    expect(execFileSync('promtool', ['check', 'rules', join(DEPLOY, 'prometheus-rules.yml')], { encoding: 'utf8' })).toMatch(
      /SUCCESS: 9 rules/,
    )
  })
})

/** Publishes a small log into a folder, and gives what each public address must answer. */
async function publishWorld(root: string): Promise<{ path: string; bytes: Uint8Array; type: string }[]> {
  const world = await openWorld()
  await fill(world, await signMany(world.authorities, 3))
  const tiles = await createFileTiles({ folder: root })
  for await (const _ of createPublisher({ node: world.node, tiles }).round());
  await writeFile(join(root, '.incoming', 'x'), 'draft')
  const served: { path: string; bytes: Uint8Array; type: string }[] = []
  for await (const { path } of tiles.list('v1')) {
    const type = path.includes('/tile/')
      ? 'application/octet-stream'
      : /checkpoint$/.test(path)
        ? 'text/plain; charset=utf-8'
        : 'application/json'
    served.push({ path: `/${path.replace(/\.newest$/, '')}`, bytes: (await tiles.get(path)) as Uint8Array, type })
  }
  return served
}

describe.skipIf(!hasNginx)('nginx (skipped: nginx or openssl is not installed)', () => {
  it('passes calls on with the address of the caller, caches full tiles, keeps /metrics private and bounds bodies', async () => {
    const seen: { url: string; forwarded: unknown; length: number }[] = []
    const node = createServer((incoming, response) => {
      let length = 0
      incoming.on('data', (part: Buffer) => {
        length += part.length
      })
      incoming.on('end', () => {
        seen.push({ url: incoming.url ?? '', forwarded: incoming.headers['x-forwarded-for'], length })
        const isTile = incoming.url?.startsWith('/v1/log/tile/') === true
        response
          .writeHead(200, isTile ? { 'cache-control': 'public, max-age=31536000, immutable' } : { 'cache-control': 'no-store' })
          .end('x')
      })
    }).listen(0, '127.0.0.1')
    await once(node, 'listening')
    const [plain, secure] = [await freePort(), await freePort()]
    const [cert, key, cache, root] = ['cert.pem', 'key.pem', 'cache', 'public'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
      string,
    ]
    await mkdir(cache)
    const published = await publishWorld(root)
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '1',
        '-subj',
        '/CN=jl.example.cn',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      { stdio: 'ignore' },
    )
    const site = (await readFile(join(DEPLOY, 'nginx.conf'), 'utf8'))
      .replace('127.0.0.1:8451', `127.0.0.1:${(node.address() as AddressInfo).port}`)
      .replace('/var/cache/nginx/tongheng', cache)
      .replaceAll('/var/lib/tongheng/public', root)
      .replace('/etc/ssl/tongheng/fullchain.pem', cert)
      .replace('/etc/ssl/tongheng/key.pem', key)
      .replace('listen 80;', `listen 127.0.0.1:${plain};`)
      .replace('listen 443 ssl;', `listen 127.0.0.1:${secure} ssl; listen 127.0.0.2:${secure} ssl;`)
    await writeFile(join(folder, 'site.conf'), site)
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${join(folder, name)};`)
      .join('\n')
    const main = `daemon off; master_process off; pid ${join(folder, 'pid')}; error_log ${join(folder, 'error.log')};
events {} http { access_log off; ${temporary} include ${join(folder, 'site.conf')}; }`
    const config = join(folder, 'nginx.conf')
    await writeFile(config, main)
    const nginx = spawn('nginx', ['-p', folder, '-c', config], { stdio: ['ignore', 'ignore', 'pipe'] })
    const get = (path: string, options: { host?: string; body?: Buffer; headers?: Record<string, string> } = {}) =>
      new Promise<{ status: number; cache: unknown; type: unknown; control: unknown; body: Buffer }>((done, reject) => {
        const call = request(
          {
            ...{ host: options.host ?? '127.0.0.1', port: secure, path, method: options.body === undefined ? 'GET' : 'POST' },
            ...{
              rejectUnauthorized: false,
              localAddress: options.host ?? '127.0.0.1',
              headers: { host: 'jl.example.cn', ...options.headers },
            },
          },
          (response) => {
            const parts: Buffer[] = []
            const { 'x-cache': cached, 'content-type': type, 'cache-control': control } = response.headers
            response
              .on('data', (part: Buffer) => void parts.push(part))
              .on('end', () => done({ status: response.statusCode ?? 0, cache: cached, type, control, body: Buffer.concat(parts) }))
          },
        ).on('error', reject)
        call.end(options.body)
      })
    try {
      for (;;) {
        try {
          await get('/healthz')
          break
        } catch (error) {
          if (nginx.exitCode !== null) throw error
          await wait(50)
        }
      }
      const forged = await get('/v1/log/witnessed/x', { headers: { 'x-forwarded-for': '10.9.9.9' } })
      expect([forged.status, seen.at(-1)?.forwarded]).toEqual([200, '127.0.0.1'])
      const tile = '/v1/log/tile/0/999'
      expect([(await get(tile)).cache, (await get(tile)).cache]).toEqual(['MISS', 'HIT'])
      expect(seen.filter(({ url }) => url === tile).length).toBe(1)
      expect((await get('/metrics')).status).toBe(200)
      const asked = seen.length
      for (const { path, bytes, type } of published) {
        const { status, type: given, body } = await get(path)
        expect([path, status, given]).toEqual([path, 200, type])
        expect(body.equals(bytes), path).toBe(true)
      }
      expect(published.length).toBeGreaterThan(5)
      // All that from the folder alone; what is hidden there, and whatever leads out of it, is not served.
      expect(seen.length).toBe(asked)
      expect((await get('/v1/log/checkpoint')).control).toBe('no-store')
      expect((await get('/v1/log/tile/entries/000.p/3')).control).toContain('immutable')
      for (const path of ['/.incoming/x', '/v1/log/tile/../../../.incoming/x', '/v1/log/tile/%2e%2e/%2e%2e/%2e%2e/.incoming/x']) {
        const { body } = await get(path)
        expect([path, body.toString()]).not.toEqual([path, 'draft'])
      }
      const before = seen.length
      expect((await get('/v1/agreements?x=1')).body.toString()).toBe('x')
      expect((await get('/v1/notices')).body.toString()).toBe('x')
      expect(seen.slice(before).map(({ url }) => url)).toEqual(['/v1/agreements?x=1', '/v1/notices'])
      const served = seen.length
      expect([(await get('/metrics', { host: '127.0.0.2' })).status, seen.length]).toEqual([403, served])
      expect((await get('/v1/records', { body: Buffer.alloc(16 * 1024 * 1024) })).status).toBe(200)
      expect(seen.at(-1)?.length).toBe(16 * 1024 * 1024)
      expect(
        (
          await get('/v1/records', { body: Buffer.alloc(18 * 1024 * 1024), headers: { expect: '100-continue' } }).catch(() => ({
            status: 413,
          }))
        ).status,
      ).toBe(413)
    } finally {
      nginx.kill('SIGTERM')
      await once(nginx, 'close')
      await new Promise((done) => node.close(done))
    }
  })
})
