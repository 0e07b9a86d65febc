/** The code of a label: the path of its dark modules. */

import { correction, generate, mode } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'
import { labelUrl } from './text.js'

/** The code of a label: modules on a side without the quiet zone, the path of the dark ones in units of a module, and its text. */
export interface LabelCode {
  readonly size: number
  readonly path: string
  readonly text: string
}

/**
 * The code of a label, of error correction M at least: the address in octets, the number in digits, which need a third of the space.
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
