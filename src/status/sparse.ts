/** Stores octets of which few are non-zero by their positions: a status list of 4 MiB with a thousand revocations needs 5 kB. */

export interface Sparse {
  readonly length: number
  octet(offset: number): number
  /** Reconstructs all octets. */
  read(): Uint8Array
}

/** Memory of one octet: its position and its value. */
const EACH = 5
/** Number of octets compared at once. */
const WORD = 4

/** Undefined if it would need more than `most` octets. */
export function holdSparse(bytes: Uint8Array, most: number): Sparse | undefined {
  const places = placesOf(bytes, Math.floor(most / EACH))
  return places && sparseOf(bytes.length, places, valuesAt(places, bytes))
}

/** A separate function, because closures created where the octets are in scope would retain them. */
const sparseOf = (length: number, places: Uint32Array, values: Uint8Array): Sparse => ({
  length,
  octet(offset) {
    const at = firstNotBelow(places, offset)
    return places[at] === offset ? (values[at] as number) : 0
  },
  read() {
    const all = new Uint8Array(length)
    places.forEach((place, at) => {
      all[place] = values[at] as number
    })
    return all
  },
})

const valuesAt = (places: Uint32Array, bytes: Uint8Array): Uint8Array => Uint8Array.from(places, (place) => bytes[place] as number)

/** Positions of the non-zero octets, in order; undefined if there are more than `most`. */
function placesOf(bytes: Uint8Array, most: number): Uint32Array | undefined {
  const places: number[] = []
  const words = bytes.byteOffset % WORD === 0 ? new Uint32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / WORD)) : []
  for (let word = 0; word < words.length; word++) {
    if (words[word] === 0) continue
    for (let at = word * WORD; at < word * WORD + WORD; at++) if (bytes[at] !== 0) places.push(at)
    if (places.length > most) return undefined
  }
  for (let at = words.length * WORD; at < bytes.length; at++) {
    if (bytes[at] !== 0) places.push(at)
    if (places.length > most) return undefined
  }
  return Uint32Array.from(places)
}

function firstNotBelow(sorted: Uint32Array, value: number): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((sorted[middle] as number) < value) from = middle + 1
    else to = middle
  }
  return from
}
