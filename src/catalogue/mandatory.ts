/**
 * Rows of the lists of working instruments under mandatory verification, as public pages show them: the list of 1987 up to entry
 * 31.1, where the excerpt ends, and names of the catalogue of 2020 that a news page quotes. None was checked against the official
 * text, so they are for information only: no check of a record uses them.
 */
import { freezeDeep } from '../base/fixed-map.js'
import { aText, checkArgument } from '../base/options.js'
import { aliasesOf } from './aliases.js'
import { instrumentCategories } from './categories.js'
import type { VerificationManner } from './intervals.js'

export interface MandatoryRow {
  /** Year of the list: 强制检定的工作计量器具明细目录 (1987), 实施强制管理的计量器具目录 (2020). */
  readonly list: '1987' | '2020'
  /** Number in the list, if a source states it. */
  readonly number?: string
  readonly name: string
  /** The first-level name, if it differs. */
  readonly group?: string
  /** Absent if the source does not state it. */
  readonly manner?: VerificationManner
  /** The manner is for instruments of households; others are verified periodically. */
  readonly isDomesticOnly?: boolean
  /** ISO 8601, or the words of the source. */
  readonly interval?: string
  readonly source: string
}

// list | number | first level | second level | manner (p periodic, o initial only, r initial then replacement, h for households) | interval
const TABLE = `
1987|1.1|尺|竹木直尺|o|
1987|1.2|尺|套管尺|p|P1Y
1987|1.3|尺|钢卷尺|p|
1987|1.4|尺|带锤钢卷尺|p|P6M
1987|1.5|尺|铁路轨距尺|p|P3M
1987|2.1|面积计|皮革面积计|p|P1Y
1987|3.1|玻璃液体温度计||p|
1987|4.1|体温计||o|
1987|5.1|石油闪点温度计||p|P1Y
1987|6.1|谷物水分测定仪||p|P1Y
1987|7.1|热量计||p|
1987|8.1|砝码||p|P2Y（1、2 级），P1Y（其他）
1987|8.2|砝码|链码|p|P1Y
1987|8.3|砝码|增铊|p|P1Y
1987|8.4|砝码|定量铊|p|P1Y
1987|9.1|天平||p|P1Y
1987|10.1|秤|杆秤|p|
1987|10.2|秤|戥秤|p|
1987|10.3|秤|案秤|p|
1987|10.4|秤|台秤|p|
1987|10.5|秤|地秤|p|
1987|10.6|秤|皮带秤|p|
1987|10.7|秤|吊秤|p|
1987|10.8|秤|电子秤|p|
1987|10.9|秤|行李秤|p|
1987|10.10|秤|邮政秤|p|
1987|10.11|秤|计价收费秤|p|
1987|10.12|秤|售粮机|p|
1987|11.1|定量包装机||p|
1987|11.2|定量包装机|定量灌装机|p|
1987|12.1|轨道衡||p|
1987|13.1|容重器|谷物容重器|p|
1987|14.1|计量罐、计量罐车|立式计量罐|p|
1987|14.2|计量罐、计量罐车|卧式计量罐|p|
1987|14.3|计量罐、计量罐车|球形计量罐|p|
1987|14.4|计量罐、计量罐车|汽车计量罐车|p|
1987|14.5|计量罐、计量罐车|铁路计量罐车|p|
1987|14.6|计量罐、计量罐车|船舶计量仓|p|
1987|15.1|燃油加油机||p|
1987|16.1|液体量提||o|
1987|17.1|食用油售油器||p|
1987|18.1|酒精计||p|
1987|19.1|密度计||p|
1987|20.1|糖量计||p|
1987|21.1|乳汁计||p|
1987|22.1|煤气表||rh|
1987|23.1|水表||rh|
1987|24.1|流量计|液体流量计|p|
1987|24.2|流量计|气体流量计|p|
1987|24.3|流量计|蒸气流量计|p|
1987|25.1|压力表||p|
1987|25.2|压力表|风压表|p|
1987|25.3|压力表|氧气表|p|
1987|26.1|血压计||p|
1987|26.2|血压计|血压表|p|
1987|27.1|眼压计||p|
1987|28.1|出租汽车里程计价表||p|
1987|29.1|测速仪|公路管理速度监测仪|p|
1987|30.1|测振仪|振动监测仪|p|
1987|31.1|电度表|单相电度表|rh|
2020||体温计|||
2020||非自动衡器|||
2020||自动衡器|||
2020||称重传感器|||
2020||流量计|||
2020||机动车测速仪|||
2020||声级计|||
2020||水分测定仪|||
2020||透射式烟度计|||
2020||有毒有害、易燃易爆气体检测（报警）仪|||
2020||出租汽车计价器|||P1Y
2020||心电、脉搏、血氧类仪器||p|`

const SOURCES = {
  '1987':
    'https://m.testmart.cn/shop/technical/698090161.html; http://huoshuiyuan.org/zcfg/dffg/2017/0713/99.html; 技监局量发〔1991〕374号',
  '2020': 'http://m.zxgqho79194.cn/news/d254546.html',
} as const
const MANNERS: Readonly<Record<string, VerificationManner>> = { p: 'periodic', o: 'initial-only', r: 'initial-then-replacement' }

/** Rows of both lists, in their order. */
export const mandatoryRows: readonly MandatoryRow[] = freezeDeep(
  TABLE.trim()
    .split('\n')
    .map((line): MandatoryRow => {
      const [year, number, first = '', second, manner = '', interval] = line.split('|')
      const list = year as MandatoryRow['list']
      return {
        list,
        ...(number && { number }),
        name: second || first,
        ...(second && { group: first }),
        ...(manner !== '' && { manner: MANNERS[manner.charAt(0)] as VerificationManner }),
        ...(manner.endsWith('h') && { isDomesticOnly: true }),
        ...(interval && { interval }),
        source: SOURCES[list],
      }
    }),
)

/** Rows whose name is a name or an alias of the category. */
export function mandatoryRowsOf(slug: string): readonly MandatoryRow[] {
  checkArgument('mandatoryRowsOf', 'slug', slug, aText)
  const names = [instrumentCategories.get(slug)?.name.zh, ...aliasesOf(slug)]
  return mandatoryRows.filter(({ name }) => names.includes(name))
}
