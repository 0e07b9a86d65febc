/** Units as printed on certificates: symbols (km/h, N·m, ℃, m³/h, r/min, ㎏), Chinese names (兆帕, 千米每小时), and both (元/kW·h). */

import { BLANK } from '../../base/blank.js'
import { foldWidth } from '../../base/fold.js'
import type { MessageParams } from '../../base/message.js'
import { aText, checkArgument } from '../../base/options.js'
import { coded, type UnitCode } from '../unit-messages.js'
import { type Atom, atoms, type Prefix, prefixes } from './atoms.js'
import { type ParsedUnit, parseUcum, unitOfTerms } from './legal-units.js'
import { notLegalUnits } from './not-legal.js'
import { AT_REFERENCE_CONDITIONS, NAMES, PRINTED, WORDS } from './spellings.js'
import { parseUcumTerms, type Term, type UnitFault } from './ucum.js'
import { writeUcum } from './write.js'

const MAX_LENGTH = 60
const HAN_RUN = /^[\u3400-\u4dbf\u4e00-\u9fff]+/
const NUMBER_BEFORE_UNIT = /^(\d{1,9})(?=[A-Za-z\u00b5\u03bc\u2103\u4e00-\u9fff])/
const WORD = new RegExp(`^(?:[A-Za-z]+|\\[[^[\\]{}${BLANK}]*\\])`)
const EXPONENT = /^(?:\^|\*\*)?[-−⁻]?(?:\d+|[⁰¹²³⁴-⁹]+)/
const NOTE_IN_BRACKETS = /^\(([A-Za-z0-9/.%-]+)\)/

/** A parsed print: its UCUM code, and the column in the print of each character of the code. */
export interface ReadPrint {
  readonly code: string
  readonly columns: readonly number[]
  /** A gas volume at reference conditions, which the code does not express, so the record must state them. */
  readonly atReferenceConditions: boolean
}

/** Parses a printed unit. A fault has the column in the given text, from 1. */
export function parsePrinted(text: string): ParsedUnit {
  checkArgument('parsePrinted', 'text', text, aText)
  const read = readPrint(text)
  return 'fault' in read ? read : unitOfPrint(text, read)
}

/** Converts a parsed print to a unit; a fault has its column in the print. */
export function unitOfPrint(text: string, { code, columns }: ReadPrint): ParsedUnit {
  const parsed = parseUcumTerms(code)
  const made = parsed.fault === undefined ? unitOfTerms(parsed.terms, writeUcum(parsed.terms)) : { fault: parsed.fault }
  if (made.fault !== undefined) return movedTo(columns[made.fault.column - 1] ?? [...text].length - 1, made.fault)
  // GB 3101—1993: one slash, and brackets if more than one factor follows it. W/m²·K is ambiguous.
  if (parsed.fault === undefined && parsed.product !== undefined) {
    const { slash, bracketed } = parsed.product
    return stop('unit.stroke-ambiguous', columns[slash] as number, { first: writeUcum(parsed.terms), second: bracketed })
  }
  return parseUcum(made.unit.code)
}

const stop = (code: UnitCode, at: number, params: MessageParams = {}): { readonly fault: UnitFault } =>
  movedTo(at, { code: coded(code), params })

/** A fault with its column in the print. */
const movedTo = (at: number, { code, params }: Pick<UnitFault, 'code' | 'params'>): { readonly fault: UnitFault } => ({
  fault: { code, column: at + 1, params: { ...params, column: at + 1 } },
})

/** Converts a print to a UCUM code, token by token. */
export function readPrint(print: string): ReadPrint | { readonly fault: UnitFault } {
  // Full-width letters and signs are converted one to one, so that columns are preserved.
  const text = print.replace(/[\uff01-\uff5e]/g, foldWidth)
  if (text === '') return stop('unit.empty', 0)
  if (text.length > MAX_LENGTH) return stop('unit.too-long', 0, { most: MAX_LENGTH })
  const foreign = notLegalUnits.get(text)
  if (foreign !== undefined) return stop('unit.atom-not-legal', 0, { found: text, name: foreign.name, code: foreign.legal })
  const writer = new Writer()
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at)
    const han = HAN_RUN.exec(rest)?.[0]
    if (han !== undefined) {
      const named = readNames(han)
      if ('fault' in named) return movedTo([...text.slice(0, at)].length + named.fault.column - 1, named.fault)
      writer.putFactor(writeUcum(named.terms), at)
      at += han.length
    } else at += writer.take(rest, at)
  }
  return writer.done(text)
}

/** Builds the code. After a slash, a token of several factors and a number before a unit are bracketed. */
class Writer {
  private code = ''
  private readonly columns: number[] = []
  private atReferenceConditions = false
  /** True if a bracket must be closed after the next unit. */
  private isOpen = false

  /** Reads one token at the beginning of `rest` and returns its length. */
  take(rest: string, at: number): number {
    const note = NOTE_IN_BRACKETS.exec(rest)
    const conditions = match(AT_REFERENCE_CONDITIONS, rest)
    if (conditions !== undefined) {
      this.atReferenceConditions = true
      this.putFactor(conditions.ucum, at)
      return conditions.length
    }
    // dB(A), %(V/V): a bracket after a symbol is an annotation.
    if (note !== null && /[A-Za-z%}]$/.test(this.code)) {
      this.put(`{${note[1]}}`, at)
      return note[0].length
    }
    const number = /(?:^|[/(])$/.test(this.code) ? NUMBER_BEFORE_UNIT.exec(rest)?.[1] : undefined
    if (number !== undefined) {
      this.isOpen = this.code.endsWith('/')
      this.put(`${this.isOpen ? '(' : ''}${number}.`, at)
      return number.length
    }
    const printed = match(PRINTED, rest)
    if (printed !== undefined) {
      if (/[.](?=[A-Za-z])/.test(printed.ucum)) this.putFactor(printed.ucum, at)
      else this.put(printed.ucum, at)
      return printed.length + this.close(rest.slice(printed.length), at + printed.length, !/^[a-z(./-]?$/.test(printed.ucum))
    }
    const word = WORD.exec(rest)?.[0]
    if (word !== undefined) {
      const after = rest.charAt(word.length)
      const code = WORDS.get(word) ?? word
      this.putFactor(/\d$/.test(code) && /[\d⁰¹²³⁴-⁹-]/.test(after) ? word : code, at)
      return word.length + this.close(rest.slice(word.length), at + word.length, true)
    }
    const character = String.fromCodePoint(rest.codePointAt(0) as number)
    this.put(foldWidth(character), at)
    return character.length
  }

  putFactor(ucum: string, at: number): void {
    const isProduct = /[./](?![^{]*\})/.test(ucum) && !ucum.startsWith('(')
    this.put(isProduct && /[/.]$/.test(this.code) ? `(${ucum})` : ucum, at)
    if (this.isOpen && ucum !== '' && !/^[a-z]$/.test(ucum)) this.close('', at, true)
  }

  /** Closes the bracket opened before a number, once its unit and exponent are written. */
  private close(after: string, at: number, isUnit: boolean): number {
    if (!this.isOpen || !isUnit) return 0
    const exponent = EXPONENT.exec(after)?.[0] ?? ''
    this.put(`${foldWidth(exponent.replace(/^[\^*]+/, ''))})`, at)
    this.isOpen = false
    return exponent.length
  }

  private put(written: string, column: number): void {
    for (const _ of written) this.columns.push(column)
    this.code += written
  }

  done(text: string): ReadPrint {
    const characters = (units: number): number => [...text.slice(0, units)].length
    return { code: this.code, columns: this.columns.map(characters), atReferenceConditions: this.atReferenceConditions }
  }
}

function match(table: typeof PRINTED, rest: string): { readonly ucum: string; readonly length: number } | undefined {
  for (const [printed, ucum] of table) {
    const found = printed.exec(rest)
    if (found !== null) return { ucum: ucum.replace('$1', found[1] ?? ''), length: found[0].length }
  }
  return undefined
}

/** The term of a code with one factor. */
function termOf(code: string): Term {
  const parsed = parseUcumTerms(code)
  const [term] = parsed.fault === undefined ? parsed.terms : []
  if (term === undefined) throw new RangeError(`no unit ${code}`)
  return term
}

/** The tex and the tesla are both 特; alone it is the tesla, as in GB 3102. Two more codes share a name with another. */
const NAMELESS: readonly string[] = ['l', 'tex', '[pi]', '10*', '10^', 'mmHg']
const named: readonly (readonly [name: string, term: Term])[] = [
  ...[...atoms.values()].filter(({ code }) => !NAMELESS.includes(code)).map((atom) => [atom.zh, { atom, exponent: 1 }] as const),
  ...Object.entries(NAMES).map(([name, code]) => [name, termOf(code)] as const),
].sort(([a], [b]) => b.length - a.length)
const namedPrefixes: readonly (readonly [name: string, prefix: Prefix])[] = [...prefixes.values()].map((prefix) => [prefix.zh, prefix])
const POWERS: Readonly<Record<string, number>> = { 平方: 2, 立方: 3, 二次方: 2, 三次方: 3, 四次方: 4 }

function readNames(text: string): { readonly terms: readonly Term[] } | { readonly fault: UnitFault } {
  const foreign = notLegalUnits.get(text)
  if (foreign !== undefined) return stop('unit.atom-not-legal', 0, { found: text, name: foreign.name, code: foreign.legal })
  const terms: Term[] = []
  let sign = 1
  let at = 0
  while (at < text.length) {
    const rest = text.slice(at)
    if (rest.startsWith('每')) {
      if (sign === -1) return stop('unit.operator-missing', at, { found: '每' })
      if (rest.length === 1) return stop('unit.operator-dangling', at)
      sign = -1
      at++
      continue
    }
    const [power, exponent] = Object.entries(POWERS).find(([word]) => rest.startsWith(word)) ?? ['', 1]
    const one = longest(rest.slice(power.length))
    if (one === undefined) return stop('unit.atom-unknown', at + power.length, { found: rest.slice(power.length, power.length + 8) })
    if (one.prefix !== undefined && !one.term.atom?.takesPrefix)
      return stop('unit.prefix-not-allowed', at + power.length, { prefix: one.prefix.zh, atom: (one.term.atom as Atom).zh })
    terms.push({ ...one.term, ...(one.prefix && { prefix: one.prefix }), exponent: one.term.exponent * exponent * sign })
    at += power.length + one.length
  }
  return { terms }
}

/** The longest name at the beginning, with or without a prefix: 分米 is a decimetre, 分 a minute. */
function longest(rest: string): { readonly term: Term; readonly prefix?: Prefix; readonly length: number } | undefined {
  const bare = named.find(([name]) => rest.startsWith(name))
  const prefix = namedPrefixes.find(([name]) => rest.startsWith(name))
  const after =
    prefix &&
    named.find(([name, { atom, prefix: own }]) => atom !== undefined && own === undefined && rest.slice(prefix[0].length).startsWith(name))
  if (prefix !== undefined && after !== undefined && prefix[0].length + after[0].length > (bare?.[0].length ?? 0))
    return { term: after[1], prefix: prefix[1], length: prefix[0].length + after[0].length }
  return bare && { term: bare[1], length: bare[0].length }
}
