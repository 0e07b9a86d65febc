/** The files in a .zip of any origin: read by its directory, inflated within bounds, named as a person may see them. */
export { crc32 } from './crc32.js'
export { type Octets, readDirectory, type Stated } from './directory.js'
export {
  type ArchiveFile,
  type ArchiveOptions,
  ENCRYPTED,
  filesIn,
  type Inflate,
  MAX_RATIO,
  packedOctets,
  type UnreadFile,
} from './entries.js'
