/** Texts of the page itself; modules that are loaded later have their own. Texts of verdicts, checks and errors are those of the rooms below. */
import type { Text } from '../base/message.js'
import type { Language } from '../report/index.js'

export const say = (zh: string, en: string): Text => ({ zh, en })

export const TEXTS = {
  title: say('同衡', 'tongheng'),
  subtitle: say('签名记录核验', 'Verify signed records'),
  otherLanguage: say('English', '中文'),
  ofNode: say('本页由 {name} 的节点提供', 'Served by the node of {name}'),
  alone: say('离线核验页', 'Offline page'),
  signIn: say('登录查询', 'Sign in'),
  whoCan: say('谁能做', 'Who can do it'),
  skip: say('跳到核验结果', 'Skip to the result'),

  take: say('核验', 'Verify'),
  takeHint: say(
    '把签名记录、证书 PDF、标签照片、证据包、压缩包（.zip）或整个文件夹拖到页面上，或者：',
    'Drop signed records, certificates in PDF, pictures of labels, an evidence bundle, a .zip or a whole folder on the page, or:',
  ),
  scan: say('扫标签', 'Scan a label'),
  chooseFiles: say('选择文件', 'Choose files'),
  chooseFolder: say('选择文件夹', 'Choose a folder'),
  paste: say('粘贴', 'Paste'),
  pasteLabel: say('签名记录，或扫标签得到的网址，每行一份', 'Signed records, or the text of a label’s code, one a line'),
  judge: say('判定', 'Judge'),
  region: say('在哪一方使用', 'Where it is to be used'),
  regionMissing: say(
    '请先选择在哪一方使用：同一份记录在两地的判定依据不同。',
    'First choose where it is to be used: the grounds differ between the two.',
  ),
  moment: say('判定时间', 'As of'),
  now: say('现在', 'now'),
  backToNow: say('改为现在', 'Back to now'),
  otherMoment: say('指定时间', 'Another time'),
  momentLabel: say('判定时间（北京时间）', 'Moment asked about (Beijing time)'),
  notNow: say('按 {at} 的情形判定，不是现在。', 'Judged as of {at}, not now.'),
  working: say('正在判定……', 'Judging …'),
  workingOn: say('正在判定，已完成 {count} 份……', 'Judging: {count} done …'),
  drop: say('松开即判定', 'Release to judge'),

  result: say('核验结果', 'Result'),
  why: say('为什么', 'Why'),
  basis: say('依据', 'Basis'),
  place: say('位置', 'At'),
  advice: say('建议', 'What to do'),
  code: say('代码', 'Code'),
  effect: say('效力', 'Effect'),
  allChecks: say('全部检查项（{count}）', 'All checks ({count})'),
  raw: say('原始数据（JSON）', 'Raw data (JSON)'),
  save: say('另存判定', 'Save the verdict'),
  back: say('返回列表', 'Back to the list'),
  notGenuine: say('签名未通过核验，不显示记录内容。', 'The signature does not hold, so nothing of the record is shown.'),
  compareByEye: say('请与实物核对', 'Compare with the instrument'),
  basedOn: say('本次判定所依据的文件', 'Documents this was judged by'),

  labelJudged: say('标签核验', 'Label'),
  constant: say('特征系数 K', 'Constant K'),
  verifiedOn: say('检定日期', 'Verified on'),
  plate: say('号牌', 'Plate'),
  serial: say('出厂编号', 'Serial number'),
  asset: say('设备编号', 'Asset number'),
  seals: say('封印号', 'Seals'),
  number: say('编号', 'Number'),
  kind: say('记录种类', 'Kind of record'),
  instrument: say('器具', 'Instrument'),
  model: say('型号规格', 'Model'),
  issuer: say('出具机构', 'Issuer'),
  publisher: say('发布机关', 'Publisher'),
  authority: say('出具机关', 'Issuer'),
  validUntil: say('有效期至', 'Valid until'),
  statementId: say('签名记录标识', 'Statement id'),

  of: say('{what}：{value}', '{what}: {value}'),
  between: say('、', ', '),
  pass: say('通过', 'pass'),
  fail: say('未通过', 'fail'),
  warn: say('提示', 'warning'),
  skipped: say('不适用', 'n/a'),
  blocked: say('未检查', 'not run'),
  shape: say('格式', 'Form'),
  authenticity: say('真实性', 'Authenticity'),
  conformance: say('符合性', 'Conformance'),
  recognition: say('互认', 'Recognition'),

  documents: say('判定所用的文件', 'What this page judges by'),
  documentsHint: say(
    '存于本浏览器。清除浏览器数据，或久不使用时，浏览器可能将其删除，防止旧版回退的记忆也随之失去。',
    'Kept in this browser. The browser may delete it with its data, or after days unused; the memory that refuses older versions goes with it.',
  ),
  memoryOnly: say(
    '本浏览器不允许存储：关闭页面后须重新放入信任文件。',
    'This browser stores nothing here: the trust file has to be given again after the page is closed.',
  ),
  noTrust: say('还不能判定：尚未固定主管部门的根公钥。', 'Nothing can be judged yet: no authority’s root keys are pinned.'),
  noTrustHint: say(
    '请把主管部门发布的信任文件（JSON）拖到页面上，核对指纹后固定，一次即可。',
    'Drop the trust file (JSON) that your authority published on the page and pin it after comparing the thumbprints; once is enough.',
  ),
  chooseTrust: say('选择信任文件', 'Choose a trust file'),
  pinTitle: say('核对根公钥指纹', 'Compare the thumbprints of the root keys'),
  pinHint: say(
    '请与主管部门另行公布的指纹逐字核对。以后的一切判定都以此为准。',
    'Compare them, character by character, with those the authority published elsewhere. Every verdict rests on them from now on.',
  ),
  pinThreshold: say('其中 {threshold} 个签名即为有效', '{threshold} of them must sign'),
  pin: say('一致，固定', 'They agree: pin'),
  discard: say('放弃', 'Discard'),
  pinDiffers: say(
    '{authority} 的根公钥与已固定的不同，未采用。确已更换的，请先“清除已存文件”，再固定新的。',
    'The root keys of {authority} differ from those that are pinned and were not taken. Where they really changed, first “Forget everything”, then pin the new ones.',
  ),
  pinByText: say('固定根公钥', 'Pin the root keys'),
  pinByTextHint: say(
    '本节点称自己属于 {name}。请输入该主管部门公布的根公钥指纹，本页据此核对节点给出的信任列表。',
    'This node says that it belongs to {name}. Enter a thumbprint of a root key as that authority published it; the page checks the node’s trust list by it.',
  ),
  pinText: say('根公钥指纹（43 个字符；有几个填几个，以空格分开）', 'Thumbprints of root keys (43 characters each, separated by blanks)'),
  trustList: say('信任列表', 'Trust list'),
  agreement: say('互认协议', 'Agreement'),
  statusList: say('状态表', 'Status list'),
  notices: say('状态公告 {count} 份', '{count} notices of status'),
  catalogue: say('器具与规程目录', 'Catalogue'),
  specifications: say('技术规范 {count} 份', '{count} specifications'),
  version: say('第 {version} 版', 'version {version}'),
  signedAgo: say('{age}签发', 'signed {age}'),
  lasts: say('{time}后失效', 'expires in {time}'),
  ended: say('已于 {day} 失效', 'expired on {day}'),
  updateDue: say('应已有新版，请联网更新', 'a newer version is due; update it'),
  justNow: say('刚刚', 'just now'),
  minutesAgo: say('{n} 分钟前', '{n} min ago'),
  hoursAgo: say('{n} 小时前', '{n} h ago'),
  daysAgo: say('{n} 天前', '{n} days ago'),
  minutes: say('{n} 分钟', '{n} min'),
  hours: say('{n} 小时', '{n} h'),
  days: say('{n} 天', '{n} days'),
  update: say('从本节点更新', 'Update from this node'),
  updated: say('{age}更新', 'updated {age}'),
  updating: say('正在更新……', 'Updating …'),
  forget: say('清除已存文件', 'Forget everything'),
  forgetSure: say(
    '确定清除？根公钥须重新核对固定，防止旧版回退的记忆也会失去。',
    'Really? The root keys will have to be pinned again, and the memory that refuses older versions is lost.',
  ),
  forgetYes: say('清除', 'Forget'),
  forgetNo: say('不清除', 'Keep'),
  refused: say('以下未采用：', 'Not taken:'),
  kept: say('已存的文件未变。', 'What is stored stands unchanged.'),

  missing: say('离线使用前请注意', 'Before you go offline'),
  missingAgreement: say('没有互认协议：对方出具的记录将无法判定。', 'No agreement: records from the other side cannot be decided.'),
  missingStatus: say(
    '没有状态表：带状态索引的记录无法判定是否已撤销。',
    'No status list: of a record with a status index it cannot be said whether it is revoked.',
  ),
  missingPeer: say(
    '没有 {region} 的信任列表：该地机构的签名无法核验。',
    'No trust list of {region}: signatures of its bodies cannot be verified.',
  ),
  offlineReady: say('已可离线使用', 'Ready for use offline'),
  offlineNo: say('不能离线重新打开本页：{reason}', 'This page cannot be opened again offline: {reason}'),
  offlinePlain: say('浏览器只在 https 或本机地址下允许', 'browsers allow that under https or on this machine only'),
  offlineUnsupported: say('浏览器不支持', 'the browser has no support'),
  offlineNow: say('当前没有网络，按已存的文件判定', 'No network: judging by what is stored'),
  plainHttp: say(
    '本页经未加密的 http 打开：浏览器不提供密码功能、离线和摄像头。判定照常（用本页自带的算法），登录查询不可用。',
    'This page came over plain http: the browser withholds cryptography, offline use and the camera. Judging works, by the page’s own arithmetic; signing in does not.',
  ),

  pdfPages: say(
    '判定只针对 PDF 内的签名记录，页面未在此比对；比对请用 tongheng verify --font。',
    'Judged is the signed record inside the PDF; its pages were not compared here. To compare them use tongheng verify --font.',
  ),
  pdfSavedAgain: say(
    '判定只针对 PDF 内的签名记录；该文件写成之后经其他软件另存或改动，请勿采信其页面。',
    'Judged is the signed record inside the PDF; another program has saved or changed this file since, so do not rely on its pages.',
  ),
  bundleSame: say('重新计算的判定与证据包所载一致。', 'The verdict computed here is the same as the one in the bundle.'),
  bundleDiffers: say(
    '重新计算的判定与证据包所载不同，以下为重新计算的判定。',
    'The verdict computed here differs from the one in the bundle; shown is the one computed here.',
  ),
  bundleMoment: say('证据包的判定时间是 {at}，不是现在。', 'The bundle was judged as of {at}, not now.'),
  bundleRegion: say('证据包按在{region}使用判定。', 'The bundle was judged for use in {region}.'),

  codeUnread: say('标签损坏，读不出', 'Damaged: it cannot be read'),
  fault: say('未能处理', 'Could not be processed'),
  defect: say('本页出错：{what}', 'This page failed: {what}'),
} as const satisfies Readonly<Record<string, Text>>

export type TextKey = keyof typeof TEXTS

/** Formats the texts of a table with their parameters in one language. */
export const sayerOf =
  <Key extends string>(texts: Readonly<Record<Key, Text>>) =>
  (language: Language, key: Key, params: Readonly<Record<string, string | number>> = {}): string =>
    texts[key][language].replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))

export const textIn = sayerOf<TextKey>(TEXTS)
