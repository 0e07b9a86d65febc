/** One statement on its way in: who may bring it, what is answered. The same for a request of one and for a line of many. */
import type { Answer, Context } from './handlers/context.js'
import { ProblemError } from './problem.js'
import type { AuthenticatedRequest } from './request.js'
import type { EntryName } from './store.js'

/** @throws ProblemError `request.not-permitted`, `record.refused`, `record.conflict` */
export async function submitOne({ node, request, requestId, counters }: Context, statement: string, name: EntryName): Promise<Answer> {
  const sender = mayBring(node.options.authority, request as AuthenticatedRequest, name.iss)
  const { verdict, decision, receipt, entry, isNew } = await node.submit({ statement, sender, requestId })
  const isConflict = entry !== undefined && entry.statementId !== verdict.statementId
  counters.submitted(entry === undefined || isConflict ? 'refused' : isNew ? decision : 'known')
  if (entry === undefined) {
    const checks = verdict.checks.filter(({ status, blockedBy }) => status === 'fail' || blockedBy?.startsWith('fact:'))
    throw new ProblemError('record.refused', {}, { checks, receipt })
  }
  if (isConflict) throw new ProblemError('record.conflict', { jti: name.jti }, { storedStatementId: entry.statementId })
  return { status: isNew ? 201 : 200, body: receipt }
}

/** An institute speaks for itself; the authority of the node may forward what reached it on paper or disk. */
export function mayBring(authority: string, { claims, caller }: AuthenticatedRequest, iss: string): string {
  if (claims.iss !== iss && caller.entity.uscc !== authority) throw new ProblemError('request.not-permitted', { caller: claims.iss, iss })
  return claims.iss
}
