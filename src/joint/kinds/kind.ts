/** Properties of a kind of joint statement. The rest of this room reads them here and never switches over kinds. */
import type * as z from 'zod/mini'
import type { CivilDate } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import { found, type JointFinding } from '../finding.js'
import type { RoundProtocol } from './round-protocol.js'

/** A date in a document, with its name. */
export interface DatedPart extends Text {
  readonly path: string
  readonly date: CivilDate | undefined
}

export interface JointKindOf<D extends { readonly kind: string }> {
  readonly kind: D['kind']
  readonly version: 1
  readonly title: Text
  /** Members of the document, with `kind` and `version`. */
  readonly schema: z.ZodMiniType
  /**
   * Who may sign: `authority`, the authority of a trust list or a body whose authorisation names this kind; `body`, any body of a trust
   * list.
   */
  readonly signer: 'authority' | 'body'
  /** A node serves it in its directory to every caller. @default only to callers who may read the piece of work */
  readonly isPublic?: true
  /** USCC of the body that must sign, if the document names it. @default any that `signer` permits */
  signedBy?(document: D): string
  /**
   * USCCs of the bodies that may sign, if the piece of work names them; undefined if they are in a protocol that was not opened. A
   * statement that another body signed is genuine, but not part of the work.
   */
  signers?(document: D, protocol: RoundProtocol | undefined): readonly string[] | undefined
  /** Number of the piece of work to which it belongs: alliance, round, task, standard. A log can be searched by it. */
  subject(document: D): string
  /** The day of the fact; a document signed before this day is a fault. */
  on(document: D): CivilDate
  /** First and last day on which it holds, inclusive. @default it is about one day, that of `on` */
  holds?(document: D): { readonly from: CivilDate; readonly until?: CivilDate | undefined }
  /** Instrument categories that it states. @default those of the round or the task that it belongs to */
  categories?(document: D): 'all' | readonly string[]
  /** Dates that must be in this order. */
  dates?(document: D): readonly DatedPart[]
  /** Faults that a schema cannot express. */
  check?(document: D): readonly JointFinding[]
}

/** Fixes the type of the documents of a kind. */
export const defineJoint =
  <D extends { readonly kind: string }>() =>
  (definition: JointKindOf<D>): JointKindOf<D> =>
    definition

/** Findings about the order of dates. */
export const datesInOrder = (dates: readonly DatedPart[]): readonly JointFinding[] => {
  const stated = dates.filter((part): part is DatedPart & { readonly date: CivilDate } => part.date !== undefined)
  return stated.slice(1).flatMap((later, at) => {
    const earlier = stated[at] as (typeof stated)[number]
    if (later.date >= earlier.date) return []
    const params = { later: textOf(later), laterDate: later.date, earlier: textOf(earlier), earlierDate: earlier.date }
    return [found('joint.dates-order', { path: later.path, params })]
  })
}

const textOf = ({ zh, en }: Text): Text => ({ zh, en })

/** Findings about values that must be unique in a list. */
export function unique(values: readonly (string | undefined)[], path: (index: number) => string): readonly JointFinding[] {
  const seen = new Set<string>()
  return values.flatMap((value, index) => {
    if (value === undefined) return []
    if (seen.has(value)) return [found('joint.repeated', { path: path(index), params: { value } })]
    seen.add(value)
    return []
  })
}
