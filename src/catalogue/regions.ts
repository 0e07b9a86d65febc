/**
 * Codes of the administrative divisions (民政部《县以上行政区划代码》) of Sichuan and Chongqing, and the province characters used in local
 * specification numbers.
 */
import { FixedMap } from '../base/fixed-map.js'
import type { Text } from '../base/message.js'

/** A province or municipality with its two-digit code. */
export interface Province {
  readonly code: string
  readonly name: Text
  /** The character in JJG(川), JJF(渝). */
  readonly character: string
}

// Characters of all provinces, so that JJG(京) is recognised as local and JJG(交通) as a ministry's.
const CHARACTERS =
  '京11 津12 冀13 晋14 蒙15 辽21 吉22 黑23 沪31 苏32 浙33 皖34 闽35 赣36 鲁37 豫41 鄂42 湘43 粤44 桂45 琼46 渝50 川51 贵52 黔52 滇53 云53 藏54 陕61 甘62 陇62 青63 宁64 新65'

/** Two-digit province code by its character. */
export const provinceByCharacter: ReadonlyMap<string, string> = new Map(
  CHARACTERS.split(' ').map((entry) => [entry.slice(0, 1), entry.slice(1)]),
)

const provinceCodes = new Set(provinceByCharacter.values())

/** True for the two-digit code of a province, municipality or region. */
export const isProvince = (code: string): boolean => provinceCodes.has(code)

/** The two provinces of this agreement. */
export const provinces: ReadonlyMap<string, Province> = new FixedMap(
  [
    { code: '50', name: { zh: '重庆', en: 'Chongqing' }, character: '渝' },
    { code: '51', name: { zh: '四川', en: 'Sichuan' }, character: '川' },
  ].map((province) => [province.code, province]),
)

/** Name of a province; the code itself if it is not one of the two. */
export const provinceName = (code: string): Text => provinces.get(code)?.name ?? { zh: code, en: code }

/**
 * Division codes of the two provinces: the first digits, then the possible last digits. Chongqing has no prefectures: its
 * districts and counties have the level of the cities and prefectures of Sichuan; 高新区 and 万盛 have no code. In November 2025 两江新区
 * replaced 江北 and 渝北, which older records contain; its code was not available. Development zones (71 and above in the codes of the
 * Bureau of Statistics) are not divisions. Source: 国家统计局《统计用区划代码》, in github.com/modood/Administrative-divisions-of-China
 * (dist/areas.csv, commit 0b7fd75, read 2026-11-28, as of 2022). Later divisions may be missing.
 */
const DIVISIONS = `
50 0000
5001 01-20 51-56
5002 29-31 33 35-38 40-43
51 0000 0100 0300-1100 1300-2000 3200-3400
5101 04-08 12-18 21 29 31 81-85
5103 02-04 11 21-22
5104 02-03 11 21-22
5105 02-04 21-22 24-25
5106 03-04 23 81-83
5107 03-05 22-23 25-27 81
5108 02 11-12 21-24
5109 03-04 21 23 81
5110 02 11 24-25 83
5111 02 11-13 23-24 26 29 32-33 81
5113 02-04 21-25 81
5114 02-03 21 23-25
5115 02-04 23-29
5116 02-03 21-23 81
5117 02-03 22-25 81
5118 02-03 22-27
5119 02-03 21-23
5120 02 21-22
5132 01 21-28 30-33
5133 01 22-38
5134 01-02 22-24 26-37`

/** Codes of all divisions in our table, in the order of their names. */
export const divisionCodes: readonly string[] = DIVISIONS.trim()
  .split('\n')
  .flatMap((line) => {
    const [before = '', ...runs] = line.split(' ')
    return runs.flatMap((run) => {
      const [from = '', to = from] = run.split('-')
      // Four digits are those of a city, whose code ends with 00.
      const step = from.length === 4 ? 100 : 1
      const count = (Number(to) - Number(from)) / step + 1
      return Array.from({ length: count }, (_, at) => before + String(Number(from) + at * step).padStart(from.length, '0'))
    })
  })

const listed = new Set(divisionCodes)

/** True if our table has the division. */
export const isListedDivision = (code: string): boolean => listed.has(code)

/**
 * The common prefix of all divisions within this one: two digits for a province, four for a city or prefecture, six for a county.
 */
const shared = (code: string): string => code.replace(/(?:0{4}|0{2})$/, '')

/** True if a division is the other one, or is within it. */
export const isWithinDivision = (code: string, division: string): boolean => code.startsWith(shared(division))
