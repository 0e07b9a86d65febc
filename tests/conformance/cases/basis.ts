/** Changes to fixtures with the findings expected from the rules of `conformance/basis`. */
import type { Change } from '../../records/change.ts'
import { type Case, trial } from './case.ts'

/** The category of a regulation, where it is not of the instrument of F06. */
const categoryOf = (number: string): Change[] =>
  number.startsWith('JJG 443')
    ? [['/instrument/category', 'fuel-dispenser']]
    : number === trial
      ? [['/instrument/category', 'nawi-price']]
      : []

export const cases: readonly Case[] = [
  ...['JJG(交通) 056-2017', 'JJG（轻工）62—1992', 'JJG 99-90', 'JJF 1204-2025 试行'].map(
    (number): Case => ({
      rule: 'basis.in-force: numbers of genuine forms are read',
      of: 'F07',
      changes: [['/method/0/number', number]],
      finds: [`warn specification.edition-unknown /method/0/number`],
    }),
  ),
  {
    rule: 'basis.regulation',
    of: 'F01',
    changes: [['/basis/0/number', 'JJG 577-2012']],
    finds: ['warn basis.other-category /basis/0/number', 'warn specification.dates-unverified /basis/0/number'],
  },
  {
    rule: 'basis.regulation: a further regulation is not its business',
    of: 'F09',
    changes: [['/basis/-', { number: 'JJG 657-2019' }]],
    finds: [],
  },
  {
    rule: 'basis.in-force: a part of an older category has the regulations of the whole',
    of: 'F09',
    changes: [
      ['/basis', [{ number: 'JJG 49-2013' }]],
      ['/instrument/category', 'pressure-gauge-general'],
      ['/validUntil', '2025-06-16'],
    ],
    finds: ['warn specification.dates-unverified /basis/0/number'],
  },
  {
    rule: 'basis.regulation',
    of: 'F01',
    changes: [['/basis/-', { number: 'JJF(渝) 901-2024' }]],
    finds: [],
  },
  {
    rule: 'basis.regulation',
    of: 'F01',
    changes: [
      ['/basis/0/number', 'JJF(渝) 901-2024'],
      ['/basis/-', { number: 'JJF(川) 1-2020' }],
    ],
    finds: ['fail basis.not-regulation /basis/0/number', 'fail basis.not-regulation /basis/1/number'],
  },
  ...(['trade', 'safety', 'medical', 'environment', 'standard', 'other'] as const).map(
    (purpose): Case => ({
      rule: 'basis.regulation',
      of: 'F05',
      changes: [
        ['/basis/0/number', 'JJF(川) 1-2020'],
        ['/purpose', purpose],
      ],
      finds: ['fail basis.not-regulation /basis/0/number'],
    }),
  ),
  ...(
    [
      // a successor with a reliable source: fails
      ['JJG 657-2006', '2020-03-26', []],
      ['JJG 657-2006', '2020-03-27', ['fail specification.abolished /basis/0/number']],
      ['JJG 657-2019', '2020-03-26', ['fail specification.not-yet-in-force /basis/0/number']],
      ['JJG 657-2019', '2020-03-27', []],
      // a weak source, or a doubtful date: warns
      ['JJG 443-2015', '2024-04-30', ['warn specification.dates-unverified /basis/0/number']],
      ['JJG 443-2015', '2024-05-01', ['warn specification.perhaps-not-in-force /basis/0/number']],
      ['JJG 443-2023', '2024-04-30', ['warn specification.perhaps-not-in-force /basis/0/number']],
      ['JJG 443-2023', '2024-05-01', ['warn specification.dates-unverified /basis/0/number']],
      [trial, '2025-03-12', ['warn specification.perhaps-not-in-force /basis/0/number']],
      // replaced in part
      ['JJG 1021-2007', '2025-03-12', ['warn specification.dates-unverified /basis/0/number']],
    ] as const
  ).map(
    ([number, day, finds]): Case => ({
      rule: 'basis.in-force',
      of: 'F06',
      changes: [['/basis', [{ number }]], ...categoryOf(number), ['/verifiedOn', day], ['/validUntil', day]],
      finds: [...finds],
    }),
  ),
  {
    rule: 'basis.in-force: what is not known is told once',
    of: 'F09',
    changes: [
      [
        '/basis',
        [
          { number: 'JJG 52-2013' },
          { number: 'JJG 577-2012' },
          { number: 'JJG 657-2006' },
          { number: 'JJG 49-2013' },
          { number: 'JJG 99-2022' },
        ],
      ],
    ],
    finds: ['fail specification.abolished /basis/2/number', 'warn specification.dates-unverified /basis/0/number'],
  },
  {
    rule: 'basis.in-force',
    of: 'F01',
    changes: [['/basis/0/number', 'JJG 517-2024']],
    finds: ['warn specification.edition-unknown /basis/0/number'],
  },
  {
    rule: 'basis.in-force: an edition of a ministry',
    of: 'F01',
    changes: [['/basis/0/number', 'JJG（交通）056—2017']],
    finds: ['warn specification.edition-unknown /basis/0/number'],
  },
  {
    rule: 'basis.in-force: dates no source states',
    of: 'F09',
    changes: [['/basis/-', { number: 'JJG 52-2013' }]],
    finds: ['warn specification.dates-unverified /basis/1/number'],
  },
  {
    rule: 'basis.in-force: dates no source states',
    of: 'F08',
    changes: [['/method', [{ number: 'JJG 657-2019' }, { number: 'JJG 52-2013' }]]],
    finds: ['warn specification.dates-unverified /method/1/number'],
  },
  { rule: 'basis.in-force: a local edition is not its business', of: 'F13', changes: [['/method/1/number', 'JJF(渝) 1-2099']], finds: [] },
  {
    rule: 'basis.national-first',
    of: 'F01',
    changes: [['/basis/-', { number: 'JJG(川) 177-2020' }]],
    finds: ['warn basis.national-exists /basis/1/number'],
  },
  {
    rule: 'basis.national-first',
    of: 'F01',
    changes: [['/basis/-', { number: 'JJG(川渝) 177-2020' }]],
    finds: ['warn basis.national-exists /basis/1/number'],
  },
  {
    rule: 'basis.national-first: there is no national one',
    of: 'F01',
    changes: [
      ['/basis/0/number', 'JJG(川) 177-2020'],
      ['/instrument/category', 'torque-transducer'],
    ],
    finds: [],
  },
]
