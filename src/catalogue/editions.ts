/**
 * Dates of the national editions for the rules: whether an edition is in force on a day, and whether that is certain. The table is
 * in `editions/dates.ts`; titles and sources are in `specifications.ts`, which a verifying page does not load.
 */
import type { CivilDate } from '../base/date.js'
import { FixedMap } from '../base/fixed-map.js'
import { anObject, aText, checkArgument } from '../base/options.js'
import { EDITION_DATES } from './editions/dates.js'
import type { Confidence } from './provenance.js'

export interface EditionDates {
  /** As printed on certificates. */
  readonly number: string
  readonly key: string
  /** 实施日期. Absent if no source was found: it is then unknown whether the edition was in force. */
  readonly effectiveOn?: CivilDate
  /** First day on which it is no longer in force: the effective date of its successor. */
  readonly abolishedOn?: CivilDate
  /** Later editions, which may replace only a part of it. */
  readonly replacedBy?: readonly string[]
  /** True if a source states that it has ended, in part or on an unknown day. */
  readonly isEnded?: boolean
  /** Dates that the sources leave in doubt: these only warn. */
  readonly doubtful?: readonly ('effectiveOn' | 'abolishedOn')[]
  readonly confidence: Confidence
}

const EDITION = /^(\d\d)(c?)(?:\.(\d\d)(\d\d)(\+*)(\??))?(?:([>~])([^@]*)(?:@(\d{4})(\d\d)(\d\d))?)?$/

type Writable<T> = { -readonly [M in keyof T]: T[M] }

function readTable(): Map<string, EditionDates> {
  const editions = new Map<string, Writable<EditionDates>>()
  const ends: (() => void)[] = []
  let family = ''
  for (const line of EDITION_DATES.split('\n')) {
    const [serial = '', ...words] = line.split(' ')
    if (words.length === 0) family = serial
    const parts = words.map((word) => EDITION.exec(word) as RegExpExecArray)
    const years = parts.map(([, digits = '']) => (digits < '50' ? 2000 : 1900) + Number(digits))
    parts.forEach(([, , weak, month, day, later = '', doubt, sign, by = '', ...on], at) => {
      const year = years[at] as number
      const key = `${family}${serial}-${year}`
      const edition: Writable<EditionDates> = { number: `${family} ${serial}-${year}`, key, confidence: weak ? 'unverified' : 'published' }
      editions.set(key, edition)
      if (month !== undefined) edition.effectiveOn = `${year + later.length}-${month}-${day}` as CivilDate
      if (doubt) edition.doubtful = ['effectiveOn']
      if (sign === undefined) return
      const keys = by.split(',').map((one) => (one.startsWith('J') ? one : `${family}${serial}-${one === '' ? years[at + 1] : one}`))
      ends.push(() => end(edition, by === '?' ? [] : keys.flatMap((one) => editions.get(one) ?? []), sign === '>', on))
    })
  }
  for (const resolve of ends) resolve()
  return editions
}

/** Sets the end of an edition: its day of abolition is the effective date of the successor, and equally certain. */
function end(edition: Writable<EditionDates>, by: readonly EditionDates[], isWhole: boolean, on: readonly (string | undefined)[]): void {
  const [next] = by
  const day = on[0] === undefined ? next?.effectiveOn : on.join('-')
  if (by.length > 0) edition.replacedBy = by.map(({ number }) => number)
  if (!isWhole || day === undefined) {
    edition.isEnded = true
    return
  }
  edition.abolishedOn = day as CivilDate
  if (on[0] !== undefined || next?.confidence !== 'published' || next.doubtful?.includes('effectiveOn'))
    edition.doubtful = [...(edition.doubtful ?? []), 'abolishedOn']
}

/** National editions by comparison key. */
export const editionDates: ReadonlyMap<string, EditionDates> = new FixedMap(readTable())

/** `unknown`: no date to compare, or an end whose day is not known. */
export type EditionState = 'not-yet' | 'abolished' | 'in-force' | 'unknown'

/** The state of an edition on a day, and whether its sources are sufficient to decide. */
export function editionOn(edition: EditionDates, day: CivilDate): { readonly state: EditionState; readonly isCertain: boolean } {
  checkArgument('editionOn', 'edition', edition, anObject)
  checkArgument('editionOn', 'day', day, aText)
  const { effectiveOn, abolishedOn, isEnded = false, doubtful = [], confidence } = edition
  const is = (state: EditionState, isCertain: boolean) => ({ state, isCertain: isCertain && confidence === 'published' })
  if (effectiveOn !== undefined && day < effectiveOn) return is('not-yet', !doubtful.includes('effectiveOn'))
  if (abolishedOn !== undefined && day >= abolishedOn) return is('abolished', !doubtful.includes('abolishedOn'))
  if ((effectiveOn === undefined && abolishedOn === undefined) || isEnded) return is('unknown', false)
  return is('in-force', doubtful.length === 0)
}
