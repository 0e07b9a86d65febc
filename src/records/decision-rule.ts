/** The decision rule by which results were compared with their limits. */
import * as z from 'zod/mini'
import type { Described } from '../base/faults.js'
import { grows, Line, named } from '../base/schema.js'

export const DecisionRule = named(
  'decision-rule',
  z.strictObject({
    rule: grows(['simple-acceptance', 'guarded-acceptance']),
    guardBand: z.optional(grows(['expanded-uncertainty'])),
    source: z.optional(Line),
  }),
)

/** Descriptions of the members, for schemas, types and messages. Separate from the schema, so that verification does not load them. */
export const decisionRuleTexts = {
  'decision-rule': {
    '': ['判定规则', 'Decision rule', 'ISO/IEC 17025:2017 7.8.6'],
    rule: ['简单接受（U≤MPEV/3）、设保护带接受', 'Simple acceptance, or acceptance with a guard band', 'JJF 1094—2002 5.3.1'],
    guardBand: ['保护带：等于 U', 'Guard band: equal to U', 'ILAC-G8:09/2019'],
    source: ['判定规则出处', 'Where the rule is documented'],
  },
} as const satisfies Described
