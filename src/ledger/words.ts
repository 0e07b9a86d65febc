/** Vocabulary of the cells of a ledger: intervals, states, results, certificates, and marks for “nothing”. */

/** Marks for an absent value. */
export const ABSENT: ReadonlySet<string> = new Set([
  '/',
  '／',
  '\\',
  '—',
  '–',
  '-',
  '－',
  '——',
  '--',
  '无',
  'N/A',
  'n/a',
  'NA',
  '空',
  '暂无',
  '//',
])

/** Reasons that ledgers write in place of an interval. */
export const INTERVAL_REASONS = {
  'replaced-when-broken': '随坏随换 随坏随修 坏了更换 损坏更换',
  'initial-only': '首次检定 一次性检定 首检 只作首次检定 仅首次检定 首次强检 首次强制检定 失准报废 首次检定失准报废',
  'replaced-when-due': '到期轮换 到期更换 限期使用到期轮换 限期使用 首次检定到期轮换',
  exempt: '免检 不检定 不检 无需检定 无需校准',
  indefinite: '长期 永久 长期有效 有效期不限',
} as const

export const STATES = {
  'in-use': '在用 正常 合格 使用 使用中 运行 启用 完好 使用正常',
  spare: '备用 备件 备用件 库存 在库 未启用',
  stopped: '停用 禁用 停止使用 停运 闲置',
  'sealed-off': '封存',
  limited: '限用 准用 降级 降级使用 限制使用',
  sent: '送检 送检中 在检 待检 检定中 未查',
  repair: '维修 修理 维修中 待修 返修',
  broken: '损坏 故障 坏',
  scrapped: '报废 已报废 待报废',
  lost: '丢失 遗失 失踪',
} as const

export const RESULTS = {
  pass: '合格 符合 通过 准确 检定合格 校准合格',
  fail: '不合格 不符合 未通过 不通过 检定不合格 禁用',
  limited: '准用 限用 降级 降级使用 限制使用 部分合格',
} as const

/** Marks in a result column, which a person must confirm: √ may also mean only that the verification was done. */
export const RESULT_MARKS = { pass: '√ ✓ ✔ ☑', fail: '× ✗ ✘ ☒' } as const

export const CERTIFICATE_TYPES = {
  'verification-certificate': '检定证书 强检证书 检定',
  'verification-notice': '检定结果通知书 结果通知书 通知书',
  'calibration-certificate': '校准证书 校准 校准报告',
  test: '检测证书 检测报告 测试报告 测试证书 检验报告 检测 测试',
  internal: '校验证书 内部校准 校验记录 内校 校验 内检记录 自校',
  label: '检定合格证 强检合格标志 合格标志 合格证 检定合格标志',
  none: '无证书 没有证书',
} as const

export const MANDATORY = {
  yes: '是 强检 强制检定 强制 Y YES 1 √ ✓ ✔ 有 true',
  no: '否 非强检 非强制检定 非强制 N NO 2 0 × ✗ 不是 false',
} as const

export const PURPOSES = {
  trade: '贸易结算 贸易',
  safety: '安全防护 安全',
  medical: '医疗卫生 医疗',
  environment: '环境监测 环保',
  enforcement: '行政执法 执法 行政监测',
  forensic: '司法鉴定 司法',
  standard: '计量标准 最高标准 最高计量标准 社会公用计量标准',
  process: '工艺控制 工艺 过程控制 生产控制 工艺检测',
  quality: '质量检测 质检 质量检验 产品检验 检验检测',
  energy: '能源计量 能源',
} as const

/** The meanings of a table of words. */
export type WordsOf<T> = keyof T & string
export const meaningsOf = <T extends Readonly<Record<string, string>>>(table: T): ReadonlyMap<string, WordsOf<T>> =>
  new Map(
    (Object.entries(table) as [WordsOf<T>, string][]).flatMap(([name, words]) => words.split(' ').map((word) => [word, name] as const)),
  )

/** Beginnings of a row of totals. */
export const TOTALS = /^(?:合计|总计|小计|共计|累计|汇总|总数|本页合计|本页小计)/
/** Beginnings of a row under the table: its author, and notes. */
export const NOTES =
  /^(?:注[:：\d①一]|备注[:：]|说明[:：]|填表说明|制表|填表|编制|审核|审批|批准|核准|复核|统计|填报|负责人|联系人|单位\(?盖章|第\d+页|共\d+页|以下空白|日期[:：])/
/** Endings of the name of an organisation. */
export const ORGANISATION = /(?:公司|集团|厂|医院|学校|大学|学院|中学|小学|中心|研究院|研究所|局|院|站|所|银行|酒店|超市|市场|商行|店|社)$/
