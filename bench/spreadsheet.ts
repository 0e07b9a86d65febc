/** Reads a ledger of 50,000 rows, compared with a common reader of workbooks that does not apply number formats, in one run. */
import { readXlsx } from 'hucre'
import { readWorkbook, writeWorkbook } from '../src/spreadsheet/index.js'
import type { Group } from './measure.js'

const ROWS = 50_000
/** Twelve columns as in a ledger; some texts repeat. */
const rowOf = (at: number): string[] => [
  `压力表${at % 50}`,
  `A-${at}`,
  'Y-100',
  String((at % 16) / 10),
  String(at),
  `2024-0${(at % 9) + 1}-1${at % 10}`,
  '合格',
  `车间${at % 9}`,
  `SN${at * 7}`,
  '12',
  '1.6',
  '重庆市计量质量检测研究院',
]
function* rows(): Generator<string[]> {
  for (let at = 0; at < ROWS; at++) yield rowOf(at)
}
const bytes = await writeWorkbook([{ name: '台账', columns: rowOf(0).map((title) => ({ title })), rows: rows() }])

const check = (count: number | undefined): void => {
  if (count !== ROWS + 1) throw new Error('rows')
}

export const spreadsheet: Group = {
  title: `workbooks of ${ROWS} rows of 12 cells, ${bytes.length} octets; a second is a workbook`,
  // A workbook takes a second or more.
  rounds: 7,
  contenders: [
    {
      name: 'hucre-with-formats',
      run: async (times) => {
        for (let i = 0; i < times; i++) check((await readXlsx(bytes, { readStyles: true })).sheets[0]?.rows.length)
      },
    },
    {
      name: 'read-workbook',
      to: 'hucre-with-formats',
      run: async (times) => {
        for (let i = 0; i < times; i++) check((await readWorkbook(bytes)).sheets[0]?.rows.length)
      },
    },
  ],
}
