/** The kinds of record as the rest of the product asks for them, by the types that an editor explains. */
import type { AnyRecord } from '../types.js'
import type { KindRowOf } from './kind.js'
import { LIST } from './list.js'

export type { AnyRecord } from '../types.js'
export type { DatedMember, KindRowOf } from './kind.js'

export type Kind = AnyRecord['kind']
export type RecordOf<K extends Kind> = Extract<AnyRecord, { kind: K }>

/** A kind of record as the rest of the product asks about it. */
export interface KindRow extends KindRowOf<AnyRecord> {}

/** Rows by kind, in the order of the documentation. */
export const kinds: ReadonlyMap<string, KindRow> = new Map(
  // A row is only ever asked about records of its own kind.
  LIST.map((row): [string, KindRow] => [row.kind, row as unknown as KindRow]),
)

/** The row of a record's kind. */
export const kindOf = (record: AnyRecord): KindRow => kinds.get(record.kind) as KindRow

/** Certificates: the records of work on one instrument, with standards, environment and results. */
export type Certificate = RecordOf<Extract<(typeof LIST)[number], { readonly isCertificate: true }>['kind']>
/** Whether a record is a certificate: a verification record or a calibration result. */
export const isCertificate = (record: AnyRecord): record is Certificate => kindOf(record).isCertificate
