/** Messages of the command `status`, and of the file that counts the indices of a status list. */
import { faultOf } from '../base/error.js'
import { defineTexts, sayOf } from '../base/message.js'

export const cliStatusTexts = defineTexts({
  codes: {
    'cli.status-counter': {
      zh: '{file} 不是这张状态表的序号文件',
      en: '{file} is no file of indices of that status list',
      advice: {
        zh: '首次使用时请同时给 --status-list；文件损坏时不要另建：请从备份恢复，或重写 uri（地址）、size（项数）、next（已签署记录用过的最大序号加一）',
        en: 'Give --status-list when it is first used. Do not replace a damaged one by a new one: restore it, or write its uri (address), size (entries) and next (the highest index that a signed record has, plus one)',
      },
    },
    'cli.status-action': { zh: 'status 要做什么：{actions}', en: 'What should status do: {actions}' },
    'cli.status-address': {
      zh: '{file} 的地址 {uri} 不是节点的状态表地址',
      en: 'The address {uri} of {file} is not one of a node',
      advice: {
        zh: '由节点发布的状态表，地址形如 https://节点/v1/status-lists/出具机构/名称（status create --uri）',
        en: 'A list that a node publishes stands at https://NODE/v1/status-lists/ISSUER/NAME (status create --uri)',
      },
    },
    'cli.status-published': { zh: '已发布 {uri}', en: 'published {uri}' },
    'cli.status-files': { zh: '请给出签名记录的文件', en: 'Name the files of the statements' },
    'cli.status-statement': { zh: '{file} 不是签名记录：{reason}', en: '{file} is no statement of a record: {reason}' },
    'cli.status-other-list': {
      zh: '{file} 的状态在 {uri}（{iss}），不在所给的状态表中',
      en: 'The status of {file} stands in {uri} ({iss}), not in the list given',
    },
    'cli.status-list-file': { zh: '{file} 不是状态表：{reason}', en: '{file} is no status list: {reason}' },
    'cli.status-nothing-to': { zh: '没有可写的：请给 --list 或 --notice', en: 'Nothing to write: give --list or --notice' },
    'cli.status-final': {
      zh: '{file} 已为“{before}”，不能改为“{after}”',
      en: '{file} is {before} already and cannot become {after}',
      advice: { zh: '只有暂停可以恢复；撤销和替代不可逆', en: 'Only a suspension can be reinstated; the others are final' },
    },
    'cli.status-change': {
      zh: '{file}  第 {idx} 项：{before} → {after}  {number}',
      en: '{file}  index {idx}: {before} → {after}  {number}',
    },
    'cli.status-other-key': {
      zh: '注意：状态表此前由密钥 {before} 签署，现由 {after} 签署',
      en: 'Note: The list was signed by the key {before} before, and is now by {after}',
    },
    'cli.status-effect': { zh: '自 {from} 起，原因：{reason}', en: 'from {from}; reason: {reason}' },
    'cli.status-valid': { zh: '有效', en: 'valid' },
    'cli.status-revoke': { zh: '撤销', en: 'revoked' },
    'cli.status-suspend': { zh: '暂停', en: 'suspended' },
    'cli.status-supersede': { zh: '替代', en: 'superseded' },
    'cli.status-list': { zh: '{uri}  共 {size} 项  {iat} 签名，{exp} 失效', en: '{uri}  {size} entries, signed {iat}, ends {exp}' },
  },
})

export const fault = faultOf(cliStatusTexts)
export const say = sayOf(cliStatusTexts)
