/**
 * Spellings used instead of a UCUM code: symbols, abbreviations, trade forms. Data for the parser of printed units and for advice.
 */

import { BLANK } from '../../base/blank.js'
import { freezeDeep } from '../../base/fixed-map.js'
import type { Text } from '../../base/message.js'
import { scales } from './scales.js'

const BLANK_MAYBE = `[${BLANK}]?`

/** Printed forms that differ from UCUM; the first match applies. `$1` is a group. */
export const PRINTED: readonly (readonly [printed: RegExp, ucum: string])[] = [
  [/^n mile/, '[nmi_i]'],
  [new RegExp(`^(?:[°º]${BLANK_MAYBE}[Cc]|℃)`), 'Cel'],
  [new RegExp(`^(?:%${BLANK_MAYBE}R\\.?H\\.?|%${BLANK_MAYBE}rh|R\\.?H\\.?${BLANK_MAYBE}%)(?![A-Za-z])`), '%{RH}'],
  [new RegExp(`^%${BLANK_MAYBE}[vV][oO][lL]`), '%{vol}'],
  [new RegExp(`^%${BLANK_MAYBE}F[.·]?S\\.?(?![A-Za-z])`), '%{FS}'],
  [new RegExp(`^%${BLANK_MAYBE}(LEL|rdg|R|span)(?![A-Za-z])`), '%{$1}'],
  [/^dB(m)(?![A-Za-z])/, 'dB{mW}'],
  [/^dB[\u00b5\u03bcu]V/, 'dB{uV}'],
  [/^dB([ACZVWic]|HL|SPL|FS)(?![A-Za-z])/, 'dB{$1}'],
  [/^[\u00b5\u03bcu]\u03b5/, 'um/m'],
  [/^10⁻⁶$/, '[ppm]'],
  [/^hm²$/, 'har'],
  [/^10(?=[⁻⁰¹²³⁴-⁹]|\*[-+\d])/, '10*'],
  [/^([kMGTm]?)W[·⋅.]?h(?![A-Za-z0-9⁰¹²³⁴-⁹⁻-])/, '$1W.h'],
  [/^([kM]?)var[·⋅.]?h(?![A-Za-z0-9⁰¹²³⁴-⁹⁻-])/, '$1var.h'],
  [/^([kM]?)V[·⋅.]?A[·⋅.]?h(?![A-Za-z0-9⁰¹²³⁴-⁹⁻-])/, '$1V.A.h'],
  [/^([kMm]?)VA(?![A-Za-z0-9⁰¹²³⁴-⁹⁻-])/, '$1V.A'],
  [/^([m]?)A[·⋅.]?h(?![A-Za-z0-9⁰¹²³⁴-⁹⁻-])/, '$1A.h'],
  [/^([kMm]?)Nm(?![A-Za-z0-9⁰¹²³⁴-⁹⁻-])/, '$1N.m'],
  [/^([kMGT])B(?![A-Za-z])/, '$1By'],
  [/^r(?=[/·⋅.]|$)/, '{rev}'],
  [/^kn(?![a-zA-Z])/, '[kn_i]'],
  [/^[\u00b5\u03bc]/, 'u'],
  [/^[\u2126\u03a9]/, 'Ohm'],
  [/^°/, 'deg'],
  [/^″/, "''"],
  [/^′/, "'"],
  [/^‰/, '[ppth]'],
  [/^[¥\uffe5]/, '{CNY}'],
  [/^(?:\^|\*\*)(?=[-−+\d])/, ''],
  [/^[·⋅∙•×*]/, '.'],
  [/^[⁄∕÷]/, '/'],
  [/^[−⁻]/, '-'],
]

/** Gas volumes at reference conditions. The unit is an ordinary unit of volume; the record must state the conditions (GB 3101—1993). */
export const AT_REFERENCE_CONDITIONS: readonly (readonly [printed: RegExp, ucum: string])[] = [
  [/^[NS](?=m(?:3|³|\^3))/, ''],
  [/^N(?=m?L(?![A-Za-z]))/, ''],
  [/^(?:sccm|SCCM)(?![A-Za-z])/, 'mL/min'],
  [/^(?:slpm|SLPM|slm|SLM)(?![A-Za-z])/, 'L/min'],
  [/^\(标(?:准状态|况|准)?\)/, ''],
]

/** Complete words in Latin letters. */
export const WORDS: ReadonlyMap<string, string> = new Map([
  ['rpm', '{rev}/min'],
  ['RPM', '{rev}/min'],
  ['rev', '{rev}'],
  ['imp', '{imp}'],
  ['pulse', '{imp}'],
  ['pulses', '{imp}'],
  ['cpm', '{count}/min'],
  ['CPM', '{count}/min'],
  ['cps', '{count}/s'],
  ['CPS', '{count}/s'],
  ['sec', 's'],
  ['hr', 'h'],
  ['hrs', 'h'],
  ['kph', 'km/h'],
  ['knot', '[kn_i]'],
  ['knots', '[kn_i]'],
  ['ha', 'har'],
  ['degC', 'Cel'],
  ['ppm', '[ppm]'],
  ['ppb', '[ppb]'],
  ['bps', 'bit/s'],
  ['kbps', 'kbit/s'],
  ['Mbps', 'Mbit/s'],
  ['Gbps', 'Gbit/s'],
  ['byte', 'By'],
  ['Byte', 'By'],
  ['RMB', '{CNY}'],
  ['CNY', '{CNY}'],
  ['yuan', '{CNY}'],
  ['pH', '[pH]'],
  ['HB', '{HBW}'],
  ['HL', '{HLD}'],
  ['HBS', '{HBW}'],
  ['FTU', '{FNU}'],
  ['D', 'm-1'],
  ['dpt', 'm-1'],
  ['[diop]', 'm-1'],
  ...[...scales].map(([annotation, { symbol }]) => [symbol, `{${annotation}}`] as const),
])

/**
 * UCUM codes of names that GB 3100—1993 does not use: full names, colloquial names of hour, minute and day, and 公斤 and 公里, which are legal.
 */
export const NAMES: Readonly<Record<string, string>> = {
  小时: 'h',
  分钟: 'min',
  天: 'd',
  公斤: 'kg',
  公里: 'km',
  公尺: 'm',
  公分: 'cm',
  公吨: 't',
  公升: 'L',
  立升: 'L',
  安培: 'A',
  开尔文: 'K',
  摩尔: 'mol',
  坎德拉: 'cd',
  赫兹: 'Hz',
  牛顿: 'N',
  帕斯卡: 'Pa',
  焦耳: 'J',
  瓦特: 'W',
  库仑: 'C',
  伏特: 'V',
  法拉: 'F',
  欧姆: 'Ohm',
  西门子: 'S',
  韦伯: 'Wb',
  特: 'T',
  亨利: 'H',
  流明: 'lm',
  勒克斯: 'lx',
  贝可勒尔: 'Bq',
  戈瑞: 'Gy',
  希沃特: 'Sv',
  特克斯: 'tex',
  元: '{CNY}',
  转: '{rev}',
  次: '{count}',
  个: '{count}',
  粒: '{count}',
  脉冲: '{imp}',
  屈光度: 'm-1',
}

/** Ambiguous spellings; the author has to choose. */
export const AMBIGUOUS: ReadonlyMap<string, Text> = new Map([
  ['度', { zh: '电能写 kW.h，平面角写 deg，温度写 Cel', en: 'energy is kW.h, plane angle is deg, temperature is Cel' }],
  ['分', { zh: "时间写 min，平面角写 '（角分），人民币以元计", en: "time is min, plane angle is ', money is stated in yuan" }],
  ['"', { zh: "角秒写 ''；英寸不是法定计量单位，换算为 mm", en: "a second of angle is ''; the inch is not legal: convert it to mm" }],
  ['ppt', { zh: '千分之一写 [ppth]，万亿分之一写 [pptr]', en: 'a thousandth is [ppth], 10⁻¹² is [pptr]' }],
])

/** Codes that are hard to guess, with their use. `explain unit` lists them. */
export const UNUSUAL: readonly (readonly [code: string, use: Text])[] = /* @__PURE__ */ freezeDeep([
  ['{rev}/min', { zh: '转速', en: 'rotational speed' }],
  ['{rev}/km', { zh: '车辆特征系数', en: 'characteristic coefficient of a vehicle, revolutions' }],
  ['{imp}/km', { zh: '计价器常数 K', en: 'constant K of a taximeter, pulses' }],
  ['{imp}/(kW.h)', { zh: '电能表常数', en: 'constant of an energy meter' }],
  ['{count}/min', { zh: '计数率、次数（脉搏、心率）', en: 'counts, beats' }],
  ['kvar.h', { zh: '无功电能', en: 'reactive energy' }],
  ['V.A', { zh: '视在功率', en: 'apparent power' }],
  ['{CNY}', { zh: '人民币元（付费金额）', en: 'yuan (amounts to pay)' }],
  ['{CNY}/(kW.h)', { zh: '电价', en: 'price of energy' }],
  ['%{FS}', { zh: '相对于满量程的百分数（引用误差）', en: 'percentage of full scale' }],
  ['%{RH}', { zh: '相对湿度', en: 'relative humidity' }],
  ['%{vol}', { zh: '体积分数、酒精度', en: 'fraction by volume' }],
  ['[ppm]', { zh: '百万分之一（也可写 10*-6）', en: 'parts per million, or 10*-6' }],
  ['[ppb]', { zh: '十亿分之一（也可写 10*-9）', en: 'parts per billion, or 10*-9' }],
  ['dB{A}', { zh: 'A 计权声级', en: 'sound level, A-weighted' }],
  ['dB{mW}', { zh: '功率电平 dBm', en: 'level of power, dBm' }],
  ['[pH]', { zh: 'pH 值（pH 是皮亨）', en: 'pH value (pH is the picohenry)' }],
  ['{NTU}', { zh: '散射浊度', en: 'turbidity' }],
  ['{HRC}', { zh: '洛氏硬度 C 标尺；{HRB}、{HBW}、{HV}、{HLD} 等类推', en: 'Rockwell hardness C; likewise {HRB}, {HBW}, {HV}, {HLD}' }],
  ['m-1', { zh: '屈光度', en: 'dioptre' }],
  [
    'm3/h',
    {
      zh: '流量；标准状态的也写 m3/h，并注明参比温度、压力',
      en: 'flow; at reference conditions too, with the conditions stated beside it',
    },
  ],
  ['mg/(100.mL)', { zh: '每百毫升毫克（mg/100.mL 读作 mg·mL/100）', en: 'milligrams per 100 mL (mg/100.mL reads mg·mL/100)' }],
  ['L/(100.km)', { zh: '百公里油耗', en: 'consumption per 100 km' }],
  ['W/(m2.K)', { zh: '传热系数；斜线之后不止一个单位时加括号', en: 'two factors below the stroke take brackets' }],
  ['K/min', { zh: '升降温速率（摄氏度不参与乘除）', en: 'rate of temperature (degrees Celsius take no part in products)' }],
  ['mm[Hg]', { zh: '血压（仅用于血压）', en: 'blood pressure only' }],
  ["''", { zh: "角秒；角分写 '，度写 deg", en: "second of angle; minute is ', degree is deg" }],
  ['har', { zh: '公顷', en: 'hectare' }],
  ['um/m', { zh: '微应变', en: 'microstrain' }],
  ['{mesh}', { zh: '没有代码的计数单位写在花括号内', en: 'a count without a code goes into braces' }],
])
