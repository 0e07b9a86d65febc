/** Messages about signers and new keys: a bundle that only verifies does not have them. */
import { faultOf } from '../base/error.js'
import { defineTexts } from '../base/message.js'

export const signingTexts = defineTexts({
  codes: {
    'crypto.unavailable': {
      zh: '此环境没有 WebCrypto，不能生成密钥',
      en: 'This environment has no WebCrypto, and cannot make keys',
      advice: {
        zh: '网页请通过 HTTPS 或 localhost 打开（安全上下文）；判定不受影响',
        en: 'Open the page over HTTPS or from localhost (a secure context); judging works without',
      },
    },
    'signer.der': {
      zh: '签名器返回的 {length} 字节不是 DER 编码的 r、s',
      en: 'The {length} octets of the signer are not r and s in DER',
      advice: { zh: '请核对签名设备的输出格式（DER 或定长 r‖s）', en: 'Check what the signing device emits: DER, or r‖s of fixed length' },
    },
    'signer.length': {
      zh: '签名器返回 {length} 字节，应为 {expected} 字节（r‖s）',
      en: 'The signer returned {length} octets; {expected} (r‖s) are expected',
    },
    'signer.twice': {
      zh: '签名密钥 {kid} 给出了两次，同一密钥只计一个签名',
      en: 'The signing key {kid} is given twice; one key counts as one signature',
      advice: { zh: '请换用另一位签署人的密钥', en: 'Sign by the key of another signer' },
    },
  },
})

export const fault = faultOf(signingTexts)
