/** Words for the values of enumerations. A value added by a later version is printed as it is. */

import { periodText } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import { categoryName, provinceName } from '../../catalogue/index.js'
import { COMPARISON_OUTCOMES, findingCodes, measureCodes, referenceMethods, VERDICTS } from '../../records/index.js'
import type { Shown } from './model.js'

const WORDS: Readonly<Record<string, Readonly<Record<string, readonly [zh: string, en: string]>>>> = {
  verificationType: {
    initial: ['首次检定', 'initial verification'],
    subsequent: ['后续检定', 'subsequent verification'],
    'in-service-inspection': ['使用中检查', 'in-service inspection'],
    arbitration: ['仲裁检定', 'arbitration'],
  },
  cause: {
    periodic: ['周期检定', 'periodic verification'],
    'after-repair': ['修理后检定', 'verification after repair'],
    import: ['进口检定', 'verification of an import'],
    dispute: ['争议检定', 'verification in a dispute'],
    sampling: ['抽检', 'sampling'],
    'mandatory-initial': ['强制检定的首次检定', 'initial verification of a mandatory instrument'],
  },
  mode: { conventional: ['常规', 'conventional'], remote: ['远程检定', 'remote'] },
  standardRole: {
    system: ['计量标准装置', 'Measurement standard systems'],
    standard: ['标准器', 'Standards'],
    auxiliary: ['配套设备', 'Auxiliary equipment'],
  },
  document: {
    verification: ['检定证书', 'verification certificate'],
    notice: ['检定结果通知书', 'notice of verification result'],
    calibration: ['校准证书', 'calibration certificate'],
    'test-report': ['检测（测试）报告', 'test report'],
    'in-house': ['内部校准（校验）证书', 'in-house calibration'],
    other: ['其他文件', 'other document'],
  },
  credential: {
    'registered-metrologist': ['注册计量师注册证', 'registered metrologist'],
    verifier: ['计量检定员证', 'verifier’s certificate'],
  },
  mark: {
    certificate: ['检定合格证', 'slip'],
    sticker: ['检定合格标志', 'sticker'],
    stamp: ['检定合格印', 'stamp'],
    cancellation: ['注销印', 'stamp of cancellation'],
  },
  scope: { device: ['本机检定', 'device alone'], installed: ['装车后检定', 'installed in the vehicle'] },
  purpose: {
    trade: ['贸易结算', 'trade settlement'],
    safety: ['安全防护', 'safety'],
    medical: ['医疗卫生', 'medical care'],
    environment: ['环境监测', 'environmental monitoring'],
    standard: ['计量标准', 'measurement standard'],
    other: ['其他', 'other'],
  },
  outcome: {
    pass: ['合格', 'Pass'],
    fail: ['不合格', 'Fail'],
    conforming: ['符合', 'conforming'],
    'not-conforming': ['不符合', 'not conforming'],
  },
  comparisonOutcome: {
    satisfactory: [COMPARISON_OUTCOMES.satisfactory, 'satisfactory'],
    questionable: [COMPARISON_OUTCOMES.questionable, 'questionable'],
    unsatisfactory: [COMPARISON_OUTCOMES.unsatisfactory, 'unsatisfactory'],
  },
  verdict: {
    pass: [VERDICTS.pass, 'pass'],
    fail: [VERDICTS.fail, 'fail'],
    'not-applicable': [VERDICTS['not-applicable'], 'not applicable'],
  },
  place: {
    'issuer-premises': ['本机构', 'premises of the issuer'],
    'customer-premises': ['客户现场', 'premises of the customer'],
    other: ['其他', 'other'],
  },
  rule: {
    'simple-acceptance': ['简单接受（U 不大于最大允许误差绝对值的 1/3）', 'simple acceptance (U at most a third of the limit)'],
    'guarded-acceptance': ['设保护带接受', 'acceptance with a guard band'],
  },
  guardBand: { 'expanded-uncertainty': ['等于扩展不确定度 U', 'equal to the expanded uncertainty U'] },
  term: { 'second-order': ['高阶项', 'second-order term'], neglected: ['列出而忽略，不参与合成', 'listed, not combined'] },
  state: { 'as-found': ['调修前', 'as found'], 'as-left': ['调修后', 'as left'] },
  direction: { rising: ['升程', 'rising'], falling: ['降程', 'falling'] },
  distribution: {
    normal: ['正态', 'normal'],
    uniform: ['均匀', 'uniform'],
    triangular: ['三角', 'triangular'],
    'u-shaped': ['反正弦', 'U-shaped'],
    t: ['t', 't'],
    trapezoidal: ['梯形', 'trapezoidal'],
  },
  route: { ring: ['圆环式', 'ring'], star: ['星形式', 'star'], petal: ['花瓣式', 'petal'], parallel: ['平行', 'parallel'] },
  seals: {
    intact: ['完好', 'intact'],
    broken: ['破损', 'broken'],
    absent: ['缺失', 'absent'],
    'not-applicable': ['不适用', 'not applicable'],
  },
  specificationType: {
    'verification-regulation': ['检定规程', 'verification regulation'],
    'calibration-specification': ['校准规范', 'calibration specification'],
    'test-rule': ['检验规则', 'test rule'],
    general: ['通用规范', 'general'],
  },
  finding: findingCodes,
  measure: measureCodes,
  method: referenceMethods,
}

/** The word for a value; the value itself if there is none. */
export function word(list: string, value: string): Shown {
  const found = WORDS[list]?.[value]
  return found === undefined ? value : { zh: found[0], en: found[1] }
}

/** The name of a category; the code itself if the catalogue does not have it. */
export function categoryText(slug: string): Text {
  const name = categoryName(slug)
  return name.zh === slug ? { zh: `${slug}（类别代码）`, en: `${slug} (code)` } : name
}

/** A division as province and code. Names of counties are not used, because every page that only judges would load them. */
export function divisionText(code: string): Text {
  const province = code.slice(0, 2)
  const { zh, en } = provinceName(province)
  return zh === province
    ? { zh: `行政区划代码 ${code}`, en: `division ${code}` }
    : { zh: `${zh}（行政区划代码 ${code}）`, en: `${en} (division ${code})` }
}

/** Lists of words, by the end of the JSON pointer of the members that they apply to. */
const LISTS: readonly (readonly [end: RegExp, list: string])[] = [
  [/\/place\/kind$/, 'place'],
  [/\/document$/, 'document'],
  [/\/role$/, 'standardRole'],
  [/^\/seals$/, 'seals'],
  [/^\/finding$/, 'finding'],
  [/\/measures\/\d+\/code$/, 'measure'],
  [/^\/type$/, 'specificationType'],
]
const CATEGORY = /\/category$|\/categories$/
const DIVISION = /\/division$/
const PERIOD = /\/(?:period|interval|recommendedInterval)$/
const REGION = /[rR]egions?$/

/** The word for a value, by the JSON pointer of its member. */
export function wordOfMember(path: string, value: string): Shown {
  if (CATEGORY.test(path)) return categoryText(value)
  if (DIVISION.test(path)) return divisionText(value)
  if (REGION.test(path)) return provinceName(value)
  if (PERIOD.test(path)) return periodText(value)
  const list = LISTS.find(([end]) => end.test(path))?.[1]
  return list === undefined ? value : word(list, value)
}
