/** Messages of `tongheng doctor`. */
import { defineTexts, sayOf } from '../../base/message.js'

const pull = {
  zh: '请运行 tongheng trust pull --node {node} --trust {file}，然后向节点发 SIGHUP',
  en: 'Run tongheng trust pull --node {node} --trust {file}, then send SIGHUP to the node',
}

export const doctorTexts = defineTexts({
  codes: {
    'doctor.runtime': { zh: 'Node 版本 {version}', en: 'Node {version}' },
    'doctor.runtime-old': {
      zh: 'Node {version} 过旧，须 {least} 以上',
      en: 'Node {version} is too old; {least} or later is needed',
      advice: { zh: '请升级 Node', en: 'Update Node' },
    },
    'doctor.key': { zh: '{role}私钥 {file}：{kid}', en: 'Private key for {role}, {file}: {kid}' },
    'doctor.key-open': {
      zh: '{role}私钥 {file} 可被他人读取',
      en: 'Others can read the private key for {role}, {file}',
      advice: {
        zh: 'chmod 600 {file}；他人可能已读过的，请换新密钥并撤销旧的',
        en: 'chmod 600 {file}; where others may have read it, make a new key and revoke this one',
      },
    },
    'doctor.secret-open': {
      zh: '{file} 可被他人读写',
      en: 'Others can read or write {file}',
      advice: { zh: '请执行 chmod 600 {file}', en: 'Run chmod 600 {file}' },
    },
    'doctor.keys-listed': { zh: '各密钥均已列入 {authority} 的信任列表', en: 'The trust list of {authority} has every key of the node' },
    'doctor.list': {
      zh: '{authority} 的信任列表第 {version} 版，{nextUpdate} 前更新，{exp} 失效（{left}）',
      en: 'Trust list of {authority}: version {version}, next update by {nextUpdate}, ends {exp} ({left})',
    },
    'doctor.list-none': {
      zh: '信任文件 {file} 中没有{authority} 的列表',
      en: 'The trust file {file} has no list of {authority}',
      advice: {
        zh: '请用 tongheng trust pin 核对并固定其根密钥，再 trust pull',
        en: 'Compare and pin its root keys with tongheng trust pin, then trust pull',
      },
    },
    'doctor.list-old': {
      zh: '{file} 中{authority} 的信任列表是第 {held} 版，节点 {node} 已有第 {version} 版',
      en: '{file} has version {held} of the trust list of {authority}; the node {node} has {version}',
      advice: pull,
    },
    'doctor.disk': { zh: '{path} 所在磁盘可用 {free}（{percent}%）', en: '{free} free on the disk of {path} ({percent}%)' },
    'doctor.disk-low': {
      zh: '{path} 所在磁盘只剩 {free}（{percent}%）',
      en: 'Only {free} are left on the disk of {path} ({percent}%)',
      advice: {
        zh: '请腾出空间或扩容；写满后节点停止接收（503），数据不会丢失',
        en: 'Free some space or enlarge the disk; when it is full the node takes nothing in (503), and loses nothing',
      },
    },
    'doctor.folder': { zh: '{path} 可写', en: '{path} can be written' },
    'doctor.folder-none': {
      zh: '没有文件夹 {path}',
      en: 'There is no folder {path}',
      advice: { zh: '请核对配置中 database、head 的路径，或建立该文件夹', en: 'Check the paths of database and head, or make the folder' },
    },
    'doctor.folder-closed': {
      zh: '{path} 不可写（{reason}）',
      en: '{path} cannot be written ({reason})',
      advice: {
        zh: '请以运行节点的用户执行本命令；确无权限的，把该文件夹交给运行节点的用户（chown）',
        en: 'Run this command as the user that runs the node; where that user has no right, give it the folder (chown)',
      },
    },
    'doctor.head': { zh: '日志头的第二存放处 {file} 在另一块磁盘上', en: 'The second place of the head, {file}, is on another disk' },
    'doctor.head-same-disk': {
      zh: '日志头的第二存放处 {file} 与数据库在同一块磁盘上',
      en: 'The second place of the head, {file}, is on the disk of the database',
      advice: {
        zh: '请移到另一块磁盘：磁盘恢复到旧状态时两者一起倒退，就无从发现',
        en: 'Move it to another disk: where the disk is restored to an earlier state both go back, and nothing notices',
      },
    },
    'doctor.head-etcd': {
      zh: '日志头的第二存放处（etcd 中的键 {key}）可读',
      en: 'The second place of the head, the key {key} in etcd, can be read',
    },
    'doctor.head-away': {
      zh: '日志头的第二存放处（etcd 中的键 {key}）读不到：{reason}',
      en: 'The second place of the head, the key {key} in etcd, cannot be read: {reason}',
      advice: {
        zh: '请核对 head 的地址、证书和用户，并看 etcd 的过半成员是否在运行；读不到期间节点不接收',
        en: 'Check address, certificates and user of head, and that a majority of the members of etcd run; while it cannot be read the node takes nothing in',
      },
    },
    'doctor.head-none': {
      zh: '未设日志头的第二存放处（head）',
      en: 'There is no second place for the head of the log (head)',
      advice: {
        zh: '请在配置中把 head 设为另一块磁盘上的文件。没有它，节点启动后只等一个对方节点确认；对方也没见过最新检查点的，恢复的旧备份会被当作正常，日志分叉。只有 head 能在启动时拦下',
        en: 'Set head to a file on another disk. Without it the node only waits after its start until one peer confirms the log; where that peer has not seen the newest checkpoint either, a restored old backup passes and the log forks. Only head stops that, at the start',
      },
    },
    'doctor.port-free': { zh: '{host}:{port} 空闲，节点未在运行', en: '{host}:{port} is free; the node does not run' },
    'doctor.port-ours': { zh: '节点正在 {host}:{port} 上运行（{version}）', en: 'The node runs on {host}:{port} ({version})' },
    'doctor.port-taken': {
      zh: '{host}:{port} 不能用（{reason}）',
      en: '{host}:{port} cannot be used ({reason})',
      advice: {
        zh: '已被其他程序占用的，停止该程序或改 listen；1024 以下的端口须有权限，一般由前置代理监听',
        en: 'Stop the other program or change listen; a port below 1024 needs a right, and is usually left to a proxy in front',
      },
    },
    'doctor.ready': { zh: '节点就绪（/readyz）', en: 'The node is ready (/readyz)' },
    'doctor.not-ready': {
      zh: '节点未就绪：{reason}',
      en: 'The node is not ready: {reason}',
      advice: { zh: '见节点的日志', en: 'See the log of the node' },
    },
    'doctor.tls': { zh: 'TLS 证书 {file} 至 {until} 有效', en: 'The TLS certificate {file} is valid until {until}' },
    'doctor.tls-soon': {
      zh: 'TLS 证书 {file} 将于 {until} 到期',
      en: 'The TLS certificate {file} ends {until}',
      advice: { zh: '请更换证书，然后重启节点', en: 'Renew it, then restart the node' },
    },
    'doctor.tls-bad': {
      zh: 'TLS 证书 {file} 不能用：{reason}',
      en: 'The TLS certificate {file} cannot be used: {reason}',
      advice: { zh: '请更换证书和私钥，然后重启节点', en: 'Replace certificate and key, then restart the node' },
    },
    'doctor.tls-expired': { zh: '已于 {until} 到期', en: 'it ended {until}' },
    'doctor.tls-other-key': { zh: '与私钥文件 {key} 不是一对', en: 'it does not belong to the private key {key}' },
    'doctor.database': {
      zh: '数据库可读写：结构版本 {version}，日志 {size} 条',
      en: 'The database can be read and written: schema {version}, a log of {size} entries',
    },
    'doctor.database-none': {
      zh: '还没有数据库，首次启动时建立',
      en: 'There is no database yet; the first start creates it',
      advice: {
        zh: '节点曾经运行过的，请核对 database，切勿启动：会另起一部日志',
        en: 'Where the node ran before, check database and do not start: it would begin another log',
      },
    },
    'doctor.database-old': {
      zh: '数据库结构为第 {found} 版，本版软件启动时升到第 {known} 版；旧版软件此后打不开它',
      en: 'The database has schema {found}; this release migrates it to {known} at its start, and the earlier release cannot open it any more',
      advice: { zh: '升级前请先 tongheng backup（用旧版软件）', en: 'Make a backup first (tongheng backup of the earlier release)' },
    },
    'doctor.database-bad': {
      zh: '数据库不能用：{reason}',
      en: 'The database cannot be used: {reason}',
      advice: { zh: '处理办法：{todo}', en: 'What to do: {todo}' },
    },
    'doctor.peer': {
      zh: '对方节点 {peer} 可达，日志 {size} 条，检查点有效',
      en: 'The peer {peer} answers; its log has {size} entries, and its checkpoint is genuine',
    },
    'doctor.peer-no-log': {
      zh: '对方节点 {peer} 可达，但日志不能核验：{reason}',
      en: 'The peer {peer} answers, but its log does not verify: {reason}',
      advice: pull,
    },
    'doctor.peer-other': {
      zh: '{peer} 是 {found} 的节点，配置中写的是 {authority}',
      en: '{peer} is a node of {found}; the configuration says {authority}',
      advice: { zh: '请核对 peers 的地址和机构代码', en: 'Check address and authority in peers' },
    },
    'doctor.peer-id': {
      zh: '{peer} 自称的标识是 {found}，配置中写的是 {id}；请求会被拒绝',
      en: '{peer} calls itself {found}; the configuration says {id}, and requests would be refused',
      advice: { zh: '请把 peers 的 id 改为 {found}', en: 'Set id in peers to {found}' },
    },
    'doctor.peer-away': {
      zh: '连不上对方节点 {peer}：{reason}',
      en: 'The peer {peer} cannot be reached: {reason}',
      advice: {
        zh: '请检查网络、防火墙和对方节点；本节点照常运行，恢复后自行补齐',
        en: 'Look at network, firewall and the other node; this node works on, and catches up by itself',
      },
    },
    'doctor.clock': { zh: '时钟与各节点相差不超过 {seconds} 秒', en: 'The clock is within {seconds} s of those of the peers' },
    'doctor.clock-off': {
      zh: '时钟与节点 {peer} 相差 {seconds} 秒',
      en: 'The clock is {seconds} s off that of the peer {peer}',
      advice: {
        zh: '请启用 NTP（timedatectl set-ntp true）；超过 60 秒的请求会被拒绝',
        en: 'Turn NTP on (timedatectl set-ntp true); beyond 60 s requests are refused',
      },
    },
    'doctor.clock-unknown': {
      zh: '没有可达的节点可供比对时钟',
      en: 'No peer could be reached to compare the clock with',
      advice: { zh: '请用 timedatectl 查看是否已与 NTP 同步', en: 'See with timedatectl whether NTP holds it' },
    },
    'doctor.total': { zh: '正常 {ok} 项，提示 {warn} 项，有误 {fail} 项', en: '{ok} in order, {warn} to look at, {fail} wrong' },
    'doctor.role-receipts': { zh: '回执', en: 'receipts' },
    'doctor.role-log': { zh: '日志', en: 'the log' },
    'doctor.role-witness': { zh: '见证', en: 'cosigning' },
  },
})

export const say = sayOf(doctorTexts)
