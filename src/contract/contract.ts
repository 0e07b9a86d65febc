/** The contract: one row per call. Client, server and OpenAPI document are projections of this table. */
import type { Call } from './calls/call.js'
import { documentCalls } from './calls/documents.js'
import { jointCalls } from './calls/joint.js'
import { logCalls } from './calls/log.js'
import { operationCalls } from './calls/operation.js'
import { readerCalls } from './calls/readers.js'
import { recordCalls } from './calls/records.js'

export const contract = {
  ...recordCalls,
  ...documentCalls,
  ...jointCalls,
  ...logCalls,
  ...readerCalls,
  ...operationCalls,
} as const satisfies Record<string, Call>

export type CallName = keyof typeof contract
