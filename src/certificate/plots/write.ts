/** Writes the four plots as self-contained SVG texts, with Chinese or English labels and the values in words in `<desc>`. */
import { anArray, anObject, aText, checkArgument, checkOptions, nameOf, type OptionTable, optional } from '../../base/options.js'
import type { ComparisonPoint, ResultTable } from '../../records/index.js'
import {
  type CalibrationPoint,
  calibrationScene,
  type DriftLimits,
  type DriftPoint,
  driftScene,
  equivalenceScene,
  errorScene,
  type SeriesNames,
} from './of-record.js'
import { sceneSvg } from './svg.js'

export interface PlotOptions {
  /** @default zh */
  readonly language?: 'zh' | 'en'
}

const PLOT_OPTIONS: OptionTable = {
  language: optional(
    nameOf(
      new Map([
        ['zh', 1],
        ['en', 1],
      ]),
      { zh: '语言', en: 'a language' },
    ),
  ),
}

/**
 * Plots the errors of a result table with their limits, and their expanded uncertainties as bars.
 * @returns undefined if the table has fewer than two errors that can be drawn, or more than 60 rows
 * @throws `verify.options`
 * @example
 * ```ts
 * import { writeErrorPlot } from 'tongheng/certificate'
 * import type { ResultTable } from 'tongheng/records'
 *
 * const table: ResultTable = {
 *   id: 'distance',
 *   name: { zh: '计程误差', en: 'distance error' },
 *   columns: [
 *     { role: 'condition', name: { zh: '次序', en: 'run' } },
 *     { role: 'error', name: { zh: '误差', en: 'error' }, unit: '%' },
 *   ],
 *   rows: [['1', '-1.57'], ['2', '-1.48']],
 * }
 * writeErrorPlot(table)?.startsWith('<svg') // => true
 * ```
 */
export function writeErrorPlot(table: ResultTable, options: PlotOptions = {}): string | undefined {
  checkArgument('writeErrorPlot', 'table', table, anObject)
  checkOptions('writeErrorPlot', options, PLOT_OPTIONS)
  checkArgument('writeErrorPlot', 'table.columns', table.columns, anArray)
  checkArgument('writeErrorPlot', 'table.rows', table.rows, anArray)
  const scene = errorScene(table)
  return scene && sceneSvg(scene, options.language ?? 'zh')
}

/**
 * Plots one point of a comparison: the difference of each laboratory from the reference value with its expanded uncertainty; pilots first,
 * then by code. |En| > 1 is a cross (JJF 1117—2010).
 * @throws `verify.options`
 * @example
 * ```ts
 * import { writeEquivalencePlot } from 'tongheng/certificate'
 * import type { ComparisonPoint } from 'tongheng/records'
 *
 * const uncertainty = { form: 'expanded', value: '0.03', k: '2' } as const
 * const point: ComparisonPoint = {
 *   id: 'p55',
 *   quantity: { zh: '修正值', en: 'correction' },
 *   unit: '%',
 *   reference: { value: '0.01', uncertainty, method: 'weighted-mean' },
 *   results: [{ code: 'LAB-01', value: '0.02', uncertainty }, { code: 'LAB-02', value: '0.09', uncertainty, en: '1.9' }],
 * }
 * writeEquivalencePlot(point, ['LAB-01']).startsWith('<svg') // => true
 * ```
 */
export function writeEquivalencePlot(point: ComparisonPoint, pilots: readonly string[] = [], options: PlotOptions = {}): string {
  checkArgument('writeEquivalencePlot', 'point', point, anObject)
  checkArgument('writeEquivalencePlot', 'point.results', point.results, anArray)
  checkArgument('writeEquivalencePlot', 'pilots', pilots, anArray)
  checkOptions('writeEquivalencePlot', options, PLOT_OPTIONS)
  return sceneSvg(equivalenceScene(point, pilots), options.language ?? 'zh')
}

/**
 * Plots the curve of a calibration through its points, on the band of their expanded uncertainties. Values are decimal texts.
 * @throws `verify.options`
 * @example
 * ```ts
 * import { writeCalibrationPlot } from 'tongheng/certificate'
 *
 * const names = { title: { zh: '校准曲线', en: 'Calibration' }, x: { zh: '示值 / MPa', en: 'indication / MPa' }, y: { zh: '修正值 / MPa', en: 'correction / MPa' } }
 * const points = [{ at: '0.0', value: '0.00', uncertainty: '0.02' }, { at: '1.0', value: '0.01', uncertainty: '0.02' }]
 * writeCalibrationPlot(points, names).startsWith('<svg') // => true
 * ```
 */
export function writeCalibrationPlot(points: readonly CalibrationPoint[], names: SeriesNames, options: PlotOptions = {}): string {
  checkSeries('writeCalibrationPlot', points, names, options)
  return sceneSvg(calibrationScene(points, names), options.language ?? 'zh')
}

/**
 * Plots one result of an instrument over its successive certificates, with its limits.
 * @throws `verify.options`
 * @example
 * ```ts
 * import { writeDriftPlot } from 'tongheng/certificate'
 *
 * const names = { title: { zh: '历次误差', en: 'Drift' }, x: { zh: '日期', en: 'date' }, y: { zh: '误差 / %', en: 'error / %' } }
 * const points = [{ on: '2023-03-12', value: '-1.2' }, { on: '2024-03-11', value: '-1.4', uncertainty: '0.2' }, { on: '2025-03-12', value: '-1.6' }]
 * writeDriftPlot(points, names, { lower: '-4.0', upper: '1.0' }).startsWith('<svg') // => true
 * ```
 */
export function writeDriftPlot(
  points: readonly DriftPoint[],
  names: SeriesNames,
  limits: DriftLimits = {},
  options: PlotOptions = {},
): string {
  checkSeries('writeDriftPlot', points, names, options)
  checkOptions('writeDriftPlot', limits, { lower: optional(aText), upper: optional(aText) })
  return sceneSvg(driftScene(points, names, limits), options.language ?? 'zh')
}

function checkSeries(call: string, points: unknown, names: SeriesNames, options: unknown): void {
  checkArgument(call, 'points', points, anArray)
  checkOptions(call, names, { title: anObject, x: anObject, y: anObject })
  checkOptions(call, options, PLOT_OPTIONS)
}
