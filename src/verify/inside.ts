/** What a room above takes that judges another form of statement by the same steps, and callers do not: no door of the package leads here. */
export { type Authenticated, key, lexing, refused, unknownKey } from './verdict/authenticate.js'
export { checkStatement, checkVerifyOptions } from './verdict/check-options.js'
export { judge, type Subject } from './verdict/judge.js'
export { checkSignatures } from './verdict/verify.js'
