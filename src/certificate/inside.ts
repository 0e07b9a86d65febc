/** What the rooms above take of certificates and callers do not: no door of the package leads here. */
export { styleSource } from './style.js'
