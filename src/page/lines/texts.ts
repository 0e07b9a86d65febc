/** Texts of the lines of a batch; loaded with them. */
import type { Text } from '../../base/message.js'
import { say, sayerOf } from '../texts.js'

const LINES_TEXTS = {
  title: say('各台器具（{count} 台）', 'Instruments ({count})'),
  numbered: say('第 {line} 行', 'line {line}'),
  asset: say('设备编号', 'Asset number'),
  conclusion: say('检定结论', 'Conclusion'),
  pass: say('合格', 'pass'),
  fail: say('不合格', 'fail'),
  verdict: say('本台的判定', 'Verdict on it'),
  open: say('查看', 'Open'),
  find: say('按编号查找', 'Find by number'),
  shown: say('第 {from}–{to} 台，共 {count} 台', '{from} to {to} of {count}'),
  none: say('没有这个编号的器具', 'No instrument has this number'),
  earlier: say('上一页', 'Previous'),
  later: say('下一页', 'Next'),
  one: say(
    '本判定只针对第 {line} 行的一台器具（出厂编号 {serial}）。',
    'This verdict is of the instrument in line {line} alone (serial number {serial}).',
  ),
  whole: say('返回整份证书', 'Back to the whole certificate'),
} as const satisfies Readonly<Record<string, Text>>

export const linesText = sayerOf<keyof typeof LINES_TEXTS>(LINES_TEXTS)
