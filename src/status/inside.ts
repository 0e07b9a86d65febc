/** Internal exports of this folder for the folders above; no package subpath exports them. */
export { aStatus, someTexts } from './check-options.js'
export { checkStatus, checkStatusOfOther, status } from './check-status.js'
export { openHeld } from './open-signed.js'
export { knownTogether } from './open-status.js'
