/**
 * The port to the storage in which a log is published as files: a folder, or an object store with conditional writes (a write that fails if
 * the object exists, and a write that fails if the object has changed). Every adapter passes the same contract suite.
 */

/** Maximum octets of a file: the largest entry bundle of C2SP tlog-tiles, 256 entries of 65,535 octets after two octets of length. */
export const MAX_FILE_OCTETS = 16_777_472

export interface TileStore {
  /**
   * Stores the bytes under a path that never changes afterwards. The same bytes again have no effect. Durable when it resolves.
   * @throws `files.path`, `files.too-large`; `files.other` if the path has other bytes; `files.unusable`
   */
  put(path: string, bytes: Uint8Array): Promise<void>
  /** Returns the bytes; undefined if nothing is stored under the path. @throws `files.path`, `files.too-large`, `files.unusable` */
  get(path: string): Promise<Uint8Array | undefined>
  /**
   * Compare-and-swap for the few paths that change: stores `next` if the path still has `expected` (undefined: nothing), and returns
   * false if it does not. A reader sees the old bytes or the new ones, never a part. Durable when it resolves.
   * @throws `files.path`, `files.too-large`, `files.busy`, `files.unusable`
   */
  replace(path: string, expected: Uint8Array | undefined, next: Uint8Array): Promise<boolean>
  /**
   * Lists the files below a path with their octets, in no order; omits files that are still being written. @throws `files.path`,
   * `files.unusable`
   */
  list(path: string): AsyncIterable<StoredFile>
}

export interface StoredFile {
  readonly path: string
  readonly octets: number
}

/**
 * Whether a path can be stored: segments of ASCII letters, digits, `.`, `_` and `-` that do not begin with a dot, at most 400 characters.
 * Such a path cannot lead out of a folder, is not a hidden file, and has no special meaning for a web server.
 */
export const isStorePath = (path: string): boolean =>
  path.length <= 400 && /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(path)
