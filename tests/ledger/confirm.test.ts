// Why this exists: an enterprise uses a calibrated instrument on the word of 计量确认. What was not compared must never be confirmed, and an
// error may only pass with the uncertainty that the certificate states.
import { confirm, type LedgerRequirement } from 'tongheng/ledger'
import type { CalibrationResult } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { readLimits, readRange, readValues } from '../../src/ledger/read-range.js'

const gauge = fixtures.F08.record as CalibrationResult
const required = (accuracy: string, where: { points?: string; range?: string } = {}): LedgerRequirement => {
  const { limits, accuracyClass } = readLimits(accuracy)
  return {
    accuracy: { text: accuracy, ...(limits && { limits: { ...limits } }), ...(accuracyClass !== undefined && { accuracyClass }) },
    ...(where.points !== undefined && {
      points: { text: where.points, ...(readValues(where.points).values && { values: [...(readValues(where.points).values ?? [])] }) },
    }),
    ...(where.range !== undefined && {
      range: { text: where.range, ...(readRange(where.range).ranges && { ranges: [...(readRange(where.range).ranges ?? [])] }) },
    }),
  }
}

const CODES = { confirmed: 'ledger.confirm-class', 'cannot-tell': 'ledger.confirm-uncovered', limited: 'ledger.confirm-part' } as const

describe('计量确认', () => {
  it.each([
    ['±0.04MPa', { points: '4MPa' }, 'confirmed'],
    // Between two points of the certificate, both must conform.
    ['±0.04MPa', { points: '5MPa' }, 'confirmed'],
    // In kilopascal, and with the requirement in another unit than the certificate.
    ['±40kPa', { points: '4000kPa' }, 'confirmed'],
    // 12 MPa is not covered: only 4 MPa is confirmed.
    ['±0.04MPa', { points: '4MPa、12MPa' }, 'limited'],
    ['±0.04MPa', { range: '(0～10)MPa' }, 'confirmed'],
    ['±0.04MPa', { range: '(0～16)MPa' }, 'limited'],
    ['±0.04MPa', { points: '12MPa' }, 'cannot-tell'],
    // U = 0.006 is more than a third of 0.012: 0.010 lies in the guard band.
    ['±0.012MPa', { points: '4MPa' }, 'cannot-tell'],
    // 0.005 + 0.006 is within 0.012, so that 2 MPa conforms although U is large.
    ['±0.012MPa', { points: '2MPa' }, 'confirmed'],
    // 0.010 is beyond 0.003 + 0.006.
    ['±0.003MPa', { points: '4MPa' }, 'not-confirmed'],
    ['±0.04℃', { points: '4MPa' }, 'cannot-tell'],
    // ±1 % of 4 MPa is 0.04, of the span 0.1: the error conforms by both.
    ['±1%', { points: '4MPa' }, 'confirmed'],
    // ±0.25 % of 4 MPa is 0.010, of the span 0.025: the answers differ.
    ['±0.25%', { points: '4MPa' }, 'cannot-tell'],
    ['±0.04MPa', {}, 'confirmed'],
    ['工艺要求', { points: '4MPa' }, 'cannot-tell'],
    ['±0.04MPa', { points: '约4' }, 'cannot-tell'],
  ] as const)('of %s at %j is %s', (accuracy, where, outcome) => {
    const found = confirm(required(accuracy, where), gauge)
    expect([found.outcome, found.reason]).toEqual([outcome, expect.anything()])
    if (outcome === 'confirmed') expect(found.compared.length).toBeGreaterThan(0)
    for (const { zh, en } of [found.reason, ...found.compared.map(({ text }) => text)])
      expect(`${zh}${en}`).not.toMatch(/[{}]|undefined|\[object/)
  })

  it('shows the numbers that were compared', () => {
    const { compared, basis } = confirm(required('±0.04MPa', { points: '4MPa' }), gauge)
    expect(compared).toEqual([
      {
        table: 'pressure',
        row: 3,
        at: '4.000 MPa',
        error: '0.010 MPa',
        uncertainty: '0.006 MPa',
        limits: '±0.04 MPa',
        outcome: 'conforms',
        text: expect.objectContaining({ zh: '4.000 MPa 处误差 0.010 MPa（U = 0.006 MPa），要求 ±0.04 MPa' }),
      },
    ])
    expect(basis).toContain('JJF 1094')
  })

  it('is never given without uncertainty, unless a verification judged by limits that are no wider', () => {
    const [table] = gauge.results
    const without = {
      ...gauge,
      results: [
        {
          ...table,
          columns: table?.columns.filter(({ role }) => role !== 'uncertainty'),
          rows: table?.rows.map((row) => row.filter((_, at) => at !== 5)),
        },
      ],
    } as typeof gauge
    expect(confirm(required('±0.04MPa', { points: '4MPa' }), without).outcome).toBe('cannot-tell')
    const verified = { ...without, kind: 'verification-record', outcome: 'pass' } as never
    expect(confirm(required('±0.04MPa', { points: '4MPa' }), verified).outcome).toBe('confirmed')
    expect(confirm(required('±0.02MPa', { points: '4MPa' }), verified).outcome).toBe('cannot-tell')
  })

  it('by class needs a verification that passed', () => {
    expect(confirm(required('1.6级'), gauge).outcome).toBe('cannot-tell')
    const verified = { ...gauge, kind: 'verification-record', outcome: 'pass' } as never
    expect(confirm(required('0.4级'), verified).outcome).toBe('confirmed')
    expect(confirm(required('0.1级'), verified).outcome).toBe('not-confirmed')
    expect(confirm(required('0.4级'), { ...gauge, kind: 'verification-record', outcome: 'fail' } as never).outcome).toBe('cannot-tell')
  })

  it.each([
    [{ points: '4MPa' }, 'confirmed'],
    [{ range: '(0～10)MPa' }, 'confirmed'],
    [{ range: '(0～10000)kPa' }, 'confirmed'],
    [{ range: '(0～16)MPa' }, 'cannot-tell'],
    [{ points: '12MPa' }, 'cannot-tell'],
    [{ points: '4℃' }, 'cannot-tell'],
    [{ points: '约4' }, 'cannot-tell'],
    [{ points: '4MPa、12MPa' }, 'limited'],
  ] as const)('by class at %j, of an instrument of (0～10) MPa, is %s', (where, outcome) => {
    const instrument = { ...gauge.instrument, range: { lower: '0', upper: '10', unit: 'MPa' } }
    const verified = { ...gauge, instrument, kind: 'verification-record', outcome: 'pass' } as never
    const found = confirm(required('0.4级', where), verified)
    expect([found.outcome, found.reason.code]).toEqual([outcome, CODES[outcome]])
    const { range: _, ...rangeless } = instrument
    expect(
      confirm(required('0.4级', where), { ...gauge, instrument: rangeless, kind: 'verification-record', outcome: 'pass' } as never),
    ).toMatchObject({
      outcome: 'cannot-tell',
      reason: { code: 'ledger.confirm-uncovered' },
    })
  })

  it('without a requirement, or of a record without results, cannot be told', () => {
    expect(confirm(undefined, gauge).outcome).toBe('cannot-tell')
    expect(confirm({}, gauge).outcome).toBe('cannot-tell')
    expect(confirm(required('±0.04MPa'), fixtures.F10.record).outcome).toBe('cannot-tell')
  })
})
