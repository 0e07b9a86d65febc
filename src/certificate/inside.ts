/** Exports for the rooms above only; no subpath of the package exports them. */

export { embeddedRecord } from './pdf/embedded.js'
export { styleSource } from './style.js'
