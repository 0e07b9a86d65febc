/** Shared and inline texts of cells (ECMA-376 part 1, 18.4). */
import { fault } from '../messages.js'
import type { Cell, WorkbookLimits } from '../workbook.js'
import { readXml } from './xml.js'

/** Collects the text of a cell from its runs, without phonetic readings (`rPh`). */
export interface TextReader {
  open(name: string): void
  close(name: string): void
  text(text: string): void
  /** The text since the last call. */
  take(): string
}

/** @param tooLong creates the error for a text longer than `most` characters */
export function createTextReader(most: number, tooLong: () => Error): TextReader {
  let [text, inText, inReading] = ['', false, false]
  return {
    open(name) {
      if (name === 't') inText = true
      else if (name === 'rPh') inReading = true
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') inReading = false
    },
    text(piece) {
      if (!inText || inReading) return
      text += piece
      // Before unescaping: one character may be written as the seven of _x000D_.
      if (text.length > most * 8) throw tooLong()
    },
    take() {
      const taken = detached(unescaped(text))
      text = ''
      return taken
    },
  }
}

/** Decodes `_x000D_`, the escape for characters that XML forbids (ECMA-376 part 1, 22.9.2.19). */
export const unescaped = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text

/** Length from which V8 represents a substring by a reference to the whole string. */
const SLICED = 13

/** Copies a substring, so that the piece of the part that it was cut from can be freed. */
export function detached(text: string): string {
  if (text.length < SLICED || text.length > 1024) return text
  const codes: number[] = []
  for (let at = 0; at < text.length; at++) codes.push(text.charCodeAt(at))
  return String.fromCharCode(...codes)
}

/** Maximum number of cached texts, and maximum length of one. */
const MAX_TEXTS = 16_384
const MAX_REMEMBERED = 64

/** Creates cells of inline texts, which many programs write; cells with equal short texts are one object. */
export function createTextCells(): (text: string) => Cell {
  const known = new Map<string, Cell>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const cell: Cell = { text: detached(text), type: 'text' }
    if (text.length > MAX_REMEMBERED) return cell
    if (known.size >= MAX_TEXTS) known.clear()
    known.set(cell.text, cell)
    return cell
  }
}

/** Reads the shared texts as cells; undefined for an empty text. */
export async function readStrings(
  part: string,
  pieces: AsyncIterable<string>,
  limits: WorkbookLimits,
): Promise<readonly (Cell | undefined)[]> {
  const cells: (Cell | undefined)[] = []
  const tooLong = (): Error => fault('spreadsheet.cell-long', { sheet: part, cell: String(cells.length), most: limits.cellLength })
  const reader = createTextReader(limits.cellLength, tooLong)
  await readXml(part, pieces, {
    open: (name) => reader.open(name),
    close(name) {
      if (name !== 'si') {
        reader.close(name)
        return
      }
      const text = reader.take()
      if (text.length > limits.cellLength) throw tooLong()
      if (cells.push(text === '' ? undefined : { text, type: 'text' }) > limits.cells)
        throw fault('spreadsheet.cells-many', { most: limits.cells })
    },
    text: (text) => reader.text(text),
  })
  return cells
}
