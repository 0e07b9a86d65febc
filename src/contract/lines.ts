/** Splits bulk requests and bulk answers into lines. */

const LINE_BREAK = 0x0a

export interface Lines {
  /** The non-empty lines. */
  readonly lines: readonly Uint8Array[]
  /** True if the body has more than the maximum number of lines, empty ones included; the rest is not split. */
  readonly isCutOff: boolean
}

/**
 * Splits a body into at most `most` lines. Empty lines count, because they cost memory too. The last line needs no line break, and
 * a carriage return before a line break is removed.
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
