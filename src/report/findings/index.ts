/** Writers of findings, by the name of their format. */
import { anObject, checkArgument, type Expectation } from '../../base/options.js'
import type { FindingsWriter, WriterOptions } from './finding.js'
import { githubWriter } from './github.js'
import { gitlabWriter } from './gitlab.js'
import { jsonWriter } from './json.js'
import { junitWriter } from './junit.js'
import { prettyWriter } from './pretty.js'
import { sarifWriter } from './sarif.js'

/** Formats in which findings can be written. */
export const findingsFormats = ['pretty', 'json', 'junit', 'sarif', 'github', 'gitlab'] as const
export type FindingsFormat = (typeof findingsFormats)[number]

const writers: Readonly<Record<FindingsFormat, (options: WriterOptions) => FindingsWriter>> = {
  pretty: prettyWriter,
  json: jsonWriter,
  junit: junitWriter,
  sarif: sarifWriter,
  github: githubWriter,
  gitlab: gitlabWriter,
}

/** Creates the writer of one report. Call `begin`, then `record` for each record, then `end`, and concatenate the texts. */
export function createFindingsWriter(format: FindingsFormat, options: WriterOptions): FindingsWriter {
  checkArgument('createFindingsWriter', 'format', format, FORMAT)
  checkArgument('createFindingsWriter', 'options', options, anObject)
  return writers[format](options)
}

const FORMAT: Expectation = {
  is: (value) => typeof value === 'string' && Object.hasOwn(writers, value),
  expected: { zh: `报告格式（${Object.keys(writers).join('、')}）`, en: `a format of reports (${Object.keys(writers).join(', ')})` },
}

export { countOf, type Finding, type FindingsWriter, type RecordFindings, type Totals, totalsText, type WriterOptions } from './finding.js'
