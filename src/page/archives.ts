/** Archives that were dropped: the files inside, each as if it had been dropped by itself. Loaded at the first one. */
import { Inflate as InflateStream } from 'fflate'
import { type ArchiveOptions, filesIn, type Inflate } from '../archive/index.js'
import type { Source, Unjudged } from './intake.js'

/** Octets inflated in one step, at most 16 MB of output: no stream continues for long beyond its stated end. */
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
    // The library numbers what it finds wrong in a stream.
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
