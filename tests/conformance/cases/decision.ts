/** Changes to fixtures with the findings expected from the rules of `conformance/decision`. */
import { fixtures } from 'tongheng/testing'
import { valueAt } from '../../records/change.ts'
import type { Case } from './case.ts'

export const cases: readonly Case[] = [
  {
    rule: 'verdict.limits',
    of: 'F01',
    changes: [['/results/0/rows/2/1', '1.01']],
    finds: ['fail verdict.outside-limits /results/0/rows/2/4', 'fail outcome.outside-limits /outcome'],
  },
  {
    rule: 'verdict.limits',
    of: 'F02',
    changes: [['/results/0/rows/0/0', '1.00']],
    finds: ['fail verdict.within-limits /results/0/rows/0/3'],
  },
  {
    rule: 'verdict.limits',
    of: 'F09',
    changes: [['/results/0/rows/0/6', 'fail']],
    finds: ['fail verdict.within-limits /results/0/rows/0/6', 'fail outcome.row-failed /outcome'],
  },
  { rule: 'verdict.outcome', of: 'F03', changes: [['/results/0/rows/1/3', 'fail']], finds: ['fail outcome.row-failed /outcome'] },
  {
    rule: 'verdict.outcome',
    of: 'F08',
    changes: [['/results/0/rows/1', ['2.000', '2.026', '0.026', '-0.025', '0.025', '0.006', 'not-applicable']]],
    finds: ['fail outcome.outside-limits /conformity/outcome'],
  },
  {
    rule: 'verdict.outcome',
    of: 'F02',
    changes: [
      ['/outcome', 'pass'],
      ['/validUntil', '2026-04-01'],
    ],
    finds: ['fail outcome.row-failed /outcome'],
  },
  {
    rule: 'verdict.outcome',
    of: 'F03',
    changes: [
      ['/outcome', 'fail'],
      ['/validUntil', undefined],
    ],
    finds: ['fail outcome.no-failed-item /outcome'],
  },
  {
    rule: 'verdict.outcome',
    of: 'F08',
    changes: [['/conformity/outcome', 'not-conforming']],
    finds: ['fail outcome.no-failed-item /conformity/outcome'],
  },
  {
    rule: 'verdict.outcome: no item is judged at all',
    of: 'F07',
    changes: [['/conformity', { statement: { zh: '不符合' }, outcome: 'not-conforming', decisionRule: { rule: 'simple-acceptance' } }]],
    finds: ['warn outcome.no-data /conformity/outcome'],
  },
  {
    rule: 'verdict.outcome: what was found before adjustment does not decide',
    of: 'F02',
    changes: [
      ['/validUntil', '2026-04-01'],
      ['/results/0/state', 'as-found'],
      [
        '/results/-',
        {
          ...(valueAt(fixtures.F02.record, '/results/0') as object),
          id: 'after',
          state: 'as-left',
          rows: [['0.30', '-4.0', '1.0', 'pass']],
        },
      ],
      ['/adjustment', { description: { zh: '调整特征系数' } }],
      ['/outcome', 'pass'],
    ],
    finds: [],
  },
  {
    rule: 'decision.rule',
    of: 'F08',
    changes: [['/conformity/decisionRule', undefined]],
    finds: ['fail decision.rule-missing /conformity'],
  },
  {
    rule: 'verdict.limits: a weight within its limits, but not within those less U (OIML R 111-1:2004 5.3.1)',
    of: 'F09',
    changes: [['/results/0/rows/1/2', '-0.21']],
    finds: ['fail verdict.outside-limits /results/0/rows/1/6', 'fail outcome.outside-limits /outcome'],
  },
  {
    rule: 'signatories.independent',
    of: 'F01',
    changes: [['/signatories/checker', { name: '张某' }]],
    finds: ['fail signatories.same-person /signatories/checker'],
  },
  {
    rule: 'signatories.independent',
    of: 'F07',
    changes: [['/signatories/checker', { name: ' 秦某 ' }]],
    finds: ['fail signatories.same-person /signatories/checker'],
  },
  {
    rule: 'signatories.independent: two people of one name',
    of: 'F01',
    changes: [['/signatories/checker', { name: '张某', registrationNo: '另一号' }]],
    finds: [],
  },
  { rule: 'signatories.independent: nobody checked', of: 'F07', changes: [['/signatories/checker', undefined]], finds: [] },
  {
    rule: 'adjustment.results',
    of: 'F01',
    changes: [['/adjustment', { description: { zh: '更换传感器' } }]],
    finds: ['warn adjustment.results-missing /adjustment'],
  },
  { rule: 'adjustment.results', of: 'F07', changes: [['/results/0/state', 'as-left']], finds: ['warn adjustment.not-described /results'] },
  { rule: 'adjustment.results', of: 'F07', changes: [['/results/0/state', 'as-found']], finds: [] },
]
