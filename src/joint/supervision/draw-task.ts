/** Which statement is the task of a draw, where several have its number. */
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
  /** Bureaus of the task that stand behind its content: each signed a copy of it, or committed to one. */
  readonly behind: Set<string>
}

/**
 * Tasks that one of their own bureaus signed, by their statements. Another authority can use the number for a task of its own, but cannot
 * make a bureau of both tasks stand behind that one.
 */
export function groupsOf(tasks: readonly Task[], commitments: readonly Commitment[]): ReadonlyMap<string, TaskGroup> {
  const byContent = new Map<string, TaskGroup>()
  const byStatement = new Map<string, TaskGroup>()
  for (const task of tasks.filter(isOwn)) {
    const content = contentOf(task.document)
    const group = byContent.get(content) ?? { copies: [], behind: new Set() }
    byContent.set(content, group)
    byStatement.set(task.statementId, group)
    group.copies.push(task)
    group.behind.add(task.issuer.uscc)
  }
  for (const { issuer, document } of commitments) {
    const group = byStatement.get(document.task)
    if (group?.copies[0]?.document.bureaus.some(({ uscc }) => uscc === issuer.uscc)) group.behind.add(issuer.uscc)
  }
  return byStatement
}

/**
 * The statement of the task: that of one of its own bureaus behind which most of its bureaus stand, the first of several. Where both signed
 * the same content, it is the one to which the first commitment refers.
 */
export function taskOf(
  tasks: readonly Task[],
  commitments: readonly Commitment[],
  groups: ReadonlyMap<string, TaskGroup>,
): Task | undefined {
  let best: TaskGroup | undefined
  for (const group of groups.values()) if (best === undefined || group.behind.size > best.behind.size) best = group
  const first = best?.copies[0]
  if (first === undefined) return tasks[0]
  for (const { issuer, document } of commitments) {
    const copy = best?.copies.find(({ statementId }) => statementId === document.task)
    if (copy !== undefined && first.document.bureaus.some(({ uscc }) => uscc === issuer.uscc)) return copy
  }
  return first
}

/**
 * Tasks of the same number that another authority signed: they are named and do not count. While as many bureaus stand behind one of them as
 * behind the task, it is undecided which of the two counts.
 */
export function otherTasks(task: Task, tasks: readonly Task[], groups: ReadonlyMap<string, TaskGroup>): readonly JointFinding[] {
  const sizeOf = ({ statementId }: Task): number => groups.get(statementId)?.behind.size ?? 0
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
    // A revoked task counts too: who dislikes a result must not revoke the task and draw again.
    ...others.map((other) =>
      found('draw.task-twice', { statementId: other.statementId, params: { bureau: nameOfIssuer(other), taskNo: other.document.number } }),
    ),
  ]
}
