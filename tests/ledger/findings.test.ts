// Why this exists: every finding of a ledger is shown to a person who then corrects a cell. Each code has a ledger that earns it and the
// nearest one that does not; the walk at the end fails on a code without them.
import { due, type LedgerCode, type LedgerMapping, readLedger } from 'tongheng/ledger'
import { describe, expect, it } from 'vitest'
import { ledgerFindingTexts } from '../../src/ledger/finding-messages.js'
import { type CellSpec, DATE, day, n, type SheetSpec, workbookOf } from '../support/ledgers.ts'

interface Given {
  readonly sheets: readonly SheetSpec[]
  readonly mapping?: LedgerMapping
}
type Rows = readonly (readonly CellSpec[])[]
const sheet = (rows: Rows, more: Partial<SheetSpec> = {}): Given => ({ sheets: [{ name: 'Sheet1', rows, ...more }] })
/** A gauge with further columns. */
const gauge = (heads: readonly string[], cells: readonly CellSpec[]): Given =>
  sheet([
    ['器具名称', '出厂编号', ...heads],
    ['压力表', 'A1', ...cells],
  ])
const one = (head: string, cell: CellSpec): Given => gauge([head], [cell])
/** A gauge, with further rows below. */
const under = (...rows: Rows): Given => sheet([['器具名称', '出厂编号', '型号规格'], ['压力表', 'A1', 'Y-100'], ...rows])
const mapped = (given: Given, header: string, name = 'Sheet1', more: Partial<LedgerMapping['sheets'][number]> = {}): Given => ({
  ...given,
  mapping: {
    kind: 'ledger-mapping',
    version: 1,
    sheets: [
      {
        name,
        columns: [
          { column: 'A', header: '器具名称', field: 'name' },
          { column: 'B', header, field: 'serialNumber' },
        ],
        ...more,
      },
    ],
  },
})
const DATED = ['检定日期', '检定周期']
const dated = (head: string, date: string): Given => gauge([...DATED, head], ['2026-07-11', '6个月', date])
const linked = (mains: Rows, events: Rows): Given => ({
  sheets: [
    { name: '设备', rows: [['器具名称', '出厂编号'], ...mains] },
    { name: '检定', rows: [['出厂编号', '检定日期', '检定结果'], ...events] },
  ],
})
const SECOND: SheetSpec = {
  name: '表二',
  rows: [
    ['器具名称', '出厂编号'],
    ['压力表', 'B1'],
  ],
}
const both = (isHidden: boolean): Given => ({ sheets: [...under().sheets, isHidden ? { ...SECOND, isHidden } : SECOND] })

const nameless = (number: CellSpec): Given =>
  sheet([
    ['器具名称', '出厂编号', '型号规格', '备注'],
    ['压力表', 'A1', 'Y-100', ''],
    [null, number, 'Y-60', '借用'],
  ])

/** Code; a ledger that produces it; how the nearest ledger without it differs; and that ledger. */
const CASES: readonly (readonly [LedgerCode, Given, string, Given])[] = [
  [
    'ledger.no-header',
    sheet([
      ['一', '二'],
      ['甲', '乙'],
    ]),
    'two known headers',
    under(),
  ],
  ['ledger.no-lines', sheet([['器具名称', '出厂编号']]), 'a row below the header', under()],
  ['ledger.sheet-hidden', both(true), 'both sheets shown', both(false)],
  [
    'ledger.sheet-left-out',
    mapped(under(), '出厂编号', 'Sheet1', { skip: true }),
    'a mapping that reads the sheet',
    mapped(under(), '出厂编号'),
  ],
  ['ledger.column-likely', one('本厂检定证书编号（新）', 'Z1'), 'the known header', one('检定证书编号', 'Z1')],
  ['ledger.column-doubtful', one('有效期', '2027-01-01'), 'the header that means one field', one('有效期至', '2027-01-01')],
  ['ledger.column-undecided', one('有效期', '不详待查'), 'cells that decide', one('有效期', '2027-01-01')],
  ['ledger.column-twice', gauge(['型号规格', '规格型号'], ['Y-100', 'Y-60']), 'one of them', one('型号规格', 'Y-100')],
  ['ledger.column-unknown', one('颜色', '红'), 'a known header', one('型号规格', 'Y-100')],
  ['ledger.column-left-out', one('联系电话', '0000'), 'a sequence number, which says nothing of a person', one('序号', '1')],
  ['ledger.mapping-column', mapped(under(), '编号甲'), 'the header that is there', mapped(under(), '出厂编号')],
  ['ledger.mapping-sheet', mapped(both(false), '出厂编号'), 'the only sheet', mapped(under(), '出厂编号')],
  ['ledger.header-repeated', under(['器具名称', '出厂编号', '型号规格']), 'a further instrument', under(['压力表', 'A2', 'Y-60'])],
  ['ledger.total-row', under(['合计', null, '1 台']), 'a name that only begins like it', under(['合金钢计', 'A2', ''])],
  ['ledger.note-row', under(['制表：某人', null, null]), 'an instrument', under(['制冷温度计', 'A2', null])],
  ['ledger.section-row', under(['一、压力类', null, null]), 'a name with its number', under(['一、压力类', 'A2', 'Y-60'])],
  ['ledger.row-without-instrument', nameless(null), 'a number', nameless('A2')],
  [
    'ledger.name-from-sheet',
    sheet(
      [
        ['出厂编号', '型号规格'],
        ['A1', 'Y-100'],
      ],
      { name: '压力表台账' },
    ),
    'a column of names',
    under(),
  ],
  [
    'ledger.name-from-category',
    sheet([
      ['器具类别', '出厂编号'],
      ['压力表', 'A1'],
    ]),
    'a column of names',
    one('器具类别', '压力表'),
  ],
  ['ledger.name-missing', under([null, 'A2', 'Y-60']), 'a name', under(['压力表', 'A2', 'Y-60'])],
  ['ledger.ditto', under(['同上', 'A2', 'Y-60']), 'the name written', under(['压力表', 'A2', 'Y-60'])],
  [
    'ledger.merged',
    { sheets: [{ ...(under([null, 'A2', 'Y-60']).sheets[0] as SheetSpec), merges: ['A2:A3'] }] },
    'cells side by side in the header only',
    { sheets: [{ ...(under(['压力表', 'A2', 'Y-60']).sheets[0] as SheetSpec), merges: ['D1:E1'] }] },
  ],
  ['ledger.cell-error', one('型号规格', { error: '#N/A' }), 'a text like one', one('型号规格', 'N/A型')],
  ['ledger.cell-too-long', one('备注', '长'.repeat(1001)), '1,000 characters', one('备注', '长'.repeat(1000))],
  ['ledger.hidden-character', one('型号规格', 'Y\u200b-100'), 'a plain blank', one('型号规格', 'Y -100')],
  ['ledger.full-width', one('测量范围', '０-4MPa'), 'plain digits', one('测量范围', '0-4MPa')],
  ['ledger.formula', one('型号规格', { formula: '3' }), 'a value', one('型号规格', n('3'))],
  ['ledger.formula-unsaved', one('型号规格', { unsaved: 'A1+1' }), 'a value that is saved', one('型号规格', { formula: '3' })],
  ['ledger.as-shown', one('分度值（MPa）', n('0.1', '0.00')), 'a number without a format', one('分度值（MPa）', n('0.1'))],
  [
    'ledger.shown-rounded',
    one('分度值（MPa）', n('0.126', '0.00')),
    'a format that shows all of it',
    one('分度值（MPa）', n('0.12', '0.00')),
  ],
  [
    'ledger.digits-lost',
    sheet([
      ['器具名称', '出厂编号'],
      ['压力表', n('1234567890123456')],
    ]),
    'fifteen digits',
    sheet([
      ['器具名称', '出厂编号'],
      ['压力表', n('123456789012345')],
    ]),
  ],
  ['ledger.phone-left-out', one('备注', '联系 13800000000'), 'a number that is none of a person', one('备注', '批号 1380000')],
  ['ledger.date-serial', one('检定日期', '46214'), 'the same number as a date', one('检定日期', n('46214', DATE))],
  ['ledger.date-month', one('检定日期', '2016.05'), 'a day', one('检定日期', '2016.05.01')],
  ['ledger.date-month-spoiled', one('检定日期', '2016.1'), 'another separator', one('检定日期', '2016-1')],
  ['ledger.date-impossible', one('检定日期', '2026-02-30'), 'the last of February', one('检定日期', '2026-02-28')],
  ['ledger.date-unreadable', one('检定日期', '去年夏天'), 'a day', one('检定日期', '2026年7月11日')],
  ['ledger.date-short-year', one('检定日期', '26.7.11'), 'four digits', one('检定日期', '2026.7.11')],
  ['ledger.date-time', one('检定日期', '2026-07-11T08:30'), 'midnight', one('检定日期', '2026-07-11 00:00:00')],
  ['ledger.date-as-shown', one('检定日期', day('2026-07-11', 'd/m/yy')), 'a format with four digits', one('检定日期', day('2026-07-11'))],
  ['ledger.date-far', dated('有效期至', '2099-12-31'), 'a validity of the interval', dated('有效期至', '2027-01-10')],
  ['ledger.interval-unit', one('检定周期', '12'), 'the unit in the header', one('检定周期（月）', '12')],
  ['ledger.interval-unreadable', one('检定周期', '看情况'), 'an interval', one('检定周期', '半年')],
  ['ledger.range-unreadable', one('测量范围', 'DN50'), 'a range', one('测量范围', '0-4MPa')],
  ['ledger.unit-missing', one('测量范围', '0-4.0'), 'the unit in the header', one('测量范围（MPa）', '0-4.0')],
  ['ledger.unit-unknown', one('测量范围', '0-4公斤力'), 'a legal unit', one('测量范围', '0-4MPa')],
  ['ledger.limits-unreadable', one('最大允许误差', '很小'), 'limits', one('最大允许误差', '±0.5%')],
  ['ledger.word-unknown', one('检定结果', '还行'), 'a known word', one('检定结果', '合格')],
  ['ledger.mark-pass', one('检定结果', '√'), 'the word', one('检定结果', '合格')],
  ['ledger.mark-fail', one('检定结果', '×'), 'a mark of another column', one('备注', '×')],
  ['ledger.word-number', one('检定结果', '1'), 'the word', one('检定结果', '不合格')],
  ['ledger.quantity-many', one('数量', '3台'), 'one', one('数量', '1台')],
  ['ledger.quantity-unreadable', one('数量', '若干'), 'a number', one('数量', '1')],
  [
    'ledger.category-ambiguous',
    sheet([
      ['器具名称', '出厂编号'],
      ['特制耐震压力表', 'A1'],
    ]),
    'a name of the table',
    sheet([
      ['器具名称', '出厂编号'],
      ['一般压力表', 'A1'],
    ]),
  ],
  [
    'ledger.category-unknown',
    sheet([
      ['器具名称', '出厂编号'],
      ['魔杖', 'A1'],
    ]),
    'a name of the table',
    sheet([
      ['器具名称', '出厂编号'],
      ['一般压力表', 'A1'],
    ]),
  ],
  ['ledger.number-missing', under(['压力表', null, 'Y-60']), 'a number', under(['压力表', 'A2', 'Y-60'])],
  ['ledger.number-twice', under(['压力表', 'A1', 'Y-60']), 'another kind with that number', under(['温度计', 'A1', 'W-1'])],
  ['ledger.next-due-alone', one('下次检定', '2027-01-11'), 'a date and an interval beside it', dated('下次检定', '2027-01-11')],
  ['ledger.next-due-differs', dated('下次检定日期', '2027-03-01'), 'the day after validity', dated('下次检定日期', '2027-01-11')],
  ['ledger.valid-one-day', dated('有效期至', '2027-01-11'), 'the interval less one day', dated('有效期至', '2027-01-10')],
  ['ledger.valid-until-differs', dated('有效期至', '2027-03-01'), 'the interval less one day', dated('有效期至', '2027-01-10')],
  ['ledger.expired-before-verified', dated('有效期至', '2026-07-10'), 'the same day', dated('有效期至', '2026-07-11')],
  ['ledger.due-before-verified', dated('下次检定日期', '2026-07-11'), 'the day after', dated('下次检定日期', '2026-07-12')],
  ['ledger.verified-in-future', one('检定日期', '2026-11-30'), 'today', one('检定日期', '2026-11-29')],
  [
    'ledger.verified-before-made',
    gauge(['检定日期', '出厂日期'], ['2026-01-01', '2026-01-02']),
    'the same day',
    gauge(['检定日期', '出厂日期'], ['2026-01-02', '2026-01-02']),
  ],
  [
    'ledger.failed-in-use',
    gauge(['检定结果', '使用状态'], ['不合格', '在用']),
    'out of use',
    gauge(['检定结果', '使用状态'], ['不合格', '停用']),
  ],
  ['ledger.joined', linked([['压力表', 'A1']], [['A1', '2026-07-11', '合格']]), 'one sheet', under()],
  [
    'ledger.join-none',
    {
      sheets: [
        ...under().sheets,
        {
          name: '检定',
          rows: [
            ['检定日期', '检定结果'],
            ['2026-07-11', '合格'],
          ],
        },
      ],
    },
    'a number in common',
    linked([['压力表', 'A1']], [['A1', '2026-07-11', '合格']]),
  ],
  [
    'ledger.join-unmatched',
    linked([['压力表', 'A1']], [['A9', '2026-07-11', '合格']]),
    'a number that is there',
    linked([['压力表', 'A1']], [['A1', '2026-07-11', '合格']]),
  ],
  [
    'ledger.join-ambiguous',
    linked(
      [
        ['压力表', 'A1'],
        ['温度计', 'A1'],
      ],
      [['A1', '2026-07-11', '合格']],
    ),
    'one instrument of that number',
    linked([['压力表', 'A1']], [['A1', '2026-07-11', '合格']]),
  ],
  [
    'ledger.join-tie',
    linked(
      [['压力表', 'A1']],
      [
        ['A1', '2026-07-11', '合格'],
        ['A1', '2026-07-11', '不合格'],
      ],
    ),
    'two days',
    linked(
      [['压力表', 'A1']],
      [
        ['A1', '2026-07-11', '合格'],
        ['A1', '2026-07-12', '合格'],
      ],
    ),
  ],
]

/** Reasons of a due list: headers and cells after name and number; and the nearest line with another reason. */
const DUE: readonly (readonly [
  LedgerCode,
  readonly [readonly string[], readonly string[]],
  string,
  readonly [readonly string[], readonly string[]],
])[] = [
  ['ledger.due-stated', [['有效期至'], ['2027-01-10']], 'no validity stated', [DATED, ['2026-07-11', '6个月']]],
  ['ledger.due-computed', [DATED, ['2026-07-11', '6个月']], 'a validity stated', [['有效期至'], ['2027-01-10']]],
  ['ledger.due-planned', [['下次检定日期'], ['2027-01-10']], 'a validity stated', [['有效期至'], ['2027-01-10']]],
  [
    'ledger.due-out-of-use',
    [
      ['使用状态', '有效期至'],
      ['封存', '2026-01-01'],
    ],
    'in use',
    [
      ['使用状态', '有效期至'],
      ['在用', '2026-01-01'],
    ],
  ],
  [
    'ledger.due-no-interval',
    [
      ['检定周期', '检定日期'],
      ['随坏随换', '2026-01-01'],
    ],
    'an interval',
    [
      ['检定周期', '检定日期'],
      ['6个月', '2026-01-01'],
    ],
  ],
  [
    'ledger.due-failed',
    [
      ['检定结果', '有效期至'],
      ['不合格', '2027-01-10'],
    ],
    'passed',
    [
      ['检定结果', '有效期至'],
      ['合格', '2027-01-10'],
    ],
  ],
  ['ledger.due-no-date', [['型号规格'], ['Y-100']], 'a date', [DATED, ['2026-07-11', '6个月']]],
  ['ledger.due-interval-missing', [['检定日期'], ['2026-07-11']], 'an interval', [DATED, ['2026-07-11', '6个月']]],
  ['ledger.due-date-partial', [DATED, ['2016.05', '6个月']], 'a day', [DATED, ['2016.05.01', '6个月']]],
]

const ON = '2026-11-29'
const read = ({ sheets, mapping }: Given) => readLedger(workbookOf(sheets), { on: ON, ...(mapping && { mapping }) })
const codesOf = async (given: Given): Promise<readonly string[]> => (await read(given)).findings.map(({ code }) => code)
/** A pattern for the text of a reason, because a due list has no codes. */
const patternOf = (code: LedgerCode): RegExp =>
  new RegExp(
    `^${ledgerFindingTexts.codes[code].zh
      .split(/\{\w+\}/)
      .map((part) => part.replace(/[()]/g, '\\$&'))
      .join('.*')}$`,
  )
const reasonOf = async ([heads, cells]: readonly [readonly string[], readonly string[]]): Promise<string> =>
  due((await read(gauge(heads, cells))).lines, { on: ON })
    .lines.map(({ reason }) => reason.zh)
    .join('\n')

describe('a finding of a ledger', () => {
  it.each(CASES)('%s is made', async (code, earns) => {
    expect(await codesOf(earns)).toContain(code)
  })

  it.each(CASES.map(([code, , has, given]) => [code, has, given] as const))('%s is not made with %s', async (code, _, given) => {
    expect(await codesOf(given)).not.toContain(code)
  })
})

describe('a reason of a due list', () => {
  it.each(DUE)('%s is given', async (code, earns) => {
    expect(await reasonOf(earns)).toMatch(patternOf(code))
  })

  it.each(DUE.map(([code, , has, given]) => [code, has, given] as const))('%s is not given with %s', async (code, _, given) => {
    const reason = await reasonOf(given)
    expect(reason).not.toBe('')
    expect(reason).not.toMatch(patternOf(code))
  })
})

describe('the table of findings', () => {
  it('covers every code with a ledger that produces it and one that does not', () => {
    expect([...CASES, ...DUE].map(([code]) => code).sort()).toEqual(Object.keys(ledgerFindingTexts.codes).sort())
  })
})
