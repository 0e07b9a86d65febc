/** The WebAssembly of zxing embedded in the page of one file: compressed, inflated at the first picture. */
import { inflateSync } from 'fflate'

/** Id of the element that the build writes. */
const ID = 'zxing'
/** Maximum inflated size in octets; larger than the module. */
const MOST = 4 * 1024 * 1024

export function embeddedWasm(): ArrayBuffer {
  const packed = Uint8Array.from(atob(document.getElementById(ID)?.textContent ?? ''), (character) => character.charCodeAt(0))
  const program = inflateSync(packed, { out: new Uint8Array(MOST) })
  return program.slice().buffer
}
