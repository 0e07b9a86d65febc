/** The list of fixtures: valid records of every kind. Invalid ones are in negatives and faults. */
import type { AnyRecord } from '../records/index.js'
import { F12, F14, F14_OVERDUE, F15 } from './joint-records.js'
import { F07, F08, F09, F13 } from './laboratory-records.js'
import { F01, F02, F03, F04, F05, F06 } from './mobile-records.js'
import type { OrganisationKey } from './organisations.js'
import { F10, F10_ADOPTED, F10_LATER, F10_LATER_ADOPTED, F11 } from './specification-records.js'

export interface Fixture {
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly signer: OrganisationKey
  readonly record: AnyRecord
}

export const fixture = (id: string, zh: string, en: string, signer: OrganisationKey, record: AnyRecord): Fixture => ({
  id,
  title: { zh, en },
  signer,
  record,
})

/** F01–F15: the work of institutes and authorities on both sides. F02 is a notice of failed verification. */
export const fixtures = {
  F01: fixture('F01', '出租汽车计价器（装车后）', 'taximeter, installed', 'CD', F01),
  F02: fixture('F02', '计价器超差：检定结果通知书', 'taximeter out of limits: notice', 'YB', F02),
  F03: fixture('F03', '汽车油罐车容量', 'road tanker capacity', 'CQ-INST', F03),
  F04: fixture('F04', '车载式燃油加油机 2 号枪', 'vehicle-mounted fuel dispenser, nozzle 2', 'GA', F04),
  F05: fixture('F05', '移动式雷达测速仪', 'mobile radar speed meter', 'CQ-INST', F05),
  F06: fixture('F06', '呼出气体酒精含量检测仪', 'breath alcohol analyser', 'LZ', F06),
  F07: fixture('F07', '电子汽车衡校准', 'truck scale calibration', 'SC-INST', F07),
  F08: fixture('F08', '精密压力表校准（符合性声明）', 'pressure gauge calibration with conformity', 'CQ-INST', F08),
  F09: fixture('F09', 'E2 等级砝码组', 'E2 weights', 'SC-INST', F09),
  F10: fixture('F10', 'JJF(渝) 901-2024', 'JJF(渝) 901-2024', 'CQ-AMR', F10),
  F11: fixture('F11', 'JJF(川) 901-2024（同文第二编号）', 'JJF(川) 901-2024, same text', 'SC-AMR', F11),
  F12: fixture('F12', '白酒用酒精计量值比对', 'comparison of alcoholometers', 'SC-AMR', F12),
  F13: fixture('F13', '发动机测功机转矩校准', 'engine dynamometer torque calibration', 'CQ-INST', F13),
  F14: fixture('F14', '加油机联合监督检查：破坏封印', 'joint inspection of dispensers: seal broken', 'GA-AMR', F14),
  F14b: fixture('F14b', '加油机联合监督检查：超期', 'joint inspection of dispensers: overdue', 'CQ-AMR', F14_OVERDUE),
  F15: fixture('F15', '计价器型式批准（变更换证）', 'type approval of a taximeter, amended', 'SC-AMR', F15),
} as const satisfies Record<string, Fixture>
export type FixtureId = keyof typeof fixtures

/** Further publications of the authorities: notices of adoption, and a second local specification. */
export const publications: readonly Fixture[] = [
  fixture('P01', '四川采纳 JJF(渝) 901-2024', 'Sichuan adopts JJF(渝) 901-2024', 'SC-AMR', F10_ADOPTED),
  fixture('P02', 'JJF(渝) 902-2025', 'JJF(渝) 902-2025', 'CQ-AMR', F10_LATER),
  fixture('P03', '四川采纳 JJF(渝) 902-2025（7 月起）', 'Sichuan adopts JJF(渝) 902-2025 from July', 'SC-AMR', F10_LATER_ADOPTED),
]
