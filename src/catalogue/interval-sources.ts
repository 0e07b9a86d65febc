/** Sources of the intervals in `intervals.ts`, which a verifying page does not load: by regulation, in the order of its rows. */
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
  JJG111: ['技监局量发〔1991〕374号; http://huoshuiyuan.org/zcfg/dffg/2017/0713/99.html'],
  JJG162: [METERS, METERS, 'https://www.51dongshi.net/eedfrcardgags.html'],
  JJG577: [METERS, '', ''],
  JJG596: [METERS, '', METERS, ''],
}

const INTERVAL: Expectation = {
  is: (value) => isObject(value) && isObject(value.provenance),
  expected: { zh: '目录中的检定周期（如 intervalsOf 的结果）', en: 'an interval of the catalogue, as intervalsOf gives it' },
}

/** Where an interval of the catalogue is stated; professional knowledge where no source was at hand. */
export function intervalSource(interval: VerificationInterval): string {
  checkArgument('intervalSource', 'interval', interval, INTERVAL)
  const { regulation = '', provenance } = interval
  const at = verificationIntervals.get(regulation)?.indexOf(interval) ?? -1
  return (Object.hasOwn(SOURCES, regulation) && SOURCES[regulation]?.[at]) || KNOWLEDGE[provenance.confidence]
}
