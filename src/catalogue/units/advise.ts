/** Advice about a unit as written: none for the code of a legal unit, otherwise how to write it. Used by rule and command. */

import { excerpt } from '../../base/excerpt.js'
import { type Code, type MessageParams, messageOf } from '../../base/message.js'
import { aText, checkArgument } from '../../base/options.js'
import { coded, type UnitCode } from '../unit-messages.js'
import { type LegalUnit, type ParsedUnit, parseUcum, unitOf } from './legal-units.js'
import { type NotLegal, notLegalUnits } from './not-legal.js'
import { readPrint, unitOfPrint } from './print.js'
import { AMBIGUOUS } from './spellings.js'
import { parseUcumTerms, type UnitFault } from './ucum.js'
import { writeUcum } from './write.js'

export interface UnitAdvice {
  readonly code: Code
  readonly params: MessageParams
  /** The legal unit to write instead, if there is one. */
  readonly instead?: LegalUnit
}

const MAX_MENDED = 4

/** Maximum length of a quoted text; no unit is longer. */
const MAX_QUOTED = 300

/**
 * Undefined if the text is the code of a legal unit with its apparent meaning. Cost is bounded by the length of a unit; throws only
 * for a value that is not text.
 */
export function adviseUnit(text: string): UnitAdvice | undefined {
  checkArgument('adviseUnit', 'text', text, aText)
  const first = firstAdvice(text)
  if (first === undefined) return undefined
  const advice = settled(text, first)
  if (text.length <= MAX_QUOTED) return advice
  const params = Object.entries(advice.params).map(([name, value]) => [
    name,
    typeof value === 'string' ? excerpt(value, MAX_QUOTED) : value,
  ])
  return { ...advice, params: Object.fromEntries(params) }
}

/**
 * If the advised unit has advice of its own, report that first: brackets (mg/ft3.um), or mmHg/μm, which is for blood pressure only.
 */
function settled(text: string, advice: UnitAdvice): UnitAdvice {
  const unit = advice.instead
  const further = unit?.caution && cautioned(unit.code, unit)
  if (further === undefined) return advice
  const { code: first, meant: second } = further.params
  if (further.code === 'unit.left-to-right') return { code: coded('unit.stroke-ambiguous'), params: { unit: text, first, second } }
  return settled(text, { ...further, params: { ...further.params, unit: text } })
}

function firstAdvice(text: string): UnitAdvice | undefined {
  const { unit, fault } = parseUcum(text)
  if (unit !== undefined) return unit.caution === undefined ? undefined : cautioned(text, unit)
  const senses = AMBIGUOUS.get(text)
  if (senses !== undefined) return { code: coded('unit.ambiguous'), params: { unit: text, senses } }
  const foreign = notLegalUnits.get(text)
  if (foreign !== undefined) return notLegal(text, foreign, unitOf(foreign.legal))
  const read = readPrint(text)
  if ('fault' in read) return ofFault(text, text, isAscii(text) ? fault : read.fault)
  const printed = unitOfPrint(text, read)
  if (printed.unit === undefined) return ofFault(text, read.code, printed.fault)
  return instead(read.atReferenceConditions ? 'unit.reference-conditions' : 'unit.printed-symbol', text, printed.unit)
}

/** The legal unit to write instead of a spelling; undefined if it is already the code of one, or is unknown. */
export function legalReplacement(text: string): LegalUnit | undefined {
  const advice = adviseUnit(text)
  return advice?.code === 'unit.misspelt' ? undefined : advice?.instead
}

const isAscii = (text: string): boolean => /^[\u0000-\u007f]*$/.test(text)

const instead = (code: UnitCode, text: string, unit: LegalUnit): UnitAdvice => ({
  code: coded(code),
  params: { unit: text, code: unit.code, symbol: unit.symbol, name: unit.name },
  instead: unit,
})

function notLegal(text: string, { name, isCustomary }: NotLegal, legal: LegalUnit | undefined): UnitAdvice {
  const code = isCustomary ? 'unit.customary' : 'unit.not-legal'
  if (legal === undefined) return { code: coded('unit.not-legal-within'), params: { unit: text, found: name } }
  return instead(code, text, legal)
}

function cautioned(text: string, unit: LegalUnit): UnitAdvice | undefined {
  const parsed = parseUcumTerms(text)
  if (unit.caution === 'picohenry') return { code: coded('unit.picohenry'), params: { unit: text, code: '[pH]' } }
  if (unit.caution === 'blood-pressure') {
    const mended = parseUcum(text.replaceAll(/mm(?:\[Hg\]|Hg)/g, 'kPa'))
    return mended.unit === undefined ? undefined : instead('unit.blood-pressure-only', text, mended.unit)
  }
  if (parsed.fault !== undefined) return undefined
  return { code: coded('unit.left-to-right'), params: { unit: text, code: writeUcum(parsed.terms), meant: parsed.product?.bracketed } }
}

/** `code` is the UCUM code parsed from the text, or the text itself. */
function ofFault(text: string, code: string, fault: UnitFault | undefined): UnitAdvice {
  const params = fault?.params ?? {}
  switch (fault?.code) {
    case 'unit.atom-not-legal': {
      const foreign = notLegalUnits.get(String(params.found))
      const mended = mend(code, 'unit.atom-not-legal', 'code')
      return mended.unit === undefined
        ? { code: coded('unit.not-legal-within'), params: { unit: text, found: params.found } }
        : notLegal(text, foreign ?? { name: mended.unit.name, legal: mended.unit.code }, mended.unit)
    }
    case 'unit.atom-misspelt': {
      const mended = mend(code, 'unit.atom-misspelt', 'near')
      return mended.unit === undefined ? unknown(text, params) : instead('unit.misspelt', text, mended.unit)
    }
    case 'unit.special-in-product': {
      const kelvin = parseUcum(code.replaceAll('Cel', 'K'))
      return kelvin.unit === undefined ? malformed(text, fault) : instead('unit.temperature-difference', text, kelvin.unit)
    }
    case 'unit.stroke-ambiguous':
      return { code: coded('unit.stroke-ambiguous'), params: { unit: text, ...params } }
    case 'unit.atom-unknown':
      return unknown(text, params)
    default:
      return malformed(text, fault)
  }
}

const unknown = (text: string, { found }: MessageParams): UnitAdvice => ({
  code: coded('unit.unknown'),
  params: { unit: text, found },
})

const malformed = (text: string, fault: UnitFault | undefined): UnitAdvice => ({
  code: coded('unit.syntax'),
  params: { unit: text, reason: fault === undefined ? '' : messageOf(fault.code, fault.params) },
})

/** Replaces each fault of one kind in the code by the suggestion in its parameter, if the result is a legal unit. */
function mend(code: string, kind: Code, by: 'code' | 'near'): ParsedUnit {
  let text = code
  let parsed = parseUcum(text)
  for (let times = 0; parsed.fault?.code === kind && times < MAX_MENDED; times++) {
    const { column, params } = parsed.fault
    const characters = [...text]
    const found = [...String(params.found)].length
    const written = String(params[by])
    characters.splice(column - 1, found, /[./]/.test(written) && characters.length > 0 ? `(${written})` : written)
    text = characters.join('')
    parsed = parseUcum(text)
  }
  return parsed
}
