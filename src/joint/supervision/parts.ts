/** Helpers shared by draws and cases. */
import type { Text } from '../../base/message.js'
import { found, type JointFinding } from '../finding.js'
import type { JointStatement } from '../open-joint.js'
import { bothLanguages, titleOf } from '../words.js'

/** Name of the body that signed, from its trust list. */
export const nameOfIssuer = ({ issuer: { name } }: JointStatement): Text => bothLanguages(name)

/** Canonical text of a value: equal for equal content, whatever the order of the members. */
export const contentOf = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )

/** Reports each statement that does not count by itself, with its first reason. */
export const faultyStatements = (
  code: 'draw.statement-faulty' | 'case.statement-faulty',
  statements: readonly JointStatement[],
): readonly JointFinding[] =>
  statements.flatMap((one) => {
    const reason = one.findings.find(({ status }) => status === 'fail') ?? one.findings.find(({ status }) => status === 'unknown')
    if (reason === undefined) return []
    const params = {
      bureau: nameOfIssuer(one),
      title: titleOf(one.document.kind),
      reason: { zh: reason.message.zh, en: reason.message.en },
    }
    return [found(code, { status: reason.status, statementId: one.statementId, params })]
  })
