/** Writes a record as PDF/A-3a: tagged, with the font and the signed record embedded (AFRelationship Source), deterministic. */
import { encodeBase64url, encodeUtf8, sha256 } from '#native'
import { type OptionTable, octets } from '../../base/options.js'
import { VERSION } from '../../base/version.js'
import { type CertificateSource, DRAFT, openSource } from '../content/content.js'
import type { Content } from '../content/model.js'
import { type CertificateLanguage, type CertificateOptions, checkCertificateOptions, OPTIONS } from '../options.js'
import { drawChart } from '../plots/chart.js'
import { END, STATEMENT_ID } from '../words-of-page.js'
import { drawPages, type Pages } from './blocks.js'
import { createCanvas, type Doc } from './canvas.js'
import { openDocument } from './document.js'
import { RECORD_FILE, RENDERING_FILE } from './embedded.js'
import { checkGlyphs, textsOf } from './glyphs.js'

export interface PdfOptions extends CertificateOptions {
  /** A TrueType or OpenType font with every character of the record, as octets of its file; a subset of it is embedded. */
  readonly font: Uint8Array
}

const PDF_OPTIONS: OptionTable = { ...OPTIONS, font: octets }

/** Names of the embedded files. */

/** Inputs of the pages besides the record: with equal ones, the same record produces the same pages. */
export interface Rendering {
  readonly renderer: string
  readonly language: CertificateLanguage
  /** SHA-256 of the font file, base64url. */
  readonly font: string
  /** Text of the code of the label on the first page. */
  readonly label?: string
}

export const renderingOf = async (font: Uint8Array, language: CertificateLanguage, label?: string): Promise<Rendering> => ({
  renderer: `tongheng ${VERSION} ${await fingerprintOf(font)}`,
  language,
  font: encodeBase64url(sha256(font)),
  ...(label !== undefined && { label }),
})

const fingerprints = new WeakMap<Uint8Array, string>()

/**
 * Digest of a fixed document, drawn by the installed libraries with this font. Pages are compared only if the digests are equal, because
 * other versions of the libraries may draw different pages.
 */
async function fingerprintOf(font: Uint8Array): Promise<string> {
  const known = fingerprints.get(font)
  if (known !== undefined) return known
  const written = await render({ content: PROBE, language: 'en' }, { font, compress: false, files: [] })
  const found = encodeBase64url(sha256(written)).slice(0, 22)
  fingerprints.set(font, found)
  return found
}

const PROBE: Content = {
  title: { zh: 'Probe', en: 'Probe' },
  issuer: 'Issuer',
  number: { label: { zh: 'No.', en: 'No.' }, value: '1' },
  date: '2025-01-01',
  cover: [
    {
      type: 'fields',
      fields: [{ label: { zh: 'Name', en: 'Name' }, value: 'Value of 1.00 mm, which is long enough to be broken into lines. '.repeat(4) }],
    },
  ],
  inner: [
    { type: 'heading', text: { zh: 'Table', en: 'Table' } },
    {
      type: 'table',
      table: {
        caption: { zh: 'Table', en: 'Table' },
        head: ['a', 'b'],
        rows: [
          ['1.00', '2.00'],
          ['AVAToWA', 'fi'],
        ],
      },
    },
    {
      type: 'plot',
      scene: drawChart({
        title: { zh: 'Plot', en: 'Plot' },
        xLabel: 'x',
        yLabel: 'y',
        points: [
          { x: 0, y: 1, half: 0.5, shape: 'dot', label: '1' },
          { x: 1, y: 2, half: 0.5, shape: 'cross', label: '2' },
        ],
        description: { zh: 'Plot', en: 'Plot' },
      }),
    },
  ],
}

/**
 * Writes a record as PDF/A-3a with the signed record inside: 检定证书, 检定结果通知书, 校准证书, 计量比对报告. The same record, options and
 * font produce the same file, octet for octet. `readCertificatePdf` extracts the record.
 * Needs the package pdfkit, which is loaded at the first call.
 * @param source a signed record as text, which is embedded; or an unsigned record, which becomes a draft
 * @throws `certificate.glyph` if the font lacks a character, `certificate.font` if it cannot be read, `certificate.record`,
 *   `certificate.pdfkit` if pdfkit is not installed, `verify.options`
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs'
 * import { writeCertificatePdf } from 'tongheng/certificate'
 *
 * const pdf = (statement: string, fontFile: string) => writeCertificatePdf(statement, { font: readFileSync(fontFile) })
 * typeof pdf // => 'function'
 * ```
 */
export async function writeCertificatePdf(source: CertificateSource, options: PdfOptions): Promise<Uint8Array> {
  checkCertificateOptions('writeCertificatePdf', source, options, PDF_OPTIONS)
  const { font, language = 'zh', label } = options
  const { content, statement, statementId } = openSource(source, label)
  const rendering = await renderingOf(font, language, label)
  return render({ content, statementId, language }, { font, compress: true, files: filesOf(statement, rendering) })
}

interface RenderOptions {
  readonly font: Uint8Array
  readonly compress: boolean
  readonly files: readonly EmbeddedFile[]
}

async function render({ content, language, statementId = '' }: Pages, { font, compress, files }: RenderOptions): Promise<Uint8Array> {
  const one = language === 'en' ? 'en' : 'zh'
  const when = new Date(`${content.date}T00:00:00Z`)
  const title = `${content.title[one]} ${content.number.value}`
  const open = await openDocument({ font, language: one, compress, title, author: content.issuer, when })
  const own = language === 'en' ? [DRAFT.en, END.en, STATEMENT_ID.en] : [DRAFT, END, STATEMENT_ID, '第页共']
  checkGlyphs([...textsOf(content), ...own, ': 0123456789', statementId], language, open.hasGlyph)
  const canvas = createCanvas(open.doc)
  drawPages(canvas, { content, language, ...(statementId !== '' && { statementId }) })
  canvas.end()
  for (const file of files) embed(open.doc, file, when)
  return open.finish()
}

interface EmbeddedFile {
  readonly name: string
  readonly text: string
  readonly type: string
  readonly description: string
  readonly relationship: 'Source' | 'Supplement'
}

function filesOf(statement: string | undefined, rendering: Rendering): EmbeddedFile[] {
  const record: EmbeddedFile[] =
    statement === undefined
      ? []
      : [{ name: RECORD_FILE, text: statement, type: 'application/jose', description: 'signed record 签名记录', relationship: 'Source' }]
  const pages = { name: RENDERING_FILE, text: JSON.stringify(rendering), type: 'application/json', description: 'how the pages were made' }
  return [...record, { ...pages, relationship: 'Supplement' }]
}

function embed(doc: Doc, { text, ...options }: EmbeddedFile, when: Date): void {
  doc.file(encodeUtf8(text) as Buffer, { ...options, creationDate: when, modifiedDate: when } as never)
}
