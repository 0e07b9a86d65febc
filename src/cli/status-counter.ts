/** Status indices from a file, which is replaced under a lock where it is still what was read. */

import { isTonghengError } from '../base/error.js'
import { allocateStatusIndex, type StatusCounterPort } from '../status/index.js'
import { swapText } from './file-lock.js'
import { jsonOf, readExisting } from './files.js'
import { fault } from './messages.js'

/** A file that is there and is no counter: indices that it gave out are unknown, so none is given out. */
const BROKEN = new Set(['cli.json', 'cli.file-empty', 'status-index.counter'])

/**
 * Takes the next index of a list; the file is made where there is none and the address is given.
 * @throws `cli.status-counter`, `status-index.full`, `cli.file-locked`
 */
export async function allocateStatus(file: string, uri: string | undefined): Promise<{ readonly uri: string; readonly idx: number }> {
  let bytes: Uint8Array | undefined
  const port: StatusCounterPort = {
    async read() {
      bytes = await readExisting(file)
      return bytes === undefined ? undefined : jsonOf({ name: file, bytes })
    },
    swap: (_, after) => swapText(file, bytes, `${JSON.stringify(after)}\n`),
  }
  // The file cannot be made for a list without an address.
  if (uri === undefined && (await readExisting(file)) === undefined) throw fault('cli.status-counter', { file })
  try {
    return await allocateStatusIndex(port, { uri })
  } catch (error) {
    if (isTonghengError(error) && BROKEN.has(error.code)) throw fault('cli.status-counter', { file }, { cause: error })
    throw error
  }
}
