/** Parses the URL of a request: decodes each parameter once, and rejects invalid encodings. */

import { messageOf, type Text } from '../base/message.js'
import { parseShape } from '../base/shape.js'
import { type Call, ProblemError } from '../contract/index.js'
import { queryReasons } from './query-reasons.js'

/** Maximum number of characters of an unknown parameter name that an answer quotes. */
const MAX_NAME = 40

/**
 * Rejects a path with incomplete percent-encoding, or one that is not UTF-8: `%B4%A8` is 川 in GBK, and would never match.
 * @throws ProblemError `query.invalid`
 */
export function checkPath({ pathname }: URL): void {
  for (const segment of pathname.split('/')) if (decoded(segment) === undefined) throw invalid(segment, queryReasons.encoding)
}

/**
 * Parses the query. A repeated parameter is rejected, because two parsers might use different values.
 * @throws ProblemError `query.invalid`, `query.twice`
 */
export function queryOf({ search }: URL): Record<string, string> {
  const found = new Map<string, string>()
  for (const pair of search.slice(1).split('&')) {
    if (pair === '') continue
    const parts = splitOnce(pair)
    const [name, value] = parts.map((part) => decoded(part.replaceAll('+', ' ')))
    if (name === undefined || value === undefined) throw invalid(name ?? (parts[0] as string), queryReasons.encoding)
    if (found.has(name)) throw new ProblemError('query.twice', { name: name.slice(0, MAX_NAME) })
    found.set(name, value)
  }
  // Not by assignment, which for `__proto__` would set the prototype instead of a member.
  return Object.fromEntries(found)
}

/** @throws ProblemError `query.invalid`, `query.unknown` */
export function shaped(schema: Call['params'], values: Record<string, string>): Record<string, string> {
  const known = Object.keys(schema?.shape ?? {})
  const unknown = Object.keys(values).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new ProblemError('query.unknown', { name: unknown.slice(0, MAX_NAME), known: known.join(', ') || '—' })
  const [fault] = schema === undefined ? [] : parseShape(schema, values).faults
  if (fault !== undefined) throw invalid(fault.path.slice(1), messageOf(fault.code, fault.params))
  return values
}

const invalid = (name: string, { zh, en }: Text): ProblemError =>
  new ProblemError('query.invalid', { name: name.slice(0, MAX_NAME), reason: { zh, en } })

function splitOnce(pair: string): string[] {
  const at = pair.indexOf('=')
  return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
}

/** Undefined if an escape is incomplete, or the octets are not UTF-8. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}
