/** Internal exports about key validity for the folders above; no package subpath exports them. */
export { checkKeyTime, firstSeen, type KeyQuestion, type LogEvidence, revocationOf, type Seen } from './key-time.js'
export { signaturesBy } from './walk.js'
