/** What the rooms above take of the status and callers do not: no door of the package leads here. */
export { aStatus, someTexts } from './check-options.js'
export { checkStatus, status } from './check-status.js'
export { knownTogether } from './open-status.js'
