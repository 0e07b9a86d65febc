// Why this exists: the verdict on a line depends on the rows that belong to it. A row that is lost or assigned to another line
// fails or passes the wrong meter.
import { checkRecord } from 'tongheng/conformance'
import { lineOfRow, linesOf, recordOfLine, recordsByLine, type VerificationRecord } from 'tongheng/records'
import { certificates } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { change } from './change.ts'

const record = certificates['energy-meters'].record as VerificationRecord
const LINES = linesOf(record) as number

describe('the record of a line', () => {
  it('has the rows of that line, in their order, and the rows without a line', () => {
    for (let line = 1; line <= LINES; line++) {
      const own = recordOfLine(record, line)
      expect(own?.instrument.serialNumber).toBe(record.instruments?.[line - 1]?.serialNumber)
      expect(own?.results.map(({ id, rows }) => [id, rows])).toEqual(
        record.results.flatMap((table) => {
          const rows = table.rows.filter((_, at) => [undefined, line].includes(lineOfRow(table, at)))
          return rows.length === 0 ? [] : [[table.id, rows]]
        }),
      )
    }
  })

  it('is the same if many lines are requested together, in any order, and repeatedly', () => {
    const byLine = recordsByLine(record)
    for (const line of [3, 1, LINES, 3]) expect(byLine(line)).toEqual(recordOfLine(record, line))
  })

  it('has no table of which no row is its own', () => {
    const only = change(record, ['/results/0/rows', record.results[0]?.rows.filter(([line]) => line === '1')])
    expect(recordOfLine(only, 1)?.results[0]?.id).toBe(record.results[0]?.id)
    expect(recordOfLine(only, 2)?.results.map(({ id }) => id)).not.toContain(record.results[0]?.id)
  })

  it.each([0, -1, 1.5, LINES + 1, Number.NaN, 2 ** 53])('is none for the line %d', (line) => {
    expect([recordOfLine(record, line), recordsByLine(record)(line)]).toEqual([undefined, undefined])
  })

  it.each(['01', '1.0', '1e0', '0x1', '+1', '１'])(
    'has no row whose line is written %s, which another reader may take for another line',
    (cell) => {
      const written = change(record, ['/results/0/rows/0/0', cell])
      expect(record.results[0]?.rows[0]?.[0]).toBe('1')
      expect(recordOfLine(written, 1)?.results[0]?.rows ?? []).not.toContainEqual(written.results[0]?.rows[0])
      expect(
        checkRecord(written)
          .checks.filter(({ status }) => status === 'fail')
          .map(({ code }) => code),
      ).toContain('batch.line-unknown')
    },
  )

  it('is none of a record of one instrument', () => {
    expect(recordsByLine(certificates['energy-meter'].record)(1)).toBeUndefined()
  })
})
