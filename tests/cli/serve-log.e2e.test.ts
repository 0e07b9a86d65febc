// Why this exists: an operator reads a log that says what changed; a log that repeats itself is one that nobody reads.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { TonghengError } from 'tongheng/errors'
import { createFakeAuthorities, type FakeAuthorities, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAnswerLog, createLog, createPeerLog, type Level, type LogEvent } from '../../src/cli/serve-log.js'
import { createTerminal } from '../../src/cli/terminal.js'
import { freePort } from '../support/free-port.js'
import { nextList } from '../support/nodes/pair.js'
import { json, type NodeFiles, writeNode } from './node-files.js'
import { type Cli, openCli } from './run.js'

describe('levels and formats', () => {
  const written = (options: Parameters<typeof createLog>[1], tell: (log: ReturnType<typeof createLog>) => void): string => {
    const stderr = new PassThrough()
    tell(
      createLog(
        createTerminal({ stdin: new PassThrough(), stdout: new PassThrough(), stderr, env: {} }, () => 1_750_000_000_000),
        options,
      ),
    )
    return String(stderr.read() ?? '')
  }
  const all = (log: ReturnType<typeof createLog>): void => {
    for (const level of ['error', 'warn', 'info', 'debug'] as const) log(level, { kind: level, text: { zh: '文', en: 'words' }, size: 3 })
  }

  it('writes what the level admits', () => {
    for (const [level, count] of [
      ['error', 1],
      ['warn', 2],
      ['info', 3],
      ['debug', 4],
    ] as const)
      expect(written({ level, format: 'json', language: 'en' }, all).trim().split('\n').length).toBe(count)
  })

  it('writes JSON, or a line for people in their language, with hidden characters escaped', () => {
    const [line] = json(written({ level: 'error', format: 'json', language: 'en' }, all))
    expect(line).toEqual({ time: '2025-06-15T23:06:40+08:00', level: 'error', kind: 'error', text: { zh: '文', en: 'words' }, size: 3 })
    expect(written({ level: 'error', format: 'text', language: 'en' }, all)).toBe('2025-06-15T23:06:40+08:00 error error words size=3\n')
    expect(written({ level: 'error', format: 'text', language: 'zh' }, all)).toBe('2025-06-15T23:06:40+08:00 error error 文 size=3\n')
    expect(
      written({ level: 'info', format: 'text', language: 'en' }, (log) => log('info', { kind: 'x', peer: 'a\u001b[2J\nb' })),
    ).not.toMatch(/\u001b|\n./)
  })
})

describe('what repeats', () => {
  const listening = () => {
    const lines: (LogEvent & { readonly level: Level })[] = []
    return { lines, log: (level: Level, event: LogEvent) => void lines.push({ level, ...event }) }
  }

  it('is one line per fault in ten seconds, with the number of repetitions', () => {
    const { lines, log } = listening()
    let now = 0
    const answered = createAnswerLog(log, () => now)
    const full = new TonghengError('store.full', { cause: 'x' })
    for (let n = 0; n < 1000; n++) answered({ status: 503, error: full })
    answered({ status: 503, error: new TonghengError('store.away', { cause: 'x' }) })
    now = 11
    answered({ status: 503, error: full })
    answered({ status: 200 })
    const told = lines.filter(({ level }) => level !== 'debug')
    expect(told.map(({ level, more }) => [level, more])).toEqual([
      ['error', undefined],
      ['error', undefined],
      ['error', 999],
    ])
    expect(lines.at(-1)).toEqual({ level: 'debug', status: 200 })
  })

  it('is one line when a peer becomes unreachable, when the reason changes and when it recovers, and none for an idle round', () => {
    const { lines, log } = listening()
    const peer = createPeerLog(log, 'https://x')
    const away = new TonghengError('client.network', { node: 'x', reason: 'y' })
    peer.round()
    for (let n = 0; n < 50; n++) peer.failed(away)
    peer.failed(new TonghengError('sync.rollback', {}))
    peer.round()
    for (let n = 0; n < 50; n++) peer.round()
    peer.progress({ taken: 256, skipped: 0, cursor: 256 })
    peer.progress({ taken: 4, skipped: 1, cursor: 261 })
    peer.round()
    peer.round()
    expect(lines.filter(({ level }) => level !== 'debug').map(({ level, kind, code, taken }) => [level, kind, code ?? taken])).toEqual([
      ['warn', 'failed', 'client.network'],
      ['warn', 'failed', 'sync.rollback'],
      ['info', 'peer-back', undefined],
      ['info', 'followed', 260],
    ])
  })
})

describe('serve', () => {
  let cli: Cli
  let world: FakeAuthorities
  let files: NodeFiles
  beforeAll(async () => {
    cli = await openCli()
    world = await createFakeAuthorities({ witnessKeys: true })
    const peers = [{ url: `http://127.0.0.1:${await freePort()}`, authority: organisation('CQ-AMR').uscc, intervalSeconds: 1 }]
    files = await writeNode(cli, world, 'SC-AMR', { peers })
  })
  afterAll(() => cli.close())

  it('logs start, an unreachable peer once, changes of trust by SIGHUP, and stop, but no requests', async () => {
    const child = await cli.startProcess(['serve', '--config', files.file, '--lang', 'en'])
    let err = ''
    child.stderr?.setEncoding('utf8').on('data', (part: string) => {
      err += part
    })
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    const lines = () => json(err).filter(({ kind }) => kind !== 'no-page')
    const kinds = () => lines().map(({ kind }) => kind)
    await expect.poll(kinds).toContain('failed')
    for (let n = 0; n < 20; n++) await fetch(`${files.url}/healthz`)

    const [sichuan] = world.trust.lists as [(typeof world.trust.lists)[number]]
    const second = await nextList(sichuan, world.rootSigners('SC-AMR'), ['/iat', sichuan.payload.iat + 1])
    const trust = JSON.parse(await readFile(join(cli.folder, 'trust.json'), 'utf8')) as { trustLists: unknown[] }
    await cli.write('trust.json', { ...trust, trustLists: [...trust.trustLists, second.signed] })
    child.kill('SIGHUP')
    await expect.poll(kinds).toContain('trust')
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(kinds()).toEqual(['started', 'failed', 'reloaded', 'trust', 'stopping', 'stopped'])
    expect(lines()[0]).toMatchObject({ level: 'info', size: 0, url: files.url, port: files.port })
    expect(lines()[3]).toMatchObject({ level: 'info', authority: organisation('SC-AMR').uscc, before: 1, version: 2 })
    expect(lines()[4]).toMatchObject({ signal: 'SIGTERM' })
  })
})
