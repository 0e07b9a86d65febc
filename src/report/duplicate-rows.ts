/**
 * Finds duplicates among millions of rows, with about 100 octets per row. The index stores the digest of each key, and for each row its
 * file, its line and the digest of its statement. Names and places are stored as text only for keys that occur twice.
 */
import { decodeBase64url, digestText } from '#native'
import type { SummaryDuplicate } from './summary.js'

export type DuplicateKind = SummaryDuplicate['what']

/** A row to search: its place and its keys. */
export interface SearchedRow {
  readonly file: string
  /** 0 if its file has only one statement. */
  readonly line: number
  readonly statementId: string
  /** Keys by which rows are duplicates, each with its kind and its name for people. */
  readonly keys: readonly (readonly [what: DuplicateKind, key: string, name: string])[]
}

export interface DuplicateFinder {
  add(row: SearchedRow): void
  /** Returns the duplicates found, up to the maximum, and the number of others. */
  found(): { readonly duplicates: readonly SummaryDuplicate[]; readonly unlisted: number }
}

/** Maximum number of places per duplicate, and of listed duplicates; others are only counted. */
const MAX_PLACES = 20
const MAX_DUPLICATES = 1000

const KINDS: readonly DuplicateKind[] = ['statement', 'number', 'instrument']
/**
 * Numbers stored per row: file, line, two numbers of the digest of its statement, and a bit for each kind of key of which it is the first
 * row.
 */
const OF_ROW = 5

export function createDuplicateFinder(): DuplicateFinder {
  const indexes = KINDS.map(() => createIndex())
  const files: string[] = []
  const listed = new Map<number, { readonly what: DuplicateKind; readonly name: string; readonly places: string[] }>()
  let rows = new Uint32Array(OF_ROW * 1024)
  let [count, unlisted] = [0, 0]
  const numberOf = (row: number, at: number): number => rows[OF_ROW * row + at] as number
  const placeOf = (row: number): string => {
    const [file, line] = [files[numberOf(row, 0)] as string, numberOf(row, 1)]
    return line === 0 ? file : `${file}:${line}`
  }
  const note = (kind: number, first: number, row: number, name: string): void => {
    const id = first * KINDS.length + kind
    const bit = 1 << kind
    if ((numberOf(first, 4) & bit) === 0) {
      rows[OF_ROW * first + 4] = numberOf(first, 4) | bit
      if (listed.size < MAX_DUPLICATES) listed.set(id, { what: KINDS[kind] as DuplicateKind, name, places: [placeOf(first)] })
      else unlisted++
    }
    const places = listed.get(id)?.places
    if (places !== undefined && places.length < MAX_PLACES) places.push(placeOf(row))
  }
  return {
    add({ file, line, statementId, keys }) {
      if (keys.length === 0) return
      if (files[files.length - 1] !== file) files.push(file)
      if (rows.length === OF_ROW * count) rows = grown(rows)
      const row = count++
      const digest = digestOfStatement(statementId)
      const at = OF_ROW * row
      rows[at] = files.length - 1
      rows[at + 1] = line
      rows[at + 2] = digest[0]
      rows[at + 3] = digest[1]
      for (const [what, key, name] of keys) {
        const kind = KINDS.indexOf(what)
        const first = (indexes[kind] as Index).put(what === 'statement' ? digest : digestOf(key), row)
        if (first === undefined) continue
        // A copy of the same statement is reported once, as a duplicate statement, not by its other keys.
        const isSame = numberOf(first, 2) === digest[0] && numberOf(first, 3) === digest[1]
        if (what === 'statement' || !isSame) note(kind, first, row, name)
      }
    },
    found() {
      const order = (id: number): number => (id % KINDS.length) * count + Math.floor(id / KINDS.length)
      return { duplicates: [...listed].sort(([a], [b]) => order(a) - order(b)).map(([, each]) => each), unlisted }
    },
  }
}

type Digest = readonly [number, number]

/** 64 bits of SHA-256: two different keys among two million have the same digest once in ten million runs. */
const digestOf = (key: string): Digest => digestIn(digestText(key))

/** The id of a statement is already a SHA-256. */
const digestOfStatement = (id: string): Digest => (/^[\w-]{43}$/.test(id) ? digestIn(id) : digestOf(id))

/** Read octet by octet, because a DataView costs more than the digest. */
function digestIn(base64url: string): Digest {
  const bytes = decodeBase64url(base64url.slice(0, 12))
  return [word(bytes, 0), word(bytes, 4)]
}
const word = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)) >>> 0

interface Index {
  /** Stores a digest with its row, unless it is stored. Returns the row that was stored first; undefined if this is the first. */
  put(digest: Digest, row: number): number | undefined
}

/** Creates a hash table in a typed array, at most half of which is used: 24 octets per key, while a Map of texts needs some hundreds. */
function createIndex(): Index {
  let slots = new Uint32Array(3 * 2048)
  let used = 0
  const find = (table: Uint32Array, [high, low]: Digest): number => {
    const size = table.length / 3
    let at = low % size
    while (table[3 * at + 2] !== 0 && (table[3 * at] !== high || table[3 * at + 1] !== low)) at = (at + 1) % size
    return at
  }
  const grow = (): void => {
    const larger = new Uint32Array(2 * slots.length)
    for (let from = 0; from < slots.length; from += 3) {
      if (slots[from + 2] === 0) continue
      larger.set(slots.subarray(from, from + 3), 3 * find(larger, [slots[from] as number, slots[from + 1] as number]))
    }
    slots = larger
  }
  return {
    put(digest, row) {
      const at = find(slots, digest)
      const before = slots[3 * at + 2] as number
      if (before !== 0) return before - 1
      slots[3 * at] = digest[0]
      slots[3 * at + 1] = digest[1]
      slots[3 * at + 2] = row + 1
      if (6 * ++used > slots.length) grow()
      return undefined
    },
  }
}

function grown(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * numbers.length)
  larger.set(numbers)
  return larger
}
