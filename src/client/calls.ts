/** Sends calls of the contract and parses their answers: text, JSON checked against its schema, pages, or a receipt. */

import type * as z from 'zod/mini'
import { decodeUtf8 } from '#native'
import { parseShape } from '../base/shape.js'
import { type Call, type CallName, contract, type EntryType, type ReceiptClaims, receiptFor } from '../contract/index.js'
import { statementId } from '../envelope/index.js'
import { fault } from './messages.js'
import { type CallOptions, type ClientOptions, jsonIn, type Outgoing, type Send, shown } from './transport.js'

export interface Receipt {
  /** Compact JWS; store it as proof. */
  readonly receipt: string
  readonly claims: ReceiptClaims
  /** False if the node had already stored this statement. */
  readonly isNew: boolean
}

/** Each call throws `client.answer` if the answer does not match the contract. */
export interface Calls {
  readonly send: Send
  text(
    name: CallName,
    outgoing: Outgoing,
  ): Promise<{ readonly status: number; readonly text: string; readonly request?: string | undefined }>
  json<T>(name: CallName, outgoing: Outgoing): Promise<T>
  /** Yields the items of all pages; each page is requested when it is needed. */
  pages<T>(
    name: 'listRecords' | 'listSpecifications' | 'listNotices' | 'listJoint' | 'listDirectory',
    query: Outgoing['query'],
    rest: CallOptions,
  ): AsyncGenerator<T>
  /** Sends a statement. If the client has a `trust` option, the receipt is verified. */
  submit(name: keyof typeof SUBMITTED, outgoing: Outgoing & { readonly body: string }): Promise<Receipt>
}

/** Type of the statement that a call submits. */
const SUBMITTED = {
  submitRecord: 'metrology-record+jwt',
  submitNotice: 'metrology-notice+jwt',
  submitJoint: 'metrology-joint+jwt',
} as const satisfies Partial<Record<CallName, EntryType>>

const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

export function createCalls(send: Send, trust: ClientOptions['trust']): Calls {
  const text: Calls['text'] = async (name, outgoing) => {
    const { status, bytes, request } = await send(name, outgoing)
    const decoded = decodeUtf8(bytes)
    if (decoded === undefined) throw fault('client.answer', { status, body: shown(bytes) })
    return { status, text: decoded, request }
  }
  const json = async <T>(name: CallName, outgoing: Outgoing): Promise<T> => {
    const { status, bytes } = await send(name, outgoing)
    const answers: Call['answers'] = contract[name].answers
    const schema = answers[status]?.schema as z.ZodMiniType | undefined
    const { value, faults } = schema === undefined ? { value: undefined, faults: [] } : parseShape<T>(schema, jsonIn(bytes))
    if (value === undefined) throw fault('client.answer', { status, path: faults[0]?.path ?? '', body: shown(bytes) })
    return value
  }
  return {
    send,
    text,
    json,
    async *pages<T>(name: CallName, query: Outgoing['query'], rest: CallOptions) {
      let cursor = query?.cursor as string | undefined
      do {
        const page = await json<{ readonly items: readonly T[]; readonly next?: string }>(name, { ...rest, query: { ...query, cursor } })
        yield* page.items
        // A page whose cursor does not advance would loop for ever.
        if (page.next !== undefined && page.next === cursor) throw fault('client.answer', { status: 200, path: '/next' })
        cursor = page.next
      } while (cursor !== undefined)
    },
    async submit(name, outgoing) {
      const { status, text: receipt, request } = await text(name, outgoing)
      if (!(status in contract[name].answers && COMPACT.test(receipt)))
        throw fault('client.answer', { status, body: receipt.slice(0, 200) })
      const claims = await receiptFor(receipt, statementId(SUBMITTED[name], outgoing.body.split('.')[1] ?? ''), trust, request)
      return { receipt, claims, isNew: status === 201 }
    },
  }
}
