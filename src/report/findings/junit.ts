/**
 * Writes findings as JUnit XML: a suite for each record, a failed case for each failure. A warning is output of a passed case. Suites are
 * written at the end, because the element around them states their totals. The schemas of Jenkins (junit-4.xsd, junit-10.xsd) have no
 * `file` and `line` for a test case, so the text of a case begins with the location.
 */
import { escapeMarkup } from '../../base/markup.js'
import { visible } from '../../base/visible.js'
import { countOf, type FindingsWriter, nameOf, type WriterOptions } from './finding.js'

/** XML 1.0 does not allow control characters, lone surrogates, U+FFFE and U+FFFF. */
const escaped = (text: string): string => escapeMarkup(visible(text).replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd'))

export function junitWriter({ language }: WriterOptions): FindingsWriter {
  const suites: string[] = []
  const totals = { tests: 0, failures: 0 }
  return {
    record(record) {
      const { file, findings } = record
      const cases = findings.map(({ level, code, rule, message, advice, basis, pointer, line, column }) => {
        const head = `    <testcase name="${escaped(`${code} ${pointer}`.trim())}" classname="${escaped(rule)}" time="0">`
        const body = escaped(`${file}:${line}:${column} ${message[language]} [${basis}]${advice ? ` ${advice[language]}` : ''}`)
        const content =
          level === 'fail'
            ? `<failure message="${escaped(message[language])}" type="${escaped(code)}">${body}</failure>`
            : `<system-out>${body}</system-out>`
        return `${head}${content}</testcase>\n`
      })
      const failures = countOf(findings, 'fail')
      if (failures === 0) cases.unshift(`    <testcase name="${escaped(record.kind ?? 'record')}" classname="record" time="0"/>\n`)
      totals.tests += cases.length
      totals.failures += failures
      suites.push(
        `  <testsuite name="${escaped(nameOf(record))}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0" time="0">\n${cases.join('')}  </testsuite>\n`,
      )
      return ''
    },
    end: () =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="tongheng check" tests="${totals.tests}" failures="${totals.failures}" errors="0" time="0">\n${suites.join('')}</testsuites>\n`,
  }
}
