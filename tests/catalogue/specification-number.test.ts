// Why this exists: a certificate states its basis as printed; a misread number leads to the wrong edition or level.
import fc from 'fast-check'
import { parseSpecificationNumber, type SpecificationNumber } from 'tongheng/catalogue'
import { describe, expect, it } from 'vitest'

const national = { level: 'national', provinces: [], trial: false } as const

describe('parseSpecificationNumber', () => {
  it.each<[string, Partial<SpecificationNumber>]>([
    ['JJG133—2016', { ...national, family: 'JJG', serial: '133', year: 2016, key: 'JJG133-2016', seriesKey: 'JJG133' }],
    ['JJG 99-2022', { ...national, family: 'JJG', serial: '99', year: 2022, key: 'JJG99-2022' }],
    ['JJG 443 - 2023', { ...national, serial: '443', year: 2023, key: 'JJG443-2023' }],
    ['JJG443-2023(试行)', { ...national, serial: '443', year: 2023, trial: true, key: 'JJG443-2023', seriesKey: 'JJG443' }],
    ['JJG 1204—2025（试行）', { ...national, serial: '1204', year: 2025, trial: true, key: 'JJG1204-2025' }],
    ['JJF 1059.1-2012', { ...national, family: 'JJF', serial: '1059.1', year: 2012, key: 'JJF1059.1-2012', seriesKey: 'JJF1059.1' }],
    ['JJG 443-98', { ...national, serial: '443', year: 1998, key: 'JJG443-1998' }],
    ['JJG 443-1998', { ...national, serial: '443', year: 1998, key: 'JJG443-1998' }],
    ['JJG(京)177—2025', { level: 'local', provinces: ['11'], serial: '177', year: 2025, key: 'JJG(京)177-2025', seriesKey: 'JJG(京)177' }],
    ['JJF(渝) 901-2024', { family: 'JJF', level: 'local', provinces: ['50'], serial: '901', key: 'JJF(渝)901-2024' }],
    ['JJF〔川〕901－2024', { level: 'local', provinces: ['51'], key: 'JJF(川)901-2024' }],
    [
      'JJG（交通）056-2017',
      { level: 'ministry', provinces: [], serial: '056', year: 2017, key: 'JJG(交通)056-2017', seriesKey: 'JJG(交通)056' },
    ],
    ['JJG【铁道】 134—2003', { level: 'ministry', provinces: [], key: 'JJG(铁道)134-2003' }],
    ['JJF(沪苏浙皖)4001-2021', { level: 'joint', provinces: ['31', '32', '33', '34'], serial: '4001', key: 'JJF(沪苏浙皖)4001-2021' }],
    ['JJF(川渝) 1-2025', { level: 'joint', provinces: ['51', '50'], serial: '1', key: 'JJF(川渝)1-2025' }],
    ['ｊｊｇ　５１７－２０１６', { ...national, family: 'JJG', serial: '517', year: 2016, key: 'JJG517-2016' }],
    ['JJG 517-2016 检定规程', { ...national, serial: '517', key: 'JJG517-2016' }],
  ])('reads %s', (printed, expected) => {
    expect(parseSpecificationNumber(printed)).toMatchObject(expected)
  })

  it.each([
    ['without a year', 'JJG 517'],
    ['without a year, local', 'JJF(渝) 901'],
    ['with a year of one digit', 'JJG 517-6'],
    ['with a year of three digits', 'JJG 517-201'],
    ['with a year of five digits', 'JJG 517-20166'],
    ['without a number', 'JJG-2016'],
    ['of another family', 'JB 517-2016'],
    ['of a standard', 'GB/T 8170-2008'],
    ['with empty brackets', 'JJG() 517-2016'],
    ['with Latin brackets', 'JJG(CD) 517-2016'],
    ['with brackets unclosed', 'JJG(川 517-2016'],
    ['with something behind', 'JJG 517-2016 第3条'],
    ['with something before', '依据 JJG 517-2016'],
    ['of five digits', 'JJG 12345-2016'],
    ['empty', ''],
    ['of brackets longer than any ministry', 'JJG(国家市场监督管理) 1-2020'],
    ['longer than any number', `JJG 517-2016${' '.repeat(60)}`],
  ])('rejects a number %s', (_, printed) => {
    expect(parseSpecificationNumber(printed)).toBeUndefined()
  })

  it('yields one key for every spelling, and another for every other number', () => {
    const part = fc.record({
      family: fc.constantFrom('JJG', 'JJF'),
      bracket: fc.constantFrom('', '川', '渝', '京', '交通', '电力', '川渝', '沪苏浙皖'),
      serial: fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.constantFrom('', '.1', '.12')).map(([whole, rest]) => `${whole}${rest}`),
      year: fc.integer({ min: 1950, max: 2099 }),
    })
    const style = fc.record({
      open: fc.constantFrom('(', '（', '〔', '[', '【'),
      close: fc.constantFrom(')', '）', '〕', ']', '】'),
      dash: fc.constantFrom('-', '—', '－', ' - ', '――'),
      space: fc.constantFrom('', ' ', '　'),
      trial: fc.constantFrom('', '(试行)', '（试行）'),
    })
    type Part = { readonly family: string; readonly bracket: string; readonly serial: string; readonly year: number }
    const series = ({ family, bracket, serial }: Part): string => `${family}${bracket === '' ? '' : `(${bracket})`}${serial}`
    fc.assert(
      fc.property(part, style, (number, { open, close, dash, space, trial }) => {
        const bracket = number.bracket === '' ? '' : `${open}${number.bracket}${close}`
        const parsed = parseSpecificationNumber(`${number.family}${bracket}${space}${number.serial}${dash}${number.year}${trial}`)
        expect(parsed).toMatchObject({
          family: number.family,
          serial: number.serial,
          year: number.year,
          trial: trial !== '',
          key: `${series(number)}-${number.year}`,
          seriesKey: series(number),
        })
      }),
      { numRuns: 300 },
    )
  })

  it('reads its own key as the same edition', () => {
    for (const printed of ['JJG 133—2016', 'JJG(京)177—2025', 'JJG（交通）056-2017', 'JJF(川渝) 1-2025', 'JJG 443-98']) {
      const { key, trial, ...rest } = parseSpecificationNumber(printed) as SpecificationNumber
      expect(parseSpecificationNumber(key)).toEqual({ key, trial, ...rest })
    }
  })

  it('yields the same result for repeated calls in any order', () => {
    const numbers = Array.from({ length: 1200 }, (_, n) => `JJG ${n + 1}-2016`)
    for (const number of [...numbers, ...numbers]) expect(parseSpecificationNumber(number)?.key).toBe(number.replace(' ', ''))
    for (let again = 0; again < 3; again++) expect(parseSpecificationNumber('JJG 517')).toBeUndefined()
  })
})

describe('numbers as certificates print them', () => {
  it.each([
    ['JJG 52-2013/XG1-2015', 'JJG52-2013'],
    ['JJG 1-2020(2022年修改单)', 'JJG1-2020'],
    ['JJG 517-2016《出租汽车计价器检定规程》', 'JJG517-2016'],
    ['JJF 1204-2025 试行', 'JJF1204-2025'],
    ['JJG（轻工）62—92', 'JJG(轻工)62-1992'],
  ])('%s is %s', (printed, key) => {
    expect(parseSpecificationNumber(printed)?.key).toBe(key)
  })

  it.each(['JJG 517A-2016', 'JJG 517', 'GB/T 16825.1-2022', 'JJG 517-2016草案'])('%s is not a number', (printed) => {
    expect(parseSpecificationNumber(printed)).toBeUndefined()
  })
})
