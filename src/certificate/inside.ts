/** What the rooms above use of certificates and callers do not; no subpath of the package exports it. */

export { embeddedRecord } from './pdf/embedded.js'
export { styleSource } from './style.js'
