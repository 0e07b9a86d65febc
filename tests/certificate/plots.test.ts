// Why this exists: a plot without one of its points, or with a failed laboratory shown as passed, misleads more than none.
import { writeCalibrationPlot, writeDriftPlot, writeEquivalencePlot, writeErrorPlot } from 'tongheng/certificate'
import type { CalibrationResult, ComparisonResult, ResultTable, VerificationRecord } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { niceTicks } from '../../src/certificate/plots/chart.js'

const [distance, clock] = (fixtures.F01.record as VerificationRecord).results as [ResultTable, ResultTable]
const count = (svg: string, pattern: RegExp): number => svg.match(pattern)?.length ?? 0

describe('a plot of errors and limits', () => {
  it('shows a dot for each row and both limits', () => {
    const svg = writeErrorPlot(distance) as string
    expect(count(svg, /<circle/g)).toBe(3)
    expect(count(svg, /stroke-dasharray/g)).toBe(2)
    expect(svg).toContain('<title id="plot-t">计程误差</title>')
  })

  it('has bars where the table states uncertainties', () => {
    const [table] = (fixtures.F07.record as CalibrationResult).results as [ResultTable]
    const plain = {
      ...table,
      columns: table.columns.map((column) => (column.role === 'uncertainty' ? { ...column, role: 'condition' as const } : column)),
    }
    const [withBars, without] = [writeErrorPlot(table), writeErrorPlot(plain)].map((svg) => count(svg ?? '', /<path/g)) as [number, number]
    expect(withBars).toBeGreaterThan(without)
  })

  it('is omitted for a single value, which would show nothing', () => {
    expect(writeErrorPlot(clock)).toBeUndefined()
  })
})

describe('a plot of equivalence', () => {
  const { points, pilots } = fixtures.F12.record as ComparisonResult
  const svg = writeEquivalencePlot(points[0] as never, pilots)

  it('shows every laboratory, the pilots first, and one beyond |En| = 1 as a cross', () => {
    const labels = [...svg.matchAll(/>(LAB-\d+)<\/text>/g)].map(([, code]) => code)
    expect(labels).toEqual(['LAB-01', 'LAB-02', 'LAB-03', 'LAB-04', 'LAB-05', 'LAB-06'])
    expect(count(svg, /<circle/g)).toBe(5)
    expect(svg).toContain('#b3261e')
    expect(svg).toMatch(/<desc[^>]*>[^<]*LAB-06 En = 1\.34/)
  })

  it('shows the pilots first, whatever their codes', () => {
    const other = writeEquivalencePlot(points[0] as never, ['LAB-06'])
    expect([...other.matchAll(/>(LAB-\d+)<\/text>/g)][0]?.[1]).toBe('LAB-06')
  })
})

describe('a plot of a series', () => {
  const names = { title: { zh: '历次误差', en: 'Drift' }, x: { zh: '日期', en: 'date' }, y: { zh: '误差 / %', en: 'error / %' } }

  it('over certificates is in the order of their days, between its limits', () => {
    const points = [
      { on: '2025-03-12', value: '-1.6' },
      { on: '2023-03-12', value: '-1.2', uncertainty: '0.2' },
      { on: '2024-03-11', value: '-1.4' },
    ]
    const svg = writeDriftPlot(points, names, { lower: '-4.0', upper: '1.0' }, { language: 'en' })
    expect([...svg.matchAll(/>(\d{4}-\d\d-\d\d)</g)].map(([, day]) => day)).toEqual(['2023-03-12', '2024-03-11', '2025-03-12'])
    const xs = [...svg.matchAll(/<circle cx="([\d.]+)"/g)].map(([, x]) => Number(x))
    expect(xs).toEqual([...xs].sort((a, b) => a - b))
    expect(count(svg, /stroke-dasharray/g)).toBe(2)
    expect(svg).toContain('>Drift</title>')
  })

  it('of a calibration has the band of its uncertainties', () => {
    const svg = writeCalibrationPlot(
      [
        { at: '0.0', value: '0.00', uncertainty: '0.02' },
        { at: '1.0', value: '0.01', uncertainty: '0.02' },
        { at: '0.5', value: '0.02', uncertainty: '0.03' },
      ],
      names,
    )
    expect(svg).toMatch(/<path d="M[^"]+Z" fill="#e4e8ec"\/>/)
    expect(count(svg, /<circle/g)).toBe(3)
  })
})

describe('ticks', () => {
  it.each([
    [[0, 1], '0.0 0.2 0.4 0.6 0.8 1.0'],
    [[-4, 1], '−4 −3 −2 −1 0 1'],
    [[0.00012, 0.00048], '0.0001 0.0002 0.0003 0.0004 0.0005'],
    [[7, 7], '6.0 6.5 7.0 7.5 8.0'],
  ])('of %j are round numbers that cover them', (values, expected) => {
    const ticks = niceTicks(values, 5)
    expect(ticks.map(({ text }) => text).join(' ')).toBe(expected)
    expect(Math.min(...ticks.map(({ at }) => at))).toBeLessThanOrEqual(Math.min(...values) + 1e-9)
    expect(Math.max(...ticks.map(({ at }) => at))).toBeGreaterThanOrEqual(Math.max(...values) - 1e-9)
  })
})
