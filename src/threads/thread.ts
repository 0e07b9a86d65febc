/** Worker thread that judges statements: opens the documents of its task, then answers each batch. The other end is `pool.ts`. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { parseInstant } from '../base/date.js'
import { postedError } from '../base/posted-error.js'
import { openCatalogues } from '../recognition/index.js'
import { openMaterial, type VerifyOptions } from '../verify/index.js'
import { createAnswerWriter } from './answer.js'
import { checkBatch, judgeBatch } from './judge-batch.js'
import type { AnswerMessage, BatchMessage, Task } from './pool.js'

const port = parentPort as MessagePort
const post = (message: AnswerMessage): void => port.postMessage(message)

async function openTask({ material, seenCatalogues: seen, at, line, policy }: Task): Promise<VerifyOptions> {
  const opened = await openMaterial(material, at)
  const { trust } = opened
  const catalogues = await openCatalogues({ catalogues: material.catalogues ?? [], trust, at, ...(seen && { seen }) })
  return { ...opened, catalogues, at, policy, ...(line !== undefined && { line }) }
}

const write = createAnswerWriter()

async function answer({ id, batch }: BatchMessage, options: VerifyOptions, withRecord: boolean): Promise<void> {
  try {
    const at = parseInstant(options.at)
    const answers = await judgeBatch(batch, await checkBatch(batch, options, at), options, at)
    post({ id, ...write(withRecord ? answers : answers.map(({ verdict }) => ({ verdict }))) })
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
