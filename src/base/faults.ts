/** Schema faults as sentences: the label of the member first, its pointer last. */
import * as z from 'zod/mini'
import { messageOf, type Text } from './message.js'
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

/** Details of an error about a value whose shape is wrong. Without the schema, members have no labels. */
export function faultDetails(faults: readonly ShapeFault[], schema?: z.core.$ZodType): FaultDetails {
  const said = faults.map((fault) => ({ ...fault, text: sentenceOf(fault, schema) }))
  return { path: faults[0]?.path ?? '', first: said[0]?.text, count: said.length, faults: said }
}

function sentenceOf({ code, path, params }: ShapeFault, schema: z.core.$ZodType | undefined): Text {
  const label = schema && labelOf(schema, path)
  const { zh, en } = messageOf(code, params)
  const place = path === '' ? '' : ` [${path}]`
  return label === undefined
    ? { zh: `${zh}${place}`, en: `${en}${place}` }
    : { zh: `${label.zh}：${zh}${place}`, en: `${label.en}: ${en}${place}` }
}

/** The label of a member is the beginning of its description, up to the first punctuation mark. */
const NAME = /^[^，；：（。,;:(.]+/

/** Label of the member at a pointer; a member without a description has the label of its parent. */
export function labelOf(schema: z.core.$ZodType, path: string): Text | undefined {
  let label: Text | undefined
  let found: readonly z.core.$ZodType[] = [schema]
  for (const step of path.split('/').slice(1)) {
    found = found.flatMap((each) => membersOf(each, step.replaceAll('~1', '/').replaceAll('~0', '~')))
    for (const each of found.flatMap(layersOf)) {
      const [zh, en] = z.globalRegistry.get(each)?.description?.split(' | ') ?? []
      if (zh === undefined || en === undefined) continue
      label = { zh: (NAME.exec(zh) ?? [zh])[0].trim(), en: (NAME.exec(en) ?? [en])[0].trim() }
      break
    }
  }
  return label
}

type Def = z.core.$ZodTypes['_zod']['def']
const defOf = (schema: z.core.$ZodType): Def => (schema as z.core.$ZodTypes)._zod.def

/** A schema and the schemas inside its optional and default wrappers, outermost first. */
function layersOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const def = defOf(schema)
  return 'innerType' in def ? [schema, ...layersOf(def.innerType)] : [schema]
}

/** Schemas of a member by name: several if the schema is a union. */
function membersOf(schema: z.core.$ZodType, name: string): readonly z.core.$ZodType[] {
  const def = defOf(layersOf(schema).at(-1) as z.core.$ZodType)
  if (def.type === 'object') return Object.hasOwn(def.shape, name) ? [def.shape[name] as z.core.$ZodType] : []
  if (def.type === 'array') return [def.element]
  if (def.type === 'union') return def.options.flatMap((option) => membersOf(option, name))
  return def.type === 'record' ? [def.valueType] : []
}
