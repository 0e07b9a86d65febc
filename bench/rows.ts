/** Rows of a list a second, with summary and duplicates, beside the verdicts that they are of. */
import { createListWorkbook, createTally, csvLine, type TableRow, tableRow } from 'tongheng/report'
import { examine } from 'tongheng/verify'
import type { Group } from './measure.js'
import { options, repeated } from './verdict.js'

const nowhere = async (): Promise<void> => undefined
const region = { at: '2026-01-01T00:00:00+08:00', region: '重庆市' }

// One list each over all rounds, as of a long run: its end costs some milliseconds, whatever its length.
const [tally, csvTally, list] = [createTally(), createTally(), createListWorkbook(nowhere, region)]
let line = 0

export const lists: Group = {
  title: 'rows of a list, each with its verdict',
  contenders: [
    {
      name: 'verdict-alone',
      run: async (times) => {
        for (const statement of repeated(times)) await examine(statement, options)
      },
    },
    {
      name: 'verdict-and-xlsx-row',
      to: 'verdict-alone',
      run: async (times) => {
        await inRows(times, async (rows) => {
          for (const row of rows) tally.add(row)
          for (const row of rows) await list.add(row)
        })
      },
    },
    {
      name: 'verdict-and-csv-row',
      to: 'verdict-alone',
      run: async (times) => {
        let length = 0
        await inRows(times, async (rows) => {
          for (const row of rows) csvTally.add(row)
          for (const row of rows) length += csvLine(row).length
        })
        if (length === 0) throw new Error('rows')
      },
    },
  ],
}

/** Rows per write, like the command. Each row is built with its verdict, so that no verdicts are collected: 64 of them would cost more. */
const TOGETHER = 64

async function inRows(times: number, write: (rows: readonly TableRow[]) => Promise<void>): Promise<void> {
  let waiting: TableRow[] = []
  for (const statement of repeated(times)) {
    const one = await examine(statement, options)
    if (waiting.push(tableRow({ file: 'in.ndjson', line: ++line, ...one })) < TOGETHER) continue
    await write(waiting)
    waiting = []
  }
  await write(waiting)
}
