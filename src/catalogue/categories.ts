/** Instrument categories: our own slugs for the 2020 catalogue 实施强制管理的计量器具目录 (SAMR 2020 No. 42). */
import type { Text } from '../base/message.js'
import { type Provenance, published, unverified, weak } from './provenance.js'

/** State control of a category: P type approval 型式批准, V mandatory verification 强制检定. */
export type Control = 'P' | 'V' | 'P+V' | 'none'
/** Whether instruments of the category are moved across the border: always, in some designs, or not. */
export type Mobility = 'mobile' | 'partly' | 'fixed'

export interface InstrumentCategory {
  readonly slug: string
  readonly name: Text
  readonly control: Control
  readonly mobility: Mobility
  /** Verification regulations, as series; the specification list has their editions. */
  readonly regulations: readonly string[]
  /** Usual maximum interval of the category, ISO 8601. Intervals of regulations (`intervals.ts`) take precedence. */
  readonly interval?: { readonly period: string; readonly provenance: Provenance }
  /** Slug of the older category of which this one was a part: a scope granted for that one includes this one. */
  readonly partOf?: string
  /** Provenance of control, mobility and regulations. */
  readonly provenance: Provenance
}

const M = 'mobile'
const H = 'partly'
const _ = 'fixed'
type Row = readonly [
  slug: string,
  zh: string,
  en: string,
  control: Control,
  mobility: Mobility,
  regulations: string,
  interval: string,
  confidence: 'a' | 'b' | 'c',
  partOf?: string,
]

// Confidence: a = an edition was found in public material, b = fairly sure, c = weak.
const ROWS: readonly Row[] = [
  ['thermometer-clinical-glass', '玻璃体温计', 'clinical glass thermometer', 'P+V', _, 'JJG111', '', 'b'],
  ['thermometer-clinical-other', '电子/红外体温计', 'electronic or infrared clinical thermometer', 'P+V', M, 'JJG1162 JJG1164', 'P1Y', 'b'],
  ['nawi-digital', '数字指示秤（含电子汽车衡）', 'digital non-automatic weighing instrument', 'P+V', H, 'JJG539', 'P1Y', 'b'],
  ['nawi-price', '电子计价秤', 'price-computing scale', 'P+V', H, 'JJG539 JJG1204', 'P1Y', 'a'],
  ['nawi-mechanical', '机械秤（杆秤、台秤、案秤）', 'mechanical scale', 'P+V', M, 'JJG13 JJG14 JJG17', 'P1Y', 'b'],
  ['truck-scale-load-measuring', '电子汽车衡（衡器载荷测量仪法）', 'truck scale, load-measuring method', 'V', _, 'JJG1118', 'P1Y', 'b'],
  ['axle-weigher', '动态公路车辆自动衡器', 'automatic instrument for weighing road vehicles in motion', 'P+V', H, 'JJG907', 'P1Y', 'b'],
  ['belt-weigher', '连续累计自动衡器（皮带秤）', 'belt weigher', 'P+V', _, 'JJG195', 'P1Y', 'b'],
  ['gravimetric-filler', '重力式自动装料衡器', 'gravimetric filling instrument', 'P', _, 'JJG564', 'P1Y', 'c'],
  ['rail-weighbridge', '轨道衡', 'rail weighbridge', 'P+V', _, 'JJG234 JJG781', 'P1Y', 'b'],
  ['load-cell', '称重传感器', 'load cell', 'P', _, 'JJG669', '', 'b'],
  ['weighing-indicator', '称重显示器', 'weighing indicator', 'P', _, 'JJG649', '', 'b'],
  ['storage-tank', '立式、卧式、球形金属罐', 'storage tank', 'V', _, 'JJG168 JJG266 JJG642', 'P4Y', 'b'],
  ['road-tanker', '汽车油罐车', 'road tanker', 'V', M, 'JJG133', 'P2Y', 'a'],
  ['tank-container', '罐式集装箱', 'tank container', 'V', M, 'JJG1203', '', 'a'],
  ['rail-tanker', '铁路罐车', 'rail tanker', 'V', M, 'JJG140', 'P5Y', 'b'],
  ['ship-tank', '船舶液货计量舱', 'ship cargo tank', 'V', M, 'JJG702', 'P4Y', 'b'],
  ['fuel-dispenser', '燃油加油机', 'fuel dispenser', 'P+V', H, 'JJG443', 'P6M', 'a'],
  ['gas-filler', '加气机（CNG、LNG、LPG）', 'gas filling dispenser (CNG, LNG, LPG)', 'P+V', H, 'JJG996 JJG997 JJG1114', 'P1Y', 'b'],
  ['hydrogen-filler', '氢气加气机', 'hydrogen dispenser', 'V', _, '', 'P1Y', 'c'],
  ['water-meter', '水表', 'water meter', 'P+V', _, 'JJG162', '', 'b'],
  ['gas-meter', '燃气表', 'gas meter', 'P+V', _, 'JJG577 JJG1190', '', 'b'],
  ['heat-meter', '热量表（热能表）', 'heat meter', 'P+V', _, 'JJG225', 'P3Y', 'c'],
  ['flowmeter', '流量计', 'flowmeter', 'P+V', _, 'JJG1037 JJG1029 JJG1030 JJG1038', 'P2Y', 'b'],
  ['sphygmomanometer-automatic', '无创自动测量血压计', 'automatic sphygmomanometer', 'P+V', M, 'JJG692', 'P1Y', 'b'],
  ['sphygmomanometer-manual', '血压计和血压表', 'manual sphygmomanometer', 'P+V', M, 'JJG270', 'P6M', 'b'],
  ['tonometer', '眼压计', 'tonometer', 'P+V', _, 'JJG574', 'P1Y', 'b'],
  ['pressure-gauge', '压力仪表', 'pressure gauge', 'V', _, 'JJG49 JJG52', 'P1Y', 'b'],
  ['taximeter', '出租汽车计价器', 'taximeter', 'P+V', M, 'JJG517', 'P1Y', 'a'],
  ['radar-fixed', '固定式机动车雷达测速仪', 'fixed radar speed meter', 'P+V', _, 'JJG527', 'P1Y', 'a'],
  ['radar-mobile', '移动式机动车雷达测速仪', 'mobile radar speed meter', 'P+V', M, 'JJG528', 'P1Y', 'a'],
  ['laser-speed', '机动车激光测速仪', 'laser speed meter', 'P+V', M, 'JJG1074', 'P1Y', 'b'],
  ['coil-speed', '机动车地感线圈测速系统', 'induction-coil speed system', 'P+V', _, 'JJG1122', 'P1Y', 'b'],
  ['breath-alcohol', '呼出气体酒精含量检测仪', 'breath alcohol analyser', 'P+V', M, 'JJG657', 'P6M', 'a'],
  ['sound-level-meter', '声级计', 'sound level meter', 'P+V', M, 'JJG188', 'P1Y', 'b'],
  ['vibration-meter', '环境振动分析仪', 'environmental vibration analyser', 'V', M, 'JJG921', 'P1Y', 'b'],
  ['energy-meter', '电能表', 'electricity meter', 'P+V', _, 'JJG596', '', 'b'],
  ['instrument-transformer', '互感器', 'instrument transformer', 'V', _, 'JJG313 JJG314 JJG1189.3 JJG1189.4', 'P4Y', 'b'],
  ['ev-charger', '电动汽车充电桩', 'electric vehicle charger', 'V', _, 'JJG1148 JJG1149', 'P3Y', 'b'],
  ['audiometer', '听力计', 'audiometer', 'V', M, 'JJG388', 'P1Y', 'b', 'medical-electrical'],
  ['electrocardiograph', '心电图机', 'electrocardiograph', 'P+V', M, 'JJG543 JJG1041', 'P1Y', 'b', 'medical-electrical'],
  ['electroencephalograph', '脑电图机', 'electroencephalograph', 'V', M, 'JJG1043 JJG954', 'P1Y', 'b', 'medical-electrical'],
  ['patient-monitor', '监护仪', 'patient monitor', 'P+V', M, 'JJG1163 JJG760', 'P1Y', 'b', 'medical-electrical'],
  // Four kinds of instrument in one, as in 0.1.0: existing records remain readable, newer ones use the specific categories.
  [
    'medical-electrical',
    '医用电生理仪器（听力计、心电图机、脑电图机、监护仪）',
    'audiometer, ECG, EEG, patient monitor',
    'V',
    M,
    'JJG388 JJG543 JJG1041 JJG1043 JJG954 JJG1163 JJG760',
    'P1Y',
    'b',
  ],
  ['optometry', '验光仪、验光镜片箱、焦度计', 'refractor, trial lens case, focimeter', 'P+V', M, 'JJG892 JJG579 JJG580', 'P1Y', 'c'],
  ['exhaust-gas', '汽车排放气体测试仪', 'vehicle exhaust gas analyser', 'P+V', M, 'JJG688', 'P1Y', 'a'],
  ['opacimeter', '透射式烟度计', 'opacimeter', 'V', M, 'JJG976', 'P1Y', 'b'],
  ['gas-alarm', '有毒有害、易燃易爆气体检测（报警）仪', 'gas alarm', 'P+V', M, 'JJG693 JJG695 JJG915', 'P1Y', 'b'],
  ['dust-meter', '粉尘、烟尘测量仪', 'dust meter', 'P+V', M, 'JJG846 JJG680', 'P1Y', 'c'],
  ['water-quality', '水质监测仪', 'water quality monitor', 'V', _, 'JJG1012', 'P1Y', 'c'],
  ['moisture-meter', '水分测定仪', 'moisture meter', 'P+V', M, 'JJG891', 'P1Y', 'c'],
  ['hydrometer', '酒精计、密度计', 'alcoholometer, hydrometer', 'none', _, 'JJG42', 'P1Y', 'a'],
  ['weights', '砝码', 'weights', 'none', _, 'JJG99', 'P1Y', 'a'],
  ['engine-dynamometer', '发动机测功机', 'engine dynamometer', 'none', _, 'JJG653', 'P1Y', 'c'],
  ['torque-transducer', '转矩传感器', 'torque transducer', 'none', _, '', '', 'c'],
]

const CONFIDENCE = { a: published('SAMR 2020 No. 42; domain survey 2026-11'), b: unverified, c: weak } as const

/** Categories by slug. */
export const instrumentCategories: ReadonlyMap<string, InstrumentCategory> = new Map(
  ROWS.map(([slug, zh, en, control, mobility, regulations, period, confidence, partOf]) => {
    const category: InstrumentCategory = {
      slug,
      name: { zh, en },
      control,
      mobility,
      regulations: regulations === '' ? [] : regulations.split(' '),
      ...(period !== '' && { interval: { period, provenance: unverified } }),
      ...(partOf !== undefined && { partOf }),
      provenance: CONFIDENCE[confidence],
    }
    return [slug, category]
  }),
)

/** Name of a category; the slug itself if it is unknown. */
export const categoryName = (slug: string): Text => instrumentCategories.get(slug)?.name ?? { zh: slug, en: slug }

/** True if a category is in the list, by itself or by the older one of which it was a part. */
export function isAmongCategories(listed: readonly string[], category: string): boolean {
  if (listed.includes(category)) return true
  const partOf = instrumentCategories.get(category)?.partOf
  return partOf !== undefined && listed.includes(partOf)
}
