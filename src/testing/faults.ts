/** For every code of the rules over one record: a fixture, and the changes that produce the code. */
import type { AnyRecord } from '../records/index.js'
import { type Change, change } from './change.js'
import { type Fault, fault } from './fault.js'
import { fixtures } from './fixtures.js'
import { comparisonFaults, supervisionFaults } from './joint-faults.js'
import { verdict } from './record-parts.js'

const pressure = '/results/0'
/** Adds a budget to the second row. */
const budget = (...entries: object[]): Change => [
  `${pressure}/budgets`,
  [{ row: 1, entries: entries.map((entry) => ({ source: { zh: '标准器' }, type: 'B', ...entry })) }],
]
/** A table of readings without limits and verdicts. */
const DATA_ONLY = {
  columns: [
    { role: 'reference', name: { zh: '标准值' }, unit: 'MPa' },
    { role: 'indication', name: { zh: '示值' }, unit: 'MPa' },
  ],
  rows: [['2.000', '2.005']],
} as const

/** Both strokes of the pressure table, and a hysteresis error; the correct one is 0.003 MPa. */
const strokes = (hysteresis: string | null): Change[] => [
  [
    `${pressure}/columns`,
    [
      { role: 'reference', name: { zh: '标准值' }, unit: 'MPa' },
      { role: 'indication', name: { zh: '升程示值' }, unit: 'MPa', direction: 'rising' },
      { role: 'indication', name: { zh: '降程示值' }, unit: 'MPa', direction: 'falling' },
      { role: 'hysteresis', name: { zh: '回程误差' }, unit: 'MPa' },
      { role: 'upper-limit', name: { zh: '允许值' }, unit: 'MPa' },
      { role: 'uncertainty', name: { zh: '扩展不确定度' }, unit: 'MPa', k: '2' },
    ],
  ],
  [`${pressure}/rows`, [['2.000', '2.002', '2.005', hysteresis, '0.025', '0.006']]],
]

/** Turns the record of one instrument into a batch. */
const batch = (...lines: object[]): Change[] => [
  ['/instrument/serialNumber', undefined],
  ['/instruments', lines],
]

/** One fault for each code of a rule. */
export const faults: readonly Fault[] = [
  // Identifiers
  fault('uscc.check-character', 'F01', ['/applicant/uscc', '91510100MA62KCT03W']),
  fault('uscc.organisation-code', 'F01', ['/applicant/uscc', '91510100MA6C1A2B5U']),
  fault('authorisation-number.missing', 'F01', ['/issuer/authorisationNo', undefined]),
  fault('authorisation-number.form', 'F01', ['/issuer/authorisationNo', '法计51012']),
  fault('accreditation-number.form', 'F07', ['/issuer/accreditationNo', 'CNAS 0000']),
  fault('specification-number.form', 'F01', ['/basis/0/number', 'JJG 517']),
  fault('specification-number.unusual', 'F01', ['/basis/0/number', 'JJG 517A-2016']),
  fault('plate.form', 'F01', ['/instrument/mobile/plate', '川AI1O34']),
  fault('identifier.lookalike', 'F01', ['/instrument/serialNumber', '\u0410BC2211-0937']),
  fault('number.placeholder', 'F01', ['/certificateNo', '／']),
  fault('personal-number.stated', 'F01', ['/signatories/verifier/name', '张某 11010519491231002X']),
  fault('assessment-number.form', 'F01', ['/standards/0/assessment/number', 'C0412']),
  fault('type-approval.form', 'F15', ['/number', 'F118']),
  fault('type-approval.missing', 'F01', ['/verificationType', 'initial'], ['/instrument/typeApprovalNo', undefined]),
  fault('category.unknown', 'F15', ['/category', 'taxi-meter']),
  fault('serial.missing', 'F01', ['/instrument/serialNumber', '／']),
  fault('division.unknown', 'F01', ['/place', { kind: 'issuer-premises', division: '510199' }]),
  // Dates
  fault('dates.order-wrong', 'F12', ['/reportedOn', '2025-04-01']),
  fault('validity.on-notice', 'F02', ['/validUntil', '2026-04-01']),
  fault('validity.missing', 'F01', ['/validUntil', undefined]),
  fault('validity.on-inspection', 'F01', ['/verificationType', 'in-service-inspection']),
  fault(
    'validity.too-long',
    'F01',
    ['/instrument/category', 'water-meter'],
    ['/instrument/model', 'LXS-DN20'],
    ['/basis', [{ number: 'JJG 162-2019' }]],
    ['/validUntil', '2031-03-13'],
  ),
  fault('validity.perhaps-too-long', 'F04', ['/validUntil', '2026-03-19']),
  fault('validity.on-once-only', 'F01', ['/instrument/category', 'thermometer-clinical-glass'], ['/basis', [{ number: 'JJG 111-2019' }]]),
  fault(
    'verification.once-only',
    'F01',
    ['/instrument/category', 'thermometer-clinical-glass'],
    ['/basis', [{ number: 'JJG 111-2019' }]],
    ['/verificationType', 'subsequent'],
    ['/validUntil', undefined],
  ),
  fault('validity.month-end', 'F06', ['/verifiedOn', '2024-08-31'], ['/validUntil', '2025-02-28']),
  fault('standard.expired', 'F01', ['/standards/0/trace/validUntil', '2025-03-11']),
  fault('standard.material-expired', 'F06', ['/standards/0/referenceMaterial', { number: 'GBW(E)130229', validUntil: '2024-01-01' }]),
  fault('standard.assessment-expired', 'F01', ['/standards/0/assessment/validUntil', '2025-03-11']),
  // Specifications
  fault('basis.regulation-unknown', 'F01', ['/basis/0/number', '见附页']),
  fault('basis.other-category', 'F01', ['/basis/0/number', 'JJG 52-2013']),
  fault('basis.not-regulation', 'F01', ['/basis/0/number', 'JJF(渝) 901-2024']),
  fault('specification.not-yet-in-force', 'F01', ['/basis/0/number', 'JJG 225-2024']),
  fault('specification.abolished', 'F01', ['/basis/0/number', 'JJG 162-2009']),
  fault('specification.perhaps-not-in-force', 'F04', ['/basis/0/number', 'JJG 443-2015']),
  fault('specification.edition-unknown', 'F01', ['/basis/0/number', 'JJG 517-2024']),
  fault('specification.dates-unverified', 'F01', ['/basis/0/number', 'JJG 577-2012']),
  fault('basis.national-exists', 'F01', ['/basis/0/number', 'JJG(渝) 101-2024']),
  fault('amendment.replaces-itself', 'F01', [
    '/amendment',
    { replaces: '川计检字 20250312-00417', reason: { zh: '更正车牌', en: 'plate corrected' } },
  ]),
  fault('specification.replaces-itself', 'F10', ['/replaces', ['JJF（渝）901—2024']]),
  fault('specification.replaced-both-ways', 'F10', ['/replaces', ['JJF(渝) 90-2015']], ['/replacedBy', ['JJF(渝) 90-2015']]),
  fault('specification.abolition-undated', 'F10', ['/replacedBy', ['JJF(渝) 901-2026']]),
  fault('specification.publisher-region', 'F11', ['/publisher/uscc', '11500000MB1A678983']),
  fault('limits.absent', 'F10', ['/requirements/0/limits', { unit: '%' }]),
  fault('requirement.twice', 'F10', [
    '/requirements/-',
    { id: 'indication-error', name: { zh: '重复性' }, limits: { upper: '0.2', unit: '%' } },
  ]),
  // Tables
  fault('table.role-twice', 'F08', [`${pressure}/columns/1/role`, 'reference']),
  fault('table.unit-missing', 'F08', [`${pressure}/columns/0/unit`, undefined]),
  fault('table.unit-on-verdict', 'F08', [`${pressure}/columns/6/unit`, '1']),
  fault('table.coverage-missing', 'F08', [`${pressure}/columns/5/k`, undefined]),
  fault('table.row-length', 'F08', [`${pressure}/rows/0/6`, undefined]),
  fault('table.cell-number', 'F08', [`${pressure}/rows/0/1`, '0,000']),
  fault('table.cell-verdict', 'F08', [`${pressure}/rows/0/6`, '合格']),
  fault('table.id-twice', 'F01', ['/results/1/id', 'distance-error']),
  fault('table.budget-row', 'F08', [
    `${pressure}/budgets`,
    [{ row: 6, entries: [{ source: { zh: '标准器' }, type: 'B', standard: '0.001' }] }],
  ]),
  fault('decimal.interval', 'F08', [`${pressure}/columns/2/roundTo`, '0']),
  fault('table.member-misplaced', 'F08', [`${pressure}/columns/1/bounds`, 'error']),
  fault('error.not-indication-minus-reference', 'F08', [`${pressure}/rows/1/2`, '0.007']),
  fault('error.rounded-readings', 'F08', [`${pressure}/rows/1/2`, '0.006']),
  fault('error.not-as-formed', 'F08', [`${pressure}/columns/2/formation`, { method: 'difference' }], [`${pressure}/rows/1/2`, '0.007']),
  fault(
    'error.formation-not-stated',
    'F08',
    [`${pressure}/columns/2/unit`, '%'],
    [`${pressure}/rows`, [['2.000', '2.005', '0.05', '-0.025', '0.025', '0.006', 'pass']]],
  ),
  fault('error.not-judged', 'F08', [`${pressure}/rows/1/1`, null]),
  fault('hysteresis.not-difference-of-strokes', 'F08', ...strokes('0.007')),
  fault('hysteresis.not-judged', 'F08', ...strokes(null)),
  fault('error.rounding', 'F08', [`${pressure}/rows/1/1`, '2.0045'], [`${pressure}/rows/1/2`, '0.005']),
  fault(
    'correction.not-negative-error',
    'F08',
    [`${pressure}/columns/3`, { role: 'correction', name: { zh: '修正值' }, unit: 'MPa' }],
    [`${pressure}/rows`, [['2.000', '2.005', '0.005', '0.005', '0.025', '0.006', 'pass']]],
  ),
  fault(
    'correction.not-judged',
    'F08',
    [`${pressure}/columns/3`, { role: 'correction', name: { zh: '修正值' }, unit: '%' }],
    [`${pressure}/rows`, [['2.000', '2.005', '0.005', '-0.25', '0.025', '0.006', 'pass']]],
  ),
  fault('hybrid.quantity-differs', 'F08', [
    '/environment/temperature',
    { value: '20.0', unit: 'Cel', alternatives: [{ value: '400', unit: 'K' }] },
  ]),
  fault('hybrid.not-judged', 'F08', [
    '/environment/temperature',
    { value: '20.0', unit: 'Cel', alternatives: [{ value: '20', unit: 'kPa' }] },
  ]),
  fault(
    'hybrid.values-differ',
    'F08',
    [`${pressure}/columns/3`, { role: 'indication', name: { zh: '示值' }, unit: 'kPa' }],
    [`${pressure}/rows`, [['2.000', '2.005', '0.005', '2050', '0.025', '0.006', 'pass']]],
  ),
  // Units
  fault('unit.not-legal', 'F08', [`${pressure}/columns/0/unit`, 'kgf/cm2']),
  fault('unit.printed-symbol', 'F07', ['/environment/temperature/unit', '℃']),
  fault('unit.not-legal-within', 'F08', ['/instrument/range/unit', '[lb_av]+']),
  fault('unit.reference-conditions', 'F08', ['/instrument/range/unit', 'Nm3/h']),
  fault('unit.temperature-difference', 'F08', ['/instrument/range/unit', '℃/min']),
  fault('unit.misspelt', 'F08', ['/instrument/range/unit', 'Mpa']),
  fault('unit.ambiguous', 'F08', ['/instrument/range/unit', '度']),
  fault('unit.stroke-ambiguous', 'F08', ['/instrument/range/unit', 'W/m²·K']),
  fault('unit.syntax', 'F08', ['/instrument/range/unit', 'MPa..m']),
  fault('unit.customary', 'F08', ['/instrument/range/unit', 'ct']),
  fault('unit.blood-pressure-only', 'F08', ['/instrument/category', 'sundial'], ['/instrument/range/unit', 'mm[Hg]']),
  fault('unit.left-to-right', 'F08', ['/instrument/range/unit', 'mg/100.mL']),
  fault('unit.picohenry', 'F08', ['/instrument/range/unit', 'pH']),
  fault('unit.unknown', 'F08', ['/instrument/range/unit', 'Mpascal']),
  fault('environment.impossible', 'F01', ['/environment/humidity', { value: '62', unit: 'Cel' }]),
  fault('unit.columns-differ', 'F08', [`${pressure}/columns/4/unit`, 'mm']),
  // Uncertainty
  fault('uncertainty.too-many-digits', 'F08', [`${pressure}/rows/1/5`, '0.0123']),
  fault('uncertainty.place-differs', 'F08', [`${pressure}/rows/1/5`, '0.01']),
  fault('uncertainty.negative', 'F08', [`${pressure}/rows/1/5`, '-0.006']),
  fault('uncertainty.zero', 'F08', [`${pressure}/rows/1/5`, '0.000']),
  fault('uncertainty.coverage-factor', 'F08', [`${pressure}/columns/5/k`, '0']),
  fault(
    'uncertainty.not-k-times-u',
    'F08',
    [`${pressure}/columns/3`, { role: 'standard-uncertainty', name: { zh: '标准不确定度' }, unit: 'MPa' }],
    [`${pressure}/rows`, [['2.000', '2.005', '0.005', '0.006', '0.025', '0.006', 'pass']]],
  ),
  fault(
    'uncertainty.relative-differs',
    'F08',
    [`${pressure}/columns/3`, { role: 'relative-uncertainty', name: { zh: '相对扩展不确定度' }, unit: '%' }],
    [`${pressure}/rows`, [['2.000', '2.005', '0.005', '3.0', '0.025', '0.006', 'pass']]],
  ),
  fault('uncertainty.budget-differs', 'F08', [
    `${pressure}/budgets`,
    [
      {
        row: 1,
        entries: [
          { source: { zh: '标准器' }, type: 'B', standard: '0.003' },
          { source: { zh: '重复性' }, type: 'A', standard: '0.004' },
        ],
      },
    ],
  ]),
  fault(
    'uncertainty.percent-as-absolute',
    'F08',
    [
      `${pressure}/budgets`,
      [
        {
          row: 5,
          entries: [
            { source: { zh: '标准器' }, type: 'B', standard: '0.003', relativeTo: '%' },
            { source: { zh: '重复性' }, type: 'A', standard: '0.002', relativeTo: '%' },
          ],
        },
      ],
    ],
    [`${pressure}/rows/5/5`, '0.007'],
  ),
  fault('uncertainty.last-digits', 'F08', [`${pressure}/rows/1/5`, '6']),
  fault('uncertainty.neglected-counts', 'F08', budget({ standard: '0.0030' }, { standard: '0.0030', term: 'neglected' })),
  fault('uncertainty.correlation-entry', 'F08', budget({ standard: '0.0030', correlatedWith: [{ entry: 1, r: '0.5' }] })),
  fault(
    'uncertainty.correlation-coefficient',
    'F08',
    budget({ standard: '0.0030', correlatedWith: [{ entry: 1, r: '-1.2' }] }, { standard: '0.0001' }),
  ),
  fault(
    'uncertainty.correlation-matrix',
    'F08',
    budget(
      {
        standard: '0.0020',
        correlatedWith: [
          { entry: 1, r: '0.9' },
          { entry: 2, r: '0.9' },
        ],
      },
      { standard: '0.0020', correlatedWith: [{ entry: 2, r: '-0.9' }] },
      { standard: '0.0020' },
    ),
  ),
  fault('uncertainty.coverage-probability', 'F08', [`${pressure}/columns/5/coverage`, '95']),
  fault('uncertainty.interval-reversed', 'F08', [
    '/standards/0/uncertainty',
    { form: 'interval', lower: '2', upper: '1', coverage: '0.95' },
  ]),
  fault('uncertainty.interval-without-value', 'F12', [
    '/points/0/results/2/uncertainty',
    { form: 'interval', lower: '-0.040', upper: '0.020', coverage: '0.95' },
  ]),
  fault('uncertainty.not-judged', 'F08', [
    '/standards/0/uncertainty',
    { form: 'expanded', value: '0.2', k: '2', relative: { value: '0.02', unit: '%' } },
  ]),
  fault('uncertainty.cell-empty', 'F08', [`${pressure}/rows/1/5`, null]),
  fault('uncertainty.not-stated', 'F07', ['/results/0/columns/3', { role: 'repeat', name: { zh: '重复读数' }, unit: 'kg' }]),
  // Decisions
  fault('verdict.outside-limits', 'F01', ['/results/0/rows/2/1', '1.01']),
  fault('verdict.within-limits', 'F08', [`${pressure}/rows/1/6`, 'fail']),
  fault('outcome.row-failed', 'F08', [`${pressure}/rows/1/6`, 'fail']),
  fault('outcome.outside-limits', 'F01', ['/results/0/rows/2/1', '1.01']),
  fault('outcome.no-failed-item', 'F01', ['/outcome', 'fail'], ['/validUntil', undefined]),
  fault('class.on-notice', 'F02', ['/concludedClass', '1 级']),
  fault('class.differs', 'F09', ['/concludedClass', 'F1 等级']),
  fault('limits.reversed', 'F10', ['/requirements/0/limits', { lower: '0.2', upper: '-0.2', unit: '%' }]),
  fault('verdict.not-judged', 'F08', [`${pressure}/columns/3/unit`, 'kg'], [`${pressure}/columns/4/unit`, 'kg']),
  fault('verdict.no-limits', 'F08', [`${pressure}/columns/3/role`, 'condition'], [`${pressure}/columns/4/role`, 'condition']),
  fault('outcome.not-judged', 'F08', [`${pressure}/rows/0/2`, null], [`${pressure}/rows/0/6`, null]),
  fault('outcome.no-data', 'F08', [`${pressure}/columns`, DATA_ONLY.columns], [`${pressure}/rows`, DATA_ONLY.rows]),
  fault('decision.not-judged', 'F08', [`${pressure}/rows/0/5`, null]),
  fault('standard.not-judged', 'F01', ['/standards/0/maximumPermissibleError', { lower: '0', upper: '0', unit: 'm' }]),
  fault('decision.rule-missing', 'F08', ['/conformity/decisionRule', undefined]),
  fault('decision.uncertainty-too-large', 'F08', [`${pressure}/rows/1/5`, '0.009']),
  fault('decision.guard-needed', 'F08', ['/conformity', undefined], [`${pressure}/rows/1/5`, '0.009']),
  fault('standard.too-coarse', 'F08', ['/standards/0/maximumPermissibleError', { lower: '-0.010', upper: '0.010', unit: 'MPa' }]),
  // Circumstances
  fault('verification.cause-differs', 'F01', ['/cause', 'mandatory-initial']),
  fault('verification.combined', 'F01', ['/combinedWithFactory', true]),
  fault('verification.remote', 'F01', ['/mode', 'remote']),
  fault('mark.on-notice', 'F02', ['/marks', [{ kind: 'sticker', number: 'HG-001' }]]),
  fault('mark.earlier', 'F01', ['/marks', [{ kind: 'sticker', number: 'HG-001', on: '2025-03-11' }]]),
  fault('failed-items.on-certificate', 'F01', ['/failedItems', [{ name: { zh: '计程误差' } }]]),
  fault(
    'failed-items.not-failed',
    'F02',
    ['/results/-', { ...DATA_ONLY, id: 'clock', name: { zh: '时钟误差' }, columns: [verdict], rows: [['pass']] }],
    ['/failedItems', [{ name: { zh: '时钟误差' }, table: 'clock' }]],
  ),
  fault('failed-items.table-unknown', 'F02', ['/failedItems', [{ name: { zh: '时钟误差' }, table: 'clock' }]]),
  fault(
    'failed-items.incomplete',
    'F02',
    ['/results/-', { ...DATA_ONLY, id: 'clock', name: { zh: '时钟误差' }, columns: [verdict], rows: [['fail']] }],
    ['/failedItems', [{ name: { zh: '计程误差' }, table: 'distance-error' }]],
  ),
  fault('standard.assessment-misplaced', 'F01', ['/standards/0/role', 'auxiliary']),
  fault('standard.document', 'F01', ['/standards/0/trace/document', 'test-report']),
  fault('standard.traced-later', 'F01', ['/standards/0/trace/on', '2025-03-13']),
  fault('reference-material.form', 'F08', ['/standards/0/referenceMaterial', { number: 'GBW（E）13022' }]),
  fault('range.not-listed', 'F08', [
    '/instrument/ranges',
    [
      { lower: '0', upper: '6', unit: 'MPa' },
      { lower: '0', upper: '16', unit: 'MPa' },
    ],
  ]),
  fault('range.text-differs', 'F08', ['/instrument/rangeText', '(0～16) MPa']),
  fault('batch.serial-twice', 'F09', ...batch({ serialNumber: 'E2-0317' }, { serialNumber: 'e2-0317' })),
  fault('batch.serial-missing', 'F09', ...batch({ serialNumber: 'E2-0317' }, { serialNumber: '／' })),
  fault('batch.instrument-serial', 'F09', ['/instruments', [{ serialNumber: 'E2-0318' }]]),
  fault('batch.line-unknown', 'F09', ...batch({ serialNumber: 'E2-0317' }), ['/results/0/columns/0/role', 'line']),
  fault(
    'batch.line-without-result',
    'F09',
    ...batch({ serialNumber: 'E2-0317' }, { serialNumber: 'E2-0318' }),
    ['/results/0/columns/0/role', 'line'],
    ['/results/0/rows', [['1', '500', '0.21', '-0.8', '0.8', '0.25', 'pass']]],
  ),
  fault('batch.outcome', 'F09', ...batch({ serialNumber: 'E2-0317', outcome: 'fail' })),
  fault('signatories.same-person', 'F01', ['/signatories/checker', { name: '张某' }]),
  fault('signatories.unnamed', 'F01', ['/signatories/checker/name', '/']),
  fault('adjustment.results-missing', 'F01', ['/adjustment', { description: { zh: '调整 K 值', en: 'constant K adjusted' } }]),
  fault('adjustment.not-described', 'F01', ['/results/0/state', 'as-left']),
  ...comparisonFaults,
  ...supervisionFaults,
]

/** Applies the changes of a fault to its fixture: returns a record that has the fault. */
export const faultyRecord = ({ fixture, changes }: Fault): AnyRecord => change<AnyRecord>(fixtures[fixture].record, ...changes)
