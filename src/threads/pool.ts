/** Worker threads that judge batches of statements, and the messages to and from them. The other end is `thread.ts`. */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { errorOf, type PostedError } from '../base/posted-error.js'
import type { SeenCatalogue } from '../recognition/index.js'
import type { Material, VerifyOptions } from '../verify/index.js'
import { type AnswerTexts, createAnswerReader, type ThreadAnswer } from './answer.js'
import type { Given } from './judge-batch.js'
import { fault } from './messages.js'

export interface ThreadOptions extends Pick<VerifyOptions, 'at' | 'line' | 'policy'> {
  /** Signed documents. Each thread opens them itself, because opened documents contain functions, which cannot be posted to a thread. */
  readonly material: Material
  /** Highest version seen of each catalogue, from an earlier `openCatalogues`. @default nothing */
  readonly seenCatalogues?: readonly SeenCatalogue[]
  /** Number of threads, 1 to 64. @default the processors that this process may use, at most 16 */
  readonly threads?: number
  /** URL of the worker file of this package, for a program that is bundled into one file. @default found by the package itself */
  readonly file?: URL
}

/** Data by which a thread judges; serialisable as JSON. */
export interface Task extends Omit<ThreadOptions, 'threads' | 'file'> {
  /** Whether answers include the record. */
  readonly withRecord: boolean
}

export interface BatchMessage {
  readonly id: number
  readonly batch: readonly Given[]
}

/** Message 0 has no answers: it reports that the documents are open, or the fault. */
export type AnswerMessage = { readonly id: number } & (AnswerTexts | { readonly fault: PostedError })

export interface Pool {
  /** Judges a batch on the thread with the fewest batches. Answers are in the order of the statements. */
  judge(batch: readonly Given[]): Promise<readonly ThreadAnswer[]>
  close(): Promise<void>
}

interface Thread {
  judge(batch: readonly Given[]): Promise<readonly ThreadAnswer[]>
  /** Number of batches without an answer. */
  load(): number
  close(): Promise<void>
}

/** @throws `threads.file`; errors of `openMaterial` and `openCatalogues` */
export async function openPool(task: Task, count: number, file: URL = ownFile()): Promise<Pool> {
  const threads = Array.from({ length: count }, () => startThread(task, file))
  const close = async (): Promise<void> => void (await Promise.all(threads.map((thread) => thread.close())))
  try {
    await Promise.all(threads.map(({ ready }) => ready))
  } catch (error) {
    await close()
    throw error
  }
  return {
    judge: (batch) => threads.reduce((least, thread) => (thread.load() < least.load() ? thread : least)).judge(batch),
    close,
  }
}

function startThread(task: Task, file: URL): Thread & { readonly ready: Promise<unknown> } {
  const worker = new Worker(file, { workerData: JSON.stringify(task) })
  const waiting = new Map<number, { done(answers: readonly ThreadAnswer[]): void; failed(error: Error): void }>()
  const read = createAnswerReader()
  let last = 0
  let ended: Error | undefined
  const answerTo = (id: number): Promise<readonly ThreadAnswer[]> =>
    ended === undefined ? new Promise((done, failed) => waiting.set(id, { done, failed })) : Promise.reject(ended)
  const end = (error: Error): void => {
    ended ??= error
    for (const { failed } of waiting.values()) failed(ended)
    waiting.clear()
  }
  worker.on('message', (message: AnswerMessage) => {
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if ('fault' in message) asked?.failed(errorOf(message.fault))
    else asked?.done(read(message))
  })
  worker.on('error', (error) => end(fault('threads.ended', { reason: error.message }, { cause: error })))
  worker.on('exit', (code) => end(fault('threads.ended', { reason: `exit ${code}` })))
  return {
    ready: answerTo(0),
    judge(batch) {
      const id = ++last
      worker.postMessage({ id, batch } satisfies BatchMessage)
      return answerTo(id)
    },
    load: () => waiting.size,
    close: async () => void (await worker.terminate()),
  }
}

/** Resolved by the package's own `imports`, whichever chunk this module is bundled into. @throws `threads.file` */
function ownFile(): URL {
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve('#judging-thread'))
  } catch (cause) {
    throw fault('threads.file', {}, { cause })
  }
}
