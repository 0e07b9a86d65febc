/** D-SI 2 unit strings, as in digital calibration certificates: `\kilo\metre\hour\tothe{-1}`, `\metre\per\second`. */

import { BLANK } from '../../base/blank.js'
import type { Code, MessageParams } from '../../base/message.js'
import { aText, checkArgument } from '../../base/options.js'
import { type DsiCode, coded as dsiCoded } from '../dsi-messages.js'
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

/** Parses a D-SI string of legal units. A fault has the column, from 1, and a suggestion. */
export function parseDsi(text: string): ParsedUnit {
  checkArgument('parseDsi', 'text', text, aText)
  const stop = (code: Code, at: number, params: MessageParams = {}): ParsedUnit => {
    const column = [...text.slice(0, at)].length + 1
    return { fault: { code, column, params: { ...params, column } } }
  }
  if (text === '') return stop(coded('unit.empty'), 0)
  if (text.length > MAX_LENGTH) return stop(coded('unit.too-long'), 0, { most: MAX_LENGTH })
  const blank = text.search(A_BLANK)
  if (blank !== -1) return stop(coded('unit.blank'), blank)
  const terms: Term[] = []
  let prefix: { readonly value: Prefix; readonly at: number } | undefined
  let sign = 1
  for (let at = 0; at < text.length; ) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (match === null) return stop(dsiCoded('unit.dsi-form'), at)
    const [whole, name = '', argument] = match
    const start = at
    at += whole.length
    if (name === 'tothe') {
      const last = terms.pop()
      if (last === undefined || prefix !== undefined) return stop(dsiCoded('unit.dsi-form'), start)
      if (argument === undefined || !/^-?[1-9]\d?$/.test(argument))
        return stop(coded('unit.exponent-range'), start, { found: argument ?? '', most: 99 })
      terms.push({ ...last, exponent: last.exponent * Number(argument) })
      continue
    }
    if (argument !== undefined) return stop(dsiCoded('unit.dsi-form'), start + name.length + 1)
    if (name === 'per') {
      if (prefix !== undefined) return stop(dsiCoded('unit.dsi-prefix-alone'), prefix.at, { found: prefix.value.en })
      sign = -1
      continue
    }
    const asPrefix = prefixByName.get(name)
    if (asPrefix !== undefined) {
      if (prefix !== undefined) return stop(dsiCoded('unit.dsi-prefix-alone'), prefix.at, { found: prefix.value.en })
      prefix = { value: asPrefix, at: start }
      continue
    }
    // `\one` has no factor; it represents a count.
    if (name === 'one' && prefix === undefined) {
      terms.push({ exponent: sign })
      sign = 1
      continue
    }
    const isKilogram = name === 'kilogram'
    const atom = isKilogram ? GRAM : name === 'litre' ? LITRE : byName.get(name)
    if (atom === undefined) return stop(...nearestName(name, start))
    if (prefix !== undefined && (isKilogram || !atom.takesPrefix))
      return stop(coded('unit.prefix-not-allowed'), prefix.at, { prefix: `\\${prefix.value.en}`, atom: `\\${name}` })
    const applied = isKilogram ? KILO : prefix?.value
    terms.push({ atom, ...(applied && { prefix: applied }), exponent: sign })
    prefix = undefined
    sign = 1
  }
  if (prefix !== undefined) return stop(dsiCoded('unit.dsi-prefix-alone'), prefix.at, { found: prefix.value.en })
  if (sign === -1) return stop(coded('unit.operator-dangling'), text.length - 1)
  const kept = terms.filter(({ atom }) => atom !== undefined)
  return unitOfTerms(kept, writeUcum(kept))
}

function nearestName(name: string, at: number): [DsiCode, number, MessageParams] {
  const lower = name.toLowerCase()
  if (name !== lower && prefixByName.has(lower)) return ['unit.dsi-prefix-case', at, { found: name, near: lower }]
  if (name !== lower && (byName.has(lower) || lower === 'kilogram')) return ['unit.dsi-unit-case', at, { found: name, near: lower }]
  return ['unit.dsi-name', at, { found: name.slice(0, 40) }]
}
