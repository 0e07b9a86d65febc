/** Starts the processes of a run, and ends each by its own id, also after an interruption. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, openSync } from 'node:fs'
import { readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'

export const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

/** Waits until `look` returns a value. @throws on timeout, with the name of the condition */
export async function until<T>(what: string, seconds: number, look: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`)
    await pause(150)
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'ESRCH') return false
    throw error
  }
}

/** @returns false if the process had ended before */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name)
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'ESRCH') return false
    throw error
  }
}

export interface Launched {
  readonly child: ChildProcess
  readonly pid: number
}

/** Set at an interruption, after which nothing is started. */
export const run = { isOver: false }

/** Starts a process outside the terminal's process group, so that an interruption reaches only this script, which ends all in order. */
export function launch(log: string, command: readonly string[], env: Readonly<Record<string, string>>): Launched {
  if (run.isOver) throw new Error('the run was interrupted')
  const [file = '', ...args] = command
  const out = openSync(log, 'a')
  const child = spawn(file, args, { detached: true, stdio: ['ignore', out, out], env: { ...process.env, ...env } })
  child.once('error', (error) => createWriteStream(log, { flags: 'a' }).end(String(error)))
  if (child.pid === undefined) throw new Error(`${file} cannot be started`)
  return { child, pid: child.pid }
}

/** The postmaster of a data folder, if it runs. The pid file of a killed process may name another process. */
export async function postmasterOf(data: string): Promise<number | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  if (!(pid > 1)) return undefined
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
  return folder === data ? pid : undefined
}

export async function childrenOf(pid: number): Promise<readonly { readonly pid: number; readonly command: string }[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return Promise.all(
    text
      .split(' ')
      .filter(Boolean)
      .map(async (child) => ({
        pid: Number(child),
        command: (await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' '),
      })),
  )
}

/** Kills all processes of a PostgreSQL at once, like the loss of its machine. */
export async function killServer(data: string): Promise<void> {
  const pid = await postmasterOf(data)
  if (pid === undefined) return
  const children = await childrenOf(pid)
  signal(pid, 'SIGKILL')
  for (const child of children) signal(child.pid, 'SIGKILL')
  await until('the end of PostgreSQL', 20, async () => ![pid, ...children.map((child) => child.pid)].some(isAlive))
}
