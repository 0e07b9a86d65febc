/** Selects the task statement of a draw if several have its number. */
import { found, type JointFinding } from '../finding.js'
import type { DrawCommitment } from '../kinds/draw-commitment.js'
import type { SupervisionTask } from '../kinds/supervision-task.js'
import type { JointStatement } from '../open-joint.js'
import { contentOf, faultyStatements, nameOfIssuer } from './parts.js'

export type Task = JointStatement<SupervisionTask>
export type Commitment = JointStatement<DrawCommitment>

const isOwn = ({ issuer, document }: Task): boolean => document.bureaus.some(({ uscc }) => uscc === issuer.uscc)

/** Statements of one content, each signed by a bureau that the content names. */
interface TaskGroup {
  readonly copies: Task[]
  /** Bureaus of the task that support this content: each signed a copy of it, or committed to one. */
  readonly supporters: Set<string>
}

/**
 * Groups tasks by their content. Returns the group of each task statement that one of its own bureaus signed, by statement id. Another
 * authority can issue a task under the same number and name the same bureaus in it, but cannot make them support it.
 */
export function groupsOf(tasks: readonly Task[], commitments: readonly Commitment[]): ReadonlyMap<string, TaskGroup> {
  const byContent = new Map<string, TaskGroup>()
  const byStatement = new Map<string, TaskGroup>()
  for (const task of tasks.filter(isOwn)) {
    const content = contentOf(task.document)
    const group = byContent.get(content) ?? { copies: [], supporters: new Set() }
    byContent.set(content, group)
    byStatement.set(task.statementId, group)
    group.copies.push(task)
    group.supporters.add(task.issuer.uscc)
  }
  for (const { issuer, document } of commitments) {
    const group = byStatement.get(document.task)
    if (group?.copies[0]?.document.bureaus.some(({ uscc }) => uscc === issuer.uscc)) group.supporters.add(issuer.uscc)
  }
  return byStatement
}

/**
 * Returns a statement of the content with most supporters, the first of several. If several bureaus signed this content, returns the copy
 * to which the first commitment refers. If no task was signed by a bureau of its own, returns the first, which `taskFindings` reports.
 */
export function taskOf(
  tasks: readonly Task[],
  commitments: readonly Commitment[],
  groups: ReadonlyMap<string, TaskGroup>,
): Task | undefined {
  let best: TaskGroup | undefined
  for (const group of groups.values()) if (best === undefined || group.supporters.size > best.supporters.size) best = group
  const first = best?.copies[0]
  if (first === undefined) return tasks[0]
  for (const { issuer, document } of commitments) {
    const copy = best?.copies.find(({ statementId }) => statementId === document.task)
    if (copy !== undefined && first.document.bureaus.some(({ uscc }) => uscc === issuer.uscc)) return copy
  }
  return first
}

/**
 * Reports tasks under the same number that another authority signed; they do not count. The finding is `unknown` if such a task has as many
 * supporters as the selected one: it is then undecided which of the two counts.
 */
export function otherTasks(task: Task, tasks: readonly Task[], groups: ReadonlyMap<string, TaskGroup>): readonly JointFinding[] {
  const sizeOf = ({ statementId }: Task): number => groups.get(statementId)?.supporters.size ?? 0
  return tasks
    .filter((one) => one !== task && !task.document.bureaus.some(({ uscc }) => uscc === one.issuer.uscc))
    .map((one) => {
      const isRival = isOwn(one) && sizeOf(one) >= sizeOf(task)
      const params = { bureau: nameOfIssuer(one), taskNo: task.document.number }
      return found('draw.other-authority', { status: isRival ? 'unknown' : 'warn', statementId: one.statementId, params })
    })
}

export function taskFindings(task: Task, tasks: readonly Task[]): readonly JointFinding[] {
  const { document, statementId } = task
  const others = tasks.filter(
    ({ issuer, document: other }) => document.bureaus.some(({ uscc }) => uscc === issuer.uscc) && contentOf(other) !== contentOf(document),
  )
  return [
    ...(isOwn(task) ? [] : [found('draw.task-signer', { statementId, params: { bureau: nameOfIssuer(task) } })]),
    ...faultyStatements('draw.statement-faulty', [task]),
    // Revoked tasks count too: otherwise a bureau that dislikes a result could revoke its task and draw again.
    ...others.map((other) =>
      found('draw.task-twice', { statementId: other.statementId, params: { bureau: nameOfIssuer(other), taskNo: other.document.number } }),
    ),
  ]
}
