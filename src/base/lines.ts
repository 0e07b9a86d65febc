/** Splits chunks of octets into lines. */
import { concat } from './concat.js'

export interface Line {
  /** From 1. */
  readonly number: number
  /** Without the line break; truncated if the line is longer than the limit. */
  readonly bytes: Uint8Array
  /** Length of the complete line, by which a truncated one is detected. */
  readonly length: number
}

export interface LineSplitter {
  /** Returns the lines that end within this chunk. */
  push(piece: Uint8Array): Line[]
  /** Returns the last line if it has no line break. */
  end(): Line[]
}

const LINE_BREAK = 0x0a

/** Removes the UTF-8 byte order mark that editors write: one, and only at the beginning of a file. */
export const withoutByteOrderMark = (bytes: Uint8Array): Uint8Array => (startsWithByteOrderMark(bytes) ? bytes.subarray(3) : bytes)

export const startsWithByteOrderMark = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

/**
 * Removes the blanks around a line and the carriage return at its end. A loop, because a pattern would be tried at each blank
 * within the line: 200,000 blanks would take half a minute.
 */
export function withoutBlanks(line: string): string {
  let from = 0
  let to = line.length
  while (from < to && isBlank(line.charCodeAt(from))) from++
  while (to > from && isBlank(line.charCodeAt(to - 1))) to--
  return line.slice(from, to)
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0d

/** Splits at U+000A; a carriage return remains in the line. Buffers at most `most` octets of a line. */
export function createLineSplitter(most: number): LineSplitter {
  // Joined once, at the end of the line: joining at each piece would copy a long line hundreds of times.
  let held: Uint8Array[] = []
  let size = 0
  let length = 0
  let number = 0
  const take = (piece: Uint8Array): void => {
    length += piece.length
    const room = Math.min(piece.length, most - size)
    if (room <= 0) return
    // A copy: `slice` of a Buffer would be a view of a chunk that its stream may reuse.
    held.push(new Uint8Array(piece.subarray(0, room)))
    size += room
  }
  const line = (): Line => {
    const [first = new Uint8Array(0), ...others] = held
    const whole = { number: ++number, bytes: others.length === 0 ? first : concat(held, size), length }
    held = []
    size = 0
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
