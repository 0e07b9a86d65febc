/** Arguments of a call, checked by a table: what the caller got wrong is a thrown error that names the member, never a verdict. */
import { TonghengError } from './error.js'
import { excerpt } from './excerpt.js'
import type { Text } from './messages/index.js'

/** What a member must be. */
export interface Expectation {
  readonly is: (value: unknown) => boolean
  readonly expected: Text
  readonly isOptional?: true
}
export type OptionTable = Readonly<Record<string, Expectation>>

/** @throws `verify.options` */
export function checkOptions(call: string, options: unknown, table: OptionTable, at = ''): void {
  if (!isObject(options)) throw wrong(call, at === '' ? 'options' : at, options, { zh: '一个对象', en: 'an object' })
  for (const name of Object.keys(options)) if (!Object.hasOwn(table, name)) throw unknownMember(call, at, name, Object.keys(table))
  checkMembers(call, options, table, at)
}

/** The same, where members that this call does not use may be there. @throws `verify.options` */
export function checkMembers(call: string, options: object, table: OptionTable, at = ''): void {
  for (const name in table) {
    const { is, expected, isOptional } = table[name] as Expectation
    const value = (options as Record<string, unknown>)[name]
    if (value === undefined ? isOptional !== true : !is(value)) throw wrong(call, at === '' ? name : `${at}.${name}`, value, expected)
  }
}

/** @throws `verify.options` for a value that is not what was expected */
export function checkArgument(call: string, name: string, value: unknown, { is, expected }: Expectation): void {
  if (!is(value)) throw wrong(call, name, value, expected)
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isThenable(value)

/** A promise of any realm or library. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** Whether an object has these functions: it came from the call that makes it, and not out of a file. */
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
  return new TonghengError('verify.options', { call, member, problem })
}

function unknownMember(call: string, at: string, name: string, known: readonly string[]): TonghengError {
  const member = excerpt(at === '' ? name : `${at}.${name}`, 80)
  const problem = { zh: `没有这一项；有 ${known.join('、')}`, en: `there is no such member; there are ${known.join(', ')}` }
  return new TonghengError('verify.options', { call, member, problem })
}

/** What was given, in a few words; of text only that it is text, since it may be anything. */
function describe(value: unknown): Text {
  if (isThenable(value)) return { zh: 'Promise（缺少 await）', en: 'a Promise (await is missing)' }
  if (typeof value === 'string') return same(excerpt(JSON.stringify(value), 40))
  if (typeof value === 'number' || typeof value === 'bigint') return { zh: `数 ${value}`, en: `the number ${value}` }
  if (Array.isArray(value)) return { zh: '数组', en: 'an array' }
  if (typeof value === 'object' && value !== null) return same(excerpt(value.constructor?.name ?? 'object', 40))
  return same(String(value))
}

const same = (text: string): Text => ({ zh: text, en: text })
