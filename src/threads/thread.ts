/** Worker thread that judges: opens the documents of its task, then answers each batch. The other end is `pool.ts`. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { postedError } from '../base/posted-error.js'
import { openCatalogues } from '../recognition/index.js'
import { examine, openMaterial, type VerifyOptions } from '../verify/index.js'
import { createAnswerWriter, type ThreadAnswer } from './answer.js'
import type { AnswerMessage, BatchMessage, Given, Task } from './pool.js'

const port = parentPort as MessagePort
const post = (message: AnswerMessage): void => port.postMessage(message)

async function openTask({ material, seenCatalogues: seen, at, line, policy }: Task): Promise<VerifyOptions> {
  const opened = await openMaterial(material, at)
  const { trust } = opened
  const catalogues = await openCatalogues({ catalogues: material.catalogues ?? [], trust, at, ...(seen && { seen }) })
  return { ...opened, catalogues, at, policy, ...(line !== undefined && { line }) }
}

async function judgeOne(given: Given, options: VerifyOptions): Promise<ThreadAnswer> {
  if (typeof given === 'string' || !('label' in given)) return examine(given, options)
  const { verifyLabel } = await import('../label/index.js')
  // A label is of one instrument: it has no lines.
  const { line: _, ...ofLabel } = options
  return { verdict: await verifyLabel(given.label, ofLabel) }
}

const write = createAnswerWriter()

async function answer({ id, batch }: BatchMessage, options: VerifyOptions, withRecord: boolean): Promise<void> {
  try {
    const answers: ThreadAnswer[] = []
    for (const given of batch) {
      const { verdict, record } = await judgeOne(given, options)
      answers.push(withRecord ? { verdict, record } : { verdict })
    }
    post({ id, ...write(answers) })
  } catch (error) {
    post({ id, fault: postedError(error) })
  }
}

try {
  const task = JSON.parse(workerData as string) as Task
  const options = await openTask(task)
  port.on('message', (message: BatchMessage) => void answer(message, options, task.withRecord))
  post({ id: 0, ...write([]) })
} catch (error) {
  post({ id: 0, fault: postedError(error) })
}
