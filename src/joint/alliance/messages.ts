/** What is found in alliances, in the consent of their members, and in the capabilities that institutes publish. */
import { defineTexts } from '../../base/message.js'

export const allianceTexts = defineTexts({
  codes: {
    'alliance.no-lead': { zh: '没有理事长（牵头）单位', en: 'It names no lead' },
    'alliance.share-not-member': {
      zh: '共享资源“{name}”所属单位 {uscc} 不是成员',
      en: '{name} is shared by {uscc}, which is not a member',
    },
    'alliance.no-consent': {
      zh: '{name} 没有签署加入声明，不作为成员',
      en: '{name} has not signed that it joins, and is not counted as a member',
      advice: { zh: '请该单位签署加入声明（alliance-membership）', en: 'Ask it to sign that it joins (alliance-membership)' },
    },
    'alliance.left': { zh: '{name} 已于 {on} 退出', en: '{name} left on {on}' },
    'alliance.consent-later': { zh: '{name} 自 {on} 起加入', en: '{name} joins from {on}' },
    'alliance.not-listed': {
      zh: '{name} 签署了加入声明，但联盟名单中没有该单位',
      en: '{name} signed that it joins, but the alliance does not list it',
    },
    'alliance.two-versions': {
      zh: '联盟 {number} 第 {revision} 版有两份不同的文本，不能断定以哪份为准',
      en: 'Revision {revision} of the alliance {number} exists with two contents: which one holds is undecided',
    },
    'alliance.signer-not-lead': {
      zh: '{name} 签署了联盟 {number} 的文本，但不是其理事长单位或秘书处，未采用',
      en: '{name} signed a text of the alliance {number} and is neither its lead nor its secretariat: it is not used',
    },
    'alliance.two-leads': {
      zh: '联盟编号 {number} 有多个单位在用（{leads}），请指明理事长单位',
      en: 'Several bodies use the number {number} for an alliance ({leads}): name the lead',
    },
    'claim.no-authorisation': {
      zh: '信任列表没有载明授权（认可）{number}，无法核对',
      en: 'The trust lists do not state an authorisation {number} of this body, so that the claim was not compared',
      advice: { zh: '请核对证书号，或请主管部门登记', en: 'Check the number, or ask the authority to list it' },
    },
    'claim.authorisation-ended': {
      zh: '授权（认可）{number} 的期限为 {from} 至 {to}，{on} 不在其内',
      en: 'The authorisation {number} runs from {from} to {to}, which does not include {on}',
    },
    'claim.category-beyond': {
      zh: '声明的器具类别“{category}”超出授权（认可）{number} 的范围',
      en: 'The category {category} claimed is beyond the authorisation {number}',
    },
    'claim.work-beyond': {
      zh: '授权（认可）{number} 不包括“{kind}”',
      en: 'The authorisation {number} does not include {kind}',
    },
    'claim.range-beyond': {
      zh: '声明的测量范围超出授权（认可）{number} 的测量范围',
      en: 'The range claimed is beyond the authorisation {number}',
    },
    'claim.uncertainty-beyond': {
      zh: '声明的不确定度 {claimed} 小于授权（认可）{number} 的最小不确定度 {smallest}',
      en: 'The uncertainty claimed, {claimed}, is smaller than the smallest of the authorisation {number}, {smallest}',
    },
    'claim.list-expired': {
      zh: '主管部门 {authority} 的信任列表已于 {ended} 失效，{on} 的授权情况不能断定',
      en: 'The trust list of {authority} ended on {ended}: what is authorised on {on} is undecided',
      advice: { zh: '请更新信任列表', en: 'Update the trust lists' },
    },
    'claim.not-compared': {
      zh: '信任列表没有写明授权（认可）{number} 的测量范围和最小不确定度，或无法比较',
      en: 'The range and smallest uncertainty of the authorisation {number} are not listed, or could not be compared',
    },
  },
})
