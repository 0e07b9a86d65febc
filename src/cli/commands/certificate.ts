import type { CertificateLanguage } from '../../certificate/index.js'
import type { AnyRecord } from '../../records/index.js'
import type { Arguments, Command } from '../command.js'
import { type Input, jsonOf, readBytes, readInputs, recordIn, statementOf } from '../files.js'
import { fault } from '../messages.js'
import { checkOutput, replaceText } from '../outputs.js'
import { MAX_FONT } from '../pdf.js'

const FORMATS = /\.(html?|pdf)$/i

export const certificate: Command = {
  name: 'certificate',
  usage: 'certificate FILE --out FILE.pdf|FILE.html',
  mostFiles: 1,
  summary: {
    zh: '把签名记录排成可打印的证书、通知书或比对报告',
    en: 'Lay out a signed record as the certificate, notice or report that is printed',
  },
  options: {
    out: {
      type: 'string',
      value: 'FILE',
      help: { zh: '写到该文件；按扩展名 .pdf 或 .html 决定格式', en: 'write this file; .pdf or .html decides the format' },
    },
    font: {
      type: 'string',
      value: 'FILE',
      help: { zh: '中文字体文件（.ttf、.otf），写 PDF 时必备', en: 'a Chinese font (.ttf, .otf); required for PDF' },
    },
    label: {
      type: 'string',
      value: 'TEXT',
      help: { zh: '标签二维码的文本（网址），印在首页', en: 'text of the code of its label (an address): printed on the first page' },
    },
    language: {
      type: 'string',
      value: 'zh|en|both',
      help: { zh: '证书的语言，默认 zh；both 为中英对照', en: 'language of the pages, default zh; both: Chinese with English under it' },
    },
  },
  notes: {
    zh: '签名记录嵌入 PDF 之内，tongheng verify 可取出判定，并核对页面与签名记录是否一致。未签名的记录（JSON）排为草稿。本命令不验证签名。',
    en: 'The signed record is embedded in the PDF: tongheng verify takes it out, judges it, and compares the pages with it. A record without a signature (JSON) gives a draft. This command verifies no signature.',
  },
  async run(args, terminal) {
    const out = args.required('out')
    const [, extension = ''] = FORMATS.exec(out) ?? []
    if (extension === '') throw fault('cli.option-value', { option: '--out', expected: 'FILE.pdf|FILE.html' })
    const language = args.choice('language', ['zh', 'en', 'both'])
    const [fontFile, label] = [args.text('font'), args.text('label')]
    const options = { language: language as CertificateLanguage, ...(label !== undefined && { label }) }
    await checkOutput(out, [...args.files, ...(fontFile === undefined ? [] : [fontFile])])
    const [input] = await readInputs(args.files, terminal)
    const source = sourceOf(input as Input)
    // Loaded on demand, so that other commands need less memory.
    const { writeCertificateHtml, writeCertificatePdf } = await import('../../certificate/index.js')
    if (extension.toLowerCase() === 'pdf') {
      const font = await fontOf(args)
      await replaceText(out, await writeCertificatePdf(source, { font, ...options }))
    } else await replaceText(out, writeCertificateHtml(source, options))
    terminal.print(out)
    return 0
  },
}

/** The source of the pages: a signed record, or an unsigned one as JSON. */
function sourceOf(input: Input): string | AnyRecord {
  const text = new TextDecoder().decode(input.bytes).trim()
  // The writer of the pages validates it.
  if (text.startsWith('{')) return recordIn(jsonOf(input)) as unknown as AnyRecord
  return [statementOf(input, 'metrology-record+jwt')].flat().join('\n')
}

const fontOf = (args: Arguments): Promise<Uint8Array> => readBytes(args.required('font'), MAX_FONT)
