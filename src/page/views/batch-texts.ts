/** Texts of the list of many; loaded with it. */
import type { Text } from '../../base/message.js'
import { say, sayerOf } from '../texts.js'

export const BATCH_TEXTS = {
  summary: say('共 {count} 份', '{count} in all'),
  byOutcome: say('按结论', 'By outcome'),
  byIssuer: say('按机构', 'By issuer'),
  byReason: say('按原因', 'By reason'),
  byKind: say('按种类', 'By kind'),
  duplicates: say('重复', 'Duplicates'),
  saveCsv: say('下载清单（CSV）', 'Download the list (CSV)'),
  saveXlsx: say('下载清单（Excel）', 'Download the list (Excel)'),
  shownFirst: say('显示前 {count} 行，清单文件中有全部。', 'The first {count} rows are shown; the file has all.'),
  tooMany: say(
    '一次至多 {count} 份，其余未判定；更多请用 tongheng verify。',
    'At most {count} at once; the rest was not judged. For more use tongheng verify.',
  ),
  open: say('查看', 'Open'),
} as const satisfies Readonly<Record<string, Text>>

export const batchText = sayerOf<keyof typeof BATCH_TEXTS>(BATCH_TEXTS)
