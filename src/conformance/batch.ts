/** Lines of a batch certificate: each is one instrument, with its rows. */
import type { Finding } from '../base/check.js'
import { identifierKey, isNoSerial } from '../base/identifier.js'
import { defineTexts } from '../base/message.js'
import { lineOfRow, linesOf, outcomeOfLine, type RecordOf } from '../records/index.js'
import { checkIt, isKind, type Rule } from './rule.js'

export const batchTexts = defineTexts({
  rows: { 'batch.lines': { zh: '批量证书的各行', en: 'Lines of the batch' } },
  codes: {
    'batch.serial-twice': {
      zh: '第 {line} 行与第 {first} 行的出厂编号相同：{serial}',
      en: 'Lines {first} and {line} have one serial number: {serial}',
      advice: checkIt,
    },
    'batch.serial-missing': {
      zh: '第 {line} 行没有出厂编号，无法查找这台器具',
      en: 'Line {line} has no serial number, so its instrument cannot be found',
      advice: checkIt,
    },
    'batch.instrument-serial': {
      zh: '批量证书的 instrument 写有出厂编号，不知指哪一台',
      en: 'The instrument of a batch states a serial number, and nothing tells whose',
      advice: { zh: '请写在各行（instruments）', en: 'State it in its line (instruments)' },
    },
    'batch.line-unknown': {
      zh: '表 {table} 第 {row} 行的行号“{line}”不是 1 至 {lines} 的整数',
      en: 'Table {table}, row {row}: “{line}” is no line from 1 to {lines}',
      advice: { zh: '请写 instruments 中的行号，从 1 计', en: 'State the line of instruments, from 1' },
    },
    'batch.line-without-result': {
      zh: '第 {line} 行在结果表中没有数据',
      en: 'No row of the tables belongs to line {line}',
      advice: checkIt,
    },
    'batch.outcome': {
      zh: '没有一行的检定结论与整份证书相同',
      en: 'No line has the conclusion of the certificate',
      advice: checkIt,
    },
  },
})

export const batchRules: readonly Rule[] = [
  {
    id: 'batch.lines',
    group: 'conformance',
    since: '0.2.0',
    basis: 'ISO/IEC 17025:2017 7.8.2.1 g; JJF 1069—2012',
    needs: { 'verification-record': ['instrument', 'instruments', 'outcome', 'results'] },
    codes: {
      'batch.serial-twice': 'fail',
      'batch.serial-missing': 'warn',
      'batch.instrument-serial': 'fail',
      'batch.line-unknown': 'fail',
      'batch.line-without-result': 'warn',
      'batch.outcome': 'fail',
    },
    evaluate({ record }) {
      if (!isKind(record, 'verification-record')) return undefined
      const findings: Finding[] = []
      const seen = unknownLines(record, findings)
      const { instruments } = record
      if (instruments === undefined) return findings.length > 0 ? findings : undefined
      if (record.instrument.serialNumber !== undefined && !isNoSerial(record.instrument.serialNumber))
        findings.push({ code: 'batch.instrument-serial', path: '/instrument/serialNumber' })
      const serials = new Map<string, number>()
      instruments.forEach(({ serialNumber: serial }, at) => {
        const path = `/instruments/${at}/serialNumber`
        const line = at + 1
        const key = identifierKey(serial)
        const first = serials.get(key)
        if (isNoSerial(serial)) findings.push({ code: 'batch.serial-missing', path, params: { line } })
        else if (first !== undefined) findings.push({ code: 'batch.serial-twice', path, params: { line, first, serial } })
        else serials.set(key, line)
        if (seen.size > 0 && !seen.has(line))
          findings.push({ code: 'batch.line-without-result', path: `/instruments/${at}`, params: { line } })
      })
      if (!instruments.some((_, at) => outcomeOfLine(record, at + 1) === record.outcome))
        findings.push({ code: 'batch.outcome', path: '/outcome' })
      return findings
    },
  },
]

/** Lines that have a row of their own; adds a finding for each row of an unknown line. */
function unknownLines(record: RecordOf<'verification-record'>, findings: Finding[]): ReadonlySet<number> {
  const lines = linesOf(record) ?? 0
  const seen = new Set<number>()
  for (const [index, table] of record.results.entries())
    for (const row of table.rows.keys()) {
      const line = lineOfRow(table, row)
      if (line === undefined) continue
      if (Number.isSafeInteger(line) && line >= 1 && line <= lines) seen.add(line)
      else {
        const cell = table.rows[row]?.[table.columns.findIndex(({ role }) => role === 'line')] ?? '—'
        const params = { table: table.id, row: row + 1, line: cell, lines }
        findings.push({ code: 'batch.line-unknown', path: `/results/${index}/rows/${row}`, params })
      }
    }
  return seen
}
