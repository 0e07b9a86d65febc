/**
 * Legal units of measurement 法定计量单位 (State Council 1984; GB 3100—1993) by UCUM code, each with its Chinese print, its D-SI
 * form, its dimension and an exact factor. Those in common use are listed; every other is made of prefixes and atoms.
 */

import { FixedMap, freezeDeep } from '../../base/fixed-map.js'
import type { Text } from '../../base/message.js'
import { aText, checkArgument } from '../../base/options.js'
import { multiplyRational, powerOf, type Rational, rational } from '../../base/rational.js'
import { coded } from '../unit-messages.js'
import { COMMON } from './common.js'
import { multiplied, NO_DIMENSION, parseDimension, writeDimension } from './dimension.js'
import { scales } from './scales.js'
import { parseUcumTerms, type Term, type UnitFault } from './ucum.js'
import { writeDsi, writeName, writeSymbol } from './write.js'

export interface LegalUnit {
  /** UCUM code (case-sensitive). */
  readonly code: string
  /** As printed on a Chinese certificate. */
  readonly symbol: string
  readonly name: Text
  /** D-SI 2 form. */
  readonly dsi: string
  /** Dimension as exponents of the SI base units, for example `kg.m-1.s-2`; `1` for a number. Equal dimensions are equal texts. */
  readonly dimension: string
  /** Value in this unit × factor × π^pi + offset = value in the coherent SI unit, exactly. */
  readonly factor: Rational
  readonly pi: number
  readonly offset: Rational
  /**
   * Atoms in it with a measured or conventional factor, `u`, `a-1`; empty if the factor is exact. Conversion is exact only between
   * equal texts.
   */
  readonly inexact: string
  /** Reason to review this unit in its context: see `adviseUnit`. */
  readonly caution?: UnitCaution
}

/**
 * `left-to-right`: a factor after a slash, as in `mg/100.mL`, which is (mg/100)·mL. `blood-pressure`: legal for blood pressure
 * only. `picohenry`: `pH` is the picohenry; the pH value is `[pH]`.
 */
export type UnitCaution = 'left-to-right' | 'blood-pressure' | 'picohenry'

export type ParsedUnit = { readonly unit: LegalUnit; readonly fault?: undefined } | { readonly unit?: undefined; readonly fault: UnitFault }

const ZERO = rational(0n)
/** Bounds the cost: 10^900 and its reciprocal are far beyond any measured value. */
const MAX_DIGITS = 900

/** Evaluates a product of terms, or reports why it is not a unit. */
export function unitOfTerms(terms: readonly Term[], code: string): ParsedUnit {
  const special = terms.find(({ atom }) => atom !== undefined && atom.offset.numerator !== 0n)
  // Degrees Celsius have an offset, so a product with them is meaningless (UCUM 2.2 §21; GB 3100—1993).
  if (special !== undefined && (terms.length > 1 || special.exponent !== 1))
    return { fault: { code: coded('unit.special-in-product'), column: 1, params: { found: special.atom?.code, column: 1 } } }
  let dimension = NO_DIMENSION
  let factor = rational(1n)
  let [pi, digits] = [0, 0]
  const inexact = new Map<string, number>()
  for (const { atom, prefix, number, annotation, exponent } of terms) {
    if (number !== undefined) factor = multiplyRational(factor, powerOf(rational(number), exponent))
    else if (atom === undefined && annotation !== undefined && scales.has(annotation))
      dimension = multiplied(dimension, parseDimension(annotation), exponent)
    if (atom === undefined) continue
    if (atom.inexact) inexact.set(atom.code, (inexact.get(atom.code) ?? 0) + exponent)
    const power = prefix?.power ?? 0
    digits += (Math.abs(power) + atom.factor.numerator.toString().length + atom.factor.denominator.toString().length) * Math.abs(exponent)
    if (digits > MAX_DIGITS) return { fault: { code: coded('unit.too-large'), column: 1, params: { most: MAX_DIGITS, column: 1 } } }
    const one = multiplyRational(atom.factor, powerOf(rational(10n), power))
    factor = multiplyRational(factor, powerOf(one, exponent))
    dimension = multiplied(dimension, atom.dimension, exponent)
    pi += atom.pi * exponent
  }
  return {
    unit: {
      code,
      symbol: writeSymbol(terms),
      name: writeName(terms),
      dsi: writeDsi(terms),
      dimension: writeDimension(dimension),
      factor,
      pi,
      offset: special?.atom?.offset ?? ZERO,
      inexact: [...inexact].flatMap(([atom, exponent]) => (exponent === 0 ? [] : [`${atom}${exponent}`])).join('.'),
    },
  }
}

function cautionOf(code: string, terms: readonly Term[], isLeftToRight: boolean): UnitCaution | undefined {
  if (code === 'pH') return 'picohenry'
  if (terms.some(({ atom }) => atom?.code === 'mm[Hg]' || atom?.code === 'mmHg')) return 'blood-pressure'
  return isLeftToRight ? 'left-to-right' : undefined
}

/** Parses a UCUM code of a legal unit: `kg.m2/s3`, `L/(min.m2)`, `{rev}/min`. A fault has the column. */
export function parseUcum(code: string): ParsedUnit {
  checkArgument('parseUcum', 'code', code, aText)
  const listed = legalUnits.get(code)
  if (listed !== undefined) return { unit: listed }
  const parsed = parseUcumTerms(code)
  if (parsed.fault !== undefined) return { fault: parsed.fault }
  const made = unitOfTerms(parsed.terms, code)
  const caution = cautionOf(code, parsed.terms, parsed.product !== undefined)
  return made.unit === undefined || caution === undefined ? made : { unit: { ...made.unit, caution } }
}

/** The most frequent units, by UCUM code. */
export const legalUnits: ReadonlyMap<string, LegalUnit> = new FixedMap(
  COMMON.map(([code, { zh, en, dsi } = {}]) => {
    const parsed = parseUcumTerms(code)
    const { unit } = parsed.fault === undefined ? unitOfTerms(parsed.terms, code) : {}
    if (unit === undefined) throw new RangeError(`no unit ${code}`)
    return [code, { ...unit, name: { zh: zh ?? unit.name.zh, en: en ?? unit.name.en }, dsi: dsi ?? unit.dsi }]
  }),
)

/** Cache: certificates use the same few units; invalid codes are cached too. */
const seen = new Map<string, LegalUnit | undefined>()
const MAX_SEEN = 1024

/** The legal unit of a UCUM code; undefined if the code is not one. */
export function unitOf(code: string): LegalUnit | undefined {
  checkArgument('unitOf', 'code', code, aText)
  const listed = legalUnits.get(code)
  if (listed !== undefined) return listed
  if (seen.has(code)) return seen.get(code)
  const { unit } = parseUcum(code)
  if (seen.size >= MAX_SEEN) seen.clear()
  seen.set(code, freezeDeep(unit))
  return unit
}
