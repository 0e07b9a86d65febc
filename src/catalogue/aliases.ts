/**
 * Common names of the categories beside their official ones. An alias of several categories is listed for each: it names none alone.
 * Older official names are from the list of 1987 (强制检定的工作计量器具明细目录); the others are trade usage without a published source:
 * they find a category and decide nothing.
 */
import { aText, checkArgument } from '../base/options.js'

const OFFICIAL: Readonly<Record<string, string>> = {
  taximeter: '出租汽车里程计价表',
  'energy-meter': '电度表 单相电度表',
  'gas-meter': '煤气表',
  'pressure-gauge': '压力表 风压表 氧气表',
  'nawi-mechanical': '杆秤 戥秤 案秤 台秤',
  'nawi-price': '电子秤 计价收费秤',
  'nawi-digital': '电子秤 地秤 吊秤',
  'belt-weigher': '皮带秤',
  'gravimetric-filler': '定量包装机 定量灌装机',
  'storage-tank': '立式计量罐 卧式计量罐 球形计量罐',
  'road-tanker': '汽车计量罐车',
  'rail-tanker': '铁路计量罐车',
  'ship-tank': '船舶计量仓',
  'thermometer-clinical-glass': '体温计',
  'thermometer-clinical-other': '体温计',
  'moisture-meter': '谷物水分测定仪 电容法和电阻法谷物水分测定仪',
  'steel-tape': '带锤钢卷尺',
  'liquid-thermometer': '玻璃液体温度计',
  'electronic-balance': '天平',
  'grain-test-weight': '谷物容重器',
  hydrometer: '酒精计 密度计',
  weights: '链码 增铊 定量铊',
  flowmeter: '液体流量计 气体流量计 蒸气流量计',
  'sphygmomanometer-manual': '血压计 血压表',
  'sphygmomanometer-automatic': '血压计',
  'vibration-meter': '测振仪 振动监测仪',
  'radar-fixed': '测速仪 公路管理速度监测仪',
  'radar-mobile': '测速仪 公路管理速度监测仪',
  'laser-speed': '测速仪 公路管理速度监测仪',
  'coil-speed': '测速仪 公路管理速度监测仪',
}

const TRADE: Readonly<Record<string, string>> = {
  taximeter: '计价器 出租车计价器 计程表 税控计价器',
  'fuel-dispenser': '加油机 税控加油机',
  'gas-filler': '加气机 CNG加气机 LNG加气机 LPG加气机',
  'hydrogen-filler': '加氢机',
  'water-meter': '冷水表 热水表 智能水表 远传水表',
  'gas-meter': '天然气表 膜式燃气表',
  'heat-meter': '热量表 热能表 热表',
  'energy-meter': '电表 智能电表',
  'instrument-transformer': '电流互感器 电压互感器 电力互感器',
  'ev-charger': '充电桩 充电机',
  'pressure-gauge-general': '压力表 普通压力表 耐震压力表 电接点压力表 真空表 压力真空表',
  'pressure-gauge-precision': '精密压力表',
  'pressure-transmitter': '压变 差压变送器',
  'temperature-transmitter': '温变',
  'bimetallic-thermometer': '温度表 压力式温度计',
  rtd: '热电阻 PT100 铂热电阻',
  thermocouple: '热电偶 K型热电偶',
  'liquid-thermometer': '玻璃温度计',
  'coriolis-flowmeter': '质量流量计',
  rotameter: '金属管浮子流量计 转子流量计',
  'level-meter': '油水界面仪',
  caliper: '游标卡尺 数显卡尺',
  micrometer: '外径千分尺',
  'steel-tape': '卷尺',
  thermohygrometer: '温湿度计',
  'torque-wrench': '扭矩扳手',
  glassware: '量筒 容量瓶 移液管',
  multimeter: '万用表',
  'medical-ultrasound': 'B超',
  'medical-xray': 'X光机 DR CR DSA',
  'medical-ct': 'CT',
  'medical-accelerator': '直线加速器',
  'bone-densitometer': '骨密度仪',
  'biochemical-analyser-semi': '生化分析仪',
  'microplate-reader': '酶标仪',
  'oxygen-inhaler': '氧气表',
  'grain-test-weight': '容重器',
  'totalising-discontinuous': '料斗秤',
  'power-transformer-current': '互感器 CT',
  'power-transformer-voltage': 'PT',
  'nawi-price': '计价秤',
  'nawi-digital': '汽车衡 电子汽车衡 地磅 地中衡 电子台秤',
  'truck-scale-load-measuring': '汽车衡 电子汽车衡 地磅 地中衡',
  'axle-weigher': '动态汽车衡 轴重秤',
  'belt-weigher': '电子皮带秤',
  'storage-tank': '油罐',
  'road-tanker': '油罐车',
  'load-cell': '负荷传感器',
  'sphygmomanometer-automatic': '电子血压计',
  'sphygmomanometer-manual': '水银血压计',
  'thermometer-clinical-glass': '水银体温计',
  'thermometer-clinical-other': '电子体温计 红外体温计 额温枪 耳温计',
  'patient-monitor': '多参数监护仪 心电监护仪',
  electrocardiograph: '数字心电图机 心电图仪',
  electroencephalograph: '数字脑电图仪 脑电图仪',
  audiometer: '纯音听力计',
  tonometer: '眼压仪',
  'tonometer-applanation': '接触式眼压计 非接触式眼压计 压平眼压计',
  optometry: '焦度计 验光仪 验光机 验光镜片箱',
  'breath-alcohol': '酒精检测仪 酒精测试仪 呼气酒精测试仪',
  'radar-fixed': '雷达测速仪',
  'radar-mobile': '雷达测速仪',
  'laser-speed': '激光测速仪',
  'coil-speed': '地感线圈测速系统',
  'sound-level-meter': '噪声计 噪音计 分贝仪',
  'exhaust-gas': '尾气分析仪 尾气检测仪',
  opacimeter: '烟度计 不透光烟度计',
  'gas-alarm': '可燃气体报警器 一氧化碳检测报警器',
  'dust-meter': '粉尘仪',
  flowmeter: '质量流量计',
}

const listOf = (table: Readonly<Record<string, string>>, slug: string): string[] =>
  Object.hasOwn(table, slug) ? (table[slug] as string).split(' ') : []

/** Calibration specifications of a category, where it has no verification regulation or one beside it: a search finds by them too. */
const CALIBRATION: Readonly<Record<string, string>> = {
  'temperature-transmitter': 'JJF1183',
  'bimetallic-thermometer': 'JJF1908 JJF1909',
  thermocouple: 'JJF1637',
  thermohygrometer: 'JJF1076',
  multimeter: 'JJF1587',
  'section-speed': 'JJG(蒙)060',
  'network-taximeter': 'JJG(冀)221',
}

/** Series of the calibration specifications, and of local regulations, of a category. */
export function calibratedBy(slug: string): readonly string[] {
  checkArgument('calibratedBy', 'slug', slug, aText)
  return listOf(CALIBRATION, slug)
}

/** Units in which instruments of a category usually measure, as UCUM codes: trade usage, to find a category by. */
const UNITS: Readonly<Record<string, string>> = {
  'pressure-gauge': 'MPa kPa',
  'pressure-gauge-general': 'MPa kPa',
  'pressure-gauge-precision': 'MPa kPa',
  'pressure-transmitter': 'MPa kPa mA',
  'sphygmomanometer-automatic': 'kPa mm[Hg]',
  'sphygmomanometer-manual': 'kPa mm[Hg]',
  tonometer: 'kPa mm[Hg]',
  'tonometer-applanation': 'kPa mm[Hg]',
  'thermometer-clinical-glass': 'Cel',
  'thermometer-clinical-other': 'Cel',
  'temperature-transmitter': 'Cel mA',
  'bimetallic-thermometer': 'Cel',
  'liquid-thermometer': 'Cel',
  rtd: 'Cel Ohm',
  thermocouple: 'Cel mV',
  thermohygrometer: 'Cel %',
  'nawi-digital': 'kg t',
  'nawi-price': 'kg g',
  'nawi-mechanical': 'kg',
  'truck-scale-load-measuring': 't kg',
  'axle-weigher': 't kg',
  'electronic-balance': 'g mg',
  weights: 'g kg mg',
  'fuel-dispenser': 'L',
  'gas-filler': 'kg m3',
  'water-meter': 'm3 m3/h',
  'gas-meter': 'm3 m3/h',
  'heat-meter': 'kW.h GJ',
  'energy-meter': 'kW.h',
  'ev-charger': 'kW.h',
  flowmeter: 'm3/h kg/h',
  'electromagnetic-flowmeter': 'm3/h',
  'turbine-flowmeter': 'm3/h',
  'vortex-flowmeter': 'm3/h',
  'ultrasonic-flowmeter': 'm3/h',
  'coriolis-flowmeter': 'kg/h t/h',
  rotameter: 'm3/h L/h',
  'road-tanker': 'L m3',
  'storage-tank': 'm3',
  'tank-container': 'L m3',
  taximeter: 'km s',
  'radar-fixed': 'km/h',
  'radar-mobile': 'km/h',
  'laser-speed': 'km/h',
  'coil-speed': 'km/h',
  'section-speed': 'km/h',
  'breath-alcohol': 'mg/L',
  'sound-level-meter': 'dB',
  'gas-alarm': '10*-6 %',
  hydrometer: '%{vol} kg/m3',
  caliper: 'mm',
  micrometer: 'mm',
  'gauge-block': 'mm',
  'steel-tape': 'mm m',
  'torque-wrench': 'N.m',
  glassware: 'mL',
  multimeter: 'V A Ohm',
  'level-meter': 'm mm',
  'radiation-protection': 'uSv/h',
  'activity-meter': 'MBq',
}

/** Usual units of a category; none where none are listed. */
export function unitsOf(slug: string): readonly string[] {
  checkArgument('unitsOf', 'slug', slug, aText)
  return listOf(UNITS, slug)
}

/** Slugs that have aliases. */
export const aliasedSlugs = (): readonly string[] => [...new Set([...Object.keys(OFFICIAL), ...Object.keys(TRADE)])]

/** Aliases of a category, official ones first; none where it has none. */
export function aliasesOf(slug: string): readonly string[] {
  checkArgument('aliasesOf', 'slug', slug, aText)
  return [...listOf(OFFICIAL, slug), ...listOf(TRADE, slug)]
}
