/** The only error class. Misuse and broken I/O throw; a defect of a record is a result, not an exception. */
import type { Fault } from './faults.js'
import { type Code, type CodeOf, type Message, type MessageParams, messageOf, type ParamOf, type Text, type Texts } from './message.js'

/** Type of a detail by its name, in all errors. A name that is not listed here is `unknown`. */
export interface DetailTypes {
  readonly alg: string
  readonly aud: string
  readonly authority: string
  readonly body: string
  readonly call: string
  readonly caller: string
  readonly clause: string
  readonly column: number
  readonly command: string
  readonly count: number
  readonly encoding: string
  readonly index: number
  readonly iss: string
  readonly jti: string
  readonly kid: string
  readonly length: number
  readonly level: number
  readonly line: number
  readonly lines: number
  readonly maxDepth: number
  readonly maxLength: number
  readonly maxValues: number
  readonly member: string
  readonly most: number
  readonly name: string | Text
  readonly node: string
  readonly offset: number
  readonly option: string
  readonly origin: string
  readonly page: number
  readonly path: string
  readonly peer: string
  readonly plate: string
  readonly position: number
  readonly problemCode: string
  readonly region: string
  readonly regulation: string
  readonly requestId: string
  readonly row: number
  readonly seconds: number
  readonly size: number
  readonly statementId: string
  readonly status: number
  readonly sub: string
  readonly threshold: number
  readonly tries: number
  readonly typ: string
  readonly uri: string
  readonly uscc: string
  readonly witness: string
}

/**
 * Machine-readable details of an error, without secrets. Once `code` is known, an editor suggests the members that its text names.
 */
export type ErrorDetails<C extends Code = Code> = Readonly<Record<string, unknown>> & {
  readonly [Name in ParamOf<C>]?: Name extends keyof DetailTypes ? DetailTypes[Name] : unknown
} & {
  /** All faults of a value whose shape is wrong. */
  readonly faults?: readonly Fault[]
}

/** Options of an error besides its code and details. */
export interface TonghengErrorOptions {
  /** The cause of the error. */
  readonly cause?: unknown
  /** Replaces the text of the code, for a description by another system. */
  readonly text?: Message
}

/**
 * Every error that this package throws. Narrow on `code`; `text` has the same sentence in Chinese and English. `message` contains
 * both sentences and the code, so that a log line suffices.
 * @example
 * ```ts
 * import { codes, TonghengError } from 'tongheng/errors'
 *
 * const error = new TonghengError('json.duplicate-name', { name: 'outcome', line: 3, column: 7 })
 * error.text.en // => 'Duplicate member “outcome” at line 3, column 7'
 * codes['json.duplicate-name'].advice?.en // => 'Two systems would read two contents; remove one'
 * ```
 */
export class TonghengError<C extends Code = Code> extends Error {
  // Declared before `name`: the compiler distinguishes the members of a union by the first property with a literal type. With another
  // first, one narrowing of a caught error costs a caller ten seconds.
  readonly code: C
  override readonly name = 'TonghengError'
  /** What happened and, if the code has advice, what to do next. */
  readonly text: Message
  readonly details: ErrorDetails<C>

  /** @param options `text` replaces the text of the code, for a description by another system */
  constructor(
    code: C,
    details?: ErrorDetails<C>,
    { text = messageOf(code, details as MessageParams), ...options }: TonghengErrorOptions = {},
  ) {
    super(`${text.zh} | ${text.en} [${code}]`, options)
    this.code = code
    this.text = text
    this.details = (details ?? {}) as ErrorDetails<C>
  }
}

/** Union over all codes, so that `switch (error.code)` narrows. */
export type AnyTonghengError = { [C in Code]: TonghengError<C> }[Code]

/** The error of a code; for several codes, a union that narrows on `code`. */
export type ErrorOf<C extends Code> = C extends Code ? TonghengError<C> : never

/** Result of the type guard below: an unknown value narrows on `code`; a typed value keeps those errors of its type that match. */
export type FoundError<T, C extends Code> = T & (unknown extends T ? ErrorOf<C> : TonghengError<C>)

/**
 * True for an error of this package, optionally with the given code; works across two copies of the package. In a `catch`,
 * `error.code` then narrows `error.details` to the names in its text.
 * @example
 * ```ts
 * import { isTonghengError } from 'tongheng'
 * import { readRecord } from 'tongheng/records'
 *
 * try {
 *   readRecord({ kind: 'verification-record', version: 1 })
 * } catch (error) {
 *   if (!isTonghengError(error, 'record.invalid')) throw error
 *   error.details.faults?.[0]?.text.en // => 'Certificate number: “certificateNo” is missing [/certificateNo]'
 * }
 * ```
 */
export function isTonghengError<C extends Code = Code, T = unknown>(error: T, code?: C): error is FoundError<T, C> {
  return error instanceof Error && error.name === 'TonghengError' && 'code' in error && (code === undefined || error.code === code)
}

/** Creates an error with one of the codes of a table. */
export type FaultOf<T extends Texts> = <C extends CodeOf<T> & Code>(
  code: C,
  details?: ErrorDetails<C>,
  options?: TonghengErrorOptions,
) => TonghengError<C>

/** Creates errors with the codes of one folder's table only. */
export function faultOf<T extends Texts>(table: T): FaultOf<T>
// `unknown`, since the compiler would resolve the details of every code, for half a minute, to compare the two types.
export function faultOf(): unknown {
  return <C extends Code>(code: C, details: ErrorDetails<C> | undefined, options: TonghengErrorOptions | undefined) =>
    new TonghengError<C>(code, details, options)
}
