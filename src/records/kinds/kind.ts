/** What is true of a kind of record. The rest of the product asks it here, never by a switch over kinds. */
import type * as z from 'zod/mini'
import type { CivilDate } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import type { DecisionRule } from '../decision-rule.js'
import type { Instrument, SpecificationReference } from '../instrument.js'
import { type Places, places } from '../places.js'

/** A day that a record states, and what it is called. */
export interface DatedMember<R> extends Text {
  readonly path: string
  readonly date: (record: R) => CivilDate | undefined
}

/** What is true of a kind of record whose records are of the type `R`. */
export interface KindRowOf<R extends { readonly kind: string }, C extends boolean = boolean> {
  readonly kind: R['kind']
  readonly version: number
  readonly title: Text
  readonly schema: z.ZodMiniType
  /** Whether it is the record of work on one instrument, with standards, environment and results. */
  readonly isCertificate: C
  /** What another province does with one that it recognises, after 予以 or 不予 in Chinese. */
  readonly recognition: Text
  /** Member that names the body which answers for the record. */
  readonly issuerMember: 'issuer' | 'publisher'
  /** What that body is called: it issues a certificate, publishes a specification, or is an authority. */
  readonly issuerLabel: 'issuer' | 'publisher' | 'authority'
  /** The number people ask for: certificate number, specification number. */
  number(record: R): string
  /** USCC of the body that answers for the record; it must be the one that signs. */
  issuer(record: R): string
  /** Name of that body, as the record has it. */
  issuerName(record: R): string
  readonly factMember: keyof R & string
  /** The day the record speaks of: rules, scopes and agreements are those of this day. */
  factDate(record: R): CivilDate
  readonly issuedMember: keyof R & string
  /** The day from which it can have been signed. */
  issuedOn(record: R): CivilDate
  /** Its days, in the order in which they must come. */
  readonly dates: readonly DatedMember<R>[]
  /** Member that names the specifications it rests on, where it rests on any. */
  readonly basisMember?: keyof R & string
  basis(record: R): readonly z.infer<typeof SpecificationReference>[]
  /** Where the record names its specifications. */
  readonly basisPath: string
  /** Numbers of specifications, wherever it states them. */
  readonly specifications: Places
  instrument(record: R): z.infer<typeof Instrument> | undefined
  /** Instrument category it is about, where it is about one. */
  category(record: R): string | undefined
  /** Categories of instruments, wherever it states them. */
  readonly categories: Places
  /** Last day on which the record may be relied on, where it has one. */
  validUntil(record: R): CivilDate | undefined
  /** By which rule its results were judged against their limits, and where it says so; a kind without decides nothing. */
  readonly decision?: { readonly member: keyof R & string; rule(record: R): z.infer<typeof DecisionRule> | undefined }
  /** Every USCC of an organisation. */
  readonly organisations: Places
  /** Numbers by which people look up the record, its instrument and its standards. */
  readonly numbers: Places
  /** Every pair of limits outside the result tables. */
  readonly limits: Places
  /** Members that hold units; `results` are tables. */
  readonly unitMembers: readonly (keyof R & string)[]
  /** Members in which persons and those who speak for them are named. */
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

/** Of a kind that has none. */
export const none = (): undefined => undefined
