/** Changes to fixtures with the findings expected from the rules of `conformance/supervision`. */
import type { Case } from './case.ts'

export const cases: readonly Case[] = [
  ...(
    ['seized-in-place', 'seized', 'warned', 'publicly-criticised', 'fined', 'gains-confiscated', 'instrument-confiscated'] as const
  ).flatMap((code): Case[] => [
    {
      rule: `supervision.measures: ${code} without a number`,
      of: 'F14',
      changes: [['/measures/-', { code }]],
      finds: ['warn measure.case-number /measures/2'],
    },
    { rule: `supervision.measures: ${code}`, of: 'F14', changes: [['/measures/-', { code, caseNo: '广市监罚〔2025〕7号' }]], finds: [] },
  ]),
  ...(['sealed', 'production-stopped', 'sale-stopped', 'compensation-ordered', 'use-stopped'] as const).map(
    (code): Case => ({ rule: `supervision.measures: ${code}`, of: 'F14', changes: [['/measures/-', { code }]], finds: [] }),
  ),
]
