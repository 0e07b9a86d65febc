/** Numbers, units, ranges and uncertainties as they are printed (GB 3101—1993): a true minus, a blank before the unit, none before ° ′ ″. */
import { unitOf } from '../../catalogue/index.js'
import type { Environment, Limits, Quantity, Range, Uncertainty } from '../../records/index.js'
import { joined, type Shown, shownText } from './model.js'
import { word } from './words.js'

/** A decimal text with the minus sign of print; every digit stays. */
export const printedNumber = (value: string): string => value.replace(/^-/, '\u2212')

/** Symbol of a unit; a code without one is shown as it is. Relative humidity prints as per cent. */
export function unitSymbol(code: string): string {
  if (code === '1') return ''
  const symbol = code === '%{RH}' ? '%' : unitOf(code)?.symbol
  return symbol ?? code
}

/** A quantity with its unit, as a head of a table: `误差 / %`; a unit that is itself a quotient in brackets, `误差 / (km/h)` (GB 3101—1993, 2.2.1). */
export function perUnit(name: string, code: string | undefined): string {
  const symbol = code === undefined ? '' : unitSymbol(code)
  if (symbol === '') return name
  return `${name} / ${symbol.includes('/') ? `(${symbol})` : symbol}`
}

const NO_BLANK = /^[°′″]$/
const withUnit = (value: string, code: string): string => {
  const symbol = unitSymbol(code)
  return symbol === '' ? value : `${value}${NO_BLANK.test(symbol) ? '' : ' '}${symbol}`
}

export const measured = ({ value, unit }: { readonly value: string; readonly unit: string }): string => withUnit(printedNumber(value), unit)

/** A quantity with what is known of its uncertainty. */
export function quantityText(quantity: Quantity): Shown {
  const value = [measured(quantity), ...(quantity.alternatives ?? []).map(measured)].join(' = ')
  return quantity.uncertainty === undefined ? value : joined([value, uncertaintyText(quantity.uncertainty, quantity.unit)], '，', ', ')
}

/** `U = 0.3 ℃ (k = 2)`. A relative uncertainty has its own unit. */
export function uncertaintyText(uncertainty: Uncertainty, unit: string): Shown {
  if (uncertainty.form === 'interval') {
    const range = `[${printedNumber(uncertainty.lower)}, ${withUnit(printedNumber(uncertainty.upper), unit)}]`
    return { zh: `包含区间 ${range}（p = ${uncertainty.coverage}）`, en: `coverage interval ${range} (p = ${uncertainty.coverage})` }
  }
  const { relativeTo, relative } = uncertainty
  const symbol = uncertainty.form === 'standard' ? 'u' : 'U'
  const main = `${symbol}${relativeTo === undefined ? '' : 'rel'} = ${withUnit(uncertainty.value, relativeTo ?? unit)}`
  const beside = relative === undefined ? '' : `, ${symbol}rel = ${withUnit(relative.value, relative.unit)}`
  if (uncertainty.form === 'standard') return `${main}${beside}`
  const { k, coverage, distribution, standard } = uncertainty
  const own = standard === undefined ? '' : `, u = ${withUnit(standard, relativeTo ?? unit)}`
  const bracket = [`k = ${k}`, ...(coverage === undefined ? [] : [`p = ${coverage}`])].join(', ')
  const text = `${main}${beside}${own} (${bracket}`
  return distribution === undefined ? `${text})` : joined([text, joined([word('distribution', distribution), ')'], '', '')], ', ', ', ')
}

/** `(0～9999) m`; with one end open, in words. */
export function rangeText({ lower, upper, unit }: Range): Shown {
  if (lower !== undefined && upper !== undefined) return withUnit(`(${printedNumber(lower)}～${printedNumber(upper)})`, unit)
  if (upper !== undefined) return joined([{ zh: '至 ', en: 'up to ' }, measured({ value: upper, unit })], '', '')
  if (lower !== undefined) return joined([{ zh: '自 ', en: 'from ' }, measured({ value: lower, unit })], '', '')
  return unitSymbol(unit)
}

/** `±0.2 %`, `−4.0 %～+1.0 %`, `≤ 0.5 %`: limits that are alike on both sides are printed as one. */
export function limitsText({ lower, upper, unit }: Limits): string {
  const signed = (value: string): string => (/^[-+]?0*\.?0*$/.test(value) || value.startsWith('-') ? printedNumber(value) : `+${value}`)
  if (lower !== undefined && upper !== undefined)
    return lower === `-${upper}` ? withUnit(`±${upper}`, unit) : `${withUnit(signed(lower), unit)}～${withUnit(signed(upper), unit)}`
  if (upper !== undefined) return `≤ ${measured({ value: upper, unit })}`
  return lower === undefined ? '' : `≥ ${measured({ value: lower, unit })}`
}

const conditionText = (value: Quantity | Range): Shown => ('value' in value ? quantityText(value) : rangeText(value))

/** Temperature, humidity, pressure and whatever else the record states. */
export function environmentRows({
  temperature,
  humidity,
  pressure,
  other = [],
}: Environment): (readonly [string, string, Shown | undefined])[] {
  return [
    ['温度', 'Temperature', temperature && conditionText(temperature)],
    ['相对湿度', 'Relative humidity', humidity && conditionText(humidity)],
    ['大气压', 'Atmospheric pressure', pressure && conditionText(pressure)],
    ...other.map(({ name, value }) => [name.zh, shownText(name).en, conditionText(value)] as const),
  ]
}
