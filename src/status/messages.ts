/** Messages of status lists and notices, and of the status of a statement. */

import { faultOf } from '../base/error.js'
import { codeOf, defineTexts, sayOf } from '../base/message.js'
import { newerVersion } from '../trust/messages.js'

const currentStatus = { zh: '请取得最新的状态表', en: 'Get the newest status list' }

export const statusTexts = defineTexts({
  rows: {
    status: { zh: '撤销、暂停、替代状态', en: 'Revocation, suspension, supersession' },
  },
  codes: {
    'status.not-supplied': {
      zh: '未取得状态表 {uri}，不知记录是否已被撤销',
      en: 'The status list {uri} was not supplied; whether the record was revoked is unknown',
      advice: currentStatus,
    },
    'status.list-later': {
      zh: '所给的状态表 {uri} 都签于 {at} 之后，不知当时的状态',
      en: 'Every status list {uri} supplied was signed after {at}; the status at that moment is unknown',
      advice: { zh: '请提供当时有效的状态表', en: 'Supply the list that was current at that moment' },
    },
    'status.list-expired': {
      zh: '状态表 {uri} 已于 {exp} 失效，不知此后的状态',
      en: 'The status list {uri} ended at {exp}; the status since then is unknown',
      advice: currentStatus,
    },
    'status.update-due': {
      zh: '状态表 {uri} 签于 {iat}，应于 {due} 更新',
      en: 'The status list {uri} was signed at {iat} and was due for update at {due}',
      advice: currentStatus,
    },
    'status.index': {
      zh: '状态表 {uri} 共 {size} 项，没有第 {idx} 项',
      en: 'The status list {uri} has {size} entries and none with the index {idx}',
      advice: { zh: '请出具机构核对状态表', en: 'Ask the issuer to check its status list' },
    },
    'status.lines-differ': {
      zh: '批量证书中有 {count} 行的状态与其余不同（第 {lines} 行），不能对整份证书下结论',
      en: 'The status of {count} lines of the batch differs from the others (lines {lines}): undecided for the whole',
      advice: { zh: '请指明行号，对该台器具单独判定', en: 'Name the line, and judge that instrument' },
    },
    'status.value': {
      zh: '状态表 {uri} 第 {idx} 项的值 {value} 没有约定的含义',
      en: 'The value {value} at index {idx} of the status list {uri} has no agreed meaning',
    },
    'status.list-newer-members': {
      zh: '状态表 {uri} 中有本版本不认识的内容（{count} 处：{members}），不能断定记录的状态',
      en: 'The status list {uri} holds {count} parts that this version does not know ({members}): the status is undecided',
      advice: newerVersion,
    },
    'status.notice-newer-members': {
      zh: '{by} 就该记录发布的公告（{notice}，自 {from} 起）中有本版本不认识的内容（{count} 处：{members}），不能断定其效力',
      en: 'A notice by {by} on this statement ({notice}, from {from}) holds {count} parts that this version does not know ({members}): its effect is undecided',
      advice: {
        zh: '查明之前请勿采信；请升级本软件后重新判定，或向公告机构核实',
        en: 'Do not rely on the statement meanwhile; update this software and judge again, or ask who gave notice',
      },
    },
    'status.notice-unproven': {
      zh: '{by} 就该记录发布的公告（{notice}，自 {from} 起）由已撤销的密钥签名，未提供撤销前已存在的证据，不能断定其真伪',
      en: 'A notice by {by} on this statement ({notice}, from {from}) is signed with a key that was revoked, and nothing proves that it existed before: undecided',
      advice: {
        zh: '查明之前请勿采信；请公告机构用现行密钥重新公告，或提供撤销之前的回执',
        en: 'Do not rely on the statement meanwhile; have the notice given again with the present key, or obtain its receipt from before the revocation',
      },
    },
    'status.revoked': {
      zh: '该记录已撤销，{since}；原因：{reason}',
      en: 'The statement is revoked {since}; reason: {reason}',
      advice: { zh: '不得采信；请向出具机构核实', en: 'Do not rely on it; ask the issuer' },
    },
    'status.suspended': {
      zh: '该记录已暂停使用，{since}；原因：{reason}',
      en: 'The statement is suspended {since}; reason: {reason}',
      advice: { zh: '暂停期间不得采信；恢复后请重新判定', en: 'Do not rely on it meanwhile; judge it again once reinstated' },
    },
    'status.superseded': {
      zh: '该记录已被替代，{since}；原因：{reason}；替代记录的标识：{replacedBy}',
      en: 'The statement is superseded {since}; reason: {reason}; id of the new one: {replacedBy}',
      advice: { zh: '请使用替代它的记录', en: 'Use the one that replaces it' },
    },
    'status.since': { zh: '自 {from} 起（{decided} 公告）', en: 'from {from} (notice of {decided})' },
    'status.since-retroactive': { zh: '追溯至 {from}（{decided} 公告）', en: 'retroactively from {from} (notice of {decided})' },
    'status.no-later-than': { zh: '不晚于 {moment}（状态表所载）', en: 'no later than {moment} (by the status list)' },
    'status.replaced': { zh: '出具机构已以新件代替', en: 'replaced by a newer record of its issuer' },
    'status.no-reason': { zh: '未见公告说明', en: 'no notice says' },
    'status.signer': { zh: '签名不可采信（{reason}）', en: 'The signature cannot be relied on ({reason})' },
    'status-list.shape': { zh: '状态表结构有误：{path}', en: 'The status list has a fault of shape at {path}' },
    'status-list.compression': { zh: '状态表不是完整的 zlib 数据', en: 'The status list is not a whole zlib stream' },
    'status-list.too-large': { zh: '状态表展开后超过 {most} 字节', en: 'The status list inflates to more than {most} bytes' },
    'status-list.index': {
      zh: '第 {index} 项（值 {value}）不在状态表的 {size} 项之内',
      en: 'Index {index} (value {value}) is outside the {size} entries of the list',
    },
    'notice.shape': { zh: '状态公告结构有误：{path}', en: 'The notice has a fault of shape at {path}' },
  },
})

export const fault = faultOf(statusTexts)
export const coded = codeOf(statusTexts)
export const say = sayOf(statusTexts)
