/** Internal exports of this folder for the folders above it; no package subpath exports them. */
export { checkOf } from './finding.js'
