/** Changes to fixtures with the findings expected from the rules of `conformance/dates`. */
import type { Case, Enterprise } from './case.ts'

export const cases: readonly Case[] = [
  { rule: 'dates.order', of: 'F01', changes: [['/validUntil', '2025-03-11']], finds: ['fail dates.order-wrong /validUntil'] },
  { rule: 'dates.order', of: 'F01', changes: [['/validUntil', '2025-03-12']], finds: [] },
  { rule: 'dates.order', of: 'F08', changes: [['/receivedOn', '2025-03-13']], finds: ['fail dates.order-wrong /calibratedOn'] },
  { rule: 'dates.order', of: 'F08', changes: [['/calibrationBegan', '2025-03-09']], finds: ['fail dates.order-wrong /calibrationBegan'] },
  { rule: 'dates.order', of: 'F08', changes: [['/issuedOn', '2025-03-11']], finds: ['fail dates.order-wrong /issuedOn'] },
  { rule: 'dates.order', of: 'F10', changes: [['/effectiveOn', '2024-11-19']], finds: ['fail dates.order-wrong /effectiveOn'] },
  { rule: 'dates.order', of: 'F10', changes: [['/abolishedOn', '2025-01-19']], finds: ['fail dates.order-wrong /abolishedOn'] },
  { rule: 'validity.presence', of: 'F02', changes: [['/validUntil', '2026-04-01']], finds: ['fail validity.on-notice /validUntil'] },
  {
    rule: 'validity.presence',
    of: 'F01',
    changes: [['/verificationType', 'in-service-inspection']],
    finds: ['fail validity.on-inspection /validUntil'],
  },
  {
    rule: 'validity.presence',
    of: 'F01',
    changes: [
      ['/verificationType', 'in-service-inspection'],
      ['/validUntil', undefined],
    ],
    finds: [],
  },
  { rule: 'validity.presence', of: 'F01', changes: [['/validUntil', undefined]], finds: ['warn validity.missing /validUntil'] },
  {
    rule: 'validity.presence: outside mandatory control as well',
    of: 'F01',
    changes: [
      ['/validUntil', undefined],
      ['/purpose', 'other'],
    ],
    finds: ['warn validity.missing /validUntil'],
  },
  { rule: 'validity.interval', of: 'F04', changes: [['/validUntil', '2025-09-20']], finds: [] },
  { rule: 'validity.interval', of: 'F04', changes: [['/validUntil', '2025-09-21']], finds: ['warn validity.perhaps-too-long /validUntil'] },
  {
    rule: 'validity.interval: a month without the day',
    of: 'F04',
    changes: [
      ['/verifiedOn', '2024-08-31'],
      ['/validUntil', '2025-02-28'],
    ],
    finds: ['warn validity.month-end /validUntil'],
  },
  {
    rule: 'validity.interval: a month without the day',
    of: 'F04',
    changes: [
      ['/verifiedOn', '2024-08-31'],
      ['/validUntil', '2025-02-27'],
    ],
    finds: [],
  },
  {
    rule: 'validity.interval: a month without the day',
    of: 'F04',
    changes: [
      ['/verifiedOn', '2024-08-31'],
      ['/validUntil', '2025-03-01'],
    ],
    finds: ['warn validity.perhaps-too-long /validUntil'],
  },
  {
    rule: 'validity.interval: an interval no source states',
    of: 'F01',
    changes: [['/validUntil', '2026-03-13']],
    finds: ['warn validity.perhaps-too-long /validUntil'],
  },
  { rule: 'standards.valid', of: 'F01', changes: [['/standards/0/trace/validUntil', '2025-03-12']], finds: [] },
  {
    rule: 'standards.valid',
    of: 'F01',
    changes: [['/standards/0/trace/validUntil', '2025-03-11']],
    finds: ['fail standard.expired /standards/0/trace/validUntil'],
  },
  {
    rule: 'standards.valid',
    of: 'F08',
    changes: [['/standards/0/trace/validUntil', '2025-03-11']],
    finds: ['fail standard.expired /standards/0/trace/validUntil'],
  },
  { rule: 'standards.valid', of: 'F01', changes: [['/standards/0/assessment/validUntil', '2025-03-12']], finds: [] },
  {
    rule: 'standards.valid',
    of: 'F01',
    changes: [['/standards/0/assessment/validUntil', '2025-03-11']],
    finds: ['fail standard.assessment-expired /standards/0/assessment/validUntil'],
  },
  // 渝市监公告〔2022〕4号: intervals for instruments of Chongqing enterprises for their own use, from 2022-01-27 to 2027-10-22.
  ...(
    [
      ['an enterprise in Chongqing, for itself', {}, 'warn'],
      ['on the first day of the pilot', { on: '2022-01-27' }, 'warn'],
      ['before the pilot', { on: '2022-01-26' }, 'fail'],
      ['on the last day of the pilot', { on: '2027-10-22' }, 'warn'],
      ['after the pilot', { on: '2027-10-23' }, 'fail'],
      ['for another', { holder: '91510100MA6C1A2B4Q' }, 'fail'],
      ['for one that is not named', { holder: undefined }, 'fail'],
      ['an authorised body', { authorisationNo: '（渝）法计（2022）50001号' }, 'fail'],
      ['an enterprise in Sichuan', { uscc: '91510100MA6C1A2B4Q' }, 'fail'],
      ['an institute of Chongqing', { uscc: '125000004504012315' }, 'fail'],
    ] as readonly (readonly [string, Enterprise, 'warn' | 'fail'])[]
  ).map(([whose, given, weight]): Case => {
    const { on = '2025-03-12', uscc = '91500112MA5U7K3PXG', authorisationNo } = given
    const holder = 'holder' in given ? given.holder : uscc
    return {
      rule: `standards.valid: ${whose}`,
      of: 'F08',
      changes: [
        ['/issuer/uscc', uscc],
        ['/issuer/authorisationNo', authorisationNo],
        ['/customer/uscc', holder],
        ['/receivedOn', undefined],
        ['/calibratedOn', on],
        ['/issuedOn', on],
        ['/standards', [{ name: '标准器', assessment: { number: '〔2017〕渝量标法证字第S0042号', validUntil: '2022-01-25' } }]],
      ],
      finds: [`${weight} standard.assessment-expired /standards/0/assessment/validUntil`],
    }
  }),
  {
    rule: 'standards.valid: the standard of an inspection on the spot',
    of: 'F14',
    changes: [['/standards', [{ name: '标准金属量器', trace: { certificateNo: 'SCJL-2024-5120', validUntil: '2025-05-12' } }]]],
    finds: ['fail standard.expired /standards/0/trace/validUntil'],
  },
  {
    rule: 'standards.valid: valid on the day of the inspection',
    of: 'F14',
    changes: [['/standards', [{ name: '标准金属量器', trace: { certificateNo: 'SCJL-2024-5120', validUntil: '2025-05-13' } }]]],
    finds: [],
  },
]
