/** The plots of a record: errors of each table with their limits, and the equivalence of each point of a comparison. */
import type { Text } from '../../base/message.js'
import type { Column, ColumnRole, ComparisonPoint, ComparisonResult, ResultTable } from '../../records/index.js'
import { inLanguage, joined, type Shown, shownText } from '../content/model.js'
import { perUnit, printedNumber, unitSymbol } from '../content/quantities.js'
import { word } from '../content/words.js'
import { type Chart, type ChartPoint, drawChart, type Step } from './chart.js'
import type { Scene } from './scene.js'

/** Maximum number of rows that a plot can show distinctly. */
const MAX_ROWS = 60

export const errorPlots = (tables: readonly ResultTable[]): Scene[] =>
  tables.flatMap((table) => {
    const scene = errorScene(table)
    return scene === undefined ? [] : [scene]
  })

const DECIMAL = /^[-+]?\d+(?:\.\d+)?$/
const numberOf = (cell: string | null | undefined): number | undefined =>
  cell !== null && cell !== undefined && DECIMAL.test(cell) ? Number(cell) : undefined

const axisLabel = ({ name, unit }: Column): Text => ({ zh: perUnit(name.zh, unit), en: perUnit(shownText(name).en, unit) })

interface Read {
  readonly table: ResultTable
  /** Index of the first column of a role, in this unit if given; -1 if there is none. */
  at(role: ColumnRole, unit?: string): number
}

function read(table: ResultTable): Read {
  return {
    table,
    at: (role, unit) => table.columns.findIndex((column) => column.role === role && (unit === undefined || column.unit === unit)),
  }
}

/** The plot of the errors of a table; undefined if fewer than two can be drawn. */
export function errorScene(table: ResultTable): Scene | undefined {
  const { columns, rows } = table
  const series = columns.flatMap((column, at) => (column.role === 'error' && column.unit !== undefined ? [{ column, at }] : []))
  const [first] = series
  if (first === undefined || rows.length < 2 || rows.length > MAX_ROWS) return undefined
  const unit = first.column.unit as string
  const axis = axisOf(table)
  const beside = read(table)
  const uncertainty = beside.at('uncertainty', unit)
  const points = series
    .filter(({ column }) => column.unit === unit)
    .flatMap(({ column, at }, n) =>
      rows.flatMap((row, index): ChartPoint[] => {
        const [y, half] = [numberOf(row[at]), numberOf(row[uncertainty])]
        const x = axis.places[index]
        if (y === undefined || x === undefined) return []
        const stroke = column.direction === undefined ? '' : `${inLanguage(word('direction', column.direction), 'zh')} `
        return [{ x, y, shape: n === 0 ? 'dot' : 'square', label: `${stroke}${row[at]}`, ...(half !== undefined && { half }) }]
      }),
    )
  if (points.length < 2) return undefined
  const limits = (['lower-limit', 'upper-limit'] as const).flatMap((role) => limitLine(beside, role, unit, axis.places))
  const title = shownText(table.name)
  return drawChart({
    title,
    xLabel: axis.label,
    yLabel: series.length > 1 ? { zh: perUnit('误差', unit), en: perUnit('error', unit) } : axisLabel(first.column),
    points,
    limits,
    ...(axis.names && { names: axis.names }),
    description: describe(title, points),
  })
}

const describe = (title: Text, points: readonly ChartPoint[]): Text => ({
  zh: `${title.zh}：${points.map(({ label }) => inLanguage(label, 'zh')).join('；')}`,
  en: `${title.en}: ${points.map(({ label }) => inLanguage(label, 'en')).join('; ')}`,
})

interface Axis {
  readonly label: Shown
  readonly places: readonly (number | undefined)[]
  readonly names?: readonly Shown[]
}

/**
 * The x axis: the reference or nominal value if each row has one and no two points coincide; else the conditions of the rows if they
 * differ; else the indication.
 */
function axisOf(table: ResultTable): Axis {
  const conditions = table.columns.flatMap((column, at) => (column.role === 'condition' ? [at] : []))
  const isNamed = new Set(table.rows.map((row) => conditions.map((at) => row[at]).join(' '))).size === table.rows.length
  const scaled = scaleBy(table, ['reference', 'nominal'])
  if (scaled !== undefined && !(isNamed && isCrowded(scaled.places))) return scaled
  const read = isNamed ? undefined : scaleBy(table, ['indication'])
  return read ?? byConditions(table, conditions)
}

function scaleBy(
  { columns, rows }: ResultTable,
  roles: readonly ColumnRole[],
): (Axis & { readonly places: readonly number[] }) | undefined {
  for (const role of roles) {
    const at = columns.findIndex((column) => column.role === role && column.unit !== undefined)
    const places = rows.map((row) => numberOf(row[at])).filter((place) => place !== undefined)
    if (at !== -1 && places.length === rows.length && new Set(places).size > 1) return { label: axisLabel(columns[at] as Column), places }
  }
  return undefined
}

/** Share of the axis below which two points cannot be distinguished. */
const CROWDED = 0.02

function isCrowded(places: readonly number[]): boolean {
  const sorted = [...new Set(places)].sort((a, b) => a - b)
  const span = (sorted.at(-1) as number) - (sorted[0] as number)
  return sorted.some((place, at) => at > 0 && place - (sorted[at - 1] as number) < span * CROWDED)
}

function byConditions({ columns, rows }: ResultTable, conditions: readonly number[]): Axis {
  const names = rows.map((row, index) =>
    conditions.length === 0
      ? String(index + 1)
      : conditions
          .map((at) => row[at])
          .filter((cell) => cell !== null && cell !== undefined)
          .map((cell) => printedNumber(cell as string))
          .join(' · ') || String(index + 1),
  )
  const label: Shown =
    conditions.length === 0
      ? { zh: '序号', en: 'row' }
      : joined(
          conditions.map((at) => axisLabel(columns[at] as Column)),
          '，',
          ', ',
        )
  return { label, places: rows.map((_, index) => index), names }
}

function limitLine(
  { table, at }: Read,
  role: 'lower-limit' | 'upper-limit',
  unit: string,
  places: readonly (number | undefined)[],
): Step[][] {
  const column = at(role, unit)
  if (column === -1 || !['error', undefined].includes(table.columns[column]?.bounds)) return []
  const line = table.rows.flatMap((row, index): Step[] => {
    const [x, y] = [places[index], numberOf(row[column])]
    return x === undefined || y === undefined ? [] : [{ x, y }]
  })
  return line.length < 2 ? [] : [[...line].sort((a, b) => a.x - b.x)]
}

export const equivalencePlots = ({ points, pilots }: ComparisonResult): Scene[] =>
  points.filter(({ results }) => results.length <= MAX_ROWS).map((point) => equivalenceScene(point, pilots))

/** Differences from the reference value with their expanded uncertainties: the pilots first, then by code; |En| > 1 is a cross. */
export function equivalenceScene(point: ComparisonPoint, pilots: readonly string[] = []): Scene {
  const { quantity, unit, reference, results, nominal } = point
  const rank = (code: string): number => (pilots.includes(code) ? 0 : 1)
  const ordered = [...results].sort((a, b) => rank(a.code) - rank(b.code) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
  const title = shownText(quantity)
  const at = nominal === undefined || title.zh.includes(nominal.value) ? '' : ` ${nominal.value} ${unitSymbol(nominal.unit)}`
  const points = ordered.map(({ code, value, uncertainty, en, outcome }, x): ChartPoint => {
    const isBad = en === undefined ? outcome === 'unsatisfactory' : Math.abs(Number(en)) > 1
    const half = uncertainty.form === 'expanded' && uncertainty.relativeTo === undefined ? Number(uncertainty.value) : undefined
    return {
      x,
      y: Number(value) - Number(reference.value),
      shape: isBad ? 'cross' : 'dot',
      label: `${code}${en === undefined ? '' : ` En = ${printedNumber(en)}`}`,
      ...(half !== undefined && { half }),
    }
  })
  return drawChart({
    title: { zh: `${title.zh}${at}：与参考值之差`, en: `${title.en}${at}: difference from the reference value` },
    xLabel: { zh: '实验室代码', en: 'laboratory' },
    yLabel: { zh: perUnit('与参考值之差 ± U', unit), en: perUnit('difference ± U', unit) },
    points,
    names: ordered.map(({ code }) => code),
    description: describe(title, points),
  })
}

export interface CalibrationPoint {
  readonly at: string
  readonly value: string
  readonly uncertainty: string
}

export interface SeriesNames {
  readonly title: Text
  readonly x: Text
  readonly y: Text
}

/** A curve through the points of a calibration, on the band of their expanded uncertainties. */
export function calibrationScene(points: readonly CalibrationPoint[], { title, x, y }: SeriesNames): Scene {
  const read = points.map(({ at, value, uncertainty }) => ({
    x: Number(at),
    y: Number(value),
    half: Number(uncertainty),
    at,
    value,
    uncertainty,
  }))
  const sorted = read.sort((a, b) => a.x - b.x)
  const drawn = sorted.map(
    ({ x: place, y: height, at, value, uncertainty }): ChartPoint => ({
      x: place,
      y: height,
      shape: 'dot',
      label: `${at}: ${value} ± ${uncertainty}`,
    }),
  )
  return drawChart({
    title,
    xLabel: x,
    yLabel: y,
    points: drawn,
    band: sorted.map(({ x: place, y: height, half }) => ({ x: place, low: height - half, high: height + half })),
    description: describe(title, drawn),
  })
}

export interface DriftPoint {
  /** Day of the certificate, YYYY-MM-DD. */
  readonly on: string
  readonly value: string
  readonly uncertainty?: string
}

export interface DriftLimits {
  readonly lower?: string
  readonly upper?: string
}

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000

/** The drift of one result of an instrument over its certificates, with its limits. */
export function driftScene(points: readonly DriftPoint[], names: SeriesNames, { lower, upper }: DriftLimits = {}): Scene {
  const sorted = [...points].sort((a, b) => (a.on < b.on ? -1 : 1))
  const drawn = sorted.map(
    ({ on, value, uncertainty }): ChartPoint => ({
      x: dayOf(on),
      y: Number(value),
      shape: 'dot',
      label: `${on}: ${printedNumber(value)}${uncertainty === undefined ? '' : ` ± ${uncertainty}`}`,
      ...(uncertainty !== undefined && { half: Number(uncertainty) }),
    }),
  )
  const ends = [drawn[0]?.x ?? 0, drawn.at(-1)?.x ?? 0]
  const limits = [lower, upper].flatMap((limit) => (limit === undefined ? [] : [ends.map((x) => ({ x, y: Number(limit) }))]))
  const chart: Chart = {
    title: names.title,
    xLabel: names.x,
    yLabel: names.y,
    points: drawn,
    limits,
    xTicks: sorted.map(({ on }) => ({ x: dayOf(on), text: on })).filter((_, n) => n % Math.ceil(sorted.length / 6) === 0),
    description: describe(names.title, drawn),
  }
  return drawChart(chart)
}
