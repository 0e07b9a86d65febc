/** Ledgers of instruments (台账): checks them, lists what falls due, and matches their lines with signed records. */

import { CATALOGUE } from '../catalogues.js'
import { actionOf, type Command, FULL } from '../command.js'
import type { Action } from '../ledger/actions.js'
import { ledgerFormats } from '../ledger/formats.js'
import { LOG, NEWER, STATE } from '../material.js'

/** Loaded on demand, so that other commands need less memory. */
const ACTIONS: Readonly<Record<string, () => Promise<Action>>> = {
  import: async () => (await import('../ledger/actions.js')).importLines,
  check: async () => (await import('../ledger/actions.js')).checkLedger,
  due: async () => (await import('../ledger/actions.js')).dueLines,
  match: async () => (await import('../ledger/use.js')).matchLines,
  export: async () => (await import('../ledger/use.js')).exportLines,
}
const NAMES = Object.keys(ACTIONS)

export const ledger: Command = {
  name: 'ledger',
  usage: `ledger ${NAMES.join('|')} FILE`,
  summary: {
    zh: '计量器具台账（Excel、CSV）：检查、到期、与签名证书核对（能不能用）、导出',
    en: 'Ledgers of instruments (Excel, CSV): check them, list what is due, match signed certificates, export forms',
  },
  options: {
    mapping: { type: 'string', value: 'FILE', help: { zh: '映射文件：哪一列是什么', en: 'mapping: which column is what' } },
    'write-mapping': {
      type: 'string',
      value: 'FILE',
      help: { zh: '写出所用的映射，供更正和再用', en: 'write the mapping that was used, to correct and to keep' },
    },
    at: { type: 'string', value: 'TIME', help: { zh: '以该日期或时间为准，默认当前', en: 'day or moment asked about, default now' } },
    holidays: {
      type: 'string',
      value: 'FILE',
      help: { zh: 'due：法定节假日和调休（JSON：off、work）', en: 'due: public holidays (JSON: off, work)' },
    },
    certificates: {
      type: 'string',
      value: 'FILE',
      multiple: true,
      help: {
        zh: 'match、export：签名证书或标签的文件、文件夹或压缩包（可重复）；证书不在手头的，由其标签作答',
        en: 'match, export: files, folders or archives of signed certificates and labels (repeatable); a label answers where its certificate is not at hand',
      },
    },
    trust: { type: 'string', value: 'FILE', help: { zh: 'match、export：信任文件', en: 'match, export: trust file' } },
    catalogue: {
      ...CATALOGUE,
      help: {
        zh: 'match、export：主管部门发布的器具与规程目录（签名），可重复；信任文件中的自动采用',
        en: 'match, export: catalogue that an authority publishes, signed; repeatable; those of the trust file are used too',
      },
    },
    region: {
      type: 'string',
      value: '50|51',
      help: { zh: 'match、export：采信方：50 重庆，51 四川', en: 'match, export: who is to recognise: 50 Chongqing, 51 Sichuan' },
    },
    state: STATE,
    newer: NEWER,
    log: LOG,
    as: {
      type: 'string',
      value: 'application|filing',
      help: {
        zh: 'export：检定申请表、强检备案导入表；不给则为台账加各行结论',
        en: 'export: application for verification, or filing import; without it the ledger with the outcome of each line',
      },
    },
    full: FULL,
    format: {
      type: 'string',
      value: ledgerFormats.join('|'),
      help: { zh: '输出格式，默认 pretty', en: 'output format, default pretty' },
    },
    out: { type: 'string', value: 'FILE', help: { zh: '结果写入文件', en: 'write the result to a file' } },
  },
  notes: {
    zh: 'FILE 为 .xlsx、.csv、制表符分隔文本或称作 .xls 的网页表格；按内容识别。台账只读，不会改动。\nimport  读出各行；check  逐单元格列出问题；due  已超期、30 日内到期、须在 15 个工作日前预约的；match  逐行找出签名证书，判定能不能用；export  检定申请表、备案导入表，或台账加结论。\n电话、姓名、价格各列不导入。\n退出码：0 没有问题；1 有（check：不能用的值；due：已超期；match：有不是“能用”的；export：必填项有缺）；2 用法有误或文件无法读取。',
    en: 'FILE is .xlsx, .csv, tab-separated text, or a table of a web page named .xls; its content decides. The ledger is only read.\nimport  the lines; check  what is wrong, cell by cell; due  overdue, within 30 days, to be booked 15 working days ahead; match  the signed certificate of each line, and whether it may be used; export  forms, or the ledger with outcomes.\nColumns of telephone numbers, names of persons and prices are not imported.\nExit code: 0 nothing found; 1 something (check: values that cannot be used; due: overdue; match: not every line may be used; export: required cells are missing); 2 misuse, or a file could not be read.',
  },
  async run(args, terminal) {
    const [name = ''] = args.files
    return (await actionOf('ledger', ACTIONS, name)())(args, terminal)
  },
}
