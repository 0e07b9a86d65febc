/** D-SI 2 unit strings, as in digital calibration certificates: `\kilo\metre\hour\tothe{-1}`, `\metre\per\second`. */

import { BLANK } from '../../base/blank.js'
import type { Code, MessageParams } from '../../base/message.js'
import { aText, checkArgument } from '../../base/options.js'
import { coded as dsiCoded } from '../dsi-messages.js'
import { coded } from '../unit-messages.js'
import { type Atom, atoms, type Prefix, prefixes } from './atoms.js'
import { type ParsedUnit, unitOfTerms } from './legal-units.js'
import type { Term } from './ucum.js'
import { writeUcum } from './write.js'

const MAX_LENGTH = 300
const A_BLANK = new RegExp(`[${BLANK}]`)
const TOKEN = /\\([a-zA-Z]+)(?:\{([^{}]*)\})?/y

const byName: ReadonlyMap<string, Atom> = new Map(
  [...atoms.values()].filter(({ dsi }) => dsi !== '').map((atom) => [atom.dsi, atom] as const),
)
const prefixByName: ReadonlyMap<string, Prefix> = new Map([...prefixes.values()].map((prefix) => [prefix.en, prefix]))
/** The litre has two codes, and D-SI has the kilogram as one unit. */
const LITRE = atoms.get('L')
const GRAM = atoms.get('g')
const KILO = prefixes.get('k')

interface Refusal {
  readonly code: Code
  /** Offset in UTF-16 units. */
  readonly at: number
  readonly params?: MessageParams
}

/** Parses a D-SI string of legal units. A fault has the column, from 1, and a suggestion. */
export function parseDsi(text: string): ParsedUnit {
  checkArgument('parseDsi', 'text', text, aText)
  const read = readTerms(text)
  if (!('code' in read)) return unitOfTerms(read, writeUcum(read))
  const { code, at, params } = read
  const column = [...text.slice(0, at)].length + 1
  return { fault: { code, column, params: { ...params, column } } }
}

/** Reads tokens up to the first fault. Every unit after `\per` is in the denominator; `\per` occurs once and needs a numerator (D-SI 2). */
function readTerms(text: string): readonly Term[] | Refusal {
  if (text === '') return { code: coded('unit.empty'), at: 0 }
  if (text.length > MAX_LENGTH) return { code: coded('unit.too-long'), at: 0, params: { most: MAX_LENGTH } }
  const blank = text.search(A_BLANK)
  if (blank !== -1) return { code: coded('unit.blank'), at: blank }
  const terms: Term[] = []
  let prefix: StatedPrefix | undefined
  let sign = 1
  let previous = ''
  for (let at = 0; at < text.length; ) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (match === null) return { code: dsiCoded('unit.dsi-form'), at }
    const [whole, name = '', argument] = match
    const isUnitBefore = prefix === undefined && previous !== 'per' && previous !== 'tothe'
    if (name === 'tothe') {
      const last = terms.at(-1)
      if (last === undefined || !isUnitBefore) return { code: dsiCoded('unit.dsi-form'), at }
      if (argument === undefined || !/^-?[1-9]\d?$/.test(argument))
        return { code: coded('unit.exponent-range'), at, params: { found: argument ?? '', most: 99 } }
      terms[terms.length - 1] = { ...last, exponent: last.exponent * Number(argument) }
    } else if (argument !== undefined) return { code: dsiCoded('unit.dsi-form'), at: at + name.length + 1 }
    else if (name === 'per') {
      if (prefix !== undefined) return withoutUnit(prefix)
      if (sign === -1 || terms.length === 0) return { code: dsiCoded('unit.dsi-form'), at }
      sign = -1
    } else if (prefixByName.has(name)) {
      if (prefix !== undefined) return withoutUnit(prefix)
      prefix = { value: prefixByName.get(name) as Prefix, at }
    } else {
      const term = termOf(name, at, prefix)
      if ('code' in term) return term
      terms.push({ ...term, exponent: sign })
      prefix = undefined
    }
    previous = name
    at += whole.length
  }
  if (prefix !== undefined) return withoutUnit(prefix)
  if (previous === 'per') return { code: coded('unit.operator-dangling'), at: text.length - 1 }
  return terms.filter(({ atom }) => atom !== undefined)
}

interface StatedPrefix {
  readonly value: Prefix
  readonly at: number
}

const withoutUnit = ({ value, at }: StatedPrefix): Refusal => ({ code: dsiCoded('unit.dsi-prefix-alone'), at, params: { found: value.en } })

/** The unit of a name, with its prefix. `\one` has no atom: it represents a count. */
function termOf(name: string, at: number, prefix: StatedPrefix | undefined): Omit<Term, 'exponent'> | Refusal {
  if (name === 'one' && prefix === undefined) return {}
  const isKilogram = name === 'kilogram'
  const atom = isKilogram ? GRAM : name === 'litre' ? LITRE : byName.get(name)
  if (atom === undefined) return nearestName(name, at)
  if (prefix !== undefined && (isKilogram || !atom.takesPrefix))
    return { code: coded('unit.prefix-not-allowed'), at: prefix.at, params: { prefix: `\\${prefix.value.en}`, atom: `\\${name}` } }
  const applied = isKilogram ? KILO : prefix?.value
  return { atom, ...(applied && { prefix: applied }) }
}

/** Explains an unknown name: a prefix or a unit in the wrong case, or no name of D-SI. */
function nearestName(name: string, at: number): Refusal {
  const near = name.toLowerCase()
  const params = { found: name, near }
  if (name !== near && prefixByName.has(near)) return { code: dsiCoded('unit.dsi-prefix-case'), at, params }
  if (name !== near && (byName.has(near) || near === 'kilogram')) return { code: dsiCoded('unit.dsi-unit-case'), at, params }
  return { code: dsiCoded('unit.dsi-name'), at, params: { found: name.slice(0, 40) } }
}
