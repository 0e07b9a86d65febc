/** Texts of exchange: requests, problems, stores, clients. */

export const exchangeMessages = {
  'request.missing': {
    zh: '请求未带签名令牌',
    en: 'The request carries no signed token',
    advice: { zh: '请带 Authorization: Metrology <jwt>', en: 'Send Authorization: Metrology <jwt>' },
  },
  'request.format': { zh: '请求令牌不合格式：{reason}', en: 'The request token is malformed: {reason}' },
  'request.key': {
    zh: '请求密钥 {kid} 不在信任列表中，或不可用于请求',
    en: 'The request key {kid} is not listed, or may not sign requests',
    advice: { zh: '请向主管部门登记用于请求的密钥', en: 'Have a key for requests registered with the authority' },
  },
  'request.audience': { zh: '请求写给 {aud}，本节点为 {expected}', en: 'The request is addressed to {aud}; this node is {expected}' },
  'request.lifetime': { zh: '请求有效时间 {seconds} 秒，至多 {most} 秒', en: 'The request lives {seconds} s; at most {most} s' },
  'request.clock': {
    zh: '请求时刻 {iat} 与服务器时刻 {serverTime} 相差 {offset} 秒',
    en: 'The request is dated {iat}; the server’s time is {serverTime}, a difference of {offset} s',
    advice: { zh: '请校准时钟；按 offset 修正后可重发', en: 'Set the clock, or correct by offset and send again' },
  },
  'request.method': { zh: '令牌为 {htm} 请求所签，实际为 {method}', en: 'The token was signed for {htm}, the request is {method}' },
  'request.uri': { zh: '令牌为地址 {uri} 所签，实际为 {expected}', en: 'The token was signed for {uri}, the request is for {expected}' },
  'request.signature': { zh: '请求令牌签名无效', en: 'The signature of the request token is invalid' },
  'request.digest': {
    zh: '正文与令牌中的摘要不符',
    en: 'The body does not match the digest in the token',
    advice: {
      zh: 'dig 为正文 SHA-256 的 base64url（不填充）；无正文时为空串的摘要',
      en: 'dig is the unpadded base64url SHA-256 of the body; of nothing where there is none',
    },
  },
  'request.replayed': {
    zh: '请求 {jti} 已经用过',
    en: 'The request {jti} was used before',
    advice: { zh: '每次请求请用新的 jti', en: 'Use a new jti for every request' },
  },
  'request.replay-full': { zh: '服务器防重放容量已满，请稍后再试', en: 'The replay store of the server is full; try again later' },
  'request.not-permitted': { zh: '{caller} 不得提交 {iss} 的记录', en: '{caller} may not submit records of {iss}' },
  'request.name': {
    zh: '地址中的名称与签名件不符（签名件为 {iss}/{jti}）',
    en: 'The name in the address is not that of the statement ({iss}/{jti})',
  },
  'query.invalid': { zh: '参数“{name}”不合要求', en: 'The parameter “{name}” is not as required' },
  'query.unknown': { zh: '不认识的参数“{name}”（可用：{known}）', en: 'Unknown parameter “{name}” (known: {known})' },
  'query.twice': { zh: '参数“{name}”重复', en: 'The parameter “{name}” is given twice' },
  'body.too-large': { zh: '正文超过 {most} 字节', en: 'The body exceeds {most} bytes' },
  'body.encoding': {
    zh: '不接受压缩的正文（{encoding}）',
    en: 'A coded body is not accepted ({encoding})',
    advice: { zh: '签名针对原文，请勿压缩', en: 'What is signed is the plain body; do not compress it' },
  },
  'body.media-type': { zh: '正文类型为 {found}，应为 {expected}', en: 'The body is of type {found}; {expected} is expected' },
  'not-found': { zh: '没有 {what}', en: 'There is no {what}' },
  'method-not-allowed': { zh: '{what} 不支持此方法', en: '{what} does not support this method' },
  'record.conflict': {
    zh: '编号 {jti} 已用于另一份内容不同的记录',
    en: 'The name {jti} was used for another record with other content',
    advice: {
      zh: '新的内容请用新的 jti，并以 supersedes 指明所代替的签名件',
      en: 'Give new content a new jti, and name what it replaces in supersedes',
    },
  },
  'record.refused': {
    zh: '不是可信机构签发的可读记录，未收存',
    en: 'Not a readable record signed by a trusted body; it was not kept',
    advice: { zh: '各项理由见 checks，签名的退回回执见 receipt', en: 'The reasons are in checks, the signed rejection in receipt' },
  },
  'node.internal': { zh: '服务器内部错误，请凭请求编号联系运维', en: 'Internal error; quote the request id to the operator' },
  'receipt.invalid': { zh: '回执不可信（{reason}）', en: 'The receipt cannot be trusted ({reason})' },
  'client.problem': { zh: '节点答复 {status} {problemCode}：{text}', en: 'The node answered {status} {problemCode}: {text}' },
  'client.network': { zh: '连不上节点 {node}：{reason}', en: 'The node {node} cannot be reached: {reason}' },
  'client.answer': { zh: '节点的答复不合约定（状态 {status}）', en: 'The answer of the node is not as agreed (status {status})' },
  'client.no-caller': {
    zh: '{call} 需要签名：请在 createClient 中给出 caller',
    en: '{call} must be signed: give a caller to createClient',
  },
  'store.driver': {
    zh: '没有可用的 SQLite：请用 Node 22.5 以上，或安装 libsql',
    en: 'No SQLite is available: use Node 22.5 or later, or install libsql',
  },
  'store.newer': {
    zh: '数据库版本 {found} 比本软件（{known}）新',
    en: 'The database has version {found}, newer than this software ({known})',
  },
} as const
