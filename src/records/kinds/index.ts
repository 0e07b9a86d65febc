/** The kinds of record as used by other folders, with named types for editors. */
import type { AnyRecord } from '../types.js'
import type { KindRowOf } from './kind.js'
import { LIST } from './list.js'

export type { AnyRecord } from '../types.js'
export type { DatedMember, KindRowOf } from './kind.js'

export type Kind = AnyRecord['kind']
export type RecordOf<K extends Kind> = Extract<AnyRecord, { kind: K }>

/** A kind of record as used by other folders. */
export interface KindRow extends KindRowOf<AnyRecord> {}

/** Kinds by name, in the order of the documentation. */
export const kinds: ReadonlyMap<string, KindRow> = new Map(
  // Safe cast: a kind is only applied to its own records.
  LIST.map((row): [string, KindRow] => [row.kind, row as unknown as KindRow]),
)

/** The kind of a record. */
export const kindOf = (record: AnyRecord): KindRow => kinds.get(record.kind) as KindRow

/** Certificates: records of work on one instrument, with standards, environment and results. */
export type Certificate = RecordOf<Extract<(typeof LIST)[number], { readonly isCertificate: true }>['kind']>
/** True for a verification record or a calibration result. */
export const isCertificate = (record: AnyRecord): record is Certificate => kindOf(record).isCertificate
