/** The type of a row of the contract, and parts shared by the rows. */
import * as z from 'zod/mini'
import type { Text } from '../../base/message.js'
import { about } from '../../base/schema.js'
import { MAX_STATEMENT_LENGTH } from '../../envelope/index.js'

export interface CallBody {
  readonly mediaType: string
  readonly maxLength: number
}

export interface CallAnswer {
  /** Absent if the answer has no content. */
  readonly mediaType?: string
  readonly schema?: z.ZodMiniType
  readonly description: Text
}

export interface Call {
  readonly method: 'GET' | 'PUT' | 'POST'
  /** `{name}` is a parameter of one path segment; the last parameter of an `isDeep` call can have several segments. */
  readonly path: string
  readonly isDeep?: true
  readonly summary: Text
  /** `signed`: the request carries a JWT of a listed body. `open`: no authentication. */
  readonly access: 'signed' | 'open'
  readonly params?: z.ZodMiniObject
  readonly query?: z.ZodMiniObject
  readonly body?: CallBody
  readonly answers: Readonly<Record<number, CallAnswer>>
  /** Statuses of the problems that the call can answer with. */
  readonly problems: readonly number[]
  /** True if a retry has no further effect. */
  readonly idempotent: boolean
  /** `Cache-Control` of a successful answer. @default no-store */
  readonly cache?: string
}

export const JOSE = 'application/jose'
export const JSON_TYPE = 'application/json'
export const PROBLEM_TYPE = 'application/problem+json'
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'
export const LINES_TYPE = 'application/jose+ndjson'
export const ANSWER_LINES_TYPE = 'application/x-ndjson'
export const STATUS_LIST_TYPE = 'application/statuslist+jwt'
export const TEXT_TYPE = 'text/plain; charset=utf-8'
export const SIZE_TYPE = 'text/x.tlog.size'
export const OCTETS = 'application/octet-stream'
export const STATEMENT: CallBody = { mediaType: JOSE, maxLength: MAX_STATEMENT_LENGTH }
export const Jws = about(z.string(), '紧凑 JWS', 'Compact JWS', 'RFC 7515 §7.1')
export const Cursor = z.optional(z.string().check(z.maxLength(16), z.regex(/^[0-9]+$/)))
export const Octets = z.string().check(z.meta({ format: 'binary' }))
export const PUBLIC = 'public, max-age=300'
export const FOR_EVER = 'public, max-age=31536000, immutable'
/** Default maximum size of a bulk request, in octets. */
export const MAX_BULK = 16 * 1024 * 1024

export const answer = (schema: z.ZodMiniType, zh: string, en: string, mediaType = JSON_TYPE): CallAnswer => ({
  mediaType,
  schema,
  description: { zh, en },
})
