/** The atoms of legal units 法定计量单位 (State Council 1984; GB 3100—1993) and the SI prefixes (CGPM 2022), with their UCUM codes. */
import { fraction, type Rational } from '../../base/rational.js'
import { parseDimension } from './dimension.js'

export interface Prefix {
  readonly code: string
  readonly zh: string
  readonly en: string
  /** Power of ten. */
  readonly power: number
}

export interface Atom {
  readonly code: string
  /** As printed on a Chinese certificate. */
  readonly symbol: string
  readonly zh: string
  readonly en: string
  /** D-SI name, without the backslash; empty if D-SI has none. */
  readonly dsi: string
  readonly dimension: readonly number[]
  readonly factor: Rational
  /** Power of π in the factor: 1 for degrees of angle. */
  readonly pi: number
  readonly takesPrefix: boolean
  /** Value × factor + offset is the value in the coherent unit; only degrees Celsius have one. */
  readonly offset: Rational
  /** The factor is measured or conventional, so a conversion with it is never exact. */
  readonly inexact: boolean
}

const PREFIX_ROWS = [
  ['Q', '昆', 'quetta', 30],
  ['R', '容', 'ronna', 27],
  ['Y', '尧', 'yotta', 24],
  ['Z', '泽', 'zetta', 21],
  ['E', '艾', 'exa', 18],
  ['P', '拍', 'peta', 15],
  ['T', '太', 'tera', 12],
  ['G', '吉', 'giga', 9],
  ['M', '兆', 'mega', 6],
  ['k', '千', 'kilo', 3],
  ['h', '百', 'hecto', 2],
  ['da', '十', 'deca', 1],
  ['d', '分', 'deci', -1],
  ['c', '厘', 'centi', -2],
  ['m', '毫', 'milli', -3],
  ['u', '微', 'micro', -6],
  ['n', '纳', 'nano', -9],
  ['p', '皮', 'pico', -12],
  ['f', '飞', 'femto', -15],
  ['a', '阿', 'atto', -18],
  ['z', '仄', 'zepto', -21],
  ['y', '幺', 'yocto', -24],
  ['r', '柔', 'ronto', -27],
  ['q', '亏', 'quecto', -30],
] as const

/** SI prefixes by UCUM code. */
export const prefixes: ReadonlyMap<string, Prefix> = new Map(PREFIX_ROWS.map(([code, zh, en, power]) => [code, { code, zh, en, power }]))

/** `more` contains any of: prefix, pi, offset, inexact. */
type Row = readonly [code: string, symbol: string, zh: string, en: string, dsi: string, dimension: string, factor: string, more?: string]

const ROWS: readonly Row[] = [
  ['m', 'm', '米', 'metre', 'metre', 'm', '1', 'prefix'],
  ['g', 'g', '克', 'gram', 'gram', 'kg', '1/1000', 'prefix'],
  ['s', 's', '秒', 'second', 'second', 's', '1', 'prefix'],
  ['A', 'A', '安', 'ampere', 'ampere', 'A', '1', 'prefix'],
  ['K', 'K', '开', 'kelvin', 'kelvin', 'K', '1', 'prefix'],
  ['mol', 'mol', '摩', 'mole', 'mole', 'mol', '1', 'prefix'],
  ['cd', 'cd', '坎', 'candela', 'candela', 'cd', '1', 'prefix'],
  ['rad', 'rad', '弧度', 'radian', 'radian', '1', '1', 'prefix'],
  ['sr', 'sr', '球面度', 'steradian', 'steradian', '1', '1', 'prefix'],
  ['Hz', 'Hz', '赫', 'hertz', 'hertz', 's-1', '1', 'prefix'],
  ['N', 'N', '牛', 'newton', 'newton', 'kg.m.s-2', '1', 'prefix'],
  ['Pa', 'Pa', '帕', 'pascal', 'pascal', 'kg.m-1.s-2', '1', 'prefix'],
  ['J', 'J', '焦', 'joule', 'joule', 'kg.m2.s-2', '1', 'prefix'],
  ['W', 'W', '瓦', 'watt', 'watt', 'kg.m2.s-3', '1', 'prefix'],
  ['C', 'C', '库', 'coulomb', 'coulomb', 's.A', '1', 'prefix'],
  ['V', 'V', '伏', 'volt', 'volt', 'kg.m2.s-3.A-1', '1', 'prefix'],
  ['F', 'F', '法', 'farad', 'farad', 'kg-1.m-2.s4.A2', '1', 'prefix'],
  ['Ohm', 'Ω', '欧', 'ohm', 'ohm', 'kg.m2.s-3.A-2', '1', 'prefix'],
  ['S', 'S', '西', 'siemens', 'siemens', 'kg-1.m-2.s3.A2', '1', 'prefix'],
  ['Wb', 'Wb', '韦', 'weber', 'weber', 'kg.m2.s-2.A-1', '1', 'prefix'],
  ['T', 'T', '特斯拉', 'tesla', 'tesla', 'kg.s-2.A-1', '1', 'prefix'],
  ['H', 'H', '亨', 'henry', 'henry', 'kg.m2.s-2.A-2', '1', 'prefix'],
  ['Cel', '℃', '摄氏度', 'degree Celsius', 'degreecelsius', 'K', '1', 'prefix offset'],
  ['lm', 'lm', '流', 'lumen', 'lumen', 'cd', '1', 'prefix'],
  ['lx', 'lx', '勒', 'lux', 'lux', 'm-2.cd', '1', 'prefix'],
  ['Bq', 'Bq', '贝可', 'becquerel', 'becquerel', 's-1', '1', 'prefix'],
  ['Gy', 'Gy', '戈', 'gray', 'gray', 'm2.s-2', '1', 'prefix'],
  ['Sv', 'Sv', '希', 'sievert', 'sievert', 'm2.s-2', '1', 'prefix'],
  ['kat', 'kat', '开特', 'katal', 'katal', 's-1.mol', '1', 'prefix'],
  ['min', 'min', '分', 'minute', 'minute', 's', '60'],
  ['h', 'h', '时', 'hour', 'hour', 's', '3600'],
  ['d', 'd', '日', 'day', 'day', 's', '86400'],
  ['deg', '°', '度', 'degree', 'degree', '1', '1/180', 'pi'],
  ["'", '′', '角分', 'minute of angle', 'arcminute', '1', '1/10800', 'pi'],
  ["''", '″', '角秒', 'second of angle', 'arcsecond', '1', '1/648000', 'pi'],
  ['[nmi_i]', 'n mile', '海里', 'nautical mile', 'nauticalmile', 'm', '1852'],
  ['[kn_i]', 'kn', '节', 'knot', 'knot', 'm.s-1', '463/900'],
  ['t', 't', '吨', 'tonne', 'tonne', 'kg', '1000', 'prefix'],
  // CODATA 2022: 1.660 539 068 92(52) × 10⁻²⁷ kg, a measured value.
  ['u', 'u', '原子质量单位', 'atomic mass unit', 'dalton', 'kg', '166053906892/100000000000000000000000000000000000000', 'prefix inexact'],
  // The Julian year of UCUM; other years have 365 or 365.242 2 days.
  ['a', 'a', '年', 'year', '', 's', '31557600', 'inexact'],
  ['L', 'L', '升', 'litre', 'litre', 'm3', '1/1000', 'prefix'],
  ['l', 'L', '升', 'litre', 'litre', 'm3', '1/1000', 'prefix'],
  ['eV', 'eV', '电子伏', 'electronvolt', 'electronvolt', 'kg.m2.s-2', '1602176634/10000000000000000000000000000', 'prefix'],
  // Logarithmic: a dimension of its own that cannot be converted to a number. A neper is 20/ln 10 decibels, which no fraction
  // equals.
  ['dB', 'dB', '分贝', 'decibel', 'decibel', 'dB', '1'],
  ['B', 'B', '贝尔', 'bel', 'bel', 'dB', '10'],
  ['Np', 'Np', '奈培', 'neper', 'neper', 'Np', '1', 'prefix'],
  // 乏, the name of the watt for reactive power (GB 3102.5—1993 5-52.b); UCUM and D-SI have none.
  ['var', 'var', '乏', 'var', 'volt\\ampere', 'kg.m2.s-3', '1', 'prefix'],
  // Digital information (GB/T 2900.98; IEC 80000-13).
  ['bit', 'bit', '比特', 'bit', 'bit', 'bit', '1', 'prefix'],
  ['By', 'B', '字节', 'byte', 'byte', 'bit', '8', 'prefix'],
  // A scale, not a unit: a dimension of its own (GB 3102.8—1993 8-17).
  ['[pH]', 'pH', 'pH 值', 'pH', '', 'pH', '1'],
  // For blood pressure beside kPa (国家质量技术监督局、卫生部 1998); by UCUM 133.322 Pa, by definition 133.322 387… Pa.
  ['mm[Hg]', 'mmHg', '毫米汞柱', 'millimetre of mercury', '', 'kg.m-1.s-2', '133322/1000', 'inexact'],
  ['mmHg', 'mmHg', '毫米汞柱', 'millimetre of mercury', '', 'kg.m-1.s-2', '133322/1000', 'inexact'],
  ['tex', 'tex', '特', 'tex', 'tex', 'kg.m-1', '1/1000000', 'prefix'],
  ['har', 'hm²', '公顷', 'hectare', 'hectare', 'm2', '10000'],
  ['%', '%', '百分之一', 'percent', 'percent', '1', '1/100'],
  ['[ppth]', '‰', '千分之一', 'per mille', 'permille', '1', '1/1000'],
  ['[ppm]', '10⁻⁶', '百万分之一', 'parts per million', 'ppm', '1', '1/1000000'],
  ['[ppb]', '10⁻⁹', '十亿分之一', 'parts per billion', '', '1', '1/1000000000'],
  ['[pptr]', '10⁻¹²', '万亿分之一', 'parts per trillion', '', '1', '1/1000000000000'],
  ['[pi]', 'π', '圆周率', 'the number pi', '', '1', '1', 'pi'],
  ['10*', '10', '十', 'ten', '', '1', '10'],
  ['10^', '10', '十', 'ten', '', '1', '10'],
]

const ZERO = fraction('0')
const CELSIUS_ZERO = fraction('27315/100')
const has = (more: string | undefined, word: string): boolean => more?.split(' ').includes(word) ?? false

/** Atoms by UCUM code (case-sensitive). */
export const atoms: ReadonlyMap<string, Atom> = new Map(
  ROWS.map(([code, symbol, zh, en, dsi, dimension, factor, more]) => [
    code,
    {
      code,
      symbol,
      zh,
      en,
      dsi,
      dimension: parseDimension(dimension),
      factor: fraction(factor),
      pi: has(more, 'pi') ? 1 : 0,
      takesPrefix: has(more, 'prefix'),
      offset: has(more, 'offset') ? CELSIUS_ZERO : ZERO,
      inexact: has(more, 'inexact'),
    },
  ]),
)
