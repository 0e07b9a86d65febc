/**
 * Numbers of metrological technical specifications: JJG 517-2016, JJF(渝) 901-2024, JJG（交通）056—2017. The printed text is preserved;
 * spellings are compared by key.
 */

import { freezeDeep } from '../base/fixed-map.js'
import { identifierKey } from '../base/identifier.js'
import { aText, checkArgument } from '../base/options.js'
import { provinceByCharacter } from './regions.js'

/** Publisher: the state, a ministry, one province, or several provinces jointly. */
export type SpecificationLevel = 'national' | 'ministry' | 'local' | 'joint'

export interface SpecificationNumber {
  /** JJG: verification regulation 检定规程. JJF: calibration specification 校准规范 or other technical specification. */
  readonly family: 'JJG' | 'JJF'
  readonly level: SpecificationLevel
  /** Two-digit province codes, for local and joint specifications. */
  readonly provinces: readonly string[]
  /** Number without the year; text, because leading zeros are significant. */
  readonly serial: string
  /** Year of the edition, four digits. */
  readonly year: number
  /** 试行, provisional. */
  readonly trial: boolean
  /** Comparison key: `JJG517-2016`, `JJF(渝)901-2024`. 试行 is not part of it: an edition has one year. */
  readonly key: string
  /** Key without the year: identifies the specification of this edition. */
  readonly seriesKey: string
}

// 试行 may be in brackets or not; an amendment sheet is not a new edition.
const PATTERN =
  /^(JJ[GF])(?:\(([\u4e00-\u9fff]{1,6})\))?(\d{1,4}(?:\.\d{1,2})?)-(\d{4}|\d{2})(\(?试行\)?)?(?:\/XG\d{1,2}(?:-\d{4})?|\(?第?\d{1,4}[年号]?(?:第\d号)?修[改订]单?\)?)?$/
const MAX_LENGTH = 60

/** Cache of `parse`: certificates name the same few numbers. */
const seen = new Map<string, SpecificationNumber | undefined>()
const MAX_SEEN = 1024

/** Parses a printed number; undefined if it is not a specification number or has no year. */
export function parseSpecificationNumber(printed: string): SpecificationNumber | undefined {
  checkArgument('parseSpecificationNumber', 'printed', printed, aText)
  if (printed.length > MAX_LENGTH) return undefined
  if (seen.has(printed)) return seen.get(printed)
  const parsed = freezeDeep(parse(printed))
  if (seen.size >= MAX_SEEN) seen.clear()
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
  // Only editions before 2000 have two-digit years.
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
