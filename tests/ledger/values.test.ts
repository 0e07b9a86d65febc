// Why this exists: a date, an interval or a range is written in a dozen ways. What is read must be what was meant; what is uncertain must
// not be read at all.
import { describe, expect, it } from 'vitest'
import { readDate } from '../../src/ledger/read-date.js'
import { readInterval } from '../../src/ledger/read-interval.js'
import { readLimits, readRange, readValues } from '../../src/ledger/read-range.js'

describe('a date', () => {
  it.each([
    ['2026-07-11', '2026-07-11', []],
    ['2026.07.11', '2026-07-11', []],
    ['2026.7.1', '2026-07-01', []],
    ['2026/7/11', '2026-07-11', []],
    ['2026年7月11日', '2026-07-11', []],
    ['20181221', '2018-12-21', []],
    ['2026-07-11 00:00:00', '2026-07-11', []],
    ['2026-07-11T08:30', '2026-07-11', ['ledger.date-time']],
    ['46214', '2026-07-11', ['ledger.date-serial']],
    ['二〇二五年三月五日', '2025-03-05', []],
    ['二○二五年十二月三十一日', '2025-12-31', []],
    ['二零二五年十月二十日', '2025-10-20', []],
    ['二O二五年〇三月〇五日', '2025-03-05', []],
    ['二〇二五 年 三 月 五 日', '2025-03-05', []],
    ['2025年3月5号', '2025-03-05', []],
    ['二〇二五年三月', undefined, ['ledger.date-month']],
    ['二〇二五年十三月一日', undefined, ['ledger.date-impossible']],
    ['二〇二五年二月三十日', undefined, ['ledger.date-impossible']],
    ['二五年三月五日', undefined, ['ledger.date-unreadable']],
    ['二〇二五年三十三十月五日', undefined, ['ledger.date-unreadable']],
    ['60', undefined, ['ledger.date-unreadable']],
    ['2016.05', undefined, ['ledger.date-month']],
    ['201605', undefined, ['ledger.date-month']],
    ['2016年5月', undefined, ['ledger.date-month']],
    ['2026-02-30', undefined, ['ledger.date-impossible']],
    ['20260230', undefined, ['ledger.date-impossible']],
    ['2016.13', undefined, ['ledger.date-impossible']],
    ['26.7.11', undefined, ['ledger.date-short-year']],
    ['7/11/2026', undefined, ['ledger.date-short-year']],
    ['2026-07-11前', undefined, ['ledger.date-unreadable']],
    ['长期', undefined, ['ledger.date-unreadable']],
  ] as const)('%s is read as %s', (text, date, codes) => {
    const read = readDate(text)
    expect([read.date, read.notes.map(({ code }) => code)]).toEqual([date, codes])
  })

  it('of year and month keeps the month, and a number that may have lost a zero is not read', () => {
    expect(readDate('2016.05')).toMatchObject({ month: '2016-05' })
    expect(readDate('2016.1')).toMatchObject({ notes: [{ code: 'ledger.date-month-spoiled' }] })
    expect(readDate('2016.1').month).toBeUndefined()
    expect(readDate('2016-1')).toMatchObject({ month: '2016-01' })
    expect(readDate('2016.2')).toMatchObject({ month: '2016-02' })
  })
})

describe('an interval', () => {
  it.each([
    ['6个月', undefined, 'P6M', []],
    ['六个月', undefined, 'P6M', []],
    ['半年', undefined, 'P6M', []],
    ['12个月', undefined, 'P1Y', []],
    ['一年', undefined, 'P1Y', []],
    ['两年', undefined, 'P2Y', []],
    ['十个月', undefined, 'P10M', []],
    ['十八个月', undefined, 'P18M', []],
    ['二十四个月', undefined, 'P2Y', []],
    ['三十六个月', undefined, 'P3Y', []],
    ['一二个月', undefined, undefined, ['ledger.interval-unreadable']],
    ['1.0', '年', 'P1Y', []],
    ['12.0', '月', 'P1Y', []],
    ['12.0个月', undefined, 'P1Y', []],
    ['.5', '年', 'P6M', []],
    ['12.5', '月', undefined, ['ledger.interval-unreadable']],
    ['1年半', undefined, 'P18M', []],
    ['36月', undefined, 'P3Y', []],
    ['480个月', undefined, 'P40Y', []],
    ['481个月', undefined, undefined, ['ledger.interval-unreadable']],
    ['41年', undefined, undefined, ['ledger.interval-unreadable']],
    ['12个月1次', undefined, 'P1Y', []],
    ['121次', undefined, undefined, ['ledger.interval-unreadable']],
    ['1次/年', undefined, 'P1Y', []],
    ['2次/年', undefined, 'P6M', []],
    ['一年两次', undefined, 'P6M', []],
    ['每年 4 次', undefined, 'P3M', []],
    ['5次/年', undefined, undefined, ['ledger.interval-unreadable']],
    ['每年一次', undefined, 'P1Y', []],
    ['每年', undefined, 'P1Y', []],
    ['每季度', undefined, 'P3M', []],
    ['每月1次', undefined, 'P1M', []],
    ['年', undefined, undefined, ['ledger.interval-unreadable']],
    ['一般不超过 1 年', undefined, 'P1Y', []],
    ['不超过半年', undefined, 'P6M', []],
    ['≤12个月', undefined, 'P1Y', []],
    ['最长', undefined, undefined, ['ledger.interval-unreadable']],
    ['1/年', undefined, undefined, ['ledger.interval-unreadable']],
    ['30天', undefined, 'P30D', []],
    ['12', undefined, 'P1Y', ['ledger.interval-unit']],
    ['12', '月', 'P1Y', []],
    ['1', '年', 'P1Y', []],
    ['0.5', '年', 'P6M', []],
    ['1', undefined, undefined, ['ledger.interval-unreadable']],
    ['0', undefined, undefined, ['ledger.interval-unreadable']],
    ['按规程', undefined, undefined, ['ledger.interval-unreadable']],
  ] as const)('%s (unit %s) is %s', (text, unit, period, codes) => {
    const read = readInterval(text, unit)
    expect([read.period, read.notes.map(({ code }) => code)]).toEqual([period, codes])
  })

  it.each([
    ['随坏随换', 'replaced-when-broken'],
    ['首次检定', 'initial-only'],
    ['到期轮换', 'replaced-when-due'],
    ['首次检定，到期轮换', 'replaced-when-due'],
    ['免检', 'exempt'],
  ] as const)('of %s is none, and why', (text, none) => {
    expect(readInterval(text)).toEqual({ none, notes: [] })
  })
})

describe('a range', () => {
  it.each([
    ['0-4.0MPa', undefined, [{ lower: '0', upper: '4.0', unit: 'MPa' }]],
    ['(0~4)MPa', undefined, [{ lower: '0', upper: '4', unit: 'MPa' }]],
    ['0～100℃', undefined, [{ lower: '0', upper: '100', unit: 'Cel' }]],
    ['-200~850℃', undefined, [{ lower: '-200', upper: '850', unit: 'Cel' }]],
    ['(-200～850)℃', undefined, [{ lower: '-200', upper: '850', unit: 'Cel' }]],
    ['-0.1～0MPa', undefined, [{ lower: '-0.1', upper: '0', unit: 'MPa' }]],
    ['±100Pa', undefined, [{ lower: '-100', upper: '100', unit: 'Pa' }]],
    ['10-100N·m', undefined, [{ lower: '10', upper: '100', unit: 'N.m' }]],
    ['0℃～100℃', undefined, [{ lower: '0', upper: '100', unit: 'Cel' }]],
    ['Max 30kg', undefined, [{ upper: '30', unit: 'kg' }]],
    ['0-1.6\nMPa', undefined, [{ lower: '0', upper: '1.6', unit: 'MPa' }]],
    ['0-4.0', 'MPa', [{ lower: '0', upper: '4.0', unit: 'MPa' }]],
    [
      '0-1MPa；0-4MPa',
      undefined,
      [
        { lower: '0', upper: '1', unit: 'MPa' },
        { lower: '0', upper: '4', unit: 'MPa' },
      ],
    ],
  ] as const)('%s (unit %s) is read', (text, unit, ranges) => {
    expect(readRange(text, unit)).toEqual({ ranges, notes: [] })
  })

  it.each([
    ['0-4.0', 'ledger.unit-missing'],
    ['0-4.0公斤力', 'ledger.unit-unknown'],
    ['4-0MPa', 'ledger.range-unreadable'],
    ['1mg~500g', 'ledger.range-unreadable'],
    ['5(60)A', 'ledger.range-unreadable'],
    ['DN50', 'ledger.range-unreadable'],
    ['200V (0.1~100)A', 'ledger.range-unreadable'],
    ['Max 3t e=1kg', 'ledger.unit-unknown'],
  ] as const)('%s is kept as written: %s', (text, code) => {
    const read = readRange(text)
    expect([read.ranges, read.notes.map((note) => note.code)]).toEqual([undefined, [code]])
  })
})

describe('limits and values', () => {
  it.each([
    ['±0.5%', { lower: '-0.5', upper: '0.5', unit: '%' }],
    ['MPE:±0.1℃', { lower: '-0.1', upper: '0.1', unit: 'Cel' }],
    ['-4%~+1%', { lower: '-4', upper: '1', unit: '%' }],
    ['不大于0.5%', { lower: '-0.5', upper: '0.5', unit: '%' }],
  ] as const)('%s is a limit on the error', (text, limits) => {
    expect(readLimits(text)).toEqual({ limits, notes: [] })
  })

  it.each(['1.6级', 'A级', 'E2等级', '(Ⅲ)', '0.5S级'])('%s is a class', (text) => {
    expect(readLimits(text).limits).toBeUndefined()
    expect(readLimits(text).accuracyClass).toBeDefined()
  })

  it('takes the unit of the last value for those before it', () => {
    expect(readValues('0.2、0.4、0.6MPa').values).toEqual([
      { value: '0.2', unit: 'MPa' },
      { value: '0.4', unit: 'MPa' },
      { value: '0.6', unit: 'MPa' },
    ])
    expect(readValues('约2MPa').values).toBeUndefined()
  })
})
