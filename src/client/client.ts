/** The contract from the caller's side: a method for each call. */

import type * as z from 'zod/mini'
import { isTonghengError } from '../base/error.js'
import type { Discovery, DocumentList, NoticePage, Place, RecordEntry, SignedDocument, StatusListNames } from '../contract/index.js'
import { parsePayload, parseStatement } from '../envelope/index.js'
import { type Hash, readHashTile, TILE_WIDTH, writeTilePath } from '../log/index.js'
import { type AnyRecord, decodeRecord } from '../records/index.js'
import { readForeignNotice } from '../status/index.js'
import type { Standing, Verdict } from '../verify/index.js'
import { type Amended, type AmendOptions, writeAmendment } from './amend.js'
import { type Calls, createCalls, type Receipt } from './calls.js'
import { fault } from './messages.js'
import { type SubmitMany, type SubmitManyOptions, submitAll, submitUnread } from './submit-many.js'
import { type CallOptions, type ClientOptions, checkClientOptions, clockOf, createTransport } from './transport.js'

export interface ListQuery extends CallOptions {
  readonly certificateNo?: string
  readonly serial?: string
  readonly plate?: string
  readonly kind?: string
  readonly issuer?: string
  readonly region?: string
  readonly validOn?: string
  /** Where to go on from; give the last page's `next`. */
  readonly cursor?: string
  /** Items a request, at most 500. @default 100 */
  readonly limit?: number
}

export interface Client {
  readonly records: {
    /** Sends a signed record; the receipt says accepted, rejected or pending. Sending it again gives the same receipt. */
    submit(statement: string, options?: CallOptions): Promise<Receipt>
    readonly submitMany: SubmitMany
    /**
     * Issues a record that replaces an earlier one (ISO/IEC 17025:2017 7.8.8): signs it with what it replaces and why,
     * submits it, and, unless it was rejected, gives notice that the earlier one is superseded. With the same `jti` and `at` it can be called again.
     * @throws `amend.statement` where the earlier one is no readable record, or another body signed it
     */
    amend(earlier: string, record: AnyRecord, options: AmendOptions): Promise<Amended>
    get(statementId: string, options?: CallOptions): Promise<RecordEntry>
    /** Every record that fits, page after page. */
    list(query?: ListQuery): AsyncIterable<RecordEntry>
  }
  readonly notices: {
    /** Sends a signed notice of status. */
    submit(notice: string, options?: CallOptions): Promise<Receipt>
    /** All of them, or those that name a statement, by its id. */
    list(options?: CallOptions & { readonly statement?: string }): AsyncIterable<NoticePage['items'][number]>
  }
  readonly statusLists: {
    /** Publishes a status list under the name by which it calls itself. */
    put(of: { readonly iss: string; readonly name: string; readonly list: string }, options?: CallOptions): Promise<void>
    get(of: { readonly iss: string; readonly name: string }, options?: CallOptions): Promise<string>
    names(options?: CallOptions): Promise<StatusListNames['items']>
  }
  /** The node's log, as it serves it: nothing is verified here; `syncLog` follows it with proof. */
  readonly log: {
    checkpoint(options?: CallOptions): Promise<string>
    cosignedCheckpoint(options?: CallOptions): Promise<string>
    tile(level: number, index: number, width: number, options?: CallOptions): Promise<readonly Hash[]>
    entries(page: number, width: number, options?: CallOptions): Promise<readonly string[]>
    place(statementId: string, options?: CallOptions): Promise<Place>
    /** Asks the node to cosign (C2SP tlog-witness): its lines, or the size it has seen. */
    addCheckpoint(body: string, options?: CallOptions): Promise<{ readonly lines: string } | { readonly seen: number }>
    /** Newest checkpoint of another log that the node has seen. */
    witnessed(origin: string, options?: CallOptions): Promise<string>
  }
  /** How the instruments stand that a serial number or a plate names. */
  standings(
    of: CallOptions & { readonly serial?: string; readonly plate?: string; readonly at?: string; readonly region?: string },
  ): Promise<readonly Standing[]>
  /** Has the node judge a signed record. */
  verify(statement: string, options?: CallOptions & { readonly at?: string; readonly region?: string }): Promise<Verdict>
  readonly trustLists: { get(authority: string, options?: CallOptions & { readonly version?: number }): Promise<SignedDocument> }
  readonly agreements: { list(options?: CallOptions): Promise<readonly SignedDocument[]> }
  readonly specifications: { list(options?: CallOptions): AsyncIterable<RecordEntry> }
  discover(options?: CallOptions): Promise<Discovery>
}

/**
 * A client of one node.
 * @throws from its calls: the code of the problem where the node refuses (`client.problem` where this version does not know the code;
 * `problemOf` gives the problem, `details.checks` all reasons),
 * `client.network` where it cannot be reached, `client.answer` where the answer is not what the contract says
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
    records: { ...records, amend: amending(options, { records, notices }) },
    notices,
    statusLists: statusListCalls(calls),
    log: logCalls(calls),
    standings: async ({ serial, plate, at, region, ...rest }) =>
      (await json<{ items: readonly Standing[] }>('listStandings', { ...rest, query: { serial, plate, at, region } })).items,
    verify: (statement, { at, region, ...rest } = {}) => json('verifyStatement', { ...rest, query: { at, region }, body: statement }),
    trustLists: {
      get: (authority, { version, ...rest } = {}) =>
        version === undefined
          ? json('getTrustList', { ...rest, params: { authority } })
          : json('getTrustListVersion', { ...rest, params: { authority, version: String(version) } }),
    },
    agreements: {
      list: async (rest = {}) => (await json<z.infer<typeof DocumentList>>('listAgreements', rest)).items,
    },
    specifications: { list: (rest = {}) => pages('listSpecifications', {}, rest) },
    discover: (rest = {}) => json('discover', rest),
  }
}

/** A text that is no statement still goes out under a name, so that the node's own reasons come back. */
const NO_NAME = '00000000000000000000000000'

const nameOf = (named: { readonly iss: string; readonly jti: string } | undefined, { caller }: ClientOptions) => ({
  iss: named?.iss ?? caller?.iss ?? '',
  jti: named?.jti ?? NO_NAME,
})

function recordCalls({ send, json, pages, submit }: Calls, options: ClientOptions): Omit<Client['records'], 'amend'> {
  return {
    submit: (statement, rest = {}) =>
      submit('submitRecord', { ...rest, params: nameOf(decodeRecord(statement)?.claims, options), body: statement }),
    submitMany: ((statements, rest: SubmitManyOptions & { readonly unread?: true } = {}) =>
      rest.unread ? submitUnread(send, statements, rest) : submitAll(send, statements, { ...rest, trust: options.trust })) as SubmitMany,
    get: (statementId, rest = {}) => json('getRecord', { ...rest, params: { statementId } }),
    list: ({ signal, ...query } = {}) => pages('listRecords', query, signal ? { signal } : {}),
  }
}

function noticeCalls({ pages, submit }: Calls, options: ClientOptions): Client['notices'] {
  return {
    submit: (notice, rest = {}) => submit('submitNotice', { ...rest, params: nameOf(namesOf(notice), options), body: notice }),
    list: ({ statement, ...rest } = {}) => pages('listNotices', { statement }, rest),
  }
}

/** Sends the amendment; then, unless it is rejected, the notice by which it takes the place of the earlier record. */
function amending(
  options: ClientOptions,
  { records, notices }: { readonly records: Omit<Client['records'], 'amend'>; readonly notices: Client['notices'] },
): Client['records']['amend'] {
  return async (earlier, record, given) => {
    const { signal } = given
    const rest = signal ? { signal } : {}
    const signer = given.signer ?? options.caller?.signer
    if (signer === undefined) throw fault('client.no-caller', { call: 'amend' })
    const at = given.at ?? clockOf(options)()
    const { statement, notice } = await writeAmendment(earlier, record, { ...given, at, signer })
    const receipt = await records.submit(statement, rest)
    if (receipt.claims.decision === 'rejected') return { statement, receipt }
    return { statement, receipt, notice, noticeReceipt: await notices.submit(notice, rest) }
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

/** Name that a notice gives itself, unverified. */
function namesOf(notice: string): { readonly iss: string; readonly jti: string } | undefined {
  try {
    return readForeignNotice(parsePayload(parseStatement(notice, 'metrology-notice+jwt'))).value
  } catch (error) {
    if (isTonghengError(error)) return undefined
    throw error
  }
}
