/** Messages of the envelope: the form of a statement, its header, its keys and signers. */
import { faultOf } from '../base/error.js'
import { codeOf, defineTexts } from '../base/message.js'

export const envelopeTexts = defineTexts({
  codes: {
    'signature.invalid': {
      zh: '签名无效：内容被改动过，或不是该密钥所签',
      en: 'The signature is invalid: the content was changed, or another key signed',
      advice: { zh: '请向出具机构索取原件，此件不得采信', en: 'Obtain the original from the issuer; do not use this copy' },
    },
    'alg.not-of-key': {
      zh: '头部声称算法 {alg}，而该密钥只用于 {expected}',
      en: 'The header claims {alg}, but the key is for {expected} only',
    },
    'key.invalid': {
      zh: '密钥不合格：成员、曲线、长度有误，或点不在曲线上',
      en: 'The key is unacceptable: wrong members, curve or length, or a point off the curve',
    },
    'format.too-large': {
      zh: '签名记录过长：{length} 个字符，上限 {maxLength}',
      en: 'The statement is too long: {length} characters, the limit is {maxLength}',
      advice: { zh: '附件请以摘要引用，不要放进记录', en: 'Refer to attachments by digest instead of carrying them in the record' },
    },
    'format.segments': {
      zh: '不是紧凑 JWS：应为以两个点分开的三段',
      en: 'Not a compact JWS: three segments separated by two dots are expected',
      advice: {
        zh: '请提交完整的签名记录原文，不要截断，不要用 JSON 形式',
        en: 'Send the signed statement whole: not cut off, and not as JSON',
      },
    },
    'format.header': { zh: '头部不是合格的 JSON 对象（{reason}）', en: 'The header is not an acceptable JSON object ({reason})' },
    'header.member': {
      zh: '头部含有不允许的参数“{member}”',
      en: 'The header has a member that is not allowed: “{member}”',
      advice: {
        zh: '头部只能有 alg、kid、typ；密钥一律从信任列表取',
        en: 'Only alg, kid and typ are allowed; keys come from the trust list alone',
      },
    },
    'header.missing': { zh: '头部缺少“{member}”', en: 'The header lacks “{member}”' },
    'header.kid': { zh: '头部 kid 不是 43 个字符的密钥指纹', en: 'The kid of the header is not a key thumbprint of 43 characters' },
    'alg.not-allowed': { zh: '签名算法 {alg} 不被接受', en: 'The signature algorithm {alg} is not accepted' },
    'typ.unexpected': {
      zh: '签名内容的类型为 {typ}，此处要求 {expected}',
      en: 'The statement is of type {typ}; {expected} is expected here',
    },
    'crit.not-understood': { zh: '头部 crit 列有不能识别的扩展：{crit}', en: 'The extensions listed in crit are not understood: {crit}' },
    'json.not-object': { zh: '应为 JSON 对象', en: 'A JSON object is expected' },
  },
})

export const fault = faultOf(envelopeTexts)
export const coded = codeOf(envelopeTexts)
