/** Reduces the verdict of a label to one word, for a person at the instrument. */

import type { Code, Text } from '../base/message.js'
import { anObject, checkArgument } from '../base/options.js'
import { decidingCheck } from '../verify/index.js'
import { say } from './messages.js'
import { ABOUT_THE_RECORD, type LabelVerdict } from './verify-label.js'

/**
 * `good`: recognised, or valid in its own province. `failed`: the instrument failed its verification. `forged`: the named issuer did not
 * sign it. `refused`: any other fault. `unknown`: the verifier lacks a fact.
 */
export type LabelAnswer = keyof typeof WORDS

const WORDS = {
  good: say('label.answer-good'),
  failed: say('label.answer-failed'),
  expired: say('label.answer-expired'),
  revoked: say('label.answer-revoked'),
  suspended: say('label.answer-suspended'),
  superseded: say('label.answer-superseded'),
  'out-of-scope': say('label.answer-out-of-scope'),
  forged: say('label.answer-forged'),
  damaged: say('label.answer-damaged'),
  'not-ours': say('label.answer-not-ours'),
  'not-supported': say('label.answer-not-supported'),
  refused: say('label.answer-refused'),
  unknown: say('label.answer-unknown'),
} as const satisfies Readonly<Record<string, Text>>

/** Answers by the code of the deciding check. */
const BY_CODE: { readonly [C in Code]?: LabelAnswer } = {
  'outcome.failed-verification': 'failed',
  'validity.expired': 'expired',
  'status.revoked': 'revoked',
  'status.suspended': 'suspended',
  'status.superseded': 'superseded',
  'label.damaged': 'damaged',
  'label.not-ours': 'not-ours',
  'label.version': 'not-supported',
}

/** The answer and its text. */
export function labelAnswer(verdict: LabelVerdict): { readonly answer: LabelAnswer; readonly text: Text } {
  checkArgument('labelAnswer', 'verdict', verdict, anObject)
  const answer = answerOf(verdict)
  const { zh, en } = WORDS[answer]
  return { answer, text: { zh, en } }
}

function answerOf(verdict: LabelVerdict): LabelAnswer {
  if (verdict.outcome === 'recognised') return 'good'
  const { id, code, group } = decidingCheck(verdict)
  const known = BY_CODE[code]
  if (known !== undefined) return known
  if (verdict.outcome === 'indeterminate') return 'unknown'
  if (id === 'issuer.scope') return 'out-of-scope'
  return (group === 'authenticity' && !ABOUT_THE_RECORD.has(id)) || group === 'shape' ? 'forged' : 'refused'
}
