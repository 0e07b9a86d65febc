// Why this exists: the budgets printed in the GUM and EA-4/02 are correct, so a rule that reports a fault in one of them is wrong.
// Numbers as published; contributions are c·u(x) where only u(x) is printed. Omitted because no second source confirms their
// numbers: JCGM 100 H.4 and H.5, EA-4/02 S6, S8 and S13.
import { checkRecord, judgeUncertainty } from 'tongheng/conformance'
import { type BudgetEntry, kindOf, parseRecord, type Quantity, type Uncertainty } from 'tongheng/records'
import { change, fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'

type Entry = string | Partial<BudgetEntry>
interface Published {
  readonly from: string
  readonly unit: string
  /** U with k, or u where k is 1. */
  readonly stated: string
  readonly k?: string
  readonly standard?: string
  readonly entries: readonly Entry[]
}
const r = (entry: number, coefficient: string) => ({ entry, r: coefficient })
/** V, I and φ of H.2: u 0.0032 V, 0.0095 mA, 0.00075 rad, by the sensitivity coefficients of each result. */
const impedance = (v: string, i: string, phi: string): Entry[] => [
  { standard: v, correlatedWith: [r(1, '-0.36'), r(2, '0.86')] },
  { standard: i, correlatedWith: [r(2, '-0.65')] },
  { standard: phi },
]

const budgets: readonly Published[] = [
  { from: 'JCGM 100 H.1, first order', unit: 'nm', stated: '32', entries: ['25', '9.7', '2.9', '16.6'] },
  { from: 'JCGM 100 H.1, U99 by t of 16 degrees of freedom', unit: 'nm', stated: '93', k: '2.92', entries: ['25', '9.7', '2.9', '16.6'] },
  { from: 'JCGM 100 H.1.2, the difference d', unit: 'nm', stated: '9.7', entries: ['5.8', '3.9', '6.7'] },
  {
    from: 'JCGM 100 H.1.7, with second-order terms',
    unit: 'nm',
    stated: '34',
    entries: ['25', '9.7', '2.9', '16.6', { standard: '11.7', term: 'second-order' }, { standard: '1.7', term: 'second-order' }],
  },
  { from: 'JCGM 100 H.2, R', unit: 'Ohm', stated: '0.070', entries: impedance('0.0818', '-0.0617', '-0.1649') },
  { from: 'JCGM 100 H.2, R, u rounded up to 0.071', unit: 'Ohm', stated: '0.071', entries: impedance('0.0818', '-0.0617', '-0.1649') },
  { from: 'JCGM 100 H.2, X', unit: 'Ohm', stated: '0.295', entries: impedance('0.1407', '-0.1062', '0.0958') },
  { from: 'JCGM 100 H.2, Z', unit: 'Ohm', stated: '0.236', entries: impedance('0.1628', '-0.1229', '0') },
  {
    from: 'JCGM 100 H.3, correction at 30 ℃',
    unit: 'Cel',
    stated: '0.0041',
    entries: [{ standard: '0.0029', correlatedWith: [r(1, '-0.930')] }, '0.0067'],
  },
  { from: 'JCGM 100 H.6', unit: '1', stated: '0.55', entries: ['0.20', '0.11', '0.5'] },
  { from: 'EA-4/02 S2', unit: 'mg', stated: '59', k: '2', standard: '29.3', entries: ['22.5', '8.66', '14.4', '5.77', '5.77'] },
  { from: 'EA-4/02 S3', unit: 'mOhm', stated: '17', k: '2', standard: '8.33', entries: ['2.5', '5.8', '1.6', '3.2', '4.1', '0.7'] },
  {
    from: 'EA-4/02 S4',
    unit: 'nm',
    stated: '73',
    k: '2',
    standard: '36.4',
    entries: ['15.0', '17.3', '5.37', '18.5', '-16.6', '11.8', '-3.87'],
  },
  {
    from: 'EA-4/02 S5, the furnace',
    unit: 'Cel',
    stated: '1.3',
    k: '2',
    standard: '0.641',
    entries: ['0.10', '0.077', '0.022', '0.089', '-0.024', '0.15', '0.173', '0.577'],
  },
  {
    from: 'EA-4/02 S7',
    unit: 'dB',
    stated: '0.045',
    k: '2',
    standard: '0.0224',
    entries: ['0.0090', '0.0025', '0.0011', '0.0200', '0.0017', '-0.0003', '0.0003', '-0.0019', '0.0020'],
  },
  { from: 'EA-4/02 S9', unit: 'V', stated: '0.05', k: '1.65', standard: '0.030', entries: ['-0.001', '0.029', '-0.0064'] },
  { from: 'EA-4/02 S10', unit: 'um', stated: '60', k: '1.83', standard: '33', entries: ['-0.46', '2.0', '15', '29'] },
  {
    from: 'EA-4/02 S11',
    unit: 'mK',
    stated: '300',
    k: '1.81',
    standard: '164',
    entries: ['15', '10', '23', '-29', '58', '144', '29', '17'],
  },
  { from: 'EA-4/02 S12', unit: '1', stated: '0.0020', k: '2.28', standard: '0.00091', entries: ['0.00060', '0.00068'] },
]

const entry = (one: Entry): BudgetEntry => ({
  source: { zh: '分量' },
  type: 'B',
  ...(typeof one === 'string' ? { standard: one } : { standard: '', ...one }),
})

function uncertaintyOf({ stated, k, standard, entries }: Published): Uncertainty {
  const budget = entries.map(entry)
  if (k === undefined) return { form: 'standard', value: stated, budget }
  return { form: 'expanded', value: stated, k, budget, ...(standard !== undefined && { standard }) }
}

/** The last digit of the stated uncertainty moved by this many units. */
function moved(stated: string, by: bigint): string {
  const scale = stated.includes('.') ? stated.length - stated.indexOf('.') - 1 : 0
  const digits = (BigInt(stated.replace('.', '')) + by).toString().padStart(scale + 1, '0')
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

const codes = (quantity: Partial<Quantity>): string[] => judgeUncertainty(quantity, '').map(({ code }) => code)

describe.each(budgets)('$from', (published) => {
  const uncertainty = uncertaintyOf(published)

  it('has no finding', () => {
    expect(codes({ unit: published.unit, uncertainty })).toEqual([])
  })

  it('can be written as a record, in a table too', () => {
    const table = {
      id: 'table',
      name: { zh: '表' },
      columns: [
        published.k === undefined
          ? { role: 'standard-uncertainty', name: { zh: 'u' }, unit: published.unit }
          : { role: 'uncertainty', name: { zh: 'U' }, unit: published.unit, k: published.k },
      ],
      rows: [[published.stated]],
      budgets: [{ row: 0, entries: published.entries.map(entry) }],
    }
    const record = change(fixtures.F07.record, ['/results', [table]])
    expect(parseRecord(record, kindOf(fixtures.F07.record)).faults).toEqual([])
    expect(checkRecord(record).checks.find(({ id }) => id === 'uncertainty.consistent')).toMatchObject({ status: 'pass' })
  })

  it('is contradicted where U is half as large again, or half as large', () => {
    const units = BigInt(published.stated.replace('.', ''))
    for (const by of [units / 2n + 2n, -(units / 2n) - 1n]) {
      const { standard: _, ...wrong } = { standard: undefined, ...uncertainty, value: moved(published.stated, by) }
      expect(codes({ unit: published.unit, uncertainty: wrong as Uncertainty })).toEqual(['uncertainty.budget-differs'])
    }
  })
})
