/** Collects the cells of a workbook and rejects more than the limits. */
import { fault } from './messages.js'
import { type Cell, cellName, type Merge, type Sheet, type WorkbookLimits } from './workbook.js'

/** The cells of one sheet while it is read. */
export interface Grid {
  /** Sets a cell. @throws `spreadsheet.rows-many`, `spreadsheet.columns-many`, `spreadsheet.cells-many`, `spreadsheet.cell-long` */
  set(row: number, column: number, cell: Cell): void
  /** @throws `spreadsheet.merges-many` */
  merge(merge: Merge): void
  /** The sheet as read. */
  sheet(): Sheet
}

const EMPTY: readonly undefined[] = []

/** Drops merges that overlap one that begins above or before them, so that the area of all is at most that of the sheet. */
function withoutOverlaps(merges: readonly Merge[], rows: Sheet['rows']): readonly Merge[] {
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0)
  /** First row below the merges so far, by column. */
  const free = new Uint32Array(width)
  const overlapping = new Set<Merge>()
  for (const merge of [...merges].sort((a, b) => a.top - b.top || a.left - b.left)) {
    const columns = free.subarray(merge.left, merge.right + 1)
    if (columns.some((row) => row > merge.top)) overlapping.add(merge)
    else columns.fill(merge.bottom + 1)
  }
  return overlapping.size === 0 ? merges : merges.filter((merge) => !overlapping.has(merge))
}

/** Creates grids whose cells are counted together, because the memory of a workbook is that of all its sheets. */
export function createGrids(limits: WorkbookLimits): (name: string, isHidden?: boolean) => Grid {
  let cells = 0
  return (name, isHidden = false) => {
    const rows: (readonly (Cell | undefined)[])[] = []
    const merges: Merge[] = []
    let last: (Cell | undefined)[] = []
    let lastRow = -1
    const rowAt = (row: number): (Cell | undefined)[] => {
      if (row === lastRow) return last
      if (row >= limits.rows) throw fault('spreadsheet.rows-many', { sheet: name, most: limits.rows })
      while (rows.length <= row) rows.push(EMPTY)
      if (rows[row] === EMPTY) rows[row] = []
      lastRow = row
      last = rows[row] as (Cell | undefined)[]
      return last
    }
    return {
      set(row, column, cell) {
        const of = rowAt(row)
        if (column >= limits.columns) throw fault('spreadsheet.columns-many', { sheet: name, row: row + 1, most: limits.columns })
        if (cell.text.length > limits.cellLength)
          throw fault('spreadsheet.cell-long', { sheet: name, cell: cellName(row, column), most: limits.cellLength })
        if (++cells > limits.cells) throw fault('spreadsheet.cells-many', { most: limits.cells })
        // If a cell occurs twice, some programs show the first and others the last.
        if (of[column] !== undefined) throw fault('spreadsheet.damaged', { part: `${name} ${cellName(row, column)}` })
        while (of.length < column) of.push(undefined)
        of[column] = cell
      },
      merge(merge) {
        if (merges.length >= limits.merges) throw fault('spreadsheet.merges-many', { sheet: name, most: limits.merges })
        merges.push(merge)
      },
      sheet: () => ({ name, isHidden, rows, merges: withoutOverlaps(merges, rows) }),
    }
  }
}
