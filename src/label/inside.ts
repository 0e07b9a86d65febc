/** What the rooms above take of labels and callers do not: no door of the package leads here. */
export { checkLabels, layOutPages, PAPER, type PlacedSticker, paperOf, titleOf } from './sheet.js'
export { claimsOf, type StickerLine } from './sticker.js'
