/** Fixtures of 地方计量技术规范: F10 and F11, local specifications and their adoption. */
import type { TechnicalSpecification } from '../records/index.js'
import { organisation } from './organisations.js'
import { text } from './record-parts.js'

/** JJF(渝) 901-2024，重庆发布. */
export const F10: TechnicalSpecification = {
  kind: 'technical-specification',
  version: 1,
  number: 'JJF(渝) 901-2024',
  title: text(
    '摩托车发动机台架用转矩传感器在线校准规范（示例）',
    'On-line calibration of torque transducers on motorcycle engine benches (example)',
  ),
  type: 'calibration-specification',
  publisher: { uscc: organisation('CQ-AMR').uscc, name: organisation('CQ-AMR').name.zh },
  publishedOn: '2024-11-20',
  effectiveOn: '2025-01-20',
  focalPoint: organisation('CQ-AMR').name.zh,
  draftedBy: [organisation('CQ-INST').name.zh],
  coDraftedBy: [organisation('SC-INST').name.zh],
  interpretedBy: organisation('CQ-AMR').name.zh,
  scope: text('适用于 (10～1000) N·m 发动机台架转矩测量', 'Torque measurement on engine benches, (10 to 1000) N·m'),
  categories: ['torque-transducer', 'engine-dynamometer'],
  interval: { period: 'P1Y', mandatory: false },
  requirements: [
    {
      id: 'indication-error',
      name: text('示值相对误差', 'relative error of indication'),
      range: { lower: '10', upper: '1000', unit: 'N.m' },
      limits: { lower: '-0.2', upper: '0.2', unit: '%' },
    },
  ],
  equivalenceGroup: 'EQ-CY-901',
  adoptions: [{ region: '51', documentNo: '川市监函〔2025〕示例号', from: '2025-03-01' }],
}

/** The adopting side's own publication of F10: only this makes the adoption count in Sichuan. */
export const F10_ADOPTED: TechnicalSpecification = {
  ...F10,
  publisher: { uscc: organisation('SC-AMR').uscc, name: organisation('SC-AMR').name.zh },
  remarks: text('四川采纳公告', 'Notice of adoption by Sichuan'),
}

/** JJF(川) 901-2024，同文第二编号，四川发布. */
export const F11: TechnicalSpecification = {
  kind: 'technical-specification',
  version: 1,
  number: 'JJF(川) 901-2024',
  title: F10.title,
  type: F10.type,
  publisher: { uscc: organisation('SC-AMR').uscc, name: organisation('SC-AMR').name.zh },
  publishedOn: '2024-11-20',
  effectiveOn: '2025-01-20',
  focalPoint: organisation('SC-AMR').name.zh,
  draftedBy: [organisation('SC-INST').name.zh],
  coDraftedBy: [organisation('CQ-INST').name.zh],
  scope: F10.scope,
  categories: ['torque-transducer', 'engine-dynamometer'],
  interval: { period: 'P1Y', mandatory: false },
  equivalenceGroup: 'EQ-CY-901',
}

/** A second local specification of Chongqing, which Sichuan adopts only from 2025-07-01. */
export const F10_LATER: TechnicalSpecification = {
  ...F10,
  number: 'JJF(渝) 902-2025',
  title: text('发动机测功机现场校准规范（示例）', 'On-site calibration of engine dynamometers (example)'),
  publishedOn: '2025-03-10',
  effectiveOn: '2025-04-10',
  equivalenceGroup: 'EQ-CY-902',
  adoptions: [{ region: '51', documentNo: '川市监函〔2025〕示例二号', from: '2025-07-01' }],
}

export const F10_LATER_ADOPTED: TechnicalSpecification = {
  ...F10_LATER,
  publisher: F10_ADOPTED.publisher,
  remarks: text('四川采纳公告', 'Notice of adoption by Sichuan'),
}
