/** Submission of one statement: permission and answer, for a single request and for a line of a bulk request. */

import { isTonghengError, type TonghengError } from '../base/error.js'
import { ProblemError, type ProblemExtras } from '../contract/index.js'
import type { EntryName, Received } from '../node/index.js'
import type { AuthenticatedRequest } from './check-request.js'
import type { Answer, Context } from './handlers/context.js'
import type { Added } from './quota.js'

/**
 * @param named the name in the URL; a line of a bulk request has none
 * @param received the verdict, if the statement was verified already
 * @throws ProblemError `request.name`, `request.not-permitted`, `request.quota`, `record.refused`, `record.conflict`,
 * `record.number-taken`
 */
export async function submitOne(
  context: Context,
  statement: string,
  { named, received }: { readonly named?: EntryName; readonly received?: Received } = {},
): Promise<Answer> {
  const { node, requestId, counters, quota } = context
  const request = context.request as AuthenticatedRequest
  const added = { kind: 'record', octets: statement.length } as const
  const admit = admitting(context, named, added)
  if (named !== undefined) assertMaySubmit(node.options.authority, request, named.iss)
  const submission = { statement, sender: request.claims.iss, requestId, admit, ...(received && { received }) }
  const { verdict, decision, receipt, entry, isNew } = await node.submit(submission).catch((error: unknown) => {
    if (!isTonghengError(error, 'record.number-taken')) throw error
    counters.submitted('refused')
    const { earlier, receipt: rejection } = error.details as { earlier: string; receipt: string }
    throw new ProblemError('record.number-taken', error.details, { storedStatementId: earlier, receipt: rejection })
  })
  const isConflict = entry !== undefined && entry.statementId !== verdict.statementId
  counters.submitted(entry === undefined || isConflict ? 'refused' : isNew ? decision : 'known')
  if (entry === undefined) {
    const checks = verdict.checks.filter(({ status, blockedBy }) => status === 'fail' || blockedBy?.startsWith('fact:'))
    throw new ProblemError('record.refused', {}, { checks, receipt })
  }
  if (isConflict) throw new ProblemError('record.conflict', { jti: entry.jti }, { storedStatementId: entry.statementId, receipt })
  if (isNew) quota.add(entry.iss, added)
  return { status: isNew ? 201 : 200, body: receipt }
}

/** For each type that is not a record: the call of the node, the unit of the quota, and the problem. */
const OTHERS = {
  'metrology-notice+jwt': { call: 'submitNotice', kind: 'notice', refused: 'notice.refused' },
  'metrology-joint+jwt': { call: 'submitJoint', kind: 'joint', refused: 'joint.refused' },
} as const

/**
 * Submits a status notice or a joint statement, which is stored in the log like a record.
 * @throws ProblemError `request.name`, `request.not-permitted`, `request.quota`, `notice.refused`, `joint.refused`, `record.conflict`
 */
export async function submitOther(
  context: Context,
  statement: string,
  { typ, named }: { readonly typ: keyof typeof OTHERS; readonly named?: EntryName },
): Promise<Answer> {
  const { node, requestId, counters, quota } = context
  const { call, kind, refused } = OTHERS[typ]
  const request = context.request as AuthenticatedRequest
  const added = { kind, octets: statement.length }
  const admit = admitting(context, named, added)
  if (named !== undefined) assertMaySubmit(node.options.authority, request, named.iss)
  const { statementId, decision, receipt, entry, error, isNew } = await node[call]({
    statement,
    sender: request.claims.iss,
    requestId,
    admit,
  })
  if (entry === undefined) {
    counters.submitted('refused')
    throw refusalOf(refused, [{ error }], receipt === undefined ? {} : { receipt })
  }
  const isConflict = entry.statementId !== statementId
  counters.submitted(isConflict ? 'refused' : isNew ? decision : 'known')
  if (isConflict)
    throw new ProblemError('record.conflict', { jti: entry.jti }, { storedStatementId: entry.statementId, receipt: receipt as string })
  if (isNew) quota.add(entry.iss, added)
  return { status: isNew ? 201 : 200, body: receipt }
}

/** Checks the name in the URL, the permission and the quota, before anything is stored. */
const admitting =
  ({ node, request, quota }: Context, named: EntryName | undefined, added: Added) =>
  ({ iss, jti }: EntryName): void => {
    if (named !== undefined && (named.iss !== iss || named.jti !== jti)) throw new ProblemError('request.name', { iss, jti })
    assertMaySubmit(node.options.authority, request as AuthenticatedRequest, iss)
    quota.check(iss, added)
  }

/** Converts the first rejected status document to a problem. */
export function refusalOf(
  code: 'notice.refused' | 'joint.refused' | 'status-list.refused',
  refused: readonly { readonly error: TonghengError | undefined }[],
  extras: ProblemExtras = {},
): ProblemError {
  const error = refused[0]?.error
  return new ProblemError(code, { reason: error?.text, reasonCode: error?.code }, extras)
}

/** The caller must be the issuer, or the node's own authority (which forwards paper or disk submissions). */
export function assertMaySubmit(authority: string, { claims, caller }: AuthenticatedRequest, iss: string): void {
  if (claims.iss !== iss && caller?.entity.uscc !== authority) throw new ProblemError('request.not-permitted', { caller: claims.iss, iss })
}
