/** Changes to fixtures with the findings expected from the rules of `conformance/identity`. */
import type { Case } from './case.ts'

export const cases: readonly Case[] = [
  ...[
    '川A·T0001',
    '渝A12345D',
    '川AD12345',
    '渝A·1234挂',
    '川A·1234学',
    '川A·1234警',
    '粤Z·1234港',
    '粤Z·1234澳',
    '川A·1234领',
    '川X·0001应急',
    'WJ川12345',
    'WJ12345',
    'KA12345',
    '使224578',
    '224578使',
    '临川A12345',
  ].map((plate): Case => ({ rule: 'identifier.plate', of: 'F01', changes: [['/instrument/mobile/plate', plate]], finds: [] })),
  ...['川A123456', '川AI1O34', '川A12O45', '川O12345', '川AL12345', '鿿A12345'].map(
    (plate): Case => ({
      rule: 'identifier.plate',
      of: 'F01',
      changes: [['/instrument/mobile/plate', plate]],
      finds: ['warn plate.form /instrument/mobile/plate'],
    }),
  ),
  {
    rule: 'identifier.characters',
    of: 'F01',
    changes: [['/instrument/serialNumber', '\u0410BC-1']],
    finds: ['warn identifier.lookalike /instrument/serialNumber'],
  },
  {
    rule: 'record.personal-number',
    of: 'F01',
    changes: [['/signatories/verifier/name', '张某 11010519491231002X']],
    finds: ['warn personal-number.stated /signatories/verifier/name'],
  },
]
