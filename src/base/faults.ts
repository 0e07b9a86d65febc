/** Schema faults as sentences: the label of the member first, its pointer last. */
import * as z from 'zod/mini'
import { pointerSteps } from './json-pointer.js'
import { messageOf, type Text, WHOLE } from './message.js'
import type { ShapeFault } from './shape.js'

/** A schema fault with its sentence. */
export interface Fault extends ShapeFault {
  /** For example `证书编号：缺少“certificateNo” [/certificateNo]`. */
  readonly text: Text
}

type FaultDetails = {
  /** Pointer and sentence of the first fault. */
  readonly path: string
  readonly first: Text | undefined
  readonly count: number
  readonly faults: readonly Fault[]
}

/**
 * Descriptions that are stored beside their schemas: by the id of a named schema and the path in it, with `*` for the items of a
 * list and a number for an alternative. An empty path is the schema itself.
 */
export type Described = Readonly<Record<string, Readonly<Record<string, readonly [zh: string, en: string, source?: string]>>>>

/** Details of an error about a value whose shape is wrong. Without the schema, members have no labels. */
export function faultDetails(faults: readonly ShapeFault[], schema?: z.core.$ZodType, described?: Described): FaultDetails {
  const said = faults.map((fault) => ({ ...fault, text: sentenceOf(fault, schema && labelOf(schema, fault.path, described)) }))
  return { path: faults[0]?.path ?? '', first: said[0]?.text, count: said.length, faults: said }
}

function sentenceOf({ code, path, params }: ShapeFault, label: Text | undefined): Text {
  const { zh, en } = messageOf(code, path === '' ? { ...params, name: WHOLE } : params)
  const place = path === '' ? '' : ` [${path}]`
  return label === undefined
    ? { zh: `${zh}${place}`, en: `${en}${place}` }
    : { zh: `${label.zh}：${zh}${place}`, en: `${label.en}: ${en}${place}` }
}

/** The label of a member is the beginning of its description, up to the first punctuation mark; 检定（校准）结果 is one name. */
const NAME = /^(?:[^，；：（。,;:(.]|（[^）]*）(?=[^，；：。]))+/

/** A schema, with its path in the named schema that contains it. */
interface Placed {
  readonly schema: z.core.$ZodType
  readonly id?: string | undefined
  readonly at: string
}

/** Label of the member at a pointer; a member without a description has the label of its parent. */
export function labelOf(schema: z.core.$ZodType, path: string, described: Described = {}): Text | undefined {
  let label: Text | undefined
  let found: readonly Placed[] = [{ schema, at: '' }]
  for (const step of pointerSteps(path)) {
    found = found.flatMap((each) => membersOf(each, step))
    const [first] = found.flatMap((each) => {
      const said = descriptionOf(each, described)
      return said === undefined ? [] : [said]
    })
    if (first === undefined) continue
    const [zh, en] = first
    label = { zh: (NAME.exec(zh) ?? [zh])[0].trim(), en: (NAME.exec(en) ?? [en])[0].trim() }
  }
  return label
}

function descriptionOf({ schema, id = '', at }: Placed, described: Described): readonly [zh: string, en: string] | undefined {
  const beside = described[id]?.[at]
  if (beside !== undefined) return [beside[0], beside[1]]
  for (const layer of layersOf(schema)) {
    const meta = z.globalRegistry.get(layer)
    const own = described[String(meta?.id)]?.['']
    if (own !== undefined) return [own[0], own[1]]
    const [zh, en] = meta?.description?.split(' | ') ?? []
    if (zh !== undefined && en !== undefined) return [zh, en]
  }
  return undefined
}

type Def = z.core.$ZodTypes['_zod']['def']
const defOf = (schema: z.core.$ZodType): Def => (schema as z.core.$ZodTypes)._zod.def

/** A schema and the schemas inside its optional and default wrappers, outermost first. */
function layersOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const def = defOf(schema)
  return 'innerType' in def ? [schema, ...layersOf(def.innerType)] : [schema]
}

/** Schemas of a member by name: several if the schema is a union. */
function membersOf(placed: Placed, name: string): readonly Placed[] {
  const layers = layersOf(placed.schema)
  const named = layers.map((layer) => z.globalRegistry.get(layer)?.id).find((id) => id !== undefined)
  const { id, at } = named === undefined ? placed : { id: named, at: '' }
  const child = (schema: z.core.$ZodType, step: string): Placed => ({ schema, id, at: at === '' ? step : `${at}/${step}` })
  const def = defOf(layers.at(-1) as z.core.$ZodType)
  if (def.type === 'object') return Object.hasOwn(def.shape, name) ? [child(def.shape[name] as z.core.$ZodType, name)] : []
  if (def.type === 'array') return [child(def.element, '*')]
  if (def.type === 'union') return def.options.flatMap((option, index) => membersOf(child(option, String(index)), name))
  return def.type === 'record' ? [child(def.valueType, '*')] : []
}
