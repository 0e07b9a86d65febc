/** `tongheng/errors`: the error class and its codes. */
export { type AnyTonghengError, type ErrorDetails, type ErrorOf, isTonghengError, TonghengError } from './base/error.js'
export type { Fault } from './base/faults.js'
export { codes } from './base/messages/codes.js'
export type { Code, Message, MessageParams, ParamOf, RowId, Text } from './base/messages/index.js'
