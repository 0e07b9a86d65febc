/** The code of a label: the path of its dark modules. */

import { correction, generate, mode } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'
import { labelUrl } from './text.js'

/** The QR code of a label: `size` in modules without the quiet zone, SVG path of the dark modules in units of a module, and encoded text. */
export interface LabelCode {
  readonly size: number
  readonly path: string
  readonly text: string
}

/**
 * Creates the code of a label, with error correction M or better: the address in byte mode, the number in numeric mode, which saves space.
 * @throws `label.node-address`
 */
export function labelCode(octets: Uint8Array, node: string): LabelCode {
  const text = labelUrl(octets, node)
  const digits = text.indexOf('#') + 1
  const code = generate(mode.multi(mode.ascii(text.slice(0, digits)), mode.numeric(text.slice(digits))), {
    minCorrectionLevel: correction.M,
  })
  return { size: code.size, path: toSvgPath(code), text }
}
