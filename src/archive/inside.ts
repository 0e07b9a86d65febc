/** Functions that need no archive reader; a separate entry point, because the page loads the reader with the first archive. */

/** Separates the name of an archive from that of a file in it. */
export const BETWEEN = ' › '

/** True if octets begin as a .zip: with an entry, or with the end of the directory if it has none. */
export const isZip = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))

/** True if the place is a file in the archive of that name. */
export const isPlaceIn = (archive: string, place: string): boolean => place.startsWith(`${archive}${BETWEEN}`)
