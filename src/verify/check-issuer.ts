/** The issuer of a record: it is the one that signed, it signed after the work, and the record is within its scope. */
import { type Check, found, pass, type Row } from '../base/check.js'
import { formatInstant, startOfDay } from '../base/date.js'
import { nameKey } from '../base/identifier.js'
import type { AnyRecord, KindRow, RecordClaims } from '../records/index.js'
import { authorityRows, checkScope, type KeyHolder } from '../trust/index.js'

const issuerNamed: Row = {
  id: 'issuer.named',
  group: 'authenticity',
  basis: 'RFC 7519 §4.1.1; JJF 1069—2012',
  since: '0.1.0',
  revised: '0.2.0',
}
const afterFact: Row = { id: 'statement.after-fact', group: 'authenticity', basis: '计量检定印、证管理办法', since: '0.1.0' }

/** Rows of the issuer, in the order of the report. */
export const issuerRows: readonly Row[] = [issuerNamed, afterFact, authorityRows.scope]

/** Who issued a record, and whether it may. */
export function checkIssuer(record: AnyRecord, kind: KindRow, claims: RecordClaims, holder: KeyHolder) {
  const named = kind.issuer(record)
  const factDate = kind.factDate(record)
  const category = kind.category(record)
  const scope = checkScope(holder.entity, { kind: kind.kind, category, factDate, iat: claims.iat })
  const checks: Check[] = [
    named === claims.iss
      ? checkIssuerName(record, holder)
      : found(issuerNamed, { code: 'issuer.not-named', path: '/record', params: { iss: claims.iss, named } }),
    claims.iat >= startOfDay(factDate)
      ? pass(afterFact)
      : found(afterFact, { code: 'iat.before-fact', path: '/iat', params: { iat: formatInstant(claims.iat), factDate } }),
    scope.check,
  ]
  return { checks, authorisations: scope.authorisations }
}

/** The number decides who the issuer is; a name that does not fit it is pointed out, for a body may have been renamed. */
function checkIssuerName(record: AnyRecord, { entity }: KeyHolder): Check {
  const member = record.kind === 'technical-specification' ? 'publisher' : 'issuer'
  const { name } = record.kind === 'technical-specification' ? record.publisher : record.issuer
  const { zh, en } = entity.name
  const key = nameKey(name)
  if (key === nameKey(zh) || (en !== undefined && key === nameKey(en))) return pass(issuerNamed)
  const params = { name, listed: { zh, en: en ?? zh } }
  return found(issuerNamed, { code: 'issuer.name-differs', status: 'warn', path: `/record/${member}/name`, params })
}
