// Why this exists: each rule must find its fault where it is, call it by its code, weigh it rightly, and find nothing else.
import { instrumentCategories, specificationEditions } from 'tongheng/catalogue'
import { checkRecord } from 'tongheng/conformance'
import { type Code, codes } from 'tongheng/errors'
import type { AnyRecord } from 'tongheng/records'
import { fixtures, publications } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { type Change, change, valueAt } from '../records/change.ts'

type Id = keyof typeof fixtures

const findingsOf = (record: AnyRecord): string[] =>
  checkRecord(record)
    .checks.filter(({ status }) => status === 'fail' || status === 'warn')
    .map(({ id, code, status, path }) => `${status} ${code} ${path ?? '-'} (${id})`)

/** What a change to a fixture makes the rules say that they did not say before. */
const newFindings = (of: Id, changes: readonly Change[]): string[] => {
  const { record } = fixtures[of]
  const before = findingsOf(record)
  return findingsOf(change(record, ...changes)).filter((finding) => !before.includes(finding))
}

interface Case {
  readonly rule: string
  readonly of: Id
  readonly changes: readonly Change[]
  /** `status code path`, in the order of the report; all that is new. */
  readonly finds: readonly string[]
}

const trial = 'JJG 1204-2025(试行)'

/** A calibration by an enterprise: when, by which body, for which. */
interface Enterprise {
  readonly on?: string
  readonly uscc?: string
  readonly holder?: string | undefined
  readonly authorisationNo?: string
}

const cases: readonly Case[] = [
  // Identifiers
  {
    rule: 'identifier.uscc',
    of: 'F01',
    changes: [['/applicant/uscc', '91510100MA62KCT03W']],
    finds: ['fail uscc.check-character /applicant/uscc'],
  },
  {
    rule: 'identifier.uscc',
    of: 'F07',
    changes: [['/customer/uscc', '91510100MA62KCT03W']],
    finds: ['fail uscc.check-character /customer/uscc'],
  },
  {
    rule: 'identifier.uscc',
    of: 'F07',
    changes: [['/issuer/uscc', '125100004507123478']],
    finds: ['fail uscc.check-character /issuer/uscc'],
  },
  {
    rule: 'identifier.uscc',
    of: 'F10',
    changes: [['/publisher/uscc', '11500000MB1A678984']],
    finds: ['fail uscc.check-character /publisher/uscc'],
  },
  {
    rule: 'identifier.uscc',
    of: 'F01',
    changes: [['/applicant/uscc', '91510100MA6C1A2B5U']],
    finds: ['warn uscc.organisation-code /applicant/uscc'],
  },
  { rule: 'identifier.uscc', of: 'F01', changes: [['/applicant', { naturalPerson: true }]], finds: [] },
  {
    rule: 'identifier.authorisation',
    of: 'F01',
    changes: [['/issuer/authorisationNo', undefined]],
    finds: ['fail authorisation-number.missing /issuer'],
  },
  { rule: 'identifier.authorisation', of: 'F13', changes: [['/issuer/accreditationNo', undefined]], finds: [] },
  {
    rule: 'identifier.authorisation',
    of: 'F01',
    changes: [['/issuer/authorisationNo', '法计51012']],
    finds: ['warn authorisation-number.form /issuer/authorisationNo'],
  },
  { rule: 'identifier.authorisation', of: 'F01', changes: [['/issuer/authorisationNo', '(川) 法计〔2022〕51012号']], finds: [] },
  {
    rule: 'identifier.authorisation',
    of: 'F07',
    changes: [['/issuer/accreditationNo', 'CNAS 0000']],
    finds: ['warn accreditation-number.form /issuer/accreditationNo'],
  },
  {
    rule: 'identifier.specification',
    of: 'F01',
    changes: [['/basis/0/number', 'JJG 517']],
    finds: ['fail specification-number.form /basis/0/number'],
  },
  {
    rule: 'identifier.specification',
    of: 'F13',
    changes: [['/method/1/number', 'JJF(渝) 901']],
    finds: ['fail specification-number.form /method/1/number'],
  },
  { rule: 'identifier.specification', of: 'F10', changes: [['/number', '渝 901']], finds: ['fail specification-number.form /number'] },
  ...['JJG(交通) 056-2017', 'JJG（轻工）62—1992', 'JJG 99-90', 'JJF 1204-2025 试行'].map(
    (number): Case => ({
      rule: 'basis.in-force: numbers of genuine forms are read',
      of: 'F07',
      changes: [['/method/0/number', number]],
      finds: [`warn specification.edition-unknown /method/0/number`],
    }),
  ),
  ...['GB/T 16825.1-2022', 'ISO 376:2011', 'OIML R 76-1:2006', 'IEC 61672-3:2013', 'Q/CDJL-JZ-012', 'EURAMET cg-18'].map(
    (number): Case => ({
      rule: 'identifier.specification: any method of a calibration',
      of: 'F07',
      changes: [['/method/0/number', number]],
      finds: [],
    }),
  ),
  {
    rule: 'identifier.specification',
    of: 'F01',
    changes: [['/basis/0/number', 'JJG 517A-2016']],
    finds: ['warn specification-number.unusual /basis/0/number'],
  },
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
  {
    rule: 'identifier.assessment',
    of: 'F01',
    changes: [['/standards/0/assessment/number', 'C0412']],
    finds: ['warn assessment-number.form /standards/0/assessment/number'],
  },
  { rule: 'identifier.assessment', of: 'F01', changes: [['/standards/0/assessment/number', '[2011]冀社量标授证字第104号']], finds: [] },
  {
    rule: 'identifier.type-approval',
    of: 'F01',
    changes: [['/instrument/typeApprovalNo', 'F118']],
    finds: ['warn type-approval.form /instrument/typeApprovalNo'],
  },
  { rule: 'identifier.type-approval', of: 'F01', changes: [['/instrument/typeApprovalNo', 'CPA 99-F166']], finds: [] },
  {
    rule: 'identifier.type-approval',
    of: 'F01',
    changes: [
      ['/instrument/typeApprovalNo', undefined],
      ['/verificationType', 'initial'],
    ],
    finds: ['warn type-approval.missing /instrument'],
  },
  { rule: 'identifier.type-approval', of: 'F01', changes: [['/instrument/typeApprovalNo', undefined]], finds: [] },
  { rule: 'identifier.type-approval', of: 'F03', changes: [['/verificationType', 'initial']], finds: [] },
  {
    rule: 'identifier.instrument',
    of: 'F08',
    changes: [['/instrument/category', 'sundial']],
    finds: ['warn category.unknown /instrument/category'],
  },
  {
    rule: 'identifier.instrument',
    of: 'F01',
    changes: [['/instrument/serialNumber', undefined]],
    finds: ['warn serial.missing /instrument'],
  },
  ...['/', '—', '无', 'N/A'].map(
    (none): Case => ({
      rule: 'identifier.instrument',
      of: 'F07',
      changes: [['/instrument/serialNumber', none]],
      finds: ['warn serial.missing /instrument'],
    }),
  ),
  { rule: 'identifier.division', of: 'F01', changes: [['/place/division', '510200']], finds: ['warn division.unknown /place/division'] },
  { rule: 'identifier.division', of: 'F07', changes: [['/place/division', '500100']], finds: ['warn division.unknown /place/division'] },
  { rule: 'identifier.division', of: 'F07', changes: [['/place/division', '110101']], finds: [] },

  // Dates
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
  { rule: 'validity.interval', of: 'F04', changes: [['/validUntil', '2025-09-21']], finds: ['fail validity.too-long /validUntil'] },
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
    finds: ['fail validity.too-long /validUntil'],
  },
  {
    rule: 'validity.interval: an interval no source states',
    of: 'F01',
    changes: [['/validUntil', '2026-03-13']],
    finds: ['warn validity.too-long /validUntil'],
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
  // 渝市监公告〔2022〕4号: what an enterprise of Chongqing has for its own use, from 2022-01-27 to 2027-10-22.
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
  {
    rule: 'basis.in-force',
    of: 'F04',
    changes: [['/basis/0/number', 'JJG 443-2015']],
    finds: ['fail specification.abolished /basis/0/number'],
  },
  {
    rule: 'basis.in-force: the last day of the older edition',
    of: 'F04',
    changes: [
      ['/basis/0/number', 'JJG 443-2015'],
      ['/verifiedOn', '2024-04-30'],
      ['/validUntil', '2024-10-29'],
    ],
    finds: [],
  },
  {
    rule: 'basis.in-force: the first day of the newer edition',
    of: 'F04',
    changes: [
      ['/verifiedOn', '2024-05-01'],
      ['/validUntil', '2024-10-31'],
    ],
    finds: [],
  },
  {
    rule: 'basis.in-force: the day before the newer edition',
    of: 'F04',
    changes: [
      ['/verifiedOn', '2024-04-30'],
      ['/validUntil', '2024-10-29'],
    ],
    finds: ['fail specification.not-yet-in-force /basis/0/number'],
  },
  {
    rule: 'basis.in-force',
    of: 'F01',
    changes: [
      ['/basis/0/number', trial],
      ['/instrument/category', 'nawi-price'],
    ],
    finds: ['fail specification.not-yet-in-force /basis/0/number'],
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
    changes: [['/method/-', { number: 'JJG 52-2013' }]],
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

  // Units and numbers
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

  // Decision
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
    rule: 'decision.uncertainty',
    of: 'F09',
    changes: [
      ['/results/0/rows/1/5', '0.11'],
      ['/decisionRule', { rule: 'simple-acceptance' }],
    ],
    finds: ['fail decision.uncertainty-too-large /results/0/rows/1/5'],
  },
  {
    rule: 'decision.uncertainty: exactly a third',
    of: 'F09',
    changes: [
      ['/results/0/rows/1/5', '0.10'],
      ['/decisionRule', { rule: 'simple-acceptance' }],
    ],
    finds: [],
  },
  { rule: 'decision.uncertainty: a guard band makes up for it', of: 'F09', changes: [['/results/0/rows/1/5', '0.11']], finds: [] },
  {
    rule: 'verdict.limits: a weight within its limits, but not within those less U (OIML R 111-1:2004 5.3.1)',
    of: 'F09',
    changes: [['/results/0/rows/1/2', '-0.21']],
    finds: ['fail verdict.outside-limits /results/0/rows/1/6', 'fail outcome.outside-limits /outcome'],
  },
  // Supervision
  ...(
    [
      ['the bureau of the province', '11510000MB1F23451P', '511600', []],
      ['the bureau of the city, and a county of it', '11511600MB1C579079', '511623', []],
      ['a district of Chongqing, and the bureau of the municipality', '11500000MB1A678983', '500229', []],
      ['a body of the state', '11100000MB1C57907Y', '511600', []],
      ['the other province', '11500000MB1A678983', '511600', ['fail finding.outside-jurisdiction']],
      ['a place beyond the two provinces', '11511600MB1C579079', '520102', ['fail finding.outside-jurisdiction']],
      [
        'another city of the province, to which the case may have been assigned',
        '11511600MB1C579079',
        '510104',
        ['warn finding.outside-jurisdiction'],
      ],
      ['another district of Chongqing', '11500112MB1C334629', '500103', ['warn finding.outside-jurisdiction']],
      ['a district, where the place names its city only', '11510104MB1C57907W', '510100', ['warn finding.jurisdiction-not-judged']],
      ['a place without its division', '11511600MB1C579079', undefined, ['warn finding.jurisdiction-not-judged']],
      ['a bureau of a district our table does not have', '11500157MB1C57907H', '500112', ['warn finding.jurisdiction-not-judged']],
    ] as const
  ).map(
    ([whose, uscc, division, finds]): Case => ({
      rule: `finding.jurisdiction: ${whose}`,
      of: 'F14',
      changes: [
        ['/issuer/uscc', uscc],
        ['/place/division', division],
      ],
      finds: finds.map((found) => `${found} /place/division`),
    }),
  ),
  ...(
    [
      ['by an authority above both', ['11510000MB1F23451P'], '510104', []],
      ['by the state, across provinces', ['11100000MB1C57907Y'], '500112', []],
      ['by both provinces together', ['11510000MB1F23451P', '11500000MB1A678983'], '500112', []],
      [
        'by an authority that is not above the place',
        ['11510000MB1F23451P'],
        '500112',
        ['fail finding.outside-jurisdiction /designation/by'],
      ],
      ['by the authority of the place alone', ['11510100MB1C579073'], '510104', ['warn finding.outside-jurisdiction /designation/by']],
    ] as const
  ).map(
    ([by, codes, division, finds]): Case => ({
      rule: `finding.jurisdiction: designated ${by}`,
      of: 'F14',
      changes: [
        ['/place/division', division],
        ['/designation', { by: codes.map((uscc) => ({ uscc, name: '示例机关' })), documentNo: '示例指定〔2025〕1号' }],
      ],
      finds,
    }),
  ),
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

const stated = (finding: string): string => finding.slice(0, finding.lastIndexOf(' ('))

describe('rules over one record', () => {
  it.each([...Object.values(fixtures), ...publications])('$id conforms', ({ record }) => {
    expect(findingsOf(record).filter((finding) => finding.startsWith('fail'))).toEqual([])
  })

  const titled = cases.map((one) => [one.rule, one.of, one.finds.join(', ') || 'nothing', one] as const)
  it.each(titled)('%s on %s: %s', (_, of, __, { rule, changes, finds }) => {
    const found = newFindings(of, changes)
    expect(found.map(stated)).toEqual(finds)
    if (finds.length > 0) expect(found.some((finding) => finding.endsWith(`(${rule.split(':')[0]})`))).toBe(true)
  })

  it('names a rule, a code and a basis for each finding, in both languages', () => {
    for (const { of, changes } of cases) {
      for (const check of checkRecord(change(fixtures[of].record, ...changes)).checks) {
        expect(Object.hasOwn(codes, check.code), check.code).toBe(true)
        expect(check.basis.length).toBeGreaterThan(3)
        for (const text of [check.message, ...(check.advice === undefined ? [] : [check.advice])]) {
          expect(`${text.zh} ${text.en}`).not.toMatch(/\{[a-zA-Z]+\}|undefined|\[object/)
        }
      }
    }
  })

  it('counts rows from one for people, and from zero in pointers', () => {
    const checks = cases.flatMap(({ of, changes }) => checkRecord(change(fixtures[of].record, ...changes)).checks)
    let counted = 0
    for (const { path, message, code } of checks) {
      const row = /\/rows\/(\d+)/.exec(path ?? '')?.[1]
      if (row === undefined) continue
      counted++
      expect(message.zh, code).toContain(`第 ${Number(row) + 1} 行`)
      expect(message.en, code).toContain(`row ${Number(row) + 1}:`)
    }
    expect(counted).toBeGreaterThan(10)
    const concluded = checks
      .filter(({ code }) => code === 'outcome.row-failed' || code === 'outcome.outside-limits')
      .map(({ message }) => message.zh)
    expect(concluded.map((text) => /第 \d+ 行/.exec(text)?.[0])).toEqual(['第 3 行', '第 1 行', '第 2 行', '第 2 行', '第 1 行', '第 2 行'])
  })

  it('tells a rule that was kept from one that had nothing to judge', () => {
    const idle = (record: AnyRecord): string[] =>
      checkRecord(record)
        .checks.filter(({ code }) => code === 'not-applicable')
        .map(({ id }) => id)
    const cases: readonly [AnyRecord, kept: readonly string[], idle: readonly string[]][] = [
      [
        fixtures.F01.record,
        ['units.legal', 'verdict.limits', 'standards.fit'],
        ['table.error', 'uncertainty.digits', 'adjustment.results'],
      ],
      [fixtures.F08.record, ['table.error', 'decision.uncertainty'], ['validity.interval', 'table.hybrid', 'comparison.codes']],
      [fixtures.F10.record, ['specification.requirements', 'units.legal'], ['basis.in-force', 'signatories.independent', 'verdict.class']],
      [fixtures.F12.record, ['comparison.scores', 'supervision.joint'], ['verdict.limits', 'identifier.division', 'supervision.finding']],
      [
        fixtures.F14.record,
        ['supervision.finding', 'finding.jurisdiction', 'identifier.division'],
        ['comparison.codes', 'standards.valid', 'validity.presence'],
      ],
      [fixtures.F15.record, ['identifier.type-approval', 'amendment.names-original'], ['basis.regulation', 'table.form']],
    ]
    for (const [record, kept, nothing] of cases) {
      expect(idle(record)).toEqual(expect.arrayContaining([...nothing]))
      expect(idle(record).filter((id) => kept.includes(id))).toEqual([])
    }
  })
})

describe('what the catalogue is not sure of', () => {
  const unsure = [...specificationEditions.values()].filter(({ provenance }) => provenance.confidence !== 'published')

  it('never fails a record for the dates of an edition', () => {
    expect(unsure.length).toBeGreaterThan(20)
    for (const { number } of unsure) {
      const record = change(fixtures.F01.record, ['/basis', [{ number }]], ['/purpose', 'other'])
      const found = findingsOf(record).filter((finding) => finding.includes('(basis.in-force)'))
      expect(found.map(stated), number).toEqual(['warn specification.dates-unverified /basis/0/number'])
    }
  })

  it('never fails a record for an interval, and does where a source states it', () => {
    const codesFor = (category: string): string[] =>
      checkRecord(change(fixtures.F01.record, ['/instrument/category', category], ['/validUntil', '2099-12-31']))
        .checks.filter(({ id }) => id === 'validity.interval')
        .map(({ status, code }) => `${status} ${code}` as const)
    for (const { slug, interval } of instrumentCategories.values()) {
      const expected =
        interval === undefined
          ? 'skip not-applicable'
          : interval.provenance.confidence === 'published'
            ? 'fail validity.too-long'
            : 'warn validity.too-long'
      expect(codesFor(slug), slug).toEqual([expected])
    }
  })
})

describe('many findings of one rule', () => {
  const rows = (count: number, row: readonly (string | null)[]): Change => ['/results/0/rows', Array.from({ length: count }, () => row)]
  const wrong = ['2.000', '2.005', '0.002', '-0.025', '0.025', '0.006', 'pass']
  const tie = ['2.000', '2.0045', '0.005', '-0.025', '0.025', '0.006', 'pass']
  const found = (id: Code, change_: Change) =>
    checkRecord(change(fixtures.F08.record, change_)).checks.filter((check) => check.id === id && check.status !== 'pass')

  it('are all listed up to twenty', () => {
    expect(found('table.error', rows(20, wrong)).map(({ code }) => code)).toEqual(Array(20).fill('error.not-indication-minus-reference'))
  })

  it('are listed to twenty, then counted', () => {
    const checks = found('table.error', rows(45, wrong))
    expect(checks).toHaveLength(21)
    expect(checks.at(-1)).toMatchObject({
      code: 'findings.more',
      status: 'fail',
      message: { zh: expect.stringContaining('25'), en: expect.stringContaining('25') },
    })
    expect(checks.slice(0, 20).map(({ path }) => path)).toEqual(Array.from({ length: 20 }, (_, row) => `/results/0/rows/${row}/2`))
  })

  it('weigh no more together than each by itself', () => {
    expect(new Set(found('table.error', rows(45, tie)).map(({ status }) => status))).toEqual(new Set(['warn']))
  })

  it('fail where one that is only counted fails', () => {
    const mixed: Change = ['/results/0/rows', [...Array.from({ length: 30 }, () => tie), wrong]]
    const checks = found('table.error', mixed)
    expect(checks.slice(0, 20).every(({ status }) => status === 'warn')).toBe(true)
    expect(checks.at(-1)).toMatchObject({ code: 'findings.more', status: 'fail' })
  })
})
