/** `tongheng/errors`: the error class and its codes. */
export {
  type AnyTonghengError,
  type DetailTypes,
  type ErrorDetails,
  type ErrorOf,
  type FoundError,
  isTonghengError,
  TonghengError,
  type TonghengErrorOptions,
} from './base/error.js'
export type { Fault } from './base/faults.js'
export { codes } from './base/messages/codes.js'
export type { Code, CodeTexts, Message, MessageParams, ParamOf, Placeholders, RowId, Text } from './base/messages/index.js'
