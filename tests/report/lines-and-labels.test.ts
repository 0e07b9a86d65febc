// Why this exists: in a list of many verdicts, each row must show the instrument of a batch certificate that it is about, and a label next
// to its certificate must not count as a duplicate of it.
import { signLabels, verifyLabel } from 'tongheng/label'
import type { VerificationRecord } from 'tongheng/records'
import { createListWorkbook, createTally, csvHead, csvLine, type TableRow, tableColumns, tableRow, writeListHtml } from 'tongheng/report'
import { certificates, createFakeAuthorities, DEMONSTRATION_TIME } from 'tongheng/testing'
import { examine } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { readWorkbook } from '../../src/spreadsheet/index.js'

const record = certificates['energy-meters'].record as VerificationRecord
const SERIALS = (record.instruments ?? []).map(({ serialNumber }) => serialNumber)
const at = { at: '2026-01-01T00:00:00+08:00', region: '四川省' }

let whole: TableRow
let lines: TableRow[]
let labels: TableRow[]
let forged: TableRow
beforeAll(async () => {
  const world = await createFakeAuthorities()
  const options = { at: DEMONSTRATION_TIME, trust: world.trust, agreements: [world.agreement], policy: { region: '51' } }
  const statement = await world.sign('SC-INST', record)
  whole = tableRow({ file: 'batch.jws', ...(await examine(statement, options)) })
  lines = await Promise.all(
    SERIALS.map(async (_, index) => tableRow({ file: `${index}.json`, ...(await examine(statement, { ...options, line: index + 1 })) })),
  )
  const made = await signLabels(statement, { signers: [world.signer('SC-INST')], at: '2025-05-21T09:00:00+08:00' })
  labels = await Promise.all(
    made.map(async ({ signed }, index) => tableRow({ file: `${index}.label.jws`, verdict: await verifyLabel(signed, options) })),
  )
  const [first = ''] = made.map(({ signed }) => String(signed))
  forged = tableRow({ file: 'forged.jws', verdict: await verifyLabel(`${first.slice(0, -8)}AAAAAAAA`, options) })
})
const cellsOf = (csv: string): string[] => [...csv.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell)
const place = [...tableColumns.keys()].indexOf('certificateLine')

describe('the row of a line', () => {
  it('has its line and the serial number of its instrument; that of the whole certificate has neither', () => {
    expect(lines.map(({ certificateLine, serial }) => [certificateLine, serial])).toEqual(
      SERIALS.map((serial, n) => [String(n + 1), serial]),
    )
    expect(lines.map(({ number, instrument }) => [number, instrument])).toEqual(SERIALS.map(() => [whole.number, whole.instrument]))
    expect([whole.certificateLine, whole.serial]).toEqual(['', ''])
  })

  it('shows it in CSV and Excel, and in a list for people if a row has one', async () => {
    expect(cellsOf(csvHead())[place]).toBe('证书中的行')
    expect(lines.map((row) => cellsOf(csvLine(row))[place])).toEqual(SERIALS.map((_, n) => String(n + 1)))
    const pieces: Uint8Array[] = []
    const list = createListWorkbook(async (bytes) => void pieces.push(bytes), at)
    for (const row of [whole, ...lines]) await list.add(row)
    await list.end(createTally().summary())
    const { sheets } = await readWorkbook(Buffer.concat(pieces))
    expect(sheets[1]?.rows.map((cells) => cells[place]?.text ?? '')).toEqual(['证书中的行', '', ...SERIALS.map((_, n) => String(n + 1))])
    const html = (rows: readonly TableRow[]): string => writeListHtml(rows, createTally().summary(), at)
    expect(html([whole, ...lines])).toContain('<th scope="col">证书中的行</th>')
    expect(html([whole])).not.toContain('证书中的行')
  })
})

describe('the row of a label', () => {
  it('has the instrument that the label states, and says that it is a label', () => {
    expect(labels.map(({ serial }) => serial)).toEqual(SERIALS)
    for (const { kind, scope, number, factDate, validUntil, instrument } of labels)
      expect([kind, scope, number, factDate, validUntil, instrument]).toEqual([
        '标签',
        'label',
        record.certificateNo,
        record.verifiedOn,
        record.validUntil,
        expect.stringContaining('电能表'),
      ])
  })

  it('of one that is not genuine shows nothing of it', () => {
    expect(forged).toMatchObject({ scope: 'label', outcome: 'not-recognised', serial: '', plate: '', factDate: '', instrument: '' })
  })
})

describe('the search for duplicates', () => {
  const found = (rows: readonly TableRow[]): readonly string[] => {
    const tally = createTally()
    for (const row of rows) tally.add(row)
    return tally.summary().duplicates.map(({ what, places }) => `${what} ${places.join(' ')}`)
  }
  it('treats neither the lines of a certificate nor its labels as duplicates', () => {
    expect(found([whole, ...lines, ...labels])).toEqual([])
  })

  it('finds a line, a certificate and a label that are there twice', () => {
    const again = (row: TableRow | undefined): TableRow => ({ ...(row as TableRow), file: 'again' })
    expect(found([whole, ...lines, ...labels, again(whole), again(lines[2]), again(labels[1])])).toEqual([
      'statement batch.jws again',
      'statement 2.json again',
      'statement 1.label.jws again',
    ])
  })
})
