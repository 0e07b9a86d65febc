/** Options that HTML and PDF share. */
import { aText, checkArgument, checkOptions, type Expectation, isObject, nameOf, type OptionTable, optional } from '../base/options.js'
import type { CertificateSource } from './content/content.js'

/** `both`: Chinese, with the English under it. */
export type CertificateLanguage = 'zh' | 'en' | 'both'

export interface CertificateOptions {
  /** @default zh */
  readonly language?: CertificateLanguage
  /** Text of the code of the label of the record (`labelUrl`); the code is printed on the first page. */
  readonly label?: string
}

const languages = new Map<string, unknown>([
  ['zh', 1],
  ['en', 1],
  ['both', 1],
])
const LANGUAGE: Expectation = optional(nameOf(languages, { zh: '语言', en: 'a language' }))

const SOURCE: Expectation = {
  is: (value) => typeof value === 'string' || isObject(value),
  expected: { zh: '签名记录文本或记录对象', en: 'a signed record as text, or a record' },
}

export const OPTIONS: OptionTable = { language: LANGUAGE, label: optional(aText) }

/** @throws `verify.options` */
export function checkCertificateOptions(call: string, source: CertificateSource, options: unknown, table: OptionTable = OPTIONS): void {
  checkArgument(call, 'source', source, SOURCE)
  checkOptions(call, options, table)
}
