// Why this exists: a metrologist types units as printed, as UCUM, or as D-SI; each must yield the same unit, exactly, or advice on
// the spelling.
import fc from 'fast-check'
import {
  compareQuantities,
  convert,
  type LegalUnit,
  legalUnits,
  notLegalUnits,
  parseDsi,
  parsePrinted,
  parseUcum,
  unitOf,
} from 'tongheng/catalogue'
import { describe, expect, it } from 'vitest'
import { messageOf } from '../../src/base/message.ts'

const same = (a: LegalUnit | undefined, b: LegalUnit | undefined): void => {
  expect(a).toBeDefined()
  expect([a?.dimension, a?.factor, a?.pi, a?.offset]).toEqual([b?.dimension, b?.factor, b?.pi, b?.offset])
}
const faultOf = (answer: ReturnType<typeof parseUcum>): string =>
  answer.fault === undefined ? 'none' : `${answer.fault.code} ${answer.fault.column}`

describe('one unit in four spellings', () => {
  it.each([
    ['MPa', '\\mega\\pascal', 'MPa', '兆帕'],
    ['km/h', '\\kilo\\metre\\hour\\tothe{-1}', 'km/h', '千米每小时'],
    ['m/s', '\\metre\\per\\second', 'm/s', '米每秒'],
    ['kg/m3', '\\kilogram\\metre\\tothe{-3}', 'kg/m³', '千克每立方米'],
    ['N.m', '\\newton\\metre', 'N·m', '牛米'],
    ['m3/h', '\\metre\\tothe{3}\\per\\hour', 'm³/h', '立方米每时'],
    ['Cel', '\\degreecelsius', '℃', '摄氏度'],
    ['um', '\\micro\\metre', 'µm', '微米'],
    ['kW.h', '\\kilo\\watt\\hour', 'kW·h', '千瓦时'],
    ['{rev}/min', '\\one\\minute\\tothe{-1}', 'r/min', '转每分'],
    ['mg/L', '\\milli\\gram\\litre\\tothe{-1}', 'mg/L', '毫克每升'],
    ['kOhm', '\\kilo\\ohm', 'kΩ', '千欧'],
    ['mm2', '\\milli\\metre\\tothe{2}', '㎟'.normalize('NFKC'), '平方毫米'],
    ['dm', '\\deci\\metre', 'dm', '分米'],
    ['min', '\\minute', 'min', '分钟'],
    ["''", '\\arcsecond', '″', '角秒'],
    ['%', '\\percent', '%', '百分之一'],
    ['10*-6', '\\ppm', '10⁻⁶', '百万分之一'],
    ['W/(m2.K)', '\\watt\\metre\\tothe{-2}\\kelvin\\tothe{-1}', 'W/(m²·K)', '瓦每平方米开'],
    ['[nmi_i]', '\\nauticalmile', 'n mile', '海里'],
    ['L', '\\litre', 'L', '升'],
    ['kg', '\\kilo\\gram', '㎏', '千克'],
  ])('is the same unit: %s', (ucum, dsi, printed, name) => {
    const { unit } = parseUcum(ucum)
    same(parseDsi(dsi).unit, unit)
    same(parsePrinted(printed).unit, unit)
    same(parsePrinted(name).unit, unit)
  })

  it.each([
    ['\\joule\\per\\kilogram\\kelvin', 'J/(kg.K)'],
    ['\\watt\\per\\metre\\tothe{2}\\kelvin', 'W/(m2.K)'],
  ])('has every unit after \\per in the denominator: %s', (dsi, ucum) => {
    same(parseDsi(dsi).unit, parseUcum(ucum).unit)
  })

  it.each([
    ['{r}/km', 'r/km', '转每千米'],
    ['{imp}/(kW.h)', 'imp/(kW·h)', '脉冲每千瓦时'],
    ['{count}/min', '次/min', '次每分'],
    ['{count}', '次', '次'],
    ['{beats}/min', '(beats)/min', 'beats每分'],
    ['m-12', '1/m¹²', '每12次方米'],
  ])('of a count is printed with the counted item: %s as %s', (code, symbol, zh) => {
    expect(parseUcum(code).unit).toMatchObject({ symbol, name: { zh } })
  })

  it('is written so that it is read back unchanged: every listed unit, in every form', () => {
    for (const unit of legalUnits.values()) {
      same(parseUcum(unit.code).unit, unit)
      same(parsePrinted(unit.symbol).unit, unit)
      same(parseDsi(unit.dsi).unit, unit)
    }
  })
})

const atom = fc.constantFrom(
  'm',
  'g',
  's',
  'A',
  'K',
  'mol',
  'cd',
  'N',
  'Pa',
  'J',
  'W',
  'V',
  'Ohm',
  'Hz',
  'L',
  'min',
  'h',
  'd',
  't',
  'Bq',
  'lx',
)
const prefixable = fc.constantFrom('m', 'g', 's', 'A', 'K', 'mol', 'N', 'Pa', 'J', 'W', 'V', 'Hz', 'L')
const prefix = fc.constantFrom(
  'q',
  'r',
  'y',
  'z',
  'a',
  'f',
  'p',
  'n',
  'u',
  'm',
  'c',
  'd',
  'da',
  'h',
  'k',
  'M',
  'G',
  'T',
  'P',
  'E',
  'Z',
  'Y',
  'R',
  'Q',
)
const factor = fc
  .tuple(
    fc.oneof(
      atom,
      fc.tuple(prefix, prefixable).map(([p, a]) => p + a),
    ),
    fc.integer({ min: -3, max: 3 }).filter((power) => power !== 0),
  )
  .map(([code, power]) => (power === 1 ? code : `${code}${power}`))
  .filter((code) => unitOf(code) !== undefined)
const product = fc.array(factor, { minLength: 1, maxLength: 4 }).map((factors) => factors.join('.'))

describe('the algebra of units', () => {
  it('round-trips UCUM, D-SI and print', () => {
    fc.assert(
      fc.property(product, (code) => {
        const { unit } = parseUcum(code)
        same(parseDsi(unit?.dsi ?? '').unit, unit)
        same(parseUcum(parseDsi(unit?.dsi ?? '').unit?.code ?? '').unit, unit)
        same(parsePrinted(unit?.symbol ?? '').unit, unit)
      }),
    )
  })

  it('does not depend on the order of a product, and a quotient undoes it', () => {
    fc.assert(
      fc.property(product, product, (a, b) => {
        same(unitOf(`${a}.${b}`), unitOf(`${b}.${a}`))
        same(unitOf(`(${a}).(${b})/(${b})`), unitOf(a))
        expect(unitOf(`(${a})/(${a})`)).toMatchObject({ dimension: '1', factor: { numerator: 1n, denominator: 1n } })
      }),
    )
  })

  it('multiplies by a power of ten only', () => {
    fc.assert(
      fc.property(prefix, prefixable, (p, a) => {
        const made = unitOf(p + a)
        fc.pre(made !== undefined && !legalUnits.has(p + a))
        const back = convert('1', p + a, a)
        expect(back).toMatchObject({ exact: true, value: expect.stringMatching(/^(?:10*|0\.0*1)$/) })
      }),
    )
  })
})

describe('conversion', () => {
  it.each([
    ['15', '/min', '/h', '900', true],
    ['0', 'Cel', 'K', '273.15', true],
    ['-40', 'Cel', 'K', '233.15', true],
    ['0', 'MPa', 'kPa', '0', true],
    ['15.12', 'mSv/h', 'uSv/h', '15120', true],
    ['1', 'pg/L', 'g/L', '0.000000000001', true],
    ['40.02', 't', 'kg', '40020', true],
    ['90', 'deg', "'", '5400', true],
    ['1', 'eV', 'J', '0.0000000000000000001602176634', true],
    ['180', 'deg', 'rad', '3.14159265359', false],
    ['1', 'km/h', 'm/s', '0.277777777778', false],
    ['1', 'kg/m3', 'mg/cm3', '1', true],
  ])('%s %s in %s is %s', (value, from, to, expected, exact) => {
    expect(convert(value, from, to)).toMatchObject({ value: expected, exact })
  })

  it('reports that it rounded, half to even', () => {
    expect(convert('0.125', 'm', 'm', { scale: 2 })).toEqual({ value: '0.12', exact: false, roundedTo: 2 })
    expect(convert('0.135', 'm', 'm', { scale: 2 })).toEqual({ value: '0.14', exact: false, roundedTo: 2 })
    expect(convert('1', 'km/h', 'm/s', { scale: 3 })).toEqual({ value: '0.278', exact: false, roundedTo: 3 })
    expect(convert('36', 'km/h', 'm/s', { scale: 3 })).toEqual({ value: '10.000', exact: true })
  })

  it.each([
    ['1', 'qm4', 'm4', `0.${'0'.repeat(119)}1`],
    ['2.5', 'am3', 'Em3', `0.${'0'.repeat(107)}25`],
    ['1', 'Qm3', 'qm3', `1${'0'.repeat(180)}`],
  ])('is exact however small or large: %s %s in %s', (value, from, to, expected) => {
    expect(convert(value, from, to)).toEqual({ value: expected, exact: true })
  })

  it('yields significant digits, not zeros, if nothing is exact and the value is small', () => {
    const { value, exact } = convert('1', 'qm4/h', 'm4/s')
    expect(exact).toBe(false)
    expect(value).toBe(`0.${'0'.repeat(123)}277777777778`)
  })

  it.each([
    ['12', 'u', 'kg'],
    ['1', 'ku', 'g'],
    ['1', 'mSv/a', 'uSv/h'],
    ['120', 'mm[Hg]', 'kPa'],
  ])('never claims that a measured or conventional factor is exact: %s %s in %s', (value, from, to) => {
    expect(convert(value, from, to)).toMatchObject({ exact: false, roundedTo: expect.any(Number) })
  })

  it('is exact where such a factor cancels', () => {
    expect(convert('1', 'ku', 'u')).toEqual({ value: '1000', exact: true })
    expect(convert('1', 'mSv/a', 'uSv/a')).toEqual({ value: '1000', exact: true })
    expect(convert('1', 'B', 'dB')).toEqual({ value: '10', exact: true })
    expect(convert('25000', 'mCel', 'Cel')).toEqual({ value: '25', exact: true })
    expect(convert('1', 'kvar.h', 'kW.h')).toEqual({ value: '1', exact: true })
  })

  it('treats an uncertainty in ℃ as a difference', () => {
    expect(convert('0.5', 'Cel', 'K', { difference: true })).toEqual({ value: '0.5', exact: true })
  })

  it.each([
    ['1', 'mmol/mol', 'kg', 'unit.not-commensurable'],
    ['1', 'dB', '1', 'unit.not-commensurable'],
    ['1e3', 'm', 'm', 'decimal.syntax'],
    ['1', 'psi', 'kPa', 'unit.atom-not-legal'],
    ['1', 'm', '', 'unit.empty'],
  ])('%s %s in %s is answered, not thrown: %s', (value, from, to, code) => {
    expect(convert(value, from, to).fault?.code).toBe(code)
  })

  it('is exactly reversible wherever it is exact', () => {
    const pairs = [...legalUnits.values()].flatMap((a) =>
      [...legalUnits.values()].filter((b) => b !== a && b.dimension === a.dimension && a.pi === b.pi).map((b) => [a.code, b.code] as const),
    )
    const decimal = fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 6 })).map(([units, scale]) => {
      const digits = Math.abs(units)
        .toString()
        .padStart(scale + 1, '0')
      const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
      return units < 0 ? `-${text}` : text
    })
    fc.assert(
      fc.property(fc.constantFrom(...pairs), decimal, ([a, b], value) => {
        const there = convert(value, a, b)
        fc.pre(there.exact === true && there.value.length < 20)
        expect(compareQuantities({ value: there.value as string, unit: b }, { value, unit: a })).toBe(0)
        expect(compareQuantities({ value: convert(there.value as string, b, a).value as string, unit: a }, { value, unit: a })).toBe(0)
      }),
    )
  })

  it('compares across units', () => {
    expect(compareQuantities({ value: '0.1', unit: 'MPa' }, { value: '100', unit: 'kPa' })).toBe(0)
    expect(compareQuantities({ value: '20.1', unit: 'Cel' }, { value: '293.15', unit: 'K' })).toBeGreaterThan(0)
    expect(compareQuantities({ value: '1', unit: 'm' }, { value: '1', unit: 'kg' })).toBeUndefined()
  })
})

describe('a fault and its position', () => {
  it.each([
    ['', 'unit.empty 1'],
    ['m/', 'unit.operator-dangling 2'],
    ['m..s', 'unit.operator-dangling 3'],
    [' kBq ', 'unit.blank 1'],
    ['kg m', 'unit.blank 3'],
    ['kmin', 'unit.prefix-not-allowed 1'],
    ['kkg', 'unit.atom-unknown 1'],
    ['mpa', 'unit.atom-misspelt 1'],
    ['m/KG', 'unit.atom-misspelt 3'],
    ['Mhz', 'unit.atom-misspelt 1'],
    ['\u00b5m', 'unit.character 1'],
    ['\u2126', 'unit.character 1'],
    ['m3/(h', 'unit.bracket-open 4'],
    ['m)', 'unit.bracket-unopened 2'],
    ['m-', 'unit.exponent-missing 2'],
    ['m0', 'unit.exponent-range 2'],
    ['m100', 'unit.exponent-range 4'],
    ['10+3/L', 'unit.exponent-on-number 3'],
    ['g/12h', 'unit.operator-missing 5'],
    ['(m.s)2', 'unit.exponent-on-group 6'],
    ['rad2{錠}', 'unit.annotation 5'],
    ['m{a', 'unit.annotation 2'],
    ['[lb_av]/[in_i]2', 'unit.atom-not-legal 1'],
    ['mg/ft3', 'unit.atom-not-legal 4'],
    ['furlong', 'unit.atom-unknown 1'],
    ['J/Cel', 'unit.special-in-product 1'],
    ['Cel2', 'unit.special-in-product 1'],
    ['Qm99', 'unit.too-large 1'],
    ['0m', 'unit.number 1'],
    [`${'('.repeat(9)}m${')'.repeat(9)}`, 'unit.nesting 9'],
    ['m'.repeat(101), 'unit.too-long 1'],
    ['constructor', 'unit.atom-unknown 1'],
  ])('UCUM %j: %s', (code, fault) => {
    expect(faultOf(parseUcum(code))).toBe(fault)
  })

  it.each([
    ['\\Mega\\becquerel', 'unit.dsi-prefix-case 1'],
    ['\\kilo\\Metre', 'unit.dsi-unit-case 6'],
    ['\\kilo', 'unit.dsi-prefix-alone 1'],
    ['\\kilo\\mega\\metre', 'unit.dsi-prefix-alone 1'],
    ['\\milli\\minute', 'unit.prefix-not-allowed 1'],
    ['\\milli\\kilogram', 'unit.prefix-not-allowed 1'],
    ['\\furlong', 'unit.dsi-name 1'],
    ['kBq', 'unit.dsi-form 1'],
    ['\\metre\\tothe{0.5}', 'unit.exponent-range 7'],
    ['\\tothe{2}', 'unit.dsi-form 1'],
    ['\\metre\\per', 'unit.operator-dangling 10'],
    ['\\per\\second', 'unit.dsi-form 1'],
    ['\\metre\\per\\second\\per\\second', 'unit.dsi-form 18'],
    ['\\metre\\per\\tothe{2}\\second', 'unit.dsi-form 11'],
    ['\\metre\\tothe{2}\\tothe{3}', 'unit.dsi-form 16'],
    [' \\metre', 'unit.blank 1'],
    ['', 'unit.empty 1'],
  ])('D-SI %j: %s', (text, fault) => {
    expect(faultOf(parseDsi(text))).toBe(fault)
  })

  it.each([
    ['公斤力/平方厘米', 'unit.atom-not-legal 1'],
    ['市斤', 'unit.atom-not-legal 1'],
    ['米每秒每', 'unit.operator-missing 4'],
    ['米每', 'unit.operator-dangling 2'],
    ['千分钟', 'unit.prefix-not-allowed 1'],
    ['米每光年', 'unit.atom-unknown 3'],
    ['km/(h', 'unit.bracket-open 4'],
    ['℃/mpa', 'unit.atom-misspelt 3'],
  ])('print %j: %s', (text, fault) => {
    expect(faultOf(parsePrinted(text))).toBe(fault)
  })

  it('includes a suggestion', () => {
    const { fault } = parseDsi('\\Mega\\becquerel')
    const { zh, en, advice } = messageOf(fault?.code ?? 'unit.unknown', fault?.params)
    expect(zh).toBe('“\\Mega”：词头应写作“\\mega”，第 1 列')
    expect(en).toBe('“\\Mega”: the prefix is written “\\mega”, column 1')
    expect(advice?.zh).toBe('请写作“mega”')
    const psi = parseUcum('psi').fault
    expect(messageOf(psi?.code ?? 'unit.unknown', psi?.params)).toMatchObject({
      zh: '“psi”（磅力每平方英寸）不是法定计量单位，第 1 列',
      advice: { zh: '请改用 kPa' },
    })
  })

  it('is found for every unit that is not legal, in any of its spellings', () => {
    for (const spelling of notLegalUnits.keys()) expect(parsePrinted(spelling).fault?.code, spelling).toBe('unit.atom-not-legal')
  })

  it('never throws, whatever the input', () => {
    const junk = fc.oneof(
      fc.string({ maxLength: 120 }),
      fc.stringMatching(/^[mgskKPa./(){}\\0-9*^%[\]-]{0,40}$/),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
    )
    fc.assert(
      fc.property(junk, (text) => {
        for (const parse of [parseUcum, parseDsi, parsePrinted]) {
          const { unit, fault } = parse(text)
          expect((unit === undefined) !== (fault === undefined)).toBe(true)
          if (fault !== undefined) expect(fault.column).toBeLessThanOrEqual([...text].length + 1)
        }
      }),
    )
  })
})
