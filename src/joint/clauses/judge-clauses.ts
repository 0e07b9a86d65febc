/** Judges whether a joint statement counts in another province: by which clause of the agreement, or what was missing. */
import type { CivilDate } from '../../base/date.js'
import type { Message, Text } from '../../base/message.js'
import { aTrust, checkArgument, checkOptions, type Expectation, isObject, type OptionTable } from '../../base/options.js'
import { newerParams, parseShape } from '../../base/shape.js'
import { provinceName } from '../../catalogue/index.js'
import { type Agreement, type Clause, conditionOf } from '../../recognition/index.js'
import { agreementsFor } from '../../recognition/inside.js'
import { kinds } from '../../records/index.js'
import type { Trust } from '../../trust/index.js'
import { aDay, someAgreements, someJoint } from '../arguments.js'
import { found, type JointFinding, say } from '../finding.js'
import { type CapabilityItem, capabilityWork } from '../kinds/capability.js'
import { type JointKindRow, jointKinds } from '../kinds/list.js'
import type { Joint, JointStatement } from '../open-joint.js'
import { bothLanguages } from '../words.js'
import { type JointFacts, jointConditionOf, protocolOf, taskDocumentOf } from './conditions.js'
import { type Asked, coveringOf } from './cover.js'

/** `no-clause`: no clause of the agreement names the kind, which is not a fault. The others are as in a verdict. */
export type JointOutcome = 'recognised' | 'not-recognised' | 'indeterminate' | 'no-clause'

/** Recognition of a statement in one other province. */
export interface JointRecognition {
  /** Province of the body that signed, and the other one: two digits each. */
  readonly from: string
  readonly to: string
  readonly outcome: JointOutcome
  /** One sentence for people, with the clauses that apply and their effect. */
  readonly message: Message
  /** The agreement that was applied; absent if none was in force. */
  readonly agreement?: { readonly id: string; readonly version: number }
  /** Clauses that cover the statement, one for each of its categories. */
  readonly clauses: readonly Clause[]
  /** What no clause covers, which condition does not hold, and what could not be compared. */
  readonly findings: readonly JointFinding[]
}

export interface JointClauseQuestion {
  /** Opened statements: conditions are judged by the protocol, the task, the assessments and the commitments among them. */
  readonly joint: Joint
  readonly trust: Trust
  /** Opened agreements (`openAgreement`). */
  readonly agreements: readonly Agreement[]
  /** Day to judge, YYYY-MM-DD, for kinds that hold over a period. Other kinds are judged for the day that they state, like records. */
  readonly on: CivilDate
}

const OPTIONS: OptionTable = { joint: someJoint, trust: aTrust, agreements: someAgreements, on: aDay }
const A_STATEMENT: Expectation = {
  is: (value) => isObject(value) && isObject(value.document) && jointKinds.has(value.document.kind as string) && isObject(value.issuer),
  expected: { zh: ' openJoint 结果中的一份', en: 'a statement, as openJoint gives it' },
}

/**
 * Judges a joint statement by the clauses of the agreements that name its kind, for each other province that is party to an agreement
 * with its own. A statement that does not count by itself is recognised nowhere. A condition that this version does not know, or that
 * could not be compared, makes the outcome `indeterminate`. `roundOf`, `drawOf`, `casesOf` and `allianceOf` judge whether it fits the
 * other statements of its piece of work (in time, opened as committed, within jurisdiction).
 * @returns one entry per province, sorted; empty if no agreement of its own province is given
 * @throws `verify.options`
 * @example
 * ```ts
 * import { createFakeAuthorities, DEMONSTRATION_TIME, jointFixtures, organisation } from 'tongheng/testing'
 * import { judgeJointClauses, openJoint, signJoint } from 'tongheng/joint'
 *
 * const { trust, agreement, signer } = await createFakeAuthorities()
 * const { uscc: iss } = organisation('SC-AMR')
 * const signed = await signJoint(jointFixtures.task, { iss, signer: signer('SC-AMR'), at: '2025-04-01T17:00:00+08:00' })
 * const joint = await openJoint([signed], { trust, at: DEMONSTRATION_TIME })
 * const [task] = joint.statements
 * judgeJointClauses(task, { joint, trust, agreements: [agreement], on: '2025-06-16' })[0]?.outcome // => 'no-clause'
 * ```
 */
export function judgeJointClauses(statement: JointStatement, question: JointClauseQuestion): readonly JointRecognition[] {
  checkArgument('judgeJointClauses', 'statement', statement, A_STATEMENT)
  checkOptions('judgeJointClauses', question, OPTIONS)
  const { joint, trust, agreements, on } = question
  const { document, issuer } = statement
  const row = jointKinds.get(document.kind) as JointKindRow
  const held = row.holds?.(document)
  const day = held === undefined ? row.on(document) : on
  const own = [...faultsOf(statement), ...signerFindings(row, statement, joint), ...(held === undefined ? [] : notHeld(held, on))]
  const { zh, en } = row.title
  const about = { kind: row.kind, title: { zh, en }, categories: categoriesOf(statement, joint), from: issuer.region, day }
  return recognitions(agreements, about, {
    judge: (clause, to) => [...own, ...conditionFindings(clause, { statement, joint, trust, day, from: issuer.region, to })],
    recognised: 'joint-clause.recognised',
    refused: 'joint-clause.not-recognised',
    undecided: 'joint-clause.undecided',
  })
}

/**
 * Judges in which provinces the results of a capability are recognised. Conditions are not evaluated here, because they are judged for each
 * certificate; a condition that this version does not know makes the outcome `indeterminate`.
 * @param from province of the institute, two digits
 */
export function judgeResultClauses(
  { work, categories }: CapabilityItem,
  { agreements, from, on: day }: { readonly agreements: readonly Agreement[]; readonly from: string; readonly on: CivilDate },
): readonly JointRecognition[] {
  const kind = capabilityWork[work][2]
  const { zh = kind, en = kind } = kinds.get(kind)?.title ?? {}
  return recognitions(
    agreements,
    { kind, title: { zh, en }, categories, from, day },
    {
      judge: ({ id: clause, conditions }) =>
        conditions
          .filter(({ name }) => conditionOf(name) === undefined)
          .map(({ name }) => found('joint-clause.condition-unknown', { status: 'unknown', params: { clause, name } })),
      recognised: 'joint-clause.results-recognised',
      refused: 'joint-clause.results-not-recognised',
      undecided: 'joint-clause.results-undecided',
    },
  )
}

/** Returns the categories of a statement, or those of its round or task; undefined if the protocol or task was not opened. */
function categoriesOf(statement: JointStatement, joint: Joint): Asked['categories'] {
  const { document } = statement
  const row = jointKinds.get(document.kind) as JointKindRow
  if (row.categories !== undefined) return row.categories(document)
  const [protocol, task] = [protocolOf(document, joint), taskDocumentOf(statement, joint)]
  if (protocol !== undefined) return protocol.category === undefined ? [] : [protocol.category]
  return task?.categories
}

function faultsOf({ counts, findings, statementId }: JointStatement): readonly JointFinding[] {
  const first = findings.find(({ status }) => status === 'fail') ?? findings.find(({ status }) => status === 'unknown')
  if (counts || first === undefined) return []
  const { zh, en } = first.message
  return [found('joint-clause.statement-faulty', { status: first.status, statementId, params: { reason: { zh, en } } })]
}

/** Rejects a statement whose signer has no part in the piece of work. */
function signerFindings(
  { signers, title: { zh, en } }: JointKindRow,
  { document, issuer }: JointStatement,
  joint: Joint,
): readonly JointFinding[] {
  if (signers === undefined) return []
  const named = signers(document, protocolOf(document, joint))
  if (named === undefined) return [found('joint-clause.protocol-not-at-hand', { status: 'unknown' })]
  if (named.includes(issuer.uscc)) return []
  return [found('joint-clause.signer', { params: { name: bothLanguages(issuer.name), uscc: issuer.uscc, title: { zh, en } } })]
}

function notHeld(
  { from, until }: { readonly from: CivilDate; readonly until?: CivilDate | undefined },
  on: CivilDate,
): readonly JointFinding[] {
  return from <= on && (until === undefined || on <= until) ? [] : [found('joint-clause.not-held', { params: { on, from, until } })]
}

function conditionFindings(clause: Clause, facts: JointFacts): readonly JointFinding[] {
  return clause.conditions.flatMap((stated) => {
    const params = { clause: clause.id, name: stated.name }
    const condition = jointConditionOf(stated.name)
    if (condition === undefined) {
      const code = conditionOf(stated.name) === undefined ? 'joint-clause.condition-unknown' : 'joint-clause.condition-of-records'
      return [found(code, { status: 'unknown', params })]
    }
    if (!condition.kinds.includes(facts.statement.document.kind)) return []
    const { value } = parseShape(condition.parameters, stated)
    if (value === undefined) return [found('joint-clause.parameters', { status: 'unknown', params })]
    return condition.evaluate(facts, value as never).map((finding) => ({ basis: condition.basis, ...finding }))
  })
}

interface Judging {
  /** Returns what fails or could not be compared under a clause that covers the statement. */
  readonly judge: (clause: Clause, to: string) => readonly JointFinding[]
  readonly recognised: 'joint-clause.recognised' | 'joint-clause.results-recognised'
  readonly refused: 'joint-clause.not-recognised' | 'joint-clause.results-not-recognised'
  readonly undecided: 'joint-clause.undecided' | 'joint-clause.results-undecided'
}

/** Outcomes, the best first: if several agreements bind two provinces, recognition by one of them suffices. */
const BEST: readonly JointOutcome[] = ['recognised', 'indeterminate', 'not-recognised', 'no-clause']

function recognitions(agreements: readonly Agreement[], about: Omit<Asked, 'to'>, judging: Judging): readonly JointRecognition[] {
  const own = agreements.filter(({ payload }) => payload.parties.some(({ region }) => region === about.from))
  const others = new Set(own.flatMap(({ payload }) => payload.parties.map(({ region }) => region)))
  others.delete(about.from)
  return [...others].sort().flatMap((to) => {
    const asked = { ...about, to }
    const answers = agreementsFor(own, { from: about.from, to, factDate: about.day }).map((agreement) =>
      byAgreement(agreement, asked, judging),
    )
    if (answers.length === 0)
      answers.push(answered(asked, judging, { findings: [found('joint-clause.not-in-force', { params: { on: about.day } })] }))
    return answers.sort((a, b) => BEST.indexOf(a.outcome) - BEST.indexOf(b.outcome)).slice(0, 1)
  })
}

function byAgreement(agreement: Agreement, asked: Asked, judging: Judging): JointRecognition {
  const { payload, newer } = agreement
  if (newer !== undefined) {
    const params = { agreement: payload.id, version: payload.version, ...newerParams(newer) }
    return answered(asked, judging, { agreement, findings: [found('joint-clause.newer-agreement', { status: 'unknown', params })] })
  }
  const { clauses, findings, isNamed } = coveringOf(payload, asked)
  if (!isNamed) return answered(asked, judging, { agreement })
  return answered(asked, judging, {
    agreement,
    clauses,
    findings: [...findings, ...distinct(clauses.flatMap((one) => judging.judge(one, asked.to)))],
  })
}

/** Removes duplicates: two clauses may have the same finding. */
const distinct = (findings: readonly JointFinding[]): readonly JointFinding[] => [
  ...new Map(findings.map((one) => [JSON.stringify([one.code, one.path, one.statementId, one.params]), one])).values(),
]

interface Answer {
  readonly agreement?: Agreement
  readonly clauses?: readonly Clause[]
  readonly findings?: readonly JointFinding[]
}

function answered(
  asked: Asked,
  { recognised, refused, undecided }: Judging,
  { agreement, clauses = [], findings = [] }: Answer,
): JointRecognition {
  const { from, to } = asked
  const outcome = outcomeOf(clauses, findings)
  const code = { recognised, 'not-recognised': refused, indeterminate: undecided, 'no-clause': 'joint-clause.none' } as const
  const { id = '', version = 0, title } = agreement?.payload ?? {}
  const params = {
    region: provinceName(to),
    title: asked.title,
    agreement: title === undefined ? undefined : bothLanguages(title),
    version,
    clauses: clausesText(clauses),
  }
  return {
    from,
    to,
    outcome,
    message: say(code[outcome], params),
    ...(agreement !== undefined && { agreement: { id, version } }),
    clauses,
    findings,
  }
}

function outcomeOf(clauses: readonly Clause[], findings: readonly JointFinding[]): JointOutcome {
  if (findings.some(({ status }) => status === 'fail')) return 'not-recognised'
  if (findings.some(({ status }) => status === 'unknown')) return 'indeterminate'
  return clauses.length > 0 ? 'recognised' : 'no-clause'
}

/** Title, basis and effect of each clause. */
const clausesText = (clauses: readonly Clause[]): Text => {
  const read = clauses.map(({ title, basis, effect }) => ({ title: bothLanguages(title), basis, effect: bothLanguages(effect) }))
  return {
    zh: read.map(({ title, basis, effect }) => `“${title.zh}”（${basis}），${effect.zh}`).join('；'),
    en: read.map(({ title, basis, effect }) => `“${title.en}” (${basis}), ${effect.en}`).join('; '),
  }
}
