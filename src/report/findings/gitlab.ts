/** Writes findings as a code quality report of GitLab (the part of the Code Climate format that it reads): one JSON array. */
import { type FindingsWriter, fingerprintsOf, type WriterOptions } from './finding.js'

const SEVERITIES = { fail: 'major', warn: 'minor' } as const

export function gitlabWriter({ language }: WriterOptions): FindingsWriter {
  const fingerprint = fingerprintsOf()
  let separator = ''
  return {
    begin: () => '[',
    record: (record) =>
      record.findings
        .map((finding) => {
          const { code, level, message, advice, basis, line } = finding
          const issue = {
            description: `${message[language]} [${basis}]${advice === undefined ? '' : ` ${advice[language]}`}`,
            check_name: code,
            fingerprint: fingerprint(record, finding),
            severity: SEVERITIES[level],
            // GitLab matches paths relative to the root of the repository.
            location: { path: record.file.replaceAll('\\', '/').replace(/^\.\//, ''), lines: { begin: line } },
          }
          const piece = `${separator}\n${JSON.stringify(issue)}`
          separator = ','
          return piece
        })
        .join(''),
    end: () => '\n]\n',
  }
}
