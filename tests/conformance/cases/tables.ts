/** Changes to fixtures with the findings expected from the rules of `conformance/tables`. */
import type { Case } from './case.ts'

export const cases: readonly Case[] = [
  {
    rule: 'table.form',
    of: 'F08',
    changes: [['/results/0/columns/1/role', 'reference']],
    finds: ['fail table.role-twice /results/0/columns/1'],
  },
  {
    rule: 'table.form',
    of: 'F07',
    changes: [['/results/0/columns/2/unit', undefined]],
    finds: ['fail table.unit-missing /results/0/columns/2'],
  },
  {
    rule: 'table.form',
    of: 'F01',
    changes: [['/results/0/columns/4/unit', '1']],
    finds: ['fail table.unit-on-verdict /results/0/columns/4/unit'],
  },
  {
    rule: 'table.form',
    of: 'F07',
    changes: [['/results/0/columns/3/k', undefined]],
    finds: ['fail table.coverage-missing /results/0/columns/3'],
  },
  { rule: 'table.form', of: 'F07', changes: [['/results/0/rows/1/3', undefined]], finds: ['fail table.row-length /results/0/rows/1'] },
  { rule: 'table.form', of: 'F07', changes: [['/results/0/rows/1/2', '0 kg']], finds: ['fail table.cell-number /results/0/rows/1/2'] },
  { rule: 'table.form', of: 'F01', changes: [['/results/0/rows/2/4', '合格']], finds: ['fail table.cell-verdict /results/0/rows/2/4'] },
  {
    rule: 'table.form',
    of: 'F01',
    changes: [['/results/0/columns/1/roundTo', '0']],
    finds: ['fail decimal.interval /results/0/columns/1/roundTo'],
  },
]
