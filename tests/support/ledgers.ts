// Why this exists: the twelve shapes in which enterprises and bureaus keep their ledgers, as workbooks: titles, merged and two-row headers,
// units in the header, a sheet a kind, totals, six spellings of dates, serial numbers, tables that are joined by a number.
import { makeWorkbook } from './workbooks.ts'

/** A cell: a text; a number with its format; a date by its serial number; a formula with its value; an error. */
export type CellSpec =
  | string
  | null
  | { readonly n: string; readonly f?: string }
  | { readonly formula: string; readonly f?: string }
  /** A formula without a stored value, as openpyxl writes it. */
  | { readonly unsaved: string }
  | { readonly error: string }
export interface SheetSpec {
  readonly name: string
  readonly rows: readonly (readonly CellSpec[])[]
  /** In the notation of Excel, `A1:F1`. */
  readonly merges?: readonly string[]
  readonly isHidden?: true
}

export const n = (value: string, format?: string): CellSpec => ({ n: value, ...(format !== undefined && { f: format }) })
export const DATE = 'yyyy\\-mm\\-dd'
/** A date as Excel stores it. */
export const day = (date: string, format = DATE): CellSpec =>
  n(String(Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000) + 25_569), format)

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')
const letters = (column: number): string =>
  (column < 26 ? '' : String.fromCharCode(64 + Math.floor(column / 26))) + String.fromCharCode(65 + (column % 26))

export function workbookOf(sheets: readonly SheetSpec[]): Uint8Array {
  const formats: string[] = []
  const styleOf = (format: string | undefined): number => {
    if (format === undefined) return 0
    if (!formats.includes(format)) formats.push(format)
    return formats.indexOf(format) + 1
  }
  const cellXml = (cell: CellSpec, at: string): string => {
    if (cell === null) return ''
    if (typeof cell === 'string')
      return cell === '' ? '' : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
    if ('error' in cell) return `<c r="${at}" t="e"><v>${cell.error}</v></c>`
    if ('unsaved' in cell) return `<c r="${at}"><f>${cell.unsaved}</f><v></v></c>`
    if ('formula' in cell) return `<c r="${at}" s="${styleOf(cell.f)}"><f>A1+1</f><v>${cell.formula}</v></c>`
    return `<c r="${at}" s="${styleOf(cell.f)}"><v>${cell.n}</v></c>`
  }
  const xml = sheets.map(({ rows, merges = [] }) => {
    const data = rows.map(
      (cells, row) => `<row r="${row + 1}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${row + 1}`)).join('')}</row>`,
    )
    const merged = merges.length === 0 ? '' : `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
    return `${HEAD}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${data.join('')}</sheetData>${merged}</worksheet>`
  })
  return makeWorkbook({
    sheets: xml,
    names: sheets.map(({ name }) => name),
    states: sheets.map(({ isHidden }) => (isHidden ? 'state="hidden"' : '')),
    formats,
  })
}

export interface LedgerShape {
  readonly title: string
  readonly bytes: () => Uint8Array
}

const text = (rows: readonly (readonly string[])[], by = ','): Uint8Array =>
  new TextEncoder().encode(rows.map((row) => row.join(by)).join('\r\n'))

/** A ledger in GB 18030, which Node decodes and does not encode. Its text:
 * 设备名称*,计量编号*,资产编号,出厂编号,ABC分类,使用部门,存放地点,生产厂家,规格型号,责任人,购置日期,校准周期（月，6/12）,校准日期,下次校准日期(自动),校准结果,分度值,测量范围,允许误差,使用状态,备注
 * 游标卡尺,KC-01,ZC-9,88001,B,机加车间,工具柜,上海量具,0-150,赵六,2019-01-01,12,2026-07-11,2027-07-11,合格,0.02mm,0～150mm,±0.03mm,在用,
 * 外径千分尺,QF-01,ZC-10,88002,B,机加车间,工具柜,上海量具,0-25,赵六,2019-01-01,6,2026-07-11,2027-07-11,合格,0.01mm,0～25mm,±4μm,在用,
 */
const GB18030 =
  'c9e8b1b8c3fbb3c62a2cbcc6c1bfb1e0bac52a2cd7cab2fab1e0bac52cb3f6b3a7b1e0bac52c414243b7d6c0e02ccab9d3c3b2bfc3c52cb4e6b7c5b5d8b5e32cc9fab2fab3a7' +
  'bcd22cb9e6b8f1d0cdbac52cd4f0c8cec8cb2cb9bad6c3c8d5c6da2cd0a3d7bcd6dcc6daa3a8d4c2a3ac362f3132a3a92cd0a3d7bcc8d5c6da2ccfc2b4ced0a3d7bcc8d5c6da' +
  '28d7d4b6af292cd0a3d7bcbde1b9fb2cb7d6b6c8d6b52cb2e2c1bfb7b6cea72cd4cad0edcef3b2ee2ccab9d3c3d7b4ccac2cb1b8d7a20d0ad3ceb1eabfa8b3df2c4b432d3031' +
  '2c5a432d392c38383030312c422cbbfabcd3b3b5bce42cb9a4bedfb9f12cc9cfbaa3c1bfbedf2c302d3135302cd5d4c1f92c323031392d30312d30312c31322c323032362d30' +
  '372d31312c323032372d30372d31312cbacfb8f12c302e30326d6d2c30a1ab3135306d6d2ca1c0302e30336d6d2cd4dad3c32c0d0acde2beb6c7a7b7d6b3df2c51462d30312c' +
  '5a432d31302c38383030322c422cbbfabcd3b3b5bce42cb9a4bedfb9f12cc9cfbaa3c1bfbedf2c302d32352cd5d4c1f92c323031392d30312d30312c362c323032362d30372d' +
  '31312c323032372d30372d31312cbacfb8f12c302e30316d6d2c30a1ab32356d6d2ca1c034a6cc6d2cd4dad3c32c'

/** The twelve shapes, by their number in the survey of real ledgers. */
export const ledgerShapes = {
  A1: {
    title: 'import of the national platform: item and kind, place of use, quantity, manner',
    bytes: () =>
      workbookOf([
        {
          name: '强检工作计量器具',
          rows: [
            [
              '器具名称*',
              '器具项别',
              '器具种别',
              '型号规格',
              '测量范围',
              '准确度等级',
              '出厂编号',
              '生产厂家',
              '器具产地',
              '安装/使用地点',
              '器具数量',
              '器具用途',
              '送检方式',
            ],
            [
              '压力表',
              '14',
              '压力仪表',
              'Y-100',
              '(0~4)MPa',
              '1.6级',
              n('12345678901234567'),
              '红旗仪表',
              '中国',
              '锅炉房',
              n('1'),
              '安全防护',
              '送检',
            ],
            ['砝码', '29', '砝码', '', '1mg~500g', 'F1', 'M-01', '常州', '中国', '化验室', n('24'), '行政执法', '现场'],
          ],
        },
      ]),
  },
  A2: {
    title: 'filing form on paper: seven columns under a title, with total and signature rows',
    bytes: () =>
      workbookOf([
        {
          name: 'Sheet1',
          rows: [
            ['强检器具备案申请表'],
            ['申请单位：成都某某公司', null, null, null, '填表日期：2026年7月11日'],
            ['名称', '规格型号', '准确度等级', '测量范围', '出厂编号', '数量', '类别'],
            ['电子秤', 'ACS-30', 'Ⅲ', 'Max 30kg', 'E001', n('1'), '衡器'],
            ['出租汽车计价器', 'TX-1', '', '', 'T-77', n('1'), '计价器'],
            ['合计', null, null, null, null, n('2')],
            ['填表人：张三', null, '审核：李四'],
          ],
          merges: ['A1:G1', 'A2:D2'],
        },
      ]),
  },
  A3: {
    title: 'regional platform: instruments, verifications and certificates in three linked sheets',
    bytes: () =>
      workbookOf([
        {
          name: '器具',
          rows: [
            ['器具编号', '器具名称', '规格型号', '精确度', '最小测量范围', '最大测量范围', '测量范围单位', '拥有企业', '安装地点', '状态'],
            ['G-1', '压力表', 'Y-100', '1.6', n('0'), n('4.0', '0.0'), 'MPa', '成都甲公司', '一车间', '正常'],
            ['G-2', '压力表', 'Y-60', '2.5', n('0'), n('1.6', '0.0'), 'MPa', '成都甲公司', '二车间', '停用'],
            ['G-3', '压力表', 'Y-60', '2.5', n('0'), n('1.6', '0.0'), 'MPa', '成都甲公司', '三车间', '正常'],
          ],
        },
        {
          name: '检定',
          rows: [
            ['器具编号', '证书编号', '检定日期', '检定机构', '检定结果'],
            ['G-1', 'Z-2025', day('2025-06-02'), '成都市计量院', '合格'],
            ['G-1', 'Z-2026', day('2026-06-02'), '成都市计量院', '合格'],
            ['G-2', 'Z-9', day('2026-01-05'), '成都市计量院', '合格'],
            ['G-3', 'Z-11', day('2026-01-05'), '成都市计量院', '合格'],
            ['G-3', 'Z-12', day('2026-01-05'), '成都市计量院', '不合格'],
            ['G-9', 'Z-10', day('2026-01-05'), '成都市计量院', '合格'],
          ],
        },
        {
          name: '证书',
          rows: [
            ['证书编号', '证书类型', '有效期至'],
            ['Z-2025', '检定证书', day('2025-12-01')],
            ['Z-2026', '检定证书', day('2026-12-01')],
            ['Z-9', '检定结果通知书', null],
          ],
        },
      ]),
  },
  A4: {
    title: 'metro: interval in months in the header, telephone of the keeper, two columns of numbers',
    bytes: () =>
      workbookOf([
        {
          name: '计量器具',
          rows: [
            [
              '计量器具编码',
              '计量器具名称',
              '型号规格',
              '证书编号',
              '移交日期',
              '制造单位',
              '检定/校准周期（月）',
              '使用公司',
              '使用单位',
              '上次检定/校准日期',
              '证书有效日期',
              '出厂编号',
              '安管人员手机',
              '安管人员',
              '线别',
            ],
            [
              'WZ-001',
              '数字万用表',
              'F287C',
              'J2026-1',
              '2020.01.02',
              '福禄克',
              n('12'),
              '温州轨道集团有限公司',
              '供电中心',
              '2026/3/5',
              '2027/3/4',
              '00123',
              '13800138000',
              '王五',
              'S1',
            ],
            [
              'WZ-002',
              '钳形表',
              'F317',
              'J2026-2',
              '20200102',
              '福禄克',
              n('12'),
              '温州轨道集团有限公司',
              '供电中心',
              '2026/3/5',
              '2027/3/5',
              '00124',
              '13800138001',
              '王五',
              'S1',
            ],
          ],
        },
      ]),
  },
  A5: {
    title: 'plant: own numbers, intervals in words, 随坏随换, all spellings of dates',
    bytes: () =>
      workbookOf([
        {
          name: '设备台账',
          rows: [
            [
              '使用部门',
              '设备类别',
              '计量器具名称',
              '型号/规格',
              '准确度等级',
              '测量范围',
              '计量编号',
              '检定周期',
              '检定(校准)日期',
              '有效期',
              '安装地点',
              '分度值',
              '管理级别',
              '设备状态',
              '检定结果',
              '下次检定日期',
              '备注',
            ],
            [
              '树脂车间',
              '热电阻',
              '铂热电阻温度计',
              'PT100',
              'A级',
              '-200~850℃',
              'PT001',
              '6个月',
              '2026-01-15',
              '2026-07-14',
              '1号反应釜',
              '0.1℃',
              'A级',
              '在用',
              '合格',
              '2026-07-15',
              '联系 13800138000',
            ],
            [
              '质检部',
              '玻璃量器',
              '玻璃量筒',
              '500ml',
              'A级',
              '0~500mL',
              'GL001',
              '随坏随换',
              '/',
              '—',
              '化验室',
              '5mL',
              'C',
              '在用',
              '合格',
              '',
              '',
            ],
            [
              '质检部',
              '压力表',
              '一般压力表',
              'Y-100',
              '１.６级',
              '0-4.0MPa',
              'YL001',
              '半年',
              '2026.07.11',
              '2027年1月10日',
              '管道',
              '',
              'B',
              '在用',
              '合格',
              '2027.2.10',
              '',
            ],
            [
              '质检部',
              '压力表',
              '一般压力表',
              'Y-100',
              n('1.6', '0.00'),
              '0～1.6MPa',
              'YL002',
              '12个月',
              '20260711',
              '2016.05',
              '管道',
              '',
              'B',
              '在用',
              '1',
              '',
              '',
            ],
            [
              '质检部',
              '压力表',
              '一般压力表',
              'Y-100',
              '1.6',
              '0～1.6MPa',
              'YL002',
              n('6'),
              n('46214'),
              '2027.2.30',
              '管道',
              '',
              'B',
              '封存',
              '不合格',
              '',
              '',
            ],
            [
              '质检部',
              '压力表',
              '一般压力表',
              'Y-100',
              '1.6',
              '0～1.6MPa',
              'YL005',
              '6个月',
              n('2016.1'),
              '',
              '管道',
              '',
              'B',
              '在用',
              '合格',
              { error: '#REF!' },
              '',
            ],
            [
              '质检部',
              '压力表',
              '一般压力表',
              'Y-100',
              '1.6',
              '0～1.6MPa',
              'YL006',
              '6个月',
              '2026/7/11',
              '2026/7/1',
              '管道',
              '',
              'B',
              '在用',
              '合格',
              '26.7.11',
              '',
            ],
          ],
        },
      ]),
  },
  A6: {
    title: 'oil field: a sheet a kind, no column of names, title row, unit in the header',
    bytes: () =>
      workbookOf([
        {
          name: '压力表',
          rows: [
            ['采油三队压力表台账', null, null, null, null, null, null, null, null, null, null, null, null],
            [
              '序号',
              '安装位置',
              '安装后压力表编号',
              '量程（MPa）',
              '厂家',
              '精度',
              '型号',
              '检验时间',
              '到期时间',
              '压力表类别',
              '分类管理',
              '证书编号',
              '检验单位',
            ],
            [
              n('1'),
              '1#井',
              'P-1',
              '0-4.0',
              '红旗',
              n('1.6'),
              'Y-100',
              '2026.07.11',
              '2027.01.10',
              '普通压力表',
              'B',
              'YL26-1',
              '油田计量站',
            ],
            [n('2'), '2#井', 'P-2', '0～1.6', '红旗', n('1.6'), 'Y-100', '2016.05', '2016.11', '普通压力表', 'B', 'YL16-1', '油田计量站'],
          ],
          merges: ['A1:M1'],
        },
        {
          name: '温度表',
          rows: [
            ['采油三队温度表台账', null, null, null, null, null, null],
            ['序号', '安装位置', '温度表编号', '量程（℃）', '厂家', '检验时间', '到期时间'],
            [n('1'), '1#炉', 'T-1', '0～100', '红旗', n('46214'), day('2027-07-10')],
          ],
          merges: ['A1:G1'],
        },
        { name: '说明', rows: [['本表由计量室维护']] },
      ]),
  },
  A7: {
    title: 'record of 计量确认: two-row header with groups, required point and accuracy',
    bytes: () =>
      workbookOf([
        {
          name: '计量确认',
          rows: [
            ['计量确认记录'],
            [
              '序号',
              '器具名称',
              '器具编号',
              '规格型号',
              '准确度等级或MPE或U',
              '测量范围',
              '检测信息',
              null,
              null,
              null,
              '计量要求',
              null,
              null,
              '确认结果',
              '备注',
            ],
            [
              null,
              null,
              null,
              null,
              null,
              null,
              '检测日期',
              '证书编号',
              '检测单位',
              '检测结果',
              '计量点',
              '测量范围',
              '准确度要求',
              null,
              null,
            ],
            [
              n('1'),
              '压力表',
              'YQ-1',
              'Y-100',
              '1.6级',
              '(0～4)MPa',
              '2026-07-11',
              'Z-1',
              '市计量所',
              '合格',
              '2.5MPa',
              '(1～3)MPa',
              '±2%',
              '合格',
              '',
            ],
          ],
          merges: ['A1:O1', 'A2:A3', 'B2:B3', 'C2:C3', 'D2:D3', 'E2:E3', 'F2:F3', 'G2:J2', 'K2:M2', 'N2:N3', 'O2:O3'],
        },
      ]),
  },
  A8: {
    title: 'system of an enterprise as CSV in GB 18030: asset and serial numbers, formulas of due dates are values',
    bytes: () => Uint8Array.from(Buffer.from(GB18030, 'hex')),
  },
  A9: {
    title: 'pasted, tab-separated: flags as numbers, interval and its unit in two columns',
    bytes: () =>
      text(
        [
          [
            '企业编号',
            '设备名称',
            '规格型号',
            '出厂编号',
            '安装位置/使用人',
            'ABC分类',
            '强检标识',
            '本次确认日期',
            '确认间隔',
            '周期单位',
            '检定单位',
          ],
          ['Q-1', '电子天平', 'ME204', 'B123', '化验室', 'A', '1', '2026-05-06', '1', '年', '青岛市计量所'],
          ['Q-2', '电子天平', 'ME204', 'B124', '化验室', 'A', '2', '2026-05-06', '6', '月', '青岛市计量所'],
        ],
        '\t',
      ),
  },
  A10: {
    title: 'energy meters (GB 17167), department merged down, repeated header of a printed page',
    bytes: () =>
      workbookOf([
        {
          name: '能源计量器具一览表',
          rows: [
            [
              '序号',
              '计量器具名称',
              '型号规格',
              '准确度等级',
              '测量范围',
              '生产厂家',
              '出厂编号',
              '用能单位管理编号',
              '安装使用地点及用途',
              '检定周期/校准间隔',
              '状态(合格/准用/停用)',
            ],
            [n('1'), '电能表', 'DTZ341', '0.5S', '3×1.5(6)A', '威胜', 'W-1', 'N-1', '配电室', '6年', '合格'],
            [n('2'), '电能表', 'DTZ341', '0.5S', '3×1.5(6)A', '威胜', 'W-2', 'N-2', null, '6年', '准用'],
            [
              '序号',
              '计量器具名称',
              '型号规格',
              '准确度等级',
              '测量范围',
              '生产厂家',
              '出厂编号',
              '用能单位管理编号',
              '安装使用地点及用途',
              '检定周期/校准间隔',
              '状态(合格/准用/停用)',
            ],
            [n('3'), '水表', 'LXS-25', '2级', '', '宁波', 'S-1', 'N-3', '锅炉房', '到期轮换', '停用'],
            ['二、汽表'],
          ],
          merges: ['I2:I3', 'A6:K6'],
        },
      ]),
  },
  A11: {
    title: 'market scales as an HTML table named .xls: stalls, traders, telephone, sticker',
    bytes: () =>
      new TextEncoder().encode(
        `<html><head><meta charset="utf-8"></head><body><table><tr><th>摊位号</th><th>经营者</th><th>电话</th><th>类型</th><th>品牌/型号</th><th>量程kg</th><th>分度值g</th><th>检定证书号</th><th>最近检定日期</th><th>强检合格标志已粘贴</th><th>备注</th></tr>` +
          `<tr><td>A-01</td><td>张记蔬菜</td><td>13800138000</td><td>电子计价秤</td><td>大华 ACS-30</td><td>0～30</td><td>10</td><td>C-1</td><td>2026年3月1日</td><td>是</td><td></td></tr></table></body></html>`,
      ),
  },
  A12: {
    title: 'hospital: mandatory flag and class, legal basis, hidden sheet of the dictionary',
    bytes: () =>
      workbookOf([
        {
          name: '器具台账',
          rows: [
            [
              '科室',
              '器具名称',
              '出厂编号',
              '管理编号',
              '强检',
              '分级',
              '检定周期',
              '检定日期',
              '证书种类',
              '证书编号',
              '有效期至',
              '检定依据',
            ],
            [
              'ICU',
              '多参数监护仪',
              'M-1',
              'H-1',
              '是',
              'A',
              '1年',
              day('2026-07-11'),
              '检定证书',
              'YL-1',
              { formula: '46578', f: DATE },
              'JJG 1163-2019',
            ],
            [
              'ICU',
              '无创自动测量血压计',
              '',
              '',
              '是',
              'A',
              '1年',
              day('2026-07-11', 'yyyy"年"m"月"'),
              '检定证书',
              'YL-2',
              day('2027-07-10'),
              'JJG 692-2010',
            ],
          ],
        },
        {
          name: '字典',
          isHidden: true,
          rows: [
            ['检定类别', '分级'],
            ['首次', 'A'],
          ],
        },
      ]),
  },
} as const satisfies Readonly<Record<string, LedgerShape>>
