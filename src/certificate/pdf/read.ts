/** Extracts the signed record from a certificate in PDF, and reports whether the pages show it. */
import { isTonghengError } from '../../base/error.js'
import { checkArgument, checkOptions, type OptionTable, octets, optional } from '../../base/options.js'
import { readLabelText } from '../../label/index.js'
import type { CertificateLanguage } from '../options.js'
import { embeddedRecord, RENDERING_FILE, textIn } from './embedded.js'
import { type PdfObject, readWhole } from './objects.js'
import { type Rendering, renderingOf, writeCertificatePdf } from './write.js'

/**
 * `same`: the pages show the embedded record. `differ`: the same software and font draw other pages for it. The others mean that the pages
 * could not be compared. `no-font`: no font was given. `other-font`, `other-renderer`: the pages were drawn with another one. `saved-again`:
 * another program saved the file since and may have changed it.
 */
export type PagesAnswer = 'same' | 'differ' | 'no-font' | 'other-font' | 'other-renderer' | 'saved-again'

export interface CertificatePdf {
  /** The embedded signed record as text, not verified: use `verify`. */
  readonly statement: string
  readonly pages: PagesAnswer
}

export interface ReadPdfOptions {
  /** Font file of the pages; without it the pages are not compared. */
  readonly font?: Uint8Array
}

const READ_OPTIONS: OptionTable = { font: optional(octets) }

/**
 * Reads a certificate in PDF: extracts the embedded signed record, and renders it again to compare the pages.
 * @throws `certificate.pdf` if no record is embedded; `verify.options` for an argument of another type
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
    // This software never writes a file with the label of another record.
    if (isTonghengError(error, 'certificate.label-other') || isTonghengError(error, 'label.kind')) return 'differ'
    throw error
  }
}

const LANGUAGES: readonly string[] = ['zh', 'en', 'both']

/** The rendering that the file states. It is untrusted and only selects the pages to compare with. */
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

/** Compares object by object, with inflated streams, because compression may differ. */
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
