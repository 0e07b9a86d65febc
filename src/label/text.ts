/** The text in the code of a label: the URL of a page of a node, then `#` and the octets as one decimal number. The fragment is never sent to a server. */

import { isTonghengError } from '../base/error.js'
import { aText, checkArgument, octets as someOctets } from '../base/options.js'
import { fault, say } from './messages.js'
import { MAX_LABEL_OCTETS, numberOf, octetsOf, type PackedLabel, readPacked } from './pack.js'

const NODE = /^https?:\/\/[!-"$-.0->@-~]+(?:\/[!-"$->@-~]*)?$/
/** The host is irrelevant: only a signature identifies the issuer of a label. */
const LABEL_TEXT = /^https?:\/\/[!-"$-~]+\/l(?:#|$)(.*)$/s
/** Maximum number of decimal digits of a packed label. */
const MAX_DIGITS = Math.ceil(MAX_LABEL_OCTETS * 8 * Math.log10(2))
const MAX_NODE = 200

/**
 * Returns the text of the code of a label.
 * @param node URL of the node whose page any camera opens, such as `https://jl.example.cn`
 * @throws `label.node-address`
 */
export function labelUrl(octets: Uint8Array, node: string): string {
  checkArgument('labelUrl', 'octets', octets, someOctets)
  checkArgument('labelUrl', 'node', node, aText)
  if (node.length > MAX_NODE || !NODE.test(node)) throw fault('label.node-address', { url: node.slice(0, 80) })
  return `${node.replace(/\/+$/, '')}/l#${numberOf(octets)}`
}

/**
 * The class of a scanned text. `not-ours`: not the code of a label. `damaged`: an incomplete or spoilt label. `newer`: a label of a version
 * that this software does not know. `label`: has the form of a label; `verifyLabel` decides whether it is genuine.
 */
export type LabelText =
  | { readonly is: 'label'; readonly octets: Uint8Array }
  | { readonly is: 'not-ours' }
  | { readonly is: 'damaged'; readonly reason: { readonly zh: string; readonly en: string } }
  | { readonly is: 'newer'; readonly version: number }

/** Classifies a scanned text. Never throws, whatever the text. */
export function readLabelText(text: string): LabelText {
  checkArgument('readLabelText', 'text', text, aText)
  try {
    const { octets } = readScanned(text)
    return { is: 'label', octets }
  } catch (error) {
    if (isTonghengError(error, 'label.not-ours')) return { is: 'not-ours' }
    if (isTonghengError(error, 'label.damaged')) return { is: 'damaged', reason: error.details.reason as { zh: string; en: string } }
    if (isTonghengError(error, 'label.version')) return { is: 'newer', version: Number(error.details.version) }
    throw error
  }
}

/** Octets and fields of a scanned text. @throws `label.not-ours`, `label.damaged`, `label.version` */
export function readScanned(scanned: string): { readonly octets: Uint8Array; readonly packed: PackedLabel } {
  const text = scanned.length > MAX_DIGITS + 2 * MAX_NODE ? scanned.slice(0, MAX_DIGITS + 2 * MAX_NODE) : scanned.trim()
  const [, digits] = LABEL_TEXT.exec(text) ?? []
  // `/l#about` belongs to another page: the fragment of a label, even cut short, begins with a digit or is empty.
  if (digits === undefined || /^[^0-9]/.test(digits)) throw fault('label.not-ours')
  if (digits.length > MAX_DIGITS) throw fault('label.damaged', { reason: say('label.reason-length', { most: MAX_LABEL_OCTETS }) })
  if (!/^[1-9][0-9]*$/.test(digits)) throw fault('label.damaged', { reason: say('label.reason-digits') })
  const octets = octetsOf(BigInt(digits))
  return { octets, packed: readPacked(octets) }
}
