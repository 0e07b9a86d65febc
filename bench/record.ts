/** The record of the benchmark: a breath analyser's verification, 1.5 KB as a signed statement. Serial and day vary, as they do in life. */
import type { VerificationRecord } from 'tongheng/records'
import { organisation } from 'tongheng/testing'

export function benchRecord(index: number): VerificationRecord {
  const { uscc, name } = organisation('LZ')
  return {
    kind: 'verification-record',
    version: 1,
    certificateNo: `川酒测2025-${1000 + index}`,
    issuer: { uscc, name: name.zh, authorisationNo: '（川）法计（2022）51025号' },
    applicant: { name: '示例交警支队' },
    instrument: { category: 'breath-alcohol', name: '酒精检测仪', serialNumber: `8800-${index}`, mobile: { homeRegion: '51' } },
    verificationType: 'subsequent',
    purpose: 'safety',
    basis: [{ number: 'JJG 657-2019' }],
    standards: [{ name: '乙醇气体标准物质', trace: { validUntil: '2025-08-01' } }],
    environment: { temperature: { value: '20.4', unit: 'Cel' } },
    results: [
      {
        id: 'error',
        name: { zh: '示值误差' },
        columns: [
          { role: 'error', name: { zh: '误差' }, unit: 'mg/L' },
          { role: 'verdict', name: { zh: '结论' } },
        ],
        rows: [['0.004', 'pass']],
      },
    ],
    outcome: 'pass',
    verifiedOn: '2025-02-28',
    validUntil: `2025-07-${String(1 + (index % 28)).padStart(2, '0')}`,
    signatories: { verifier: { name: '韩某' }, checker: { name: '杨某' }, approver: { name: '朱某' } },
  }
}
