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
      en: 'The schema {schema} cannot be used: lower-case letters, digits and underscores, beginning with a letter or underscore, at most 63',
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
    'store.newer': {
      zh: '数据库版本 {found} 比本软件（{known}）新',
      en: 'The database has version {found}, newer than this software ({known})',
    },
  },
})

export const fault = faultOf(storesTexts)
