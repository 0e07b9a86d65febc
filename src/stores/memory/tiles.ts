/** Published files in memory, for tests and simulations. */
import type { TileStore } from '../../node/index.js'
import { isStorePath, MAX_FILE_OCTETS } from '../../node/inside.js'
import { fault } from '../messages.js'

/** Creates an empty store of files in memory; they are lost when the process ends. */
export function createMemoryTiles(): TileStore {
  const files = new Map<string, Uint8Array>()
  const checked = (path: string): string => {
    if (!isStorePath(path)) throw fault('files.path', { path: path.slice(0, 100) })
    return path
  }
  const checkedBytes = (path: string, bytes: Uint8Array): Uint8Array => {
    if (bytes.length > MAX_FILE_OCTETS) throw fault('files.too-large', { path, octets: bytes.length, most: MAX_FILE_OCTETS })
    return bytes.slice()
  }
  return {
    async put(path, bytes) {
      const next = checkedBytes(checked(path), bytes)
      const there = files.get(path)
      if (there !== undefined && !isSame(there, next)) throw fault('files.other', { path, octets: next.length, found: there.length })
      files.set(path, there ?? next)
    },
    get: async (path) => files.get(checked(path))?.slice(),
    async replace(path, expected, next) {
      const bytes = checkedBytes(checked(path), next)
      const there = files.get(path)
      if (there === undefined || expected === undefined ? there !== expected : !isSame(there, expected)) return false
      files.set(path, bytes)
      return true
    },
    async *list(path) {
      const under = `${checked(path)}/`
      for (const [name, bytes] of [...files]) if (name.startsWith(under)) yield { path: name, octets: bytes.length }
    },
  }
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && one.every((octet, at) => octet === other[at])
