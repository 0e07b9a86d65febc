/** What the rooms above use of labels and callers do not; no subpath of the package exports it. */
export { lineOfLabel } from './label.js'
export { checkLabels, layOutPages, PAPER, type PlacedSticker, paperOf, titleOf } from './sheet.js'
export { claimsOf, type StickerLine } from './sticker.js'
