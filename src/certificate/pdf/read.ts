/** Extracts the signed record of a certificate in PDF, and reports whether the pages show what was signed. */
import { isTonghengError } from '../../base/error.js'
import { checkArgument, checkOptions, type OptionTable, octets, optional } from '../../base/options.js'
import { readLabelText } from '../../label/index.js'
import type { CertificateLanguage } from '../options.js'
import { embeddedRecord, RENDERING_FILE, textIn } from './embedded.js'
import { type PdfObject, readWhole } from './objects.js'
import { type Rendering, renderingOf, writeCertificatePdf } from './write.js'

/**
 * `same`: the pages are those of the record inside. `differ`: the same software and font make other pages of it. Else they could not be
 * compared: `no-font` was given, the pages were made with an `other-font` or by an `other-renderer`, or the file was `saved-again` by another
 * program since, which may have changed it.
 */
export type PagesAnswer = 'same' | 'differ' | 'no-font' | 'other-font' | 'other-renderer' | 'saved-again'

export interface CertificatePdf {
  /** The signed record inside, as text. It is not verified yet: `verify` does that. */
  readonly statement: string
  readonly pages: PagesAnswer
}

export interface ReadPdfOptions {
  /** The font of the pages, as octets of its file; without it they are not compared. */
  readonly font?: Uint8Array
}

const READ_OPTIONS: OptionTable = { font: optional(octets) }

/**
 * Reads a certificate in PDF: the signed record that was embedded, and whether the pages show it, by rendering it again.
 * @throws `certificate.pdf` where no record is inside; `verify.options` for an argument of another type
 * @example
 * ```ts
 * import { readCertificatePdf } from 'tongheng/certificate'
 *
 * const open = async (file: Uint8Array, font: Uint8Array) => {
 *   const { statement, pages } = await readCertificatePdf(file, { font })
 *   return [statement.slice(0, 20), pages]
 * }
 * typeof open // => 'function'
 * ```
 */
export async function readCertificatePdf(file: Uint8Array, options: ReadPdfOptions = {}): Promise<CertificatePdf> {
  checkArgument('readCertificatePdf', 'file', file, octets)
  checkOptions('readCertificatePdf', options, READ_OPTIONS)
  const { statement, whole } = await embeddedRecord(file)
  if (whole === undefined) return { statement, pages: 'saved-again' }
  return { statement, pages: options.font === undefined ? 'no-font' : await comparePages(whole, statement, options.font) }
}

async function comparePages(objects: readonly PdfObject[], statement: string, font: Uint8Array): Promise<PagesAnswer> {
  const made = readRendering(textIn(objects, RENDERING_FILE, 'Supplement'))
  if (made === undefined) return 'other-renderer'
  const own = await renderingOf(font, made.language)
  if (made.font !== own.font) return 'other-font'
  if (made.renderer !== own.renderer) return 'other-renderer'
  const { language, label } = made
  try {
    const again = await readWhole(await writeCertificatePdf(statement, { font, language, ...(label !== undefined && { label }) }))
    return again !== undefined && isAlike(again, objects) ? 'same' : 'differ'
  } catch (error) {
    // A file that shows the label of another record was not written by this software.
    if (isTonghengError(error, 'certificate.label-other') || isTonghengError(error, 'label.kind')) return 'differ'
    throw error
  }
}

const LANGUAGES: readonly string[] = ['zh', 'en', 'both']

/** The renderer that the file states. Untrusted: it only selects what the pages are compared with. */
function readRendering(text: string | undefined): Rendering | undefined {
  if (text === undefined || text.length > 2000) return undefined
  try {
    const { renderer, language, font, label } = JSON.parse(text) as Readonly<Record<string, unknown>>
    if (typeof renderer !== 'string' || typeof font !== 'string' || !LANGUAGES.includes(language as string)) return undefined
    if (label !== undefined && (typeof label !== 'string' || readLabelText(label).is !== 'label')) return undefined
    return { renderer, font, language: language as CertificateLanguage, ...(label !== undefined && { label }) }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}

/** Object by object, streams as inflated: how they were deflated does not matter. */
function isAlike(a: readonly PdfObject[], b: readonly PdfObject[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ id, text, stream }, at) => {
      const other = b[at] as PdfObject
      return id === other.id && text === other.text && isSameStream(stream, other.stream)
    })
  )
}

const isSameStream = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === undefined || b === undefined ? a === b : a.length === b.length && a.every((octet, at) => octet === b[at])
