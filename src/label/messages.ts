/** Texts of labels. */

import { faultOf } from '../base/error.js'
import { codeOf, defineTexts, sayOf } from '../base/message.js'
import { newerVersion } from '../trust/messages.js'

const fromCertificate = { zh: '请扫描或索取该器具的证书，按证书判定', en: 'Ask for the certificate of the instrument and judge that' }

export const labelTexts = defineTexts({
  codes: {
    'label.not-ours': {
      zh: '不是计量标签：二维码是别的内容',
      en: 'Not a metrology label: the code holds something else',
      advice: { zh: '请扫描器具上的检定标签', en: 'Scan the verification label on the instrument' },
    },
    'label.damaged': {
      zh: '标签内容不完整或已损坏（{reason}）',
      en: 'The label is incomplete or damaged ({reason})',
      advice: {
        zh: '请重新扫描；仍然如此的，请核对证书',
        en: 'Scan it again; if that does not help, ask for the certificate',
      },
    },
    'label.version': {
      zh: '标签为第 {version} 版，本软件尚不支持，无法判定',
      en: 'The label is of version {version}, which this software does not support yet: undecidable',
      advice: newerVersion,
    },
    'label.key-unknown': {
      zh: '机构 {iss} 没有编号以 {kid} 开头的密钥',
      en: 'The body {iss} has no key whose thumbprint begins with {kid}',
    },
    'label.kid-ambiguous': {
      zh: '机构 {iss} 有几个密钥的编号都以 {kid} 开头，无法确定是哪一个',
      en: 'Several keys of the body {iss} have a thumbprint that begins with {kid}: undecidable which',
      advice: {
        zh: '请索取证书，按证书判定；并告知该机构更换其中一个密钥',
        en: 'Ask for the certificate, and tell the body to replace one of the keys',
      },
    },
    'label.not-carried': {
      zh: '标签不载，见证书：{row}',
      en: 'Not on the label, see the certificate: {row}',
      advice: fromCertificate,
    },
    'label.not-packable': {
      zh: '该标签不能写成二维码：{reason}',
      en: 'The label cannot be packed for a code: {reason}',
    },
    'label.no-record': { zh: '不是记录的签名记录，不能制作标签', en: 'Not a signed record, so no label can be made of it' },
    'label.kind': {
      zh: '只有检定记录有标签，{kind}没有',
      en: 'Verification records have labels; a {kind} has none',
    },
    'label.line': {
      zh: '批量证书每台一张标签，请写行号（共 {lines} 行）；单台证书不写',
      en: 'Each instrument of a batch has a label: name its line (of {lines}); a record of one instrument has none',
      advice: {
        zh: '请用 signLabel 的 line，从 1 计；全部各行用 signLabels',
        en: 'Use line of signLabel, from 1; signLabels makes those of every line',
      },
    },
    'label.line-fails': {
      zh: '第 {line} 行（出厂编号 {serial}）的标签不能制作：{reason}',
      en: 'No label can be made of line {line} (serial number {serial}): {reason}',
    },
    'label.record-fails': {
      zh: '记录不符合要求，不制作标签：{reason}',
      en: 'The record is not in order, so no label is made of it: {reason}',
      advice: { zh: '请改正记录并重新签名，再制作标签', en: 'Correct the record, sign it again, then make the label' },
    },
    'label.node-address': {
      zh: '“{url}”不能作为标签的网址：须为 http(s) 地址，不带参数，路径可有可无',
      en: '“{url}” cannot be the address of a label: an http(s) address without query and fragment is needed',
    },
    'label.answer-good': { zh: '有效', en: 'good' },
    'label.answer-failed': { zh: '检定不合格，不得使用', en: 'verification failed, not to be used' },
    'label.answer-expired': { zh: '已超过有效期', en: 'expired' },
    'label.answer-revoked': { zh: '已撤销', en: 'revoked' },
    'label.answer-suspended': { zh: '已暂停使用', en: 'suspended' },
    'label.answer-superseded': { zh: '已被新证书替代', en: 'superseded' },
    'label.answer-out-of-scope': { zh: '超出机构的授权范围', en: 'outside the authorisation of its issuer' },
    'label.answer-forged': { zh: '签名不成立，疑似伪造', en: 'the signature does not hold: suspected forgery' },
    'label.answer-damaged': { zh: '标签损坏', en: 'damaged' },
    'label.answer-not-ours': { zh: '不是计量标签', en: 'not a metrology label' },
    'label.answer-not-supported': { zh: '标签版本尚不支持', en: 'not supported yet' },
    'label.answer-refused': { zh: '不予互认', en: 'not recognised' },
    'label.answer-unknown': { zh: '无法判定', en: 'cannot tell' },
    'label.reason-digits': { zh: '网址后应为数字', en: 'digits are expected after the address' },
    'label.reason-length': { zh: '长度超过 {most} 字节', en: 'it is longer than {most} octets' },
    'label.reason-cbor': { zh: '编码不是唯一的规范形式', en: 'it is not in the one canonical encoding' },
    'label.reason-fields': { zh: '第 {n} 项不是应有的内容', en: 'item {n} is not what it should be' },
    'label.reason-spelling': {
      zh: '载荷的写法与标签模板不逐字节一致（成员顺序、写法）',
      en: 'its payload is not spelt, byte for byte, as the template of labels has it (order and spelling of members)',
    },
    'label.reason-header': { zh: '头部的写法与模板不一致', en: 'its header is not spelt as the template has it' },
    'label.reason-shape': { zh: '载荷结构有误：{path}', en: 'its payload has a fault of shape at {path}' },
    'label.reason-signatures': {
      zh: '各个签名签的不是同一内容，或签名超过 {most} 个',
      en: 'its signatures are not of one content, or more than {most}',
    },
  },
})

export const fault = faultOf(labelTexts)
export const coded = codeOf(labelTexts)
export const say = sayOf(labelTexts)
