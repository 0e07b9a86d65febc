/** Describes the steps that are due: what to do, by whom, from when and until when. */
import type { Text } from '../base/message.js'
import type { DueName, DueRole, DueStep } from './due.js'
import { say } from './due-messages.js'

/** Name of each step, for people. */
export const dueStepNames: Readonly<Record<DueName, Text>> = {
  evidence: { zh: '取得两地节点的日志回执', en: 'Fetch the receipts of the logs of both nodes' },
  enrol: { zh: '报名', en: 'Enrol' },
  commit: { zh: '提交结果（加密，提交后不可更改）', en: 'Commit the result (sealed; it cannot be changed afterwards)' },
  reveal: { zh: '公开结果', en: 'Open the result' },
  unseal: { zh: '解密并公开未公开的结果', en: 'Decrypt and open the result that was withheld' },
  record: { zh: '汇总并签署比对结果记录', en: 'Compute and sign the record of the comparison' },
  report: { zh: '签署比对总结', en: 'Sign the report' },
  check: { zh: '核对比对总结', en: 'Check the report' },
  'draw-commit': { zh: '承诺抽取名单和随机数', en: 'Commit to the list and a nonce' },
  'draw-reveal': { zh: '公布随机数', en: 'Reveal the nonce' },
  'draw-show': { zh: '用名单复算被抽中的单位', en: 'Compute the parties drawn, from the list' },
  inspect: { zh: '检查并签署检查记录', en: 'Inspect, and sign the findings' },
  'task-again': { zh: '另编任务号，重新下达任务', en: 'Issue the task again under another number' },
  measure: { zh: '签署处理措施', en: 'Sign the measures' },
  rectify: { zh: '收到整改报告后签署', en: 'Sign the report of the correction once it arrives' },
  recheck: { zh: '复查并签署', en: 'Check again, and sign' },
  close: { zh: '结案', en: 'Close the case' },
  join: { zh: '签署加入联盟的声明', en: 'Sign that it joins' },
  revise: { zh: '签署联盟文本的新版', en: 'Sign a new revision of the text' },
  renew: { zh: '联盟到期前签署新版', en: 'Sign a new revision before the alliance ends' },
}

/** Name of each role, used if the statements name no body. */
const dueRoleNames: Readonly<Record<DueRole, Text>> = {
  reader: { zh: '查询的单位', en: 'the body that asks' },
  laboratories: { zh: '拟参加的实验室', en: 'laboratories that want to take part' },
  participants: { zh: '各参加实验室', en: 'every participant' },
  jurisdiction: { zh: '有管辖权的市场监督管理部门', en: 'the bureau with jurisdiction' },
  lead: { zh: '理事长单位或秘书处', en: 'the lead or the secretariat' },
}

/** Maximum number of bodies that one text names. */
const MAX_NAMED = 6

/** Title of a step. */
export const dueTitle = ({ step, about }: DueStep): Text =>
  about === undefined ? dueStepNames[step] : say('joint.due-about', { step: dueStepNames[step], about: about.name })

/** Details of a step: by whom, from when and until when. */
export const dueDetail = ({ by, from, until, isLate }: DueStep): Text =>
  joined(
    [
      byOf(by),
      ...(from === undefined ? [] : [say('joint.due-from', { day: from })]),
      ...(until === undefined ? [] : [say(isLate ? 'joint.due-late' : 'joint.due-until', { day: until })]),
    ],
    '，',
  )

function byOf(by: DueStep['by']): Text {
  if (typeof by === 'string') return say('joint.due-by', { names: dueRoleNames[by] })
  const shown = by.slice(0, MAX_NAMED).map(({ name }) => name)
  const names = joined(shown, '、')
  return by.length > MAX_NAMED ? say('joint.due-by-many', { names, count: by.length }) : say('joint.due-by', { names })
}

/** Joins texts with the given Chinese separator; English always has a comma. */
const joined = (texts: readonly Text[], zh: string): Text => ({
  zh: texts.map((text) => text.zh).join(zh),
  en: texts.map((text) => text.en).join(', '),
})
