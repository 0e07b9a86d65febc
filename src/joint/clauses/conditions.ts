/**
 * The closed catalogue of conditions on joint work. A condition has a name, typed parameters, the kinds to which it applies, and a total
 * function, which returns no finding if the condition holds and an `unknown` finding if it could not be compared.
 */
import * as z from 'zod/mini'
import type { CivilDate } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import { provinceName } from '../../catalogue/index.js'
import type { Trust } from '../../trust/index.js'
import { claimFindings } from '../alliance/judge-claim.js'
import type { JointCode } from '../codes.js'
import { found, type JointFinding } from '../finding.js'
import type { AnyJointDocument, JointKind } from '../kinds/list.js'
import type { RoundProtocol } from '../kinds/round-protocol.js'
import type { SupervisionTask } from '../kinds/supervision-task.js'
import type { Joint, JointStatement } from '../open-joint.js'
import { groupsOf, type Task, taskFindings, taskOf } from '../supervision/draw-task.js'
import { bothLanguages } from '../words.js'
import { assessedFindings } from './standard-assessed.js'

/** Facts by which conditions on joint work are judged. */
export interface JointFacts {
  readonly statement: JointStatement
  /** The opened statements, including the others of the same piece of work. */
  readonly joint: Joint
  readonly trust: Trust
  /** Day of the fact, YYYY-MM-DD. */
  readonly day: CivilDate
  /** Province of the body that signed, and the one in which the statement is to count: two digits each. */
  readonly from: string
  readonly to: string
}

/** A condition that a clause of an agreement can state for joint statements. */
export interface JointCondition {
  readonly name: string
  /** Code of its text. */
  readonly id: JointCode
  /** Law, standard or agreement that it rests on. */
  readonly basis: string
  /** Kinds of joint statement to which it applies. */
  readonly kinds: readonly JointKind[]
  /** Zod schema of its parameters, including `name`. */
  readonly parameters: z.ZodMiniType
  /** Returns what fails or could not be compared; empty if the condition holds. */
  evaluate(facts: JointFacts, parameters: never): readonly JointFinding[]
}

const AGREEMENT = '互认协议条款'
const named = <const N extends string>(name: N) => ({ name: z.literal(name) })

const pilotsOfBothSides: JointCondition = {
  name: 'pilots-of-both-sides',
  id: 'condition.pilots-of-both-sides',
  basis: 'JJF 1117—2010; 互认协议条款',
  kinds: ['round-protocol', 'round-enrolment', 'round-commitment', 'round-opening', 'round-withdrawal', 'round-report'],
  parameters: z.strictObject(named('pilots-of-both-sides')),
  evaluate(facts) {
    const protocol = protocolOf(facts.statement.document, facts.joint)
    if (protocol === undefined) return [found('joint-clause.protocol-not-at-hand', { status: 'unknown' })]
    return sidesMissing(
      protocol.pilots.map(({ party }) => party),
      facts,
      { missing: 'joint-clause.no-pilot', unlisted: 'joint-clause.pilot-not-listed' },
    )
  },
}

/** Returns the protocol of the round to which a statement belongs; undefined if it was not opened, or the statement belongs to no round. */
export function protocolOf(document: AnyJointDocument, joint: Joint): RoundProtocol | undefined {
  if (document.kind === 'round-protocol') return document
  if (!('round' in document)) return undefined
  return joint.of('round-protocol').find(({ counts, statementId }) => counts && statementId === document.round)?.document
}

interface SideCodes {
  readonly missing: JointCode
  readonly unlisted: JointCode
}

/**
 * Each of the two provinces must have one of the bodies. The province of a body on no trust list is unknown: while there is such a body, a
 * missing province is `unknown`, not a failure.
 */
function sidesMissing(
  bodies: readonly { readonly uscc: string; readonly name: string }[],
  { trust, from, to }: JointFacts,
  { missing, unlisted }: SideCodes,
): readonly JointFinding[] {
  const placed = bodies.map((body) => ({ name: nameIn(trust, body), region: trust.entity(body.uscc)?.entity.region }))
  const absent = [from, to].filter((region) => placed.every((one) => one.region !== region))
  if (absent.length === 0) return []
  const unplaced = placed.filter(({ region }) => region === undefined)
  if (unplaced.length > 0) return unplaced.map(({ name }) => found(unlisted, { status: 'unknown', params: { name } }))
  return absent.map((region) => found(missing, { params: { region: provinceName(region) } }))
}

/** Name of a body from its trust list, otherwise from the document. */
function nameIn(trust: Trust, { uscc, name }: { readonly uscc: string; readonly name: string }): Text {
  const listed = trust.entity(uscc)?.entity.name ?? { zh: name }
  return bothLanguages(listed)
}

const TaskOfBothBureaus = z.strictObject({
  ...named('task-of-both-bureaus'),
  /** Whether a draw commitment, which refers to the task, counts as a signature of the task. */
  commitmentSuffices: z.optional(z.boolean()),
})
const taskOfBothBureaus: JointCondition = {
  name: 'task-of-both-bureaus',
  id: 'condition.task-of-both-bureaus',
  basis: AGREEMENT,
  kinds: [
    'supervision-task',
    'draw-commitment',
    'draw-nonce',
    'supervision-measure',
    'supervision-rectification',
    'supervision-recheck',
    'supervision-closure',
  ],
  parameters: TaskOfBothBureaus,
  evaluate(facts, { commitmentSuffices = false }: z.infer<typeof TaskOfBothBureaus>) {
    const { statement, joint } = facts
    const tasks = tasksFor(statement, joint)
    const task = taskFor(statement, joint)
    if (task === undefined) return [found('joint-clause.task-not-at-hand', { status: 'unknown' })]
    const commitments = commitmentSuffices ? joint.of('draw-commitment', task.document.number).filter(({ counts }) => counts) : []
    const supporters = groupsOf(tasks, commitments).get(task.statementId)?.supporters ?? new Set()
    const { bureaus } = task.document
    return [
      ...taskFindings(task, tasks),
      ...sidesMissing(bureaus, facts, { missing: 'joint-clause.task-one-side', unlisted: 'joint-clause.bureau-not-listed' }),
      // Unknown, not a failure: the bureau may have signed a statement that was not opened here.
      ...bureaus
        .filter(({ uscc }) => !supporters.has(uscc))
        .map((bureau) =>
          found('joint-clause.task-not-signed', {
            status: 'unknown',
            statementId: task.statementId,
            params: { name: nameIn(facts.trust, bureau) },
          }),
        ),
    ]
  },
}

/**
 * Returns the tasks under the number that a statement states. If the statement is a task, the result includes it even if it was opened
 * separately.
 */
function tasksFor({ document, ...rest }: JointStatement, joint: Joint): readonly Task[] {
  const number = document.kind === 'supervision-task' ? document.number : 'taskNo' in document ? document.taskNo : undefined
  const known = number === undefined ? [] : joint.of('supervision-task', number).filter(({ counts }) => counts)
  if (document.kind !== 'supervision-task' || known.some(({ statementId }) => statementId === rest.statementId)) return known
  return [{ ...rest, document }, ...known]
}

/**
 * Returns the task of a statement: a task itself, the task to which a commitment refers, otherwise the task with most supporters. Undefined
 * if it was not opened.
 */
function taskFor(statement: JointStatement, joint: Joint): Task | undefined {
  const tasks = tasksFor(statement, joint)
  const { document, statementId } = statement
  if (document.kind === 'supervision-task') return tasks.find((one) => one.statementId === statementId)
  if (document.kind === 'draw-commitment') return tasks.find((one) => one.statementId === document.task)
  const [first] = tasks
  const commitments = first === undefined ? [] : joint.of('draw-commitment', first.document.number).filter(({ counts }) => counts)
  return first === undefined ? undefined : taskOf(tasks, commitments, groupsOf(tasks, commitments))
}

/** Returns the content of the task to which a statement belongs; undefined if it was not opened, or the statement belongs to no task. */
export const taskDocumentOf = (statement: JointStatement, joint: Joint): SupervisionTask | undefined => taskFor(statement, joint)?.document

const withinAuthorisation: JointCondition = {
  name: 'within-authorisation',
  id: 'condition.within-authorisation',
  basis: '计量授权管理办法; ILAC-P14:09/2020',
  kinds: ['capability-statement'],
  parameters: z.strictObject(named('within-authorisation')),
  evaluate({ statement: { document }, trust, day }) {
    if (document.kind !== 'capability-statement') return []
    return document.items.flatMap((item, at) =>
      claimFindings(item, trust.entity(document.holder.uscc), day).map((finding) => ({ ...finding, path: `/items/${at}` })),
    )
  },
}

const standardAssessed: JointCondition = {
  name: 'standard-assessed',
  id: 'condition.standard-assessed',
  basis: '计量法 第六条至第九条; 计量标准考核办法; JJF 1033',
  kinds: ['capability-statement', 'metrology-authorisation'],
  parameters: z.strictObject(named('standard-assessed')),
  evaluate: ({ statement: { document }, joint, day }) => assessedFindings(document, joint, day),
}

/** The conditions on joint work, in the order of the documentation. */
export const jointConditions: readonly JointCondition[] = [pilotsOfBothSides, taskOfBothBureaus, withinAuthorisation, standardAssessed]

/** Returns the condition of this name; undefined if this version has no such condition for joint work. */
export const jointConditionOf = (name: string): JointCondition | undefined => jointConditions.find((one) => one.name === name)
