/**
 * Internal exports for folders above that verify another form of statement with the same steps; no package subpath exports them.
 */
export { type Authenticated, key, lexing, refused, unknownKey } from './verdict/authenticate.js'
export { checkStatement, checkVerifyOptions } from './verdict/check-options.js'
export { judge, type Subject } from './verdict/judge.js'
export { checkSignatures } from './verdict/verify.js'
