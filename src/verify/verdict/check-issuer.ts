/** The issuer of a record: it is the signer, it signed after the work, and the record is within its scope. */

import { type Check, failed, pass, type Row } from '../../base/check.js'
import { formatInstant, type Instant, startOfDay } from '../../base/date.js'
import { nameKey } from '../../base/identifier.js'
import type { Lacks } from '../../recognition/index.js'
import { type AnyRecord, type KindRow, kindOf } from '../../records/index.js'
import { authorityRows, checkKeyInterval, checkScope, type KeyHolder, keyIn, listingsFor, type ScopeQuestion } from '../../trust/index.js'
import type { SignedClaims } from './authenticate.js'
import { coded } from './messages.js'

const issuerNamed: Row = {
  id: coded('issuer.named'),
  group: 'authenticity',
  basis: 'RFC 7519 §4.1.1; JJF 1069—2012',
  since: '0.1.0',
  revised: '0.2.0',
}
const afterFact: Row = { id: coded('statement.after-fact'), group: 'authenticity', basis: '计量检定印、证管理办法', since: '0.1.0' }

/** Rows of the issuer, in the order of the report. */
export const issuerRows: readonly Row[] = [issuerNamed, afterFact, authorityRows.scope]

/** Deciding province and time; without a province, the owner's entry about a body applies. */
export interface Asked {
  readonly at: Instant
  readonly region?: string | undefined
  readonly lacks?: Lacks | undefined
}

/** Determines the issuer of a record, its permission, and the authorities that state it. */
export function checkIssuer(record: AnyRecord, kind: KindRow, claims: SignedClaims, holder: KeyHolder, asked: Asked) {
  const named = kind.issuer(record)
  const factDate = kind.factDate(record)
  const category = kind.category(record)
  const scope = scopeOf(holder, { kind: kind.kind, category, factDate, iat: claims.iat }, asked)
  const checks: Check[] = [
    named === claims.iss
      ? (asked.lacks?.(issuerNamed) ?? checkIssuerName(record, holder))
      : failed(issuerNamed, { code: coded('issuer.not-named'), path: '/record', params: { iss: claims.iss, named } }),
    claims.iat >= startOfDay(factDate)
      ? pass(afterFact)
      : failed(afterFact, { code: coded('iat.before-fact'), path: '/iat', params: { iat: formatInstant(claims.iat), factDate } }),
    scope.check,
  ]
  return { checks, authorisations: scope.authorisations, list: scope.list }
}

/**
 * Authorisations of a body by all authorities, each for its own region: first those of the deciding region, then those of its
 * owner. An authority that has revoked the key does not authorise anything signed with it.
 */
function scopeOf(holder: KeyHolder, question: ScopeQuestion, { at, region }: Asked) {
  if (holder.also === undefined) return scopeBy(holder, question)
  const standing = listingsFor(holder, region).filter((listing) => {
    const key = listing.list === holder.list ? undefined : keyIn(listing, holder.key)
    return key?.revoked === undefined || checkKeyInterval({ ...holder.key, revoked: key.revoked }, question.iat, at).status === 'pass'
  })
  const scopes = standing.map((listing) => scopeBy(listing, question))
  const own = scopes.find(({ list }) => list === holder.list) as (typeof scopes)[number]
  return scopes.find(({ check }) => check.status === 'pass') ?? own
}

function scopeBy({ entity, list }: Pick<KeyHolder, 'entity' | 'list'>, question: ScopeQuestion) {
  const { authorisations, check } = checkScope(entity, question)
  return { authorisations, check, list }
}

/** The USCC identifies the issuer; a different name is a warning, because a body may have been renamed. */
function checkIssuerName(record: AnyRecord, { entity }: KeyHolder): Check {
  const kind = kindOf(record)
  const name = kind.issuerName(record)
  const { zh, en } = entity.name
  if (name === zh) return pass(issuerNamed)
  const key = nameKey(name)
  if (key === nameKey(zh) || (en !== undefined && key === nameKey(en))) return pass(issuerNamed)
  const params = { name, listed: { zh, en: en ?? zh } }
  return failed(issuerNamed, { code: coded('issuer.name-differs'), status: 'warn', path: `/record/${kind.issuerMember}/name`, params })
}
