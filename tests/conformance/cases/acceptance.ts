/** Changes to fixtures with the findings expected from the rules of `conformance/acceptance`. */
import type { Case } from './case.ts'

export const cases: readonly Case[] = [
  {
    rule: 'decision.uncertainty',
    of: 'F09',
    changes: [
      ['/results/0/rows/1/5', '0.11'],
      ['/decisionRule', { rule: 'simple-acceptance' }],
    ],
    finds: ['fail decision.uncertainty-too-large /results/0/rows/1/5'],
  },
  {
    rule: 'decision.uncertainty: exactly a third',
    of: 'F09',
    changes: [
      ['/results/0/rows/1/5', '0.10'],
      ['/decisionRule', { rule: 'simple-acceptance' }],
    ],
    finds: [],
  },
  { rule: 'decision.uncertainty: a guard band makes up for it', of: 'F09', changes: [['/results/0/rows/1/5', '0.11']], finds: [] },
]
