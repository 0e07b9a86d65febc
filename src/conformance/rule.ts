/** A rule is data and a pure function over one record. It runs on partial data: on whatever members have no fault of shape. */
import type { Finding, Row } from '../base/check.js'
import type { CivilDate } from '../base/date.js'
import type { Code } from '../base/message.js'
import {
  type AnyRecord,
  type Certificate,
  type Kind,
  type KindRow,
  kinds,
  type ReadTable,
  type RecordOf,
  type RowJudgements,
} from '../records/index.js'

/** What a rule may look at. Nothing here reads a clock or the network. */
export interface RuleContext {
  readonly record: AnyRecord
  readonly kind: KindRow
  readonly factDate: CivilDate
  /** Result tables, read once; those with a fault of their own are left out. */
  readonly tables: readonly ReadTable[]
  /** What is wrong with the form of the tables left out. */
  readonly tableFindings: readonly Finding[]
  /** The rows of the tables against their limits, and those that cannot be compared with them. */
  readonly rows: RowJudgements
}

/** Which members a rule needs, kind by kind; a kind that is not named does not concern the rule. */
export type Needs = { readonly [K in Kind]?: readonly (keyof RecordOf<K> & string)[] }

/**
 * What a finding weighs: `fail-or-warn` where it depends on how far the fact behind it may be relied on; `skip` of what could
 * not be judged though something rests on it, so that the verdict is at best indeterminate; `warn-or-skip` where that depends.
 */
export type Severity = 'fail' | 'warn' | 'skip' | 'fail-or-warn' | 'warn-or-skip'

export interface Rule extends Row {
  readonly group: 'conformance'
  readonly needs: Needs
  /** Every code the rule can find, with its weight. */
  readonly codes: Readonly<Partial<Record<Code, Severity>>>
  /** No finding is a pass; undefined says that there was nothing in this record to judge. */
  evaluate(context: RuleContext): readonly Finding[] | undefined
}

/** The needs of a rule about every kind that states something: its members by kind, or none where it does not concern the kind. */
export const needsOf = (membersOf: (kind: KindRow) => readonly string[] | undefined): Needs =>
  Object.fromEntries(
    [...kinds.values()].flatMap((kind) => {
      const members = membersOf(kind)
      return members === undefined || members.length === 0 ? [] : [[kind.kind, members]]
    }),
  )

/** Needs of a rule about certificates, where the members have the same names. */
export const onCertificates = (...members: (keyof Certificate & string)[]): Needs =>
  needsOf(({ isCertificate }) => (isCertificate ? members : undefined))

/** Needs of a rule about result tables, and about what else it reads of such a record. */
export const onTables = (...members: (keyof Certificate & string)[]): Needs =>
  needsOf(({ unitMembers }) => (hasTables({ unitMembers }) ? ['results', ...members] : undefined))
export const hasTables = ({ unitMembers }: Pick<KindRow, 'unitMembers'>): boolean => (unitMembers as readonly string[]).includes('results')

/** Narrowing by kind, for rules that concern one. */
export const isKind = <K extends Kind>(record: AnyRecord, kind: K): record is RecordOf<K> => record.kind === kind

/** What to do about numbers that do not agree with one another. */
export const checkRawRecord = { zh: '请核对原始记录后重新出具', en: 'Check against the raw record and issue it again' } as const
