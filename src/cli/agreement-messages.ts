/** Messages of the command that drafts, signs and publishes an agreement. */
import { faultOf } from '../base/error.js'
import { defineTexts, sayOf } from '../base/message.js'

export const cliAgreementTexts = defineTexts({
  codes: {
    'cli.agreement-kind': {
      zh: '本软件没有记录种类“{kind}”[{path}]，不能按这一条款互认任何记录',
      en: 'This version has no kind of record {kind} [{path}]: it could recognise nothing by the clause',
      advice: { zh: '{near}种类有：{known}', en: '{near}Kinds: {known}' },
    },
    'cli.agreement-clause-twice': {
      zh: '条款编号“{clause}”用了两次[{path}]',
      en: 'Two clauses have the id {clause} [{path}]',
    },
    'cli.agreement-dates': {
      zh: '止于 {to}，早于起始日期 {from}[{path}]',
      en: 'It ends on {to}, before it begins on {from} [{path}]',
    },
    'cli.agreement-condition': {
      zh: '注意：本软件不认识条件“{name}”[{path}]，适用该条款的一律无法判定；请核对写法',
      en: 'Note: This version does not know the condition {name} [{path}]; all verdicts under the clause will be indeterminate. Check its spelling',
    },
    'cli.agreement-category': {
      zh: '注意：内置目录中没有器具类别“{category}”[{path}]，请用 tongheng categories 核对写法',
      en: 'Note: The built-in catalogue has no category {category} [{path}]; compare its spelling with tongheng categories',
    },
    'cli.agreement-draft': { zh: '{file} 不是协议草稿：{path}', en: '{file} is not a draft of an agreement: {path}' },
    'cli.agreement-none': { zh: '信任文件 {file} 中没有协议 {id}', en: 'The trust file {file} has no agreement {id}' },
    'cli.agreement-stale': {
      zh: '草稿是第 {version} 版，已发布的最新版是第 {newest} 版',
      en: 'The draft is version {version}; version {newest} is published already',
    },
    'cli.agreement-version': { zh: '协议 {id}  第 {before} 版 → 第 {after} 版', en: 'agreement {id}  version {before} → {after}' },
    'cli.agreement-signed': {
      zh: '已有 {signed} 个签名（缔约方 {parties} 个）；未签的一方请签 {file}',
      en: '{signed} signature(s) for {parties} parties; who has not signed yet signs {file}',
    },
    'cli.agreement-not-party': {
      zh: '{file} 的密钥 {kid} 不是缔约主管部门可签协议的密钥',
      en: 'The key {kid} of {file} is no key by which a party may sign agreements',
      advice: {
        zh: '信任列表中缔约方的密钥须可签 metrology-agreement+jwt',
        en: 'The key of a party must be listed for metrology-agreement+jwt',
      },
    },
    'cli.agreement-published': {
      zh: '协议 {id} 第 {version} 版已发布到 {file}',
      en: 'agreement {id}, version {version}, is published in {file}',
    },
  },
})

export const fault = faultOf(cliAgreementTexts)
export const say = sayOf(cliAgreementTexts)
