/** CRC-32 as archives state it of each entry (ISO 3309, reflected polynomial 0xEDB88320). */

const TABLE = Uint32Array.from({ length: 256 }, (_, octet) => {
  let value = octet
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** The checksum of octets; with `before`, of what came before and these. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let value = before ^ 0xffffffff
  for (const octet of bytes) value = (TABLE[(value ^ octet) & 0xff] as number) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
