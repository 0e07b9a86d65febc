/** Instrument categories: our own slugs for the 2020 catalogue 实施强制管理的计量器具目录 (SAMR 2020 No. 42). */
import { FixedMap } from '../base/fixed-map.js'
import type { Text } from '../base/message.js'
import type { VerificationManner } from './intervals.js'
import { type Provenance, provenanceOf } from './provenance.js'

/** State control of a category: P type approval 型式批准, V mandatory verification 强制检定; unknown if no available list states it. */
export type Control = 'P' | 'V' | 'P+V' | 'none' | 'unknown'
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
  /** Slug of the older category that included this one: a scope granted for the older category includes this one. */
  readonly partOf?: string
  /** Manner of verification, where a published catalogue states it. */
  readonly manner?: VerificationManner | undefined
  /** Provenance of control, mobility and regulations. */
  readonly provenance: Provenance
}

/**
 * slug | Chinese | English, where it is not the slug | control, mobility, usual interval | JJG | part of. All of grade c: neither
 * the official catalogue nor a list of the regulations by category was available. `medical-electrical` combines four kinds of
 * instrument as in 0.1.0, so that existing records remain readable; new records use the specific categories.
 */
const TABLE = `thermometer-clinical-glass|玻璃体温计|clinical glass thermometer|P+V _|111
thermometer-clinical-other|电子/红外体温计|electronic or infrared clinical thermometer|P+V M P1Y|1162 1164
nawi-digital|数字指示秤（含电子汽车衡）|digital non-automatic weighing instrument|P+V H P1Y|539
nawi-price|电子计价秤|price-computing scale|P+V H P1Y|539 1204
nawi-mechanical|机械秤（杆秤、台秤、案秤）|mechanical scale|P+V M P1Y|13 14 17
truck-scale-load-measuring|电子汽车衡（衡器载荷测量仪法）|truck scale, load-measuring method|V _ P1Y|1118
axle-weigher|动态公路车辆自动衡器|automatic instrument for weighing road vehicles in motion|P+V H P1Y|907
belt-weigher|连续累计自动衡器（皮带秤）||P+V _ P1Y|195
gravimetric-filler|重力式自动装料衡器|gravimetric filling instrument|P _ P1Y|564
rail-weighbridge|轨道衡||P+V _ P1Y|234 781
load-cell|称重传感器||P _|669
weighing-indicator|称重显示器||P _|649
storage-tank|立式、卧式、球形金属罐||V _ P4Y|168 266 642
road-tanker|汽车油罐车||V M P2Y|133
tank-container|罐式集装箱||V M|1203
rail-tanker|铁路罐车||V M P5Y|140
ship-tank|船舶液货计量舱|ship cargo tank|V M P4Y|702
fuel-dispenser|燃油加油机||P+V H P6M|443
gas-filler|加气机（CNG、LNG、LPG）|gas filling dispenser (CNG, LNG, LPG)|P+V H P1Y|996 997 1114
hydrogen-filler|氢气加气机|hydrogen dispenser|V _ P1Y|
water-meter|水表||P+V _|162
gas-meter|燃气表||P+V _|577 1190
heat-meter|热量表（热能表）||P+V _ P3Y|225
flowmeter|流量计||P+V _ P2Y|1037 1029 1030 1038
sphygmomanometer-automatic|无创自动测量血压计|automatic sphygmomanometer|P+V M P1Y|692
sphygmomanometer-manual|血压计和血压表|manual sphygmomanometer|P+V M P6M|270
tonometer|眼压计||P+V _ P1Y|574
pressure-gauge|压力仪表||V _ P1Y|49 52
taximeter|出租汽车计价器||P+V M P1Y|517
radar-fixed|固定式机动车雷达测速仪|fixed radar speed meter|P+V _ P1Y|527
radar-mobile|移动式机动车雷达测速仪|mobile radar speed meter|P+V M P1Y|528
laser-speed|机动车激光测速仪|laser speed meter|P+V M P1Y|1074
coil-speed|机动车地感线圈测速系统|induction-coil speed system|P+V _ P1Y|1122
breath-alcohol|呼出气体酒精含量检测仪|breath alcohol analyser|P+V M P6M|657
sound-level-meter|声级计||P+V M P1Y|188
vibration-meter|环境振动分析仪|environmental vibration analyser|V M P1Y|921
energy-meter|电能表|electricity meter|P+V _|596
instrument-transformer|互感器||V _ P4Y|313 314 1189.3 1189.4
ev-charger|电动汽车充电桩|electric vehicle charger|V _ P3Y|1148 1149
audiometer|听力计||V M P1Y|388|medical-electrical
electrocardiograph|心电图机||P+V M P1Y|543 1041|medical-electrical
electroencephalograph|脑电图机||V M P1Y|1043 954|medical-electrical
patient-monitor|监护仪||P+V M P1Y|1163 760|medical-electrical
medical-electrical|医用电生理仪器（听力计、心电图机、脑电图机、监护仪）|audiometer, ECG, EEG, patient monitor|V M P1Y|388 543 1041 1043 954 1163 760
optometry|验光仪、验光镜片箱、焦度计|refractor, trial lens case, focimeter|P+V M P1Y|892 579 580
exhaust-gas|汽车排放气体测试仪|vehicle exhaust gas analyser|P+V M P1Y|688
opacimeter|透射式烟度计||V M P1Y|976
gas-alarm|有毒有害、易燃易爆气体检测（报警）仪||P+V M P1Y|693 695 915
dust-meter|粉尘、烟尘测量仪||P+V M P1Y|846 680
water-quality|水质监测仪|water quality monitor|V _ P1Y|1012
moisture-meter|水分测定仪||P+V M P1Y|891
hydrometer|酒精计、密度计|alcoholometer, hydrometer|none _ P1Y|42
weights|砝码||none _ P1Y|99
engine-dynamometer|发动机测功机||none _ P1Y|653
torque-transducer|转矩传感器||none _|
pressure-gauge-general|一般压力表|general pressure gauge|V _ P6M|52|pressure-gauge
pressure-gauge-precision|精密压力表和真空表|precision pressure or vacuum gauge|V _ P1Y|49|pressure-gauge
pressure-transmitter|压力变送器||? _ P1Y|882
temperature-transmitter|温度变送器||? _|
bimetallic-thermometer|双金属温度计||? _|
rtd|工业铂、铜热电阻|industrial platinum or copper resistance thermometer|? _|229
thermocouple|工业热电偶|industrial thermocouple|? _|
liquid-thermometer|工作用玻璃液体温度计|liquid-in-glass thermometer|V _ P1Y|130
electromagnetic-flowmeter|电磁流量计||P+V _ P2Y|1033|flowmeter
turbine-flowmeter|涡轮流量计||P+V _ P2Y|1037|flowmeter
vortex-flowmeter|涡街流量计||P+V _ P2Y|1029|flowmeter
ultrasonic-flowmeter|超声流量计||P+V _ P2Y|1030|flowmeter
coriolis-flowmeter|科里奥利质量流量计|Coriolis mass flowmeter|P+V _ P2Y|1038|flowmeter
rotameter|浮子流量计||P+V _ P1Y|257|flowmeter
level-meter|液位计||? _ P1Y|971
electronic-balance|电子天平||V _ P1Y|1036
caliper|通用卡尺||? M P1Y|30
micrometer|千分尺||? M P1Y|21
gauge-block|量块||? M P1Y|146
steel-tape|钢卷尺|steel measuring tape|V M|4
thermohygrometer|数字温湿度计|digital thermohygrometer|? M|
torque-wrench|扭矩扳子||? M P1Y|707
glassware|常用玻璃量器|volumetric glassware|? _ P3Y|196
multimeter|数字多用表|digital multimeter|? M|
medical-ultrasound|医用超声诊断仪超声源|ultrasound source of a diagnostic scanner|? _ P1Y|639
medical-laser|医用激光源|medical laser source|? _ P1Y|581
medical-xray|医用诊断X射线辐射源|diagnostic X-ray source|? _ P1Y|744 1078 1067 1101 1145
medical-ct|医用CT X射线辐射源|X-ray source of a CT scanner|? _ P1Y|961
medical-accelerator|医用电子加速器辐射源|medical electron accelerator|? _|589
bone-densitometer|X、γ射线骨密度仪||? _|1050
electrolyte-analyser|电解质分析仪||? _ P1Y|1051
biochemical-analyser-semi|半自动生化分析仪|semi-automatic biochemical analyser|? _ P1Y|464
blood-cell-analyser|血细胞分析仪||? _ P1Y|714
microplate-reader|酶标分析仪||? _ P1Y|861
oxygen-inhaler|浮标式氧气吸入器|float-type oxygen inhaler|? _ P1Y|913
activity-meter|活度计||? _|
radiotherapy-dosimeter|治疗水平电离室剂量计||? _|912
radiation-protection|辐射防护用X、γ辐射剂量当量（率）仪|radiation protection dose equivalent meter|? M P1Y|393
tonometer-applanation|接触式、非接触式眼压计|applanation or non-contact tonometer|P+V _ P1Y|1141 1143|tonometer
corneal-curvature|角膜曲率计|corneal curvature meter|? _ P1Y|1011
pd-meter|瞳距仪|pupillary distance meter|? _ P1Y|952
grain-test-weight|谷物容重器|grain test weight apparatus|V _ P1Y|264
water-quality-online|水质在线监测仪（氨氮、总磷、TOC、浊度、pH）|on-line water quality monitor|? _ P1Y|631 821 880 119|water-quality
totalising-discontinuous|非连续累计自动衡器|discontinuous totalising weigher|P+V _ P1Y|648
section-speed|机动车区间测速监测系统|section speed system|? _|
power-transformer-current|电力电流互感器|power current transformer|V _|1189.3|instrument-transformer
power-transformer-voltage|电力电压互感器|power voltage transformer|V _|1189.4|instrument-transformer
network-taximeter|网联出租汽车计价器|networked taximeter|? M|
taximeter-timer-parking|电子停车计时收费表|electronic parking meter|? _ P1Y|1010`

const MOBILITY: Readonly<Record<string, Mobility>> = { M: 'mobile', H: 'partly', _: 'fixed' }

const provenance = provenanceOf('c')

/** Categories by slug. */
export const instrumentCategories: ReadonlyMap<string, InstrumentCategory> = new FixedMap(
  TABLE.split('\n').map((line) => {
    const [slug = '', zh = '', en, facts = '', regulations = '', partOf] = line.split('|')
    const [control, mobility = '', period] = facts.split(' ')
    const category: InstrumentCategory = {
      slug,
      name: { zh, en: en || slug.replaceAll('-', ' ') },
      control: (control === '?' ? 'unknown' : control) as Control,
      mobility: MOBILITY[mobility] as Mobility,
      regulations: regulations === '' ? [] : regulations.split(' ').map((serial) => `JJG${serial}`),
      ...(period !== undefined && { interval: { period, provenance } }),
      ...(partOf !== undefined && { partOf }),
      provenance,
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
