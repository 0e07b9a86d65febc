/** Prints numbers, units, ranges and uncertainties (GB 3101—1993): with a true minus, and a blank before the unit except ° ′ ″. */
import { unitOf } from '../../catalogue/index.js'
import type { Environment, Limits, Quantity, Range, Uncertainty } from '../../records/index.js'
import { joined, type Shown, shownText } from './model.js'
import { word } from './words.js'

/** A decimal text with a typographic minus sign and unchanged digits. */
export const printedNumber = (value: string): string => value.replace(/^-/, '\u2212')

/** Symbol of a unit, or its code if it has none. Relative humidity prints as per cent. */
export function unitSymbol(code: string): string {
  if (code === '1') return ''
  const symbol = code === '%{RH}' ? '%' : unitOf(code)?.symbol
  return symbol ?? code
}

/** Head of a column: quantity / unit, as `误差 / %`, with brackets around a quotient, as `误差 / (km/h)` (GB 3101—1993, 2.2.1). */
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

/** A quantity with its uncertainty, if stated. */
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

/** `(0～9999) m`; in words if one end is open. */
export function rangeText({ lower, upper, unit }: Range): Shown {
  if (lower !== undefined && upper !== undefined) return withUnit(`(${printedNumber(lower)}～${printedNumber(upper)})`, unit)
  if (upper !== undefined) return joined([{ zh: '至 ', en: 'up to ' }, measured({ value: upper, unit })], '', '')
  if (lower !== undefined) return joined([{ zh: '自 ', en: 'from ' }, measured({ value: lower, unit })], '', '')
  return unitSymbol(unit)
}

/** `±0.2 %` for symmetric limits, `−4.0 %～+1.0 %`, `≤ 0.5 %`. */
export function limitsText({ lower, upper, unit }: Limits): string {
  const signed = (value: string): string => (/^[-+]?0*\.?0*$/.test(value) || value.startsWith('-') ? printedNumber(value) : `+${value}`)
  if (lower !== undefined && upper !== undefined)
    return lower === `-${upper}` ? withUnit(`±${upper}`, unit) : `${withUnit(signed(lower), unit)}～${withUnit(signed(upper), unit)}`
  if (upper !== undefined) return `≤ ${measured({ value: upper, unit })}`
  return lower === undefined ? '' : `≥ ${measured({ value: lower, unit })}`
}

const conditionText = (value: Quantity | Range): Shown => ('value' in value ? quantityText(value) : rangeText(value))

/** Rows for temperature, humidity, pressure and all other conditions that the record states. */
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
