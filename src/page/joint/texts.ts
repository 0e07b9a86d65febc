/** Texts of joint statements on the page; loaded with them. */
import type { Text } from '../../base/message.js'
import { say, sayerOf } from '../texts.js'

export const JOINT_TEXTS = {
  title: say('协同记录（{count} 份）', 'Joint statements ({count})'),
  stays: say(
    '以下由这些签名记录和所钉住的根密钥得出。何时提交以日志回执为准：没有回执的不能断定。名单、结果不离开本机。',
    'Derived from these statements under the root keys that you pinned. A receipt of a log says when something was submitted: what has none is undecided. Nothing leaves this device.',
  ),
  round: say('计量比对 {number} {title}：{phase}', 'Comparison {number} {title}: {phase}'),
  deadlines: say('报名至 {enrol}，提交至 {commit}，公开至 {open}', 'Enrol until {enrol}, commit until {commit}, open until {open}'),
  laboratory: say('实验室', 'Laboratory'),
  state: say('状态', 'State'),
  pilot: say('（主导）', '(pilot)'),
  confirmed: say('总结与全部签名记录相符，各主导实验室均已签署', 'The report is what the statements give, and every pilot has signed it'),
  unconfirmed: say(
    '总结未得到证实：{signed} 个主导实验室已签署，共 {pilots} 个',
    'The report is not confirmed: {signed} of {pilots} pilot(s) have signed it',
  ),
  noRecord: say(
    '比对结果记录不在所给文件中，总结无从核对：{signed} 个主导实验室已签署，共 {pilots} 个',
    'The record of the comparison is not among the files, so that the report could not be compared: {signed} of {pilots} pilot(s) have signed one',
  ),
  noReport: say('尚不能汇总：{reason}', 'There is no report yet: {reason}'),
  remarks: say('备注（总结所载）', 'Remarks of the report'),
  digest: say('总结摘要（两地所算相同，则总结相同）：', 'Digest of the report (equal digests are equal reports):'),
  code: say('代码', 'Code'),
  value: say('结果', 'Result'),
  en: say('En 值', 'En'),
  outcome: say('评价', 'Assessment'),
  task: say('联合监督检查 {number}：{state}', 'Joint supervision {number}: {state}'),
  cases: say('监督检查案件（{count} 件，逾期 {overdue} 件）', 'Cases of supervision ({count}, of which {overdue} overdue)'),
  finding: say('检查记录', 'Finding'),
  party: say('单位', 'Party'),
  deadline: say('整改期限', 'Deadline'),
  next: say('下一步', 'Next step'),
  late: say('已逾期 {days} 天', '{days} day(s) overdue'),
  saveCases: say('下载分县、分类统计（CSV）', 'Save counts by county and category (CSV)'),
  alliance: say('联盟 {number} {name}', 'Alliance {number} {name}'),
  member: say('成员', 'a member'),
  noMember: say('不是成员', 'not a member'),
  others: say('其他协同记录', 'Other statements'),
  statement: say('记录', 'Statement'),
  issuer: say('签名机构', 'Signed by'),
  counts: say('有效', 'counts'),
  countsNot: say('不计', 'does not count'),
  found: say('不符、待核和不能断定的', 'What is wrong, to be looked at, or undecided'),
  left: say('未采用', 'Left out'),
  leftOne: say('{name}：{reason}', '{name}: {reason}'),
  separator: say('；', '; '),
  notDrawn: say('另有 {count} 行未列出，请用 tongheng 命令行', '{count} more row(s) are not listed: use the command line'),
  unproved: say(
    '其中 {count} 份没有日志回执，何时提交不能断定：回执由收下它的节点保存。请在另一节点的页面另存协同记录和回执，再加入本页。',
    '{count} of them have no receipt, so that it is undecided when they were submitted: a receipt is with the node that gave it. Save the statements and receipts at the page of the other node, and add the file here.',
  ),
  save: say('另存协同记录和回执', 'Save statements and receipts'),
  add: say('加入文件', 'Add files'),
  whoCan: say('谁能做', 'Who can do it'),
  close: say('关闭', 'Close'),
} as const satisfies Readonly<Record<string, Text>>

export type JointTextKey = keyof typeof JOINT_TEXTS
export const jointText = sayerOf<JointTextKey>(JOINT_TEXTS)

/** Reasons why a record among joint statements is not used. */
export const notUsed = {
  unread: say('记录读不出', 'The record cannot be read'),
  other: ({ zh, en }: Text): Text => say(`${zh}不是协同事项的一部分，请单独核验`, `A record of another kind (${en}): verify it by itself`),
}
