/** Addresses and further conditions of the intervals in `intervals.ts`, which a verifying page does not load: by regulation, in the order of its rows. */
import type { Text } from '../base/message.js'
import { checkArgument, type Expectation, isObject } from '../base/options.js'
import type { VerificationInterval } from './intervals.js'
import { verificationIntervals } from './intervals.js'
import { KNOWLEDGE } from './knowledge.js'

const METERS = 'http://www.psx.gov.cn/zwgk_174/zfxxgkml/cjzcwd/xjjxxw/202603/t20260316_15533116.html'
const SPEED = 'm.ynkmjykj.com (26709)'

const SOURCES: Readonly<Record<string, readonly string[]>> = {
  JJG443: ['m.ynkmjykj.com (323889)'],
  JJG527: [SPEED],
  JJG528: [SPEED],
  JJG52: ['http://yymeters.com/Maintenance-of-pressure-gauge-n.html (JJG 52—1999)'],
  JJG111: [
    '技监局量发〔1991〕374号; http://huoshuiyuan.org/zcfg/dffg/2017/0713/99.html; https://m.testmart.cn/shop/technical/698090161.html',
  ],
  JJG162: [METERS, METERS, 'https://www.51dongshi.net/eedfrcardgags.html'],
  JJG577: [METERS, '', ''],
  JJG596: [METERS, '', METERS, ''],
}

const [MAGNETIC, CAPACITIVE]: readonly [Text, Text] = [
  { zh: '电磁式', en: 'electromagnetic' },
  { zh: '电容式', en: 'capacitive' },
]
const APPLIES: Readonly<Record<string, readonly Text[]>> = {
  JJG162: [
    { zh: 'DN25 及以下', en: 'DN 25 and below' },
    { zh: 'DN25 以上至 DN50', en: 'above DN 25, up to DN 50' },
    { zh: 'DN50 以上', en: 'above DN 50' },
  ],
  JJG577: [
    { zh: 'G1.6 至 G6，天然气', en: 'G1.6 to G6, natural gas' },
    { zh: 'G1.6 至 G6，其他燃气', en: 'G1.6 to G6, other gases' },
    { zh: 'G10 及以上', en: 'G10 and above' },
  ],
  'JJG1189.3': [MAGNETIC],
  'JJG1189.4': [MAGNETIC, CAPACITIVE],
}

const INTERVAL: Expectation = {
  is: (value) => isObject(value) && isObject(value.provenance),
  expected: { zh: '目录中的检定周期（如 intervalsOf 的结果）', en: 'an interval of the catalogue, as intervalsOf gives it' },
}

/** The entry of a table at the row of the interval; absent for an interval of a published catalogue. */
function found<T>(table: Readonly<Record<string, readonly T[]>>, interval: VerificationInterval): T | undefined {
  const { regulation = '' } = interval
  const row = verificationIntervals.get(regulation)?.indexOf(interval) ?? -1
  return Object.hasOwn(table, regulation) ? table[regulation]?.[row] : undefined
}

/** Where an interval of the catalogue is stated; professional knowledge where no source was at hand. */
export function intervalSource(interval: VerificationInterval): string {
  checkArgument('intervalSource', 'interval', interval, INTERVAL)
  return found(SOURCES, interval) || KNOWLEDGE[interval.provenance.grade === 'c' ? 'unverified' : 'published']
}

/** The condition of an interval that no member of a record states: `DN25 及以下`, `电磁式`; absent where there is none. */
export function intervalApplies(interval: VerificationInterval): Text | undefined {
  checkArgument('intervalApplies', 'interval', interval, INTERVAL)
  return interval.applies ?? found(APPLIES, interval)
}
