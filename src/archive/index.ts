/** The files in a .zip of any origin: read by its directory, inflated within bounds, named as a person may see them. */
export type { Octets } from './directory.js'
export { type ArchiveFile, type ArchiveOptions, filesIn, type Inflate, type UnreadFile } from './entries.js'
