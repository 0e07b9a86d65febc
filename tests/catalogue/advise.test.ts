// Why this exists: rejecting a valid unit, or advising a different one, leads to a false statement on a certificate. Tests actual
// spellings individually.
import fc from 'fast-check'
import { adviseUnit, isCommensurable, parsePrinted, parseUcum, unitOf, unusualUnits } from 'tongheng/catalogue'
import { describe, expect, it } from 'vitest'
import { messageOf } from '../../src/base/message.ts'

/** Codes used on certificates: legal as written, no advice. */
const PLAIN =
  `1 % %{RH} %{vol} %{FS} %{LEL} [ppth] [ppm] [ppb] 10*-6 10*-9 m km mm um nm m2 cm2 har m3 L mL uL g kg mg ug t s ms us min h d a A mA uA V mV kV Ohm kOhm MOhm W kW MW J kJ kW.h
V.A kV.A var kvar kvar.h K mK Cel mCel mol cd lx lm rad deg ' '' deg/s rad/s N kN N.m Pa hPa kPa MPa Hz kHz MHz GHz m/s m/s2 km/h [kn_i] m3/h L/min mL/min kg/m3 g/L mg/L mg/m3 ug/m3 umol/mol
mmol/L dB dB{A} dB{C} dB{mW} B Np bit kbit/s By Bq kBq Bq/m3 Sv mSv/a uSv/h Gy mGy/h C/kg mT A/m S/cm uS/cm Pa.s mPa.s m2/s mm2/s W/(m2.K) W/m2 mW/cm2 cd/m2 lm/W J/(kg.K) J/K K/min um/m m-1 cm-1
{rev}/min {rev}/km {imp}/km {imp}/(kW.h) {count}/min {CNY} {CNY}/(kW.h) {HRC} {HRB} {HBW} {HV} {NTU} [pH] L/(100.km) mg/(100.mL) eV keV tex N/mm2 kN/m N.m/rad V/m pC/N mV/V (kg) kat`.split(
    /\s+/,
  )

/** Printed symbols, abbreviations and trade spellings, with the equivalent code. */
const WRITTEN: readonly (readonly [written: string, code: string])[] = (
  [
    'µm um',
    'μm um',
    'µg/m³ ug/m3',
    'μg/m³ ug/m3',
    'μSv/h uSv/h',
    'µmol/mol umol/mol',
    'kΩ kOhm',
    'kΩ kOhm',
    'MΩ·cm MOhm.cm',
    'μΩ uOhm',
    '℃ Cel',
    '°C Cel',
    'degC Cel',
    '%RH %{RH}',
    '％RH %{RH}',
    '%vol %{vol}',
    '%VOL %{vol}',
    '%FS %{FS}',
    '%F.S. %{FS}',
    '%LEL %{LEL}',
    '%(V/V) %{V/V}',
    '‰ [ppth]',
    '10⁻⁶ [ppm]',
    'ppm [ppm]',
    'ppb [ppb]',
    'm/s² m/s2',
    'm² m2',
    'm³ m3',
    'm^3 m3',
    'kg/m^3 kg/m3',
    'kg/m³ kg/m3',
    'kg·m⁻³ kg/m3',
    'N·m N.m',
    'N⋅m N.m',
    'N*m N.m',
    'Nm N.m',
    'kNm kN.m',
    'Pa·s Pa.s',
    'mPa·s mPa.s',
    'J/(kg·K) J/(kg.K)',
    'W/(m²·K) W/(m2.K)',
    'kW·h kW.h',
    'kWh kW.h',
    'MWh MW.h',
    'kvarh kvar.h',
    'kvar·h kvar.h',
    'kVA kV.A',
    'mAh mA.h',
    'm³/h m3/h',
    'm³／h m3/h',
    'L／min L/min',
    'ｋＰａ kPa',
    '（kg） kg',
    '㎏ kg',
    '㎡ m2',
    '㎜ mm',
    '㎎/L mg/L',
    '㎥/h m3/h',
    '㎩ Pa',
    '° deg',
    '°/s deg/s',
    "′ '",
    "″ ''",
    'r/min {rev}/min',
    'rpm {rev}/min',
    'r·min⁻¹ {rev}/min',
    'r/km {rev}/km',
    'imp/km {imp}/km',
    'imp/kWh {imp}/(kW.h)',
    'imp/kW·h {imp}/(kW.h)',
    'imp/kW.h {imp}/(kW.h)',
    'imp/(kW·h) {imp}/(kW.h)',
    'r/kW·h {rev}/(kW.h)',
    '次/min {count}/min',
    '次/分 {count}/min',
    '个/L {count}/L',
    'cpm {count}/min',
    '元 {CNY}',
    '￥ {CNY}',
    '¥/L {CNY}/L',
    'CNY {CNY}',
    '元/kW·h {CNY}/(kW.h)',
    '元/千瓦时 {CNY}/(kW.h)',
    'dB(A) dB{A}',
    'dB（A） dB{A}',
    'dBA dB{A}',
    'dB(C) dB{C}',
    'dBm dB{mW}',
    'dBμV dB{uV}',
    'HRC {HRC}',
    'HRB {HRB}',
    'HBW {HBW}',
    'HB {HBW}',
    'HV {HV}',
    'HLD {HLD}',
    'NTU {NTU}',
    'D m-1',
    '[diop] m-1',
    '屈光度 m-1',
    'με um/m',
    'ha har',
    'kn [kn_i]',
    'n mile [nmi_i]',
    'sec s',
    'hr h',
    'm/sec m/s',
    'km/hr km/h',
    'kph km/h',
    'bps bit/s',
    'Mbps Mbit/s',
    'kB kBy',
    'kPa(A) kPa{A}',
    'mg/100mL mg/(100.mL)',
    'L/100km L/(100.km)',
    'cm⁻¹ cm-1',
    '公斤 kg',
    '公里 km',
    '公里/小时 km/h',
    '公升 L',
    '公吨 t',
    '公分 cm',
    '千克 kg',
    '兆帕 MPa',
    '毫升 mL',
    '千克每立方米 kg/m3',
    '千克/立方米 kg/m3',
    '米每秒 m/s',
    '转每分 {rev}/min',
    '转/分 {rev}/min',
    '乏 var',
    '千乏时 kvar.h',
    '伏安 V.A',
    '欧 Ohm',
    '摄氏度 Cel',
    '小时 h',
    "角秒 ''",
  ] as readonly string[]
).map((row) => {
  const at = row.lastIndexOf(' ')
  return [row.slice(0, at), row.slice(at + 1)] as const
})

/** Spellings whose advice is not an equivalent code. */
const ANSWERED: readonly (readonly [written: string, code: string, instead?: string])[] = [
  ['Nm3/h', 'unit.reference-conditions', 'm3/h'],
  ['Nm³/h', 'unit.reference-conditions', 'm3/h'],
  ['Sm³/h', 'unit.reference-conditions', 'm3/h'],
  ['m³/h(标)', 'unit.reference-conditions', 'm3/h'],
  ['m³（标准状态）', 'unit.reference-conditions', 'm3'],
  ['NL/min', 'unit.reference-conditions', 'L/min'],
  ['sccm', 'unit.reference-conditions', 'mL/min'],
  ['℃/min', 'unit.temperature-difference', 'K/min'],
  ['Cel/h', 'unit.temperature-difference', 'K/h'],
  ['μV/℃', 'unit.temperature-difference', 'uV/K'],
  ['10⁻⁶/℃', 'unit.temperature-difference', '10*-6/K'],
  ['W/(m·℃)', 'unit.temperature-difference', 'W/(m.K)'],
  ['mpa', 'unit.misspelt', 'MPa'],
  ['Mpa', 'unit.misspelt', 'MPa'],
  ['Kpa', 'unit.misspelt', 'kPa'],
  ['KG', 'unit.misspelt', 'kg'],
  ['Kg', 'unit.misspelt', 'kg'],
  ['KM/H', 'unit.misspelt'],
  ['KHz', 'unit.misspelt', 'kHz'],
  ['mhz', 'unit.misspelt', 'MHz'],
  ['度', 'unit.ambiguous'],
  ['分', 'unit.ambiguous'],
  ['"', 'unit.ambiguous'],
  ['ppt', 'unit.ambiguous'],
  ['W/m²·K', 'unit.stroke-ambiguous'],
  ['kg/m·s²', 'unit.stroke-ambiguous'],
  ['mg/100.mL', 'unit.left-to-right'],
  ['{imp}/kW.h', 'unit.left-to-right'],
  ['L/min.cm', 'unit.left-to-right'],
  ['pH', 'unit.picohenry'],
  ['mmHg', 'unit.blood-pressure-only', 'kPa'],
  ['mm[Hg]', 'unit.blood-pressure-only', 'kPa'],
  ['mm[Hg]/s', 'unit.blood-pressure-only', 'kPa/s'],
  ['ct', 'unit.customary', 'g'],
  ['[car_m]', 'unit.customary', 'g'],
  ['bar', 'unit.not-legal', 'MPa'],
  ['mbar', 'unit.not-legal', 'kPa'],
  ['psi', 'unit.not-legal', 'kPa'],
  ['kgf/cm2', 'unit.not-legal', 'MPa'],
  ['kgf/cm²', 'unit.not-legal', 'MPa'],
  ['公斤力/平方厘米', 'unit.not-legal', 'MPa'],
  ['公斤力', 'unit.not-legal', 'N'],
  ['mmH2O', 'unit.not-legal', 'kPa'],
  ['mmH₂O', 'unit.not-legal', 'kPa'],
  ['cmH₂O', 'unit.not-legal', 'kPa'],
  ['cSt', 'unit.not-legal', 'mm2/s'],
  ['mSt', 'unit.not-legal', 'm2/s'],
  ['inHg', 'unit.not-legal', 'kPa'],
  ['Å', 'unit.not-legal', 'nm'],
  ['℉', 'unit.not-legal', 'Cel'],
  ['市斤', 'unit.not-legal', 'kg'],
  ['马力', 'unit.not-legal', 'kW'],
  ['kcal', 'unit.not-legal', 'J'],
  ['cP', 'unit.not-legal', 'mPa.s'],
  ['mR', 'unit.not-legal', 'uC/kg'],
  ['mg/ft3', 'unit.not-legal', 'mg/m3'],
  ['mCi', 'unit.not-legal'],
  ['furlong', 'unit.unknown'],
  ['U/L', 'unit.unknown'],
  ['[iU]/L', 'unit.unknown'],
  ['mGal', 'unit.unknown'],
  ['M', 'unit.unknown'],
  ['目', 'unit.unknown'],
  ['m/', 'unit.syntax'],
  ['kg..m', 'unit.syntax'],
  ['(m', 'unit.syntax'],
  ['kg m', 'unit.syntax'],
  ['kmin', 'unit.syntax'],
  ['', 'unit.syntax'],
]

describe('units as certificates write them', () => {
  it('are numerous enough', () => {
    expect(new Set([...PLAIN, ...WRITTEN.map(([written]) => written), ...ANSWERED.map(([written]) => written)]).size).toBeGreaterThan(250)
  })

  it.each(PLAIN)('%s is correct as written', (code) => {
    expect(adviseUnit(code)).toBeUndefined()
    expect(unitOf(code)).toBeDefined()
  })

  it.each(WRITTEN)('%s should be written %s', (written, code) => {
    const advice = adviseUnit(written)
    expect(advice?.code).toBe('unit.printed-symbol')
    const { dimension, factor, pi, offset } = unitOf(code) ?? {}
    expect(advice?.instead).toMatchObject({ dimension, factor, pi, offset })
    // The message contains a valid code, and the annotations are correct.
    expect(adviseUnit(advice?.instead?.code ?? '')).toBeUndefined()
    expect(advice?.instead?.code.match(/\{[^}]*\}/g)).toEqual(code.match(/\{[^}]*\}/g))
    const { zh, en } = messageOf(advice?.code ?? 'unit.unknown', advice?.params)
    expect(zh).toContain(advice?.instead?.code)
    expect(en).toContain(advice?.instead?.code)
  })

  it.each(ANSWERED.map(([written, code, instead = '']) => [written, code, instead] as const))('%s: %s', (written, code, instead) => {
    const advice = adviseUnit(written)
    expect(advice?.code).toBe(code)
    if (instead !== '') expect(unitOf(instead)).toMatchObject({ dimension: advice?.instead?.dimension, factor: advice?.instead?.factor })
    const { zh, en, advice: todo } = messageOf(advice?.code ?? 'unit.unknown', advice?.params)
    expect(`${zh}${en}${todo?.zh}${todo?.en}`).not.toMatch(/—|undefined/)
  })

  it.each([
    ['mg/100.mL', 'mg/(100.mL)'],
    ['mg/100.mL/min', 'mg/(100.mL)/min'],
    ['m/s/kg.K', 'm/s/(kg.K)'],
    ['(mg/100.mL).m', '(mg/(100.mL)).m'],
    ['%{V/V}/m.K', '%{V/V}/(m.K)'],
  ])('%s has brackets around the product after the slash: %s', (code, bracketed) => {
    expect(adviseUnit(code)?.params.meant).toBe(bracketed)
    expect(adviseUnit(bracketed)).toBeUndefined()
  })

  it.each([
    ['W/m²·K', 2],
    ['W÷m²·K', 2],
    ['Ｗ／ｍ²·Ｋ', 2],
    ['m/s/kg·K', 4],
    ['%(V/V)/m·K', 7],
  ])('%s is ambiguous because of column %i', (printed, column) => {
    const { fault } = parsePrinted(printed)
    expect([fault?.code, fault?.column]).toEqual(['unit.stroke-ambiguous', column])
    expect(parseUcum(String(fault?.params.second)).unit?.caution).toBeUndefined()
  })

  it('are never called illegal if they are only unknown', () => {
    for (const [written, code] of ANSWERED.filter(([, found]) => found === 'unit.unknown'))
      expect(messageOf(code as 'unit.unknown', adviseUnit(written)?.params).zh).not.toMatch(/不是法定计量单位/)
  })
})

const spelled = fc.oneof(
  fc.constantFrom(...PLAIN, ...WRITTEN.map(([written]) => written), ...ANSWERED.map(([written]) => written)),
  fc.stringMatching(/^[mgskKPaWhNLHCDBr./·(){}²³⁻¹℃ΩμµÅ°0-9*^%[\]-]{1,24}$/),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
)

describe('advice', () => {
  it('always names a legal unit that needs no further advice', () => {
    fc.assert(
      fc.property(spelled, (text) => {
        const advice = adviseUnit(text)
        if (advice?.instead === undefined) return
        expect([text, adviseUnit(advice.instead.code)]).toEqual([text, undefined])
      }),
      { numRuns: 2000 },
    )
  })

  it('preserves the printed meaning: the symbol of any product of legal units yields that product', () => {
    const factor = fc.tuple(
      fc.constantFrom(
        'm',
        'kg',
        'um',
        'kPa',
        'mV',
        'Ohm',
        'kOhm',
        'L',
        'mL',
        'h',
        'min',
        'K',
        'var',
        'mol',
        'bit',
        'deg',
        'Np',
        'a',
        'W',
        'N',
      ),
      fc.constantFrom(-3, -2, -1, 1, 2, 3),
    )
    fc.assert(
      fc.property(fc.array(factor, { minLength: 1, maxLength: 4 }), (factors) => {
        const code = factors.map(([atom, power]) => (power === 1 ? atom : `${atom}${power}`)).join('.')
        const unit = unitOf(code)
        const { dimension, factor: by, pi } = unit ?? {}
        expect(parsePrinted(unit?.symbol ?? '').unit).toMatchObject({ dimension, factor: by, pi })
      }),
      { numRuns: 1000 },
    )
  })

  it('lists codes that are hard to guess, all of them correct as written', () => {
    expect(unusualUnits.length).toBeGreaterThan(25)
    for (const [code, use] of unusualUnits) {
      const caution = unitOf(code)?.caution
      expect(caution ?? 'blood-pressure', code).toBe('blood-pressure')
      expect(parseUcum(code).unit, code).toBeDefined()
      expect(use.zh && use.en).toBeTruthy()
    }
  })
})

describe('scales', () => {
  it('are comparable only with themselves: money is not a percentage, hardness not a number', () => {
    const units = ['{CNY}', '{HRC}', '{HRB}', '{NTU}', '[pH]', 'dB', 'Np', 'bit', '1', '%'].map((code) => unitOf(code))
    for (const a of units)
      for (const b of units)
        expect(a !== undefined && b !== undefined && isCommensurable(a, b)).toBe(
          a === b || [a, b].every((one) => ['1', '%'].includes(one?.code ?? '')),
        )
    expect(unitOf('{CNY}/(kW.h)')?.dimension).not.toBe(unitOf('/(kW.h)')?.dimension)
    // A count is a number regardless of what is counted.
    expect(unitOf('{rev}/min')?.dimension).toBe(unitOf('Hz')?.dimension)
  })
})

describe('advice about a text that is not a unit', () => {
  it('does not grow with the text', () => {
    for (const text of [`k${'1'.repeat(40_000)}`, `{rev${'1970-01-01T00:00:00Z'.repeat(2000)}`, '℃'.repeat(20_000)]) {
      const advice = adviseUnit(text)
      expect(Object.values(advice?.params ?? {}).every((value) => typeof value !== 'string' || value.length <= 300)).toBe(true)
      expect(advice).toBeDefined()
    }
  })
})
