/** Texts of a node: its keys and the head of its log, its readers, its store. */
import { faultOf } from '../base/error.js'
import { codeOf, defineTexts } from '../base/message.js'

export const nodeTexts = defineTexts({
  codes: {
    'specification.declared-elsewhere': {
      zh: '{region} 的主管部门发布了 {number}（{statementId}），但该编号不由其发布，其所称日期对本省不作数',
      en: 'The authority of {region} published {number} ({statementId}), which is not its own to declare; its dates do not count here',
      advice: {
        zh: '国家和部门规程、规范以目录为准，地方规程、规范以发布省（市）为准；请向该主管部门核实',
        en: 'The catalogue says what holds of national and ministry editions, its own province of a local one; ask that authority',
      },
    },
    'log.successor-unlisted': {
      zh: '{authority} 的信任列表没有日志 {origin}，不能作为后继日志',
      en: 'The trust list of {authority} does not have the log {origin}: it cannot follow a log that is closed',
      advice: {
        zh: '请该主管部门先发布列有该日志及其公钥的新版信任列表（旧日志仍须保留）',
        en: 'Have that authority publish a newer trust list first, with this log and its key, and with the closed log still in it',
      },
    },
    'publish.contradicted': {
      zh: '所公布目录中日志 {origin} 的检查点有 {published} 条，本节点的日志（{size} 条）并非其延续：未作任何写入',
      en: 'The published folder has a checkpoint of the log {origin} with {published} entries, which the log of this node, of {size}, does not continue: nothing was written',
      advice: {
        zh: '目录属于另一日志，或数据库恢复到了旧备份：请用 tongheng log audit 分别复核；读者已见过的检查点不得收回',
        en: 'The folder is of another log, or the database was restored from an old backup: prove both with tongheng log audit. What readers have seen cannot be taken back',
      },
    },
    'publish.tile': {
      zh: '日志 {origin} 的散列块（第 {level} 层第 {index} 块）与数据库所存的散列或已签检查点不符：未公布新的检查点',
      en: 'Tile {index} of level {level} of the log {origin} is not what the database or the signed checkpoint has: no newer checkpoint was published',
      advice: { zh: '请用 tongheng log audit 复核数据库', en: 'Prove the database with tongheng log audit' },
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
    'reader.broken': {
      zh: '{authority} 的读者登记簿第 {version} 条缺失，或与前一条不相接，读者一律不予准入',
      en: 'Entry {version} of the register of readers of {authority} is missing or does not follow the one before it; no reader is accepted',
      advice: {
        zh: '数据库被改动过；请由备份恢复（tongheng restore），核对读者名单后以 tongheng node confirm-readers 确认',
        en: 'The database was altered; restore it from a backup (tongheng restore), compare the readers, then tongheng node confirm-readers',
      },
    },
    'reader.behind': {
      zh: '{authority} 的读者登记簿只到第 {version} 条，而第二存放处已见第 {seen} 条：最新的登记（可能是撤销）丢失，读者一律不予准入',
      en: 'The register of readers of {authority} ends at entry {version}, but entry {seen} was seen: the newest entries, perhaps revocations, are lost; no reader is accepted',
      advice: {
        zh: '若刚由备份恢复：核对 tongheng node confirm-readers 所列名单，补做缺失的撤销，并重启运行中的节点；否则数据库被改动过',
        en: 'After a restore from backup: compare the list of tongheng node confirm-readers and revoke again what is missing, and restart a running node; otherwise the database was altered',
      },
    },
    'reader.unconfirmed': {
      zh: '{authority} 的读者登记簿在第二存放处没有记载，确认之前读者一律不予准入',
      en: 'The second place has nothing of the register of readers of {authority}; no reader is accepted until it is confirmed',
      advice: {
        zh: '核对名单后运行 tongheng node confirm-readers（首次配置 head，或该文件丢失时）',
        en: 'Compare the readers and run tongheng node confirm-readers (after head was configured, or its file was lost)',
      },
    },
    'reader.head': {
      zh: '{authority} 的读者登记簿在第二存放处的记载读不出',
      en: 'What the second place has of the register of readers of {authority} cannot be read',
      advice: {
        zh: '核对名单后运行 tongheng node confirm-readers',
        en: 'Compare the readers and run tongheng node confirm-readers',
      },
    },
    'reader.busy': {
      zh: '{authority} 的读者登记簿正由其他进程写入',
      en: 'Other processes are writing the register of readers of {authority}',
      advice: { zh: '请重试', en: 'Try again' },
    },
    'status-list.quota': {
      zh: '{iss} 的状态表已达上限（{addresses} 个地址，每日 {lists} 份、{megabytes} MB）',
      en: '{iss} has as many status lists as it may: at {addresses} addresses, {lists} and {megabytes} MB a day',
      advice: {
        zh: '请在已有地址上发布更新的状态表（一份可容 1600 万项），隔些时间再发布',
        en: 'Publish a newer list at an address that exists (one has room for 16 million entries), at longer intervals',
      },
    },
    'status-list.room': {
      zh: '{iss} 的现行状态表（主管部门则为其所列机构的合计）在节点已占满 {megabytes} MB',
      en: 'The current status lists of {iss} (of an authority: of all bodies that it lists) take all of the {megabytes} MB that they may at a node',
      advice: {
        zh: '请不要为不多的记录签发接近上限的状态表；一百万项、一千项撤销约 20 kB',
        en: 'Do not issue lists near the limit for few records: one of a million entries with a thousand revocations has about 20 kB',
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
      advice: {
        zh: '请检查磁盘；排除故障后重启节点。数据库页面损坏的，由备份恢复（tongheng restore 先复核备份）',
        en: 'Examine the disk; restart the node when it is sound. Where pages of the database are damaged, restore a backup (tongheng restore proves it first)',
      },
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
    'node.region-differs': {
      zh: '节点的省（市）代码为 {region}，主管部门 {authority} 的信任列表为 {listed}：判定将以他省为采信方',
      en: 'The region of the node is {region}; the trust list of its authority {authority} is for {listed}: verdicts would be those of another province',
      advice: { zh: '请把 node.json 的 region 改为 {listed}', en: 'Set region to {listed} in node.json' },
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
    'record.name-twice': {
      zh: '{iss} 把编号 {jti} 用于两份内容不同的签名记录：{first}、{second}；两份都已保存为证据',
      en: '{iss} used the name {jti} for two statements of different content: {first} and {second}; both are stored as evidence',
      advice: {
        zh: '请向出具机构核实，由其撤销错误的一份；在此之前其中的合格结论不予采用',
        en: 'Ask the issuer, who is to revoke the wrong one; until then a pass among them does not count',
      },
    },
  },
})

export const fault = faultOf(nodeTexts)
export const coded = codeOf(nodeTexts)
