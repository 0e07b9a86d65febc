/** The program of zxing inside the page of one file: compressed, and opened at the first picture only. */
import { inflateSync } from 'fflate'

/** Written by the build. */
const ID = 'zxing'
/** More than the program has; what is inflated never grows past it. */
const MOST = 4 * 1024 * 1024

export function embeddedWasm(): ArrayBuffer {
  const packed = Uint8Array.from(atob(document.getElementById(ID)?.textContent ?? ''), (character) => character.charCodeAt(0))
  const program = inflateSync(packed, { out: new Uint8Array(MOST) })
  return program.slice().buffer
}
