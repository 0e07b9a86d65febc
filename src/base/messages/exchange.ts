/** Texts of exchange: requests, problems, stores, clients. */

import { clientMessages } from './client.js'
import { nodeMessages } from './node.js'
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
      en: 'An institute reads its own records, and finds others by exact certificate number, serial number or plate (GET /v1/records, /v1/standings); whoever has to read all of both provinces is admitted as a reader by the operator of the node',
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
  'reader.invalid': { zh: '读者登记不可信（{reason}）', en: 'The entry of the register of readers cannot be trusted ({reason})' },
  'reader.listed': {
    zh: '公钥 {kid} 已在信任列表中，不能登记为读者',
    en: 'The key {kid} is in a trust list and cannot be a reader’s',
    advice: { zh: '请读者另行生成密钥', en: 'Have the reader make a key of its own' },
  },
  'reader.body': {
    zh: '{body} 不可作为读者的机构：监管读者须属本节点的主管部门，机构读者须属已列入信任列表的机构',
    en: '{body} cannot be the body of the reader: an inspector is of the authority of this node, a clerk of a listed body',
  },
  'reader.many': { zh: '读者登记已满（{most}）', en: 'The register of readers is full ({most})' },
  'reader.unknown': {
    zh: '没有密钥为 {kid} 的读者',
    en: 'There is no reader with the key {kid}',
    advice: { zh: 'tongheng node readers 列出全部', en: 'tongheng node readers lists them' },
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
  'status-list.refused': { zh: '状态表不可采信：{reason}', en: 'The status list cannot be taken: {reason}' },
  'status-list.older': {
    zh: '已有同样新或更新的状态表（{uri}）',
    en: 'There is a status list as new as this, or newer ({uri})',
    advice: { zh: '新表的签名时间（iat）须晚于现行表', en: 'A new list must be signed later (iat) than the current one' },
  },
  'status-list.quota': {
    zh: '{iss} 的状态表已达上限（{addresses} 个地址，每日 {lists} 份、{megabytes} MB）',
    en: '{iss} has as many status lists as it may: at {addresses} addresses, {lists} and {megabytes} MB a day',
    advice: {
      zh: '请在已有地址上发布更新的状态表（一份可容 1600 万项），隔些时间再发布',
      en: 'Publish a newer list at an address that exists (one has room for 16 million entries), at longer intervals',
    },
  },
  'request.quota': {
    zh: '{iss} 今日所交已达上限（{most} {what}）',
    en: '{iss} has submitted as much as it may today ({most} {what})',
    advice: {
      zh: '请按 Retry-After 于次日再交；确需更多，请主管部门在节点配置 limits 中调高',
      en: 'Submit the rest tomorrow, after Retry-After; where more is needed, the authority raises it in limits of the node’s configuration',
    },
  },
  'status-list.not-of-issuer': {
    zh: '{iss} 签发的状态表自称地址 {uri}，而该地址属于 {owner}，不予采用',
    en: 'A status list of {iss} calls itself {uri}, which is the address of {owner}; it is not taken',
    advice: {
      zh: '状态表只能由记录的出具机构签发；请将此表存为证据，并与其签发者联系',
      en: 'Only the issuer of the records signs their status list; keep this one as evidence, and contact its signer',
    },
  },
  'status-list.address': {
    zh: '状态表自称地址 {sub}，应为 {uri}',
    en: 'The status list calls itself {sub}; here it must be {uri}',
  },
  ...nodeMessages,
  'node.internal': { zh: '服务器内部错误，请凭请求编号联系运维', en: 'Internal error; quote the request id to the operator' },
  ...clientMessages,
  'store.unavailable': {
    zh: '本节点暂时不能存取数据，没有收存任何内容',
    en: 'The node cannot reach its data at the moment; nothing was taken in',
    advice: { zh: '请按 Retry-After 稍后原样重发', en: 'Send the same again after Retry-After' },
  },
  'store.full': {
    zh: '数据库所在的磁盘已满（{cause}）',
    en: 'The disk is full ({cause})',
    advice: { zh: '请腾出空间，无须重启', en: 'Free some space; the node need not be restarted' },
  },
  'store.read-only': {
    zh: '数据库只读（{cause}）',
    en: 'The database is read-only ({cause})',
    advice: {
      zh: '请检查文件和目录的权限、磁盘是否以只读挂载、连接的是否备库',
      en: 'Look at the rights of file and folder, at the mount, and whether this is a standby server',
    },
  },
  'store.io': {
    zh: '磁盘读写出错（{cause}）',
    en: 'The disk fails to read or write ({cause})',
    advice: { zh: '请检查磁盘；排除故障后重启节点', en: 'Examine the disk; restart the node when it is sound' },
  },
  'store.away': {
    zh: '连不上数据库（{cause}）',
    en: 'The database cannot be reached ({cause})',
    advice: { zh: '请检查数据库服务器及其网络', en: 'Look at the database server and the network to it' },
  },
  'store.busy': {
    zh: '数据库一直被占用（{cause}）',
    en: 'The database is locked by others ({cause})',
    advice: { zh: '请检查是否有其他进程长时间占用', en: 'Look for another process that holds it' },
  },
  'store.driver': {
    zh: '没有可用的 SQLite：请用 Node 22.5 以上，或安装 libsql',
    en: 'No SQLite is available: use Node 22.5 or later, or install libsql',
  },
  'store.thread': {
    zh: '找不到 SQLite 线程的程序文件：程序打包成一个文件的，请在 thread 中给出其地址，或不用线程',
    en: 'The program of the SQLite thread is not found: in a program bundled into one file, give its address as thread, or do without',
  },
  'store.pg': {
    zh: '没有可用的 PostgreSQL 驱动：请安装 pg，或交给一个连接池',
    en: 'No PostgreSQL driver is available: install pg, or give a pool',
  },
  'store.schema': {
    zh: '模式名 {schema} 不可用：须为小写字母、数字和下划线，以字母或下划线开头，至多 63 个字符',
    en: 'The schema {schema} cannot be used: lower-case letters, digits and underscores, beginning with a letter or underscore, at most 63',
  },
  'store.durability': {
    zh: '数据库参数 {name} 为 {value}：断电时会丢失已出具回执的记录，须为 on',
    en: 'The database has {name} = {value}: a power cut would lose what was acknowledged; it must be on',
  },
  'store.text': {
    zh: '数据库不能原样保存文本（{sent} 取回为 {got}）：须用 UTF-8 编码、空串不作 NULL 的数据库',
    en: 'The database does not keep text as it is ({sent} came back as {got}): it must be encoded in UTF-8, and not take an empty text for NULL',
  },
  'store.altered': {
    zh: '数据库的结构与本软件所建的不符：{objects}',
    en: 'The schema of the database is not the one that this software makes: {objects}',
    advice: {
      zh: '同名对象已被改动、缺失（标“-”），或系他人所加（触发器、视图、规则、索引等）：查明来源，去除后再启动，或恢复经复核的备份；自用的视图和索引请建在另一模式或副本中',
      en: 'Objects of these names were changed, are missing (marked -), or were added (triggers, views, rules, indexes): find out by whom, remove them and start again, or restore a proved backup; build views and indexes of your own in another schema or on a copy',
    },
  },
  'store.newer': {
    zh: '数据库版本 {found} 比本软件（{known}）新',
    en: 'The database has version {found}, newer than this software ({known})',
  },
} as const

/** Why a parameter is not as required, where its schema does not say. */
export const queryReasons = {
  encoding: {
    zh: '百分号转码不完整，或不是 UTF-8（GBK 等编码须先转为 UTF-8）',
    en: 'its percent-encoding is cut short, or is not UTF-8 (convert GBK and the like to UTF-8 first)',
  },
  instant: {
    zh: '须为带时区的时刻，如 2025-06-16T09:00:00%2B08:00（查询串中“+”表示空格，须写作 %2B）',
    en: 'a moment with an offset is expected, such as 2025-06-16T09:00:00%2B08:00 (in a query a plus means a blank: write %2B)',
  },
  instrument: { zh: 'serial 与 plate 至少给出一个', en: 'give serial or plate, or both' },
  placeholder: { zh: '“无”“/”“000000”等不是出厂编号，不能用来查找器具', en: 'a placeholder such as “/” or “000000” names no instrument' },
  tile: { zh: '不是瓦片的序号（C2SP tlog-tiles）', en: 'it is no index of a tile (C2SP tlog-tiles)' },
} as const
