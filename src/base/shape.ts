/** Converts JSON to a typed value, and reports every schema fault with its code, its pointer, and text in both languages. */

import type * as z from 'zod/mini'
import { accepts } from '#native'
import { DECIMAL_PATTERN, decimalFault } from './decimal.js'
import { TonghengError } from './error.js'
import { excerpt } from './excerpt.js'
import { faultDetails } from './faults.js'
import { jsonPointer } from './json-pointer.js'
import type { Code, MessageParams } from './message.js'
import { type BaseCode, coded } from './messages.js'
import { faultOfReading } from './options.js'
import { DATE, SLUG } from './patterns.js'
import { growsBeyond } from './schema.js'

/** A schema fault. */
export interface ShapeFault {
  readonly code: Code
  /** RFC 6901 pointer from the value that was parsed. */
  readonly path: string
  readonly params: MessageParams
}

export interface ParsedShape<T> {
  /** The typed value, if its shape has no fault. */
  readonly value?: T
  readonly faults: readonly ShapeFault[]
  /** Top-level members that contain a fault, unknown members included; rules that do not need them still run. */
  readonly broken: ReadonlySet<string>
  /** Unknown members and values that are not a fault: see `parseGrown`. */
  readonly newer?: readonly ShapeFault[]
}

const NONE: ReadonlySet<string> = new Set()
const MAX_FAULTS = 100

/** Parses a value with one of our schemas. */
export function parseShape<T>(schema: z.ZodMiniType, value: unknown): ParsedShape<T> {
  try {
    return shapeOf(schema, value)
  } catch (error) {
    throw faultOfReading('parse', value, error)
  }
}

function shapeOf<T>(schema: z.ZodMiniType, value: unknown): ParsedShape<T> {
  if (accepts(schema, value)) return { value: value as T, faults: [], broken: NONE }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { value: parsed.data as T, faults: [], broken: NONE }
  const faults: ShapeFault[] = []
  const broken = new Set<string>()
  for (const issue of parsed.error.issues) {
    if (issue.path.length > 0) broken.add(String(issue.path[0]))
    // An unknown member counts as broken: no rule may confuse it with a member of that name in another kind.
    else if (issue.code === 'unrecognized_keys') for (const key of issue.keys) broken.add(key)
    if (faults.length >= MAX_FAULTS) continue
    // A text in the place of a list has a length too: nothing more is said of a value of the wrong type.
    const before = faults.at(-1)
    const found = faultsOf(issue, value, [])
    if (before?.code !== 'shape.type' || before.path !== found[0]?.path) faults.push(...found)
  }
  return { faults, broken }
}

/** Maximum number of rounds; each removes the unknown members of one more level of unions. */
const MAX_ROUNDS = 8

/**
 * Like `parseShape`, for documents signed by another system: version 1 may gain optional members, so unknown members alone are not
 * a fault. They are listed in `newer`, together with unknown values of growing enumerations, and the value is returned without
 * them. Everything else is a fault as before.
 */
export function parseGrown<T>(schema: z.ZodMiniType, value: unknown): ParsedShape<T> {
  try {
    return grownOf(schema, value)
  } catch (error) {
    throw faultOfReading('parse', value, error)
  }
}

function grownOf<T>(schema: z.ZodMiniType, value: unknown): ParsedShape<T> {
  if (accepts(schema, value)) return { value: value as T, faults: [], broken: NONE }
  const known = structuredClone(value)
  const newer: ShapeFault[] = []
  const broken = new Set<string>()
  const brokenBy = (path: readonly PropertyKey[]): void => {
    if (path[0] !== undefined) broken.add(String(path[0]))
  }
  let issues = schema.safeParse(known).error?.issues ?? []
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = issues.flatMap((issue) => unknownMembers(issue, []))
    if (found.length === 0) break
    for (const path of found) {
      brokenBy(path)
      if (newer.length < MAX_FAULTS) newer.push(newerAt(path))
      const holder = valueAt(known, path.slice(0, -1)) as Record<PropertyKey, unknown>
      delete holder[path.at(-1) as PropertyKey]
    }
    issues = schema.safeParse(known).error?.issues ?? []
  }
  const faults: ShapeFault[] = []
  for (const issue of issues) {
    brokenBy(issue.path)
    const path = unknownValue(issue, known, [])
    if (path !== undefined) newer.push(newerAt(path))
    else if (faults.length < MAX_FAULTS) faults.push(...faultsOf(issue, known, []))
  }
  return { ...(faults.length === 0 && { value: known as T }), faults, broken, newer }
}

const newerAt = (path: readonly PropertyKey[]): ShapeFault => ({
  code: coded('shape.unrecognised'),
  path: jsonPointer(path),
  params: { name: excerpt(String(path.at(-1)), 60) },
})

/** Pointers to unknown members; for a union, those of a branch that has no other fault. */
function unknownMembers(issue: Issue, prefix: readonly PropertyKey[]): readonly (readonly PropertyKey[])[] {
  const path = [...prefix, ...issue.path]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key])
  if (issue.code !== 'invalid_union') return []
  for (const branch of issue.errors) {
    const found = branch.map((inner) => unknownMembers(inner, path))
    if (found.length > 0 && found.every((places) => places.length > 0)) return found.flat()
  }
  return []
}

/** Pointer to an unknown value of a growing enumeration; it must be spelled like ours. */
function unknownValue(issue: Issue, root: unknown, prefix: readonly PropertyKey[]): readonly PropertyKey[] | undefined {
  const path = [...prefix, ...issue.path]
  if (issue.code === 'invalid_value') {
    const value = valueAt(root, path)
    return growsBeyond(issue.values) && typeof value === 'string' && value.length <= 60 && SLUG.test(value) ? path : undefined
  }
  if (issue.code !== 'invalid_union') return undefined
  // The discriminator of a union is such a value too.
  if (issue.errors.length === 0)
    return typeof valueAt(root, path) === 'string' && SLUG.test(valueAt(root, path) as string) ? path : undefined
  const [only] = issue.errors.find((branch) => branch.length === 1) ?? []
  return only && unknownValue(only, root, path)
}

/** Parses a value or throws. @throws the code, with every fault and the pointer of the first */
export function readShape<T>(schema: z.ZodMiniType, value: unknown, code: Code): T {
  const { value: read, faults } = parseShape<T>(schema, value)
  if (read === undefined) throw new TonghengError(code, faultDetails(faults, schema))
  return read
}

/** The understood part of a value, and pointers to the rest. */
export interface Grown<T> {
  readonly value: T
  /** RFC 6901 pointers to unknown members and values. */
  readonly newer: readonly string[]
}

/** Like `readShape`, for documents signed by another system, which may be newer: see `parseGrown`. @throws the code */
export function readGrown<T>(schema: z.ZodMiniType, value: unknown, code: Code): Grown<T> {
  const { value: read, faults, newer = NOTHING } = parseGrown<T>(schema, value)
  if (read === undefined) throw new TonghengError(code, faultDetails(faults, schema))
  return { value: read, newer: newer === NOTHING ? NOTHING : newer.map(({ path }) => path) }
}
const NOTHING: readonly never[] = []

/** Message parameters about unknown members: the first pointers, and the total number. */
export const newerParams = (newer: readonly string[]) => ({ members: newer.slice(0, 5).join(', '), count: newer.length })

type Issue = z.core.$ZodIssue

function faultsOf(issue: Issue, root: unknown, prefix: readonly PropertyKey[]): ShapeFault[] {
  const steps = [...prefix, ...issue.path]
  const path = jsonPointer(steps)
  // The item of a list has no name of its own: “rows/0/1”, not “1”.
  let named = steps.length - 1
  while (typeof steps[named] === 'number') named--
  const name = steps.slice(Math.max(named, 0)).join('/')
  const finding = (code: BaseCode, params: MessageParams = {}): ShapeFault[] => [{ code: coded(code), path, params: { name, ...params } }]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, 20).map((key) => ({
        code: coded('shape.unrecognised'),
        path: `${path}${jsonPointer([key])}`,
        params: { name: excerpt(key, 60) },
      }))
    case 'invalid_type': {
      const actual = valueAt(root, steps)
      if (actual === undefined) return finding('shape.missing')
      if (typeof actual === 'number' && issue.expected === 'string') return finding('shape.number', { found: actual })
      return finding('shape.type', { expected: issue.expected, found: typeName(actual) })
    }
    case 'invalid_value':
      return valueAt(root, steps) === undefined
        ? finding('shape.missing')
        : finding('shape.value', { found: brief(valueAt(root, steps)), expected: issue.values.slice(0, 12).join(', ') })
    case 'invalid_format':
      return formatFault(issue.pattern, valueAt(root, steps), finding)
    case 'too_big':
      return finding('shape.too-big', { maximum: String(issue.maximum) })
    case 'custom':
      // A limit that no schema bound can express.
      return issue.params?.most === undefined
        ? finding('shape.format', { found: brief(valueAt(root, steps)) })
        : finding('shape.too-big', { maximum: issue.params.most })
    case 'too_small':
      return finding('shape.too-small', { minimum: String(issue.minimum) })
    case 'invalid_union': {
      // Report the branch with the fewest faults.
      const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0]
      return nearest === undefined || nearest.length === 0
        ? finding('shape.value', { found: brief(valueAt(root, steps)), expected: '…' })
        : nearest.slice(0, 5).flatMap((inner) => faultsOf(inner, root, steps))
    }
    default:
      return finding('shape.format', { found: brief(valueAt(root, steps)) })
  }
}

/** A decimal and a date have a reason, or a form, of their own. */
function formatFault(pattern: string | undefined, value: unknown, finding: (code: BaseCode, params: MessageParams) => ShapeFault[]) {
  if (pattern === String(DECIMAL_PATTERN)) return finding('decimal.syntax', decimalFault(value as string))
  return finding(pattern === String(DATE) ? 'date.civil' : 'shape.format', { found: brief(value) })
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root
  for (const step of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<PropertyKey, unknown>)[step]
  }
  return value
}

const typeName = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

/** Beginning of a value, as JSON; for a value that JSON cannot represent, its type. */
function brief(value: unknown): string {
  try {
    return excerpt(JSON.stringify(value) ?? typeName(value), 60)
  } catch {
    return typeName(value)
  }
}
