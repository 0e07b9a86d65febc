/** Errors of comparison rounds: misuse, and sealed results that cannot be opened. */
import { faultOf } from '../../base/error.js'
import { defineTexts } from '../../base/message.js'

export const roundErrorTexts = defineTexts({
  codes: {
    'round.none': {
      zh: '没有可用的比对方案 {round}',
      en: 'There is no protocol {round} that counts',
      advice: { zh: '请给出方案的签名记录及其回执', en: 'Give the signed protocol with the others' },
    },
    'round.key': {
      zh: '不是可用的加密密钥（P-256）',
      en: 'It is no usable key for encryption (P-256)',
      advice: { zh: '用 tongheng keygen 为本次比对另制一把', en: 'Make one for this round with tongheng keygen' },
    },
    'round.sealed-result': {
      zh: '结果有误，不予加密：{first}',
      en: 'The result is faulty and is not sealed: {first}',
    },
    'round.sealed': {
      zh: '密文不能解密：{reason}',
      en: 'The sealed result cannot be opened: {reason}',
    },
    'round.not-this-key': {
      zh: '这一层不是为该密钥加密的；应由 {kid} 先解',
      en: 'This layer is not for this key; {kid} opens it',
      advice: { zh: '依方案中主导实验室的顺序逐层解密', en: 'The pilots open it in the order of the protocol' },
    },
    'round.incomplete': {
      zh: '尚不能出具报告：{reason}',
      en: 'The round cannot be reported yet: {reason}',
    },
    'round.evaluation': {
      zh: '测量点 {point} 不能评价：{reason}',
      en: 'Point {point} cannot be evaluated: {reason}',
    },
  },
})

/** Creates an error with a code of this table. */
export const roundFault = faultOf(roundErrorTexts)
