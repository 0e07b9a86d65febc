import { availableParallelism } from 'node:os'
import { parseInstant } from '../../base/date.js'
import { RegionCode } from '../../base/schema.js'
import { decodeRecord } from '../../records/index.js'
import { createTally, type JudgedStatement, type TableRow, writeSummaryText } from '../../report/index.js'
import type { ThreadOptions } from '../../threads/index.js'
import { type EvidenceMaterial, gatherEvidence, type VerifyOptions } from '../../verify/index.js'
import { signedLists } from '../../verify/inside.js'
import { algorithmIn } from '../algorithm-option.js'
import { CATALOGUE } from '../catalogues.js'
import { type Command, type ExitCode, FULL } from '../command.js'
import { readTrustFile } from '../files.js'
import { type Judged, judgedFiles, judgedOf, type Unread } from '../judged.js'
import { LOG, NEWER, openForJudging, STATE } from '../material.js'
import { fault, say } from '../messages.js'
import { createMeter, type Meter } from '../meter.js'
import { checkNew, checkOutput, type Output, openOutput, writeNew } from '../outputs.js'
import { createProgress } from '../progress.js'
import type { Terminal } from '../terminal.js'
import { warnOfError } from '../told-error.js'
import { type Answer, createVerdictWriter, rowOf, type VerdictFormat, verdictFormats, type WriterOptions } from '../verdict-list.js'

export const verify: Command = {
  name: 'verify',
  usage: 'verify [FILE|FOLDER|PATTERN …] --trust FILE --region 50|51',
  summary: { zh: '判定签名记录：是否予以互认，为什么', en: 'Judge signed statements: recognised or not, and why' },
  options: {
    trust: {
      type: 'string',
      value: 'FILE',
      help: { zh: '信任文件：根公钥、信任列表、协议、规范', en: 'trust file: root keys, trust lists, agreements, specifications' },
    },
    region: {
      type: 'string',
      value: '50|51',
      help: { zh: '采信方：50 重庆，51 四川', en: 'who is to recognise: 50 Chongqing, 51 Sichuan' },
    },
    state: STATE,
    newer: NEWER,
    at: { type: 'string', value: 'TIME', help: { zh: '判定时间，默认当前', en: 'moment asked about, default now' } },
    catalogue: CATALOGUE,
    log: LOG,
    line: {
      type: 'string',
      value: 'N',
      help: { zh: '批量证书的行号，从 1 计：判定该行的一台器具', en: 'line of a batch certificate, from 1: judge that instrument' },
    },
    'require-alg': {
      type: 'string',
      value: 'ALG',
      multiple: true,
      help: { zh: '要求有该算法的签名，如 SM2', en: 'demand a signature by this algorithm, as SM2' },
    },
    bundle: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: '写出证据包（新文件）：日后可离线重算同一判定',
        en: 'write an evidence bundle (a new file), from which the verdict can be computed again',
      },
    },
    label: {
      type: 'string',
      value: 'TEXT',
      multiple: true,
      help: {
        zh: '判定一张标签：扫码得到的文本（网址）；也可放在文件里，每行一个',
        en: 'judge a label: the text of its code (an address); a file may hold such texts too, one a line',
      },
    },
    font: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: '证书 PDF 排版所用的字体：重新排版，核对页面与签名记录是否一致',
        en: 'font of a certificate in PDF: it is rendered again, and its pages are compared with the signed record',
      },
    },
    full: FULL,
    format: {
      type: 'string',
      value: verdictFormats.join('|'),
      help: {
        zh: '输出格式，默认 text；xlsx（Excel）、csv 和 html 为清单，每份一行；xlsx 须写入文件（--out）',
        en: 'output format, default text; xlsx (Excel), csv and html are lists, a row each; xlsx needs a file (--out)',
      },
    },
    out: { type: 'string', value: 'FILE', help: { zh: '结果写入文件', en: 'write the result to a file' } },
    summary: {
      type: 'boolean',
      help: {
        zh: '附汇总：按结论、机构、种类、原因计数，列出重复的编号、器具和签名记录',
        en: 'add a summary: counts by outcome, issuer, kind and reason, and what is there twice',
      },
    },
  },
  notes: {
    zh: '文件可为签名记录，或内含签名记录的证书 PDF；文件夹和压缩包（.zip）逐级查找 .jws、.ndjson、.jsonl、.pdf、.txt，其他文件不读；包内再套的压缩包不打开，会说明。文件每行一份签名记录，逐份判定；前后相连、内容相同的几行是同一份签名记录的几个签名，须全部成立。读不出签名记录的文件不影响其余。\n--format csv 的汇总在标准错误；写入文件时，汇总在标准输出。\n退出码：0 全部予以互认（采用、采信、认可）；1 有不予互认、采信（不合格）或无法判定的；2 用法或输入有误。',
    en: 'A file is a signed record, or a certificate in PDF that has one inside; of folders and archives (.zip) .jws, .ndjson, .jsonl, .pdf and .txt are read, all the way down, and nothing else; an archive inside an archive is not opened, and is named. A file holds one statement a line, each judged by itself; lines one after the other with the same content are the signatures of one statement, and all must hold. A file that holds no statement does not affect the others.\nWith --format csv the summary goes to standard error; with --out, to standard output.\nExit code: 0 all recognised; 1 some not recognised, accepted as a failure, or indeterminate; 2 misuse or bad input.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const format = args.choice('format', verdictFormats)
    const at = parseInstant(args.text('at') ?? terminal.now())
    const region = args.required('region')
    if (!RegionCode.safeParse(region).success) throw fault('cli.option-value', { option: '--region', expected: '50|51' })
    const algorithms = args.list('require-alg').map((name) => algorithmIn('--require-alg', name))
    const policy = algorithms.length > 0 ? { algorithms } : {}
    const file = await readTrustFile(args.required('trust'))
    const bundleFile = args.text('bundle')
    if (bundleFile !== undefined) await checkNew(bundleFile)
    const [files, out] = [await judgedFiles(args), format === 'xlsx' ? args.required('out') : args.text('out')]
    await checkOutput(out, files)
    const { opened, known, catalogues, log } = await openForJudging(file, args, terminal, at)
    const line = args.text('line') === undefined ? undefined : args.whole('line')
    if (line === 0) throw fault('cli.option-value', { option: '--line', expected: '1–1000' })
    const ofLine = line !== undefined && { line }
    const material = { ...file, ...known, catalogues, log, trustLists: signedLists(opened.trust) }
    const meter = await createMeter(files)
    const statements = judgedOf(files, args, terminal, meter)
    const asked = { at, policy: { region, ...policy } }
    const answers =
      bundleFile !== undefined
        ? bundled(await onlyOne(statements), bundleFile, { ...material, ...policy, at, region, ...ofLine })
        : judging(statements, { ...asked, ...opened, ...ofLine }, meter, material)
    return writeVerdicts(answers, {
      terminal,
      format,
      out,
      meter,
      isMany: files.length + args.list('label').length > 1,
      writing: {
        language,
        at,
        region,
        full: args.flag('full'),
        withSummary: args.flag('summary'),
        paint: out === undefined ? terminal.paint : plain,
      },
    })
  },
}

const plain = (text: string): string => text

type Judgement = (Judged & Pick<JudgedStatement, 'verdict' | 'record'>) | Unread

/** Judges one statement and writes its evidence bundle. @throws `cli.label-bundle` */
async function* bundled(one: Judged, name: string, material: EvidenceMaterial): AsyncGenerator<Judgement, void, undefined> {
  const { signed, isLabel } = one
  if (isLabel) throw fault('cli.label-bundle')
  const evidence = await gatherEvidence(signed, material)
  await writeNew(name, `${JSON.stringify(evidence)}\n`)
  const { verdict } = evidence
  // The record of a statement that is not genuine is not shown.
  const record = verdict.issuer === undefined ? undefined : decodeRecord([signed].flat()[0] as string)?.record
  yield { ...one, verdict, record }
}

/** Number of processors from which several judging threads are faster than one that uses the pool of the runtime. */
const MANY_PROCESSORS = 3

/** Judges the input by the method that is fastest on this machine. */
async function* judging(
  statements: AsyncIterable<Judged | Unread>,
  options: VerifyOptions,
  meter: Meter,
  material: ThreadOptions['material'],
): AsyncGenerator<Judgement, void, undefined> {
  const { judgeOneByOne, judgeOnPool, judgeOnThreads } = await import('../../threads/inside.js')
  const given = (one: Judged | Unread) => ('error' in one ? undefined : one.isLabel ? { label: one.signed } : one.signed)
  const { at, policy, line } = options
  const answers = meter.isStream
    ? judgeOneByOne(statements, given, options)
    : meter.isLarge && availableParallelism() >= MANY_PROCESSORS
      ? judgeOnThreads(statements, given, { at, policy, material, ...(line !== undefined && { line }) })
      : judgeOnPool(statements, given, options)
  for await (const { item, judged } of answers) yield judged === undefined ? (item as Unread) : { ...(item as Judged), ...judged }
}

interface Writing {
  readonly terminal: Terminal
  readonly format: VerdictFormat
  readonly out: string | undefined
  readonly meter: Meter
  readonly isMany: boolean
  readonly writing: Omit<WriterOptions, 'write'>
}

/** Writes each verdict as soon as it is available. */
async function writeVerdicts(
  answers: AsyncIterable<Judgement>,
  { terminal, format, out, meter, isMany, writing }: Writing,
): Promise<ExitCode> {
  const { language, withSummary } = writing
  const progress = createProgress(terminal, language)
  const isShown = out !== undefined || format !== 'text'
  const tally = withSummary || format === 'html' || format === 'xlsx' ? createTally() : undefined
  const print = format === 'csv' ? terminal.writeTable : terminal.write
  const output: Output =
    out === undefined ? { write: (text) => print(text as string), close: nothing, discard: nothing } : await openOutput(out)
  const writer = createVerdictWriter(format, { ...writing, write: (bytes) => output.write(bytes) })
  // Text is written at once, because a person reads it. Rows of a list are written in groups, which takes half the time.
  const together = format === 'text' ? 1 : TOGETHER
  let waiting: { readonly row: TableRow; readonly answer: Answer | undefined }[] = []
  let [text, count]: [string, number] = ['', 0]
  const writeWaiting = async (): Promise<void> => {
    const some = waiting
    waiting = []
    for (const { row } of some) tally?.add(row)
    for (const { row, answer } of some) text += writer.row !== undefined ? await writer.row(row) : writer.answer(answer as Answer)
    if (text.length < CHUNK && format !== 'text') return
    await output.write(text)
    text = ''
  }
  let code: ExitCode = 0
  try {
    text = writer.begin()
    for await (const one of answers) {
      let answer: Answer
      if ('error' in one) {
        answer = one
        warnOfError(one.error, terminal, language)
        code = 2
      } else {
        answer = { ...one, isOnly: one.isAlone && !isMany }
        if (code === 0 && (one.verdict.outcome !== 'recognised' || one.pages === 'differ')) code = 1
      }
      if (isShown) progress.showShare(++count, meter.share())
      const row = rowOf(answer, language)
      if (waiting.push({ row, answer: writer.row === undefined ? answer : undefined }) >= together) await writeWaiting()
    }
    await writeWaiting()
    const rate = isShown ? progress.end() : 0
    if (count >= LONG) terminal.warn(say('cli.verify-total', { count, rate })[language])
    const summary = (tally ?? createTally()).summary()
    await output.write(text + (await writer.end(summary)))
    await output.close()
    if (!withSummary || (out === undefined && format !== 'csv')) return code
    if (out === undefined) for (const line of writeSummaryText(summary, language).split('\n')) terminal.warn(line)
    else terminal.printLines(writeSummaryText(summary, language))
    return code
  } catch (error) {
    await output.discard()
    throw error
  }
}

/** Number of statements from which the rate is printed at the end. */
const LONG = 100_000
/** Number of rows written at once. */
const TOGETHER = 64
/** Number of characters written at once; strings of more than 128 kB are slower to build. */
const CHUNK = 16_384
const nothing = async (): Promise<void> => undefined

/** @throws `evidence.one-file`, and the error of an unreadable file */
async function onlyOne(statements: AsyncGenerator<Judged | Unread>): Promise<Judged> {
  const first = await statements.next()
  const second = first.done === true ? first : await statements.next()
  for (const { value } of [first, second]) if (value !== undefined && 'error' in value) throw value.error
  if (first.done === true || second.done !== true) throw fault('evidence.one-file')
  return first.value as Judged
}
