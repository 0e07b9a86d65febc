/** Exports for the rooms above only; no subpath of the package exports them. */
export { lineOfLabel } from './label.js'
export { checkLabels, layOutPages, PAPER, type PlacedSticker, paperOf, titleOf } from './sheet.js'
export { claimsOf, type StickerLine } from './sticker.js'
