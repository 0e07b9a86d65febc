/** Messages of evidence bundles and of log evidence. */
import { faultOf } from '../../base/error.js'
import { codeOf, defineTexts } from '../../base/message.js'

export const evidenceTexts = defineTexts({
  codes: {
    'specification.not-genuine': {
      zh: '一份技术规范的签名记录来源不可信，未采用：{reason}',
      en: 'The statement of a specification is not genuine and was not used: {reason}',
    },
    'evidence.shape': { zh: '证据包结构有误：{path}', en: 'The evidence bundle has a fault of shape at {path}' },
    'evidence.lists': {
      zh: '证据包中同一地址的状态表有 {count} 份，至多 {most} 份',
      en: 'The evidence bundle has {count} status lists of the addresses it names; at most {most}',
      advice: {
        zh: '判定只依据所问时刻的最新一份：去除其余各份',
        en: 'A verdict rests on the newest of the moment asked about: take the others out',
      },
    },
    'log.unknown': { zh: '信任列表中没有日志 {origin}', en: 'No trust list has the log {origin}' },
    'log-evidence.refused': {
      zh: '日志证据不可采信（{reason}）：应为主管部门节点的回执，或带见证方会签检查点的包含证明',
      en: 'The log evidence proves nothing ({reason}): a receipt of an authority’s node is expected, or an inclusion proof with a checkpoint that a witness cosigned',
    },
    'log-evidence.shape': { zh: '日志证据结构有误：{path}', en: 'The log evidence has a fault of shape at {path}' },
  },
})

export const fault = faultOf(evidenceTexts)
export const coded = codeOf(evidenceTexts)
