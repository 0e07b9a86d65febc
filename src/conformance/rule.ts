/**
 * A rule is data and a pure function over one record. It can run on an incomplete record: it uses only members that match the
 * schema.
 */
import type { Finding, Row } from '../base/check.js'
import type { CivilDate } from '../base/date.js'
import type { Code } from '../base/message.js'
import type { Catalogue } from '../catalogue/index.js'
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

/** Input of a rule. Nothing here reads a clock or the network. */
export interface RuleContext {
  readonly record: AnyRecord
  readonly kind: KindRow
  readonly factDate: CivilDate
  /** The reference data: the tables of this package, overlaid with the catalogues of authorities, if any. */
  readonly catalogue: Catalogue
  /** Result tables, parsed once; malformed ones are omitted. */
  readonly tables: readonly ReadTable[]
  /** Faults of the omitted tables. */
  readonly tableFindings: readonly Finding[]
  /** Rows compared with their limits, and rows that could not be compared. */
  readonly rows: RowJudgements
}

/** Members that a rule needs, by kind; the rule does not apply to other kinds. */
export type Needs = { readonly [K in Kind]?: readonly (keyof RecordOf<K> & string)[] }

/**
 * Effect of a finding. `fail-or-warn`: depends on the confidence of the underlying fact. `skip`: could not be judged although a
 * conclusion depends on it, so the verdict is at best indeterminate. `warn-or-skip`: depends on whether a conclusion of this
 * record depends on it.
 */
export type Severity = 'fail' | 'warn' | 'skip' | 'fail-or-warn' | 'warn-or-skip'

/** The group of every rule. */
export const group = 'conformance'

export interface Rule extends Row {
  readonly group: typeof group
  readonly needs: Needs
  /** Every code that the rule can report, with its severity. */
  readonly codes: Readonly<Partial<Record<Code, Severity>>>
  /** An empty list is a pass; undefined means that the rule does not apply to this record. */
  evaluate(context: RuleContext): readonly Finding[] | undefined
}

/** Needs of a rule by kind, computed from the properties of each kind; undefined if the rule does not apply to the kind. */
export const needsOf = (membersOf: (kind: KindRow) => readonly string[] | undefined): Needs =>
  Object.fromEntries(
    [...kinds.values()].flatMap((kind) => {
      const members = membersOf(kind)
      return members === undefined || members.length === 0 ? [] : [[kind.kind, members]]
    }),
  )

/** Needs of a rule about certificates, all of which have the same member names. */
export const onCertificates = (...members: (keyof Certificate & string)[]): Needs =>
  needsOf(({ isCertificate }) => (isCertificate ? members : undefined))

/** Needs of a rule about result tables, and further members of such records. */
export const onTables = (...members: (keyof Certificate & string)[]): Needs =>
  needsOf(({ unitMembers }) => (hasTables({ unitMembers }) ? ['results', ...members] : undefined))
export const hasTables = ({ unitMembers }: Pick<KindRow, 'unitMembers'>): boolean => (unitMembers as readonly string[]).includes('results')

/** Narrows a record by kind. */
export const isKind = <K extends Kind>(record: AnyRecord, kind: K): record is RecordOf<K> => record.kind === kind

/** Advice for numbers that contradict each other. */
export const checkRawRecord = { zh: '请核对原始记录后重新出具', en: 'Check against the raw record and issue it again' } as const

/** Advice for a message that is sufficient. */
export const checkIt = { zh: '请核对后改正', en: 'Check it, and correct it' } as const
