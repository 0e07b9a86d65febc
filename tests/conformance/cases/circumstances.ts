/** Changes to fixtures with the findings expected from the rules of `conformance/circumstances`. */
import type { Case } from './case.ts'

const stroke = { id: 'clock', name: { zh: '时钟误差' }, columns: [{ role: 'verdict', name: { zh: '结论' } }] }

export const cases: readonly Case[] = [
  { rule: 'verification.circumstances: a cause that goes with its type', of: 'F01', changes: [['/cause', 'after-repair']], finds: [] },
  { rule: 'verification.circumstances: a dispute of any type', of: 'F01', changes: [['/cause', 'dispute']], finds: [] },
  {
    rule: 'verification.circumstances: both faults of one certificate',
    of: 'F01',
    changes: [
      ['/cause', 'mandatory-initial'],
      ['/mode', 'remote'],
    ],
    finds: ['warn verification.cause-differs /cause', 'warn verification.remote /mode'],
  },
  { rule: 'verification.circumstances: not combined', of: 'F01', changes: [['/combinedWithFactory', false]], finds: [] },
  {
    rule: 'verification.circumstances: a stamp of cancellation on a notice',
    of: 'F02',
    changes: [['/marks', [{ kind: 'cancellation', on: '2025-04-02' }]]],
    finds: [],
  },
  {
    rule: 'verification.failed-items: a table whose row fails',
    of: 'F02',
    changes: [['/failedItems', [{ name: { zh: '计程误差' }, table: 'distance-error' }]]],
    finds: [],
  },
  {
    rule: 'verification.failed-items: an item without a table may stand for any',
    of: 'F02',
    changes: [
      ['/results/-', { ...stroke, rows: [['fail']] }],
      ['/failedItems', [{ name: { zh: '计程误差' }, table: 'distance-error' }, { name: { zh: '外观' } }]],
    ],
    finds: [],
  },
  {
    rule: 'verification.failed-items: rows before an adjustment do not count',
    of: 'F02',
    changes: [
      ['/results/-', { ...stroke, state: 'as-found', rows: [['fail']] }],
      ['/failedItems', [{ name: { zh: '计程误差' }, table: 'distance-error' }]],
    ],
    finds: [],
  },
  {
    rule: 'verdict.outcome: a failed item that no table holds is named, and cannot be compared',
    of: 'F02',
    changes: [
      ['/results/0/rows', [['0.30', '-4.0', '1.0', 'pass']]],
      ['/failedItems', [{ name: { zh: '外观：铅封破损' } }]],
    ],
    finds: [],
  },
  {
    rule: 'verdict.outcome: a failed item whose table passes names nothing',
    of: 'F02',
    changes: [
      ['/results/0/rows', [['0.30', '-4.0', '1.0', 'pass']]],
      ['/failedItems', [{ name: { zh: '计程误差' }, table: 'distance-error' }]],
    ],
    finds: ['fail outcome.no-failed-item /outcome', 'fail failed-items.not-failed /failedItems/0'],
  },
  {
    rule: 'standards.roles: a reference material beside the assessment of its system',
    of: 'F08',
    changes: [
      ['/standards/-', { name: '装置', role: 'system', assessment: { number: '〔2022〕川量标法证字第C0412号', validUntil: '2027-05-10' } }],
      ['/standards/-', { name: '标准物质', role: 'standard', referenceMaterial: { number: 'GBW 08606', validUntil: '2026-01-01' } }],
    ],
    finds: [],
  },
  {
    rule: 'standards.roles: an assessment of a reference material',
    of: 'F08',
    changes: [
      [
        '/standards/-',
        {
          name: '标准物质',
          referenceMaterial: { number: 'SRM 1828c' },
          assessment: { number: '〔2022〕川量标法证字第C0412号', validUntil: '2027-05-10' },
        },
      ],
    ],
    finds: ['warn standard.assessment-misplaced /standards/1/assessment'],
  },
  {
    rule: 'standards.valid: a reference material on its last day',
    of: 'F08',
    changes: [['/standards/0/referenceMaterial', { number: 'GBW（E）130229', validUntil: '2025-03-12' }]],
    finds: [],
  },
  {
    rule: 'instrument.ranges: printed in another unit, not compared',
    of: 'F08',
    changes: [['/instrument/rangeText', '(0～100) bar']],
    finds: [],
  },
  {
    rule: 'instrument.ranges: a vacuum range, with a minus sign of any kind',
    of: 'F08',
    changes: [
      ['/instrument/range', { lower: '-0.1', upper: '2.4', unit: 'MPa' }],
      ['/instrument/rangeText', '－0.1～2.4MPa'],
    ],
    finds: [],
  },
  {
    rule: 'supervision.finding: a calibration certificate is no proof of verification',
    of: 'F14b',
    changes: [
      ['/finding', 'not-verified'],
      ['/certificate/document', 'calibration'],
    ],
    finds: [],
  },
]
