/** Messages of the command `round`. */
import { faultOf } from '../../base/error.js'
import { defineTexts, sayOf } from '../../base/message.js'

export const cliRoundTexts = defineTexts({
  codes: {
    'cli.round-which': {
      zh: '所给文件中有 {count} 份比对方案，请用 --round 指明',
      en: 'There are {count} protocols in the files; name one with --round',
    },
    'cli.round-id': { zh: '签名记录标识：{id}', en: 'Statement id: {id}' },
    'cli.round-not-protocol': {
      zh: '{file} 不是比对方案（kind: round-protocol）',
      en: '{file} is no protocol of a round (kind: round-protocol)',
    },
    'cli.round-not-result': {
      zh: '{file} 不是签名的比对结果记录（kind: comparison-result）',
      en: '{file} is no signed record of a comparison (kind: comparison-result)',
      advice: {
        zh: '请给出 round close 算出、由主导实验室签名的记录',
        en: 'Give the record that round close computed and the pilot laboratory signed',
      },
    },
    'cli.round-not-listed': { zh: '{iss} 不在信任列表中', en: '{iss} is on no trust list' },
    'cli.round-no-commitment': {
      zh: '{laboratory} 没有计入的承诺（{state}）',
      en: 'There is no commitment of {laboratory} that counts ({state})',
      advice: { zh: '请附上承诺及其回执', en: 'Add the commitment and its receipt' },
    },
    'cli.round-early': {
      zh: '结果提交至 {deadline} 截止，此前不得公开',
      en: 'Results can be committed until {deadline}: nothing is opened before',
    },
    'cli.round-secret': {
      zh: '{file} 应有实验室承诺时保存的盐值和结果（salt、result）',
      en: '{file} must hold salt and result, as `round commit` kept them',
    },
    'cli.round-sealed-file': {
      zh: '{file} 应为另一主导实验室解出的一层（commitment、sealed），且属于该承诺',
      en: '{file} must hold the layer that the other pilot opened (commitment, sealed), of this commitment',
    },
    'cli.round-other': {
      zh: '其中的结果与承诺不符',
      en: 'The result in it is not what was committed',
    },
    'cli.round-other-signed': {
      zh: '解密所得与承诺不符：公开书已签署，作为证据',
      en: 'What was decrypted is not what was committed: the opening is signed as evidence of it',
    },
    'cli.round-next': {
      zh: '已解开一层，写入 {file}；请另一主导实验室用 --sealed 解下一层',
      en: 'One layer is open, in {file}; the other pilot opens the next with --sealed',
    },
    'cli.round-secret-kept': {
      zh: '盐值和结果已存入 {file}（权限 600），公开结果时使用',
      en: 'Salt and result are in {file} (mode 600), for when the result is opened',
    },
    'cli.round-record': {
      zh: '比对结果记录已写入 {file}；核对后用 tongheng sign 签署，再用 round report 出具总结',
      en: 'The record is in {file}; look at it, sign it with tongheng sign, and close the round with round report',
    },
    'cli.round-key-kept': {
      zh: '代码与名称对照表已写入 {file}（权限 600），勿外传',
      en: 'The key from codes to names is in {file} (mode 600); it is confidential',
    },
    'cli.round-differs': {
      zh: '记录与按签名记录重新计算的不同，不予签署',
      en: 'The record is not what the statements give: no report is signed',
    },
    'cli.round-head': { zh: '比对 {number} {title}：{phase}', en: 'Round {number} {title}: {phase}' },
    'cli.round-laboratory': { zh: '实验室 {name}（{uscc}）：{state}', en: 'Laboratory {name} ({uscc}): {state}' },
    'cli.round-outcome': { zh: '{point}  {code}  {value}  En 值 {en}  {outcome}', en: '{point}  {code}  {value}  En {en}  {outcome}' },
    'cli.round-reference': {
      zh: '{point}  参考值 {value}，U = {expanded}（k = {k}）',
      en: '{point}  reference value {value}, U = {expanded} (k = {k})',
    },
    'cli.round-digest': { zh: '总结摘要：{digest}', en: 'Digest of the report: {digest}' },
    'cli.round-confirmed': {
      zh: '总结与全部签名记录相符，各主导实验室均已签署',
      en: 'The report is what the statements give, and every pilot has signed it',
    },
    'cli.round-not-confirmed': {
      zh: '总结未得到证实：{signed} 个主导实验室已签署，共 {pilots} 个',
      en: 'The report is not confirmed: {signed} of {pilots} pilot(s) have signed it',
    },
  },
})

export const fault = faultOf(cliRoundTexts)
export const say = sayOf(cliRoundTexts)
