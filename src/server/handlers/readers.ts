/** Readers: the state of a key in the register, and what the caller may read. */
import { ProblemError } from '../../contract/index.js'
import { type Access, readsOf } from '../access.js'
import type { AuthenticatedRequest } from '../check-request.js'
import { type Handlers, ok } from './context.js'

export const readerHandlers: Handlers<'getReader' | 'getCaller'> = {
  // An open call, because a reader reads its body from here before it can sign a request. The name is personal data, so it is left out.
  async getReader({ node, params }) {
    const { kid = '' } = params
    await node.refresh()
    const entry = await node.readers.find(kid)
    if (entry === undefined) throw new ProblemError('not-found', { what: kid })
    const { state, role, body, iat, exp } = entry
    return ok({ kid, state, role, body, from: iat, until: exp })
  },

  getCaller({ node, request, access }) {
    const { claims, reader } = request as AuthenticatedRequest
    const { role } = access as Access
    const name = reader?.name ?? node.trust.entity(claims.iss)?.entity.name.zh ?? claims.iss
    return ok({ iss: claims.iss, role, name, ...(reader && { until: reader.exp }), reads: readsOf(role) })
  },
}
