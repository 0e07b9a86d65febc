/** Names of the phases of a round and the states of a laboratory. */
import type { Text } from '../../base/message.js'
import type { LaboratoryState } from './entries.js'
import type { RoundPhase } from './round.js'

/** Name of each phase of a round, for people. */
export const roundPhaseNames: Readonly<Record<RoundPhase, Text>> = {
  enrolling: { zh: '报名中', en: 'laboratories enrol' },
  measuring: { zh: '测量和提交中', en: 'laboratories measure and commit' },
  opening: { zh: '公开结果中', en: 'results are opened' },
  closed: { zh: '各截止日期已过', en: 'all deadlines are over' },
}

/** Name of each state of a laboratory, for people. */
export const laboratoryStateNames: Readonly<Record<LaboratoryState, Text>> = {
  enrolled: { zh: '已报名', en: 'enrolled' },
  committed: { zh: '已提交', en: 'committed' },
  opened: { zh: '已公开', en: 'opened' },
  withdrawn: { zh: '已退出', en: 'withdrawn' },
  late: { zh: '逾期', en: 'late' },
  missing: { zh: '未提交', en: 'missing' },
  unopened: { zh: '未公开', en: 'not opened' },
  undecided: { zh: '不能断定', en: 'undecided' },
}
