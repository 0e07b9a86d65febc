/** One or more serving processes over one database, and statements to send them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Client, createClient } from 'tongheng/client'
import type { AlgorithmName } from 'tongheng/envelope'
import { createFakeAuthorities, type FakeAuthorities, organisation } from 'tongheng/testing'
import { freePort } from '../../tests/support/free-port.ts'
import { benchRecord } from '../record.js'

export interface Serving {
  readonly world: FakeAuthorities
  readonly clients: readonly Client[]
  readonly urls: readonly string[]
  /** Process ids. */
  readonly pids: readonly number[]
  /** The given number of statements that no node has seen. */
  statements(count: number): Promise<string[]>
  close(): Promise<void>
}

/** Identity of the node, of all its processes. */
export const NODE = 'tongheng-51'

export interface ServingOptions {
  /** Members of the configuration that are other than those of a load test. */
  readonly config?: Readonly<Record<string, unknown>>
  /** Each body has one key of each. @default ['ES256'] */
  readonly algorithms?: readonly AlgorithmName[]
  /** Called with each process as soon as it runs, before it serves. */
  readonly onStart?: (child: ChildProcess) => void
}

export async function openServing(
  folder: string,
  database: string,
  processes = database === 'sqlite' ? 1 : 2,
  { config = {}, algorithms = ['ES256'], onStart }: ServingOptions = {},
): Promise<Serving> {
  const world = await createFakeAuthorities({ witnessKeys: true, at: new Date().toISOString(), algorithms })
  const children: ChildProcess[] = []
  const urls: string[] = []
  for (let n = 0; n < processes; n++) {
    const { url, file } = await configure(folder, world, { database, n, config })
    children.push(await start(file, url, onStart))
    urls.push(url)
  }
  let made = 0
  return {
    world,
    urls,
    pids: children.map(({ pid }) => pid as number),
    clients: urls.map((url) => {
      const caller = { iss: organisation('LZ').uscc, signer: world.signer('LZ') }
      return createClient({ node: { url, id: NODE }, caller })
    }),
    statements: (count) => Promise.all(Array.from({ length: count }, () => world.sign('LZ', benchRecord(made++)))),
    async close() {
      for (const child of children) {
        child.kill('SIGTERM')
        if (child.exitCode === null) await once(child, 'exit')
      }
    },
  }
}

async function configure(
  folder: string,
  world: FakeAuthorities,
  { database, n, config: changes }: { readonly database: string; readonly n: number; readonly config: Readonly<Record<string, unknown>> },
) {
  const { uscc, name } = organisation('SC-AMR')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const secret = async (file: string, key: unknown): Promise<string> => {
    await writeFile(join(folder, file), JSON.stringify(key))
    await chmod(join(folder, file), 0o600)
    return file
  }
  const { anchors, trustLists, signedAgreement } = world
  await writeFile(join(folder, 'trust.json'), JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] }))
  const config = {
    id: NODE,
    url,
    listen: { host: '127.0.0.1', port },
    authority: uscc,
    name,
    region: '51',
    key: await secret('node.key', world.keys.get('SC-AMR')?.privateJwk),
    trust: 'trust.json',
    database: database === 'sqlite' ? 'node.db' : database,
    log: {
      origin: world.log('SC-AMR').origin,
      key: await secret('log.key', world.logKey('SC-AMR').privateJwk),
      witness: await secret('witness.key', world.witnessKey('SC-AMR').privateJwk),
    },
    limits: { rate: 1_000_000, burst: 1_000_000 },
    ...changes,
  }
  const file = join(folder, `node-${n}.json`)
  await writeFile(file, JSON.stringify(config))
  return { url, file }
}

async function start(file: string, url: string, onStart: ServingOptions['onStart']): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...process.execArgv, resolve('dist/cli.js'), 'serve', '--config', file], {
    // Logging every answer is part of the measured work; its output is discarded.
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  onStart?.(child)
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the node ended with ${child.exitCode}`)
    if ((await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200) return child
    await new Promise((done) => setTimeout(done, 20))
  }
}
