/** Recomputes the report of a round, as every participant can, and compares it with what the pilots signed. */
import { anObject, aText, checkArgument, checkOptions, type OptionTable } from '../../base/options.js'
import type { ComparisonResult } from '../../records/index.js'
import { found, type JointFinding } from '../finding.js'
import type { RoundReport } from '../kinds/round-report.js'
import type { JointStatement } from '../open-joint.js'
import { canonicalJson } from './canonical.js'
import { signerOf } from './context.js'
import { type RoundReportContent, reportOf } from './report.js'
import { A_ROUND, type Round } from './round.js'

export interface CheckReportOptions {
  /** The `comparison-result` record to compare. */
  readonly record: ComparisonResult
  /** Its statement id. */
  readonly recordId: string
}

export interface CheckedReport {
  /** Differences. If there are none and `isConfirmed` is false, a pilot has not signed a report yet. */
  readonly findings: readonly JointFinding[]
  /** True if each pilot signed a report, and each report equals the computed one. */
  readonly isConfirmed: boolean
  /** USCC of the pilots that have signed one. */
  readonly signedBy: readonly string[]
  /** The report computed from the statements. */
  readonly expected: RoundReportContent
}

const OPTIONS: OptionTable = { record: anObject, recordId: aText }

/**
 * Checks the reports of a round against its statements: the record that they name, its members, the statements on which they are based, and
 * the key.
 * @throws `round.incomplete`, `round.evaluation` if no report can be computed
 */
export function checkReport(round: Round, options: CheckReportOptions): CheckedReport {
  checkArgument('checkReport', 'round', round, A_ROUND)
  checkOptions('checkReport', options, OPTIONS)
  const expected = reportOf(round)
  const pilots = round.protocol.pilots.map(({ party }) => party.uscc)
  const isPilots = ({ issuer }: JointStatement): boolean => pilots.includes(issuer.uscc)
  const [own, others] = [round.reports.filter(isPilots), round.reports.filter((one) => !isPilots(one))]
  const findings = [
    ...others.map((report) => {
      const { uscc, name } = signerOf(report)
      return found('round.report-signer', { status: 'warn', statementId: report.statementId, params: { by: name, byUscc: uscc } })
    }),
    ...differences(expected, options.record),
    ...own.flatMap((report) => checkOne(report, { expected, recordId: options.recordId, round })),
    ...(new Set(own.map(({ document: { record, statements, keyDigest } }) => canonicalJson([record, statements, keyDigest]))).size > 1
      ? [found('round.reports-differ')]
      : []),
  ]
  const signedBy = pilots.filter((pilot) => own.some(({ issuer }) => issuer.uscc === pilot))
  return {
    findings,
    isConfirmed: signedBy.length === pilots.length && findings.every(({ status }) => status === 'warn'),
    signedBy,
    expected,
  }
}

/** Reports members of the record that differ from the computed ones. Members that only its signers can state are not compared. */
function differences({ record }: RoundReportContent, given: ComparisonResult): readonly JointFinding[] {
  const { reportedOn: _reportedOn, signatories: _signatories, attachments: _attachments, ...stated } = given
  const [ours, theirs] = [record, stated] as unknown as readonly Readonly<Record<string, unknown>>[]
  const members = [...new Set([...Object.keys(record), ...Object.keys(stated)])].sort()
  return members.flatMap((member) => {
    const [expected, actual] = [ours?.[member], theirs?.[member]].map((value) => (value === undefined ? '' : canonicalJson(value)))
    return expected === actual ? [] : [found('round.report-differs', { path: `/${member}`, params: { member } })]
  })
}

interface Against {
  readonly expected: RoundReportContent
  readonly recordId: string
  readonly round: Round
}

function checkOne({ statementId, document }: JointStatement<RoundReport>, { expected, recordId, round }: Against): readonly JointFinding[] {
  const { record, statements, keyDigest, key = [] } = document
  const [stated, ours] = [new Set(statements), new Set(expected.statements)]
  const more = statements.filter((id) => !ours.has(id)).length
  const fewer = expected.statements.filter((id) => !stated.has(id)).length
  const laboratories = new Map(round.laboratories.map((one) => [one.uscc, one]))
  const codes = new Map(expected.key.map(({ code, laboratory }) => [laboratory, code]))
  return [
    ...(record === recordId ? [] : [found('round.report-record', { statementId, params: { stated: record, given: recordId } })]),
    ...(more + fewer === 0 ? [] : [found('round.report-statements', { statementId, params: { more, fewer } })]),
    ...(keyDigest === expected.keyDigest ? [] : [found('round.report-key', { statementId, path: '/keyDigest' })]),
    ...key.flatMap(({ code, laboratory }, at) => [
      ...(codes.get(laboratory) === code ? [] : [found('round.key-wrong', { statementId, path: `/key/${at}`, params: { code } })]),
      ...(laboratories.get(laboratory)?.isNamed === false
        ? [
            found('round.key-without-consent', {
              statementId,
              path: `/key/${at}`,
              params: { laboratory: laboratories.get(laboratory)?.name, uscc: laboratory },
            }),
          ]
        : []),
    ]),
  ]
}
