/**
 * Public documents: trust lists, agreements, catalogues, status lists and notices. Each is signed by its issuer, so it can be verified no
 * matter which node serves it.
 */

import { isTonghengError } from '../../base/error.js'
import { type NoticePage, ProblemError } from '../../contract/index.js'
import { type Node, type PlacedEntry, type StoredDocument, statusListName } from '../../node/index.js'
import { catalogueNames, listsPublished, NOTICE, signedDocument, statusListsOf } from '../../node/inside.js'
import { openStatus } from '../../verify/index.js'
import type { AuthenticatedRequest } from '../check-request.js'
import type { ServerLimits } from '../limits.js'
import { readEntries, readPage } from '../page.js'
import { assertMaySubmit, refusalOf, submitOther } from '../submit.js'
import { type Answer, type Handlers, namedIn, ok, statementIn } from './context.js'

export const documentHandlers: Handlers<
  | 'getTrustList'
  | 'getTrustListVersion'
  | 'listAgreements'
  | 'listCatalogues'
  | 'getCatalogue'
  | 'getCatalogueVersion'
  | 'submitNotice'
  | 'listNotices'
  | 'listStatusLists'
  | 'putStatusList'
  | 'getStatusList'
> = {
  getTrustList: ({ node, params }) => documentNamed(node, 'trust-list', params),
  getTrustListVersion: ({ node, params }) => documentNamed(node, 'trust-list', params),
  getCatalogue: ({ node, params }) => documentNamed(node, 'catalogue', params),
  getCatalogueVersion: ({ node, params }) => documentNamed(node, 'catalogue', params),

  async listCatalogues({ node }) {
    return ok(await catalogueNames(node.options.store))
  },

  async listAgreements({ node }) {
    return ok({ items: (await node.options.store.listDocuments('agreement')).map(signedDocument) })
  },

  submitNotice: (context) => submitOther(context, statementIn(context), { typ: 'metrology-notice+jwt', named: namedIn(context) }),

  async listNotices({ node, query, limits }) {
    if (query.statement !== undefined) return ok(await noticesOf(node, query.statement, Number(query.cursor ?? 0), limits))
    const { page: limit, pageOctets: octets } = limits
    const page = await readPage(node.options.store, { kind: NOTICE }, { from: Number(query.cursor ?? 0), limit, octets })
    return ok({ items: page.items.map(noticeOf), ...(page.next !== undefined && { next: String(page.next) }) })
  },

  async listStatusLists({ node }) {
    return ok({ items: await listsPublished(node.options.store, statusListsOf(node.options)) })
  },

  async putStatusList(context) {
    const { node, params, request } = context
    const { iss = '', name = '' } = params
    assertMaySubmit(node.options.authority, request as AuthenticatedRequest, iss)
    const { lists, refused } = await openStatus({ statusLists: [statementIn(context)] }, node.trust)
    const [list] = lists
    if (list === undefined) throw refusalOf('status-list.refused', refused)
    const uri = addressOf(node, iss, name)
    if (list.claims.iss !== iss || list.claims.sub !== uri) throw new ProblemError('status-list.address', { uri, sub: list.claims.sub })
    const { iat } = list.claims
    const newest = await node.options.store.getDocument('status-list', statusListName(iss, uri))
    if (newest?.signed[0] === list.signed) return NOTHING
    // A stored list that is no longer the newest is rejected as older, like any other.
    if (newest !== undefined && newest.version >= iat) throw new ProblemError('status-list.older', { uri, iat, newest: newest.version })
    const [error] = await node.learn({ statusLists: [list.signed] })
    if (isTonghengError(error, 'status-list.older')) throw new ProblemError('status-list.older', error.details)
    if (error !== undefined) throw refusalOf('status-list.refused', [{ error }])
    return NOTHING
  },

  async getStatusList({ node, params }) {
    const { iss = '', name = '' } = params
    const uri = addressOf(node, iss, name)
    const found = await node.options.store.getDocument('status-list', statusListName(iss, uri))
    if (found === undefined) throw new ProblemError('not-found', { what: uri })
    return ok(found.signed[0])
  },
}

const NOTHING: Answer = { status: 204, body: '' }

const addressOf = (node: Node, iss: string, name: string): string => `${statusListsOf(node.options)}/${iss}/${name}`

/** Entry of a notice page. */
const noticeOf = ({ statementId, statement, receivedAt, receipt }: PlacedEntry): NoticePage['items'][number] => ({
  statementId,
  statement,
  receivedAt,
  ...(receipt !== undefined && { receipt }),
})

async function noticesOf(node: Node, statement: string, from: number, { page: limit, pageOctets: octets }: ServerLimits) {
  const all = await node.noticesOf(statement)
  const ids = all.slice(from).map(({ statementId }) => statementId)
  const { items, taken } = await readEntries(node.options.store, ids, { limit, octets })
  const next = from + taken
  return {
    items: items.map(noticeOf),
    ...(next < all.length && { next: String(next) }),
  }
}

/** Returns the newest document of an authority, or one version of it. @throws ProblemError `not-found` */
async function documentNamed(
  node: Node,
  collection: StoredDocument['collection'],
  { authority = '', version }: Readonly<Record<string, string>>,
): Promise<Answer> {
  const found = await node.options.store.getDocument(collection, authority, version === undefined ? undefined : Number(version))
  if (found === undefined) throw new ProblemError('not-found', { what: authority })
  return ok(signedDocument(found))
}
