/** Answers that are written as they are read, and what is to be done once they were, or never will be. */

/** Octets given at once. */
const PIECE = 65_536

/** Content in pieces: the next is given when the one before was taken. */
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

/** The same stream; `ended` is called when it was read to its end, failed, or was given up. */
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
