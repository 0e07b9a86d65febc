/** Yields the files of dropped archives as separate sources. Loaded at the first archive. */
import { Inflate as InflateStream } from 'fflate'
import { type ArchiveOptions, filesIn, type Inflate } from '../archive/index.js'
import type { Source, Unjudged } from './intake.js'

/** Octets inflated in one step, with at most 16 MB of output, so that a stream cannot go far beyond its stated size. */
const STEP = 16_384

const inflate: Inflate = (packed, most) => {
  const bytes = new Uint8Array(most)
  let size = 0
  let isOver = false
  const stream = new InflateStream((piece) => {
    isOver ||= size + piece.length > most
    if (isOver) return
    bytes.set(piece, size)
    size += piece.length
  })
  try {
    for (let at = 0; at < packed.length && !isOver; at += STEP) stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length)
  } catch (error) {
    // Errors of the library for invalid streams have a numeric code.
    if (error instanceof Error && 'code' in error && typeof error.code === 'number') return undefined
    throw error
  }
  return isOver ? undefined : bytes.subarray(0, size)
}

/** The files of an archive; with `only`, the one at that index. */
export async function* sourcesIn({ name, blob }: Source, only: ArchiveOptions['only']): AsyncGenerator<Source | Unjudged> {
  const octets = {
    size: blob.size,
    read: async (from: number, to: number) => new Uint8Array(await blob.slice(from, to).arrayBuffer()),
  }
  for await (const file of filesIn(octets, name, { inflate, only })) {
    if ('error' in file) yield { name: file.place, error: file.error }
    else yield { name: file.place, blob: new Blob([file.bytes as Uint8Array<ArrayBuffer>]) }
  }
}
