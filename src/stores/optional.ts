/** Support for optional packages. */

/** True if an import failed because the module is not installed. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ERR_UNKNOWN_BUILTIN_MODULE' || error.code === 'ERR_MODULE_NOT_FOUND')
