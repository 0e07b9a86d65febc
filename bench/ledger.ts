/**
  * Measures reading, mapping and checking a ledger of 50,000 rows, compared with the reader of workbooks alone, in one run; and the memory for
  * 200,000 rows. `npm run bench:ledger`.
 */
import { argv, memoryUsage, stdout } from 'node:process'
import { type LedgerTable, readLedger, tablesWorkbook } from 'tongheng/ledger'
import { readWorkbook } from '../src/spreadsheet/index.js'

const HEADS = [
  '序号',
  '器具名称',
  '型号规格',
  '出厂编号',
  '管理编号',
  '制造单位',
  '测量范围（MPa）',
  '准确度等级',
  '检定周期',
  '检定日期',
  '有效期至',
  '证书编号',
  '检定机构',
  '检定结果',
  '使用状态',
  '使用部门',
  '安装地点',
  '备注',
]
const pad = (value: number): string => String(value).padStart(2, '0')

function ledgerOf(rows: number): LedgerTable {
  const cells = (at: number): readonly string[] => {
    const day = `2026-${pad((at % 12) + 1)}-${pad((at % 28) + 1)}`
    return [
      String(at + 1),
      '一般压力表',
      'Y-100',
      `S${at}`,
      `G-${at}`,
      '红旗仪表',
      at % 2 === 0 ? '0～1.6' : '0-4.0',
      '1.6级',
      '6个月',
      day,
      '',
      `Z2026-${at}`,
      '市计量所',
      '合格',
      '在用',
      `车间${at % 40}`,
      `${at % 900}号位`,
      at % 50 === 0 ? '换表' : '',
    ]
  }
  return { name: '台账', heads: HEADS, rows: Array.from({ length: rows }, (_, at) => ({ tone: 'plain', cells: cells(at) })) }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const ROUNDS = 5
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number
const megabytes = (): number => Math.round(memoryUsage().rss / 1_048_576)

const size = Number(argv[2] ?? 50_000)
const bytes = await tablesWorkbook([ledgerOf(size)])
const [reader, whole]: [number[], number[]] = [[], []]
for (let round = 0; round < ROUNDS; round++) {
  reader.push(await timed(() => readWorkbook(bytes)))
  whole.push(
    await timed(async () => {
      const { lines, findings } = await readLedger(bytes, { on: '2026-11-29' })
      if (lines.length !== size) throw new Error(`${lines.length} lines`)
      return findings
    }),
  )
}
const [alone, all] = [median(reader), median(whole)]
stdout.write(
  `${size} rows of ${HEADS.length} columns, ${(bytes.length / 1_048_576).toFixed(1)} MB: reader ${alone.toFixed(0)} ms, read, mapped and checked ${all.toFixed(0)} ms, ${(all / alone).toFixed(2)} × the reader (at most 4); ${megabytes()} MB resident\n`,
)
if (all > 4 * alone) process.exitCode = 1
