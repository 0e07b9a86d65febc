/** Converts DER signatures, which most signing devices return, to the form of JOSE. */

import { DER } from '@noble/curves/abstract/der.js'
import { fault } from './signing-messages.js'

const OCTETS = 32

/**
 * Converts DER `SEQUENCE { INTEGER r, INTEGER s }` (RFC 3279 §2.2.3; GM/T 0009—2012 §7.3) to r‖s of 64 octets (RFC 7518 §3.4). To
 * be called only for a device known to return DER; a signature in a statement is never parsed as DER.
 * @throws `signer.der` unless it is DER of two positive integers of at most 32 octets
 */
export function rawSignature(der: Uint8Array): Uint8Array {
  const raw = new Uint8Array(2 * OCTETS)
  try {
    for (const [i, value] of Object.values(DER.toSig(der)).entries()) {
      const hex = value.toString(16).padStart(2 * OCTETS, '0')
      if (hex.length > 2 * OCTETS) throw new RangeError('integer too long')
      raw.set(
        Uint8Array.from({ length: OCTETS }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16)),
        i * OCTETS,
      )
    }
  } catch (cause) {
    throw fault('signer.der', { length: der.length }, { cause })
  }
  return raw
}
