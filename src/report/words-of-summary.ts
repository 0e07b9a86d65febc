/** Texts of a summary, on a terminal, in HTML and in a workbook. */
import type { Text } from '../base/message.js'
import type { Summary, SummaryDuplicate } from './summary.js'

export const SUMMARY_WORDS = {
  title: { zh: '核验清单', en: 'List of verdicts' },
  total: { zh: '共 {count} 份', en: '{count} in all' },
  at: { zh: '判定时间', en: 'As of' },
  region: { zh: '采信方', en: 'Recognised by' },
  outcomes: { zh: '按结论', en: 'By outcome' },
  kinds: { zh: '按记录种类', en: 'By kind' },
  issuers: { zh: '按出具机构', en: 'By issuer' },
  reasons: { zh: '未获互认的原因', en: 'Reasons where not recognised' },
  duplicates: { zh: '重复', en: 'There twice' },
  noDuplicates: { zh: '没有重复的编号、器具或签名记录', en: 'No number, instrument or statement is there twice' },
  searched: { zh: '只在前 {count} 份中查找了重复', en: 'Duplicates were looked for among the first {count} only' },
  more: { zh: '另有 {count} 项', en: '{count} more' },
  summary: { zh: '汇总', en: 'Summary' },
  what: { zh: '重复的是', en: 'What is there twice' },
  name: { zh: '编号或标识', en: 'Number or identifier' },
  places: { zh: '所在文件和行', en: 'Files and lines' },
  rows: { zh: '逐份结论', en: 'Each statement' },
  cut: { zh: '只列出前 {count} 份；全部见 Excel 或 CSV', en: 'The first {count} only; Excel and CSV have all' },
} as const satisfies Readonly<Record<string, Text>>

export const DUPLICATE_WORDS: Readonly<Record<SummaryDuplicate['what'], Text>> = {
  statement: { zh: '同一签名记录出现多次', en: 'one statement several times' },
  number: { zh: '同一机构的同一编号用于不同记录', en: 'one number of an issuer on different records' },
  instrument: { zh: '同一器具有多份记录', en: 'several records of one instrument' },
}

/** Sections of counts, in the order of the summary. */
export const COUNTED = ['outcomes', 'issuers', 'kinds', 'reasons'] as const satisfies readonly (keyof Summary)[]
