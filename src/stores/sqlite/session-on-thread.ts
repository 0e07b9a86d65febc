/** A session on another thread: the same calls, as messages. The other end is `thread.ts`. */

import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { TonghengError } from '../../base/error.js'
import type { Code } from '../../base/message.js'
import { fault } from '../messages.js'
import type { Session } from './session.js'

/** Number 0 is the opening: nobody asks it, and its answer are the names of the calls. */
export interface Asked {
  readonly id: number
  readonly name: keyof Session
  readonly given: readonly unknown[]
}

export type Answered = { readonly id: number } & ({ readonly result: unknown } | { readonly fault: Fault })

/** An error, as far as it can be handed on. */
export interface Fault {
  readonly message: string
  /** Of ours, or of the system. */
  readonly code?: unknown
  /** Present of ours. */
  readonly details?: TonghengError['details']
}

interface Waiting {
  readonly done: (result: unknown) => void
  readonly failed: (error: unknown) => void
}

/** @param where of `thread.ts`, compiled; that of this package where absent @throws `store.thread` */
export async function openSessionOnThread(file: string, where: URL = ownThread()): Promise<Session> {
  const worker = new Worker(where, { workerData: file })
  const waiting = new Map<number, Waiting>()
  let last = -1
  let ended: unknown
  const ask = (name?: keyof Session, ...given: unknown[]): Promise<unknown> =>
    new Promise((done, failed) => {
      if (ended !== undefined) return failed(ended)
      const id = ++last
      // First: what cannot be handed on is refused here, and nobody waits for its answer.
      if (name !== undefined) worker.postMessage({ id, name, given } satisfies Asked)
      // The process may end while nothing is asked, and not before.
      if (waiting.size === 0) worker.ref()
      waiting.set(id, { done, failed })
    })
  const end = (error: unknown): void => {
    ended ??= error
    for (const { failed } of waiting.values()) failed(ended)
    waiting.clear()
  }
  worker.on('message', (answer: Answered) => {
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
  const names = (await ask()) as readonly (keyof Session)[]
  const calls = names.map((name) => [name, (...given: unknown[]) => ask(name, ...given)])
  return {
    ...(Object.fromEntries(calls) as Session),
    async close() {
      await ask('close')
      // Only then has the thread let go of the file.
      worker.ref()
      await exit
    },
  }
}

/** Resolved as the package's own `imports` say, whatever chunk this is in. @throws `store.thread` */
function ownThread(): URL {
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve('#sqlite-thread'))
  } catch (cause) {
    throw fault('store.thread', {}, { cause })
  }
}

function errorOf({ message, code, details }: Fault): Error {
  return details === undefined ? Object.assign(new Error(message), { code }) : new TonghengError(code as Code, details)
}
