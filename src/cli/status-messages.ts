/** Messages of the command `status`, of the file that counts the indices of a status list, and of the options of `sign` about them. */
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
    'cli.status-noticed': { zh: '{file}  {number}：公告为“{after}”', en: '{file}  {number}: notice that it is {after}' },
    'cli.sign-index-twice': {
      zh: '--status-file 与 --status-index 只能给一个：序号由文件给出',
      en: 'Give either --status-file or --status-index: the file gives the index',
    },
    'cli.sign-future': {
      zh: '注意：签名时间 {at} 晚于当前时间，在此之前一律不予互认',
      en: 'Note: The time of signing, {at}, lies ahead; before it the record is not recognised',
    },
    'cli.status-no-lines': {
      zh: '所给的不是批量证书，没有行号',
      en: 'The statement is no batch certificate and has no lines',
      advice: { zh: '单台证书不写 --line', en: 'Leave out --line' },
    },
    'cli.status-line-notice': {
      zh: '--line 不能与 --notice 同用：公告针对整份签名记录',
      en: '--line cannot be given with --notice: a notice applies to the whole statement',
      advice: {
        zh: '只改变其中几行的，给 --list 和 --line，不给 --notice',
        en: 'For single lines give --list and --line, without --notice',
      },
    },
    'cli.status-self': {
      zh: '--replaced-by 给的就是 {file}：签名记录不能由自己替代',
      en: '--replaced-by is {file} itself: a statement cannot supersede itself',
      advice: { zh: '请给出新签署的那份；作废而没有新证书的，用 revoke', en: 'Name the new statement; where there is none, use revoke' },
    },
    'cli.status-replaced': { zh: '由 {file}  {number}（{iss}）替代', en: 'superseded by {file}  {number} ({iss})' },
    'cli.status-replaced-other': {
      zh: '注意：{file} 由另一机构 {iss} 出具，请核对',
      en: 'Note: {file} was issued by another body, {iss}; check it',
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
