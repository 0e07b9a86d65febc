import { CATALOGUE } from '../catalogues.js'
import type { Command } from '../command.js'
import { duplicateFormats } from '../duplicates/formats.js'
import { LOG, NEWER, STATE } from '../material.js'

export const duplicates: Command = {
  name: 'duplicates',
  usage: 'duplicates [FILE|FOLDER|PATTERN …] --trust FILE',
  summary: {
    zh: '重复检定：同一器具在有效期内由两地机构先后检定，按器具类别、区县和月份统计',
    en: 'Instruments verified on both sides within one interval, by category, county and month',
  },
  options: {
    trust: {
      type: 'string',
      value: 'FILE',
      help: { zh: '信任文件：根公钥、信任列表、协议、规范', en: 'trust file: root keys, trust lists, agreements, specifications' },
    },
    from: { type: 'string', value: 'DATE', help: { zh: '后一次检定不早于该日', en: 'first day of the later verification' } },
    to: {
      type: 'string',
      value: 'DATE',
      help: { zh: '后一次检定不晚于该日（含当日）', en: 'last day of the later verification, inclusive' },
    },
    at: { type: 'string', value: 'TIME', help: { zh: '判定时间，默认当前', en: 'moment asked about, default now' } },
    state: STATE,
    newer: NEWER,
    catalogue: CATALOGUE,
    log: LOG,
    format: {
      type: 'string',
      value: duplicateFormats.join('|'),
      help: {
        zh: '输出格式，默认 text；csv 为逐对清单；xlsx（Excel）有统计、清单和未能比较的三个工作表，须写入文件（--out）',
        en: 'output format, default text; csv lists the pairs; xlsx (Excel) has sheets of the table, the pairs and what was not compared, and needs a file (--out)',
      },
    },
    out: { type: 'string', value: 'FILE', help: { zh: '结果写入文件', en: 'write the result to a file' } },
  },
  notes: {
    zh: '文件、文件夹和压缩包的读法同 verify；逐份核验，只留统计所需的内容，同一签名记录给出几次只计一次。\n后一次检定时，另一方的证书在有效期内并在该地予以互认，即为重复检定；修理后、仲裁或争议、抽检和使用中检查、检定不合格之后的，以及前一份证书已撤销、降级合格或只是本机检定的，不算重复。不能断定的单列，不计入重复。不输出委托方和完整号牌。\n退出码：0 没有重复；1 有重复或不能断定的；2 用法有误，或有读不出的文件。',
    en: 'Files, folders and archives are read as by verify. Statements are verified one by one, and only what the report needs is held; a statement given several times counts once.\nA later verification is a duplicate if a certificate of the other side was in force on its day and is recognised there; not after repair, for a dispute, a sampling or an in-service inspection, after a failure, or where the earlier certificate was revoked, passed at a lower class or is of the device alone. What could not be decided is listed apart and is no duplicate. Neither the applicant nor a whole plate is printed.\nExit code: 0 no duplicate; 1 duplicates, or pairs that are undecided; 2 misuse, or a file that could not be read.',
  },
  async run(args, terminal) {
    const { runDuplicates } = await import('../duplicates/run.js')
    return runDuplicates(args, terminal)
  },
}
