/** Messages of the rows about origin and status, and of invalid signatures. */

import { faultOf } from '../../base/error.js'
import { codeOf, defineTexts, sayOf } from '../../base/message.js'
import { currentList, newerVersion } from '../../trust/messages.js'

export const verifyTexts = defineTexts({
  rows: {
    'statement.payload': { zh: '载荷 JSON 的严格性', en: 'Strictness of the JSON payload' },
    'statement.claims': { zh: '载荷声明的完整性', en: 'Completeness of the claims' },
    'key.known': { zh: '签名密钥在信任列表中的登记', en: 'Listing of the signing key in a trust list' },
    signature: { zh: '签名的有效性', en: 'Validity of the signature' },
    'statement.issued-at': { zh: '签名时间与判定时间的先后', en: 'Order of the time of signing and the moment asked about' },
    'issuer.named': { zh: '签名机构与出具机构的一致性', en: 'Agreement of the body that signed with the body that issued' },
    'statement.after-fact': { zh: '签名时间与检定（校准）日期的先后', en: 'Order of the day of the work and the time of signing' },
    'record.line': { zh: '所判定的行（批量证书）', en: 'Line of the batch' },
    'statement.size': { zh: '签名记录的长度', en: 'Size of the statement' },
    'statement.lexing': { zh: '紧凑 JWS 格式与编码形式的唯一性', en: 'Compact JWS in its only spelling' },
    'statement.header': { zh: '头部参数、算法与类型', en: 'Header parameters, algorithm and type' },
  },
  codes: {
    'line.unknown': {
      zh: '记录没有第 {line} 行（共 {lines} 行）',
      en: 'The record has no line {line}; it has {lines}',
      advice: { zh: '请核对行号，单台证书不写行号', en: 'Check the line; a record of one instrument has none' },
    },
    'line.outcomes-differ': {
      zh: '批量证书中有 {count} 行的结论与整份证书不同（第 {lines} 行），不能对整份证书下结论',
      en: 'The conclusion on {count} lines differs from that of the certificate (lines {lines}): undecided for the whole',
      advice: { zh: '请指明行号，对该台器具单独判定', en: 'Name the line, and judge that instrument' },
    },
    'key.unknown-list-expired': {
      zh: '信任列表已过期，其中没有密钥 {kid}，无法判定',
      en: 'The trust list has expired and lacks the key {kid}: undecidable',
      advice: currentList,
    },
    'signature.form': {
      zh: '签名为 {length} 字节，应为 {expected} 字节（r‖s，不是 DER）',
      en: 'The signature has {length} octets; {expected} are expected (r‖s, not DER)',
      advice: { zh: '请签名系统输出定长 r‖s', en: 'Have the signing system emit r‖s of fixed length' },
    },
    'signature.too-many': { zh: '签名有 {given} 个，最多 {most} 个', en: '{given} signatures; at most {most} are taken' },
    'signature.other-statement': {
      zh: '第 {ordinal} 个签名签的不是同一内容',
      en: 'Signature {ordinal} is of another content',
      advice: {
        zh: '同一份记录的各个签名应由同一内容逐字节加签得到',
        en: 'Several signatures of a record are made over one payload, byte for byte',
      },
    },
    'signature.other-refused': {
      zh: '第 {ordinal} 个签名（{alg}）不成立：{reason}',
      en: 'Signature {ordinal} ({alg}) does not hold: {reason}',
    },
    'signature.algorithm-missing': {
      zh: '要求有 {alg} 签名，本记录没有',
      en: 'A signature by {alg} is required, and there is none',
      advice: { zh: '请出具机构用 {alg} 对同一内容加签', en: 'Ask the issuer to sign the same content by {alg} too' },
    },
    'issuer.not-named': {
      zh: '签名机构 {iss} 与记录中的出具机构 {named} 不一致',
      en: 'Signed by {iss}, but the record names {named} as its issuer',
    },
    'issuer.name-differs': {
      zh: '记录中的机构名称“{name}”与信任列表所列“{listed}”不一致',
      en: 'The record calls its issuer “{name}”; the trust list has “{listed}”',
      advice: { zh: '请核对机构名称；更名前出具的证书可不改', en: 'Check the name; a certificate from before a change of name may stand' },
    },
    'iat.in-future': {
      zh: '签名时间 {iat} 晚于判定时间 {at}',
      en: 'Signed at {iat}, later than the moment asked about, {at}',
      advice: { zh: '请核对双方时钟', en: 'Check both clocks' },
    },
    'iat.before-fact': {
      zh: '签名时间 {iat} 早于检定（校准）日期 {factDate}',
      en: 'Signed at {iat}, before the day of the work, {factDate}',
    },
    'key.unknown-list-newer': {
      zh: '信任列表中没有密钥 {kid}；列表中有本版本不认识的内容，不能断定',
      en: 'No trust list that is understood has the key {kid}; a later one holds parts that this version does not know: undecidable',
      advice: newerVersion,
    },
    'outcome.accepted-failure': {
      zh: '采信该不合格结论；重新检定合格前，器具不得使用',
      en: 'the failure is accepted; the instrument is not to be used until it passes a new verification',
    },
  },
})

export const fault = faultOf(verifyTexts)
export const coded = codeOf(verifyTexts)
export const say = sayOf(verifyTexts)
