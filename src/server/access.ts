/** Authorisation by call and role: one table, which the server enforces, the OpenAPI document describes, and a test covers. */

import type { Instant } from '../base/date.js'
import { isNoSerial } from '../base/identifier.js'
import type { Text } from '../base/message.js'
import { type CallName, ProblemError } from '../contract/index.js'
import type { StoredEntry } from '../node/index.js'
import type { Trust } from '../trust/index.js'
import type { AuthenticatedRequest } from './check-request.js'

/**
 * `authority`: publishes a trust list. `institute`: any other listed body. `inspector`, `clerk`: readers admitted by this node, a
 * clerk on behalf of a body.
 */
export const ROLES = ['authority', 'institute', 'inspector', 'clerk'] as const
export type Role = (typeof ROLES)[number]

/**
 * Records that a call can return. `all`: of both provinces. `own`: of the caller's body. `named`: of the caller's body, and of
 * others by exact certificate number, serial number, plate, or number of a piece of work. `none`: the call is rejected.
 */
export type Reach = 'all' | 'named' | 'own' | 'none'

/** Signed calls only; open calls need no authorisation. */
export const ACCESS = {
  submitRecord: { authority: 'own', institute: 'own', inspector: 'none', clerk: 'none' },
  submitRecords: { authority: 'own', institute: 'own', inspector: 'none', clerk: 'none' },
  submitNotice: { authority: 'own', institute: 'own', inspector: 'none', clerk: 'none' },
  submitJoint: { authority: 'own', institute: 'own', inspector: 'none', clerk: 'none' },
  putStatusList: { authority: 'own', institute: 'own', inspector: 'none', clerk: 'none' },
  getRecord: { authority: 'all', institute: 'own', inspector: 'all', clerk: 'own' },
  listRecords: { authority: 'all', institute: 'named', inspector: 'all', clerk: 'named' },
  listStandings: { authority: 'all', institute: 'named', inspector: 'all', clerk: 'named' },
  listJoint: { authority: 'all', institute: 'named', inspector: 'all', clerk: 'named' },
  getEntries: { authority: 'all', institute: 'none', inspector: 'all', clerk: 'none' },
  getCaller: { authority: 'own', institute: 'own', inspector: 'own', clerk: 'own' },
} as const satisfies Partial<Record<CallName, Readonly<Record<Role, Reach>>>>

export type SignedCallName = keyof typeof ACCESS

const READING_CALLS = ['getRecord', 'listRecords', 'listStandings', 'listJoint', 'getEntries'] as const
const READING: ReadonlySet<CallName> = new Set([...READING_CALLS, 'getCaller'])

/** What a role may read, by call. */
export const readsOf = (role: Role) =>
  Object.fromEntries(READING_CALLS.map((call) => [call, ACCESS[call][role]])) as Record<(typeof READING_CALLS)[number], Reach>

/** Authorisation of a caller for a call. */
export interface Access {
  readonly role: Role
  readonly reach: Reach
  /** USCC of the caller's body. */
  readonly body: string
}

export function roleOf({ claims, reader }: AuthenticatedRequest, trust: Trust): Role {
  if (reader !== undefined) return reader.role
  return trust.lists.some(({ payload }) => payload.iss === claims.iss) ? 'authority' : 'institute'
}

/** @throws ProblemError `request.reading`, `request.read-only`, `request.list-expired` */
export function accessOf(call: CallName, request: AuthenticatedRequest, trust: Trust, now: Instant): Access {
  const row: Readonly<Record<Role, Reach>> | undefined = Object.hasOwn(ACCESS, call) ? ACCESS[call as SignedCallName] : undefined
  const role = roleOf(request, trust)
  const reach = row?.[role] ?? 'none'
  const { iss: body } = request.claims
  const list = request.caller?.list.payload
  // An expired list may be out of date about its bodies: submissions become pending until a newer list arrives, and reading is
  // rejected.
  if (list !== undefined && READING.has(call) && now > list.exp) throw new ProblemError('request.list-expired', { authority: list.iss })
  if (reach === 'none') throw new ProblemError(READING.has(call) ? 'request.reading' : 'request.read-only', { caller: body })
  return { role, reach, body }
}

/** Specifications are public, and also served by an open call (`listSpecifications`). */
const PUBLIC_KIND = 'technical-specification'

type Query = Readonly<Record<string, string | undefined>>

/**
 * Returns the issuer to which a search is restricted; undefined for all.
 * @throws ProblemError `request.reading` for a search of another's records without an exact identifier
 */
export function narrowed({ reach, body }: Access, { certificateNo, serial, plate, work, issuer, kind }: Query): string | undefined {
  if (reach === 'all' || kind === PUBLIC_KIND) return issuer
  // Placeholders (“无”, “/”, “000000”) appear on many instruments and identify none.
  const isNamed = certificateNo !== undefined || work !== undefined || plate !== undefined || (serial !== undefined && !isNoSerial(serial))
  if (reach === 'named' && isNamed) return issuer
  if (issuer !== undefined && issuer !== body) throw new ProblemError('request.reading', { caller: body })
  return body
}

/** @throws ProblemError `request.reading` */
export function mustReach({ reach, body }: Access, { iss, kind }: Pick<StoredEntry, 'iss' | 'kind'>): void {
  if (reach !== 'all' && kind !== PUBLIC_KIND && iss !== body) throw new ProblemError('request.reading', { caller: body })
}

const REACHES: Readonly<Record<Reach, Text>> = {
  all: { zh: '两地', en: 'both provinces' },
  named: {
    zh: '本机构，及按证书编号、出厂编号、号牌或事项编号查到的',
    en: 'of its own body, and by exact certificate number, serial number, plate or number of a piece of work',
  },
  own: { zh: '本机构', en: 'of its own body' },
  none: { zh: '不可', en: 'none' },
}
const NAMES: Readonly<Record<Role, Text>> = {
  authority: { zh: '主管部门', en: 'authority' },
  institute: { zh: '机构', en: 'institute' },
  inspector: { zh: '监管读者', en: 'inspector (reader)' },
  clerk: { zh: '机构读者', en: 'clerk (reader)' },
}

/** Describes the row of a call in words; undefined for an open call. */
export function accessText(call: CallName): Text | undefined {
  const row: Readonly<Record<Role, Reach>> | undefined = Object.hasOwn(ACCESS, call) ? ACCESS[call as SignedCallName] : undefined
  if (row === undefined) return undefined
  const cells = (language: keyof Text & ('zh' | 'en'), mark: string): string =>
    ROLES.map((role) => `${NAMES[role][language]}${mark}${REACHES[row[role]][language]}`).join(language === 'zh' ? '；' : '; ')
  return { zh: `可用范围——${cells('zh', '：')}。`, en: `Who may: ${cells('en', ': ')}.` }
}
