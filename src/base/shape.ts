/** From JSON to a typed value, with every fault of shape named, addressed, and in both languages. */

import type * as z from 'zod/mini'
import { accepts } from './compile.js'
import { TonghengError } from './error.js'
import { excerpt } from './excerpt.js'
import { faultDetails } from './faults.js'
import { jsonPointer } from './json.js'
import type { Code, MessageParams } from './message.js'
import { type BaseCode, coded } from './messages.js'
import { faultOfReading } from './options.js'
import { growsBeyond, SLUG } from './schema.js'

/** One fault of shape. */
export interface ShapeFault {
  readonly code: Code
  /** RFC 6901 pointer from the value that was parsed. */
  readonly path: string
  readonly params: MessageParams
}

export interface ParsedShape<T> {
  /** The value, typed, where its shape has no fault. */
  readonly value?: T
  readonly faults: readonly ShapeFault[]
  /** Top-level members with a fault in them, foreign ones included; rules that need none of these still run. */
  readonly broken: ReadonlySet<string>
  /** What this version does not know, where that is no fault: see `parseGrown`. */
  readonly newer?: readonly ShapeFault[]
}

const NONE: ReadonlySet<string> = new Set()
const MOST_FAULTS = 100

/** Any value against a schema of ours. */
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
    // A foreign member is at fault itself: no rule may take it for the one that another kind has by this name.
    else if (issue.code === 'unrecognized_keys') for (const key of issue.keys) broken.add(key)
    if (faults.length < MOST_FAULTS) faults.push(...faultsOf(issue, value, []))
  }
  return { faults, broken }
}

/** Each round takes off the unknown members of one more level of unions. */
const MOST_ROUNDS = 8

/**
 * As `parseShape`, for what another system signed: version 1 grows by optional members, so unknown members alone are no fault.
 * They are named in `newer`, with values that an enumeration may have got since, and the value is what is left. Everything else
 * wrong is a fault as ever. Top-level members that hold anything unknown are in `broken`: what it changes cannot be judged.
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
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = issues.flatMap((issue) => unknownMembers(issue, []))
    if (found.length === 0) break
    for (const path of found) {
      brokenBy(path)
      if (newer.length < MOST_FAULTS) newer.push(newerAt(path))
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
    else if (faults.length < MOST_FAULTS) faults.push(...faultsOf(issue, known, []))
  }
  return { ...(faults.length === 0 && { value: known as T }), faults, broken, newer }
}

const newerAt = (path: readonly PropertyKey[]): ShapeFault => ({
  code: coded('shape.unrecognised'),
  path: jsonPointer(path),
  params: { name: excerpt(String(path.at(-1)), 60) },
})

/** Places of unknown members; of a union, those of a branch that has nothing else against the value. */
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

/** The place of a value that a later version of the enumeration may have; it is spelt as ours are. */
function unknownValue(issue: Issue, root: unknown, prefix: readonly PropertyKey[]): readonly PropertyKey[] | undefined {
  const path = [...prefix, ...issue.path]
  if (issue.code === 'invalid_value') {
    const value = valueAt(root, path)
    return growsBeyond(issue.values) && typeof value === 'string' && value.length <= 60 && SLUG.test(value) ? path : undefined
  }
  if (issue.code !== 'invalid_union') return undefined
  // A form of a discriminated union is such a value, too.
  if (issue.errors.length === 0)
    return typeof valueAt(root, path) === 'string' && SLUG.test(valueAt(root, path) as string) ? path : undefined
  const [only] = issue.errors.find((branch) => branch.length === 1) ?? []
  return only && unknownValue(only, root, path)
}

/** A value that must have the shape. @throws the code, with every fault and the place of the first */
export function readShape<T>(schema: z.ZodMiniType, value: unknown, code: Code): T {
  const { value: read, faults } = parseShape<T>(schema, value)
  if (read === undefined) throw new TonghengError(code, faultDetails(faults, schema))
  return read
}

/** A value as it is understood, and the places of what in it is not. */
export interface Grown<T> {
  readonly value: T
  /** RFC 6901 pointers to what this version does not know. */
  readonly newer: readonly string[]
}

/** As `readShape`, for what another system signed: it may be of a later version, see `parseGrown`. @throws the code */
export function readGrown<T>(schema: z.ZodMiniType, value: unknown, code: Code): Grown<T> {
  const { value: read, faults, newer = NOTHING } = parseGrown<T>(schema, value)
  if (read === undefined) throw new TonghengError(code, faultDetails(faults, schema))
  return { value: read, newer: newer === NOTHING ? NOTHING : newer.map(({ path }) => path) }
}
const NOTHING: readonly never[] = []

/** What a message says of members that are not known: where the first ones stand, and how many there are. */
export const newerParams = (newer: readonly string[]) => ({ members: newer.slice(0, 5).join(', '), count: newer.length })

type Issue = z.core.$ZodIssue

function faultsOf(issue: Issue, root: unknown, prefix: readonly PropertyKey[]): ShapeFault[] {
  const steps = [...prefix, ...issue.path]
  const path = jsonPointer(steps)
  const name = String(steps.at(-1) ?? '')
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
      return finding('shape.format', { found: brief(valueAt(root, steps)) })
    case 'too_big':
      return finding('shape.too-big', { maximum: String(issue.maximum) })
    case 'custom':
      // A limit that no bound of the schema can say.
      return issue.params?.most === undefined
        ? finding('shape.format', { found: brief(valueAt(root, steps)) })
        : finding('shape.too-big', { maximum: issue.params.most })
    case 'too_small':
      return finding('shape.too-small', { minimum: String(issue.minimum) })
    case 'invalid_union': {
      // The branch that came nearest explains best.
      const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0]
      return nearest === undefined || nearest.length === 0
        ? finding('shape.value', { found: brief(valueAt(root, steps)), expected: '…' })
        : nearest.slice(0, 5).flatMap((inner) => faultsOf(inner, root, steps))
    }
    default:
      return finding('shape.format', { found: brief(valueAt(root, steps)) })
  }
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

/** The beginning of a value, as JSON; of what JSON cannot write, its type. */
function brief(value: unknown): string {
  try {
    return excerpt(JSON.stringify(value) ?? typeName(value), 60)
  } catch {
    return typeName(value)
  }
}
