/** Writes findings as one JSON document, piece by piece, in both languages, so that one run serves every reader. */
import { countOf, type FindingsWriter, type WriterOptions } from './finding.js'

export function jsonWriter({ version }: WriterOptions): FindingsWriter {
  let separator = ''
  return {
    begin: () => `{"tool":{"name":"tongheng","version":${JSON.stringify(version)}},"records":[`,
    record({ findings, ...record }) {
      const shown = findings.map(({ source: _source, ...finding }) => finding)
      const text = JSON.stringify({ ...record, failed: countOf(findings, 'fail'), warned: countOf(findings, 'warn'), findings: shown })
      const piece = `${separator}\n${text}`
      separator = ','
      return piece
    },
    end: (totals) => `\n],"totals":${JSON.stringify(totals)}}\n`,
  }
}
