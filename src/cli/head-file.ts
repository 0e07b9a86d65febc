/** The log head as a file on another disk: replaced under a file lock, and synced before the answer is sent. */
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { HeadPlace } from '../node/index.js'
import { fileFault } from './file-error.js'
import { swapText } from './file-lock.js'
import { readExisting } from './files.js'

export const createHeadFile = (file: string): HeadPlace => ({
  async read() {
    const bytes = await readExisting(file)
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
  },
  async swap(expected, next) {
    const isSwapped = await swapText(file, expected === undefined ? undefined : new TextEncoder().encode(expected), next, 0o600)
    if (isSwapped) await syncFolder(dirname(file))
    return isSwapped
  },
})

/** The content was synced before the rename; after a power loss the file is either the old or the new one. @throws `cli.file` */
const syncFolder = (path: string): Promise<void> =>
  fileFault(path, async () => {
    const folder = await open(path, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  })
