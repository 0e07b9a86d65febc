/** SM3 (GB/T 32905—2016): 32 octets. A Merkle–Damgård hash like SHA-256, which not all runtimes have. */

const IV = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e]
const BLOCK = 64

const turn = (x: number, n: number): number => (x << n) | (x >>> (32 - n))
/** P₀ and P₁ (clause 4.4). */
const inCompression = (x: number): number => x ^ turn(x, 9) ^ turn(x, 17)
const inExpansion = (x: number): number => x ^ turn(x, 15) ^ turn(x, 23)
/** Tⱼ rotated by j (clause 4.2). */
const ROUND = Int32Array.from({ length: 64 }, (_, j) => turn(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32))

/** Digest of the concatenated parts. */
export function sm3(...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  // Clause 5.2: a one bit, zeros, the length in bits as 64 bits.
  const padded = new Uint8Array(Math.ceil((length + 9) / BLOCK) * BLOCK)
  let at = 0
  for (const part of parts) {
    padded.set(part, at)
    at += part.length
  }
  padded[length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(length / 0x2000_0000))
  view.setUint32(padded.length - 4, (length << 3) >>> 0)
  const state = Int32Array.from(IV)
  const words = new Int32Array(68)
  for (let block = 0; block < padded.length; block += BLOCK) compress(state, words, view, block)
  const digest = new Uint8Array(32)
  const out = new DataView(digest.buffer)
  for (let i = 0; i < 8; i++) out.setInt32(i * 4, state[i] as number)
  return digest
}

/** Clauses 5.3.2 and 5.3.3. */
function compress(state: Int32Array, w: Int32Array, view: DataView, block: number): void {
  const word = (j: number): number => w[j] as number
  for (let j = 0; j < 16; j++) w[j] = view.getInt32(block + j * 4)
  for (let j = 16; j < 68; j++) w[j] = inExpansion(word(j - 16) ^ word(j - 9) ^ turn(word(j - 3), 15)) ^ turn(word(j - 13), 7) ^ word(j - 6)
  const at = (i: number): number => state[i] as number
  let [a, b, c, d] = [at(0), at(1), at(2), at(3)]
  let [e, f, g, h] = [at(4), at(5), at(6), at(7)]
  for (let j = 0; j < 64; j++) {
    const early = j < 16
    const ss1 = turn((turn(a, 12) + e + (ROUND[j] as number)) | 0, 7)
    const ff = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
    const gg = early ? e ^ f ^ g : (e & f) | (~e & g)
    const tt1 = (ff + d + (ss1 ^ turn(a, 12)) + (word(j) ^ word(j + 4))) | 0
    const tt2 = (gg + h + ss1 + word(j)) | 0
    d = c
    c = turn(b, 9)
    b = a
    a = tt1
    h = g
    g = turn(f, 19)
    f = e
    e = inCompression(tt2)
  }
  const mixed = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) state[i] = at(i) ^ (mixed[i] as number)
}
