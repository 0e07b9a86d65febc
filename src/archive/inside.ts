/** What is known of an archive without opening it; a door of its own, because the page loads the rest with its first archive. */

/** Separates the name of an archive from that of a file in it. */
export const BETWEEN = ' › '

/** Whether octets begin as a .zip does; one without any entry begins with its end. */
export const isZip = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))

/** True if the path is of a file in the archive of that name. */
export const isPlaceIn = (archive: string, place: string): boolean => place.startsWith(`${archive}${BETWEEN}`)
