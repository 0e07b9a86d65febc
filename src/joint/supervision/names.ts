/** Names of the states of a draw. */
import type { Text } from '../../base/message.js'
import type { DrawState } from './draw.js'

/** Name of each state of a draw, for people. */
export const drawStateNames: Readonly<Record<DrawState, Text>> = {
  committing: { zh: '等待抽取承诺', en: 'waiting for commitments' },
  revealing: { zh: '两机关均已承诺，等待公布随机数', en: 'both have committed; waiting for nonces' },
  revealed: { zh: '随机数均已公布，有名单即可复算', en: 'both nonces are revealed; with the list the parties are computed' },
  drawn: { zh: '抽取成立', en: 'drawn' },
  failed: { zh: '抽取不成立', en: 'the draw has failed' },
  undecided: { zh: '不能断定', en: 'undecided' },
}
