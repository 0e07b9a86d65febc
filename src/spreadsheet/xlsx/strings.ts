/** Texts that cells share (ECMA-376 part 1, 18.4). */
import { fault } from '../messages.js'
import type { Cell, WorkbookLimits } from '../workbook.js'
import { readXml } from './xml.js'

/** Text of a cell, gathered from its runs; readings that are written above it (`rPh`) are no part of it. */
export interface TextReader {
  open(name: string): void
  close(name: string): void
  text(text: string): void
  /** The text since the last call. */
  take(): string
}

/** @param tooLong makes the error where a text has more characters than a cell may have */
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
      // Four times: what is written as _x000D_ is one character.
      if (text.length > most * 8) throw tooLong()
    },
    take() {
      const taken = detached(unescaped(text))
      text = ''
      return taken
    },
  }
}

/** `_x000D_` is how a character that XML does not allow is written (22.9.2.19). */
export const unescaped = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text

/** Length from which a part of a text may keep the whole of it in memory. */
const SLICED = 13

/** A copy that does not keep in memory the piece of the part that it was cut from. */
export function detached(text: string): string {
  if (text.length < SLICED || text.length > 1024) return text
  const codes: number[] = []
  for (let at = 0; at < text.length; at++) codes.push(text.charCodeAt(at))
  return String.fromCharCode(...codes)
}

/** Texts that are remembered, and characters of one. */
const MAX_TEXTS = 16_384
const MAX_REMEMBERED = 64

/** Makes cells of texts that stand in the sheets themselves, as many programs write them; places with the same text share one cell. */
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

/** The shared texts as cells, which places with the same text have in common; undefined for an empty one. */
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
