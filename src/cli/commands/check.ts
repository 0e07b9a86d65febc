import type { Check } from '../../base/check.js'
import { VERSION } from '../../base/version.js'
import type { Catalogue } from '../../catalogue/index.js'
import { codes } from '../../errors.js'
import {
  countOf,
  createFindingsWriter,
  type Finding,
  findingsFormats,
  type RecordFindings,
  type Totals,
  totalsText,
} from '../../report/index.js'
import { fault as catalogueFault } from '../catalogue-messages.js'
import { CATALOGUE, cataloguesOf } from '../catalogues.js'
import { type InspectOptions, inspect } from '../check/inspect.js'
import { findFiles, openSource } from '../check/sources.js'
import { type Arguments, type Command, FULL, nearest } from '../command.js'
import { fault, say } from '../messages.js'
import { checkOutput, type Output, openOutput } from '../outputs.js'
import type { Terminal } from '../terminal.js'

const GROUPS: ReadonlySet<string> = new Set(['shape', 'conformance'])

export const check: Command = {
  name: 'check',
  usage: 'check [FILE|FOLDER|PATTERN …]',
  summary: {
    zh: '检查记录、协同记录的结构与符合性，或其他文件的结构（不看签名）',
    en: 'Check records and joint documents for shape and conformance, other documents for shape; no signature is verified',
  },
  options: {
    format: {
      type: 'string',
      value: findingsFormats.join('|'),
      help: { zh: '输出格式，默认 pretty', en: 'output format, default pretty' },
    },
    out: { type: 'string', value: 'FILE', help: { zh: '报告写入文件', en: 'write the report to a file' } },
    only: {
      type: 'string',
      value: 'GROUP|RULE|CODE',
      multiple: true,
      help: { zh: '只检查所列的组、规则或代码（可重复，逗号分隔）', en: 'only these groups, rules or codes; repeatable, commas' },
    },
    ignore: {
      type: 'string',
      value: 'CODE|RULE',
      multiple: true,
      help: { zh: '不计所列的代码或规则（可重复，逗号分隔）', en: 'leave out these codes or rules; repeatable, commas' },
    },
    'max-warnings': { type: 'string', value: 'N', help: { zh: '提示多于 N 项时退出码为 1', en: 'exit code 1 with more warnings than N' } },
    'allow-empty': { type: 'boolean', help: { zh: '找不到文件不算错', en: 'finding no file is no mistake' } },
    quiet: { type: 'boolean', help: { zh: '只列不合格，不列提示', en: 'failures only, no warnings' } },
    catalogue: CATALOGUE,
    trust: {
      type: 'string',
      value: 'FILE',
      help: { zh: '信任文件，核对 --catalogue 的签名', en: 'trust file by which --catalogue is verified' },
    },
    region: { type: 'string', value: '50|51', help: { zh: '采用哪一省（市）的目录', en: 'province whose catalogue counts' } },
    full: FULL,
  },
  notes: {
    zh: '文件可为记录（.json）、每行一份记录（.ndjson、.jsonl）或签名记录（.jws），也可为协同记录（比对方案、检查任务、考核证书等的 JSON 内容，或签名的 .jws）、协议、目录、状态公告、状态表、信任列表、信任文件、证据包、回执、判定结果或器具现状；文件夹逐级查找；带 * 的名称请加引号。\n退出码：0 无不合格项；1 有；2 用法有误或文件无法读取。tongheng explain 代码 可查各代码的说明与示例。',
    en: 'A file may be a record (.json), a record a line (.ndjson, .jsonl) or a signed statement (.jws), or a joint statement (the document as JSON, or signed), an agreement, catalogue, notice, status list, trust list, trust file, evidence bundle, receipt, verdict or standing; folders are searched all the way down; quote names with *.\nExit code: 0 nothing failed; 1 something did; 2 misuse, or a file could not be read. tongheng explain CODE says what a code means.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const format = args.choice('format', findingsFormats)
    const maxWarnings = wholeNumber(args, 'max-warnings')
    const counts = selection(args)
    const catalogue = await catalogueOf(args, terminal)
    const { files, empty } = await findFiles(args.files.length === 0 ? ['-'] : args.files)
    if (empty.length > 0 && !args.flag('allow-empty')) throw fault('cli.no-match', { names: empty.slice(0, 5).join(' ') })
    const toFile = args.text('out')
    const paint: Terminal['paint'] = toFile === undefined ? terminal.paint : (text) => text
    await checkOutput(toFile, files)
    const output: Output = toFile === undefined ? { write: terminal.write, close: done, discard: done } : await openOutput(toFile)
    const totals = { files: 0, records: 0, faulty: 0, failed: 0, warned: 0, unread: 0 }
    const writer = createFindingsWriter(format, { language, version: VERSION, paint })
    const quiet = args.flag('quiet')
    try {
      await output.write(writer.begin?.() ?? '')
      for await (const record of records(
        files,
        terminal,
        { wanted: counts, full: args.flag('full'), ...(catalogue && { catalogue }) },
        totals,
        language,
      )) {
        const shown = quiet ? { ...record, findings: record.findings.filter(({ level }) => level === 'fail') } : record
        const text = writer.record(shown)
        if (text === '') continue
        terminal.progress('')
        await output.write(text)
      }
      await output.write(writer.end(totals))
      await output.close()
    } catch (error) {
      await output.discard()
      throw error
    }
    if (toFile !== undefined) terminal.warn(totalsText(totals, language))
    if (totals.unread > 0) return 2
    if (maxWarnings !== undefined && totals.warned > maxWarnings) {
      terminal.warn(say('cli.warnings-many', { warned: totals.warned, most: maxWarnings })[language])
      return 1
    }
    return totals.failed > 0 ? 1 : 0
  },
}

/** The reference data, if a catalogue is given. @throws `cli.catalogue-region` */
async function catalogueOf(args: Arguments, terminal: Terminal): Promise<Catalogue | undefined> {
  const opened = await cataloguesOf(args, terminal)
  if (opened === undefined) return undefined
  const regions = new Set(opened.published.map(({ payload }) => payload.region))
  const [only = ''] = regions
  const region = args.text('region')
  if (region === undefined && regions.size > 1) throw catalogueFault('cli.catalogue-region')
  return opened.catalogueFor(region ?? only, terminal.now())
}

const done = async (): Promise<void> => undefined

/** Checks every record of the files, and counts them. */
async function* records(
  files: readonly string[],
  terminal: Terminal,
  options: InspectOptions,
  totals: Counts,
  language: 'zh' | 'en',
): AsyncGenerator<RecordFindings> {
  for (const file of files) {
    totals.files++
    for await (const source of openSource(file, terminal)) {
      const { unread, ...record } = await inspect(source, options)
      count(totals, record.findings, unread)
      if (unread) for (const { message, code } of record.findings) terminal.warn(`${message[language]} [${code}]`)
      yield record
      if (totals.records % 64 === 0) terminal.progress(progressText(totals, files.length, language))
    }
  }
  terminal.progress('')
}

type Counts = { -readonly [N in keyof Totals]: Totals[N] }

function count(totals: Counts, findings: readonly Finding[], unread: boolean): void {
  const failed = countOf(findings, 'fail')
  if (unread) {
    totals.unread++
    return
  }
  totals.records++
  totals.failed += failed
  totals.warned += findings.length - failed
  if (failed > 0) totals.faulty++
}

const progressText = ({ files, records, failed }: Totals, of: number, language: 'zh' | 'en'): string =>
  language === 'zh'
    ? `${files}/${of} 个文件，${records} 份记录，${failed} 项不合格`
    : `${files}/${of} files, ${records} records, ${failed} failed`

/**
 * Which findings count. With `--only`, a schema fault always counts, because a rule that could not run has not passed.
 * @throws `cli.code-unknown`
 */
function selection(args: Arguments): (check: Check) => boolean {
  // The codes include row ids, which are the codes of passed rows.
  const known = Object.keys(codes)
  const [only, ignored] = [new Set(args.list('only')), new Set(args.list('ignore'))]
  const wrong = [...[...only].filter((name) => !GROUPS.has(name)), ...ignored].find((name) => !known.includes(name))
  if (wrong !== undefined) throw fault('cli.code-unknown', { name: wrong, near: nearest(wrong, [...known, ...GROUPS]) })
  return ({ id, code, group }) =>
    !ignored.has(code) && !ignored.has(id) && (only.size === 0 || group === 'shape' || only.has(group) || only.has(id) || only.has(code))
}

/** @throws `cli.option-value` */
function wholeNumber(args: Arguments, name: string): number | undefined {
  const text = args.text(name)
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw fault('cli.option-value', { option: `--${name}`, expected: '0, 1, 2 …' })
  return Number(text)
}
