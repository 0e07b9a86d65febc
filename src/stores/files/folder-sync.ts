/** Syncs folders, so that a new name in a folder survives a power loss. Calls that arrive before a sync begins share it. */
import { open } from 'node:fs/promises'

export function createFolderSync(): (folder: string) => Promise<void> {
  const waiting = new Map<string, Promise<void>>()
  return (folder) => {
    const there = waiting.get(folder)
    if (there !== undefined) return there
    // Begin in the next round of the event loop: writes that end in this round share the sync, and a write that ends after its begin gets
    // another one.
    const next = new Promise<void>((begin) => void setImmediate(begin)).then(() => {
      waiting.delete(folder)
      return syncNow(folder)
    })
    waiting.set(folder, next)
    return next
  }
}

async function syncNow(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
