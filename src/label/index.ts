/** `tongheng/label`: signs the label of a verification record, packs it into a code, prints it, and judges it offline. */
export { type LabelAnswer, labelAnswer } from './answer.js'
export { type LabelCode, labelCode } from './code.js'
export { labelDifferences } from './compare.js'
export { LabelClaims, type LabelFacts, labelOf } from './label.js'
export { LABEL_VERSION, MAX_LABEL_OCTETS, packLabel, unpackLabel } from './pack.js'
export { type LabelPaperOptions, type LabelSheetOptions, writeLabelSheet } from './sheet.js'
export {
  assertLabelable,
  type SignedLabel,
  type SignedWithLabel,
  type SignLabelOptions,
  type SignWithLabelOptions,
  signLabel,
  signWithLabel,
} from './sign-label.js'
export { type LineLabel, type SignedWithLabels, type SignLabelsOptions, signLabels, signWithLabels } from './sign-labels.js'
export type { LabelPictureOptions } from './sticker.js'
export { writeLabelSvg } from './svg.js'
export { type LabelText, labelUrl, readLabelText } from './text.js'
export { type LabelVerdict, verifyLabel } from './verify-label.js'
