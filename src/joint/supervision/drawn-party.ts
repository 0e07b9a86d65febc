/** Checks whether the party of a finding was drawn for its task. */
import type { Instant } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import { found, type JointFinding } from '../finding.js'
import { type Joint, subjectKey } from '../open-joint.js'
import type { FindingRecord } from './cases.js'
import { type DrawState, drawOf } from './draw.js'
import { type Population, populationOf } from './draw-parties.js'

interface DrawnOptions {
  readonly at: Instant
  /** Lists of USCCs; each is matched with a draw by its digest. */
  readonly populations: readonly (readonly string[])[]
}

/** Reasons why a party cannot be compared. `revealed`: only the list is missing. */
const REASONS: Readonly<Record<Exclude<DrawState, 'drawn'>, Text>> = {
  committing: { zh: '抽取尚未完成', en: 'the draw is not complete' },
  revealing: { zh: '抽取尚未完成', en: 'the draw is not complete' },
  revealed: { zh: '两机关承诺的抽取名单不在手边', en: 'the list to which both bureaus committed is not at hand' },
  failed: { zh: '抽取不成立', en: 'the draw has failed' },
  undecided: { zh: '抽取是否成立不能断定', en: 'the draw is undecided' },
}

/** The parties drawn for a task, or the reason why they cannot be computed; undefined if no task statement has the number. */
type Drawn = { readonly parties: ReadonlySet<string> } | { readonly reason: Text } | undefined

/**
 * Returns a function that compares the party of a finding with the draw of its task. Each draw is computed once. It returns nothing if no
 * task statement has the number: the inspection may have been made without a draw.
 * @throws `draw.party`, `draw.population` if a population is invalid
 */
export function drawnParties(joint: Joint, { at, populations }: DrawnOptions): (finding: FindingRecord) => readonly JointFinding[] {
  const lists = populations.map(populationOf)
  const draws = new Map<string, Drawn>()
  return ({ record }) => {
    const { taskNo, party } = record
    const key = subjectKey(taskNo)
    if (!draws.has(key)) draws.set(key, drawnFor(joint, taskNo, at, lists))
    const drawn = draws.get(key)
    if (drawn === undefined || ('parties' in drawn && drawn.parties.has(party.uscc))) return []
    const params = { party: party.name, taskNo }
    return 'reason' in drawn
      ? [found('case.draw-not-compared', { status: 'unknown', params: { ...params, reason: drawn.reason } })]
      : [found('case.party-not-drawn', { status: 'warn', path: '/party/uscc', params })]
  }
}

function drawnFor(joint: Joint, taskNo: string, at: Instant, lists: readonly Population[]): Drawn {
  const draw = drawOf(joint, taskNo, { at })
  if (draw === undefined) return undefined
  const list = draw.population && lists.find(({ digest }) => digest === draw.population?.digest)
  const { state, parties } = list === undefined ? draw : (drawOf(joint, taskNo, { at, population: list.parties }) ?? draw)
  if (state === 'drawn' && parties !== undefined) return { parties: new Set(parties) }
  return { reason: REASONS[state === 'drawn' ? 'undecided' : state] }
}
