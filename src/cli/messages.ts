/** Messages of the command line. */
import { faultOf } from '../base/error.js'
import { defineTexts, sayOf } from '../base/message.js'

export const cliTexts = defineTexts({
  codes: {
    /** Beginning of the advice for an unknown name. */
    'cli.nearest': { zh: '最接近的是“{near}”；', en: 'Nearest: “{near}”; ' },
    'cli.command-unknown': {
      zh: '没有命令“{name}”',
      en: 'There is no command “{name}”',
      advice: { zh: '{near}tongheng --help 列出全部命令', en: '{near}tongheng --help lists them all' },
    },
    'cli.option-unknown': {
      zh: '{command} 没有选项 {option}',
      en: '{command} has no option {option}',
      advice: {
        zh: '{near}tongheng {command} --help 列出全部选项',
        en: '{near}tongheng {command} --help lists them all',
      },
    },
    'cli.option-missing': {
      zh: '{command} 缺少选项 {option}',
      en: '{command} needs the option {option}',
      advice: { zh: '见 tongheng {command} --help', en: 'See tongheng {command} --help' },
    },
    'cli.files-many': {
      zh: '命令 {command} 至多接受 {most} 个文件，多出：{extra}',
      en: 'The command {command} takes at most {most} file(s); too many: {extra}',
    },
    'cli.files-in-run': {
      zh: '一次至多处理 {most} 个文件，到 {path} 已超出',
      en: 'At most {most} files are processed in one run; {path} exceeds this',
      advice: { zh: '请分批处理', en: 'Process them in parts' },
    },
    'cli.option-twice': {
      zh: '选项 {option} 给了两次，值不同：{first}、{second}',
      en: 'The option {option} is given twice, with different values: {first}, {second}',
      advice: { zh: '请只留一个', en: 'Keep one of them' },
    },
    'cli.uscc-expected': {
      zh: '统一社会信用代码（18 位，末位为校验码，GB 32100—2015）',
      en: 'a unified social credit code: 18 characters, the last of which is its check character (GB 32100—2015)',
    },
    'cli.option-value': { zh: '选项 {option} 的值应为：{expected}', en: 'The option {option} takes: {expected}' },
    'cli.no-match': {
      zh: '没有找到文件：{names}',
      en: 'No file found: {names}',
      advice: { zh: '请核对路径；允许没有文件时加 --allow-empty', en: 'Check the path; add --allow-empty where there may be none' },
    },
    'cli.action-unknown': {
      zh: '{command} 没有动作“{name}”',
      en: '{command} has no action “{name}”',
      advice: { zh: '{near}动作有：{known}', en: '{near}The actions are: {known}' },
    },
    'cli.standing-pass': { zh: '合格', en: 'passed' },
    'cli.standing-fail': { zh: '不合格', en: 'failed' },
    'cli.standing-until': { zh: '有效期至 {validUntil}', en: 'valid until {validUntil}' },
    'cli.standing-interval': { zh: '按检定周期推算至 {validUntil}', en: 'until {validUntil} by the interval' },
    'cli.no-labels': {
      zh: '所给文件中没有标签',
      en: 'The files hold no label',
      advice: {
        zh: '请给出标签的签名文件，或用 --key 为检定记录制作标签',
        en: 'Give files with signed labels, or make labels of records with --key',
      },
    },
    'cli.label-record': {
      zh: '{file}：是记录，不是标签，已略去（用 --key 制作其标签）',
      en: '{file}: a record, no label, and left out (--key makes its label)',
    },
    'cli.label-format': {
      zh: '标签不能写成 {file} 这种文件，请用 .pdf、.html 或 .svg',
      en: 'Labels cannot be written as a file like {file}: use .pdf, .html or .svg',
    },
    'cli.verify-total': { zh: '共判定 {count} 份，每秒 {rate} 份', en: '{count} judged, {rate} a second' },
    'cli.labels-written': { zh: '已写出 {count} 张标签：{file}', en: '{count} label(s) written: {file}' },
    'cli.label-bundle': {
      zh: '标签没有证据包，--bundle 只用于记录',
      en: 'A label has no evidence bundle; --bundle is for records',
    },
    'cli.sign-no-status': {
      zh: '未写状态引用：日后撤销、暂停只能另发状态公告，离线核验者可能看不到。请用 --status-file，或 --status-list 与 --status-index',
      en: 'No status reference: it can be revoked or suspended by notice only, which an offline verifier may not have. Use --status-file, or --status-list with --status-index',
    },
    'cli.standing-not-judged': { zh: '未能判定：{certificateNo}，{reason}', en: 'could not be judged: {certificateNo}: {reason}' },
    'cli.standing-out': { zh: '不采用：{reason}', en: 'not counted: {reason}' },
    'cli.standing-left-out': {
      zh: '有 {left} 份不是可读、可核实来源的检定记录，未计入',
      en: '{left} left out: no verification record that can be read and attributed',
    },
    'cli.confirm': { zh: '是否照此签署？(y/N)', en: 'Sign this? (y/N)' },
    'cli.confirm-needed': { zh: '没有人可以确认；脚本请加 --yes', en: 'Nobody is there to confirm; scripts give --yes' },
    'cli.not-confirmed': { zh: '未确认，什么都没有改', en: 'Not confirmed; nothing was changed' },
    'cli.pattern': { zh: '文件名模式“{pattern}”有误', en: 'The file name pattern “{pattern}” has no meaning' },
    'cli.code-unknown': {
      zh: '没有代码、规则、器具类别、规程（规范）、区划或单位“{name}”',
      en: 'There is no code, rule, category, specification, division or unit “{name}”',
      advice: { zh: '{near}tongheng explain 列出全部', en: '{near}tongheng explain lists them all' },
    },
    'cli.category-unknown': {
      zh: '没有类别的代号、名称或规程含有“{name}”',
      en: 'No category has “{name}” in its slug, name or regulation',
      advice: { zh: '{near}tongheng categories 列出全部', en: '{near}tongheng categories lists them all' },
    },
    'cli.warnings-many': { zh: '提示 {warned} 项，多于 --max-warnings {most}', en: '{warned} warnings, more than --max-warnings {most}' },
    'cli.no-statements': {
      zh: '{file} 中没有签名记录文件（.jws）',
      en: 'There is no file of statements (.jws) in {file}',
      advice: { zh: '请核对路径，或直接给出文件', en: 'Check the path, or name the files themselves' },
    },
    'cli.no-input': { zh: '没有给出文件，标准输入也没有内容', en: 'No file was given, and nothing comes on standard input' },
    'cli.file': { zh: '文件 {file} {what}（{reason}）', en: 'The file {file} {what} ({reason})' },
    'cli.standard-output': { zh: '（标准输出）', en: '(standard output)' },
    'cli.file-same': { zh: '{file} 既是输入又是输出，输入会丢失', en: '{file} is both input and output; the input would be lost' },
    'cli.file-changed': {
      zh: '{file} 已被另一进程改动，什么都没有写',
      en: '{file} was changed by another process meanwhile; nothing was written',
      advice: { zh: '请再执行一次', en: 'Give the command again' },
    },
    'cli.file-locked': {
      zh: '{file} 一直被进程 {pid}（主机 {host}）占用',
      en: 'The process {pid} on {host} keeps holding {file}',
      advice: {
        zh: '请待其结束；确知没有此进程时可删除该文件',
        en: 'Let it end; delete the file where you know that there is no such process',
      },
    },
    'cli.file-too-large': { zh: '文件 {file} 有 {size} 字节，上限 {most}', en: 'The file {file} has {size} bytes; the limit is {most}' },
    'cli.file-empty': { zh: '文件 {file} 是空的', en: 'The file {file} is empty' },
    'cli.json': { zh: '{file}:{line}:{column}：{reason}', en: '{file}:{line}:{column}: {reason}' },
    'cli.json-expected': {
      zh: '此处应为 JSON 文件',
      en: 'A JSON file is expected here',
    },
    'cli.key-file': {
      zh: '{file} 不是私钥文件（JWK）',
      en: '{file} is not a private key file (JWK)',
      advice: { zh: '私钥文件由 tongheng keygen 写出', en: 'tongheng keygen writes private key files' },
    },
    'cli.key-open': {
      zh: '注意：私钥文件 {file} 可被他人读取，请 chmod 600',
      en: 'Note: others can read the private key file {file}; chmod 600 it',
    },
    'cli.node-action': { zh: '须写明动作：{actions}', en: 'An action is needed: {actions}' },
    'cli.reader-shows': {
      zh: '将准许 {name} 以 {role} 身份、代表 {body} 读取，{days} 天；公钥指纹 {kid}，请与对方另行告知的核对',
      en: '{name} will be admitted to read as {role} for {body}, {days} days; compare the thumbprint {kid} with what the holder says by another way',
    },
    'cli.confirm-readers': {
      zh: '以上为数据库中的读者名单；请与所知核对，确认后以此为准（缺失的撤销须另行补做）',
      en: 'These are the readers of the database; compare them with what you know: they hold from now on, and a revocation that is missing must be made again',
    },
    'cli.etcd-answer': {
      zh: 'etcd 对 {path} 的应答不可用：{found}',
      en: 'The answer of etcd to {path} cannot be used: {found}',
      advice: {
        zh: '请核对 node.json 中 head 的地址、用户和证书；etcd 若是由旧快照恢复的，请先核对其中日志头，再重新启动节点',
        en: 'Check address, user and certificates of head in node.json; where etcd was restored from an old snapshot, compare the head in it before the node is restarted',
      },
    },
    'cli.no-head': {
      zh: '节点配置未设 head，登记簿没有第二存放处可供确认',
      en: 'The configuration of the node has no head, and so no second place in which the register of readers could be confirmed',
      advice: {
        zh: '在配置中把 head 设为另一块磁盘上的文件，或 etcd 中的键',
        en: 'Set head to a file on another disk, or to a key in etcd',
      },
    },
    'cli.file-tightened': {
      zh: '注意：{file} 曾可被他人读写，现已改为仅本用户可读写（600）',
      en: 'Note: others could read or write {file}; it is now for its owner only (600)',
    },
    'cli.file-open': {
      zh: '注意：{file} 可被他人读写，请 chmod 600',
      en: 'Note: others can read or write {file}; chmod 600 it',
    },
    'cli.database-form': {
      zh: '{file} 的 database 既不是文件，也不是 postgres:// 地址',
      en: 'The database of {file} is neither a file nor a postgres:// address',
      advice: {
        zh: '写作 postgres://用户:口令@主机:端口/库名；口令中的特殊字符用百分号编码',
        en: 'Write postgres://user:password@host:port/database, with special characters of the password percent-encoded',
      },
    },
    'cli.proxy': {
      zh: '“{entry}”不是地址或网段',
      en: '“{entry}” is neither an address nor a network',
      advice: { zh: '请写作 10.0.0.5、10.0.0.0/8 或 fd00::/8', en: 'Write it as 10.0.0.5, 10.0.0.0/8 or fd00::/8' },
    },
    'cli.config': { zh: '{file} 的配置有误：{path}', en: 'The configuration {file} is wrong at {path}' },
    'cli.listen': { zh: '无法在 {host}:{port} 上监听（{reason}）', en: 'Cannot listen on {host}:{port} ({reason})' },
    'cli.submit-total': {
      zh: '共 {done} 件：已接收 {accepted}，已退回（附理由）{rejected}，待处理（暂不能判定）{pending}，不受理（来源不可信）{refused}（每秒 {rate} 件）',
      en: '{done} statements: {accepted} accepted, {rejected} rejected, {pending} pending, {refused} refused ({rate} a second)',
    },
    'cli.no-peers': {
      zh: '配置中没有 peers；请用 --from 给出对方节点',
      en: 'The configuration has no peers; name the other node by --from',
    },
    'cli.sync-cosigned': { zh: '{peer} 已见证本方日志，至 {size} 条', en: '{peer} has cosigned our log, of {size} entries' },
    'cli.sync-total': {
      zh: '{peer}：新收 {taken} 件，已有 {known} 件，暂不可信 {skipped} 件（每秒 {rate} 件）',
      en: '{peer}: {taken} new, {known} known, {skipped} not genuine as yet ({rate} a second)',
    },
    'cli.log-action': { zh: '请写明要做什么：{actions}', en: 'Say what to do: {actions}' },
    'cli.log-size': { zh: '日志 {origin}：{size} 条', en: 'The log {origin}: {size} entries' },
    'cli.log-cosigned': { zh: '{name} 于 {at} 见证，至 {size} 条', en: 'Cosigned by {name} at {at}, {size} entries' },
    'cli.audit-good': { zh: '复核 {checked} 条，全部相符', en: '{checked} entries proved again: everything agrees' },
    'cli.audit-bad': { zh: '复核 {checked} 条，{count} 处不符', en: '{checked} entries proved again: {count} faults' },
    'cli.fork-none': { zh: '没有分叉证据', en: 'There is no evidence of a fork' },
    'cli.fork-kept': {
      zh: '留有日志 {origin} 分叉的证据（至 {size} 条）',
      en: 'There is evidence that the log {origin} forked (up to {size} entries)',
    },
    'cli.fork-proved': {
      zh: '日志 {origin} 确已分叉：它签了 {first} 条和 {second} 条的两个检查点，不可能同属一棵树',
      en: 'The log {origin} has forked: it signed checkpoints of {first} and of {second} entries that no one tree can have',
    },
    'cli.fork-key-listed': {
      zh: '所用公钥即信任列表中 {authority} 所列的日志公钥',
      en: 'The key is the one that the trust list of {authority} has for this log',
    },
    'cli.fork-key-unknown': {
      zh: '未核对公钥 {key} 属于谁；用 --trust 核对',
      en: 'Whose the key {key} is was not checked; --trust does',
    },
    'cli.backup-done': { zh: '已备份到 {file}：日志 {size} 条', en: 'Backed up into {file}: a log of {size} entries' },
    'cli.backup-server': {
      zh: 'PostgreSQL 请用 pg_dump 或连续归档备份；本命令只备份 SQLite 文件',
      en: 'Back PostgreSQL up with pg_dump or continuous archiving; this command is for SQLite files',
    },
    'cli.restore-faults': { zh: '备份 {file} 有 {count} 处不符，不予恢复', en: 'The backup {file} has {count} faults; it is not restored' },
    'cli.restore-shows': {
      zh: '将以备份（日志 {size} 条）取代现有数据库（日志 {current} 条），现有文件改名保留为 {aside}',
      en: 'The backup (a log of {size} entries) will take the place of the database (a log of {current}), which is kept as {aside}',
    },
    'cli.restore-shows-new': { zh: '将恢复日志 {size} 条到 {file}', en: 'A log of {size} entries will be restored into {file}' },
    'cli.restore-behind': {
      zh: '注意：备份之后写入的 {lost} 条将遗失。见证方若已见过，节点会停止接收，须以新的日志名称重新开始',
      en: 'Note: {lost} entries signed after the backup will be lost. Where a witness has seen them, the node will take nothing in, and a new log must begin under another name',
    },
    'cli.restore-running': {
      zh: '{host}:{port} 上有程序在监听，节点似乎仍在运行；请先停止',
      en: 'Something listens on {host}:{port}: the node seems to be running; stop it first',
    },
    'cli.restore-done': { zh: '已恢复', en: 'Restored' },
    'cli.init-done': { zh: '已写出：{files}', en: 'Written: {files}' },
    'cli.init-next': {
      zh: '接下来：主管部门将三个公钥列入信任列表，然后启动节点',
      en: 'Next: the authority lists the three public keys, and the node may run',
    },
    'cli.init-next-first': {
      zh: '接下来：主管部门制作根密钥和第一版信任列表，列入三个公钥，然后启动节点',
      en: 'Next: the authority makes a root key and its first trust list, lists the three public keys, and the node may run',
    },
    'cli.outbox-action': { zh: 'outbox 之后应为：{actions}', en: 'outbox takes: {actions}' },
    'cli.outbox-ids': {
      zh: '请写明要移除的各件的编号',
      en: 'Name the ids of the entries to remove',
      advice: { zh: 'tongheng outbox list 列出编号', en: 'tongheng outbox list shows them' },
    },
    'cli.outbox-unknown': {
      zh: '待发箱中没有待发的 {id}（或已了结）；一件也没有移除',
      en: 'The outbox has no {id} that waits (it may be settled); nothing was removed',
      advice: { zh: 'tongheng outbox list 列出待发各件的编号', en: 'tongheng outbox list shows what waits, with ids' },
    },
    'cli.outbox-waiting': { zh: '待发 {count} 件', en: '{count} waiting' },
    'cli.outbox-dropped': { zh: '已移除 {count} 件，不再发送', en: '{count} removed; not sent any more' },
    'cli.init-head': {
      zh: '日志头的第二存放处：另一块磁盘上的文件，或 etcd 中的键（http://host:2379/key）；没有则直接回车，届时只靠对方节点见证',
      en: 'Second place for the head of the log, a file on another disk or a key in etcd (http://host:2379/key); empty for none: then only the witness notices a loss',
    },
    'cli.init-ask': { zh: '{what}（例如 {example}）', en: '{what} (such as {example})' },
    'serve.trust': {
      zh: '{authority} 的信任列表由第 {before} 版更新为第 {version} 版',
      en: 'The trust list of {authority} is now version {version}; it was {before}',
    },
    'serve.peer-back': { zh: '对方节点 {peer} 已恢复', en: 'The peer {peer} is back' },
    'serve.followed': {
      zh: '新收 {taken} 件，暂不可信 {skipped} 件，至 {cursor}',
      en: '{taken} taken over, {skipped} not genuine as yet, up to {cursor}',
    },
    'cli.listening': { zh: '节点 {url} 已在 {host}:{port} 上运行', en: 'The node {url} is running on {host}:{port}' },
    'cli.decision-accepted': { zh: '已接收', en: 'accepted' },
    'cli.decision-rejected': { zh: '已退回', en: 'rejected' },
    'cli.decision-pending': { zh: '待处理', en: 'pending' },
    'evidence.same': {
      zh: '与证据包中的判定逐字节相同（tongheng {version}，数据表 {catalogue}）',
      en: 'The same verdict as in the bundle, byte for byte (tongheng {version}, catalogue {catalogue})',
    },
    'evidence.extended': {
      zh: '结论与证据包中的相同（tongheng {version}，数据表 {catalogue}）；此后版本的变化不改变结论：',
      en: 'The same outcome as in the bundle (tongheng {version}, catalogue {catalogue}); what later versions changed leaves it as it was:',
    },
    'evidence.overruled': {
      zh: '证据包当时的结论为{outcome}（tongheng {version}，数据表 {catalogue}）；此后新增或改进的检查使结论改为{now}：',
      en: 'The bundle gives: {outcome} (tongheng {version}, catalogue {catalogue}); with the checks added or mended since then it is: {now}:',
      advice: {
        zh: '请核实证据包确由该版本作出；以哪一版规则为准，由采信方决定',
        en: 'Make sure that the bundle is of that version; the party that relies on it decides which rules count',
      },
    },
    'evidence.revised': { zh: '规则已改进、结果与当时不同的检查项：{places}', en: 'Mended since then, and otherwise today: {places}' },
    'evidence.reworded': { zh: '结果相同、仅文字改动的检查项：{places}', en: 'The same result in other words: {places}' },
    'evidence.differing': { zh: '不同之处：{places}', en: 'What differs: {places}' },
    'evidence.differs': {
      zh: '与证据包中的判定不同：当时为 {outcome}（tongheng {version}，数据表 {catalogue}）',
      en: 'Not the verdict in the bundle, which was {outcome} (tongheng {version}, catalogue {catalogue})',
      advice: { zh: '请用当时的版本重算，并核对证据包来源', en: 'Replay it with that version, and ask where the bundle comes from' },
    },
    'evidence.own-anchors': {
      zh: '未给信任文件：证据包只是自证，凭此不能采信。所用根公钥是它自带的，指纹为 {roots}',
      en: 'No trust file was given: the bundle vouches for itself, which proves nothing. The root keys used are its own, with the thumbprints {roots}',
      advice: {
        zh: '请用 --trust 给出自己固定了根公钥的信任文件，重新得出判定',
        en: 'Give the trust file with the root keys that you pinned (--trust), and compute the verdict from those',
      },
    },
    'evidence.one-file': { zh: '--bundle 一次只写一份签名记录的证据包', en: '--bundle writes the evidence of one statement at a time' },
  },
})

export const fault = faultOf(cliTexts)
export const say = sayOf(cliTexts)
