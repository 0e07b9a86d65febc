/** Texts of the steps that are due; loaded with joint statements. */
import type { Text } from '../../base/message.js'
import type { DueName, DueRole } from '../../joint/inside.js'
import { say, sayerOf } from '../texts.js'

/** What each step is called. */
export const stepNames: Readonly<Record<DueName, Text>> = {
  evidence: say('取得两地节点的日志回执', 'Fetch the receipts of the logs of both nodes'),
  enrol: say('报名', 'Enrol'),
  commit: say('提交结果（加密，提交后不可更改）', 'Commit the result (sealed; it cannot be changed afterwards)'),
  reveal: say('公开结果', 'Open the result'),
  unseal: say('解密并公开未公开的结果', 'Decrypt and open the result that was withheld'),
  record: say('汇总并签署比对结果记录', 'Compute and sign the record of the comparison'),
  report: say('签署比对总结', 'Sign the report'),
  check: say('核对比对总结', 'Check the report'),
  'draw-commit': say('承诺抽取名单和随机数', 'Commit to the list and a nonce'),
  'draw-reveal': say('公布随机数', 'Reveal the nonce'),
  'draw-show': say('用名单复算被抽中的单位', 'Compute the parties drawn, from the list'),
  inspect: say('检查并签署检查记录', 'Inspect, and sign the findings'),
  'task-again': say('另编任务号，重新下达任务', 'Issue the task again under another number'),
  measure: say('签署处理措施', 'Sign the measures'),
  rectify: say('收到整改报告后签署', 'Sign the report of the correction once it arrives'),
  recheck: say('复查并签署', 'Check again, and sign'),
  close: say('结案', 'Close the case'),
  join: say('签署加入联盟的声明', 'Sign that it joins'),
  revise: say('签署联盟文本的新版', 'Sign a new revision of the text'),
  renew: say('联盟到期前签署新版', 'Sign a new revision before the alliance ends'),
}

/** Who is meant where the statements name nobody. */
export const roleNames: Readonly<Record<DueRole, Text>> = {
  reader: say('查看本页的单位', 'the body that reads this page'),
  laboratories: say('拟参加的实验室', 'laboratories that want to take part'),
  participants: say('各参加实验室', 'every participant'),
  jurisdiction: say('有管辖权的市场监督管理部门', 'the bureau with jurisdiction'),
  lead: say('理事长单位或秘书处', 'the lead or the secretariat'),
}

export const DUE_TEXTS = {
  title: say('下一步', 'What is due'),
  nothing: say('没有待办的步骤。', 'Nothing is due.'),
  signing: say(
    '签名私钥不进入网页：本页只给出下一步的命令，签署由命令行完成。',
    'A key that signs never enters a page: this page shows the command of the next step, and the command line signs.',
  ),
  by: say('由{names}', 'By {names}'),
  from: say('{day} 起', 'from {day}'),
  until: say('{day} 前（含当日）', 'until {day}, inclusive'),
  late: say('已过 {day}', 'overdue since {day}'),
  about: say('（{name}的结果）', ' (result of {name})'),
  more: say('等 {count} 个单位', ' and others, {count} in all'),
  signer: say('签名机构', 'Who signs'),
  command: say('“{step}”的命令', 'Commands: {step}'),
  copy: say('复制命令', 'Copy the commands'),
  copied: say('已复制', 'Copied'),
  first: say('首先取得协同记录和回执，存入 work/ 文件夹', 'First fetch the statements and receipts into the folder work/'),
  prepared: say('下载加入声明（JSON）', 'Download the declaration (JSON)'),
  after: say('，', ', '),
  and: say('、', ', '),
} as const satisfies Readonly<Record<string, Text>>

export type DueTextKey = keyof typeof DUE_TEXTS
export const dueText = sayerOf<DueTextKey>(DUE_TEXTS)
