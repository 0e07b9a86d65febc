/** Known units that are not legal in China, by every spelling, with the legal unit to write instead; and similar codes. */
import { FixedMap } from '../../base/fixed-map.js'
import type { Text } from '../../base/message.js'
import { atoms, prefixes } from './atoms.js'
import { COMMON } from './common.js'

export interface NotLegal {
  readonly name: Text
  /** UCUM code of the legal unit to write instead. */
  readonly legal: string
  /** Factor to the legal unit, rounded to the digits given; absent if it is not constant. */
  readonly factor?: string
  /** True if some trades print it with the legal unit; the finding is a warning then, not a failure. */
  readonly isCustomary?: true
}

type Row = readonly [spellings: string, zh: string, en: string, legal: string, factor?: string, customary?: true]

const ROWS: readonly Row[] = [
  ['[psi] psi psia psig lbf/in2 磅力/平方英寸', '磅力每平方英寸', 'pound-force per square inch', 'kPa'],
  ['mm[Hg] mmHg 毫米汞柱', '毫米汞柱', 'millimetre of mercury', 'kPa', '0.1333224'],
  ['m[Hg]', '米汞柱', 'metre of mercury', 'kPa', '133.3224'],
  ["inHg [in_i'Hg] 英寸汞柱", '英寸汞柱', 'inch of mercury', 'kPa', '3.386389'],
  ["inH2O [in_i'H2O] 英寸水柱", '英寸水柱', 'inch of water', 'kPa', '0.24908891'],
  ['Torr 托', '托', 'torr', 'kPa', '20265/152000'],
  ['mm[H2O] mmH2O mmH₂O 毫米水柱', '毫米水柱', 'millimetre of water', 'kPa', '0.00980665'],
  ['cm[H2O] cmH2O cmH₂O 厘米水柱', '厘米水柱', 'centimetre of water', 'kPa', '0.0980665'],
  ['m[H2O] mH2O 米水柱', '米水柱', 'metre of water', 'kPa', '9.80665'],
  ['mbar 毫巴', '毫巴', 'millibar', 'kPa', '0.1'],
  ['bar 巴', '巴', 'bar', 'MPa', '0.1'],
  ['att at 工程大气压', '工程大气压', 'technical atmosphere', 'MPa', '0.0980665'],
  ['atm 标准大气压', '标准大气压', 'standard atmosphere', 'MPa', '0.101325'],
  ['kgf/cm2 kgf/cm² 公斤力/平方厘米 千克力每平方厘米', '千克力每平方厘米', 'kilogram-force per square centimetre', 'MPa', '0.0980665'],
  ['kgf/mm2 kgf/mm²', '千克力每平方毫米', 'kilogram-force per square millimetre', 'MPa', '9.80665'],
  ['kgf 公斤力 千克力', '千克力', 'kilogram-force', 'N', '9.80665'],
  ['tf 吨力', '吨力', 'tonne-force', 'kN', '9.80665'],
  ['gf 克力', '克力', 'gram-force', 'N', '0.00980665'],
  ['dyn 达因', '达因', 'dyne', 'N', '0.00001'],
  ['[lbf_av] lbf 磅力', '磅力', 'pound-force', 'N', '4.4482216152605'],
  ['kgf.m kgf·m 公斤力米 千克力米', '千克力米', 'kilogram-force metre', 'N.m', '9.80665'],
  ['lbf.ft lbf·ft', '磅力英尺', 'pound-force foot', 'N.m'],
  ['市斤 斤', '市斤', 'jin', 'kg', '0.5'],
  ['担 市担', '担', 'dan', 'kg', '50'],
  ['[lb_av] lb lbs 磅', '磅', 'pound', 'kg', '0.45359237'],
  ['[oz_av] oz 盎司', '盎司', 'ounce', 'g', '28.349523125'],
  ['两 市两', '两', 'liang', 'g', '50'],
  ['钱', '钱', 'qian', 'g', '5'],
  ['[car_m] ct 克拉', '克拉', 'metric carat', 'g', '0.2', true],
  ['[gr] gr 格令', '格令', 'grain', 'g', '0.06479891'],
  ['亩 市亩', '亩', 'mu', 'm2', '2000/3'],
  ['ar 公亩', '公亩', 'are', 'm2', '100'],
  ['平方尺 平方市尺', '平方市尺', 'square chi', 'm2', '1/9'],
  ['尺 市尺', '市尺', 'chi', 'm', '1/3'],
  ['丈 市丈', '丈', 'zhang', 'm', '10/3'],
  ['[ft_i] ft 英尺', '英尺', 'foot', 'm', '0.3048'],
  ['[yd_i] yd 码', '码', 'yard', 'm', '0.9144'],
  ['寸 市寸', '市寸', 'cun', 'mm', '100/3'],
  ['[in_i] in 英寸', '英寸', 'inch', 'mm', '25.4'],
  ['丝 道', '丝', 'si', 'mm', '0.01'],
  ['里 华里 市里', '华里', 'li', 'km', '0.5'],
  ['[mi_i] mi mile 英里', '英里', 'mile', 'km', '1.609344'],
  ['mph MPH [mi_i]/h 英里每小时', '英里每小时', 'mile per hour', 'km/h', '1.609344'],
  ['[gal_us] gal 加仑', '加仑', 'gallon', 'L', '3.785411784'],
  ['cc c.c.', '西西', 'cc', 'mL', '1'],
  ['[cal] cal 卡 卡路里', '卡', 'calorie', 'J', '4.1868'],
  ['[Cal] Cal kcal 大卡 千卡', '千卡', 'kilocalorie', 'J', '4186.8'],
  ['erg 尔格', '尔格', 'erg', 'J', '0.0000001'],
  ['[Btu] Btu BTU 英热单位', '英热单位', 'British thermal unit', 'J'],
  ['PS 马力 米制马力', '米制马力', 'metric horsepower', 'kW', '0.73549875'],
  ['[HP] hp HP 英制马力', '英制马力', 'horsepower', 'kW', '0.7456998715822702'],
  ['[degF] degF °F ℉ 华氏度', '华氏度', 'degree Fahrenheit', 'Cel'],
  ['Ao Å A° 埃', '埃', 'ångström', 'nm', '0.1'],
  ['Ci 居里', '居里', 'curie', 'Bq', '37000000000'],
  ['R 伦琴', '伦琴', 'roentgen', 'C/kg', '0.000258'],
  ['RAD rd 拉德', '拉德', 'rad (dose)', 'Gy', '0.01'],
  ['REM rem 雷姆', '雷姆', 'rem', 'Sv', '0.01'],
  ['G Gs 高斯', '高斯', 'gauss', 'mT', '0.1'],
  ['Oe 奥斯特', '奥斯特', 'oersted', 'A/m'],
  ['cP 厘泊', '厘泊', 'centipoise', 'mPa.s', '1'],
  ['mR 毫伦琴', '毫伦琴', 'milliroentgen', 'uC/kg', '0.258'],
  ['P 泊', '泊', 'poise', 'Pa.s', '0.1'],
  ['cSt 厘斯 厘斯托克斯', '厘斯', 'centistokes', 'mm2/s', '1'],
  ['St 斯托克斯', '斯托克斯', 'stokes', 'm2/s', '0.0001'],
]

/** Every spelling of a unit that is not legal. Spellings contain no blanks. */
export const notLegalUnits: ReadonlyMap<string, NotLegal> = new FixedMap(
  ROWS.flatMap(([spellings, zh, en, legal, factor, isCustomary]) =>
    spellings
      .split(' ')
      .map(
        (spelling) =>
          [spelling, { name: { zh, en }, legal, ...(factor !== undefined && { factor }), ...(isCustomary && { isCustomary }) }] as const,
      ),
  ),
)

/** A known atom that is not legal, with a prefix. */
export function notLegalAtom(symbol: string): NotLegal | undefined {
  for (const length of [1, 2]) {
    const rest = notLegalUnits.get(symbol.slice(length))
    if (rest !== undefined && symbol.length > length + 1 && prefixes.has(symbol.slice(0, length))) return rest
  }
  return undefined
}

/** Every combination of prefix and atom, by its lower-case spelling; null if several share one. */
let byLowerCase: ReadonlyMap<string, string | null> | undefined

function lowerCaseCodes(): ReadonlyMap<string, string | null> {
  if (byLowerCase !== undefined) return byLowerCase
  const made = new Map<string, string | null>()
  const put = (code: string): void => {
    const key = code.toLowerCase()
    made.set(key, made.has(key) && made.get(key) !== code ? null : code)
  }
  for (const { code, takesPrefix } of atoms.values()) {
    put(code)
    // The prefixes used on certificates; quetta and the like would only add ambiguity.
    if (takesPrefix) for (const { code: prefix, power } of prefixes.values()) if (Math.abs(power) <= 12) put(prefix + code)
  }
  // On a certificate mpa is megapascal, never millipascal.
  for (const [code] of COMMON) if (/^[a-zA-Z]+$/.test(code) && code !== 'l') made.set(code.toLowerCase(), code)
  byLowerCase = made
  return made
}

/**
 * The code most probably meant by an invalid one: the same letters in another case. A single letter is insufficient: D is not a
 * day.
 */
export function nearestCode(symbol: string): string | undefined {
  // Nm is the newton metre without its dot, not a misspelt nm.
  if (symbol.length < 2 || symbol.length > 20 || symbol === 'Nm') return undefined
  return lowerCaseCodes().get(symbol.toLowerCase()) ?? undefined
}
