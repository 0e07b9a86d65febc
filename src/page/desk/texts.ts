/** Texts of the desk: signing in, search, and the console. They load with it, not with the page. */
import type { Text } from '../../base/message.js'
import type { Language } from '../../report/index.js'

const say = (zh: string, en: string): Text => ({ zh, en })

export const DESK_TEXTS = {
  desk: say('登录查询', 'Sign in and search'),
  backToJudging: say('返回核验', 'Back to verifying'),
  search: say('查询', 'Search'),
  console: say('运行预警', 'Console'),
  busy: say('正在查询……', 'Asking the node …'),
  again: say('重试', 'Try again'),

  noKey: say('本浏览器还没有登录密钥', 'This browser has no key to sign in with'),
  noKeyHint: say(
    '不用密码。浏览器生成一个不可导出的私钥，由节点运行方核对指纹后准入，期限至多 90 天。此密钥只能读取，不能签发或提交记录。',
    'There is no password. The browser makes a private key that cannot be exported; the operator of the node compares its thumbprint and admits it for at most 90 days. The key can only read: it signs and submits no record.',
  ),
  keyLost: say(
    '密钥只在本浏览器中。清除浏览器数据，或久不使用时，浏览器可能将其删除；删除后须重新生成、重新准入。',
    'The key is in this browser only. The browser may delete it with its data, or after days unused; a new one has to be made and admitted then.',
  ),
  makeKey: say('生成密钥', 'Make a key'),
  unablePlain: say(
    '本页经未加密的 http 打开，浏览器不提供不可导出的密钥，不能登录。请用 https 地址打开；核验仍可使用。',
    'This page came over plain http, where the browser makes no key that cannot be exported: signing in is not possible. Open it under its https address; verifying works as it is.',
  ),
  unableStore: say(
    '本浏览器不允许本页存储（隐私窗口或内置浏览器），密钥无处保存，不能登录。请用普通窗口或系统浏览器打开。',
    'This browser lets the page store nothing (a private window, or a web view), so there is no place for a key. Open the page in an ordinary window.',
  ),
  unableAddress: say(
    '本节点的地址是 {url}，请从该地址打开本页后登录：请求的签名针对该地址。',
    'The address of this node is {url}. Open the page there to sign in: requests are signed for that address.',
  ),
  unknownTitle: say('等待准入', 'Waiting to be admitted'),
  unknownHint: say(
    '本节点尚未登记此密钥。请把下面的公钥发给节点运行方，并以另一途径（如电话）告知指纹，由其核对后准入。',
    'The node does not have this key in its register. Send the public key to the operator of the node, and tell the thumbprint by another way, such as the telephone, to be compared.',
  ),
  thumbprint: say('指纹', 'Thumbprint'),
  publicKey: say('公钥', 'Public key'),
  saveKey: say('另存公钥文件', 'Save the public key'),
  copy: say('复制', 'Copy'),
  copied: say('已复制', 'Copied'),
  operatorDoes: say('运行方在节点上执行（二选一）：', 'The operator runs one of these on the node:'),
  forInspector: say('监管人员，读两地：', 'For an inspector, who reads both provinces:'),
  forClerk: say('机构人员，读本机构：', 'For a clerk, who reads what the body may:'),
  checkAgain: say('已准入，进入', 'It was admitted: enter'),
  expiredTitle: say('登记已到期', 'The entry has expired'),
  expiredHint: say('已于 {day} 到期。请运行方再次准入同一公钥：', 'It expired on {day}. Have the operator admit the same key again:'),
  revokedTitle: say('登记已被撤销', 'The entry was revoked'),
  revokedHint: say(
    '节点运行方已撤销此密钥，不能再读取。确需使用的，请与运行方联系；密钥可能已泄露的，请先退出，再生成新的。',
    'The operator of the node revoked this key; it reads nothing any more. Ask the operator; where the key may be in other hands, sign out and make a new one.',
  ),
  settlingHint: say('已登记，节点数秒内生效。', 'Admitted; the node follows within seconds.'),
  away: say('节点没有答复，暂时不能查询；核验仍可使用。', 'The node does not answer: no search for now. Verifying works as it is.'),
  signOut: say('退出登录', 'Sign out'),
  signOutSure: say(
    '将删除密钥，再次登录须重新生成并准入。',
    'This deletes the key; to sign in again a new one has to be made and admitted.',
  ),
  signOutYes: say('删除密钥并退出', 'Delete the key'),
  signOutNo: say('不退出', 'Stay'),

  signedIn: say('{name} · {role} · {day} 到期', '{name} · {role} · until {day}'),
  ofBody: say('代表 {body}', 'for {body}'),
  inspector: say('监管读者', 'inspector'),
  clerk: say('机构读者', 'clerk'),
  authority: say('主管部门', 'authority'),
  institute: say('机构', 'institute'),
  reads_all: say('可读两地全部记录。', 'May read all records of both provinces.'),
  reads_named: say(
    '可读本机构的记录，并可按完整的号牌、出厂编号或证书编号查其他机构的。',
    'May read records of its own body, and find those of others by the whole plate, serial or certificate number.',
  ),
  reads_own: say('只可读本机构的记录。', 'May read records of its own body only.'),
  reads_none: say('不可查询记录。', 'May search no records.'),
  endsSoon: say('登记将于 {day} 到期，请提前请运行方再次准入。', 'The entry ends on {day}; have the operator admit the key again in time.'),

  by_plate: say('号牌', 'Plate'),
  by_serial: say('出厂编号', 'Serial number'),
  by_certificateNo: say('证书编号', 'Certificate number'),
  find: say('查询', 'Find'),
  needTrust: say(
    '查询结果由本浏览器自己判定，须先固定主管部门的根公钥：请返回核验，放入信任文件。',
    'This browser judges what it finds by itself, and needs root keys for that: go back and give it a trust file.',
  ),
  foundNone: say(
    '本节点没有答复任何记录。节点可能尚未收到，或查询的写法与记录不同；不能据此认定未经检定。',
    'The node answered with no record. It may not have received one, or the record may spell it otherwise; this does not say that it was never verified.',
  ),
  found: say('{count} 份记录，均由本浏览器判定', 'Records found: {count}, each judged by this browser'),
  foundCut: say(
    '节点还有更多记录，这里只取了 {count} 份；现状据此不能认定。',
    'The node has more: {count} were fetched, and no standing can be taken from them alone.',
  ),
  linkRefused: say(
    '按你的身份，节点未给出与其相关联的部分记录（{reason}）。',
    'For your role the node did not give some of the records linked with these ({reason}).',
  ),
  standing: say('现状', 'Standing'),
  standingOf: say('{region}：', '{region}: '),
  unread: say('未能读取', 'could not be read'),
  certificate: say('查看证书', 'Show the certificate'),
  certificateHide: say('收起证书', 'Hide the certificate'),
  certificateSave: say('另存证书（HTML，可打印）', 'Save the certificate (HTML, to print)'),
  certificateForged: say('签名未通过核验，不显示证书。', 'The signature does not hold, so no certificate is shown.'),
  place: say('日志中的位置', 'Place in the log'),
  placeProved: say(
    '第 {index} 条（日志共 {size} 条），包含证明已在本浏览器核验。',
    'Entry {index} of {size}; its inclusion was proved in this browser.',
  ),
  placeCosigned: say('{name} 于 {day} 会签', 'cosigned by {name} on {day}'),
  placeNotCosigned: say(
    '该检查点尚无见证方会签，只有节点自己的签名。',
    'No witness has cosigned this checkpoint; only the node itself has signed it.',
  ),
  placeFalse: say('包含证明不成立：{reason}', 'The inclusion proof does not hold: {reason}'),
  receipt: say('回执：{decision}，{day}，签名有效', 'Receipt: {decision}, {day}; its signature holds'),
  accepted: say('已接收', 'accepted'),
  rejected: say('已退回', 'rejected'),
  pending: say('待处理', 'pending'),
  nodeStatus: say('节点所称的现时状态：{status}', 'Status that the node states: {status}'),
  backToFound: say('返回查询结果', 'Back to what was found'),
  colList: say('查到的记录', 'Records found'),
  colNumber: say('编号', 'Number'),
  colIssuer: say('出具机构', 'Issuer'),
  colInstrument: say('器具', 'Instrument'),
  colDates: say('日期', 'Dates'),

  refresh: say('刷新', 'Refresh'),
  nodeState: say('节点', 'Node'),
  nodeOk: say('就绪', 'Ready'),
  nodeNot: say('未就绪', 'Not ready'),
  halted: say(
    '已停止收存：日志与见证方所见不符，请立即联系运行方',
    'Halted: its log does not continue what a witness saw. Call the operator at once',
  ),
  unconfirmed: say('日志尚未得到确认，暂不收存', 'Its log is not confirmed yet; it takes nothing in'),
  alarm: say('警报 {code}：{count} 次', 'Alarm {code}: {count}'),
  storeFault: say('存储故障 {code}：{count} 次', 'Fault of the store, {code}: {count}'),
  logSize: say('日志 {size} 条', 'Entries in the log: {size}'),
  peerLag: say('{origin}：对方 {size} 条，尚有 {lag} 条未取得', '{origin}: {size} entries there, {lag} not fetched yet'),
  peerLevel: say('{origin}：对方 {size} 条，均已取得', '{origin}: {size} entries there, all fetched'),
  peerNone: say('尚未见到对方节点的日志', 'No log of another node has been seen'),
  cosignedAgo: say('{name} {age}会签，当时 {size} 条', '{name} cosigned {age}, at {size} entries'),
  cosignedNone: say('尚无见证方会签', 'No witness has cosigned yet'),
  cosignedFalse: say('会签检查点未通过核验：{reason}', 'The cosigned checkpoint does not verify: {reason}'),
  expiring: say('将到期的密钥与文件', 'Keys and documents that run out'),
  expiringNone: say('90 天内没有到期的密钥和文件。', 'No key and no document runs out within 90 days.'),
  expiringMore: say('另有 {count} 项', '{count} more'),
  keyOf: say('{name} 的密钥 {kid}', 'Key {kid} of {name}'),
  readerKey: say('本浏览器的登录密钥', 'Key of this browser'),
  scan: say('待处理、超期与重复', 'Pending, overdue and duplicates'),
  scanHint: say(
    '节点不保存这些统计。按下后由本浏览器读取日志最新的 {most} 条中你可读的记录，逐一判定后统计。',
    'The node keeps no such figures. On demand this browser reads those of the newest {most} entries that you may read, judges each, and counts.',
  ),
  scanStart: say('统计', 'Count'),
  scanned: say('已读 {count} 份……', '{count} read …'),
  scanWhole: say('依据全部 {count} 份你可读的记录。', 'Records counted: {count}, all that you may read.'),
  scanPart: say(
    '仅依据日志第 {from} 条以后的 {count} 份记录；更早检定的器具不在其中。',
    'Records counted: {count}, from entry {from} of the log on; instruments verified earlier are not among them.',
  ),
  scanPending: say('待处理 {count} 份', 'Records pending: {count}'),
  scanFalse: say('{count} 份未通过真实性核验，未计入', 'Records not genuine and not counted: {count}'),
  scanOverdue: say('超期器具 {count} 台（件）', 'Instruments overdue: {count}'),
  scanTwice: say('两地均有检定的器具 {count} 台（件）', 'Instruments verified on both sides: {count}'),
  noDivision: say('未载明区县', 'county not stated'),
  category: say('类别', 'Category'),
  county: say('区县', 'County'),
  count: say('数量', 'Count'),
} as const satisfies Readonly<Record<string, Text>>

export type DeskTextKey = keyof typeof DESK_TEXTS

export function sayIn(language: Language, key: DeskTextKey, params: Readonly<Record<string, string | number>> = {}): string {
  return DESK_TEXTS[key][language].replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
}
