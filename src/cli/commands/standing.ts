import { parseInstant } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import { RegionCode } from '../../base/schema.js'
import { categoryName } from '../../catalogue/index.js'
import type { SignedText } from '../../envelope/index.js'
import { openMaterial, type StandingEntry, standings } from '../../verify/index.js'
import { CATALOGUE, cataloguesBeside, cataloguesUsed } from '../catalogues.js'
import { type Command, FORMAT } from '../command.js'
import { readTrustFile } from '../files.js'
import { statementsOf } from '../lines.js'
import { fault, say } from '../messages.js'
import { warnOfTrust } from '../trust/tell.js'

const PAINTS: Readonly<Record<string, 'pass' | 'warn' | 'fail'>> = {
  'standing.valid': 'pass',
  'standing.undecided': 'warn',
  'standing.device-only': 'warn',
}

function entryText(entry: StandingEntry, language: 'zh' | 'en'): string {
  const { certificateNo, verifiedOn, outcome, isCounted, reason } = entry
  const last = isCounted ? untilText(entry) : say('cli.standing-out', { reason })
  return [verifiedOn, say(`cli.standing-${outcome}`)[language], certificateNo, last?.[language]].filter(Boolean).join('  ')
}

function untilText({ validUntil, intervalEnd }: StandingEntry): Text | undefined {
  if (validUntil !== undefined) return say('cli.standing-until', { validUntil })
  return intervalEnd === undefined ? undefined : say('cli.standing-interval', { validUntil: intervalEnd })
}

export const standing: Command = {
  name: 'standing',
  usage: 'standing [FILE …] --trust FILE --region 50|51',
  summary: {
    zh: '计量器具现状：综合两地检定记录，不合格优先',
    en: 'How instruments stand by the verification records of both provinces; a failure prevails',
  },
  options: {
    trust: { type: 'string', value: 'FILE', help: { zh: '信任文件', en: 'trust file' } },
    region: {
      type: 'string',
      value: '50|51',
      help: { zh: '采信方：50 重庆，51 四川', en: 'who is to recognise: 50 Chongqing, 51 Sichuan' },
    },
    catalogue: CATALOGUE,
    at: { type: 'string', value: 'TIME', help: { zh: '判定时间，默认当前', en: 'moment asked about, default now' } },
    format: FORMAT,
  },
  notes: {
    zh: '文件每行一份签名的检定记录。退出码：0 全部有效；1 有不是有效的；2 用法或输入有误。',
    en: 'A file holds one signed verification record a line. Exit code: 0 all in force; 1 some are not; 2 misuse or bad input.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const asJson = args.choice('format', ['text', 'json']) === 'json'
    const at = parseInstant(args.text('at') ?? terminal.now())
    const region = args.required('region')
    if (!RegionCode.safeParse(region).success) throw fault('cli.option-value', { option: '--region', expected: '50|51' })
    const file = await readTrustFile(args.required('trust'))
    const opened = await openMaterial(file, at)
    warnOfTrust(opened.trust, args, terminal)
    const catalogues = await cataloguesBeside({ file, trust: opened.trust, at }, args, terminal)
    const statements: SignedText[] = []
    for await (const { signed } of statementsOf(args.files, terminal)) statements.push(signed)
    const found = await standings(statements, { at, ...opened, catalogues, policy: { region } })
    if (asJson) terminal.print(JSON.stringify(found))
    else {
      for (const used of cataloguesUsed(catalogues, region, at)) terminal.print(terminal.paint(used[language], 'dim'))
      for (const { code, instrument, entries, conflicts, notJudged, ...text } of found) {
        const { category, serialNumber, plate, component } = instrument
        terminal.print(
          terminal.paint([categoryName(category)[language], serialNumber, component, plate].filter(Boolean).join('  '), 'bold'),
        )
        terminal.print(terminal.paint(text[language], PAINTS[code] ?? 'fail'))
        for (const conflict of conflicts) terminal.print(terminal.paint(`! ${conflict[language]}`, 'warn'))
        for (const { certificateNo, reason } of notJudged) {
          const line = say('cli.standing-not-judged', { certificateNo, reason })[language]
          terminal.print(terminal.paint(`? ${line}`, 'warn'))
        }
        for (const entry of entries) terminal.print(terminal.paint(`  ${entryText(entry, language)}`, 'dim'))
      }
    }
    const left = statements.length - found.reduce((sum, { entries }) => sum + entries.length, 0)
    if (left > 0) terminal.warn(say('cli.standing-left-out', { left })[language])
    return left === 0 && found.every(({ code }) => code === 'standing.valid') ? 0 : 1
  },
}
