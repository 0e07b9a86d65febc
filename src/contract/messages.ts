/** Messages of the problems that a node answers with, and of the receipts and problems that a client reads. */
import { faultOf } from '../base/error.js'
import { codeOf, defineTexts, sayOf } from '../base/message.js'

export const contractTexts = defineTexts({
  rows: {
    'record.number': { zh: '证书编号在出具机构内的唯一性', en: 'Uniqueness of the certificate number within its issuer' },
  },
  codes: {
    'receipt.invalid': { zh: '回执不可信（{reason}）', en: 'The receipt cannot be trusted ({reason})' },
    'client.problem': { zh: '节点答复 {status} {problemCode}：{text}', en: 'The node answered {status} {problemCode}: {text}' },
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
    'request.audience': {
      zh: '请求写给 {aud}，本节点为 {expected}',
      en: 'The request is addressed to {aud}; this node is {expected}',
      advice: { zh: '命令行请给 --node-id {expected}', en: 'On the command line give --node-id {expected}' },
    },
    'request.lifetime': {
      zh: '请求有效时间 {seconds} 秒，应为 1 至 {most} 秒',
      en: 'The request lives {seconds} s; from 1 to {most} s are accepted',
    },
    'request.clock': {
      zh: '请求时间 {iat} 与服务器时间 {serverTime} 相差 {offset} 秒',
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
    'request.clock-back': {
      zh: '服务器时钟曾经超前，现已回拨到 {serverTime}：这一时段的请求记录已清除，无法排除重放，暂不受理',
      en: 'The clock of the server was ahead and went back to {serverTime}: requests of this time were forgotten, so that a replay cannot be ruled out; it is not taken for now',
      advice: {
        zh: '请稍后用新的令牌重试（时钟追上后即可）；运行方请核对服务器的时间同步（NTP）',
        en: 'Try again later with a new token, once the clock has caught up; operators: check how the server keeps its time (NTP)',
      },
    },
    'request.replay-full': { zh: '服务器防重放容量已满，请稍后再试', en: 'The replay store of the server is full; try again later' },
    'request.not-permitted': { zh: '{caller} 不得提交 {iss} 的记录', en: '{caller} may not submit records of {iss}' },
    'request.reading': {
      zh: '{caller} 不得如此读取其他机构的记录',
      en: '{caller} may not read records of others in this way',
      advice: {
        zh: '机构可读本机构的记录，并可按完整的证书编号、出厂编号或号牌查询（GET /v1/records、/v1/standings）；需读两地全部记录的，由节点运维登记为读者',
        en: 'An institute reads its own records, and finds others by exact certificate number, serial number or plate (GET /v1/records, /v1/standings); a caller that has to read all records of both provinces is admitted as a reader by the operator of the node',
      },
    },
    'request.read-only': {
      zh: '{caller} 的读者密钥只可读取',
      en: 'The reader key of {caller} is for reading only',
      advice: { zh: '提交须用已列入信任列表的机构密钥', en: 'Submit with a key of the institute that a trust list has' },
    },
    'request.list-expired': {
      zh: '{authority} 的信任列表已过期，所列机构暂不可读取',
      en: 'The trust list of {authority} has expired; bodies that it lists may not read for the time being',
      advice: { zh: '请该主管部门发布新版信任列表；提交不受影响', en: 'Ask the authority for a newer version; submitting goes on' },
    },
    'request.name': {
      zh: '地址中的名称与签名记录不符（签名记录为 {iss}/{jti}）',
      en: 'The name in the address is not that of the statement ({iss}/{jti})',
    },
    'request.target': {
      zh: '请求行的地址不合 HTTP 的格式',
      en: 'The target of the request is not one that HTTP knows',
      advice: {
        zh: '地址以“/”开头，只含 ASCII 字符；汉字先以 UTF-8 编码，再作百分号转码',
        en: 'It begins with a slash and has ASCII characters only: percent-encode all others as UTF-8',
      },
    },
    'request.precondition': {
      zh: '{condition} 所列的版本不是现行版本',
      en: '{condition} does not name the version that is there',
      advice: { zh: '请重新取得现行版本及其 ETag', en: 'Read what is there, and its ETag, again' },
    },
    'query.invalid': { zh: '参数“{name}”不合要求：{reason}', en: 'The parameter “{name}” is not as required: {reason}' },
    'query.unknown': { zh: '不认识的参数“{name}”（可用：{known}）', en: 'Unknown parameter “{name}” (known: {known})' },
    'query.twice': { zh: '参数“{name}”重复', en: 'The parameter “{name}” is given twice' },
    'body.too-large': { zh: '正文超过 {most} 字节', en: 'The body exceeds {most} bytes' },
    'body.encoding': {
      zh: '不接受压缩的正文（{encoding}）',
      en: 'A coded body is not accepted ({encoding})',
      advice: { zh: '签名针对原文，请勿压缩', en: 'What is signed is the plain body; do not compress it' },
    },
    'body.media-type': { zh: '正文类型为 {found}，应为 {expected}', en: 'The body is of type {found}; {expected} is expected' },
    'body.statement': {
      zh: '正文应为一份签名记录（紧凑 JWS）：{reason}',
      en: 'The body must be one statement (a compact JWS): {reason}',
      advice: {
        zh: '同一内容的多个签名可逐行同送判定；不同内容请分别发送，成批提交用 POST /v1/records',
        en: 'To be judged, several signatures over one content may go together, one a line; send other contents apart, or submit many by POST /v1/records',
      },
    },
    'not-found': { zh: '没有 {what}', en: 'There is no {what}' },
    'method-not-allowed': { zh: '{what} 不支持此方法', en: '{what} does not support this method' },
    'record.conflict': {
      zh: '编号 {jti} 已用于另一份内容不同的记录',
      en: 'The name {jti} was used for another record with other content',
      advice: {
        zh: '新的内容请用新的 jti，并以 supersedes 指明所替代的签名记录',
        en: 'Give new content a new jti, and name what it replaces in supersedes',
      },
    },
    'record.refused': {
      zh: '不是可信机构签名的可读记录，未接收',
      en: 'Not a readable record signed by a trusted body; it was not kept',
      advice: { zh: '各项理由见 checks，签名的退回回执见 receipt', en: 'The reasons are in checks, the signed rejection in receipt' },
    },
    'request.rate': {
      zh: '请求过于频繁，请 {seconds} 秒后再试',
      en: 'Too many requests; try again in {seconds} s',
      advice: { zh: '大量记录请用成批提交（POST /v1/records）', en: 'For many records use the bulk call (POST /v1/records)' },
    },
    'request.busy': {
      zh: '节点正忙，排队或占用的请求过多',
      en: 'The node is busy: too many requests wait or are held',
      advice: {
        zh: '请按 Retry-After 稍后再试，减少同时发出的请求，并及时读完应答',
        en: 'Try again after Retry-After, with fewer requests at once, and read the answers to their end',
      },
    },
    'bulk.lines': {
      zh: '成批提交有 {lines} 行，应为 1 至 {most} 行',
      en: 'The bulk request has {lines} lines; 1 to {most} are taken',
      advice: { zh: '请分批提交，重发无妨', en: 'Send it in parts; sending a line again does no harm' },
    },
    'notice.refused': { zh: '状态公告不可采信：{reason}', en: 'The notice cannot be taken: {reason}' },
    'joint.refused': { zh: '协同记录不可采信：{reason}', en: 'The joint statement cannot be accepted: {reason}' },
    'status-list.refused': { zh: '状态表不可采信：{reason}', en: 'The status list cannot be taken: {reason}' },
    'status-list.older': {
      zh: '已有同样新或更新的状态表（{uri}）',
      en: 'There is a status list as new as this, or newer ({uri})',
      advice: { zh: '新表的签名时间（iat）须晚于现行表', en: 'A new list must be signed later (iat) than the current one' },
    },
    'request.quota': {
      zh: '{iss} 今日所交已达上限（{most} {what}）',
      en: '{iss} has submitted as much as it may today ({most} {what})',
      advice: {
        zh: '请按 Retry-After 于次日再交；确需更多，请主管部门在节点配置 limits 中调高',
        en: 'Submit the rest tomorrow, after Retry-After; where more is needed, the authority raises it in limits of the node’s configuration',
      },
    },
    'status-list.address': {
      zh: '状态表自称地址 {sub}，应为 {uri}',
      en: 'The status list calls itself {sub}; here it must be {uri}',
    },
    'node.internal': { zh: '服务器内部错误，请凭请求编号联系运维', en: 'Internal error; quote the request id to the operator' },
    'store.unavailable': {
      zh: '本节点暂时不能存取数据，没有收存任何内容',
      en: 'The node cannot reach its data at the moment; nothing was taken in',
      advice: { zh: '请按 Retry-After 稍后原样重发', en: 'Send the same again after Retry-After' },
    },
    'log.no-checkpoint': { zh: '本节点的日志没有签过检查点', en: 'The log of this node has signed no checkpoint' },
    'log.behind-head': {
      zh: '本节点的日志 {origin} 有 {size} 条，而第二存放处的日志头已到 {seen} 条，或两者内容不一致：数据库丢失了已对外承诺的记录，已停止接收和签名',
      en: 'The log {origin} of this node has {size} entries, and its head in the second place has {seen} or another root: the database has lost what others were told; nothing is taken in or signed',
      advice: {
        zh: '多半是恢复了旧备份，或缺数据的备库被提升为主库。请恢复更新的备份，或换回数据更全的库，再重新启动；无法恢复时，以新的日志名称和密钥重新开始。请勿删除日志头来绕过',
        en: 'Most likely an old backup was restored, or a standby that lacked entries was promoted. Restore a newer backup, or go back to the server that has more, and start again; where there is none, begin a new log with a name and key of its own. Do not delete the head to get past this',
      },
    },
    'log.head-lost': {
      zh: '日志 {origin} 的日志头第二存放处读不到、写不进，或其内容不属于本日志：暂不接收',
      en: 'The head of the log {origin} cannot be read from or written to its second place, or what is there is of another log: nothing is taken in for now',
      advice: {
        zh: '请检查 node.json 中 head 所指的磁盘或 etcd；日志头确已丢失的，重新启动节点，待见证方确认日志完整后自动重写',
        en: 'Check the disk or etcd that head in node.json names; where the head is gone, restart the node: once a witness has confirmed that the log is whole, it is written again',
      },
    },
    'log.unconfirmed': {
      zh: '尚无人确认日志 {origin} 完整（见证方未答复，第二存放处没有日志头）：暂不接收',
      en: 'Nobody has confirmed yet that the log {origin} is whole (no witness has answered, and the second place has no head): nothing is taken in for now',
      advice: {
        zh: '请稍后重试；运行方请检查对方节点（peers）能否连通，或在 node.json 中以 head 指定另一块磁盘上的文件',
        en: 'Try again later; operators: see that a peer can be reached, or name a file on another disk as head in node.json',
      },
    },
    'log.halted': {
      zh: '本节点的日志 {origin}（{size} 条）并非见证方 {witness} 已见到的 {seen} 条的延续：已停止接收',
      en: 'The log {origin} of this node, of {size} entries, does not continue the {seen} that the witness {witness} has seen: nothing is taken in',
      advice: {
        zh: '可能恢复了旧备份。请恢复更新的备份；无法恢复时，以新的日志名称和密钥重新开始',
        en: 'Most likely an old backup was restored. Restore a newer one; where there is none, begin a new log with a name and key of its own',
      },
    },
    'log.closed': {
      zh: '日志 {origin} 已关闭，不再接收；后继日志为 {successor}，请提交到 {url}',
      en: 'The log {origin} is closed and takes nothing in; {successor} follows it: submit to {url}',
      advice: {
        zh: '先核对主管部门的信任列表列有该后继日志，再改用新地址；已有回执的记录不必重交',
        en: 'See that the trust list of the authority has that log, then use the new address; what has a receipt need not be submitted again',
      },
    },
    'witness.closed': {
      zh: '日志 {origin} 已在 {seen} 条处关闭，不予会签 {size} 条的检查点',
      en: 'The log {origin} was closed at {seen} entries: its checkpoint of {size} entries is not cosigned',
    },
    'witness.own-log': {
      zh: '日志 {origin} 是本机关自己的：任何机关都不见证自己的日志',
      en: 'The log {origin} is this authority’s own: nobody is a witness of its own log',
      advice: { zh: '请由对方主管部门的节点见证', en: 'Have the node of another authority witness it' },
    },
    'witness.no-key': {
      zh: '本节点没有信任列表为日志 {origin} 所列的见证私钥，暂不能会签',
      en: 'This node does not have the witness key that the trust list names with the log {origin}, and cannot cosign for now',
      advice: {
        zh: '请该节点的运行方在 node.json 配置 log.witness',
        en: 'The operator of that node should configure log.witness in node.json',
      },
    },
    'witness.proof': {
      zh: '日志 {origin} 至 {size} 条的一致性证明不成立',
      en: 'The consistency proof of the log {origin} up to {size} does not hold',
    },
    'record.number-taken': {
      zh: '证书编号 {number} 已有另一份证书（{earlier}），器具或内容不同',
      en: 'The certificate number {number} is on another certificate already ({earlier}), of another instrument or content',
      advice: {
        zh: '若是修改后重新签发，请以 supersedes 或 amendment 指明所代替的证书；若是误用编号，请换编号重新签发',
        en: 'If it replaces that certificate, name it in supersedes or amendment; if the number is a slip, sign under another one',
      },
    },
  },
})

export const fault = faultOf(contractTexts)
export const coded = codeOf(contractTexts)
export const say = sayOf(contractTexts)
