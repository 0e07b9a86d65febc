/** The contract from the caller's side: a method for each call. */

import type * as z from 'zod/mini'
import { decodeUtf8 } from '#native'
import { isTonghengError, TonghengError } from '../base/error.js'
import { parseShape } from '../base/shape.js'
import {
  type Call,
  type CallName,
  contract,
  type Discovery,
  type DocumentList,
  type NoticePage,
  type Place,
  type ReceiptClaims,
  type RecordEntry,
  receiptFor,
  type SignedDocument,
  type StatusListNames,
} from '../contract/index.js'
import { parsePayload, parseStatement, statementId } from '../envelope/index.js'
import { type Hash, readHashTile, TILE_WIDTH, writeTilePath } from '../log/index.js'
import { type AnyRecord, decodeRecord } from '../records/index.js'
import { readForeignNotice } from '../status/index.js'
import type { Standing, Verdict } from '../verify/index.js'
import { type Amended, type AmendOptions, writeAmendment } from './amend.js'
import { type SubmitMany, type SubmitManyOptions, submitAll, submitUnread } from './submit-many.js'
import {
  type CallOptions,
  type ClientOptions,
  checkClientOptions,
  clockOf,
  createTransport,
  jsonIn,
  type Outgoing,
  shown,
} from './transport.js'

export interface Receipt {
  /** Compact JWS, to be kept. */
  readonly receipt: string
  readonly claims: ReceiptClaims
  /** False where the node had this statement already. */
  readonly isNew: boolean
}

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

const HASH_OCTETS = 32
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/
/** A text that is no statement still goes out under a name, so that the node's own reasons come back. */
const NO_NAME = '00000000000000000000000000'

/**
 * A client of one node.
 * @throws from its calls: the code of the problem where the node refuses (`client.problem` where this version does not know the code;
 * `problemOf` gives the problem, `details.checks` all reasons),
 * `client.network` where it cannot be reached, `client.answer` where the answer is not what the contract says
 */
export function createClient(options: ClientOptions): Client {
  checkClientOptions(options)
  const send = createTransport(options)

  async function sendForText(name: CallName, outgoing: Outgoing): Promise<{ readonly status: number; readonly text: string }> {
    const { status, bytes } = await send(name, outgoing)
    const text = decodeUtf8(bytes)
    if (text === undefined) throw new TonghengError('client.answer', { status, body: shown(bytes) })
    return { status, text }
  }

  async function sendForJson<T>(name: CallName, outgoing: Outgoing): Promise<T> {
    const { status, bytes } = await send(name, outgoing)
    const answers: Call['answers'] = contract[name].answers
    const schema = answers[status]?.schema as z.ZodMiniType | undefined
    const { value, faults } = schema === undefined ? { value: undefined, faults: [] } : parseShape<T>(schema, jsonIn(bytes))
    if (value === undefined) throw new TonghengError('client.answer', { status, path: faults[0]?.path ?? '', body: shown(bytes) })
    return value
  }

  async function* pages<T>(
    name: 'listRecords' | 'listSpecifications' | 'listNotices',
    query: Outgoing['query'],
    rest: CallOptions,
  ): AsyncGenerator<T> {
    let cursor = query?.cursor as string | undefined
    do {
      const page: { items: T[]; next?: string } = await sendForJson(name, { ...rest, query: { ...query, cursor } })
      yield* page.items
      // A page that leads to itself would be read for ever.
      if (page.next !== undefined && page.next === cursor) throw new TonghengError('client.answer', { status: 200, path: '/next' })
      cursor = page.next
    } while (cursor !== undefined)
  }

  async function submitAs(name: 'submitRecord' | 'submitNotice', outgoing: Outgoing & { readonly body: string }): Promise<Receipt> {
    const { status, text: receipt } = await sendForText(name, outgoing)
    if (!(status in contract[name].answers && COMPACT.test(receipt)))
      throw new TonghengError('client.answer', { status, body: receipt.slice(0, 200) })
    const typ = name === 'submitRecord' ? 'metrology-record+jwt' : 'metrology-notice+jwt'
    const claims = await receiptFor(receipt, statementId(typ, outgoing.body.split('.')[1] ?? ''), options.trust)
    return { receipt, claims, isNew: status === 201 }
  }

  const client: Client = {
    records: {
      submit(statement, rest = {}) {
        const named = decodeRecord(statement)?.claims
        const params = { iss: named?.iss ?? options.caller?.iss ?? '', jti: named?.jti ?? NO_NAME }
        return submitAs('submitRecord', { ...rest, params, body: statement })
      },
      submitMany: ((statements, rest: SubmitManyOptions & { readonly unread?: true } = {}) =>
        rest.unread ? submitUnread(send, statements, rest) : submitAll(send, statements, { ...rest, trust: options.trust })) as SubmitMany,
      async amend(earlier, record, given) {
        const { signal } = given
        const rest = signal ? { signal } : {}
        const signer = given.signer ?? options.caller?.signer
        if (signer === undefined) throw new TonghengError('client.no-caller', { call: 'amend' })
        const at = given.at ?? clockOf(options)()
        const { statement, notice } = await writeAmendment(earlier, record, { ...given, at, signer })
        const receipt = await client.records.submit(statement, rest)
        if (receipt.claims.decision === 'rejected') return { statement, receipt }
        return { statement, receipt, notice, noticeReceipt: await client.notices.submit(notice, rest) }
      },
      get: (statementId, rest = {}) => sendForJson('getRecord', { ...rest, params: { statementId } }),
      list: ({ signal, ...query } = {}) => pages('listRecords', query, signal ? { signal } : {}),
    },
    notices: {
      submit(notice, rest = {}) {
        const named = namesOf(notice)
        const params = { iss: named?.iss ?? options.caller?.iss ?? '', jti: named?.jti ?? NO_NAME }
        return submitAs('submitNotice', { ...rest, params, body: notice })
      },
      list: ({ statement, ...rest } = {}) => pages('listNotices', { statement }, rest),
    },
    statusLists: {
      async put({ iss, name, list }, rest = {}) {
        await send('putStatusList', { ...rest, params: { iss, name }, body: list })
      },
      async get({ iss, name }, rest = {}) {
        return (await sendForText('getStatusList', { ...rest, params: { iss, name } })).text
      },
      names: async (rest = {}) => (await sendForJson<StatusListNames>('listStatusLists', rest)).items,
    },
    log: {
      checkpoint: async (rest = {}) => (await sendForText('getCheckpoint', rest)).text,
      cosignedCheckpoint: async (rest = {}) => (await sendForText('getCosignedCheckpoint', rest)).text,
      async tile(level, index, width, rest = {}) {
        const [, , ...path] = writeTilePath({ level, index, width }).split('/')
        const { status, bytes } = await send('getTile', { ...rest, params: { level: String(level), index: path.join('/') } })
        if (bytes.length !== width * HASH_OCTETS) throw new TonghengError('client.answer', { status, length: bytes.length })
        return readHashTile(bytes)
      },
      async entries(page, width, rest = {}) {
        const query = width === TILE_WIDTH ? {} : { width }
        const { text } = await sendForText('getEntries', { ...rest, params: { page: String(page) }, query })
        return text.split('\n', 2 * TILE_WIDTH).filter((line) => line !== '')
      },
      place: (statementId, rest = {}) => sendForJson('getPlace', { ...rest, params: { statementId } }),
      async addCheckpoint(body, rest = {}) {
        const { status, text } = await sendForText('addCheckpoint', { ...rest, body })
        if (status === 200) return { lines: text }
        const seen = Number(/^(0|[1-9][0-9]{0,15})\n$/.exec(text)?.[1] ?? Number.NaN)
        if (!Number.isSafeInteger(seen)) throw new TonghengError('client.answer', { status, body: text.slice(0, 200) })
        return { seen }
      },
      witnessed: async (origin, rest = {}) => (await sendForText('getWitnessed', { ...rest, params: { origin } })).text,
    },
    standings: async ({ serial, plate, at, region, ...rest }) =>
      (await sendForJson<{ items: readonly Standing[] }>('listStandings', { ...rest, query: { serial, plate, at, region } })).items,
    verify: (statement, { at, region, ...rest } = {}) =>
      sendForJson('verifyStatement', { ...rest, query: { at, region }, body: statement }),
    trustLists: {
      get: (authority, { version, ...rest } = {}) =>
        version === undefined
          ? sendForJson('getTrustList', { ...rest, params: { authority } })
          : sendForJson('getTrustListVersion', { ...rest, params: { authority, version: String(version) } }),
    },
    agreements: {
      list: async (rest = {}) => (await sendForJson<z.infer<typeof DocumentList>>('listAgreements', rest)).items,
    },
    specifications: { list: (rest = {}) => pages('listSpecifications', {}, rest) },
    discover: (rest = {}) => sendForJson('discover', rest),
  }
  return client
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
