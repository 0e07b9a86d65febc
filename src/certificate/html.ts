/** Writes a record as one self-contained HTML file without scripts and requests, printable on A4. */
import { writeHtmlFile } from '../base/html-file.js'
import { escapeMarkup } from '../base/markup.js'
import { type CertificateSource, DRAFT, type Opened, openSource } from './content/content.js'
import { type Block, inLanguage, isAlike, type Shown, type Table } from './content/model.js'
import { type CertificateLanguage, type CertificateOptions, checkCertificateOptions } from './options.js'
import { sceneSvg } from './plots/svg.js'
import { STYLE } from './style.js'
import { END, STATEMENT_ID } from './words-of-page.js'

/**
 * Writes a record as the printed certificate, notice or report: 检定证书, 检定结果通知书, 校准证书, 计量比对报告. The file is semantic HTML
 * with its own style sheet, without scripts and without any reference to the network.
 * Does not verify the signature; use `verify` for that.
 * @param source a signed record as text (compact JWS, one line per signature), or an unsigned record, which becomes a draft
 * @throws `certificate.record` if the source is not a record of a known kind; `verify.options` for options of another type
 * @example
 * ```ts
 * import { writeCertificateHtml } from 'tongheng/certificate'
 * import { fixtures } from 'tongheng/testing'
 *
 * const html = writeCertificateHtml(fixtures.F01.record, { language: 'zh' })
 * html.includes('川计检字20250312-00417') // => true
 * ```
 */
export function writeCertificateHtml(source: CertificateSource, options: CertificateOptions = {}): string {
  checkCertificateOptions('writeCertificateHtml', source, options)
  const { language = 'zh', label } = options
  return writePages(openSource(source, label), language)
}

/** The pages of any document. */
export const writePages = (opened: Opened, language: CertificateLanguage): string => page(opened, createWriter(language), language)

interface Writer {
  /** A text in the language of the document, or in both. */
  text(shown: Shown): string
  /** The same for a label; in both languages, one under the other. */
  label(shown: Shown): string
  readonly first: 'zh' | 'en'
}

/** The code with a quiet zone of four modules on each side; a module is 0.45 mm. */
function codeHtml({ size, path, caption }: Extract<Block, { type: 'code' }>, writer: Writer): string {
  const side = size + 8
  const name = escapeMarkup(inLanguage(caption, writer.first))
  return `<figure class="code"><svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 ${side} ${side}" width="${side * 0.45}mm" height="${side * 0.45}mm" role="img" aria-label="${name}" shape-rendering="crispEdges"><path d="${path}" fill="#000"/></svg><figcaption>${writer.text(caption)}</figcaption></figure>`
}

/** Escapes a text and prevents line breaks within dates. */
const markup = (text: string): string => escapeMarkup(text).replace(/\b\d{4}-\d{2}-\d{2}\b/g, '<span class="n">$&</span>')

function createWriter(language: CertificateLanguage): Writer {
  const one = language === 'en' ? 'en' : 'zh'
  const inOne = (shown: Shown): string => markup(inLanguage(shown, one))
  if (language !== 'both') return { text: inOne, label: inOne, first: one }
  const both = (shown: Shown, tag: string): string => {
    const [zh, en] = [inLanguage(shown, 'zh'), inLanguage(shown, 'en')]
    return isAlike(zh, en) ? markup(zh) : `${markup(zh)}<${tag} lang="en" class="en">${markup(en)}</${tag}>`
  }
  return { text: (shown) => both(shown, 'span'), label: (shown) => both(shown, 'small'), first: 'zh' }
}

function page({ content, statementId }: Opened, writer: Writer, language: CertificateLanguage): string {
  const { title, issuer, number, cover, inner } = content
  const plain = (shown: Shown): string => escapeMarkup(inLanguage(shown, writer.first))
  const blocks = (list: readonly Block[], from: string): string =>
    list.map((block, n) => blockHtml(block, writer, `${from}${n}`)).join('\n')
  const lang = language === 'en' ? 'en' : 'zh-CN'
  const body = `<main>
${statementId === undefined ? `<p class="draft" role="note">${writer.text(DRAFT)}</p>\n` : ''}<header>
<p class="issuer">${escapeMarkup(issuer)}</p>
<h1>${writer.label(title)}</h1>
<p class="number">${writer.text(number.label)}${writer.first === 'zh' ? '：' : ': '}<b>${escapeMarkup(number.value)}</b></p>
</header>
<section class="cover" aria-label="${plain(FIRST_PAGE)}">
${blocks(cover, 'c')}
</section>
<section class="inner" aria-label="${plain(CONTENTS)}">
${blocks(inner, 'i')}
</section>
<footer>
${statementId === undefined ? '' : `<p class="id">${writer.text(STATEMENT_ID)}${writer.first === 'zh' ? '：' : ': '}<code>${statementId}</code></p>\n`}<p class="end">${writer.text(END)}</p>
</footer>
</main>`
  return writeHtmlFile({ lang, title: `${plain(title)} ${escapeMarkup(number.value)}`, style: STYLE, body })
}

const FIRST_PAGE = { zh: '首页', en: 'First page' }
const CONTENTS = { zh: '内页', en: 'Following pages' }

function blockHtml(block: Block, writer: Writer, id: string): string {
  if (block.type === 'heading') return `<h2>${writer.label(block.text)}</h2>`
  if (block.type === 'notice') return `<p class="draft" role="note">${writer.text(block.text)}</p>`
  if (block.type === 'text') return `<p>${writer.text(block.text)}</p>`
  if (block.type === 'plot')
    return `<figure><figcaption>${writer.text(block.scene.title)}</figcaption>${sceneSvg(block.scene, writer.first, id)}</figure>`
  if (block.type === 'table') return tableHtml(block.table, writer)
  if (block.type === 'code') return codeHtml(block, writer)
  const rows = block.fields.map(({ label, value }) => `<div><dt>${writer.label(label)}</dt><dd>${writer.text(value)}</dd></div>`)
  return `<dl>\n${rows.join('\n')}\n</dl>`
}

/** Maximum characters of a cell that is kept on one line: 合格, a number. */
const SHORT = 4
/** Characters from which a cell gets a minimum width on a narrow screen, where the table scrolls. */
const LONG = 18
const classOf = ({ length }: string): string => (length <= SHORT ? ' class="n"' : length > LONG ? ' class="w"' : '')
/** Number of columns from which a table is printed smaller. */
const WIDE = 8

function tableHtml({ caption, head, rows, notes = [] }: Table, writer: Writer): string {
  const cells = (row: readonly Shown[]): string =>
    row.map((cell) => `<td${classOf(inLanguage(cell, writer.first))}>${writer.text(cell)}</td>`).join('')
  return `<div class="table" role="region" tabindex="0" aria-label="${escapeMarkup(inLanguage(caption, writer.first))}"><table${head.length > WIDE ? ' class="wide"' : ''}>
<caption>${writer.label(caption)}</caption>
<thead><tr>${head.map((cell) => `<th scope="col">${writer.label(cell)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n')}
</tbody>
</table></div>${notes.map((note) => `\n<p class="note">${writer.text(note)}</p>`).join('')}`
}
