/**
 * Findings about joint statements of any kind. No error has these codes, so they are not in the union `Code` of `errors.ts`, which slows
 * down type checking with each code; `codes` has their texts.
 */
import { defineTexts } from '../base/message.js'

export const jointFindingTexts = defineTexts({
  codes: {
    'joint.dates-order': {
      zh: '{later}（{laterDate}）早于{earlier}（{earlierDate}）',
      en: 'The {later} ({laterDate}) is before the {earlier} ({earlierDate})',
    },
    'joint.signed-before': {
      zh: '签名时间早于所载日期 {date}',
      en: 'It is signed before the day that it states, {date}',
    },
    'joint.repeated': { zh: '“{value}”重复', en: '“{value}” is there twice' },
    'joint.resident-number': {
      zh: '含有公民身份号码',
      en: 'It holds a resident identity number',
      advice: { zh: '请删去；单位以统一社会信用代码标识', en: 'Remove it; a party is identified by its USCC' },
    },
    'joint.newer-members': {
      zh: '有本版本不认识的内容（{members}），不能断定其含义',
      en: 'It holds parts that this version does not know ({members}): its meaning is undecided',
      advice: { zh: '请升级本软件后再判定', en: 'Update this software and judge again' },
    },
    'joint.revoked': { zh: '已被公告撤销或替代（{code}）', en: 'A notice revoked or superseded it ({code})' },
    'joint.status-undecided': { zh: '其状态不能断定（{code}）', en: 'Its status is undecided ({code})' },
    'joint.unproven': {
      zh: '签名密钥后来被撤销，且没有证据表明它签于撤销之前',
      en: 'The key was revoked later, and nothing proves that it was signed before',
    },
  },
})
