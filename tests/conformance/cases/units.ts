/** Changes to fixtures with the findings expected from the rules of `conformance/units`. */
import type { Case } from './case.ts'

export const cases: readonly Case[] = [
  {
    rule: 'units.legal',
    of: 'F08',
    changes: [['/results/0/columns/1/unit', 'kgf/cm2']],
    finds: ['warn error.not-judged /results/0/columns/2', 'fail unit.not-legal /results/0/columns/1/unit'],
  },
  {
    rule: 'units.legal',
    of: 'F08',
    changes: [['/environment/temperature/unit', '℃']],
    finds: ['fail unit.printed-symbol /environment/temperature/unit'],
  },
  { rule: 'units.legal', of: 'F08', changes: [['/instrument/range/unit', 'psi']], finds: ['fail unit.not-legal /instrument/range/unit'] },
  {
    rule: 'units.legal',
    of: 'F01',
    changes: [['/standards/0/maximumPermissibleError/unit', 'parsec']],
    finds: ['warn unit.unknown /standards/0/maximumPermissibleError/unit', 'warn standard.not-judged /standards/0/maximumPermissibleError'],
  },
  {
    rule: 'units.legal',
    of: 'F07',
    changes: [['/instrument/scaleInterval/unit', '公斤']],
    finds: ['fail unit.printed-symbol /instrument/scaleInterval/unit'],
  },
  {
    rule: 'units.legal',
    of: 'F01',
    changes: [['/environment/pressure', { lower: '700', upper: '720', unit: 'mmHg' }]],
    finds: ['fail unit.not-legal /environment/pressure/unit'],
  },
  ...(
    [
      ['Nm3/h', 'fail unit.reference-conditions'],
      ['Cel/min', 'fail unit.temperature-difference'],
      ['KPA', 'fail unit.misspelt'],
      ['分', 'fail unit.ambiguous'],
      ['W/m²·K', 'fail unit.stroke-ambiguous'],
      ['m/', 'fail unit.syntax'],
      ['ct', 'warn unit.customary'],
      ['mg/100.mL', 'warn unit.left-to-right'],
      ['pH', 'warn unit.picohenry'],
    ] as const
  ).map(
    ([unit, finding]): Case => ({
      rule: 'units.legal',
      of: 'F08',
      changes: [['/instrument/range/unit', unit]],
      finds: [`${finding} /instrument/range/unit`],
    }),
  ),
  ...[
    'var',
    'kvar.h',
    'mCel',
    'mSv/a',
    'Np',
    'B',
    'bit',
    '[pH]',
    '{HRC}',
    '{NTU}',
    '{CNY}',
    'm-1',
    '[ppb]',
    'mg/(100.mL)',
    '%{FS}',
    '{imp}/(kW.h)',
  ].map((unit): Case => ({ rule: 'units.legal', of: 'F08', changes: [['/instrument/range/unit', unit]], finds: [] })),
  {
    rule: 'units.legal: mmHg, of an instrument that is not listed',
    of: 'F08',
    changes: [
      ['/instrument/category', 'sundial'],
      ['/instrument/range/unit', 'mmHg'],
    ],
    finds: ['warn category.unknown /instrument/category', 'warn unit.blood-pressure-only /instrument/range/unit'],
  },
  ...(
    [
      ['/instrument/category', 'sphygmomanometer-automatic'],
      ['/instrument/name', '无创自动测量血压计模拟器'],
      ['/instrument/name', '多参数监护仪检定仪'],
      ['/results/0/name', { zh: '静态血压示值' }],
      ['/results/0/columns/1/name', { zh: '读数', en: 'systolic blood pressure' }],
    ] as const
  ).map(
    (named): Case => ({
      rule: 'units.legal: blood pressure, whatever box measures it',
      of: 'F08',
      changes: [['/instrument/range/unit', 'mm[Hg]'], named],
      finds: [],
    }),
  ),
  {
    rule: 'units.commensurable',
    of: 'F08',
    changes: [['/results/0/columns/5/unit', 'mm']],
    finds: ['warn unit.columns-differ /results/0/columns/5/unit'],
  },
  {
    rule: 'units.commensurable: a ratio, or a unit that is not known, is of any quantity',
    of: 'F08',
    changes: [['/results/0/columns/5/unit', '%']],
    finds: [],
  },
  {
    rule: 'units.legal: blood pressure may be in millimetres of mercury',
    of: 'F08',
    changes: [
      ['/instrument/range/unit', 'mm[Hg]'],
      ['/instrument/category', 'sphygmomanometer-manual'],
    ],
    finds: [],
  },
]
