/** From a record to a signed statement. The issuer is the one the record names; what fails its own shape is not signed. */
import { ulid } from 'ulid'
import { parseInstant } from '../base/date.js'
import { TonghengError } from '../base/error.js'
import { parseShape, type ShapeFault } from '../base/shape.js'
import { type Signer, signStatement } from '../envelope/index.js'
import { RecordClaims } from './claims.js'
import { type AnyRecord, kinds } from './kinds.js'
import { kindOfValue, parseRecord } from './parse.js'

export interface SignRecordOptions {
  readonly signer: Signer
  /** Time of signing: RFC 3339 with an offset, a Date, or seconds. */
  readonly at: string | Date | number
  /** Name of the statement, a ULID; give one to make a retry the same statement. @default a new one */
  readonly jti?: string
  /** Statement id of the record this one replaces. */
  readonly supersedes?: string
}

/**
 * Signs a record as `metrology-record+jwt`.
 * @throws `record.invalid` with every fault, addressed
 */
export async function signRecord(record: AnyRecord, options: SignRecordOptions): Promise<string> {
  const kind = kindOfValue(record)
  const faults = kind.row === undefined ? [kind.fault] : parseRecord(record, kind.row).faults
  refuse(faults)
  const iat = parseInstant(options.at)
  const claims: RecordClaims = {
    iss: kinds.get(record.kind)?.issuer(record) ?? '',
    jti: options.jti ?? ulid(iat * 1000),
    iat,
    ...(options.supersedes && { supersedes: options.supersedes }),
    record,
  }
  refuse(parseShape(RecordClaims, claims).faults)
  return signStatement(claims, { typ: 'metrology-record+jwt', signer: options.signer })
}

function refuse(faults: readonly ShapeFault[]): void {
  const [first] = faults
  if (first !== undefined) throw new TonghengError('record.invalid', { path: first.path, count: faults.length, faults })
}
