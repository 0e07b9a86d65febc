/** UCUM codes (case-sensitive, UCUM 2.2 §1–§12) of legal units: terms, or the fault with its column. */

import { BLANK } from '../../base/blank.js'
import type { Code, MessageParams } from '../../base/message.js'
import { coded, type UnitCode } from '../unit-messages.js'
import { type Atom, atoms, type Prefix, prefixes } from './atoms.js'
import { nearestCode, notLegalAtom, notLegalUnits } from './not-legal.js'

/** One factor of a unit. A whole number is a factor too; an annotation describes the counted item and has no effect. */
export interface Term {
  readonly atom?: Atom
  readonly prefix?: Prefix
  readonly number?: bigint
  readonly annotation?: string
  readonly exponent: number
}

export interface UnitFault {
  readonly code: Code
  /** Column of the fault, from 1, in characters. */
  readonly column: number
  readonly params: MessageParams
}

export interface ProductAfterSlash {
  /** Index of the slash in the code. */
  readonly slash: number
  /** The code with brackets around the product, `mg/(100.mL)`: the probable meaning. */
  readonly bracketed: string
}

export type ParsedTerms =
  | {
      readonly terms: readonly Term[]
      /** A product after a slash without brackets: `mg/100.mL` means (mg/100)·mL. */
      readonly product: ProductAfterSlash | undefined
      readonly fault?: undefined
    }
  | { readonly fault: UnitFault }

const MAX_LENGTH = 100
const MAX_DEPTH = 8
const MAX_EXPONENT = 99
const A_BLANK = new RegExp(`[${BLANK}]`)
/** Characters of an atom: brackets contain anything but blanks, braces and brackets. */
const SYMBOL = new RegExp(`(?:10[*^])|(?:\\[[^[\\]{}${BLANK}]*\\]|[a-zA-Z%'"_°])+`, 'y')
const EXPONENT = /[+-]?\d+/y
const NUMBER = /\d+/y
const ANNOTATION = /\{([\x21-\x7a|~]*)\}/y

class Stop extends Error {
  readonly fault: UnitFault
  constructor(fault: UnitFault) {
    super(fault.code)
    this.fault = fault
  }
}

/** Parses a code. Never throws: a fault is a result. */
export function parseUcumTerms(text: string): ParsedTerms {
  try {
    const reader = new Reader(text)
    return { terms: reader.read(), product: reader.product }
  } catch (error) {
    if (error instanceof Stop) return { fault: error.fault }
    throw error
  }
}

class Reader {
  product: ProductAfterSlash | undefined
  private at = 0
  private depth = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  read(): readonly Term[] {
    const { text } = this
    if (text === '') this.stop('unit.empty')
    if (text.length > MAX_LENGTH) this.stop('unit.too-long', { most: MAX_LENGTH })
    const blank = text.search(A_BLANK)
    if (blank !== -1) this.stop('unit.blank', {}, blank)
    const terms = this.terms()
    if (this.at < text.length) {
      if (text[this.at] === ')') this.stop('unit.bracket-unopened')
      this.stop('unit.operator-missing', { found: this.found() })
    }
    return terms
  }

  /** Left to right: a/b.c is (a/b)·c. */
  private terms(): Term[] {
    const { text } = this
    const all: Term[] = []
    let sign = 1
    /** Where the factors after the last slash begin, and whether there are several. */
    let start = 0
    let isProduct = false
    if (text[this.at] === '/') {
      sign = -1
      start = ++this.at
    }
    for (;;) {
      for (const term of this.component()) all.push(sign === 1 ? term : { ...term, exponent: -term.exponent })
      const operator = text[this.at]
      if (operator === '.') isProduct = start > 0
      else {
        if (isProduct)
          this.product ??= { slash: start - 1, bracketed: `${text.slice(0, start)}(${text.slice(start, this.at)})${text.slice(this.at)}` }
        if (operator !== '/') return all
        isProduct = false
        start = this.at + 1
      }
      sign = operator === '/' ? -1 : 1
      this.at++
    }
  }

  private component(): readonly Term[] {
    const character = this.text[this.at]
    if (character === undefined) this.stop('unit.operator-dangling', {}, this.at - 1)
    if (character === '(') return this.group()
    if (character === '{') return [{ annotation: this.annotation() ?? '', exponent: 1 }]
    const symbol = this.match(SYMBOL)
    if (symbol !== undefined) return [this.unit(symbol)]
    const digits = this.match(NUMBER)
    if (digits !== undefined) return [this.whole(digits)]
    return this.stop(character === '.' || character === '/' ? 'unit.operator-dangling' : 'unit.character', {
      found: this.found(),
    })
  }

  private group(): readonly Term[] {
    const opened = this.at
    if (++this.depth > MAX_DEPTH) this.stop('unit.nesting', { most: MAX_DEPTH })
    this.at++
    const inner = this.terms()
    if (this.text[this.at] !== ')') this.stop('unit.bracket-open', {}, opened)
    this.at++
    this.depth--
    if (/[\d+-]/.test(this.text[this.at] ?? '')) this.stop('unit.exponent-on-group')
    return inner
  }

  private whole(digits: string): Term {
    if (digits.startsWith('0') || digits.length > 20) this.stop('unit.number', { found: digits.slice(0, 30) }, this.at - digits.length)
    // 10+3 is not a power of ten: that is 10*3.
    if (/[+-]/.test(this.text[this.at] ?? '')) this.stop('unit.exponent-on-number', { found: digits })
    const annotation = this.annotation()
    return { number: BigInt(digits), exponent: 1, ...(annotation !== undefined && { annotation }) }
  }

  private unit(symbol: string): Term {
    const start = this.at - symbol.length
    const named = this.named(symbol, start)
    const digits = this.match(EXPONENT)
    if (digits === undefined && /[+-]/.test(this.text[this.at] ?? '')) this.stop('unit.exponent-missing')
    const exponent = digits === undefined ? 1 : Number(digits)
    if (Math.abs(exponent) > MAX_EXPONENT || exponent === 0)
      this.stop('unit.exponent-range', { found: digits ?? '', most: MAX_EXPONENT }, this.at - 1)
    const annotation = this.annotation()
    return { ...named, exponent, ...(annotation !== undefined && { annotation }) }
  }

  private named(symbol: string, start: number): Pick<Term, 'atom' | 'prefix'> {
    const whole = atoms.get(symbol)
    if (whole !== undefined) return { atom: whole }
    // Before prefixes are split off: ft means a foot, not a femtotonne.
    const foreign = notLegalUnits.get(symbol)
    if (foreign !== undefined) this.stop('unit.atom-not-legal', { found: symbol, name: foreign.name, code: foreign.legal }, start)
    // At most two characters: da is the only prefix with two.
    for (const length of [1, 2]) {
      const prefix = prefixes.get(symbol.slice(0, length))
      const atom = atoms.get(symbol.slice(length))
      if (prefix === undefined || atom === undefined) continue
      if (atom.takesPrefix) return { prefix, atom }
      this.stop('unit.prefix-not-allowed', { prefix: prefix.code, atom: atom.code }, start)
    }
    const prefixed = notLegalAtom(symbol)
    if (prefixed !== undefined) this.stop('unit.atom-not-legal', { found: symbol, name: prefixed.name, code: prefixed.legal }, start)
    const near = nearestCode(symbol)
    return this.stop(
      near === undefined ? 'unit.atom-unknown' : 'unit.atom-misspelt',
      { found: symbol.slice(0, 40), near: near ?? '' },
      start,
    )
  }

  private annotation(): string | undefined {
    if (this.text[this.at] !== '{') return undefined
    const opened = this.at
    ANNOTATION.lastIndex = this.at
    const match = ANNOTATION.exec(this.text)
    if (match === null) this.stop('unit.annotation', {}, opened)
    this.at += (match as RegExpExecArray)[0].length
    // After an annotation only an operator may follow.
    if (/[a-zA-Z0-9[%({]/.test(this.text[this.at] ?? '')) this.stop('unit.operator-missing', { found: this.found() })
    return (match as RegExpExecArray)[1]
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    if (found !== undefined) this.at += found.length
    return found
  }

  private found(): string {
    return String.fromCodePoint(this.text.codePointAt(this.at) ?? 0x20)
  }

  private stop(code: UnitCode, params: MessageParams = {}, at = this.at): never {
    const column = [...this.text.slice(0, Math.min(Math.max(at, 0), MAX_LENGTH))].length + 1
    throw new Stop({ code: coded(code), column, params: { ...params, column } })
  }
}
