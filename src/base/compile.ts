/**
 * A fast acceptance test for valid values. zod finds, names and locates every fault, but takes about twenty microseconds per
 * record, and nearly all records are valid. This compiles a schema to plain closures that test whether zod would accept the value
 * unchanged. If not, or if a schema is not supported here, zod runs and reports the faults. A test ensures that both agree.
 */
import type * as z from 'zod/mini'
import { isPlain, quickPatterns } from './quick-patterns.js'

type Accepts = (value: unknown) => boolean

const compiled = new WeakMap<z.core.$ZodType, Accepts>()

/** True if the schema accepts the value unchanged. */
export function accepts(schema: z.core.$ZodType, value: unknown): boolean {
  let check = compiled.get(schema)
  if (check === undefined) {
    check = compile(schema)
    compiled.set(schema, check)
  }
  return check(value)
}

type Def = z.core.$ZodTypes['_zod']['def']

function compile(schema: z.core.$ZodType): Accepts {
  const def = (schema as z.core.$ZodTypes)._zod.def as Def
  switch (def.type) {
    case 'object':
      return compileObject(def)
    case 'string':
      return compileString(def)
    case 'number':
      return withChecks(def, (value) => Number.isSafeInteger(value))
    case 'boolean':
      return (value) => value === true || value === false
    case 'null':
      return (value) => value === null
    case 'unknown':
      return () => true
    case 'literal': {
      const { values } = def
      const [only] = values
      return values.length === 1 ? (value) => value === only : (value) => (values as readonly unknown[]).includes(value)
    }
    case 'enum': {
      const values = new Set<unknown>(Object.values(def.entries))
      return (value) => values.has(value)
    }
    case 'optional': {
      const inner = compile(def.innerType)
      // An exact optional rejects undefined, and a default would replace it.
      const absent = (schema as z.ZodMiniType).safeParse(undefined)
      return absent.success && absent.data === undefined ? (value) => value === undefined || inner(value) : inner
    }
    case 'array': {
      const element = compile(def.element)
      const { minimum, maximum, others } = lengthsOf(def)
      const every = (value: unknown): boolean => {
        if (!Array.isArray(value) || value.length < minimum || value.length > maximum) return false
        for (let i = 0; i < value.length; i++) if (!element(value[i])) return false
        return true
      }
      return withChecks({ checks: others }, every)
    }
    case 'union': {
      const options = def.options.map(compile)
      const anyOf: Accepts = (value) => {
        for (const option of options) if (option(value)) return true
        return false
      }
      return withChecks(def, anyOf)
    }
    default:
      return no
  }
}

const no: Accepts = () => false

function compileObject(def: z.core.$ZodObjectDef): Accepts {
  const catchall = def.catchall === undefined ? undefined : (def.catchall as z.core.$ZodTypes)._zod.def.type
  // strictObject rejects unknown members, looseObject preserves them; a plain object would drop them, which is not "unchanged".
  if ((catchall !== 'never' && catchall !== 'unknown') || (def.checks?.length ?? 0) > 0) return no
  const inOrder: Member[] = []
  let required = 0
  for (const [name, member] of Object.entries(def.shape)) {
    const needed = (member as z.core.$ZodTypes)._zod.def.type !== 'optional'
    if (needed) required++
    inOrder.push({ name, accepts: compile(member), needed: needed ? 1 : 0 })
  }
  const names = inOrder.map(({ name }) => name)
  const strict = catchall === 'never'
  return (value) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
    let missing = required
    let next = 0
    for (const name in value) {
      // Most objects have their members in schema order, with some omitted.
      let at = names.indexOf(name, next)
      if (at < 0) at = names.lastIndexOf(name, next)
      if (at < 0) {
        if (strict) return false
        continue
      }
      const member = inOrder[at] as Member
      next = at + 1
      if (!member.accepts((value as Record<string, unknown>)[name])) return false
      missing -= member.needed
    }
    return missing === 0
  }
}

interface Member {
  readonly name: string
  readonly accepts: Accepts
  readonly needed: number
}

/** Most of a record is strings, so length and pattern are tested in one closure. */
function compileString(def: { readonly checks?: readonly unknown[] | undefined }): Accepts {
  const checks = (def.checks ?? []).map((check) => (check as { _zod: { def: CheckDef } })._zod.def)
  const maximum = Math.min(...checks.filter(({ check }) => check === 'max_length').map((check) => check.maximum ?? 0))
  const patterns = checks.filter(({ check, pattern }) => check === 'string_format' && pattern !== undefined)
  const pattern = patterns[0]?.pattern
  if (pattern === undefined || patterns.length > 1 || 'check' in def) return withChecks(def, (value) => typeof value === 'string')
  const quick = quickPatterns.get(pattern) ?? unsure
  const others = checks.filter((check) => check.check !== 'max_length' && check !== patterns[0])
  // Lines of text have a dedicated closure, which the engine can inline.
  if (quick === isPlain && others.length === 0)
    return (value) => typeof value === 'string' && value.length <= maximum && (isPlain(value) || pattern.test(value))
  const tests = others.map(compileCheck)
  const isRight: Accepts = (value) => pattern.test(value as string) && tests.every((test) => test(value))
  // A refinement that is the quick function itself, as for dates, has already been evaluated.
  if (others.every(({ check, fn }) => check === 'custom' && fn === quick))
    return (value) => typeof value === 'string' && value.length <= maximum && (quick(value) || isRight(value))
  return (value) =>
    typeof value === 'string' && value.length <= maximum && (quick(value) || pattern.test(value)) && tests.every((test) => test(value))
}

const unsure = (): boolean => false

/** Adds the checks of a type: pattern, length, bounds, refinement. Other checks are left to zod. */
function withChecks(def: { readonly checks?: readonly unknown[] | undefined }, base: Accepts): Accepts {
  let accept = base
  for (const check of [...(def.checks ?? []), ...('check' in def ? [{ _zod: { def } }] : [])]) {
    const inner = accept
    const test = compileCheck((check as { _zod: { def: CheckDef } })._zod.def)
    accept = (value) => inner(value) && test(value)
  }
  return accept
}

/** Length bounds among the checks of a list, and the other checks. */
function lengthsOf(def: { readonly checks?: readonly unknown[] | undefined }): {
  minimum: number
  maximum: number
  others: readonly unknown[]
} {
  const checks = (def.checks ?? []) as readonly { readonly _zod: { readonly def: CheckDef } }[]
  const bounds = (name: string, bound: 'minimum' | 'maximum'): number[] =>
    checks.flatMap(({ _zod: { def } }) => (def.check === name && def[bound] !== undefined ? [def[bound]] : []))
  const isLength = ({ check, minimum, maximum }: CheckDef): boolean =>
    (check === 'min_length' && minimum !== undefined) || (check === 'max_length' && maximum !== undefined)
  return {
    minimum: Math.max(0, ...bounds('min_length', 'minimum')),
    maximum: Math.min(...bounds('max_length', 'maximum')),
    others: checks.filter((check) => !isLength(check._zod.def)),
  }
}

interface CheckDef {
  readonly check: string
  readonly format?: string
  readonly pattern?: RegExp
  readonly maximum?: number
  readonly minimum?: number
  readonly value?: number
  readonly inclusive?: boolean
  readonly fn?: (value: unknown) => unknown
}

function compileCheck(def: CheckDef): Accepts {
  const { check, pattern, maximum, minimum, value: bound, fn } = def
  if (check === 'string_format' && pattern !== undefined) return (value) => pattern.test(value as string)
  if (check === 'number_format' && def.format === 'safeint') return () => true
  if (check === 'max_length' && maximum !== undefined) return (value) => (value as string).length <= maximum
  if (check === 'min_length' && minimum !== undefined) return (value) => (value as string).length >= minimum
  if (check === 'less_than' && bound !== undefined && def.inclusive === true) return (value) => (value as number) <= bound
  if (check === 'greater_than' && bound !== undefined && def.inclusive === true) return (value) => (value as number) >= bound
  if (check === 'custom' && fn !== undefined) return (value) => fn(value) === true
  return no
}
