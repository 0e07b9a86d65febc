/** Messages of trust lists, and of the permissions of keys and issuers. */
import { faultOf } from '../base/error.js'
import { codeOf, defineTexts } from '../base/message.js'

export const newerVersion = { zh: '请升级本软件后重新判定', en: 'Update this software and judge again' }
export const currentList = { zh: '请更新信任列表后重新判定', en: 'Update the trust list and judge again' }

export const trustTexts = defineTexts({
  rows: {
    'trust-list.current': { zh: '信任列表的时效', en: 'Currency of the trust list' },
    'issuer.key': { zh: '密钥归属（签名机构）', en: 'Owner of the key: the body that signed' },
    'key.use': { zh: '密钥用途（签署记录）', en: 'Use of the key: signing records' },
    'key.interval': { zh: '签名时密钥的有效期与撤销状态', en: 'Validity and revocation of the key when it signed' },
    'issuer.scope': { zh: '出具机构的授权范围和期限', en: 'Scope and term of the issuer’s authorisation' },
  },
  codes: {
    'key.unknown': {
      zh: '信任列表中没有密钥 {kid}',
      en: 'No trust list has the key {kid}',
      advice: { zh: '请出具机构核对所用密钥是否已在主管部门登记', en: 'Ask the issuer whether this key is registered with its authority' },
    },
    'key.revoked-unproven': {
      zh: '密钥已于 {at} 撤销（{reason}）；签名时间 {iat} 由签名人自行写入，{seen}，无法判定',
      en: 'The key was revoked at {at} ({reason}); the signing time {iat} is what the signer wrote, and {seen}: undecidable',
      advice: {
        zh: '请提供撤销之前的回执，或带会签检查点的日志包含证明（tongheng verify --log）；没有的，请出具机构用现行密钥重新签名',
        en: 'Give a receipt from before the revocation, or an inclusion proof with a cosigned checkpoint (tongheng verify --log); where there is none, have the issuer sign again with its present key',
      },
    },
    'key.use-not-allowed': { zh: '该密钥不得签署 {typ}（只可签 {allowed}）', en: 'The key may not sign {typ} (only {allowed})' },
    'key.not-yet-valid': {
      zh: '签名时间 {iat} 早于密钥启用时间 {notBefore}',
      en: 'Signed at {iat}, before the key became valid at {notBefore}',
    },
    'key.expired': { zh: '签名时间 {iat} 晚于密钥停用时间 {notAfter}', en: 'Signed at {iat}, after the key ended at {notAfter}' },
    'key.revoked': {
      zh: '密钥已于 {at} 撤销（{reason}），此后的签名无效',
      en: 'The key was revoked at {at} ({reason}); later signatures are void',
    },
    'key.revoked-retroactively': {
      zh: '密钥已撤销并追溯（{reason}），其全部签名无效',
      en: 'The key was revoked retroactively ({reason}); all its signatures are void',
    },
    'issuer.unknown': { zh: '信任列表中没有机构 {iss}', en: 'No trust list has the body {iss}' },
    'issuer.key-mismatch': {
      zh: '该密钥属于{owner}，不属于所称的签名机构{issName}（{iss}）',
      en: 'The key belongs to {owner}, not to the claimed issuer {issName} ({iss})',
    },
    'issuer.scope-kind': { zh: '{issuer}未获授权出具此种记录（{kind}）', en: '{issuer} is not authorised to issue records of kind {kind}' },
    'issuer.scope-category': { zh: '{issuer}的授权范围不含{category}', en: 'The scope of {issuer} does not cover: {category}' },
    'issuer.authorisation-ended': {
      zh: '{issuer}的授权“{number}”已于 {to} 到期，检定（校准）日期为 {factDate}、签名日期为 {signedOn}',
      en: 'The authorisation of {issuer} ({number}) ended on {to}; the work is dated {factDate}, the signature {signedOn}',
      advice: { zh: '请出具机构提供续期的授权证书', en: 'Ask the issuer for its renewed authorisation' },
    },
    'issuer.authorisation-not-begun': {
      zh: '{issuer}的授权“{number}”自 {from} 起生效，检定（校准）日期为 {factDate}',
      en: 'The authorisation of {issuer} ({number}) begins on {from}; the work is dated {factDate}',
    },
    'trust-list.update-due': {
      zh: '{authority} 的信任列表（第 {version} 版）应于 {nextUpdate} 更新',
      en: 'The trust list of {authority} (version {version}) was due for update at {nextUpdate}',
      advice: currentList,
    },
    'trust-list.expired': {
      zh: '{authority} 的信任列表（第 {version} 版）已于 {exp} 失效，无法判定',
      en: 'The trust list of {authority} (version {version}) expired at {exp}: undecidable',
      advice: currentList,
    },
    'trust-list.newer-members': {
      zh: '{authority} 的信任列表第 {version} 版中有本版本不认识的内容（{count} 处：{members}），签名有效，但无法判定',
      en: 'The trust list of {authority}, version {version}, is genuine and holds {count} parts that this version does not know ({members}): undecidable',
      advice: newerVersion,
    },
    'trust-list.empty': { zh: '信任列表没有签名，或签名过多', en: 'The trust list has no signature, or too many' },
    'trust-list.payload-differs': {
      zh: '同一信任列表的各签名所签内容不同',
      en: 'The signatures of the trust list are over different payloads',
    },
    'trust-list.no-anchor': {
      zh: '没有 {authority} 的根密钥，不信任其列表',
      en: 'No root key of {authority} is pinned; its list is not trusted',
    },
    'trust-list.threshold': {
      zh: '{authority} 的信任列表只有 {signed} 个有效签名，需要 {threshold} 个',
      en: 'The trust list of {authority} has {signed} valid signatures; {threshold} are needed',
    },
    'trust-list.shape': { zh: '信任列表结构有误：{path}', en: 'The trust list has a fault of shape at {path}' },
    'trust-list.region': {
      zh: '{authority} 的信任列表越权列入 {region} 的机构',
      en: 'The trust list of {authority} lists a body of {region}, for which it does not speak',
    },
    'trust-list.times': {
      zh: '{authority} 的信任列表各时间先后有误（iat ≤ nextUpdate ≤ exp）',
      en: 'The times of the trust list of {authority} are out of order (iat ≤ nextUpdate ≤ exp)',
    },
    'trust-list.rollback': {
      zh: '{authority} 的信任列表是第 {version} 版，此前已见过第 {seen} 版，不接受旧版',
      en: 'The trust list of {authority} is version {version}, and version {seen} has been seen before: older ones are not taken',
      advice: currentList,
    },
    'trust-list.gap': {
      zh: '{authority} 的信任列表第 {version} 版之后是第 {next} 版，中间有缺',
      en: 'The trust lists of {authority} go from version {version} to {next}; one is missing',
      advice: { zh: '请取得每一版，逐版核验', en: 'Get every version; each proves the next' },
    },
    'trust-list.fork': {
      zh: '{authority} 的信任列表第 {version} 版有两份：{one} 与 {other}',
      en: 'There are two trust lists of {authority} with version {version}: {one} and {other}',
      advice: { zh: '请勿使用任何一份，保存两份作为证据，并联系该机关', en: 'Use neither, keep both as evidence, and ask the authority' },
    },
    'trust-list.removed': {
      zh: '{authority} 的信任列表第 {version} 版删去了前一版的 {path}；机构、密钥、授权、撤销和日志只增不删',
      en: 'Version {version} of the trust list of {authority} takes away {path} of the one before; bodies, keys, authorisations, revocations and logs are never removed',
    },
    'trust-list.log-twice': {
      zh: '日志 {origin} 被列入两次，密钥不同',
      en: 'The log {origin} is listed twice, with different keys',
    },
    'trust-list.keys-elsewhere': {
      zh: '{authority} 的信任列表为 {name}（{uscc}）列入 {keys} 个该机构所属机关 {owner} 未列的密钥，不予采用',
      en: 'The trust list of {authority} has {keys} keys for {name} ({uscc}) that {owner}, to which the body belongs, does not list; they are not taken',
      advice: {
        zh: '机构的密钥以其登记地主管部门的列表为准（全国性和境外机构以先列入者为准）；请双方机关核对',
        en: 'Keys of a body come from the authority of the province where it is registered (of a national or foreign body, the first to list it); the two authorities should compare their lists',
      },
    },
    'trust-list.log-elsewhere': {
      zh: '{authority} 的信任列表列入日志 {origin}，而该名称先由 {owner} 列入，不予采用',
      en: 'The trust list of {authority} has the log {origin}, a name that {owner} listed first; it is not taken',
      advice: { zh: '请为日志另取名称，并查明何以重名', en: 'Give the log another name, and find out how the two came to share one' },
    },
    'trust-list.witness-is-log': {
      zh: '{authority} 的信任列表未为日志 {origin} 单列见证公钥（或所列见证公钥即某日志的公钥）：其节点以日志公钥会签其他日志，日志私钥一旦失窃，见证同时失效',
      en: 'The trust list of {authority} gives no witness key of its own with the log {origin}, or the key of a log: its node cosigns other logs by the key of the log, and a thief of that key has both',
      advice: {
        zh: '该机关请另生成 Ed25519 密钥，用 tongheng trust add-witness 列入并发布，私钥写入 node.json 的 log.witness',
        en: 'That authority should make another Ed25519 key, list it with tongheng trust add-witness, publish, and name the private key as log.witness in node.json',
      },
    },
    'trust-list.entity-twice': { zh: '机构 {uscc} 被重复列入', en: 'The body {uscc} is listed twice' },
  },
})

export const fault = faultOf(trustTexts)
export const coded = codeOf(trustTexts)
