/** CRC-32 of archive entries (ISO 3309, reflected polynomial 0xEDB88320). */

const OCTETS = 256
/**
 * Eight tables in sequence, to process eight octets at once (slicing-by-8), because a workbook has hundreds of megabytes: table n is for an
 * octet that n octets follow.
 */
const TABLES: Int32Array = /* @__PURE__ */ makeTables()

function makeTables(): Int32Array {
  const tables = new Int32Array(8 * OCTETS)
  for (let octet = 0; octet < OCTETS; octet++) {
    let value = octet
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    tables[octet] = value
  }
  for (let at = OCTETS; at < tables.length; at++) {
    const value = tables[at - OCTETS] as number
    tables[at] = (value >>> 8) ^ (tables[value & 0xff] as number)
  }
  return tables
}

/** Checksum of octets; `before` is the checksum of the octets that precede them. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const at = (table: number, octet: number): number => TABLES[table * OCTETS + (octet & 0xff)] as number
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = bytes.length - (bytes.length % 8)
  let value = ~before
  for (let from = 0; from < whole; from += 8) {
    const low = value ^ view.getInt32(from, true)
    const high = view.getInt32(from + 4, true)
    value =
      at(7, low) ^
      at(6, low >>> 8) ^
      at(5, low >>> 16) ^
      at(4, low >>> 24) ^
      at(3, high) ^
      at(2, high >>> 8) ^
      at(1, high >>> 16) ^
      at(0, high >>> 24)
  }
  for (let from = whole; from < bytes.length; from++) value = at(0, value ^ (bytes[from] as number)) ^ (value >>> 8)
  return ~value >>> 0
}
