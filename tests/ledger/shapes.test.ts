// Why this exists: a ledger is read by its headers and its cells, whatever a clerk made of both. Each of the twelve shapes that enterprises
// and bureaus use has its proposed mapping here, and every doubt by its cell.
import { LedgerLine, parseMapping, readLedger } from 'tongheng/ledger'
import { describe, expect, it } from 'vitest'
import { parseShape } from '../../src/base/shape.js'
import { ledgerShapes } from '../support/ledgers.ts'

interface Expected {
  readonly lines: number
  /** By sheet and header rows: field by column, with `?` if likely, `??` if doubtful; `-` for a column imported as written. */
  readonly columns: Readonly<Record<string, string>>
  readonly findings: readonly string[]
}

const EXPECTED: Readonly<Record<keyof typeof ledgerShapes, Expected>> = {
  A1: {
    lines: 2,
    columns: {
      '强检工作计量器具 1-1':
        'A=name B=item C=itemKind D=model E=range F=accuracyClass G=serialNumber H=manufacturer I=origin J=installedAt K=quantity L=purpose M=method',
    },
    findings: [
      'fail 强检工作计量器具!G2 digits-lost',
      'warn 强检工作计量器具!2:2 number-missing',
      'note 强检工作计量器具!E3 range-unreadable',
      'warn 强检工作计量器具!K3 quantity-many',
    ],
  },
  A2: {
    lines: 2,
    columns: {
      'Sheet1 3-3': 'A=name B=model C=accuracyClass D=range E=serialNumber F=quantity G=categoryText',
    },
    findings: ['note Sheet1!A4 category-ambiguous', 'note Sheet1!6:6 total-row', 'note Sheet1!7:7 note-row'],
  },
  A3: {
    lines: 3,
    columns: {
      '器具 1-1': 'A=serialNumber B=name C=model D=accuracyClass E=rangeLower F=rangeUpper G=rangeUnit H=holder I=installedAt J=state',
      '检定 1-1': 'A=serialNumber B=certificateNo C=verifiedOn D=body E=result',
      '证书 1-1': 'A=certificateNo B=certificateType C=validUntil',
    },
    findings: ['warn 检定!7:7 join-unmatched', 'fail 检定!5:5 join-tie', 'note 检定 joined', 'note 证书 joined'],
  },
  A4: {
    lines: 2,
    columns: {
      '计量器具 1-1':
        'A=assetNumber B=name C=model D=certificateNo E=inUseSince F=manufacturer G=interval[月] H=holder I=department?? J=verifiedOn K=validUntil L=serialNumber M=ignore N=ignore O=-',
    },
    findings: [
      'warn 计量器具!I:I column-doubtful',
      'note 计量器具!M:M column-left-out',
      'note 计量器具!N:N column-left-out',
      'note 计量器具!O:O column-unknown',
      'note 计量器具!B2 category-ambiguous',
      'note 计量器具!B3 category-unknown',
      'warn 计量器具!K3 valid-one-day',
    ],
  },
  A5: {
    lines: 7,
    columns: {
      '设备台账 1-1':
        'A=department B=categoryText C=name D=model E=accuracyClass F=range G=assetNumber H=interval I=verifiedOn J=validUntil?? K=installedAt L=scaleInterval M=class N=state O=result P=nextDue Q=remarks',
    },
    findings: [
      'warn 设备台账!J:J column-doubtful',
      'note 设备台账!Q2 phone-left-out',
      'note 设备台账!C3 category-ambiguous',
      'note 设备台账!E4 full-width',
      'note 设备台账!E5 as-shown',
      'note 设备台账!J5 date-month',
      'warn 设备台账!O5 word-number',
      'warn 设备台账!H6 interval-unit',
      'warn 设备台账!I6 date-serial',
      'fail 设备台账!J6 date-impossible',
      'fail 设备台账!P7 cell-error',
      'fail 设备台账!I7 date-month-spoiled',
      'fail 设备台账!P8 date-short-year',
      'warn 设备台账!P4 next-due-differs',
      'warn 设备台账!G6 number-twice',
      'fail 设备台账!J8 expired-before-verified',
    ],
  },
  A6: {
    lines: 3,
    columns: {
      '压力表 2-2':
        'A=ignore B=installedAt C=assetNumber D=range[MPa] E=manufacturer F=accuracyClass G=model H=verifiedOn I=validUntil J=categoryText K=class L=certificateNo M=body',
      '温度表 2-2': 'A=ignore B=installedAt C=serialNumber?? D=range[℃] E=manufacturer F=verifiedOn G=validUntil',
      '说明 (no header)': '',
    },
    findings: [
      'warn 温度表!C:C column-doubtful',
      'warn 说明 no-header',
      'note 压力表 name-from-sheet',
      'note 压力表!H4 date-month',
      'note 压力表!I4 date-month',
      'note 温度表 name-from-sheet',
      'warn 温度表!F3 date-serial',
    ],
  },
  A7: {
    lines: 1,
    columns: {
      '计量确认 2-3':
        'A=ignore B=name C=serialNumber D=model E=accuracyClass F=range G=verifiedOn H=certificateNo I=body J=result K=requiredPoint L=requiredRange M=requiredAccuracy N=- O=remarks',
    },
    findings: ['note 计量确认!N:N column-unknown'],
  },
  A8: {
    lines: 2,
    columns: {
      'Sheet1 1-1':
        'A=name B=assetNumber C=- D=serialNumber E=class F=department G=installedAt H=manufacturer I=model J=ignore K=ignore L=interval[月] M=verifiedOn N=nextDue O=result P=scaleInterval Q=range R=maximumPermissibleError S=state T=remarks',
    },
    findings: [
      'warn Sheet1!C:C column-twice',
      'note Sheet1!J:J column-left-out',
      'note Sheet1!K:K column-left-out',
      'warn Sheet1!N3 next-due-differs',
    ],
  },
  A9: {
    lines: 2,
    columns: {
      'Sheet1 1-1':
        'A=assetNumber B=name C=model D=serialNumber E=installedAt F=class G=mandatory H=verifiedOn I=interval J=intervalUnit K=body',
    },
    findings: [],
  },
  A10: {
    lines: 3,
    columns: {
      '能源计量器具一览表 1-1':
        'A=ignore B=name C=model D=accuracyClass E=range F=manufacturer G=serialNumber H=assetNumber I=installedAt J=interval K=state',
    },
    findings: [
      'note 能源计量器具一览表!I2 merged',
      'note 能源计量器具一览表!E2 range-unreadable',
      'note 能源计量器具一览表!E3 range-unreadable',
      'note 能源计量器具一览表!4:4 header-repeated',
      'note 能源计量器具一览表!6:6 section-row',
    ],
  },
  A11: {
    lines: 1,
    columns: {
      'Sheet1 1-1':
        'A=installedAt B=holder C=ignore D=categoryText E=model F=range[kg] G=scaleInterval[g] H=certificateNo I=verifiedOn J=- K=remarks',
    },
    findings: [
      'note Sheet1!C:C column-left-out',
      'note Sheet1!J:J column-unknown',
      'note Sheet1 name-from-category',
      'warn Sheet1!2:2 number-missing',
    ],
  },
  A12: {
    lines: 2,
    columns: {
      '器具台账 1-1':
        'A=department B=name C=serialNumber D=assetNumber E=mandatory F=class G=interval H=verifiedOn I=certificateType J=certificateNo K=validUntil L=basis',
    },
    findings: ['warn 字典 sheet-hidden', 'note 器具台账!K2 formula', 'note 器具台账!H3 date-month', 'warn 器具台账!3:3 number-missing'],
  },
}

const MARKS: Readonly<Record<string, string>> = { likely: '?', doubtful: '??' }

describe.each(Object.entries(ledgerShapes))('%s, the shape of a ledger', (id, { bytes }) => {
  const { lines, columns, findings } = EXPECTED[id as keyof typeof ledgerShapes]

  it('gets its expected mapping, with certain and doubtful columns', async () => {
    const read = await readLedger(bytes(), { on: '2026-11-29' })
    expect(read.lines).toHaveLength(lines)
    const proposed = read.mapping.sheets.map(({ name, header, columns: some }) => [
      header === undefined ? `${name} (no header)` : `${name} ${header.first}-${header.last}`,
      some
        .map(
          ({ column, field, unit, certainty }) =>
            `${column}=${field ?? '-'}${unit === undefined ? '' : `[${unit}]`}${MARKS[certainty ?? ''] ?? ''}`,
        )
        .join(' '),
    ])
    expect(Object.fromEntries(proposed)).toEqual(columns)
  })

  it('reports every doubt and every change by its cell, in both languages', async () => {
    const read = await readLedger(bytes(), { on: '2026-11-29' })
    expect(read.findings.map(({ status, place, code }) => `${status} ${place} ${code.slice('ledger.'.length)}`)).toEqual(findings)
    for (const { message } of read.findings) expect(`${message.zh}${message.en}`).not.toMatch(/[{}]|undefined|\[object/)
  })

  it('makes lines of the published shape', async () => {
    for (const line of (await readLedger(bytes())).lines) expect(parseShape(LedgerLine, line).faults).toEqual([])
  })

  it('is read identically with the mapping that was proposed for it', async () => {
    const first = await readLedger(bytes())
    const again = await readLedger(bytes(), { mapping: JSON.parse(JSON.stringify(first.mapping)) })
    expect(again.lines).toEqual(first.lines)
  })
})

describe('the words that a mapping explains', () => {
  const mapping = (values: unknown) => ({ kind: 'ledger-mapping', version: 1, sheets: [], values })

  it('may be those of one field only', () => {
    expect(parseMapping(mapping({ result: { '1': 'pass' } })).values).toEqual({ result: { '1': 'pass' } })
  })

  it('are of fields that hold a choice, and no others', () => {
    expect(() => parseMapping(mapping({ holder: { '1': 'pass' } }))).toThrow(expect.objectContaining({ code: 'ledger.mapping-shape' }))
  })
})
