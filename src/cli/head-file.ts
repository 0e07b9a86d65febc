/** The head of the log as a file on another disk: replaced under a lock among processes, and on the disk before anyone is answered. */
import { randomUUID } from 'node:crypto'
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { HeadPlace } from '../exchange/server.js'
import { locked } from './file-lock.js'
import { fileFault, readExisting } from './files.js'

export function createHeadFile(file: string): HeadPlace {
  const read = async (): Promise<string | undefined> => {
    const bytes = await readExisting(file)
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
  }
  return {
    read,
    swap: (expected, next) =>
      locked(file, async () => {
        if ((await read()) !== expected) return false
        await replaceDurably(file, next)
        return true
      }),
  }
}

/** The content first, then the name, each synced: after a loss of power there is the old text or the new one. @throws `cli.file` */
const replaceDurably = (file: string, text: string): Promise<void> =>
  fileFault(file, async () => {
    const draft = `${file}.${randomUUID()}.new`
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
    const folder = await open(dirname(file), 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  })
