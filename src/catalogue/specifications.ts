/** Known editions of national specifications with their dates, as far as known. Dated reference data, 2026-11. */
import type { CivilDate } from '../base/date.js'
import { type Provenance, published, unverified } from './provenance.js'
import { parseSpecificationNumber } from './specification-number.js'

export interface SpecificationEdition {
  /** As printed on certificates. */
  readonly number: string
  readonly key: string
  readonly title: string
  /** 实施日期. Absent if no source was found: it is then unknown whether the edition was in force. */
  readonly effectiveOn?: CivilDate
  /** First day on which it is no longer in force, because a later edition took effect. */
  readonly abolishedOn?: CivilDate
  readonly replacedBy?: string
  readonly provenance: Provenance
}

type Row = readonly [
  number: string,
  title: string,
  effectiveOn?: string | undefined,
  abolishedOn?: string | undefined,
  replacedBy?: string | undefined,
  source?: string | undefined,
]

const XH3140 = 'github.com/xh3140/metrology (2020-07-20)'

/** Editions whose dates a public source states. */
const DATED: readonly Row[] = [
  ['JJG 517-2016', '出租汽车计价器', '2017-05-30', undefined, undefined, 'https://www.duodown.com/biaozhun/2415492.html'],
  ['JJG 133-2016', '汽车油罐车容量', '2017-05-25', undefined, undefined, 'https://www.duodown.com/ (2546618)'],
  ['JJG 443-2015', '燃油加油机', undefined, '2024-05-01', 'JJG 443-2023', 'https://plusstd.com/ (2124877079)'],
  ['JJG 443-2023', '燃油加油机（试行）', '2024-05-01', undefined, undefined, 'https://plusstd.com/ (2124877079)'],
  ['JJG 527-2015', '固定式机动车雷达测速仪', '2015-12-15', undefined, undefined, 'https://www.duodown.com/ (61223805)'],
  ['JJG 528-2015', '移动式机动车雷达测速仪', '2015-12-15', undefined, undefined, 'https://www.duodown.com/ (61223805)'],
  ['JJG 657-2019', '呼出气体酒精含量检测仪', '2020-03-27', undefined, undefined, 'https://www.11bz.com/a/651431.html'],
  ['JJG 1203-2024', '罐式集装箱容积', '2024-12-18', undefined, undefined, 'https://freebz.net/jiliang/480010.html'],
  ['JJG 1204-2025', '电子计价秤（试行）', '2027-01-08', undefined, undefined, 'https://guifanku.com/866428'],
  ['JJG 42-2011', '工作玻璃浮计', undefined, '2023-09-15', 'JJG 42-2023', 'https://www.duodown.com/ (2130532)'],
  ['JJG 42-2023', '工作玻璃浮计', '2023-09-15', undefined, undefined, 'https://www.duodown.com/ (2130532)'],
  ['JJG 99-2022', '砝码', '2023-06-07', undefined, undefined, 'https://guifan.net/371701'],
  ['JJG 225-2001', '热能表', '2002-03-01', '2025-04-19', 'JJG 225-2024', 'https://guifanku.com/849867.html'],
  ['JJG 225-2024', '热量表', '2025-04-19', undefined, undefined, 'https://guifanku.com/849867.html'],
  ['JJG 1148-2022', '电动汽车交流充电桩（试行）', '2022-12-28', undefined, undefined, 'http://www.efolxx85b.com/ba/nrbpvfqf.html'],
  [
    'JJG 1149-2022',
    '电动汽车非车载充电机（试行）',
    '2022-12-28',
    undefined,
    undefined,
    'http://cornels-photography.com/paper/240405065.html',
  ],
  [
    'JJG 1189.3-2022',
    '测量用互感器 第3部分：电力电流互感器',
    '2023-06-07',
    undefined,
    undefined,
    'https://max.book118.com/html/2024/0717/5113233120011244.shtm',
  ],
  [
    'JJF 1015-2014',
    '计量器具型式评价通用规范',
    '2014-07-23',
    undefined,
    undefined,
    'https://www.chinesestandard.net/PDF/English.aspx/JJF1015-1990',
  ],
  ['JJG 543-2008', '心电图机', '2008-11-23', undefined, undefined, XH3140],
  ['JJG 760-2003', '心电监护仪', '2004-05-24', undefined, undefined, XH3140],
  ['JJG 954-2019', '数字脑电图仪', '2020-03-27', undefined, undefined, XH3140],
  ['JJG 1041-2008', '数字心电图机', '2008-07-16', undefined, undefined, XH3140],
  ['JJG 1043-2008', '脑电图机', '2008-11-23', undefined, undefined, XH3140],
  ['JJG 1163-2019', '多参数监护仪', '2020-03-31', undefined, undefined, XH3140],
]

/** Editions known to exist without a source for their dates; they never fail a record. */
const UNDATED: readonly Row[] = [
  ['JJG 13-2016', '模拟指示秤'],
  ['JJG 14-2016', '非自行指示秤'],
  ['JJG 49-2013', '弹性元件式精密压力表和真空表'],
  ['JJG 52-2013', '弹性元件式一般压力表、压力真空表和真空表'],
  ['JJG 111-2019', '玻璃体温计'],
  ['JJG 140-2018', '铁路罐车容积'],
  ['JJG 162-2019', '饮用冷水水表'],
  ['JJG 168-2018', '立式金属罐容量'],
  ['JJG 188-2017', '声级计'],
  ['JJG 195-2019', '连续累计自动衡器（皮带秤）'],
  ['JJG 234-2012', '自动轨道衡'],
  ['JJG 266-2018', '卧式金属罐容量'],
  ['JJG 270-2008', '血压计和血压表'],
  ['JJG 313-2010', '测量用电流互感器'],
  ['JJG 314-2010', '测量用电压互感器'],
  ['JJG 388-2012', '测听设备 纯音听力计'],
  ['JJG 539-2016', '数字指示秤'],
  ['JJG 564-2019', '重力式自动装料衡器'],
  ['JJG 574-2004', '压陷式眼压计'],
  ['JJG 577-2012', '膜式燃气表'],
  ['JJG 579-2010', '验光镜片箱'],
  ['JJG 580-2005', '焦度计'],
  ['JJG 596-2012', '电子式交流电能表'],
  ['JJG 642-2007', '球形金属罐容量'],
  ['JJG 649-2016', '数字称重显示器（称重指示器）'],
  ['JJG 653-2003', '测功装置'],
  ['JJG 669-2003', '称重传感器'],
  ['JJG 680-2007', '烟尘采样器'],
  ['JJG 688-2017', '汽车排放气体测试仪'],
  ['JJG 692-2010', '无创自动测量血压计'],
  ['JJG 693-2011', '可燃气体检测报警器'],
  ['JJG 695-2019', '硫化氢气体检测仪'],
  ['JJG 702-2005', '船舶液货计量舱容量'],
  ['JJG 738-2024', '出租汽车计价器标准装置'],
  ['JJG 781-2019', '数字指示轨道衡'],
  ['JJG 846-2015', '粉尘浓度测量仪'],
  ['JJG 892-2022', '验光仪'],
  ['JJG 907-2006', '动态公路车辆自动衡器'],
  ['JJG 915-2008', '一氧化碳检测报警器'],
  ['JJG 921-2021', '环境振动分析仪'],
  ['JJG 976-2010', '透射式烟度计'],
  ['JJG 996-2012', '压缩天然气加气机'],
  ['JJG 1012-2019', '化学需氧量（COD）在线自动监测仪'],
  ['JJG 1037-2008', '涡轮流量计'],
  ['JJG 1074-2012', '机动车激光测速仪'],
  ['JJG 1114-2015', '液化天然气加气机'],
  ['JJG 1118-2015', '电子汽车衡（衡器载荷测量仪法）'],
  ['JJG 1122-2015', '机动车地感线圈测速系统'],
  ['JJG 1162-2019', '医用电子体温计'],
  ['JJG 1164-2019', '红外耳温计'],
  ['JJG 1189.4-2022', '测量用互感器 第4部分：电力电压互感器'],
  ['JJG 1190-2022', '超声波燃气表'],
  ['JJF 1117-2010', '计量比对'],
  ['JJF 1221-2009', '汽车排气污染物检测用底盘测功机'],
]

const edition = ([number, title, effectiveOn, abolishedOn, replacedBy, source]: Row): SpecificationEdition => ({
  number,
  key: parseSpecificationNumber(number)?.key as string,
  title,
  ...(effectiveOn && { effectiveOn }),
  ...(abolishedOn && { abolishedOn }),
  ...(replacedBy && { replacedBy }),
  provenance: source === undefined ? unverified : published(source),
})

/** National editions by comparison key. */
export const specificationEditions: ReadonlyMap<string, SpecificationEdition> = new Map(
  [...DATED, ...UNDATED].map((row) => {
    const entry = edition(row)
    return [entry.key, entry]
  }),
)
