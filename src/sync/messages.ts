/** Messages of following a peer's log, and of the audit. */
import { faultOf } from '../base/error.js'
import { codeOf, defineTexts } from '../base/message.js'

export const syncTexts = defineTexts({
  codes: {
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
    'sync.reopened': {
      zh: '日志 {origin} 已在 {seen} 条处关闭，后继为 {successor}；新的检查点（{size} 条）却与之不符',
      en: 'The log {origin} was closed at {seen} entries and named {successor} as its successor; its checkpoint of {size} entries says otherwise',
      advice: {
        zh: '两个检查点都由该日志签名，是其违约的证据，请与对方主管部门联系',
        en: 'That log signed both checkpoints, which prove it: speak to its authority',
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
    'audit.file-missing': {
      zh: '缺少文件 {path}',
      en: 'The file {path} is missing',
      advice: {
        zh: '可由数据库（tongheng log publish）或另一份副本补回',
        en: 'Restore it from the database (tongheng log publish) or from another copy',
      },
    },
    'audit.file-changed': {
      zh: '文件 {path} 与已签检查点不符（{reason}）',
      en: 'The file {path} is not what the signed checkpoint has ({reason})',
      advice: {
        zh: '文件损坏或被改动：由另一份副本换回；公布后的文件不应改变',
        en: 'It was damaged or changed: replace it by another copy; a published file never changes',
      },
    },
    'audit.file-unproved': {
      zh: '文件 {path} 及其下各文件互有缺损，无法证明',
      en: 'The file {path} and those below it cannot be proved: more than one of them is missing or wrong',
    },
    'audit.file-extra': { zh: '文件 {path} 不属于本日志', en: 'The file {path} is none of this log' },
    'audit.file-beyond': {
      zh: '文件 {path} 超出检查点，尚无签名可以证明（公布途中停止所致）',
      en: 'The file {path} is beyond the checkpoint: no signature proves it yet (publishing was interrupted)',
    },
    'audit.count': {
      zh: '{what} 应为 {expected}，实为 {found}',
      en: '{what} must be {expected}, and is {found}',
      advice: { zh: '有行被增删，或计数被改动', en: 'Rows were added or removed, or a counter was changed' },
    },
    'audit.serials': {
      zh: '第 {position} 条是批量证书，其中 {count} 台的出厂编号不在查询表中（如 {serials}）',
      en: 'Entry {position} is a batch certificate; the serial numbers of {count} of its lines are not stored ({serials})',
      advice: {
        zh: '按这些编号查不到器具，撤销和不合格也看不到：数据库被改动，勿以此恢复',
        en: 'Nobody finds these instruments, nor that one failed or was revoked: the database was changed, do not restore from it',
      },
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
    'audit.readers': {
      zh: '{authority} 的读者登记簿不可信：{reason}',
      en: 'The register of readers of {authority} cannot be trusted: {reason}',
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
  },
})

export const fault = faultOf(syncTexts)
export const coded = codeOf(syncTexts)
