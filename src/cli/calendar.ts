/**
 * Formats durations in words, by date-fns, which is loaded only if one is shown. Dates of records and verdicts are computed in
 * `base/date.ts`, because date-fns uses the time zone of the machine.
 */
import { formatDistanceStrict } from 'date-fns/formatDistanceStrict'
import { enUS } from 'date-fns/locale/en-US'
import { zhCN } from 'date-fns/locale/zh-CN'
import type { Instant } from '../base/date.js'

/** `还有 14 天` or `已过 3 天`, `in 14 days` or `3 days ago`; rounded down to whole units, so never more time than is left. */
export function distanceOf(at: Instant, now: Instant, language: 'zh' | 'en'): string {
  const [to, from] = [at * 1000, now * 1000]
  if (language === 'en') return formatDistanceStrict(to, from, { locale: enUS, addSuffix: true, roundingMethod: 'floor' })
  return `${at < now ? '已过' : '还有'} ${formatDistanceStrict(to, from, { locale: zhCN, roundingMethod: 'floor' })}`
}
