/** Checks whether a body was entitled to sign a statement: rows on the key, the body, its scope, and the freshness of the list. */

import { type Check, failed, missingFact, pass, passWith, type Row } from '../base/check.js'
import { type CivilDate, civilDateOf, formatInstant, type Instant } from '../base/date.js'
import type { Text } from '../base/message.js'
import { newerParams } from '../base/shape.js'
import { categoryName, isAmongCategories } from '../catalogue/index.js'
import { coded } from './messages.js'
import type { KeyHolder, Trust } from './open-trust.js'
import type { Authorisation, Entity, EntityKey } from './trust-list.js'
import type { TrustList } from './walk.js'

const since = '0.1.0'
/** Rows of authority: freshness of the list, holder of the key, permitted types, validity, and scope. */
export const authorityRows = {
  list: { id: coded('trust-list.current'), group: 'authenticity', basis: 'ETSI TS 119 602; TUF 1.0 §5.3.10', since },
  binding: { id: coded('issuer.key'), group: 'authenticity', basis: 'RFC 8725 §3.10; RFC 7515 §4.1.4', since },
  use: { id: coded('key.use'), group: 'authenticity', basis: 'RFC 8725 §3.11, §3.12', since },
  interval: { id: coded('key.interval'), group: 'authenticity', basis: '电子签名法 第十三条', since, revised: '0.2.0' },
  scope: { id: coded('issuer.scope'), group: 'authenticity', basis: '计量法 第二十条; JJF 1069—2012', since },
} as const satisfies Record<string, Row>

/** Freshness of a list: a warning after `nextUpdate`; after `exp` nothing that depends on it can be decided. */
export function checkListFreshness(list: TrustList, at: Instant): Check {
  const { iss, version, nextUpdate, exp } = list.payload
  if (list.newer !== undefined) {
    const params = { authority: iss, version, ...newerParams(list.newer) }
    return missingFact(authorityRows.list, 'newer-version', {
      code: coded('trust-list.newer-members'),
      params,
      evidence: { members: list.newer },
    })
  }
  if (at <= nextUpdate) return passWith(authorityRows.list, { authority: iss, version })
  const params = { authority: iss, version, nextUpdate: formatInstant(nextUpdate), exp: formatInstant(exp), at: formatInstant(at) }
  if (at > exp) return missingFact(authorityRows.list, 'trust-list', { code: coded('trust-list.expired'), params })
  return failed(authorityRows.list, { code: coded('trust-list.update-due'), status: 'warn', params })
}

/** Finds the issuer among the holders of the key. */
export function checkBinding(trust: Trust, holders: readonly KeyHolder[], iss: string): { holder?: KeyHolder; check: Check } {
  const holder = holders.find((candidate) => candidate.entity.uscc === iss)
  if (holder !== undefined) return { holder, check: passWith(authorityRows.binding, { issuer: iss, name: holder.entity.name.zh }) }
  const code = trust.entity(iss) === undefined ? coded('issuer.unknown') : coded('issuer.key-mismatch')
  const named = trust.entity(iss)?.entity
  const params = { iss, issName: named && nameOf(named), owner: holders[0] && nameOf(holders[0].entity) }
  return { check: failed(authorityRows.binding, { code, path: '/iss', params }) }
}

/** Checks that the trust list permits this key to sign statements of this type (RFC 8725 §3.11). */
export function checkKeyUse(key: EntityKey, typ: string): Check {
  if (key.typ.includes(typ)) return pass(authorityRows.use)
  return failed(authorityRows.use, { code: coded('key.use-not-allowed'), params: { typ, allowed: key.typ.join(', ') } })
}

/** Checks the key's validity at the time of signing, and its revocation. */
export function checkKeyInterval(key: EntityKey, iat: Instant, at: Instant): Check {
  const row = authorityRows.interval
  const { revoked } = key
  const inside = iat >= key.notBefore && iat <= key.notAfter
  const isRevoked = revoked !== undefined && revoked.at <= at && (revoked.retroactive || iat >= revoked.at)
  if (inside && !isRevoked) return pass(row)
  const params = {
    iat: formatInstant(iat),
    notBefore: formatInstant(key.notBefore),
    notAfter: formatInstant(key.notAfter),
  }
  if (iat < key.notBefore) return failed(row, { code: coded('key.not-yet-valid'), path: '/iat', params })
  if (iat > key.notAfter) return failed(row, { code: coded('key.expired'), path: '/iat', params })
  const { at: moment, reason, retroactive } = revoked as NonNullable<typeof revoked>
  const code = retroactive ? coded('key.revoked-retroactively') : coded('key.revoked')
  return failed(row, { code, path: '/iat', params: { ...params, at: formatInstant(moment), reason } })
}

export interface ScopeQuestion {
  readonly kind: string
  /** Absent for records that are not about an instrument. */
  readonly category?: string | undefined
  readonly factDate: CivilDate
  readonly iat: Instant
}

/** Checks that the body is authorised for this kind and category, on the day of the fact and on the day of signing. */
export function checkScope(entity: Entity, question: ScopeQuestion): { authorisations: readonly Authorisation[]; check: Check } {
  const { kind, category, factDate, iat } = question
  const signedOn = civilDateOf(iat)
  const row = authorityRows.scope
  const onFact: Authorisation[] = []
  let isSigned = false
  for (const entry of entity.authorisations) {
    if (!isInScope(entry, kind, category)) continue
    if (covers(entry, factDate)) onFact.push(entry)
    if (covers(entry, signedOn)) isSigned = true
  }
  // Work done under one authorisation may be signed under its renewal.
  const [current] = onFact
  if (current !== undefined && isSigned) return { authorisations: onFact, check: passWith(row, { authorisation: current.number }) }
  const ofKind = entity.authorisations.filter((entry) => entry.kinds.includes(kind))
  const inScope = ofKind.filter((entry) => isInScope(entry, kind, category))
  const params = { issuer: nameOf(entity), kind, category: categoryName(category ?? ''), factDate, signedOn }
  const none = (code: Parameters<typeof failed>[1]['code'], extra: Record<string, string> = {}) => ({
    authorisations: [],
    check: failed(row, { code, params: { ...params, ...extra } }),
  })
  if (ofKind.length === 0) return none(coded('issuer.scope-kind'))
  if (inScope.length === 0) return none(coded('issuer.scope-category'))
  const uncovered = current === undefined ? factDate : signedOn
  const ended = inScope.filter(({ to }) => to < uncovered)
  const stated = ({ number, from, to }: Authorisation): Record<string, string> => ({ number, from, to })
  if (ended.length > 0) return none(coded('issuer.authorisation-ended'), stated(ended.reduce((a, b) => (a.to > b.to ? a : b))))
  return none(coded('issuer.authorisation-not-begun'), stated(inScope.reduce((a, b) => (a.from < b.from ? a : b))))
}

const nameOf = ({ name }: Entity): Text => ({ zh: name.zh, en: name.en ?? name.zh })
const isInScope = ({ kinds, categories }: Authorisation, kind: string, category: string | undefined): boolean =>
  kinds.includes(kind) && (categories === 'all' || category === undefined || isAmongCategories(categories, category))

/** A category that one list names, and the other names too, by itself or by the category of which it is a part. */
export const categoriesInBoth = (some: readonly string[], others: readonly string[]): string[] => [
  ...new Set([...some.filter((one) => isAmongCategories(others, one)), ...others.filter((one) => isAmongCategories(some, one))]),
]

const covers = (entry: Authorisation, date: CivilDate): boolean => entry.from <= date && date <= entry.to
