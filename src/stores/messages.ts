/** Messages of the stores: missing drivers, and databases that cannot be used. */
import { faultOf } from '../base/error.js'
import { defineTexts } from '../base/message.js'

export const storesTexts = defineTexts({
  codes: {
    'store.driver': {
      zh: '没有可用的 SQLite：请用 Node 22.5 以上，或安装 libsql',
      en: 'No SQLite is available: use Node 22.5 or later, or install libsql',
    },
    'store.thread': {
      zh: '找不到 SQLite 线程的程序文件：程序打包成一个文件的，请在 thread 中给出其地址，或不用线程',
      en: 'The worker file of the SQLite thread was not found: for a program bundled into one file, give its URL as thread, or run without a thread',
    },
    'store.pg': {
      zh: '没有可用的 PostgreSQL 驱动：请安装 pg，或交给一个连接池',
      en: 'No PostgreSQL driver is available: install pg, or pass a pool',
    },
    'store.schema': {
      zh: '模式名 {schema} 不可用：须为小写字母、数字和下划线，以字母或下划线开头，至多 63 个字符',
      en: 'The schema {schema} cannot be used: lower-case letters, digits and underscores, beginning with a letter or underscore, at most 63 characters',
    },
    'store.durability': {
      zh: '数据库参数 {name} 为 {value}：断电时会丢失已出具回执的记录，须为 on',
      en: 'The database has {name} = {value}: a power loss would lose acknowledged records; it must be on',
    },
    'store.text': {
      zh: '数据库不能原样保存文本（{sent} 取回为 {got}）：须用 UTF-8 编码、空串不作 NULL 的数据库',
      en: 'The database does not store text unchanged ({sent} was read back as {got}): it must use UTF-8, and must not convert an empty string to NULL',
    },
    'store.altered': {
      zh: '数据库的结构与本软件所建的不符：{objects}',
      en: 'The schema of the database differs from the one that this software creates: {objects}',
      advice: {
        zh: '同名对象已被改动、缺失（标“-”），或系他人所加（触发器、视图、规则、索引等）：查明来源，去除后再启动，或恢复经复核的备份；自用的视图和索引请建在另一模式或副本中',
        en: 'Objects of these names were changed, are missing (marked -), or were added (triggers, views, rules, indexes): find out by whom, remove them and restart, or restore a verified backup; create views and indexes of your own in another schema or on a copy',
      },
    },
    'files.path': {
      zh: '路径 {path} 不可用：每段只含字母、数字、点、下划线和连字符，不以点开头，全长至多 400 个字符',
      en: 'The path {path} cannot be used: segments of letters, digits, dots, underscores and hyphens that do not begin with a dot, at most 400 characters',
    },
    'files.too-large': {
      zh: '文件 {path} 有 {octets} 字节，至多 {most} 字节',
      en: 'The file {path} has {octets} octets; at most {most} are allowed',
    },
    'files.other': {
      zh: '{path} 已有另一内容（{found} 字节，欲写 {octets} 字节）：已公布的文件不得改动，未作任何写入',
      en: '{path} has other content already ({found} octets; {octets} were to be written): a published file never changes, and nothing was written',
      advice: {
        zh: '可能是磁盘损坏，或数据库恢复到了旧备份；请用 tongheng log audit --files 复核该目录，再用 tongheng log audit --config 复核数据库，以相符的一方为准',
        en: 'The disk may be damaged, or the database was restored from an old backup: prove the folder with tongheng log audit --files and the database with tongheng log audit --config, and go by the one that agrees',
      },
    },
    'files.unusable': {
      zh: '不能读写公布目录中的 {path}：{reason}',
      en: 'The published folder cannot be used at {path}: {reason}',
      advice: {
        zh: '请查看磁盘空间、权限，以及该路径是否为文件夹或链接；排除后自动继续，已公布的内容不受影响',
        en: 'See to disk space and permissions, and whether the path is a folder or a link; publishing then goes on by itself, and what is published is not affected',
      },
    },
    'files.busy': {
      zh: '文件 {path} 正由另一进程替换（主机 {host}，进程 {pid}）',
      en: 'Another process is replacing the file {path} (host {host}, process {pid})',
    },
    'store.newer': {
      zh: '数据库版本 {found} 比本软件（{known}）新',
      en: 'The database has version {found}, newer than this software ({known})',
    },
  },
})

export const fault = faultOf(storesTexts)
