/** A condition of an agreement: a name, typed parameters, one row of the verdict, and a total function over the facts. */
import type * as z from 'zod/mini'
import type { Check, Row } from '../base/check.js'
import type { CivilDate } from '../base/date.js'
import type { Catalogue } from '../catalogue/index.js'
import type { AnyRecord, KindRow } from '../records/index.js'
import type { Authorisation } from '../trust/index.js'
import type { Clause } from './agreement.js'
import type { Specifications } from './specification-facts.js'

/** Input of a condition. */
export interface RecognitionFacts {
  readonly record: AnyRecord
  readonly kind: KindRow
  readonly factDate: CivilDate
  /** The day of the verdict, in Asia/Shanghai. */
  readonly today: CivilDate
  /** Province of the issuer, and the province for which recognition is decided. */
  readonly from: string
  readonly to: string
  /** Authorisations of the issuer that cover the record. */
  readonly authorisations: readonly Authorisation[]
  readonly specifications: Specifications
  /** The reference data that applies in `to`. @default the tables of this package */
  readonly catalogue?: Catalogue | undefined
  /** True if the record has members of a later version, which are omitted from `record`. */
  readonly isPartlyRead?: boolean
  readonly lacks?: Lacks | undefined
}

/**
 * For a label, which contains only a part of its record: returns the check of a row that needs the missing part; undefined if the
 * row can be judged.
 */
export type Lacks = (row: Row, clause?: Clause) => Check | undefined

export interface Condition extends Row {
  readonly name: string
  readonly parameters: z.ZodMiniType
  evaluate(facts: RecognitionFacts, parameters: never): readonly Check[]
}
