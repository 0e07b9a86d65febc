/** Rows of a list a second, with summary and duplicates, beside the verdicts that they are of. */
import { createListWorkbook, createTally, csvLine, tableRow } from 'tongheng/report'
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
        for (const statement of repeated(times)) {
          const row = tableRow({ file: 'in.ndjson', line: ++line, ...(await examine(statement, options)) })
          tally.add(row)
          await list.add(row)
        }
      },
    },
    {
      name: 'verdict-and-csv-row',
      to: 'verdict-alone',
      run: async (times) => {
        let length = 0
        for (const statement of repeated(times)) {
          const row = tableRow({ file: 'in.ndjson', line: ++line, ...(await examine(statement, options)) })
          csvTally.add(row)
          length += csvLine(row).length
        }
        if (length === 0) throw new Error('rows')
      },
    },
  ],
}
