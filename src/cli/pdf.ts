/** Certificates in PDF among the files of `verify`: extracts the embedded record, and compares the pages with it. */
import type { Text } from '../base/message.js'
import type { CertificatePdf, PagesAnswer } from '../certificate/index.js'
import type { SignedText } from '../envelope/index.js'
import { readBytes } from './files.js'

export const MAX_PDF = 50_000_000
/** Maximum size of a font in octets; Chinese ones have 8 to 20 million. */
export const MAX_FONT = 64_000_000

/** True if octets begin as a PDF. */
export const isPdf = (head: Uint8Array): boolean => new TextDecoder().decode(head.subarray(0, 5)) === '%PDF-'

export interface OpenedPdf extends Omit<CertificatePdf, 'statement'> {
  readonly signed: SignedText
}

/** @throws `cli.file`, `certificate.pdf` */
export async function openPdf(bytes: Uint8Array, fontFile: string | undefined): Promise<OpenedPdf> {
  const font = fontFile === undefined ? undefined : await readBytes(fontFile, MAX_FONT)
  const { readCertificatePdf } = await import('../certificate/index.js')
  const { statement, pages } = await readCertificatePdf(bytes, font && { font })
  const lines = statement.split('\n')
  return { pages, signed: lines.length === 1 ? statement : lines }
}

/** Texts for the result of comparing the pages. */
export const PAGES_TEXTS: Readonly<Record<PagesAnswer, Text>> = {
  same: { zh: '页面与签名记录一致（重新排版后比对）', en: 'The pages show what was signed (rendered again and compared)' },
  differ: {
    zh: '页面与签名记录不一致：请以签名记录为准，勿采信该 PDF 的页面',
    en: 'The pages do not show what was signed: rely on the signed record, not on the pages of this PDF',
  },
  'no-font': {
    zh: '页面未比对：请用 --font 给出排版所用的字体；判定只针对其中的签名记录',
    en: 'The pages were not compared: give the font they were made with (--font); the verdict is of the signed record inside',
  },
  'other-font': {
    zh: '页面无法比对：排版所用的是另一字体；判定只针对其中的签名记录',
    en: 'The pages cannot be compared: they were made with another font; the verdict is of the signed record inside',
  },
  'other-renderer': {
    zh: '页面无法比对：由其他版本或其他软件排版；判定只针对其中的签名记录',
    en: 'The pages cannot be compared: another version or program made them; the verdict is of the signed record inside',
  },
  'saved-again': {
    zh: '页面无法比对：该文件写成之后经其他软件另存或改动，页面可能已被改；判定只针对其中的签名记录',
    en: 'The pages cannot be compared: another program has saved or changed this file since it was written; the verdict is of the signed record inside, not of the pages',
  },
}

/** Colour of each result. */
export const PAGES_PAINT = {
  same: 'pass',
  differ: 'fail',
  'no-font': 'warn',
  'other-font': 'warn',
  'other-renderer': 'warn',
  'saved-again': 'warn',
} as const
