/** Packages that only some users need. */

/** True where an import failed because what was imported is not there. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ERR_UNKNOWN_BUILTIN_MODULE' || error.code === 'ERR_MODULE_NOT_FOUND')
