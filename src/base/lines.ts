/** Lines of octets that arrive in pieces. */

export interface Line {
  /** From 1. */
  readonly number: number
  /** Without the line break; cut where the line is longer than the splitter holds. */
  readonly bytes: Uint8Array
  /** Length of the whole line, so that a cut one shows. */
  readonly length: number
}

export interface LineSplitter {
  /** Lines that end within this piece. */
  push(piece: Uint8Array): Line[]
  /** The last line, where no line break follows it. */
  end(): Line[]
}

const LINE_BREAK = 0x0a

/** A text of octets without the byte order mark of UTF-8 that an editor put before it: one, and only at the beginning of a file. */
export const withoutByteOrderMark = (bytes: Uint8Array): Uint8Array => (startsWithByteOrderMark(bytes) ? bytes.subarray(3) : bytes)

export const startsWithByteOrderMark = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

/**
 * A line without the blanks around it and the carriage return at its end. By a loop: a pattern of blanks before the end of a line is tried
 * at each blank within it, and a line of 200,000 of them would take half a minute.
 */
export function withoutBlanks(line: string): string {
  let from = 0
  let to = line.length
  while (from < to && isBlank(line.charCodeAt(from))) from++
  while (to > from && isBlank(line.charCodeAt(to - 1))) to--
  return line.slice(from, to)
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0d

/** Splits at U+000A; a carriage return stays in the line. Never holds more than `most` octets of a line. */
export function createLineSplitter(most: number): LineSplitter {
  let held = new Uint8Array(0)
  let length = 0
  let number = 0
  const take = (piece: Uint8Array): void => {
    length += piece.length
    const room = Math.min(piece.length, most - held.length)
    if (room <= 0) return
    const joined = new Uint8Array(held.length + room)
    joined.set(held)
    joined.set(piece.subarray(0, room), held.length)
    held = joined
  }
  const line = (): Line => {
    const whole = { number: ++number, bytes: held, length }
    held = new Uint8Array(0)
    length = 0
    return whole
  }
  return {
    push(piece) {
      const lines: Line[] = []
      let from = 0
      for (let at = piece.indexOf(LINE_BREAK); at !== -1; at = piece.indexOf(LINE_BREAK, from)) {
        take(piece.subarray(from, at))
        lines.push(line())
        from = at + 1
      }
      take(piece.subarray(from))
      return lines
    },
    end: () => (length > 0 ? [line()] : []),
  }
}
