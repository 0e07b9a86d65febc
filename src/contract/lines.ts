/** Lines of a bulk: of what is sent, and of what is answered. */

const LINE_BREAK = 0x0a

export interface Lines {
  /** Lines that are not empty. */
  readonly lines: readonly Uint8Array[]
  /** Whether the body has more lines than were to be read, empty ones counted: the rest is not split. */
  readonly isCutOff: boolean
}

/**
 * Splits a body at its line breaks, up to `most` lines: a body of empty lines costs memory like any other. The last line needs no
 * line break, and a carriage return before one is no part of the line.
 */
export function splitLines(body: Uint8Array, most: number): Lines {
  const lines: Uint8Array[] = []
  let count = 0
  for (let start = 0; start < body.length; ) {
    if (count++ === most) return { lines, isCutOff: true }
    const found = body.indexOf(LINE_BREAK, start)
    const end = found === -1 ? body.length : found
    const line = body.subarray(start, body[end - 1] === 0x0d ? end - 1 : end)
    if (line.length > 0) lines.push(line)
    start = end + 1
  }
  return { lines, isCutOff: false }
}
