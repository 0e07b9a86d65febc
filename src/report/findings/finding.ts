/** Findings of a check of files, and the interface of every writer: it returns pieces of text, one record at a time, in bounded memory. */
import { digestText } from '#native'
import type { Check } from '../../base/check.js'
import type { Text } from '../../base/message.js'
import type { Language } from '../text.js'

export interface Finding {
  readonly level: 'fail' | 'warn'
  readonly code: string
  readonly rule: string
  readonly group: Check['group']
  readonly message: Text
  readonly advice?: Text
  readonly basis: string
  /** RFC 6901 pointer into the record or the payload. */
  readonly pointer: string
  /** From 1; columns in UTF-16 units. */
  readonly line: number
  readonly column: number
  readonly length: number
  /** The line of the source, if it is text that a person wrote. */
  readonly source?: string
}

/** Findings of one record: a file, or a line of a file with many records. */
export interface RecordFindings {
  readonly file: string
  /** Line of the file, if it has one record per line. */
  readonly line?: number
  readonly kind?: string
  readonly findings: readonly Finding[]
  /** Every check, if requested. */
  readonly checks?: readonly Check[]
}

export interface Totals {
  readonly files: number
  readonly records: number
  /** Records in which something failed. */
  readonly faulty: number
  readonly failed: number
  readonly warned: number
  /** Files that could not be read. */
  readonly unread: number
}

export interface FindingsWriter {
  readonly begin?: () => string
  record(record: RecordFindings): string
  end(totals: Totals): string
}

export interface WriterOptions {
  readonly language: Language
  /** Version of this package, for formats that name the tool. */
  readonly version: string
  readonly paint: (text: string, as: Check['status'] | 'dim' | 'bold') => string
}

/** Returns the number of findings of a level. */
export const countOf = (findings: readonly Finding[], level: Finding['level']): number =>
  findings.filter((finding) => finding.level === level).length

/** Name of a record for people: its file, and its line if the file has many records. */
export const nameOf = ({ file, line }: RecordFindings): string => (line === undefined ? file : `${file}:${line}`)

/**
 * Returns a function that names findings by digests which do not change if lines move: of file, line of the record, JSON pointer and code;
 * equal ones are numbered. Create a new function for each report, because it counts.
 */
export function fingerprintsOf(): (record: RecordFindings, finding: Finding) => string {
  const counts = new Map<string, number>()
  return ({ file, line }, { code, pointer }) => {
    const name = JSON.stringify([file.replaceAll('\\', '/').replace(/^\.\//, ''), line ?? 0, pointer, code])
    const before = counts.get(name) ?? 0
    counts.set(name, before + 1)
    return digestText(`${name}${before}`)
  }
}

/** Writes the last line of a report: numbers of checked files and records, of those that passed, of failures and warnings. */
export function totalsText(totals: Totals, language: Language): string {
  const { files, records, faulty, failed, warned, unread } = totals
  if (language === 'zh') {
    const rest = unread === 0 ? '' : `；${unread} 个文件无法读取`
    return `检查 ${files} 个文件、${records} 份记录：${records - faulty} 份通过，${faulty} 份未通过；${failed} 项不合格，${warned} 项提示${rest}`
  }
  const rest = unread === 0 ? '' : `; ${unread} unreadable`
  return `${records} record(s) in ${files} file(s): ${records - faulty} passed, ${faulty} did not; ${failed} failed, ${warned} warning(s)${rest}`
}
