/** Messages of the rules on uncertainties. */
import { codeOf, defineTexts } from '../base/message.js'
import { checkRawRecord } from './rule.js'

export const uncertaintyTexts = defineTexts({
  rows: {
    'uncertainty.digits': { zh: '不确定度的有效数字位数', en: 'Significant digits of uncertainties' },
    'uncertainty.place': { zh: '结果与不确定度的末位对齐', en: 'Decimal place of results and their uncertainties' },
    'uncertainty.consistent': {
      zh: '不确定度与包含因子、相对值、预算的一致性',
      en: 'Agreement of the uncertainty with its coverage factor, ratio and budget',
    },
    'uncertainty.stated': { zh: '校准结果的测量不确定度', en: 'Uncertainty of calibration results' },
  },
  codes: {
    'uncertainty.too-many-digits': {
      zh: '表 {table} 第 {row} 行：不确定度 {uncertainty} 超过两位有效数字',
      en: 'Table {table}, row {row}: the uncertainty {uncertainty} has more than two significant digits',
      advice: { zh: '请修约到一位或两位有效数字', en: 'Round to one or two significant digits' },
    },
    'uncertainty.place-differs': {
      zh: '表 {table} 第 {row} 行：结果 {value} 与不确定度 {uncertainty} 末位不对齐',
      en: 'Table {table}, row {row}: result {value} and uncertainty {uncertainty} end at different places',
      advice: { zh: '请将结果修约到与不确定度同一位', en: 'Round the result to the place of its uncertainty' },
    },
    'uncertainty.negative': {
      zh: '不确定度 {uncertainty} 为负',
      en: 'The uncertainty {uncertainty} is negative',
      advice: { zh: '不确定度为非负参数，请去掉负号', en: 'An uncertainty is non-negative; drop the sign' },
    },
    'uncertainty.zero': {
      zh: '不确定度为零',
      en: 'The uncertainty is zero',
      advice: { zh: '没有评定的请写空（null）', en: 'Write null where it was not evaluated' },
    },
    'uncertainty.coverage-factor': {
      zh: '包含因子 k = {k}，应大于零',
      en: 'The coverage factor is {k}; it must be positive',
      advice: { zh: '通常 k = 2', en: 'Usually k = 2' },
    },
    'uncertainty.not-k-times-u': {
      zh: 'U = k·u 不成立：{k} × {standard} = {expected}，写作 {uncertainty}',
      en: 'U = k·u does not hold: {k} × {standard} = {expected}, but {uncertainty} is stated',
      advice: checkRawRecord,
    },
    'uncertainty.relative-differs': {
      zh: '相对值 {relative} 与量值 {value} 相乘得 {expected}，写作 {uncertainty}',
      en: 'The ratio {relative} of the value {value} gives {expected}, but {uncertainty} is stated',
      advice: checkRawRecord,
    },
    'uncertainty.budget-differs': {
      zh: '预算各分量合成后 k·u = {expected}，写作 {uncertainty}',
      en: 'The budget combines to k·u = {expected}, but {uncertainty} is stated',
      advice: { zh: '请核对分量的单位与漏项', en: 'Check the units of the contributions and whether one is missing' },
    },
    'uncertainty.neglected-counts': {
      zh: '预算中列为忽略不计的分量不可忽略：计入后为 {expected}，写作 {uncertainty}',
      en: 'A contribution declared negligible is not: with it U is {expected}, but {uncertainty} is stated',
      advice: { zh: '请将该分量计入合成，或说明忽略的理由', en: 'Combine the contribution, or justify why it is left out' },
    },
    'uncertainty.correlation-entry': {
      zh: '第 {entry} 个分量与第 {other} 个分量的相关系数 {r} 无所指，或与别处所写矛盾',
      en: 'The correlation {r} of entries {entry} and {other} names no other entry, or contradicts what is stated of them elsewhere',
      advice: {
        zh: 'entry 为同一预算中另一分量的序号（从 0 计）；每对只写一次，同一相关标识即 r = 1',
        en: 'entry is the place of another entry in the same budget, from 0; state each pair once; a common mark means r = 1',
      },
    },
    'uncertainty.correlation-coefficient': {
      zh: '第 {entry} 个分量与第 {other} 个分量的相关系数 r = {r}，应在 −1 至 1 之间',
      en: 'The correlation coefficient of entries {entry} and {other} is {r}; it lies between −1 and 1',
      advice: { zh: '协方差应除以两分量标准不确定度之积', en: 'Divide a covariance by the product of the two standard uncertainties' },
    },
    'uncertainty.correlation-matrix': {
      zh: '预算中的相关系数互相矛盾：相关矩阵不是半正定的，修约不能解释',
      en: 'The correlation coefficients of the budget contradict each other: their matrix is not positive semi-definite, beyond rounding',
      advice: { zh: '请写全每一对相关分量的 r，并核对正负号', en: 'State r of every correlated pair, and check its sign' },
    },
    'uncertainty.coverage-probability': {
      zh: '包含概率 {coverage} 不在 0 与 1 之间',
      en: 'The coverage probability {coverage} does not lie between 0 and 1',
      advice: { zh: '95 % 写作 "0.95"', en: 'Write "0.95" for 95 %' },
    },
    'uncertainty.interval-reversed': {
      zh: '包含区间的下限 {lower} 大于上限 {upper}',
      en: 'The lower end {lower} of the coverage interval exceeds the upper end {upper}',
      advice: { zh: '请核对 lower 与 upper', en: 'Check lower and upper' },
    },
    'uncertainty.interval-without-value': {
      zh: '量值 {value} 不在其包含区间 [{lower}, {upper}] 之内',
      en: 'The value {value} is outside its coverage interval [{lower}, {upper}]',
      advice: { zh: '区间两端写量值，不写偏差', en: 'State the ends as values of the quantity, not as deviations' },
    },
    'uncertainty.not-judged': {
      zh: '{what}与不确定度未能核对：缺量值、单位不可换算，或未说明是何值的相对值',
      en: 'Could not be judged: {what} cannot be compared with the uncertainty, for want of a value, a common unit, or what the ratio is of',
      advice: { zh: '请用同一单位表示，或写出相对值所依据的量值', en: 'State both in one unit, or state the value that the ratio is of' },
    },
    'uncertainty.cell-empty': {
      zh: '表 {table} 第 {row} 行没有不确定度',
      en: 'Table {table}, row {row}: no uncertainty is stated',
      advice: { zh: '每个校准结果应附不确定度', en: 'Each calibration result states its uncertainty' },
    },
    'uncertainty.percent-as-absolute': {
      zh: '不确定度 {uncertainty} 是百分数，却写在绝对值的位置；按量值 {value} 应为 {expected}',
      en: 'The uncertainty {uncertainty} is a percentage in an absolute field; for the value {value} it is {expected}',
      advice: { zh: '请写绝对值，或注明为相对值（relativeTo: "%"）', en: 'State the absolute value, or add relativeTo: "%"' },
    },
    'uncertainty.last-digits': {
      zh: '不确定度 {uncertainty} 大于量值 {value}，疑为末位记法，应为 {meant}',
      en: 'The uncertainty {uncertainty} exceeds the value {value}; the last-digit notation may be meant: {meant}',
      advice: { zh: '请写完整的小数', en: 'Write the full decimal' },
    },
    'uncertainty.not-stated': {
      zh: '表 {table} 没有不确定度',
      en: 'Table {table} states no uncertainty',
      advice: { zh: '校准结果应附不确定度及 k', en: 'A calibration result states its uncertainty with k' },
    },
  },
})

export const coded = codeOf(uncertaintyTexts)
