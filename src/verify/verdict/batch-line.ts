/** Row `record.line`: the line of a batch for which a verdict is requested. */
import { type Check, failed, missingFact, notApplicable, passWith, type Row } from '../../base/check.js'
import { type AnyRecord, linesOf, outcomeOfLine, type recordsByLine } from '../../records/index.js'
import { coded } from './messages.js'

export const batchLine: Row = {
  id: coded('record.line'),
  group: 'shape',
  basis: 'tongheng records 1',
  since: '0.2.0',
}

export interface LineAsked {
  readonly check: Check
  /** The record that is judged: of the line, otherwise the whole. */
  readonly record: AnyRecord
  /** Present if the record has that line. */
  readonly line?: number
}

/** @param line from 1; undefined for the whole record */
export function lineAsked(record: AnyRecord, line: number | undefined, recordOfLine: ReturnType<typeof recordsByLine>): LineAsked {
  const lines = linesOf(record)
  if (line === undefined) return { record, check: ofWhole(record) }
  const own = recordOfLine(line)
  if (own === undefined) return { record, check: failed(batchLine, { code: coded('line.unknown'), params: { line, lines: lines ?? 0 } }) }
  return { record: own, line, check: passWith(batchLine, { line, serialNumber: own.instrument.serialNumber }) }
}

function ofWhole(record: AnyRecord): Check {
  if (record.kind !== 'verification-record' || record.instruments === undefined) return notApplicable(batchLine)
  const other = record.instruments.flatMap((_, at) => (outcomeOfLine(record, at + 1) === record.outcome ? [] : [at + 1]))
  if (other.length === 0) return notApplicable(batchLine)
  const params = { lines: other.slice(0, 20).join(', '), count: other.length }
  return missingFact(batchLine, 'line', {
    code: coded('line.outcomes-differ'),
    path: '/record/instruments',
    params,
    evidence: { lines: other },
  })
}
