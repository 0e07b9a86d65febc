/** Forwards the calls of a session to a worker thread as messages. The worker is `thread.ts`. */

import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { errorOf, type PostedError } from '../../base/posted-error.js'
import { fault } from '../messages.js'
import type { Session } from './session.js'

/** Message 0 is the worker's ready message; its payload lists the methods it offers. */
export interface CallMessage {
  readonly id: number
  readonly name: keyof Session
  readonly given: readonly unknown[]
}

export type ResultMessage = { readonly id: number } & ({ readonly result: unknown } | { readonly fault: PostedError })

interface Waiting {
  readonly done: (result: unknown) => void
  readonly failed: (error: unknown) => void
}

/**
 * @param where URL of the compiled `thread.ts`; by default that of this package
 * @throws `store.thread`
 */
export async function openSessionOnThread(file: string, where: URL = ownThread()): Promise<Session> {
  const worker = new Worker(where, { workerData: file })
  const waiting = new Map<number, Waiting>()
  let last = -1
  let ended: unknown
  const call = (name?: keyof Session, ...given: unknown[]): Promise<unknown> =>
    new Promise((done, failed) => {
      if (ended !== undefined) return failed(ended)
      const id = ++last
      // Post first: if an argument cannot be cloned this throws, and no entry is left waiting for an answer.
      if (name !== undefined) worker.postMessage({ id, name, given } satisfies CallMessage)
      // Reference the worker, so that the process lives, only while a call is pending.
      if (waiting.size === 0) worker.ref()
      waiting.set(id, { done, failed })
    })
  const end = (error: unknown): void => {
    ended ??= error
    for (const { failed } of waiting.values()) failed(ended)
    waiting.clear()
  }
  worker.on('message', (answer: ResultMessage) => {
    const { done, failed } = waiting.get(answer.id) as Waiting
    waiting.delete(answer.id)
    if (waiting.size === 0) worker.unref()
    if ('fault' in answer) failed(errorOf(answer.fault))
    else done(answer.result)
  })
  worker.on('error', end)
  const exit = new Promise<void>((done) => {
    worker.on('exit', () => {
      end(new Error('the store is closed'))
      done()
    })
  })
  const names = (await call()) as readonly (keyof Session)[]
  const calls = names.map((name) => [name, (...given: unknown[]) => call(name, ...given)])
  return {
    ...(Object.fromEntries(calls) as Session),
    async close() {
      await call('close')
      // Wait for the exit: only then has the thread released the file.
      worker.ref()
      await exit
    },
  }
}

/** Resolved by the package's own `imports`, whichever chunk this module is bundled into. @throws `store.thread` */
function ownThread(): URL {
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve('#sqlite-thread'))
  } catch (cause) {
    throw fault('store.thread', {}, { cause })
  }
}
