/** Shared parts of the realistic certificates: an institute, its people, and standards. */
import type { Environment, Issuer, MeasurementStandard, Signatory } from '../../records/index.js'
import { organisation } from '../organisations.js'
import { celsius, humidity, issuer } from '../record-parts.js'

/** 四川示例计量测试研究院, as stated on its certificates. */
export const institute = (accredited = false): Issuer => ({
  ...issuer('SC-INST', accredited ? { accreditationNo: 'CNAS L0000' } : { authorisationNo: '（川）法计（2021）51001号' }),
  address: '成都市示例路 1 号',
  postcode: '610000',
  contact: '028-00000000',
  fax: '028-00000001',
  website: 'www.example.cn',
})

export const applicant = { uscc: organisation('LZ').uscc, name: organisation('LZ').name.zh, address: '泸州市示例街 2 号' }

/** 检定员 with a 检定员证, 核验员 as a registered metrologist. */
export const people: Record<'verifier' | 'checker' | 'approver', Signatory> = {
  verifier: { name: '甲某', registrationNo: '川计检字第 51000001 号', credential: 'verifier' },
  checker: { name: '乙某', registrationNo: '示例注计-1', credential: 'registered-metrologist' },
  approver: { name: '丙某' },
}
export const calibrators = { calibrator: people.verifier, checker: people.checker, approver: people.approver }

export const room: Environment = { temperature: celsius('20.3'), humidity: humidity('55') }
export const here = { kind: 'issuer-premises', division: '510100' } as const

const traced = { document: 'verification', body: '中国测试技术研究院', on: '2025-03-02', validUntil: '2026-03-01' } as const

/** 计量标准装置: it has the assessment. */
export const system = (name: string, number: string, more: Partial<MeasurementStandard> = {}): MeasurementStandard => ({
  name,
  role: 'system',
  number,
  assessment: { number: `〔2022〕川量标法证字第${number}号`, validUntil: '2027-05-10' },
  ...more,
})

/** 标准器, with its certificate. */
export const standard = (name: string, certificateNo: string, more: Partial<MeasurementStandard> = {}): MeasurementStandard => ({
  name,
  role: 'standard',
  interval: 'P1Y',
  trace: { ...traced, certificateNo },
  ...more,
})

/** 配套设备. */
export const auxiliary = (name: string, certificateNo: string, more: Partial<MeasurementStandard> = {}): MeasurementStandard => ({
  ...standard(name, certificateNo, more),
  role: 'auxiliary',
})
