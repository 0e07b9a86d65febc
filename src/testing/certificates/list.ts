/**
 * Realistic certificates, as institutes write them: the results of each instrument, with standards and their parts, marks, people and ranges
 * as printed. All conform; the figures are invented.
 */
import { type Fixture, fixture, fixtures } from '../fixtures.js'
import { breathAnalyser, soundLevelMeter } from './chemistry.js'
import { energyMeter, energyMeters, evCharger } from './electric.js'
import { balance, torqueWrench, truckScale } from './mass.js'
import { pressureGauge, sphygmomanometer } from './pressure.js'
import { taximeterDevice } from './taximeter.js'
import { platinumResistance, thermocouple } from './thermal.js'
import { gasMeter, micropipette, waterMeter } from './volume.js'

/** Realistic certificates by instrument, each a fixture that conforms. */
export const certificates = {
  'breath-analyser': fixture(
    'breath-analyser',
    '呼出气体酒精含量检测仪（标准物质）',
    'breath analyser, by a reference material',
    'SC-INST',
    breathAnalyser,
  ),
  'truck-scale': fixture('truck-scale', '电子汽车衡：偏载、重复性', 'truck scale: eccentricity, repeatability', 'SC-INST', truckScale),
  'pressure-gauge': fixture(
    'pressure-gauge',
    '1.6 级压力表：升压、降压、轻敲位移',
    'gauge of class 1.6, both strokes',
    'SC-INST',
    pressureGauge,
  ),
  'platinum-resistance': fixture(
    'platinum-resistance',
    '工业铂热电阻：系数',
    'platinum thermometer with its coefficients',
    'SC-INST',
    platinumResistance,
  ),
  'water-meter': fixture(
    'water-meter',
    '水表 Q1～Q3（二检合一）',
    'water meter Q1 to Q3, combined with factory inspection',
    'SC-INST',
    waterMeter,
  ),
  'gas-meter': fixture('gas-meter', '燃气表误差曲线', 'gas meter: curve of errors', 'SC-INST', gasMeter),
  weights: { ...fixtures.F09, id: 'weights' },
  'ev-charger': fixture('ev-charger', '直流充电机', 'charger for vehicles', 'SC-INST', evCharger),
  sphygmomanometer: fixture('sphygmomanometer', '血压表（两种单位）', 'sphygmomanometer', 'SC-INST', sphygmomanometer),
  'taximeter-device': fixture('taximeter-device', '计价器（本机）', 'taximeter, device alone', 'SC-INST', taximeterDevice),
  'taximeter-installed': { ...fixtures.F01, id: 'taximeter-installed' },
  'energy-meter': fixture('energy-meter', '单相电能表', 'electricity meter', 'SC-INST', energyMeter),
  'energy-meters': fixture(
    'energy-meters',
    '单相电能表六台（批量证书）',
    'six electricity meters on one certificate',
    'SC-INST',
    energyMeters,
  ),
  'torque-wrench': fixture('torque-wrench', '扭矩扳子', 'torque wrench', 'SC-INST', torqueWrench),
  'sound-level-meter': fixture('sound-level-meter', '声级计', 'sound level meter', 'SC-INST', soundLevelMeter),
  thermocouple: fixture('thermocouple', 'K 型热电偶', 'thermocouple', 'SC-INST', thermocouple),
  balance: fixture('balance', '电子天平', 'balance', 'SC-INST', balance),
  micropipette: fixture('micropipette', '移液器', 'pipette', 'SC-INST', micropipette),
} as const satisfies Record<string, Fixture>
