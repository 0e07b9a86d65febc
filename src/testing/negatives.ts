/** Records that must not be recognised, or cannot be judged, each with the code of the check that must decide. */
import type { Code } from '../base/message.js'
import type { CalibrationResult, VerificationRecord } from '../records/index.js'
import { energyMeter } from './certificates/electric.js'
import { type Fixture, fixture } from './fixtures.js'
import { F08, F13 } from './laboratory-records.js'
import { F01, F02, F03, F04, F06 } from './mobile-records.js'

/** A record that must not be recognised. */
export interface NegativeFixture extends Fixture {
  readonly outcome: 'not-recognised' | 'indeterminate'
  /** Code of the check that decides. */
  readonly code: Code
  /** Time of the verdict, if that of the demonstration is too early. */
  readonly at?: string
  /** Change of the signed text in transit. */
  readonly onTheWay?: 'payload-changed' | 'signed-by-another' | 'signature-as-der'
}

const verification = (record: VerificationRecord, certificateNo: string, changes: Partial<VerificationRecord>): VerificationRecord => ({
  ...record,
  certificateNo,
  ...changes,
})

const calibration = (record: CalibrationResult, certificateNo: string, changes: Partial<CalibrationResult>): CalibrationResult => ({
  ...record,
  certificateNo,
  ...changes,
})

const { validUntil: _validity, ...withoutValidity } = F02
const { decisionRule: _rule, ...withoutRule } = F08.conformity as NonNullable<CalibrationResult['conformity']>

/** Negatives of the demonstration: one for each reason for which recognition can be refused or undecided. */
export const negatives: readonly NegativeFixture[] = [
  {
    ...fixture(
      'N01',
      '酒精检测仪已过期',
      'breath alcohol analyser, expired',
      'LZ',
      verification(F06, '川酒测2024-2210', { verifiedOn: '2024-10-08', validUntil: '2025-04-07' }),
    ),
    outcome: 'not-recognised',
    code: 'validity.expired',
  },
  {
    ...fixture(
      'N02',
      '依据已废止的规程',
      'basis abolished',
      'LZ',
      verification(F06, '川酒测2025-01878', { basis: [{ number: 'JJG 657-2006', name: '呼出气体酒精含量探测器' }] }),
    ),
    outcome: 'not-recognised',
    code: 'specification.abolished',
  },
  {
    ...fixture(
      'N03',
      '地方规范尚未采纳',
      'local specification not adopted yet',
      'CQ-INST',
      calibration(F13, 'CQJL-T2025-0102', {
        receivedOn: '2025-05-19',
        calibratedOn: '2025-05-20',
        issuedOn: '2025-05-22',
        method: [{ number: 'JJG 653-2003' }, { number: 'JJF(渝) 902-2025' }],
      }),
    ),
    outcome: 'not-recognised',
    code: 'specification.not-adopted-yet',
  },
  {
    ...fixture(
      'N04',
      '授权已到期',
      'authorisation ended',
      'YB',
      verification({ ...F01, issuer: F02.issuer, instrument: F02.instrument, standards: F02.standards }, '渝检2025-0461', {
        verifiedOn: '2025-06-05',
        validUntil: '2026-06-04',
        place: { kind: 'issuer-premises', division: '500112' },
      }),
    ),
    outcome: 'not-recognised',
    code: 'issuer.authorisation-ended',
  },
  {
    ...fixture(
      'N05',
      '超出授权范围',
      'outside the scope of authorisation',
      'GA',
      verification({ ...F01, issuer: F04.issuer }, '广检2025-0033', {}),
    ),
    outcome: 'not-recognised',
    code: 'issuer.scope-category',
  },
  {
    ...fixture('N06', '他人密钥签名', 'signed with another body’s key', 'CD', verification(F01, '川计检字20250312-00418', {})),
    outcome: 'not-recognised',
    code: 'issuer.key-mismatch',
    onTheWay: 'signed-by-another',
  },
  {
    ...fixture('N07', '途中篡改', 'changed on the way', 'CD', verification(F01, '川计检字20250312-00419', {})),
    outcome: 'not-recognised',
    code: 'signature.invalid',
    onTheWay: 'payload-changed',
  },
  {
    ...fixture(
      'N08',
      '规程版本不明',
      'edition unknown',
      'CD',
      verification(F01, '川计检字20250312-00420', { basis: [{ number: 'JJG 517-2024', name: '出租汽车计价器' }] }),
    ),
    outcome: 'indeterminate',
    code: 'specification.edition-unknown',
  },
]

/** The other negatives: mistakes of laboratories and clerks. */
export const faultyRecords: readonly NegativeFixture[] = [
  {
    ...fixture(
      'N09',
      '统一社会信用代码有误',
      'wrong check character',
      'CD',
      verification(F01, '川检-N09', { applicant: { uscc: '91510100MA62KCT03W', name: '示例公司' } }),
    ),
    outcome: 'not-recognised',
    code: 'uscc.check-character',
  },
  {
    ...fixture(
      'N10',
      '标准器前一日到期',
      'standard expired a day before',
      'CD',
      verification(F01, '川检-N10', {
        standards: [{ ...F01.standards[0]!, trace: { certificateNo: 'SCJL-2024-3311', validUntil: '2025-03-11' } }],
      }),
    ),
    outcome: 'not-recognised',
    code: 'standard.expired',
  },
  {
    ...fixture(
      'N11',
      '授权到期后检定',
      'verified after the authorisation ended',
      'CQ-INST',
      verification(F03, '渝容字2027-00001', {
        verifiedOn: '2027-07-02',
        validUntil: '2028-07-01',
        standards: [
          {
            ...F03.standards[0]!,
            assessment: { number: '〔2026〕渝量标法证字第R0031号', validUntil: '2031-03-15' },
            trace: { certificateNo: 'NIM-示例-2027', validUntil: '2028-01-15' },
          },
        ],
      }),
    ),
    outcome: 'not-recognised',
    code: 'issuer.authorisation-ended',
    at: '2027-07-10T09:00:00+08:00',
  },
  {
    ...fixture(
      'N12',
      '有效期超过检定周期',
      'validity exceeds the interval',
      'SC-INST',
      verification(energyMeter, '川检-N12', { validUntil: '2033-06-30' }),
    ),
    outcome: 'not-recognised',
    code: 'validity.too-long',
  },
  {
    ...fixture('N13', '通知书写了有效期', 'notice with validity', 'YB', {
      ...withoutValidity,
      certificateNo: '渝检通2025-0099',
      validUntil: '2026-04-01',
    }),
    outcome: 'not-recognised',
    code: 'validity.on-notice',
  },
  {
    ...fixture(
      'N14',
      '强检依据校准规范',
      'mandatory verification on a JJF',
      'CD',
      verification(F01, '川检-N14', { basis: [{ number: 'JJF(渝) 901-2024' }] }),
    ),
    outcome: 'not-recognised',
    code: 'basis.not-regulation',
  },
  {
    ...fixture(
      'N15',
      '依据 JJG 162-2009',
      'JJG 162-2009 in 2025',
      'LZ',
      verification({ ...F06, instrument: { category: 'water-meter', name: '水表', serialNumber: 'SB-0551' } }, '川检-N15', {
        basis: [{ number: 'JJG 162-2009' }],
        purpose: 'other',
      }),
    ),
    outcome: 'not-recognised',
    code: 'specification.abolished',
  },
  {
    ...fixture(
      'N16',
      '规程尚未实施',
      'regulation not yet in force',
      'CD',
      verification({ ...F01, instrument: { category: 'heat-meter', name: '热量表', serialNumber: 'RL-1' } }, '川检-N16', {
        basis: [{ number: 'JJG 225-2024' }],
        verifiedOn: '2025-03-10',
        validUntil: '2026-03-09',
      }),
    ),
    outcome: 'not-recognised',
    code: 'specification.not-yet-in-force',
  },
  {
    ...fixture(
      'N17',
      '使用非法定计量单位',
      'unit not legal',
      'CQ-INST',
      calibration(F08, 'CQ-N17', {
        results: F08.results.map((table) => ({
          ...table,
          columns: table.columns.map((column) => (column.unit === 'MPa' ? { ...column, unit: 'kgf/cm2' } : column)),
        })),
      }),
    ),
    outcome: 'not-recognised',
    code: 'unit.not-legal',
  },
  {
    ...fixture(
      'N18',
      '不确定度三位有效数字',
      'uncertainty of three digits',
      'CQ-INST',
      calibration(F08, 'CQ-N18', {
        results: F08.results.map((table) => ({ ...table, rows: table.rows.map((row, at) => (at === 1 ? row.with(5, '0.0123') : row)) })),
      }),
    ),
    outcome: 'not-recognised',
    code: 'uncertainty.too-many-digits',
  },
  {
    ...fixture(
      'N19',
      '符合性声明缺判定规则',
      'conformity without a decision rule',
      'CQ-INST',
      calibration(F08, 'CQ-N19', { conformity: withoutRule }),
    ),
    outcome: 'not-recognised',
    code: 'decision.rule-missing',
  },
  {
    ...fixture(
      'N20',
      '检定员与核验员同为一人',
      'verifier is the checker',
      'CD',
      verification(F01, '川检-N20', { signatories: { ...F01.signatories, checker: F01.signatories.verifier } }),
    ),
    outcome: 'not-recognised',
    code: 'signatories.same-person',
  },
  {
    ...fixture('N21', '签名为 DER 编码', 'signature in DER', 'CD', verification(F01, '川检-N21', {})),
    outcome: 'not-recognised',
    code: 'signature.form',
    onTheWay: 'signature-as-der',
  },
  {
    ...fixture(
      'N22',
      '数据超差却判合格',
      'out of limits yet passed',
      'CD',
      verification(F01, '川检-N22', {
        results: [{ ...F01.results[0]!, rows: F01.results[0]!.rows.map((row, at) => (at === 2 ? row.with(1, '1.01') : row)) }],
      }),
    ),
    outcome: 'not-recognised',
    code: 'verdict.outside-limits',
  },
]
