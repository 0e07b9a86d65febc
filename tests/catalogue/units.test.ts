// Why this exists: a conversion with an error in the last digit decides a borderline case wrongly, so each factor is exact and
// checked against another source.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { convertExactly, isCommensurable, type LegalUnit, legalReplacement, legalUnits, notLegalUnits, unitOf } from 'tongheng/catalogue'
import { describe, expect, it } from 'vitest'
import { formatDecimal, parseDecimal } from '../../src/base/decimal.js'
import { fromDecimal, rational, subtractRational, toExactDecimal } from '../../src/base/rational.js'

const units = [...legalUnits.values()]
const unit = (code: string): LegalUnit => {
  const found = legalUnits.get(code)
  if (found === undefined) throw new Error(`no unit ${code}`)
  return found
}
const converted = (value: string, from: string, to: string, difference = false): string | undefined => {
  const exact = toExactDecimal(convertExactly(parseDecimal(value), unit(from), unit(to), difference))
  return exact === undefined ? undefined : formatDecimal(exact)
}
const decimal = fc.record({ coefficient: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), scale: fc.integer({ min: 0, max: 6 }) })
const pairs = units.flatMap((a) => units.filter((b) => isCommensurable(a, b)).map((b) => [a, b] as const))

describe('legal units', () => {
  it('are listed once each: no row of the table is hidden by another with the same code', () => {
    const table =
      readFileSync(resolve(import.meta.dirname, '../../src/catalogue/units/common.ts'), 'utf8')
        .split('const COMMON')[1]
        ?.split('\n]\n')[0] ?? ''
    const codes = [...table.matchAll(/^ {2}\[(?:'([^']+)'|"([^"]+)")/gm)].map(([, code, quoted]) => code ?? quoted)
    expect(codes).toHaveLength(legalUnits.size)
    expect(codes).toEqual([...legalUnits.keys()])
    expect(codes.length).toBeGreaterThanOrEqual(75)
  })

  it('have a distinct code, printed symbol and name', () => {
    for (const member of ['code', 'symbol'] as const) expect(new Set(units.map((each) => each[member])).size).toBe(units.length)
    expect(new Set(units.map(({ name }) => name.zh)).size).toBe(units.length)
    expect(new Set(units.map(({ name }) => name.en)).size).toBe(units.length)
  })

  it.each(units.map((each) => [each.code, each] as const))('%s is fully described', (code, { name, symbol, dsi, dimension, factor }) => {
    expect(legalUnits.get(code)?.code).toBe(code)
    expect(code).toMatch(/^[\x21-\x7e]+$/)
    expect(symbol.trim()).toBe(symbol)
    expect(name.zh).toMatch(/^[\u4e00-\u9fff（）]+$/)
    expect(name.en).toMatch(/^[a-zA-Z -]+$/)
    expect(dsi).toMatch(/^\\[a-z]+/)
    expect(dimension === '1' || dimension === 'dB' || /^(?:kg|m|s|A|K|mol|cd)-?\d?(?:\.(?:kg|m|s|A|K|mol|cd)-?\d?)*$/.test(dimension)).toBe(
      true,
    )
    expect(factor.numerator > 0n && factor.denominator > 0n).toBe(true)
  })

  it('include those that the State Council named in 1984 beside the SI', () => {
    const named = ['min', 'h', 'd', '{rev}/min', '[nmi_i]', '[kn_i]', 't', 'L', 'dB', 'tex', 'har', 'deg', "'", "''", 'eV', 'u']
    expect(named.filter((code) => !legalUnits.has(code))).toEqual([])
  })

  it('have an offset only for degrees Celsius', () => {
    expect(units.filter(({ offset }) => offset.numerator !== 0n).map(({ code }) => code)).toEqual(['Cel'])
  })
})

describe('convertExactly', () => {
  it('returns the value unchanged in the same unit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...units), decimal, fc.boolean(), (each, value, difference) => {
        expect(convertExactly(value, each, each, difference)).toEqual(fromDecimal(value))
      }),
    )
  })

  it('returns the value unchanged after any two commensurable units, exactly', () => {
    expect(pairs.length).toBeGreaterThan(units.length)
    fc.assert(
      fc.property(fc.constantFrom(...pairs), decimal, fc.boolean(), ([a, b], value, difference) => {
        const there = convertExactly(value, a, b, difference)
        // The inverse uses two decimals over one denominator because a fraction need not be a decimal.
        const back = convertExactly({ coefficient: there.numerator, scale: 0 }, b, a, true)
        const offset = difference ? rational(0n) : convertExactly({ coefficient: 0n, scale: 0 }, b, a)
        expect(subtractRational(fromDecimal(value), offset)).toEqual(rational(back.numerator, back.denominator * there.denominator))
      }),
      { numRuns: 500 },
    )
  })

  it('preserves differences: a difference is converted like the two values', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pairs), decimal, decimal, ([a, b], x, y) => {
        const scale = Math.max(x.scale, y.scale)
        const at = (value: typeof x): bigint => value.coefficient * 10n ** BigInt(scale - value.scale)
        const difference = { coefficient: at(x) - at(y), scale }
        expect(convertExactly(difference, a, b, true)).toEqual(subtractRational(convertExactly(x, a, b), convertExactly(y, a, b)))
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['0', 'Cel', 'K', '273.15'],
    ['20', 'Cel', 'K', '293.15'],
    ['-273.15', 'Cel', 'K', '0'],
    ['300', 'K', 'Cel', '26.85'],
    ['40.02', 't', 'kg', '40020'],
    ['20', 'kg', 't', '0.02'],
    ['100.8', 'km/h', 'm/s', '28'],
    ['1', 'm/s', 'km/h', '3.6'],
    ['36', 'km/h', 'm/s', '10'],
    ['1', '[kn_i]', 'km/h', '1.852'],
    ['1', '[nmi_i]', 'km', '1.852'],
    ['60', 'L/min', 'm3/h', '3.6'],
    ['1', 'm3', 'L', '1000'],
    ['1', 'mL', 'cm3', '1'],
    ['0.1', 'MPa', 'kPa', '100'],
    ['1', 'kW.h', 'J', '3600000'],
    ['50', '%', '1', '0.5'],
    ['1', '[ppth]', '%', '0.1'],
    ['10', '[ppm]', '%', '0.001'],
    ['3000', '{rev}/min', 'Hz', '50'],
    ['1', 'har', 'm2', '10000'],
    ['86.4', 's/d', '[ppm]', '1000'],
    ['1', 'g/L', 'mg/L', '1000'],
    ['1', 'mg/m3', 'mg/L', '0.001'],
    ['1', 'd', 'h', '24'],
    ['250', 'mV', 'V', '0.25'],
  ])('%s %s in %s… is %s', (value, from, to, expected) => {
    expect(converted(value, from, to)).toBe(expected)
  })

  it('has no decimal if none is exact: 1 km/h is 5/18 m/s', () => {
    expect(converted('1', 'km/h', 'm/s')).toBeUndefined()
    expect(convertExactly(parseDecimal('1'), unit('km/h'), unit('m/s'))).toEqual({ numerator: 5n, denominator: 18n })
  })

  it('converts a difference without the offset: an error of 1 ℃ is 1 K', () => {
    expect(converted('1', 'Cel', 'K', true)).toBe('1')
    expect(converted('0.25', 'K', 'Cel', true)).toBe('0.25')
    expect(converted('1', 'Cel', 'K')).toBe('274.15')
  })

  it('subtracts without binary rounding: 40.02 t − 40 t is 20 kg', () => {
    const difference = subtractRational(
      convertExactly(parseDecimal('40.02'), unit('t'), unit('kg')),
      convertExactly(parseDecimal('40'), unit('t'), unit('kg')),
    )
    expect(difference).toEqual(rational(20n))
  })
})

describe('isCommensurable', () => {
  it('is reflexive, symmetric and transitive', () => {
    for (const a of units) {
      expect(isCommensurable(a, a)).toBe(true)
      for (const b of units) {
        expect(isCommensurable(a, b)).toBe(isCommensurable(b, a))
        if (isCommensurable(a, b)) expect(units.filter((c) => isCommensurable(a, c))).toEqual(units.filter((c) => isCommensurable(b, c)))
      }
    }
  })

  it.each([
    ['MPa', 'kPa', true],
    ['Cel', 'K', true],
    ['km/h', '[kn_i]', true],
    ['%', '1', true],
    ['dB', '1', false],
    ['MPa', 'N', false],
    ['kg', 't', true],
    ['L', 'm2', false],
    ['V', 'W', false],
    ['mg/L', 'mg', false],
  ])('of %s and %s is %s', (a, b, expected) => {
    expect(isCommensurable(unit(a), unit(b))).toBe(expected)
  })
})

describe('legalReplacement', () => {
  const spelled =
    'psi [psi] mmHg mm[Hg] Torr mbar kgf/cm2 kgf/cm² bar atm at kgf kgf.m 市斤 斤 公斤 lb 亩 尺 ft in 寸 里 公里 gal 加仑 cal kcal Btu hp 马力 PS °F ℉ Å oz 两 钱 ct Ci'.split(
      ' ',
    )

  it.each(spelled)('names a legal unit to write instead of %s, which is not legal', (spelling) => {
    expect(legalUnits.has(spelling)).toBe(false)
    const replacement = legalReplacement(spelling)
    expect(replacement).toBeDefined()
    expect(legalUnits.get(replacement?.code ?? '')).toBe(replacement)
  })

  it('maps every spelling to a legal unit, and contains none that is legal itself', () => {
    expect(notLegalUnits.size).toBeGreaterThan(100)
    for (const [spelling, { legal, name, factor }] of notLegalUnits) {
      expect(unitOf(legal), spelling).toBeDefined()
      expect(legalReplacement(spelling), spelling).toBe(unitOf(legal))
      // The millimetre of mercury is legal for blood pressure only.
      expect(unitOf(spelling)?.caution ?? 'blood-pressure', spelling).toBe('blood-pressure')
      expect(name.zh && name.en).toBeTruthy()
      if (factor !== undefined) expect(factor, spelling).toMatch(/^\d+(?:\.\d+)?(?:\/\d+)?$/)
    }
  })

  it('distinguishes the millimetre, centimetre and metre of a column of water or mercury', () => {
    const factors = ['mm[H2O]', 'mmH2O', 'cm[H2O]', 'cmH2O', 'm[H2O]', 'mH2O', '米水柱', 'mmHg', 'm[Hg]'].map((spelling) => {
      const { name, factor } = notLegalUnits.get(spelling) ?? {}
      return `${name?.zh} ${factor}`
    })
    expect(factors).toEqual([
      '毫米水柱 0.00980665',
      '毫米水柱 0.00980665',
      '厘米水柱 0.0980665',
      '厘米水柱 0.0980665',
      '米水柱 9.80665',
      '米水柱 9.80665',
      '米水柱 9.80665',
      '毫米汞柱 0.1333224',
      '米汞柱 133.3224',
    ])
  })

  it('reads the printed symbol of every legal unit that is not its code', () => {
    const printed = units.filter(({ symbol, code }) => symbol !== code)
    expect(printed.length).toBeGreaterThan(15)
    for (const each of printed) expect([each.symbol, legalReplacement(each.symbol)?.code]).toEqual([each.symbol, each.code])
  })

  it.each(['', 'xyz', '__proto__', 'toString', 'mpa', 'MPA', 'KG', '℃℃'])('does not know %j', (spelling) => {
    expect(legalReplacement(spelling)).toBeUndefined()
  })
})
