// Why this exists: what is written back to Excel is what was read, to the last zero and sign; a text that Excel would run, cut or round
// must come back as it was.
import fc from 'fast-check'
import { type LedgerLine, linesTable, readLedger, tablesWorkbook } from 'tongheng/ledger'
import { describe, expect, it } from 'vitest'
import { type LedgerField, ledgerFields } from '../../src/ledger/fields.js'
import { type Draft, lineOf } from '../../src/ledger/line-of.js'
import { ABSENT } from '../../src/ledger/words.js'
import { ledgerShapes } from '../support/ledgers.ts'

const withoutPlace = (lines: readonly LedgerLine[]) => lines.map(({ at: _, ...line }) => line)
const again = async (lines: readonly LedgerLine[]) => (await readLedger(await tablesWorkbook([linesTable(lines)]))).lines

/** Texts that clerks and attackers write into ledgers. */
const tricky = [
  '=1+1',
  '+1',
  '-1',
  '@A1',
  "'0",
  '00123',
  '12345678901234567',
  '1E+5',
  '0.10',
  '3/4',
  '1-2',
  'TRUE',
  '#N/A',
  '两行\n文字',
  '  ',
  'a  b',
  '<b>&"',
  '_x0041_',
  '１２３',
  '2026-07-11',
  '6个月',
  '0～4.0MPa',
  '±0.5%',
  '合格',
  '强检',
  '√',
]
const text = fc.oneof(fc.constantFrom(...tricky), fc.string({ maxLength: 20 }), fc.string({ unit: 'grapheme', maxLength: 8 }))
const DATES = ['2026-07-11', '2026.7.1', '20260711', '2016.05', '46214', '2026年7月11日', '不详']
const cells: { readonly [field: string]: fc.Arbitrary<string> } = {
  verifiedOn: fc.constantFrom(...DATES),
  validUntil: fc.constantFrom(...DATES),
  nextDue: fc.constantFrom(...DATES),
  range: fc.constantFrom('0-4.0MPa', '(0~4)', '±100Pa', 'DN50'),
  rangeUnit: fc.constantFrom('MPa', '℃', '公斤力'),
  interval: fc.constantFrom('6个月', '12', '随坏随换', '一年半'),
  result: fc.constantFrom('合格', '不合格', '1', '准用'),
}
/** Fields that are joined to one text when they are read. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(['rangeLower', 'rangeUpper'])
const FIELDS = [...ledgerFields.keys()].filter((field) => !NOT_WRITTEN.has(field))

describe('lines written to a workbook', () => {
  it('are the same lines when they are read', async () => {
    const draft = fc.record(
      Object.fromEntries(FIELDS.map((field) => [field, cells[field] ?? text])) as Record<LedgerField, fc.Arbitrary<string>>,
      { requiredKeys: ['name', 'serialNumber', 'verifiedOn'] },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(draft, { minLength: 1, maxLength: 4 }), async (drafts) => {
        // Lines as the reader builds them: from texts without invisible characters, trimmed.
        const csv = drafts.map(
          (one) => Object.fromEntries(Object.entries(one).map(([field, value]) => [field, { text: value, spot: { sheet: '' } }])) as Draft,
        )
        const first = csv.map((one) => lineOf(one, {}, () => undefined))
        const read = await again(first)
        const twice = await again(read)
        // A second round trip changes nothing.
        expect(withoutPlace(twice)).toEqual(withoutPlace(read))
      }),
      { numRuns: 60 },
    )
  })

  it('preserve every text that a reader accepts, to the last zero', async () => {
    const kept = tricky.map((one) => one.trim()).filter((one) => one !== '' && !ABSENT.has(one) && !one.includes('\n') && one !== '#N/A')
    const lines = kept.map(
      (one, at): LedgerLine => ({
        kind: 'ledger-entry',
        version: 1,
        name: '压力表',
        serialNumber: one,
        assetNumber: `A${at}`,
        model: one,
        remarks: one,
      }),
    )
    const read = await again(lines)
    expect(read.map(({ serialNumber, model, remarks }) => [serialNumber, model, remarks])).toEqual(
      kept.map((one) => [SPOILED.has(one) ? undefined : one, one, one]),
    )
  })

  it.each(Object.entries(ledgerShapes))('of the shape %s are unchanged when they are read again', async (_, { bytes }) => {
    const { lines } = await readLedger(bytes())
    expect(withoutPlace(await again(lines))).toEqual(withoutPlace(lines))
  })
})

/** A number in the notation of Excel has lost its digits, also as a text. */
const SPOILED: ReadonlySet<string> = new Set(['1E+5'])
