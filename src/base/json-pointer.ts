/** JSON pointers (RFC 6901). */

/** JSON pointer (RFC 6901) of a path; the empty path is the whole document. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  let pointer = ''
  for (const step of path) pointer += `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`
  return pointer
}

/** Splits a JSON pointer into member names and indices, unescaped; empty for the whole document. */
export const pointerSteps = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
