/** Allocates status indices from a file, which is replaced under a lock if it is unchanged since it was read. */

import { isTonghengError } from '../base/error.js'
import { allocateStatusIndex, type StatusCounterPort } from '../status/index.js'
import { swapText } from './file-lock.js'
import { jsonOf, readExisting } from './files.js'
import { fault } from './status-messages.js'

/** An existing file that is not a counter: its allocated indices are unknown, so none is allocated. */
const BROKEN = new Set(['cli.json', 'cli.file-empty', 'status-index.counter'])

/**
 * Allocates the next indices of a list, one after another, and returns the first; creates the file if it does not exist and a URI is given.
 * @throws `cli.status-counter`, `status-index.full`, `cli.file-locked`
 */
export async function allocateStatus(
  file: string,
  uri: string | undefined,
  count: number,
): Promise<{ readonly uri: string; readonly idx: number }> {
  let bytes: Uint8Array | undefined
  const port: StatusCounterPort = {
    async read() {
      bytes = await readExisting(file)
      return bytes === undefined ? undefined : jsonOf({ name: file, bytes })
    },
    swap: (_, after) => swapText(file, bytes, `${JSON.stringify(after)}\n`),
  }
  // The file cannot be created for a list without a URI.
  if (uri === undefined && (await readExisting(file)) === undefined) throw fault('cli.status-counter', { file })
  try {
    return await allocateStatusIndex(port, { uri, count })
  } catch (error) {
    if (isTonghengError(error) && BROKEN.has(error.code)) throw fault('cli.status-counter', { file }, { cause: error })
    throw error
  }
}
