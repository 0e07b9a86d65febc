/** Changes to fixtures with the findings expected from the rules of `conformance/uncertainty`. */
import type { Case } from './case.ts'

export const cases: readonly Case[] = [
  {
    rule: 'uncertainty.digits',
    of: 'F07',
    changes: [['/results/0/rows/0/3', '123']],
    finds: ['fail uncertainty.too-many-digits /results/0/rows/0/3'],
  },
  { rule: 'uncertainty.digits: zeros that hold a place', of: 'F07', changes: [['/results/0/rows/0/3', '1200']], finds: [] },
  {
    rule: 'uncertainty.digits: zeros that were measured',
    of: 'F08',
    changes: [['/results/0/rows/1/5', '0.00600']],
    finds: ['fail uncertainty.too-many-digits /results/0/rows/1/5', 'fail uncertainty.place-differs /results/0/rows/1/5'],
  },
  {
    rule: 'uncertainty.place',
    of: 'F08',
    changes: [['/results/0/rows/1/5', '0.0060']],
    finds: ['fail uncertainty.place-differs /results/0/rows/1/5'],
  },
  { rule: 'uncertainty.place: nothing was measured', of: 'F08', changes: [['/results/0/rows/0/5', '0.005']], finds: [] },
]
