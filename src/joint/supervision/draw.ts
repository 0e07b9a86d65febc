/** The state of the draw of a task, derived from its statements alone; their order does not matter. */
import { type Instant, parseInstant } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import { aMoment, aText, checkArgument, checkOptions, type OptionTable, optional, texts } from '../../base/options.js'
import { someJoint } from '../arguments.js'
import { found, type JointFinding } from '../finding.js'
import type { DrawNonce } from '../kinds/draw-nonce.js'
import type { SupervisionTask } from '../kinds/supervision-task.js'
import { type Joint, type JointStatement, subjectKey } from '../open-joint.js'
import { endOfDay, titleOf } from '../words.js'
import { drawFrom, nonceDigest, type Population, populationOf } from './draw-parties.js'
import { type Commitment, groupsOf, otherTasks, type Task, taskFindings, taskOf } from './draw-task.js'
import { contentOf, faultyStatements, nameOfIssuer } from './parts.js'

/**
 * `committing`: a commitment is missing, and its deadline has not passed. `revealing`: both bureaus have committed, and a nonce is missing.
 * `revealed`: both nonces are revealed; the parties can be computed from the population. `drawn`: the parties are computed. `failed`: the
 * draw does not count; a finding states the reason and the bureau. `undecided`: the opened statements do not suffice to decide.
 */
export type DrawState = 'committing' | 'revealing' | 'revealed' | 'drawn' | 'failed' | 'undecided'

/** What one of the two bureaus did. */
export interface DrawSide {
  readonly uscc: string
  readonly name: string
  /** Statement id of its commitment, and of the nonce that fits it. */
  readonly commitment?: string
  readonly nonce?: string
}

/** The draw of a task. */
export interface Draw {
  readonly state: DrawState
  /** Task statement of the draw. */
  readonly task: JointStatement<SupervisionTask>
  readonly sides: readonly DrawSide[]
  /** The population to which both bureaus committed. */
  readonly population?: { readonly digest: string; readonly count: number }
  /** USCCs in the order in which they were drawn; present if the draw counts and the population was given. */
  readonly parties?: readonly string[]
  readonly findings: readonly JointFinding[]
}

export interface DrawOfOptions {
  /** The draw is derived as of this moment: statements logged later are ignored, and those signed later if they have no log evidence. */
  readonly at: string | Date | Instant
  /** The list to draw from: USCCs in any order. Without it, the parties are not computed. */
  readonly population?: readonly string[] | undefined
  /** A stated result, to compare with the computed one: USCCs in any order. */
  readonly result?: readonly string[] | undefined
}

const OPTIONS: OptionTable = { at: aMoment, population: optional(texts), result: optional(texts) }

type Nonce = JointStatement<DrawNonce>

/** A bureau with its statements, earliest first. */
interface Side {
  readonly uscc: string
  readonly name: Text
  readonly commitments: readonly Commitment[]
  readonly nonces: readonly Nonce[]
}

/**
 * Derives the draw of a task. The order in which the statements were opened has no effect. Only the log (`loggedAt`, in seconds) decides
 * which of two statements was first: without log evidence, or within one second, the order is undecided.
 * @param taskNo number of the task
 * @returns undefined if no task statement has this number
 * @throws `verify.options`; `draw.party`, `draw.population` if a population is invalid
 */
export function drawOf(joint: Joint, taskNo: string, options: DrawOfOptions): Draw | undefined {
  checkArgument('drawOf', 'joint', joint, someJoint)
  checkArgument('drawOf', 'taskNo', taskNo, aText)
  checkOptions('drawOf', options, OPTIONS)
  const at = parseInstant(options.at)
  const known = <S extends JointStatement>(all: readonly S[]): readonly S[] =>
    all.filter(({ claims, loggedAt }) => (loggedAt ?? claims.iat) <= at).sort(byFirstSeen)
  const tasks = known<Task>(joint.of('supervision-task', taskNo))
  const commitments = known<Commitment>(joint.of('draw-commitment', taskNo))
  const nonces = known<Nonce>(joint.of('draw-nonce', taskNo))
  const groups = groupsOf(tasks, commitments)
  const task = taskOf(tasks, commitments, groups)
  if (task === undefined) return undefined
  const sides = task.document.bureaus.map(({ uscc, name }): Side => {
    const own = <S extends JointStatement>(all: readonly S[]) => all.filter(({ issuer }) => issuer.uscc === uscc)
    return { uscc, name: { zh: name, en: name }, commitments: own(commitments), nonces: own(nonces) }
  })
  const findings = [
    ...taskFindings(task, tasks),
    ...otherTasks(task, tasks, groups),
    ...strangers(sides, [...commitments, ...nonces]),
    ...sides.flatMap((side) => sideFindings(side, task, at)),
    ...samePopulation(sides, known<Commitment>(joint.of('draw-commitment')), taskNo),
    ...togetherFindings(sides, task, at),
  ]
  return concluded({ task, sides, findings }, options)
}

const byFirstSeen = (a: JointStatement, b: JointStatement): number =>
  (a.loggedAt ?? Number.POSITIVE_INFINITY) - (b.loggedAt ?? Number.POSITIVE_INFINITY) ||
  a.claims.iat - b.claims.iat ||
  (a.statementId < b.statementId ? -1 : 1)

const strangers = (sides: readonly Side[], statements: readonly (Commitment | Nonce)[]): readonly JointFinding[] =>
  statements
    .filter(({ issuer }) => !sides.some(({ uscc }) => uscc === issuer.uscc))
    .map((one) =>
      found('draw.stranger', {
        status: 'warn',
        statementId: one.statementId,
        params: { bureau: nameOfIssuer(one), title: titleOf(one.document.kind) },
      }),
    )

/** Content by which two commitments are compared; it excludes the day. */
const committed = ({ document: { task, population, nonce } }: Commitment): string => contentOf({ task, population, nonce })

const fits = ({ document: { nonce, commitment } }: Nonce, { uscc }: Side, of: Commitment): boolean =>
  commitment === of.statementId && nonceDigest(nonce, { bureau: uscc, task: of.document.task }) === of.document.nonce

/** The nonce that fits the commitment of a side. */
const fittingNonce = (side: Side): Nonce | undefined => {
  // Statements of the same content are one commitment; a nonce may refer to any of them.
  const [first] = side.commitments
  const same = side.commitments.filter((one) => first !== undefined && committed(one) === committed(first))
  return side.nonces.find((nonce) => same.some((one) => fits(nonce, side, one)))
}

/** Findings about the statements of one bureau. */
function sideFindings(side: Side, { statementId, document: { number, draw } }: Task, at: Instant): readonly JointFinding[] {
  const { name: bureau, commitments, nonces } = side
  const [first] = commitments
  if (first === undefined) {
    if (at < endOfDay(draw.commitBy)) return []
    return [found('draw.commitment-missing', { params: { bureau, date: draw.commitBy } })]
  }
  const about = (one: JointStatement) => ({ statementId: one.statementId })
  const nonce = fittingNonce(side)
  const findings = faultyStatements('draw.statement-faulty', [first, ...(nonce === undefined ? [] : [nonce])])
  const twice = commitments.find((one) => committed(one) !== committed(first))
  return [
    ...findings,
    // A revoked commitment counts here too.
    ...(twice === undefined ? [] : [found('draw.committed-twice', { ...about(twice), params: { bureau, taskNo: number } })]),
    ...(first.document.task === statementId
      ? []
      : [found('draw.other-task', { ...about(first), params: { bureau, task: first.document.task } })]),
    ...((first.loggedAt ?? 0) >= endOfDay(draw.commitBy)
      ? [found('draw.commitment-late', { status: 'warn', ...about(first), params: { bureau, date: draw.commitBy } })]
      : []),
    // Only one nonce can fit a commitment. A wrong one beside it does no harm, and is a warning.
    ...nonces
      .filter((one) => one !== nonce && (nonce === undefined || one.document.nonce !== nonce.document.nonce))
      .map((one) => found('draw.nonce-unfit', { status: nonce === undefined ? 'fail' : 'warn', ...about(one), params: { bureau } })),
    ...(nonce !== undefined && (nonce.loggedAt ?? 0) >= endOfDay(draw.revealBy)
      ? [found('draw.nonce-late', { ...about(nonce), params: { bureau, date: draw.revealBy } })]
      : []),
  ]
}

/**
 * Warns if a bureau committed to the same population under another task number: it may have repeated a draw whose result it disliked. A
 * person must judge that.
 */
function samePopulation(sides: readonly Side[], all: readonly Commitment[], taskNo: string): readonly JointFinding[] {
  return sides.flatMap(({ uscc, name: bureau, commitments }) => {
    const digests = new Set(commitments.map(({ document }) => document.population.digest))
    const others = all.filter(
      ({ issuer, document }) =>
        issuer.uscc === uscc && subjectKey(document.taskNo) !== subjectKey(taskNo) && digests.has(document.population.digest),
    )
    const byNumber = new Map(others.map((one) => [subjectKey(one.document.taskNo), one]))
    return [...byNumber.values()].map(({ statementId, document }) =>
      found('draw.same-population', { status: 'warn', statementId, params: { bureau, other: document.taskNo } }),
    )
  })
}

const isSamePopulation = (commitments: readonly (Commitment | undefined)[]): boolean =>
  new Set(commitments.map((one) => one && contentOf(one.document.population))).size === 1

/** Findings about the statements of both bureaus together. */
function togetherFindings(sides: readonly Side[], { document: { draw } }: Task, at: Instant): readonly JointFinding[] {
  const [first, second] = sides.map(({ commitments }) => commitments[0])
  if (first === undefined || second === undefined) return orderFindings(sides)
  const [one, other] = [first.document.population, second.document.population]
  const differs = !isSamePopulation([first, second])
  const params = { first: nameOfIssuer(first), firstCount: one.count, second: nameOfIssuer(second), secondCount: other.count }
  // A bureau reveals nothing before both have committed, so a nonce is withheld only after that.
  const withheld = at < endOfDay(draw.revealBy) ? [] : sides.filter(({ nonces }) => nonces.length === 0)
  return [
    ...(differs ? [found('draw.population-differs', { statementId: second.statementId, params })] : []),
    ...(!differs && one.count < draw.count ? [found('draw.too-few', { params: { population: one.count, count: draw.count } })] : []),
    ...withheld.map(({ name: bureau }) => found('draw.nonce-withheld', { params: { bureau, date: draw.revealBy } })),
    ...orderFindings(sides),
  ]
}

/** Both commitments must be in the log before either nonce: a bureau that knows the other nonce could choose its own. */
function orderFindings(sides: readonly Side[]): readonly JointFinding[] {
  let isUnproven = false
  const late = sides.flatMap(({ name: bureau, commitments: [commitment] }) =>
    sides.flatMap(({ name: other, nonces }) => {
      if (commitment === undefined || nonces.length === 0) return []
      const times = nonces.map(({ loggedAt }) => loggedAt)
      const logged = times.filter((time): time is Instant => time !== undefined)
      const revealed = Math.min(...logged)
      if (commitment.loggedAt !== undefined && commitment.loggedAt > revealed)
        return [found('draw.committed-after-nonce', { statementId: commitment.statementId, params: { bureau, other } })]
      if (commitment.loggedAt === undefined || logged.length < times.length || commitment.loggedAt === revealed) isUnproven = true
      return []
    }),
  )
  return [...late, ...(isUnproven ? [found('draw.order-unproven', { status: 'unknown' })] : [])]
}

interface Found {
  readonly task: Task
  readonly sides: readonly Side[]
  readonly findings: readonly JointFinding[]
}

function concluded({ task, sides, findings }: Found, options: DrawOfOptions): Draw {
  const commitments = sides.map(({ commitments: [first] }) => first)
  const nonces = sides.map(fittingNonce)
  const [first] = commitments
  const isCommitted = commitments.every((one) => one !== undefined)
  const isRevealed = isCommitted && nonces.every((one) => one !== undefined)
  const base = {
    task,
    sides: sides.map(({ uscc, name }, index): DrawSide => {
      const [commitment, nonce] = [commitments[index], nonces[index]]
      return { uscc, name: name.zh, ...(commitment && { commitment: commitment.statementId }), ...(nonce && { nonce: nonce.statementId }) }
    }),
    ...(first !== undefined && isCommitted && isSamePopulation(commitments) && { population: first.document.population }),
  }
  const failed = stateBy(findings)
  if (failed !== undefined) return { ...base, state: failed, findings }
  if (!isRevealed || first === undefined) return { ...base, state: isCommitted ? 'revealing' : 'committing', findings }
  if (options.population === undefined) return { ...base, state: 'revealed', findings }
  const list = populationOf(options.population)
  const parties = isCommittedList(list, first)
    ? drawFrom(list.parties, {
        taskNo: task.document.number,
        task: task.statementId,
        nonces: sides.map(({ uscc }, index) => ({ bureau: uscc, nonce: (nonces[index] as Nonce).document.nonce })),
        count: task.document.draw.count,
      })
    : undefined
  const last =
    parties === undefined
      ? [found('draw.population-other', { status: 'unknown', params: { count: list.count } })]
      : compared(parties, options.result)
  const all = [...findings, ...last]
  return { ...base, state: stateBy(all) ?? 'drawn', ...(parties && { parties }), findings: all }
}

const stateBy = (findings: readonly JointFinding[]): 'failed' | 'undecided' | undefined => {
  // A stated result that differs does not make the draw fail.
  if (findings.some(({ status, code }) => status === 'fail' && code !== 'draw.result-differs')) return 'failed'
  return findings.some(({ status }) => status === 'unknown') ? 'undecided' : undefined
}

const isCommittedList = ({ digest, count }: Population, { document: { population } }: Commitment): boolean =>
  population.digest === digest && population.count === count

function compared(parties: readonly string[], result: readonly string[] | undefined): readonly JointFinding[] {
  if (result === undefined) return []
  const [drawn, stated] = [new Set(parties), new Set(result)]
  const extra = [...stated].filter((one) => !drawn.has(one))
  const missing = parties.filter((one) => !stated.has(one))
  if (extra.length === 0 && missing.length === 0) return []
  const some = (list: readonly string[]): Text => {
    const shown = list.slice(0, 5).map((one) => one.slice(0, 40))
    const more = list.length > shown.length
    if (list.length === 0) return { zh: '无', en: 'none' }
    return {
      zh: `${shown.join('、')}${more ? ` 等 ${list.length} 家` : ''}`,
      en: `${shown.join(', ')}${more ? ` and others (${list.length})` : ''}`,
    }
  }
  return [found('draw.result-differs', { params: { extra: some(extra), missing: some(missing) } })]
}
