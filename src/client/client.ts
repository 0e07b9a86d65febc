/** The client: one method per call of the contract. */

import type * as z from 'zod/mini'
import { isTonghengError } from '../base/error.js'
import type {
  CallerShape,
  CatalogueNames,
  Discovery,
  DocumentList,
  EntryType,
  JointPage,
  NoticePage,
  Place,
  ReaderState,
  RecordEntry,
  SignedDocument,
  StatusListNames,
} from '../contract/index.js'
import { parsePayload, parseStatement } from '../envelope/index.js'
import { type Hash, readHashTile, TILE_WIDTH, writeTilePath } from '../log/index.js'
import { type AnyRecord, decodeRecord } from '../records/index.js'
import type { Standing, Verdict } from '../verify/index.js'
import { type Amended, type AmendOptions, writeAmendment } from './amend.js'
import { type Calls, createCalls, type Receipt } from './calls.js'
import { checkClientOptions, checkSubmission } from './check-arguments.js'
import { type Issued, type IssueOptions, writeIssue } from './issue.js'
import { fault } from './messages.js'
import { type StandingQuery, standingsOf } from './standings.js'
import { type SubmitMany, type SubmitManyOptions, submitAll, submitUnread } from './submit-many.js'
import { type CallOptions, type ClientOptions, clockOf, createTransport } from './transport.js'

/** Conditions of a search for records, all of which must hold, and its page. */
export interface ListQuery extends CallOptions {
  readonly certificateNo?: string
  readonly serial?: string
  readonly plate?: string
  readonly kind?: string
  readonly issuer?: string
  readonly region?: string
  readonly validOn?: string
  /** Start of the page: `next` of the previous page. */
  readonly cursor?: string
  /** Items per request, at most 500. @default 100 */
  readonly limit?: number
}

/** Client of one node. Its calls reject with errors that `createClient` describes. */
export interface Client {
  readonly records: {
    /** Submits a signed record; the receipt states accepted, rejected or pending. Submitting it again returns the same receipt. */
    submit(statement: string, options?: CallOptions): Promise<Receipt>
    readonly submitMany: SubmitMany
    /**
     * Signs a record and submits it. With `label`, also signs the label of the instrument; for a batch, the labels of all its lines. With
     * the same `jti` and `at`, the call is idempotent.
     * @throws `label.kind`, `label.record-fails` if a label is requested and the record cannot have one; nothing is sent then
     */
    issue(record: AnyRecord, options?: IssueOptions): Promise<Issued>
    /**
     * Issues a record that replaces an earlier one (ISO/IEC 17025:2017 7.8.8): signs it with the id of the earlier record and the reason,
     * submits it, and, unless it is rejected, submits a notice that the earlier one is superseded. With the same `jti` and `at` the call is
     * idempotent. With `label`, also signs the label of the replacing record. A verifier that has the notice or the replacing record
     * reports the earlier label as superseded.
     * @throws `amend.statement` if `earlier` is not a readable record of the same kind and issuer
     */
    amend(earlier: string, record: AnyRecord, options: AmendOptions): Promise<Amended>
    get(statementId: string, options?: CallOptions): Promise<RecordEntry>
    /** Yields every matching record, page by page. */
    list(query?: ListQuery): AsyncIterable<RecordEntry>
  }
  readonly notices: {
    /** Submits a signed status notice. */
    submit(notice: string, options?: CallOptions): Promise<Receipt>
    /** Yields all notices, or those that name a statement by its id. */
    list(options?: CallOptions & { readonly statement?: string }): AsyncIterable<NoticePage['items'][number]>
  }
  readonly joint: {
    /** Submits a joint statement (协同记录). The receipt states accepted, rejected or pending, and proves when the log contained it. */
    submit(statement: string, options?: CallOptions): Promise<Receipt>
    /**
     * Yields the joint statements of the caller's body, or of a piece of work by its number (of an alliance, a certificate of a standard or
     * authorisation, a comparison project, a task), in the order of their receipt; an authority may read all. They are unverified: pass
     * them to `openJoint`.
     */
    list(options?: CallOptions & { readonly work?: string; readonly issuer?: string }): AsyncIterable<JointPage['items'][number]>
    /**
     * Yields the joint statements that every caller may read: capabilities, alliances, assessed standards, authorisations, protocols of
     * rounds.
     */
    directory(options?: CallOptions): AsyncIterable<JointPage['items'][number]>
  }
  readonly statusLists: {
    /** Publishes a status list. `iss` and `name` must match the list's own `sub`. */
    put(of: { readonly iss: string; readonly name: string; readonly list: string }, options?: CallOptions): Promise<void>
    get(of: { readonly iss: string; readonly name: string }, options?: CallOptions): Promise<string>
    names(options?: CallOptions): Promise<StatusListNames['items']>
  }
  /** The node's log, unverified. Use `syncLog` to import it with proof. */
  readonly log: {
    checkpoint(options?: CallOptions): Promise<string>
    cosignedCheckpoint(options?: CallOptions): Promise<string>
    tile(level: number, index: number, width: number, options?: CallOptions): Promise<readonly Hash[]>
    entries(page: number, width: number, options?: CallOptions): Promise<readonly string[]>
    place(statementId: string, options?: CallOptions): Promise<Place>
    /** Requests a cosignature (C2SP tlog-witness). Returns the signature lines, or the size that the node has seen. */
    addCheckpoint(body: string, options?: CallOptions): Promise<{ readonly lines: string } | { readonly seen: number }>
    /** Newest checkpoint of another log that the node has seen. */
    witnessed(origin: string, options?: CallOptions): Promise<string>
  }
  /**
   * Standings of the instruments with a given serial number or plate. Reads all pages, up to a limit; if there are more, each standing is
   * undecided or failed.
   */
  standings(of: StandingQuery): Promise<readonly Standing[]>
  /** Requests a verdict of the node on a signed record. */
  verify(statement: string, options?: CallOptions & { readonly at?: string; readonly region?: string }): Promise<Verdict>
  readonly trustLists: { get(authority: string, options?: CallOptions & { readonly version?: number }): Promise<SignedDocument> }
  /**
   * Catalogues of authorities: `get` returns the newest one of an authority, or one version. @throws `not-found` if the node has
   * none
   */
  readonly catalogues: {
    get(authority: string, options?: CallOptions & { readonly version?: number }): Promise<SignedDocument>
    /** Lists the authorities of which the node has a catalogue, with the newest version of each. */
    list(options?: CallOptions): Promise<CatalogueNames['items']>
  }
  readonly agreements: { list(options?: CallOptions): Promise<readonly SignedDocument[]> }
  readonly specifications: { list(options?: CallOptions): AsyncIterable<RecordEntry> }
  discover(options?: CallOptions): Promise<Discovery>
  /** Returns how the node identifies the caller: its role, until when, and what it may read. */
  whoami(options?: CallOptions): Promise<CallerShape>
  /**
   * Returns the state of a reader's key in the register of the node, by its thumbprint. @throws `not-found` if the key was never admitted
   */
  reader(kid: string, options?: CallOptions): Promise<ReaderState>
}

/**
 * Creates a client of one node.
 * @throws from its calls: the code of the problem if the node rejects the request (`client.problem` if this version does not know
 * the code; `problemOf` returns the problem, `details.checks` all reasons), `client.network` if the node cannot be reached,
 * `client.answer` if the answer does not match the contract
 * @example
 * ```ts
 * import { createClient } from 'tongheng/client'
 * import { createServer } from 'tongheng/server'
 * import { createNode } from 'tongheng/node'
 * import { createMemoryStore } from 'tongheng/stores/memory'
 * import { createFakeAuthorities, DEMONSTRATION_TIME, organisation } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities({ witnessKeys: true })
 * const { uscc, name, region } = organisation('SC-AMR')
 * const node = await createNode({
 *   id: 'https://sichuan.example',
 *   url: 'https://sichuan.example',
 *   authority: uscc,
 *   name,
 *   region,
 *   signer: world.signer('SC-AMR'),
 *   log: world.log('SC-AMR'),
 *   store: createMemoryStore(),
 *   anchors: world.anchors,
 *   trustLists: world.trustLists,
 *   agreements: [world.signedAgreement],
 *   now: () => Date.parse(DEMONSTRATION_TIME) / 1000,
 * })
 * const { fetch } = createServer({ node })
 * const client = createClient({ node: { url: 'https://sichuan.example' }, fetch }) // without `fetch`, over the network
 * ;(await client.agreements.list()).length // => 1
 * ```
 */
export function createClient(options: ClientOptions): Client {
  checkClientOptions(options)
  const calls = createCalls(createTransport(options), options.trust)
  const { json, pages } = calls
  const [records, notices] = [recordCalls(calls, options), noticeCalls(calls, options)]
  return {
    records: { ...records, issue: issuing(options, records), amend: amending(options, { records, notices }) },
    notices,
    joint: jointCalls(calls, options),
    statusLists: statusListCalls(calls),
    log: logCalls(calls),
    standings: (of) => standingsOf(calls, of),
    verify: (statement, { at, region, ...rest } = {}) => json('verifyStatement', { ...rest, query: { at, region }, body: statement }),
    trustLists: {
      get: (authority, { version, ...rest } = {}) =>
        version === undefined
          ? json('getTrustList', { ...rest, params: { authority } })
          : json('getTrustListVersion', { ...rest, params: { authority, version: String(version) } }),
    },
    catalogues: {
      get: (authority, { version, ...rest } = {}) =>
        version === undefined
          ? json('getCatalogue', { ...rest, params: { authority } })
          : json('getCatalogueVersion', { ...rest, params: { authority, version: String(version) } }),
      list: async (rest = {}) => (await json<CatalogueNames>('listCatalogues', rest)).items,
    },
    agreements: {
      list: async (rest = {}) => (await json<z.infer<typeof DocumentList>>('listAgreements', rest)).items,
    },
    specifications: { list: (rest = {}) => pages('listSpecifications', {}, rest) },
    discover: (rest = {}) => json('discover', rest),
    whoami: (rest = {}) => json('getCaller', rest),
    reader: (kid, rest = {}) => json('getReader', { ...rest, params: { kid } }),
  }
}

/** Calls that `issue` and `amend` use. */
type SendingRecords = Omit<Client['records'], 'amend' | 'issue'>

/** Placeholder name for a malformed statement: it is sent anyway, so that the caller gets the node's reasons. */
const NO_NAME = '00000000000000000000000000'

const nameOf = (named: { readonly iss: string; readonly jti: string } | undefined, { caller }: ClientOptions) => ({
  iss: named?.iss ?? caller?.iss ?? '',
  jti: named?.jti ?? NO_NAME,
})

function recordCalls({ send, json, pages, submit }: Calls, options: ClientOptions): SendingRecords {
  return {
    submit: (statement, rest = {}) =>
      submit('submitRecord', { ...rest, params: nameOf(decodeRecord(statement)?.claims, options), body: statement }),
    submitMany: ((statements, rest: SubmitManyOptions & { readonly unread?: true } = {}) => {
      checkSubmission(statements, rest)
      return rest.unread ? submitUnread(send, statements, rest) : submitAll(send, statements, { ...rest, trust: options.trust })
    }) as SubmitMany,
    get: (statementId, rest = {}) => json('getRecord', { ...rest, params: { statementId } }),
    list: ({ signal, ...query } = {}) => pages('listRecords', query, signal ? { signal } : {}),
  }
}

function noticeCalls({ pages, submit }: Calls, options: ClientOptions): Client['notices'] {
  return {
    submit: (notice, rest = {}) =>
      submit('submitNotice', { ...rest, params: nameOf(namesIn(notice, 'metrology-notice+jwt'), options), body: notice }),
    list: ({ statement, ...rest } = {}) => pages('listNotices', { statement }, rest),
  }
}

const jointCalls = ({ pages, submit }: Calls, options: ClientOptions): Client['joint'] => ({
  submit: (statement, rest = {}) =>
    submit('submitJoint', { ...rest, params: nameOf(namesIn(statement, 'metrology-joint+jwt'), options), body: statement }),
  list: ({ work, issuer, ...rest } = {}) => pages('listJoint', { work, issuer }, rest),
  directory: (rest = {}) => pages('listDirectory', {}, rest),
})

/** Signs and submits. Returns no label if the record was rejected, because it must not be printed. */
function issuing(options: ClientOptions, records: SendingRecords): Client['records']['issue'] {
  return async (record, given = {}) => {
    const signer = given.signer ?? options.caller?.signer
    if (signer === undefined) throw fault('client.no-caller', { call: 'issue' })
    const { statement, made } = await writeIssue(record, { ...given, at: given.at ?? clockOf(options)(), signer })
    const receipt = await records.submit(statement, given.signal ? { signal: given.signal } : {})
    return { statement, receipt, ...(receipt.claims.decision !== 'rejected' && made) }
  }
}

/** Submits the amendment and, unless it is rejected, the notice that supersedes the earlier record. */
function amending(
  options: ClientOptions,
  { records, notices }: { readonly records: SendingRecords; readonly notices: Client['notices'] },
): Client['records']['amend'] {
  return async (earlier, record, given) => {
    const { signal } = given
    const rest = signal ? { signal } : {}
    const signer = given.signer ?? options.caller?.signer
    if (signer === undefined) throw fault('client.no-caller', { call: 'amend' })
    const at = given.at ?? clockOf(options)()
    const { statement, notice, made } = await writeAmendment(earlier, record, { ...given, at, signer })
    const receipt = await records.submit(statement, rest)
    if (receipt.claims.decision === 'rejected') return { statement, receipt }
    return { statement, receipt, notice, noticeReceipt: await notices.submit(notice, rest), ...made }
  }
}

const statusListCalls = ({ send, text, json }: Calls): Client['statusLists'] => ({
  async put({ iss, name, list }, rest = {}) {
    await send('putStatusList', { ...rest, params: { iss, name }, body: list })
  },
  get: async ({ iss, name }, rest = {}) => (await text('getStatusList', { ...rest, params: { iss, name } })).text,
  names: async (rest = {}) => (await json<StatusListNames>('listStatusLists', rest)).items,
})

const HASH_OCTETS = 32

function logCalls({ send, text, json }: Calls): Client['log'] {
  return {
    checkpoint: async (rest = {}) => (await text('getCheckpoint', rest)).text,
    cosignedCheckpoint: async (rest = {}) => (await text('getCosignedCheckpoint', rest)).text,
    async tile(level, index, width, rest = {}) {
      const [, , ...path] = writeTilePath({ level, index, width }).split('/')
      const { status, bytes } = await send('getTile', { ...rest, params: { level: String(level), index: path.join('/') } })
      if (bytes.length !== width * HASH_OCTETS) throw fault('client.answer', { status, length: bytes.length })
      return readHashTile(bytes)
    },
    async entries(page, width, rest = {}) {
      const query = width === TILE_WIDTH ? {} : { width }
      const { text: lines } = await text('getEntries', { ...rest, params: { page: String(page) }, query })
      return lines.split('\n', 2 * TILE_WIDTH).filter((line) => line !== '')
    },
    place: (statementId, rest = {}) => json('getPlace', { ...rest, params: { statementId } }),
    async addCheckpoint(body, rest = {}) {
      const { status, text: answer } = await text('addCheckpoint', { ...rest, body })
      if (status === 200) return { lines: answer }
      const seen = Number(/^(0|[1-9][0-9]{0,15})\n$/.exec(answer)?.[1] ?? Number.NaN)
      if (!Number.isSafeInteger(seen)) throw fault('client.answer', { status, body: answer.slice(0, 200) })
      return { seen }
    },
    witnessed: async (origin, rest = {}) => (await text('getWitnessed', { ...rest, params: { origin } })).text,
  }
}

/** Returns `iss` and `jti` of a statement, unverified; undefined if it is not a statement, or they are not texts. */
function namesIn(statement: string, typ: EntryType): { readonly iss: string; readonly jti: string } | undefined {
  try {
    const { iss, jti } = parsePayload(parseStatement(statement, typ)) as { readonly iss?: unknown; readonly jti?: unknown }
    return typeof iss === 'string' && typeof jti === 'string' ? { iss, jti } : undefined
  } catch (error) {
    if (isTonghengError(error)) return undefined
    throw error
  }
}
