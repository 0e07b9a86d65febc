/** Signs a record as a statement. The issuer is the one named in the record; a record with schema faults is not signed. */

import { ulid } from 'ulid'
import { parseInstant } from '../base/date.js'
import { anObject, aSigner, aText, checkOptions, isString, type OptionTable, optional } from '../base/options.js'
import { randomFraction } from '../base/random.js'
import { parseShape } from '../base/shape.js'
import { type Signer, signStatement } from '../envelope/index.js'
import { invalid, readRecord } from './build.js'
import { RecordClaims } from './claims.js'
import { type AnyRecord, kindOf } from './kinds/index.js'

export interface SignRecordOptions {
  readonly signer: Signer
  /** Time of signing: RFC 3339 with an offset, a Date, or seconds. */
  readonly at: string | Date | number
  /** Name of the statement, a ULID; pass the same one to retry with the same statement. @default a new one */
  readonly jti?: string
  /**
   * Entry of its status: the URI of the list, and an index that no other statement uses or used. Without it the record can be
   * revoked, suspended or superseded only by a notice, which an offline verifier may not have.
   */
  readonly status?: { readonly uri: string; readonly idx: number }
  /** Statement id of the record that this one replaces. */
  readonly supersedes?: string
}

const OPTIONS: OptionTable = {
  signer: aSigner,
  at: {
    is: (value) => isString(value) || typeof value === 'number' || Object.prototype.toString.call(value) === '[object Date]',
    expected: { zh: '时刻（带时区的 RFC 3339 文本、Date 或秒数）', en: 'a moment (RFC 3339 with an offset, a Date, or seconds)' },
  },
  jti: optional(aText),
  status: optional(anObject),
  supersedes: optional(aText),
}

/**
 * Signs a record as `metrology-record+jwt`. @throws `record.invalid` with every fault and its pointer; `date.instant`
 * @example
 * ```ts
 * import { createSigner, generateKey, signRecord } from 'tongheng'
 * import { fixtures } from 'tongheng/testing'
 *
 * const { privateJwk } = await generateKey()
 * const signer = await createSigner(privateJwk)
 * const statement = await signRecord(fixtures.F01.record, { signer, at: '2025-03-12T17:00:00+08:00' })
 * statement.split('.').length // => 3
 * ```
 */
export async function signRecord(record: AnyRecord, options: SignRecordOptions): Promise<string> {
  checkOptions('signRecord', options, OPTIONS)
  readRecord(record)
  const iat = parseInstant(options.at)
  const claims: RecordClaims = {
    iss: kindOf(record).issuer(record),
    jti: options.jti ?? ulid(iat * 1000, randomFraction),
    iat,
    ...(options.status && { status: { status_list: { idx: options.status.idx, uri: options.status.uri } } }),
    ...(options.supersedes && { supersedes: options.supersedes }),
    record,
  }
  const { faults } = parseShape(RecordClaims, claims)
  if (faults.length > 0) throw invalid(faults, RecordClaims)
  return signStatement(claims, { typ: 'metrology-record+jwt', signer: options.signer })
}
