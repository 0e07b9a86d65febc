// Why this exists: compare-and-swap of etcd is what the second place of the head rests on; only a real one shows it. Starts one
// member on loopback.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unpackDebian } from './debian.js'
import { freePort } from './free-port.js'

export interface EtcdServer {
  readonly url: string
  /** A call of the JSON gateway. */
  call(path: string, body: object, token?: string): Promise<Record<string, unknown>>
  stop(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

interface Program {
  readonly file: string
  readonly env: Readonly<Record<string, string>>
  remove(): Promise<void>
}

/** The installed program, or Debian's, unpacked. @returns the reason as text if there is none */
export async function findEtcd(): Promise<Program | string> {
  const installed = (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, 'etcd'))
    .find(existsSync)
  if (installed !== undefined) return { file: installed, env: {}, remove: async () => undefined }
  const unpacked = await unpackDebian(['etcd-server'])
  return typeof unpacked === 'string' ? unpacked : { ...unpacked, file: join(unpacked.root, 'usr/bin/etcd') }
}

export async function startEtcd({ file, env }: Program, flags: readonly string[] = [], scheme = 'http'): Promise<EtcdServer> {
  const folder = await mkdtemp(join(tmpdir(), 'tongheng-etcd-'))
  const [client, peer] = [await freePort(), await freePort()]
  const url = `${scheme}://127.0.0.1:${client}`
  let child: ChildProcess | undefined
  const call: EtcdServer['call'] = async (path, body, token) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: token === undefined ? {} : { authorization: token },
      signal: AbortSignal.timeout(120_000),
    })
    return (await response.json()) as Record<string, unknown>
  }
  async function start(): Promise<void> {
    const peerUrl = `http://127.0.0.1:${peer}`
    child = spawn(
      file,
      [
        ...['--name', 'one', '--data-dir', join(folder, 'data'), '--log-level', 'error'],
        ...['--listen-client-urls', url, '--advertise-client-urls', url],
        ...['--listen-peer-urls', peerUrl, '--initial-advertise-peer-urls', peerUrl, '--initial-cluster', `one=${peerUrl}`],
        ...flags,
      ],
      { stdio: 'ignore', env: { ...process.env, ...env } },
    )
    let failure: Error | undefined
    child.once('error', (error) => {
      failure = error
    })
    while (!(await isListening(client))) {
      if (failure !== undefined || child.exitCode !== null) throw new Error(`etcd ended with ${child.exitCode}`, { cause: failure })
      await new Promise((done) => setTimeout(done, 50))
    }
  }
  async function stop(): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  const remove = async (): Promise<void> => {
    await stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await start()
  } catch (error) {
    await remove()
    throw error
  }
  return { url, call, stop, start, remove }
}

async function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (isThere: boolean): void => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', () => end(true)).once('error', () => end(false))
  })
}
