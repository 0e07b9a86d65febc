// Why this exists: an operator starts the node, looks whether it is well, sends it records, and stops it without losing any.
import type { ChildProcess } from 'node:child_process'
import { chmod, readFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { readReceipt } from 'tongheng/client'
import { createFakeAuthorities, type FakeAuthorities, faultyRecords, fixtures, organisation, send, sendOnTheWay } from 'tongheng/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../support/free-port.js'
import { type Cli, openCli } from './run.js'

let cli: Cli
let authorities: FakeAuthorities
let config: Record<string, unknown>
let node: Running | undefined

interface Running {
  readonly child: ChildProcess
  readonly url: string
  readonly port: number
  out(): string
  err(): string
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

const named = (id: string) => {
  const found = faultyRecords.find((fixture) => fixture.id === id)
  if (found === undefined) throw new Error(`${id} is gone`)
  return found
}

beforeAll(async () => {
  cli = await openCli()
  authorities = await createFakeAuthorities({ witnessKeys: true })
  const { anchors, trustLists, signedAgreement } = authorities
  const specifications = [await send(authorities, fixtures.F11)]
  await cli.write('trust.json', { anchors, trustLists, agreements: [signedAgreement], specifications })
  for (const key of ['SC-AMR', 'CD'] as const) {
    await cli.write(`${key}.key`, authorities.keys.get(key)?.privateJwk ?? {})
    await chmod(join(cli.folder, `${key}.key`), 0o600)
  }
  await cli.write('good.jws', `${await send(authorities, fixtures.F01)}\n`)
  await cli.write('faulty.jws', await send(authorities, named('N22')))
  await cli.write('forged.jws', await sendOnTheWay(authorities, named('N21')))
})

afterAll(() => cli.close())

let databases = 0
beforeEach(async () => {
  const port = await freePort()
  const { uscc, name } = organisation('SC-AMR')
  config = {
    id: 'tongheng-51',
    url: `http://127.0.0.1:${port}`,
    listen: { host: '127.0.0.1', port },
    authority: uscc,
    name,
    region: '51',
    key: 'SC-AMR.key',
    trust: 'trust.json',
    database: `node-${++databases}.db`,
  }
})

afterEach(async () => {
  await node?.stop('SIGKILL')
  node = undefined
})

/** Starts the node and waits until it logs that it listens. */
async function serve(changes: Record<string, unknown> = {}, now?: string): Promise<Running> {
  await cli.write('node.json', { ...config, ...changes })
  const child = await cli.startProcess(
    ['serve', '--config', 'node.json', '--lang', 'en', '--level', 'debug'],
    now === undefined ? {} : { now },
  )
  let [out, err] = ['', '']
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    err += part
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  await new Promise<void>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      out += part
      if (out.includes('\n')) resolve()
    })
    child.on('close', (code) => reject(new Error(`the node ended with ${code}: ${err}`)))
  })
  const { port } = config.listen as { port: number }
  node = {
    child,
    url: String(config.url),
    port,
    out: () => out,
    err: () => err,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      return ended
    },
  }
  return node
}

const submit = (...args: string[]) => {
  const { uscc } = organisation('CD')
  return cli.run([
    'submit',
    '--node',
    String(config.url),
    '--node-id',
    'tongheng-51',
    '--iss',
    uscc,
    '--key',
    'CD.key',
    '--lang',
    'en',
    ...args,
  ])
}

describe('serve', () => {
  it('warns at start, and by a metric, that a loss of its log would go unnoticed: it has neither peers nor a second location', async () => {
    await cli.write('log.key', authorities.logKey('SC-AMR').privateJwk)
    await cli.write('witness.key', authorities.witnessKey('SC-AMR').privateJwk)
    for (const file of ['log.key', 'witness.key']) await chmod(join(cli.folder, file), 0o600)
    const log = { origin: authorities.log('SC-AMR').origin, key: 'log.key', witness: 'witness.key' }
    const counted = async (changes: Record<string, unknown>) => {
      const { url, err, stop } = await serve({ log, ...changes })
      const metrics = await (await fetch(`${url}/metrics`)).text()
      await stop()
      return [err().includes('"code":"log.no-second-place"'), metrics.includes('tongheng_alarms_total{code="log.no-second-place"} 1')]
    }
    expect(await counted({})).toEqual([true, true])
    expect(await counted({ head: 'head' })).toEqual([false, false])
  })

  it('prints its address, is alive and ready, and exits with 0 when it is terminated', async () => {
    const { url, port, out, err, stop } = await serve()
    expect(out()).toBe(`The node ${url} is running on 127.0.0.1:${port}\n`)
    const answers = await Promise.all(['/healthz', '/readyz', '/.well-known/tongheng'].map((path) => fetch(`${url}${path}`)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await answers[2]?.json()).toMatchObject({ id: 'tongheng-51', url, region: '51' })
    const specifications = (await (await fetch(`${url}/v1/specifications`)).json()) as { items: { iss: string }[] }
    expect(specifications.items.map(({ iss }) => iss)).toEqual([organisation('SC-AMR').uscc])
    expect(await stop()).toBe(0)
    const events = err()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(events.map(({ call, status }) => [call, status])).toEqual(
      expect.arrayContaining([
        ['health', 200],
        ['readiness', 200],
        ['discover', 200],
      ]),
    )
    // The program of this test runs outside the package, so it has no page, and reports that.
    expect(events.filter(({ call }) => call === undefined).map(({ kind }) => kind)).toEqual([
      ...['no-page', 'started', 'stopping', 'stopped'],
    ])
    for (const { time, call, requestId } of events) {
      expect(time).toMatch(/^2025-06-16T09:\d\d:\d\d\+08:00$/)
      if (call !== undefined) expect(requestId).toMatch(/^[\w-]{16}$/)
    }
  })

  it('is alive and not ready with expired trust lists', async () => {
    const { url } = await serve({}, '2025-09-01T00:00:00+08:00')
    const [health, ready] = await Promise.all([fetch(`${url}/healthz`), fetch(`${url}/readyz`)])
    expect([health.status, ready.status]).toEqual([200, 503])
  })

  it('ends on Ctrl-C too, while idle connections are open', async () => {
    const { port, url, stop } = await serve()
    const silent = connect(port, '127.0.0.1').on('error', () => undefined)
    const half = connect(port, '127.0.0.1').on('error', () => undefined)
    half.write('GET /healthz HTTP/1.1\r\nHost:')
    await fetch(`${url}/healthz`)
    expect(await stop('SIGINT')).toBe(0)
    silent.destroy()
    half.destroy()
  })

  it('answers open requests before it ends, and accepts no new ones', async () => {
    const { port, child, stop, err } = await serve()
    const statement = (await readFile(join(cli.folder, 'good.jws'), 'utf8')).trim()
    const socket = connect(port, '127.0.0.1').setEncoding('utf8')
    let answer = ''
    socket.on('data', (part: string) => {
      answer += part
    })
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
    socket.write(`POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\nContent-Length: ${statement.length}\r\n\r\n`)
    socket.write(statement.slice(0, 100))
    await fetch(`${config.url}/healthz`)
    const ended = stop()
    await new Promise<void>((resolve) => {
      const knock = (): void => {
        const other = connect(port, '127.0.0.1', () => {
          other.destroy()
          setTimeout(knock, 20)
        }).on('error', () => resolve())
      }
      knock()
    })
    expect(child.exitCode).toBeNull()
    socket.write(statement.slice(100))
    expect(await ended).toBe(0)
    await closed
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(answer).toContain('"outcome":"recognised"')
    expect(err()).toContain('"call":"verifyStatement","status":200')
  })

  it('stores what it accepted across a restart: the same receipt again', async () => {
    const first = await serve()
    const receiptOf = ({ out }: { out: string }): string => (JSON.parse(out) as { receipt: string }).receipt
    const before = receiptOf(await submit('good.jws', '--format', 'json'))
    expect(await first.stop()).toBe(0)
    await serve()
    expect(before.length).toBeGreaterThan(100)
    expect(receiptOf(await submit('good.jws', '--format', 'json'))).toBe(before)
  })

  it('does not start where something is missing, and names it', async () => {
    const attempt = async (name: string, changes: Record<string, unknown>) => {
      await cli.write(name, { ...config, ...changes })
      return cli.runProcess(['serve', '--config', name, '--lang', 'en'])
    }
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    await cli.write('text.db', 'this is no database, only a text that is long enough to be looked at'.repeat(30))
    const runs = await Promise.all([
      attempt('no-folder.json', { database: 'no/such/folder/node.db' }),
      attempt('no-database.json', { database: 'text.db' }),
      attempt('no-key.json', { key: 'absent.key' }),
      attempt('no-head.json', { database: ':memory:', head: 'no/such/folder/head' }),
      attempt('taken.json', { database: ':memory:', listen: { host: '127.0.0.1', port } }),
    ])
    other.close()
    const wanted = [
      '[cli.file]',
      '[cli.file]',
      '[cli.file]',
      'head is not there, or its folder is not',
      '(another program has the port, EADDRINUSE) [cli.listen]',
    ]
    for (const [at, { code, out, err }] of runs.entries()) {
      expect([code, out], wanted[at]).toEqual([2, ''])
      expect(err).toContain(wanted[at])
      expect(err).not.toMatch(/\n\s+at /)
    }
  })
})

describe('submit', () => {
  it('reports accepted, rejected and refused statements, each with its exit code and reasons', async () => {
    await serve()
    const [good, faulty, forged] = await Promise.all([submit('good.jws'), submit('faulty.jws'), submit('forged.jws')])
    expect([good.code, good.err]).toEqual([0, ''])
    expect(good.out).toMatch(/^good\.jws {2}accepted {2}[\w-]{43}\n$/)
    expect(faulty.code).toBe(1)
    expect(faulty.out).toMatch(/^faulty\.jws {2}rejected {2}[\w-]{43}\n(?: {2}\S.*\n)* {2}verdict\.outside-limits \/record\/results\/0\//)
    expect(forged.code).toBe(1)
    expect(forged.out).toMatch(/^forged\.jws {2}record\.refused {2}.*\n(?: {2}\S.*\n)* {2}signature\.form /)
  })

  it('prints JSON and nothing else, with receipts that verify', async () => {
    await serve()
    const { code, out, err } = await submit('good.jws', 'faulty.jws', 'forged.jws', '--trust', 'trust.json', '--format', 'json')
    expect([code, err]).toEqual([1, ''])
    const results = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { file: string; decision: string; receipt: string; code?: string })
    expect(results.map(({ file, decision, code: problem }) => [file, decision, problem])).toEqual([
      ['good.jws', 'accepted', undefined],
      ['faulty.jws', 'rejected', undefined],
      ['forged.jws', 'refused', 'record.refused'],
    ])
    for (const { receipt } of results) expect((await readReceipt(receipt, authorities.trust)).aud).toBe(organisation('CD').uscc)
  })

  it('reads standard input, and warns of a key that others can read', async () => {
    await serve()
    await cli.write('open.key', authorities.keys.get('CD')?.privateJwk ?? {})
    await chmod(join(cli.folder, 'open.key'), 0o644)
    const args = ['submit', '--node', String(config.url), '--node-id', 'tongheng-51', '--iss', organisation('CD').uscc, '--key', 'open.key']
    const { code, out, err } = await cli.run([...args, '--lang', 'en'], { input: await readFile(join(cli.folder, 'good.jws')) })
    expect([code, out.startsWith('-  accepted')]).toEqual([0, true])
    expect(err).toBe('Note: others can read the private key file open.key; chmod 600 it\n')
  })

  it('exits with 2 where the node cannot be reached', async () => {
    const { code, out, err } = await submit('good.jws')
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(`The node ${config.url} cannot be reached`)
    expect(err).toContain('[client.network]')
  })
})
