/** Streamed answers, with a callback when they are read or abandoned. */

/** Octets per chunk. */
const PIECE = 65_536

/** Streams content in chunks, each when the one before was consumed. */
export function inPieces(content: Uint8Array, ended: () => void): ReadableStream<Uint8Array> {
  let from = 0
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        controller.enqueue(content.subarray(from, from + PIECE))
        from += PIECE
        if (from < content.length) return
        controller.close()
        ended()
      },
      cancel: ended,
    },
    { highWaterMark: 0 },
  )
}

/** Passes a stream through; calls `ended` when it was read to its end, failed, or was cancelled. */
export function whenEnded(stream: ReadableStream<Uint8Array>, ended: () => void): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (!done) return controller.enqueue(value)
          controller.close()
          ended()
        } catch (error) {
          ended()
          throw error
        }
      },
      async cancel(reason) {
        ended()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
