/** What changed from one version of an agreement to the next. */
import { type CodeOf, codeOf, defineTexts } from '../base/message.js'

export const agreementChangeTexts = defineTexts({
  codes: {
    'agreement-change.first': { zh: '首次签署“{title}”，缔约方：{parties}', en: 'first signing of “{title}” between {parties}' },
    'agreement-change.title': { zh: '协议名称：{before} → {after}', en: 'title: {before} → {after}' },
    'agreement-change.parties': { zh: '缔约方：增加 {added}；去掉 {removed}', en: 'parties: added {added}; removed {removed}' },
    'agreement-change.party': { zh: '缔约方 {party}：现为“{name}”，{region}', en: 'party {party}: now “{name}”, {region}' },
    'agreement-change.dates': { zh: '协议有效期：{from} 至 {to}', en: 'in force from {from} to {to}' },
    'agreement-change.order': { zh: '条款次序（在前者先适用）：{order}', en: 'order of clauses (the first that fits applies): {order}' },
    'agreement-change.clause-added': { zh: '增加条款 {clause}“{title}”（{basis}）', en: 'clause {clause} added: “{title}” ({basis})' },
    'agreement-change.clause-removed': { zh: '去掉条款 {clause}“{title}”', en: 'clause {clause} removed: “{title}”' },
    'agreement-change.clause-title': { zh: '条款 {clause}：改称“{title}”（{basis}）', en: 'clause {clause}: now “{title}” ({basis})' },
    'agreement-change.clause-dates': { zh: '条款 {clause}：{from} 至 {to}', en: 'clause {clause}: from {from} to {to}' },
    'agreement-change.kinds': {
      zh: '条款 {clause}，记录种类：增加 {added}；去掉 {removed}',
      en: 'clause {clause}, kinds: added {added}; removed {removed}',
    },
    'agreement-change.categories': {
      zh: '条款 {clause}，器具类别：增加 {added}；去掉 {removed}',
      en: 'clause {clause}, categories: added {added}; removed {removed}',
    },
    'agreement-change.directions': {
      zh: '条款 {clause}，互认方向：增加 {added}；去掉 {removed}',
      en: 'clause {clause}, directions: added {added}; removed {removed}',
    },
    'agreement-change.conditions': {
      zh: '条款 {clause}，条件：增加 {added}；去掉 {removed}',
      en: 'clause {clause}, conditions: added {added}; removed {removed}',
    },
    'agreement-change.label': {
      zh: '条款 {clause}，凭器具上的标签即予互认：{before} → {after}',
      en: 'clause {clause}, the label of the instrument suffices: {before} → {after}',
    },
    'agreement-change.effect': { zh: '条款 {clause}，互认效力：{effect}', en: 'clause {clause}, effect: {effect}' },
  },
})

export type AgreementChangeCode = CodeOf<typeof agreementChangeTexts>

export const coded = codeOf(agreementChangeTexts)
