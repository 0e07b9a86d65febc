/**
 * Validates the arguments of a call against a table: misuse throws an error that names the member, and never results in a verdict.
 */

import { isInstant } from './date.js'
import type { TonghengError } from './error.js'
import { excerpt } from './excerpt.js'
import type { Text } from './message.js'
import { fault } from './messages.js'

/** Expected value of a member. */
export interface Expectation {
  readonly is: (value: unknown) => boolean
  readonly expected: Text
  readonly isOptional?: true
}
export type OptionTable = Readonly<Record<string, Expectation>>

/** @throws `verify.options` */
export function checkOptions(call: string, options: unknown, table: OptionTable, at = ''): void {
  checkArgument(call, at === '' ? 'options' : at, options, anObject)
  for (const name of membersOf(options as object)) if (!Object.hasOwn(table, name)) throw unknownMember(call, at, name, Object.keys(table))
  checkMembers(call, options as object, table, at)
}

/** Like `checkOptions`, but ignores members that are not in the table. @throws `verify.options` */
export function checkMembers(call: string, options: object, table: OptionTable, at = ''): void {
  for (const name in table) {
    const { is, expected, isOptional } = table[name] as Expectation
    const value = valueIn(options, name)
    if (value === undefined ? isOptional !== true : !fits(is, value)) throw wrong(call, at === '' ? name : `${at}.${name}`, value, expected)
  }
}

/** @throws `verify.options` if the value is not as expected */
export function checkArgument(call: string, name: string, value: unknown, { is, expected }: Expectation): void {
  if (!fits(is, value)) throw wrong(call, name, value, expected)
}

/** A value that cannot be read, such as a proxy whose traps throw, never matches. */
function fits(is: Expectation['is'], value: unknown): boolean {
  try {
    return is(value)
  } catch {
    return false
  }
}

function membersOf(options: object): readonly string[] {
  try {
    return Object.keys(options)
  } catch {
    return ['?']
  }
}

/** Represents a value whose getter throws: it matches nothing, and is described as unreadable. */
const UNREADABLE = Symbol('unreadable')

function valueIn(options: object, name: string): unknown {
  try {
    return (options as Record<string, unknown>)[name]
  } catch {
    return UNREADABLE
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isThenable(value)

/** A promise of any realm or library. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** True if an object has these functions: it was created by the corresponding call rather than parsed from a file. */
export const hasFunctions =
  (...names: readonly string[]) =>
  (value: unknown): boolean =>
    isObject(value) && names.every((name) => typeof value[name] === 'function')

export const isArrayOf =
  (is: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(is)

export const isString = (value: unknown): value is string => typeof value === 'string'

function wrong(call: string, member: string, value: unknown, expected: Text): TonghengError {
  const found = describe(value)
  const problem = { zh: `应为${expected.zh}，给出的是 ${found.zh}`, en: `${expected.en} is expected, not ${found.en}` }
  return fault('verify.options', { call, member, problem })
}

function unknownMember(call: string, at: string, name: string, known: readonly string[]): TonghengError {
  const member = excerpt(at === '' ? name : `${at}.${name}`, 80)
  const problem = { zh: `没有这一项；有 ${known.join('、')}`, en: `there is no such member; there are ${known.join(', ')}` }
  return fault('verify.options', { call, member, problem })
}

/** Describes a value in a few words, without quoting text, which may be anything. */
function describe(value: unknown): Text {
  try {
    return described(value)
  } catch {
    return described(UNREADABLE)
  }
}

function described(value: unknown): Text {
  if (value === UNREADABLE) return { zh: '读取时出错的值', en: 'a value that throws where it is read' }
  if (isThenable(value)) return { zh: 'Promise（缺少 await）', en: 'a Promise (await is missing)' }
  if (typeof value === 'string') return same(excerpt(JSON.stringify(value), 40))
  if (typeof value === 'number' || typeof value === 'bigint') return { zh: `数 ${value}`, en: `the number ${value}` }
  if (Array.isArray(value)) return { zh: '数组', en: 'an array' }
  if (typeof value === 'object' && value !== null) return same(excerpt(value.constructor?.name ?? 'object', 40))
  return same(String(value))
}

const same = (text: string): Text => ({ zh: text, en: text })

export const aText: Expectation = { is: isString, expected: { zh: '文本', en: 'a text' } }
export const anObject: Expectation = { is: isObject, expected: { zh: '一个对象', en: 'an object' } }
export const anArray: Expectation = { is: Array.isArray, expected: { zh: '数组', en: 'an array' } }
export const aFunction: Expectation = { is: (value) => typeof value === 'function', expected: { zh: '函数', en: 'a function' } }
export const octets: Expectation = {
  is: (value) => value instanceof Uint8Array || Object.prototype.toString.call(value) === '[object Uint8Array]',
  expected: { zh: '字节（Uint8Array）', en: 'octets (a Uint8Array)' },
}
export const textOrOctets: Expectation = {
  is: (value) => isString(value) || octets.is(value),
  expected: { zh: '文本或字节（Uint8Array）', en: 'a text or octets (a Uint8Array)' },
}
export const texts: Expectation = { is: isArrayOf(isString), expected: { zh: '文本的数组', en: 'an array of texts' } }
export const aNumber: Expectation = { is: (value) => typeof value === 'number', expected: { zh: '数', en: 'a number' } }
const isWhole = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
export const whole: Expectation = { is: isWhole, expected: { zh: '非负整数', en: 'a whole number' } }
/** The port to a key, in this process or in a device. */
export const aSigner: Expectation = {
  is: (value) => hasFunctions('sign')(value) && isString((value as { kid?: unknown }).kid) && isString((value as { alg?: unknown }).alg),
  expected: { zh: '签名端（如 createSigner 的结果）', en: 'a signer, as createSigner gives it' },
}
export const signers: Expectation = {
  is: (value) => isArrayOf(aSigner.is)(value) && (value as unknown[]).length > 0,
  expected: { zh: '签名端的数组，至少一个', en: 'an array of signers, one at least' },
}
const canHold = hasFunctions('holders')
export const aTrust: Expectation = {
  is: (value) => canHold(value) && Array.isArray((value as { lists?: unknown }).lists),
  expected: { zh: ' openTrust 的结果', en: 'what openTrust gives' },
}
export const aStore: Expectation = {
  is: /* @__PURE__ */ hasFunctions('sequence', 'getEntry', 'probe'),
  expected: { zh: '存储（如 createMemoryStore 的结果）', en: 'a store, as createMemoryStore gives it' },
}
export const aNode: Expectation = {
  is: (value) => hasFunctions('receive', 'refresh')(value) && isObject((value as { options?: unknown }).options),
  expected: { zh: ' createNode 的结果', en: 'what createNode gives' },
}
/** A name from a table of the package, and an array of such names. */
export const nameOf = (names: ReadonlyMap<string, unknown>, what: Text): Expectation => ({
  is: (value) => isString(value) && names.has(value),
  expected: { zh: `${what.zh}（${[...names.keys()].join('、')}）`, en: `${what.en} (${[...names.keys()].join(', ')})` },
})
export const namesOf = (names: ReadonlyMap<string, unknown>, what: Text): Expectation => {
  const { is, expected } = nameOf(names, what)
  return { is: isArrayOf(is), expected }
}
/** Anything that `parseInstant` accepts. */
export const aMoment: Expectation = {
  is: isInstant,
  expected: { zh: '时刻（带时区的 RFC 3339 文本、Date 或秒数）', en: 'a moment (RFC 3339 with an offset, a Date, or seconds)' },
}
export const optional = (expectation: Expectation): Expectation => ({ ...expectation, isOptional: true })

/**
 * Converts an error thrown while a value was read as data: misuse if the value is unreadable or not data, such as octets; otherwise
 * the error is our own and is returned unchanged.
 */
export function faultOfReading(call: string, value: unknown, fault: unknown): unknown {
  const isData = !ArrayBuffer.isView(value) && !fits(isThenable, value)
  if (isData && isReadable(value, new Set())) return fault
  return wrong(call, 'value', isData ? UNREADABLE : value, { zh: 'JSON 数据', en: 'JSON data' })
}

function isReadable(value: unknown, seen: Set<unknown>): boolean {
  if (typeof value === 'function' || typeof value === 'symbol') return false
  if (typeof value !== 'object' || value === null || seen.has(value)) return true
  seen.add(value)
  try {
    // Also read an absent member: a proxy may reject every read and list no member.
    Reflect.get(value, 'kind')
    return Reflect.ownKeys(value).every((name) => isReadable((value as Record<PropertyKey, unknown>)[name], seen))
  } catch {
    return false
  }
}
