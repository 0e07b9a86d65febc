/** Messages to the authority that keeps a trust list: a bundle that only verifies does not have them. */
import { faultOf } from '../base/error.js'
import { codeOf, defineTexts } from '../base/message.js'

export const trustKeepingTexts = defineTexts({
  codes: {
    'trust-list.update-soon': {
      zh: '{authority} 的信任列表第 {version} 版应在 {nextUpdate} 前更新，{exp} 失效',
      en: 'The trust list of {authority}, version {version}, is to be updated by {nextUpdate}; it ends {exp}',
      advice: {
        zh: '主管部门请发布下一版；使用者请取得下一版',
        en: 'The authority should publish the next version; everyone else fetch it',
      },
    },
    'trust-list.witness-key': {
      zh: '日志 {origin} 的见证公钥同时是某日志的公钥：两者须为不同密钥（C2SP）',
      en: 'The witness key with the log {origin} is also the key of a log: the two must differ (C2SP)',
      advice: { zh: '请用 tongheng keygen --alg Ed25519 另生成一个', en: 'Make another with tongheng keygen --alg Ed25519' },
    },
  },
})

export const fault = faultOf(trustKeepingTexts)
export const coded = codeOf(trustKeepingTexts)
