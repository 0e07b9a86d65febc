/** Lines of a bulk: of what is sent, and of what is answered. */

const LINE_BREAK = 0x0a

/** Lines that are not empty; the last needs no line break, and a carriage return before one is no part of the line. */
export function linesOf(body: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  for (let start = 0; start < body.length; ) {
    const found = body.indexOf(LINE_BREAK, start)
    const end = found === -1 ? body.length : found
    const line = body.subarray(start, body[end - 1] === 0x0d ? end - 1 : end)
    if (line.length > 0) lines.push(line)
    start = end + 1
  }
  return lines
}
