import { createSigner, type SignedText, type StatementType, statedType } from '../../envelope/index.js'
import type { LabelPaperOptions, LineLabel } from '../../label/index.js'
import { MAX_LINES } from '../../records/index.js'
import type { Arguments, Command } from '../command.js'
import { readBytes, readKey } from '../files.js'
import { statementsOf } from '../lines.js'
import { fault, say } from '../messages.js'
import { checkOutput, replaceText } from '../outputs.js'
import { MAX_FONT } from '../pdf.js'
import { fault as faultOfRecord, say as sayOfRecord } from '../record-messages.js'
import type { Terminal } from '../terminal.js'

/** Maximum number of labels of one sheet. */
const MAX_LABELS = 10_000
const LABEL = 'metrology-label+jwt'
const TYPES: readonly StatementType[] = [LABEL, 'metrology-record+jwt']

export const label: Command = {
  name: 'label',
  usage: 'label FILE … --node URL [--out FILE.pdf|FILE.html|FILE.svg]',
  summary: {
    zh: '打印检定标签（二维码）：已签署的标签，或用 --key 为已签署的检定记录制作',
    en: 'Print labels (QR codes): signed ones, or made of signed records with --key',
  },
  options: {
    node: {
      type: 'string',
      value: 'URL',
      help: {
        zh: '二维码中的网址：节点的网页，如 https://jl.example.cn',
        en: 'address in the code: the page of the node, as https://jl.example.cn',
      },
    },
    out: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: '输出文件（.pdf、.html 或 .svg）；不给则每行打印一张标签的文本',
        en: 'output file (.pdf, .html or .svg); without it the texts of the codes, one a line',
      },
    },
    font: {
      type: 'string',
      value: 'FILE',
      help: { zh: '中文字体文件（.ttf、.otf），写 PDF 时必备', en: 'a Chinese font (.ttf, .otf); required for PDF' },
    },
    paper: {
      type: 'string',
      value: 'A4|roll',
      help: {
        zh: '纸张：A4 排满，或卷装标签纸（每页一张），默认 A4',
        en: 'paper: sheets of A4, or a roll with one label a page; default A4',
      },
    },
    size: { type: 'string', value: 'WxH', help: { zh: '标签尺寸（mm），默认 40x60', en: 'size of a label in mm, default 40x60' } },
    module: {
      type: 'string',
      value: 'MM',
      help: { zh: '二维码模块边长（mm），至少 0.4，默认 0.4', en: 'side of a module in mm, at least 0.4, default 0.4' },
    },
    key: {
      type: 'string',
      value: 'FILE',
      multiple: true,
      help: {
        zh: '私钥文件：为检定记录制作并签署标签；可给多个',
        en: 'file with the private key: makes and signs labels of verification records; several sign each',
      },
    },
    line: {
      type: 'string',
      value: 'N',
      multiple: true,
      help: {
        zh: '批量证书的行号，从 1 计，可给多个，也可写 3-7；默认每行（每台）一张，与 --key 同用',
        en: 'line of a batch certificate, from 1; repeatable, also as 3-7. Default a label for every line; with --key',
      },
    },
    at: { type: 'string', value: 'TIME', help: { zh: '标签的签名时间，默认当前', en: 'time of signing of the labels, default now' } },
  },
  notes: {
    zh: '不给 --key 时，文件中的记录略去并在标准错误中提示；签署记录时用 sign --label 可同时得到标签。批量证书每台一张标签，按行号排列。\n打印时请选“实际大小”（100 %），缩小打印的二维码手机难以识读。',
    en: 'Without --key, records in the files are left out and named on standard error; sign --label makes the label with the record. A batch certificate has a label for each instrument, in the order of its lines.\nPrint at its own size (100 %): phones hardly read a code that was made smaller.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const node = args.required('node')
    const paper = args.choice('paper', ['A4', 'roll'])
    const picture: LabelPaperOptions = { node, paper: paper as 'A4' | 'roll', language, ...sizeIn(args), ...moduleIn(args) }
    const out = args.text('out')
    const format = out === undefined ? undefined : formatOf(out)
    const fontFile = format === 'pdf' ? args.required('font') : undefined
    await checkOutput(out, [...args.files, ...args.list('key'), ...(fontFile === undefined ? [] : [fontFile])])
    const font = fontFile === undefined ? undefined : await readBytes(fontFile, MAX_FONT)
    const labels = await labelsIn(args, terminal)
    if (labels.length === 0) throw fault('cli.no-labels')
    if (out === undefined || format === undefined) {
      const { labelUrl } = await import('../../label/index.js')
      for (const octets of labels) terminal.printLines(labelUrl(octets, node))
    } else {
      await replaceText(out, await sheetOf(labels, picture, format, font))
      terminal.warn(say('cli.labels-written', { count: labels.length, file: out })[language])
    }
    return 0
  },
}

type Format = 'html' | 'svg' | 'pdf'

/** Loaded on demand, so that other commands need less memory. */
async function sheetOf(labels: readonly Uint8Array[], picture: LabelPaperOptions, format: Format, font: Uint8Array | undefined) {
  if (format === 'pdf') {
    const { writeLabelPdf } = await import('../../certificate/index.js')
    return writeLabelPdf(labels, { ...picture, font: font as Uint8Array })
  }
  const { writeLabelSheet } = await import('../../label/index.js')
  return writeLabelSheet(labels, { ...picture, format })
}

/** @throws `cli.label-format` for a file of another kind */
function formatOf(out: string): Format {
  const [, extension = ''] = /\.([^./\\]+)$/.exec(out.toLowerCase()) ?? []
  if (extension === 'pdf') return 'pdf'
  if (extension === 'html' || extension === 'htm') return 'html'
  if (extension === 'svg') return 'svg'
  throw fault('cli.label-format', { file: out })
}

/** @throws `cli.option-value` */
function sizeIn(args: Arguments): { width?: number; height?: number } {
  const given = args.text('size')
  if (given === undefined) return {}
  const [, width, height] = /^(\d{2,3}(?:\.\d)?)[x×*](\d{2,3}(?:\.\d)?)$/i.exec(given) ?? []
  if (width === undefined || Number(width) < 20 || Number(height) < 20)
    throw fault('cli.option-value', { option: '--size', expected: '40x60' })
  return { width: Number(width), height: Number(height) }
}

/** @throws `cli.option-value` */
function moduleIn(args: Arguments): { module?: number } {
  const given = args.text('module')
  if (given === undefined) return {}
  if (!/^\d(?:\.\d{1,3})?$/.test(given) || Number(given) < 0.4) throw fault('cli.option-value', { option: '--module', expected: '0.4 …' })
  return { module: Number(given) }
}

/** Selected lines of a batch; undefined for every line. @throws `cli.option-value`, `cli.option-missing` without --key */
function linesIn(args: Arguments): readonly number[] | undefined {
  const asked = args.list('line')
  if (asked.length === 0) return undefined
  if (args.list('key').length === 0) throw fault('cli.option-missing', { option: '--key', command: 'label' })
  const lines = asked.flatMap((text) => {
    const [, from = '', to = from] = /^([1-9]\d{0,3})(?:-([1-9]\d{0,3}))?$/.exec(text) ?? []
    const [first, last] = [Number(from), Number(to)]
    if (from === '' || last < first || last > MAX_LINES) throw fault('cli.option-value', { option: '--line', expected: `1–${MAX_LINES}` })
    return Array.from({ length: last - first + 1 }, (_, at) => first + at)
  })
  return [...new Set(lines)]
}

/** Octets of all labels in the files, in order. @throws `cli.labels-many` */
async function labelsIn(args: Arguments, terminal: Terminal): Promise<Uint8Array[]> {
  const language = args.choice('lang', ['zh', 'en'])
  const [first, ...others] = await Promise.all(
    args.list('key').map(async (file) => createSigner(await readKey(file, terminal, say('cli.key-open', { file })[language]))),
  )
  const at = args.instant('at', terminal.now())
  const lines = linesIn(args)
  const { packLabel, signLabels } = await import('../../label/index.js')
  const labels: Uint8Array[] = []
  for await (const { label: name, signed } of statementsOf(args.files, terminal, TYPES)) {
    if (statedType(firstOf(signed)) === LABEL) labels.push(packLabel(signed))
    else if (first !== undefined) {
      const made = await signLabels(signed, { signers: [first, ...others], at, ...(lines && { lines }) })
      for (const { octets } of made) labels.push(octets)
      const [one] = made
      if (one?.line !== undefined) terminal.warn(sayOfRecord('cli.labels-of-batch', { file: name, ...rangeOf(made) })[language])
    } else terminal.warn(say('cli.label-record', { file: name })[language])
    if (labels.length > MAX_LABELS) throw faultOfRecord('cli.labels-many', { most: MAX_LABELS })
  }
  return labels
}

/** The range of labelled lines, by number and serial number of the first and the last. */
const rangeOf = (made: readonly LineLabel[]) => {
  const named = ({ line, serial = '/' }: LineLabel) => `${line} (${serial})`
  const [first, last] = [made[0] as LineLabel, made.at(-1) as LineLabel]
  return { count: made.length, first: named(first), last: named(last) }
}

const firstOf = (signed: SignedText): string => (typeof signed === 'string' ? signed : (signed[0] ?? ''))
