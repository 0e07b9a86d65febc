/** Guidance per call for callers in other languages, beyond the schemas; part of the OpenAPI document. */
import type { Text } from '../base/message.js'
import type { CallName } from '../contract/index.js'

export interface Guide {
  readonly call?: Text
  readonly body?: Text & { readonly example?: string }
  /** Example of a successful answer, by status. */
  readonly examples?: Readonly<Record<number, string>>
}

/** Beginning of a record signed with an ES256 key. */
const HEADER = 'eyJhbGciOiJFUzI1NiIsImtpZCI6IkZv…'

const RECORD = {
  zh: '签名记录，紧凑 JWS，正文别无他物（文件末尾的换行、开头的 BOM 不计）。头部恰有 alg、kid（公钥的 RFC 7638 指纹）、typ: metrology-record+jwt；载荷 { "iss": 统一社会信用代码, "jti": ULID, "iat": 秒, "record": 记录 }，见软件包 schemas/record-claims.v1.json 及各类记录的 schema；ES256 签名为 r‖s 64 字节',
  en: 'A signed record, compact JWS, nothing beside it (the line break at the end of a file and a byte order mark do not count). The header has exactly alg, kid (RFC 7638 thumbprint of the public key) and typ: metrology-record+jwt; the payload is { "iss": USCC, "jti": ULID, "iat": seconds, "record": the record }, see schemas/record-claims.v1.json of the package and the schemas of the kinds; an ES256 signature is r‖s, 64 octets',
  example: `${HEADER}.eyJpc3MiOiIxMjUxMDEwMDQ1MDc3MDAxMEwi….c2lnbmF0dXJl…`,
}

export const guide: Readonly<Partial<Record<CallName, Guide>>> = {
  submitRecord: {
    call: {
      zh: '路径中的 iss、jti 与载荷中的相同。未得答复时原样重发同一签名记录：只有一次效果，回执相同；另签一份则是另一条记录。回执是紧凑 JWS，typ: metrology-receipt+jwt，由信任列表中列明此用途的主管部门密钥签名。载荷：iss 主管部门，aud 提交方，sub 签名记录标识 = base64url(SHA-256("metrology-record+jwt." + 载荷段))，iat，req，decision（accepted、rejected、pending），reasons（check 的数组），reliedOn，log { index, proof, checkpoint }（形状同 place；叶为签名记录标识的 32 字节）。不论结论如何都须保存',
      en: 'iss and jti of the path are those of the payload. Where no answer came, send the same statement again: it has one effect, and the same receipt; a record that is signed again is another record. A receipt is a compact JWS, typ: metrology-receipt+jwt, signed by a key that the trust list of the authority names for it. Payload: iss the authority, aud the sender, sub the statement id = base64url(SHA-256("metrology-record+jwt." + payload segment)), iat, req, decision (accepted, rejected, pending), reasons (an array of check), reliedOn, log { index, proof, checkpoint } (of the shape of place; the leaf is the 32 octets of the statement id). Keep it, whatever it says',
    },
    body: RECORD,
  },
  submitRecords: {
    call: {
      zh: '每行以 LF 结尾（末行可无），空行不计；答复的次序即行的次序。每行的 status、receipt、problem 与逐件提交时的状态码、回执、问题说明相同，一行被拒不影响其他行。回执见 submitRecord',
      en: 'Each line ends with LF (the last may do without), empty ones do not count; answers come in the order of the lines. status, receipt and problem of a line are what the statement alone would get; a line refused leaves the others as they are. For receipts see submitRecord',
    },
    body: {
      zh: '每行一个签名记录或状态公告，同 submitRecord、submitNotice 的正文，至多一万行；令牌的 dig 是整个正文的摘要',
      en: 'A signed record or notice a line, each as the body of submitRecord or submitNotice, at most ten thousand; dig of the token is of the whole body',
      example: `${HEADER}.eyJpc3MiOiIx….c2lnbmF0dXJl…\n${HEADER}.eyJpc3MiOiIy….c2lnbmF0dXJl…\n`,
    },
    examples: {
      200: '{"status":201,"receipt":"eyJhbGciOi…"}\n{"status":422,"problem":{"type":"https://unpkg.com/tongheng/schemas/problems.md#record.refused","title":"…","status":422,"code":"record.refused","text":{"zh":"…","en":"…"},"checks":[]}}\n',
    },
  },
  listRecords: {
    call: {
      zh: '各条件须同时满足。令牌的 uri 含查询串，与所发送的逐字相同（中文、括号须百分号转码）；翻页时各条件不变，只加 cursor',
      en: 'All conditions hold at once. uri of the token has the query exactly as it is sent, percent-encoded; for the next page keep the conditions and add cursor',
    },
  },
  verifyStatement: {
    call: {
      zh: '无须签名，什么也不保存。伪造、过期、不合格的记录也得 200，结论在 outcome；真实有效的检定不合格结论另有 acceptedAs: failure（采信，器具不得使用）。“+”在查询串中写作 %2B',
      en: 'Needs no signature and keeps nothing. A forged, expired or failed record is answered with 200 too, and outcome says so; a genuine failed verification has acceptedAs: failure besides (it is accepted, and the instrument is not to be used). “+” is %2B in a query',
    },
    body: RECORD,
  },
  getTrustList: {
    call: {
      zh: 'signed 是同一载荷的若干紧凑 JWS（typ: metrology-trust-list+jwt）。您钉住的根公钥中，签名的不同密钥达到门限，才可采信；从何处取得无关紧要',
      en: 'signed are compact JWS over one payload (typ: metrology-trust-list+jwt). Take it only where as many distinct keys as the threshold, of the root keys you pinned, signed it; where it came from does not matter',
    },
  },
  getCatalogue: {
    call: {
      zh: 'signed 是同一载荷的若干紧凑 JWS（typ: metrology-catalogue+jwt，schemas/catalogue.v1.json）。由该机关现行信任列表的根密钥签名达到门限，才可采信；只对其本省（市）有效',
      en: 'signed are compact JWS over one payload (typ: metrology-catalogue+jwt, schemas/catalogue.v1.json). Take it only where as many root keys of the authority’s present trust list as the threshold signed it; it counts for its own province alone',
    },
  },
  submitNotice: {
    call: {
      zh: '同 submitRecord；回执的 sub 是 base64url(SHA-256("metrology-notice+jwt." + 载荷段))',
      en: 'As submitRecord; sub of the receipt is base64url(SHA-256("metrology-notice+jwt." + payload segment))',
    },
    body: {
      zh: '签名公告，紧凑 JWS，typ: metrology-notice+jwt；其余同签名记录',
      en: 'A signed notice, compact JWS, typ: metrology-notice+jwt; otherwise as a signed record',
    },
  },
  putStatusList: {
    body: {
      zh: '签名状态表，紧凑 JWS，typ: statuslist+jwt（draft-ietf-oauth-status-list，两位）；sub 为本路径的完整地址',
      en: 'A signed status list, compact JWS, typ: statuslist+jwt (draft-ietf-oauth-status-list, two bits); sub is the absolute address of this path',
    },
  },
  addCheckpoint: {
    body: {
      zh: 'old 行、一致性证明、空行、检查点（C2SP tlog-witness）',
      en: 'The old line, the consistency proof, an empty line, the checkpoint (C2SP tlog-witness)',
    },
  },
}

/** Description of the request token, in Markdown. */
export const tokenGuide: Text = {
  zh: [
    '`Authorization: Metrology <jwt>`，紧凑 JWS，由信任列表中列明 metrology-request+jwt 用途的密钥签名；头部恰有 alg、kid（RFC 7638 指纹）、typ: metrology-request+jwt。载荷各项都须有：',
    '- `iss` 请求方统一社会信用代码；`aud` 节点标识（/.well-known/tongheng 的 id，由运行方告知，不是主机名）',
    '- `iat`、`exp` 秒，相距至多 120；时钟可差 60 秒。request.clock 的答复带 serverTime 和 offset，可据以校正后重试一次',
    '- `jti` 至少 128 位随机，base64url 22–64 字符；每次尝试都换新的',
    '- `htm` 方法；`uri` 完整地址，含查询串，与所发送的逐字相同',
    '- `dig` base64url(SHA-256(正文))，没有正文也要写：47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
  ].join('\n'),
  en: [
    '`Authorization: Metrology <jwt>`, a compact JWS by a key that a trust list names for metrology-request+jwt; the header has exactly alg, kid (RFC 7638 thumbprint) and typ: metrology-request+jwt. The payload has all of:',
    '- `iss` USCC of the caller; `aud` id of the node (id of /.well-known/tongheng, as its operator tells you; not a host name)',
    '- `iat`, `exp` in seconds, at most 120 apart; clocks may differ by 60. request.clock answers with serverTime and offset: correct by it, and try once more',
    '- `jti` at least 128 random bits, 22–64 characters of base64url; a new one for every try',
    '- `htm` the method; `uri` the absolute address with its query, exactly as it is sent',
    '- `dig` base64url(SHA-256(body)), also where there is no body: 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
  ].join('\n'),
}

/** Meaning of a status for every call; the code of the problem is more precise. */
export const problemGuide: Readonly<Record<number, Text>> = {
  400: { zh: '参数或正文不合规定', en: 'A parameter or the body is not as it must be' },
  401: { zh: '请求令牌不成立（request.*）', en: 'The token of the request does not hold (request.*)' },
  403: { zh: '不得以此机构之名提交；检查点不是该日志所签', en: 'Not in that name; or the log has not signed the checkpoint' },
  404: { zh: '没有', en: 'There is none' },
  412: { zh: 'If-Match 或 If-None-Match 不成立', en: 'If-Match or If-None-Match does not hold' },
  409: {
    zh: '同名之下已有另一内容（storedStatementId 是先前的）或较新的版本',
    en: 'Other content stands under that name (storedStatementId is that of the first), or a newer version',
  },
  413: { zh: '正文过长', en: 'The body is too long' },
  415: { zh: 'Content-Type 或 Content-Encoding 不对', en: 'Another Content-Type or Content-Encoding is wanted' },
  422: {
    zh: '不真实或不可读，未接收；不受理的理由在 checks，签名的凭证在 receipt',
    en: 'Not genuine or not readable, and not kept; of a record, checks has the reasons and receipt a signed proof of the refusal',
  },
  503: { zh: '暂不能受理；按 Retry-After 重试', en: 'Not at the moment; try again after Retry-After' },
}
