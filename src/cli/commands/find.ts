import { isCivilDate } from '../../base/date.js'
import type { ListQuery } from '../../client/index.js'
import { kinds } from '../../records/index.js'
import { asCaller, CALLER_OPTIONS, CAN_OPTIONS, RECORD_FORMAT, RECORD_FORMATS, tellEntry } from '../caller.js'
import { type Arguments, type Command, nearest } from '../command.js'
import { fault as cliFault } from '../messages.js'
import { fault, say } from '../record-messages.js'

/** Options that select records, with their names in the query. */
const BY: Readonly<Record<string, 'certificateNo' | 'serial' | 'plate' | 'kind' | 'issuer' | 'region' | 'validOn'>> = {
  number: 'certificateNo',
  serial: 'serial',
  plate: 'plate',
  kind: 'kind',
  issuer: 'issuer',
  region: 'region',
  'valid-on': 'validOn',
}

export const find: Command = {
  name: 'find',
  mostFiles: 0,
  usage: 'find [--number NO] [--serial NO] [--plate NO] [--can TEXT] … --node URL --iss USCC --key FILE',
  summary: {
    zh: '在节点查找签名记录：按编号、器具、号牌、机构等',
    en: 'Find signed records at a node, by number, instrument, plate, issuer and more',
  },
  options: {
    number: { type: 'string', value: 'TEXT', help: { zh: '证书编号', en: 'certificate number' } },
    serial: { type: 'string', value: 'TEXT', help: { zh: '器具编号', en: 'serial number of the instrument' } },
    plate: { type: 'string', value: 'TEXT', help: { zh: '号牌', en: 'plate of the vehicle' } },
    kind: { type: 'string', value: 'KIND', help: { zh: '记录种类', en: 'kind of record' } },
    issuer: { type: 'string', value: 'USCC', help: { zh: '出具机构', en: 'body that signed it' } },
    region: { type: 'string', value: '50|51', help: { zh: '省（市）', en: 'province' } },
    'valid-on': { type: 'string', value: 'DATE', help: { zh: '该日有效的', en: 'valid on that day' } },
    ...CAN_OPTIONS,
    most: { type: 'string', value: 'N', help: { zh: '至多列出几条，默认 100', en: 'records to list at most, default 100' } },
    ...CALLER_OPTIONS,
    format: RECORD_FORMAT,
  },
  notes: {
    zh: '--can（转矩、力等）查节点的能力目录：谁能做、在何处互认、是否在授权范围内；须有 --trust，不须密钥。否则至少给出一项条件。机构可查本机构的，以及按准确的编号、器具编号或号牌查到的。\n退出码：0 有；1 没有；2 用法有误、无权读取或连不上。',
    en: '--can asks the directory of capabilities of a node: who can do it, where it is recognised, whether it is within the authorisation; it needs --trust, and no key. Otherwise one condition at least. A body finds its own records, and those of others by an exact number, serial number or plate.\nExit code: 0 some; 1 none; 2 misuse, not permitted, or unreachable.',
  },
  async run(args, terminal) {
    if (args.text('can') !== undefined) return (await import('../joint/actions.js')).find([], args, terminal)
    const language = args.choice('lang', ['zh', 'en'])
    const format = args.choice('format', RECORD_FORMATS)
    const [query, most] = [queryOf(args), args.whole('most', 100)]
    const { count, isCut } = await asCaller(args, terminal, async (client) => {
      let shown = 0
      for await (const entry of client.records.list({ ...query, limit: Math.min(most, 500) })) {
        if (shown === most) return { count: shown, isCut: true }
        tellEntry(entry, format, args, terminal)
        shown++
      }
      return { count: shown, isCut: false }
    })
    if (isCut) terminal.warn(say('cli.find-more', { most })[language])
    else if (count === 0) terminal.warn(say('cli.find-none')[language])
    return count === 0 ? 1 : 0
  },
}

/** @throws `cli.find-by` without a condition: a node has any number of records; `cli.find-kind` for a kind that this version does not have */
function queryOf(args: Arguments): ListQuery {
  const given = Object.entries(BY).flatMap(([option, name]) => {
    const value = args.text(option)
    if (option === 'valid-on' && value !== undefined && !isCivilDate(value))
      throw cliFault('cli.option-value', { option: `--${option}`, expected: 'YYYY-MM-DD' })
    if (option === 'kind' && value !== undefined && !kinds.has(value))
      throw fault('cli.find-kind', { kind: value, near: nearest(value, [...kinds.keys()]), known: [...kinds.keys()].join(', ') })
    return value === undefined ? [] : [[name, value] as const]
  })
  if (given.length === 0)
    throw fault('cli.find-by', {
      options: Object.keys(BY)
        .map((one) => `--${one}`)
        .join(' '),
    })
  return Object.fromEntries(given)
}
