/** Texts of the ledger on the page; loaded with it. */
import type { Text } from '../../base/message.js'
import { say, sayerOf } from '../texts.js'

export const LEDGER_TEXTS = {
  title: say('台账：{name}', 'Ledger: {name}'),
  read: say('{format}，读出 {lines} 行器具', '{format}, {lines} instrument(s)'),
  stays: say('只在本机浏览器中读取，不上传，也不保存。', 'It is read in this browser only: nothing is uploaded or stored.'),
  due: say('到期清单（截至 {on}）', 'Due on {on}'),
  nothingDue: say('没有已超期、须预约或 30 日内到期的器具。', 'Nothing is overdue, to be booked, or due within 30 days.'),
  weekends: say('工作日只扣除周六、周日，未计法定节假日。', 'Working days leave out weekends only, not public holidays.'),
  daysOff: say(
    '工作日按所选文件扣除 {off} 天休息、补 {work} 天调休。',
    'Working days by the chosen file: {off} day(s) off, {work} worked.',
  ),
  chooseDaysOff: say('法定节假日文件（JSON）', 'Public holidays (JSON)'),
  noJson: say('“{name}”不是 JSON 文件，未采用。', '“{name}” is not JSON, so it was not used.'),
  match: say('能不能用（与签名证书、标签核对）', 'Use (by signed certificates and labels)'),
  noCertificates: say(
    '选择签名证书或标签的文件（.jws、.ndjson、证书 PDF、.zip、标签照片），或与台账一起拖入。',
    'Choose files of signed certificates or labels (.jws, .ndjson, certificates in PDF, .zip, photographs of labels), or drop them with the ledger.',
  ),
  matchNeeds: say(
    '有 {count} 个文件待核对：请先选择信任文件和采信方。',
    '{count} file(s) wait: choose a trust file and the province first.',
  ),
  matchReady: say('有 {count} 个文件待核对。', '{count} file(s) wait.'),
  matchNow: say('核对 {count} 个文件', 'Match {count} file(s)'),
  chooseCertificates: say('选择证书或标签', 'Choose certificates or labels'),
  saveMatch: say('下载核对结果（Excel）', 'Download the matches (Excel)'),
  findings: say('问题：{fail} 处不能用，{warn} 处请核对，{note} 处已处理', 'Findings: {fail} unusable, {warn} to check, {note} handled'),
  noFindings: say('没有发现问题。', 'Nothing was found.'),
  mapping: say('各列的读法（可更正）', 'How the columns are read (correct them here)'),
  column: say('列', 'Column'),
  header: say('表头', 'Header'),
  field: say('读作', 'Read as'),
  headerRows: say('表头为第 {rows} 行（可另选）', 'Header: row {rows} (choose others)'),
  headerNone: say('没有找到表头，未读取（可指定表头所在行）', 'No header was found, so it was not read (choose its rows)'),
  headerReading: say('正在读取前几行……', 'Reading the first rows …'),
  headerFirst: say('表头首行', 'First row of the header'),
  headerDepth: say('表头行数', 'Rows of the header'),
  headerChoose: say('请选择', 'choose'),
  headerRow: say('第 {row} 行：{text}', 'Row {row}: {text}'),
  doubt: say('请确认', 'confirm'),
  kept: say('原样保存', 'kept as written'),
  ignored: say('不导入', 'not imported'),
  fieldOf: say('“{header}”读作', '“{header}” is read as'),
  shownFirst: say('显示前 {count} 行，下载的文件中有全部。', 'The first {count} rows are shown; the file has all.'),
  saveBook: say('下载到期和问题清单（Excel）', 'Download due list and findings (Excel)'),
  saveApplication: say('下载检定申请表（Excel）', 'Download the application form (Excel)'),
  saveFiling: say('下载强检备案导入表（Excel）', 'Download the filing import (Excel)'),
  saveDue: say('下载到期清单（CSV）', 'Download the due list (CSV)'),
  saveFindings: say('下载问题清单（CSV）', 'Download the findings (CSV)'),
  saveMapping: say('保存映射', 'Save the mapping'),
  close: say('关闭台账', 'Close the ledger'),
} as const satisfies Readonly<Record<string, Text>>

export const ledgerText = sayerOf<keyof typeof LEDGER_TEXTS>(LEDGER_TEXTS)
