/** The decision rule by which results were compared with their limits. */
import * as z from 'zod/mini'
import { about, grows, Line, named } from '../base/schema.js'

export const DecisionRule = named(
  'decision-rule',
  about(
    z.strictObject({
      rule: about(
        grows(['simple-acceptance', 'guarded-acceptance']),
        '简单接受（U≤MPEV/3）、设保护带接受',
        'Simple acceptance, or acceptance with a guard band',
        'JJF 1094—2002 5.3.1',
      ),
      guardBand: about(z.optional(grows(['expanded-uncertainty'])), '保护带：等于 U', 'Guard band: equal to U', 'ILAC-G8:09/2019'),
      source: about(z.optional(Line), '判定规则出处', 'Where the rule is documented'),
    }),
    '判定规则',
    'Decision rule',
    'ISO/IEC 17025:2017 7.8.6',
  ),
)
