/** Reads the files of a .zip of any origin: by its directory, inflated within limits, with names that are safe to display. */
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
