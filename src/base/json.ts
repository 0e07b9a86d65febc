/**
 * Strict JSON (RFC 8259) within I-JSON (RFC 7493), because two parsers must not read different contents from one signed text:
 * duplicate names, lone surrogates, non-characters, `__proto__`, deep nesting and oversized input are rejected, and a number must
 * be a safe integer. Measured values are decimal strings; other readers would drop the zero of the JSON number `1.20`, so it is
 * rejected with its position instead of being rounded silently.
 *
 * The parser reads bytes, not characters: most of a record is ASCII, and a byte array is several times faster to scan.
 */

import { encodeUtf8, isUtf8, latin1 } from '#native'
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  ESCAPES,
  KINDS,
  NINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  STOPS,
  WIDE,
  ZERO,
} from './json-bytes.js'
import { cachedName, cacheName, FEW, isRepeated } from './json-names.js'
import { jsonPointer } from './json-pointer.js'
import { characterAt, errorPosition, hasNoncharacter, hex, NONCHARACTER, shownCharacter, sliceUtf8 } from './json-text.js'
import { type BaseCode, fault } from './messages.js'

export type Json = null | boolean | number | string | Json[] | JsonObject
export type JsonObject = { [name: string]: Json }

export interface JsonLimits {
  /** Maximum length of the input in bytes. @default 262144 */
  readonly maxLength?: number
  /** Maximum nesting depth of arrays and objects. @default 32 */
  readonly maxDepth?: number
  /** Maximum number of values. @default 50000 */
  readonly maxValues?: number
}

const DEFAULTS = { maxLength: 262_144, maxDepth: 32, maxValues: 50_000 }

/**
 * Parses JSON in UTF-8.
 * @throws a `json.*` code with `line`, `column` (from 1, in UTF-16 units), `offset` (in bytes) and `pointer` (RFC 6901)
 */
export function parseJson(bytes: Uint8Array, limits: JsonLimits = {}): Json {
  const maxLength = limits.maxLength ?? DEFAULTS.maxLength
  if (bytes.length > maxLength) throw fault('json.too-large', { length: bytes.length, maxLength })
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    throw fault('json.byte-order-mark', { line: 1, column: 1, offset: 0, pointer: '' })
  if (!isUtf8(bytes)) throw fault('json.utf8')
  return new Reader(bytes, limits.maxDepth ?? DEFAULTS.maxDepth, limits.maxValues ?? DEFAULTS.maxValues).document()
}

const END_OF_TEXT = { zh: '文本结尾', en: 'end of text' }

class Reader {
  private at = 0
  private depth = 0
  private values = 0
  private readonly bytes: Uint8Array
  /** The bytes as one-byte characters; ASCII substrings are sliced from it. */
  private readonly ascii: string
  private readonly maxDepth: number
  private readonly maxValues: number
  /** Stack of the member names of all open objects; small objects are searched here for duplicates. */
  private readonly names: string[] = []
  private namesUsed = 0
  /** Path of the current value; recorded only in a second pass, to locate the error of the first. */
  private readonly path: (string | number)[] | undefined

  constructor(bytes: Uint8Array, maxDepth: number, maxValues: number, path?: (string | number)[]) {
    this.bytes = bytes
    this.ascii = latin1(bytes)
    this.maxDepth = maxDepth
    this.maxValues = maxValues
    this.path = path
  }

  document(): Json {
    const value = this.value(this.skip())
    this.skip()
    if (this.at < this.bytes.length) this.syntax()
    return value
  }

  /** Skips white space and returns the next byte, or -1 at the end. */
  private skip(): number {
    const byte = this.at < this.bytes.length ? (this.bytes[this.at] as number) : -1
    return byte > 0x20 ? byte : this.skipSpace(byte)
  }

  private skipSpace(first: number): number {
    let byte = first
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      this.at++
      byte = this.at < this.bytes.length ? (this.bytes[this.at] as number) : -1
    }
    return byte
  }

  private value(byte: number): Json {
    if (++this.values > this.maxValues) this.fail('json.too-many-values', { maxValues: this.maxValues })
    switch (byte) {
      case QUOTE:
        return this.string()
      case OPEN_BRACE:
        return this.object()
      case OPEN_BRACKET:
        return this.array()
      case 0x74:
        return this.word('true', true)
      case 0x66:
        return this.word('false', false)
      case 0x6e:
        return this.word('null', null)
      default:
        return this.number(byte)
    }
  }

  private word<T extends Json>(word: string, value: T): T {
    if (!this.ascii.startsWith(word, this.at)) this.syntax()
    this.at += word.length
    return value
  }

  private number(first: number): number {
    const { bytes } = this
    const start = this.at
    let at = first === 0x2d ? start + 1 : start
    const digits = at
    while (at < bytes.length && (bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at++
    if (at === digits) this.syntax()
    if (bytes[digits] === ZERO && at - digits > 1) this.fail('json.syntax', { found: this.ascii.slice(start, Math.min(at, start + 40)) })
    // Fraction or exponent: valid JSON, but not in our profile.
    const next = bytes[at]
    if (next === 0x2e || next === 0x65 || next === 0x45) {
      this.fail('json.number', { found: /^[-+0-9.eE]*/.exec(this.ascii.slice(start, start + 40))?.[0] ?? '' })
    }
    let size = 0
    for (let i = digits; i < at && size <= Number.MAX_SAFE_INTEGER; i++) size = size * 10 + ((bytes[i] as number) - ZERO)
    if (size > Number.MAX_SAFE_INTEGER) this.fail('json.number', { found: this.ascii.slice(start, Math.min(at, start + 40)) })
    this.at = at
    return first === 0x2d ? -size : size
  }

  private array(): Json[] {
    this.enter()
    let byte = this.skip()
    if (byte === CLOSE_BRACKET) {
      this.leave()
      return []
    }
    let items: Json[] | undefined
    for (;;) {
      this.path?.push(items?.length ?? 0)
      const item = this.value(byte)
      this.path?.pop()
      // Allocate for one item, because most lists have only one.
      if (items === undefined) items = [item]
      else items.push(item)
      byte = this.skip()
      if (byte === COMMA) {
        this.at++
        byte = this.skip()
      } else if (byte === CLOSE_BRACKET) {
        this.leave()
        return items
      } else this.syntax()
    }
  }

  private object(): JsonObject {
    const members: JsonObject = {}
    const { names } = this
    const from = this.namesUsed
    let count = 0
    this.enter()
    let byte = this.skip()
    if (byte === CLOSE_BRACE) {
      this.leave()
      return members
    }
    for (;;) {
      if (byte !== QUOTE) this.syntax()
      const nameAt = this.at
      const name = this.name()
      // Assigning `__proto__` would set the prototype in careless readers, so it is rejected.
      if (name === '__proto__') this.failAt(nameAt, 'json.forbidden-name', { name })
      if (count < FEW ? isRepeated(names, from, from + count, name) : Object.hasOwn(members, name))
        this.failAt(nameAt, 'json.duplicate-name', { name })
      names[from + count++] = name
      if (this.skip() !== COLON) this.syntax()
      this.at++
      this.path?.push(name)
      this.namesUsed = from + count
      members[name] = this.value(this.skip())
      this.path?.pop()
      byte = this.skip()
      if (byte === COMMA) {
        this.at++
        byte = this.skip()
      } else if (byte === CLOSE_BRACE) {
        this.namesUsed = from
        this.leave()
        return members
      } else this.syntax()
    }
  }

  private enter(): void {
    if (++this.depth > this.maxDepth) this.fail('json.too-deep', { maxDepth: this.maxDepth })
    this.at++
  }

  private leave(): void {
    this.depth--
    this.at++
  }

  /** Reads a member name. Records repeat a few dozen names, so known ones come from the cache. */
  private name(): string {
    const { bytes } = this
    const start = this.at + 1
    let at = start
    let hash = 0
    for (; at < bytes.length; at++) {
      const byte = bytes[at] as number
      if (byte === QUOTE) break
      if (byte === BACKSLASH || byte >= 0x80 || byte < 0x20) return this.string()
      hash = (hash * 31 + byte) | 0
    }
    const known = at < bytes.length ? cachedName(bytes, start, at, hash) : undefined
    if (known !== undefined) {
      this.at = at + 1
      return known
    }
    const name = this.string()
    cacheName(name, hash)
    return name
  }

  private string(): string {
    const { bytes } = this
    const start = this.at + 1
    let at = start
    let kinds = 0
    while (at < bytes.length) {
      const kind = KINDS[bytes[at] as number] as number
      if (kind === STOPS) break
      kinds |= kind
      at++
    }
    const byte = bytes[at]
    if (byte === BACKSLASH) return this.escaped(start)
    if (byte !== QUOTE) {
      this.at = at
      this.syntax()
    }
    this.at = at + 1
    return kinds < WIDE ? this.ascii.slice(start, at) : this.wide(start, at)
  }

  /** Decodes a substring that contains more than ASCII. */
  private wide(start: number, end: number): string {
    const text = sliceUtf8(this.bytes, start, end)
    if (hasNoncharacter(text)) {
      const before = encodeUtf8(text.slice(0, NONCHARACTER.exec(text)?.index)).length
      this.failAt(start + before, 'json.character', { character: shownCharacter(text) })
    }
    return text
  }

  /** Decodes a string with escapes, piece by piece. */
  private escaped(start: number): string {
    const { bytes } = this
    let text = ''
    let piece = start
    let at = start
    while (at < bytes.length) {
      const byte = bytes[at] as number
      if (byte === QUOTE || byte === BACKSLASH) {
        if (at > piece) text += this.wide(piece, at)
        this.at = at
        if (byte === QUOTE) {
          this.at = at + 1
          return text
        }
        text += this.escape()
        at = this.at
        piece = at
      } else if (byte < 0x20) break
      else at++
    }
    this.at = at
    this.syntax()
  }

  private escape(): string {
    const letter = this.ascii[this.at + 1] ?? ''
    if (letter !== 'u') {
      const simple = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined
      if (simple === undefined) this.fail('json.syntax', { found: `\\${characterAt(this.bytes, this.at + 1)}` })
      this.at += 2
      return simple as string
    }
    const high = this.hex4(this.at + 2)
    if (high < 0xd800 || high > 0xdfff) {
      const character = String.fromCharCode(high)
      if (NONCHARACTER.test(character)) this.fail('json.character', { character: hex(high) })
      this.at += 6
      return character
    }
    const paired = high <= 0xdbff && this.ascii.startsWith('\\u', this.at + 6)
    const low = paired ? this.hex4(this.at + 8) : 0
    const character = String.fromCharCode(high, low)
    if (!(low >= 0xdc00 && low <= 0xdfff)) this.fail('json.character', { character: hex(high) })
    if (NONCHARACTER.test(character)) this.fail('json.character', { character: shownCharacter(character) })
    this.at += 12
    return character
  }

  private hex4(at: number): number {
    const digits = this.ascii.slice(at, at + 4)
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail('json.syntax', { found: `\\u${digits.replace(/[^!-~]/g, '?')}` })
    return Number.parseInt(digits, 16)
  }

  private syntax(): never {
    const { at, bytes } = this
    this.fail('json.syntax', { found: at >= bytes.length ? END_OF_TEXT : characterAt(bytes, at) })
  }

  private failAt(at: number, code: BaseCode, details: Record<string, unknown>): never {
    this.at = at
    this.fail(code, details)
  }

  private fail(code: BaseCode, details: Record<string, unknown>): never {
    if (this.path === undefined) new Reader(this.bytes, this.maxDepth, this.maxValues, []).document()
    throw fault(code, { ...details, ...errorPosition(this.bytes, this.at), pointer: jsonPointer(this.path ?? []) })
  }
}
