/** Texts about origin: keys, signatures, issuers, trust lists. */

export const authenticityRowTexts = {
  'key.known': { zh: '签名密钥在信任列表中的登记', en: 'Listing of the signing key in a trust list' },
  signature: { zh: '签名的有效性', en: 'Validity of the signature' },
  'trust-list.current': { zh: '信任列表的时效', en: 'Currency of the trust list' },
  'issuer.key': { zh: '密钥归属（签名机构）', en: 'Owner of the key: the body that signed' },
  'key.use': { zh: '密钥用途（签署记录）', en: 'Use of the key: signing records' },
  'key.interval': { zh: '签名时密钥的有效期与撤销状态', en: 'Validity and revocation of the key when it signed' },
  'statement.issued-at': { zh: '签名时间与判定时间的先后', en: 'Order of the time of signing and the moment asked about' },
  'issuer.named': { zh: '签名机构与出具机构的一致性', en: 'Agreement of the body that signed with the body that issued' },
  'statement.after-fact': { zh: '签名时间与检定（校准）日期的先后', en: 'Order of the day of the work and the time of signing' },
  'issuer.scope': { zh: '出具机构的授权范围和期限', en: 'Scope and term of the issuer’s authorisation' },
  status: { zh: '撤销、暂停、替代状态', en: 'Revocation, suspension, supersession' },
} as const

const currentStatus = { zh: '请取得最新的状态表', en: 'Get the newest status list' }
const newerVersion = { zh: '请升级本软件后重新判定', en: 'Update this software and judge again' }
const currentList = { zh: '请更新信任列表后重新判定', en: 'Update the trust list and judge again' }

export const authenticityMessages = {
  'key.unknown': {
    zh: '信任列表中没有密钥 {kid}',
    en: 'No trust list has the key {kid}',
    advice: { zh: '请出具机构核对所用密钥是否已在主管部门登记', en: 'Ask the issuer whether this key is registered with its authority' },
  },
  'key.unknown-list-expired': {
    zh: '信任列表已过期，其中没有密钥 {kid}，无法判定',
    en: 'The trust list has expired and lacks the key {kid}: undecidable',
    advice: currentList,
  },
  'key.invalid': {
    zh: '密钥不合格：成员、曲线、长度有误，或点不在曲线上',
    en: 'The key is unacceptable: wrong members, curve or length, or a point off the curve',
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
  'key.revoked-unproven': {
    zh: '密钥已于 {at} 撤销（{reason}）；签名时间 {iat} 由签名人自行写入，{seen}，无法判定',
    en: 'The key was revoked at {at} ({reason}); the signing time {iat} is what the signer wrote, and {seen}: undecidable',
    advice: {
      zh: '请提供撤销之前的回执，或带会签检查点的日志包含证明（tongheng verify --log）；没有的，请出具机构用现行密钥重新签名',
      en: 'Give a receipt from before the revocation, or an inclusion proof with a cosigned checkpoint (tongheng verify --log); where there is none, have the issuer sign again with its present key',
    },
  },
  'signature.invalid': {
    zh: '签名无效：内容被改动过，或不是该密钥所签',
    en: 'The signature is invalid: the content was changed, or another key signed',
    advice: { zh: '请向出具机构索取原件，此件不得采信', en: 'Obtain the original from the issuer; do not use this copy' },
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
  'issuer.unknown': { zh: '信任列表中没有机构 {iss}', en: 'No trust list has the body {iss}' },
  'issuer.key-mismatch': {
    zh: '该密钥属于{owner}，不属于所称的签名机构{issName}（{iss}）',
    en: 'The key belongs to {owner}, not to the claimed issuer {issName} ({iss})',
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
  'iat.in-future': {
    zh: '签名时间 {iat} 晚于判定时间 {at}',
    en: 'Signed at {iat}, later than the moment asked about, {at}',
    advice: { zh: '请核对双方时钟', en: 'Check both clocks' },
  },
  'iat.before-fact': {
    zh: '签名时间 {iat} 早于检定（校准）日期 {factDate}',
    en: 'Signed at {iat}, before the day of the work, {factDate}',
  },
  'status.not-supplied': {
    zh: '未取得状态表 {uri}，不知记录是否已被撤销',
    en: 'The status list {uri} was not supplied; whether the record was revoked is unknown',
    advice: currentStatus,
  },
  'status.list-later': {
    zh: '所给的状态表 {uri} 都签于 {at} 之后，不知当时的状态',
    en: 'Every status list {uri} supplied was signed after {at}; the status at that moment is unknown',
    advice: { zh: '请提供当时有效的状态表', en: 'Supply the list that was current at that moment' },
  },
  'status.list-expired': {
    zh: '状态表 {uri} 已于 {exp} 失效，不知此后的状态',
    en: 'The status list {uri} ended at {exp}; the status since then is unknown',
    advice: currentStatus,
  },
  'status.update-due': {
    zh: '状态表 {uri} 签于 {iat}，应于 {due} 更新',
    en: 'The status list {uri} was signed at {iat} and was due for update at {due}',
    advice: currentStatus,
  },
  'status.index': {
    zh: '状态表 {uri} 共 {size} 项，没有第 {idx} 项',
    en: 'The status list {uri} has {size} entries and none with the index {idx}',
    advice: { zh: '请出具机构核对状态表', en: 'Ask the issuer to check its status list' },
  },
  'status.value': {
    zh: '状态表 {uri} 第 {idx} 项的值 {value} 没有约定的含义',
    en: 'The value {value} at index {idx} of the status list {uri} has no agreed meaning',
  },
  'status.list-newer-members': {
    zh: '状态表 {uri} 中有本版本不认识的内容（{count} 处：{members}），不能断定记录的状态',
    en: 'The status list {uri} holds {count} parts that this version does not know ({members}): the status is undecided',
    advice: newerVersion,
  },
  'status.notice-newer-members': {
    zh: '{by} 就该记录发布的公告（{notice}，自 {from} 起）中有本版本不认识的内容（{count} 处：{members}），不能断定其效力',
    en: 'A notice by {by} on this statement ({notice}, from {from}) holds {count} parts that this version does not know ({members}): its effect is undecided',
    advice: {
      zh: '查明之前请勿采信；请升级本软件后重新判定，或向公告机构核实',
      en: 'Do not rely on the statement meanwhile; update this software and judge again, or ask who gave notice',
    },
  },
  'status.notice-unproven': {
    zh: '{by} 就该记录发布的公告（{notice}，自 {from} 起）由已撤销的密钥签名，未提供撤销前已存在的证据，不能断定其真伪',
    en: 'A notice by {by} on this statement ({notice}, from {from}) is signed with a key that was revoked, and nothing proves that it existed before: undecided',
    advice: {
      zh: '查明之前请勿采信；请公告机构用现行密钥重新公告，或提供撤销之前的回执',
      en: 'Do not rely on the statement meanwhile; have the notice given again with the present key, or obtain its receipt from before the revocation',
    },
  },
  'status.revoked': {
    zh: '该记录已撤销，{since}；原因：{reason}',
    en: 'The statement is revoked {since}; reason: {reason}',
    advice: { zh: '不得采信；请向出具机构核实', en: 'Do not rely on it; ask the issuer' },
  },
  'status.suspended': {
    zh: '该记录已暂停使用，{since}；原因：{reason}',
    en: 'The statement is suspended {since}; reason: {reason}',
    advice: { zh: '暂停期间不得采信；恢复后请重新判定', en: 'Do not rely on it meanwhile; judge it again once reinstated' },
  },
  'status.superseded': {
    zh: '该记录已被替代，{since}；原因：{reason}；替代记录的标识：{replacedBy}',
    en: 'The statement is superseded {since}; reason: {reason}; id of the new one: {replacedBy}',
    advice: { zh: '请使用替代它的记录', en: 'Use the one that replaces it' },
  },
  'status.since': { zh: '自 {from} 起（{decided} 公告）', en: 'from {from} (notice of {decided})' },
  'status.since-retroactive': { zh: '追溯至 {from}（{decided} 公告）', en: 'retroactively from {from} (notice of {decided})' },
  'status.no-later-than': { zh: '不晚于 {moment}（状态表所载）', en: 'no later than {moment} (by the status list)' },
  'status.replaced': { zh: '出具机构已以新件代替', en: 'replaced by a newer record of its issuer' },
  'status.no-reason': { zh: '未见公告说明', en: 'no notice says' },
  'status.signer': { zh: '签名不可采信（{reason}）', en: 'The signature cannot be relied on ({reason})' },
  'status-list.shape': { zh: '状态表结构有误：{path}', en: 'The status list has a fault of shape at {path}' },
  'crypto.unavailable': {
    zh: '此环境没有 WebCrypto，不能生成密钥',
    en: 'This environment has no WebCrypto, and cannot make keys',
    advice: {
      zh: '网页请通过 HTTPS 或 localhost 打开（安全上下文）；判定不受影响',
      en: 'Open the page over HTTPS or from localhost (a secure context); judging works without',
    },
  },
  'verify.options': {
    zh: '{call} 的参数 {member} 有误：{problem}',
    en: 'The argument {member} of {call} is wrong: {problem}',
  },
  'status-list.compression': { zh: '状态表不是完整的 zlib 数据', en: 'The status list is not a whole zlib stream' },
  'status-list.too-large': { zh: '状态表展开后超过 {most} 字节', en: 'The status list inflates to more than {most} bytes' },
  'status-index.counter': {
    zh: '所存的不是状态表 {uri} 的序号计数',
    en: 'What is stored is no counter of indices of the status list {uri}',
    advice: { zh: '请从备份恢复；另起计数会把序号发给两份记录', en: 'Restore it; a new counter would give indices out twice' },
  },
  'status-index.full': {
    zh: '状态表 {uri} 的 {size} 项已用完',
    en: 'The {size} entries of the status list {uri} are used up',
    advice: { zh: '请用另一地址建新表，并为它另起序号计数', en: 'Create a new list under another address, with a counter of its own' },
  },
  'status-index.busy': {
    zh: '状态表 {uri} 的序号试取 {tries} 次均被他人抢先',
    en: 'Others were quicker in {tries} tries to get an index of the status list {uri}',
    advice: { zh: '请稍后再试，并核对 swap 的比较', en: 'Try again, and check how swap compares' },
  },
  'status-list.index': {
    zh: '第 {index} 项（值 {value}）不在状态表的 {size} 项之内',
    en: 'Index {index} (value {value}) is outside the {size} entries of the list',
  },
  'notice.shape': { zh: '状态公告结构有误：{path}', en: 'The notice has a fault of shape at {path}' },

  'trust-list.update-soon': {
    zh: '{authority} 的信任列表第 {version} 版应在 {nextUpdate} 前更新，{exp} 失效',
    en: 'The trust list of {authority}, version {version}, is to be updated by {nextUpdate}; it ends {exp}',
    advice: { zh: '主管部门请发布下一版；使用者请取得下一版', en: 'The authority should publish the next version; everyone else fetch it' },
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
  'key.unknown-list-newer': {
    zh: '信任列表中没有密钥 {kid}；列表中有本版本不认识的内容，不能断定',
    en: 'No trust list that is understood has the key {kid}; a later one holds parts that this version does not know: undecidable',
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
  'trust-list.witness-key': {
    zh: '日志 {origin} 的见证公钥同时是某日志的公钥：两者须为不同密钥（C2SP）',
    en: 'The witness key with the log {origin} is also the key of a log: the two must differ (C2SP)',
    advice: { zh: '请用 tongheng keygen --alg Ed25519 另生成一个', en: 'Make another with tongheng keygen --alg Ed25519' },
  },
  'trust-list.entity-twice': { zh: '机构 {uscc} 被重复列入', en: 'The body {uscc} is listed twice' },
} as const
