/** Writes findings as SARIF 2.1.0 (OASIS). The rules follow the results, so that only the rules are buffered until the end. */

import type { Message } from '../../base/message.js'
import { helpUriOf } from '../../base/published.js'
import { codes } from '../../errors.js'
import { type Finding, type FindingsWriter, fingerprintsOf, type WriterOptions } from './finding.js'

const URI = 'https://json.schemastore.org/sarif-2.1.0.json'
/** Address of the package and its documentation. */
const INFORMATION = 'https://www.npmjs.com/package/tongheng'
const LEVELS = { fail: 'error', warn: 'warning' } as const

/** Returns a relative reference (RFC 3986): every segment is escaped, the slashes are not. */
const reference = (file: string): string =>
  file === '-' ? 'stdin' : file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')

export function sarifWriter({ language, version }: WriterOptions): FindingsWriter {
  const seen = new Map<string, Pick<Finding, 'basis' | 'rule'>>()
  const fingerprint = fingerprintsOf()
  let separator = ''
  return {
    begin: () => `{"$schema":"${URI}","version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","results":[`,
    record: (record) =>
      record.findings
        .map((finding) => {
          const { code, level, message, advice, basis, pointer, line, column, length, rule } = finding
          if (!seen.has(code)) seen.set(code, { basis, rule })
          const text = `${message[language]} [${basis}]${advice === undefined ? '' : ` ${advice[language]}`}`
          const result = {
            ruleId: code,
            ruleIndex: [...seen.keys()].indexOf(code),
            level: LEVELS[level],
            message: { text },
            partialFingerprints: { 'tonghengFinding/v1': fingerprint(record, finding) },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: reference(record.file) },
                  region: { startLine: line, startColumn: column, endColumn: column + length },
                },
                ...(pointer !== '' && { logicalLocations: [{ fullyQualifiedName: pointer, kind: 'member' }] }),
              },
            ],
          }
          const piece = `${separator}\n${JSON.stringify(result)}`
          separator = ','
          return piece
        })
        .join(''),
    end: () => {
      const rules = [...seen].map(([id, { basis, rule }]) => {
        const { zh, en, advice }: Message = codes[id as keyof typeof codes]
        return {
          id,
          shortDescription: { text: language === 'zh' ? zh : en },
          fullDescription: { text: `${language === 'zh' ? zh : en} [${basis}]` },
          help: { text: `${advice === undefined ? '' : `${advice[language]}\n`}tongheng explain ${id}` },
          helpUri: helpUriOf(id),
          properties: { rule, basis },
        }
      })
      const driver = { name: 'tongheng', version, semanticVersion: version, informationUri: INFORMATION, rules }
      return `\n],"tool":{"driver":${JSON.stringify(driver)}}}]}\n`
    },
  }
}
