/** Opens the file of an outbox; what is no outbox is named. */
import { isTonghengError } from '../base/error.js'
import type { OutboxQueue } from '../client/index.js'
import { createSqliteQueue } from '../stores/sqlite/index.js'
import { databaseFault } from './file-error.js'
import { mustHoldDatabase } from './files.js'

/** @throws `cli.file` if the file is a folder or no database; `store.altered` if it is another database */
export async function openQueue(file: string): Promise<OutboxQueue> {
  await mustHoldDatabase(file)
  try {
    return await createSqliteQueue({ file })
  } catch (error) {
    if (isTonghengError(error) || !(error instanceof Error)) throw error
    throw databaseFault(file, error)
  }
}
