/** Context of the derivation of a round: its protocol, the moment, and the findings so far. */
import { formatInstant, type Instant } from '../../base/date.js'
import { listed, type Text } from '../../base/message.js'
import type { JointCode } from '../codes.js'
import { found, type JointFinding, type JointFindingStatus } from '../finding.js'
import type { JointDocumentOf } from '../kinds/list.js'
import type { RoundProtocol } from '../kinds/round-protocol.js'
import type { Joint, JointStatement } from '../open-joint.js'
import { bothLanguages } from '../words.js'

/** Kinds of statement about one laboratory of a round. */
export type LaboratoryKind = 'round-enrolment' | 'round-commitment' | 'round-opening' | 'round-withdrawal'
export type LaboratoryStatement<K extends LaboratoryKind> = JointStatement<JointDocumentOf<K>>

/** A body in a finding: its name, and its USCC, by which a report replaces the name with a code. */
export interface Named {
  readonly uscc: string
  readonly name: Text
}

interface Noted {
  readonly status?: JointFindingStatus
  readonly statementId?: string
  readonly about?: Named
  readonly by?: Named
  readonly other?: Named
  readonly params?: Readonly<Record<string, unknown>>
}

export interface RoundContext {
  /** Statement id of the protocol. */
  readonly id: string
  readonly protocol: RoundProtocol
  readonly at: Instant
  readonly joint: Joint
  readonly pilots: ReadonlySet<string>
  readonly findings: JointFinding[]
  /** Ids of the statements on which the state is based. */
  readonly used: Set<string>
  /** Laboratories with a statement of which it is undecided whether it counts, by USCC. */
  readonly undecided: Map<string, Named>
}

/** Adds a finding. Its text names the bodies; the parameters `uscc`, `byUscc` and `otherUscc` identify them for programs. */
export function note({ findings }: RoundContext, code: JointCode, { about, by, other, params, ...rest }: Noted = {}): void {
  findings.push(
    found(code, {
      ...rest,
      params: {
        ...params,
        ...(about && { laboratory: about.name, uscc: about.uscc }),
        ...(by && { by: by.name, byUscc: by.uscc }),
        ...(other && { other: other.name, otherUscc: other.uscc }),
      },
    }),
  )
}

export const moment = (instant: Instant): string => formatInstant(instant)

/** The body that signed a statement, with the name in its trust list. */
export const signerOf = ({ issuer: { uscc, name } }: JointStatement): Named => ({ uscc, name: bothLanguages(name) })

/**
 * The laboratory of a statement, with the name in its trust list if it signed the statement itself, otherwise the name in the statement.
 */
export const laboratoryOf = ({ document, issuer }: LaboratoryStatement<LaboratoryKind>): Named => {
  const { uscc, name } = document.laboratory
  return issuer.uscc === uscc ? { uscc, name: bothLanguages(issuer.name) } : { uscc, name: { zh: name, en: name } }
}

/**
 * Returns the statements of a kind about the round that existed at `at` and count by themselves; notes a finding for each that does not
 * count.
 */
export function statementsOf<K extends LaboratoryKind>(context: RoundContext, kind: K): readonly LaboratoryStatement<K>[] {
  const { joint, id, at } = context
  // Safe cast: `of` returns documents of this kind only.
  const all = joint.of(kind) as readonly LaboratoryStatement<LaboratoryKind>[]
  return all.filter((statement) => {
    const { document, statementId, loggedAt, claims, counts, findings } = statement
    if (document.round !== id || (loggedAt ?? claims.iat) > at) return false
    const about = laboratoryOf(statement)
    if (!counts) {
      const wrong = findings.filter(({ status }) => status !== 'warn')
      const isUndecided = wrong.every(({ status }) => status === 'unknown')
      if (isUndecided) context.undecided.set(about.uscc, about)
      note(context, 'round.not-counted', {
        status: isUndecided ? 'unknown' : 'fail',
        statementId,
        about,
        params: { codes: listed(wrong.map(({ code }) => code)) },
      })
      return false
    }
    context.used.add(statementId)
    return true
  }) as unknown as readonly LaboratoryStatement<K>[]
}

/** Groups statements by their laboratory. */
export function byLaboratory<K extends LaboratoryKind>(
  statements: readonly LaboratoryStatement<K>[],
): ReadonlyMap<string, readonly LaboratoryStatement<K>[]> {
  const groups = new Map<string, LaboratoryStatement<K>[]>()
  for (const statement of statements) {
    // Safe cast: every one of these kinds has a laboratory.
    const { uscc } = (statement as unknown as LaboratoryStatement<LaboratoryKind>).document.laboratory
    groups.set(uscc, [...(groups.get(uscc) ?? []), statement])
  }
  return groups
}
