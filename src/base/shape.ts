/** From JSON to a typed value, with every fault of shape named, addressed, and in both languages. */
import type * as z from 'zod/mini'
import { accepts } from './compile.js'
import { TonghengError } from './error.js'
import { excerpt } from './excerpt.js'
import { jsonPointer } from './json.js'
import type { Code, MessageParams } from './messages/index.js'

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
}

const NONE: ReadonlySet<string> = new Set()
const MOST_FAULTS = 100

/** Any value against a schema of ours. */
export function parseShape<T>(schema: z.ZodMiniType, value: unknown): ParsedShape<T> {
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

/** A value that must have the shape. @throws the code, with every fault and the place of the first */
export function readShape<T>(schema: z.ZodMiniType, value: unknown, code: Code): T {
  const { value: read, faults } = parseShape<T>(schema, value)
  if (read === undefined) throw new TonghengError(code, { path: faults[0]?.path, faults })
  return read
}

type Issue = z.core.$ZodIssue

function faultsOf(issue: Issue, root: unknown, prefix: readonly PropertyKey[]): ShapeFault[] {
  const steps = [...prefix, ...issue.path]
  const path = jsonPointer(steps)
  const name = String(steps.at(-1) ?? '')
  const fault = (code: Code, params: MessageParams = {}): ShapeFault[] => [{ code, path, params: { name, ...params } }]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, 20)
        .map((key) => ({ code: 'shape.unrecognised' as const, path: `${path}${jsonPointer([key])}`, params: { name: excerpt(key, 60) } }))
    case 'invalid_type': {
      const actual = valueAt(root, steps)
      if (actual === undefined) return fault('shape.missing')
      if (typeof actual === 'number' && issue.expected === 'string') return fault('shape.number', { found: actual })
      return fault('shape.type', { expected: issue.expected, found: typeName(actual) })
    }
    case 'invalid_value':
      return valueAt(root, steps) === undefined
        ? fault('shape.missing')
        : fault('shape.value', { found: brief(valueAt(root, steps)), expected: issue.values.slice(0, 12).join(', ') })
    case 'invalid_format':
      return fault('shape.format', { found: brief(valueAt(root, steps)) })
    case 'too_big':
      return fault('shape.too-big', { maximum: String(issue.maximum) })
    case 'custom':
      // A limit that no bound of the schema can say.
      return issue.params?.most === undefined
        ? fault('shape.format', { found: brief(valueAt(root, steps)) })
        : fault('shape.too-big', { maximum: issue.params.most })
    case 'too_small':
      return fault('shape.too-small', { minimum: String(issue.minimum) })
    case 'invalid_union': {
      // The branch that came nearest explains best.
      const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0]
      return nearest === undefined || nearest.length === 0
        ? fault('shape.value', { found: brief(valueAt(root, steps)), expected: '…' })
        : nearest.slice(0, 5).flatMap((inner) => faultsOf(inner, root, steps))
    }
    default:
      return fault('shape.format', { found: brief(valueAt(root, steps)) })
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
