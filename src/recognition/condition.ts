/** What a condition of an agreement is: a name, typed parameters, one row of the verdict, and a total function over the facts. */
import type * as z from 'zod/mini'
import type { Check, Row } from '../base/check.js'
import type { CivilDate } from '../base/date.js'
import type { Catalogue } from '../catalogue/index.js'
import type { AnyRecord, KindRow } from '../records/index.js'
import type { Authorisation } from '../trust/index.js'
import type { Clause } from './agreement.js'
import type { Specifications } from './specification-facts.js'

/** What conditions are judged on. */
export interface RecognitionFacts {
  readonly record: AnyRecord
  readonly kind: KindRow
  readonly factDate: CivilDate
  /** The day asked about, in Asia/Shanghai. */
  readonly today: CivilDate
  /** Province of the issuer, and the one that is to recognise. */
  readonly from: string
  readonly to: string
  /** Authorisations of the issuer that cover the record. */
  readonly authorisations: readonly Authorisation[]
  readonly specifications: Specifications
  /** The reference data that counts for `to`. @default the tables of this package */
  readonly catalogue?: Catalogue | undefined
  /** True where the record has members of a later version, which are not in `record`. */
  readonly isPartlyRead?: boolean
  readonly lacks?: Lacks | undefined
}

/** Of a label, which carries a part of its record: the check of a row that rests on the rest; undefined for a row that what is carried decides. */
export type Lacks = (row: Row, clause?: Clause) => Check | undefined

export interface Condition extends Row {
  readonly name: string
  readonly parameters: z.ZodMiniType
  evaluate(facts: RecognitionFacts, parameters: never): readonly Check[]
}
