// Why this exists: 能不能用 is answered by a code, which programs read. Each code has a line of a ledger with the signed records beside it that
// earn it, and the nearest ones that do not; the walk at the end fails on a code without them.
import { signLabel, verifyLabel } from 'tongheng/label'
import { confirm, exportForm, type LedgerUseCode, match, readLedger } from 'tongheng/ledger'
import type { AnyRecord, CalibrationResult, VerificationRecord } from 'tongheng/records'
import {
  certificates,
  createFakeAuthorities,
  DEMONSTRATION_TIME,
  type FakeAuthorities,
  fixtures,
  type OrganisationKey,
} from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { ledgerUseTexts } from '../../src/ledger/use-messages.js'
import { change } from '../records/change.ts'

let world: FakeAuthorities
beforeAll(async () => {
  world = await createFakeAuthorities()
})

type Row = Readonly<Record<string, string>>
interface Given {
  readonly rows: readonly Row[]
  readonly signed?: readonly (readonly [AnyRecord, OrganisationKey])[]
  /** Signed by authorities that are not trusted. */
  readonly unknown?: readonly (readonly [AnyRecord, OrganisationKey])[]
  /** Records of which only the label is given. */
  readonly labels?: readonly (readonly [AnyRecord, OrganisationKey])[]
  readonly at?: string
  /** Moment at which the labels were judged. @default as `at` */
  readonly labelAt?: string
  readonly region?: string
  /** Removes the agreement, so that its decision is unknown. */
  readonly isWithoutAgreement?: true
  /** The record that the first line is compared with, by `confirm` alone. */
  readonly compared?: AnyRecord
  readonly form?: 'application'
}

const TAXI: Row = { 器具名称: '出租汽车计价器', 型号规格: 'TX-9A', 出厂编号: 'TX9A2303117' }
const GAUGE: Row = { 器具名称: '精密压力表', 型号规格: 'YB-150', 出厂编号: 'YB2209016' }
const CLASSED: Row = { 器具名称: '一般压力表', 型号规格: 'Y-100', 出厂编号: 'P25001' }
const F01 = fixtures.F01.record as VerificationRecord
const F02 = fixtures.F02.record as VerificationRecord
const F08 = fixtures.F08.record as CalibrationResult
/** Valid until the last day, and one moment after it. */
const SHORT = change(F01, ['/validUntil', '2025-06-16'])
const [LAST, AFTER] = ['2025-06-16T23:59:59+08:00', '2025-06-17T00:00:00+08:00']
const PRESSURE = certificates['pressure-gauge'].record as VerificationRecord

const taxi = (more: Row = {}, given: Partial<Given> = {}): Given => ({ rows: [{ ...TAXI, ...more }], signed: [[F01, 'CD']], ...given })
const gauge = (more: Row = {}, given: Partial<Given> = {}): Given => ({
  rows: [{ ...GAUGE, ...more }],
  signed: [[F08, 'CQ-INST']],
  ...given,
})
const needs = (accuracy: string, point = '4MPa', more: Row = {}): Given => gauge({ 计量点: point, 准确度要求: accuracy, ...more })
/** Compares with an unsigned record: one with such results could not be signed, or would not conform. */
const compared = (accuracy: string, record: AnyRecord, point = '4MPa'): Given => ({ ...needs(accuracy, point), compared: record })
const classed = (accuracy: string): Given => ({
  rows: [{ ...CLASSED, 准确度要求: accuracy }],
  signed: [[PRESSURE, 'SC-INST']],
  region: '51',
})
const label = (more: Row = {}, given: Partial<Given> = {}): Given => ({
  rows: [{ ...TAXI, ...more }],
  labels: [[F01, 'CD']],
  region: '51',
  ...given,
})

const NOTICE = (({ validUntil: _, ...record }) =>
  change(record, ['/certificateNo', '川检通-1'], ['/outcome', 'fail'], ['/verifiedOn', '2025-05-01']))(F01)
const finding = Object.values(fixtures).find(({ record }) => record.kind === 'supervision-finding') as (typeof fixtures)['F01']
const FINDING = finding.record as AnyRecord & { readonly instrument: { readonly name: string; readonly serialNumber: string } }
const [TABLE] = F08.results
const withoutColumn = (role: string): CalibrationResult => {
  const at = TABLE?.columns.findIndex((column) => column.role === role) ?? -1
  const results = [
    {
      ...TABLE,
      columns: TABLE?.columns.filter((_, index) => index !== at),
      rows: TABLE?.rows.map((row) => row.filter((_, index) => index !== at)),
    },
  ]
  return { ...F08, results } as CalibrationResult
}
const withoutErrors = {
  ...F08,
  results: F08.results.map((table) => ({ ...table, columns: table.columns.map((column) => ({ ...column, role: 'condition' })) })),
} as never

/** Code; a line with records that produces it; how the nearest case without it differs; and that case. */
const CASES: readonly (readonly [LedgerUseCode, Given, string, Given])[] = [
  ['ledger.use-valid', taxi(), 'out of use', taxi({ 使用状态: '封存' })],
  ['ledger.use-confirmed', needs('±0.04MPa'), 'beyond what is required', needs('±0.003MPa')],
  ['ledger.use-limited', needs('±0.04MPa', '4MPa、12MPa'), 'a point that is covered', needs('±0.04MPa', '4MPa、8MPa')],
  ['ledger.use-state', taxi({ 使用状态: '停用' }), 'in use', taxi({ 使用状态: '在用' })],
  ['ledger.use-failed', { rows: [{ ...TAXI, 型号规格: '', 出厂编号: '230900777' }], signed: [[F02, 'YB']] }, 'a pass', taxi()],
  ['ledger.use-standing', taxi({}, { unknown: [[NOTICE, 'CD']] }), 'the certificate alone', taxi()],
  [
    'ledger.use-not-recognised',
    taxi({}, { signed: [[SHORT, 'CD']], at: AFTER }),
    'the last day',
    taxi({}, { signed: [[SHORT, 'CD']], at: LAST }),
  ],
  ['ledger.use-undecided', taxi({}, { isWithoutAgreement: true }), 'an agreement', taxi()],
  ['ledger.use-label', label(), 'the record at hand', label({}, { signed: [[F01, 'CD']] })],
  [
    'ledger.use-label-expired',
    label({}, { labels: [[SHORT, 'CD']], at: AFTER, labelAt: LAST }),
    'the last day',
    label({}, { labels: [[SHORT, 'CD']], at: LAST, labelAt: LAST }),
  ],
  ['ledger.use-label-results', label({ 准确度要求: '±2%' }), 'no requirement', label()],
  ['ledger.use-none', taxi({}, { signed: [[F08, 'CQ-INST']] }), 'its certificate', taxi()],
  ['ledger.use-no-number', { rows: [{ 器具名称: '压力表', 型号规格: 'Y-100' }], signed: [[F01, 'CD']] }, 'a number', taxi()],
  ['ledger.use-many', taxi({ 数量: '2' }), 'one', taxi({ 数量: '1' })],
  [
    'ledger.use-ambiguous',
    {
      rows: [{ 器具名称: '某表', 证书编号: 'CQJL-P2025-1188', 号牌号码: '川A·T0001' }],
      signed: [
        [F08, 'CQ-INST'],
        [F01, 'CD'],
      ],
    },
    'one certificate',
    gauge(
      {},
      {
        signed: [
          [F08, 'CQ-INST'],
          [F01, 'CD'],
        ],
      },
    ),
  ],
  ['ledger.use-line-twice', { ...taxi(), rows: [TAXI, TAXI] }, 'one line', taxi()],
  ['ledger.use-serial-only', taxi({ 器具名称: '某表', 型号规格: '' }), 'its model', taxi({ 器具名称: '某表' })],
  [
    'ledger.use-other-instrument',
    taxi({ 出厂编号: 'OTHER-1', 证书编号: '川计检字20250312-00417' }),
    'its serial number',
    taxi({ 证书编号: '川计检字20250312-00417' }),
  ],
  ['ledger.use-calibration-only', gauge(), 'a requirement', needs('±0.04MPa')],
  [
    'ledger.use-mandatory',
    needs('±0.04MPa', '4MPa', { 是否强检: '是' }),
    'no mandatory verification',
    needs('±0.04MPa', '4MPa', { 是否强检: '否' }),
  ],
  [
    'ledger.use-interval',
    needs('±0.04MPa', '4MPa', { 校准周期: '3个月' }),
    'a longer interval',
    needs('±0.04MPa', '4MPa', { 校准周期: '6个月' }),
  ],
  ['ledger.use-not-confirmed', needs('±0.003MPa'), 'a wider requirement', needs('±0.04MPa')],
  ['ledger.use-not-told', needs('±0.04MPa', '12MPa'), 'a point that is covered', needs('±0.04MPa')],
  [
    'ledger.use-other-kind',
    { rows: [{ 器具名称: FINDING.instrument.name, 出厂编号: FINDING.instrument.serialNumber }], signed: [[FINDING, finding.signer]] },
    'a verification',
    taxi(),
  ],
  [
    'ledger.differs',
    taxi({ 检定日期: '2025-03-11', 证书编号: '川计检字20250312-00417' }),
    'the same day',
    taxi({ 检定日期: '2025-03-12' }),
  ],
  ['ledger.newer-certificate', taxi({ 证书编号: '旧-1' }), 'the number at hand', taxi({ 证书编号: '川计检字20250312-00417' })],
  [
    'ledger.export-missing',
    { rows: [{ 器具名称: '压力表', 型号规格: 'Y-100' }], form: 'application' },
    'what the form requires',
    { ...taxi({ 测量范围: '(0～99)km', 制造单位: '某厂' }), form: 'application' },
  ],
  ['ledger.confirm-met', needs('±0.04MPa'), 'another point, which is not covered', needs('±0.04MPa', '12MPa')],
  ['ledger.confirm-part', needs('±0.04MPa', '4MPa、12MPa'), 'the point that is met', needs('±0.04MPa')],
  ['ledger.confirm-exceeds', needs('±0.003MPa'), 'a wider requirement', needs('±0.04MPa')],
  ['ledger.confirm-near', needs('±0.012MPa'), 'an error outside the guard band', needs('±0.012MPa', '2MPa')],
  ['ledger.confirm-no-uncertainty', compared('±0.04MPa', withoutColumn('uncertainty')), 'with U', compared('±0.04MPa', F08)],
  ['ledger.confirm-uncovered', needs('±0.04MPa', '12MPa'), 'a point between two', needs('±0.04MPa', '5MPa')],
  ['ledger.confirm-no-results', compared('±0.04MPa', withoutErrors), 'with errors', compared('±0.04MPa', F08)],
  ['ledger.confirm-no-requirement', { ...gauge(), compared: F08 }, 'a requirement', compared('±0.04MPa', F08)],
  ['ledger.confirm-ratio', needs('±0.25%'), 'a ratio of which both readings agree', needs('±1%')],
  ['ledger.confirm-unit', needs('±0.04℃'), 'a unit of pressure', needs('±40kPa')],
  ['ledger.confirm-class', classed('1.6级'), 'a requirement in limits', classed('±2%')],
  ['ledger.confirm-class-unknown', classed('A级'), 'a class of the same kind', classed('2.5级')],
  ['ledger.confirm-example', needs('±0.04MPa'), 'nothing that is compared', needs('±0.04MPa', '12MPa')],
]

/** The rows as a ledger in CSV. */
function csvOf(rows: readonly Row[]): Uint8Array {
  const heads = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return new TextEncoder().encode(
    [heads, ...rows.map((row) => heads.map((head) => row[head] ?? ''))].map((cells) => cells.join(',')).join('\n'),
  )
}

async function codesOf(given: Given): Promise<readonly string[]> {
  const {
    rows,
    signed = [],
    unknown = [],
    labels = [],
    at = DEMONSTRATION_TIME,
    region = '50',
    isWithoutAgreement,
    form,
    labelAt = at,
  } = given
  const { lines } = await readLedger(csvOf(rows))
  expect(lines).toHaveLength(rows.length)
  if (form !== undefined) return exportForm(lines, form).missing.map(({ code }) => code)
  if (given.compared !== undefined) {
    const { reason, compared: points } = confirm(lines[0]?.requirement, given.compared)
    return [reason.code, ...points.map(({ text }) => text.code)]
  }
  const agreements = isWithoutAgreement === true ? [] : [world.agreement]
  const options = { at, trust: world.trust, agreements, policy: { region } }
  const strangers = unknown.length > 0 ? await createFakeAuthorities() : world
  const statements = [
    ...(await Promise.all(signed.map(([record, signer]) => world.sign(signer, record)))),
    ...(await Promise.all(unknown.map(([record, signer]) => strangers.sign(signer, record)))),
  ]
  const verdicts = await Promise.all(
    labels.map(async ([record, key]) => {
      const signer = world.signer(key)
      const { signed: one } = await signLabel(await world.sign(key, record), { signers: [signer], at: '2025-03-12T17:00:00+08:00' })
      return { file: 'label.jws', verdict: await verifyLabel(one, { ...options, at: labelAt }) }
    }),
  )
  const list = await match(
    lines,
    statements.map((one, index) => ({ file: `${index}.jws`, signed: one })),
    options,
    verdicts,
  )
  return list.lines.flatMap(({ reason, differences, confirmation }) => [
    reason.code,
    ...differences.map(({ code }) => code),
    ...(confirmation === undefined ? [] : [confirmation.reason.code, ...confirmation.compared.map(({ text }) => text.code)]),
  ])
}

describe('a line of a ledger beside signed records', () => {
  it.each(CASES)('%s is produced by its case', async (code, given) => {
    expect(await codesOf(given)).toContain(code)
  })

  it.each(CASES.map(([code, , what, nearest]) => [code, what, nearest] as const))(
    '%s is not produced with %s',
    async (code, _, nearest) => {
      expect(await codesOf(nearest)).not.toContain(code)
    },
  )

  it('has a case for every code', () => {
    expect(CASES.map(([code]) => code).sort()).toEqual(Object.keys(ledgerUseTexts.codes).sort())
  })
})
