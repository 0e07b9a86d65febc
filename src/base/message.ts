/**
 * Message tables in Chinese and English. Each folder has its own tables, beside the code that uses them: a row has the text for a
 * passed check; a code has the text for a finding and, as advice, what to do next. `{name}` is a parameter.
 * This file has the tools only. Code that uses a message refers to its table (`faultOf`, `rowOf`, `codeOf`, `sayOf`), so that a
 * bundle contains exactly the texts of the codes it can produce.
 */
import type { Code, ParamOf, RowId } from '../errors.js'
import { excerpt } from './excerpt.js'

export type { Code, ParamOf, RowId }

export type Text = {
  readonly zh: string
  readonly en: string
}

/** Names or numbers in one text, separated as each language does. */
export const listed = (names: readonly string[]): Text => ({ zh: names.join('、'), en: names.join(', ') })

export type Message = Text & { readonly advice?: Text }

export type MessageParams = Readonly<Record<string, unknown>>

/** The message table of a folder, or of one of its areas. */
export interface Texts {
  /** By id of a row of the verdict. */
  readonly rows?: Readonly<Record<string, Text>>
  readonly codes?: Readonly<Record<string, Message>>
}

/** Ids of the rows in a table. */
export type RowIdOf<T extends Texts> = T extends { readonly rows: infer R } ? keyof R & string : never

/** Codes in a table, including row ids: a passed check has the id of its row as code. */
export type CodeOf<T extends Texts> = RowIdOf<T> | (T extends { readonly codes: infer C } ? keyof C & string : never)

/** Names of the parameters in a text: `'name'` in `'no key of {name}'`. */
export type Placeholders<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never
const texts = new Map<string, Message>()

/** Registers a message table. Its codes are of type `Code` only if `errors.ts` lists the table. */
export function defineTexts<const T extends Texts>(table: T): T {
  for (const [code, message] of entriesOf(table)) texts.set(code, message)
  return table
}

const entriesOf = ({ rows = {}, codes = {} }: Texts): [string, Message][] => [...Object.entries<Message>(rows), ...Object.entries(codes)]

/** Codes that two tables define, or that one table defines as row and as code. */
type Twice<T extends readonly Texts[], Seen = never, Found = never> = T extends readonly [
  infer First extends Texts,
  ...infer Rest extends Texts[],
]
  ? Twice<Rest, Seen | CodeOf<First>, Found | (CodeOf<First> & Seen) | TwiceIn<First>>
  : Found
type TwiceIn<T extends Texts> = T extends { readonly rows: infer R; readonly codes: infer C } ? keyof R & keyof C & string : never

/** Fails to compile if a code is defined twice, and names the code. */
export type EachOnce<T extends readonly Texts[]> = [Twice<T>] extends [never] ? unknown : { readonly definedTwice: Twice<T> }

/** Merges tables to one from code to text. */
export const unionOf = <const T extends readonly Texts[]>(tables: T & EachOnce<T>): Readonly<Record<CodeOf<T[number]>, Message>> =>
  Object.fromEntries(tables.flatMap(entriesOf)) as Record<CodeOf<T[number]>, Message>

/** The text of a row for a passed check. */
export const rowText = (id: RowId): Text => texts.get(id) ?? { zh: id, en: id }

/** Returns a row id or code; it must be in this table. */
export const codeOf =
  <T extends Texts>(_table: T) =>
  <C extends CodeOf<T> & Code>(code: C): C =>
    code

/** `messageOf` restricted to the codes of this table. */
export const sayOf =
  <T extends Texts>(_table: T) =>
  (code: CodeOf<T> & Code, params?: MessageParams): Message =>
    messageOf(code, params)

const PLACEHOLDER = /\{([a-zA-Z]+)\}/g

/** A template split at its parameters: texts and parameter names alternate. */
interface Template {
  readonly zh: readonly string[]
  readonly en: readonly string[]
  readonly advice?: { readonly zh: readonly string[]; readonly en: readonly string[] }
}

const templates = new Map<Message, Template>()

/** What an empty JSON Pointer points to. */
export const WHOLE: Text = { zh: '整份内容', en: 'the whole content' }

/** The message of a code with its parameters filled in. */
export function messageOf(code: Code, params: MessageParams = {}): Message {
  const message = texts.get(code)
  if (message === undefined) return { zh: code, en: code }
  const { zh, en, advice } = templates.get(message) ?? split(message)
  const filled = { zh: fill(zh, params, 'zh'), en: fill(en, params, 'en') }
  return advice === undefined ? filled : { ...filled, advice: { zh: fill(advice.zh, params, 'zh'), en: fill(advice.en, params, 'en') } }
}

/** Splits and caches a template; messages are constants, so the cache is bounded. */
function split(message: Message): Template {
  const both = ({ zh, en }: Text) => ({ zh: zh.split(PLACEHOLDER), en: en.split(PLACEHOLDER) })
  const template = { ...both(message), ...(message.advice && { advice: both(message.advice) }) }
  templates.set(message, template)
  return template
}

function fill(parts: readonly string[], params: MessageParams, language: 'zh' | 'en'): string {
  let text = parts[0] as string
  for (let at = 1; at < parts.length; at += 2) {
    const name = parts[at] as string
    const value = params[name]
    text += shown(name === 'path' && value === '' ? WHOLE : value, language) + parts[at + 1]
  }
  return text
}

/** A parameter as text; a bilingual parameter is shown in the given language. */
function shown(value: unknown, language: 'zh' | 'en'): string {
  if (value === undefined || value === null) return '—'
  const text = typeof value === 'object' ? (value as Partial<Text>)[language] : String(value)
  const whole = typeof text === 'string' ? text : excerpt(JSON.stringify(value), 200)
  return SURROGATE.test(whole) ? whole.replace(HALF, '\ufffd') : whole
}

const SURROGATE = /[\ud800-\udfff]/

/** A lone surrogate, from third-party text that was cut. A message that contained one could not be signed in a receipt. */
const HALF = /\p{Surrogate}/gu
