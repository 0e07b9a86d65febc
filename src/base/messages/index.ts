/**
 * The one catalogue of what the product says, in Chinese and English. A row says what holds when its check passes; a code
 * says what was found and, as advice, what to do next. `{name}` stands for a parameter.
 */
import { excerpt } from '../excerpt.js'
import { authenticityMessages, authenticityRowTexts } from './authenticity.js'
import type { cliMessages } from './cli.js'
import { conformanceMessages, conformanceRowTexts } from './conformance.js'
import type { contentMessages } from './content.js'
import { decisionMessages } from './decision.js'
import type { evidenceMessages } from './evidence.js'
import type { exchangeMessages } from './exchange.js'
import { jointWorkMessages, jointWorkRowTexts } from './joint-work.js'
import type { logMessages } from './log.js'
import { measurementMessages, measurementRowTexts } from './measurement.js'
import { recognitionMessages, recognitionRowTexts } from './recognition.js'
import { shapeMessages, shapeRowTexts } from './shape.js'
import { unitMessages } from './units.js'

export type Text = {
  readonly zh: string
  readonly en: string
}

export type Message = Text & { readonly advice?: Text }

export type MessageParams = Readonly<Record<string, unknown>>

const rowTexts = {
  ...shapeRowTexts,
  ...authenticityRowTexts,
  ...conformanceRowTexts,
  ...measurementRowTexts,
  ...jointWorkRowTexts,
  ...recognitionRowTexts,
}

/** Id of a row of the verdict. */
export type RowId = keyof typeof rowTexts

const messages = {
  ...rowTexts,
  ...shapeMessages,
  ...authenticityMessages,
  ...conformanceMessages,
  ...measurementMessages,
  ...decisionMessages,
  ...unitMessages,
  ...jointWorkMessages,
  ...recognitionMessages,
}

/** Every code there is: of a check, of an error, of a problem. */
export type Code =
  | keyof typeof messages
  | keyof typeof contentMessages
  | keyof typeof evidenceMessages
  | keyof typeof exchangeMessages
  | keyof typeof logMessages
  | keyof typeof cliMessages

/** Every text by its code, as it is written. */
export type CodeTexts = typeof messages &
  typeof contentMessages &
  typeof evidenceMessages &
  typeof exchangeMessages &
  typeof logMessages &
  typeof cliMessages

/** The names in `{name}` of a text. */
export type Placeholders<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never

/** Names of the parameters of a code's text and of its advice. */
export type ParamOf<C extends Code> = C extends Code
  ?
      | Placeholders<CodeTexts[C]['zh']>
      | (CodeTexts[C] extends { readonly advice: { readonly zh: infer Advice } } ? Placeholders<Advice> : never)
  : never

const texts = new Map<string, Message>(Object.entries(messages))

/** What every reader carries, for listings. */
export const libraryMessages: Readonly<Record<keyof typeof messages, Message>> = messages

/** Texts that not every reader says, those of nodes and of the command line: a page that verifies does not load them. */
export function addMessages(more: Readonly<Record<string, Message>>): void {
  for (const [code, message] of Object.entries(more)) texts.set(code, message)
}

/** What a row says when it passes. */
export const textOf = (id: RowId): Text => rowTexts[id]

const PLACEHOLDER = /\{([a-zA-Z]+)\}/g

/** A template split at its parameters: text and parameter name alternate. */
interface Template {
  readonly zh: readonly string[]
  readonly en: readonly string[]
  readonly advice?: { readonly zh: readonly string[]; readonly en: readonly string[] }
}

const templates = new Map<Message, Template>()

/** The message of a code with its parameters filled in. */
export function messageOf(code: Code, params: MessageParams = {}): Message {
  const message = texts.get(code)
  if (message === undefined) return { zh: code, en: code }
  const { zh, en, advice } = templates.get(message) ?? split(message)
  const filled = { zh: fill(zh, params, 'zh'), en: fill(en, params, 'en') }
  return advice === undefined ? filled : { ...filled, advice: { zh: fill(advice.zh, params, 'zh'), en: fill(advice.en, params, 'en') } }
}

/** Splits a message once; messages are constants, so their number is bounded. */
function split(message: Message): Template {
  const both = ({ zh, en }: Text) => ({ zh: zh.split(PLACEHOLDER), en: en.split(PLACEHOLDER) })
  const template = { ...both(message), ...(message.advice && { advice: both(message.advice) }) }
  templates.set(message, template)
  return template
}

function fill(parts: readonly string[], params: MessageParams, language: 'zh' | 'en'): string {
  let text = parts[0] as string
  for (let at = 1; at < parts.length; at += 2) text += shown(params[parts[at] as string], language) + parts[at + 1]
  return text
}

/** A parameter as text; one that is a text in two languages gives the one asked for. */
function shown(value: unknown, language: 'zh' | 'en'): string {
  if (value === undefined || value === null) return '—'
  const text = typeof value === 'object' ? (value as Partial<Text>)[language] : String(value)
  const whole = typeof text === 'string' ? text : excerpt(JSON.stringify(value), 200)
  return SURROGATE.test(whole) ? whole.replace(HALF, '\ufffd') : whole
}

const SURROGATE = /[\ud800-\udfff]/

/** Half a surrogate pair, left where a foreign text was cut. A message that held one could not be signed in a receipt. */
const HALF = /\p{Surrogate}/gu
