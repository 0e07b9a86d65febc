/** Checks the arguments of calls: misuse throws before anything is sent or stored. */
import {
  aFunction,
  anObject,
  aSigner,
  aText,
  aTrust,
  checkArgument,
  checkOptions,
  type Expectation,
  hasFunctions,
  type OptionTable,
  optional,
  whole,
} from '../base/options.js'
import { checkStatements } from '../verify/inside.js'

const NODE: OptionTable = { url: aText, id: optional(aText) }
const CALLER: OptionTable = { iss: aText, signer: aSigner }
const CLIENT: OptionTable = {
  node: anObject,
  caller: optional(anObject),
  trust: optional(aTrust),
  fetch: optional(aFunction),
  now: optional(aFunction),
  retries: optional(whole),
  timeout: optional({
    is: (value) => typeof value === 'number' && value > 0 && value <= 2_147_483_647,
    expected: { zh: '毫秒数', en: 'a number of milliseconds' },
  }),
}

type Parts = { readonly node: unknown; readonly caller?: unknown }

/** @throws `verify.options` */
export function checkClientOptions(options: unknown): void {
  checkOptions('createClient', options, CLIENT)
  checkOptions('createClient', (options as Parts).node, NODE, 'node')
  const { caller } = options as Parts
  if (caller !== undefined) checkOptions('createClient', caller, CALLER, 'caller')
}

export const aSignal: Expectation = {
  is: /* @__PURE__ */ hasFunctions('throwIfAborted', 'addEventListener', 'removeEventListener'),
  expected: { zh: ' AbortSignal', en: 'an AbortSignal' },
}
const SUBMITTING: OptionTable = {
  batchSize: optional(whole),
  signal: optional(aSignal),
  unread: optional({ is: (value) => typeof value === 'boolean', expected: { zh: ' true 或 false', en: 'true or false' } }),
}
const DRAINING: OptionTable = {
  signal: optional(aSignal),
  retrySeconds: optional({
    is: (value) => typeof value === 'number' && value >= 0,
    expected: { zh: '不小于零的秒数', en: 'a number of seconds, not below zero' },
  }),
}

/** @throws `verify.options` */
export function checkSubmission(statements: unknown, options: unknown): void {
  checkStatements('submitMany', statements)
  checkOptions('submitMany', options, SUBMITTING)
}

/** @throws `verify.options` */
export const checkDraining = (options: unknown): void => checkOptions('drain', options, DRAINING)

/**
 * The items of a sequence of statements, each of which is a text.
 * @throws `verify.options`
 */
export async function* eachText(
  call: string,
  statements: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
  checkStatements(call, statements)
  for await (const statement of statements) {
    checkArgument(call, 'statements', statement, aText)
    yield statement
  }
}
