/** File name patterns, for shells that do not expand them: `*`, `?`, `[abc]`, `{a,b}` within a name, `**` across folders. */
import { fault } from '../messages.js'

const MAGIC = /[*?[{]/

export const isPattern = (text: string): boolean => MAGIC.test(text)

/** The folder before the first name that contains a wildcard. */
export function folderOf(pattern: string): string {
  const steps = pattern.split('/')
  const first = steps.findIndex(isPattern)
  const folder = steps.slice(0, first === -1 ? -1 : first).join('/')
  return folder === '' ? (pattern.startsWith('/') ? '/' : '.') : folder
}

/**
 * True if a path with `/` separators matches the pattern. A name that begins with a dot matches only an explicit dot. @throws
 * `cli.pattern`
 */
export function createMatcher(pattern: string): (path: string) => boolean {
  const expression = compiled(pattern)
  return (path) => expression.test(path.replace(/^\.\//, ''))
}

/** @throws `cli.pattern` if a pattern is meaningless, such as `[z-a]` */
function compiled(pattern: string): RegExp {
  try {
    return new RegExp(`^${translate(pattern.replace(/^\.\//, ''))}$`, 'u')
  } catch (cause) {
    throw fault('cli.pattern', { pattern }, { cause })
  }
}

const NAME = '(?!\\.)'

function translate(pattern: string): string {
  let out = ''
  let atStart = true
  let open = 0
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at] as string
    const guard = atStart ? NAME : ''
    atStart = sign === '/'
    if (sign === '*') {
      if (pattern[at + 1] !== '*') out += `${guard}[^/]*`
      else {
        while (pattern[at + 1] === '*') at++
        if (pattern[at + 1] === '/') at++
        // Any number of folders, also none; at the end, everything below.
        out += at + 1 >= pattern.length ? `(?:${NAME}[^/]+/)*${NAME}[^/]+` : `(?:${NAME}[^/]+/)*`
        atStart = true
      }
    } else if (sign === '?') out += `${guard}[^/]`
    else if (sign === '[') {
      const end = pattern.indexOf(']', at + 2)
      if (end === -1) out += '\\['
      else {
        const inside = pattern.slice(at + 1, end).replace(/[\\\]^[]/g, '\\$&')
        out += `${guard}[${inside.startsWith('!') ? `^/${inside.slice(1)}` : inside}]`
        at = end
      }
    } else if (sign === '{' && pattern.indexOf('}', at) !== -1) {
      out += '(?:'
      open++
    } else if (sign === '}' && open > 0) {
      out += ')'
      open--
    } else if (sign === ',' && open > 0) out += '|'
    else out += sign.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
  }
  return out + ')'.repeat(open)
}
