/** Writes findings for people: location, fault, the source line with a mark under it, basis, advice. */
import { padEnd, textWidth } from '../../base/text-width.js'
import { visible } from '../../base/visible.js'
import type { Language } from '../text.js'
import { type Finding, type FindingsWriter, nameOf, type RecordFindings, totalsText, type WriterOptions } from './finding.js'

const WORDS = {
  zh: { fail: '不合格', warn: '提示', pass: '通过', skip: '—', at: '位置', basis: '依据', advice: '建议', colon: '：' },
  en: { fail: 'error', warn: 'warning', pass: 'pass', skip: '—', at: 'at', basis: 'basis', advice: 'advice', colon: ': ' },
} as const

/** Maximum number of characters of a line that are shown; a longer line is cut around the mark. */
const WINDOW = 100

export function prettyWriter({ language, paint }: WriterOptions): FindingsWriter {
  const words = WORDS[language]
  return {
    record(record) {
      const shown = record.findings.map((finding) => findingText(record, finding, language, paint))
      if (record.checks !== undefined) {
        const rows = record.checks.map(
          ({ status, message, code }) =>
            `  ${paint(padEnd(words[status], 8), status)} ${visible(message[language])} ${paint(`[${code}]`, 'dim')}`,
        )
        shown.push([paint(visible(nameOf(record)), 'bold'), ...rows, ''].join('\n'))
      }
      return shown.map((text) => `${text}\n`).join('')
    },
    end: (totals) =>
      `${paint(totalsText(totals, language), totals.failed + totals.unread > 0 ? 'fail' : totals.warned > 0 ? 'warn' : 'pass')}\n`,
  }
}

function findingText({ file }: RecordFindings, finding: Finding, language: Language, paint: WriterOptions['paint']): string {
  const words = WORDS[language]
  const place = paint(visible(`${file}:${finding.line}:${finding.column}`), 'bold')
  const field = (name: string, value: string): string => `  ${paint(`${name}${words.colon}`, 'dim')}${visible(value)}`
  return [
    `${place}  ${paint(words[finding.level], finding.level)}  ${visible(finding.message[language])}  ${paint(`[${finding.code}]`, 'dim')}`,
    ...excerptOf(finding, paint),
    ...(finding.pointer === '' ? [] : [field(words.at, finding.pointer)]),
    field(words.basis, finding.basis),
    ...(finding.advice === undefined ? [] : [field(words.advice, finding.advice[language])]),
    '',
  ].join('\n')
}

function excerptOf({ source, line, column, length, level }: Finding, paint: WriterOptions['paint']): string[] {
  if (source === undefined || source.trim() === '') return []
  const from = Math.max(0, Math.min(column - 1 - 30, source.length - WINDOW))
  const to = Math.min(source.length, from + WINDOW)
  const before = `${from > 0 ? '…' : ''}${visible(source.slice(from, column - 1))}`
  const marked = visible(source.slice(column - 1, Math.min(to, column - 1 + length)))
  const after = `${visible(source.slice(column - 1 + length, to))}${to < source.length ? '…' : ''}`
  const number = String(line)
  const bar = paint(`  ${number} │ `, 'dim')
  const blank = paint(`  ${' '.repeat(number.length)} │ `, 'dim')
  const mark = '^'.repeat(Math.max(1, textWidth(marked)))
  return [`${bar}${before}${marked}${after}`, `${blank}${' '.repeat(textWidth(before))}${paint(mark, level)}`]
}
