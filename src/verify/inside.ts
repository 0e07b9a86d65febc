/** Internal exports of this folder for the folders above; no package subpath exports them. */
export { type Offered, refusedIn, type Taken, takeDocuments } from './evidence/take-documents.js'
export { MAX_TRUST_FILE, type Remembered, signedLists, TrustFile, TrustState, trustStateOf } from './evidence/trust-file.js'
export { joinStandings, standingsOfPage } from './standing/join-standings.js'
export { type Authenticated, key, lexing, refused, unknownKey } from './verdict/authenticate.js'
export { checkStatement, checkStatements, checkThreadOptions, checkVerifyOptions } from './verdict/check-options.js'
export { flawOf } from './verdict/flaw.js'
export { aRecord, judge, type Subject } from './verdict/judge.js'
export { checkSignatures, inBatches } from './verdict/verify.js'
