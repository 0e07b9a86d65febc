/** Reads the objects of a PDF as this package writes it: one cross-reference table, no object streams. The file is untrusted. */
import { latin1 } from '#native'
import { concat } from '../../base/concat.js'

export interface PdfObject {
  readonly id: number
  /** Text before the stream, without its length. */
  readonly text: string
  /** Inflated. */
  readonly stream?: Uint8Array
}

/** Maximum octets of a file, and of all its inflated streams. */
export const MAX_FILE = 50_000_000
const MAX_INFLATED = 100_000_000
const MAX_OBJECTS = 200_000

const OBJECT = /^(\d{1,9}) 0 obj\n/
const STREAM = 'stream\n'
const LENGTH = /\/Length (\d{1,9})\n/

/**
 * Reads every object in the order of the file; undefined unless the file consists exactly of a header, objects, cross-reference table and
 * trailer. Otherwise another program changed or saved it.
 */
export async function readWhole(file: Uint8Array): Promise<readonly PdfObject[] | undefined> {
  const text = latin1(file)
  const end = /startxref\n(\d{1,10})\n%%EOF\n$/.exec(text.slice(-60))
  const header = /^%PDF-1\.7\n%....\n/s.exec(text.slice(0, 20))
  if (end === null || header === null) return undefined
  const table = Number(end[1])
  const objects: PdfObject[] = []
  const offsets = new Map<number, number>()
  const budget = { left: MAX_INFLATED }
  for (let at = header[0].length; at < table; ) {
    const found = await objectAt(file, text, at, budget)
    if (found === undefined || found.end > table || offsets.has(found.object.id) || objects.length >= MAX_OBJECTS) return undefined
    offsets.set(found.object.id, at)
    objects.push(found.object)
    at = found.end
  }
  const trailer = TRAILER.exec(text.slice(table))
  // Between table and end there must not be a second table, or objects that a viewer would use instead.
  if (trailer === null || text.slice(table).indexOf('startxref') !== text.slice(table).lastIndexOf('startxref')) return undefined
  return isTableOf(text.slice(table), offsets) ? [...objects, { id: 0, text: trailer[1] as string }] : undefined
}

const TRAILER = /\n(trailer\n<<\n(?:\/[^\n]*\n){1,10}>>\n)startxref\n\d{1,10}\n%%EOF\n$/

/** True if the table lists each object at the offset where it was read. */
function isTableOf(text: string, offsets: ReadonlyMap<number, number>): boolean {
  const lines = text.split('\n')
  const count = offsets.size + 1
  if (lines[0] !== 'xref' || lines[1] !== `0 ${count}` || lines[2] !== '0000000000 65535 f ') return false
  for (let id = 1; id < count; id++) {
    const offset = offsets.get(id)
    if (offset === undefined || lines[id + 2] !== `${String(offset).padStart(10, '0')} 00000 n `) return false
  }
  return lines[count + 2] === 'trailer'
}

/** Finds objects anywhere in a file, for a file that another program appended to. */
export async function findObjects(file: Uint8Array): Promise<readonly PdfObject[]> {
  const text = latin1(file)
  const objects: PdfObject[] = []
  const budget = { left: MAX_INFLATED }
  for (const { index, 1: before = '' } of text.matchAll(/(^|[\n\r])\d{1,9} 0 obj(?=\n)/g)) {
    if (objects.length >= MAX_OBJECTS) break
    const found = await objectAt(file, text, index + before.length, budget)
    if (found !== undefined) objects.push(found.object)
  }
  return objects
}

async function objectAt(file: Uint8Array, text: string, at: number, budget: { left: number }) {
  const head = OBJECT.exec(text.slice(at, at + 20))
  if (head === null) return undefined
  const from = at + head[0].length
  const close = text.indexOf('endobj\n', from)
  const open = text.indexOf(STREAM, from)
  const id = Number(head[1])
  if (close === -1) return undefined
  if (open === -1 || open > close) return { object: { id, text: text.slice(from, close) }, end: close + 7 }
  const said = text.slice(from, open)
  const length = Number(LENGTH.exec(said)?.[1] ?? Number.NaN)
  const begin = open + STREAM.length
  const tail = '\nendstream\nendobj\n'
  if (!Number.isSafeInteger(length) || text.slice(begin + length, begin + length + tail.length) !== tail) return undefined
  const raw = file.subarray(begin, begin + length)
  const stream = said.includes('/Filter /FlateDecode') ? await inflate(raw, budget) : raw
  if (stream === undefined) return undefined
  return { object: { id, text: said.replace(LENGTH, ''), stream }, end: begin + length + tail.length }
}

/** Inflates a stream; undefined if it is invalid or exceeds the budget. */
async function inflate(raw: Uint8Array, budget: { left: number }): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  try {
    const reader = new Blob([raw as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('deflate')).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      budget.left -= value.length
      if (budget.left < 0) {
        await reader.cancel()
        return undefined
      }
      parts.push(value)
    }
  } catch (error) {
    // Errors of the stream for invalid data; any other error is a defect.
    if (error instanceof TypeError || (error as { code?: string }).code?.startsWith('Z_')) return undefined
    throw error
  }
  return concat(
    parts,
    parts.reduce((sum, { length }) => sum + length, 0),
  )
}
