/**
 * Common names of the categories beside their official ones. An alias of several categories is listed for each: it names none alone.
 * Older official names are from the list of 1987 (强制检定的工作计量器具明细目录); the others are trade usage without a published source:
 * they find a category and decide nothing.
 */
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
  'moisture-meter': '谷物水分测定仪',
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
  'pressure-gauge': '一般压力表 普通压力表 精密压力表 耐震压力表 电接点压力表 真空表 压力真空表',
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
  flowmeter: '涡轮流量计 涡街流量计 超声流量计 质量流量计',
}

const listOf = (table: Readonly<Record<string, string>>, slug: string): string[] =>
  Object.hasOwn(table, slug) ? (table[slug] as string).split(' ') : []

/** Slugs that have aliases. */
export const aliasedSlugs = (): readonly string[] => [...new Set([...Object.keys(OFFICIAL), ...Object.keys(TRADE)])]

/** Aliases of a category, official ones first; none where it has none. */
export const aliasesOf = (slug: string): readonly string[] => [...listOf(OFFICIAL, slug), ...listOf(TRADE, slug)]
