/** `tongheng/errors`: the error class and its codes. */
export { type AnyTonghengError, type ErrorDetails, isTonghengError, TonghengError } from './base/error.js'
export { type Code, codes, type Text } from './base/messages/index.js'
