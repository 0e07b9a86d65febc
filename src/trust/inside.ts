/** What the rooms above take of the time of a key and callers do not: no door of the package leads here. */
export { checkKeyTime, firstSeen, type KeyQuestion, type LogEvidence, revocationOf, type Seen } from './key-time.js'
