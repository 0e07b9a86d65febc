/** Properties of a kind of record. Other folders read them here and never switch over kinds. */
import type * as z from 'zod/mini'
import type { CivilDate } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import type { DecisionRule } from '../decision-rule.js'
import type { Instrument, SpecificationReference } from '../instrument.js'
import { type Places, places } from '../places.js'

/** A date in a record, with its name. */
export interface DatedMember<R> extends Text {
  readonly path: string
  readonly date: (record: R) => CivilDate | undefined
}

/** Properties of a kind whose records are of type `R`. */
export interface KindRowOf<R extends { readonly kind: string }, C extends boolean = boolean> {
  readonly kind: R['kind']
  readonly version: number
  readonly title: Text
  readonly schema: z.ZodMiniType
  /** True for a record of work on one instrument, with standards, environment and results. */
  readonly isCertificate: C
  /** What another province does when it recognises the record; follows 予以 or 不予 in Chinese. */
  readonly recognition: Text
  /** Member that names the responsible body. */
  readonly issuerMember: 'issuer' | 'publisher'
  /** Role of that body: it issues a certificate, publishes a specification, or is an authority. */
  readonly issuerLabel: 'issuer' | 'publisher' | 'authority'
  /** The number by which people refer to it: certificate number, specification number. */
  number(record: R): string
  /** USCC of the responsible body, which must sign the record. */
  issuer(record: R): string
  /** Name of that body, as stated in the record. */
  issuerName(record: R): string
  readonly factMember: keyof R & string
  /** The day of the fact: rules, scopes and agreements of this day apply. */
  factDate(record: R): CivilDate
  readonly issuedMember: keyof R & string
  /** The earliest day on which it can have been signed. */
  issuedOn(record: R): CivilDate
  /** Its dates, in their required order. */
  readonly dates: readonly DatedMember<R>[]
  /** Member that names the specifications on which it is based, if any. */
  readonly basisMember?: keyof R & string
  basis(record: R): readonly z.infer<typeof SpecificationReference>[]
  /** Where the record names its specifications. */
  readonly basisPath: string
  /** Numbers of specifications, wherever it states them. */
  readonly specifications: Places
  instrument(record: R): z.infer<typeof Instrument> | undefined
  /** Its instrument category, if any. */
  category(record: R): string | undefined
  /** Categories of instruments, wherever it states them. */
  readonly categories: Places
  /** Last day of validity, if any. */
  validUntil(record: R): CivilDate | undefined
  /** The decision rule for its results, and its pointer; absent for a kind that makes no decision. */
  readonly decision?: { readonly member: keyof R & string; rule(record: R): z.infer<typeof DecisionRule> | undefined }
  /** Every USCC of an organisation. */
  readonly organisations: Places
  /** Numbers by which people look up the record, its instrument and its standards. */
  readonly numbers: Places
  /** Every pair of limits and every range outside the result tables. */
  readonly limits: Places
  /** Members that contain units; `results` are tables. */
  readonly unitMembers: readonly (keyof R & string)[]
  /** Members in which persons and their representatives are named. */
  readonly namingMembers: readonly (keyof R & string)[]
}

type Derived = 'issuer' | 'issuerName' | 'factDate' | 'issuedOn' | 'basis' | 'basisPath' | 'category'
type Placed = 'numbers' | 'organisations' | 'specifications' | 'categories' | 'limits'
type Definition<R extends { readonly kind: string }, C extends boolean> = Omit<KindRowOf<R, C>, Derived | Placed> & {
  /** Pointers, with `*` for each item of a list. */
  readonly [N in Placed]?: readonly string[]
}

export function defineKind<R extends { readonly kind: string }>() {
  return <const C extends boolean>(definition: Definition<R, C>): KindRowOf<R, C> => {
    const { issuerMember, factMember, issuedMember, basisMember } = definition
    const memberIn = <T>(record: R, member: string): T => (record as Readonly<Record<string, unknown>>)[member] as T
    const bodyOf = (record: R) => memberIn<{ readonly uscc: string; readonly name: string }>(record, issuerMember)
    const categories = places(definition.categories)
    const basisPath = `/${basisMember ?? 'basis'}`
    return {
      ...definition,
      organisations: places(definition.organisations),
      specifications: places(definition.specifications ?? (basisMember === undefined ? [] : [`${basisPath}/*/number`])),
      categories,
      numbers: places(definition.numbers),
      limits: places(definition.limits),
      issuer: (record) => bodyOf(record).uscc,
      issuerName: (record) => bodyOf(record).name,
      factDate: (record) => memberIn(record, factMember),
      issuedOn: (record) => memberIn(record, issuedMember),
      basis: (record) => (basisMember === undefined ? [] : memberIn(record, basisMember)),
      basisPath,
      category: (record) => categories.only(record) as string | undefined,
    }
  }
}

/** Default for a kind without any. */
export const none = (): undefined => undefined
