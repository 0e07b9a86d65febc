/**
 * The report of a round, evaluated by `tongheng/comparison` from its statements alone, so that every participant computes the same report.
 */
import type { Text } from '../../base/message.js'
import { checkArgument } from '../../base/options.js'
import { type ComparisonEvaluation, type ComparisonInput, evaluateComparison, type LaboratoryScores } from '../../comparison/index.js'
import type { ComparisonResult } from '../../records/index.js'
import { type JointFinding, say } from '../finding.js'
import type { RoundProtocol } from '../kinds/round-protocol.js'
import { keyOf, type RoundKey } from './codes.js'
import { roundFault } from './error-messages.js'
import { A_ROUND, type Round, type RoundLaboratory } from './round.js'
import type { OpenedResult } from './seal.js'

/** Content of a report. Those who sign the record add `reportedOn`, signatories and attachments. */
export interface RoundReportContent {
  /** Members of the `comparison-result` record, with codes; only laboratories that consent have their name. */
  readonly record: Omit<ComparisonResult, 'reportedOn' | 'signatories' | 'attachments'>
  /** Ids of all statements on which it is based, sorted. */
  readonly statements: readonly string[]
  /** The key from codes to laboratories. It is confidential until the laboratories named consent. */
  readonly key: RoundKey['key']
  readonly keyDigest: string
  /** The part of the key about laboratories that consent, for the report. */
  readonly publicKey: RoundKey['key']
}

type Point = RoundProtocol['points'][number]
type Evaluated = RoundLaboratory & { readonly opened: OpenedResult; readonly code: string }
type RecordPoint = ComparisonResult['points'][number]
type Outcome = NonNullable<LaboratoryScores['outcome']>

/** Final states of a laboratory: a report does not wait for it. */
const SETTLED: ReadonlySet<RoundLaboratory['state']> = new Set(['opened', 'withdrawn', 'late', 'missing', 'unopened'])
/** Maximum number of characters in the remarks of a record. */
const MAX_REMARKS = 4000

/**
 * Computes the report of a round.
 * @throws `round.incomplete` while a result may still arrive, something is undecided, or fewer than two results are open;
 * `round.evaluation` if a point cannot be evaluated
 */
export function reportOf(round: Round): RoundReportContent {
  checkArgument('reportOf', 'round', round, A_ROUND)
  const key = keyOf(round)
  const evaluated = evaluatedIn(round, key)
  const { protocol } = round
  const points = protocol.points.flatMap((point) => pointOf(point, evaluated) ?? [])
  if (points.length === 0) throw roundFault('round.incomplete', { reason: { zh: '没有可评价的结果', en: 'no result can be evaluated' } })
  const measured = evaluated.flatMap(({ opened }) => opened.result.points.flatMap(({ measuredOn }) => measuredOn ?? []))
  const remarks = remarksOf(round, key)
  const order = routeOf(protocol, evaluated)
  return {
    record: {
      kind: 'comparison-result',
      version: 1,
      projectNo: protocol.number,
      title: protocol.title,
      issuer: protocol.organisers[0] as ComparisonResult['issuer'],
      organisers: protocol.organisers,
      pilots: protocol.pilots
        .map(({ party }) => key.codes.get(party.uscc) as string)
        .filter((code) => evaluated.some((one) => one.code === code)),
      participants: evaluated.map(({ uscc, name, isNamed, code }) => ({ code, ...(isNamed && { party: { uscc, name: name.zh } }) })),
      ...(protocol.category !== undefined && { category: protocol.category }),
      method: protocol.method,
      artefacts: [protocol.artefact],
      ...(protocol.route && { route: { form: protocol.route.form, ...(order && { order }) } }),
      points,
      outcomes: outcomesOf(points),
      began: [protocol.publishedOn, ...measured].sort()[0] as string,
      ended: [protocol.deadlines.commit, ...measured].sort().at(-1) as string,
      ...(remarks && { remarks }),
    },
    statements: round.statements,
    key: key.key,
    keyDigest: key.digest,
    publicKey: key.key.filter(({ laboratory }) => round.laboratories.some(({ uscc, isNamed }) => isNamed && uscc === laboratory)),
  }
}

/** Laboratories with a result, in the order of their codes. @throws `round.incomplete` */
function evaluatedIn({ phase, laboratories, protocol }: Round, { codes }: RoundKey): readonly Evaluated[] {
  const incomplete = (reason: Text): Error => roundFault('round.incomplete', { reason })
  if (phase === 'enrolling' || phase === 'measuring') {
    const { commit } = protocol.deadlines
    throw incomplete({ zh: `结果提交至 ${commit} 截止`, en: `results can be committed until ${commit}` })
  }
  const waiting = laboratories.filter(({ state }) => !SETTLED.has(state)).map(({ name, uscc }) => `${name.zh}（${uscc}）`)
  if (waiting.length > 0)
    throw incomplete({ zh: `${waiting.join('、')} 尚未公开或不能断定`, en: `${waiting.join(', ')}: not open, or undecided` })
  const evaluated = laboratories
    .flatMap((one): Evaluated[] => (one.opened === undefined ? [] : [{ ...one, opened: one.opened, code: codes.get(one.uscc) as string }]))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
  if (evaluated.length < 2) throw incomplete({ zh: '公开的结果不足两个', en: 'fewer than two results are open' })
  if (!evaluated.some(({ isPilot }) => isPilot)) throw incomplete({ zh: '没有主导实验室的结果', en: 'no pilot has a result' })
  return evaluated
}

/**
 * Returns the codes in the order of circulation; undefined if a station has no result, because a record lists only laboratories with a
 * result.
 */
function routeOf({ route }: RoundProtocol, evaluated: readonly Evaluated[]): string[] | undefined {
  const codes = (route?.stations ?? []).map(({ laboratory }) => evaluated.find(({ uscc }) => uscc === laboratory)?.code)
  const known = codes.filter((code) => code !== undefined)
  return known.length === codes.length && known.length > 0 && known.length <= 500 ? known : undefined
}

/** Returns undefined if no laboratory has a result at the point. @throws `round.evaluation` */
function pointOf(point: Point, laboratories: readonly Evaluated[]): RecordPoint | undefined {
  const measured = laboratories.flatMap(({ code, isPilot, opened }) =>
    opened.result.points
      .filter(({ id }) => id === point.id)
      .map(({ value, uncertainty, measuredOn }) => ({ code, isPilot, value, uncertainty, measuredOn })),
  )
  if (measured.length === 0) return undefined
  const input: ComparisonInput = {
    results: measured.map(({ code, value, uncertainty: { value: expanded, k } }) => ({ code, value, uncertainty: { expanded, k } })),
    reference: ruleOf(
      point,
      measured.filter(({ isPilot }) => isPilot).map(({ code }) => code),
    ),
    ...(point.drift && { drift: { expanded: point.drift.value, k: point.drift.k } }),
    ...(point.k !== undefined && { k: point.k }),
    ...(point.sigma !== undefined && { sigma: point.sigma }),
  }
  const found = evaluateComparison(input)
  if ('faults' in found) throw roundFault('round.evaluation', { point: point.id, reason: found.faults[0]?.code ?? '' })
  const { reference, consistency, laboratories: scores } = found.evaluation
  return {
    id: point.id,
    quantity: point.quantity,
    ...(point.nominal && { nominal: point.nominal }),
    unit: point.unit,
    reference: referenceIn(point, reference),
    ...(point.drift && { drift: { form: 'expanded', value: point.drift.value, k: point.drift.k } }),
    ...(point.sigma !== undefined && { sigma: point.sigma }),
    ...(consistency && {
      consistency: {
        observed: consistency.observed,
        degreesOfFreedom: consistency.degreesOfFreedom,
        isConsistent: consistency.isConsistent,
      },
    }),
    results: measured.map(({ code, value, uncertainty, measuredOn }, at) => {
      const { en, zeta, z, outcome } = scores[at] as LaboratoryScores
      return {
        code,
        value,
        uncertainty: { form: 'expanded', value: uncertainty.value, k: uncertainty.k },
        ...(measuredOn !== undefined && { measuredOn }),
        ...(en !== undefined && { en }),
        ...(zeta !== undefined && { zeta }),
        ...(z !== undefined && { z }),
        ...(outcome !== undefined && { outcome }),
      }
    }),
  }
}

/** @throws `round.evaluation` if the pilots form the reference value and none has a result */
function ruleOf({ id, reference }: Point, pilots: readonly string[]): ComparisonInput['reference'] {
  const { method, contributors, value, uncertainty } = reference
  if (method === 'given') {
    // `checkDocument` has checked that both are present.
    const { value: expanded, k } = uncertainty as NonNullable<typeof uncertainty>
    return { method, value: value as string, uncertainty: { expanded, k } }
  }
  const isPilots = method === 'pilot' || contributors === 'pilots'
  if (isPilots && pilots.length === 0)
    throw roundFault('round.evaluation', { point: id, reason: { zh: '主导实验室没有结果', en: 'no pilot has a result there' } })
  if (method === 'pilot') return { method, contributors: pilots }
  return { method, ...(isPilots && { contributors: pilots }) }
}

const referenceIn = ({ reference: stated }: Point, formed: ComparisonEvaluation['reference']): RecordPoint['reference'] => ({
  value: stated.method === 'given' ? (stated.value as string) : formed.value,
  uncertainty:
    stated.method === 'given' && stated.uncertainty !== undefined
      ? { form: 'expanded', value: stated.uncertainty.value, k: stated.uncertainty.k }
      : { form: 'expanded', value: formed.expandedUncertainty, k: formed.k },
  method: stated.method,
  ...(stated.method !== 'given' && { contributors: [...formed.contributors] }),
})

const WORST: readonly Outcome[] = ['satisfactory', 'questionable', 'unsatisfactory']

/** The outcome of a laboratory is the worst of its points. A laboratory that is the reference value itself has none. */
function outcomesOf(points: readonly RecordPoint[]): ComparisonResult['outcomes'] {
  const worst = new Map<string, Outcome>()
  for (const { results } of points)
    for (const { code, outcome } of results) {
      const before = worst.get(code)
      if (outcome !== undefined && (before === undefined || WORST.indexOf(outcome) > WORST.indexOf(before))) worst.set(code, outcome)
    }
  return [...worst].map(([code, outcome]) => ({ code, outcome })).sort((a, b) => (a.code < b.code ? -1 : 1))
}

/** Writes a line for each finding, with codes in place of names. */
function remarksOf({ findings }: Round, { codes }: RoundKey): ComparisonResult['remarks'] {
  const lines = [...new Map(findings.map((finding) => coded(finding, codes)).map((line) => [line.zh, line])).values()]
  if (lines.length === 0) return undefined
  return {
    zh: within(
      lines.map(({ zh }) => zh),
      (left) => `另有 ${left} 条`,
    ),
    en: within(
      lines.map(({ en }) => en),
      (left) => `and ${left} more`,
    ),
  }
}

const NAMES = [
  ['laboratory', 'uscc'],
  ['by', 'byUscc'],
  ['other', 'otherUscc'],
] as const

function coded({ code, params }: JointFinding, codes: ReadonlyMap<string, string>): Text {
  const replaced = NAMES.flatMap(([name, uscc]) => {
    const body = params[uscc]
    if (typeof body !== 'string') return []
    // A body without a code is not a laboratory of the round: the report does not name it.
    return [[name, codes.get(body) ?? { zh: '其他单位', en: 'another body' }] as const]
  })
  return say(code, { ...params, ...Object.fromEntries(replaced) })
}

/** Joins lines up to the maximum length of remarks, and states how many more there are. */
function within(lines: readonly string[], more: (left: number) => string): string {
  const shown: string[] = []
  let length = 0
  for (const line of lines) {
    if (length + line.length + 1 > MAX_REMARKS - 40) break
    shown.push(line)
    length += line.length + 1
  }
  return [...shown, ...(shown.length < lines.length ? [more(lines.length - shown.length)] : [])].join('\n')
}
