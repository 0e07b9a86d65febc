/**
 * Legal units of measurement 法定计量单位 (State Council 1984; GB 3100—1993): a closed list, keyed by UCUM code, each
 * with its Chinese print, its D-SI form, and an exact factor to the coherent SI unit.
 */

import { type Decimal, parseDecimal } from '../base/decimal.js'
import type { Text } from '../base/messages/index.js'
import { addRational, divideRational, fromDecimal, multiplyRational, type Rational, rational, subtractRational } from '../base/rational.js'

export interface LegalUnit {
  /** UCUM code (case-sensitive). */
  readonly code: string
  /** As printed on a Chinese certificate. */
  readonly symbol: string
  readonly name: Text
  /** D-SI 2 form. */
  readonly dsi: string
  /** Dimension as exponents of the SI base units, for example `kg.m-1.s-2`; `1` for a number. */
  readonly dimension: string
  /** Value in this unit × factor + offset = value in the coherent SI unit, exactly. */
  readonly factor: Rational
  readonly offset: Rational
}

type Row = readonly [code: string, symbol: string, zh: string, en: string, dsi: string, dimension: string, factor: string, offset?: string]

const ROWS: readonly Row[] = [
  ['1', '1', '一', 'one', '\\one', '1', '1'],
  ['%', '%', '百分之一', 'percent', '\\percent', '1', '0.01'],
  ['[ppth]', '‰', '千分之一', 'per mille', '\\permille', '1', '0.001'],
  ['[ppm]', '10⁻⁶', '百万分之一', 'parts per million', '\\ppm', '1', '0.000001'],
  ['%{RH}', '%RH', '相对湿度', 'percent relative humidity', '\\percent', '1', '0.01'],
  ['%{vol}', '%vol', '体积分数（酒精度）', 'percent by volume', '\\percent', '1', '0.01'],
  ['m', 'm', '米', 'metre', '\\metre', 'm', '1'],
  ['km', 'km', '千米', 'kilometre', '\\kilo\\metre', 'm', '1000'],
  ['dm', 'dm', '分米', 'decimetre', '\\deci\\metre', 'm', '0.1'],
  ['cm', 'cm', '厘米', 'centimetre', '\\centi\\metre', 'm', '0.01'],
  ['mm', 'mm', '毫米', 'millimetre', '\\milli\\metre', 'm', '0.001'],
  ['um', 'μm', '微米', 'micrometre', '\\micro\\metre', 'm', '0.000001'],
  ['nm', 'nm', '纳米', 'nanometre', '\\nano\\metre', 'm', '0.000000001'],
  ['[nmi_i]', 'n mile', '海里', 'nautical mile', '\\nauticalmile', 'm', '1852'],
  ['m2', 'm²', '平方米', 'square metre', '\\metre\\tothe{2}', 'm2', '1'],
  ['cm2', 'cm²', '平方厘米', 'square centimetre', '\\centi\\metre\\tothe{2}', 'm2', '0.0001'],
  ['mm2', 'mm²', '平方毫米', 'square millimetre', '\\milli\\metre\\tothe{2}', 'm2', '0.000001'],
  ['har', 'hm²', '公顷', 'hectare', '\\hectare', 'm2', '10000'],
  ['m3', 'm³', '立方米', 'cubic metre', '\\metre\\tothe{3}', 'm3', '1'],
  ['L', 'L', '升', 'litre', '\\litre', 'm3', '0.001'],
  ['mL', 'mL', '毫升', 'millilitre', '\\milli\\litre', 'm3', '0.000001'],
  ['cm3', 'cm³', '立方厘米', 'cubic centimetre', '\\centi\\metre\\tothe{3}', 'm3', '0.000001'],
  ['kg', 'kg', '千克', 'kilogram', '\\kilogram', 'kg', '1'],
  ['g', 'g', '克', 'gram', '\\gram', 'kg', '0.001'],
  ['mg', 'mg', '毫克', 'milligram', '\\milli\\gram', 'kg', '0.000001'],
  ['ug', 'μg', '微克', 'microgram', '\\micro\\gram', 'kg', '0.000000001'],
  ['t', 't', '吨', 'tonne', '\\tonne', 'kg', '1000'],
  ['s', 's', '秒', 'second', '\\second', 's', '1'],
  ['ms', 'ms', '毫秒', 'millisecond', '\\milli\\second', 's', '0.001'],
  ['us', 'μs', '微秒', 'microsecond', '\\micro\\second', 's', '0.000001'],
  ['min', 'min', '分', 'minute', '\\minute', 's', '60'],
  ['h', 'h', '时', 'hour', '\\hour', 's', '3600'],
  ['d', 'd', '日', 'day', '\\day', 's', '86400'],
  ['s/d', 's/d', '秒每日', 'second per day', '\\second\\day\\tothe{-1}', '1', '1/86400'],
  ['A', 'A', '安', 'ampere', '\\ampere', 'A', '1'],
  ['mA', 'mA', '毫安', 'milliampere', '\\milli\\ampere', 'A', '0.001'],
  ['V', 'V', '伏', 'volt', '\\volt', 'kg.m2.s-3.A-1', '1'],
  ['mV', 'mV', '毫伏', 'millivolt', '\\milli\\volt', 'kg.m2.s-3.A-1', '0.001'],
  ['kV', 'kV', '千伏', 'kilovolt', '\\kilo\\volt', 'kg.m2.s-3.A-1', '1000'],
  ['Ohm', 'Ω', '欧', 'ohm', '\\ohm', 'kg.m2.s-3.A-2', '1'],
  ['W', 'W', '瓦', 'watt', '\\watt', 'kg.m2.s-3', '1'],
  ['kW', 'kW', '千瓦', 'kilowatt', '\\kilo\\watt', 'kg.m2.s-3', '1000'],
  ['J', 'J', '焦', 'joule', '\\joule', 'kg.m2.s-2', '1'],
  ['kW.h', 'kW·h', '千瓦时', 'kilowatt hour', '\\kilo\\watt\\hour', 'kg.m2.s-2', '3600000'],
  ['K', 'K', '开', 'kelvin', '\\kelvin', 'K', '1'],
  ['Cel', '℃', '摄氏度', 'degree Celsius', '\\degreecelsius', 'K', '1', '273.15'],
  ['mol', 'mol', '摩', 'mole', '\\mole', 'mol', '1'],
  ['cd', 'cd', '坎', 'candela', '\\candela', 'cd', '1'],
  ['lx', 'lx', '勒', 'lux', '\\lux', 'cd.m-2', '1'],
  ['rad', 'rad', '弧度', 'radian', '\\radian', '1', '1'],
  ['N', 'N', '牛', 'newton', '\\newton', 'kg.m.s-2', '1'],
  ['kN', 'kN', '千牛', 'kilonewton', '\\kilo\\newton', 'kg.m.s-2', '1000'],
  ['N.m', 'N·m', '牛米', 'newton metre', '\\newton\\metre', 'kg.m2.s-2', '1'],
  ['Pa', 'Pa', '帕', 'pascal', '\\pascal', 'kg.m-1.s-2', '1'],
  ['hPa', 'hPa', '百帕', 'hectopascal', '\\hecto\\pascal', 'kg.m-1.s-2', '100'],
  ['kPa', 'kPa', '千帕', 'kilopascal', '\\kilo\\pascal', 'kg.m-1.s-2', '1000'],
  ['MPa', 'MPa', '兆帕', 'megapascal', '\\mega\\pascal', 'kg.m-1.s-2', '1000000'],
  ['Hz', 'Hz', '赫', 'hertz', '\\hertz', 's-1', '1'],
  ['kHz', 'kHz', '千赫', 'kilohertz', '\\kilo\\hertz', 's-1', '1000'],
  ['MHz', 'MHz', '兆赫', 'megahertz', '\\mega\\hertz', 's-1', '1000000'],
  ['GHz', 'GHz', '吉赫', 'gigahertz', '\\giga\\hertz', 's-1', '1000000000'],
  ['{rev}/min', 'r/min', '转每分', 'revolution per minute', '\\one\\minute\\tothe{-1}', 's-1', '1/60'],
  ['m/s', 'm/s', '米每秒', 'metre per second', '\\metre\\second\\tothe{-1}', 'm.s-1', '1'],
  ['km/h', 'km/h', '千米每时', 'kilometre per hour', '\\kilo\\metre\\hour\\tothe{-1}', 'm.s-1', '5/18'],
  ['[kn_i]', 'kn', '节', 'knot', '\\knot', 'm.s-1', '463/900'],
  ['m3/h', 'm³/h', '立方米每时', 'cubic metre per hour', '\\metre\\tothe{3}\\hour\\tothe{-1}', 'm3.s-1', '1/3600'],
  ['L/min', 'L/min', '升每分', 'litre per minute', '\\litre\\minute\\tothe{-1}', 'm3.s-1', '1/60000'],
  ['kg/m3', 'kg/m³', '千克每立方米', 'kilogram per cubic metre', '\\kilogram\\metre\\tothe{-3}', 'kg.m-3', '1'],
  ['g/L', 'g/L', '克每升', 'gram per litre', '\\gram\\litre\\tothe{-1}', 'kg.m-3', '1'],
  ['mg/L', 'mg/L', '毫克每升', 'milligram per litre', '\\milli\\gram\\litre\\tothe{-1}', 'kg.m-3', '0.001'],
  ['mg/m3', 'mg/m³', '毫克每立方米', 'milligram per cubic metre', '\\milli\\gram\\metre\\tothe{-3}', 'kg.m-3', '0.000001'],
  ['dB', 'dB', '分贝', 'decibel', '\\decibel', 'dB', '1'],
  ['tex', 'tex', '特', 'tex', '\\tex', 'kg.m-1', '0.000001'],
  ['Bq', 'Bq', '贝可', 'becquerel', '\\becquerel', 's-1', '1'],
  ['kBq', 'kBq', '千贝可', 'kilobecquerel', '\\kilo\\becquerel', 's-1', '1000'],
]

const fraction = (text: string): Rational => {
  const [numerator, denominator] = text.split('/') as [string, string?]
  const value = fromDecimal(parseDecimal(numerator))
  return denominator === undefined ? value : divideRational(value, rational(BigInt(denominator)))
}

/** Legal units by UCUM code. */
export const legalUnits: ReadonlyMap<string, LegalUnit> = new Map(
  ROWS.map(([code, symbol, zh, en, dsi, dimension, factor, offset]) => [
    code,
    { code, symbol, name: { zh, en }, dsi, dimension, factor: fraction(factor), offset: fraction(offset ?? '0') },
  ]),
)

/** Units met in practice that are not legal in China, and the legal unit to write instead (UCUM code). */
const REPLACEMENTS: ReadonlyMap<string, string> = new Map(
  (
    [
      ['kPa', 'psi [psi] lbf/in2 mm[Hg] mmHg Torr mH2O mmH2O m[H2O] mbar'],
      ['MPa', 'kgf/cm2 kgf/cm² at atm bar kgf/mm2 公斤力/平方厘米'],
      ['N', 'kgf dyn lbf gf 公斤力'],
      ['N.m', 'kgf.m kgf·m lbf.ft'],
      ['kg', '市斤 斤 公斤 lb [lb_av] 担'],
      ['g', 'oz [oz_av] 两 钱 ct'],
      ['m2', '亩 平方尺'],
      ['m', '尺 丈 ft [ft_i] 市尺'],
      ['mm', 'in [in_i] " 寸 英寸'],
      ['km', '里 华里 公里 mi [mi_i] mile'],
      ['L', 'gal [gal_us] 加仑 公升'],
      ['J', 'cal kcal Cal erg Btu'],
      ['kW', 'hp 马力 PS'],
      ['Cel', '°F [degF] degF ℉'],
      ['nm', 'Å A°'],
      ['mg/L', 'ppm'],
      ['Bq', 'Ci'],
    ] as const
  ).flatMap(([legal, spellings]) => spellings.split(' ').map((spelling) => [spelling, legal] as const)),
)

/** The legal unit to write instead of one that is not legal; undefined where the spelling is not known at all. */
export const legalReplacement = (spelling: string): LegalUnit | undefined =>
  legalUnits.get(REPLACEMENTS.get(spelling) ?? '') ?? bySymbol.get(spelling)

/** Legal units written as printed (μm, ℃, N·m) instead of as a UCUM code. */
const bySymbol: ReadonlyMap<string, LegalUnit> = new Map(
  [...legalUnits.values()].filter((unit) => unit.symbol !== unit.code).map((unit) => [unit.symbol, unit]),
)

/** True where both are legal and measure the same kind of quantity. */
export const isCommensurable = (a: LegalUnit, b: LegalUnit): boolean => a.dimension === b.dimension

/**
 * Exact value in the target unit. A `difference` (an error, an uncertainty, a limit on an error) ignores the offset:
 * an error of 1 ℃ is 1 K, a temperature of 1 ℃ is 274.15 K.
 */
export function convertExactly(value: Decimal, from: LegalUnit, to: LegalUnit, difference = false): Rational {
  const exact = fromDecimal(value)
  if (difference) return divideRational(multiplyRational(exact, from.factor), to.factor)
  const coherent = addRational(multiplyRational(exact, from.factor), from.offset)
  return divideRational(subtractRational(coherent, to.offset), to.factor)
}

/** The legal unit of a UCUM code. */
export const unitOf = (code: string): LegalUnit | undefined => legalUnits.get(code)
