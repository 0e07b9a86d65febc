/**
 * Numbers of metrological technical specifications: JJG 517-2016, JJF(渝) 901-2024, JJG（交通）056—2017.
 * What was printed is kept; two spellings compare on the key.
 */

import { identifierKey } from '../base/identifier.js'
import { aText, checkArgument } from '../base/options.js'
import { provinceByCharacter } from './regions.js'

/** Who publishes it: the state, a ministry, one province, or several provinces together. */
export type SpecificationLevel = 'national' | 'ministry' | 'local' | 'joint'

export interface SpecificationNumber {
  /** JJG: verification regulation 检定规程. JJF: calibration specification 校准规范 or other technical specification. */
  readonly family: 'JJG' | 'JJF'
  readonly level: SpecificationLevel
  /** Two-digit province codes, for local and joint specifications. */
  readonly provinces: readonly string[]
  /** Number without the year; a text, because leading zeros count. */
  readonly serial: string
  /** Year of the edition, four digits. */
  readonly year: number
  /** 试行, provisional. */
  readonly trial: boolean
  /** Comparison key: `JJG517-2016`, `JJF(渝)901-2024`. 试行 is not part of it: an edition has one year. */
  readonly key: string
  /** Key without the year: the specification of which this is an edition. */
  readonly seriesKey: string
}

// 试行 stands with brackets and without; an amendment sheet does not make another edition.
const PATTERN =
  /^(JJ[GF])(?:\(([\u4e00-\u9fff]{1,6})\))?(\d{1,4}(?:\.\d{1,2})?)-(\d{4}|\d{2})(\(?试行\)?)?(?:\/XG\d{1,2}(?:-\d{4})?|\(?第?\d{1,4}[年号]?(?:第\d号)?修[改订]单?\)?)?$/
const MAX_LENGTH = 60

/** Certificates name the same few numbers over and over; the answer is that of `parse`. */
const seen = new Map<string, SpecificationNumber | undefined>()
const MOST_SEEN = 1024

/** The parts of a printed number, or undefined where it is none or names no year. */
export function parseSpecificationNumber(printed: string): SpecificationNumber | undefined {
  checkArgument('parseSpecificationNumber', 'printed', printed, aText)
  if (printed.length > MAX_LENGTH) return undefined
  if (seen.has(printed)) return seen.get(printed)
  const parsed = parse(printed)
  if (seen.size >= MOST_SEEN) seen.clear()
  seen.set(printed, parsed)
  return parsed
}

function parse(printed: string): SpecificationNumber | undefined {
  const parts = PATTERN.exec(identifierKey(printed).replace(/《[^》]*》|检定规程|校准规范/g, ''))
  if (parts === null) return undefined
  const [, family, bracket, serial, yearText, trial] = parts
  const codes = bracket === undefined ? [] : [...bracket].map((character) => provinceByCharacter.get(character))
  const local = codes.length > 0 && codes.every((code) => code !== undefined)
  const level = bracket === undefined ? 'national' : local ? (codes.length > 1 ? 'joint' : 'local') : 'ministry'
  // Two-digit years exist on editions before 2000 only.
  const year = yearText?.length === 2 ? 1900 + Number(yearText) : Number(yearText)
  const seriesKey = `${family}${bracket === undefined ? '' : `(${bracket})`}${serial}`
  return {
    family: family as SpecificationNumber['family'],
    level,
    provinces: local ? (codes as string[]) : [],
    serial: serial as string,
    year,
    trial: trial !== undefined,
    key: `${seriesKey}-${year}`,
    seriesKey,
  }
}
