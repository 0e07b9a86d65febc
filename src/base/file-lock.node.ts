/**
 * File lock: one writer at a time among the processes of a machine. Without it, two processes that read, modify and write a file would
 * lose the changes of one, for example a revocation.
 */

import { link, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { randomFraction } from './random.js'

/** Work under a lock lasts milliseconds; a process that has held one for longer has died. */
const STALE_SECONDS = 30
/** Both in milliseconds since 1970. */
export const isStale = (made: number, now: number): boolean => now - made > STALE_SECONDS * 1000
const MAX_TRIES = 200
const PAUSE_MS = 25

export interface FileLockOptions {
  /** Milliseconds since 1970, by the clock that dates the lock files. */
  readonly now: () => number | Promise<number>
  /** The error to throw if another process holds the lock; `—` if its file does not name the process. */
  readonly busy: (holder: { readonly pid: string; readonly host: string }) => Error
}

/** Runs the work while no other process holds the lock file. @throws the error of `busy`, and errors of the file system */
export async function withFileLock<T>(lock: string, options: FileLockOptions, work: () => Promise<T>): Promise<T> {
  const own = `${process.pid} ${hostname()} ${crypto.randomUUID()}\n`
  await acquire(lock, own, options)
  try {
    return await work()
  } finally {
    // The lock may have been considered stale and replaced; never remove another process's lock.
    if ((await readIfPresent(lock)) === own) await unlink(lock)
  }
}

async function acquire(lock: string, own: string, { now, busy }: FileLockOptions): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    try {
      await writeFile(lock, own, { flag: 'wx' })
      return
    } catch (error) {
      if (reasonOf(error) !== 'EEXIST') throw error
    }
    const holder = await readIfPresent(lock)
    if (holder === undefined) continue
    if (await isDead(lock, holder, now)) await remove(lock, holder)
    else await wait(1 + Math.floor(randomFraction() * (2 * PAUSE_MS - 1)))
  }
  const [pid = '—', host = '—'] = ((await readIfPresent(lock)) ?? '').split(' ')
  throw busy({ pid, host })
}

/** Stale: its process no longer exists on this machine, or it is older than any work lasts, on whatever host it was created. */
async function isDead(lock: string, holder: string, now: FileLockOptions['now']): Promise<boolean> {
  const [pid, host] = holder.split(' ')
  if (host === hostname() && /^[1-9]\d*$/.test(pid ?? '')) {
    try {
      process.kill(Number(pid), 0)
    } catch (error) {
      if (reasonOf(error) === 'ESRCH') return true
    }
  }
  const made = await stat(lock).catch(() => undefined)
  return made !== undefined && isStale(made.mtimeMs, await now())
}

/** Only one process can move a file away; if it moved a live lock, it puts it back. */
async function remove(lock: string, holder: string): Promise<void> {
  const moved = `${lock}.${crypto.randomUUID()}`
  try {
    await rename(lock, moved)
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return
    throw error
  }
  if ((await readIfPresent(moved)) !== holder) {
    await link(moved, lock).catch((error: unknown) => {
      if (reasonOf(error) !== 'EEXIST') throw error
    })
  }
  await unlink(moved)
}

/** The `errno` name of an error of the file system; empty if it has none. */
export const reasonOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return undefined
    throw error
  }
}
