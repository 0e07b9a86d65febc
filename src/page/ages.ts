/** Formats the age and the remaining validity of a document. */
import { civilDateOf, type Instant } from '../base/date.js'
import type { Language } from '../report/index.js'
import { textIn } from './texts.js'

const UNITS = [
  { seconds: 86_400, ago: 'daysAgo', lasting: 'days' },
  { seconds: 3600, ago: 'hoursAgo', lasting: 'hours' },
  { seconds: 60, ago: 'minutesAgo', lasting: 'minutes' },
] as const

/** Unit of a duration: less than two of a unit is shown in the next smaller one, such as 36 hours. */
const unitOf = (seconds: number): (typeof UNITS)[number] | undefined => UNITS.find((unit) => seconds >= unit.seconds * 2)

export function agoText(seconds: number, language: Language): string {
  const unit = unitOf(seconds)
  return unit === undefined ? textIn(language, 'justNow') : textIn(language, unit.ago, { n: Math.floor(seconds / unit.seconds) })
}

export function lastingText(seconds: number, language: Language): string {
  const unit = unitOf(seconds) ?? UNITS[2]
  return textIn(language, unit.lasting, { n: Math.max(0, Math.floor(seconds / unit.seconds)) })
}

/** The remaining validity of a document, or the day on which it expired. */
export const endText = (exp: Instant, at: Instant, language: Language): string =>
  at > exp ? textIn(language, 'ended', { day: civilDateOf(exp) }) : textIn(language, 'lasts', { time: lastingText(exp - at, language) })
