/** Joint statements: submission and search. */
import type { JointPage } from '../../contract/index.js'
import type { PlacedEntry } from '../../node/index.js'
import { DIRECTORY, JOINT_KINDS, workKey } from '../../node/inside.js'
import { type Access, narrowed } from '../access.js'
import { readPage } from '../page.js'
import { submitOther } from '../submit.js'
import { type Handlers, namedIn, ok, statementIn } from './context.js'

export const jointHandlers: Handlers<'submitJoint' | 'listJoint' | 'listDirectory'> = {
  submitJoint: (context) => submitOther(context, statementIn(context), { typ: 'metrology-joint+jwt', named: namedIn(context) }),

  async listJoint({ node, query, limits, access }) {
    const { work, cursor } = query
    const { page: limit, pageOctets: octets } = limits
    const { items, next } = await readPage(
      node.options.store,
      {
        kind: JOINT_KINDS,
        number: work === undefined ? undefined : workKey(work),
        issuer: narrowed(access as Access, query),
      },
      { from: Number(cursor ?? 0), limit, octets },
    )
    return ok({ items: items.map(jointOf), ...(next !== undefined && { next: String(next) }) })
  },

  async listDirectory({ node, query, limits }) {
    const options = { from: Number(query.cursor ?? 0), limit: limits.page, octets: limits.pageOctets }
    const { items, next } = await readPage(node.options.store, { kind: DIRECTORY }, options)
    return ok({ items: items.map(jointOf), ...(next !== undefined && { next: String(next) }) })
  },
}

const jointOf = ({
  statementId,
  statement,
  iss,
  jti,
  decision,
  position,
  receivedAt,
  receipt,
}: PlacedEntry): JointPage['items'][number] => ({
  statementId,
  statement,
  iss,
  jti,
  decision,
  position,
  receivedAt,
  ...(receipt !== undefined && { receipt }),
})
