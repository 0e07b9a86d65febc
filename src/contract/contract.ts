/** The contract: one row a call. Client, server and OpenAPI are projections of this table. */
import { exchangeMessages } from '../base/messages/exchange.js'
import { addMessages } from '../base/messages/index.js'
import type { Call } from './calls/call.js'
import { documentCalls } from './calls/documents.js'
import { logCalls } from './calls/log.js'
import { operationCalls } from './calls/operation.js'
import { recordCalls } from './calls/records.js'

// Both sides of the exchange read this table, and say these texts.
addMessages(exchangeMessages)

export const contract = { ...recordCalls, ...documentCalls, ...logCalls, ...operationCalls } as const satisfies Record<string, Call>

export type CallName = keyof typeof contract
