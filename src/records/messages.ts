/** Messages of records: their kind, the form of their tables, and why a row could not be compared. */
import { faultOf } from '../base/error.js'
import { codeOf, defineTexts, sayOf } from '../base/message.js'

export const recordsTexts = defineTexts({
  rows: {
    'record.kind': { zh: '记录种类与版本', en: 'Kind and version of the record' },
    'record.schema': { zh: '记录结构', en: 'Shape of the record' },
  },
  codes: {
    'unjudged.value-missing': { zh: '写了限值，没有测得值', en: 'limits are stated, but no value' },
    'unjudged.limits-missing': { zh: '该行没有限值', en: 'the row states no limits' },
    'unjudged.limits-absent': { zh: '表中没有限值列', en: 'the table has no column of limits' },
    'unjudged.limits-unit': { zh: '限值与测得值的单位不可比', en: 'the limits and the value are in units that cannot be compared' },
    'unjudged.limits-ambiguous': {
      zh: '限值有不同读法（未写明相对于什么，或只写了一侧），结论不同',
      en: 'the limits can be read in several ways (a ratio of what, or one side only), and the answer depends on it',
    },
    'unjudged.uncertainty-missing': {
      zh: '没有可换算到该单位的扩展不确定度',
      en: 'no expanded uncertainty is stated that can be read in this unit',
    },
    'unjudged.uncertainty-ambiguous': {
      zh: '不确定度为相对值，未写明相对于什么，不同读法结论不同',
      en: 'the uncertainty is a ratio and the table does not state of what; the answer depends on it',
    },
    'unjudged.width-zero': { zh: '限值没有宽度', en: 'the limits have no width' },
    'table.role-twice': {
      zh: '表 {table} 有两列“{role}”',
      en: 'Table {table} has two columns of role “{role}”',
      advice: {
        zh: '每种作用留一列；两个行程请写 direction，同一量另用单位表示的，单位应不同',
        en: 'Keep one column of a role; a second one has another direction, or another unit',
      },
    },
    'table.unit-missing': {
      zh: '表 {table} 的“{role}”列未写单位',
      en: 'Table {table}: the column “{role}” has no unit',
      advice: { zh: '无量纲量写 1 或 %', en: 'Write 1 or % for a number without dimension' },
    },
    'table.unit-on-verdict': {
      zh: '表 {table} 的结论列不应有单位',
      en: 'Table {table}: a verdict column has no unit',
      advice: { zh: '请删去该列的单位（unit）', en: 'Remove the unit' },
    },
    'table.coverage-missing': {
      zh: '表 {table} 的不确定度列未写包含因子 k',
      en: 'Table {table}: the uncertainty column does not state its coverage factor k',
      advice: { zh: '请填写包含因子（k），通常为 2', en: 'State k, usually 2' },
    },
    'table.member-misplaced': {
      zh: '表 {table} 的“{role}”列不应有 {member}',
      en: 'Table {table}: a column of role “{role}” has no {member}',
      advice: {
        zh: 'direction 用于参考值、示值、误差、修正值与上下限列，bounds 用于上下限列，basis 用于误差、限值与不确定度列，formation 用于误差列',
        en: 'direction belongs to references, indications, errors, corrections and limits, bounds to limits, basis to errors, limits and uncertainties, formation to errors',
      },
    },
    'table.row-length': {
      zh: '表 {table} 第 {row} 行有 {cells} 格，应为 {columns} 格',
      en: 'Table {table}, row {row}: {cells} cells for {columns} columns',
      advice: { zh: '每行与列一一对应，空缺写 null', en: 'One cell a column; write null where nothing was measured' },
    },
    'table.cell-number': {
      zh: '表 {table} 第 {row} 行的“{cell}”不是十进制数：{reason}',
      en: 'Table {table}, row {row}: “{cell}” is not a decimal: {reason}',
      advice: { zh: '写作十进制数文本，如 "0.10"，空缺写 null', en: 'Write a decimal text such as "0.10", or null' },
    },
    'table.cell-verdict': {
      zh: '表 {table} 第 {row} 行的结论“{cell}”不是 pass、fail、not-applicable',
      en: 'Table {table}, row {row}: the verdict “{cell}” is not pass, fail or not-applicable',
      advice: { zh: '写 pass、fail 或 not-applicable', en: 'Write pass, fail or not-applicable' },
    },
    'table.budget-row': {
      zh: '表 {table} 的不确定度预算指向第 {row} 行（从 0 计），该行或不确定度列不存在',
      en: 'Table {table}: a budget belongs to row {row} (from 0), but that row or the uncertainty column does not exist',
      advice: { zh: '请核对不确定度预算（budgets）的行号（row）', en: 'Check the row of the budget' },
    },
    'kind.missing': {
      zh: '未写明记录种类和版本，或写法不对',
      en: 'The record does not state its kind and version, or not in the right form',
      advice: { zh: '请写 kind（文本）与 version（整数，如 1）', en: 'State kind, a text, and version, an integer such as 1' },
    },
    'kind.unknown': {
      zh: '本版本不认识记录种类“{kind}”（已知：{known}）',
      en: 'This version does not know the kind “{kind}” (known: {known})',
    },
    'kind.version-unknown': { zh: '本版本不认识“{kind}”的第 {version} 版', en: 'This version does not know version {version} of “{kind}”' },
    'record.invalid': {
      zh: '记录结构有 {count} 处不合要求，首处：{first}',
      en: 'The shape of the record has faults ({count}); the first: {first}',
    },
  },
})

export const fault = faultOf(recordsTexts)
export const coded = codeOf(recordsTexts)
export const say = sayOf(recordsTexts)
