// Why this exists: every signed document uses the primitive schemas; each must reject these values.
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { accepts } from '../../src/base/compile.js'
import {
  CivilDate,
  DecimalText,
  Digest,
  DivisionCode,
  Line,
  LocalizedText,
  Paragraph,
  PeriodText,
  RegionCode,
  Seconds,
  Slug,
  Ulid,
  Uscc,
} from '../../src/base/schema.js'

const DIGEST = '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'
const INVISIBLE = [
  '\u0000',
  '\u001b',
  '\u007f',
  '\u0080',
  '\u009b',
  '\u200b',
  '\u200d',
  '\u200e',
  '\u200f',
  '\u202a',
  '\u202e',
  '\u2060',
  '\u2066',
  '\u2069',
  '\ufeff',
  '\u00ad',
  '\u034f',
  '\u061c',
  '\u115f',
  '\u180e',
  '\u2028',
  '\u2029',
  '\u206a',
  '\u3164',
  '\ufe0f',
  '\uffa0',
  '\ufff9',
  '\ufffd',
  '\uffff',
  '\ud800',
  '\u{e0041}',
  '\u{e0100}',
  '\u{1d173}',
]

const CASES: Readonly<
  Record<string, { readonly schema: z.ZodMiniType; readonly right: readonly unknown[]; readonly wrong: readonly unknown[] }>
> = {
  Line: {
    schema: Line,
    right: ['合', '川检 2025-001（副本）', 'é', '😀', 'x'.repeat(200)],
    wrong: [
      '',
      'x'.repeat(201),
      '一\n二',
      '一\t二',
      '一\u2028二',
      '一\u2029二',
      7,
      null,
      ...INVISIBLE.map((character) => `合${character}格`),
    ],
  },
  Paragraph: {
    schema: Paragraph,
    right: ['第一行\n第二行', '\n', 'x'.repeat(4000)],
    wrong: ['', 'x'.repeat(4001), '一\r\n二', '一\t二', ...INVISIBLE.map((character) => `合${character}格`)],
  },
  LocalizedText: {
    schema: LocalizedText,
    right: [{ zh: '合格' }, { zh: '合格', en: 'passed' }],
    wrong: ['合格', {}, { en: 'passed' }, { zh: '' }, { zh: '合格', de: 'bestanden' }, { zh: '合格', en: '' }, [], null],
  },
  Uscc: {
    schema: Uscc,
    right: ['91350100M000100Y43', '125100000000004570'],
    wrong: [
      '',
      '91350100M000100Y4',
      '91350100M000100Y433',
      '91350100m000100y43',
      '9135010AM000100Y43',
      '91350100I000100Y43',
      '９1350100M000100Y43',
      ' 91350100M000100Y43',
      '91350100M000100Y43\n',
    ],
  },
  CivilDate: {
    schema: CivilDate,
    right: ['2025-06-16', '2024-02-29'],
    wrong: ['2025-02-29', '2025-02-30', '2025-13-01', '2025-6-16', '20250616', '2025-06-16T00:00:00Z', '1899-12-31', ''],
  },
  DecimalText: {
    schema: DecimalText,
    right: ['0', '-0', '0.10', '-12.50', '12345678901234567890.12345678901234567890'],
    wrong: ['', '1.', '.1', '01', '+1', '1e3', '1,5', '±1', ' 1', 1, 1.5, null, '١', '1\n'],
  },
  PeriodText: {
    schema: PeriodText,
    right: ['P1Y', 'P6M', 'P7D', 'P1Y6M', 'P0D'],
    wrong: ['P', '', 'P1W', 'PT1H', 'P1M1Y', 'P-1D', '1Y', 'P1.5Y', 'p1y'],
  },
  Seconds: {
    schema: Seconds,
    right: [0, 1_750_035_600, 253_402_300_799],
    wrong: [-1, 1.5, 253_402_300_800, 1_750_035_600_000, '1750035600', Number.NaN, Number.POSITIVE_INFINITY, null],
  },
  Ulid: {
    schema: Ulid,
    right: ['01JXTV6Z0G0000000000000000', '7ZZZZZZZZZZZZZZZZZZZZZZZZZ'],
    wrong: [
      '',
      '81JXTV6Z0G0000000000000000',
      '01jxtv6z0g0000000000000000',
      '01JXTV6Z0G000000000000000',
      '01JXTV6Z0G00000000000000000',
      '01JXTV6Z0GI000000000000000',
      '01JXTV6Z0GU000000000000000',
    ],
  },
  Digest: {
    schema: Digest,
    right: [DIGEST, 'A'.repeat(43)],
    wrong: [
      '',
      DIGEST.slice(1),
      `${DIGEST}=`,
      `${DIGEST.slice(0, 42)}V`,
      DIGEST.replace('-', '+'),
      DIGEST.replace('_', '/'),
      `${DIGEST}\n`,
      ` ${DIGEST.slice(1)}`,
    ],
  },
  Slug: {
    schema: Slug,
    right: ['a', 'fuel-dispenser', 'a1-2b'],
    wrong: ['', '-a', 'a-', 'a--b', 'A', '1a', 'a_b', 'a b', '油', 'a'.repeat(61)],
  },
  RegionCode: { schema: RegionCode, right: ['50', '51', '11'], wrong: ['', '5', '500', '05', '5x', 50, '５０'] },
  DivisionCode: { schema: DivisionCode, right: ['510100', '500243'], wrong: ['', '51010', '5101000', '051010', '51010x', 510100] },
}

describe.each(Object.entries(CASES))('%s', (_name, { schema, right, wrong }) => {
  it.each(right.map((value) => [value]))('accepts %j', (value) => {
    expect(schema.safeParse(value)).toEqual({ success: true, data: value })
    expect(accepts(schema, value)).toBe(true)
  })

  it.each(wrong.map((value) => [value]))('rejects %j', (value) => {
    expect(schema.safeParse(value).success).toBe(false)
    expect(accepts(schema, value)).toBe(false)
  })

  it('has a description in Chinese and in English', () => {
    // Line, Paragraph and Slug have no description of their own: each use describes them.
    if (['Line', 'Paragraph', 'Slug'].includes(_name)) expect(z.globalRegistry.get(schema)?.description).toBeUndefined()
    else expect(z.globalRegistry.get(schema)?.description).toMatch(/[\u4e00-\u9fff].* \| .*[A-Za-z]{2}/)
  })
})
