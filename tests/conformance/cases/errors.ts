/** Changes to fixtures with the findings expected from the rules of `conformance/errors`. */
import type { Case } from './case.ts'

export const cases: readonly Case[] = [
  {
    rule: 'table.error',
    of: 'F08',
    changes: [['/results/0/rows/1/2', '0.003']],
    finds: ['fail error.not-indication-minus-reference /results/0/rows/1/2'],
  },
  {
    rule: 'table.error: no more off than the rounding of the readings',
    of: 'F08',
    changes: [['/results/0/rows/1/2', '0.004']],
    finds: ['warn error.rounded-readings /results/0/columns/2'],
  },
  {
    rule: 'table.error',
    of: 'F08',
    changes: [['/results/0/rows/4/2', '0.009']],
    finds: ['fail error.not-indication-minus-reference /results/0/rows/4/2'],
  },
  {
    rule: 'table.error',
    of: 'F13',
    changes: [['/results/0/rows/2/2', '-0.16']],
    finds: ['fail error.not-indication-minus-reference /results/0/rows/2/2'],
  },
  {
    rule: 'table.error: a tie rounded up to an odd digit',
    of: 'F08',
    changes: [
      ['/results/0/rows/1/1', '2.0045'],
      ['/results/0/rows/1/2', '0.005'],
    ],
    finds: ['warn error.rounding /results/0/rows/1/2'],
  },
  {
    rule: 'table.error: a tie rounded to the even digit',
    of: 'F08',
    changes: [
      ['/results/0/rows/1/1', '2.0045'],
      ['/results/0/rows/1/2', '0.004'],
    ],
    finds: [],
  },
]
