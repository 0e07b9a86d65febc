/** Texts of a node's log: its keys and head, its witnesses, following another node, and the audit. */

export const nodeMessages = {
  'log.no-checkpoint': { zh: '本节点的日志没有签过检查点', en: 'The log of this node has signed no checkpoint' },
  'log.no-key': {
    zh: '本节点未配置日志密钥：日志照常记录，但不签检查点，对方无法同步',
    en: 'This node has no key for its log: the log is kept, but no checkpoint signed, and no other node can follow it',
  },
  'node.key-not-listed': {
    zh: '主管部门 {authority} 的信任列表中没有可签回执的密钥 {kid}：这样的回执无人能核验',
    en: 'The trust list of {authority} does not have the key {kid} for receipts: nobody could verify one',
    advice: {
      zh: '请先用 tongheng trust add-key --typ metrology-receipt+jwt 登记并发布信任列表',
      en: 'List it first with tongheng trust add-key --typ metrology-receipt+jwt, and publish the trust list',
    },
  },
  'log.not-listed': {
    zh: '主管部门 {authority} 的信任列表中没有日志 {origin} 的此密钥（{kid}）',
    en: 'The trust list of {authority} does not have this key ({kid}) for the log {origin}',
    advice: {
      zh: '请先用 tongheng trust add-log 登记并发布信任列表',
      en: 'List it first with tongheng trust add-log, and publish the trust list',
    },
  },
  'log.no-second-place': {
    zh: '启动后无人确认日志 {origin} 完整：日志头没有第二存放处（head），也没有可等候其确认的对方节点（peers）；数据库丢失数据后会另签一部历史，而无人察觉',
    en: 'After a start nothing confirms that the log {origin} is whole: its head has no second place (head), and there is no peer to wait for (peers); after a loss of data the node would sign a second history, and nobody would notice',
    advice: {
      zh: '请在 node.json 以 head 指定另一块磁盘上的文件，或以 peers 写上见证其日志的对方节点',
      en: 'Name a file on another disk as head in node.json, or the node that witnesses the log as one of peers',
    },
  },
  'log.witness-is-log': {
    zh: '日志 {origin} 的见证私钥就是日志私钥（{kid}）：两者须为不同密钥（C2SP）',
    en: 'The witness key with the log {origin} is the key of the log itself ({kid}): the two must differ (C2SP)',
    advice: {
      zh: '请用 tongheng keygen --alg Ed25519 另生成一个，列入信任列表，并写入 node.json 的 log.witness',
      en: 'Make another with tongheng keygen --alg Ed25519, list it, and name it as log.witness in node.json',
    },
  },
  'log.witness-not-listed': {
    zh: '主管部门 {authority} 的信任列表为日志 {origin} 所列的见证公钥不是此密钥（{kid}）',
    en: 'The trust list of {authority} names another witness key with the log {origin} than this one ({kid})',
    advice: {
      zh: '请将 node.json 的 log.witness 改为所列公钥对应的私钥文件',
      en: 'Name the file of the listed key as log.witness in node.json',
    },
  },
  'log.no-witness-key': {
    zh: '信任列表为日志 {origin} 列了见证公钥，而本节点没有对应的私钥：不能见证其他日志',
    en: 'The trust list names a witness key with the log {origin} that this node does not have: it cannot cosign other logs',
    advice: {
      zh: '请在 node.json 的 log.witness 写明该私钥文件，然后重启节点',
      en: 'Name the file of that key as log.witness in node.json, and start the node again',
    },
  },
  'log.unknown': { zh: '信任列表中没有日志 {origin}', en: 'No trust list has the log {origin}' },
  'log.behind-head': {
    zh: '本节点的日志 {origin} 有 {size} 条，而第二存放处的日志头已到 {seen} 条，或两者内容不一致：数据库丢失了已对外承诺的记录，已停止接收和签名',
    en: 'The log {origin} of this node has {size} entries, and its head in the second place has {seen} or another root: the database has lost what others were told; nothing is taken in or signed',
    advice: {
      zh: '多半是恢复了旧备份。请恢复更新的备份后重新启动；无法恢复时，以新的日志名称和密钥重新开始。请勿删除日志头文件来绕过',
      en: 'Most likely an old backup was restored. Restore a newer one and start again; where there is none, begin a new log with a name and key of its own. Do not delete the head file to get past this',
    },
  },
  'log.head-lost': {
    zh: '日志 {origin} 的日志头第二存放处读不到、写不进，或其内容不属于本日志：暂不接收',
    en: 'The head of the log {origin} cannot be read from or written to its second place, or what is there is of another log: nothing is taken in for now',
    advice: {
      zh: '请检查 node.json 中 head 所指的磁盘；文件确已丢失的，重新启动节点，待见证方确认日志完整后自动重写',
      en: 'Check the disk that head in node.json names; where the file is gone, restart the node: once a witness has confirmed that the log is whole, it is written again',
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
  'sync.rollback': {
    zh: '日志 {origin} 给出 {size} 条的检查点，此前已见到 {seen} 条',
    en: 'The log {origin} gives a checkpoint of {size} entries; one of {seen} was seen before',
    advice: { zh: '可能是过期的缓存；若持续出现，请与对方联系', en: 'It may be a stale copy; if it stays so, speak to its operator' },
  },
  'sync.fork': {
    zh: '日志 {origin} 分叉：{size} 条的检查点不以已见过的 {seen} 条开头',
    en: 'The log {origin} has forked: its checkpoint of {size} entries does not begin with the {seen} seen before',
    advice: {
      zh: '证据已留存，可用 tongheng log forks 导出，任何人可用 tongheng log prove-fork 单独核验',
      en: 'The evidence is kept: export it with tongheng log forks; anyone can check it alone with tongheng log prove-fork',
    },
  },
  'sync.tile': {
    zh: '日志 {origin} 的散列块（第 {level} 层第 {index} 块）与其 {size} 条的检查点不符',
    en: 'The tile {index} of level {level} of the log {origin} does not fit its checkpoint of {size} entries',
  },
  'sync.page': {
    zh: '日志 {origin} 的第 {page} 页与其检查点不符（{reason}）',
    en: 'Page {page} of the log {origin} does not fit its checkpoint ({reason})',
  },
  'audit.gap': { zh: '日志在第 {position} 条处中断（实为 {found}）', en: 'The log breaks off at entry {position} (found {found})' },
  'audit.statement': {
    zh: '第 {position} 条的签名记录与其标识 {statementId} 不符',
    en: 'The statement of entry {position} does not have the id {statementId}',
  },
  'audit.tile': {
    zh: '散列块（第 {level} 层第 {index} 个）与签名记录不符',
    en: 'The hash {index} of tile level {level} is not that of the statements',
  },
  'audit.root': { zh: '{of} 所签 {size} 条的树根与日志不符', en: 'The root of {size} entries that {of} signed is not that of the log' },
  'audit.beyond': {
    zh: '{of} 已签到 {size} 条，日志只有 {found} 条',
    en: '{of} signed for {size} entries; the log has {found}',
    advice: { zh: '有条目遗失，或恢复了旧备份', en: 'Entries were lost, or an old backup was restored' },
  },
  'audit.checkpoint': { zh: '检查点不可信：{reason}', en: 'A checkpoint cannot be trusted: {reason}' },
  'audit.receipt': { zh: '第 {position} 条的回执不可信：{reason}', en: 'The receipt of entry {position} cannot be trusted: {reason}' },
  'audit.database': {
    zh: '数据库本身有误：{fault}',
    en: 'The database itself is at fault: {fault}',
    advice: { zh: '换用另一份备份；查明数据库被谁改动', en: 'Use another backup; find out who changed the database' },
  },
  'audit.unproved': { zh: '未能核对：{what}', en: 'Could not be compared: {what}' },
  'audit.count': {
    zh: '{what} 应为 {expected}，实为 {found}',
    en: '{what} must be {expected}, and is {found}',
    advice: { zh: '有行被增删，或计数被改动', en: 'Rows were added or removed, or a counter was changed' },
  },
  'audit.column': {
    zh: '第 {position} 条的 {column} 与签名记录或回执所载不符（存为 {found}，应为 {expected}）',
    en: '{column} of entry {position} is not what its statement or receipt says (stored {found}, expected {expected})',
    advice: {
      zh: '查询和状态依据这一列：数据库被改动，勿以此恢复',
      en: 'Searches and standings rest on this column: the database was changed; do not restore it',
    },
  },
  'audit.not-genuine': {
    zh: '第 {position} 条不是真实的签名记录：{reason}',
    en: 'Entry {position} is no genuine statement: {reason}',
  },
  'audit.decision': {
    zh: '第 {position} 条没有本节点的回执，所存结论 {found} 无从证明；按受理时刻现在判定为 {expected}（{reason}）',
    en: 'Entry {position} has no receipt of this node, so that its decision {found} is proved by nothing; judged now, as of its receipt, it is {expected} ({reason})',
  },
  'audit.document': {
    zh: '所存文件 {collection} {name} 第 {version} 版不可信：{reason}',
    en: 'The stored document {collection} {name}, version {version}, cannot be trusted: {reason}',
  },
  'audit.document-missing': {
    zh: '回执所依据的信任列表（{authority} 第 {version} 版）不在数据库中，库中最新为第 {found} 版',
    en: 'The trust list that a receipt relies on (version {version} of {authority}) is not in the database; the newest there is {found}',
    advice: {
      zh: '较新的版本被删去：撤销密钥的列表可能正在其中',
      en: 'Newer versions were removed; a revocation of a key may have been among them',
    },
  },
  'audit.peer': {
    zh: '所存对方日志 {origin} 的进度有误：{reason}',
    en: 'What is stored of the peer log {origin} is wrong: {reason}',
  },
  'record.name-twice': {
    zh: '{iss} 把编号 {jti} 用于两份内容不同的签名记录：{first}、{second}；两份都已保存为证据',
    en: '{iss} used the name {jti} for two statements of different content: {first} and {second}; both are stored as evidence',
    advice: {
      zh: '请向出具机构核实，由其撤销错误的一份；在此之前其中的合格结论不予采用',
      en: 'Ask the issuer, who is to revoke the wrong one; until then a pass among them does not count',
    },
  },
} as const
